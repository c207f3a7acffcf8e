"""The library: what there is to copy into a draft, and the copying."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, ExpressionWrapper, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.once import once
from accounts.refusals import tell_refusal
from accounts.searching import MOST, Found, find, written_so
from rubrics.blueprints.language import ENGLISH
from rubrics.blueprints.language import LANGUAGES as LANGUAGE_NAMES
from rubrics.contents import Contents, contents
from rubrics.drafts import Finished
from rubrics.forms import LibraryForm
from rubrics.library import starter
from rubrics.library.copying import copy_into_draft
from rubrics.library.entries import source_of, with_rows
from rubrics.library.finding import find_starters
from rubrics.library.sources import DimensionSource, Source
from rubrics.models import LibraryEntry, RubricVersion
from rubrics.views.rubrics import refuse_others, version_of

PAGE = 50
SEARCH = "q"
NOT_HERE = "The library does not have this any more: a newer version may have replaced it. Search again."
KEPT = ("q", "kind", "language", "draft", "page")
STARTER_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in starter.LANGUAGES]
TITLES = {"dimension": "name", "exercise": "title", "signal": "text", "question": "text"}


@dataclass(frozen=True)
class Hit:
    """One thing to copy: what its button calls it by, its place in the page, and
    whether the draft has it already."""

    called: str
    source: Source
    is_in_draft: bool

    @property
    def id(self) -> str:
        return _place(self.called)


def rubric_library(request: SignedInRequest) -> HttpResponse:
    """What may be copied into a draft, for those who manage rubrics.

    `?q=` searches, `?kind=` narrows, `?draft=` is where it goes, `?language=` is that
    of the starter set.
    """
    refuse_others(request)
    return _page(request, draft=request.GET.get("draft", ""))


def _page(
    request: SignedInRequest,
    *,
    draft: str,
    refusal: ValidationError | None = None,
    called: str = "",
) -> HttpResponse:
    """The page with the draft of this id; 422 where something that it offers, `called`
    so, was refused."""
    drafts = list(_drafts(request))
    chosen = _chosen(drafts, draft)
    stored = contents(chosen) if chosen else None
    kind, language = _kind(request), _language(request, chosen)
    found, page = _published(request, kind)
    starters: list[Hit] = []
    if kind in {"", "dimension"}:
        starters = _starter_hits(found.text, language, stored)
    published = _published_hits(page, stored)
    context = {
        "found": found,
        "page": page,
        "starters": starters,
        "published": published,
        "drafts": drafts,
        "draft": chosen,
        "dimensions": stored.dimensions if stored else [],
        "kind": kind,
        "kinds": LibraryEntry.Kind.choices,
        "language": language,
        "languages": STARTER_LANGUAGES,
        "query": _query(request),
        "pages": f"{reverse('rubric_library')}?{_query(request, without='page')}",
    }
    if refusal:
        context["refused"] = LibraryForm(refusal, at=_mended_at(called, [*starters, *published]))
    return render(request, "rubrics/library/library.html", context, status=422 if refusal else 200)


def _mended_at(called: str, hits: Iterable[Hit]) -> str:
    """The id of what was refused; of the search, where the page does not show that."""
    return next((hit.id for hit in hits if hit.called == called), SEARCH)


def _drafts(request: SignedInRequest) -> QuerySet[RubricVersion]:
    visible = RubricVersion.objects.visible_to(request.user).filter(state=RubricVersion.State.DRAFT)
    return visible.select_related("rubric").order_by("rubric__sort_key", "rubric_id")


def _chosen(drafts: list[RubricVersion], named: str) -> RubricVersion | None:
    """The draft of this id, else the only one."""
    first = drafts[0] if len(drafts) == 1 else None
    return next((draft for draft in drafts if str(draft.pk) == named), first)


def _language(request: SignedInRequest, draft: RubricVersion | None) -> str:
    wished = [request.GET.get("language", ""), draft.language if draft else ""]
    return next((code for code in wished if code in starter.LANGUAGES), ENGLISH)


def _kind(request: SignedInRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in LibraryEntry.Kind.values else ""


def _query(request: SignedInRequest, *, without: str = "") -> str:
    """What the address asks for, to come back to it."""
    kept = {}
    for name in KEPT:
        value = request.GET.get(name)
        if value and name != without:
            kept[name] = value
    return urlencode(kept)


# --- hits --------------------------------------------------------------------
def _published(request: SignedInRequest, kind: str) -> tuple[Found[LibraryEntry], Page[LibraryEntry]]:
    entries = LibraryEntry.objects.visible_to(request.user)
    if kind:
        entries = entries.filter(kind=kind)
    found = find(request, entries, shown=MOST)
    rows = _nearest_first(found.rows, found.text) if found.text else found.rows
    return found, Paginator(with_rows(rows), PAGE).get_page(request.GET.get("page"))


def _nearest_first(rows: QuerySet[LibraryEntry], text: str) -> QuerySet[LibraryEntry]:
    """What has the words as written, then what bears them in its name, and of that
    dimensions before their parts."""
    bears = Q()
    for word in text.split():
        bears &= Q(name__icontains=word)
    named = ExpressionWrapper(bears, output_field=BooleanField())
    kinds = [When(kind=kind, then=place) for place, kind in enumerate(LibraryEntry.Kind.values)]
    return rows.order_by(written_so(text, "").desc(), named.desc(), Case(*kinds), "sort_key", "pk")


def _starter_hits(text: str, language: str, stored: Contents | None) -> list[Hit]:
    hits = []
    for source in find_starters(text, language):
        hits.append(_hit(f"starter:{language}:{source.key}", source, stored))
    return hits


def _published_hits(page: Iterable[LibraryEntry], stored: Contents | None) -> list[Hit]:
    hits = []
    for entry in page:
        hits.append(_hit(f"entry:{entry.pk}", source_of(entry), stored))
    return hits


def _hit(called: str, source: Source, stored: Contents | None) -> Hit:
    rows = stored.by_kind[source.kind] if stored else []
    return Hit(called, source, _is_among(rows, source))


def _is_among(rows: Iterable[Any], source: Source) -> bool:
    """Whether one of the draft's rows came from there; a dimension may have been
    renamed since."""
    taken = [row for row in rows if row.origin == source.origin]
    if isinstance(source, DimensionSource):
        return bool(taken)
    title = TITLES[source.kind]
    return any(getattr(row, title) == source.name for row in taken)


def _place(called: str) -> str:
    return called.replace(":", "-")


# --- copying -----------------------------------------------------------------
@once
@require_POST
def library_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Copies what the button names into the draft `pk`, and comes back to where it
    stands in the page that asked.

    Where that is refused, the answer is 422 with the page.
    """
    version = version_of(request, pk)
    refuse_others(request)
    called = request.POST.get("source", "")
    try:
        source = _source(request, called)
        copy_into_draft(
            version,
            source,
            by=request.user,
            dimension=_number(request.POST.get("dimension", "")),
            with_signals="with_signals" in request.POST,
        )
    except Finished as error:
        tell_refusal(request, error)
        return redirect("rubric_version", pk)
    except ValidationError as error:
        return _page(request, draft=str(pk), refusal=error, called=called)
    messages.success(request, f"Copied into the draft of “{version.rubric.title}”: {source.name}")
    query = _query(request) or urlencode({"draft": pk})
    return redirect(f"{reverse('rubric_library')}?{query}#{_place(called)}")


def _source(request: SignedInRequest, called: str) -> Source:
    """What the library holds under this name. Raises ValidationError where it does not,
    or not any more."""
    where, _, rest = called.partition(":")
    if where == "starter":
        language, _, key = rest.partition(":")
        found: Source | None = starter.starter_dimension(key, language)
    else:
        entries = with_rows(LibraryEntry.objects.visible_to(request.user))
        entry = entries.filter(pk=_number(rest)).first()
        found = source_of(entry) if entry else None
    if found is None:
        raise ValidationError(NOT_HERE)
    return found


def _number(text: str) -> int:
    """The id that a form sent; 0, which no row has, for anything else."""
    if text.isascii() and text.isdecimal() and len(text) < 18:
        return int(text)
    return 0
