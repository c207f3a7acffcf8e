"""Saves that overwrite nothing: what changed elsewhere is told, and never replaced."""

import json

import pytest
from django.test import RequestFactory

from accounts.autosave import (
    Stale,
    edit_seen,
    newer_fields,
    saved_answer,
    saved_elsewhere,
    sent_changes,
    stale_answer,
)

POST = RequestFactory().post


def test_fields_of_later_saves_are_newer():
    assert newer_fields({"a": 1, "b": 2, "c": 3}, 2) == ["c"]
    assert newer_fields({"a": 1, "b": 2}, -1) == ["a", "b"]


def test_what_changed_elsewhere_and_not_here_is_told():
    assert saved_elsewhere({"a": "mine"}, {"a": "mine", "b": "theirs"}, edit=3) == {"b": "theirs"}


def test_what_changed_in_both_places_is_not_saved():
    with pytest.raises(Stale) as stale:
        saved_elsewhere({"a": "mine"}, {"a": "theirs", "b": "other"}, edit=3)

    assert (stale.value.edit, stale.value.theirs, stale.value.others) == (3, {"a": "theirs"}, {"b": "other"})
    answer = stale_answer(stale.value, {"a": "mine"})
    assert answer.status_code == 409
    assert json.loads(answer.content)["conflicts"] == {"a": {"mine": "mine", "theirs": "theirs"}}


@pytest.mark.parametrize(("sent", "seen"), [("7", 7), ("", -1), ("x", -1), ("1" * 10, -1), ("٣", -1)])
def test_a_count_that_is_none_has_seen_nothing(sent, seen):
    assert edit_seen(POST("/", {"edit": sent})) == seen


def test_buttons_are_no_fields():
    request = POST("/", {"csrfmiddlewaretoken": "x", "edit": "1", "do": "undo", "title": "Beekeeper"})

    assert sent_changes(request, besides=["do"]) == {"title": "Beekeeper"}


def test_a_save_may_answer_more():
    answer = json.loads(saved_answer(4, None, {"b": "theirs"}, shares={"1": "20 %"}).content)

    assert (answer["ok"], answer["edit"], answer["others"]) == (True, 4, {"b": "theirs"})
    assert answer["shares"] == {"1": "20 %"}
    assert answer["saved_words"]
