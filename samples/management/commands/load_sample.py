"""manage.py load_sample: the demo's people, rubric, opening, candidates and interviews.
Twice changes nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.published import PASSWORD, is_sample_allowed
from accounts.services import add_person
from candidates.models import Application, Opening, Panelist, Round
from candidates.services import add_candidate, create_opening, plan_interview, save_round
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import RubricVersion
from rubrics.services import import_plan
from samples.asking import with_questions
from scorecards.drafts import open_scorecard, save_draft
from scorecards.fields import texts_of
from scorecards.judgement import Answer, Judgement, Mark
from scorecards.models import Rating, Scorecard
from scorecards.services import submit_scorecard

PEOPLE = [
    ("interviewer@example.com", "Ines Keller", {}),
    ("interviewer2@example.com", "Tomas Brandt", {}),
    ("recruiter@example.com", "Ruth Adeyemi", {"is_recruiter": True}),
    ("manager@example.com", "Marek Novak", {"is_hiring_manager": True}),
    ("admin@example.com", "Ada Lind", {"is_administrator": True}),
]
CANDIDATES = [
    ("Noor Haddad", "noor.haddad@example.org"),
    ("Elias Okafor", "elias.okafor@example.org"),
    ("Sunniva Berg", "sunniva.berg@example.org"),
]
SUMMARIES = {
    "yes": "Steady and clear. I would like to work with them.",
    "no": "Good with people, but would change live systems without a way back. Not yet for this role.",
}
SAMPLES = settings.BASE_DIR / "rubrics" / "samples"
EVIDENCE = [
    "Walked through a real outage from first alert to follow-up, with times and what each step ruled out.",
    "Needed two hints before naming the bottleneck, then explained it clearly and checked the assumption.",
    "Sketched the design with its limits and said what would break first at ten times the load.",
    "Asked what the team had already tried, then proposed the smallest reversible step.",
]


class Command(BaseCommand):
    help = "Loads the demo's sample data. Never use it on a production server."
    requires_system_checks: list[str] = []

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not is_sample_allowed():
            raise CommandError("Sample accounts have a known password: set EVENHAND_DEMO=1 to load them.")
        if User.objects.filter(email="recruiter@example.com").exists():
            return
        people = {email: self._person(email, name, roles) for email, name, roles in PEOPLE}
        version = self._rubric(people["admin@example.com"])
        opening = self._opening(version, people)
        self._interviews(opening, people)

    def _person(self, email: str, name: str, roles: dict[str, bool]) -> User:
        return add_person(email, by=None, password=PASSWORD, name=name, **roles)

    def _rubric(self, by: User) -> RubricVersion:
        path: Path = sorted(SAMPLES.glob("*.json"))[0]
        found = plan(load(path.read_bytes(), filename=path.name))
        found = replace(found, dimensions=with_questions(found.dimensions))
        version, _ = import_plan(found, filename=path.name, by=by, publish=True)
        version.refresh_from_db()
        return version

    def _opening(self, version: RubricVersion, people: dict[str, User]) -> Opening:
        opening = create_opening(
            version.rubric.title,
            rubric_version=version,
            by=people["recruiter@example.com"],
            hiring_managers=[people["manager@example.com"]],
        )
        dimensions = list(version.dimensions.all())
        half = (len(dimensions) + 1) // 2
        plans = [
            ("Systems deep dive", 60, dimensions[:half]),
            ("Design and collaboration", 60, dimensions[half - 1 :]),
        ]
        exercises = [*version.exercises.all(), None, None]
        for order, (name, minutes, covered) in enumerate(plans, start=1):
            unsaved = Round(opening=opening, order=order, name=name, minutes=minutes, exercise=exercises[order - 1])
            save_round(unsaved, dimensions=covered, by=people["recruiter@example.com"])
        return opening

    def _interviews(self, opening: Opening, people: dict[str, User]) -> None:
        by = people["recruiter@example.com"]
        panels = [people["interviewer@example.com"], people["interviewer2@example.com"]]
        for name, email in CANDIDATES:
            application = add_candidate(opening, name=name, email=email, by=by)
            for round_, user in zip(opening.rounds.all(), panels, strict=True):
                self._interview(application, round_, user, by)
        begun, ready = (
            Panelist.objects.filter(interview__application__candidate__email=email) for _, email in CANDIDATES[1:]
        )
        self._submit(begun[0], [4, 3, 4, 5])
        self._submit(ready[0], [4, 4, 5, 5, 4, 3])
        self._submit(ready[1], [3, 2, 2, 4, 3, 3, 4, 4], recommendation="no", flag=True)

    def _interview(self, application: Application, round_: Round, user: User, by: User) -> None:
        starts = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        due = starts + timedelta(hours=26)
        plan_interview(application, round=round_, starts_at=starts, due_at=due, leads=[user], shadows=[], by=by)

    def _submit(
        self, panelist: Panelist, scores: list[int], *, recommendation: str = "yes", flag: bool = False
    ) -> Scorecard:
        """Submit with these scores on the rubric's first dimensions, the round's own
        and others."""
        version = panelist.interview.application.opening.rubric_version
        answers: dict[int, Answer] = {}
        own = set(panelist.interview.round.dimensions.values_list("pk", flat=True))
        for index, dimension in enumerate(version.dimensions.all()):
            if index < len(scores):
                evidence = EVIDENCE[(index + flag) % len(EVIDENCE)]
                answers[dimension.pk] = Answer(scores[index], evidence=evidence)
            elif dimension.pk in own:
                answers[dimension.pk] = Answer(not_assessed=True, reason=Rating.Reason.TIME.value)
        flags = version.signals.filter(kind="red_flag")[: int(flag)]
        marks = {signal.pk: Mark(seen=True) for signal in flags}
        judgement = Judgement(recommendation, SUMMARIES[recommendation], answers, marks)
        card = save_draft(open_scorecard(panelist), texts_of(judgement), edit=0, by=panelist.user)
        return submit_scorecard(card, by=panelist.user)
