"""Openings, candidates and interviews over HTTP: who reaches them, and errors that keep what was typed."""

import pytest
from django.urls import reverse

from accounts.services import add_person
from candidates.models import Application, Candidate, Interview, Opening, Round
from candidates.services import create_opening
from rubrics.services import fork_version


@pytest.fixture
def opening(fresh):
    return fresh.opening


@pytest.fixture
def confidential(opening, person):
    """An opening that only the hiring manager has a role on."""
    hidden = create_opening("Secret chief", rubric_version=opening.rubric_version, by=None, confidential=True)
    hidden.members.create(user=person("manager"), role="hiring_manager")
    candidate = Candidate.objects.create(name="Hidden Person", email="hidden@example.org")
    Application.objects.create(candidate=candidate, opening=hidden)
    return hidden


@pytest.fixture
def interview(opening, person):
    """Fields of the form that plans an interview."""
    return {
        "round": opening.rounds.first().pk,
        "starts_at": "2030-01-02T10:00",
        "hours_to_score": "24",
        "leads": [person("admin").pk],
    }


def test_confidential_opening_is_invisible_to_other_recruiters(as_, confidential):
    client = as_("recruiter")
    urls = [
        reverse(name, args=[confidential.pk]) for name in ("opening", "member_new", "round_new", "candidate_new")
    ] + [reverse("application", args=[confidential.applications.get().pk])]

    found = [client.get(url).status_code for url in urls]
    lists = [client.get(reverse(name)).content.decode() for name in ("opening_list", "candidate_list", "home")]

    assert set(found) == {404}
    assert not any("Secret chief" in body or "Hidden Person" in body for body in lists)


@pytest.mark.parametrize("name", ["manager", "admin"])
def test_confidential_opening_is_seen_by_its_members_and_administrators(as_, confidential, name):
    assert "Hidden Person" in as_(name).get(reverse("opening", args=[confidential.pk])).content.decode()


def test_search_never_finds_a_confidential_candidate(as_, confidential):
    url = reverse("candidate_list")

    assert "Hidden Person" not in as_("recruiter").get(url, {"q": "hidden"}).content.decode()
    assert "Hidden Person" in as_("manager").get(url, {"q": "HIDDEN@"}).content.decode()
    assert as_("manager").get(url, {"q": "\x00%_'\\"}).status_code == 200


@pytest.mark.parametrize("name", ["opening_list", "candidate_list"])
def test_interviewers_have_no_lists(as_, sample, name):
    assert as_("interviewer").get(reverse(name)).status_code == 403


@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("admin", 403), ("recruiter", 200)])
def test_changing_an_opening_is_for_those_who_run_it(as_, opening, name, status):
    for page in ("member_new", "round_new", "candidate_new"):
        assert as_(name).get(reverse(page, args=[opening.pk])).status_code == status


def test_opening_form_offers_only_published_versions(as_, opening, person):
    draft = fork_version(opening.rubric_version, by=person("recruiter"))
    sent = {"title": "New one", "rubric_version": draft.pk, "hiring_managers": [person("manager").pk]}

    refused = as_("recruiter").post(reverse("opening_new"), sent)
    accepted = as_("recruiter").post(
        reverse("opening_new"), sent | {"rubric_version": opening.rubric_version_id}, follow=True
    )

    assert refused.status_code == 422
    assert "New one" in refused.content.decode()
    assert "Now plan its rounds." in accepted.content.decode()
    assert Opening.objects.filter(title="New one").count() == 1


def test_round_form_refuses_foreign_dimensions_and_a_name_that_is_there(as_, opening, person):
    foreign = fork_version(opening.rubric_version, by=person("recruiter")).dimensions.first()
    sent = {"order": "3", "name": "Third", "minutes": "45", "dimensions": [foreign.pk]}
    own = [opening.rubric_version.dimensions.first().pk]
    client, url = as_("recruiter"), reverse("round_new", args=[opening.pk])
    taken = opening.rounds.first().name.upper()

    refused = [client.post(url, sent), client.post(url, sent | {"dimensions": own, "name": taken})]
    accepted = client.post(url, sent | {"dimensions": own})

    assert [response.status_code for response in refused] == [422, 422]
    assert accepted.status_code == 302
    assert Round.objects.get(name="Third").minutes == 45


def test_round_with_a_planned_interview_tells_why_its_dimensions_stay(as_, opening):
    held = opening.rounds.first()
    sent = {"order": "1", "name": "Kept text", "minutes": "45", "dimensions": [held.dimensions.first().pk]}

    response = as_("recruiter").post(reverse("round_edit", args=[held.pk]), sent)

    assert response.status_code == 422
    assert "planned on this round already" in response.content.decode()
    assert "Kept text" in response.content.decode()
    assert Round.objects.get(pk=held.pk).dimensions.count() == held.dimensions.count() > 1


def test_candidate_who_is_there_already_is_told_and_text_kept(as_, opening):
    url = reverse("candidate_new", args=[opening.pk])

    response = as_("recruiter").post(url, {"name": "Typed Name", "email": "NOOR.haddad@example.org"})

    assert response.status_code == 422
    assert "on this opening already" in response.content.decode()
    assert "Typed Name" in response.content.decode()


def test_interview_is_planned_with_the_rounds_length(as_, fresh, interview):
    response = as_("recruiter").post(reverse("interview_new", args=[fresh.pk]), interview)

    planned = Interview.objects.latest("pk")
    assert response["Location"] == reverse("application", args=[fresh.pk])
    assert (planned.due_at - planned.starts_at).total_seconds() == (24 * 60 + planned.round.minutes) * 60


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": "9999-12-31T23:59"}, "too far in the future"),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        ({"hours_to_score": "0"}, "greater than or equal to 1"),
        ({"leads": []}, "This field is required."),
        ({"leads": ["999999"]}, "999999 is not one of the available choices."),
        ({"round": "999999"}, "Select a valid choice."),
    ],
)
def test_interview_that_does_not_fit_is_refused_in_words(as_, fresh, interview, change, words):
    before = Interview.objects.count()

    response = as_("recruiter").post(reverse("interview_new", args=[fresh.pk]), interview | change)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Interview.objects.count() == before


def test_nobody_is_lead_and_shadow(as_, fresh, interview, person):
    both = interview | {"shadows": [person("admin").pk]}

    response = as_("recruiter").post(reverse("interview_new", args=[fresh.pk]), both)

    assert response.status_code == 422
    assert "Somebody is both lead and shadow" in response.content.decode()


def test_candidate_is_not_offered_for_their_own_panel(as_, fresh, interview, person):
    Candidate.objects.filter(pk=fresh.candidate_id).update(email="admin@example.com")
    url = reverse("interview_new", args=[fresh.pk])

    assert f'value="{person("admin").pk}"' not in as_("recruiter").get(url).content.decode()
    assert as_("recruiter").post(url, interview).status_code == 422


@pytest.mark.parametrize("name", ["opening", "member_new", "round_new", "round_edit", "candidate_new", "interview_new"])
def test_unknown_id_is_not_found(as_, sample, name):
    assert as_("recruiter").get(reverse(name, args=[10**15])).status_code == 404


def test_people_of_an_opening_stand_by_name_whenever_they_came(as_, fresh):
    for name in ("Zoe Adams", "Anna Brandt", "Mia Quast"):
        person = add_person(f"{name.split()[0].lower()}@example.com", by=None, name=name, password=None)
        fresh.opening.members.create(user=person, role="recruiter")

    page = as_("recruiter").get(reverse("opening", args=[fresh.opening_id])).content.decode()

    assert page.index("Anna Brandt") < page.index("Mia Quast") < page.index("Zoe Adams")
