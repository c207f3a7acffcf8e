"""Keys of links: nobody makes one up, and one of one purpose opens nothing of another."""

import pytest

from accounts.tokens import hash_of, new_key


def test_a_key_is_known_by_its_hash():
    key, key_hash = new_key("invitation")

    assert hash_of(key, "invitation") == key_hash
    assert len(key_hash) == 64
    assert key_hash not in key


def test_no_two_keys_are_alike():
    assert len({new_key("invitation") for _ in range(50)}) == 50


def test_a_key_opens_nothing_of_another_purpose():
    key, _ = new_key("invitation")

    assert hash_of(key, "guest") is None


@pytest.mark.parametrize("change", [str.lower, lambda key: key[:-1], lambda key: f"x{key}", lambda key: ""])
def test_a_key_that_was_changed_was_never_made_here(change):
    key, _ = new_key("invitation")

    assert hash_of(change(f"A{key}"), "invitation") is None


def test_another_secret_key_knows_none_of_them(settings):
    key, _ = new_key("invitation")
    settings.SECRET_KEY = "another one of more than thirty-two letters"

    assert hash_of(key, "invitation") is None
