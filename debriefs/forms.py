"""The forms of a debrief's meeting: notes, who attended, re-ratings, the decision and
its reopening."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.choosing import PeopleField
from accounts.models import User
from candidates.forms import fields_only, offer
from debriefs.models import Decision, MeetingNote, ReRating
from rubrics.levels import LEVEL_MEANINGS, LEVEL_NAMES, LEVELS
from rubrics.models import Dimension
from scorecards.models import Rating

WORDS = forms.Textarea(attrs={"rows": 2})


class MeetingNoteForm(forms.Form):
    """A note on one dimension (hidden field) or on the whole, or a follow-up."""

    text = forms.CharField(label="Note", widget=WORDS)
    kind = forms.ChoiceField(choices=MeetingNote.Kind.choices, initial=MeetingNote.Kind.NOTE)
    dimension = forms.ModelChoiceField(Dimension.objects.none(), required=False, empty_label="The whole debrief")

    def __init__(self, *args: Any, dimensions: QuerySet[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_meeting_%s"} | kwargs)
        offer(self, "dimension", dimensions)
        self.helper = fields_only()


class AttendanceForm(forms.Form):
    users = PeopleField(User.objects.none(), required=False, label="Colleagues", widget=forms.CheckboxSelectMultiple)
    names = forms.CharField(
        required=False, label="Others", help_text="One name per line.", widget=WORDS, max_length=2000
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_attendance_%s"} | kwargs)
        offer(self, "users", people)
        self.helper = fields_only()


class ReRatingForm(forms.Form):
    """One changed rating of one's own, with the wording of each level beside the
    choice."""

    answer = forms.ChoiceField(widget=forms.RadioSelect, label="New rating")
    kind = forms.ChoiceField(choices=ReRating.Kind.choices, widget=forms.RadioSelect, label="Based on")
    source = forms.CharField(
        required=False, max_length=300, label="Source of the new evidence", help_text="Only needed for new evidence."
    )
    reason = forms.CharField(label="Reason for the change", widget=WORDS)

    def __init__(self, *args: Any, dimension: Dimension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wording = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
        levels = []
        for n in LEVELS:
            meaning = wording.get(n) or LEVEL_MEANINGS[n]
            levels.append((str(n), f"{n} {LEVEL_NAMES[n]}: {meaning}"))
        reasons = [(value, f"Not assessed: {label[0].lower()}{label[1:]}") for value, label in Rating.Reason.choices]
        self.fields["answer"].choices = levels + reasons  # type: ignore[attr-defined]  # the field is a choice
        self.helper = fields_only()


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="Reason for reopening",
        help_text="The earlier decision stays in the history, with this reason.",
        widget=WORDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_reopen_%s"} | kwargs)
        self.helper = fields_only()


class DecisionForm(forms.ModelForm):
    """The decision, with one reason for each must-have dimension and one for the
    whole.
    """

    outcome = forms.ChoiceField(choices=Decision.Outcome.choices, widget=forms.RadioSelect)

    class Meta:
        model = Decision
        fields = ["outcome", "rationale", "conditions", "dissent", "dissenter"]
        widgets = {
            "rationale": forms.Textarea(attrs={"rows": 4}),
            "conditions": WORDS,
            "dissent": WORDS,
        }

    def __init__(self, *args: Any, must_haves: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_haves = must_haves
        after_outcome = {"outcome": self.fields.pop("outcome")}
        for key, name in must_haves.items():
            label = f"What “{name}” (must-have) means for the decision"
            after_outcome[f"rationale_{key}"] = forms.CharField(required=False, label=label, widget=WORDS)
        self.fields = after_outcome | self.fields
        self.fields["rationale"].label = "Rationale"
        self.helper = fields_only()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("dissent") and not data.get("dissenter"):
            self.add_error("dissenter", "Say who dissents.")
        return data

    def decided(self) -> dict[str, Any]:
        """What `debriefs.meetings.record_decision` takes."""
        data = dict(self.cleaned_data)
        rationales = {key: data.pop(f"rationale_{key}") for key in self.must_haves}
        return data | {"rationales": rationales}
