"""Anonymous openings: whoever judges reads a code name, on every page, until they have submitted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidates.code_names import BIRDS, draw
from candidates.models import Application, Panelist
from candidates.services import add_candidate
from scorecards import drafts, services

CODE = "Candidate Heron"
NAMED = ("noor", "haddad")
SEAT_PAGES = [
    "scorecard",
    "scorecard_draft",
    "scorecard_hints",
    "scorecard_decline",
    "kit_blueprint",
    "scorecard_amend",
]


@pytest.fixture
def unnamed(fresh) -> Application:
    """The fresh application, its opening anonymous."""
    type(fresh.opening).objects.filter(pk=fresh.opening_id).update(anonymous=True)
    Application.objects.filter(pk=fresh.pk).update(code_name=CODE)
    return Application.objects.get(pk=fresh.pk)


@pytest.fixture
def seat(unnamed, person) -> Panelist:
    return Panelist.objects.get(interview__application=unnamed, user=person("interviewer"))


def read(client, seat) -> dict[str, str]:
    """All that somebody on the panel can open, by page; also where they are led after a redirect."""
    addresses = {name: reverse(name, args=[seat.pk]) for name in SEAT_PAGES}
    addresses |= {"home": "/", "debrief": reverse("debrief", args=[seat.interview.application_id])}
    addresses |= {"opening": reverse("opening", args=[seat.interview.application.opening_id])}
    return {name: client.get(url, follow=True).getvalue().decode().casefold() for name, url in addresses.items()}


def naming(pages: dict[str, str]) -> list[str]:
    return [page for page, body in pages.items() if any(part in body for part in NAMED)]


def test_whoever_owes_a_scorecard_reads_the_code_name_everywhere(as_, seat):
    pages = read(as_("interviewer"), seat)

    assert naming(pages) == []
    assert all(CODE.casefold() in pages[page] for page in ("home", "scorecard"))


def test_forms_and_answers_name_nobody_either(as_, seat):
    client = as_("interviewer")
    pages = {
        "refused": client.post(reverse("scorecard", args=[seat.pk]), {"submit": "1", "edit": "0"}),
        "declining": client.post(reverse("scorecard_decline", args=[seat.pk]), {"decline_reason": ""}),
        "note": client.post(reverse("handoff", args=[seat.pk]), {"kind": "covered", "text": ""}, follow=True),
        "draft": client.post(reverse("scorecard_draft", args=[seat.pk]), {"summary": "x", "edit": "7"}),
    }

    assert naming({name: answer.getvalue().decode().casefold() for name, answer in pages.items()}) == []


def test_the_name_comes_with_the_submission(as_, seat, submitted):
    submitted(seat)
    pages = read(as_("interviewer"), seat)

    assert {"home", "scorecard", "debrief"} <= set(naming(pages))
    assert CODE.casefold() not in pages["scorecard"]


def test_whoever_declined_never_learns_it(as_, seat):
    services.decline_scorecard(drafts.open_scorecard(seat), reason="Was ill", by=seat.user)
    pages = read(as_("interviewer"), seat)

    assert naming(pages) == []
    assert CODE.casefold() in pages["scorecard"]


def test_who_owes_one_of_two_scorecards_does_not_know_yet(as_, seat, submitted, unnamed):
    submitted(seat)
    other = unnamed.interviews.exclude(pk=seat.interview_id).first()
    Panelist.objects.create(interview=other, user=seat.user)

    assert naming(read(as_("interviewer"), seat)) == []


def test_others_words_reach_them_without_the_name(as_, seat, person, submitted, unnamed):
    other = Panelist.objects.filter(interview__application=unnamed).exclude(user=seat.user).get()
    other.interview.starts_at = seat.interview.starts_at - timedelta(days=1)
    other.interview.save()
    services.leave_note(other, by=other.user, kind="covered", text="Noor drew the cache; ask Ms Haddad for the rest")
    submitted(other, words="Noor Haddad named the cost")
    services.grant_override(unnamed, seat.user, reason="Builds on Noor's first round", by=person("recruiter"))
    pages = read(as_("interviewer"), seat)

    assert naming(pages) == []
    assert "drew the cache" in pages["scorecard"]
    assert "named the cost" in pages["debrief"]
    assert CODE.casefold() in pages["debrief"]


def test_who_runs_the_opening_reads_both_names_there(as_, unnamed):
    page = as_("recruiter").get(reverse("opening", args=[unnamed.opening_id])).getvalue().decode()

    assert "Noor Haddad" in page
    assert CODE in page
    assert "anonymous" in page


def test_who_runs_the_opening_and_owes_a_scorecard_scores_a_code_name(as_, person, unnamed, seat):
    Panelist.objects.create(interview=seat.interview, user=person("manager"))
    mine = Panelist.objects.get(user=person("manager"), interview=seat.interview)
    page = as_("manager").get(reverse("scorecard", args=[mine.pk])).getvalue().decode()

    assert CODE in page
    assert "Noor" not in page


def test_an_opening_is_made_anonymous_by_its_form(as_, unnamed, person):
    form = {"title": "Quiet role", "rubric_version": unnamed.opening.rubric_version_id, "anonymous": "on"}
    as_("recruiter").post(reverse("opening_new"), form | {"hiring_managers": [person("manager").pk]})
    opening = type(unnamed.opening).objects.get(title="Quiet role")

    names = {add_candidate(opening, name=f"N{n}", email=f"n{n}@example.org", by=None).code_name for n in range(12)}

    assert opening.anonymous
    assert len(names) == 12
    assert all(name.removeprefix("Candidate ") in BIRDS for name in names)


def test_there_is_a_code_name_for_everybody():
    taken: set[str] = set()
    for _ in range(len(BIRDS) + 5):
        taken.add(draw(taken))

    assert len(taken) == len(BIRDS) + 5
    assert len(set(BIRDS)) == len(BIRDS)
