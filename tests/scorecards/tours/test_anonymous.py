"""Anonymous openings: whoever judges reads a code name, on every page, until they have submitted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidates.code_names import BIRDS, draw
from candidates.models import Application, Panelist
from candidates.services import add_candidate
from scorecards import drafts, services

CODE = "Candidate Dodo"  # which nobody is called by lot
NAMED = ("noor", "haddad")
SCORECARD_PAGES = [
    "scorecard",
    "scorecard_draft",
    "scorecard_hints",
    "scorecard_decline",
    "kit_blueprint",
    "scorecard_amend",
]


@pytest.fixture
def unnamed(unscored_application) -> Application:
    """The fresh application, its opening anonymous."""
    type(unscored_application.opening).objects.filter(pk=unscored_application.opening_id).update(anonymous=True)
    Application.objects.filter(pk=unscored_application.pk).update(code_name=CODE)
    return Application.objects.get(pk=unscored_application.pk)


@pytest.fixture
def panelist(unnamed, person) -> Panelist:
    return Panelist.objects.get(interview__application=unnamed, user=person("interviewer"))


def read(client, panelist) -> dict[str, str]:
    """All that somebody on the panel can open, by page; also where they are led after a redirect."""
    addresses = {name: reverse(name, args=[panelist.pk]) for name in SCORECARD_PAGES}
    addresses |= {"home": "/", "debrief": reverse("debrief", args=[panelist.interview.application_id])}
    addresses |= {"opening": reverse("opening", args=[panelist.interview.application.opening_id])}
    return {name: client.get(url, follow=True).getvalue().decode().casefold() for name, url in addresses.items()}


def naming(pages: dict[str, str]) -> list[str]:
    return [page for page, body in pages.items() if any(part in body for part in NAMED)]


def test_whoever_owes_a_scorecard_reads_the_code_name_everywhere(client_of, panelist):
    pages = read(client_of("interviewer"), panelist)

    assert naming(pages) == []
    assert all(CODE.casefold() in pages[page] for page in ("home", "scorecard"))


def test_forms_and_answers_name_nobody_either(client_of, panelist):
    client = client_of("interviewer")
    pages = {
        "refused": client.post(reverse("scorecard", args=[panelist.pk]), {"submit": "1", "edit": "0"}),
        "declining": client.post(reverse("scorecard_decline", args=[panelist.pk]), {"decline_reason": ""}),
        "note": client.post(reverse("handoff", args=[panelist.pk]), {"kind": "covered", "text": ""}, follow=True),
        "draft": client.post(reverse("scorecard_draft", args=[panelist.pk]), {"summary": "x", "edit": "7"}),
    }

    assert naming({name: answer.getvalue().decode().casefold() for name, answer in pages.items()}) == []


def test_the_name_comes_with_the_submission(client_of, panelist, hand_in):
    hand_in(panelist)
    pages = read(client_of("interviewer"), panelist)

    assert {"home", "scorecard", "debrief"} <= set(naming(pages))
    assert CODE.casefold() not in pages["scorecard"]


def test_whoever_declined_never_learns_it(client_of, panelist):
    services.decline_scorecard(drafts.open_scorecard(panelist), reason="Was ill", by=panelist.user)
    pages = read(client_of("interviewer"), panelist)

    assert naming(pages) == []
    assert CODE.casefold() in pages["scorecard"]


def test_who_owes_one_of_two_scorecards_does_not_know_yet(client_of, panelist, hand_in, unnamed):
    hand_in(panelist)
    other = unnamed.interviews.exclude(pk=panelist.interview_id).first()
    Panelist.objects.create(interview=other, user=panelist.user)

    assert naming(read(client_of("interviewer"), panelist)) == []


def test_others_words_reach_them_without_the_name(client_of, panelist, person, hand_in, unnamed):
    other = Panelist.objects.filter(interview__application=unnamed).exclude(user=panelist.user).get()
    other.interview.starts_at = panelist.interview.starts_at - timedelta(days=1)
    other.interview.save()
    services.leave_note(other, by=other.user, kind="covered", text="Noor drew the cache; ask Ms Haddad for the rest")
    hand_in(other, words="Noor Haddad named the cost")
    services.grant_override(unnamed, panelist.user, reason="Builds on Noor's first round", by=person("recruiter"))
    pages = read(client_of("interviewer"), panelist)

    assert naming(pages) == []
    assert "drew the cache" in pages["scorecard"]
    assert "named the cost" in pages["debrief"]
    assert CODE.casefold() in pages["debrief"]


def test_who_runs_the_opening_reads_both_names_there(client_of, unnamed):
    page = client_of("recruiter").get(reverse("opening", args=[unnamed.opening_id])).getvalue().decode()

    assert "Noor Haddad" in page
    assert CODE in page
    assert "anonymous" in page


def test_who_runs_the_opening_and_owes_a_scorecard_scores_a_code_name(client_of, person, unnamed, panelist):
    Panelist.objects.create(interview=panelist.interview, user=person("manager"))
    mine = Panelist.objects.get(user=person("manager"), interview=panelist.interview)
    page = client_of("manager").get(reverse("scorecard", args=[mine.pk])).getvalue().decode()

    assert CODE in page
    assert "Noor" not in page


def test_an_opening_is_made_anonymous_by_its_form(client_of, unnamed, person):
    form = {"title": "Quiet role", "rubric_version": unnamed.opening.rubric_version_id, "anonymous": "on"}
    client_of("recruiter").post(reverse("opening_new"), form | {"hiring_managers": [person("manager").pk]})
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
