"""The forms refuse what is too large or too long before anything reads it."""

from files import forms


def test_a_file_that_is_too_large_is_named_with_the_limit(sent, monkeypatch):
    monkeypatch.setattr(forms, "FILE_LIMIT", 5)
    form = forms.FileForm({"file-purpose": "resume"}, {"file-file": sent()})

    assert "the limit is 5" in str(form.errors)


def test_each_form_has_names_of_its_own():
    names = [field.html_name for form in (forms.FileForm(), forms.LinkForm(), forms.NoteForm()) for field in form]

    assert len(names) == len(set(names))
