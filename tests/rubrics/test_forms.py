"""Forms of the rubric pages: what each takes, and in which words it refuses the rest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rubrics.forms import UPLOAD_LIMIT, BlueprintUploadForm, DimensionForm, EvidenceLevelsForm, Sent
from rubrics.models import Dimension


def dimension_form(**sent: str) -> DimensionForm:
    return DimensionForm(sent, instance=Dimension())


def test_a_file_up_to_the_limit_is_taken():
    file = SimpleUploadedFile("role.html", b"x" * UPLOAD_LIMIT)

    form = BlueprintUploadForm({}, {"file": file})

    assert form.is_valid()
    assert form.cleaned_data["file"] is file


def test_a_file_above_the_limit_is_refused_with_both_sizes():
    file = SimpleUploadedFile("role.html", b"x" * (UPLOAD_LIMIT + 1))

    form = BlueprintUploadForm({}, {"file": file})

    assert form.errors == {"file": ["This file has 8,388,609 bytes; the limit is 8,388,608."]}


def test_what_is_pasted_has_the_bytes_that_its_file_would_have():
    form = BlueprintUploadForm({"pasted": " a\r\n  b\r\n"})

    assert form.is_valid()
    assert form.document() == Sent("pasted", b" a\n  b\n", "pasted.txt")


def test_formatting_that_was_pasted_goes_before_the_words():
    form = BlueprintUploadForm({"pasted": "A", "pasted_html": "<b>A</b>"})

    assert form.is_valid()
    assert form.document() == Sent("pasted", b"<b>A</b>", "pasted.html")


def test_neither_a_file_nor_a_paste_is_refused():
    assert BlueprintUploadForm({"pasted": " \n"}).errors == {"file": ["Choose a file, or paste the document below."]}


def test_a_file_and_a_paste_at_once_are_refused():
    form = BlueprintUploadForm({"pasted": "a"}, {"file": SimpleUploadedFile("role.html", b"x")})

    assert form.errors == {"pasted": ["Choose a file or paste the document, not both."]}


@pytest.mark.parametrize(
    ("sent", "levels"),
    [(["1"], [1]), (["5", "1"], [5, 1]), ([], [])],
)
def test_levels_come_as_numbers(sent, levels):
    form = EvidenceLevelsForm({"levels": sent})

    assert form.is_valid()
    assert form.cleaned_data["levels"] == levels


@pytest.mark.parametrize("sent", ["0", "6", "x", "1.5"])
def test_a_level_that_is_none_is_refused(sent):
    assert not EvidenceLevelsForm({"levels": [sent]}).is_valid()


def test_each_level_s_choice_says_what_it_means():
    labels = [label for _, label in EvidenceLevelsForm().fields["levels"].choices]

    assert labels[0] == "1: Well below the bar"
    assert labels[-1] == "5: Exceeds the bar"


def test_a_dimension_needs_a_name_and_nothing_else():
    form = dimension_form(name="Care")

    assert form.is_valid()
    assert form.own_fields() == {"name": "Care", "must_have": False, "weight": None, "weight_reason": ""}
    assert form.anchors() == {1: "", 2: "", 3: "", 4: "", 5: ""}


def test_wordings_lose_white_space_at_their_ends():
    form = dimension_form(name="Care", level_1="  a ", level_5="b\n\nc\n")

    assert form.is_valid()
    assert form.anchors() == {1: "a", 2: "", 3: "", 4: "", 5: "b\n\nc"}


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"weight": "40"}, {"weight_reason": ["Give a reason for this weight."]}),
        ({"weight": "0"}, {"weight_reason": ["Give a reason for this weight."]}),
        ({"weight": "-1", "weight_reason": "x"}, {"weight": ["A weight cannot be negative."]}),
        (
            {"weight": "-1"},
            {
                "weight": ["A weight cannot be negative."],
                "weight_reason": ["Give a reason for this weight."],
            },
        ),
    ],
)
def test_a_weight_is_not_negative_and_has_a_reason(sent, errors):
    assert dimension_form(name="Care", **sent).errors == errors


@pytest.mark.parametrize("sent", [{"weight": "40", "weight_reason": "x"}, {"weight_reason": "kept for later"}])
def test_a_reason_without_a_weight_does_no_harm(sent):
    assert dimension_form(name="Care", **sent).is_valid()


def test_a_form_of_a_dimension_that_is_there_holds_its_wordings(published_version):
    dimension = published_version.dimensions.first()

    form = DimensionForm(instance=dimension)

    given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    assert [form.fields[f"level_{level}"].initial for level in (1, 3, 5)] == ["", given[3], given[5]]
