"""Forms of notices."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer
from django.utils.safestring import SafeString

from accounts.markup import filled, joined
from accounts.templatetags.controls import as_attributes
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
        help_text="Whoever has the address can read them. Names are left out of confidential openings, and "
        "anonymous ones keep code names.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def zone_choices() -> tuple[tuple[str, str], ...]:
    return _zones(settings.TIME_ZONE)


@cache
def _zones(company: str) -> tuple[tuple[str, str], ...]:
    """The company's zone, UTC, and every place of the time zone database."""
    places = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]
    return ("", f"The company’s ({company})"), ("UTC", "UTC"), *places


@cache
def _zone_options(company: str) -> SafeString:
    return joined(filled('<option value="{}">{}</option>\n', *zone) for zone in _zones(company))


class ZoneSelect(forms.Select):
    """Hundreds of options, the same for everybody but for the chosen one: written once in a process."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        plain = filled('<option value="{}">', value or "")
        chosen = filled('<option value="{}" selected>', value or "")
        options = SafeString(_zone_options(settings.TIME_ZONE).replace(plain, chosen))
        attributes = as_attributes(self.build_attrs(self.attrs, attrs))
        return filled('<select name="{}"{}>\n{}</select>', name, attributes, options)


class PreferencesForm(forms.ModelForm):
    """How one person wants to be told."""

    time_zone = forms.ChoiceField(label="Time zone", required=False, choices=zone_choices, widget=ZoneSelect)
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
