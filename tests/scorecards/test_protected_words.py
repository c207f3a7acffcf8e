"""Lists of protected words: what ships, until an administrator's list replaces it."""

import pytest

from scorecards.models import WordList
from scorecards.phrases import find, read_list
from scorecards.protected_words import LANGUAGES, SHIPPED, listed, lists, shipped_lists


def firing(text: str) -> list[str]:
    return [hit.words for hit in find(text, lists())]


@pytest.mark.django_db
def test_what_ships_counts_where_nobody_wrote_a_list():
    assert lists() == shipped_lists()
    assert [row.is_shipped for row in listed().values()] == [True] * len(LANGUAGES)


@pytest.mark.django_db
def test_an_administrators_list_replaces_the_one_of_its_language():
    WordList.objects.create(language="de", words="eins\nzwei*")

    assert firing("zweimal eins, schwanger") == ["zweimal", "eins"]
    assert lists()["fr"] is shipped_lists()["fr"]
    assert (listed()["de"].size, listed()["de"].is_shipped) == (2, False)


@pytest.mark.django_db
def test_a_list_that_is_switched_off_does_not_count():
    WordList.objects.create(language="de", enabled=False)

    assert firing("schwanger") == []
    assert listed()["de"].text == SHIPPED["de"]


@pytest.mark.django_db
def test_a_list_of_another_language_counts_as_well():
    WordList.objects.create(language="nl", words="zwanger*")

    assert firing("zwangerschap") == ["zwangerschap"]
    assert listed()["nl"].name == "nl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_that_ships_can_be_read(language):
    assert len(read_list(SHIPPED[language]).sought) > 200
