"""Copying from the library into a draft."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from rubrics.contents import contents, wording
from rubrics.drafts import Finished
from rubrics.library.copying import copy_into_draft
from rubrics.library.entries import source_of, with_rows
from rubrics.library.sources import Ask, ExerciseSource, QuestionSource, SignalSource
from rubrics.library.starter import starter_dimension
from rubrics.models import DimensionChange, LibraryEntry, Signal
from rubrics.rows import MOST
from rubrics.services import fork_version, publish_version, start_rubric

FROM = {"version": 7, "title": "Beekeeper", "number": 2}


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def draft(by):
    return start_rubric("Shepherd", language="de", by=by)


def test_a_dimension_of_the_starter_set_comes_with_levels_and_questions(draft, by):
    source = starter_dimension("planning", "de")

    row = copy_into_draft(draft, source, by=by)

    stored = contents(draft)
    assert (row.key, row.name, row.order) == ("planning", "Planung", 0)
    assert wording(stored.dimensions[0]) == source.anchors
    assert [question.text for question in stored.questions] == [ask.text for ask in source.questions]
    assert row.origin == {"starter": "planning", "language": "de"}
    assert stored.signals == []


def test_its_signals_come_along_on_request_and_once(draft, by):
    source = starter_dimension("planning", "de")
    copy_into_draft(draft, SignalSource(source.signals["weak"][0], "de", FROM, "weak"), by=by)

    copy_into_draft(draft, source, by=by, with_signals=True)

    by_kind = {kind: [] for kind in source.signals}
    for row in contents(draft).signals:
        by_kind[row.kind].append(row.text)
    assert by_kind == {kind: list(texts) for kind, texts in source.signals.items()}


def test_a_dimension_of_a_published_rubric_stays_as_it_was(published_version, draft, by):
    entry = with_rows(LibraryEntry.objects.filter(version=published_version, kind="dimension"))[0]
    before = contents(published_version).texts()

    row = copy_into_draft(draft, source_of(entry), by=by)

    assert row.origin["version"] == published_version.pk
    assert row.origin["key"] == row.key == entry.dimension.key
    assert wording(row) == wording(entry.dimension)
    assert contents(published_version).texts() == before


def test_a_key_that_is_taken_gets_a_number(draft, by):
    source = starter_dimension("planning", "de")
    row = copy_into_draft(draft, source, by=by)
    row.name = "Anders"
    row.save(update_fields=["name"])

    again = copy_into_draft(draft, source, by=by)

    assert again.key == "planning-2"
    assert again.order == 1


def test_a_name_that_the_draft_has_is_refused(draft, by):
    copy_into_draft(draft, starter_dimension("planning", "en"), by=by)

    with pytest.raises(ValidationError, match="already has a dimension called “Planning”"):
        copy_into_draft(draft, starter_dimension("planning", "en"), by=by)

    assert draft.dimensions.count() == 1


def test_an_exercise_a_signal_and_a_question_are_copied_with_their_origin(draft, by):
    dimension = copy_into_draft(draft, starter_dimension("planning", "de"), by=by)
    exercise = ExerciseSource("Count hives", "en", FROM, prompt="Count.", duration="20 min", look_for=("Recounts",))
    question = QuestionSource(Ask("What swarmed?", "Says when"), "en", FROM, about="Bees")

    copies = [
        copy_into_draft(draft, exercise, by=by),
        copy_into_draft(draft, SignalSource("Wears no veil", "en", FROM, "red_flag"), by=by),
        copy_into_draft(draft, question, dimension=dimension.pk, by=by),
    ]

    stored = contents(draft)
    task, flag, asked = stored.exercises[0], stored.signals[0], stored.questions[-1]
    assert (task.title, task.prompt, task.duration, task.look_for) == ("Count hives", "Count.", "20 min", ["Recounts"])
    assert (flag.text, flag.kind) == ("Wears no veil", "red_flag")
    assert (asked.text, asked.strong) == ("What swarmed?", "Says when")
    assert [row.origin for row in copies] == [task.origin, flag.origin, asked.origin] == [FROM] * 3


def test_the_same_signal_or_question_is_refused(draft, by):
    dimension = copy_into_draft(draft, starter_dimension("planning", "de"), by=by)
    signal = SignalSource("Wears no veil", "en", FROM, "red_flag")
    copy_into_draft(draft, signal, by=by)
    asked = QuestionSource(starter_dimension("planning", "de").questions[0], "de", FROM, about="Planung")

    with pytest.raises(ValidationError, match="already has this signal"):
        copy_into_draft(draft, signal, by=by)
    with pytest.raises(ValidationError, match="already has this question"):
        copy_into_draft(draft, asked, dimension=dimension.pk, by=by)


def test_a_question_needs_a_dimension_of_the_draft(published_version, draft, by):
    elsewhere = published_version.dimensions.all()[0]
    question = QuestionSource(Ask("What swarmed?"), "en", FROM, about="Bees")

    for pk in (0, elsewhere.pk):
        with pytest.raises(ValidationError, match="not in the draft"):
            copy_into_draft(draft, question, dimension=pk, by=by)


def test_a_published_version_takes_nothing(published_version, by):
    with pytest.raises(Finished):
        copy_into_draft(published_version, starter_dimension("planning", "en"), by=by)


def test_a_copy_is_audited_and_its_origin_kept(draft, by):
    row = copy_into_draft(draft, starter_dimension("planning", "de"), by=by)
    version = publish_version(draft, by=by)

    next_draft = fork_version(version, by=by)

    assert Event.objects.filter(kind="rubric.edited", actor_id=by.pk).exists()
    assert next_draft.dimensions.get().origin == row.origin
    assert DimensionChange.objects.filter(pgh_obj_id=row.pk).latest("pgh_id").origin == row.origin


def test_signals_beyond_what_a_rubric_holds_are_refused_and_none_of_them_comes(draft, by):
    Signal.objects.bulk_create(
        Signal(version=draft, kind="weak", text=f"Signal {number}", order=number) for number in range(MOST)
    )

    with pytest.raises(ValidationError, match=f"at most {MOST}"):
        copy_into_draft(draft, SignalSource("One more", "de", FROM, "weak"), by=by)
    copy_into_draft(draft, SignalSource("Of another kind", "de", FROM, "strong"), by=by)

    assert draft.signals.count() == MOST + 1
