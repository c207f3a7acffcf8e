"""Forms of the rubric pages: what each takes, and in which words it refuses the rest."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from rubrics.forms import UPLOAD_LIMIT, BlueprintUploadForm, DraftForm, LibraryForm, NewRubricForm, PublishForm, Sent


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


def test_publishing_takes_a_tick():
    assert PublishForm({"sure": "on"}).is_valid()
    assert PublishForm({}).errors == {"sure": ["Tick this to publish the version."]}


def test_a_refused_draft_leads_to_each_of_its_fields():
    form = DraftForm({"dimension_1_weight": "No number.", "": "Too late."}, lead="Compare them.")

    assert form.problems() == [("id_dimension_1_weight", "No number."), ("", "Too late.")]
    assert form.errors
    assert form.refused_lead == "Compare them."


def test_a_rubric_needs_a_title():
    assert NewRubricForm({"title": " ", "language": "en"}).errors == {"title": ["This field is required."]}
    assert list(NewRubricForm().fields) == ["title", "language"]


def test_what_the_library_refused_leads_to_where_it_is_mended():
    form = LibraryForm(ValidationError(["Remove one first.", "Or choose another."]), at="id_into")

    assert form.problems() == [("id_into", "Remove one first."), ("id_into", "Or choose another.")]


def test_formatting_without_words_leaves_what_was_pasted_plainly():
    form = BlueprintUploadForm({"pasted": "A", "pasted_html": " \n"})

    assert form.is_valid()
    assert form.document() == Sent("pasted", b"A", "pasted.txt")


def test_a_file_is_sent_as_it_is_with_its_name():
    form = BlueprintUploadForm({"pasted": " "}, {"file": SimpleUploadedFile("role.md", b"# A\r\n")})

    assert form.is_valid()
    assert form.document() == Sent("file", b"# A\r\n", "role.md")


def test_a_refused_file_is_told_once_whatever_was_pasted_beside_it():
    file = SimpleUploadedFile("role.html", b"x" * (UPLOAD_LIMIT + 1))

    assert list(BlueprintUploadForm({"pasted": "a"}, {"file": file}).errors) == ["file"]
