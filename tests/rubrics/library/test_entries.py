"""Published parts as the library finds and copies them."""

import pytest

from accounts.models import User
from rubrics.contents import contents
from rubrics.library.entries import entries_of, source_of, with_rows
from rubrics.models import LibraryEntry
from rubrics.rows import add_row
from rubrics.services import publish_version
from tests.rubrics.drafting import reword, write


def test_publishing_enters_every_part_with_words(published_version):
    entries = LibraryEntry.objects.filter(version=published_version)
    stored = contents(published_version)
    rows = [*stored.dimensions, *stored.exercises, *stored.signals, *stored.questions]

    assert entries.count() == len(rows)
    assert set(entries.filter(kind="dimension").values_list("name", flat=True)) == {
        dimension.name for dimension in stored.dimensions
    }


def test_a_draft_is_not_in_the_library(draft_version, person):
    assert not LibraryEntry.objects.filter(version=draft_version).exists()


def test_what_was_replaced_leaves_the_library(draft_version, published_version, person):
    publish_version(draft_version, by=person("recruiter"))

    versions = set(LibraryEntry.objects.visible_to(person("recruiter")).values_list("version", flat=True))
    assert versions == {draft_version.pk}


def test_whoever_is_not_active_finds_nothing(published_version):
    assert not LibraryEntry.objects.visible_to(User(is_active=False)).exists()


def test_a_row_without_words_has_no_entry(draft_version, person):
    add_row(draft_version, "signal", among="weak", by=person("recruiter"))

    names = [entry.name for entry in entries_of(contents(draft_version))]

    assert all(names)


@pytest.mark.parametrize("kind", ["dimension", "exercise", "signal", "question"])
def test_a_source_says_what_its_row_says_and_where_from(draft_version, person, kind):
    by = person("recruiter")
    dimension = reword(draft_version.dimensions.all()[0], name="Care @ work", by=by)
    question = add_row(draft_version, "question", among=str(dimension.pk), by=by)
    write(draft_version, {f"question_{question.pk}_text": "What broke?", f"question_{question.pk}_weak": "No"}, by=by)
    version = publish_version(draft_version, by=by)

    entries = with_rows(LibraryEntry.objects.filter(version=version, kind=kind))
    if kind == "question":
        entries = entries.filter(question__text="What broke?")
    source = source_of(entries[0])

    assert (source.kind, source.language) == (kind, version.language)
    assert source.origin["version"] == version.pk
    assert source.origin["title"] == version.rubric.title
    if source.kind == "question":
        assert (source.ask.text, source.ask.weak, source.about) == ("What broke?", "No", "Care @ work")
        assert source.origin["key"] == dimension.key
