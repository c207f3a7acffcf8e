"""Searches in lists: what the page's address asks for (`?q=`), the rows that it finds,
what is said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    ExpressionWrapper,
    F,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.http import HttpRequest

from accounts.folding import sought

Row = TypeVar("Row", bound=Model)
LONGEST = 200  # characters of a question; the rest is cut off
MOST = 250  # rows that a search looks at, so that no question costs much more than others


@dataclass(frozen=True)
class Found(Generic[Row]):
    """The rows of one page's list, all of them where nothing was asked for.

    `text` is what was asked, `kept` the other parameters of the address, `shown` how
    many rows the page shows at most. `total` counts to one more than MOST.
    """

    rows: QuerySet[Row]
    text: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    total: int = 0
    shown: int = MOST

    @property
    def summary(self) -> str:
        """How many were found, and what to do where the page does not show them all."""
        if self.total > MOST:
            first = min(self.shown, MOST)
            return f"More than {MOST:,} found. {first:,} of them are shown. Add a word to narrow the search."
        if self.total > self.shown:
            return f"{self.total:,} found. The first {self.shown:,} are shown. Add a word to narrow the search."
        return f"{self.total:,} found."


def find(request: HttpRequest, rows: QuerySet[Row], *, shown: int, way: str = "") -> Found[Row]:
    """Those of the rows that have every word of `?q=`, each with one error at most.

    Rows that have the words as they are written come first, then the list's own order
    holds. `way` leads from a row to what bears the name, as in `candidate__`. Whoever
    may see only some rows hands in only those; what the page shows beside them is read
    afterwards.
    """
    text = asked_text(request.GET)
    if not text:
        return Found(rows)
    kept = tuple((name, str(value)) for name, value in request.GET.items() if name != "q")
    pks = pks_found(rows, text, way)
    first = written_so(text, way)
    found = with_key(rows.model._default_manager.all(), pks[:MOST])
    found = found.defer(f"{way}search_terms")  # forty texts a row that no page shows
    found = found.order_by(first.desc(), *(rows.model._meta.ordering or ()))
    return Found(found, text, kept, len(pks), shown)


def asked_text(sent: Mapping[str, str]) -> str:
    """What an address asks for; empty where it asks for all."""
    return sent.get("q", "").replace("\x00", "").strip()[:LONGEST]


def written_so(text: str, way: str) -> "ExpressionWrapper[Any]":
    """Whether a row has the words of the text as they are written."""
    as_written = Q(**{f"{way}search_terms__contains": [word[0] for word in sought(text)]})
    return ExpressionWrapper(as_written, output_field=BooleanField())


def pks_found(rows: QuerySet[Row], text: str, way: str, *, whole: bool = False) -> list[int]:
    """The keys of the rows that have every word of the text, in no order: at most one
    more than MOST, or all of them where `whole`."""
    if not sought(text):
        return []
    found = _having(rows, text, way).values_list("pk", flat=True)
    return list(found if whole else found[: MOST + 1])


def best_found(rows: QuerySet[Row], text: str, way: str, order: Sequence[str]) -> tuple[list[int], int]:
    """The keys of the rows that `pks_found` looks at, and how many it finds.

    Rows that have the words as they are written come first, then it goes by `order`:
    columns that are never null, with "-" where the highest comes first. They are sorted
    here, so that whoever shows a few of them reads no more than these.
    """
    if not sought(text):
        return [], 0
    columns = [name.removeprefix("-") for name in order]
    found: list[tuple[Any, ...]] = list(
        _having(rows, text, way)[: MOST + 1].values_list("pk", written_so(text, way), *columns)
    )
    looked_at = found[:MOST]
    for place, name in reversed(list(enumerate(order, start=2))):
        looked_at.sort(key=itemgetter(place), reverse=name.startswith("-"))
    looked_at.sort(key=itemgetter(1), reverse=True)
    return [row[0] for row in looked_at], len(found)


def with_key(rows: QuerySet[Row], keys: Sequence[int]) -> QuerySet[Row]:
    """Those with one of the keys, which are one parameter: for `pk__in` Django prepares
    each of them by itself."""
    if not keys:
        return rows.none()
    given = Value(list(keys), output_field=ArrayField(BigIntegerField()))
    is_one = Func(F("pk"), given, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField())
    return rows.filter(is_one)


class _AsParameter(Func):
    """A list of texts that the planner does not look into.

    It would take each text that it does not know for one that some rows have, forty of
    them for a fifth of the table, and read all of it. So it reckons with one row in a
    hundred, whatever is sought, and takes the index.
    """

    template = "(SELECT %(expressions)s::text[])"
    output_field = ArrayField(TextField())


def _having(rows: QuerySet[Row], text: str, way: str) -> QuerySet[Row]:
    """The rows that have every word, in no order. A page takes the first few of them: whoever
    wants an order of all reads all."""
    named = rows.order_by()
    for alternatives in sought(text):
        named = named.filter(**{f"{way}search_terms__overlap": _AsParameter(Value(alternatives))})
    return named
