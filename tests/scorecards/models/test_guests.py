"""Links of external interviewers: which still lead somewhere, and that one panelist has one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from candidates.models import Panelist
from scorecards import drafts, services
from scorecards.models import GuestLink


@pytest.fixture
def link(unscored_application) -> GuestLink:
    """That of somebody external who has not begun; it ends tomorrow."""
    guest = User.objects.create_user("outside@example.org", is_guest=True)
    panelist = Panelist.objects.create(interview=unscored_application.interviews.first(), user=guest)
    return GuestLink.objects.create(panelist=panelist, key_hash="x", expires_at=timezone.now() + timedelta(days=1))


def leads(link: GuestLink) -> tuple[bool, bool]:
    """Whether it is unexpired, and open."""
    own = GuestLink.objects.filter(pk=link.pk)
    return own.unexpired().exists(), own.open().exists()


def test_a_new_link_leads_to_a_scorecard_to_be_written(link):
    assert leads(link) == (True, True)
    assert link.works


@pytest.mark.parametrize("ends", ["revoked_at", "expires_at"])
def test_one_that_was_taken_back_or_has_run_out_leads_nowhere(link, ends):
    setattr(link, ends, timezone.now() - timedelta(seconds=1))
    link.save()

    assert leads(link) == (False, False)
    assert not link.works


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_guest": False}])
def test_nor_does_that_of_somebody_who_left_or_got_an_account(link, change):
    User.objects.filter(pk=link.panelist.user_id).update(**change)

    assert leads(link) == (False, False)


def test_a_finished_scorecard_can_be_read_and_not_written(link):
    panelist = link.panelist
    services.decline_scorecard(drafts.open_scorecard(panelist), reason="Know each other", by=panelist.user)

    assert leads(link) == (True, False)
    assert link.works  # by the link alone nobody learns whether it is finished


def test_a_panelist_has_one_link_and_any_number_that_were_taken_back(link):
    later = link.expires_at

    with pytest.raises(IntegrityError), transaction.atomic():
        GuestLink.objects.create(panelist=link.panelist, key_hash="y", expires_at=later)
    GuestLink.objects.create(panelist=link.panelist, key_hash="y", expires_at=later, revoked_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        GuestLink.objects.create(panelist=link.panelist, key_hash="y", expires_at=later, revoked_at=timezone.now())
