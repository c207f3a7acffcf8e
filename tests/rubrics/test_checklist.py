"""What hinders the publication of a draft, and what is worth a second look."""

import pytest

from rubrics.checklist import checklist, hindrances
from rubrics.contents import contents
from rubrics.models import RubricVersion
from rubrics.rows import add_row
from tests.rubrics.drafting import add_dimension, reword, write


@pytest.fixture
def by(person):
    return person("recruiter")


def advice(version: RubricVersion) -> list[str]:
    return [finding.text for finding in checklist(contents(version)) if not finding.hinders]


def test_a_complete_draft_is_not_hindered(draft_version, by):
    found = contents(draft_version)
    for exercise in found.exercises:
        write(draft_version, {f"exercise_{exercise.pk}_shows_{found.dimensions[0].pk}": "on"}, by=by)
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=[])

    assert checklist(contents(RubricVersion.objects.get(pk=draft_version.pk))) == []


def test_a_draft_without_dimensions_is_hindered(draft_version):
    draft_version.dimensions.all().delete()

    assert hindrances(contents(draft_version)) == ["Add at least one dimension before you publish."]


def test_names_reasons_and_shares_hinder(draft_version, by):
    first, second = draft_version.dimensions.all()[:2]
    reword(first, name=f" {second.name.upper()} ", weight="120", by=by)
    reword(add_dimension(draft_version, by=by), level_3="Nameless", by=by)

    found = checklist(contents(draft_version))
    told = [finding.text for finding in found if finding.hinders]

    number = draft_version.dimensions.count()
    assert f"The weight of “{second.name.upper()}” has no reason. Give one, or clear the weight." in told
    assert f"Dimension {number} has no name. Name it, or remove it." in told
    assert f"Two dimensions are called “{second.name}”. Rename one of them, or remove it." in told
    assert any("which leaves nothing for them" in text for text in told)
    assert [finding.hinders for finding in found] == sorted((finding.hinders for finding in found), reverse=True)
    assert f"id_dimension_{first.pk}_weight_reason" in {finding.where for finding in found}


@pytest.mark.parametrize(
    ("kind", "among"), [("exercise", ""), ("area", ""), ("signal", "weak"), ("skill", ""), ("soft", "")]
)
def test_what_is_empty_hinders(draft_version, by, kind, among):
    add_row(draft_version, kind, among=among, by=by)

    [told] = hindrances(contents(draft_version))
    assert told.endswith("is empty. Write it, or remove it.")


def test_levels_exercises_and_likeness_are_worth_a_look(draft_version, by):
    first, second, third = draft_version.dimensions.all()[:3]
    reword(first, name="Working with others", level_3="", level_5="", by=by)
    reword(second, name="Working with other", level_5="", level_3="The same words", by=by)
    reword(third, level_3="the same WORDS", by=by)

    told = advice(draft_version)

    assert "“Working with others” has no wording for levels 3 and 5." in told
    assert "“Working with other” has no wording for level 5." in told
    assert "“Working with others” and “Working with other” have nearly the same name. Do both judge the same?" in told
    assert f"“Working with other” and “{third.name}” have the same wording for level 3." in told
    assert f"The exercise “{draft_version.exercises.first()}” shows no dimension. Tick what it shows." in told


def test_warnings_that_nobody_settled_are_worth_a_look(draft_version):
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=[{"code": "a", "message": "A"}])

    assert "The import left warnings that nobody has settled yet." in advice(
        RubricVersion.objects.get(pk=draft_version.pk)
    )


# --- where it is mended, and the bounds ------------------------------------------------
def findings(version: RubricVersion) -> dict[str, str]:
    """Each text with where it is mended."""
    return {finding.text: finding.where for finding in checklist(contents(version))}


def test_each_finding_leads_to_its_field(draft_version, by):
    first, second = draft_version.dimensions.all()[:2]
    reword(first, name="", by=by)
    reword(second, level_3="", by=by)
    area = add_row(draft_version, "area", by=by)

    found = findings(draft_version)

    assert found["Dimension 1 has no name. Name it, or remove it."] == f"id_dimension_{first.pk}_name"
    assert found[f"“{second.name}” has no wording for level 3."] == f"id_dimension_{second.pk}_level_3"
    assert found["A focus area is empty. Write it, or remove it."] == f"id_area_{area.pk}_name"


def test_a_dimension_without_a_name_is_called_by_its_number(draft_version, by):
    first = reword(draft_version.dimensions.first(), name="", level_5="", weight="20", by=by)

    texts = findings(draft_version)

    assert "The weight of Dimension 1 has no reason. Give one, or clear the weight." in texts
    assert texts["Dimension 1 has no wording for level 5."] == f"id_dimension_{first.pk}_level_5"


def test_several_dimensions_without_a_name_are_not_told_to_have_the_same(draft_version, by):
    for row in draft_version.dimensions.all()[:2]:
        reword(row, name="", by=by)

    assert not any(text.startswith("Two dimensions") for text in findings(draft_version))


def test_of_three_with_one_name_two_are_to_be_renamed(draft_version, by):
    for row in draft_version.dimensions.all()[:3]:
        reword(row, name="Care", by=by)

    told = [finding for finding in checklist(contents(draft_version)) if finding.text.startswith("Two dimensions")]

    rows = draft_version.dimensions.all()[1:3]
    assert [finding.where for finding in told] == [f"id_dimension_{row.pk}_name" for row in rows]


@pytest.mark.parametrize(("names", "alike"), [(("Systems", "System"), True), (("Systems", "Sisters"), False)])
def test_only_names_that_are_nearly_the_same_are_asked_about(draft_version, by, names, alike):
    for row, name in zip(draft_version.dimensions.all()[:2], names, strict=True):
        reword(row, name=name, by=by)

    asked = f"“{names[0]}” and “{names[1]}” have nearly the same name. Do both judge the same?"
    assert (asked in findings(draft_version)) == alike


def test_a_skill_with_its_group_alone_is_empty(draft_version, by):
    skill = add_row(draft_version, "skill", by=by)

    [told] = [finding for finding in checklist(contents(draft_version)) if finding.hinders]

    assert (told.text, told.where) == ("A skill is empty. Write it, or remove it.", f"id_skill_{skill.pk}_name")


def test_levels_without_words_are_not_the_same_words(draft_version, by):
    for row in draft_version.dimensions.all()[:2]:
        reword(row, level_1="", level_2="", by=by)

    assert not any("the same wording for level 1" in text for text in findings(draft_version))
