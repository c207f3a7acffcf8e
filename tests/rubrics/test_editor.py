"""What the editor shows of a draft."""

import pytest

from rubrics.contents import contents
from rubrics.editor import Editor, outline_of, shares_of, unwritten
from rubrics.rows import add_row, move_row, remove_row
from tests.rubrics.drafting import reword, write


def test_a_dimension_has_five_levels_with_what_the_scale_means_by_each(draft_version):
    card = Editor(contents(draft_version)).dimensions[0]

    assert [row.level for row in card.levels] == [1, 2, 3, 4, 5]
    assert card.levels[0].control.value == ""
    assert card.levels[0].meaning == "Clearly lacks what the role needs here"
    assert card.levels[2].control.value == draft_version.dimensions.first().anchors.get(level=3).text
    assert (card.number, card.is_first, card.is_last) == (1, True, False)


def test_what_was_sent_is_shown_in_place_of_what_is_stored(draft_version):
    name = f"dimension_{draft_version.dimensions.first().pk}_weight"

    card = Editor(contents(draft_version), {name: "much"}, {name: "No number."}).dimensions[0]

    assert (card.controls["weight"].value, card.controls["weight"].refusal) == ("much", "No number.")
    assert card.is_refused
    assert card.controls["weight"].id == f"id_{name}"


def test_an_exercise_lists_the_dimensions_that_it_may_show(draft_version):
    card = Editor(contents(draft_version)).exercises[0]

    assert [name for name, _ in card.shows] == [row.name for row in draft_version.dimensions.all()]
    assert not any(control.ticked for _, control in card.shows)


def test_signals_stand_by_kind(draft_version):
    groups = Editor(contents(draft_version)).signals

    assert [group.kind for group in groups] == ["strong", "weak", "red_flag"]
    for group in groups:
        assert len(group.cards) == draft_version.signals.filter(kind=group.kind).count()


def test_shares_are_told_by_dimension(draft_version, person):
    first = reword(draft_version.dimensions.first(), weight="30", by=person("recruiter"))

    assert shares_of(contents(draft_version))[first.pk] == "30 %"


def test_the_outline_changes_with_the_rows_alone(draft_version, person):
    by, first = person("recruiter"), draft_version.dimensions.first()
    outlines = [outline_of(contents(draft_version))]
    reword(first, name="Renamed", by=by)
    same = outline_of(contents(draft_version))

    move_row(draft_version, "dimension", first.pk, to=1, by=by)
    outlines.append(outline_of(contents(draft_version)))
    add_row(draft_version, "area", by=by)
    outlines.append(outline_of(contents(draft_version)))

    assert same == outlines[0]
    assert len(set(outlines)) == 3


def test_what_can_be_undone_is_named(draft_version, person):
    first = draft_version.dimensions.first()
    remove_row(draft_version, "dimension", first.pk, by=person("recruiter"))
    draft_version.refresh_from_db()

    assert Editor(contents(draft_version)).undoable == f"the dimension “{first.name}”"


def test_words_without_a_field_are_quoted_once_ticks_are_left_out():
    assert unwritten(["a", " ", "on", "b"]) == "“a” “b”"


def test_cards_are_numbered_among_their_own(draft_version):
    cards = Editor(contents(draft_version)).dimensions

    assert [card.number for card in cards] == list(range(1, len(cards) + 1))
    assert {card.total for card in cards} == {len(cards)}
    assert [card.is_first for card in cards] == [True] + [False] * (len(cards) - 1)
    assert [card.is_last for card in cards] == [False] * (len(cards) - 1) + [True]


def test_a_card_has_an_address_in_the_page_and_one_for_its_buttons(draft_version):
    row = draft_version.exercises.first()

    card = Editor(contents(draft_version)).exercises[0]

    assert (card.id, card.row) == (f"exercise_{row.pk}", f"exercise {row.pk}")


@pytest.mark.parametrize(
    ("kind", "part", "called"),
    [
        ("dimension", "dimensions", "Dimension {}"),
        ("exercise", "exercises", "Exercise {}"),
        ("area", "areas", "Focus area {}"),
        ("skill", "skills", "Skill {}"),
        ("soft", "soft_skills", "Soft skill {}"),
    ],
)
def test_a_card_without_words_is_called_by_its_number(draft_version, person, kind, part, called):
    add_row(draft_version, kind, by=person("recruiter"))

    cards = getattr(Editor(contents(draft_version)), part)

    assert cards[-1].called == called.format(len(cards))


@pytest.mark.parametrize(("letters", "shown"), [(60, "x" * 60), (61, "x" * 59 + "…")])
def test_a_card_is_called_by_its_first_words(draft_version, person, letters, shown):
    by = person("recruiter")
    area = add_row(draft_version, "area", by=by)
    write(draft_version, {f"area_{area.pk}_name": "x" * letters}, by=by)

    assert Editor(contents(draft_version)).areas[-1].called == shown


def test_a_card_is_refused_with_one_of_its_fields_alone(draft_version):
    first, second = draft_version.dimensions.all()[:2]
    refusals = {f"dimension_{first.pk}_weight": "No number."}

    cards = Editor(contents(draft_version), {}, refusals).dimensions

    assert [card.is_refused for card in cards[:2]] == [True, False]
    assert cards[0].controls["weight"].value == ""
    assert second.pk == cards[1].pk


def test_each_level_says_whether_it_needs_evidence(draft_version, person):
    written = write(draft_version, {"needs_evidence_1": "on"}, by=person("recruiter"))

    evidence = Editor(written.contents).evidence

    assert [control.ticked for _, control in evidence] == [True, False, False, False, False]
    assert evidence[0][0].startswith("1: ")


def test_an_exercise_names_dimensions_without_a_name_by_their_number(draft_version, person):
    by = person("recruiter")
    first = reword(draft_version.dimensions.first(), name="", by=by)
    exercise = draft_version.exercises.first()
    write(draft_version, {f"exercise_{exercise.pk}_shows_{first.pk}": "on"}, by=by)

    shows = Editor(contents(draft_version)).exercises[0].shows

    assert (shows[0][0], shows[0][1].ticked) == ("Dimension 1", True)
    assert not any(control.ticked for _, control in shows[1:])


def test_questions_stand_below_their_dimension(draft_version, person):
    second = draft_version.dimensions.all()[1]
    question = add_row(draft_version, "question", among=str(second.pk), by=person("recruiter"))

    cards = Editor(contents(draft_version)).dimensions

    assert question.pk in [card.pk for card in cards[1].questions]
    assert question.pk not in [card.pk for card in cards[0].questions]


def test_how_shares_come_about_is_said_where_weights_are_set(draft_version, person):
    before = Editor(contents(draft_version)).weighing
    reword(draft_version.dimensions.first(), weight="30", by=person("recruiter"))

    after = Editor(contents(draft_version)).weighing

    assert before == ""
    assert after == "Dimensions without a weight share the remaining 70 % equally."
