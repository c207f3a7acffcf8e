"""The tables of applications: found by name, whole to their last row, and blind where their reader is."""

import pytest
from django.urls import reverse

from candidates.models import Application, Candidate, Opening
from tests.pages import html_of
from tests.queries import queries_of


@pytest.fixture
def crowd(opening) -> list[str]:
    """Sixty more candidates of the opening, by name."""
    names = [f"Crowd {number:02}" for number in range(60)]
    people = [Candidate(name=name, email=f"{name[-2:]}@example.net") for name in names]
    Candidate.objects.bulk_create(people)
    Application.objects.bulk_create([Application(candidate=person, opening=opening) for person in people])
    return names


def walked(client, url: str) -> list[str]:
    """The names on each page from this one to the last."""
    found, query = [], "sort=name"
    while query:
        page = client.get(f"{url}?{query}").context["applications"]
        found += [application.candidate.name for application in page]
        query = page.next
    return found


@pytest.mark.parametrize("name", ["recruiter", "manager"])
def test_an_opening_leads_to_its_last_candidate(client_of, opening, crowd, name):
    found = walked(client_of(name), reverse("opening", args=[opening.pk]))

    assert [name for name in found if name.startswith("Crowd")] == crowd
    assert len(found) == opening.applications.count()


def test_an_opening_says_of_how_many_it_shows_some(client_of, opening, crowd):
    html = html_of(client_of("recruiter").get(reverse("opening", args=[opening.pk])))

    assert f"1–50 of {opening.applications.count()} applications" in html


def test_a_table_takes_few_queries(client_of, opening, crowd):
    assert queries_of(client_of("recruiter"), reverse("opening", args=[opening.pk])) <= 12
    assert queries_of(client_of("recruiter"), reverse("candidate_list")) <= 12


def test_whoever_owes_a_scorecard_reads_that_the_others_are_hidden(client_of, opening, unscored_application, person):
    unscored_application.interviews.first().panelists.create(user=person("recruiter"))

    html = html_of(client_of("recruiter").get(reverse("opening", args=[opening.pk]), {"q": "noor haddad"}))

    assert "hidden until you submit yours" in html
    assert "Your scorecard" in html


def test_only_those_who_run_an_opening_are_led_to_what_changes_it(client_of, opening):
    new = reverse("candidate_new", args=[opening.pk])

    assert new in html_of(client_of("recruiter").get(reverse("opening", args=[opening.pk])))
    assert new not in html_of(client_of("admin").get(reverse("opening", args=[opening.pk])))


def test_search_never_finds_a_confidential_candidate(client_of, confidential):
    url = reverse("candidate_list")

    assert "Hidden Person" not in client_of("recruiter").get(url, {"q": "hidden"}).content.decode()
    assert "Hidden Person" in client_of("manager").get(url, {"q": "HIDDEN@"}).content.decode()
    assert client_of("manager").get(url, {"q": "\x00%_'\\"}).status_code == 200


@pytest.mark.parametrize("sought", ["haddad", "NOOR", "noor.haddad@", "Haddad Noor", "noor hadadd", "nor haddad"])
def test_candidates_are_found_by_name_or_address(client_of, unscored_application, scored_application, sought):
    found = client_of("recruiter").get(reverse("candidate_list"), {"q": sought}).context["applications"]

    assert unscored_application in found
    assert scored_application not in found


def test_a_search_tells_an_interviewer_no_name_of_an_anonymous_opening(client_of, opening, unscored_application):
    Opening.objects.filter(pk=opening.pk).update(anonymous=True)

    answers = [client_of("interviewer").get(reverse("candidate_list"), {"q": name}) for name in ("noor", "nobody")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not any("Haddad" in answer.content.decode() for answer in answers)


def test_no_reader_finds_their_own_application(client_of, unscored_application, person):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email=person("recruiter").email)

    page = client_of("recruiter").get(reverse("candidate_list"), {"q": "noor haddad"})

    assert list(page.context["applications"]) == []


def test_a_search_says_how_many_it_found_and_keeps_what_else_was_asked(client_of, unscored_application):
    page = client_of("recruiter").get(reverse("candidate_list"), {"q": "noor", "order": "name"}).content.decode()

    assert "1 application" in page
    assert '<input type="hidden" name="order" value="name">' in page
    assert 'value="noor"' in page


def test_what_is_sought_is_shown_as_text(client_of, sample):
    page = client_of("recruiter").get(reverse("candidate_list"), {"q": '<b>"x"</b>'}).content.decode()

    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt;" in page
    assert "<b>" not in page
