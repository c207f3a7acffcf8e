"""Erasing a candidate: every text about the person is blanked where it stands; scores and counts stay as numbers."""

from typing import Any

import structlog
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application, Candidate, LegalHold, Panelist
from scorecards.holds import refuse_held
from scorecards.models import Amendment, BatchItem, Decision, GuestLink, Packet, PacketBatch, Scorecard
from scorecards.models.erasing import TEXTS
from scorecards.policies import may_erase

logger = structlog.get_logger(__name__)

BLANK = "[erased]"
GONE = "This candidate was erased already."
KEPT_IN_RATINGS = ("evidence", "not_assessed_reason")


class Reason(models.TextChoices):
    """A choice, not a text: words about an erasure would be words about the person."""

    ASKED = "asked", "The candidate asked for it"
    OVER = "over", "The time of keeping is over"
    PURPOSE = "purpose", "The data is no longer needed for its purpose"
    MISTAKE = "mistake", "The candidate was entered by mistake"


@transaction.atomic
def erase_candidate(candidate: Candidate, *, by: User | None, reason: str) -> None:
    """Blank every text about the person, in all their applications, and let go of every file.

    Without `by` it is the retention task that erases. Raises PermissionDenied, or ValidationError where the person
    was erased before, a legal hold stands, or the reason is none of `Reason`. Files go once the transaction has ended.
    """
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if by is not None and not may_erase(by, candidate):
        raise PermissionDenied
    if candidate.erased_at:
        raise ValidationError(GONE)
    if reason not in Reason.values:
        raise ValidationError({"reason": "Choose why."})
    refuse_held(candidate)
    applications = list(Application.objects.select_for_update().filter(candidate=candidate).order_by("pk"))
    numbers = [row.pk for row in applications]
    _blank_person(candidate)
    _close_seats(numbers)
    _blank_texts(numbers)
    files = _let_go_of_packets(numbers) + _let_go_of_batches(numbers)
    record("candidate.erased", by=by, subject=candidate, reason=reason, applications=numbers, files=len(files))
    transaction.on_commit(lambda: _remove(files))


def _blank_person(candidate: Candidate) -> None:
    candidate.name = f"Erased candidate {candidate.pk}"
    candidate.email = f"candidate-{candidate.pk}@erased.invalid"
    candidate.erased_at = timezone.now()
    candidate.save(update_fields=["name", "email", "erased_at"])
    LegalHold.objects.filter(candidate=candidate).update(reason=BLANK)


def _close_seats(applications: list[int]) -> None:
    """Lock the scorecards, so that an autosave under way is over; give each empty seat one, so that none begins."""
    seats = Panelist.objects.filter(interview__application__in=applications)
    list(Scorecard.objects.select_for_update().filter(panelist__in=seats).order_by("pk").values_list("pk"))
    empty = seats.filter(scorecard__isnull=True)
    Scorecard.objects.bulk_create([Scorecard(panelist=seat) for seat in empty], ignore_conflicts=True)
    GuestLink.objects.filter(panelist__in=seats, revoked_at=None).update(revoked_at=timezone.now())


# --- texts -------------------------------------------------------------------
def _blank_texts(applications: list[int]) -> None:
    _let_through(",".join(map(str, applications)))
    for name, (way, columns) in TEXTS.items():
        model: Any = apps.get_model("scorecards", name)
        plain = [column for column in columns if not isinstance(model._meta.get_field(column), models.JSONField)]
        rows = model.objects.filter(**{f"{way}__in": applications})
        rows.filter(_any_text(plain)).update(**{column: _blanked(column) for column in plain})
    for decision in Decision.objects.filter(application__in=applications).exclude(rationales={}):
        decision.rationales = dict.fromkeys(decision.rationales, BLANK)
        decision.save(update_fields=["rationales"])
    for amendment in Amendment.objects.filter(scorecard__panelist__interview__application__in=applications):
        amendment.ratings = [_blank_rating(rating) for rating in amendment.ratings]
        amendment.save(update_fields=["ratings"])
    Scorecard.objects.filter(panelist__interview__application__in=applications).update(erased=True)
    _let_through("")


def _let_through(applications: str) -> None:
    """What the triggers ask (`scorecards.models.erasing`); it ends with the transaction at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.erasing', %s, true)", [applications])


def _any_text(columns: list[str]) -> Q:
    found = Q(pk__in=[])
    for column in columns:
        found |= ~Q(**{column: ""})
    return found


def _blanked(column: str) -> Case:
    """That something stood there stays known, and constraints that ask for a text stay content."""
    return Case(When(**{column: ""}, then=Value("")), default=Value(BLANK))


def _blank_rating(rating: dict[str, Any]) -> dict[str, Any]:
    return rating | {name: BLANK for name in KEPT_IN_RATINGS if rating.get(name)}


# --- files -------------------------------------------------------------------
def _let_go_of_packets(applications: list[int]) -> list[str]:
    """The names of the packets' files. One that is being built is refused at its end and takes its file along."""
    packets = Packet.objects.select_for_update().filter(application__in=applications)
    names = [name for name in packets.values_list("file", flat=True) if name]
    packets.exclude(state=Packet.State.EXPIRED).update(
        state=Packet.State.EXPIRED, file="", error="", stage="", lease_until=None, token=None, expired_at=timezone.now()
    )
    return names


def _let_go_of_batches(applications: list[int]) -> list[str]:
    """The same for archives and documents that hold the person among others; the others can be asked for again."""
    held = BatchItem.objects.filter(application__in=applications).values("batch")
    batches = PacketBatch.objects.select_for_update().filter(pk__in=held)
    names = [name for row in batches.values_list("archive", "document") for name in row if name]
    gone: dict[str, Any] = {"archive": "", "document": "", "error": "", "lease_until": None, "token": None}
    now = timezone.now()
    batches.filter(state=PacketBatch.State.READY).update(state=PacketBatch.State.EXPIRED, expired_at=now, **gone)
    batches.filter(state__in=[PacketBatch.State.QUEUED, PacketBatch.State.BUILDING]).update(
        state=PacketBatch.State.CANCELLED, finished_at=now, **gone
    )
    return names


def _remove(names: list[str]) -> None:
    """A file that the storage does not let go of now is gone within the hour: no row names it any more."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception as error:
            logger.warning("erased_file_not_removed", file=name, exc_info=error)
