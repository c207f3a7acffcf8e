"""Addresses in templates are those that Django's own tag gives."""

import pytest
from django.template import Context, Template
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch


def rendered(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("{% url 'opening_list' %}", "/openings/"),
        ("{% url 'opening' 7 %}", "/openings/7/"),
        ("{% url 'opening' number %}", "/openings/12/"),
        ("{% url 'opening' '12' %}", "/openings/12/"),
        ("{% url 'opening' pk=number %}", "/openings/12/"),
        ("{% url named number %}", "/openings/12/"),
        ("{% url 'opening' number as there %}[{{ there }}]", "[/openings/12/]"),
        ("{% url 'nowhere' as there %}[{{ there }}]", "[]"),
        ("{% url 'openings_export' 'csv' %}", "/openings/export.csv"),
    ],
)
def test_an_address_is_the_one_of_django(text, address):
    assert [rendered(text, number=12, named="opening") for _ in range(2)] == [address, address]


@pytest.mark.parametrize("number", [-1, True, None, "x", 1.5])
def test_what_is_no_number_of_a_row_is_left_to_django(number):
    with pytest.raises(NoReverseMatch):
        rendered("{% url 'opening' number %}", number=number)


def test_a_name_that_there_is_not_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            rendered("{% url 'nowhere' 3 %}")


def test_addresses_begin_with_the_prefix_of_the_moment():
    plain = rendered("{% url 'opening' 7 %}")
    with override_script_prefix("/below/"):
        below = rendered("{% url 'opening' 7 %}")

    assert (plain, below) == ("/openings/7/", "/below/openings/7/")
