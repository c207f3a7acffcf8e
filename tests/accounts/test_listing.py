"""Lists as an address asks for them: each row once on whatever way through the pages."""

from itertools import chain
from urllib.parse import parse_qs

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.test import RequestFactory

from accounts import listing
from accounts.listing import Choice, Column, Filter, Listing, View, in_order, listed, listed_as_opened, narrowed, opened
from accounts.models import User

pytestmark = pytest.mark.django_db

RECRUITERS = Choice("recruiter", "Recruiters", Q(is_recruiter=True))
PEOPLE = Listing(
    one="person",
    noun="people",
    columns=(
        Column("name", "Name", order="sort_key", fixed=True),
        Column("role", "Recruiter", order="is_recruiter", falls=True),
        Column("email", "Address", chosen=False),
    ),
    order="name",
    filters=(Filter("role", "Role", (RECRUITERS,)),),
    views=(View("Everybody"), View("Recruiters", {"role": "recruiter"})),
    way="",
    size=3,
)


@pytest.fixture
def people() -> list[str]:
    names = ["Ann", "Bea", "Cem", "Dan", "Eve", "Fay", "Gus"]
    User.objects.bulk_create(
        [User(name=name, email=f"{name}@example.com", is_recruiter=name in "Bea Eve") for name in names]
    )
    return names


def asked(query: str = "", rows=None):
    return listed(RequestFactory().get(f"/?{query}"), User.objects.all() if rows is None else rows, PEOPLE)


def names(page) -> list[str]:
    return [row.name for row in page.rows]


def walked(query: str, way: str) -> list[list[str]]:
    """The names of each page, from this one on along the links of one kind."""
    pages = []
    while True:
        page = asked(query)
        pages.append(names(page))
        query = getattr(page, way)
        if not query:
            return pages


def test_pages_lead_to_the_last_row_and_back(people):
    assert walked("", "next") == [["Ann", "Bea", "Cem"], ["Dan", "Eve", "Fay"], ["Gus"]]
    assert walked("end=1", "previous") == [["Eve", "Fay", "Gus"], ["Bea", "Cem", "Dan"], ["Ann"]]


@pytest.mark.parametrize("counted", [1, 6, 7])
@pytest.mark.parametrize("seen", [0, 3, 4, 7])
def test_a_list_as_it_opens_is_the_page_of_an_address_that_asks_for_nothing(people, monkeypatch, seen, counted):
    monkeypatch.setattr(listing, "COUNTED", counted)
    rows = User.objects.filter(name__in=people[:seen])
    request = RequestFactory().get("/")

    page = listed_as_opened(request, list(opened(rows, PEOPLE)), PEOPLE)

    same = listed(request, rows, PEOPLE)
    assert page == same
    assert page.span == same.span


def test_rows_that_sort_alike_are_each_on_one_page(people):
    forward = walked("sort=-role", "next")
    backward = walked("sort=-role&end=1", "previous")

    there, back = list(chain(*forward)), list(chain(*reversed(backward)))
    assert sorted(there) == people
    assert back == there
    assert set(forward[0][:2]) == {"Bea", "Eve"}


def test_a_page_says_which_rows_of_how_many_it_shows(people):
    first = asked()
    second = asked(first.next)

    assert first.span == "1–3 of 7 people"
    assert second.span == "4–6 of 7 people"
    assert asked(second.next).span == "7–7 of 7 people"
    assert asked(second.previous).span == "1–3 of 7 people"
    assert asked(first.at_end).span == "5–7 of 7 people"


def test_more_rows_than_a_list_counts_are_said_and_reached(people, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED", 4)
    first = asked()
    second = asked(first.next)
    last = asked(first.at_end)

    assert first.span == "1–3 of more than 4 people"
    assert second.span == "4–6 of more than 6 people"
    assert asked(second.next).span == "7–7 of 7 people"
    assert last.span == "3 of more than 4 people"
    assert asked(last.previous).span == "3 of more than 4 people"
    assert walked("", "next")[-1] == ["Gus"]
    assert walked("end=1", "previous") == [["Eve", "Fay", "Gus"], ["Bea", "Cem", "Dan"], ["Ann"]]


def test_a_list_on_one_page_says_only_how_many(people):
    assert asked("role=recruiter").span == "2 people"


def test_a_number_that_somebody_made_up_does_not_reach_beyond_the_rows(people):
    gus = User.objects.get(name="Cem").pk

    assert asked(f"after={gus}&from=9000").first <= 5


def test_a_row_that_left_the_view_still_leads_on(people):
    page = asked("role=recruiter")
    User.objects.filter(name="Bea").update(is_recruiter=False)

    assert names(page) == ["Bea", "Eve"]
    assert names(asked(f"role=recruiter&after={page.rows[0].pk}")) == ["Eve"]


def test_a_row_that_is_gone_leads_to_the_beginning(people):
    assert names(asked("after=987654321")) == ["Ann", "Bea", "Cem"]


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=-1", "before=9e9", "after=99999999999999999999999", "from=²", "sort=password", "sort=--name"],
)
def test_what_makes_no_sense_is_not_asked_for(people, query):
    assert names(asked(query)) == ["Ann", "Bea", "Cem"]


def test_nobody_is_sorted_by_what_is_no_column_of_the_list(people):
    page = asked("sort=email&role=anything&column=password")

    assert names(page) == ["Ann", "Bea", "Cem"]
    assert page.narrowed is False
    assert page.shows == {"name": True, "role": True, "email": False}


def test_a_click_on_a_head_sorts_and_a_second_turns_it_round(people):
    heads = asked("role=recruiter").heads
    turned = asked(heads[0].query).heads

    assert [(head.label, head.sorted) for head in heads] == [("Name", "ascending"), ("Recruiter", "")]
    assert parse_qs(heads[1].query) == {"role": ["recruiter"], "sort": ["-role"]}
    assert turned[0].sorted == "descending"
    assert parse_qs(turned[0].query) == {"role": ["recruiter"], "sort": ["name"]}


def test_chosen_columns_stand_beside_those_that_always_show(people):
    page = asked("column=email")

    assert [head.label for head in page.heads] == ["Name", "Address"]
    assert "column=email" in page.next


def test_a_view_is_a_link_and_says_when_it_is_shown(people):
    views = asked("role=recruiter").views

    assert [(view.label, view.query, view.current) for view in views] == [
        ("Everybody", "", False),
        ("Recruiters", "role=recruiter", True),
    ]


def test_a_search_stays_within_the_filter_and_counts_what_it_found(people):
    assert asked("q=eve").span == "1 person"
    assert names(asked("q=eve&role=recruiter")) == ["Eve"]
    assert names(asked("q=ann&role=recruiter")) == []


def test_a_search_shows_what_is_written_so_first_and_reaches_all_it_found():
    for number, name in enumerate(["Mayer", "Meyer", "Meier Q", "Meier"]):
        User.objects.create(name=name, email=f"{number}@example.com")

    assert walked("q=meyer", "next") == [["Meyer", "Mayer", "Meier"], ["Meier Q"]]


def test_more_than_a_search_looks_at_is_said():
    User.objects.bulk_create([User(name=f"Kim {n}", email=f"k{n}@example.com") for n in range(252)])

    page = asked("q=kim")

    assert page.span == "1–3 of more than 250 people"
    assert asked(page.at_end).last == 250


def test_an_export_reads_the_same_rows_in_the_same_order(people):
    sent = QueryDict("role=recruiter&sort=-name&after=1")

    found = narrowed(sent, User.objects.all(), PEOPLE, whole=True)

    assert [user.name for user in in_order(sent, found, PEOPLE)] == ["Eve", "Bea"]


def test_an_export_has_all_that_a_search_finds(people):
    User.objects.bulk_create([User(name=f"Kim {n}", email=f"k{n}@example.com") for n in range(300)])
    sent = QueryDict("q=kim")

    found = narrowed(sent, User.objects.all(), PEOPLE, whole=True)

    assert in_order(sent, found, PEOPLE).count() == 300


def test_a_list_without_rows_says_so():
    page = asked()

    assert (page.first, page.last, page.next, page.previous) == (0, -1, "", "")
