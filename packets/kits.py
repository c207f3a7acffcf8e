"""A round's interview kit on paper: what to ask and to look for, then a blank form.

It names no candidate and holds nothing that anybody has judged.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Prefetch
from django.template.loader import render_to_string

from candidates.models import Round
from packets.documents.child_process import rendered
from packets.models import Packet
from rubrics.export import signals_by_kind
from rubrics.levels import LEVEL_MEANINGS, LEVELS
from rubrics.models import Anchor, Dimension
from scorecards.models import Rating, Scorecard

KEPT_SECONDS = 24 * 60 * 60  # in the cache: a panel prints the same kit several times


@dataclass(frozen=True)
class PrintedLevel:
    """One level to tick; `given` where the rubric words it, else `wording` is the scale's plain meaning."""

    value: int
    wording: str
    given: bool


@dataclass(frozen=True)
class BlankRating:
    """One dimension of the form, with all five levels from 1 to 5."""

    dimension: Dimension
    levels: tuple[PrintedLevel, ...]


def kit_pdf(round: Round, *, paper: str = "") -> bytes:
    """The kit as a tagged PDF on `a4` or `letter`, the installation's paper where none of them is named.

    The form begins on a right page, so that printed on both sides of a sheet it can be handed over alone.
    Raises packets.documents.child_process.NotRendered.
    """
    chosen = paper if paper in Packet.Paper.values else settings.PACKET_PAPER
    html = render_to_string("packets/kit/kit.html", _context(round))
    key = f"kit-{hashlib.sha256(f'{chosen} {html}'.encode()).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = rendered(html, paper=chosen)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _context(round: Round) -> dict[str, object]:
    version = round.opening.rubric_version
    return {
        "round": round,
        "version": version,
        "ratings": list(_blank(_dimensions(round))),
        "signals": signals_by_kind(version.signals.all()),
        "focus_areas": version.focus_areas.all(),
        "recommendations": Scorecard.Recommendation.labels,
        "reasons": Rating.Reason.labels,
    }


def _dimensions(round: Round) -> list[Dimension]:
    """Those that the round covers; all of the rubric's where it covers none."""
    parts = (Prefetch("anchors", Anchor.objects.order_by("level")), "questions")
    covered = list(round.dimensions.prefetch_related(*parts))
    return covered or list(round.opening.rubric_version.dimensions.prefetch_related(*parts))


def _blank(dimensions: Iterable[Dimension]) -> Iterator[BlankRating]:
    for dimension in dimensions:
        given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
        levels = (PrintedLevel(level, given.get(level, LEVEL_MEANINGS[level]), level in given) for level in LEVELS)
        yield BlankRating(dimension, tuple(levels))
