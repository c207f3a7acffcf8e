"""Where messages go and in which form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from candidates.forms import helper
from notices.models import Webhook


class WebhookForm(forms.Form):
    address = forms.CharField(
        max_length=1000,
        help_text="The address that Slack, Teams or your own program gives you. Whoever knows it can write there, so "
        "only its host is shown later.",
    )
    form = forms.ChoiceField(
        label="Message format", choices=Webhook.Form.choices, widget=forms.RadioSelect, initial="slack"
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("Add webhook")
