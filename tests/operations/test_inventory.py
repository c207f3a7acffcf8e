"""What a database holds, told alike wherever the same rows are."""

import pytest
from django.core.files.storage import default_storage

from operations.inventory import file_fields, known_migrations, occupied, own_session, table_states


@pytest.mark.usefixtures("sample")
def test_the_sample_is_rows_that_somebody_entered():
    with own_session() as session:
        assert {"accounts_user", "scorecards_rating"} <= set(occupied(session))


def test_a_new_installation_is_empty_although_migrations_fill_tables(db):
    with own_session() as session:
        assert occupied(session) == []
        assert table_states(session)["django_migrations"].rows == len(known_migrations())


def test_a_fingerprint_changes_with_a_row(db):
    with own_session() as session:
        before = table_states(session)
        session.execute("BEGIN; UPDATE public.django_content_type SET model = 'x' WHERE id = 1")
        after = table_states(session)
        session.execute("ROLLBACK")

    assert {name for name, state in after.items() if before[name] != state} == {"django_content_type"}
    assert after["django_content_type"].rows == before["django_content_type"].rows


def test_every_file_of_a_row_is_in_the_storage_that_is_backed_up():
    assert {field.attname for field in file_fields()} >= {"file", "archive", "document"}
    assert {field.storage for field in file_fields()} == {default_storage}
