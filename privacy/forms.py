"""Forms about what is kept of a candidate: erasure, access, legal hold, retention."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from accounts.meanwhile import SharedForm
from candidates.forms import fields_only
from candidates.models import Opening
from candidates.names import Ticks
from packets.forms import WordsField
from privacy.erasure import Reason
from privacy.legal_holds import LONGEST


class ErasureForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[("", "Choose one"), *Reason.choices],
        label="Reason",
        help_text="Kept in the audit trail. You choose from a list because your own words could be about the person.",
    )
    sure = forms.BooleanField(
        label="I have read what is erased and what is kept, and I know that this cannot be undone."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only()


class AccessForm(forms.Form):
    more = forms.CharField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Also remove",
        help_text="Names or words that would identify someone else, one per line. Each is removed exactly as written.",
    )
    removed = WordsField(required=False)
    kept = WordsField(required=False)
    form = forms.ChoiceField(choices=[(name, name) for name in ("preview", "pdf", "json")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only()
        self.helper.layout = Layout("more")  # the page lists the words, its buttons say the form

    def ticks(self) -> Ticks:
        """What was ticked, also where the rest is refused."""
        wanted = self.cleaned_data if self.is_bound else {}
        return Ticks(tuple(wanted.get("removed", ())), tuple(wanted.get("kept", ())))


class HoldForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Reason for the hold",
        help_text="For example a case number. No one can erase this candidate while the hold is in place.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "hold_%s"} | kwargs)  # it stands beside a form with a reason of its own
        self.helper = fields_only()


class RetentionForm(SharedForm, forms.Form):
    kinds = ("opening.retention_set",)
    preset = forms.ChoiceField(
        choices=Opening.Retention.choices,
        label="Policy",
        help_text="Counted from the decision, or from the last activity if there is no decision yet.",
    )
    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=Opening.LONGEST_RETENTION,
        label="Days",
        help_text="Only needed for a stated purpose.",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, opening: Opening) -> None:
        days = opening.retention_days if opening.retention == Opening.Retention.PURPOSE else None
        super().__init__(data, initial={"preset": opening.retention, "days": days})
        self.helper = fields_only()
        self.keep_others(opening)
