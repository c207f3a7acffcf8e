"""Forms of openings, rounds, candidates and interviews."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Interview, Opening, OpeningMember, Panelist, Round
from rubrics.models import RubricVersion


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, empty: str | None = None) -> None:
    """Let the form's choice `name` offer these rows, with `empty` as the words for none of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if empty is not None:
        field.empty_label = empty
    elif field.empty_label == "---------":
        field.empty_label = "Choose one"


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """A service's complaint at the fields that it names; those that this form lacks above all fields."""
    for field, texts in getattr(error, "message_dict", {None: error.messages}).items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)


def helper(label: str) -> FormHelper:
    form_helper = FormHelper()
    form_helper.add_input(Submit("save", label))
    return form_helper


def fields_only() -> FormHelper:
    """For a form whose page writes the form's tag, token and button."""
    form_helper = FormHelper()
    form_helper.form_tag = False
    form_helper.disable_csrf = True
    return form_helper


class OpeningForm(forms.ModelForm):
    hiring_managers = forms.ModelMultipleChoiceField(
        User.objects.colleagues().filter(is_hiring_manager=True),
        widget=forms.CheckboxSelectMultiple,
        help_text="They run the debrief and record the decision.",
    )
    field_order = ["title", "rubric_version", "hiring_managers", "confidential", "anonymous"]

    class Meta:
        model = Opening
        fields = ["title", "rubric_version", "confidential", "anonymous"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rubric_version", RubricVersion.objects.published().select_related("rubric"))
        self.helper = helper("Create the opening")


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.colleagues(), label="Person")
    role = forms.ChoiceField(choices=OpeningMember.Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Give this role")


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = ["order", "name", "minutes", "exercise", "dimensions"]
        widgets = {"dimensions": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.instance.opening.rubric_version
        offer(self, "exercise", version.exercises.all(), empty="No exercise")
        offer(self, "dimensions", version.dimensions.all())
        self.helper = helper("Save the round")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.instance.opening.rounds.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError("This opening has a round with this name already.")
        return name


class CandidateForm(forms.Form):
    name = forms.CharField(max_length=300)
    email = forms.EmailField(label="E-mail address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Add the candidate")


class InterviewForm(forms.Form):
    """An interview to plan or, where `interview` is given, to change: its round then stays."""

    round = forms.ModelChoiceField(Round.objects.none(), empty_label=None)
    starts_at = forms.DateTimeField(
        label="Starts at",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    hours_to_score = forms.IntegerField(
        label="Hours to score", min_value=1, max_value=720, initial=24, help_text="After the interview ends."
    )
    leads = forms.ModelMultipleChoiceField(User.objects.none(), widget=forms.CheckboxSelectMultiple)
    shadows = forms.ModelMultipleChoiceField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="They fill the form to learn; it is never counted.",
    )

    def __init__(self, *args: Any, application: Application, interview: Interview | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": _initial(interview)} if interview else {}) | kwargs)
        on_panel = Q(is_external=True, panels__interview=interview) if interview else Q(pk__in=[])
        people = User.objects.filter(Q(is_external=False) | on_panel, is_active=True).distinct()
        people = people.exclude(email__iexact=application.candidate.email)
        self.fields["starts_at"].help_text = f"In the company's time zone, {timezone.get_current_timezone_name()}."
        offer(self, "round", application.opening.rounds.all())
        offer(self, "leads", people)
        offer(self, "shadows", people)
        self.fields["round"].disabled = interview is not None
        self.helper = helper("Save the interview" if interview else "Plan the interview")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"starts_at", "round", "hours_to_score"} <= data.keys():
            length = timedelta(minutes=data["round"].minutes, hours=data["hours_to_score"])
            try:
                data["due_at"] = data["starts_at"] + length
            except OverflowError:
                self.add_error("starts_at", "This is too far in the future.")
        return data

    def plan(self) -> dict[str, Any]:
        """Times and panel, as the services take them."""
        data = self.cleaned_data
        people = {name: list(data[name]) for name in ("leads", "shadows")}
        return {"starts_at": data["starts_at"], "due_at": data["due_at"], **people}


def _initial(interview: Interview) -> dict[str, Any]:
    """The interview as the form's values; the hours to score count from its end."""
    seats = list(interview.panelists.all())
    end = interview.starts_at + timedelta(minutes=interview.round.minutes)
    return {
        "round": interview.round,
        "starts_at": interview.starts_at,
        "hours_to_score": max(1, round((interview.due_at - end).total_seconds() / 3600)),
        "leads": [seat.user_id for seat in seats if seat.role == Panelist.Role.LEAD],
        "shadows": [seat.user_id for seat in seats if seat.role == Panelist.Role.SHADOW],
    }
