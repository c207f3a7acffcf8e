"""A packet row's life: asked for, claimed, finished once, swept when a worker is lost."""

import errno
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.locks import lock_rows
from accounts.models import User
from audit.services import record
from candidates.models import Application
from candidates.names import NO_TICKS, Ticks
from debriefs.gathering import NAMED, debrief_facts, rows_digest
from debriefs.profiles import EvidenceBy
from debriefs.redaction import Contents, questions, redacted_sheet, removes_names, scrubbed, shows_evidence
from debriefs.sheets import DebriefSheet
from notices.waking import wake
from packets import memory, policies
from packets.documents.attachments import attachments
from packets.documents.content import EARLIER, FORMAT, packet_html
from packets.files import stored, stored_name
from packets.leases import DATABASE_AWAY, MAX_ATTEMPTS, LostLease, free, heartbeat, ours, take
from packets.models import Packet
from scorecards.facts import CardFact

if TYPE_CHECKING:
    from packets.documents.pdf import Rendered

logger = structlog.get_logger(__name__)

BUILD_TASK = "packets.build"  # by name: tasks stand above services and import them
GIVEN_UP = "The worker stopped each time it built this packet. Try again. If it happens again, check the server's log."
CHANGED = "The debrief changed while this packet was waiting. Request a new one."


def contents_of(application: Application, profile: str, ticks: Ticks = NO_TICKS) -> Contents:
    """What a packet of the debrief would now be made of; read and aggregated once.

    Of the ticks only those count that answer a question about these facts.
    """
    facts = debrief_facts(application)
    answered = questions(facts, profile).answered(ticks) if ticks != NO_TICKS else ticks
    return Contents(facts, redacted_sheet(facts, profile, answered), answered)


def fingerprint(
    sheet: DebriefSheet,
    profile: str,
    ticks: Ticks = NO_TICKS,
    *,
    paper: str,
    archival: bool,
    evidence_by: str = EvidenceBy.DIMENSION,
) -> str:
    """sha256 of everything the packet would say, its form, and which words a person
    ticked: equal exactly when two packets would read the same.

    So it looks at the sheet that the profile leaves over, and a shadow, or a draft that
    somebody began, changes nothing.
    """
    stated = {
        "format": FORMAT,
        "profile": profile,
        "form": [paper, archival, evidence_by],
        "ticks": ticks,
        "facts": replace(sheet.facts, cards=()),
        "cards": [_printed(card) for card in sheet.cards],
        "dimensions": sheet.dimensions,
    }
    text = json.dumps(stated, sort_keys=True, default=_stated)
    return hashlib.sha256(text.encode()).hexdigest()


def _printed(card: CardFact) -> CardFact:
    """The card as far as it is printed: a draft looks like one that nobody has begun."""
    if card.state == "submitted":
        return card
    state = "missing" if card.state == "draft" else card.state
    return replace(card, scorecard_id=0, state=state)


def _stated(value: object) -> object:
    """A fact by its fields; a moment as text."""
    if not is_dataclass(value):
        return str(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}


def is_current(packet: Packet) -> bool:
    """Whether a packet of the debrief as it stands now would read the same."""
    if packet.rows_digest == _digest(packet.application):
        return True
    return _is_as_asked(packet, contents_of(packet.application, packet.profile, packet.ticks))


def _is_as_asked(packet: Packet, contents: Contents) -> bool:
    """Whether a packet of these contents would read as the one that was asked for."""
    now = fingerprint(
        contents.sheet,
        packet.profile,
        contents.ticks,
        paper=packet.paper,
        archival=packet.archival,
        evidence_by=packet.evidence_by,
    )
    return packet.fingerprint == now


def _was_asked_of_these_rows(packet: Packet) -> bool:
    """Whether a version before this one asked for it, of the rows as they still are."""
    earlier = {_digest_in(form, packet.application) for form in EARLIER}
    return packet.rows_digest in earlier


def last_ticks(application: Application, profile: str) -> Ticks:
    """What was ticked for the newest packet of this profile; nothing where there is none."""
    if not removes_names(profile):
        return NO_TICKS  # nothing is removed from it
    newest = Packet.objects.filter(application=application, profile=profile).first()
    return newest.ticks if newest else NO_TICKS


@transaction.atomic
def request_packet(
    application_id: int,
    *,
    profile: str,
    by: User,
    paper: str = "",
    archival: bool | None = None,
    evidence_by: str = "",
    ticks: Ticks | None = None,
) -> Packet:
    """The packet of the debrief as it stands now: a finished or waiting one of the same
    content, else a new row.

    Raises PermissionDenied, or ValidationError where nobody has submitted yet. The
    worker is woken on commit; where the broker cannot be reached the sweep wakes it
    later. Paper and form are the company's unless given, the ticks those of the newest
    packet of the profile.
    """
    application = policies.hand_outs(by).select_related(*NAMED).filter(pk=application_id).first()
    if application is None:
        raise PermissionDenied
    return new_packet(
        application,
        profile=profile,
        by=by,
        wake=True,
        paper=paper,
        archival=archival,
        evidence_by=evidence_by,
        ticks=ticks,
    )


def new_packet(
    application: Application,
    *,
    profile: str,
    by: User,
    wake: bool,
    paper: str = "",
    archival: bool | None = None,
    evidence_by: str = "",
    ticks: Ticks | None = None,
) -> Packet:
    """As `request_packet`, for callers who have asked for the rights themselves.

    With `wake` a worker is woken on commit. Raises ValidationError where nobody has
    submitted yet.
    """
    if archival is None:
        archival = settings.PACKET_ARCHIVAL
    form = {
        "paper": paper or settings.PACKET_PAPER,
        "archival": archival,
        "evidence_by": _arranged(profile, evidence_by),
    }
    if ticks is None:
        ticks = last_ticks(application, profile)
    digest = _digest(application)
    known = Packet.objects.filter(application=application, profile=profile, rows_digest=digest, **form)
    known = known.filter(**_columns(ticks)).exclude(state=Packet.State.EXPIRED)
    packet = known.first()
    if packet is None:
        packet = _of_facts(application, profile, digest, form, ticks, by=by)
    if _may_turn_out_better(packet):
        requeue(packet, from_state=Packet.State.READY)
        packet.refresh_from_db()
    if wake and packet.state == Packet.State.QUEUED:
        transaction.on_commit(lambda: wake_worker(packet.pk))
    return packet


def _arranged(profile: str, evidence_by: str) -> str:
    """What a packet of the profile puts its evidence together by; without any, as unasked."""
    if evidence_by and shows_evidence(profile):
        return evidence_by
    return EvidenceBy.DIMENSION.value


def _columns(ticks: Ticks) -> dict[str, list[str]]:
    return {"words_removed": list(ticks.removed), "words_kept": list(ticks.kept)}


def _digest(application: Application) -> str:
    return _digest_in(FORMAT, application)


def _digest_in(form: str, application: Application) -> str:
    """sha256 of the rows that a packet of this format is made from."""
    return hashlib.sha256(f"{form} {rows_digest(application)}".encode()).hexdigest()


@transaction.atomic
def _of_facts(
    application: Application,
    profile: str,
    digest: str,
    form: dict[str, Any],
    ticks: Ticks,
    *,
    by: User,
) -> Packet:
    """The packet of the facts' fingerprint, else a new row; its rows' digest finds it then."""
    contents = contents_of(application, profile, ticks)
    leads = [card for card in contents.facts.cards if not card.shadow]
    if not any(card.state == "submitted" for card in leads):
        raise ValidationError("No one has submitted a scorecard yet, so there is nothing to put in a packet.")
    unchanged = digest if _digest(application) == digest else ""  # nobody wrote while the facts were read
    packet, created = Packet.objects.exclude(state=Packet.State.EXPIRED).get_or_create(
        application=application,
        profile=profile,
        fingerprint=fingerprint(contents.sheet, profile, contents.ticks, **form),
        defaults={"requested_by": by, "rows_digest": unchanged, **form, **_columns(contents.ticks)},
    )
    if created:
        record("packet.requested", by=by, subject=packet, profile=profile)
    elif packet.rows_digest != unchanged:
        Packet.objects.filter(pk=packet.pk).update(rows_digest=unchanged)
    return packet


def _may_turn_out_better(packet: Packet) -> bool:
    """Whether its file is lost, or lacks signs for which there may be a font by now."""
    if packet.state != Packet.State.READY:
        return False
    if packet.unprinted:
        return True
    return not packet.file.storage.exists(packet.file.name or "")


def requeue(packet: Packet, *, from_state: str) -> bool:
    """Put the packet back to the start; False where it is in another state by now.

    It stays issued when it was first asked for, so that what is built again is the same
    file.
    """
    queued = Packet.objects.filter(pk=packet.pk, state=from_state).update(
        state=Packet.State.QUEUED, error="", attempts=0, progress=0, stage=""
    )
    return bool(queued)


def lock_packets(pks: Iterable[int]) -> None:
    """They stay as they are until the caller's transaction ends; locked in the order of their keys."""
    lock_rows(Packet.objects.filter(pk__in=list(pks)))


def wake_worker(packet_id: int) -> None:
    """Tell a worker of the packet, now; the caller waits for the commit."""
    wake(BUILD_TASK, packet_id=packet_id)


@transaction.atomic
def retry_packet(packet: Packet, *, by: User) -> None:
    """Queue a failed packet again; another stays as it is. Raises PermissionDenied."""
    if not policies.may_request_packet(by, packet.application):
        raise PermissionDenied
    if requeue(packet, from_state=Packet.State.FAILED):
        record("packet.retried", by=by, subject=packet)
        transaction.on_commit(lambda: wake_worker(packet.pk))


def claim(packet_id: int) -> Packet | None:
    """The packet, ours under a fresh token, if it is queued or its lease ran out; else None."""
    if not take(Packet.objects.filter(pk=packet_id), stage="Gathering", progress=5):
        return None
    return Packet.objects.select_related("application", "requested_by").get(pk=packet_id)


def build(packet: Packet) -> Packet:
    """Build a claimed packet to its end: ready with a file, or failed with a plain
    reason.

    Raises where the database is away: nothing can be said then, and the sweep has the
    packet built again.
    """

    def step(stage: str, progress: int) -> None:
        ours(packet).update(stage=stage, progress=progress)

    try:
        with heartbeat(packet):
            _finish(packet, pdf_of(packet, step), step)
    except LostLease:
        logger.warning("packet_lease_lost", packet_id=packet.pk)
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.warning("packet_failed", packet_id=packet.pk, exc_info=error)
        _fail(packet, plain_reason(error))
    packet.refresh_from_db()
    return packet


def pdf_of(packet: Packet, step: Callable[[str, int], None]) -> "Rendered":
    """The PDF. Raises ValidationError where the facts are not those asked for."""
    from packets.documents.pdf import render

    contents = contents_of(packet.application, packet.profile, packet.ticks)
    if not (_is_as_asked(packet, contents) or _was_asked_of_these_rows(packet)):
        raise ValidationError(CHANGED)
    ours(packet).update(in_doubt=_in_doubt(packet.profile, contents))
    step("Laying out", 20)
    html = html_of(packet, contents)
    step("Rendering pages", 40)
    attached = attachments(contents.sheet, packet.profile) if packet.archival else ()
    return render(html, paper=packet.paper, attached=attached, dated=packet.requested_at, progress=step)


def _in_doubt(profile: str, contents: Contents) -> int:
    """How many words stay in it that may be names which the profile removes."""
    asked = questions(contents.facts, profile).remove
    return sum(row.word not in contents.ticks.removed for row in asked)


def html_of(packet: Packet, contents: Contents) -> str:
    """The packet's HTML."""
    issued_to = scrubbed(packet.requested_by.display_name, contents.facts, packet.profile, contents.ticks)
    return packet_html(
        contents.sheet,
        profile=packet.profile,
        evidence_by=packet.evidence_by,
        issued_to=issued_to,
        issued_at=packet.requested_at,
        fingerprint=packet.fingerprint,
        document=f"packet {packet.pk}",
    )


def _finish(packet: Packet, pdf: "Rendered", step: Callable[[str, int], None]) -> None:
    step("Storing", 95)
    digest = hashlib.sha256(pdf.content).hexdigest()
    with stored(stored_name(packet, ".pdf"), ContentFile(pdf.content)) as name, transaction.atomic():
        won = ours(packet).update(
            state=Packet.State.READY,
            stage="",
            progress=100,
            error="",
            file=name,
            sha256=digest,
            size=len(pdf.content),
            unprinted=pdf.unprinted,
            lease_until=None,
            finished_at=timezone.now(),
        )
        if not won:
            raise LostLease
        record("packet.ready", by=None, subject=packet, sha256=digest)


def _fail(packet: Packet, reason: str) -> None:
    with transaction.atomic():
        failed = ours(packet).update(
            state=Packet.State.FAILED, error=reason, lease_until=None, stage="", finished_at=timezone.now()
        )
        if failed:
            record("packet.failed", by=None, subject=packet)


def plain_reason(error: BaseException) -> str:
    """What went wrong in words for the person who asked, without paths, names or traces."""
    from celery.exceptions import SoftTimeLimitExceeded

    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "The disk is full. Free some space, then try again."
    if isinstance(error, OSError):
        return "The packet could not be written to storage. Check the storage, then try again."
    if isinstance(error, SoftTimeLimitExceeded):
        return "Building took longer than the time limit. Try again. If it happens again, raise PACKET_TIME_LIMIT."
    # A library in C that gets no memory may end without an exception, which Python calls a SystemError.
    if isinstance(error, MemoryError | SystemError) or memory.is_used_up():
        return "Building needed more memory than is available. Try again when the server is less busy."
    return f"Building failed ({type(error).__name__}). Try again. The server's log has the details."


def sweep() -> int:
    """Wake workers for rows that nobody works on, give up on lost causes; how many."""
    lost = Packet.objects.filter(state=Packet.State.BUILDING, lease_until__lt=Now())
    for packet in lost.filter(attempts__gte=MAX_ATTEMPTS):
        _fail(packet, GIVEN_UP)
    waiting = Packet.objects.filter(free()).exclude(
        state=Packet.State.QUEUED, requested_at__gte=Now() - timedelta(seconds=10)
    )
    due = list(waiting.order_by("pk").values_list("pk", flat=True)[:100])
    for packet_id in due:
        wake_worker(packet_id)
    return len(due)
