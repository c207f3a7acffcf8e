"""What stands between a new installation and its first scorecard, for those who bring
it about."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet, Subquery
from django.urls import reverse

from accounts.compiled import compiled
from accounts.models import User
from candidates.models import Application, Interview, Opening, Round
from candidates.policies import runnable
from rubrics.models import RubricVersion
from scorecards.models import Scorecard

# What it is, what there is to do, and whose it is.
STEPS = {
    "people": (
        "Add people",
        "Your interviewers, and at least one recruiter. That can be you.",
        "an administrator",
    ),
    "rubric": (
        "Publish a rubric",
        "Import the role’s blueprint, review the draft, then publish it.",
        "a recruiter or an administrator",
    ),
    "opening": ("Create an opening", "A job to fill, based on a published rubric.", "a recruiter"),
    "rounds": ("Plan its rounds", "Set the length, exercise and dimensions of each interview.", "a recruiter"),
    "candidate": ("Add a candidate", "You need a name and an e-mail address.", "a recruiter"),
    "interview": (
        "Plan an interview",
        "Choose a time and the interviewers. Their scorecards are then ready to fill in.",
        "a recruiter",
    ),
}


@dataclass(frozen=True)
class Step:
    """One line of the checklist. `url` is empty where this reader may not do it, or
    where a step before it is open."""

    title: str
    text: str
    whose: str
    done: bool
    url: str


def first_steps(user: User) -> list[Step]:
    """The steps in their order; none once there is a scorecard, nor for others than
    administrators and recruiters.

    A step counts as done by what this reader may see and is not closed. It takes one
    query once there is a scorecard, else two.
    """
    brings_it_about = user.is_administrator or user.is_recruiter
    if not brings_it_about or _scorecards.any():
        return []
    found = _found(user)
    urls = _urls(user, found)
    steps = []
    for name, (title, text, whose) in STEPS.items():
        steps.append(Step(title, text, whose, done=bool(found[name]), url=urls[name]))
    return steps


_scorecards = compiled(lambda: Scorecard.objects.order_by().values_list("pk")[:1])


def _found(user: User) -> dict[str, Any]:
    """By the name of each step, whether it is done; and the keys of what the next
    one is done to."""
    people = User.objects.colleagues()
    seen = Opening.objects.visible_to(user).filter(closed_at=None)
    runs = runnable(user).filter(closed_at=None)
    applications = Application.objects.run_by(user).exclude(state__in=Application.CLOSED)
    versions = RubricVersion.objects.visible_to(user)
    parts = {
        "people": Exists(people.exclude(pk=user.pk)) & Exists(people.filter(is_recruiter=True)),
        "rubric": Exists(versions.published()),
        "opening": Exists(seen),
        "rounds": Exists(Round.objects.filter(opening__in=seen)),
        "candidate": Exists(applications),
        "interview": Exists(Interview.objects.filter(application__in=applications)),
        "draft": _newest(versions.filter(state=RubricVersion.State.DRAFT)),
        "runs": _newest(runs),
        "applied": _newest(applications.filter(opening__in=runs)),
    }
    return dict(User.objects.filter(pk=user.pk).values(**parts).get())


def _newest(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("-pk").values("pk")[:1])


def _urls(user: User, found: dict[str, Any]) -> dict[str, str]:
    urls = dict.fromkeys(STEPS, "")
    if user.is_administrator:
        urls["people"] = reverse("people")
    urls["rubric"] = _of("rubric_version", found["draft"]) or reverse("blueprint_import")
    if user.is_recruiter and found["rubric"]:
        urls["opening"] = reverse("opening_new")
    urls["rounds"] = _of("round_new", found["runs"])
    if found["rounds"]:
        urls["candidate"] = _of("candidate_new", found["runs"])
        urls["interview"] = _of("interview_new", found["applied"])
    return urls


def _of(name: str, pk: int | None) -> str:
    """The address of that page of the object, or nothing where there is no such
    object."""
    return "" if pk is None else reverse(name, args=[pk])
