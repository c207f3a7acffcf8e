"""Markup that recurs often in a previewed document: its lines, the cells of its tables, what its parts can be."""

from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.markup import filled, joined
from rubrics.blueprints import tellings
from rubrics.blueprints.tellings import Choices
from rubrics.shown_document import ShownRow

register = template.Library()


@register.simple_tag
def lines(rows: Iterable[ShownRow], language: str) -> SafeString:
    """A paragraph for each line of a text or a list; `language` is the document's."""
    shown = []
    for row in rows:
        used = " eh-used" if row.used else ""
        shown.append(filled(LINE, row.depth, used, row.anchor, language, row.text))
    return joined(shown)


LINE = '<p class="eh-line eh-depth-{}{}" id="{}"><bdi lang="{}">{}</bdi></p>'


@register.simple_tag
def row_cells(row: ShownRow) -> SafeString:
    """The cells of a table's row."""
    cells = []
    for cell in row.cells:
        tag = "th" if cell.header else "td"
        cells.append(filled('<{} colspan="{}">{}</{}>', tag, cell.span, cell.text, tag))
    return joined(cells)


@register.simple_tag
@cache
def heading_answers(telling: str) -> SafeString:
    """What a heading can be told to be, in groups; `telling` is chosen."""
    groups = [(title, _options(choices, telling)) for title, choices in tellings.HEADINGS]
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)


@register.simple_tag
@cache
def table_answers(telling: str) -> SafeString:
    """What a table can be told to be; `telling` is chosen."""
    return _options(tellings.TABLES, telling)


@register.simple_tag
@cache
def column_answers(telling: str) -> SafeString:
    """What a column can be told to be; `telling` is chosen."""
    return _options(tellings.COLUMNS, telling)


def _options(choices: Choices, telling: str) -> SafeString:
    options: list[SafeString] = []
    for value, label in choices:
        chosen = " selected" if value == telling else ""
        options.append(filled('<option value="{}"{}>{}</option>', value, chosen, label))
    return joined(options)
