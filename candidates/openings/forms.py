"""Forms of an opening that exists."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from accounts.forms import TitleField
from accounts.meanwhile import SharedForm
from candidates.forms import TicksField, helper
from candidates.models import Opening

SEEN_BY_ALL = "Every recruiter will see this opening and its candidates."
HIDDEN = "Recruiters without a role on this opening will no longer see it."
NAMED = "Interviewers who have not submitted yet will see the candidates’ names and addresses."
NAMELESS = "From now on, interviewers will see a code name. They may remember names that they have already seen."


class OpeningEditForm(SharedForm, forms.ModelForm):
    """What a change of who sees what leads to is asked about, and saved once that is ticked."""

    kinds = ("opening.edited",)
    meant = TicksField(label="Please confirm", required=False)

    class Meta:
        model = Opening
        fields = ["title", "confidential", "anonymous"]
        field_classes: ClassVar = {"title": TitleField}

    def __init__(self, data: Mapping[str, object] | None = None, *, instance: Opening) -> None:
        super().__init__(data, instance=instance)
        self._before = (instance.confidential, instance.anonymous)
        self.helper = helper("Save opening")
        self.keep_others(instance)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        found = self._warnings()
        if not found:
            return data
        ticks = self.fields["meant"]
        assert isinstance(ticks, TicksField)
        ticks.show(found)
        if not found.keys() <= set(self.cleaned_data.get("meant", [])):
            self.add_error("meant", "Tick what is meant, or change it above.")
        return data

    def _warnings(self) -> dict[str, str]:
        """By their keys; empty where who sees what stays."""
        was_confidential, was_anonymous = self._before
        confidential, anonymous = self.cleaned_data.get("confidential"), self.cleaned_data.get("anonymous")
        found = {}
        if confidential != was_confidential:
            found[f"confidential-{confidential}"] = HIDDEN if confidential else SEEN_BY_ALL
        if anonymous != was_anonymous:
            found[f"anonymous-{anonymous}"] = NAMELESS if anonymous else NAMED
        return found


class LeaveForm(forms.Form):
    """What somebody is asked who would take from themselves the role by which they see an opening."""

    meant = forms.CharField(initial="on", widget=forms.HiddenInput)

    def __init__(self) -> None:
        super().__init__()
        self.helper = helper("Take me off")


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label="How it ended", choices=Opening.Outcome.choices, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("Close opening")


class CopyForm(forms.Form):
    title = TitleField(max_length=300)

    def __init__(self, data: Mapping[str, object] | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.helper = helper("Copy opening")
