"""From a file's bytes to a page of markup: which kind it is, and who reads that kind."""

import json
from dataclasses import replace
from pathlib import PurePath

from rubrics.blueprints.reading import PlanWarning
from rubrics.blueprints.rubric_json import FORMAT
from rubrics.readers import html, wordpress
from rubrics.readers.child_process import ROW_READERS, read_apart, rows_apart
from rubrics.readers.encodings import Decoded, decode
from rubrics.readers.kinds import Kind, kind_of_bytes, kind_of_text, names_a_text
from rubrics.readers.page import Page, Rows, UnusableBlueprint

SIZE_LIMIT = 8 * 1024 * 1024
MOST_TAGS = 500_000  # fifty times those of a long blueprint
LONGEST_TEXT = 6_000_000  # characters: thirty times a long blueprint
PASTED = "pasted"  # the name of what comes without a file


def read(data: bytes, *, filename: str) -> Page:
    """The page of a file or of what was pasted, by its content first and then by its name.

    Raises UnusableBlueprint, in one line, for what is empty, above 8 MB, damaged, or of a kind that is not read.
    """
    _refuse_size(data)
    kind = kind_of_bytes(data)
    if kind is not None:
        return replace(read_apart(kind, data), name=_name(filename))
    page = _of_text(decode(data, may_guess=names_a_text(filename)), filename)
    if page.markup.count("<") > MOST_TAGS:
        raise UnusableBlueprint(f"the page has more than {MOST_TAGS:,} elements: keep the rubric's part of it alone")
    return page


def read_rows(data: bytes, *, filename: str) -> Rows:
    """The rows of a list of people: a workbook, or a text by its separator.

    Raises UnusableBlueprint, in one line, for what is empty, above 8 MB, damaged, too long, or of another kind.
    """
    _refuse_size(data)
    kind = kind_of_bytes(data)
    notes: list[str] = []
    if kind is None:
        decoded = decode(data, may_guess=True)
        kind, data = _kind_of_rows(decoded.text, filename), decoded.text.encode(errors="replace")
        if decoded.guessed:
            notes.append(_guessed(decoded.guessed).message)
    if kind not in ROW_READERS:
        message = f"this is a file of the kind {kind}, which has no rows: save the list as Excel or CSV, or paste it"
        raise UnusableBlueprint(message)
    rows, said = rows_apart(kind, data)
    numbered = [(number, tuple(texts)) for number, texts in rows]
    return Rows(tuple(numbered), tuple(notes + said))


def _kind_of_rows(text: str, filename: str) -> Kind:
    """Of a text that is no JSON and no markup, a table, whatever else it looks like."""
    kind = kind_of_text(text, filename)
    return kind if kind in {Kind.JSON, Kind.HTML} else Kind.SEPARATED


def _refuse_size(data: bytes) -> None:
    if not data.strip():
        raise UnusableBlueprint("the file is empty")
    if len(data) > SIZE_LIMIT:
        raise UnusableBlueprint(f"the file has {len(data):,} bytes; the limit is {SIZE_LIMIT:,}")


def _of_text(decoded: Decoded, filename: str) -> Page:
    kind = kind_of_text(decoded.text, filename)
    page = _by_kind(kind, decoded.text)
    if kind in {Kind.MARKDOWN, Kind.SEPARATED, Kind.TEXT}:
        page = replace(page, name=_name(filename))
    if not decoded.guessed:
        return page
    return replace(page, warnings=(_guessed(decoded.guessed), *page.warnings))


def _guessed(encoding: str) -> PlanWarning:
    message = f"The file does not say how its letters are written. It was read as {encoding}: check accented letters."
    return PlanWarning("encoding_guessed", message)


def _by_kind(kind: Kind, text: str) -> Page:
    if kind is Kind.JSON:
        return _of_json(text)
    if kind is Kind.HTML:
        return html.read(text)
    if kind in {Kind.MARKDOWN, Kind.TEXT} and len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters; the limit is {LONGEST_TEXT:,}: keep the rubric's part alone"
        raise UnusableBlueprint(message)
    return read_apart(kind, text.encode(errors="replace"))


def _of_json(text: str) -> Page:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableBlueprint("the file looks like JSON but cannot be parsed") from error
    named = content.get("format") if isinstance(content, dict) else None
    if named == FORMAT:
        return Page("", rubric=text)
    if isinstance(named, str) and named.startswith("evenhand-"):
        raise UnusableBlueprint(f"the JSON is in format {named[:40]!r}, which is no rubric; {FORMAT} is read")
    return wordpress.read(content)


def _name(filename: str) -> str:
    """What to call a document that nothing names: its file's name without the ending, as words."""
    stem = PurePath(filename.replace("\\", "/")).stem
    if stem == PASTED:
        return ""
    words = stem.replace("_", " ").replace("-", " ").split()
    return " ".join(words)[:1].upper() + " ".join(words)[1:]
