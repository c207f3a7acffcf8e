"""Parts of the library as values."""

from rubrics.library.sources import Ask, DimensionSource, QuestionSource


def test_the_signals_of_a_dimension_are_counted():
    signals = {"strong": ("Asks first", "Says why"), "weak": (), "red_flag": ("Blames",)}
    source = DimensionSource("care", "Care", "en", anchors={}, origin={"starter": "care"}, signals=signals)

    assert source.signal_count == 3


def test_a_question_is_called_by_its_words():
    source = QuestionSource(Ask("What broke last?"), "en", origin={"version": 1}, about="Care")

    assert (source.name, source.kind) == ("What broke last?", "question")
