"""Amending a submitted scorecard: until the debrief opens, with a reason, beside what was submitted first."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from candidates.models import Application, Panelist
from debriefs import meetings
from debriefs.gathering import debrief_sheet
from debriefs.models import Meeting
from debriefs.queries import debrief_revision
from scorecards import drafts, services
from scorecards.amendments import DebriefOpened, amend_scorecard, current_judgement
from scorecards.models import Amendment, Scorecard
from tests.concurrently import at_once
from tests.queries import refused

WHY = "I had mixed up two answers."


@pytest.fixture
def card(scored_application):
    return Scorecard.objects.get(panelist__interview__application=scored_application, state="submitted")


@pytest.fixture
def dimension(card):
    return card.panelist.interview.round.dimensions.first()


@pytest.fixture
def changes(card, dimension):
    score = "1" if current_judgement(card).answers[dimension.pk].score != 1 else "2"
    return {f"score_{dimension.pk}": score, f"evidence_{dimension.pk}": "What really happened"}


def amend(card, changes, revision=0, **kwargs):
    by = kwargs.pop("by", card.panelist.user)
    return amend_scorecard(card, changes, revision=revision, by=by, **{"reason": WHY} | kwargs)


def rating(sheet, card, dimension):
    row = next(row for row in sheet.dimensions if row.key == dimension.key)
    return row.by_card(card.pk)


def test_an_amendment_counts_and_stands_beside_what_was_submitted(scored_application, card, dimension, changes):
    before = rating(debrief_sheet(scored_application), card, dimension)

    amend(card, changes | {"recommendation": "no"})

    sheet = debrief_sheet(scored_application)
    after = rating(sheet, card, dimension)
    assert (after.score, after.evidence) == (int(changes[f"score_{dimension.pk}"]), "What really happened")
    assert [(row.score, row.evidence) for row in after.earlier] == [(before.score, before.evidence)]
    assert after.anchor_text != before.anchor_text
    assert sheet.recommendations["no"] == 1
    [amended] = sheet.amended
    assert (amended.first_recommendation_words, amended.amendments[0].reason) == ("Yes", WHY)
    assert card.ratings.get(dimension=dimension).score == before.score
    assert Event.objects.filter(kind="scorecard.amended", subject_id=card.pk).count() == 1


def test_a_second_amendment_starts_from_the_first(scored_application, card, dimension, changes):
    amend(card, changes)
    amend(card, {"summary": "Shorter"}, revision=1)

    assert current_judgement(card).summary == "Shorter"
    assert current_judgement(card).answers[dimension.pk].evidence == "What really happened"
    assert len(rating(debrief_sheet(scored_application), card, dimension).earlier) == 1


def test_a_remark_stays_a_remark_however_often_it_is_amended(scored_application, card, dimension):
    """Evidence on a dimension of another round needs neither a score nor a reason."""
    version = scored_application.opening.rubric_version
    other = version.dimensions.exclude(rounds=card.panelist.interview.round).first()
    amend(card, {f"evidence_{other.pk}": "Seen in passing"})

    amend(card, {f"evidence_{other.pk}": "Seen twice in passing"}, revision=1)

    current = current_judgement(card).answers[other.pk]
    [row] = [row for row in debrief_sheet(scored_application).dimensions if row.key == other.key]
    assert (current.is_given, current.evidence) == (False, "Seen twice in passing")
    assert card.pk in {remark.scorecard_id for remark in row.remarks}


def test_what_the_author_had_seen_is_kept_with_it(scored_application, card, two_panelists, hand_in, changes):
    other = hand_in(two_panelists[1])
    amend(card, changes)
    services.note_sightings(scored_application, by=card.panelist.user, way="debrief")

    amend(card, {"summary": "Having read the others"}, revision=1)

    assert [row.had_seen for row in card.amendments.all()] == [[], [other.pk]]
    sheet = debrief_sheet(scored_application)
    assert (sheet.before_seeing_others, sheet.amended_after_seeing_others) == (2, 1)


@pytest.mark.parametrize(
    ("sent", "reason", "field"),
    [
        ({"summary": "new"}, " \x07", "why"),
        ({}, WHY, None),
        ({"recommendation": ""}, WHY, "recommendation"),
        ({"recommendation": "maybe"}, WHY, "recommendation"),
        ({"score_{}": ""}, WHY, "score_{}"),
        ({"score_{}": "6"}, WHY, "score_{}"),
        ({"score_{}": "na"}, WHY, "reason_{}"),
        ({"score_{}": "na", "reason_{}": "bored"}, WHY, "reason_{}"),
        ({"score_999999": "3"}, WHY, None),
        ({"signal_1": "on"}, WHY, None),
        ({"evidence_{}": "x" * 20_001}, WHY, "evidence_{}"),
    ],
)
def test_bad_amendment_is_refused_at_its_field_and_keeps_nothing(card, dimension, sent, reason, field):
    sent = {name.format(dimension.pk): value for name, value in sent.items()}

    with pytest.raises(ValidationError) as caught:
        amend(card, sent, reason=reason)

    assert set(getattr(caught.value, "message_dict", {None: 1})) == {field and field.format(dimension.pk)}
    assert not Amendment.objects.exists()


def test_only_the_author_amends_and_only_what_was_submitted(card, two_panelists, changes, person):
    with pytest.raises(PermissionDenied):
        amend(card, changes, by=person("manager"))
    with pytest.raises(PermissionDenied):
        amend(drafts.open_scorecard(two_panelists[1]), {"summary": "x"})


def test_the_debrief_ends_amending_also_in_the_database(scored_application, card, changes, person):
    meetings.open_debrief(scored_application, by=person("manager"))

    with pytest.raises(DebriefOpened):
        amend(card, changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.create(scorecard=card, reason=WHY, recommendation="no")


def test_an_amendment_never_changes_and_needs_a_submitted_scorecard(card, two_panelists, changes):
    amend(card, changes)

    assert refused("UPDATE scorecards_amendment SET reason = 'x'")
    assert refused("DELETE FROM scorecards_amendment")
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.create(scorecard=drafts.open_scorecard(two_panelists[1]), reason=WHY, recommendation="no")


@pytest.mark.django_db(transaction=True)
def test_amending_and_opening_at_once_come_one_after_the_other(scored_application, card, changes, person):
    outcomes = at_once(
        lambda: amend(card, changes),
        lambda: meetings.open_debrief(scored_application, by=person("manager")),
        behind=Application.objects.filter(pk=scored_application.pk),
    )

    names = sorted(type(outcome).__name__ for outcome in outcomes)
    assert names in (["Amendment", "Meeting"], ["DebriefOpened", "Meeting"])
    amendment, meeting = Amendment.objects.first(), Meeting.objects.get()
    assert amendment is None or amendment.at <= meeting.opened_at


def test_the_page_amends_and_shows_both(client_of, card, dimension, changes):
    page, finished = (reverse(name, args=[card.panelist_id]) for name in ("scorecard_amend", "scorecard"))
    client = client_of("interviewer")
    assert "Amend scorecard" in client.get(finished).content.decode()

    response = client.post(page, changes | {"edit": "0", "why": WHY}, follow=True)

    body = response.content.decode()
    assert response.redirect_chain == [(finished, 302)]
    assert "What really happened" in body
    assert "Submitted as" in body
    assert "Submitted as: <q" not in body
    amend(card, {"summary": "Another summary"}, revision=1)
    assert "Submitted as: <q" in client.get(finished).content.decode()
    assert f'data-kept="amend-{card.panelist_id}"' in body


def test_a_refused_amendment_and_a_stale_one_keep_what_was_typed(client_of, card, changes):
    page = reverse("scorecard_amend", args=[card.panelist_id])

    unreasoned = client_of("interviewer").post(page, changes | {"edit": "0", "why": ""})
    amend(card, {"summary": "From the phone"})
    stale = client_of("interviewer").post(page, changes | {"edit": "0", "why": WHY})

    assert (unreasoned.status_code, stale.status_code) == (422, 422)
    assert "Give a reason for the change" in unreasoned.content.decode()
    assert "in another tab or device" in stale.content.decode()
    assert all("What really happened" in page.content.decode() for page in (unreasoned, stale))
    assert current_judgement(card).summary == "From the phone"


def test_a_form_that_was_sent_empty_is_refused_with_a_sentence(client_of, card):
    answer = client_of("interviewer").post(reverse("scorecard_amend", args=[card.panelist_id]))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not card.amendments.exists()


def test_after_the_debrief_opened_the_page_says_so(client_of, scored_application, card, person):
    page = reverse("scorecard_amend", args=[card.panelist_id])
    meetings.open_debrief(scored_application, by=person("manager"))

    response = client_of("interviewer").get(page, follow=True)

    assert "cannot be amended" in response.content.decode()
    assert "Amend scorecard" not in response.content.decode()


def test_the_revision_counts_what_a_debrief_shows(scored_application, card, changes, two_panelists, hand_in, person):
    amend(card, changes)
    hand_in(two_panelists[1])
    meetings.record_decision(scored_application, outcome="hold", rationale="Later", by=person("manager"))

    assert debrief_revision(scored_application) == "2.1.0.0.0.0.1.0.0.1.0"


def test_a_shadow_who_amends_is_no_news_to_an_open_debrief(scored_application, two_panelists, hand_in, client_of):
    """A debrief shows nothing of a shadow, so reloading it would not end the news."""
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role=Panelist.Role.SHADOW)
    shadow = hand_in(two_panelists[1])
    manager = client_of("manager")
    amend(shadow, {"summary": "Learnt more"}, by=two_panelists[1].user)

    page = manager.get(reverse("debrief", args=[scored_application.pk]))
    revision = page.context["revision"]
    news = manager.get(reverse("debrief_news", args=[scored_application.pk]), {"revision": revision})

    assert (revision, news.status_code) == ("1.0.0.0.0.0.0.0.0.0.0", 204)


@pytest.mark.django_db(transaction=True)
def test_two_amendments_at_once_never_overwrite_each_other(scored_application, card, changes):
    outcomes = at_once(
        lambda: amend(card, changes),
        lambda: amend(card, {"summary": "From the phone"}),
        behind=Application.objects.filter(pk=scored_application.pk),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Amendment", "ValidationError"]
    assert Amendment.objects.count() == 1


def test_a_debrief_that_was_opened_stays_opened(scored_application, person):
    meetings.open_debrief(scored_application, by=person("manager"))

    assert refused("UPDATE candidates_application SET debrief_opened_at = NULL WHERE id = %s", scored_application.pk)
    assert refused("UPDATE candidates_application SET debrief_opened_at = now() WHERE id = %s", scored_application.pk)


def test_no_meeting_begins_while_its_application_may_still_be_amended(scored_application, person):
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.create(application=scored_application, opened_by=person("manager"))
