"""The debrief over HTTP: who may read and decide, what an error keeps, how many queries it takes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from candidates.models import Interview, Panelist
from candidates.services import plan_interview
from scorecards import meetings
from scorecards.models import Override, Sighting
from tests.queries import queries_of

HOSTILE = "<script>alert(1)</script> & <b>bold</b>"
HIRE = {"outcome": "hire", "rationale": "Clear evidence."}


@pytest.fixture
def page(scored):
    return reverse("debrief", args=[scored.pk])


@pytest.fixture
def decide(scored):
    return reverse("decide", args=[scored.pk])


def test_debrief_names_who_is_missing_and_what_was_written(as_, page, seats):
    body = as_("manager").get(page).content.decode()

    assert "Still missing" in body
    assert seats[1].user.name in body
    assert "Steady and clear." in body


def test_opening_a_debrief_is_recorded_with_what_was_seen(as_, person, page, scored):
    as_("manager").get(page)

    assert Event.objects.filter(kind="debrief.viewed", actor_id=person("manager").pk, subject_id=scored.pk).exists()
    assert Sighting.objects.filter(user=person("manager")).count() == 1


def test_text_is_shown_as_text_never_as_html(as_, scored, page, seats, submitted, person):
    submitted(seats[1], words=HOSTILE)
    meetings.record_decision(
        scored, by=person("manager"), outcome="hire", rationale=HOSTILE, dissent=HOSTILE, dissenter=HOSTILE
    )
    type(seats[1].user).objects.filter(pk=seats[1].user_id).update(name=HOSTILE)

    body = as_("manager").get(page).content.decode()

    assert "<script>alert(1)" not in body
    assert "<b>bold" not in body
    assert body.count("&lt;script&gt;alert(1)") > 5


def test_decision_is_recorded(as_, page, decide, scored):
    response = as_("manager").post(decide, HIRE, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "The decision is recorded." in response.content.decode()
    assert scored.decisions.get().outcome == "hire"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rationale": "typed and kept"}, "This field is required."),
        ({"outcome": "maybe", "rationale": "typed and kept"}, "maybe is not one of the available choices"),
        (HIRE | {"conditions": "typed and kept", "dissent": "No depth"}, "Say whose words these are."),
    ],
)
def test_decision_error_names_the_problem_and_keeps_what_was_typed(as_, decide, scored, sent, words):
    response = as_("manager").post(decide, sent)

    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert "typed and kept" in body
    assert not scored.decisions.exists()


def test_decision_recorded_meanwhile_is_told_and_not_overwritten(as_, decide, scored, person):
    meetings.record_decision(scored, by=person("manager"), outcome="hold", rationale="The other manager was quicker.")

    response = as_("manager").post(decide, {"outcome": "hire", "rationale": "typed and kept"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Reopen it first" in body
    assert "typed and kept" in body
    assert scored.decisions.get().outcome == "hold"


def test_expired_decision_form_is_told_and_records_nothing(person, decide, scored):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("manager"))

    response = strict.post(decide, HIRE)

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert not scored.decisions.exists()


@pytest.mark.parametrize("name", ["debrief", "application", "packet"])
def test_unknown_id_is_not_found(as_, sample, name):
    assert as_("admin").get(reverse(name, args=[10**15])).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("recruiter", 403), ("admin", 403), ("interviewer", 403)])
def test_only_the_hiring_manager_decides(as_, decide, scored, name, status):
    response = as_(name).post(decide, HIRE)

    assert response.status_code == status
    assert not scored.decisions.exists()


@pytest.mark.parametrize("name", ["debrief", "decide", "packet_request"])
def test_panelist_who_owes_a_scorecard_gets_no_debrief(as_, scored, name):
    client = as_("interviewer2")
    url = reverse(name, args=[scored.pk])

    response = client.get(url) if name == "debrief" else client.post(url, HIRE | {"profile": "full"})

    assert response.status_code == 403
    assert "Steady and clear" not in response.content.decode()


def test_override_form_grants_once_and_refuses_without_a_reason(as_, scored, seats):
    url = reverse("override", args=[scored.pk])

    empty = as_("recruiter").post(url, {"user": seats[1].user_id, "reason": "  "})
    manager = as_("manager").post(url, {"user": seats[1].user_id, "reason": "because"})
    nothing = Override.objects.count()
    done = as_("recruiter").post(url, {"user": seats[1].user_id, "reason": "They lead round two"})

    assert (empty.status_code, manager.status_code, nothing, done.status_code) == (422, 403, 0, 302)
    assert Override.objects.get().reason == "They lead round two"


@pytest.fixture
def more_scorecards(scored, person, submitted):
    def add(number):
        for index in range(number):
            user = type(person("manager")).objects.create_user(f"extra{index}@example.com", name=f"Extra {index}")
            now = timezone.now()
            interview = plan_interview(
                scored,
                round=scored.opening.rounds.first(),
                starts_at=now,
                due_at=now,
                leads=[user],
                shadows=[],
                by=person("recruiter"),
            )
            submitted(Panelist.objects.get(interview=interview))

    return add


def test_debrief_gives_a_band_where_three_scores_differ_and_says_where_one_stands_alone(
    as_, page, seats, more_scorecards, submitted
):
    alone = as_("manager").get(page).content.decode()

    submitted(seats[1], score="1")
    more_scorecards(3)

    body = as_("manager").get(page).content.decode()
    assert "n = 1: one rating only" in alone
    assert "90&nbsp;% band 1" not in alone
    assert "n = 4, mean" in body
    assert ", 90&nbsp;% band " in body


@pytest.mark.parametrize(("page_name", "most"), [("debrief", 12), ("application", 12), ("home", 12)])
def test_page_takes_the_same_queries_with_three_more_scorecards(as_, scored, more_scorecards, page_name, most):
    url = reverse(page_name, args=[] if page_name == "home" else [scored.pk])
    client = as_("manager")
    few = queries_of(client, url)

    more_scorecards(3)

    assert Interview.objects.filter(application=scored).count() == 5
    assert queries_of(client, url) == few
    assert few <= most
