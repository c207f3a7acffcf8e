"""Text nodes, lists and tables as lines: dashes, indents and bold beginnings are read before white space is folded."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from rubrics.blueprints import words

BREAK = "\u2028"  # a line break that the markup states; a plain one may be mere wrapping


@dataclass(frozen=True)
class Line:
    """One line of text with the list depth that its markup and dashes give (0: no list item)."""

    text: str
    depth: int = 0
    bold: str = ""


@dataclass(frozen=True)
class Cell:
    text: str
    header: bool
    span: int = 1
    lines: tuple[Line, ...] = ()


INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    r"|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"  # joiners matter between other scripts and emoji
)
BOLD, UNBOLD = "\x01", "\x02"  # where bold text begins and ends, inside raw text only
MARKS = re.compile(f"[{BOLD}{UNBOLD}]")
BULLET = r"(?:[-–—•*‣◦▪·●○■►▸➤→✓✔✅❌✗🚩]\ufe0f?|&#8211;)"
DASH = re.compile(rf"^(\s*){BULLET}\s+(?=\S)")
BULLETS = re.compile(rf"^(?:[\s{BOLD}{UNBOLD}]*{BULLET}[{BOLD}{UNBOLD}]*\s+)+")
ORDINAL = re.compile(r"^\s*\(?\d{1,2}[.)]\s+(?=\S)")


def plain(text: str) -> str:
    """Without control, override and other invisible characters, white space folded."""
    hidden = not (text.isascii() and text.isprintable())
    return " ".join((INVISIBLE.sub("", text) if hidden else text).split())


def unnumbered(name: str) -> str:
    """A name without the number of its place in a list."""
    return ORDINAL.sub("", name)


def parted(text: str) -> tuple[str, str]:
    """A name and what follows it: cut at the first colon or lone dash outside brackets."""
    found = PARTED.match(unnumbered(text))
    return (found.group(1).strip(" :"), found.group(2).strip()) if found else (unnumbered(text).strip(" :"), "")


PARTED = re.compile(r"^((?:[^():]|\([^()]*\)|:(?=\S)|[()](?=[^()]*$))*?)(?:\s*:\s|\s*：\s*|\s[–—-]\s)(.*)$")


def raw_text(node: LexborNode, skip: frozenset[str] = frozenset()) -> str:
    """The node's text with `<br>` as a line break, bold text marked, list items dashed, white space as written."""
    parts: list[str] = []
    stack: list[LexborNode | str] = list(reversed(list(node.iter(include_text=True))))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "-text":
            parts.append(MARKS.sub("", child.text(deep=False) or ""))
        elif child.tag == "br":
            parts.append(BREAK)
        elif child.tag not in skip:
            before, after = AROUND.get(child.tag or "", ("", ""))
            parts.append(before)
            stack.append(after)
            stack.extend(reversed(list(child.iter(include_text=True))))
    return "".join(parts)


AROUND = {
    **dict.fromkeys(("p", "div", "tr"), (BREAK, BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, UNBOLD)),
    **dict.fromkeys(("li", "dd"), (BREAK + "• ", BREAK)),
    "dt": (BREAK + BOLD, UNBOLD + BREAK),
    "td": ("", " "),
    "th": ("", " "),
}


def lines_of_text(raw: str) -> list[Line]:
    """Lines of a paragraph: dash lines become list lines by indent; mere wrapping folds into the line before."""
    if raw.isascii() and raw.isprintable() and not DASH.match(raw):  # most texts: one line without marks or breaks
        text = " ".join(raw.split())
        return [Line(text)] if text else []
    raw = LONE_BULLET.sub("• ", _shown(raw.replace("\r\n", "\n").replace("\t", "    ")))
    lines: list[tuple[int, list[str]]] = []
    indents: list[int] = []
    for stated in raw.split(BREAK):
        anew = True
        for written in stated.split("\n"):
            if not MARKS.sub("", written).strip():
                if lines and written:
                    lines[-1][1].append(written)
                continue
            dash = DASH.match(MARKS.sub("", written[:80]))
            if dash:
                lines.append((_depth(len(dash.group(1)), indents), [_undashed(written)]))
            elif anew or not lines or _starts_anew(lines[-1][1][-1], written):
                lines.append((0, [written]))
            else:
                lines[-1][1].append(written)
            anew = False
    found = (_line(depth, " ".join(parts)) for depth, parts in lines)
    return [line for line in found if line.text]


LONE_BULLET = re.compile(r"•\s+")  # an item's text may begin on a line, or in a paragraph, of its own


def _shown(raw: str) -> str:
    return INVISIBLE.sub(lambda found: found.group() if found.group() in (BOLD, UNBOLD) else "", raw)


def _undashed(written: str) -> str:
    """The line without its bullet marks; a mark inside bold text is cut out of it."""
    marks = BULLETS.match(written)
    rest = written[marks.end() :] if marks else written
    return BOLD + rest if marks and marks.group().count(BOLD) > marks.group().count(UNBOLD) else rest


def _line(depth: int, marked: str) -> Line:
    """A line with the bold text that it begins with (runs with nothing but white space between them are one)."""
    text = plain(MARKS.sub("", marked))
    leading = LEADING_BOLD.match(marked)
    bold = plain(MARKS.sub("", leading.group())) if leading else ""
    return Line(text, depth, bold)


LEADING_BOLD = re.compile(f"(?:\\s*{UNBOLD}?\\(?(?:\\d{{1,2}}[.)]\\s*)?{BOLD}[^{UNBOLD}]*(?:{UNBOLD}|$))+")


def _starts_anew(last: str, written: str) -> bool:
    """Whether a line after a mere line feed is one of its own: a label, a number, all bold, or after a colon."""
    text = MARKS.sub("", written).strip()
    whole = written.strip().startswith(BOLD) and BOLD_LABEL.match(written.strip())
    return bool(whole or LABELLED.match(text) or ORDINAL.match(text)) or MARKS.sub("", last).rstrip().endswith(":")


BOLD_LABEL = re.compile(f"^{BOLD}[^{UNBOLD}]*(?:{UNBOLD}\\s*(?:$|[:(\\[–—]|-\\s)|$|:{UNBOLD})")
LABELLED = re.compile(r"^[^\s:][^:]{1,40}:\s")


def _depth(indent: int, indents: list[int]) -> int:
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent > indents[-1]:
        indents.append(indent)
    return len(indents)


def list_lines(node: LexborNode, depth: int, out: list[Line]) -> None:
    if depth > 12:
        out.append(Line(plain(node.text()), depth))
        return
    for item in node.iter():
        if item.tag in {"ul", "ol"}:
            list_lines(item, depth + 1, out)
            continue
        own = lines_of_text(raw_text(item, frozenset({"ul", "ol", "table"})))
        first = own[0].depth if own else 0
        for index, line in enumerate(own):
            beside = 0 if first and line.depth else min(index, 1)
            out.append(Line(line.text, depth + max(line.depth - first, beside), line.bold))
        for nested in item.iter():
            if nested.tag in {"ul", "ol"}:
                list_lines(nested, depth + 1, out)


def rows_of(table: LexborNode) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in _own_rows(table):
        cells = [child for child in row.iter() if child.tag in {"td", "th"}]
        rows.append(_row(cells, pending))
    return [row for row in rows if row]


def _own_rows(table: LexborNode) -> list[LexborNode]:
    """The table's rows, not those of a table inside one of its cells."""
    groups = [child for child in table.iter() if child.tag in {"tr", "thead", "tbody", "tfoot"}]
    rows = [row for group in groups for row in ([group] if group.tag == "tr" else group.iter()) if row.tag == "tr"]
    return rows[:5000]


def _row(cells: list[LexborNode], pending: dict[int, tuple[int, Cell]]) -> tuple[Cell, ...]:
    """One row with row spans of earlier rows filled in; a column span repeats nothing but counts."""
    out: list[Cell] = []
    queue = [(cell, _cell(cell)) for cell in cells[:60]]
    while queue or len(out) in pending:
        column = len(out)
        if column in pending:
            left, cell = pending.pop(column)
            out.append(cell)
            if left > 1:
                pending[column] = (left - 1, cell)
            continue
        node, cell = queue.pop(0)
        if (rows := _number(node, "rowspan")) > 1:
            pending[column] = (rows - 1, cell)
        out.append(cell)
        out.extend(Cell("", cell.header, 0) for _ in range(cell.span - 1))
    return tuple(out)


def _cell(node: LexborNode) -> Cell:
    lines = tuple(lines_of_text(raw_text(node)))
    text = " ".join(line.text for line in lines)
    return Cell("" if BLANK.match(text) else text, node.tag == "th", _number(node, "colspan"), lines)


BLANK = re.compile(r"^[-–—]*$|^n\s*/\s*a\.?$", re.IGNORECASE)


def _number(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), 30) if value.isdigit() and len(value) < 4 else 1


def is_bold_line(line: Line) -> bool:
    return bool(line.bold) and len(line.text) < 120 and line.text.rstrip(": ") == line.bold.rstrip(": ")


def table_lines(rows: tuple[tuple[Cell, ...], ...]) -> list[Line]:
    """One line per row; without a row that heads the columns."""
    body = rows[1:] if rows and _heads_table(rows[0]) else rows
    texts = (" – ".join(cell.text for cell in row if cell.text) for row in body)
    return [Line(text, 1) for text in texts if text]


def _heads_table(row: tuple[Cell, ...]) -> bool:
    return all(cell.header or not cell.text for cell in row) or bool(words.TABLE_HEAD.search(row[0].text))


def opens_bold(line: Line) -> bool:
    return bool(line.bold) and line.text.startswith(line.bold)


def split_name(line: Line) -> tuple[str, str]:
    """A name and what follows it: at the end of the bold text, else at the first colon or dash."""
    if opens_bold(line):
        return unnumbered(line.bold).strip(" :：–—-"), line.text[len(line.bold) :].strip(" :：–—-")
    return parted(line.text)


def outside_brackets(text: str, separators: str) -> list[str]:
    out, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        depth += (sign in "([{（") - (sign in ")]}）" and depth > 0)
        if sign in separators and depth == 0:
            out.append(text[start:index])
            start = index + 1
    return [*out, text[start:]]
