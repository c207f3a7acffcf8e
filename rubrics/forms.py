"""Forms of the rubric pages: a document to import, a new rubric, what a draft was refused for, publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.forms import TitleField
from accounts.refusals import add_errors
from rubrics.blueprints.language import LANGUAGES
from rubrics.readers.choice import PASTED, SIZE_LIMIT
from rubrics.titles import LIMIT

UPLOAD_LIMIT = SIZE_LIMIT
ACCEPTED = ".docx,.docm,.odt,.xlsx,.xlsm,.ods,.csv,.tsv,.pdf,.html,.htm,.md,.markdown,.txt,.json"


@dataclass(frozen=True)
class Sent:
    """What came to be imported: by which `field` of the form, its bytes, and its file's name."""

    field: str
    data: bytes
    filename: str


class BlueprintUploadForm(forms.Form):
    """A document to import: a file, or what was pasted with its formatting (`pasted_html`) or without."""

    file = forms.FileField(
        required=False,
        label="Role blueprint or scorecard",
        help_text="Word, OpenDocument, Excel, CSV, PDF with text, HTML, Markdown, plain text, a WordPress post as "
        "JSON, or a rubric that Evenhand exported; up to 8 MB. Nothing is saved until you have reviewed it.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it",
        help_text="Copy the document, or a table of it, from Word, Google Docs or Sheets, Notion or a web page. Its "
        "headings, lists and tables are read as well.",
        widget=forms.Textarea(attrs={"rows": 8, "data-paste": "pasted_html"}),
    )
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("preview", "Preview rubric"))

    def clean_file(self) -> UploadedFile | None:
        """The file, which has at most 8 MB, or None where none was sent."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > UPLOAD_LIMIT:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; the limit is {UPLOAD_LIMIT:,}.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pasted = (data.get("pasted", "") + data.get("pasted_html", "")).strip()
        if "file" in self.errors:
            return data
        if data.get("file") and pasted:
            self.add_error("pasted", "Choose a file or paste the document, not both.")
        elif not data.get("file") and not pasted:
            self.add_error("file", "Choose a file, or paste the document below.")
        return data

    def document(self) -> Sent:
        """What was sent, once the form is valid; of what was pasted, the bytes that a file of it would have."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None:
            return Sent("file", file.read(), file.name or "")
        formatted: str = self.cleaned_data["pasted_html"]
        text = formatted if formatted.strip() else self.cleaned_data["pasted"]
        ending = "html" if formatted.strip() else "txt"
        return Sent("pasted", text.replace("\r\n", "\n").encode(), f"{PASTED}.{ending}")


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        choices=sorted(LANGUAGES.items(), key=itemgetter(1)),
        label="Language of this rubric",
        help_text="Screen readers and printed packets pronounce and hyphenate its text in this language.",
    )


class NewRubricForm(LanguageForm):
    """The title and language of a rubric that starts empty."""

    field_order = ["title", "language"]
    title = TitleField(
        max_length=LIMIT,
        label="Role",
        help_text="What the job is called, such as “Data Engineer”. Openings, scorecards and packets show it.",
    )


class CopyForm(forms.Form):
    """The title of a rubric that starts as a copy."""

    title = TitleField(max_length=LIMIT, label="Role", help_text="What the other job is called.")


class PublishForm(forms.Form):
    """That whoever publishes knows what follows."""

    sure = forms.BooleanField(
        label="I understand that this version can never change once it is published.",
        error_messages={"required": "Tick this to publish the version."},
    )


class DraftForm(forms.Form):
    """What was refused of a draft, by the names of its editor's fields, which draws its own controls."""

    def __init__(self, refusals: Mapping[str, str], *, lead: str = "") -> None:
        super().__init__({})
        self.refusals = refusals
        self.refused_lead = lead
        for text in refusals.values():
            self.add_error(None, text)

    def problems(self) -> list[tuple[str, str]]:
        """Where each is mended, and why it was refused; for the summary at the page's top."""
        found: list[tuple[str, str]] = []
        for name, text in self.refusals.items():
            target = f"id_{name}" if name else ""
            found.append((target, text))
        return found


class LibraryForm(forms.Form):
    """Why something was not copied from the library; the page draws its own controls. `at` is the id to mend it at."""

    def __init__(self, error: ValidationError, *, at: str) -> None:
        super().__init__({})
        self.at = at
        add_errors(self, error)

    def problems(self) -> list[tuple[str, str]]:
        """Where it is mended, and why it was refused; for the summary at the page's top."""
        return [(self.at, str(text)) for text in self.non_field_errors()]
