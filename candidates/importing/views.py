"""The pages on which candidates come in as a list: read, check, bring in; what came in, and taking it back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted
from accounts.limits import costly_to_send
from accounts.listing import Column, Listing, listed
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors, tell_refusal
from accounts.texts import is_address
from candidates.http import opening_to_run
from candidates.importing.bringing import Line, Listed, Verdict, bring_in, built_on, compare, take_back
from candidates.importing.forms import ChoicesForm, LayoutForm, ListForm
from candidates.importing.roster import Layout, Row, layout_of, people
from candidates.models import Application, CandidateImport, Opening
from candidates.policies import may_run
from candidates.services import CLOSED

SALT = "list of candidates"
PREVIEW_AGE = 4 * 3600  # seconds
SHOWN = 25  # rows of a kind that need nothing from their reader
EARLIER = Listing(
    one="import",
    noun="imports",
    columns=(
        Column("candidates", "Import", fixed=True),
        Column("by", "By"),
        Column("at", "When", order="at", falls=True),
    ),
    order="-at",
    newest_of_alike=True,
)
BROUGHT = Listing(
    one="candidate",
    noun="candidates",
    columns=(
        Column("name", "Candidate", order="candidate__sort_key", fixed=True),
        Column("email", "E-mail address"),
    ),
    order="name",
    way="candidate__",
)
MOST_ASKED = 500  # choices on one page
TOO_OLD = "This list was read too long ago, or was changed on its way. Choose it again."
TOO_MANY = f"More than {MOST_ASKED} rows are doubtful. Check which columns hold names and addresses, or split the list."


@dataclass(frozen=True)
class _Read:
    """A list as it was read, which its page sends back signed."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sha256: str

    def signed(self, opening: Opening) -> str:
        """For this opening alone."""
        content = [opening.pk, self.rows, self.notes, self.sha256]
        return signing.dumps(content, salt=SALT, compress=True)


def _opened(signed: str, opening: Opening) -> _Read | None:
    """What was signed; None where it is not ours, too old, or of another opening."""
    try:
        pk, rows, notes, sha256 = signing.loads(signed, salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        return None
    if pk != opening.pk:
        return None
    numbered = tuple((number, tuple(cells)) for number, cells in rows)
    return _Read(numbered, tuple(notes), sha256)


@costly_to_send
@once
def import_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A list shows its preview, whose buttons send back what was read, signed."""
    opening = opening_to_run(request, pk)
    signed = request.POST.get("signed")
    if signed is not None:
        return _check(request, opening, signed)
    form = ListForm(posted(request), request.FILES or None)
    if form.is_bound and opening.closed_at:
        form.add_error("file", CLOSED)
    if form.is_valid():
        found = form.cleaned_data["rows"]
        read = _Read(found.rows, found.notes, form.cleaned_data["sha256"])
        layout = layout_of(read.rows)
        form_of_layout = LayoutForm(rows=read.rows, guessed=layout)
        return _preview(request, opening, read, form_of_layout, _lines(request, opening, read, layout))
    return _form(request, opening, form)


def _form(request: SignedInRequest, opening: Opening, form: ListForm) -> HttpResponse:
    earlier = listed(request, opening.imports.select_related("by"), EARLIER)
    context = {"opening": opening, "form": form, "earlier": earlier}
    return render(request, "candidates/importing/new.html", context, status=422 if form.is_bound else 200)


def _check(request: SignedInRequest, opening: Opening, signed: str) -> HttpResponse:
    """The preview anew by its columns, or, by its other buttons, bringing in."""
    read = _opened(signed, opening)
    if read is None:
        return _form(request, opening, _refused(TOO_OLD))
    if opening.closed_at:
        return _form(request, opening, _refused(CLOSED))
    layout_form = LayoutForm(request.POST, rows=read.rows, guessed=layout_of(read.rows))
    if not layout_form.is_valid():
        return _preview(request, opening, read, layout_form, [], status=422)
    lines = _lines(request, opening, read, layout_form.layout())
    choices = ChoicesForm(request.POST, lines=lines)
    if "rows" in request.POST:
        return _preview(request, opening, read, layout_form, lines, choices)
    if "bring" not in request.POST:
        return _preview(request, opening, read, layout_form, lines)
    if choices.is_valid():
        listed = Listed([line.person for line in lines], read.sha256)
        all_of_it = request.POST["bring"] == "all"
        try:
            imported = bring_in(listed, opening, choices=choices.choices(), all_of_it=all_of_it, by=request.user)
        except ValidationError as error:
            add_errors(choices, error)
        else:
            messages.success(request, _told(imported))
            return redirect("candidate_import", imported.pk)
    return _preview(request, opening, read, layout_form, lines, choices, status=422)


def _refused(why: str) -> ListForm:
    """The form for another list, which says this and nothing else."""
    form = ListForm({"pasted": " "})
    form.errors.clear()
    form.add_error("file", why)
    return form


def _lines(request: SignedInRequest, opening: Opening, read: _Read, layout: Layout) -> list[Line]:
    if layout.lacks:
        return []
    return compare(people(read.rows, layout, is_address=is_address), opening, by=request.user)


def _told(imported: CandidateImport) -> str:
    return f"{counted(imported.added + imported.joined, 'candidate')} imported."


def _preview(
    request: SignedInRequest,
    opening: Opening,
    read: _Read,
    layout_form: LayoutForm,
    lines: list[Line],
    form: ChoicesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by_verdict: dict[Verdict, list[Line]] = {verdict: [] for verdict in Verdict}
    for line in lines:
        by_verdict[line.verdict].append(line)
    chosen = by_verdict[Verdict.ASKED] + by_verdict[Verdict.ASIDE]
    if len(chosen) > MOST_ASKED and not layout_form.errors:
        layout_form.full_clean()
        layout_form.add_error(None, TOO_MANY)
        by_verdict, status = {verdict: [] for verdict in Verdict}, 422
        chosen = []
    form = form or ChoicesForm(lines=chosen)
    least = len(lines) if "rows" in request.POST else 0
    context: dict[str, Any] = {
        "opening": opening,
        "signed": read.signed(opening),
        "notes": read.notes,
        "layout_form": layout_form,
        "sample": _sample(read.rows, layout_form),
        "form": form,
        "total": len(lines),
        "without_address": sum(not line.person.email for line in lines if line.verdict is not Verdict.ASIDE),
        "shown": max(SHOWN, least),
        "shown_bad": max(MOST_ASKED, least),
        **{verdict.value: found for verdict, found in by_verdict.items()},
    }
    return render(request, "candidates/importing/preview.html", context, status=status)


def _sample(rows: tuple[Row, ...], layout_form: LayoutForm) -> list[tuple[int, list[str]]]:
    """The first rows as they are in the list, each as wide as the widest."""
    width = len(layout_form.columns)
    sample = []
    for number, cells in rows[:4]:
        empty = [""] * (width - len(cells))
        sample.append((number, list(cells) + empty))
    return sample


def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What came in, and what hinders taking it back."""
    imported = _import_to_run(request, pk)
    seen = Application.objects.run_by(request.user).filter(brought_by=imported)
    context = {
        "imported": imported,
        "opening": imported.opening,
        "applications": listed(request, seen.select_related("candidate"), BROUGHT),
        "built": [] if imported.undone_at else built_on(imported),
        "left_out": imported.rows - imported.added - imported.joined,
    }
    return render(request, "candidates/importing/detail.html", context)


def _import_to_run(request: SignedInRequest, pk: int) -> CandidateImport:
    """The import if its opening is visible (else 404) and this person may change that (else 403)."""
    imports = CandidateImport.objects.visible_to(request.user).select_related("opening", "by", "undone_by")
    imported = get_object_or_404(imports, pk=pk)
    if not may_run(request.user, imported.opening):
        raise PermissionDenied
    return imported


@require_POST
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    imported = _import_to_run(request, pk)
    try:
        take_back(imported, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "The import was undone.")
    return redirect("candidate_import", pk)
