"""Lists as a page's address asks for them: sorted, narrowed, with the columns chosen
there, page by page.

All of it stands in the address, so that whoever keeps or sends it keeps or sends the
view.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, TypeVar

from django.db.models import IntegerField, Model, Q, QuerySet, Subquery
from django.http import HttpRequest, QueryDict

from accounts.compiled import compiled
from accounts.searching import MOST, asked_text, pks_found, with_key, written_so

Row = TypeVar("Row", bound=Model)
PAGING = ("after", "before", "end", "from")
LARGEST = 2**63 - 1  # what a key of the database can be
COUNTED = 1_000  # rows that a list counts; of more it says that there are more
SIZES = (20, 50, 100, 200)  # rows of a page to choose from; an address may ask for any number up to the last


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `order` is what its rows are sorted by: a column of the database or an annotation
    that is never null. It is empty where the list is not sorted by it. `falls` where
    the first click puts the highest first, as with dates. What is not `chosen` shows
    only on request; a `fixed` one always shows.
    """

    key: str
    label: str
    order: str = ""
    falls: bool = False
    chosen: bool = True
    fixed: bool = False


@dataclass(frozen=True)
class Choice:
    """One value of a filter, and the rows that it leaves."""

    value: str
    label: str
    rows: Q


@dataclass(frozen=True)
class Filter:
    """`key` is the name in the address. What is no value of a choice is not asked
    for.
    """

    key: str
    label: str
    choices: tuple[Choice, ...]
    everything: str = "All"


@dataclass(frozen=True)
class View:
    """A view that the page offers: values by the keys of filters, and `sort`."""

    label: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """What a list can be asked for.

    `order` is the key of a column, with "-" where the highest comes first. `way` leads
    from a row to what bears its name, as in `candidate__`; None where nobody searches
    it. `one` and `noun` are what one row and several are called. Of rows that sort
    alike the one made last comes first where `newest_of_alike`.
    """

    one: str
    noun: str
    columns: tuple[Column, ...]
    order: str
    filters: tuple[Filter, ...] = ()
    views: tuple[View, ...] = ()
    way: str | None = None
    sought: str = "Name"
    size: int = 50
    newest_of_alike: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a column: `sorted` is ascending, descending or empty, `query` sorts
    by it."""

    label: str
    sorted: str
    query: str

    @property
    def turned(self) -> str:
        """What following it leads to, where it sorts already."""
        return {"ascending": ", descending", "descending": ", ascending"}.get(self.sorted, "")


@dataclass(frozen=True)
class Picked:
    """A filter or a column of the form, with what was chosen in it."""

    key: str
    label: str
    chosen: str = ""
    choices: tuple[Choice, ...] = ()
    everything: str = ""


@dataclass(frozen=True)
class Offered:
    """A view as a link; `current` where the page shows it."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One page of a list, and all that the page says about it.

    `first` counts from 1, and is 0 where nobody has counted so far. `total` is at most
    one more than COUNTED; `more` where a search found more than it looks at. The
    queries follow a "?"; empty where there is no such page.
    """

    rows: list[Row]
    one: str
    noun: str
    total: int
    first: int
    text: str
    sought: str
    more: bool
    narrowed: bool
    sort: str
    heads: tuple[Head, ...]
    shows: Mapping[str, bool]
    filters: tuple[Picked, ...]
    columns: tuple[Picked, ...]
    views: tuple[Offered, ...]
    kept: tuple[tuple[str, str], ...]
    size: int
    at_start: str = ""
    previous: str = ""
    next: str = ""
    at_end: str = ""

    @property
    def sorts(self) -> list[Head]:
        """The heads by which the list can be sorted."""
        return [head for head in self.heads if head.query]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        """Of this page; 0 where a template should say that there is nothing."""
        return len(self.rows)

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def sizes(self) -> list[int]:
        """How many rows a page may have, to choose from."""
        return sorted({*SIZES, self.size})

    @property
    def query(self) -> str:
        """The address of this view without its page, as exports take it."""
        return self.at_start

    @property
    def span(self) -> str:
        """“1–50 of 685 applications”, or how many where the page shows all."""
        if len(self.rows) == self.total and not self.more:
            return f"{self.total:,} {self.one if self.total == 1 else self.noun}"
        if not self.first:
            return f"{len(self.rows):,} of {self._of} {self.noun}"
        return f"{self.first:,}–{self.last:,} of {self._of} {self.noun}"

    @property
    def _of(self) -> str:
        if self.more:
            return f"more than {MOST:,}"
        if self.total > COUNTED and self.first and not self.next:
            return f"{self.last:,}"
        if self.total > COUNTED:
            return f"more than {max(COUNTED, self.last):,}"
        return f"{self.total:,}"


def how_many(total: int, most: int) -> str:
    """A number of rows as `most_counted` counts them, in words: “685” or “more than 1,000”."""
    return f"more than {most:,}" if total > most else f"{total:,}"


class SubqueryCount(Subquery):
    """How many rows another query has for each of these; 0 where it has none."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]", **more: Any) -> None:
        in_no_order = rows if rows.query.is_sliced else rows.order_by()
        super().__init__(in_no_order, **more)


def at_most_one(rows: "QuerySet[Any]") -> SubqueryCount:
    """1 for each that has any of these rows, else 0. It is asked row by row, by an
    index; for an Exists the database may read all the rows there are, however few a
    page shows."""
    return SubqueryCount(rows.order_by()[:1])


def most_counted(rows: "QuerySet[Any]", most: int) -> "QuerySet[Any]":
    """One more of the rows than are counted, for a count that takes no longer among more."""
    return rows.order_by().values("pk")[: most + 1]


def listed(request: HttpRequest, rows: QuerySet[Row], listing: Listing) -> Listed[Row]:
    """The page of these rows that the address asks for; whoever may see only some hands
    in only those. Two queries, and one more beyond the first page.

    What makes no sense in the address is not asked for. A row that later pages begin
    after and that is gone leads back to the first page.
    """
    sent = request.GET
    wanted = narrowed(sent, rows, listing)
    keys = _keys(sent, listing, text=wanted.asked.text)
    size = min(_number(sent, "rows"), SIZES[-1]) or listing.size
    page = _page(sent, wanted.base, wanted.rows, keys, size)
    total = most_counted(wanted.rows, COUNTED).count() if wanted.total is None else wanted.total
    return _listed(sent, listing, page, total, wanted.asked)


def opened(rows: QuerySet[Row], listing: Listing) -> QuerySet[Any]:
    """What a list shows whose address asks for nothing: the rows of its first page and one
    more, each with the `total` of all, at most one more than COUNTED."""
    known: QuerySet[Any] = _base(rows, listing).annotate(total=SubqueryCount(most_counted(rows, COUNTED)))
    return known.order_by(*_order_by(_keys(QueryDict(), listing, text=""), forward=True))[: listing.size + 1]


def listed_as_opened(request: HttpRequest, found: list[Any], listing: Listing) -> Listed[Any]:
    """The same page as `listed` of an address that asks for nothing, from the rows of
    `opened`. No query."""
    page = _Page(found[: listing.size], listing.size, 1, is_before=False, is_after=len(found) > listing.size)
    total = found[0].total if found else 0
    return _listed(request.GET, listing, page, total, Asked("", {}, more=False))


def pages_of(listing: Listing) -> Callable[[Callable[..., QuerySet[Row]]], Callable[..., Listed[Row]]]:
    """Makes a function that gives a list's rows one that takes the request before its own arguments, and gives the
    page that the address asks for.

    The page of an address that asks for nothing, as nearly all are, is compiled, so the rows depend on no more than
    `accounts.compiled` lets them.
    """

    def decorated(rows: Callable[..., QuerySet[Row]]) -> Callable[..., Listed[Row]]:
        @compiled
        @wraps(rows)
        def as_opened(*arguments: Any) -> QuerySet[Any]:
            return opened(rows(*arguments), listing)

        def page(request: HttpRequest, *arguments: Any) -> Listed[Row]:
            if request.GET:
                return listed(request, rows(*arguments), listing)
            return listed_as_opened(request, as_opened(*arguments), listing)

        return page

    return decorated


def _listed(sent: QueryDict, listing: Listing, page: "_Page[Row]", total: int, asked: "Asked") -> Listed[Row]:
    shown = _shown(sent, listing)
    return Listed(
        rows=page.rows,
        one=listing.one,
        noun=listing.noun,
        total=total,
        first=_first(page, total),
        text=asked.text,
        sought=listing.sought if listing.way is not None else "",
        more=asked.more,
        narrowed=bool(asked.text or asked.values),
        sort=sent.get("sort", ""),
        heads=tuple(_heads(sent, listing, shown)),
        shows={column.key: column in shown for column in listing.columns},
        filters=tuple(_filters(asked.values, listing)),
        columns=tuple(_columns(listing, shown)),
        views=tuple(_views(sent, asked, listing)),
        kept=tuple(_kept(sent, listing)),
        size=page.size,
        **_pages(sent, page, total),
    )


# --- which rows ----------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """The words that were searched for and the values of filters; `more` where the search
    found more than it looks at."""

    text: str
    values: Mapping[str, str]
    more: bool


@dataclass(frozen=True)
class Narrowed(Generic[Row]):
    """`rows` are those of `base` that were asked for, in no order; `total` is how many,
    where a search has counted them."""

    base: QuerySet[Row]
    rows: QuerySet[Row]
    total: int | None
    asked: Asked


def narrowed(sent: QueryDict, rows: QuerySet[Row], listing: Listing, *, whole: bool = False) -> Narrowed[Row]:
    """All the rows that an address asks for, on whatever page.

    Of a search those that pages reach, or everything that it finds where `whole`, as in
    exports.
    """
    text = asked_text(sent) if listing.way is not None else ""
    base = _base(rows, listing)
    if text:
        base = base.annotate(as_written=written_so(text, listing.way or ""))
    found, values = base, {}
    for each in listing.filters:
        for choice in each.choices:
            if choice.value == sent.get(each.key):
                values[each.key] = choice.value
                found = found.filter(choice.rows)
    if not text:
        return Narrowed(base, found, None, Asked("", values, more=False))
    pks = pks_found(found, text, listing.way or "", whole=whole)
    looked_at = pks if whole else pks[:MOST]
    found = with_key(found, looked_at)
    return Narrowed(base, found, len(looked_at), Asked(text, values, more=len(pks) > len(looked_at)))


def _base(rows: QuerySet[Row], listing: Listing) -> QuerySet[Any]:
    """The rows in no order, without what no page shows of each: forty texts to be found by."""
    unordered = rows.order_by()
    return unordered if listing.way is None else unordered.defer(f"{listing.way}search_terms")


def in_order(sent: QueryDict, rows: Narrowed[Row], listing: Listing) -> QuerySet[Row]:
    """The rows in the order that the address asks for."""
    return rows.rows.order_by(*_order_by(_keys(sent, listing, text=rows.asked.text), forward=True))


# --- in which order, which page --------------------------------------------------------
Keys = tuple[tuple[str, bool], ...]  # what rows are sorted by, and whether the highest comes first


def _sorting(sent: QueryDict, listing: Listing) -> tuple[Column, bool]:
    """By which column, and whether the highest comes first."""
    columns = {column.key: column for column in listing.columns if column.order}
    asked = sent.get("sort", "")
    if asked.removeprefix("-") not in columns:
        asked = listing.order
    return columns[asked.removeprefix("-")], asked.startswith("-")


def _keys(sent: QueryDict, listing: Listing, *, text: str) -> Keys:
    """Where nobody asked for an order, rows that have the words as they are written
    come first."""
    column, falls = _sorting(sent, listing)
    keys: Keys = ((column.order, falls), ("pk", falls or listing.newest_of_alike))
    if text and not sent.get("sort"):
        keys = (("as_written", True), *keys)
    return keys


def _order_by(keys: Keys, *, forward: bool) -> list[str]:
    signs = []
    for name, falls in keys:
        signs.append(name if falls != forward else f"-{name}")
    return signs


@dataclass(frozen=True)
class _Page(Generic[Row]):
    """Some rows in their order, which `start` counts from where it is known."""

    rows: list[Row]
    size: int
    start: int
    is_before: bool
    is_after: bool


def _page(sent: QueryDict, base: QuerySet[Row], rows: QuerySet[Row], keys: Keys, size: int) -> _Page[Row]:
    """The rows after the one that the address names, or before it, or the last ones."""
    after, before = _number(sent, "after"), _number(sent, "before")
    cursor = _cursor(base, keys, after or before) if after or before else None
    forward = not sent.get("end") and not (cursor and before and not after)
    if cursor:
        rows = rows.filter(_beyond(keys, cursor, forward=forward))
    found = list(rows.order_by(*_order_by(keys, forward=forward))[: size + 1])
    is_further, found = len(found) > size, found[:size]
    if forward:
        return _Page(found, size, _number(sent, "from") if cursor else 1, bool(cursor), is_further)
    found.reverse()
    return _Page(found, size, _number(sent, "from"), is_further, bool(cursor))


def _number(sent: QueryDict, name: str) -> int:
    """A positive number of the address; 0 where there is none."""
    text = sent.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return min(int(text), LARGEST) if is_number else 0


def _cursor(base: QuerySet[Row], keys: Keys, pk: int) -> tuple[Any, ...] | None:
    """What the row of this key is sorted by; None where it is gone.

    It need not be among those that were asked for: whoever works a list off changes
    what is in it.
    """
    names = [name for name, _ in keys]
    return base.filter(pk=pk).values_list(*names).first()


def _beyond(keys: Keys, values: tuple[Any, ...], *, forward: bool) -> Q:
    """Rows further on than one of these values, or before it."""
    found, same = Q(pk__in=[]), Q()
    for (name, falls), value in zip(keys, values, strict=True):
        step = "lt" if falls == forward else "gt"
        found |= same & Q(**{f"{name}__{step}": value})
        same &= Q(**{name: value})
    name, falls = keys[0]
    step = "lte" if falls == forward else "gte"
    return Q(**{f"{name}__{step}": values[0]}) & found  # said twice, so that an index can begin there


def _first(page: _Page[Row], total: int) -> int:
    """The number of the page's first row. What the address says holds only in between:
    both ends are known. 0 where it was reached from an end that nobody counts to."""
    if not page.is_before:
        return 1 if page.rows else 0
    if total > COUNTED:
        return page.start
    from_the_end = max(1, total - len(page.rows) + 1)
    return min(page.start or 1, from_the_end) if page.is_after else from_the_end


def _pages(sent: QueryDict, page: _Page[Row], total: int) -> dict[str, str]:
    """The ways to other pages, by the names that `Listed` has for them."""
    first = _first(page, total)
    ways = {"at_start": query_of(sent), "previous": "", "next": "", "at_end": ""}
    if page.is_before and page.rows:
        start = {"from": max(1, first - page.size)} if first else {}
        ways["previous"] = query_of(sent, before=page.rows[0].pk, **start)
    if page.is_after and page.rows:
        start = {"from": first + len(page.rows)} if first else {}
        ways["next"] = query_of(sent, after=page.rows[-1].pk, **start)
        ways["at_end"] = query_of(sent, end=1)
    return ways


# --- what the page says about it -------------------------------------------------------
def query_of(sent: QueryDict, **changes: object) -> str:
    """The address's query with these changes, on the first page unless they name
    another."""
    query = sent.copy()
    for name in PAGING:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = str(value)
    for name in [name for name in query if not any(query.getlist(name))]:
        del query[name]
    return query.urlencode()


def _shown(sent: QueryDict, listing: Listing) -> list[Column]:
    asked = set(sent.getlist("column"))
    known = asked & {column.key for column in listing.columns}
    shown = []
    for column in listing.columns:
        wanted = column.key in known if known else column.chosen
        if wanted or column.fixed:
            shown.append(column)
    return shown


def _heads(sent: QueryDict, listing: Listing, shown: Iterable[Column]) -> Iterable[Head]:
    by, falls = _sorting(sent, listing)
    for column in shown:
        if not column.order:
            yield Head(column.label, "", "")
        elif column == by:
            turned = column.key if falls else f"-{column.key}"
            yield Head(column.label, "descending" if falls else "ascending", query_of(sent, sort=turned))
        else:
            first = f"-{column.key}" if column.falls else column.key
            yield Head(column.label, "", query_of(sent, sort=first))


def _filters(values: Mapping[str, str], listing: Listing) -> Iterable[Picked]:
    for each in listing.filters:
        yield Picked(each.key, each.label, values.get(each.key, ""), each.choices, each.everything)


def _columns(listing: Listing, shown: Iterable[Column]) -> Iterable[Picked]:
    for column in listing.columns:
        if not column.fixed:
            yield Picked(column.key, column.label, "shown" if column in shown else "")


def _views(sent: QueryDict, asked: Asked, listing: Listing) -> Iterable[Offered]:
    columns = [("column", value) for value in sent.getlist("column")]
    for view in listing.views:
        query = QueryDict(mutable=True)
        query.update(view.query)
        for name, value in columns:
            query.appendlist(name, value)
        narrows = {key: value for key, value in view.query.items() if key != "sort"}
        yield Offered(view.label, query.urlencode(), narrows == asked.values and not asked.text)


def _kept(sent: QueryDict, listing: Listing) -> Iterable[tuple[str, str]]:
    """What the form sends along unseen."""
    own = {"q", "column", "rows", *PAGING, *(each.key for each in listing.filters)}
    for name, values in sent.lists():
        if name not in own:
            yield from ((name, value) for value in values if value)
