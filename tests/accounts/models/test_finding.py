"""Names are stored composed, and order and terms follow them on every way into the database."""

import unicodedata

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.folding import sort_key, terms
from accounts.models import User
from candidates.models import Candidate, Opening
from rubrics.models import Rubric

pytestmark = pytest.mark.django_db
APART = unicodedata.normalize("NFD", "Zoë Ångström")
WHOLE = unicodedata.normalize("NFC", APART)


def follows(row) -> bool:
    """Whether what is stored beside the row's names is what the formulas make of them."""
    row.refresh_from_db()
    called = [getattr(row, column) for column in row.CALLED]
    return (row.sort_key, row.search_terms) == (sort_key(*called), terms(*called))


def person(name: str = "Ann", email: str = "ann@example.com") -> User:
    return User.objects.create(name=name, email=email)


@pytest.mark.parametrize("model", [User, Candidate])
def test_what_is_created_can_be_found(model):
    one = model.objects.create(name=APART, email="one@example.com")
    [many] = model.objects.bulk_create([model(name=APART, email="many@example.com")])

    assert (one.name, many.name) == (WHOLE, WHOLE)
    assert follows(one)
    assert follows(many)


def test_an_address_is_stored_as_it_came():
    """Only names are composed: an address is compared with what others write."""
    address = unicodedata.normalize("NFD", "ann@zoë.example")

    assert follows(person(email=address))
    assert User.objects.get(name="Ann").email == address


def test_a_rubric_can_be_found():
    rubric = Rubric.objects.create(slug="one", title=APART)

    assert rubric.title == WHOLE
    assert follows(rubric)


def test_a_name_that_is_saved_takes_along_what_follows():
    user = person()
    user.name = APART

    user.save(update_fields=["name", *User.FOLLOWING])

    assert follows(user)
    assert user.name == WHOLE


def test_a_name_that_is_saved_without_what_follows_is_refused():
    user = person()
    user.name = "Anna"

    with pytest.raises(IntegrityError, match="user_key_follows"), transaction.atomic():
        user.save(update_fields=["name"])


def test_updates_of_many_rows_take_along_what_follows():
    ann, bea = person(), person("Bea", "bea@example.com")

    assert User.objects.filter(pk__in=[ann.pk, bea.pk]).update(name=APART) == 2
    assert follows(ann)
    assert follows(bea)
    assert ann.name == WHOLE

    bea.email = "new@example.com"
    User.objects.bulk_update([bea], ["email"])
    assert follows(bea)
    assert bea.email == "new@example.com"


def test_a_name_is_looked_up_in_whatever_form():
    user = person(WHOLE)

    assert User.objects.get(name=APART) == user


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO candidates_candidate (name, email, created_at) VALUES ('Ann', 'a@example.com', now())",
        "UPDATE accounts_user SET name = 'Cid'",
    ],
)
def test_what_is_written_past_the_formulas_is_refused(statement):
    person()

    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize("model", [User, Candidate, Opening, Rubric])
def test_every_database_compares_the_keys_byte_by_byte(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns WHERE table_name = %s AND column_name = 'sort_key'",
            [model._meta.db_table],
        )
        assert cursor.fetchall() == [("C",)]


def test_lists_stand_in_the_order_of_the_keys():
    names = ["Zoë", "Ängla", "anna", "Zed", "O’Dea", "Odd", "Łucja", "李"]
    User.objects.bulk_create([User(name=name, email=f"{at}@example.com") for at, name in enumerate(names)])

    listed = [user.name for user in User.objects.all()]

    assert listed == ["Ängla", "anna", "Łucja", "Odd", "O’Dea", "Zed", "Zoë", "李"]
