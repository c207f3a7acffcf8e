"""Forms of notices."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings

from notices.models import NoticePreferences
from notices.reminders import Quiet, hours_open

OPEN_HOURS = 4  # of a day, at least: what an opening demands can be lowered, not silenced
DAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]


class FeedForm(forms.Form):
    """What a new address of a calendar feed may tell."""

    with_names = forms.BooleanField(
        label="With candidates’ names",
        required=False,
        help_text="Whoever has the address can read them. Confidential openings stay without, anonymous ones keep "
        "the code name.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PreferencesForm(forms.ModelForm):
    """How one person wants to be told."""

    quiet_days = forms.TypedMultipleChoiceField(
        label="Quiet days",
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NoticePreferences
        fields = (
            "mails_everything",
            "time_zone",
            "language",
            "quiet_from",
            "quiet_until",
            "quiet_days",
            "fewer_reminders",
        )
        labels = {
            "mails_everything": "Send every notice by e-mail too",
            "quiet_from": "Quiet from",
            "quiet_until": "Quiet until",
            "fewer_reminders": "Remind me only once a scorecard is late",
        }
        help_texts = {
            "mails_everything": (
                "Without this, you get e-mail only about your own interviews and scorecards. "
                "Everything else is on the notices page."
            ),
            "quiet_from": "Reminders wait until your quiet hours end.",
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]
        company = ("", f"The company’s ({settings.TIME_ZONE})")
        self.fields["time_zone"] = forms.ChoiceField(
            label="Time zone", required=False, choices=[company, ("UTC", "UTC"), *zones]
        )
        self.fields["language"] = forms.ChoiceField(
            label="Language",
            required=False,
            choices=[("", "No preference"), *settings.LANGUAGES],
            help_text="Evenhand speaks English only so far. Your choice is kept for when it learns yours.",
        )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if start is not None and end is not None and hours_open(Quiet(start, end, ())) < OPEN_HOURS:
            self.add_error(
                "quiet_until",
                f"Leave at least {OPEN_HOURS} hours of the day for reminders. Quiet days are chosen below.",
            )
        return cleaned
