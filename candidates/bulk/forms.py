"""How several applications are to stand from now on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from candidates.bulk.states import named
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

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # how each stood when the page was shown

    def __init__(
        self, data: QueryDict | None = None, *, openings: QuerySet[Opening], applications: Sequence[Application]
    ) -> None:
        now = " ".join(f"{application.pk}:{application.state}" for application in applications)
        super().__init__(data, initial={"seen": now})
        self._meanwhile: list[Application] = []
        if data is not None:
            seen = dict(pair.split(":", 1) for pair in data.get("seen", "").split() if ":" in pair)
            for application in applications:
                if seen.get(str(application.pk), application.state) != application.state:
                    self._meanwhile.append(application)
            self.data = data.copy()
            self.data["seen"] = now
        offer(self, "to", openings, empty="Choose one")
        self.helper = fields_only()

    def clean(self) -> dict[str, Any]:
        """An error where they are to move nowhere, or somebody set one of them since the page was shown."""
        data = super().clean() or {}
        if self._meanwhile:
            told = f"Somebody set these meanwhile: {named(self._meanwhile)}. How they stand now is shown beside them."
            self.add_error(None, f"{told} Save again to set them all the same.")
        if data.get("state") == Application.State.MOVED and not data.get("to"):
            self.add_error("to", "Choose the opening that the applications move to.")
        return data
