"""A file's bytes to an ImportPlan, by way of what a reader gave: a page of markup, or a rubric's own JSON."""

import hashlib
from dataclasses import dataclass

from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import Document, document_of
from rubrics.blueprints.plan import ImportPlan, plan
from rubrics.blueprints.reading import PlanWarning
from rubrics.readers import choice, rubric_json
from rubrics.readers.page import Page, UnusableBlueprint

NO_TABLE = "no scorecard was found: the table's first row should name the criterion and the levels (1, 3, 5)"


@dataclass(frozen=True)
class OpenedFile:
    """What a file said when it was read once; `sha256` is that of its bytes, in hexadecimal digits."""

    page: Page
    sha256: str
    filename: str

    def as_json(self) -> dict[str, object]:
        """The same as plain values, for the form that sends it back."""
        page = self.page
        return {
            "markup": page.markup,
            "title": page.title,
            "url": page.url,
            "name": page.name,
            "assumed": page.assumed,
            "rubric": page.rubric,
            "warnings": [[warning.code, warning.message] for warning in page.warnings],
            "sha256": self.sha256,
            "filename": self.filename,
        }

    @classmethod
    def from_json(cls, sent: dict[str, object]) -> "OpenedFile":
        """What `as_json` gave."""
        rows = sent["warnings"]
        assert isinstance(rows, list)
        page = Page(
            markup=str(sent["markup"]),
            title=str(sent["title"]),
            url=str(sent["url"]),
            name=str(sent["name"]),
            assumed=bool(sent["assumed"]),
            rubric=str(sent["rubric"]),
            warnings=tuple(PlanWarning(code, message) for code, message in rows),
        )
        return cls(page, str(sent["sha256"]), str(sent["filename"]))


def open_file(data: bytes, *, filename: str) -> OpenedFile:
    """The file, read. Raises UnusableBlueprint for one that cannot be used at all."""
    return OpenedFile(choice.read(data, filename=filename), hashlib.sha256(data).hexdigest(), filename)


def document_in(opened: OpenedFile) -> Document | None:
    """The file's document; None for a rubric's own JSON. Raises UnusableBlueprint where nothing heads a part of it."""
    return None if opened.page.rubric else document_of(opened.page, sha256=opened.sha256)


def planned(
    opened: OpenedFile,
    document: Document | None,
    directions: Directions = UNTOLD,
    *,
    to_be_told: bool = False,
) -> ImportPlan:
    """What an import of the file, whose document this is, would store where it is read as it was told.

    Raises UnusableBlueprint where it is no role blueprint and nothing was told of any part of it, unless it is still
    `to_be_told`.
    """
    if document is None:
        return rubric_json.read(opened.page.rubric, sha256=opened.sha256)
    found = plan(document, directions, to_be_told=to_be_told)
    if document.assumed and found.is_empty and not (directions or to_be_told):
        raise UnusableBlueprint(NO_TABLE)
    return found
