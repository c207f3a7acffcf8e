"""A submitted scorecard that is withdrawn: in no figure, struck through and readable, its words taken elsewhere."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import User
from candidates.models import Panelist
from candidates.services import plan_interview
from debriefs import meetings
from debriefs.gathering import debrief_sheet
from packets.documents.content import packet_html
from scorecards import drafts
from scorecards.amendments import may_amend
from scorecards.models import Scorecard, Withdrawal
from scorecards.policies import may_see_debrief
from scorecards.withdrawing import empty_panelists, may_withdraw, take_words, withdraw_scorecard
from tests.queries import refused


@pytest.fixture
def wrong(scored_application, two_panelists, hand_in):
    """The second interviewer's scorecard, submitted for a candidate whom they have never met."""
    return hand_in(two_panelists[1], words="zebra")


@pytest.fixture
def withdrawn(wrong):
    withdraw_scorecard(wrong, reason="Meant for somebody else", by=wrong.panelist.user)
    return Scorecard.objects.get(pk=wrong.pk)


def decide(application, by, outcome="no_hire"):
    musts = application.opening.rubric_version.dimensions.filter(must_have=True).values_list("key", flat=True)
    meetings.record_decision(
        application, outcome=outcome, rationale="Seen", rationales=dict.fromkeys(musts, "Seen"), by=by
    )


def test_a_withdrawn_scorecard_is_in_no_figure_and_stays_as_it_was(wrong, scored_application):
    before = debrief_sheet(scored_application)

    withdraw_scorecard(wrong, reason="Meant for somebody else", by=wrong.panelist.user)

    after = debrief_sheet(scored_application)
    assert (len(before.submitted), len(after.submitted), len(after.withdrawn)) == (2, 1, 1)
    assert sum(after.recommendations.values()) == 1
    assert all(
        rating.interviewer != wrong.panelist.user.display_name for row in after.dimensions for rating in row.ratings
    )
    card = Scorecard.objects.get(pk=wrong.pk)
    assert (card.state, card.summary) == ("submitted", "summary zebra")


def test_debrief_and_packet_show_it_struck_through(withdrawn, scored_application, client_of):
    body = client_of("manager").get(reverse("debrief", args=[scored_application.pk])).content.decode()
    sheet = debrief_sheet(scored_application)
    packet = packet_html(
        sheet,
        profile="full",
        issued_to="x",
        issued_at=withdrawn.submitted_at,
        fingerprint="0" * 64,
        document="0",
    )

    for text in (body, packet):
        assert "<s>summary zebra</s>" in text
        assert "Meant for somebody else" in text
    assert "summary zebra" not in packet.replace("<s>summary zebra</s>", "")


def test_its_author_can_do_nothing_with_it_any_more(withdrawn, scored_application, client_of):
    author = withdrawn.panelist.user

    assert not may_amend(withdrawn, author)
    assert not may_withdraw(author, withdrawn)
    assert not may_see_debrief(author, scored_application)
    page = client_of("interviewer2").get(reverse("scorecard", args=[withdrawn.panelist_id])).content.decode()
    assert "Meant for somebody else" in page
    with pytest.raises(PermissionDenied):
        withdraw_scorecard(withdrawn, reason="Again", by=author)


def test_the_author_withdraws_until_the_decision_and_who_runs_it_later(wrong, scored_application, person):
    author, manager = wrong.panelist.user, person("manager")
    before = [may_withdraw(user, wrong) for user in (author, manager, person("admin"))]

    decide(scored_application, manager)

    card = Scorecard.objects.get(pk=wrong.pk)
    after = [may_withdraw(user, card) for user in (author, manager, person("admin"))]
    assert (before, after) == ([True, False, False], [False, True, False])


def test_who_runs_the_opening_withdraws_for_an_author_who_is_gone(wrong, scored_application, person, client_of):
    User.objects.filter(pk=wrong.panelist.user_id).update(is_active=False)
    panelist = wrong.panelist
    page = reverse("panelist_withdraw", args=[panelist.interview_id, panelist.pk])

    empty = client_of("recruiter").post(page, {"reason": " "})
    done = client_of("recruiter").post(page, {"reason": "Meant for somebody else"})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert Withdrawal.objects.get().by == person("recruiter")


def test_whoever_owes_a_scorecard_finds_no_card_to_withdraw(
    wrong, two_panelists, scored_application, person, client_of
):
    Panelist.objects.create(interview=two_panelists[0].interview, user=person("recruiter"))
    User.objects.filter(pk=wrong.panelist.user_id).update(is_active=False)

    page = reverse("panelist_withdraw", args=[wrong.panelist.interview_id, wrong.panelist_id])

    assert client_of("recruiter").get(page).status_code == 404


def test_its_words_are_taken_to_the_right_interview(wrong, unscored_application, person, tomorrow, client_of):
    author = wrong.panelist.user
    right = plan_interview(
        unscored_application,
        round=wrong.panelist.interview.round,
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[author],
        shadows=[],
        by=person("recruiter"),
    ).panelists.get()
    page = reverse("scorecard_withdraw", args=[wrong.panelist_id])
    assert right in empty_panelists(wrong)

    response = client_of("interviewer2").post(page, {"reason": "Wrong candidate", "take_to": right.pk})

    assert response.url == reverse("scorecard", args=[right.pk])
    draft = Scorecard.objects.get(panelist=right)
    assert (draft.state, draft.summary, draft.recommendation) == ("draft", "summary zebra", "yes")
    given = set(wrong.ratings.values_list("dimension", "score", "evidence"))
    assert set(draft.ratings.values_list("dimension", "score", "evidence")) == given
    assert right not in empty_panelists(wrong)


def test_its_words_are_taken_later_as_well(withdrawn, unscored_application, person, tomorrow, client_of):
    client, page = client_of("interviewer2"), reverse("scorecard_withdraw", args=[withdrawn.panelist_id])
    Panelist.objects.filter(user=withdrawn.panelist.user).exclude(pk=withdrawn.panelist_id).update(ended_at=tomorrow)
    before = client.get(page).content.decode()
    right = plan_interview(
        unscored_application,
        round=withdrawn.panelist.interview.round,
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[withdrawn.panelist.user],
        shadows=[],
        by=person("recruiter"),
    ).panelists.get()
    asked = client.post(page, {"take_to": ""})

    response = client.post(page, {"take_to": right.pk})

    assert "No empty scorecard" in before
    assert page in client.get(reverse("scorecard", args=[withdrawn.panelist_id])).content.decode()
    assert (asked.status_code, response.url) == (422, reverse("scorecard", args=[right.pk]))
    assert Scorecard.objects.get(panelist=right).summary == "summary zebra"
    assert client.post(page, {"take_to": right.pk}).status_code == 422


def test_nobody_takes_the_words_of_another_or_of_one_that_counts(withdrawn, wrong, two_panelists, person):
    panelist = two_panelists[0]

    with pytest.raises(PermissionDenied):
        take_words(withdrawn, take_to=panelist, by=person("recruiter"))
    with pytest.raises(PermissionDenied):
        take_words(Scorecard.objects.get(panelist=panelist), take_to=panelist, by=panelist.user)


def test_words_go_neither_to_another_author_nor_where_there_are_words(wrong, unscored_application, person):
    foreign = unscored_application.interviews.first().panelists.exclude(user=wrong.panelist.user).first()

    with pytest.raises(ValidationError, match="still empty"):
        withdraw_scorecard(wrong, reason="Wrong candidate", by=wrong.panelist.user, take_to=foreign)


def test_the_database_withdraws_only_what_was_submitted_and_forgets_none(withdrawn, unscored_application, person):
    draft = drafts.open_scorecard(unscored_application.interviews.first().panelists.first())
    insert = "INSERT INTO scorecards_withdrawal (scorecard_id, reason, by_id, at) VALUES (%s, 'x', %s, now())"

    assert refused(insert, draft.pk, person("admin").pk)
    assert refused("UPDATE scorecards_withdrawal SET reason = 'x'")
    assert refused("DELETE FROM scorecards_withdrawal")
