"""Whatever the database holds, a section is shown with structural tags alone."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from rubrics.templatetags.blueprint_html import cleaned


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a <em>b</em></p>", "<p>a <em>b</em></p>"),
        ("<h3>a</h3><ul><li>b</li></ul>", "<h3>a</h3><ul><li>b</li></ul>"),
        ("<script>alert(1)</script>a", "a"),
        ("<p onclick='x()' style='y' class='z'>a</p>", "<p>a</p>"),
        ("<td colspan=2>a</td>", "a"),
        ("<a href='javascript:x'>a</a>", "a"),
        ("<img src=x onerror=y>", ""),
        ("<iframe srcdoc='<p>x</p>'></iframe>", ""),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<p>never closed", "<p>never closed</p>"),
        ("", ""),
    ],
)
def test_only_structural_tags_without_attributes_are_shown(html, shown):
    assert cleaned(html) == shown


def test_a_page_s_own_top_headings_are_not_taken_from_a_document():
    assert cleaned("<h1>a</h1><h2>b</h2>") == "ab"


def test_what_was_cleaned_is_not_escaped_again():
    template = Template("{% load blueprint_html %}{{ html|cleaned }}")

    assert template.render(Context({"html": "<p>a<script>b</script></p>"})) == "<p>a</p>"
    assert isinstance(cleaned("a"), SafeString)
