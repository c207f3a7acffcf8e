"""Searches in lists: which rows, in which order, and what is said of them."""

import pytest
from django.test import RequestFactory

from accounts import searching
from accounts.models import User
from accounts.searching import best_found, find

pytestmark = pytest.mark.django_db


def asked(text: str, rows=None, *, shown: int = 100, **kept: str):
    request = RequestFactory().get("/", {"q": text, **kept})
    return find(request, User.objects.all() if rows is None else rows, shown=shown)


def people(*names: str) -> None:
    User.objects.bulk_create(
        [User(name=name, email=f"p{number}@example.com") for number, name in enumerate(names)],
    )


def test_words_are_found_in_any_order_and_all_are_needed():
    people("Inés Pérez", "Inés Moreau", "Pérez Galdós")

    assert [user.name for user in asked("perez ines").rows] == ["Inés Pérez"]


def test_what_is_written_so_comes_before_what_is_spelled_alike():
    people("Anna Mayer", "Berta Meyer", "Carl Maier", "Dora Mayerhof")

    assert [user.name for user in asked("meyer").rows] == ["Berta Meyer", "Anna Mayer"]


def test_nothing_asked_shows_all_and_says_nothing():
    people("Ann", "Bea")

    found = asked("  \x00 ")

    assert [user.name for user in found.rows] == ["Ann", "Bea"]
    assert (found.text, found.total) == ("", 0)


def test_a_question_without_a_word_finds_nothing():
    people("Ann")

    assert list(asked("%_'\\ ?*").rows) == []


def test_only_rows_that_were_handed_in_are_found():
    people("Ann One", "Ann Two")

    assert [user.name for user in asked("ann", User.objects.exclude(name="Ann One")).rows] == ["Ann Two"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (5, "3 found."),
        (2, "3 found. The first 2 are shown. Add a word to narrow the search."),
    ],
)
def test_the_page_says_how_many_there_are(shown, said):
    people("Ann One", "Ann Two", "Ann Three")

    assert asked("ann", shown=shown).summary == said


def test_a_question_that_finds_too_many_says_so(monkeypatch):
    people("Ann One", "Ann Two", "Ann Three")
    monkeypatch.setattr(searching, "MOST", 2)

    found = asked("ann", shown=1)

    assert len(found.rows) == 2
    assert found.summary == "More than 2 found. 1 of them are shown. Add a word to narrow the search."


def test_other_parameters_of_the_address_are_kept():
    assert asked("ann", order="name").kept == (("order", "name"),)


# --- the best few --------------------------------------------------------------
def test_the_best_come_in_the_order_of_a_search_that_reads_all():
    people("Anna Mayer", "Berta Meyer", "Carl Maier", "Dora Mayerhof", "Emil Meyer")

    for text in ["meyer", "mayer", "me", "anna", "nobody", "%_"]:
        keys, total = best_found(User.objects.all(), text, "", ("sort_key", "pk"))
        found = asked(text)
        assert (keys, total) == ([user.pk for user in found.rows], found.total)


def test_the_best_go_by_each_column_in_its_direction():
    people("Ann B", "Ann A", "Ann B")

    falling, _ = best_found(User.objects.all(), "ann", "", ("-sort_key", "pk"))
    rising, _ = best_found(User.objects.all(), "ann", "", ("sort_key", "-pk"))

    names = dict(User.objects.values_list("pk", "name"))
    assert [names[pk] for pk in falling] == ["Ann B", "Ann B", "Ann A"]
    assert [names[pk] for pk in rising] == ["Ann A", "Ann B", "Ann B"]
    assert len(falling) == len(set(falling))


def test_the_best_of_more_than_are_looked_at_are_told_from_these(monkeypatch):
    monkeypatch.setattr(searching, "MOST", 2)
    people("Ann A", "Ann B", "Ann C", "Ann D")

    keys, total = best_found(User.objects.all(), "ann", "", ("sort_key", "pk"))

    assert (len(keys), total) == (2, 3)
