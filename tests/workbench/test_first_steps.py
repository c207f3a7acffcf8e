"""The way to the first scorecard on the home page, and what empty lists lead to: for those who may go there."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Opening, Round
from candidates.openings.changing import close_opening
from candidates.services import add_candidate, create_opening, plan_interview, save_round
from candidates.states import set_state
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import RubricVersion
from rubrics.services import import_plan, publish_version
from scorecards.drafts import open_scorecard
from tests.architecture.permission_world import SAMPLE
from tests.queries import queries_of
from workbench.first_steps import first_steps

pytestmark = pytest.mark.django_db
TITLES = [
    "Add people",
    "Publish a rubric",
    "Create an opening",
    "Plan its rounds",
    "Add a candidate",
    "Plan an interview",
]
_numbers = count(1)


def somebody(**roles: bool) -> User:
    return User.objects.create_user(f"person{next(_numbers)}@example.com", **roles)


@pytest.fixture
def recruiter() -> User:
    return somebody(is_recruiter=True)


def draft(by: User) -> RubricVersion:
    found = plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name))
    return import_plan(found, filename=SAMPLE.name, by=by)[0]


def opening(by: User, **fields: bool) -> Opening:
    version = publish_version(draft(by), by=by)
    return create_opening("Engineer", rubric_version=version, by=by, hiring_managers=[], **fields)


def a_round(of: Opening, by: User) -> Round:
    dimensions = list(of.rubric_version.dimensions.all())
    return save_round(Round(opening=of, name="First talk"), dimensions=dimensions, by=by)


def interview(application: Application, by: User, *leads: User):
    now = timezone.now()
    held = application.opening.rounds.get()
    return plan_interview(
        application, round=held, starts_at=now, due_at=now + timedelta(days=1), leads=[*leads], shadows=[], by=by
    )


def done(user: User) -> list[str]:
    return [step.title for step in first_steps(user) if step.done]


def links(user: User) -> dict[str, str]:
    return {step.title: step.url for step in first_steps(user) if step.url}


def page(user: User, path: str) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200
    return response.content.decode()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- the checklist -----------------------------------------------------------
def test_each_step_is_done_by_what_it_asks_for_and_the_first_scorecard_ends_them(recruiter):
    steps = [step.title for step in first_steps(recruiter)]
    seen = [done(recruiter)]
    interviewer = somebody()
    seen.append(done(recruiter))
    job = opening(recruiter)
    seen.append(done(recruiter))
    a_round(job, recruiter)
    seen.append(done(recruiter))
    application = add_candidate(job, name="Somebody", email="somebody@example.org", by=recruiter)
    seen.append(done(recruiter))
    held = interview(application, recruiter, interviewer)
    seen.append(done(recruiter))
    open_scorecard(held.panelists.get())

    assert steps == TITLES
    assert seen == [[], TITLES[:1], TITLES[:3], TITLES[:4], TITLES[:5], TITLES]
    assert first_steps(recruiter) == []
    assert "Get started" not in page(recruiter, "/")


def test_a_published_rubric_is_what_counts_and_a_draft_is_led_to(recruiter):
    version = draft(recruiter)

    assert done(recruiter) == []
    assert links(recruiter)["Publish a rubric"] == reverse("rubric_version", args=[version.pk])


def test_people_are_there_once_somebody_else_is_and_somebody_recruits():
    administrator = somebody(is_administrator=True)
    somebody()
    without_recruiter = done(administrator)
    User.objects.filter(pk=administrator.pk).update(is_recruiter=True)

    assert (without_recruiter, done(administrator)) == ([], ["Add people"])


def test_an_administrator_is_led_to_what_administrators_do_and_told_whose_the_rest_is():
    administrator = somebody(is_administrator=True)

    home = page(administrator, "/")

    assert links(administrator) == {"Add people": reverse("people"), "Publish a rubric": reverse("blueprint_import")}
    assert home.count("Ask a recruiter to do this.") == 4
    assert "Ask an administrator to do this." not in home


def test_a_recruiter_is_led_on_step_by_step(recruiter):
    first = links(recruiter)
    job = opening(recruiter)
    second = links(recruiter)
    a_round(job, recruiter)
    application = add_candidate(job, name="Somebody", email="somebody@example.org", by=recruiter)
    third = links(recruiter)

    assert list(first) == ["Publish a rubric"]
    assert list(second) == TITLES[1:4]
    assert third["Plan its rounds"] == reverse("round_new", args=[job.pk])
    assert third["Add a candidate"] == reverse("candidate_new", args=[job.pk])
    assert third["Plan an interview"] == reverse("interview_new", args=[application.pk])


def test_every_link_leads_to_a_page_for_its_reader(recruiter):
    both = somebody(is_administrator=True, is_recruiter=True)
    job = opening(recruiter)
    a_round(job, recruiter)
    add_candidate(job, name="Somebody", email="somebody@example.org", by=recruiter)

    for user in (both, recruiter, somebody(is_administrator=True)):
        assert {signed_in(user).get(url).status_code for url in links(user).values()} == {200}


def test_a_confidential_opening_counts_for_those_who_may_know_of_it(recruiter):
    opening(somebody(is_recruiter=True), confidential=True)

    assert "Create an opening" not in done(recruiter)
    assert "Plan its rounds" not in links(recruiter)
    assert "Create an opening" in done(somebody(is_administrator=True))


def test_what_is_closed_is_no_step_done_and_no_way_on(recruiter):
    somebody()
    job = opening(recruiter)
    a_round(job, recruiter)
    application = add_candidate(job, name="Somebody", email="somebody@example.org", by=recruiter)
    set_state(application, state="withdrawn", by=recruiter)
    nobody_left = done(recruiter), links(recruiter).get("Plan an interview")
    close_opening(job, outcome=Opening.Outcome.CANCELLED, by=recruiter)

    assert nobody_left == (TITLES[:4], None)
    assert done(recruiter) == TITLES[:2]
    assert list(links(recruiter)) == TITLES[1:3]


@pytest.mark.parametrize("roles", [{}, {"is_hiring_manager": True}])
def test_others_see_no_checklist(roles):
    user = somebody(**roles)

    assert first_steps(user) == []
    assert "Get started" not in page(user, "/")


def test_the_checklist_takes_as_many_queries_for_many_as_for_one(recruiter):
    somebody()
    job = opening(recruiter)
    a_round(job, recruiter)
    add_candidate(job, name="First", email="first@example.org", by=recruiter)
    client = signed_in(recruiter)
    one = queries_of(client, "/")
    for number in range(3):
        somebody(is_recruiter=True)
        add_candidate(job, name="Another", email=f"another{number}@example.org", by=recruiter)

    assert queries_of(client, "/") == one


def test_the_sample_has_scorecards_and_no_checklist(client_of):
    for name in ("admin", "recruiter"):
        assert "Get started" not in client_of(name).get("/").content.decode()


# --- empty lists -------------------------------------------------------------
def led_to(user: User, path: str) -> list[str]:
    """The addresses inside what the page shows in place of its empty lists."""
    blocks = page(user, path).split('<div class="eh-empty">')[1:]
    return [block.partition("</div>")[0].partition('href="')[2].partition('"')[0] for block in blocks]


@pytest.mark.parametrize(
    ("name", "roles", "next_page"),
    [
        ("rubric_list", {"is_recruiter": True}, "blueprint_import"),
        ("rubric_list", {"is_administrator": True}, "blueprint_import"),
        ("rubric_list", {"is_hiring_manager": True}, ""),
        ("opening_list", {"is_recruiter": True}, "rubric_list"),
        ("opening_list", {"is_administrator": True}, "rubric_list"),
        ("opening_list", {"is_hiring_manager": True}, ""),
        ("candidate_list", {"is_recruiter": True}, "opening_list"),
        ("candidate_list", {"is_hiring_manager": True}, "opening_list"),
        ("retention_list", {"is_recruiter": True}, "candidate_list"),
        ("retention_list", {"is_administrator": True}, "candidate_list"),
    ],
)
def test_an_empty_list_leads_to_the_step_before_it_whom_it_may(name, roles, next_page):
    assert led_to(somebody(**roles), reverse(name)) == [reverse(next_page) if next_page else ""]


def test_an_empty_search_leads_to_the_whole_list(recruiter):
    assert led_to(recruiter, reverse("candidate_list") + "?q=nobody") == ["?"]
    assert led_to(somebody(is_administrator=True), reverse("audit_trail") + "?kind=user.edited") == [
        reverse("audit_trail")
    ]


def test_openings_are_made_by_recruiters_once_a_rubric_is_published(recruiter):
    publish_version(draft(recruiter), by=recruiter)

    assert led_to(recruiter, reverse("opening_list")) == [reverse("opening_new")]
    assert led_to(somebody(is_administrator=True), reverse("opening_list")) == [""]


def test_an_opening_leads_from_its_rounds_to_its_candidates_to_their_interviews(recruiter):
    job = opening(recruiter)
    new_round, new_candidate = (reverse(name, args=[job.pk]) for name in ("round_new", "candidate_new"))
    path = reverse("opening", args=[job.pk])
    before = led_to(recruiter, path)
    nobody = led_to(somebody(is_administrator=True), path)
    plan = led_to(recruiter, reverse("opening_plan", args=[job.pk]))
    early = add_candidate(job, name="Early", email="early@example.org", by=recruiter)
    early_interview = led_to(recruiter, reverse("application", args=[early.pk]))
    early.delete()
    a_round(job, recruiter)
    after = led_to(recruiter, path)
    later = add_candidate(job, name="Later", email="later@example.org", by=recruiter)

    assert before == [new_round]
    assert nobody == [""]
    assert plan == [new_round]
    assert early_interview == [new_round]
    assert after[:1] == [new_candidate]
    assert led_to(recruiter, reverse("application", args=[later.pk])) == [reverse("interview_new", args=[later.pk])]
