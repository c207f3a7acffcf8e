"""Makes any markup flat and safe to parse, in one linear pass: no parser limit can lose what follows."""

import re
from dataclasses import dataclass, field

MARK = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)|[!?/])")
TAG_END = re.compile(r">|=\s*[\"']")
SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
NEXT_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
CELL_EDGE = re.compile(r"</h[1-6]\s*>\s*</?(?:td|th|tr|tbody|table)\b", re.IGNORECASE)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NESTING = frozenset({"ul", "ol", "table", "dl", "blockquote"})
ROWS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td", "caption"})
INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
PLAIN = frozenset({"p", "br", "hr", "li", "dt", "dd", "pre", "code"})
WRAPPERS = frozenset({
    "div", "section", "article", "main", "header", "footer", "nav", "aside", "figure", "figcaption",
    "center", "form", "fieldset", "address", "details", "summary", "body", "html",
})  # fmt: skip
SILENT = frozenset({
    "script", "style", "template", "noscript", "noembed", "noframes", "iframe", "object", "svg", "math",
    "textarea", "xmp", "select", "button", "audio", "video", "canvas", "applet", "title",
})  # fmt: skip
NESTING_LIMIT = 24
INLINE_LIMIT = 3
LOOKAHEAD = 2000


@dataclass
class _State:
    """What is open in the output: lists and tables, the current heading, and which tags were left out."""

    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    inline: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    heading: str = ""
    heading_has_text: bool = False
    lone_item: bool = False
    title: str = ""
    too_deep: bool = False


class _Source:
    """The markup, with searches that never scan the same hopeless stretch twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower() if len(text.lower()) == len(text) else text
        self.absent: set[str] = set()
        self.unbalanced: set[str] = set()

    def find(self, needle: str, start: int) -> int:
        if needle in self.absent:
            return -1
        at = self.lower.find(needle, start)
        if at < 0:
            self.absent.add(needle)
        return at

    def tag_end(self, start: int) -> int:
        """The position after the tag's `>`; one inside a quoted attribute value does not count."""
        at = start
        while found := TAG_END.search(self.text, at):
            if found.group() == ">":
                return found.end()
            closing = self.find(found.group()[-1], found.end())
            at = closing + 1 if closing >= 0 else found.end()
        return len(self.text)

    def after_silent(self, name: str, start: int) -> int:
        """Where reading resumes after an element whose text must not appear; unclosed: at the next heading."""
        pattern = re.compile(rf"<(/?){re.escape(name)}\b", re.IGNORECASE)
        depth = 1
        for found in () if name in self.unbalanced else pattern.finditer(self.text, start):
            depth += -1 if found.group(1) else 1
            if depth == 0:
                return self.tag_end(found.end())
        self.unbalanced.add(name)
        heading = NEXT_HEADING.search(self.text, start)
        return heading.start() if heading else len(self.text)


def flatten(markup: str) -> tuple[str, bool, str]:
    """The markup with structural tags only, the page's title, and whether lists or tables lost their nesting.

    Every heading stands outside all lists and tables, unless it is all that its table cell holds; the text of
    scripts, styles, drawings, frames and comments is gone; the only attributes are colspan and rowspan.
    Linear in the size of the markup.
    """
    source, state = _Source(markup), _State()
    at = 0
    while found := MARK.search(markup, at):
        _text(state, markup[at : found.start()])
        name = (found.group(2) or "").lower()
        if found.group() == "<!--":
            at = _after_comment(source, found.end())
            continue
        end = source.tag_end(found.end())
        if name in SILENT and not found.group(1):
            at = source.after_silent(name, end)
            if name == "title" and not state.title:
                state.title = markup[end:at].partition("<")[0]
            continue
        ahead = markup[end : end + LOOKAHEAD] if name in HEADINGS else ""
        _tag(state, name, bool(found.group(1)), markup[found.end() : end], ahead)
        at = end
    _text(state, markup[at:])
    return "".join(state.out), state.too_deep, state.title


def _after_comment(source: _Source, start: int) -> int:
    if source.text.startswith(">", start):
        return start + 1
    end = source.find("-->", start)
    return end + 3 if end >= 0 else len(source.text)


def _text(state: _State, text: str) -> None:
    if text:
        state.out.append(text)
        state.heading_has_text = state.heading_has_text or bool(text.strip())


def _tag(state: _State, name: str, closing: bool, attributes: str, ahead: str) -> None:
    if name in HEADINGS:
        _close_heading(state) if closing else _open_heading(state, name, ahead)
    elif name in INLINE:
        _inline(state, INLINE[name], closing)
    elif name == "br":
        state.out.append("<br>")
    elif name in NESTING | ROWS | PLAIN | WRAPPERS:
        if state.heading and not state.heading_has_text:
            return
        if state.heading and name != "code":
            _close_heading(state)
        _block(state, name, closing, attributes)


def _block(state: _State, name: str, closing: bool, attributes: str) -> None:
    if name in NESTING:
        _close_nested(state, name) if closing else _open_nested(state, name)
    elif name in WRAPPERS or (name in ROWS and "table" not in state.open):
        _break(state)
    elif name == "li":
        _item(state, closing)
    else:
        spans = "" if closing else "".join(f' {key.lower()}="{value}"' for key, value in SPAN.findall(attributes))
        state.out.append(f"<{'/' * closing}{name}{spans if name in {'td', 'th'} else ''}>")


def _break(state: _State) -> None:
    """A border between two texts where a wrapper began or ended."""
    if not state.out or state.out[-1] not in {"<hr>", "<br>"}:
        state.out.append("<br>" if state.open else "<hr>")


def _open_heading(state: _State, name: str, ahead: str) -> None:
    if state.heading:
        _close_heading(state)
    edge = CELL_EDGE.search(ahead)
    if "table" in state.open and name > "h2" and edge and "<h" not in ahead[: edge.start()].lower():
        state.out.append("<br>")
        return
    _close_inline(state)
    state.out.extend(f"</{tag}>" for tag in reversed(state.open))
    state.open.clear()
    state.dropped.clear()
    state.lone_item = False
    state.out.append(f"<{name}>")
    state.heading, state.heading_has_text = name, False


def _close_heading(state: _State) -> None:
    if state.heading:
        _close_inline(state)
        state.out.append(f"</{state.heading}>")
    state.heading = ""


def _close_inline(state: _State) -> None:
    for name, count in state.inline.items():
        state.out.extend([f"</{name}>"] * count)
    state.inline.clear()


def _inline(state: _State, name: str, closing: bool) -> None:
    count = state.inline.get(name, 0)
    if closing and count:
        state.out.append(f"</{name}>")
        state.inline[name] = count - 1
    elif not closing and count < INLINE_LIMIT:
        state.out.append(f"<{name}>")
        state.inline[name] = count + 1


def _open_nested(state: _State, name: str) -> None:
    if len(state.open) >= NESTING_LIMIT:
        state.dropped[name] = state.dropped.get(name, 0) + 1
        state.too_deep = True
        state.out.append("<br>")
        return
    state.open.append(name)
    state.out.append(f"<{name}>")


def _close_nested(state: _State, name: str) -> None:
    """Closes the innermost of that name inside the current table; a stray end tag is ignored."""
    if state.dropped.get(name, 0):
        state.dropped[name] -= 1
        return
    scope = state.open
    if name != "table" and "table" in scope:
        scope = scope[len(scope) - scope[::-1].index("table") :]
    if name in scope:
        while True:
            closed = state.open.pop()
            state.out.append(f"</{closed}>")
            if closed == name:
                return


def _item(state: _State, closing: bool) -> None:
    """A list item; one without a list (its list ended at a heading inside it) gets a list of its own."""
    inside = "ul" in state.open or "ol" in state.open
    if not closing and not inside and len(state.open) < NESTING_LIMIT:
        state.open.append("ul")
        state.lone_item = True
        state.out.append("<ul><li>")
    elif closing and state.lone_item and state.open[-1:] == ["ul"]:
        state.open.pop()
        state.lone_item = False
        state.out.append("</li></ul>")
    elif inside:
        state.out.append("</li>" if closing else "<li>")
