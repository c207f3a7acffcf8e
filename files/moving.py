"""Applications that move to another opening with files, links and notes.

What goes along is also kept where it was: interviewers there judged by it, and a move can
be taken back. A file's bytes stay where they are stored, and two rows name them. The other
opening's rules hold for what arrives there.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import get_text_list

from accounts.models import User
from accounts.plural import counted
from audit.services import record_each
from candidates import states
from candidates.bulk import states as bulk_states
from candidates.models import Application, Opening
from files.models import CandidateNote, Material
from files.services import MOST


class Takes(models.TextChoices):
    """What goes along with several applications."""

    FILES = "files", "Files and links"
    ALL = "all", "Files, links and notes"
    NOTHING = "nothing", "Nothing"


@dataclass(frozen=True)
class Along:
    """How many files, links and notes went along.

    What the other application had already is not counted.
    """

    files: int = 0
    links: int = 0
    notes: int = 0

    @property
    def words(self) -> str:
        """Such as “2 files and 1 note”; empty where nothing went along."""
        numbers = {"file": self.files, "link": self.links, "note": self.notes}
        said = [counted(number, noun) for noun, number in numbers.items() if number]
        return get_text_list(said, "and")


@transaction.atomic
def move_with(
    application: Application,
    *,
    to: Opening,
    materials: Collection[Material] = (),
    notes: Collection[CandidateNote] = (),
    reason: str = "",
    by: User,
) -> Along:
    """`states.move_application`, with these of its files, links and notes.

    Those of others are left out, as are notes that the mover may not read. Raises what
    that raises, and ValidationError at `to` where the application there would have too
    many.
    """
    arrived = states.move_application(application, to=to, reason=reason, by=by)
    chosen_materials = Material.objects.filter(pk__in=[row.pk for row in materials])
    chosen_notes = CandidateNote.objects.filter(pk__in=[row.pk for row in notes])
    return _take({application.pk: arrived}, chosen_materials, chosen_notes, by)


@transaction.atomic
def move_all_with(
    applications: Sequence[Application], *, to: Opening, takes: str = Takes.NOTHING, reason: str = "", by: User
) -> tuple[list[Application], Along]:
    """`bulk_states.move_all`, with what `takes` says, one of `Takes`.

    Gives those that were moved, and what went along. Raises what that raises, and
    ValidationError at `to` where an application there would have too many. Then none is
    moved.
    """
    moved = bulk_states.move_all(applications, to=to, reason=reason, by=by)
    arrived = {}
    for application in moved:
        assert application.moved_to is not None
        arrived[application.pk] = application.moved_to
    materials, notes = Material.objects.all(), CandidateNote.objects.all()
    if takes != Takes.ALL:
        notes = notes.none()
    if takes == Takes.NOTHING:
        materials = materials.none()
    return moved, _take(arrived, materials, notes, by)


def _take(
    arrived: Mapping[int, Application],
    materials: models.QuerySet[Material],
    notes: models.QuerySet[CandidateNote],
    by: User,
) -> Along:
    """Give each arrived application these rows of the one that it comes from, whose key
    leads to it. Who moves holds them all."""
    readable = CandidateNote.objects.visible_to(by).filter(pk__in=notes)
    brought = _new_materials(materials.filter(application__in=arrived), arrived, by)
    told = _new_notes(readable.filter(application__in=arrived), arrived)
    _refuse_too_many(arrived.values(), brought, told)
    Material.objects.bulk_create(brought)
    CandidateNote.objects.bulk_create(told)
    _record(arrived.values(), brought, told, by)
    files = sum(row.token is not None for row in brought)
    return Along(files, len(brought) - files, len(told))


def _new_materials(rows: models.QuerySet[Material], arrived: Mapping[int, Application], by: User) -> list[Material]:
    """Rows of the arrived applications, unsaved, as added by who takes them along."""
    there = Material.objects.filter(application__in=arrived.values())
    known = set(there.values_list("application", "sha256", "url"))
    new = []
    for row in rows:
        application = arrived[row.application_id]
        if (application.pk, row.sha256, row.url) not in known:
            row.pk, row.application, row.added_by = None, application, by
            row._state.adding = True
            new.append(row)
    return new


def _new_notes(rows: models.QuerySet[CandidateNote], arrived: Mapping[int, Application]) -> list[CandidateNote]:
    """Rows of the arrived applications, unsaved, with author and time as they were."""
    there = CandidateNote.objects.filter(application__in=arrived.values())
    known = set(there.values_list("application", "by", "at", "text"))
    new = []
    for row in rows:
        application = arrived[row.application_id]
        if (application.pk, row.by_id, row.at, row.text) not in known:
            copy = CandidateNote(application=application, text=row.text)
            copy.by_id, copy.at = row.by_id, row.at
            copy.came_from_id = row.came_from_id or row.application_id
            new.append(copy)
    return new


def _refuse_too_many(
    arrived: Iterable[Application], materials: Sequence[Material], notes: Sequence[CandidateNote]
) -> None:
    """ValidationError where one of these would have more than MOST of either."""
    pks = [application.pk for application in arrived]
    for model, new, nouns in ((Material, materials, "files and links"), (CandidateNote, notes, "notes")):
        there = model.objects.filter(application__in=pks)
        numbers = Counter(there.values_list("application", flat=True))
        numbers.update(row.application_id for row in new)
        if max(numbers.values(), default=0) > MOST:
            many = f"An application there would have more than {MOST} {nouns}."
            raise ValidationError({"to": f"{many} Take fewer along."})


def _record(
    arrived: Iterable[Application], materials: Sequence[Material], notes: Sequence[CandidateNote], by: User
) -> None:
    """One event for each application that something came to, with its new rows' keys."""
    details: dict[Application, dict[str, object]] = {}
    for application in arrived:
        of_it = [row.pk for row in materials if row.application_id == application.pk]
        told = [row.pk for row in notes if row.application_id == application.pk]
        if of_it or told:
            details[application] = {"materials": of_it, "notes": told}
    subjects, rows = list(details), list(details.values())
    record_each("application.taken_along", by=by, subjects=subjects, details=rows)
