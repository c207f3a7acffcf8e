"""The head of a page: one heading, the way up as a landmark, and the rest as the page has it."""

import pytest
from django.conf import settings
from django.template import engines
from django.urls import NoReverseMatch

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# 500.html is shown when anything may be broken, so it asks for nothing.
BY_HAND = {"500.html", "503.html"}


def rendered(text, **context):
    html = engines["django"].from_string(text).render(context)
    return " ".join(html.split())


def test_a_header_leads_up_and_keeps_what_the_page_puts_below():
    html = rendered(
        '{% page_header name up="Openings" to="opening_list" %}<p>{{ lead }}</p>{% endpage_header %}',
        name="R&D lead",
        lead="Since May",
    )

    assert html == (
        '<header class="eh-page-header"> '
        '<nav class="eh-breadcrumbs" aria-label="Breadcrumb"> '
        '<ol> <li><a href="/openings/">Openings</a></li> </ol> </nav> '
        "<h1>R&amp;D lead</h1> <p>Since May</p> </header>"
    )


def test_a_page_of_a_list_stands_below_that_list():
    html = rendered('{% page_header "New round" up="Engineer" to="opening" of=7 %}{% endpage_header %}')

    assert '<li><a href="/openings/">Openings</a></li> <li><a href="/openings/7/">Engineer</a></li>' in html


def test_a_name_in_a_heading_stays_text():
    html = rendered('{% page_header "Erase "|add:name %}{% endpage_header %}', name="<b>Elias</b>")

    assert "<h1>Erase &lt;b&gt;Elias&lt;/b&gt;</h1>" in html


def test_a_page_below_nothing_has_no_landmark():
    html = rendered('{% page_header "Home" up=None to="opening" of=None.pk %}{% endpage_header %}')

    assert html == '<header class="eh-page-header"> <h1>Home</h1> </header>'


def test_what_is_no_page_is_named_without_a_link():
    html = rendered('{% page_header "Debrief" up="Engineer" above="404" %}{% endpage_header %}')

    assert '<p class="eh-breadcrumbs">Engineer</p>' in html
    assert '<p class="eh-meta">404</p>' in html
    assert "<a" not in html


def test_an_address_that_there_is_not_is_an_error():
    with pytest.raises(NoReverseMatch):
        rendered('{% page_header "Debrief" up="Engineer" to="nowhere" %}{% endpage_header %}')


def test_no_page_writes_its_header_by_hand():
    by_hand = {
        str(path.relative_to(settings.BASE_DIR / "templates"))
        for path in TEMPLATES
        if "eh-page-header" in path.read_text(encoding="utf-8")
    }

    assert len(TEMPLATES) > 300
    assert by_hand == BY_HAND
