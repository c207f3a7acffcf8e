"""The scorecard form, built from the rubric version; and small forms around it."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypedDict
from zoneinfo import ZoneInfo, available_timezones

from crispy_forms.layout import Div, Field, Layout, LayoutObject
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.choosing import PersonField, called_apart
from accounts.compiled import compiled
from accounts.forms import MeantField, NameField, called_otherwise
from accounts.meanwhile import SharedForm
from accounts.models import User
from accounts.texts import LONGEST_ADDRESS
from accounts.unfilled import is_unfilled, laid_out
from candidates.forms import fields_only, helper, offer
from candidates.models import Panelist, Round
from rubrics.export import signals_by_kind
from rubrics.kit import MOST, Kit, kit_of
from rubrics.levels import LEVEL_MEANINGS, LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, Exercise, RubricVersion, Signal
from scorecards.drafts import LOCKABLE, draft_values
from scorecards.fields import NOT_ASSESSED, is_note, kind_of, look_name, note_name, rating_names, signal_name
from scorecards.models import HandoffNote, LookForMark, Rating, Scorecard

FORM_ID = "scorecard-form"


class ImportOptions(TypedDict):
    """What somebody chose for an import, as `scorecards.imports.store` takes it."""

    rubric_version: RubricVersion | None
    with_erased: bool


BLANKS = 1000  # dimensions and signals that a process keeps as they look with nothing said: the ones asked for last
GAP = re.compile(r">\s{3,}<")  # of tags on lines of their own
WHY, EVIDENCE = "Why not assessed?", "Evidence"
REASONS = (("", "Choose a reason"), *Rating.Reason.choices)
OUTCOMES = (("", "Not marked"), *LookForMark.Outcome.choices)  # of a look-for
SCORES = [("", "")] + [(str(level), str(level)) for level in LEVELS] + [(NOT_ASSESSED, "Not assessed")]


@dataclass(frozen=True)
class Level:
    """One level of a dimension with its radio button; `is_given` where it has an
    anchor."""

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
class Levels:
    """The radio buttons of one dimension, all of the same `name`."""

    name: str
    rows: tuple[Level, ...]
    not_assessed: NotAssessed
    locked: bool
    refused: bool


@dataclass(frozen=True)
class Reason:
    """The choice of why a dimension, whose name is `legend`, was not assessed; `chosen`
    is empty for none."""

    name: str
    id: str
    label: str
    legend: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    locked: bool
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What was seen of a dimension, in words."""

    name: str
    id: str
    label: str
    text: str
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question to ask about a dimension, with what a strong and a weak answer has, in
    words or empty."""

    text: str
    strong: str
    weak: str


@dataclass(frozen=True)
class RatingGroup:
    """All that the rating component shows of one dimension."""

    name: str
    legend: str
    must_have: bool
    levels: Levels
    reason: Reason
    evidence: Evidence
    errors: tuple[str, ...]
    help_id: str
    questions: tuple[Asked, ...] = ()


FIRST_CONTROL = {"recommendation": "_0", "score": "_1"}  # a field of radio buttons has one control for each choice


def first_control(name: str) -> str:
    """The id of the field's first control: where a link to the field leads."""
    return f"id_{name}{FIRST_CONTROL.get(kind_of(name), '')}"


class RatingLayout(LayoutObject):
    """Crispy layout object: one dimension with its levels beside the control."""

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension

    def render(self, form: "ScorecardForm", context: object, **kwargs: object) -> str:
        """Crispy's part of the form."""
        names = rating_names(self.dimension.pk)
        form.rendered_fields.update(names)
        if is_unfilled(form, names):
            return _blank_rating(form.kit, self.dimension, form.language, locked=form.locked, asks=form.asks)
        return _rating_html(form.group(self.dimension), form.language)


@dataclass(frozen=True)
class LookFors:
    """An exercise of the kit with one choice for each of its look-fors, in markup."""

    exercise: Exercise
    controls: tuple[SafeString, ...]


class SignalLayout(LayoutObject):
    """Crispy layout object: one signal that can be ticked, with room for a note."""

    def __init__(self, signal: Signal) -> None:
        self.signal = signal

    def render(self, form: "ScorecardForm", context: object, **kwargs: object) -> str:
        """Crispy's part of the form."""
        tick, note = signal_name(self.signal.pk), note_name(self.signal.pk)
        form.rendered_fields.update((tick, note))
        if is_unfilled(form, (tick, note)):
            return _blank_signal(form.kit, self.signal, form.language)
        ticked, words = form[tick].value(), form[note].value()
        return _signal_html(self.signal, form.language, ticked=bool(ticked), note=str(words or ""))


class FieldLayout(LayoutObject):
    """Crispy layout object: a field that everybody's form has, within `around`."""

    def __init__(self, name: str, around: LayoutObject) -> None:
        self.name, self.around = name, around

    def render(self, form: "JudgementForm", context: object, **kwargs: object) -> str:
        """Crispy's part of the form; rendered once for as long as nothing was said
        there."""

        def lay_out() -> str:
            return str(self.around.render(form, context, **kwargs))

        if form.locked:
            return lay_out()
        html = laid_out(form, [self.name], lay_out, apart=form.language)
        form.rendered_fields.add(self.name)
        return html


class Markup(LayoutObject):
    """Crispy layout object: a piece of the page as it is. Crispy's own reads each as a
    template, each time."""

    def __init__(self, markup: str) -> None:
        self.markup = SafeString(markup)

    def render(self, form: "JudgementForm", context: object, **kwargs: object) -> SafeString:
        """Crispy's part of the form."""
        return self.markup


def _rating_html(group: RatingGroup, language: str) -> SafeString:
    shown = {"bound": group, "language": language}
    return _narrow(render_to_string("components/rating_field.html", shown))


def _signal_html(signal: Signal, language: str, *, ticked: bool, note: str) -> SafeString:
    names = {"tick": signal_name(signal.pk), "note": note_name(signal.pk)}
    shown = {"text": signal.text, "names": names, "ticked": ticked, "note": note, "language": language}
    return _narrow(render_to_string("components/signal_field.html", shown))


def _narrow(markup: str) -> SafeString:
    """The same without the lines' beginnings between its tags: it is kept, and sent
    with each page."""
    return SafeString(GAP.sub("> <", markup))


@lru_cache(maxsize=BLANKS)
def _blank_rating(kit: Kit, dimension: Dimension, language: str, *, locked: bool, asks: bool) -> SafeString:
    """A dimension of the kit of which nothing was said yet, as everybody is shown
    it."""
    return _rating_html(_group(dimension, Said(), locked=locked, asks=asks), language)


@lru_cache(maxsize=BLANKS)
def _blank_signal(kit: Kit, signal: Signal, language: str) -> SafeString:
    """A signal of the kit that was neither ticked nor noted."""
    return _signal_html(signal, language, ticked=False, note="")


@lru_cache(maxsize=MOST)
def _kit_wording(kit: Kit, language: str) -> SafeString:
    """Signals and focus areas of the kit, in words."""
    told = {
        "signals": signals_by_kind(kit.signals),
        "focus_areas": kit.focus_areas,
        "language": language,
    }
    return render_to_string("scorecards/_kit.html", told)


@compiled
def _covered(round_: int) -> QuerySet[Any, Any]:
    """The keys of the dimensions that the round is about."""
    return Round.dimensions.through.objects.filter(round=round_).values_list("dimension_id")


class JudgementForm(forms.Form):
    """Ratings, recommendation and summary, named as `scorecards.fields` says."""

    recommendation = forms.ChoiceField(
        choices=Scorecard.Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
        label="Recommendation",
    )
    summary = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The gist, for someone in a hurry.",
    )

    rendered_fields: set[str]  # crispy-forms sets it while it renders
    asks = False  # whether the questions of each dimension stand beside it

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        card: Scorecard,
        version: RubricVersion,
        initial: Mapping[str, str],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.card = card
        self.language = version.language
        self.fields["summary"].widget.attrs["lang"] = self.language
        self.kit = kit_of(version)
        covered = {dimension for (dimension,) in _covered(card.panelist.interview.round_id)}
        self.own = [dimension for dimension in self.kit.dimensions if dimension.pk in covered]
        self.other = [dimension for dimension in self.kit.dimensions if dimension.pk not in covered]
        self.fields |= _rating_fields(self.kit)
        self.helper = fields_only()
        self.helper.layout = Layout(*self.parts())

    def parts(self) -> list[LayoutObject]:
        """What the form consists of, from top to bottom."""
        return self.rating_layout() + self.closing_layout()

    def rating_layout(self) -> list[LayoutObject]:
        """This round's dimensions, then the others, folded."""
        parts: list[LayoutObject] = [RatingLayout(dimension) for dimension in self.own]
        if self.other:
            parts += [Markup('<details class="eh-fold"><summary>Other dimensions</summary>')]
            parts += [RatingLayout(dimension) for dimension in self.other]
            parts += [Markup("</details>")]
        return parts

    def closing_layout(self) -> list[LayoutObject]:
        """What stands below the ratings."""
        recommendation = Div(Field("recommendation"), css_class="eh-recommendation")
        return [FieldLayout("recommendation", recommendation), FieldLayout("summary", Field("summary"))]

    @property
    def locked(self) -> bool:
        """Whether scores and recommendation stay as they are."""
        return self.card.is_writable and self.card.locked_at is not None

    def group(self, dimension: Dimension) -> RatingGroup:
        """The dimension's fields for the rating component."""
        fields = [self[name] for name in rating_names(dimension.pk)]
        score, reason, evidence = [str(field.value() or "") for field in fields]
        errors: list[tuple[str, ...]] = []
        for field in fields:
            errors.append(tuple(map(str, field.errors)))
        return _group(dimension, Said(score, reason, evidence, *errors), locked=self.locked, asks=self.asks)

    def changes(self) -> dict[str, str]:
        """What was sent of the judgement, field to text: not what the page did not
        have.

        A tick that was taken away is sent as an empty string by the hidden field
        before.
        """
        sent = {}
        for name, field in self.fields.items():
            if name in self.data and kind_of(name) and not field.disabled:
                sent[name] = str(self.data[name])
        return sent

    def problems(self) -> list[tuple[str, str]]:
        """Pairs of the control's id, empty for the whole form, and what is wrong."""
        found = []
        for name, texts in self.errors.items():
            control = "" if name == NON_FIELD_ERRORS else first_control(name)
            found += [(control, str(text)) for text in texts]
        return found

    def strays(self) -> list[str]:
        """Words that were sent for fields of a scorecard that this form lacks."""
        notes = [name for name in self.data if is_note(name)]
        texts = [str(self.data[name]) for name in notes if name not in self.fields]
        return [text for text in texts if text.strip()]


@lru_cache(maxsize=MOST)
def _rating_fields(kit: Kit) -> dict[str, forms.Field]:
    """The fields of all its dimensions. Several forms share them, so that nobody may
    change any."""
    fields: dict[str, forms.Field] = {}
    for dimension in kit.dimensions:
        score, reason, evidence = rating_names(dimension.pk)
        fields[score] = forms.ChoiceField(choices=SCORES, required=False)
        fields[reason] = forms.ChoiceField(choices=REASONS, required=False, label=WHY)
        fields[evidence] = forms.CharField(required=False, label=EVIDENCE, widget=forms.Textarea(attrs={"rows": 3}))
    return fields


@lru_cache(maxsize=MOST)
def _signal_fields(kit: Kit) -> dict[str, forms.Field]:
    """The same of its signals."""
    fields: dict[str, forms.Field] = {}
    for signal in kit.signals:
        fields[signal_name(signal.pk)] = forms.BooleanField(required=False, label=signal.text)
        fields[note_name(signal.pk)] = forms.CharField(required=False, label="Note")
    return fields


@lru_cache(maxsize=BLANKS)
def _look_field(text: str) -> forms.ChoiceField:
    """The same of one look-for of an exercise."""
    widget = forms.Select(attrs={"form": FORM_ID, "class": "form-select form-select-sm"})
    return forms.ChoiceField(choices=OUTCOMES, required=False, label=text, widget=widget)


@lru_cache(maxsize=BLANKS)
def _look_html(name: str, text: str, chosen: str, language: str) -> SafeString:
    """One look-for as everybody is shown it of whom the same is stored."""
    shown = {
        "name": name,
        "text": text,
        "chosen": chosen,
        "language": language,
        "choices": OUTCOMES,
        "form_id": FORM_ID,
    }
    return render_to_string("components/look_field.html", shown)


@dataclass(frozen=True)
class Said:
    """The texts of one dimension's fields, and why each was refused."""

    score: str = ""
    reason: str = ""
    evidence: str = ""
    score_errors: tuple[str, ...] = ()
    reason_errors: tuple[str, ...] = ()
    evidence_errors: tuple[str, ...] = ()


def _group(dimension: Dimension, said: Said, *, locked: bool, asks: bool) -> RatingGroup:
    score, reason, evidence = rating_names(dimension.pk)
    return RatingGroup(
        name=score,
        legend=dimension.name,
        must_have=dimension.must_have,
        levels=_levels(dimension, score, said.score, locked=locked, refused=bool(said.score_errors)),
        reason=Reason(
            name=reason,
            id=f"id_{reason}",
            label=WHY,
            legend=dimension.name,
            choices=REASONS,
            chosen=said.reason if said.reason in dict(REASONS) else "",
            locked=locked,
            errors=said.reason_errors,
        ),
        evidence=Evidence(evidence, f"id_{evidence}", EVIDENCE, said.evidence, said.evidence_errors),
        errors=said.score_errors,
        help_id=f"id_{score}_help",
        questions=_questions(dimension) if asks else (),
    )


def _levels(dimension: Dimension, name: str, chosen: str, *, locked: bool, refused: bool) -> Levels:
    """The levels from 1 to 5 and "not assessed", one of them perhaps checked."""
    anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    rows = []
    for level in LEVELS:
        row = Level(
            value=level,
            label=LEVEL_NAMES[level],
            anchor_text=anchors.get(level, ""),
            is_given=level in anchors,
            meaning=LEVEL_MEANINGS[level],
            checked=chosen == str(level),
            id=f"id_{name}_{level}",
        )
        rows.append(row)
    not_assessed = NotAssessed(f"id_{name}_{NOT_ASSESSED}", chosen == NOT_ASSESSED)
    return Levels(name, tuple(rows), not_assessed, locked, refused)


def _questions(dimension: Dimension) -> tuple[Asked, ...]:
    return tuple(Asked(row.text, row.strong, row.weak) for row in dimension.questions.all())


class ScorecardForm(JudgementForm):
    """The judgement, signals and the exercise's look-fors, filled with the draft
    alone."""

    refused_heading = "Not submitted yet"
    refused_lead = ""
    asks = True

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        card: Scorecard,
        version: RubricVersion,
    ) -> None:
        super().__init__(data, card=card, version=version, initial=draft_values(card))
        self.fields |= _signal_fields(self.kit)
        self.exercise = card.panelist.interview.round.exercise
        self.look_names: list[str] = []
        if self.exercise is not None:
            for index, text in enumerate(self.exercise.look_for):
                name = look_name(self.exercise.pk, index)
                self.fields[name] = _look_field(text)
                self.look_names.append(name)
        if card.locked_at:
            self._lock()

    def parts(self) -> list[LayoutObject]:
        """Signals stand between the ratings and what closes the form."""
        return self.rating_layout() + self._signal_layout() + self.closing_layout()

    @property
    def kit_wording(self) -> SafeString:
        """What the kit says beside the form."""
        return _kit_wording(self.kit, self.language)

    def _lock(self) -> None:
        for name, field in self.fields.items():
            if kind_of(name) in LOCKABLE:
                self.fields[name] = copy(field)
                self.fields[name].disabled = True

    def look_fors(self) -> LookFors | None:
        """The round's exercise with its look-fors, for the kit."""
        if self.exercise is None:
            return None
        fields = [self[name] for name in self.look_names]
        return LookFors(self.exercise, tuple(map(self._control, fields)))

    def _control(self, field: forms.BoundField) -> SafeString:
        """The look-for with its choice, which was sent or is as it was stored."""
        if self.is_bound:
            markup = '<label for="{}" lang="{}">{}</label> {}'
            told = (field.auto_id, self.language, field.label, field.as_widget())
            return format_html(markup, *told)
        chosen = str(field.initial or "")
        return _look_html(field.html_name, str(field.label), chosen, self.language)

    def _signal_layout(self) -> list[LayoutObject]:
        parts: list[LayoutObject] = []
        for kind, label in [
            (Signal.Kind.STRONG, "Strong signals"),
            (Signal.Kind.WEAK, "Weak signals"),
            (Signal.Kind.RED_FLAG, "Red flags"),
        ]:
            rows = [SignalLayout(signal) for signal in self.kit.signals if signal.kind == kind]
            if rows:
                opening = f'<fieldset class="eh-signals"><legend>{label} you saw</legend>'
                parts += [Markup(opening), *rows, Markup("</fieldset>")]
        return parts


class AmendForm(JudgementForm):
    """The submitted judgement to be corrected, with the reason for it."""

    refused_heading = "Not amended yet"
    why = forms.CharField(
        required=False,
        label="Reason for the change",
        help_text="Shown next to the change to everyone who reads the debrief.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def closing_layout(self) -> list[LayoutObject]:
        """The reason comes last."""
        return [*super().closing_layout(), Field("why")]


class HandoffForm(forms.Form):
    kind = forms.ChoiceField(choices=HandoffNote.Kind.choices, label="Kind of note")
    text = forms.CharField(
        max_length=1000,
        label="For the next interviewers",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Facts only: what you covered, what to ask about. Keep scores and impressions to yourself.",
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, auto_id="id_handoff_%s")
        self.helper = fields_only()


class DeclineForm(forms.Form):
    decline_reason = forms.CharField(
        required=False,  # the service asks for it in its own words
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, auto_id="%s")
        self.helper = fields_only()


class WordListForm(SharedForm, forms.Form):
    kinds = ("words.saved",)
    enabled = forms.BooleanField(required=False, label="Hints use this list")
    words = forms.CharField(
        required=False,
        max_length=400_000,
        label="Words and phrases",
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "aria-describedby": "words-syntax"}),
        help_text="One entry per line, or several with commas. Empty the box to go back to the list that ships.",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)
        self.keep_others(None)


class WordTrialForm(forms.Form):
    text = forms.CharField(
        max_length=20_000,
        label="Sentences to try",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One sentence per line. Nothing of it is kept.",
    )


class OverrideForm(forms.Form):
    user = PersonField(User.objects.none(), label="Who can see the debrief before submitting")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), help_text="Printed in the packet.")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        people: QuerySet[User],
        known: Iterable[User] | None = None,
    ) -> None:
        """`known` are the people, where they have been read already."""
        super().__init__(data)
        offer(self, "user", people)
        if known is not None:
            field = self.fields["user"]
            assert isinstance(field, forms.ModelChoiceField)
            field.choices = [("", field.empty_label), *called_apart(known).items()]
        self.helper = fields_only()


class GuestNameForm(SharedForm, forms.Form):
    """What was misspelt of somebody external."""

    kinds = ("user.renamed", "user.address_changed")
    name = NameField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="With another address, earlier links end and a new one is sent. What was written stays.",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, guest: User) -> None:
        super().__init__(data, initial={"name": guest.name, "email": guest.email})
        self.helper = helper("Save")
        self.keep_others(guest)


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), help_text="The debrief tells it, and the packet prints it."
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("Release")


class OwedForm(forms.Form):
    """Why several people need not score any more; the page has the button."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The same for each of them. The debriefs tell it, and the packets print it.",
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.helper = fields_only()


class WithdrawForm(forms.Form):
    """`panelists` are the author's own that are still empty."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), help_text="The debrief tells it, and the packet prints it."
    )
    take_to = forms.TypedChoiceField(label="Take its words to", required=False, empty_value=None)

    def __init__(self, data: Mapping[str, object] | None = None, *, panelists: Iterable[Panelist]) -> None:
        super().__init__(data)
        if not _offer_panelists(self.fields["take_to"], panelists, otherwise="Nowhere"):
            del self.fields["take_to"]
        self.helper = helper("Withdraw scorecard")

    def clean(self) -> dict[str, object]:
        """`take_to` is there, though empty, without any scorecard to choose."""
        return {"take_to": None} | (super().clean() or {})


class TakeWordsForm(forms.Form):
    """Where the words of a withdrawn scorecard begin another; `panelists` are the author's
    own that are still empty."""

    take_to = forms.TypedChoiceField(label="Take its words to")

    def __init__(self, data: Mapping[str, object] | None = None, *, panelists: Iterable[Panelist]) -> None:
        super().__init__(data)
        _offer_panelists(self.fields["take_to"], panelists, otherwise="Choose one")
        self.helper = helper("Take the words")


def _offer_panelists(field: forms.Field, panelists: Iterable[Panelist], *, otherwise: str) -> bool:
    """Make them the field's choices, below one for none of them; whether there are
    any."""
    assert isinstance(field, forms.TypedChoiceField)
    by_key = {str(panelist.pk): panelist for panelist in panelists}
    field.coerce = by_key.__getitem__
    field.choices = [("", otherwise), *((key, _panelist_words(panelist)) for key, panelist in by_key.items())]
    return bool(by_key)


def _panelist_words(panelist: Panelist) -> str:
    """The interview as its own interviewer knows it."""
    interview = panelist.interview
    day = formats.date_format(timezone.localtime(interview.starts_at), "j F Y, H:i")
    return f"{interview.application.called}, {interview.round.name}, {day}"


class GuestForm(forms.Form):
    """Somebody without an account, for one panel."""

    name = NameField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail address", max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(choices=Panelist.Role.choices)
    meant = MeantField(label="This is who I mean")

    def clean(self) -> dict[str, Any]:
        """An error where somebody else is known by the address, until that is ticked as
        meant."""
        data = super().clean() or {}
        if data.pop("meant", False) or not {"name", "email"} <= data.keys():
            return data
        known = called_otherwise(data["email"], data["name"])
        if known is not None:
            field = self.fields["meant"]
            assert isinstance(field, MeantField)
            field.ask()
            self.add_error("meant", _known_as(known))
        return data


def _known_as(user: User) -> str:
    sentence = f"{user.email} is the address of {user.name}, who joins the panel under that name. Tick this if it is "
    return sentence + "who you mean. A wrong name can be corrected afterwards, and somebody else needs another address."


class ImportForm(forms.Form):
    """A file of historic scorecards, or with `sent` what the preview was made of."""

    LIMIT = 5 * 1024 * 1024

    file = forms.FileField(
        required=False,
        label="File of scorecards",
        help_text="Excel, OpenDocument or CSV, up to 5 MB. Nothing is saved until you have seen what it would add.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.ods"}),
    )
    rubric_version = forms.ModelChoiceField(
        RubricVersion.objects.none(),
        required=False,
        label="Rubric of new openings",
        help_text="Openings of the file that do not exist yet are created on it. Without one they are refused.",
    )
    with_erased = forms.BooleanField(
        required=False,
        label="Bring back people who were erased",
        help_text="Without this tick their rows are refused, so that an old file does not undo an erasure.",
    )
    zone = forms.ChoiceField(
        required=False,
        label="Times without a zone are in",
        help_text="A spreadsheet’s dates have none. A time in the file with a zone of its own keeps it.",
    )
    sent = forms.CharField(required=False, widget=forms.HiddenInput())

    helper = fields_only()

    def __init__(self, data: Mapping[str, object] | None = None, files: MultiValueDict | None = None) -> None:
        super().__init__(data, files)
        zones = sorted({*available_timezones(), timezone.get_current_timezone_name()})
        none = ("", "None: refuse rows whose time has no zone")
        self.fields["zone"] = forms.ChoiceField(
            choices=[none, *((zone, zone) for zone in zones)],
            required=False,
            label=self.fields["zone"].label,
            help_text=self.fields["zone"].help_text,
            initial=timezone.get_current_timezone_name(),
        )
        versions = RubricVersion.objects.published().select_related("rubric")
        offer(self, "rubric_version", versions, empty="None: refuse openings that do not exist")

    def clean_file(self) -> UploadedFile | None:
        """ValidationError where it is empty or has more than 5 MB; None where none was
        sent."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > self.LIMIT:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; the limit is {self.LIMIT:,}.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not data.get("sent") and "file" not in self.errors:
            self.add_error("file", "Choose a file.")
        return data

    def zone_info(self) -> ZoneInfo | None:
        """The zone that was chosen in a valid form."""
        chosen = self.cleaned_data["zone"]
        return ZoneInfo(chosen) if chosen else None

    def options(self) -> ImportOptions:
        """Of a valid form."""
        data = self.cleaned_data
        return {"rubric_version": data["rubric_version"], "with_erased": data["with_erased"]}


class OtherRubricForm(forms.Form):
    """The rubric that an opening is to be judged by instead."""

    rubric_version = forms.ModelChoiceField(
        RubricVersion.objects.none(),
        label="Another rubric or version",
        error_messages={"required": "Choose a rubric.", "invalid_choice": "Choose a rubric that is published."},
    )

    helper = fields_only()

    def __init__(self, data: Mapping[str, object] | None = None, *, versions: QuerySet[RubricVersion]) -> None:
        super().__init__(data)
        offer(self, "rubric_version", versions)

    def chosen(self) -> RubricVersion:
        """Raises ValidationError with what is wrong."""
        if not self.is_valid():
            raise forms.ValidationError(list(self.errors["rubric_version"]))
        version: RubricVersion = self.cleaned_data["rubric_version"]
        return version
