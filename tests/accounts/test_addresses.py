"""Addresses are Django's, worked out once."""

import pytest
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, reverse

from accounts.addresses import address


@pytest.mark.parametrize(("name", "number"), [("home", None), ("opening_list", None), ("opening", 0), ("opening", 12)])
def test_an_address_is_the_one_of_django(name, number):
    keys = [] if number is None else [number]

    assert [address(name, number) for _ in range(2)] == [reverse(name, args=keys)] * 2


def test_an_address_may_have_a_word():
    assert [address("guide_page", "recruiters") for _ in range(2)] == [reverse("guide_page", args=["recruiters"])] * 2


def test_addresses_begin_with_the_prefix_of_the_moment():
    plain = address("opening", 7)
    with override_script_prefix("/below/"):
        below = address("opening", 7)

    assert (plain, below) == ("/openings/7/", "/below/openings/7/")


@pytest.mark.parametrize(("name", "number"), [("nowhere", None), ("nowhere", 3), ("home", 3), ("opening", None)])
def test_what_there_is_not_is_refused_each_time(name, number):
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address(name, number)
