"""The scorecard form, built by crispy-forms from the rubric version; and the forms of the debrief."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string

from accounts.models import User
from candidates.forms import offer
from rubrics.models import LEVEL_NAMES, LEVELS, Dimension, RubricVersion, Signal
from scorecards.models import Decision, Packet, Rating, Scorecard
from scorecards.services import draft_values

SCORES = [("", "")] + [(str(level), str(level)) for level in LEVELS] + [("na", "Not assessed")]


@dataclass(frozen=True)
class Level:
    value: int
    label: str
    anchor_text: str
    is_given: bool
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


class RatingLayout(LayoutObject):
    """Crispy layout object: one dimension with its levels beside the control."""

    template = "components/rating_field.html"

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension

    def render(self, form: "ScorecardForm", context: Any, **kwargs: Any) -> str:
        for kind in ("score", "reason", "evidence"):
            form.rendered_fields.add(f"{kind}_{self.dimension.pk}")
        return render_to_string(self.template, {"bound": form.group(self.dimension)})


class ScorecardForm(forms.Form):
    """Fields `score_ID`, `reason_ID`, `evidence_ID` per dimension; nothing is ever prefilled but the draft."""

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
        super().__init__(*args, **{"initial": draft_values(card), "auto_id": "id_%s"} | kwargs)
        self.card = card
        covered = {dimension.pk for dimension in card.panelist.interview.round.dimensions.all()}
        dimensions = list(version.dimensions.prefetch_related("anchors"))
        self.own = [dimension for dimension in dimensions if dimension.pk in covered]
        self.other = [dimension for dimension in dimensions if dimension.pk not in covered]
        for dimension in dimensions:
            self._add_rating(dimension)
        self.signals = list(version.signals.order_by("order"))
        for signal in self.signals:
            self.fields[f"signal_{signal.pk}"] = forms.BooleanField(required=False, label=signal.text)
        self.helper = self._helper()

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

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        parts: list[Any] = [RatingLayout(dimension) for dimension in self.own]
        if self.other:
            parts += [HTML('<details class="eh-fold"><summary>Did you see anything on these?</summary>')]
            parts += [RatingLayout(dimension) for dimension in self.other] + [HTML("</details>")]
        parts += self._signal_layout()
        parts += [Div(Field("recommendation"), css_class="eh-recommendation"), Field("summary")]
        helper.layout = Layout(*parts)
        return helper

    def _signal_layout(self) -> list[Any]:
        parts: list[Any] = []
        for kind, label in [
            (Signal.Kind.STRONG, "Strong signals"),
            (Signal.Kind.WEAK, "Weak signals"),
            (Signal.Kind.RED_FLAG, "Red flags"),
        ]:
            names = [f"signal_{signal.pk}" for signal in self.signals if signal.kind == kind]
            if names:
                parts += [HTML(f'<fieldset class="eh-signals"><legend>{label} that you saw</legend>')]
                parts += [Field(name) for name in names] + [HTML("</fieldset>")]
        return parts

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
        )

    def changes(self) -> dict[str, str]:
        """What was sent, as flat draft values; a checkbox that is not ticked is an empty string."""
        sent = {name: str(self.data.get(name, "")) for name in self.fields if not name.startswith("signal_")}
        signals = {f"signal_{signal.pk}": self.data.get(f"signal_{signal.pk}", "") for signal in self.signals}
        return sent | {name: "on" if value else "" for name, value in signals.items()}


class DecisionForm(forms.ModelForm):
    change_reason = forms.CharField(
        required=False, label="Why the decision changes", widget=forms.Textarea(attrs={"rows": 2})
    )

    outcome = forms.ChoiceField(choices=Decision.Outcome.choices, widget=forms.RadioSelect)

    class Meta:
        model = Decision
        fields = ["outcome", "rationale", "conditions", "dissent", "dissenter", "change_reason"]
        widgets = {
            "rationale": forms.Textarea(attrs={"rows": 4}),
            "conditions": forms.Textarea(attrs={"rows": 2}),
            "dissent": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decided:
            del self.fields["change_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("dissent") and not data.get("dissenter"):
            self.add_error("dissenter", "Say whose words these are.")
        return data


class PacketForm(forms.Form):
    profile = forms.ChoiceField(choices=Packet.Profile.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class OverrideForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Who may see before submitting")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), help_text="The packet prints it.")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", people)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
