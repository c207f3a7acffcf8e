"""A legal hold beats every erasure, until somebody lifts it; the trail and the row say who and when."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from audit.models import Event
from candidates.models import LegalHold
from privacy.erasure import BLANK, erase_candidate
from privacy.legal_holds import HELD, STANDS, impose_hold, lift_hold


def test_a_hold_beats_an_erasure_until_it_is_lifted(scored_application, person):
    admin, candidate = person("admin"), scored_application.candidate
    impose_hold(candidate, reason="Case of Elias", by=admin)

    with pytest.raises(ValidationError, match=HELD):
        erase_candidate(candidate, by=admin, reason="asked")
    with pytest.raises(ValidationError, match=HELD):
        erase_candidate(candidate, by=None, reason="over")
    candidate.refresh_from_db()
    assert candidate.erased_at is None
    lift_hold(candidate, by=admin)
    erase_candidate(candidate, by=admin, reason="asked")

    hold = LegalHold.objects.get()
    assert (hold.reason, hold.imposed_by, hold.lifted_by) == (BLANK, admin, admin)
    assert hold.lifted_at > hold.imposed_at


def test_placing_and_lifting_are_audited_without_the_reason(scored_application, person):
    impose_hold(scored_application.candidate, reason="Case 12", by=person("recruiter"))
    lift_hold(scored_application.candidate, by=person("admin"))
    lift_hold(scored_application.candidate, by=person("admin"))

    events = list(Event.objects.filter(kind__startswith="hold.").order_by("pk"))
    hold = LegalHold.objects.get()
    assert [(event.kind, event.actor_id) for event in events] == [
        ("hold.imposed", person("recruiter").pk),
        ("hold.lifted", person("admin").pk),
    ]
    assert [event.detail for event in events] == [{"hold_id": hold.pk}] * 2


def test_one_hold_stands_at_a_time(scored_application, person):
    impose_hold(scored_application.candidate, reason="Case 12", by=person("admin"))

    with pytest.raises(ValidationError, match=STANDS):
        impose_hold(scored_application.candidate, reason="Case 13", by=person("admin"))
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(candidate=scored_application.candidate, reason="Case 13", imposed_by=person("admin"))


def test_a_hold_needs_a_reason_and_somebody_to_erase(scored_application, person):
    with pytest.raises(ValidationError):
        impose_hold(scored_application.candidate, reason="  ", by=person("admin"))
    with pytest.raises(PermissionDenied):
        impose_hold(scored_application.candidate, reason="Case 12", by=person("manager"))
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    with pytest.raises(ValidationError):
        impose_hold(scored_application.candidate, reason="Case 12", by=person("admin"))
