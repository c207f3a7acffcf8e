"""The scorecard form, built by crispy-forms from the rubric version; and small forms around it."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Div, Field, Layout, LayoutObject
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string

from accounts.models import User
from candidates.forms import fields_only, offer
from candidates.models import Opening, Panelist
from rubrics.models import LEVEL_MEANINGS, LEVEL_NAMES, LEVELS, Dimension, Exercise, RubricVersion, Signal
from scorecards.drafts import FIELD, draft_values
from scorecards.erasure import Reason
from scorecards.holds import LONGEST
from scorecards.models import HandoffNote, LookForMark, Packet, Rating, Scorecard

FORM_ID = "scorecard-form"
SCORES = [("", "")] + [(str(level), str(level)) for level in LEVELS] + [("na", "Not assessed")]


@dataclass(frozen=True)
class Level:
    value: int
    label: str
    anchor_text: str
    is_given: bool
    meaning: str
    checked: bool
    id: str


@dataclass(frozen=True)
class NotAssessed:
    id: str
    checked: bool


@dataclass(frozen=True)
class RatingGroup:
    """All that the rating component shows of one dimension."""

    name: str
    legend: str
    must_have: bool
    levels: tuple[Level, ...]
    score_name: str
    not_assessed: NotAssessed
    reason_field: forms.BoundField
    evidence_field: forms.BoundField
    errors: tuple[str, ...]
    help_id: str
    locked: bool


class RatingLayout(LayoutObject):
    """Crispy layout object: one dimension with its levels beside the control."""

    template = "components/rating_field.html"

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension

    def render(self, form: "ScorecardForm", context: Any, **kwargs: Any) -> str:
        for kind in ("score", "reason", "evidence"):
            form.rendered_fields.add(f"{kind}_{self.dimension.pk}")
        return render_to_string(self.template, {"bound": form.group(self.dimension)})


@dataclass(frozen=True)
class LookFors:
    """An exercise of the kit with one choice for each of its look-fors."""

    exercise: Exercise
    fields: tuple[forms.BoundField, ...]


class SignalLayout(LayoutObject):
    """Crispy layout object: one signal that can be ticked, with room for a note."""

    template = "components/signal_field.html"

    def __init__(self, signal: Signal) -> None:
        self.signal = signal

    def render(self, form: "ScorecardForm", context: Any, **kwargs: Any) -> str:
        names = (f"signal_{self.signal.pk}", f"note_{self.signal.pk}")
        form.rendered_fields.update(names)
        return render_to_string(self.template, {"tick": form[names[0]], "note": form[names[1]]})


class JudgementForm(forms.Form):
    """Ratings, recommendation and summary under the names that `scorecards.drafts` gives them, from the rubric."""

    recommendation = forms.ChoiceField(
        choices=Scorecard.Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
        label="Recommendation",
    )
    summary = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The gist for a reader in a hurry.",
    )

    rendered_fields: set[str]  # crispy-forms sets it while it renders

    def __init__(self, *args: Any, card: Scorecard, version: RubricVersion, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s"} | kwargs)
        self.card = card
        covers = card.panelist.interview.round.dimensions.through.objects.filter(
            round=card.panelist.interview.round_id, dimension=OuterRef("pk")
        )
        dimensions = list(version.dimensions.prefetch_related("anchors").annotate(covered=Exists(covers)))
        self.own = [dimension for dimension in dimensions if dimension.covered]
        self.other = [dimension for dimension in dimensions if not dimension.covered]
        for dimension in dimensions:
            self._add_rating(dimension)
        self.helper = fields_only()
        self.helper.layout = Layout(*self.rating_layout(), *self.closing_layout())

    def rating_layout(self) -> list[Any]:
        """This round's dimensions, then the others, folded."""
        parts: list[Any] = [RatingLayout(dimension) for dimension in self.own]
        if self.other:
            parts += [HTML('<details class="eh-fold"><summary>Did you see anything on these?</summary>')]
            parts += [RatingLayout(dimension) for dimension in self.other] + [HTML("</details>")]
        return parts

    def closing_layout(self) -> list[Any]:
        return [Div(Field("recommendation"), css_class="eh-recommendation"), Field("summary")]

    def _add_rating(self, dimension: Dimension) -> None:
        number = dimension.pk
        self.fields[f"score_{number}"] = forms.ChoiceField(choices=SCORES, required=False)
        self.fields[f"reason_{number}"] = forms.ChoiceField(
            choices=[("", "Choose a reason"), *Rating.Reason.choices],
            required=False,
            label="Why not assessed?",
        )
        self.fields[f"evidence_{number}"] = forms.CharField(
            required=False,
            label="Evidence",
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def group(self, dimension: Dimension) -> RatingGroup:
        number = dimension.pk
        score_name = f"score_{number}"
        value = str(self[score_name].value() or "")
        given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
        levels = tuple(
            Level(
                level,
                LEVEL_NAMES[level],
                given.get(level, ""),
                level in given,
                LEVEL_MEANINGS[level],
                value == str(level),
                f"id_{score_name}_{level}",
            )
            for level in LEVELS
        )
        return RatingGroup(
            name=score_name,
            legend=dimension.name,
            must_have=dimension.must_have,
            levels=levels,
            score_name=score_name,
            not_assessed=NotAssessed(f"id_{score_name}_na", value == "na"),
            reason_field=self[f"reason_{number}"],
            evidence_field=self[f"evidence_{number}"],
            errors=tuple(str(error) for error in self.errors.get(score_name, ())) if self.is_bound else (),
            help_id=f"id_{score_name}_help",
            locked=self.card.is_draft and self.card.locked_at is not None,
        )

    def changes(self) -> dict[str, str]:
        """What was sent, as flat draft values. A field that the page did not have (it may be older than the code) is
        no change; a tick that was taken away is sent as an empty string by the hidden field before it."""
        return {
            name: str(self.data[name])
            for name, field in self.fields.items()
            if name in self.data and not field.disabled and name != "why"
        }

    def strays(self) -> list[str]:
        """Words that were sent for fields of a scorecard that this form does not have."""
        sent = [name for name in self.data if name.startswith(("evidence_", "note_")) and FIELD.fullmatch(name)]
        return [str(self.data[name]) for name in sent if name not in self.fields and str(self.data[name]).strip()]


class ScorecardForm(JudgementForm):
    """The whole scorecard: the judgement, signals and the exercise's look-fors. Nothing is prefilled but the draft."""

    def __init__(self, *args: Any, card: Scorecard, version: RubricVersion, **kwargs: Any) -> None:
        super().__init__(*args, card=card, version=version, **{"initial": draft_values(card)} | kwargs)
        self.signals = list(version.signals.order_by("order"))
        for signal in self.signals:
            self.fields[f"signal_{signal.pk}"] = forms.BooleanField(required=False, label=signal.text)
            self.fields[f"note_{signal.pk}"] = forms.CharField(required=False, label="Note")
        self.exercise = card.panelist.interview.round.exercise
        if self.exercise is not None:
            for place, text in enumerate(self.exercise.look_for):
                self.fields[f"look_{self.exercise.pk}_{place}"] = self._look_for(text)
        if card.locked_at:
            self._lock()
        self.helper.layout = Layout(*self.rating_layout(), *self._signal_layout(), *self.closing_layout())

    def _look_for(self, text: str) -> forms.ChoiceField:
        widget = forms.Select(attrs={"form": FORM_ID, "class": "form-select form-select-sm"})
        choices = [("", "Not marked"), *LookForMark.Outcome.choices]
        return forms.ChoiceField(choices=choices, required=False, label=text, widget=widget)

    def _lock(self) -> None:
        for name, field in self.fields.items():
            field.disabled = name.startswith(("score_", "reason_", "recommendation"))

    def look_fors(self) -> LookFors | None:
        """The round's exercise with its look-fors, for the kit."""
        if self.exercise is None:
            return None
        names = [name for name in self.fields if name.startswith("look_")]
        return LookFors(self.exercise, tuple(self[name] for name in names))

    def _signal_layout(self) -> list[Any]:
        parts: list[Any] = []
        for kind, label in [
            (Signal.Kind.STRONG, "Strong signals"),
            (Signal.Kind.WEAK, "Weak signals"),
            (Signal.Kind.RED_FLAG, "Red flags"),
        ]:
            rows = [SignalLayout(signal) for signal in self.signals if signal.kind == kind]
            if rows:
                opening = f'<fieldset class="eh-signals"><legend>{label} that you saw</legend>'
                parts += [HTML(opening), *rows, HTML("</fieldset>")]
        return parts


class AmendForm(JudgementForm):
    """The submitted judgement to be corrected, with the reason for it."""

    why = forms.CharField(
        required=False,
        label="Why do you change it?",
        help_text="It stands beside the change, for everybody who reads the debrief.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def closing_layout(self) -> list[Any]:
        return [*super().closing_layout(), Field("why")]


class HandoffForm(forms.Form):
    kind = forms.ChoiceField(choices=HandoffNote.Kind.choices, label="What kind of fact")
    text = forms.CharField(
        max_length=1000,
        label="For the next interviewers",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Facts only: what was covered, what to ask about. Scores and impressions stay with you.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_handoff_%s"} | kwargs)
        self.helper = fields_only()


class WordListForm(forms.Form):
    words = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="One word or phrase on each line; a * at the end stands for any ending.",
    )


class PacketForm(forms.Form):
    """What to leave out, and in which form; paper and archival start as the company's settings have them."""

    profile = forms.ChoiceField(choices=Packet.Profile.choices)
    paper = forms.ChoiceField(choices=Packet.Paper.choices, required=False)
    archival = forms.BooleanField(
        required=False, label="For the archive: PDF/A-3 with the debrief inside as JSON and CSV"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].initial = settings.PACKET_PAPER
        self.fields["archival"].initial = settings.PACKET_ARCHIVAL
        self.helper = fields_only()


class BatchForm(PacketForm):
    """Which of the rows go into a batch. Those ticked that can't be in it are named as left out."""

    applications = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, rows: list[Any], tick: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["applications"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(row.pk, "") for row in rows]
        ticked = set(choice.widget.value_from_datadict(self.data, self.files, "applications"))  # a list, also of none
        for row in rows:
            row.ticked = str(row.pk) in ticked if self.is_bound else tick

    def chosen(self) -> dict[str, Any]:
        """Arguments of `request_batch`."""
        return {"profile": self.cleaned_data["profile"], "applications": self.cleaned_data["applications"]}


class OverrideForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Who may see before submitting")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), help_text="The packet prints it.")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", people)
        self.helper = fields_only()


class ErasureForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[("", "Choose one"), *Reason.choices],
        label="Why",
        help_text="The audit trail keeps it. It is a choice, because words about an erasure would be about the person.",
    )
    sure = forms.BooleanField(label="I have read what goes and what stays, and know that nobody can bring it back.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only()


class AccessForm(forms.Form):
    more = forms.CharField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Also take out",
        help_text="Names or words that would tell of somebody else, one on each line; each goes as it stands.",
    )
    form = forms.ChoiceField(choices=[(name, name) for name in ("preview", "pdf", "json")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only()
        self.helper.layout = Layout("more")  # the buttons say the form


class HoldForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Why they must be kept",
        help_text="Such as the number of the case. While the hold stands nobody can erase this candidate.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "hold_%s"} | kwargs)  # it stands beside a form with a reason of its own
        self.helper = fields_only()


class RetentionForm(forms.Form):
    preset = forms.ChoiceField(
        choices=Opening.Retention.choices,
        label="Policy",
        help_text="Counted from the decision to hire or not; while there is none, from the last activity.",
    )
    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=Opening.LONGEST_RETENTION,
        label="Days",
        help_text="Only where the purpose says how long.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fields_only()


class GuestForm(forms.Form):
    """Somebody without an account, for one panel."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(choices=Panelist.Role.choices)
