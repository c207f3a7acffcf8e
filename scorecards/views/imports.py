"""Historic scorecards from a file: looked at first, then stored, and taken back as one."""

import base64
import binascii
import zlib
from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted
from accounts.limits import costly_to_send
from accounts.listing import Column, Listing, listed
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import tell_refusal
from scorecards.forms import ImportForm
from scorecards.import_files import BadRows, Reading, read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import Counts, Import, preview, store
from scorecards.models import ScorecardImport
from scorecards.spreadsheets import line
from scorecards.undoing import built_on, may_undo, openings_of, undo_import

SHOWN = 200  # problems of a file
MOST_ROWS = 10_000  # as of a workbook; more take longer than a page may
TOO_MANY = "and this page reads {:,} at a time: split it, or have it imported by manage.py import_scorecards."
IMPORTS = Listing(
    one="import",
    noun="imports",
    columns=(
        Column("scorecards", "Import", fixed=True),
        Column("by", "By"),
        Column("at", "When", order="at", falls=True),
    ),
    order="-at",
    newest_of_alike=True,
)
UNREADABLE = "The preview came back changed, so it was not used. Choose the file again."


def _imports(request: SignedInRequest) -> None:
    """PermissionDenied for whoever does not run openings company-wide."""
    if not request.user.is_recruiter:
        raise PermissionDenied


@costly_to_send
@once
def scorecard_imports(request: SignedInRequest) -> HttpResponse:
    """The form and earlier imports; POST shows what a file would bring, or stores what was shown."""
    _imports(request)
    form = ImportForm(posted(request), request.FILES or None)
    if not form.is_valid():
        return _page(request, form)
    reading = None
    try:
        data = _sent(form)
        reading = read(data, zone=form.zone_info())
        _bounded(reading)
        if form.cleaned_data["sent"]:
            return _store(request, form, reading)
        found = preview(reading, by=request.user, **form.options())
    except ValidationError as error:
        form.add_error("file", error)
        return _page(request, form)
    except BadRows as error:
        return _page(request, form, error, reading.notes if reading else ())
    return _previewed(request, form, found, data, reading)


def _sent(form: ImportForm) -> bytes:
    """The file's bytes, or those that the preview sent back. Raises ValidationError."""
    packed: str = form.cleaned_data["sent"]
    if not packed:
        uploaded: bytes = form.cleaned_data["file"].read()
        return uploaded
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(packed, validate=True), ImportForm.LIMIT)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValidationError(UNREADABLE) from error
    if not unpacking.eof:
        raise ValidationError(UNREADABLE)
    return data


def _bounded(reading: Reading) -> None:
    """Raises ValidationError for more rows than the page reads."""
    bad = {line for line, _ in reading.problems}
    count = len(reading.rows) + len(bad)
    if count > MOST_ROWS:
        raise ValidationError(f"This file has {counted(count, 'row')}, {TOO_MANY.format(MOST_ROWS)}")


def _page(
    request: SignedInRequest, form: ImportForm, bad: BadRows | None = None, notes: tuple[str, ...] = ()
) -> HttpResponse:
    """The page with earlier imports; 422 with what is wrong with a file, and what of it was not read."""
    if bad is not None:
        count = len(bad.problems)
        told = f"{count} problem{pluralize(count)} in this file, listed on this page. Nothing was imported."
        form.add_error("file", told)
    imports = ScorecardImport.objects.visible_to(request.user).select_related("by", "undone_by")
    context = {
        "form": form,
        "notes": notes,
        "problems": bad.problems[:SHOWN] if bad else [],
        "more": max(len(bad.problems) - SHOWN, 0) if bad else 0,
        "imports": listed(request, imports, IMPORTS),
        "columns": CARD_COLUMNS,
    }
    return render(request, "scorecards/imports.html", context, status=422 if form.is_bound else 200)


def _previewed(
    request: SignedInRequest, form: ImportForm, found: Import, data: bytes, reading: Reading
) -> HttpResponse:
    packed = base64.b64encode(zlib.compress(data)).decode("ascii")
    chosen = form.cleaned_data
    context = {
        "found": found,
        "packed": packed,
        "chosen": chosen,
        "filename": chosen["file"].name,
        "notes": reading.notes,
        "is_zoned": reading.is_zoned,
    }
    return render(request, "scorecards/import_preview.html", context)


def _store(request: SignedInRequest, form: ImportForm, reading: Reading) -> HttpResponse:
    done = store(reading, by=request.user, **form.options())
    if done.source is None:
        messages.info(request, "Every scorecard of this file is here already, so nothing was imported.")
        return redirect("scorecard_imports")
    messages.success(request, "Scorecards imported.")
    return redirect("scorecard_import", done.source.pk)


def scorecard_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one import brought, and whether it can be taken back."""
    source = _source(request, pk)
    undone = source.undone_at is not None
    context = {
        "source": source,
        "counts": [(name.replace("_", " "), source.counts.get(name, 0)) for name in asdict(Counts())],
        "openings": openings_of(source, request.user),
        "may_undo": not undone and may_undo(source, request.user),
        "built": [] if undone else list(built_on(source)),
    }
    return render(request, "scorecards/import.html", context)


def _source(request: SignedInRequest, pk: int) -> ScorecardImport:
    imports = ScorecardImport.objects.visible_to(request.user).select_related("by", "undone_by")
    return get_object_or_404(imports, pk=pk)


@require_POST
def scorecard_import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    source = _source(request, pk)
    try:
        undo_import(source, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "Import undone. Everything it added has been removed.")
    return redirect("scorecard_import", pk)


def import_example(request: SignedInRequest) -> HttpResponse:
    """A file to copy: the header and two rows of one made-up scorecard."""
    _imports(request)
    card = ["platform-engineer", "Ada Byron", "ada@example.org", "Systems deep dive", "interviewer@example.com"]
    when = "2024-05-06T10:00:00+02:00"
    scored = [*card, "Depth", "4", "", "Found the slow query, then explained it.", "yes", when]
    not_assessed = [*card, "Breadth", "", "ran out of time", "", "yes", when]
    text = "".join(line(row) for row in (CARD_COLUMNS, scored, not_assessed))
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="scorecards-example.csv"'
    return response
