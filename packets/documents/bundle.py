"""One archive and one document of the same packets, each with the same contents page."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from candidates.names import NameMatcher
from debriefs.profiles import COVER_WORDS, Profile
from debriefs.redaction import removes_names
from packets.files import download_name, namesakes_in, told_as_one
from packets.models import BatchItem, Packet, PacketBatch


class PacketsGone(Exception):
    """Some packets have no file any more, or not the one that their row tells of."""

    def __init__(self, items: list[BatchItem]) -> None:
        super().__init__(f"{len(items)} packets have no file")
        self.items = items


@dataclass(frozen=True)
class Entry:
    """One packet: its `name` in the archive and its first page, from 1, in the document."""

    number: int
    title: str
    packet: Packet
    name: str
    pages: int
    start: int

    @property
    def link(self) -> str:
        from packets.documents.merging import LEADS_TO

        return f"{LEADS_TO}{self.number}"


@dataclass(frozen=True)
class Absent:
    title: str
    reason: str


@dataclass(frozen=True)
class Contents:
    """The contents page's words, with the names that the profile takes out taken out."""

    title: str
    profile: str
    issued_to: str
    issued_at: datetime
    entries: tuple[Entry, ...]
    absent: tuple[Absent, ...]


@contextmanager
def bundled(batch: PacketBatch) -> Iterator[tuple[Path, Path]]:
    """Archive and document, while the block runs. Raises PacketsGone before either is made."""
    from packets.documents.merging import Part, merge

    items = list(batch.items.select_related("packet", "application__candidate", "application__opening"))
    with tempfile.TemporaryDirectory(prefix="evenhand-batch-") as name:
        folder = Path(name)
        paths = _fetched([item for item in items if _in(item)], folder)
        contents = _contents(batch, items, paths, folder / "contents.pdf")
        parts = [Part(entry.title, paths[entry.packet.pk]) for entry in contents.entries]
        merge(folder / "contents.pdf", parts, folder / "document.pdf", title=contents.title)
        _lay_out(batch, contents, folder / "list.pdf", archive=True)
        _write_archive(folder / "archive.zip", contents, folder / "list.pdf", paths)
        yield folder / "archive.zip", folder / "document.pdf"


def _in(item: BatchItem) -> bool:
    return item.packet is not None and item.packet.state in {Packet.State.READY, Packet.State.EXPIRED}


# --- the packets' files ------------------------------------------------------
def _fetched(items: list[BatchItem], folder: Path) -> dict[int, Path]:
    """Copies of the packets' files, each checked against its row."""
    paths, gone = {}, []
    for item in items:
        packet = item.packet
        assert packet is not None  # a batch's item that is in it has one
        path = folder / f"{packet.pk}.pdf"
        if _copied(packet, path):
            paths[packet.pk] = path
        else:
            gone.append(item)
    if gone:
        raise PacketsGone(gone)
    return paths


def _copied(packet: Packet, path: Path) -> bool:
    if packet.state != Packet.State.READY:
        return False
    try:
        with told_as_one(), default_storage.open(packet.file.name or "", "rb") as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
    except FileNotFoundError:
        return False
    return sha256_of(path) == packet.sha256


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- the contents page -------------------------------------------------------
def _contents(batch: PacketBatch, items: list[BatchItem], paths: dict[int, Path], page: Path) -> Contents:
    """The contents and their page, laid out again until the page numbers on it are right."""
    from packets.documents.merging import page_counts

    pages = dict(zip(paths, page_counts(paths.values()), strict=True))
    length = 0
    while True:
        length += 1
        contents = _words(batch, items, pages, length)
        _lay_out(batch, contents, page)
        if page_counts([page])[0] <= length:
            return contents


def _lay_out(batch: PacketBatch, contents: Contents, path: Path, *, archive: bool = False) -> None:
    from packets.documents.pdf import render

    context = {"contents": contents, "batch": batch, "archive": archive}
    with timezone.override(UTC):
        html = render_to_string("packets/packet/contents.html", context)
    path.write_bytes(render(html, paper=settings.PACKET_PAPER).content)


def _words(batch: PacketBatch, items: list[BatchItem], pages: dict[int, int], length: int) -> Contents:
    scrub, namesakes = _scrub(batch, items), namesakes_in(batch.opening)
    entries: list[Entry] = []
    start = length + 1
    for item in items:
        packet = item.packet
        if packet is not None and packet.pk in pages:
            packet.application = item.application  # fetched with its candidate and opening
            number = len(entries) + 1
            name = f"{number:03d}-{download_name(packet, namesakes)}"
            entries.append(Entry(number, _title(batch, item), packet, name, pages[packet.pk], start))
            start += pages[packet.pk]
    return Contents(
        title=f"Debrief packets: {scrub(batch.opening.title)}",
        profile=COVER_WORDS[batch.profile],
        issued_to=scrub(batch.requested_by.display_name),
        issued_at=batch.requested_at,
        entries=tuple(entries),
        absent=tuple(Absent(_title(batch, item), why_absent(item)) for item in items if not _in(item)),
    )


def why_absent(item: BatchItem) -> str:
    return item.get_left_out_display() if item.left_out else "its packet could not be built"


def _title(batch: PacketBatch, item: BatchItem) -> str:
    if batch.profile == Profile.NO_CANDIDATE:
        return f"Application {item.application_id}"
    return item.application.candidate.name


def _scrub(batch: PacketBatch, items: list[BatchItem]) -> Callable[[str], str]:
    """What takes out of any text the names that the batch's profile removes."""
    applications = [item.application_id for item in items]
    people: QuerySet[Any] = User.objects.none()
    if batch.profile == Profile.NO_CANDIDATE:
        people = Candidate.objects.filter(applications__in=applications)
    elif removes_names(batch.profile):
        people = User.objects.filter(panels__interview__application__in=applications)
    pairs = people.values_list("name", "email").distinct()
    return NameMatcher(filter(None, chain.from_iterable(pairs))).removed


# --- the archive -------------------------------------------------------------
def _write_archive(path: Path, contents: Contents, listed: Path, paths: dict[int, Path]) -> None:
    """Packets as they are, since a PDF is compressed already, with a list of their
    digests for `sha256sum -c`.
    """
    at = contents.issued_at.astimezone(UTC).timetuple()[:6]
    digests = "".join(f"{entry.packet.sha256}  {entry.name}\n" for entry in contents.entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, "000-contents.pdf", listed, at)
        for entry in contents.entries:
            _add(archive, entry.name, paths[entry.packet.pk], at)
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", at), digests)


def _add(archive: zipfile.ZipFile, name: str, path: Path, at: tuple[int, ...]) -> None:
    info = zipfile.ZipInfo(name, at)  # type: ignore[arg-type] # the first six of a time are six
    info.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target)
