"""The life of a packet row: asked for, claimed with a lease, finished once, swept when a worker is lost."""

import errno
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application
from scorecards import policies
from scorecards.aggregate import aggregate
from scorecards.facts import DebriefFacts
from scorecards.gathering import NAMED, debrief_facts, rows_mark
from scorecards.models import Packet
from scorecards.packets.content import FORMAT, packet_html
from scorecards.packets.data import attachments
from scorecards.packets.files import stored, stored_name
from scorecards.packets.leases import DATABASE_AWAY, MAX_ATTEMPTS, LostLease, free, heartbeat, ours, take
from scorecards.packets.redaction import redact, scrubbed
from scorecards.sheets import DebriefSheet

logger = structlog.get_logger(__name__)

BUILD_TASK = "scorecards.build_packet"  # by name: tasks stand above services and import them
GIVEN_UP = "The worker was lost each time it built this packet. Try again; if it repeats, see the server's log."
CHANGED = "The debrief changed while this packet waited. Ask for a new one."


def fingerprint(facts: DebriefFacts, profile: str, *, paper: str, archival: bool) -> str:
    """sha256 of everything the packet would say and its form: equal exactly when two packets would read the same.

    So it looks at what the profile leaves over, and a shadow, or a draft that somebody began, changes nothing.
    """
    sheet = redact(aggregate(facts), profile)
    cards = [card if card.state == "submitted" else replace(card, scorecard_id=0) for card in sheet.cards]
    stated = {
        "format": FORMAT,
        "profile": profile,
        "form": [paper, archival],
        "facts": replace(sheet.facts, cards=()),
        "cards": [replace(card, state="missing") if card.state == "draft" else card for card in cards],
        "dimensions": sheet.dimensions,
    }
    return hashlib.sha256(json.dumps(stated, sort_keys=True, default=_stated).encode()).hexdigest()


def _stated(value: object) -> object:
    """A fact by its fields; a moment as text."""
    return vars(value) if is_dataclass(value) else str(value)


def is_current(packet: Packet) -> bool:
    """Whether a packet of the debrief as it stands now would read the same."""
    return packet.rows_mark == _mark(packet.application) or packet.fingerprint == _fingerprint_now(
        packet, debrief_facts(packet.application)
    )


def _fingerprint_now(packet: Packet, facts: DebriefFacts) -> str:
    return fingerprint(facts, packet.profile, paper=packet.paper, archival=packet.archival)


@transaction.atomic
def request_packet(
    application_id: int, *, profile: str, by: User, paper: str = "", archival: bool | None = None
) -> Packet:
    """The packet of the debrief as it stands now: a finished or waiting one of the same content, else a new row.

    Raises PermissionDenied, or ValidationError where nobody has submitted yet. The worker is woken on commit;
    where the broker cannot be reached the sweep wakes it later. Paper and form are the company's unless given.
    """
    application = policies.hand_outs(by).select_related(*NAMED).filter(pk=application_id).first()
    if application is None:
        raise PermissionDenied
    return new_packet(application, profile=profile, by=by, wake=True, paper=paper, archival=archival)


def new_packet(
    application: Application, *, profile: str, by: User, wake: bool, paper: str = "", archival: bool | None = None
) -> Packet:
    form = {
        "paper": paper or settings.PACKET_PAPER,
        "archival": settings.PACKET_ARCHIVAL if archival is None else archival,
    }
    mark = _mark(application)
    same = Packet.objects.filter(application=application, profile=profile, rows_mark=mark, **form)
    packet = same.exclude(state=Packet.State.EXPIRED).first() or _of_facts(application, profile, mark, form, by=by)
    if _file_is_lost(packet):
        requeue(packet, from_state=Packet.State.READY)
        packet.refresh_from_db()
    if wake and packet.state == Packet.State.QUEUED:
        transaction.on_commit(lambda: wake_worker(packet.pk))
    return packet


def _mark(application: Application) -> str:
    return hashlib.sha256(f"{FORMAT} {rows_mark(application)}".encode()).hexdigest()


@transaction.atomic
def _of_facts(application: Application, profile: str, mark: str, form: dict[str, Any], *, by: User) -> Packet:
    """The packet whose fingerprint the facts have now, or a new row; from now on the mark of its rows finds it."""
    facts = debrief_facts(application)
    if not any(card.state == "submitted" and not card.shadow for card in facts.cards):
        raise ValidationError("Nobody has submitted a scorecard yet, so there is nothing to put in a packet.")
    stands = mark if _mark(application) == mark else ""  # nobody wrote while the facts were read
    packet, created = Packet.objects.exclude(state=Packet.State.EXPIRED).get_or_create(
        application=application,
        profile=profile,
        fingerprint=fingerprint(facts, profile, **form),
        defaults={"requested_by": by, "rows_mark": stands, **form},
    )
    if created:
        record("packet.requested", by=by, subject=packet, profile=profile)
    elif packet.rows_mark != stands:
        Packet.objects.filter(pk=packet.pk).update(rows_mark=stands)
    return packet


def _file_is_lost(packet: Packet) -> bool:
    return packet.state == Packet.State.READY and not packet.file.storage.exists(packet.file.name or "")


def requeue(packet: Packet, *, from_state: str) -> bool:
    """Put the packet back to the start; False where it is in another state by now.

    It stays issued when it was first asked for, so that what is built again is the same file.
    """
    queued = Packet.objects.filter(pk=packet.pk, state=from_state).update(
        state=Packet.State.QUEUED, error="", attempts=0, progress=0, stage=""
    )
    return bool(queued)


def wake_worker(packet_id: int) -> None:
    send(BUILD_TASK, packet_id=packet_id)


def send(task: str, **ids: int) -> None:
    """Send the message; a broker that cannot be reached is no failure, since the sweep finds the row."""
    from celery import current_app
    from kombu.exceptions import OperationalError

    with suppress(OperationalError, OSError):
        current_app.send_task(task, kwargs=ids, ignore_result=True, retry=False)


@transaction.atomic
def retry_packet(packet: Packet, *, by: User) -> None:
    """Queue a failed packet again. One that is not failed stays as it is."""
    if not policies.may_request_packet(by, packet.application):
        raise PermissionDenied
    if requeue(packet, from_state=Packet.State.FAILED):
        record("packet.retried", by=by, subject=packet)
        transaction.on_commit(lambda: wake_worker(packet.pk))


def claim(packet_id: int) -> Packet | None:
    """The packet, ours under a fresh token, if it is queued or its lease has run out; else None."""
    if not take(Packet.objects.filter(pk=packet_id), stage="Gathering", progress=5):
        return None
    return Packet.objects.select_related("application", "requested_by").get(pk=packet_id)


def build(packet: Packet) -> Packet:
    """Build a claimed packet to its end: ready with a file, or failed with a plain reason.

    Raises where the database is away: nothing can be said then, and the sweep has the packet built again.
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


def pdf_of(packet: Packet, step: Callable[[str, int], None]) -> bytes:
    """The PDF's bytes, from the facts as they are now; ValidationError where they are not those asked for."""
    from scorecards.packets.pdf import render

    facts = debrief_facts(packet.application)
    if packet.fingerprint != _fingerprint_now(packet, facts):
        raise ValidationError(CHANGED)
    sheet = redact(aggregate(facts), packet.profile)
    step("Laying out", 20)
    html = html_of(packet, facts, sheet)
    step("Rendering pages", 40)
    attached = attachments(sheet, packet.profile) if packet.archival else ()
    return render(html, paper=packet.paper, attached=attached, dated=packet.requested_at, progress=step)


def html_of(packet: Packet, facts: DebriefFacts, sheet: DebriefSheet) -> str:
    """The packet's HTML, from the facts and from what its profile leaves over of them."""
    return packet_html(
        sheet,
        profile=packet.profile,
        issued_to=scrubbed(packet.requested_by.display_name, facts, packet.profile),
        issued_at=packet.requested_at,
        fingerprint=packet.fingerprint,
        document=f"packet {packet.pk}",
    )


def _finish(packet: Packet, pdf: bytes, step: Callable[[str, int], None]) -> None:
    step("Storing", 95)
    digest = hashlib.sha256(pdf).hexdigest()
    with stored(stored_name(packet, ".pdf"), ContentFile(pdf)) as name, transaction.atomic():
        won = ours(packet).update(
            state=Packet.State.READY,
            stage="",
            progress=100,
            error="",
            file=name,
            sha256=digest,
            size=len(pdf),
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
        return "Building took longer than the time limit. Try again; if it repeats, raise PACKET_TIME_LIMIT."
    if isinstance(error, MemoryError):
        return "Building needed more memory than there is. Try again when the server is less busy."
    return f"Building failed ({type(error).__name__}). Try again; the server's log has the details."


def sweep() -> int:
    """Wake workers for rows that nobody is working on; give up on those tried too often. Returns how many."""
    now = timezone.now()
    lost = Packet.objects.filter(state=Packet.State.BUILDING, lease_until__lt=now)
    for packet in lost.filter(attempts__gte=MAX_ATTEMPTS):
        _fail(packet, GIVEN_UP)
    waiting = Packet.objects.filter(free()).exclude(
        state=Packet.State.QUEUED, requested_at__gte=now - timedelta(seconds=10)
    )
    due = list(waiting.order_by("pk").values_list("pk", flat=True)[:100])
    for packet_id in due:
        wake_worker(packet_id)
    return len(due)
