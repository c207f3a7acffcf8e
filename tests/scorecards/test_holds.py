"""A legal hold beats every erasure, until somebody lifts it; the trail and the row say who and when."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from candidates.models import LegalHold
from scorecards.erasure import BLANK, erase_candidate
from scorecards.holds import HELD, STANDS, lift_hold, place_hold


def test_a_hold_beats_an_erasure_until_it_is_lifted(scored, person):
    admin, candidate = person("admin"), scored.candidate
    place_hold(candidate, reason="Case of Elias", by=admin)

    with pytest.raises(ValidationError, match=HELD):
        erase_candidate(candidate, by=admin, reason="asked")
    with pytest.raises(ValidationError, match=HELD):
        erase_candidate(candidate, by=None, reason="over")
    candidate.refresh_from_db()
    assert candidate.erased_at is None
    lift_hold(candidate, by=admin)
    erase_candidate(candidate, by=admin, reason="asked")

    hold = LegalHold.objects.get()
    assert (hold.reason, hold.placed_by, hold.lifted_by) == (BLANK, admin, admin)
    assert hold.lifted_at > hold.placed_at


def test_placing_and_lifting_are_audited_without_the_reason(scored, person):
    place_hold(scored.candidate, reason="Case 12", by=person("recruiter"))
    lift_hold(scored.candidate, by=person("admin"))
    lift_hold(scored.candidate, by=person("admin"))

    events = list(Event.objects.filter(kind__startswith="hold.").order_by("pk"))
    hold = LegalHold.objects.get()
    assert [(event.kind, event.actor_id) for event in events] == [
        ("hold.placed", person("recruiter").pk),
        ("hold.lifted", person("admin").pk),
    ]
    assert [event.detail for event in events] == [{"hold_id": hold.pk}] * 2


def test_one_hold_stands_at_a_time(scored, person):
    place_hold(scored.candidate, reason="Case 12", by=person("admin"))

    with pytest.raises(ValidationError, match=STANDS):
        place_hold(scored.candidate, reason="Case 13", by=person("admin"))
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(candidate=scored.candidate, reason="Case 13", placed_by=person("admin"))


def test_a_hold_needs_a_reason_and_somebody_to_erase(scored, person):
    with pytest.raises(ValidationError):
        place_hold(scored.candidate, reason="  ", by=person("admin"))
    with pytest.raises(PermissionDenied):
        place_hold(scored.candidate, reason="Case 12", by=person("manager"))
    erase_candidate(scored.candidate, by=person("admin"), reason="asked")
    with pytest.raises(ValidationError):
        place_hold(scored.candidate, reason="Case 12", by=person("admin"))


def test_the_page_places_and_lifts(scored, as_):
    admin = as_("admin")
    page, place, lift = (reverse(name, args=[scored.pk]) for name in ("candidate_erase", "hold_place", "hold_lift"))

    assert admin.post(place, {"reason": ""}).status_code == 422
    assert admin.post(place, {"reason": "Case <12>"}).status_code == 302
    shown = admin.get(page).content.decode()
    assert "Case &lt;12&gt;" in shown
    assert "Erase for good" not in shown
    assert admin.post(page, {"reason": "asked", "sure": "on"}).status_code == 422
    assert admin.post(lift).status_code == 302
    assert "Erase for good" in admin.get(page).content.decode()
