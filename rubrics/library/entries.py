"""What the library knows of published versions: their parts, as they are searched and
as they are copied."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from rubrics.contents import Contents, wording
from rubrics.library.sources import (
    Ask,
    DimensionSource,
    ExerciseSource,
    OriginJson,
    QuestionSource,
    SignalSource,
    Source,
)
from rubrics.models import Dimension, Exercise, LibraryEntry, Question, RubricVersion, Signal

LONGEST_NAME = 500
LONGEST_WORDING = 4000  # characters that are searched, so that no exercise fills the index
ROWS = ("version__rubric", "dimension", "exercise", "signal", "question__dimension")


def entries_of(found: Contents) -> list[LibraryEntry]:
    """The entries of a version that is being published, not stored. Rows without words
    have none."""
    entries = [*_of_dimensions(found), *_of_exercises(found), *_of_signals(found)]
    return [entry for entry in entries if entry.name.strip()]


def _of_dimensions(found: Contents) -> Iterator[LibraryEntry]:
    for dimension in found.dimensions:
        levels = wording(dimension).values()
        yield _entry(found, LibraryEntry.Kind.DIMENSION, dimension.name, levels, dimension=dimension)
    for question in found.questions:
        about = [question.dimension.name]
        yield _entry(found, LibraryEntry.Kind.QUESTION, question.text, about, question=question)


def _of_exercises(found: Contents) -> Iterator[LibraryEntry]:
    for exercise in found.exercises:
        words = [exercise.prompt, *exercise.look_for]
        yield _entry(found, LibraryEntry.Kind.EXERCISE, exercise.title, words, exercise=exercise)


def _of_signals(found: Contents) -> Iterator[LibraryEntry]:
    for signal in found.signals:
        yield _entry(found, LibraryEntry.Kind.SIGNAL, signal.text, [], signal=signal)


def _entry(
    found: Contents,
    kind: LibraryEntry.Kind,
    name: str,
    words: Iterable[str],
    **row: Dimension | Exercise | Signal | Question,
) -> LibraryEntry:
    """Found by its words and by the rubric's title, which are no e-mail addresses
    whatever signs they have."""
    texts = [found.version.rubric.title, *filter(None, words)]
    plain = "\n".join(texts).replace("@", " ")
    return LibraryEntry(version=found.version, kind=kind, name=_line(name), wording=plain[:LONGEST_WORDING], **row)


def _line(name: str) -> str:
    return " ".join(name.replace("@", " ").split())[:LONGEST_NAME]


# --- entries into sources -----------------------------------------------------
def with_rows(entries: QuerySet[LibraryEntry]) -> QuerySet[LibraryEntry]:
    """The entries with all that `source_of` reads of them. Three queries, however many
    they are."""
    return entries.select_related(*ROWS).prefetch_related("dimension__anchors", "dimension__questions")


def source_of(entry: LibraryEntry) -> Source:
    """What an entry stands for, to copy into a draft."""
    version = entry.version
    if entry.dimension is not None:
        return _dimension(version, entry.dimension)
    if entry.exercise is not None:
        return _exercise(version, entry.exercise)
    if entry.signal is not None:
        return _signal(version, entry.signal)
    assert entry.question is not None  # the constraint `entry_has_its_row`
    return _question(version, entry.question)


def _origin(version: RubricVersion, key: str = "") -> OriginJson:
    origin: OriginJson = {"version": version.pk, "title": version.rubric.title, "number": version.number}
    if key:
        origin["key"] = key
    return origin


def _dimension(version: RubricVersion, row: Dimension) -> DimensionSource:
    return DimensionSource(
        key=row.key,
        name=row.name,
        language=version.language,
        anchors={anchor.level: anchor.text for anchor in row.anchors.all()},
        origin=_origin(version, row.key),
        questions=tuple(map(_ask, row.questions.all())),
    )


def _exercise(version: RubricVersion, row: Exercise) -> ExerciseSource:
    return ExerciseSource(
        name=row.title,
        language=version.language,
        origin=_origin(version),
        prompt=row.prompt,
        duration=row.duration,
        look_for=tuple(row.look_for),
    )


def _signal(version: RubricVersion, row: Signal) -> SignalSource:
    return SignalSource(name=row.text, language=version.language, origin=_origin(version), speaks=row.kind)


def _question(version: RubricVersion, row: Question) -> QuestionSource:
    about = row.dimension
    return QuestionSource(_ask(row), version.language, _origin(version, about.key), about.name)


def _ask(row: Question) -> Ask:
    return Ask(row.text, row.strong, row.weak)
