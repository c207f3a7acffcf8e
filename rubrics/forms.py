from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from rubrics.models import LEVEL_NAMES, LEVELS, Dimension

UPLOAD_LIMIT = 8 * 1024 * 1024


class BlueprintUploadForm(forms.Form):
    file = forms.FileField(
        label="Role blueprint",
        help_text="A WordPress post as JSON, or an HTML file; at most 8 MB. Nothing is stored before you have seen it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.html,.htm"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("preview", "Read it and show me"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMIT:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; {UPLOAD_LIMIT:,} is the most.")
        return file


class EvidenceLevelsForm(forms.Form):
    levels = forms.TypedMultipleChoiceField(
        choices=[(level, f"{level}: {LEVEL_NAMES[level]}") for level in LEVELS],
        coerce=int,
        required=False,
        label="Evidence is obligatory for these scores",
        widget=forms.CheckboxSelectMultiple,
        help_text="A scorecard with such a score and no evidence cannot be submitted.",
    )


class DimensionForm(forms.ModelForm):
    class Meta:
        model = Dimension
        fields = ["name", "must_have", "weight", "weight_reason"]
        labels = {"weight_reason": "Why this weight"}
        help_texts = {
            "weight": "In percent; empty means equal weights.",
            "weight_reason": "A set weight needs one.",
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
        self.helper.add_input(Submit("save", "Save the dimension"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weight = data.get("weight")
        if weight is not None and weight < 0:
            self.add_error("weight", "A weight cannot be negative.")
        if weight is not None and not data.get("weight_reason"):
            self.add_error("weight_reason", "Say why this dimension is weighted.")
        return data

    def own_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def anchors(self) -> dict[int, str]:
        return {level: self.cleaned_data[f"level_{level}"].strip() for level in LEVELS}
