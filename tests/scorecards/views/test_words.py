"""Pages of the protected words: for administrators, one list for each language."""

import pytest
from django.urls import reverse

from scorecards.models import WordList
from scorecards.protected_words import LANGUAGES, SHIPPED

LISTS = reverse("word_lists")
LIST = reverse("word_list", args=["en"])


@pytest.mark.parametrize("url", [LISTS, LIST])
@pytest.mark.parametrize("name", ["recruiter", "manager", "interviewer"])
def test_lists_are_for_administrators(client_of, url, name):
    assert client_of(name).get(url).status_code == 403


def test_every_language_is_there_with_what_counts(client_of):
    WordList.objects.create(language="fr", enabled=False)

    rows = client_of("admin").get(LISTS).context["rows"]

    assert [(row.language, row.name) for row in rows] == list(LANGUAGES.items())
    assert {row.language: row.text for row in rows} == SHIPPED
    assert [row.language for row in rows if not row.enabled] == ["fr"]


def test_a_list_begins_with_what_ships(client_of):
    form = client_of("admin").get(LIST).context["form"]

    assert form.initial == {"words": SHIPPED["en"], "enabled": True}


def test_a_list_is_kept_as_it_was_written(client_of):
    written = "# age\r\nher age, kid*\r\n- age of the cache"

    response = client_of("admin").post(LIST, {"words": written, "enabled": "on"})

    assert response["Location"] == LISTS
    row = WordList.objects.get(language="en")
    assert (row.words, row.enabled) == (written.replace("\r\n", "\n"), True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_ships_can_be_added_to(client_of, language):
    longer = SHIPPED[language].strip() + "\nquokka"

    client_of("admin").post(reverse("word_list", args=[language]), {"words": longer, "enabled": "on"})

    assert WordList.objects.get(language=language).words == longer


@pytest.mark.parametrize("words", ["", "  \r\n", SHIPPED["en"]])
def test_an_empty_list_goes_back_to_what_ships(client_of, words):
    WordList.objects.create(language="en", words="kid*")

    client_of("admin").post(LIST, {"words": words, "enabled": "on"})

    assert WordList.objects.get(language="en").words == ""


def test_a_list_can_be_switched_off(client_of):
    client_of("admin").post(LIST, {"words": "kid*"})

    assert WordList.objects.get(language="en").enabled is False


def test_a_line_that_cannot_be_read_is_named_at_the_top_and_nothing_is_lost(client_of):
    response = client_of("admin").post(LIST, {"words": "kid*\n[x\nco*lour", "enabled": "on"})

    body = response.content.decode()
    assert response.status_code == 422
    assert body.index("Line 2: ") < body.index("<textarea")
    assert "Line 3: " in body
    assert "kid*\n[x\nco*lour" in body
    assert not WordList.objects.exists()


def test_a_list_that_is_too_long_is_refused_and_kept_on_the_page(client_of):
    response = client_of("admin").post(LIST, {"words": "x" * 100_001})

    assert response.status_code == 422
    assert not WordList.objects.exists()


def test_a_language_without_a_list_is_not_found(client_of):
    assert client_of("admin").get(reverse("word_list", args=["xx"])).status_code == 404


def test_the_lists_are_tried_on_sentences_and_nothing_is_kept(client_of):
    text = "She is 47\r\n\r\nAdded an index <b>\r\nTiene ceguera"

    response = client_of("admin").post(LISTS, {"text": text})

    assert [(row.text, row.words) for row in response.context["tried"]] == [
        ("She is 47", [("She is 47", "English")]),
        ("Added an index <b>", []),
        ("Tiene ceguera", [("ceguera", "Spanish")]),
    ]
    assert "2 of 3 would give a hint" in response.content.decode()
    assert "&lt;b&gt;" in response.content.decode()


def test_nothing_to_try_is_told_at_the_top(client_of):
    response = client_of("admin").post(LISTS, {"text": ""})

    assert response.status_code == 422
    assert "Please check this" in response.content.decode()
