"""manage.py retention: its report as JSON, with numbers and no names."""

import json
from io import StringIO

from django.core.management import call_command

from tests.privacy.long_ago import with_past


def test_the_command_prints_its_report(scored_application, decided):
    with_past(scored_application)
    out = StringIO()

    call_command("retention", "--dry-run", stdout=out)

    report = json.loads(out.getvalue())
    assert report["dry_run"] is True
    assert report["due"] == [scored_application.candidate_id]
    assert report["erased"] == report["held"] == report["failed"] == []
    assert scored_application.candidate.name not in out.getvalue()
