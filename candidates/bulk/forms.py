"""How several applications are to stand from now on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from candidates.forms import OpeningField, fields_only, offer
from candidates.models import Application, Opening


class StatesForm(forms.Form):
    """One state for all; `openings` are those that they may move to."""

    state = forms.ChoiceField(label="Status", choices=Application.State.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="The same for each of them. Those who run the opening can read it, and the candidate if they ask "
        "for their data.",
    )
    to = OpeningField(
        Opening.objects.none(),
        label="Opening to move to",
        required=False,
        help_text="Only for a move. What was planned and written stays with these applications.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, openings: QuerySet[Opening]) -> None:
        super().__init__(data)
        offer(self, "to", openings, empty="Choose one")
        self.helper = fields_only()

    def clean(self) -> dict[str, Any]:
        """An error where they are to move nowhere."""
        data = super().clean() or {}
        if data.get("state") == Application.State.MOVED and not data.get("to"):
            self.add_error("to", "Choose the opening that the applications move to.")
        return data
