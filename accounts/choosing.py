"""People to choose from: two of one name are told apart by their addresses."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from accounts.folding import name_key
from accounts.models import User


def called_apart(people: Iterable[User]) -> dict[int, str]:
    """What each is called among these, by their keys: names that read alike have the
    address behind them."""
    several = list(people)
    alike = Counter(name_key(person.display_name) for person in several)
    return {person.pk: _called(person, alike[name_key(person.display_name)] > 1) for person in several}


def _called(person: User, has_namesakes: bool) -> str:
    if not (has_namesakes and person.name and person.email):
        return person.display_name
    return f"{person.name} ({person.email})"


class _Apart(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        people = list(self.queryset)
        names = called_apart(people)
        for person in people:
            yield ModelChoiceIteratorValue(self.field.prepare_value(person), person), names[person.pk]


class PersonField(forms.ModelChoiceField):
    """One of several people."""

    iterator = _Apart


class PeopleField(forms.ModelMultipleChoiceField):
    """Some of several people."""

    iterator = _Apart
