"""The search in the head: a page without scripts, a piece of one for the field."""

from django.urls import reverse

from tests.pages import html_of
from tests.queries import queries_of


def test_the_page_shows_each_kind_under_its_name(client_of, unscored_application):
    html = html_of(client_of("recruiter").get(reverse("search"), {"q": "haddad"}))

    assert ">Candidates</h2>" in html
    assert reverse("application", args=[unscored_application.pk]) in html


def test_the_field_gets_options_and_no_page(client_of, unscored_application):
    html = html_of(client_of("recruiter").get(reverse("search"), {"q": "haddad"}, headers={"HX-Request": "true"}))

    assert 'role="option"' in html
    assert "<html" not in html


def test_what_is_not_found_says_so_as_text(client_of, sample):
    html = html_of(client_of("recruiter").get(reverse("search"), {"q": "<b>zyzzyva</b>"}))

    assert "Nothing found for “&lt;b&gt;zyzzyva&lt;/b&gt;”" in html


def test_a_search_over_everything_takes_few_queries(client_of, sample):
    assert queries_of(client_of("admin"), reverse("search") + "?q=platform") <= 12
