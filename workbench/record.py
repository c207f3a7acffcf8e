"""An opening's whole record as one archive that is written as it is sent: nothing of it
is kept."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application, Interview, Opening, Round, StateChange
from debriefs.aggregate import aggregate
from debriefs.gathering import debrief_facts
from files.models import CandidateNote, Material
from packets.documents.attachments import attachments
from packets.files import in_ascii, in_bytes
from packets.models import Packet
from rubrics.export import rubric_json
from scorecards.models import Sighting
from scorecards.policies import shown_status
from scorecards.services import keep_sightings
from workbench.exports import application_table, score_table, scored
from workbench.next_steps import OF_OPENING, with_next_steps
from workbench.tables import csv_lines

BLOCK = 256 * 1024
LONGEST_FILE = 120  # bytes of a candidate's file's name
README = """This is the record of one opening, as it stood when it was exported.

opening.json       the opening, its plan and who has a role on it
rubric.json        the rubric version (evenhand-rubric/1)
applications.csv   where each application stands
scores.csv         every counted rating, in the columns that import_scorecards reads
applications/      for each application: what is known of it and how it stands (application.json), its
                   debrief, every judgement in full, with withdrawn scorecards, reasons for withdrawals and
                   releases, notes and decisions (judgements.json), files and packets
manifest.json      the sha256 of every file here, and what was left out

A debrief for which whoever exported it still owes a scorecard is left out.
"""


class _Sink:
    """What the archive is written to: its bytes wait here until they are sent."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """What waits is sent after the archive is complete."""

    def taken(self) -> bytes:
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


class Record:
    """The archive of one opening for one reader. `begin` it in the request, then send
    `parts`."""

    def __init__(self, opening: Opening, reader: User) -> None:
        self.opening, self.reader = opening, reader
        runs = Application.objects.run_by(reader).filter(opening=opening).prefetch_related("state_changes__by")
        stands = runs.annotate(shown=shown_status(reader)).values_list("pk", "shown")
        self.statuses: dict[int, str] = dict(stands)
        self.applications = list(runs.select_related("candidate", "opening__rubric_version__rubric").order_by("pk"))
        self.readable = set(scored(opening, reader).values_list("pk", flat=True))
        self._sink = _Sink()
        self._sums: dict[str, str] = {}
        self._left_out: list[dict[str, object]] = []

    @transaction.atomic
    def begin(self) -> None:
        """Audit it, and keep that its reader has now seen the scorecards in it."""
        shown = [row for row in self.applications if row.pk in self.readable]
        keep_sightings(*shown, by=self.reader, until=timezone.now(), way=Sighting.Way.EXPORT)
        record(
            "opening.exported",
            by=self.reader,
            subject=self.opening,
            applications=len(self.applications),
            debriefs=len(shown),
        )

    def parts(self) -> Iterator[bytes]:
        """The archive's bytes, file by file."""
        with zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED) as archive:
            yield from self._text(archive, "README.txt", [README])
            yield from self._json(archive, "opening.json", self._opening())
            yield from self._json(archive, "rubric.json", rubric_json(self.opening.rubric_version))
            yield from self._tables(archive)
            for application in self.applications:
                yield from self._application(archive, application)
            manifest = {"exported_at": timezone.now().isoformat(timespec="seconds"), "sha256": self._sums}
            told = json.dumps(manifest | {"left_out": self._left_out}, ensure_ascii=False, indent=2)
            archive.writestr("manifest.json", told)
        yield self._sink.taken()

    # --- one file --------------------------------------------------------------
    def _text(self, archive: zipfile.ZipFile, name: str, texts: Iterable[str]) -> Iterator[bytes]:
        return self._add(archive, name, (text.encode() for text in texts))

    def _json(self, archive: zipfile.ZipFile, name: str, value: object) -> Iterator[bytes]:
        return self._text(archive, name, [json.dumps(value, ensure_ascii=False, indent=2, default=str)])

    def _add(self, archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Write the file block by block, and keep its sha256."""
        digest = hashlib.sha256()
        with archive.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                digest.update(block)
                member.write(block)
                yield self._sink.taken()
        self._sums[name] = digest.hexdigest()
        yield self._sink.taken()

    def _stored(self, archive: zipfile.ZipFile, name: str, stored: str) -> Iterator[bytes]:
        """A file of the storage; one that is gone is left out."""
        try:
            file = default_storage.open(stored, "rb")
        except FileNotFoundError:
            self._left_out.append({"file": name, "reason": "no longer in storage"})
            return
        with file:
            yield from self._add(archive, name, _blocks(file))

    # --- what there is -----------------------------------------------------------
    def _opening(self) -> dict[str, object]:
        opening = self.opening
        rounds = [_round(row) for row in opening.rounds.prefetch_related("dimensions")]
        members = opening.members.select_related("user").order_by("pk")
        return {
            "slug": opening.slug,
            "title": opening.title,
            "rubric": str(opening.rubric_version),
            "confidential": opening.confidential,
            "anonymous": opening.anonymous,
            "kept_days": opening.retention_days,
            "created_at": opening.created_at.isoformat(),
            "closed_at": opening.closed_at and opening.closed_at.isoformat(),
            "outcome": opening.outcome,
            "rounds": rounds,
            "members": [{"name": row.user.display_name, "role": row.role} for row in members],
        }

    def _tables(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        rows = Application.objects.run_by(self.reader).filter(opening=self.opening)
        known = with_next_steps(rows, self.reader, timezone.now()).select_related("candidate", "opening")
        table = application_table(QueryDict(), known, OF_OPENING)
        yield from self._text(archive, "applications.csv", csv_lines(table.head, table.rows))
        shown = [row for row in self.applications if row.pk in self.readable]
        scores = score_table(self.opening, shown)
        yield from self._text(archive, "scores.csv", csv_lines(scores.head, scores.rows))

    def _application(self, archive: zipfile.ZipFile, application: Application) -> Iterator[bytes]:
        name = in_ascii(application.candidate.name)
        folder = f"applications/{application.pk}-{name}".rstrip("-")
        yield from self._json(archive, f"{folder}/application.json", self._known(application))
        if application.pk in self.readable:
            facts = debrief_facts(application)
            yield from self._json(archive, f"{folder}/judgements.json", asdict(facts))
            for attached in attachments(aggregate(facts), "full"):
                yield from self._add(archive, f"{folder}/{attached.name}", [attached.content])
        else:
            why = "whoever exported this still owes a scorecard"
            self._left_out.append({"application": application.pk, "reason": why})
        for material in Material.objects.filter(application=application).exclude(token=None):
            inside = f"{folder}/files/{material.pk}-{in_bytes(material.name, LONGEST_FILE)}"
            yield from self._stored(archive, inside, str(material.file.name))
        packets = Packet.objects.visible_to(self.reader).filter(application=application, state=Packet.State.READY)
        for packet in packets:
            inside = f"{folder}/packets/packet-{packet.pk}-{packet.profile}.pdf"
            yield from self._stored(archive, inside, str(packet.file.name))

    def _known(self, application: Application) -> dict[str, object]:
        """What is no judgement; notes of others only for whoever owes nothing."""
        candidate = application.candidate
        interviews = application.interviews.select_related("round").prefetch_related("panelists__user")
        notes = CandidateNote.objects.visible_to(self.reader).filter(application=application).select_related("by")
        links = application.materials.filter(token=None)
        changes = application.state_changes.all()
        return {
            "application": application.pk,
            "candidate": {"name": candidate.name, "email": candidate.email},
            "created_at": application.created_at.isoformat(),
            "status": self.statuses[application.pk],
            "status_changes": [_status_change(row) for row in changes],
            "interviews": [_interview(row) for row in interviews],
            "links": [{"name": row.name, "url": row.url} for row in links],
            "notes": [{"text": row.text, "by": row.by.display_name, "at": row.at.isoformat()} for row in notes],
        }


def _round(row: Round) -> dict[str, object]:
    keys = [dimension.key for dimension in row.dimensions.all()]
    return {"order": row.order, "name": row.name, "minutes": row.minutes, "dimensions": keys}


def _status_change(row: StateChange) -> dict[str, object]:
    return {"status": row.state, "reason": row.reason, "by": row.by.display_name, "at": row.at.isoformat()}


def _interview(interview: Interview) -> dict[str, object]:
    panel = [{"name": row.user.display_name, "role": row.role} for row in interview.panelists.all()]
    return {
        "round": interview.round.name,
        "starts_at": interview.starts_at.isoformat(),
        "due_at": interview.due_at.isoformat(),
        "cancelled_at": interview.cancelled_at and interview.cancelled_at.isoformat(),
        "place": interview.place,
        "panel": panel,
    }


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block
