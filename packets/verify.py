"""Whether a PDF is a packet that this installation issued, unchanged, and whether it is
still current.
"""

import hashlib
import io
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from audit.models import Event
from packets.life import is_current
from packets.models import Packet, PacketBatch


class Unreadable(Exception):
    """The bytes are no PDF that can be read."""


@dataclass(frozen=True)
class Verdict:
    """What is known of a file. `packet` is the one it is, or, where it was altered, the
    one it was made from.

    A file of several packets is a `batch`, and current while each of them is.
    """

    sha256: str
    packet: Packet | None
    unchanged: bool
    current: bool
    batch: PacketBatch | None = None

    @property
    def issued(self) -> bool:
        """One of our files, byte for byte."""
        return self.unchanged and not self._is_unknown

    @property
    def _is_unknown(self) -> bool:
        return self.packet is None and self.batch is None

    @property
    def word(self) -> str:
        """The verdict in words: not issued here, altered, current or out of date."""
        if self._is_unknown:
            return "not issued here"
        if not self.unchanged:
            return "altered"
        return "current" if self.current else "out of date"

    @property
    def good(self) -> bool:
        """Issued here, unchanged, and what a packet would say today."""
        return self.unchanged and self.current


def verify(content: bytes) -> Verdict:
    """The verdict on a file's bytes; raises Unreadable where it is neither a packet of
    ours nor a PDF.

    A file is ours by the sha256 of its bytes alone. What its metadata says only tells
    from which packet an altered one was made, or is claimed to be.
    """
    digest = hashlib.sha256(content).hexdigest()
    packet = _issued(digest)
    if packet:
        return Verdict(digest, packet, unchanged=True, current=is_current(packet))
    batch = PacketBatch.objects.filter(Q(document_sha256=digest) | Q(archive_sha256=digest)).first()
    if batch:
        current = all(map(is_current, packets_in(batch)))
        return Verdict(digest, None, unchanged=True, current=current, batch=batch)
    return Verdict(digest, _claimed(content), unchanged=False, current=False)


def packets_in(batch: PacketBatch) -> QuerySet[Packet]:
    """The packets that the files of a batch hold: those that were built."""
    return _packets().filter(batch_items__batch=batch).exclude(sha256="").order_by("batch_items__pk")


def _packets() -> QuerySet[Packet]:
    return Packet.objects.select_related(
        "requested_by", "application__candidate", "application__opening__rubric_version__rubric"
    )


def _issued(digest: str) -> Packet | None:
    """By the packet's row, else by the trail: one built again may differ from its first."""
    packet = _packets().filter(sha256=digest).first()
    if packet:
        return packet
    built = Event.objects.filter(kind="packet.ready", subject_type="packet", detail__sha256=digest).first()
    if built is None:
        return None
    return _packets().filter(pk=built.subject_id or 0).first()


def _claimed(content: bytes) -> Packet | None:
    """The packet whose fingerprint the file carries in its metadata."""
    found = _fingerprint_in(content)
    return _packets().filter(fingerprint=found).first() if found else None


def _fingerprint_in(content: bytes) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return str(document.docinfo.get("/evenhandfingerprint", ""))
    except pikepdf.PasswordError as error:
        raise Unreadable("it is encrypted, which packets never are") from error
    except pikepdf.PdfError as error:
        raise Unreadable("it is not a PDF, or it is damaged") from error
