"""What every row with a name has: the name as it is stored, the key that lists go by,
the terms by which searches find it.

Key and terms follow from the row's texts by the formulas of `accounts.folding`, as it
is stored, one by one or in bulk. The database refuses a name that was changed past
them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat

from accounts.folding import composed, sort_key, terms

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    TextsField = ArrayField[list[str], list[str]]
else:
    CharField = models.CharField
    TextField = models.TextField
    TextsField = ArrayField

Row = TypeVar("Row", bound="Findable", covariant=True)
BATCH = 2000


class ComposedCharField(CharField):
    """Text whose letters are stored composed (NFC), whatever form they come in."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return composed(prepared) if isinstance(prepared, str) else prepared

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class SortKeyField(TextField):
    """`sort_key` of what the row is called, compared byte by byte: one order
    everywhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"db_collation": "C", "editable": False})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(*_called(model_instance))
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class TermsField(TextsField):
    """`terms` of what the row is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"base_field": models.TextField(), "editable": False})

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        found = terms(*_called(model_instance))
        setattr(model_instance, self.attname, found)
        return found

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs


def _called(row: models.Model) -> list[str]:
    """Its names as they are stored, the e-mail address among them."""
    assert isinstance(row, Findable)
    called = []
    for column in row.CALLED:
        field = row._meta.get_field(column)
        assert isinstance(field, models.Field)  # a column, and no relation
        called.append(field.get_prep_value(getattr(row, column)))
    return called


class FindableQuerySet(models.QuerySet[Row]):
    def update(self, **changes: Any) -> int:
        """As Django's; new names are stored with what follows from them.

        A name is a plain text here, and no expression.
        """
        columns = set(changes)
        if not columns & set(self.model.CALLED) or columns >= set(self.model.FOLLOWING):
            return super().update(**changes)
        rows = list(self)
        for row in rows:
            for column, value in changes.items():
                setattr(row, column, value)
        return self._every().bulk_update(rows, columns, batch_size=BATCH)

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> int:
        """As Django's; new names are stored with what follows from them."""
        rows, columns = list(objs), set(fields)
        if columns & set(self.model.CALLED):
            columns |= set(self.model.FOLLOWING)
            for row in rows:
                called = _called(row)
                row.sort_key, row.search_terms = sort_key(*called), terms(*called)
        return super().bulk_update(rows, sorted(columns), batch_size)

    update.alters_data = True  # type: ignore[attr-defined]  # no template may call it
    bulk_update.alters_data = True  # type: ignore[attr-defined]  # nor this

    def _every(self) -> "FindableQuerySet[Row]":
        return type(self)(self.model, using=self.db)


class Findable(models.Model):
    """A row that is called by the texts of its columns `CALLED`, the first one first.

    Whoever saves some columns alone names `FOLLOWING` beside them where one of these is
    among them. The constraint `key_follows` refuses a name that comes without; an
    address that comes without is found as it was before.
    """

    CALLED: ClassVar[tuple[str, ...]]
    FOLLOWING: ClassVar[tuple[str, ...]] = ("sort_key", "search_terms")

    sort_key = SortKeyField()
    search_terms = TermsField()

    class Meta:
        abstract = True


def key_follows(model: str, column: str) -> models.CheckConstraint:
    """That the key ends with this text as it is written: nobody changes it past the
    formula."""
    written = Concat(Value("\t"), column)
    return models.CheckConstraint(condition=models.Q(sort_key__endswith=written), name=f"{model}_key_follows")


def terms_index(model: str) -> GinIndex:
    """The index that answers searches. New rows enter it at once, since a search would
    read a list of waiting ones to its end."""
    return GinIndex(fields=["search_terms"], name=f"{model}_terms", fastupdate=False)
