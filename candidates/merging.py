"""Two rows for one person become one: what joins is shown before, and it is on record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from accounts.models import User
from audit.services import record, record_each
from candidates.built_on import named_elsewhere
from candidates.identity import accounts_of, interviewers_of, known_as, run_by
from candidates.locks import lock_applications
from candidates.models import Application, Candidate, Opening
from candidates.policies import editable, may_edit_candidate
from candidates.services import ERASED

SETTLE = "Something was planned or written in each of these applications. Move one to another opening first."
CORRECT = "Correct the address, or which colleague one of the two is, or the panel first."


@dataclass(frozen=True)
class Joined:
    """What a merge brings together: `applications` move to the one who stays.

    Of openings that both applied for, `empty` are applications of either in which
    nothing was planned or written, and which are removed; `twice` are the others, which
    have to be settled first. An application that was moved away stands in nobody's way.
    `marked` is the colleague as whom the one who stays is marked from then on,
    `refused` why they cannot be one person.
    """

    stays: Candidate
    goes: Candidate
    applications: tuple[Application, ...]
    twice: tuple[Opening, ...] = ()
    empty: tuple[Application, ...] = ()
    marked: User | None = None
    refused: str = ""


@dataclass(frozen=True)
class Like:
    """Others of the same name or address; `more` where these are not all."""

    candidates: tuple[Candidate, ...]
    more: bool


def like(candidate: Candidate, *, by: User) -> Like:
    """Those whose every application this person sees."""
    known = known_as(candidate.name, candidate.email, by=by)
    return Like(others_of(known.candidates, candidate, by=by), known.more)


def others_of(rows: Iterable[Candidate], candidate: Candidate, *, by: User) -> tuple[Candidate, ...]:
    """Those of the rows that this person may merge with the candidate. One query."""
    others = [other for other in rows if other.pk != candidate.pk]
    return tuple(editable(by, others))


def mergeable(by: User) -> QuerySet[Candidate]:
    """Candidates of whom this person may find out more; see `may_edit_candidate`."""
    return run_by(by).filter(erased_at=None)


def joined(stays: Candidate, goes: Candidate) -> Joined:
    """The preview of a merge."""
    [preview] = joined_each(stays, [goes])
    return preview


def joined_each(stays: Candidate, others: Sequence[Candidate]) -> list[Joined]:
    """The preview of a merge with each of the others. Five queries at most."""
    of_each: dict[int, list[Any]] = {candidate.pk: [] for candidate in (stays, *others)}
    rows = Application.objects.filter(candidate__in=of_each).select_related("opening")
    used = Case(When(named_elsewhere(Application), then=Value(True)), default=Value(False))
    for application in rows.annotate(is_used=used).order_by("pk"):
        of_each[application.candidate_id].append(application)
    found = [_joined(stays, other, of_each[stays.pk], of_each[other.pk]) for other in others]
    return _with_colleagues(stays, found)


def _with_colleagues(stays: Candidate, found: Sequence[Joined]) -> list[Joined]:
    """The previews with who the joined candidate is in this company: whoever was either
    of the two must not see what is brought together, nor have interviewed for it."""
    both = [stays, *(each.goes for each in found)]
    accounts, interviewers = accounts_of(both), interviewers_of(both)
    people = set().union(*accounts.values())
    users = User.objects.in_bulk(people)
    previews = []
    for each in found:
        goes = each.goes
        both_accounts = accounts[stays.pk] | accounts[goes.pk]
        both_panels = interviewers[stays.pk] | interviewers[goes.pk]
        lost = accounts[goes.pk] - accounts[stays.pk]
        refused, marked = "", None
        if them := both_accounts & both_panels:
            names = ", ".join(users[pk].display_name for pk in sorted(them))
            refused = f"{names} would be on the panel of their own application. {CORRECT}"
        elif lost and (stays.colleague_id or len(lost) > 1):
            refused = f"They are two different colleagues. {CORRECT}"
        elif lost:
            marked = users[lost.pop()]
        previews.append(replace(each, marked=marked, refused=refused))
    return previews


def _joined(stays: Candidate, goes: Candidate, here: Sequence[Any], there: Sequence[Any]) -> Joined:
    """`here` are the applications of who stays, `there` of who goes, with `is_used`."""
    moved = Application.State.MOVED
    of_opening = {row.opening_id: row for row in here if row.state != moved}
    twice, empty = [], []
    for row in there:
        other = of_opening.get(row.opening_id) if row.state != moved else None
        if other is None:
            continue
        unused = next((each for each in (row, other) if not each.is_used), None)
        if unused is None:
            twice.append(row.opening)
        else:
            empty.append(unused)
    joining = tuple(row for row in there if row not in empty)
    return Joined(stays, goes, joining, tuple(twice), tuple(empty))


@transaction.atomic
def merge_candidates(stays: Candidate, goes: Candidate, *, by: User) -> Candidate:
    """Everything about `goes` is from now on about `stays`, who keeps name and address.

    Raises PermissionDenied for whoever does not see all applications of both;
    ValidationError where one was erased, both are the same, both applied for an opening
    and something was planned or written in both applications, they are two colleagues,
    or one of them has interviewed for the other.
    """
    locked = Candidate.objects.select_for_update(no_key=True).filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
    rows = {row.pk: row for row in locked}
    if len(rows) < 2:
        raise ValidationError("Choose another candidate to merge with.")
    stays, goes = rows[stays.pk], rows[goes.pk]
    if not (may_edit_candidate(by, stays) and may_edit_candidate(by, goes)):
        raise PermissionDenied
    if stays.erased_at or goes.erased_at:
        raise ValidationError(ERASED)
    lock_applications(Application.objects.filter(candidate__in=rows).values_list("pk", flat=True))
    preview = joined(stays, goes)
    _refuse_two(preview)
    record_each("application.removed", by=by, subjects=preview.empty)
    Application.objects.filter(pk__in=[row.pk for row in preview.empty]).delete()
    applications = [row.pk for row in preview.applications]
    Application.objects.filter(pk__in=applications).update(candidate=stays)
    _join_holds(stays, goes)
    if preview.marked is not None:
        stays.colleague = preview.marked
        stays.save(update_fields=["colleague"])
        record("candidate.edited", by=by, subject=stays, colleague=stays.colleague_id)
    record("candidate.merged", by=by, subject=stays, merged=goes.pk, applications=applications)
    goes.delete()
    return stays


def _refuse_two(preview: Joined) -> None:
    if preview.twice:
        titles = ", ".join(opening.title for opening in preview.twice)
        raise ValidationError(f"Both have applied for {titles}. {SETTLE}")
    if preview.refused:
        raise ValidationError(preview.refused)


def _join_holds(stays: Candidate, goes: Candidate) -> None:
    """Of two holds in force both would remain, which the database refuses."""
    if stays.holds.in_force().exists() and goes.holds.in_force().exists():
        raise ValidationError("Both are under a legal hold. Lift one of the two first.")
    goes.holds.update(candidate=stays)
