"""Erasing a candidate: every text about the person is blanked where it stands; scores
and counts stay."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from accounts.locks import lock_rows
from accounts.models import User
from audit.erasing import Erasable
from audit.frozen import all_frozen
from audit.services import record, record_each
from candidates.coming import lock_coming, with_interviews
from candidates.erased import key_of
from candidates.invitations import tell_all_cancelled
from candidates.locks import lock_applications, lock_candidate
from candidates.models import Candidate, Interview, LegalHold, Panelist
from debriefs.models import Decision, ReRating
from files.models import CandidateNote, Material
from files.storage import remove_stored
from notices import services as notices
from packets.models import BatchItem, Packet, PacketBatch
from privacy.legal_holds import refuse_held
from privacy.policies import may_erase
from scorecards.models import Amendment, GuestLink, Scorecard, Withdrawal

BLANK = "[erased]"
GONE = "This candidate has already been erased."
KEPT_IN_RATINGS = ("evidence", "not_assessed_reason")


class Reason(models.TextChoices):
    """A choice, not a text: words about an erasure would be words about the person."""

    ASKED = "asked", "The candidate asked for it"
    OVER = "over", "The retention period has ended"
    PURPOSE = "purpose", "The data is no longer needed for its purpose"
    MISTAKE = "mistake", "The candidate was entered by mistake"


@transaction.atomic
def erase_candidate(candidate: Candidate, *, by: User | None, reason: str) -> None:
    """Blank every text about the person, in all their applications, and let go of every
    file. Interviews to come are cancelled.

    Without `by` it is the retention task that erases. Raises PermissionDenied, or
    ValidationError where the person was erased before, a legal hold stands, or the
    reason is none of `Reason`. Files go once the transaction has ended.
    """
    candidate = lock_candidate(candidate)
    if by is not None and not may_erase(by, candidate):
        raise PermissionDenied
    if candidate.erased_at:
        raise ValidationError(GONE)
    if reason not in Reason.values:
        raise ValidationError({"reason": "Choose a reason."})
    refuse_held(candidate)
    pks = list(candidate.applications.order_by("pk").values_list("pk", flat=True))
    lock_applications(pks)
    panels = _cancel_what_is_to_come(pks, by)
    _blank_person(candidate)
    _close_scorecards(pks)
    handed_in = _let_go_of_materials(pks)
    _blank_texts(pks)
    notices.forget("application", pks)
    tell_all_cancelled(panels, nameless=True)  # once all else that was told of the person is gone
    files = _let_go_of_packets(pks) + _let_go_of_batches(pks) + handed_in
    record("candidate.erased", by=by, subject=candidate, reason=reason, applications=pks, files=len(files))
    for application in pks:
        _freeze_anew(application, by)
    transaction.on_commit(lambda: remove_stored(files))


def _cancel_what_is_to_come(applications: list[int], by: User | None) -> list[Panelist]:
    """Nobody could cancel these interviews afterwards. Gives who is on their panels, to be told."""
    coming = lock_coming(Interview.objects.filter(application__in=applications))
    for interview in coming:
        interview.cancelled_at = timezone.now()
    Interview.objects.bulk_update(coming, ["calendar_sequence", "cancelled_at"])
    record_each("interview.cancelled", by=by, subjects=coming)
    panelists = Panelist.objects.on_panel().filter(interview__in=coming)
    return with_interviews(panelists.select_related("user").order_by("pk"), coming)


def _blank_person(candidate: Candidate) -> None:
    candidate.erased_key = key_of(candidate.email)
    candidate.name = f"Erased candidate {candidate.pk}"
    candidate.email = f"candidate-{candidate.pk}@erased.invalid"
    candidate.erased_at = timezone.now()
    candidate.save(update_fields=["name", "email", *Candidate.FOLLOWING, "erased_at", "erased_key"])
    LegalHold.objects.filter(candidate=candidate).update(reason=BLANK)


def _close_scorecards(applications: list[int]) -> None:
    """Lock the scorecards, so that an autosave under way is over; give each panelist
    without one one, so that none begins."""
    panelists = Panelist.objects.filter(interview__application__in=applications)
    lock_rows(Scorecard.objects.filter(panelist__in=panelists))
    empty = panelists.on_panel().filter(scorecard__isnull=True)
    Scorecard.objects.bulk_create([Scorecard(panelist=panelist) for panelist in empty], ignore_conflicts=True)
    GuestLink.objects.filter(panelist__in=panelists, revoked_at=None).update(revoked_at=timezone.now())


# --- texts -------------------------------------------------------------------
def _blank_texts(applications: list[int]) -> None:
    _let_through(",".join(map(str, applications)))
    for model, erasable in erasable_models():
        columns = _plain_columns(model, erasable)
        rows = model.objects.filter(**{f"{erasable.way.lookup}__in": applications})
        blanked = {column: _blanked(column) for column in columns}
        rows.filter(_any_text(columns)).update(**blanked)
    for decision in Decision.objects.filter(application__in=applications).exclude(rationales={}):
        decision.rationales = dict.fromkeys(decision.rationales, BLANK)
        decision.save(update_fields=["rationales"])
    cards = Scorecard.objects.filter(panelist__interview__application__in=applications)
    for amendment in Amendment.objects.filter(scorecard__in=cards):
        amendment.ratings = [_blank_rating(rating) for rating in amendment.ratings]
        amendment.save(update_fields=["ratings"])
    cards.update(erased=True)
    for history, erasable in erasable_histories():
        history.objects.filter(**{f"{erasable.way.lookup}__in": applications}).delete()
    _let_through("")


def _freeze_anew(application: int, by: User | None) -> None:
    """State what is left of the finished rows, which are others without their words."""
    cards = Scorecard.objects.filter(panelist__interview__application=application)
    kinds = {
        "scorecard": cards.exclude(state=Scorecard.State.DRAFT),
        "amendment": Amendment.objects.filter(scorecard__in=cards),
        "withdrawal": Withdrawal.objects.filter(scorecard__in=cards),
        "re-rating": ReRating.objects.filter(scorecard__in=cards),
        "decision": Decision.objects.filter(application=application),
    }
    for what, rows in kinds.items():
        keyed = rows.in_bulk()
        for pk, stated in all_frozen(what, sorted(keyed)).items():
            record("rows.erased", by=by, subject=keyed[pk], application=application, **stated)


def erasable_models() -> list[tuple[Any, Erasable]]:
    """Every model that says which of its texts are about the person, with what it
    says."""
    speaking = [model for model in apps.get_models() if hasattr(model, "erasable")]
    return [(model, model.erasable) for model in speaking]


def erasable_histories() -> list[tuple[Any, Erasable]]:
    """Every model that keeps earlier texts of such rows, with what the model of those
    rows says."""
    kept = [(model._meta.app_label, erasable) for model, erasable in erasable_models() if erasable.history]
    return [(apps.get_model(label, erasable.history), erasable) for label, erasable in kept]


def _plain_columns(model: type[models.Model], erasable: Erasable) -> list[str]:
    """The columns that are texts as a whole; those of JSON are blanked one by one."""
    fields = {column: model._meta.get_field(column) for column in erasable.texts}
    return [column for column, field in fields.items() if not isinstance(field, models.JSONField)]


def _let_through(applications: str) -> None:
    """What the triggers ask (`audit.erasing`); it ends with the transaction
    at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.erasing', %s, true)", [applications])


def _any_text(columns: list[str]) -> Q:
    found = Q(pk__in=[])
    for column in columns:
        found |= ~Q(**{column: ""})
    return found


def _blanked(column: str) -> Case:
    """That something stood there stays known, and constraints that ask for a text stay
    content."""
    return Case(When(**{column: ""}, then=Value("")), default=Value(BLANK))


def _blank_rating(rating: dict[str, Any]) -> dict[str, Any]:
    return rating | {name: BLANK for name in KEPT_IN_RATINGS if rating.get(name)}


# --- files -------------------------------------------------------------------
def _let_go_of_packets(applications: list[int]) -> list[str]:
    """The names of the packets' files. One that is being built is refused at its end
    and takes its file along."""
    packets = Packet.objects.select_for_update(no_key=True).filter(application__in=applications).order_by("pk")
    names = [name for name in packets.values_list("file", flat=True) if name]
    gone: dict[str, Any] = {"file": "", "unprinted": [], "error": "", "stage": "", "lease_until": None, "token": None}
    present = packets.exclude(state=Packet.State.EXPIRED)
    present.update(state=Packet.State.EXPIRED, expired_at=timezone.now(), **gone)
    packets.update(words_removed=[], words_kept=[])  # of those that had expired before as well
    return names


def _let_go_of_materials(applications: list[int]) -> list[str]:
    """What the candidate handed in, and the notes, go as rows; the names of the
    files.
    """
    materials = Material.objects.filter(application__in=applications)
    names = list(materials.exclude(file="").values_list("file", flat=True).order_by("file").distinct())
    materials.delete()
    CandidateNote.objects.filter(application__in=applications).delete()
    return names


def _let_go_of_batches(applications: list[int]) -> list[str]:
    """The same for archives and documents that hold the person among others; the others
    can be asked for again."""
    held = BatchItem.objects.filter(application__in=applications).values("batch")
    batches = PacketBatch.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk")
    pairs = batches.values_list("archive", "document")
    names = [name for pair in pairs for name in pair if name]
    gone: dict[str, Any] = {"archive": "", "document": "", "error": "", "lease_until": None, "token": None}
    now, states = timezone.now(), PacketBatch.State
    ready = batches.filter(state=states.READY)
    ready.update(state=states.EXPIRED, expired_at=now, **gone)
    unfinished = batches.filter(state__in=[states.QUEUED, states.BUILDING])
    unfinished.update(state=states.CANCELLED, finished_at=now, **gone)
    return names
