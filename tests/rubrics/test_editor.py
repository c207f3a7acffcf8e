"""What the editor shows of a draft."""

from rubrics.contents import contents
from rubrics.editor import Editor, outline_of, shares_of, unwritten
from rubrics.rows import add_row, move_row, remove_row
from tests.rubrics.drafting import reword


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
