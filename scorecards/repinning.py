"""An opening that moves to a newer version of its rubric, or to another one, while nobody has written into a
scorecard."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.locks import lock_rows
from accounts.models import User
from audit.services import record
from candidates.locks import lock_applications, lock_opening
from candidates.models import Application, Opening, Round
from rubrics.models import Dimension, Exercise, RubricVersion
from scorecards.models import Scorecard, unblinded

SAME = "This opening already uses this version."
UNPUBLISHED = "This version is not published. Choose another one."
WRITTEN = (
    "Somebody has begun a scorecard in this opening, so it keeps its rubric and version: all of its candidates are "
    "judged by the same words."
)
# Whether anything was written is itself a word about the others' judgement.
BLIND = (
    "You owe a scorecard in this opening, or you are a candidate in it. Ask somebody else who runs it to "
    "change its rubric."
)


@dataclass(frozen=True)
class Moved:
    """What a move changes of the interview plan.

    `lost` names dimensions that were covered by a round and are not in the other version; `uncovered` those that are
    new, so that no round covers them; `without_exercise` the rounds whose exercise is not in it.
    """

    lost: tuple[str, ...]
    uncovered: tuple[str, ...]
    without_exercise: tuple[str, ...]


def newer_version(opening: Opening) -> RubricVersion | None:
    """The published version of the opening's rubric, where it is another than the opening's."""
    versions = RubricVersion.objects.published().select_related("rubric")
    others = versions.exclude(pk=opening.rubric_version_id)
    return others.filter(rubric=opening.rubric_version.rubric_id).first()


def other_versions(opening: Opening) -> QuerySet[RubricVersion]:
    """The published versions that the opening could be moved to, by their rubric's title."""
    versions = RubricVersion.objects.published().select_related("rubric").exclude(pk=opening.rubric_version_id)
    return versions.order_by("rubric__sort_key", "pk")


def obstacle(opening: Opening, *, by: User) -> str:
    """Why this person cannot move the opening now; empty where they can."""
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
def move_opening(opening: Opening, *, to: RubricVersion, by: User) -> Moved:
    """Pin the opening to another published version; its rounds cover the dimensions of the same keys.

    A round keeps its exercise where that version has one of the same label and title. Raises ValidationError with
    the `obstacle`, or where the version is the opening's own or not published. It waits for scorecards that are being
    saved, so that none is written by the words of before.
    """
    opening = lock_opening(opening)
    lock_applications(opening.applications.values_list("pk", flat=True))  # nobody begins a scorecard meanwhile
    lock_rows(_cards(opening))
    if reason := _refusal(opening, to) or obstacle(opening, by=by):
        raise ValidationError(reason)
    before = opening.rubric_version
    lost, uncovered = _plan_changes(opening, to)
    opening.rubric_version = to
    opening.save(update_fields=["rubric_version"])
    _carry_over_dimensions(opening, to)
    without_exercise = _carry_over_exercises(opening, to)
    record("opening.moved", by=by, subject=opening, **{"from": before.pk, "to": to.pk})
    return Moved(lost, uncovered, without_exercise)


def _refusal(opening: Opening, to: RubricVersion) -> str:
    if to.pk == opening.rubric_version_id:
        return SAME
    return "" if RubricVersion.objects.published().filter(pk=to.pk).exists() else UNPUBLISHED


def _plan_changes(opening: Opening, other: RubricVersion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of dimensions that no round can cover any more, and of those that none covers yet."""
    covered = Dimension.objects.filter(rounds__opening=opening).distinct()
    after = list(other.dimensions.all())
    keys = {dimension.key for dimension in after}
    before = set(opening.rubric_version.dimensions.values_list("key", flat=True))
    lost = [dimension.name for dimension in covered if dimension.key not in keys]
    uncovered = [dimension.name for dimension in after if dimension.key not in before]
    return tuple(lost), tuple(uncovered)


def _carry_over_dimensions(opening: Opening, other: RubricVersion) -> None:
    covers = Round.dimensions.through.objects
    covered = covers.filter(round__opening=opening).values_list("round_id", "dimension__key")
    after = dict(other.dimensions.values_list("key", "pk"))
    carried = [(round_id, after[key]) for round_id, key in covered if key in after]
    covers.filter(round__opening=opening).delete()
    covers.bulk_create(covers.model(round_id=round_id, dimension_id=pk) for round_id, pk in carried)


def _carry_over_exercises(opening: Opening, other: RubricVersion) -> tuple[str, ...]:
    """Gives back the names of the rounds that lost theirs."""
    exercises = {_sign(exercise): exercise for exercise in other.exercises.all()}
    lost = []
    for round_ in opening.rounds.exclude(exercise=None).select_related("exercise"):
        assert round_.exercise is not None
        round_.exercise = exercises.get(_sign(round_.exercise))
        round_.save(update_fields=["exercise"])
        if round_.exercise is None:
            lost.append(round_.name)
    return tuple(lost)


def _sign(exercise: Exercise) -> tuple[str, str]:
    """By what an exercise is known again in another version."""
    return exercise.label, exercise.title
