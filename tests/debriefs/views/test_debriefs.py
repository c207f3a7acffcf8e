"""The debrief over HTTP: who may read and decide, what an error keeps, how many queries it takes."""

from dataclasses import replace
from fractions import Fraction
from html import unescape

import pgtrigger
import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from candidates.models import Panelist
from candidates.services import plan_interview
from debriefs import meetings
from rubrics.shares import number_shown
from scorecards.models import Override, Scorecard, Sighting
from tests.debriefs.facts import card, dimension, rating, sheet_of

HOSTILE = "<script>alert(1)</script> & <b>bold</b>"
HIRE = {"outcome": "hire", "rationale": "Clear evidence."}


@pytest.fixture
def page(scored_application):
    return reverse("debrief", args=[scored_application.pk])


@pytest.fixture
def decide(scored_application):
    return reverse("decide", args=[scored_application.pk])


def test_debrief_names_who_is_missing_and_what_was_written(client_of, page, two_panelists):
    body = client_of("manager").get(page).content.decode()

    assert "Missing scorecards" in body
    assert two_panelists[1].user.name in body
    assert "Steady and clear." in body


def test_opening_a_debrief_is_recorded_with_what_was_seen(client_of, person, page, scored_application):
    client_of("manager").get(page)

    assert Event.objects.filter(
        kind="debrief.viewed", actor_id=person("manager").pk, subject_id=scored_application.pk
    ).exists()
    assert Sighting.objects.filter(user=person("manager")).count() == 1


def test_text_is_shown_as_text_never_as_html(client_of, scored_application, page, two_panelists, hand_in, person):
    hand_in(two_panelists[1], words=HOSTILE)
    meetings.record_decision(
        scored_application, by=person("manager"), outcome="hire", rationale=HOSTILE, dissent=HOSTILE, dissenter=HOSTILE
    )
    type(two_panelists[1].user).objects.filter(pk=two_panelists[1].user_id).update(name=HOSTILE)

    body = client_of("manager").get(page).content.decode()

    assert "<script>alert(1)" not in body
    assert "<b>bold" not in body
    assert body.count("&lt;script&gt;alert(1)") > 5


def test_decision_is_recorded(client_of, page, decide, scored_application):
    response = client_of("manager").post(decide, HIRE, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "Decision recorded." in response.content.decode()
    assert scored_application.decisions.get().outcome == "hire"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rationale": "typed and kept"}, "This field is required."),
        ({"outcome": "maybe", "rationale": "typed and kept"}, "maybe is not one of the available choices"),
        (HIRE | {"conditions": "typed and kept", "dissent": "No depth"}, "Say who dissents."),
    ],
)
def test_decision_error_names_the_problem_and_keeps_what_was_typed(client_of, decide, scored_application, sent, words):
    response = client_of("manager").post(decide, sent)

    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert "typed and kept" in body
    assert not scored_application.decisions.exists()


def test_decision_recorded_meanwhile_is_told_and_not_overwritten(client_of, decide, scored_application, person):
    meetings.record_decision(
        scored_application, by=person("manager"), outcome="hold", rationale="The other manager was quicker."
    )

    response = client_of("manager").post(decide, {"outcome": "hire", "rationale": "typed and kept"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Reopen the debrief first" in body
    assert "typed and kept" in body
    assert scored_application.decisions.get().outcome == "hold"


def test_expired_decision_form_is_told_and_records_nothing(person, decide, scored_application):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("manager"))

    response = strict.post(decide, HIRE)

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert not scored_application.decisions.exists()


@pytest.mark.parametrize("name", ["debrief", "application", "packet"])
def test_unknown_id_is_not_found(client_of, sample, name):
    assert client_of("admin").get(reverse(name, args=[10**15])).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("recruiter", 403), ("admin", 403), ("interviewer", 403)])
def test_only_the_hiring_manager_decides(client_of, decide, scored_application, name, status):
    response = client_of(name).post(decide, HIRE)

    assert response.status_code == status
    assert not scored_application.decisions.exists()


@pytest.mark.parametrize("name", ["debrief", "decide", "packet_request"])
def test_panelist_who_owes_a_scorecard_gets_no_debrief(client_of, scored_application, name):
    client = client_of("interviewer2")
    url = reverse(name, args=[scored_application.pk])

    response = client.get(url) if name == "debrief" else client.post(url, HIRE | {"profile": "full"})

    assert response.status_code == 403
    assert "Steady and clear" not in response.content.decode()


def test_override_form_grants_once_and_refuses_without_a_reason(client_of, scored_application, two_panelists):
    url = reverse("override", args=[scored_application.pk])

    empty = client_of("recruiter").post(url, {"user": two_panelists[1].user_id, "reason": "  "})
    manager = client_of("manager").post(url, {"user": two_panelists[1].user_id, "reason": "because"})
    nothing = Override.objects.count()
    done = client_of("recruiter").post(url, {"user": two_panelists[1].user_id, "reason": "They lead round two"})

    assert (empty.status_code, manager.status_code, nothing, done.status_code) == (422, 403, 0, 302)
    assert Override.objects.get().reason == "They lead round two"


@pytest.fixture
def more_scorecards(scored_application, person, hand_in):
    def add(number):
        for index in range(number):
            user = type(person("manager")).objects.create_user(f"extra{index}@example.com", name=f"Extra {index}")
            now = timezone.now()
            interview = plan_interview(
                scored_application,
                round=scored_application.opening.rounds.first(),
                starts_at=now,
                due_at=now,
                leads=[user],
                shadows=[],
                by=person("recruiter"),
            )
            hand_in(Panelist.objects.get(interview=interview))

    return add


def test_debrief_gives_a_band_where_three_scores_differ_and_says_where_one_stands_alone(
    client_of, page, two_panelists, more_scorecards, hand_in
):
    alone = unescape(client_of("manager").get(page).content.decode())

    hand_in(two_panelists[1], score="1")
    more_scorecards(3)

    body = unescape(client_of("manager").get(page).content.decode())
    assert "n = 1: one rating only" in alone
    assert "90\u00a0% band 1" not in alone
    assert "n = 4, mean" in body
    assert ", 90\u00a0% band " in body


# --- the agenda --------------------------------------------------------------
def words_of(client, page):
    """The page's text on single spaces."""
    return " ".join(client.get(page).content.decode().split())


def test_agenda_has_a_group_for_what_one_person_alone_rated(client_of, page, two_panelists, hand_in):
    alone = words_of(client_of("manager"), page)
    hand_in(two_panelists[1], score="1")

    both = words_of(client_of("manager"), page)

    assert "Rated by one person only" in alone
    assert "No ratings are two or more levels apart" in alone
    assert both.index('id="disputed"') < both.index("n = 2, mean") < both.index('id="matrix"')


@pytest.mark.parametrize("part", ["agenda", "split", "matrix", "summaries"])
def test_an_imported_scorecard_is_marked_in_each_part_that_shows_it(part):
    ours, theirs = (card(number, rating("depth", 4)) for number in (1, 2))
    sheet = sheet_of([dimension("depth")], [ours, replace(theirs, imported=True)])

    html = render_to_string(f"debriefs/_debrief_{part}.html", {"sheet": sheet, "changeable": ()})

    _, first, second = html.split("Person ")
    assert "imported" not in first
    assert "imported" in second


def test_a_split_recommendation_is_the_first_point_of_the_agenda(
    client_of, page, two_panelists, hand_in, scored_application
):
    hand_in(two_panelists[1], score="1")
    before = words_of(client_of("manager"), page)
    with pgtrigger.ignore():
        Scorecard.objects.filter(panelist=two_panelists[0]).update(recommendation="strong_yes")
        Scorecard.objects.filter(panelist=two_panelists[1]).update(recommendation="strong_no")

    body = words_of(client_of("manager"), page)

    assert "Split recommendation" not in before
    assert body.index('id="agenda"') < body.index('id="split-recommendation"') < body.index('id="disputed"')
    point = body[body.index('id="split-recommendation"') : body.index('id="disputed"')]
    assert point.index(two_panelists[1].user.name) < point.index(two_panelists[0].user.name)
    assert "discuss it first" in words_of(
        client_of("manager"), reverse("debrief_summary", args=[scored_application.pk])
    )


def test_a_no_against_a_yes_is_told_and_is_no_point_of_its_own(client_of, page, two_panelists, hand_in):
    hand_in(two_panelists[1], score="3")
    with pgtrigger.ignore():
        Scorecard.objects.filter(panelist=two_panelists[0]).update(recommendation="yes")
        Scorecard.objects.filter(panelist=two_panelists[1]).update(recommendation="strong_no")

    body = words_of(client_of("manager"), page)

    assert "The recommendations differ, but no strong no stands against a strong yes." in body
    assert "split-recommendation" not in body


def test_what_there_is_to_discuss_is_told_at_first_glance(client_of, page, two_panelists, hand_in):
    def glance():
        body = words_of(client_of("manager"), page)
        return body[: body.index('id="agenda"')]

    alone = glance()
    hand_in(two_panelists[1], score="1")

    both = glance()

    assert ("0 disputed" in alone, "rated by one" in alone) == (True, True)
    assert "0 disputed" not in both
    assert "disputed</a>" in both


def test_the_outcome_stands_in_the_first_glance_once_it_is_decided(client_of, page, decide):
    before = words_of(client_of("manager"), page)
    client_of("manager").post(decide, HIRE)

    after = words_of(client_of("manager"), page)

    assert "<dt>Outcome</dt>" not in before
    assert '<dt>Outcome</dt> <dd><a href="#decision">Hire</a></dd>' in after


def test_the_way_back_up_leads_to_the_opening_for_those_who_run_it(client_of, page, scored_application):
    above = reverse("opening", args=[scored_application.opening_id])

    manager, interviewer = words_of(client_of("manager"), page), words_of(client_of("interviewer"), page)

    assert f'<li><a href="{above}">' in manager
    assert above not in interviewer


def test_shares_stand_where_the_composite_does(client_of, page, scored_application):
    number = scored_application.opening.rubric_version.dimensions.count()
    share = f"{number_shown(Fraction(100, number))} %"

    body = words_of(client_of("manager"), page)
    summary = words_of(client_of("manager"), reverse("debrief_summary", args=[scored_application.pk]))

    assert f"{share} of the composite" in body
    assert body.count(f'text-nowrap">{share}</span>') == number
    assert summary.count(f"{share} of the composite") == number


# --- what follows ------------------------------------------------------------
def test_opening_is_one_button_that_says_what_follows(client_of, page, scored_application, person):
    body = words_of(client_of("manager"), page)
    elsewhere = words_of(client_of("manager"), reverse("application", args=[scored_application.pk]))
    meetings.open_debrief(scored_application, by=person("manager"))

    assert body.count("Open debrief") == 1
    assert "scorecards can no longer be amended, and this cannot be undone" in body
    assert "Open debrief" not in elsewhere
    assert "View debrief" in elsewhere
    assert "Open debrief" not in words_of(client_of("manager"), page)


def test_deciding_says_what_follows_before_it_is_done(client_of, page, scored_application, person):
    unopened = words_of(client_of("manager"), page)
    meetings.open_debrief(scored_application, by=person("manager"))
    opened = words_of(client_of("manager"), page)

    told = "nothing in this debrief can change unless someone reopens it with a reason."
    assert told in unopened
    assert told in opened
    assert "It also opens the debrief" in unopened
    assert "It also opens the debrief" not in opened
    assert "A scorecard submitted after the decision does not count." in opened


def test_what_is_refused_is_told_though_its_form_has_gone(client_of, scored_application, person):
    meetings.record_decision(scored_application, by=person("manager"), outcome="hold", rationale="Later.")

    response = client_of("manager").post(
        reverse("debrief_note", args=[scored_application.pk]), {"kind": "note", "text": "kept"}
    )

    assert response.status_code == 422
    assert "eh-error-summary" in response.content.decode()
    assert "Reopen the debrief first" in response.content.decode()
