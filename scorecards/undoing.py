"""Taking back an import of scorecards as one, until something was built on what it brought."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import User
from audit.history import kept
from audit.services import record
from candidates.importing.bringing import BUILT_ON
from candidates.locks import lock_applications, lock_candidates, lock_openings
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember
from scorecards.models import ImportedRow, Rating, Scorecard, ScorecardImport, Sighting

UNDONE = "This import was undone already."
Kind = ImportedRow.Kind
# From what leans on others to what they lean on.
ORDER = (
    Kind.SCORECARD,
    Kind.PANELIST,
    Kind.INTERVIEW,
    Kind.APPLICATION,
    Kind.CANDIDATE,
    Kind.ROUND,
    Kind.OPENING,
    Kind.PERSON,
)
MODELS = {
    Kind.SCORECARD: "scorecards.scorecard",
    Kind.PANELIST: "candidates.panelist",
    Kind.INTERVIEW: "candidates.interview",
    Kind.APPLICATION: "candidates.application",
    Kind.CANDIDATE: "candidates.candidate",
    Kind.ROUND: "candidates.round",
    Kind.OPENING: "candidates.opening",
    Kind.PERSON: "accounts.user",
}
# What comes with a scorecard or was noted by looking, and goes with it.
GOES_ALONG = {Rating, Sighting, OpeningMember}
Numbers = dict[str, list[int]]


def may_undo(source: ScorecardImport, user: User) -> bool:
    """Who imported it, and administrators."""
    own = source.by_id == user.pk and user.is_recruiter
    return user.is_active and (own or user.is_administrator)


@transaction.atomic
def undo_import(source: ScorecardImport, *, by: User) -> None:
    """Delete everything that the import brought.

    Raises PermissionDenied, or ValidationError where it was undone already, or with what
    was built on it: a debrief that opened, somebody who may sign in now, or any other row.
    """
    if not may_undo(source, by):
        raise PermissionDenied
    source = ScorecardImport.objects.select_for_update(no_key=True).get(pk=source.pk)
    if source.undone_at is not None:
        raise ValidationError(UNDONE)
    numbers = _numbers(source)
    applications = _applications(numbers)
    candidates = _candidates(numbers)
    lock_openings(numbers[Kind.OPENING])
    lock_candidates(candidates)
    lock_applications(applications)
    built = list(built_on(source))
    if built:
        raise ValidationError(["This import can no longer be undone:", *built])
    cards = [f"scorecard {pk}" for pk in numbers[Kind.SCORECARD]]
    try:
        with _let_through(source, applications):
            _delete(numbers)
            Candidate.objects.filter(pk__in=candidates).without_application().delete()
    except models.ProtectedError as error:
        raise ValidationError(BUILT_ON) from error
    source.undone_by, source.undone_at = by, timezone.now()
    source.save(update_fields=["undone_by", "undone_at"])
    source.brought.all().delete()
    record("scorecards.import_undone", by=by, subject=source, undone=cards)


def _numbers(source: ScorecardImport) -> Numbers:
    found: Numbers = {kind: [] for kind in ORDER}
    for kind, number in source.brought.values_list("kind", "number"):
        found[kind].append(number)
    return found


def _applications(numbers: Numbers) -> list[int]:
    """Of the scorecards, new or not."""
    cards = Scorecard.objects.filter(pk__in=numbers[Kind.SCORECARD])
    found = set(cards.values_list("panelist__interview__application", flat=True))
    return sorted(found | set(numbers[Kind.APPLICATION]))


def _candidates(numbers: Numbers) -> list[int]:
    """Those that it brought, and whose applications it brought: after a merge these may be others."""
    applications = Application.objects.filter(pk__in=numbers[Kind.APPLICATION])
    found = set(applications.values_list("candidate", flat=True))
    return sorted(found | set(numbers[Kind.CANDIDATE]))


# --- what was built on it ----------------------------------------------------
def built_on(source: ScorecardImport) -> Iterator[str]:
    """What stands on the import's rows and did not come with it, in words; nothing where it can be undone."""
    numbers = _numbers(source)
    opened = Application.objects.filter(pk__in=_applications(numbers), debrief_opened_at__isnull=False).count()
    if opened:
        yield f"The debrief of {opened} of its candidates has opened."
    model = apps.get_model(MODELS[Kind.PERSON])
    admitted = model._default_manager.filter(pk__in=numbers[Kind.PERSON], is_active=True).count()
    if admitted:
        yield f"{admitted} of the interviewers it brought may sign in by now."
    for kind in ORDER:
        yield from _leaning_on(kind, numbers)


def _leaning_on(kind: Kind, numbers: Numbers) -> Iterator[str]:
    """Rows of any model that name one of these, but those of the import."""
    if not numbers[kind]:
        return
    for relation in apps.get_model(MODELS[kind])._meta.related_objects:
        model: Any = relation.related_model
        if model in GOES_ALONG or relation.many_to_many or _is_history(model):
            continue
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": numbers[kind]})
        own = numbers.get(str(model._meta.model_name), [])
        others = rows.exclude(pk__in=own).count()
        if others:
            was = "was" if others == 1 else "were"
            yield f"{others} {_plural(model, others)} {was} added to what it brought."


def _plural(model: type[models.Model], count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_id")


# --- taking it back ----------------------------------------------------------
class _let_through:
    """What the triggers ask; it ends with the block."""

    def __init__(self, source: ScorecardImport, applications: list[int]) -> None:
        self.undoing = str(source.pk)
        self.erasing = ",".join(map(str, applications))

    def __enter__(self) -> None:
        self._set(self.undoing, self.erasing)

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._set("", "")

    def _set(self, undoing: str, erasing: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('evenhand.undoing', %s, true), set_config('evenhand.erasing', %s, true)",
                [undoing, erasing],
            )


def _delete(numbers: Numbers) -> None:
    """Rows and their history; a history goes while it can still be told whose it is."""
    cards = numbers[Kind.SCORECARD]
    Sighting.objects.filter(scorecard__in=cards).delete()
    Rating.objects.filter(scorecard__in=cards).delete()
    kept("scorecards", "RatingChange").filter(scorecard__in=cards).delete()
    Scorecard.objects.filter(pk__in=cards).delete()
    kept("scorecards", "ScorecardChange").filter(panelist__in=numbers[Kind.PANELIST], pgh_obj_id__in=cards).delete()
    OpeningMember.objects.filter(opening__in=numbers[Kind.OPENING]).delete()
    for kind in ORDER[1:]:
        apps.get_model(MODELS[kind])._default_manager.filter(pk__in=numbers[kind]).delete()


def openings_of(source: ScorecardImport, reader: User) -> models.QuerySet[Opening]:
    """Openings into which the import brought something, of those that the reader sees."""
    interviews = source.brought.filter(kind=Kind.INTERVIEW).values("number")
    into = Interview.objects.filter(pk__in=interviews).values("application__opening")
    return Opening.objects.visible_to(reader).filter(pk__in=into)
