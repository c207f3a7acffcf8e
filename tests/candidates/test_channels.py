"""What channels are told, and of whom nothing."""

from datetime import timedelta

import pytest

from candidates import services
from candidates.models import Interview, Opening
from debriefs import meetings
from notices import hooks
from notices.models import ChatMessage
from privacy.erasure import erase_candidate
from scorecards import panels


@pytest.fixture
def opening(scored_application) -> Opening:
    return scored_application.opening


@pytest.fixture(autouse=True)
def _channels(opening, person):
    """One of the opening, one of another opening, one of the installation."""
    for place in (opening.pk, opening.pk + 999, None):
        hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=place, by=person("admin"))


def told() -> list[tuple[int | None, str, str]]:
    """To which place which kind under which title, in order."""
    messages = ChatMessage.objects.select_related("webhook").order_by("pk")
    return [(message.webhook.opening_id, message.kind, message.title) for message in messages]


@pytest.fixture
def plan(unscored_application, person, tomorrow):
    def planned() -> Interview:
        application = type(unscored_application).objects.get(pk=unscored_application.pk)
        return services.plan_interview(
            application,
            round=application.opening.rounds.first(),
            starts_at=tomorrow,
            due_at=tomorrow + timedelta(hours=24),
            leads=[person("interviewer")],
            shadows=[],
            by=person("recruiter"),
        )

    return planned


def test_an_interview_is_told_to_its_opening_and_the_installation(plan, opening, person):
    interview = plan()
    panels.cancel_interview(interview, by=person("recruiter"))

    name = interview.application.candidate.name
    planned, off = (f"Interview {what}: {name}, {opening.title}" for what in ("planned", "cancelled"))
    both = (opening.pk, None)
    expected = [(place, "invited", planned) for place in both]
    assert told() == expected + [(place, "cancelled", off) for place in both]


def test_an_anonymous_opening_has_code_names(plan, opening):
    Opening.objects.filter(pk=opening.pk).update(anonymous=True)
    interview = plan()

    words = " ".join(title for _, _, title in told())
    assert interview.application.alias in words
    assert interview.application.candidate.name not in words


def test_a_confidential_opening_tells_its_own_channels_alone_and_no_name(plan, opening):
    Opening.objects.filter(pk=opening.pk).update(confidential=True)

    plan()

    assert told() == [(opening.pk, "invited", "Interview planned")]


def test_nothing_is_told_of_who_handed_in_until_all_have(scored_application, two_panelists, hand_in, opening):
    assert told() == []

    hand_in(two_panelists[1])

    assert {kind for _, kind, _ in told()} == {"all_in"}
    assert not [message for message in ChatMessage.objects.all() if two_panelists[1].user.display_name in message.text]


@pytest.mark.parametrize("owing", [True, False])
def test_a_decision_is_told_only_where_nobody_owes_a_scorecard(
    scored_application, two_panelists, hand_in, person, owing
):
    if not owing:
        hand_in(two_panelists[1])
    ChatMessage.objects.all().delete()

    meetings.record_decision(scored_application, outcome="hold", rationale="More evidence", by=person("manager"))

    kinds = {kind for _, kind, _ in told()}
    assert kinds == (set() if owing else {"decided"})


def test_an_erasure_takes_messages_along(plan, person):
    interview = plan()

    erase_candidate(interview.application.candidate, by=person("recruiter"), reason="asked")

    assert not ChatMessage.objects.filter(kind="invited").exists()
