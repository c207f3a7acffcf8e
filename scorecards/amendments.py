"""What an author may still correct after submitting, until the debrief opens: a revision beside the one before."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from audit.services import record
from candidates.models import Application
from rubrics.models import LEVEL_NAMES, LEVELS, Dimension
from scorecards.drafts import judgement_values, limited, needed
from scorecards.models import Amendment, Meeting, Rating, Scorecard, Sighting
from scorecards.services import missing_parts

RATED = ("score", "reason", "evidence")
WHOLE = ("recommendation", "summary")

ANOTHER = (
    "You amended this scorecard in another tab or device meanwhile. Your text is below and not stored: compare it "
    "with the finished scorecard, then amend again."
)


class DebriefOpened(Exception):
    """The debrief has begun, so this scorecard is past amending; a re-rating in the debrief is what is left."""


def may_amend(card: Scorecard, by: User) -> bool:
    """The author, between submission and debrief."""
    own = card.panelist.user_id == by.pk and card.state == Scorecard.State.SUBMITTED and not card.erased
    return own and not Meeting.objects.filter(application__interviews=card.panelist.interview_id).exists()


def standing_values(card: Scorecard) -> dict[str, str]:
    """The judgement as last amended, as flat field values (see `scorecards.drafts.judgement_values`)."""
    values = judgement_values(card)
    numbers = _numbers(card)
    for amendment in card.amendments.all():
        values |= {"recommendation": amendment.recommendation, "summary": amendment.summary}
        for row in amendment.ratings:
            number = numbers[row["dimension"]]
            values[f"score_{number}"] = "na" if row["score"] is None else str(row["score"])
            values[f"reason_{number}"] = row["not_assessed_reason"]
            values[f"evidence_{number}"] = row["evidence"]
    return values


def _numbers(card: Scorecard) -> dict[str, int]:
    """Dimension key to number, of the rubric that the scorecard is on."""
    version = card.panelist.interview.round.opening.rubric_version
    return dict(version.dimensions.values_list("key", "pk"))


@transaction.atomic
def amend_scorecard(card: Scorecard, changes: Mapping[str, str], *, reason: str, revision: int, by: User) -> Amendment:
    """Keep a corrected judgement beside the submitted one, with what its author had seen of others by then.

    `changes` are flat field values of ratings, recommendation and summary; `revision` is the number of amendments
    that the author knows. Raises PermissionDenied for another's card, DebriefOpened, or ValidationError (field to
    message): another amendment meanwhile, no reason, nothing changed, something missing.
    """
    card = _own_submitted(card, by)
    if len(card.amendments.all()) != revision:
        raise ValidationError(ANOTHER)
    why = needed(reason, field="why", otherwise="Say why you change what you submitted.")
    before = standing_values(card)
    after = before | _cleaned(card, changes)
    after = {field: value for field, value in after.items() if _means_something(field, after)}
    if after == {field: value for field, value in before.items() if _means_something(field, before)}:
        raise ValidationError("Nothing was changed, so there is nothing to keep.")
    if problems := missing_parts(card, after):
        raise ValidationError(problems)
    amendment = Amendment.objects.create(
        scorecard=card,
        reason=why,
        recommendation=after["recommendation"],
        summary=after["summary"],
        ratings=_changed_ratings(card, before, after),
        had_seen=_seen(card),
    )
    record("scorecard.amended", by=by, subject=card, amendment_id=amendment.pk)
    return amendment


def _own_submitted(card: Scorecard, by: User) -> Scorecard:
    """The card read afresh behind its application's lock: no debrief opens and no other amendment comes in between."""
    Application.objects.select_for_update().get(interviews__panelists__scorecard=card)
    cards = Scorecard.objects.select_related("panelist__interview__round__opening__rubric_version")
    card = cards.prefetch_related("ratings", "amendments").get(pk=card.pk)
    if card.panelist.user_id != by.pk or card.state != Scorecard.State.SUBMITTED:
        raise PermissionDenied
    if not may_amend(card, by):
        raise DebriefOpened
    return card


def _cleaned(card: Scorecard, changes: Mapping[str, str]) -> dict[str, str]:
    """The changes as they may be kept; ValidationError for a field or answer that the form does not have."""
    answers = {"recommendation": set(Scorecard.Recommendation.values), "reason": {"", *Rating.Reason.values}}
    answers["score"] = {"", "na", *map(str, LEVELS)}
    numbers = {str(number) for number in _numbers(card).values()}
    clean = {field: limited(value, field=field) for field, value in changes.items()}
    for field, value in clean.items():
        kind, _, number = field.partition("_")
        if field not in WHOLE and (kind not in RATED or number not in numbers):
            raise ValidationError("This dimension is not in the rubric of this interview.")
        if kind in answers and value not in answers[kind]:
            raise ValidationError({field: "This answer is not one of those offered."})
    return clean


def _means_something(field: str, values: Mapping[str, str]) -> bool:
    """Not an empty field of a rating, and not the reason of a dimension that was scored after all."""
    kind, _, number = field.partition("_")
    if kind == "reason":
        return values.get(f"score_{number}") == "na"
    return kind not in RATED or bool(values[field])


def _changed_ratings(card: Scorecard, before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, object]]:
    """The changed ratings in the shape of `scorecards.facts.RatingFact`, in the rubric's order."""
    version = card.panelist.interview.round.opening.rubric_version
    changed = []
    for dimension in version.dimensions.prefetch_related("anchors"):
        names = [f"{kind}_{dimension.pk}" for kind in RATED]
        if any(before.get(name, "") != after.get(name, "") for name in names):
            changed.append(_rating(dimension, *(after.get(name, "") for name in names)))
    return changed


def _rating(dimension: Dimension, given: str, reason: str, evidence: str) -> dict[str, object]:
    score = int(given) if given.isdigit() else None
    wording = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return {
        "dimension": dimension.key,
        "score": score,
        "not_assessed_reason": reason,
        "evidence": evidence,
        "anchor_text": (wording.get(score) or LEVEL_NAMES[score]) if score else "",
    }


def _seen(card: Scorecard) -> list[int]:
    application = card.panelist.interview.application_id
    seen = Sighting.objects.filter(user=card.panelist.user_id, scorecard__panelist__interview__application=application)
    return list(seen.order_by("scorecard_id").values_list("scorecard_id", flat=True))
