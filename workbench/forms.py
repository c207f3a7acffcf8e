"""Forms of the chase list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from candidates.forms import MomentField, fields_only


class RemindForm(forms.Form):
    again = forms.BooleanField(
        label="Also those who were reminded in the last four hours",
        required=False,
        help_text="Without this they are not reminded.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = fields_only()


class DueForm(forms.Form):
    due_at = MomentField(label="New due time")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        zone = timezone.get_current_timezone_name()
        self.fields["due_at"].help_text = (
            f"In your company’s time zone, {zone}. It applies to everybody on the panel of these interviews. "
            "Whoever owes a scorecard is told."
        )
        self.helper = fields_only()


class MissedForm(forms.Form):
    """Why interviews did not take place; the page has the button."""

    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The same for each of them. The debriefs tell it, and the packets print it.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = fields_only()
