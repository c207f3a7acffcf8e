"""Forms of openings, rounds, candidates and interviews."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypedDict

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import formats, timezone

from accounts.choosing import PeopleField, PersonField
from accounts.folding import name_key
from accounts.forms import MeantField, NameField, TitleField, ask_whose
from accounts.meanwhile import SharedForm
from accounts.models import User, has_address
from accounts.texts import LONGEST_ADDRESS
from candidates.doubts import Planned, doubts
from candidates.identity import MOST, Known, holders, known_as
from candidates.inviting import ROLES, Named, read_people
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember, Panelist, ReminderRule, Round
from candidates.policies import editable
from candidates.services import refuse_round_name
from rubrics.models import Dimension, RubricVersion

FIRST_YEAR = 1900  # a typing error before
LAST_YEAR = 9000  # so that a link's end and another time zone still fit into the calendar


class Plan(TypedDict):
    """Times, place and panel of an interview, as the services take them."""

    starts_at: datetime
    due_at: datetime
    place: str
    leads: list[User]
    shadows: list[User]


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Model], *, empty: str | None = None) -> None:
    """Let the choice `name` offer these rows; `empty` is the choice of none."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if empty is not None:
        field.empty_label = empty
    elif field.empty_label == "---------":
        field.empty_label = "Choose one"


def people_boxes(opening: int, interview: Interview | None = None) -> forms.CheckboxSelectMultiple:
    """A box for each person; where there are many, a script beside them finds who is meant and says who is busy.

    `interview` is the one that is being changed.
    """
    attributes = {"data-people": reverse("colleagues_found", args=[opening])}
    if interview is not None:
        attributes["data-interview"] = str(interview.pk)
    return forms.CheckboxSelectMultiple(attrs=attributes)


def helper(label: str) -> FormHelper:
    """For a form that is a page of its own; `label` is what its button says."""
    form_helper = FormHelper()
    form_helper.attrs = {"novalidate": True}  # the page says what is refused, as all others do
    form_helper.add_input(Submit("save", label))
    return form_helper


def fields_only() -> FormHelper:
    """For a form whose page writes the form's tag, token and button."""
    form_helper = FormHelper()
    form_helper.form_tag = False
    form_helper.disable_csrf = True
    return form_helper


class OpeningForm(forms.ModelForm):
    hiring_managers = PeopleField(
        User.objects.colleagues().filter(is_hiring_manager=True),
        widget=forms.CheckboxSelectMultiple(attrs={"data-people": ""}),  # no opening yet whose page would be asked
        help_text="They run the debrief and record the decision.",
    )
    field_order = ["title", "rubric_version", "hiring_managers", "confidential", "anonymous", "files_for_panel"]

    class Meta:
        model = Opening
        fields = ["title", "rubric_version", "confidential", "anonymous", "files_for_panel"]
        field_classes: ClassVar = {"title": TitleField}

    def __init__(
        self, data: Mapping[str, object] | None = None, *, by: User, version: RubricVersion | None = None
    ) -> None:
        """`version` is the one that its reader came from; whoever creates it and is a hiring manager is proposed."""
        super().__init__(data, initial=_proposed(by, version))
        versions = RubricVersion.objects.published().select_related("rubric")
        offer(self, "rubric_version", versions)
        self.helper = helper("Create opening")


def _proposed(by: User, version: RubricVersion | None) -> dict[str, object]:
    proposed: dict[str, object] = {}
    if by.is_hiring_manager:
        proposed["hiring_managers"] = [by.pk]
    if version is not None:
        proposed |= {"title": version.rubric.title, "rubric_version": version.pk}
    return proposed


class MemberForm(forms.Form):
    user = PersonField(User.objects.colleagues(), label="Person")
    role = forms.ChoiceField(choices=OpeningMember.Role.choices)

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("Give role")


class InviteForm(forms.Form):
    """Several people and the role that all of them get."""

    people = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        help_text="One person per line, as “Name &lt;address&gt;” or just the address.",
    )
    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect)
    rounds = forms.ModelMultipleChoiceField(
        Round.objects.none(),
        label="Rounds that interviewers usually hold",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="For interviewers only.",
    )
    whose = MeantField(label="These are the candidates, who never see their own application")

    def __init__(self, data: Mapping[str, object] | None = None, *, opening: Opening, by: User) -> None:
        super().__init__(data)
        self._by = by
        offer(self, "rounds", opening.rounds.all())
        self.helper = helper("Invite")

    def clean_people(self) -> list[Named]:
        """The people that the lines name."""
        try:
            return read_people(self.cleaned_data["people"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["people"]) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ask_whose(self, [named.email for named in self._new(data)], by=self._by, ticked=data.get("whose", False))
        return data

    def _new(self, data: Mapping[str, Any]) -> list[Named]:
        """Those who have no account yet."""
        people = data.get("people", [])
        known = holders(named.email for named in people)
        return [named for named in people if not known.get(named.email)]

    def wanted(self) -> dict[str, Any]:
        """Of a valid form, what the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "whose"}


class ReminderForm(SharedForm, forms.ModelForm):
    """When an opening reminds of scorecards, in hours."""

    kinds = ("opening.reminders_set",)

    class Meta:
        model = ReminderRule
        fields = ("before_hours", "every_hours", "times", "recruiter_hours", "manager_hours")
        labels = {
            "before_hours": "Remind this many hours before a scorecard is due",
            "every_hours": "Once it is late, remind again every … hours",
            "times": "At most this many times",
            "recruiter_hours": "Tell the recruiters after … hours",
            "manager_hours": "Tell the hiring managers after … hours",
        }
        help_texts = {
            "before_hours": "0 for no reminder before. None goes out before the interview has started.",
            "times": "0 for no reminders once it is late.",
            "recruiter_hours": "0 for never.",
            "manager_hours": "0 for never.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save reminders")
        self.keep_others(self.instance.opening)


class RoundForm(SharedForm, forms.ModelForm):
    kinds = ("round.saved",)
    USUAL: ClassVar[dict[str, int]] = {"panel_size": 1, "recommendation_hours": 2, "scorecard_hours": 24}

    class Meta:
        model = Round
        fields = [
            "order",
            "name",
            "minutes",
            "recommendation_hours",
            "scorecard_hours",
            "exercise",
            "dimensions",
            "panel_size",
            "panel",
        ]
        field_classes: ClassVar = {"name": TitleField, "panel": PeopleField}
        widgets = {"dimensions": forms.CheckboxSelectMultiple, "panel": forms.CheckboxSelectMultiple}
        help_texts = {"minutes": "If it changes, the panels of upcoming interviews are told the new end."}

    def __init__(self, data: Mapping[str, object] | None = None, *, instance: Round) -> None:
        proposed = {} if instance.pk else {"dimensions": _uncovered(instance.opening)}
        super().__init__(data, instance=instance, initial=proposed)
        version = instance.opening.rubric_version
        offer(self, "exercise", version.exercises.all(), empty="No exercise")
        offer(self, "dimensions", version.dimensions.all())
        self.fields["panel"].widget = people_boxes(instance.opening_id)
        offer(self, "panel", User.objects.colleagues())
        for name in self.USUAL:
            self.fields[name].required = False
        self.helper = helper("Save round")
        if instance.pk:
            self.keep_others(instance)

    def clean(self) -> dict[str, Any]:
        """Where nothing is said of a number, the usual one; ValidationError where another round has the name."""
        data = super().clean() or {}
        for name, usual in self.USUAL.items():
            if name in data and data[name] is None:
                data[name] = usual
        if "name" in data:
            refuse_round_name(self.instance, data["name"])
        return data


def _uncovered(opening: Opening) -> list[Dimension]:
    """The rubric's dimensions that no round of the opening covers yet."""
    return list(opening.rubric_version.dimensions.exclude(rounds__opening=opening))


MORE = f"More than {MOST} are; these are the first. Whoever is not among them can be merged afterwards."


class CandidateForm(forms.Form):
    """Somebody new to the opening. Who has the address or the name already is asked about."""

    name = NameField(max_length=300)
    email = forms.EmailField(label="E-mail address", required=False, max_length=LONGEST_ADDRESS)
    who = forms.ChoiceField(label="Who is this?", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object] | None = None, *, by: User) -> None:
        super().__init__(data)
        self._by = by
        self._known = Known((), ())
        self.helper = helper("Add candidate")

    def clean(self) -> dict[str, object]:
        """Adds `known`, `is_new`, `colleague` and, where it is so, `is_corrected`, as the service takes them."""
        data = super().clean() or {}
        if self.errors.keys() - {"who"}:
            return data
        self._known = known_as(data["name"], data["email"], by=self._by)
        choices = self._choices(data["name"], data["email"])
        chosen = self.data.get("who", "") if self.is_bound else ""
        self.errors.pop("who", None)
        if choices and chosen not in dict(choices):
            self._ask(choices)
        return data | self._meant(str(chosen))

    def _ask(self, choices: list[tuple[str, str]]) -> None:
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.widget = choices, forms.RadioSelect(choices=choices)
        sentence = "Somebody of this name or address is known. Say who this is."
        self.add_error("who", f"{sentence} {MORE}" if self._known.more else sentence)

    def _choices(self, name: str, email: str) -> list[tuple[str, str]]:
        """Empty where nobody has to be asked: nobody is known, or just this very person."""
        same = [row for row in self._known.candidates if row.email == email.lower() and email]
        if len(same) == 1 and name_key(same[0].name) == name_key(name):
            return []
        found = []
        for candidate in self._known.candidates:
            found.append((f"candidate-{candidate.pk}", f"{candidate.name}, {candidate.email or 'without an address'}"))
        for candidate in self._misnamed(name, email):
            label = f"{candidate.name}, {candidate.email}, whose name is corrected to {name}"
            found.append((f"corrected-{candidate.pk}", label))
        for user in self._known.colleagues:
            found.append((f"colleague-{user.pk}", f"Our colleague {user.display_name}, {user.email}"))
        return [*found, ("new", "Somebody else")] if found else []

    def _misnamed(self, name: str, email: str) -> list[Candidate]:
        """Who has the address under another name, and may be corrected by this reader."""
        others = []
        for candidate in self._known.candidates:
            if email and candidate.email == email.lower() and name_key(candidate.name) != name_key(name):
                others.append(candidate)
        return editable(self._by, others) if others else []

    def _meant(self, chosen: str) -> dict[str, object]:
        corrected = {f"corrected-{row.pk}": row for row in self._known.candidates}
        if chosen in corrected:
            return {"known": corrected[chosen], "is_new": False, "colleague": None, "is_corrected": True}
        candidates = {f"candidate-{row.pk}": row for row in self._known.candidates}
        colleagues = {f"colleague-{row.pk}": row for row in self._known.colleagues}
        is_new = chosen == "new" or chosen in colleagues
        return {"known": candidates.get(chosen), "is_new": is_new, "colleague": colleagues.get(chosen)}

    def wanted(self) -> dict[str, Any]:
        """Of a valid form, what the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "who"}


class CandidateEditForm(SharedForm, forms.Form):
    kinds = ("candidate.edited",)
    name = NameField(max_length=300)
    email = forms.EmailField(label="E-mail address", required=False, max_length=LONGEST_ADDRESS)
    colleague = PersonField(
        User.objects.colleagues(),
        label="Is our colleague",
        required=False,
        empty_label="No",
        help_text="Whoever it is no longer sees this application, under whatever address they apply.",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, candidate: Candidate) -> None:
        stored = {"name": candidate.name, "email": candidate.email, "colleague": candidate.colleague_id}
        super().__init__(data, initial=stored)
        self.helper = helper("Save candidate")
        self.keep_others(candidate)


class OpeningField(forms.ModelChoiceField):
    """Openings, each with whether its interviewers see the files of whoever comes there."""

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Opening)
        return f"{obj.title}: {obj.who_sees_files}"


class StateForm(SharedForm, forms.Form):
    """How an application stands; `openings` are those that it may move to."""

    kinds = ("application.state_set",)
    state = forms.ChoiceField(label="Status", widget=forms.RadioSelect)
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Those who run the opening can read it, and the candidate if they ask for their data.",
    )
    to = OpeningField(
        Opening.objects.none(),
        label="Opening to move to",
        required=False,
        help_text="Only for a move. What was planned and written stays with this application.",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        application: Application,
        decided: bool,
        openings: QuerySet[Opening],
    ) -> None:
        super().__init__(data, initial={"state": application.state})
        states = self.fields["state"]
        assert isinstance(states, forms.ChoiceField)
        states.choices = _states_from(application, decided)
        offer(self, "to", openings.exclude(pk=application.opening_id), empty="Choose one")
        self.helper = fields_only()
        self.keep_others(application)

    def in_words(self, name: str, values: list[str]) -> str:
        """The status of now is none to choose, and so has no label in the form."""
        if name == "state":
            return str(Application.State(values[0]).label)
        return super().in_words(name, values)

    def clean(self) -> dict[str, object]:
        """An error where an application is to move nowhere."""
        data = super().clean() or {}
        if data.get("state") == Application.State.MOVED and not data.get("to"):
            self.add_error("to", "Choose the opening that the application moves to.")
        return data


def _states_from(application: Application, decided: bool) -> list[tuple[str, str]]:
    """Those that it can be set to; once it is decided, what only leads there is left out."""
    left_out = {application.state}
    if decided:
        left_out |= {Application.State.ON_HOLD, Application.State.REJECTED}
    return [(value, label) for value, label in Application.State.choices if value not in left_out]


class TicksField(forms.MultipleChoiceField):
    """Ticks beside sentences that depend on the rest of the form; not shown without any."""

    widget: forms.Widget | type[forms.Widget] = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        """Any: a tick beside a sentence that is gone does no harm."""
        return True

    def show(self, sentences: Mapping[str, str]) -> None:
        """Show these, by their keys, to tick."""
        self.widget = forms.CheckboxSelectMultiple()
        self.choices = list(sentences.items())


class MomentField(forms.DateTimeField):
    """A date and a time by the clocks of the company, as a moment that calendars and other zones can hold."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        at = super().to_python(value)
        if at is not None and at.year < FIRST_YEAR:
            raise ValidationError("This date is too far in the past.")
        if at is not None and at.year > LAST_YEAR:
            raise ValidationError("This date is too far in the future.")
        return at


class InterviewForm(SharedForm, forms.Form):
    """An interview to plan, or `interview` to change, which keeps its round.

    What looks like a mistake is asked about: it is planned once that is ticked.
    """

    kinds = ("interview.changed", "panelist.added", "panelist.removed")
    round = forms.ModelChoiceField(Round.objects.none(), empty_label=None)
    starts_at = MomentField(label="Starts at")
    place = forms.CharField(
        label="Place or link",
        max_length=300,
        required=False,
        help_text="A room, or the address of the call. Interviewers see it on their home page.",
    )
    hours_to_score = forms.IntegerField(
        label="Hours to score",
        min_value=1,
        max_value=720,
        required=False,
        help_text="From the end of the interview. Empty: as many as the round says.",
    )
    leads = PeopleField(User.objects.none(), widget=forms.CheckboxSelectMultiple)
    shadows = PeopleField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Shadows fill in a scorecard to learn. It never counts.",
    )
    meant = TicksField(label="Please confirm", required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        application: Application,
        by: User,
        interview: Interview | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(interview) if interview else _usual(application))
        self._application, self._by, self._interview = application, by, interview
        people = _people_for(application, interview)
        self.fields["starts_at"].help_text = f"In your company’s time zone, {timezone.get_current_timezone_name()}."
        offer(self, "round", application.opening.rounds.all())
        for name in ("leads", "shadows"):
            self.fields[name].widget = people_boxes(application.opening_id, interview)
            offer(self, name, people)
        self.fields["round"].disabled = interview is not None
        self.helper = helper("Save interview" if interview else "Plan interview")
        if interview is not None:
            self.keep_others(interview)

    def clean(self) -> dict[str, object]:
        """Adds `due_at`: when the round's minutes and the hours to score are over, the round's where none are said."""
        data = super().clean() or {}
        if {"starts_at", "round", "hours_to_score"} <= data.keys():
            held = timedelta(minutes=data["round"].minutes)
            scoring = timedelta(hours=data["hours_to_score"] or data["round"].scorecard_hours)
            data["due_at"] = data["starts_at"] + held + scoring
        if not self.errors:
            self._ask(data)
        return data

    def _ask(self, data: Mapping[str, Any]) -> None:
        """An error where something looks like a mistake and is not ticked as meant."""
        planned = Planned(
            self._application,
            data["round"],
            data["starts_at"],
            [*data["leads"], *data["shadows"]],
            self._interview,
        )
        found = {doubt.key: doubt.sentence for doubt in doubts(planned, by=self._by)}
        found |= _due_at_once(self._interview, data["due_at"])
        if not found:
            return
        ticks = self.fields["meant"]
        assert isinstance(ticks, TicksField)
        ticks.show(found)
        if not found.keys() <= set(data["meant"]):
            self.add_error("meant", "Tick what is right as it is, or change it above.")

    def plan(self) -> Plan:
        """Of a valid form."""
        data = self.cleaned_data
        return {
            "starts_at": data["starts_at"],
            "due_at": data["due_at"],
            "place": data["place"],
            "leads": list(data["leads"]),
            "shadows": list(data["shadows"]),
        }


def _due_at_once(interview: Interview | None, due_at: datetime) -> dict[str, str]:
    """A warning where scorecards would be due as soon as this is saved: those whose scores
    are locked are submitted then. It is given whether or not there is any."""
    now = timezone.now()
    if interview is None or due_at > now or interview.due_at <= now:
        return {}
    when = formats.date_format(timezone.localtime(due_at), "j F Y, H:i")
    sentence = f"Scorecards would be due at once ({when}). Those whose scores are locked are submitted as they are."
    return {f"due-{when}": sentence}


def _people_for(application: Application, interview: Interview | None) -> QuerySet[User]:
    """Who may sit on the panel: colleagues, and whoever sits there already."""
    may_sit = Q(is_guest=False, is_active=True)
    if interview is not None:
        may_sit |= Q(panels__in=interview.panelists.on_panel())
    people = User.objects.filter(may_sit).distinct()
    candidate = application.candidate
    return people.exclude(has_address(candidate.email)).exclude(candidacies=candidate)


def _usual(application: Application) -> dict[str, object]:
    """Who usually interviews, where there is one round only to choose."""
    rounds = list(application.opening.rounds.prefetch_related("panel")[:2])
    if len(rounds) != 1:
        return {}
    people = [person.pk for person in rounds[0].panel.all() if person.is_active]
    return {"round": rounds[0].pk, "leads": people}


def _initial(interview: Interview) -> dict[str, object]:
    """The interview as the form's values; the hours to score count from its end."""
    end = interview.starts_at + timedelta(minutes=interview.round.minutes)
    scoring = interview.due_at - end
    people: dict[str, list[int]] = {Panelist.Role.LEAD: [], Panelist.Role.SHADOW: []}
    for panelist in interview.panelists.on_panel():
        people[panelist.role].append(panelist.user_id)
    return {
        "round": interview.round,
        "starts_at": interview.starts_at,
        "place": interview.place,
        "hours_to_score": max(1, round(scoring.total_seconds() / 3600)),
        "leads": people[Panelist.Role.LEAD],
        "shadows": people[Panelist.Role.SHADOW],
    }
