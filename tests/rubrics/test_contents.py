"""What a version holds, and its texts by the editor's fields."""

from rubrics.contents import contents, named, renumbered, wording
from rubrics.fields import TICKED, parsed
from rubrics.models import Dimension, RubricVersion, Signal
from rubrics.rows import add_row, remove_row
from tests.rubrics.drafting import add_dimension, reword, write


def test_every_field_has_the_text_that_is_stored(published_version):
    found = contents(published_version)

    texts = found.texts()

    first = found.dimensions[0]
    assert texts["title"] == published_version.rubric.title
    assert texts[f"dimension_{first.pk}_name"] == first.name
    assert texts[f"dimension_{first.pk}_level_3"] == wording(first)[3]
    assert texts[f"dimension_{first.pk}_level_1"] == ""
    assert texts[f"exercise_{found.exercises[0].pk}_look_for"] == "\n".join(found.exercises[0].look_for)
    assert {"needs_evidence_1": "", "language": "en"}.items() <= texts.items()


def test_a_row_of_another_version_is_none_of_it(published_version, draft_version):
    other = draft_version.dimensions.first()
    found = contents(published_version)

    assert found.row(parsed(f"dimension_{other.pk}_name")) is None
    assert found.text(parsed(f"dimension_{other.pk}_name")) == ""
    assert found.dimension_key(other.pk) == ""


def test_all_of_it_takes_the_same_few_queries(published_version, django_assert_num_queries):
    version = RubricVersion.objects.select_related("rubric").get(pk=published_version.pk)

    with django_assert_num_queries(8):
        contents(version).texts()


def test_rows_that_stand_elsewhere_are_told_with_their_new_place():
    rows = [Signal(order=0), Signal(order=5), Signal(order=2)]

    assert renumbered(rows) == [rows[1]]
    assert [row.order for row in rows] == [0, 1, 2]


def test_named_fields_have_the_texts_that_all_of_them_have(published_version, django_assert_num_queries):
    everything = contents(published_version).texts()
    fields = [parsed(name) for name in everything]
    kinds = {field.kind for field in fields if field.kind}
    version = RubricVersion.objects.get(pk=published_version.pk)

    with django_assert_num_queries(len(kinds) + 3):  # and the wording of levels, the keys of dimensions, the title
        found = named(version, fields)
        assert {str(field): found.text(field) for field in fields} == everything


def test_what_is_not_named_is_not_read(published_version, draft_version, django_assert_num_queries):
    own, foreign = published_version.signals.first(), draft_version.signals.first()

    with django_assert_num_queries(1):
        found = named(published_version, [parsed(f"signal_{own.pk}_text"), parsed(f"signal_{foreign.pk}_text")])

    assert found.text(parsed(f"signal_{own.pk}_text")) == own.text
    assert found.row(parsed(f"signal_{foreign.pk}_text")) is None
    assert found.row(parsed(f"dimension_{published_version.dimensions.first().pk}_name")) is None


def test_what_is_ticked_has_a_text_and_the_rest_has_none(draft_version, person):
    found = contents(draft_version)
    exercise, (shown, other) = found.exercises[0], found.dimensions[:2]
    shows, shows_other = (f"exercise_{exercise.pk}_shows_{row.pk}" for row in (shown, other))
    write(draft_version, {"needs_evidence_5": "on", shows: "on", shows_other: ""}, by=person("recruiter"))

    texts = contents(RubricVersion.objects.get(pk=draft_version.pk)).texts()

    assert (texts["needs_evidence_5"], texts["needs_evidence_4"]) == (TICKED, "")
    assert (texts[shows], texts[shows_other]) == (TICKED, "")


def test_a_row_that_is_gone_has_no_text(draft_version):
    gone = parsed(f"signal_{draft_version.signals.first().pk}_text")
    draft_version.signals.all().delete()

    assert contents(draft_version).text(gone) == ""
    assert named(draft_version, [gone]).text(gone) == ""


def test_the_outline_changes_with_the_rows_and_not_with_their_words(draft_version, person):
    def outline() -> str:
        return contents(draft_version).outline

    before = outline()
    reword(draft_version.dimensions.first(), by=person("recruiter"), name="Care", level_2="x")
    assert outline() == before

    added = add_row(draft_version, "signal", among="weak", by=person("recruiter"))
    assert outline() != before

    remove_row(draft_version, "signal", added.pk, by=person("recruiter"))
    assert outline() == before


def test_the_outline_tells_rows_that_changed_places(draft_version):
    before = contents(draft_version).outline
    first, second = draft_version.dimensions.all()[:2]
    first.order, second.order = second.order, first.order
    Dimension.objects.bulk_update([first, second], ["order"])

    assert contents(draft_version).outline != before


def test_a_level_without_wording_has_an_empty_one(draft_version, person):
    dimension = add_dimension(draft_version, name="Care", level_3="lifts", by=person("recruiter"))

    assert wording(dimension) == {1: "", 2: "", 3: "lifts", 4: "", 5: ""}
