"""The rows that the benchmarks look at: the sample's rubric, a round over all its dimensions, many scorecards."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count as counted

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from accounts.services import add_person
from candidates.models import Application, Opening, Panelist, Round
from candidates.services import add_candidate, add_panelist, create_opening, plan_interview, save_round
from rubrics.models import RubricVersion
from scorecards.drafts import open_scorecard, save_draft
from scorecards.models import Scorecard
from scorecards.services import submit_scorecard

EVIDENCE = (
    "Asked for the symptoms first, drew the path of one request, then ruled out the cache with a measurement. "
    "Needed one hint to see that the queue was the bottleneck; named two ways out and what each would cost. "
    "Said plainly what was guessed and how to find out."
)
_numbers = counted()  # of people in this run


@dataclass(frozen=True)
class World:
    """One opening on the sample's rubric, whose single round covers every dimension."""

    opening: Opening
    round: Round
    recruiter: User
    manager: User
    looker: User


def build() -> World:
    recruiter = User.objects.get(email="recruiter@example.com")
    manager = User.objects.get(email="manager@example.com")
    version = RubricVersion.objects.get(state="published")
    opening = create_opening("Measured role", rubric_version=version, by=recruiter, hiring_managers=[manager])
    unsaved = Round(opening=opening, order=1, name="Everything", exercise=version.exercises.first())
    round_ = save_round(unsaved, dimensions=list(version.dimensions.all()), by=recruiter)
    looker = add_person("looker@example.com", by=None, name="Lou Looker")
    return World(opening, round_, recruiter, manager, looker)


def another(world: World, title: str) -> World:
    """One more opening of the same people on the same rubric."""
    version = world.opening.rubric_version
    managers = [world.manager]
    opening = create_opening(title, rubric_version=version, by=world.recruiter, hiring_managers=managers)
    unsaved = Round(opening=opening, order=1, name="Everything", exercise=version.exercises.first())
    round_ = save_round(unsaved, dimensions=list(version.dimensions.all()), by=world.recruiter)
    return World(opening, round_, world.recruiter, world.manager, world.looker)


def application(world: World, name: str) -> Application:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return add_candidate(world.opening, name=name, email=email, by=world.recruiter)


def interviewers(world: World, count: int) -> list[User]:
    """People who have no account yet."""
    names = [f"Panelist {next(_numbers)}" for _ in range(count)]
    return [add_person(f"{name.replace(' ', '')}@example.com".lower(), by=None, name=name) for name in names]


def submitted(world: World, whose: Application, people: list[User]) -> None:
    """One interview of the application whose panel are these people, each with a complete, submitted scorecard."""
    for card in drafted(world, whose, people):
        submit_scorecard(card, by=card.panelist.user)


def drafted(world: World, whose: Application, people: list[User]) -> list[Scorecard]:
    """One interview of the application whose panel are these people, each with a complete draft."""
    starts = timezone.now() - timedelta(days=3)
    interview = plan_interview(
        whose,
        round=world.round,
        starts_at=starts,
        due_at=starts + timedelta(days=1),
        leads=people[:1],
        shadows=[],
        by=world.recruiter,
    )
    for person in people[1:]:
        add_panelist(interview, person, role=Panelist.Role.LEAD, by=world.recruiter)
    return [
        _draft(world, panelist, number) for number, panelist in enumerate(interview.panelists.select_related("user"))
    ]


def _draft(world: World, panelist: Panelist, number: int) -> Scorecard:
    changes = {"recommendation": "yes" if number % 3 else "no", "summary": EVIDENCE}
    for index, dimension in enumerate(world.round.dimensions.all()):
        changes[f"score_{dimension.pk}"] = str(1 + (number * 3 + index) % 5)
        changes[f"evidence_{dimension.pk}"] = EVIDENCE
    return save_draft(open_scorecard(panelist), changes, edit=0, by=panelist.user)


def owed(world: World, whose: Application) -> Panelist:
    """An interview that the looker has still to score, already late."""
    starts = timezone.now() - timedelta(days=2)
    interview = plan_interview(
        whose,
        round=world.round,
        starts_at=starts,
        due_at=starts + timedelta(hours=2),
        leads=[world.looker],
        shadows=[],
        by=world.recruiter,
    )
    return interview.panelists.get()


def cookie(user: User) -> str:
    """A signed-in session of this person, as the Cookie header holds it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
