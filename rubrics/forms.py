"""Forms of the rubric pages: a document to import, a dimension of a draft, which scores need evidence."""

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile

from rubrics.blueprints.language import LANGUAGES
from rubrics.levels import LEVEL_NAMES, LEVELS
from rubrics.models import Dimension
from rubrics.readers.choice import PASTED, SIZE_LIMIT
from rubrics.services import DimensionFields

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


class EvidenceLevelsForm(forms.Form):
    levels = forms.TypedMultipleChoiceField(
        choices=[(level, f"{level}: {LEVEL_NAMES[level]}") for level in LEVELS],
        coerce=int,
        required=False,
        label="Require evidence for these scores",
        widget=forms.CheckboxSelectMultiple,
        help_text="A scorecard with one of these scores cannot be submitted without evidence for it.",
    )


class DimensionForm(forms.ModelForm):
    class Meta:
        model = Dimension
        fields = ["name", "must_have", "weight", "weight_reason"]
        labels = {"weight_reason": "Reason for this weight"}
        help_texts = {
            "weight": "In percent. Dimensions without a weight share what the others leave of 100 % equally.",
            "weight_reason": "Required if you set a weight.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anchors = self.instance.anchors.all() if self.instance.pk else ()
        given = {anchor.level: anchor.text for anchor in anchors}
        for level in LEVELS:
            self.fields[f"level_{level}"] = forms.CharField(
                label=f"{level}: {LEVEL_NAMES[level]}",
                required=False,
                initial=given.get(level, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("save", "Save dimension"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weight = data.get("weight")
        if weight is not None and weight < 0:
            self.add_error("weight", "A weight cannot be negative.")
        if weight is not None and not data.get("weight_reason"):
            self.add_error("weight_reason", "Give a reason for this weight.")
        return data

    def own_fields(self) -> DimensionFields:
        """What was written of the dimension itself, once the form is valid."""
        return {
            "name": self.cleaned_data["name"],
            "must_have": self.cleaned_data["must_have"],
            "weight": self.cleaned_data["weight"],
            "weight_reason": self.cleaned_data["weight_reason"],
        }

    def anchors(self) -> dict[int, str]:
        """The wording of each level, 1 to 5, once the form is valid.

        Empty where nothing was written.
        """
        return {level: self.cleaned_data[f"level_{level}"].strip() for level in LEVELS}
