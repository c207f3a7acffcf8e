"""When and by whom the interviews of many candidates are held: the settings of a
proposal, and its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.choosing import called_apart
from accounts.models import User
from candidates.doubts import doubts_of_all
from candidates.forms import LAST_YEAR, TicksField, fields_only, people_boxes
from candidates.identity import accounts_of
from candidates.models import Application, Round
from candidates.planning.loops import Hours, Slot, Step, is_twice, moment
from candidates.planning.proposals import Wanted, is_meant

LOCAL = "%Y-%m-%dT%H:%M"
TICK = "Tick what is right as it is, or change it."


def next_working_day(today: date) -> date:
    """The first day after today that is no Saturday or Sunday."""
    day = today + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


class SettingsForm(forms.Form):
    """The working hours, and of each round who holds it."""

    first_day = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"]
    )
    begin = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label="Until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label="Time zone")
    gap = forms.IntegerField(label="Break in minutes", min_value=0, max_value=600)
    hours_to_score = forms.IntegerField(
        label="Hours to score", min_value=1, max_value=720, required=False, help_text="Empty: as each round says."
    )
    weekends = forms.BooleanField(label="Weekends as well", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rounds: Sequence[Round]) -> None:
        super().__init__(data)
        self._rounds = rounds
        zones = sorted({*available_timezones(), timezone.get_current_timezone_name()})
        self.fields["zone"] = forms.ChoiceField(label="Time zone", choices=[(zone, zone) for zone in zones])
        colleagues = User.objects.colleagues()
        for round_ in rounds:
            self._add(round_, colleagues)
        self.helper = fields_only()

    def _add(self, round_: Round, colleagues: QuerySet[User]) -> None:
        key, name = round_.pk, round_.name
        self.fields[f"use_{key}"] = forms.BooleanField(label=name, required=False)
        self.fields[f"pool_{key}"] = forms.ModelMultipleChoiceField(
            colleagues,
            label=f"Interviewers for {name}",
            required=False,
            widget=people_boxes(round_.opening_id),
        )
        self.fields[f"panel_size_{key}"] = forms.IntegerField(label="At a time", min_value=1, max_value=10)
        self.fields[f"from_{key}"] = forms.TimeField(
            label="Not before", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        )

    @property
    def rows(self) -> list[tuple[Round, list[forms.BoundField]]]:
        """Each round with its fields: whether it is planned, by whom, how many, not
        before when."""
        found = []
        for round_ in self._rounds:
            fields = [self[f"{name}_{round_.pk}"] for name in ("use", "pool", "panel_size", "from")]
            found.append((round_, fields))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begin, end, first_day = data.get("begin"), data.get("end"), data.get("first_day")
        if begin and end and begin >= end:
            self.add_error("end", "The day has to end after it begins.")
        if first_day and not 2000 <= first_day.year < LAST_YEAR:
            self.add_error("first_day", "Choose a day of this century.")
        used = [round_ for round_ in self._rounds if data.get(f"use_{round_.pk}")]
        if not used:
            self.add_error(None, "Choose at least one round.")
        for round_ in used:
            self._check(round_, data)
        return data

    def _check(self, round_: Round, data: Mapping[str, Any]) -> None:
        pool, panel_size = data.get(f"pool_{round_.pk}"), data.get(f"panel_size_{round_.pk}")
        if pool is not None and panel_size and len(pool) < panel_size:
            needed = "an interviewer" if panel_size == 1 else f"at least {panel_size} interviewers"
            self.add_error(f"pool_{round_.pk}", f"Choose {needed}, or leave the round out.")

    @property
    def used(self) -> list[Round]:
        """Of a valid form, the rounds to plan."""
        return [round_ for round_ in self._rounds if self.cleaned_data[f"use_{round_.pk}"]]

    def pool(self, round_: Round) -> list[User]:
        """Of a valid form, who may hold the round."""
        return list(self.cleaned_data[f"pool_{round_.pk}"])

    def steps(self) -> dict[int, Step]:
        """Of a valid form, by the key of each round."""
        found = {}
        for round_ in self.used:
            pool = tuple(user.pk for user in self.pool(round_))
            panel_size, begin = self.cleaned_data[f"panel_size_{round_.pk}"], self.cleaned_data[f"from_{round_.pk}"]
            found[round_.pk] = Step(round_.pk, round_.minutes, pool, panel_size, begin)
        return found

    @property
    def zone_info(self) -> ZoneInfo:
        """Of a valid form."""
        return ZoneInfo(self.cleaned_data["zone"])

    def hours(self) -> Hours:
        """Of a valid form."""
        data = self.cleaned_data
        gap = timedelta(minutes=data["gap"])
        return Hours(self.zone_info, data["first_day"], data["begin"], data["end"], gap, weekends=data["weekends"])


def usual_settings(rounds: Sequence[Round]) -> QueryDict:
    """What the form says before anybody has said anything: tomorrow's working day, each
    round's usual interviewers."""
    usual = QueryDict(mutable=True)
    usual.update(
        {
            "first_day": next_working_day(timezone.localdate()).isoformat(),
            "begin": time(9).strftime("%H:%M"),
            "end": time(17).strftime("%H:%M"),
            "zone": timezone.get_current_timezone_name(),
            "gap": "15",
        }
    )
    for round_ in rounds:
        people = [str(user.pk) for user in round_.panel.all() if user.is_active]
        usual.setlist(f"pool_{round_.pk}", people)
        usual[f"panel_size_{round_.pk}"] = str(round_.panel_size)
        usual[f"use_{round_.pk}"] = "on"
    return usual


class StartField(forms.CharField):
    """A date and a time by the clocks of a zone, as a moment; None where it is
    empty."""

    def __init__(self, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._zone = zone

    def clean(self, value: str | None) -> datetime | None:
        """ValidationError where the text says no moment, or two."""
        written = super().clean(value)
        if not written:
            return None
        try:
            local = datetime.strptime(written[:16], LOCAL)
        except ValueError as error:
            raise forms.ValidationError("Write the start as a date and a time.") from error
        if not 1 < local.year < LAST_YEAR:
            raise forms.ValidationError("This date is out of range.")
        shown = f"{local:%H:%M} on {local:%d %B %Y}"
        if is_twice(local, self._zone):
            raise forms.ValidationError(f"{shown} comes twice in {self._zone}, as clocks go back. Choose another time.")
        at = moment(local, self._zone)
        if at is None:
            raise forms.ValidationError(f"{shown} does not exist in {self._zone}, as clocks go forward.")
        return at


class LeadsField(forms.TypedMultipleChoiceField):
    """People by their keys; each is one of several selects, of which some stay
    empty."""

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(list(filter(None, value)))


@dataclass(frozen=True)
class Cell:
    """One interview of the table with its fields; `selects` are the people chosen, then
    empty ones up to its size."""

    application: Application
    round: Round
    plan: forms.BoundField
    start: forms.BoundField
    leads: forms.BoundField
    meant: forms.BoundField
    selects: tuple[str, ...]


class CellsForm(forms.Form):
    """The proposed interviews, each of which can be changed or left out; doubts are
    asked about in their cell."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        wanted: Sequence[tuple[Application, Sequence[Round]]],
        settings: SettingsForm,
        by: User,
    ) -> None:
        super().__init__(data)
        self._zone, self._by = settings.zone_info, by
        self._pools = {round_.pk: settings.pool(round_) for round_ in settings.used}
        self._called = {pk: called_apart(pool) for pk, pool in self._pools.items()}
        self._panel_sizes = {pk: step.panel_size for pk, step in settings.steps().items()}
        self._pairs = [(application, round_) for application, rounds in wanted for round_ in rounds]
        for application, round_ in self._pairs:
            self._add(application, round_)
        self.fields["all_meant"] = forms.BooleanField(
            label="All that is marked is meant as it is",
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        self.doubtful = 0

    @cached_property
    def _accounts(self) -> dict[int, set[int]]:
        return accounts_of([application.candidate for application, _ in self._pairs])

    def _add(self, application: Application, round_: Round) -> None:
        key, called = _key(application, round_), f"{application.candidate.name}, {round_.name}"
        people = list(self._called[round_.pk].items())
        self.fields[f"plan_{key}"] = forms.BooleanField(label=f"Plan: {called}", required=False)
        self.fields[f"start_{key}"] = StartField(self._zone, label=f"Start: {called}", required=False)
        self.fields[f"leads_{key}"] = LeadsField(
            label=f"Interviewers: {called}", choices=people, coerce=int, required=False
        )
        self.fields[f"meant_{key}"] = TicksField(label=f"Please confirm: {called}", required=False)
        self.fields[f"seen_{key}"] = TicksField(required=False)  # what was asked when all of it was meant

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for application, round_ in self._pairs:
            if data.get(f"plan_{_key(application, round_)}"):
                self._check(application, round_, data)
        self._wanted = [] if self.errors else self._read(data)
        if not self.errors and not self._wanted:
            self.add_error(None, "Choose at least one interview to plan.")
        if self._wanted:
            self._ask()
        return data

    def _check(self, application: Application, round_: Round, data: Mapping[str, Any]) -> None:
        key = _key(application, round_)
        start, leads = f"start_{key}", f"leads_{key}"
        if start in data and data[start] is None:
            self.add_error(start, "Choose a start, or leave this interview out.")
        chosen = data.get(leads)
        if chosen is None:
            return
        if not chosen:
            self.add_error(leads, "Choose an interviewer, or leave this interview out.")
        elif len(set(chosen)) < len(chosen):
            self.add_error(leads, "Each person can be on the panel only once.")
        if self._accounts[application.candidate_id].intersection(chosen):
            self.add_error(leads, f"{application.candidate.name} cannot be on their own panel. Choose somebody else.")

    def _read(self, data: Mapping[str, Any]) -> list[Wanted]:
        found = []
        for application, round_ in self._pairs:
            key = _key(application, round_)
            if data[f"plan_{key}"]:
                people = {user.pk: user for user in self._pools[round_.pk]}
                leads = tuple(people[pk] for pk in data[f"leads_{key}"])
                meant = data[f"meant_{key}"]
                if data["all_meant"]:
                    meant = meant + data[f"seen_{key}"]
                found.append(Wanted(application, round_, data[f"start_{key}"], leads, meant))
        return found

    def _ask(self) -> None:
        """Show what looks like a mistake; an error where it is not ticked."""
        doubts = doubts_of_all([one.planned for one in self._wanted], by=self._by)
        for one, found in zip(self._wanted, doubts, strict=True):
            name = f"meant_{_key(one.application, one.round)}"
            field = self.fields[name]
            assert isinstance(field, TicksField)
            if found:
                self.doubtful += 1
                field.show({doubt.key: doubt.sentence for doubt in found})
            if not is_meant(found, one.meant):
                self.add_error(name, TICK)

    def wanted(self) -> list[Wanted]:
        """Of a valid form, the interviews to plan."""
        return self._wanted

    @property
    def loops(self) -> list[tuple[Application, list[Cell]]]:
        """Each application with the cells of its rounds."""
        found: dict[int, tuple[Application, list[Cell]]] = {}
        for application, round_ in self._pairs:
            cells = found.setdefault(application.pk, (application, []))[1]
            cells.append(self._cell(application, round_))
        return list(found.values())

    def _cell(self, application: Application, round_: Round) -> Cell:
        plan, start, leads, meant = (self[f"{name}_{_key(application, round_)}"] for name in FIELDS)
        chosen = [str(value) for value in filter(None, leads.value())]
        empty = [""] * (self._panel_sizes[round_.pk] - len(chosen))
        return Cell(application, round_, plan, start, leads, meant, tuple(chosen + empty))


FIELDS = ("plan", "start", "leads", "meant")


def _key(application: Application, round_: Round) -> str:
    return f"{application.pk}_{round_.pk}"


def proposed(slots: Sequence[Slot], zone: ZoneInfo) -> QueryDict:
    """The slots as the cells' form would send them; those without a time are not to be
    planned."""
    sent = QueryDict(mutable=True)
    for slot in slots:
        key = f"{slot.application_id}_{slot.round_id}"
        if slot.starts_at is not None:
            sent[f"plan_{key}"] = "on"
            sent[f"start_{key}"] = slot.starts_at.astimezone(zone).strftime(LOCAL)
        sent.setlist(f"leads_{key}", [str(pk) for pk in slot.people])
    return sent
