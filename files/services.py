"""Files, links and notes: added, removed, handed out; atomic and audited."""

import hashlib
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.validators import URLValidator
from django.db import models, transaction

from accounts.models import User
from accounts.signs import clean_name, clean_text, says_something
from accounts.texts import needed
from audit.services import record
from candidates.locks import lock_candidates
from candidates.models import Application, Opening
from candidates.policies import may_run
from candidates.services import refuse_erased
from files.kinds import Kind, Refused, kind_of, named
from files.models import NAME_LIMIT, TEXT_LIMIT, CandidateNote, Material
from files.storage import name_for, remove_stored
from packets.files import stored

FILE_LIMIT = 10 * 1024 * 1024  # bytes; below what a request may weigh
MOST = 30  # files and links of one application, and as many notes
BLOCK = 256 * 1024
HELD = "This candidate has a legal hold, so nothing about them can be removed."
FULL = f"This application already has {MOST} files and links. Remove one first."
FULL_OF_NOTES = f"This application already has {MOST} notes. Remove one first."
NOT_STORED = "The file could not be stored. Nothing was saved. Try again in a few minutes."
HTTPS = URLValidator(schemes=["https"])


# --- adding ------------------------------------------------------------------
@transaction.atomic
def add_file(application: Application, file: "File[Any]", *, purpose: str, by: User) -> Material:
    """Keep an uploaded file as it is; what it is is judged by its content.

    Raises PermissionDenied, or ValidationError at `file`: empty, too large, of another
    kind than is taken, here already, one too many, or not stored; and for an erased
    candidate.
    """
    _begin(application, by)
    _refuse_full(application.materials.all(), FULL)
    kind = _kind(file)
    sha256 = _sha256(file)
    here = application.materials.filter(sha256=sha256).first()
    if here is not None:
        raise ValidationError({"file": f"This file is here already, as “{here.name}”."})
    token = uuid4()
    own_name = clean_text(file.name or "").replace("\n", " ")
    material = Material(
        application=application,
        purpose=purpose,
        name=named(own_name, kind, limit=NAME_LIMIT),
        token=token,
        kind=kind,
        size=file.size,
        sha256=sha256,
        added_by=by,
    )
    try:
        with stored(name_for(token, kind), File(file.file)) as name:
            material.file.name = name
            material.save()
            record("file.added", by=by, subject=application, material=material.pk, kind_of_file=kind)
    except OSError as error:
        raise ValidationError({"file": NOT_STORED}) from error
    return material


def _begin(application: Application, by: User) -> None:
    """Ask for the right, and lock the application until the transaction ends."""
    if not may_run(by, application.opening):
        raise PermissionDenied
    refuse_erased(application)


def _refuse_full(rows: models.QuerySet[Any], words: str) -> None:
    if rows.count() >= MOST:
        raise ValidationError(words)


def _kind(upload: "File[Any]") -> Kind:
    if upload.size > FILE_LIMIT:
        raise ValidationError({"file": f"This file has {upload.size:,} bytes; the limit is {FILE_LIMIT:,}."})
    assert upload.file is not None
    try:
        return kind_of(upload.file)
    except Refused as error:
        raise ValidationError({"file": str(error)}) from error


def _sha256(upload: "File[Any]") -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for block in upload.chunks(BLOCK):
        digest.update(block)
    upload.seek(0)
    return digest.hexdigest()


@transaction.atomic
def add_link(application: Application, *, url: str, name: str, purpose: str, by: User) -> Material:
    """A link to something of the candidate's on the web; without a `name` its host is
    one.

    Raises PermissionDenied, or ValidationError where it does not begin with https://,
    is here already or is one too many.
    """
    _begin(application, by)
    _refuse_full(application.materials.all(), FULL)
    address = _https(clean_text(url).strip())
    if application.materials.filter(url=address).exists():
        raise ValidationError({"url": "This link is here already."})
    words = clean_name(name)
    if not says_something(words):
        words = ""
    host = urlsplit(address).hostname or address
    material = Material.objects.create(
        application=application,
        purpose=purpose,
        name=(words or host)[:NAME_LIMIT],
        url=address,
        added_by=by,
    )
    record("link.added", by=by, subject=application, material=material.pk)
    return material


def _https(address: str) -> str:
    """The address, if it is one that a browser reaches with TLS and that hides no name
    or password."""
    try:
        HTTPS(address)
    except ValidationError as error:
        raise ValidationError({"url": "Enter a whole address that begins with https://."}) from error
    if "@" in urlsplit(address).netloc:
        raise ValidationError({"url": "This address holds a user name or password. Leave it out."})
    return address


@transaction.atomic
def add_note(application: Application, *, text: str, by: User) -> CandidateNote:
    """A fact for those who run the opening. Raises PermissionDenied, or
    ValidationError."""
    _begin(application, by)
    _refuse_full(application.candidate_notes.all(), FULL_OF_NOTES)
    words = needed(text, field="text", otherwise="Write the note first.", limit=TEXT_LIMIT)
    note = CandidateNote.objects.create(application=application, text=words, by=by)
    record("candidate_note.added", by=by, subject=application, note=note.pk)
    return note


# --- removing ----------------------------------------------------------------
@transaction.atomic
def remove_material(material: Material, *, by: User) -> None:
    """Let go of a file or link for good; the stored file goes once the transaction has
    ended, unless another application of the candidate has it too.

    Raises PermissionDenied, or ValidationError while a legal hold stands.
    """
    application = material.application
    lock_candidates([application.candidate_id])  # of two rows with one file the last to go takes it
    _begin(application, by)
    refuse_held(application)
    name = material.file.name
    if material.token:
        record("file.removed", by=by, subject=application, material=material.pk)
    else:
        record("link.removed", by=by, subject=application, material=material.pk)
    material.delete()
    if name and not Material.objects.filter(file=name).exists():
        transaction.on_commit(lambda: remove_stored([name]))


@transaction.atomic
def remove_note(note: CandidateNote, *, by: User) -> None:
    """Raises PermissionDenied, or ValidationError while a legal hold stands."""
    _begin(note.application, by)
    refuse_held(note.application)
    record("candidate_note.removed", by=by, subject=note.application, note=note.pk)
    note.delete()


def refuse_held(application: Application) -> None:
    """Raises ValidationError where a legal hold keeps everything about the
    candidate.
    """
    if application.candidate.holds.in_force().exists():
        raise ValidationError(HELD)


# --- rights and reading ------------------------------------------------------
@transaction.atomic
def show_files_to_panel(opening: Opening, *, shown: bool, by: User) -> None:
    """Let interviewers of the opening see files and links, or no longer. Raises
    PermissionDenied."""
    if not may_run(by, opening):
        raise PermissionDenied
    opening.files_for_panel = shown
    opening.save(update_fields=["files_for_panel"])
    record("opening.files_set", by=by, subject=opening, shown=shown)


def note_download(material: Material, *, by: User) -> None:
    """That somebody was handed a file."""
    record("file.downloaded", by=by, subject=material.application, material=material.pk)
