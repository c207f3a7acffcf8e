"""Makes any markup flat and safe to parse, in one linear pass: no parser limit can lose what follows."""

import re
from dataclasses import dataclass, field

from rubrics.blueprints import words
from rubrics.blueprints.styles import NOTE_LINK, Sheet, is_footnote_mark, raised

TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)|[!?/])")
TAG_END = re.compile(r">|=\s*[\"']")
SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
NEXT_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
CELL_EDGE = re.compile(r"</h[1-6]\s*>\s*</?(?:td|th|tr|tbody|table)\b", re.IGNORECASE)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NESTING = frozenset({"ul", "ol", "table", "dl", "blockquote"})
ROWS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td", "caption"})
ITALIC = frozenset({"em", "i"})
BOLD = frozenset({"strong", "b"})
RUNS = BOLD | {"span", "font"}  # what may be bold or struck out by its style
STRUCK = frozenset({"del", "s", "strike"})
RAISED = frozenset({"sup", "sub"})
PLAIN = frozenset({"p", "br", "hr", "li", "dt", "dd", "pre", "code", "summary"})
WRAPPERS = frozenset({
    "div", "section", "article", "main", "header", "footer", "nav", "aside", "figure", "figcaption",
    "center", "form", "fieldset", "address", "details", "body", "html",
})  # fmt: skip
SILENT = frozenset({
    "script", "style", "template", "noscript", "noembed", "noframes", "iframe", "object", "svg", "math",
    "textarea", "xmp", "select", "button", "audio", "video", "canvas", "applet", "title",
})  # fmt: skip
READINGS = frozenset({"rt", "rp"})  # what stands above signs and says how they are read
READING_ENDS = re.compile(r"<(/?(?:rt|rp)|rb|rtc|/?ruby|/?(?:p|li|t[dhr]|div|h[1-6]))\b", re.IGNORECASE)
NESTING_LIMIT = 24
INLINE_LIMIT = 3
LOOKAHEAD = 2000
LONGEST_NOTE = 400  # characters of a raised text, with its tags


class _Source:
    """The markup, with searches that never scan the same hopeless stretch twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower() if len(text.lower()) == len(text) else text
        self.absent: set[str] = set()
        self.unbalanced: set[str] = set()

    def find(self, needle: str, start: int) -> int:
        """The position of the needle (in lower case) from `start` on.

        It is -1 where the needle is not there.
        """
        if needle in self.absent:
            return -1
        at = self.lower.find(needle, start)
        if at < 0:
            self.absent.add(needle)
        return at

    def tag_end(self, start: int) -> int:
        """The position after the tag's `>`.

        One inside a quoted attribute value does not count.
        """
        at = start
        while found := TAG_END.search(self.text, at):
            if found.group() == ">":
                return found.end()
            closing = self.find(found.group()[-1], found.end())
            at = closing + 1 if closing >= 0 else found.end()
        return len(self.text)

    def after_silent(self, name: str, start: int) -> int:
        """Where reading resumes after an element whose text must not appear.

        Where it is never closed, that is at the next heading.
        """
        pattern = re.compile(rf"<(/?){re.escape(name)}\b", re.IGNORECASE)
        depth = 1
        for found in () if name in self.unbalanced else pattern.finditer(self.text, start):
            depth += -1 if found.group(1) else 1
            if depth == 0:
                return self.tag_end(found.end())
        self.unbalanced.add(name)
        heading = NEXT_HEADING.search(self.text, start)
        return heading.start() if heading else len(self.text)

    def after_struck(self, name: str, start: int) -> int:
        """Where reading resumes after struck out text; at its beginning where it is never closed."""
        if name in self.unbalanced:
            return start
        end = self.after_silent(name, start)
        return start if name in self.unbalanced else end

    def after_reading(self, start: int) -> int:
        """Where reading resumes after how signs are read, whose end tag may be left out; at its beginning
        where it is too long for that."""
        found = READING_ENDS.search(self.text, start, start + LONGEST_NOTE)
        if found is None:
            return start
        closes = found.group(1).lower() in {"/rt", "/rp"}
        return self.tag_end(found.end()) if closes else found.start()

    def inside(self, name: str, start: int) -> tuple[str, int] | None:
        """The markup inside a short element, and where reading resumes behind it; None for a longer one."""
        end = self.lower.find(f"</{name}", start, start + LONGEST_NOTE)
        return None if end < 0 else (self.text[start:end], self.tag_end(end))


@dataclass(frozen=True)
class Flat:
    """`markup` with structural tags only, and the page's `title` as written (empty where it has none).

    `too_deep` says that lists or tables lost some of their nesting.
    """

    markup: str
    title: str
    too_deep: bool


def flatten(markup: str) -> Flat:
    """The markup with structural tags only, nested at most 24 deep.

    Every heading stands outside all lists and tables, unless it is all that its table cell holds; the text of
    scripts, styles, drawings, frames and comments is gone, and so are struck out text, footnotes' marks and what says
    how signs are read; what a style makes bold is bold; the only attributes are colspan and rowspan. Linear in the size
    of the markup.
    """
    source, out = _Source(markup), _Output()
    at = 0
    while found := TAG.search(markup, at):
        out.text(markup[at : found.start()])
        at = _tag(source, out, found)
    out.text(markup[at:])
    flat = "".join(out.parts)
    return Flat(flat, out.title or _title_before(flat), out.too_deep)


def _tag(source: _Source, out: "_Output", found: re.Match[str]) -> int:
    """Writes what becomes of a tag, and says where reading resumes."""
    if found.group() == "<!--":
        return _after_comment(source, found.end())
    name, closing = (found.group(2) or "").lower(), bool(found.group(1))
    end = source.tag_end(found.end())
    attributes = source.text[found.end() : end]
    if not closing and name in SKIPPED:
        return _skipped(source, out, name, attributes, end)
    ahead = source.text[end : end + LOOKAHEAD] if name in HEADINGS else ""
    out.tag(name, closing, attributes, ahead)
    return end


def _skipped(source: _Source, out: "_Output", name: str, attributes: str, end: int) -> int:
    """Where reading resumes after an element that is read otherwise, or not at all."""
    if name in SILENT:
        at = source.after_silent(name, end)
        inside = source.text[end:at]
        if name == "style":
            out.sheet.read(inside)
        elif name == "title" and not out.title:
            out.title = inside.partition("<")[0]
        return at
    if name in STRUCK:
        return source.after_struck(name, end)
    if name in READINGS:
        return source.after_reading(end)
    inner = source.inside(name, end)
    if inner is None or (name == "a" and not NOTE_LINK.search(attributes)):
        return end
    text, at = inner
    if is_footnote_mark(attributes, text):
        return at
    out.text(raised(text, lowered=name == "sub"))
    return at


SKIPPED = SILENT | STRUCK | READINGS | RAISED | {"a"}
FIRST_HEADING = re.compile(r"<h[1-6]>([^<]{1,300})")
MARKUP = re.compile(r"<[^<>]*>")
LONGEST_TITLE = 120
TITLE_SEARCHED = 4000
A_SECTION = words.words(r"^\W*(section\s+)?\d{1,2}\s*[).:–—-]", words.SUMMARY_SECTION.pattern)


def _title_before(flat: str) -> str:
    """The last short text before the first heading, where that heads a section and not the page; else empty."""
    heading = FIRST_HEADING.search(flat)
    if heading is None or not A_SECTION.search(heading.group(1)):
        return ""
    before = flat[max(0, heading.start() - TITLE_SEARCHED) : heading.start()]
    texts = [text.strip() for text in BLOCK_EDGE.split(before)]
    plain = [MARKUP.sub("", text).strip() for text in texts]
    titles = [text for text in plain if 0 < len(text) <= LONGEST_TITLE]
    return titles[-1] if titles else ""


BLOCK_EDGE = re.compile(r"</?(?:p|hr|br|li|ul|ol|td|th|tr|table|pre|blockquote|dl|dt|dd)\b[^<>]*>")


def _after_comment(source: _Source, start: int) -> int:
    if source.text.startswith(">", start):
        return start + 1
    end = source.find("-->", start)
    return end + 3 if end >= 0 else len(source.text)


@dataclass
class _Output:
    """The markup that is written, and what is open in it: lists and tables, the current heading, bold text.

    `dropped` counts the lists and tables that were nested too deeply to be opened.
    """

    parts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    inline: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    heading: str = ""
    heading_has_text: bool = False
    lone_item: bool = False
    title: str = ""
    too_deep: bool = False
    sheet: Sheet = field(default_factory=Sheet)
    runs: dict[str, list[tuple[bool, bool]]] = field(default_factory=dict)  # by tag: bold, struck out
    struck: int = 0
    bold_paragraph: bool = False

    def text(self, text: str) -> None:
        """Writes what stands between two tags, unless it is struck out."""
        if text and not self.struck:
            self.parts.append(text)
            self.heading_has_text = self.heading_has_text or bool(text.strip())

    def tag(self, name: str, closing: bool, attributes: str, ahead: str) -> None:
        """Writes what becomes of a tag: itself, another one, a border between texts, or nothing.

        `ahead` is some of what follows a heading's tag; for any other tag it is not looked at.
        """
        if name in HEADINGS:
            self._close_heading() if closing else self._open_heading(name, ahead)
        elif name in RUNS:
            self._close_run(name) if closing else self._open_run(name, attributes)
        elif name in ITALIC:
            self._emphasis("em", closing)
        elif name == "br":
            self.parts.append("<br>")
        elif name in NESTING | ROWS | PLAIN | WRAPPERS:
            if self.heading and not self.heading_has_text:
                return
            if self.heading and name != "code":
                self._close_heading()
            self._block(name, closing, attributes)

    def _open_run(self, name: str, attributes: str) -> None:
        """Text that is bold or struck out by its tag, its style or its class."""
        bold = self.sheet.is_bold(attributes, by_itself=name in BOLD)
        struck = bool(attributes) and self.sheet.is_struck(attributes)
        self.runs.setdefault(name, []).append((bold, struck))
        self.struck += struck
        if bold:
            self._emphasis("strong", False)

    def _close_run(self, name: str) -> None:
        runs = self.runs.get(name)
        if not runs:
            return
        bold, struck = runs.pop()
        self.struck = max(0, self.struck - struck)
        if bold:
            self._emphasis("strong", True)

    def _end_paragraph(self) -> None:
        """Bold of a paragraph's own ends with it, and nothing stays struck out beyond it."""
        self.struck = 0
        if self.bold_paragraph:
            self._emphasis("strong", True)
        self.bold_paragraph = False

    def _block(self, name: str, closing: bool, attributes: str) -> None:
        self._end_paragraph()
        self._write_block(name, closing, attributes)
        if not closing and self._is_bold_paragraph(name, attributes):
            self.bold_paragraph = True
            self._emphasis("strong", False)

    def _is_bold_paragraph(self, name: str, attributes: str) -> bool:
        """Whether an element is a paragraph that its style makes bold, or heads what can be opened below it."""
        if name == "summary":
            return True
        return name == "p" and bool(attributes) and self.sheet.is_bold(attributes)

    def _write_block(self, name: str, closing: bool, attributes: str) -> None:
        if name in NESTING:
            self._close_nested(name) if closing else self._open_nested(name)
        elif name in WRAPPERS or (name in ROWS and "table" not in self.open):
            self._break()
        elif name == "li":
            self._item(closing)
        elif name == "summary":
            self.parts.append("</p>" if closing else "<p>")
        else:
            opens_a_cell = name in {"td", "th"} and not closing
            spans = _spans(attributes) if opens_a_cell else ""
            self.parts.append(f"<{'/' * closing}{name}{spans}>")

    def _break(self) -> None:
        """A border between two texts where a wrapper began or ended."""
        if not self.parts or self.parts[-1] not in {"<hr>", "<br>"}:
            self.parts.append("<br>" if self.open else "<hr>")

    def _open_heading(self, name: str, ahead: str) -> None:
        if self.heading:
            self._close_heading()
        edge = CELL_EDGE.search(ahead)
        if "table" in self.open and name > "h2" and edge and "<h" not in ahead[: edge.start()].lower():
            self.parts.append("<br>")
            return
        self._close_emphasis()
        self.parts.extend(f"</{tag}>" for tag in reversed(self.open))
        self.open.clear()
        self.dropped.clear()
        self.lone_item = False
        self.parts.append(f"<{name}>")
        self.heading, self.heading_has_text = name, False

    def _close_heading(self) -> None:
        if self.heading:
            self._close_emphasis()
            self.parts.append(f"</{self.heading}>")
        self.heading = ""

    def _close_emphasis(self) -> None:
        for name, count in self.inline.items():
            self.parts.extend([f"</{name}>"] * count)
        self.inline.clear()

    def _emphasis(self, name: str, closing: bool) -> None:
        count = self.inline.get(name, 0)
        if closing and count:
            self.parts.append(f"</{name}>")
            self.inline[name] = count - 1
        elif not closing and count < INLINE_LIMIT:
            self.parts.append(f"<{name}>")
            self.inline[name] = count + 1

    def _open_nested(self, name: str) -> None:
        if len(self.open) >= NESTING_LIMIT:
            self.dropped[name] = self.dropped.get(name, 0) + 1
            self.too_deep = True
            self.parts.append("<br>")
            return
        self.open.append(name)
        self.parts.append(f"<{name}>")

    def _close_nested(self, name: str) -> None:
        """Closes the innermost of that name inside the current table.

        A stray end tag is ignored.
        """
        if self.dropped.get(name, 0):
            self.dropped[name] -= 1
            return
        scope = self.open
        if name != "table" and "table" in scope:
            scope = scope[len(scope) - scope[::-1].index("table") :]
        if name in scope:
            closed = ""
            while closed != name:
                closed = self.open.pop()
                self.parts.append(f"</{closed}>")

    def _item(self, closing: bool) -> None:
        """A list item.

        One without a list (its list ended at a heading inside it) gets a list of its own.
        """
        inside = "ul" in self.open or "ol" in self.open
        if not closing and not inside and len(self.open) < NESTING_LIMIT:
            self.open.append("ul")
            self.lone_item = True
            self.parts.append("<ul><li>")
        elif closing and self.lone_item and self.open[-1:] == ["ul"]:
            self.open.pop()
            self.lone_item = False
            self.parts.append("</li></ul>")
        elif inside:
            self.parts.append("</li>" if closing else "<li>")


def _spans(attributes: str) -> str:
    """The rows and columns that a cell takes, as attributes; nothing else that it states."""
    spans = SPAN.findall(attributes)
    return "".join(f' {name.lower()}="{number}"' for name, number in spans)
