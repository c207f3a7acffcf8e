"""A text in which the words that two versions do not share are marked, for eye and ear."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rubrics.differences import Words

register = template.Library()
TAGS = {"added": "ins", "removed": "del"}


@register.simple_tag
def marked_words(words: Iterable[Words], language: str) -> SafeString:
    """The runs one after another; `language` is the BCP 47 code of the text."""
    runs = format_html_join("", "{}", ((_run(run),) for run in words))
    return format_html('<span class="eh-prewrap" lang="{}">{}</span>', language, runs)


def _run(run: Words) -> SafeString | str:
    tag = TAGS.get(run.mark)
    if tag is None:
        return run.text
    said = format_html('<span class="eh-visually-hidden" lang="en">{}: </span>', run.mark)
    return format_html("<{}>{}{}</{}>", tag, said, run.text, tag)
