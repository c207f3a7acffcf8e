"""An opening that moves to the newer version of its rubric, while nobody has written into a scorecard."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.services import record
from candidates.models import Application, Opening, Round
from rubrics.models import Dimension, Exercise, RubricVersion
from scorecards.models import Scorecard, unblinded

NEWEST = "This opening already uses the published version of its rubric."
WRITTEN = (
    "Somebody has begun a scorecard in this opening, so it keeps its version: all of its candidates are judged by the "
    "same words."
)
# Whether anything was written is itself a word about the others' judgement.
BLIND = (
    "You owe a scorecard in this opening, or you are a candidate in it. Ask somebody else who runs it to move it to "
    "the newer version."
)


@dataclass(frozen=True)
class Moved:
    """What a move changes of the interview plan, by the dimensions' names.

    `lost` were covered by a round and are in the newer version no more; `uncovered` are new, so no round covers them.
    """

    lost: tuple[str, ...]
    uncovered: tuple[str, ...]


def newer_version(opening: Opening) -> RubricVersion | None:
    """The published version of the opening's rubric, where it is another than the opening's."""
    versions = RubricVersion.objects.published().select_related("rubric")
    others = versions.exclude(pk=opening.rubric_version_id)
    return others.filter(rubric=opening.rubric_version.rubric_id).first()


def obstacle(opening: Opening, *, by: User) -> str:
    """Why this person cannot move the opening now; empty where they can."""
    if newer_version(opening) is None:
        return NEWEST
    known = unblinded(Application.objects.visible_to(by), by).filter(opening=opening)
    if known.count() < opening.applications.count():
        return BLIND
    return WRITTEN if _written(opening).exists() else ""


def _cards(opening: Opening) -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(panelist__interview__application__opening=opening)


def _written(opening: Opening) -> QuerySet[Scorecard]:
    """All but those that were opened and hold nothing."""
    return _cards(opening).exclude(state=Scorecard.State.DRAFT, edit=0)


@transaction.atomic
def move_opening(opening: Opening, *, by: User) -> Moved:
    """Pin the opening to the published version of its rubric; its rounds cover the dimensions of the same keys.

    A round keeps its exercise where the newer version has one of that label and title. Raises ValidationError with
    the `obstacle`. It waits for scorecards that are being saved, so that none is written by the words of before.
    """
    opening = Opening.objects.select_for_update(of=("self",)).select_related("rubric_version").get(pk=opening.pk)
    list(_cards(opening).select_for_update(of=("self",)))
    newer = newer_version(opening)
    reason = obstacle(opening, by=by)
    if reason or newer is None:
        raise ValidationError(reason or NEWEST)
    before = opening.rubric_version
    moved = _plan_changes(opening, newer)
    opening.rubric_version = newer
    opening.save(update_fields=["rubric_version"])
    _carry_over_dimensions(opening, newer)
    _carry_over_exercises(opening, newer)
    record("opening.moved", by=by, subject=opening, **{"from": before.pk, "to": newer.pk})
    return moved


def _plan_changes(opening: Opening, newer: RubricVersion) -> Moved:
    covered = Dimension.objects.filter(rounds__opening=opening).distinct()
    after = list(newer.dimensions.all())
    keys = {dimension.key for dimension in after}
    before = set(opening.rubric_version.dimensions.values_list("key", flat=True))
    lost = [dimension.name for dimension in covered if dimension.key not in keys]
    uncovered = [dimension.name for dimension in after if dimension.key not in before]
    return Moved(tuple(lost), tuple(uncovered))


def _carry_over_dimensions(opening: Opening, newer: RubricVersion) -> None:
    covers = Round.dimensions.through.objects
    covered = covers.filter(round__opening=opening).values_list("round_id", "dimension__key")
    after = dict(newer.dimensions.values_list("key", "pk"))
    carried = [(round_id, after[key]) for round_id, key in covered if key in after]
    covers.filter(round__opening=opening).delete()
    covers.bulk_create(covers.model(round_id=round_id, dimension_id=pk) for round_id, pk in carried)


def _carry_over_exercises(opening: Opening, newer: RubricVersion) -> None:
    exercises = {_sign(exercise): exercise for exercise in newer.exercises.all()}
    for round_ in opening.rounds.exclude(exercise=None).select_related("exercise"):
        assert round_.exercise is not None
        round_.exercise = exercises.get(_sign(round_.exercise))
        round_.save(update_fields=["exercise"])


def _sign(exercise: Exercise) -> tuple[str, str]:
    """By what an exercise is known again in another version."""
    return exercise.label, exercise.title
