"""manage.py sample_data --candidates N [--interviewers M] [--seed S] [--as-of DATE]
[--force]"""

import gc
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TextIO

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.published import is_sample_allowed
from candidates.models import Application, Interview, Opening, OpeningMember, Panelist
from debriefs.models import Decision, Meeting
from samples import drawing, storing
from samples.openings import OpeningStore
from samples.roles import ROLES
from scorecards.models import Rating, Scorecard

BAR = 30
# After so many openings the database's plans are those of tables that had hardly a row.
GROWN = (8, 64, 512, 4096)
# Names that nobody can have on the Internet (RFC 2606), and the machine's own.
RESERVED = r"(@|\.)(example\.(com|net|org)|example|test|invalid|localhost)$"


def _count(least: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        if not text.isdecimal() or len(text) > 6 or int(text) < least:
            raise ArgumentTypeError(f"give a whole number from {least} to 999999")
        return int(text)

    return whole


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(9), UTC)
    except ValueError as error:
        raise ArgumentTypeError("give a day as YYYY-MM-DD") from error


class Command(BaseCommand):
    help = (
        "Fills the database with made-up openings, candidates and scorecards, for demonstrations and benchmarks. The "
        "same seed and numbers give the same content; a seed that is there already changes nothing. Nobody can sign "
        "in as one of the people that it makes."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--candidates", type=_count(1), required=True, metavar="N")
        parser.add_argument("--interviewers", type=_count(1), default=12, metavar="M")
        parser.add_argument("--seed", type=_count(0), default=1, metavar="S")
        parser.add_argument(
            "--as-of", type=_day, default=drawing.AS_OF, metavar="DATE", help="the day on which the sample is set"
        )
        parser.add_argument("--force", action="store_true", help="even if real people already use this database")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["force"]:
            _refuse_real_use()
        plan = drawing.Plan(options["candidates"], options["interviewers"], options["seed"], options["as_of"])
        there = _openings(plan.seed).exists()
        if there:
            self.stderr.write(f"The sample for seed {plan.seed} is already there, so nothing was added.")
        else:
            self._load(plan)
        self.stdout.write(json.dumps({"seed": plan.seed, "loaded": not there, **counts(plan.seed)}))

    @transaction.atomic
    def _load(self, plan: drawing.Plan) -> None:
        """All or nothing: a load that is interrupted leaves no half."""
        try:
            used = [storing.store_role(role) for role in ROLES]
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        show = Progress(plan.candidates)
        with storing.own_times():
            people = storing.store_people(plan)
            gc.freeze()  # they stay to the end, and would be gone through at each collection
            for drawn in drawing.draw(plan):
                OpeningStore(plan, drawn, used[drawn.role], people).store()
                storing.check_now()
                if drawn.number + 1 in GROWN:
                    storing.plan_anew()
                show.advance(len(plan.share(drawn.number)))
        gc.unfreeze()
        show.end()
        _let_the_demo_manager_in(plan.seed)


def _refuse_real_use() -> None:
    """Scorecards can't be deleted again, so made-up ones must never get among real
    ones.

    A database is in real use once somebody with an address that can exist has signed
    in.
    """
    if is_sample_allowed():
        return
    if User.objects.filter(last_login__isnull=False).exclude(email__iregex=RESERVED).exists():
        raise CommandError(
            "Real people use this database, and sample data can't be removed again. Use --force to add it anyway."
        )


def _let_the_demo_manager_in(seed: int) -> None:
    """The demo's hiring manager gets the first opening, so that there is something to
    decide."""
    manager = User.objects.filter(email="manager@example.com").first()
    opening = _openings(seed).order_by("pk").first()
    if manager and opening:
        OpeningMember.objects.get_or_create(opening=opening, user=manager, role=OpeningMember.Role.HIRING_MANAGER)


def _openings(seed: int) -> QuerySet[Opening]:
    return Opening.objects.filter(slug__startswith=storing.slug_start(seed))


def counts(seed: int) -> dict[str, Any]:
    """What is stored of this seed."""
    openings = _openings(seed)
    panelists = Panelist.objects.filter(interview__application__opening__in=openings)
    cards = Scorecard.objects.filter(panelist__in=panelists)
    applications = Application.objects.filter(opening__in=openings)
    states = {state: Count("pk", filter=Q(state=state)) for state in Scorecard.State.values}
    return {
        "openings": openings.count(),
        "candidates": applications.values("candidate").distinct().count(),
        "applications": applications.count(),
        "interviewers": panelists.values("user").distinct().count(),
        "interviews": Interview.objects.filter(application__in=applications).count(),
        "panelists": panelists.count(),
        "scorecards": cards.aggregate(**states),
        "ratings": Rating.objects.filter(scorecard__in=cards).count(),
        "meetings": Meeting.objects.filter(application__in=applications).count(),
        "decisions": Decision.objects.filter(application__in=applications).count(),
    }


class Progress:
    """A bar on standard error, on a terminal only."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.total, self.done, self.stream = total, 0, stream or sys.stderr
        self.shown = self.stream.isatty()

    def advance(self, step: int) -> None:
        self.done += step
        if self.shown:
            full = BAR * self.done // self.total
            self.stream.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {self.done} of {self.total} candidates")
            self.stream.flush()

    def end(self) -> None:
        if self.shown:
            self.stream.write("\n")
