"""Own small SVG pictures. Each says in its title what it shows, which becomes the PDF's
alternative text.

Their look is in attributes: the PDF's engine applies no style sheet of the document
inside a picture, and a page's style sheet overrides attributes, so that the same
picture follows the page's light and dark. Pure, and imports no Django.
"""

from collections.abc import Iterable
from html import escape

from debriefs.sheets import DebriefSheet, DimensionSheet

WIDTH, LEFT, RIGHT = 240, 12, 228
DOT, APART, STACK = 4, 5.5, 22  # a dot's radius, equal ones above each other, and the room that a stack may take
_SANS = 'font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="8.5"'
_LOOK = {
    "axis": 'stroke="#b9c2c7" fill="none"',
    "grid": 'stroke="#b9c2c7" fill="none"',
    "range": 'stroke="#7db5b0" stroke-width="6" stroke-linecap="round" fill="none"',
    "dot": f'stroke="#0b5c5c" stroke-width="{2 * DOT}" stroke-linecap="round" fill="none"',
    "band": 'stroke="#4a5561" stroke-width="1.5" fill="none"',
    "mean": 'stroke="#b4531a" stroke-width="2" fill="none"',
    "label": f'{_SANS} fill="#1b2530" text-anchor="end"',
    "tick": f'{_SANS} fill="#4a5561" text-anchor="middle"',
    "none": f'{_SANS} fill="#4a5561"',
}

PROFILE_ROW = 17  # px


def _as(kind: str) -> str:
    return f'class="{kind}" {_LOOK[kind]}'


def _path(kind: str, line: str) -> str:
    return f'<path {_as(kind)} d="{line}"/>'


def _x(score: float) -> float:
    """Where a score from 1 to 5 stands on the line, in px."""
    return round(LEFT + (score - 1) * (RIGHT - LEFT) / 4, 1)


_AXIS = f"M{LEFT} 26H{RIGHT}" + "".join(f"M{_x(level)} 23V29" for level in range(1, 6))


def dot_line(row: DimensionSheet, *, with_band: bool = False) -> str:
    """The 1-5 line of one dimension: each rating a dot (equal ones stacked), range as a
    bar, mean as a tick.

    A stack too high for its room is pressed together, and its number is written beside
    its top. `with_band` adds the mean's 90 % band, where there is one, as a bracket
    below the line.
    """
    band = row.band if with_band else None
    words = f"{row.name}: {_words(row)}"
    if band:
        words += f", 90 % band {row.band_shown}"
    stacks = _stacks(row)
    parts = [f"<title>{escape(words)}</title>", _path("axis", _AXIS)]
    if row.min is not None and row.max is not None:
        parts.append(_path("range", f"M{_x(row.min)} 26H{_x(row.max)}"))
    if stacks:
        parts += _piled(stacks)
    if row.mean is not None:
        parts.append(_path("mean", f"M{_x(float(row.mean))} 18V34"))
    if band:
        low, high = map(_x, band)
        parts.append(_path("band", f"M{low} 36V40H{high}V36"))
    heights = [tops[-1] - DOT - 1 for tops in stacks.values()]
    top = min([16.0, *heights])
    return _svg(WIDTH, 42 if band else 36, "".join(parts), words, top=top)


def _stacks(row: DimensionSheet) -> dict[int, list[float]]:
    """How high the dots stand over each score that was given, lowest score first."""
    scores = sorted(rating.score for rating in row.ratings if rating.score is not None)
    return {score: _stack(scores.count(score)) for score in scores}


def _piled(stacks: dict[int, list[float]]) -> list[str]:
    """All dots, and beside each stack that is pressed together how many it holds."""
    points = [(_x(score), top) for score, tops in stacks.items() for top in tops]
    high = {score: tops for score, tops in stacks.items() if (len(tops) - 1) * APART > STACK}
    counts = [_count(score, tops) for score, tops in high.items()]
    return [_dots(points), *counts]


def _stack(count: int) -> list[float]:
    """How high each dot of one score stands, from the line upwards."""
    apart = min(APART, STACK / max(count - 1, 1))
    return [round(26 - index * apart, 1) for index in range(count)]


def _dots(points: Iterable[tuple[float, float]]) -> str:
    """All dots as one path, which costs a fraction of circles: round ends of empty
    lines."""
    return _path("dot", "".join(f"M{x:g} {y:g}h0" for x, y in points))


def _count(score: int, tops: list[float]) -> str:
    """The number of a stack that is pressed together, beside its top."""
    side = 7 if score < 5 else -16
    return f'<text {_as("none")} x="{_x(score) + side}" y="{tops[-1] + 3}">{len(tops)}</text>'


def _words(row: DimensionSheet) -> str:
    if row.n == 0:
        return "no score"
    return f"{row.n} score{'' if row.n == 1 else 's'}, mean {row.mean_shown}, range {row.range_shown}"


def profile(sheet: DebriefSheet, *, named: bool = True, apart: int = PROFILE_ROW) -> str:
    """All dimensions under each other: range and mean on the 1-5 line.

    Not `named` it leaves out the dimensions' names, for print: the PDF's engine sets a
    picture's text letter by letter, which no Arabic word survives. Its rows are `apart`
    px high from the picture's top, at least twice a dot's radius.
    """
    rows = sheet.dimensions
    height = apart * len(rows) + 20
    words = "Profile across dimensions. " + "; ".join(f"{row.name}: {_words(row)}" for row in rows)
    grid = "".join(f"M{_along(level)} 4V{height - 16}" for level in range(1, 6))
    parts = [f"<title>{escape(words)}</title>", _path("grid", grid)]
    parts += [f'<text {_as("tick")} x="{_along(level)}" y="{height - 4}">{level}</text>' for level in range(1, 6)]
    ranges, dots = "", list[tuple[float, float]]()
    for index, row in enumerate(rows):
        y = 4 + (apart + 1) // 2 + apart * index
        if named:
            name = row.name if len(row.name) <= 34 else row.name[:33] + "…"
            parts.append(f'<text {_as("label")} x="186" y="{y + 3}">{escape(name)}</text>')
        if row.mean is None or row.min is None or row.max is None:
            parts.append(f'<text {_as("none")} x="212" y="{y + 3}">no score</text>')
        else:
            ranges += f"M{_along(row.min)} {y}H{_along(row.max)}"
            dots.append((_along(float(row.mean)), y))
    if dots:
        parts += [_path("range", ranges), _dots(dots)]
    return _svg(460, height, "".join(parts), words, left=0 if named else 190)


def _along(score: float) -> float:
    """Where a score from 1 to 5 stands in the profile, in px."""
    return round(200 + 60 * (score - 1), 1)


def _svg(width: int, foot: int, body: str, words: str, *, top: float = 0, left: int = 0) -> str:
    width, height = width - left, round(foot - top, 1)
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words, quote=True)}" '
        f'viewBox="{left} {top:g} {width} {height:g}" width="{width}" height="{height:g}">{body}</svg>'
    )
