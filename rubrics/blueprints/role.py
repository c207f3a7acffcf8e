"""The role itself: whether a document is about one, its name and its summary."""

import re
from collections.abc import Collection, Iterator

from rubrics.blueprints import by_language, words
from rubrics.blueprints.documents import Document
from rubrics.blueprints.lines import Row
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import UNTITLED as UNTITLED_SECTION
from rubrics.blueprints.sections import Section
from rubrics.blueprints.subjects import section_on

TITLE = re.compile(r"\s*[:–—|-]?\s*\bRole Blueprint\b", re.IGNORECASE)
ALWAYS = frozenset({"role title"})
IN_THE_FINAL_TABLE = ALWAYS | {"job title", "title", "role"}


def is_about_a_role(document: Document) -> bool:
    """Whether any section looks like one of a role blueprint."""
    return any(words.ROLE_SECTIONS.search(section.title) for section in document.sections)


def role_name(document: Document, *, but: Collection[str] = ()) -> Read[str]:
    """The summary table's “Role title” row where there is one, else the post's title up to “: Role Blueprint”.

    A title that names a form and no role gives way to a line or row such as “Position: ...”. A document without a title
    is named by its first section, but not by a numbered or a known one or by one that heads a dimension (`but`), or by a
    row that spans its first table: else the name is “Untitled role”, with a warning.
    """
    stated = next(_stated_names(document.sections), "")
    if stated:
        return Read(stated)
    stem = TITLE.split(document.title, maxsplit=1)[0].strip()
    name = stem or document.title or _subject(document) or _first_own_title(document.sections, but)
    if is_mere_form(name):
        name = next(_positions(document.sections), name or _title_row(document.sections))
    if name:
        return Read(name)
    message = "The document does not say which role it is about. Give the rubric its name."
    return Read(UNTITLED, (PlanWarning("role_name_missing", message),))


UNTITLED = "Untitled role"
KNOWN = (
    words.SUMMARY_SECTION,
    words.HIRING_SECTION,
    words.FINAL_SECTION,
    words.TECHNICAL_SECTION,
    words.SOFT_SECTION,
    words.ROLE_ITSELF,
)


def is_mere_form(title: str) -> bool:
    """Whether a title says scorecard, interview guide or the like and nothing more; so does an empty one."""
    named = re.findall(r"[^\W\d_]+", title.casefold())
    return all(word in FORM_WORDS for word in named)


FORM_WORDS = frozenset(by_language.FORM_WORDS.split())


def _positions(sections: tuple[Section, ...]) -> Iterator[str]:
    """What headings, lines and rows say that the position is, from the beginning."""
    for section in sections:
        yield from _position_in(section.title)
        for block in section.blocks:
            yield from _position_in(block.text)
            for line in block.lines:
                yield from _position_in(line.text)
            for row in block.rows:
                if len(row) > 1:
                    yield from _position_in(f"{row[0].text.rstrip(' :')}: {row[1].text}")


def _position_in(text: str) -> Iterator[str]:
    found = POSITION.match(text)
    if found is not None and not BLANK.search(found["name"]):
        yield found["name"].strip()


POSITION = re.compile(
    rf"^\W*(?:{by_language.POSITIONS})\s*[:：]\s*(?P<name>[^\W\d_][^:]{{1,70}}[^:.!?;,])$", re.IGNORECASE
)
BLANK = re.compile(r"[_…<>\[\]{}]|\.{3}")  # room to fill in


def _title_row(sections: tuple[Section, ...]) -> str:
    """The row that spans the table with which the document begins; empty where there is none."""
    first = next((block for section in sections for block in section.blocks), None)
    if first is None or not first.rows or first.rows[0][0].span < 2:
        return ""
    written = [cell.text for cell in first.rows[0] if cell.text]
    return written[0] if len(written) == 1 else ""


def _subject(document: Document) -> str:
    """What a memo without a title says that it is about; empty for any other document."""
    lines = (line.text for block in document.blocks[:MOST_LINES_OF_A_HEAD] for line in block.lines)
    found = next(filter(None, map(SUBJECT.match, lines)), None)
    return found["subject"].strip() if found else ""


MOST_LINES_OF_A_HEAD = 8
SUBJECT = re.compile(r"^\W*(?:subject|re|betreff|betr\.|objet|asunto)\s*:\s*(?P<subject>\S.{2,110})$", re.IGNORECASE)


def _first_own_title(sections: tuple[Section, ...], but: Collection[str]) -> str:
    """The first section's title, unless it has a number or names a part of every blueprint or one of those."""
    first = sections[0]
    if first.number is not None or first.title == UNTITLED_SECTION or first.title in but:
        return ""
    is_known = any(pattern.search(first.title) for pattern in KNOWN)
    return "" if is_known else first.title


def _stated_names(sections: tuple[Section, ...]) -> Iterator[str]:
    """Names in rows that say “Role title”, those of the final summary first, then from the end."""
    backwards = list(reversed(sections))
    final = [row for row in backwards if words.FINAL_SECTION.search(row.title)]
    others = [row for row in backwards if not words.FINAL_SECTION.search(row.title)]
    for section in final:
        yield from _names_in(section, IN_THE_FINAL_TABLE)
    for section in others:
        yield from _names_in(section, ALWAYS)


def _names_in(section: Section, labels: frozenset[str]) -> Iterator[str]:
    for row in _rows(section):
        label = row[0].text.strip(" :").casefold()
        if label in labels and row[1].text:
            yield row[1].text


def _rows(section: Section) -> Iterator[Row]:
    """The rows of all its tables that have two cells or more."""
    for block in section.blocks:
        yield from (row for row in block.rows if len(row) > 1)


def role_summary(document: Document) -> Read[str]:
    """The first paragraph of the role's summary.

    It is empty, with a warning, where there is none.
    """
    text = _first_paragraph(section_on(document.sections, words.SUMMARY_SECTION, but=words.FINAL_SECTION))
    return Read(text).or_warning("role_summary_missing", "No role summary was found.")


def _first_paragraph(section: Section | None) -> str:
    for block in section.blocks if section else ():
        if block.kind == "text":
            return " ".join(line.text for line in block.lines)
    return ""
