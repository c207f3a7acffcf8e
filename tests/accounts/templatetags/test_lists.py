"""A list on its page: what is sorted, found and shown is said in words and to a screen reader."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    client.force_login(User.objects.create_user("admin@example.com", name="Ada", is_administrator=True))
    return lambda **asked: html_of(client.get(reverse("people"), asked))


def test_the_head_that_rows_are_sorted_by_says_so_and_turns_the_order_round(read):
    html = read()

    assert '<th scope="col" aria-sort="ascending"><a href="?sort=-name">Person' in html


def test_each_order_is_offered_where_the_heads_are_not_seen(read):
    html = read().partition("eh-sorting")[2].partition("</details>")[0]

    assert ">Person, ascending</span>" in html
    assert 'href="?sort=-name">Person, descending</a>' in html


def test_what_was_asked_for_stays_in_the_form_and_in_the_links(read):
    html = read(role="administrator", sort="name")

    assert '<option value="administrator" selected>Administrators</option>' in html
    assert '<input type="hidden" name="sort" value="name">' in html
    assert 'href="?role=administrator&amp;sort=-name"' in html


def test_a_filter_without_rows_leads_back_to_all(read):
    html = read(role="manager")

    assert "No people match" in html
    assert 'href="?">Show all' in html


def test_a_list_of_more_than_a_page_leads_to_the_others(read):
    User.objects.bulk_create([User(name=f"Kim {n:02}", email=f"k{n}@example.com") for n in range(60)])

    html = read()

    assert "1–50 of 61 people" in html
    assert html.count('rel="next"') == 2
