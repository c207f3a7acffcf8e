"""Eight at once: one acts, the others are told in words, and nobody's address reaches the log."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import SignInRules, User
from candidates.models import Interview, Opening, Panelist, Round
from config.overtaken import OvertakenMiddleware
from rubrics.models import Dimension
from rubrics.services import fork_version, publish_version
from scorecards.models import GuestLink, Scorecard
from tests.concurrently import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sample")]
TOLD = {302, 409, 422}


@pytest.fixture
def post(person):
    """Calls that send a form, each from a browser of its own."""

    def calls(name: str, url: str, values: dict[str, object], *, times: int = 8):
        clients = [Client(raise_request_exception=False) for _ in range(times)]
        for client in clients:
            client.force_login(person(name))
        return [lambda client=client: client.post(url, values).status_code for client in clients]

    return calls


def test_the_same_person_is_added_once(post, caplog):
    values = {"email": "planted.address@example.net", "name": "Petra Planted", "is_recruiter": "on"}

    outcomes = at_once(*post("admin", reverse("people"), values), behind=User)

    assert set(outcomes) <= TOLD
    assert outcomes.count(302) == 1
    assert User.objects.filter(email="planted.address@example.net").count() == 1
    assert "planted.address" not in caplog.text


def test_the_same_external_interviewer_is_invited_once(post, unscored_application):
    interview = unscored_application.interviews.first()
    values = {"email": "planted.address@example.net", "name": "Petra Planted", "role": "lead"}

    outcomes = at_once(*post("recruiter", reverse("guest_new", args=[interview.pk]), values), behind=User)

    assert set(outcomes) <= TOLD
    assert User.objects.filter(email="planted.address@example.net").count() == 1
    assert interview.panelists.filter(user__is_guest=True).count() == 1
    assert GuestLink.objects.open().filter(panelist__interview=interview).count() == 1


def test_the_same_round_is_added_once(post):
    opening = Opening.objects.first()
    dimension = opening.rubric_version.dimensions.first()
    values = {"name": "The same round", "order": 9, "minutes": 30, "dimensions": [dimension.pk]}

    outcomes = at_once(
        *post("recruiter", reverse("round_new", args=[opening.pk]), values), behind=Opening.objects.all()
    )

    assert set(outcomes) <= TOLD
    assert Round.objects.filter(name="The same round").count() <= 1


def test_an_interview_is_cancelled_against_first_saves(post, unscored_application):
    interview = unscored_application.interviews.first()
    panelist = interview.panelists.filter(user__email="interviewer@example.com").first()
    assert panelist
    save = post("interviewer", reverse("scorecard_draft", args=[panelist.pk]), {"edit": 0, "summary": "words"}, times=4)
    cancel = post("recruiter", reverse("interview_cancel", args=[interview.pk]), {"reason": "ill"}, times=1)

    outcomes = at_once(*save, *cancel, behind=Panelist.objects.filter(pk=panelist.pk))

    assert set(outcomes) <= {200, 302, 404, 409, 422}
    assert Scorecard.objects.filter(panelist=panelist).count() <= 1


def test_the_same_file_of_scorecards_is_imported_once(tmp_path, scored_application, capsys):
    opening = scored_application.opening
    dimension = opening.rubric_version.dimensions.first()
    head = "opening,candidate_name,candidate_email,round,interviewer_email,dimension,score,not_assessed_reason,"
    row = f"{opening.slug},Ana Old,ana.old@example.net,Past,old.hand@example.net,{dimension.name},4,,Seen,"
    file = tmp_path / "past.csv"
    file.write_text(f"{head}evidence,recommendation,submitted_at\n{row}yes,2020-01-01T10:00:00+00:00\n")

    outcomes = at_once(*[lambda: call_command("import_scorecards", file)] * 3, behind=User)

    assert outcomes == [None, None, None], outcomes
    assert Panelist.objects.filter(user__email="old.hand@example.net").count() == 1


@pytest.fixture
def published(person) -> Dimension:
    """A dimension of a version that somebody published while another was still editing it."""
    draft = fork_version(Opening.objects.get().rubric_version, by=person("recruiter"))
    dimension = draft.dimensions.first()
    publish_version(draft, by=person("recruiter"))
    return dimension


def answer_to(error: Exception, client: Client) -> HttpResponse | None:
    request = client.get("/").wsgi_request
    return OvertakenMiddleware(lambda _: HttpResponse()).process_exception(request, error)


def test_a_dimension_that_was_published_meanwhile_is_told(published, client_of):
    published.name = "Too late"
    with pytest.raises(DatabaseError) as caught:
        published.save()

    response = answer_to(caught.value, client_of("recruiter"))

    assert response.status_code == 409
    assert "Somebody else was quicker" in response.content.decode()


def test_an_interview_that_was_removed_meanwhile_is_told(client_of):
    with pytest.raises(Interview.DoesNotExist) as caught:
        Interview.objects.get(pk=0)

    response = answer_to(caught.value, client_of("recruiter"))

    assert response.status_code == 409
    assert "finished or removed" in response.content.decode()


def test_a_row_that_has_no_other_beside_it_is_not_called_a_race(unscored_application, client_of):
    panelist = Panelist.objects.filter(interview__application=unscored_application).first()
    with pytest.raises(Panelist.scorecard.RelatedObjectDoesNotExist) as caught:
        _ = panelist.scorecard

    assert answer_to(caught.value, client_of("recruiter")) is None


def test_a_fault_of_ours_is_not_called_a_race(client_of):
    with pytest.raises(IntegrityError) as caught:
        SignInRules(pk=2).save()

    assert answer_to(caught.value, client_of("recruiter")) is None
