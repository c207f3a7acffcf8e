"""Rows that are nobody, in several languages, and people whose rows look a little like them."""

import pytest

from accounts.texts import is_address
from candidates.importing.asides import HEADING, NOBODY, NOTE, PAGE, TOTAL
from candidates.importing.roster import layout_of, people

PEOPLE = [("Name", "E-mail", "Town"), ("Alma Reyes", "alma@x.example", "Kufstein"), ("Bo Li", "", "Wörgl")]


def why(*cells: str) -> str:
    """Of a row below a list of people."""
    rows = list(enumerate([*PEOPLE, cells], 1))
    return people(rows, layout_of(rows), is_address=is_address)[-1].aside


@pytest.mark.parametrize(
    "name",
    ["Total: 2", "TOTAL", "Grand total 2", "Sub-total", "Total candidates: 2", "Total (2)", "2 candidates",
     "Number of candidates: 2", "Candidates: 2", "Summe: 2", "Gesamt 2", "Zwischensumme", "12 Bewerber",
     "Anzahl der Personen: 2",
     "Somme : 2", "Total des candidats : 2", "Total general", "2 personas", "Totale: 2", "Totaal 2", "Razem: 2",
     "Ogółem", "Celkem 2", "Összesen: 2", "Yhteensä 2", "Toplam: 2 kişi", "Итого: 2", "Всего 2 человек", "Σύνολο 2",
     "الإجمالي: 2", "סה״כ 2", "合計 2名", "总计：2", "共2人", "합계 2명", "कुल 2"],
)  # fmt: skip
def test_a_total_below_the_list_is_nobody(name):
    assert why(name, "", "") == TOTAL


@pytest.mark.parametrize("cells", [("", "", "Total: 2"), ("", "Total 2", ""), ("Total", "2", ""), ("Sum", "", "2")])
def test_a_total_may_stand_in_any_column(cells):
    assert why(*cells) == TOTAL


@pytest.mark.parametrize("cells", [("2", "", ""), ("", "", "2"), ("45.012", "", "7")])
def test_numbers_alone_are_nobody(cells):
    assert why(*cells) == NOBODY


@pytest.mark.parametrize(
    "cells", [("Name", "E-mail", "Town"), ("NAME", "e-mail", "town"), ("Name", "Mail", ""), ("Nom",)]
)
def test_a_heading_that_comes_again_is_nobody(cells):
    assert why(*cells) == HEADING


@pytest.mark.parametrize("name", ["Page 1 of 3", "Seite 1/3", "Página 2 de 3", "Strona 1", "2 页"])
def test_a_page_number_is_nobody(name):
    assert why(name, "", "") == PAGE


@pytest.mark.parametrize(
    "name",
    ["Note: Bo Li was referred by Alma", "Stand: 1.12.2026", "Exported on 2026-12-01", "Quelle：HR", "* by phone only",
     "(1) by phone only", "End of list", "Ende der Liste", "Strictly confidential", "Vertraulich", "© Example Ltd",
     "https://jobs.example/list", "Please call everybody before Friday.", "候选人名单已由人事部确认。",
     "all of those above have been asked whether they still want this"],
)  # fmt: skip
def test_a_note_that_stands_alone_is_nobody(name):
    assert why(name, "", "") == NOTE


@pytest.mark.parametrize(
    "name",
    ["Total Toni", "Suma", "Somma Rossi", "Sum Lee", "Page Turner", "Jimmy Page", "Ende Michael", "Fin", "Candidate 7",
     "Bewerber 12", "List Anna", "Alma Reyes Jr.", "Pedro de Alcântara Francisco António Reyes", "Kim",
     "计 明", "Noel Grand", "Nur", "Den Haag",
     "Name: Alma Reyes", "Dr. h. c. Alma Reyes", "Summer Count", "Reyes, Alma", "Person A"],
)  # fmt: skip
def test_a_name_is_somebody(name):
    assert why(name, "", "") == ""


@pytest.mark.parametrize("name", ["Total", "Total: 2", "Note: by phone", "Page 1"])
def test_whoever_has_an_address_is_somebody(name):
    assert why(name, "somebody@x.example", "") == ""


def test_what_stands_beside_a_town_is_no_note():
    assert why("Please call everybody before Friday.", "", "Kufstein") == ""


def test_a_row_that_lacks_its_name_is_somebody():
    assert why("", "", "Kufstein") == ""
