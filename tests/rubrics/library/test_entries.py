"""Published parts as the library finds and copies them."""

import pytest

from accounts.models import User
from rubrics.contents import contents
from rubrics.library.entries import LONGEST_WORDING, entries_of, source_of, with_rows
from rubrics.library.sources import DimensionSource, ExerciseSource, SignalSource
from rubrics.models import LibraryEntry
from rubrics.rows import add_row
from rubrics.services import publish_version
from tests.rubrics.drafting import add_dimension, reword, write


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


def test_a_part_is_found_by_its_words_and_its_rubric(draft_version, person):
    by = person("recruiter")
    dimension = add_dimension(draft_version, name="Care", level_1="tears", level_5="restores", by=by)
    question = add_row(draft_version, "question", among=str(dimension.pk), by=by)
    write(draft_version, {f"question_{question.pk}_text": "How do you lift a map?"}, by=by)

    entries = {entry.name: entry for entry in entries_of(contents(draft_version))}

    title = draft_version.rubric.title
    assert entries["Care"].wording == f"{title}\ntears\nrestores"
    assert entries["How do you lift a map?"].wording == f"{title}\nCare"


def test_an_exercise_is_found_by_its_prompt_and_what_to_look_for(draft_version, person):
    exercise = draft_version.exercises.first()
    texts = {"title": "Map room", "prompt": "Lift it.", "look_for": "calm\nslow"}
    write(
        draft_version, {f"exercise_{exercise.pk}_{part}": text for part, text in texts.items()}, by=person("recruiter")
    )

    (entry,) = [entry for entry in entries_of(contents(draft_version)) if entry.name == "Map room"]

    assert entry.wording == f"{draft_version.rubric.title}\nLift it.\ncalm\nslow"


def test_an_address_in_a_text_is_taken_apart_and_long_texts_are_cut(draft_version, person):
    long = "word " * 2000
    dimension = draft_version.dimensions.first()
    reword(dimension, by=person("recruiter"), name="Care  @ maps", level_3=long)

    (entry,) = [entry for entry in entries_of(contents(draft_version)) if entry.dimension == dimension]

    assert entry.name == "Care maps"
    assert len(entry.wording) == LONGEST_WORDING


def test_what_is_copied_of_a_dimension_is_all_that_its_row_says(published_version):
    entries = with_rows(LibraryEntry.objects.filter(version=published_version, kind="dimension"))

    source = source_of(entries[0])

    row = entries[0].dimension
    assert isinstance(source, DimensionSource)
    assert (source.key, source.name) == (row.key, row.name)
    assert source.anchors == {anchor.level: anchor.text for anchor in row.anchors.all()}
    assert [ask.text for ask in source.questions] == [question.text for question in row.questions.all()]
    assert source.origin["key"] == row.key
    assert source.origin["number"] == published_version.number


def test_what_is_copied_of_an_exercise_and_a_signal_is_all_that_their_rows_say(published_version):
    entries = with_rows(LibraryEntry.objects.filter(version=published_version))

    exercise = source_of(entries.filter(kind="exercise")[0])
    signals = {entry.signal.text: source_of(entry) for entry in entries.filter(kind="signal")}

    row = published_version.exercises.get(title=exercise.name)
    assert isinstance(exercise, ExerciseSource)
    assert (exercise.prompt, exercise.duration, list(exercise.look_for)) == (row.prompt, row.duration, row.look_for)
    assert "key" not in exercise.origin
    kinds = {text: source.speaks for text, source in signals.items() if isinstance(source, SignalSource)}
    assert kinds == dict(published_version.signals.values_list("text", "kind"))
