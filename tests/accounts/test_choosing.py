"""Whom a list of people to choose from offers, two of one name told apart."""

import pytest
from django import forms

from accounts.choosing import PeopleField, PersonField, called_apart
from accounts.models import User


@pytest.fixture
def namesakes(db):
    """Two of one name, either way round, and somebody else."""
    called = [("Ivy One", "ivy.one@example.com"), ("One, Ivy", "ivy@example.com"), ("Jon Bell", "jon@example.com")]
    return [User.objects.create(name=name, email=email) for name, email in called]


def test_namesakes_are_told_apart_by_their_addresses(namesakes):
    ivy, other, jon = namesakes

    assert called_apart(namesakes) == {
        ivy.pk: "Ivy One (ivy.one@example.com)",
        other.pk: "One, Ivy (ivy@example.com)",
        jon.pk: "Jon Bell",
    }
    assert called_apart([ivy, jon]) == {ivy.pk: "Ivy One", jon.pk: "Jon Bell"}


def test_who_has_no_name_is_called_by_the_address_alone():
    one, two = User(pk=1, email="a@example.com"), User(pk=2, email="a@example.com")

    assert called_apart([one, two]) == {1: "a@example.com", 2: "a@example.com"}


@pytest.mark.parametrize("kind", [PersonField, PeopleField])
def test_a_form_offers_each_by_such_a_name_in_one_query(namesakes, kind, django_assert_num_queries):
    class Chosen(forms.Form):
        who = kind(User.objects.filter(pk__in=[person.pk for person in namesakes]))

    with django_assert_num_queries(1):
        html = Chosen().as_p()

    assert html.count("Ivy One (ivy.one@example.com)") == 1
    assert html.count("Jon Bell") == 1


def test_what_was_chosen_is_read_as_before(namesakes):
    field = PeopleField(User.objects.all())

    assert list(field.clean([str(namesakes[1].pk)])) == [namesakes[1]]
