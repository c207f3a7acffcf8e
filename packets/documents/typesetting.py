"""What the print sheet cannot say of a document, done to its tree before it is laid out:
usual signs, rows that may go on over the page, words that stay whole, and no box that
prints nothing of its own.

Pure, and imports no Django.
"""

import re
import unicodedata
from itertools import pairwise
from xml.etree.ElementTree import Element

from accounts.signs import usual_signs

# Lines of a row, of as many columns as a letter takes one, that stay together on a page:
# 80 mm in a narrow column. A longer row goes on over the page. What stays together below
# one heading is never two thirds of a page.
TOGETHER, COLUMNS = 16, 36
TABLE_LINES = 24  # of a table that stays together, each of its rows at least one
SMALL = 8  # lines of a table that stays together without being told
COMPANY = 20  # lines of two rows that stay together, so that no page shows one alone
LEVELS = 8  # lines over the whole page of a list of levels that stays together
PAGE_COLUMNS = 110  # of such a line
LINED = {"text", "who", "eh-prewrap"}  # classes whose line ends are printed
OWN_LINE = {"p", "div", "li", "br"}
# Lines break after hyphens and the Hebrew maqaf. A word joiner forbids it; it has no width,
# and the engine leaves it out of what a reader finds in the file.
JOINT = re.compile(r"(?<=[^\s\u2010\u05be-])([\u2010\u05be-])(?=\w)")
JOINER = "\u2060"
# The widest word that fits, in columns, and the class of the size that it is set in: in a
# narrow column of names, and in a title. A wider one is broken.
NAME = ((20, ""), (24, "close"), (28, "closer"), (34, "closest"))
TITLE = ((22, ""), (32, "close"), (46, "closer"))
OF_NAMES = {"who", "name"}  # classes of narrow columns that names stand in
HYPHENATED = {"dimension", "name"}  # classes in which the sheet says how a `bdi` is hyphenated
RIGHT_TO_LEFT = {"R", "AL", "AN"}  # kinds of signs that turn what stands beside them
# Latin, Greek and Cyrillic letters and their punctuation, all of which our own fonts hold.
OWN_SIGNS = re.compile("[\u0000-\u052f\u2010-\u2027]*")
ENGLISH = "en"
SVG = "{http://www.w3.org/2000/svg}svg"


def prepare(root: Element) -> None:
    """Ready the document of our templates for the engine; `root` is changed in place."""
    for element in root.iter():
        _set_usual_signs(element)
    for table in root.iter("table"):
        _keep_tables(table)
    for levels in root.iter("ul"):
        _let_long_lists_break(levels)
    for parent in root.iter():
        _keep_words_before_a_table(parent)
    for body in root.iter("body"):
        language = root.get("lang", ENGLISH)
        if language == ENGLISH:
            _join_isolated(body)
        _say_languages(body, language)
        _keep_words_whole(body)


def _set_usual_signs(element: Element) -> None:
    element.text = usual_signs(element.text or "")
    element.tail = usual_signs(element.tail or "")
    for name, value in element.attrib.items():
        element.set(name, usual_signs(value))


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _drop_class(element: Element, name: str) -> None:
    if name in _classes(element):
        element.set("class", " ".join(sorted(_classes(element) - {name})))


def _add_class(element: Element, name: str) -> None:
    if not name:
        return
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _say_languages(body: Element, language: str) -> None:
    """Our own words are English; what people wrote is in the language of the document."""
    if language == ENGLISH:
        return
    body.set("lang", ENGLISH)
    for element in body.iter():
        if element.tag == "bdi" or _classes(element) & LINED:
            element.set("lang", language)
        elif "note" in _classes(element):
            element.set("lang", ENGLISH)


# --- rows --------------------------------------------------------------------
def _keep_tables(table: Element) -> None:
    """Small tables on one page; of others no page has a single row, unless it is high."""
    rows = list(table.iter("tr"))
    heights = [max(1, lines(row)) for row in rows]
    for row, height in zip(rows, heights, strict=True):
        if height > TOGETHER:
            _add_class(row, "long")
    if sum(heights) > TABLE_LINES:
        _drop_class(table, "together")
    elif sum(heights) <= SMALL:
        _add_class(table, "together")
    _keep_company(table)


def _keep_company(table: Element) -> None:
    """The first row with the second, and the last with the one before."""
    rows = table.findall("tbody/tr")
    if len(rows) < 2:
        return
    if sum(map(lines, rows[:2])) <= COMPANY:
        _add_class(rows[0], "with-next")
    if sum(map(lines, rows[-2:])) <= COMPANY:
        _add_class(rows[-1], "with-last")


def _let_long_lists_break(levels: Element) -> None:
    """A list of levels that is high does not move to the next page as a whole."""
    if "anchors" not in _classes(levels):
        return
    texts = ("".join(row.itertext()) for row in levels)
    if sum(1 + width(text) // PAGE_COLUMNS for text in texts) > LEVELS:
        _add_class(levels, "long")


def _keep_words_before_a_table(parent: Element) -> None:
    """No table begins a page while what leads to it ends the one before."""
    children = list(parent)
    for before, table in pairwise(children):
        if table.tag == "table" and before.tag == "p":
            _add_class(before, "keep")


def lines(row: Element) -> float:
    """How many lines the row's highest cell takes, at a guess that is rather too high."""
    return max((_lines(cell, lined=False) for cell in row), default=0)


def _lines(element: Element, *, lined: bool) -> float:
    lined = lined or bool(_classes(element) & LINED)
    found = _lines_of_text(element.text or "", lined=lined)
    if element.tag in OWN_LINE:
        found += 1
    for child in element:
        found += _lines(child, lined=lined)
        found += _lines_of_text(child.tail or "", lined=lined)
    return found


def _lines_of_text(text: str, *, lined: bool) -> float:
    ends = text.count("\n") if lined else 0
    shown = text if lined else " ".join(text.split())
    columns = len(shown) if shown.isascii() else width(shown)
    return ends + columns / COLUMNS


def width(text: str) -> float:
    """Columns that the text takes: one for a small letter."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 2
    if unicodedata.combining(sign):
        return 0
    if sign in "mwMW@":
        return 1.5
    return 1.25 if sign.isupper() else 1


# --- boxes -------------------------------------------------------------------
def _join_isolated(body: Element) -> None:
    """Make a `bdi` one text with the words around it, where nothing runs from right to left.

    The engine lays out each on its own, which takes a tenth of a render. One in another
    font stays, since its lines are higher.
    """
    for parent in list(body.iter()):
        if parent.tag == "th" or _classes(parent) & HYPHENATED:
            continue
        isolated = [child for child in parent if _only_isolates(child)]
        if isolated and not turns("".join(parent.itertext())):
            _join(parent, isolated)


def _only_isolates(element: Element) -> bool:
    if element.tag != "bdi" or element.attrib or len(element):
        return False
    return OWN_SIGNS.fullmatch(element.text or "") is not None


def turns(text: str) -> bool:
    """Whether any of it runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in text)


def _join(parent: Element, isolated: list[Element]) -> None:
    """Put the words of these children into the parent's own."""
    before: Element | None = None
    for child in list(parent):
        if child not in isolated:
            before = child
            continue
        words = (child.text or "") + (child.tail or "")
        if before is None:
            parent.text = (parent.text or "") + words
        else:
            before.tail = (before.tail or "") + words
        parent.remove(child)


# --- words -------------------------------------------------------------------
def _keep_words_whole(element: Element) -> None:
    """Words with a hyphen, and in narrow places any long word of a name."""
    classes = _classes(element)
    if classes & OF_NAMES:
        _fit(element, NAME)
    elif "title" in classes:
        _fit(element, TITLE)
    element.text = _joined(element.text or "")
    for child in element:
        if child.tag != SVG:
            _keep_words_whole(child)
        child.tail = _joined(child.tail or "")


def _joined(text: str) -> str:
    return JOINT.sub(rf"\1{JOINER}", text)


def _fit(element: Element, sizes: tuple[tuple[int, str], ...]) -> None:
    """Set the text so small that its widest word fits, where there is such a size."""
    words = "".join(element.itertext()).split()
    widest = max(map(width, words), default=0)
    for most, name in sizes:
        if widest <= most:
            _add_class(element, name)
            return
