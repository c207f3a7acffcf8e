"""Each minute: what is locked and due is submitted, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Interview
from scorecards import drafts, services
from scorecards.models import Scorecard
from scorecards.tasks import submit_locked_when_due


@pytest.fixture
def cards(unscored_application, complete_answers) -> list[Scorecard]:
    """Two complete drafts of one application, the first of them locked; both interviews are due tomorrow."""
    found = []
    for interview in unscored_application.interviews.order_by("pk"):
        panelist = interview.panelists.get()
        card = drafts.open_scorecard(panelist)
        found.append(drafts.save_draft(card, complete_answers(panelist), edit=0, by=panelist.user))
    services.lock_scorecard(found[0], by=found[0].panelist.user)
    return found


def states(cards: list[Scorecard]) -> list[str]:
    return [Scorecard.objects.get(pk=card.pk).state for card in cards]


def test_what_is_locked_is_submitted_once_it_is_due_and_a_draft_never(cards):
    tomorrow = timezone.now() + timedelta(days=1)
    Interview.objects.update(starts_at=tomorrow - timedelta(hours=2), due_at=tomorrow)
    submit_locked_when_due()
    before = states(cards)
    past = timezone.now() - timedelta(seconds=1)
    Interview.objects.update(starts_at=past - timedelta(hours=2), due_at=past)

    submit_locked_when_due()

    assert before == ["draft", "draft"]
    assert states(cards) == ["submitted", "draft"]
