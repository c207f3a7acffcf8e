"""The nightly run: it reports, and erases only where the installation says so."""

from candidates.models import Candidate
from privacy.tasks import retention
from tests.privacy.long_ago import with_past


def test_the_nightly_run_erases_only_where_it_is_set(scored_application, day_after_due, settings):
    with_past(scored_application)

    retention()
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
    settings.RETENTION_ERASES = True
    retention()

    assert Candidate.objects.get(pk=scored_application.candidate_id).erased_at
