"""What an author may correct after submitting: a revision beside the one before.

It ends when the debrief opens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.texts import limited, needed
from audit.frozen import frozen
from audit.services import record
from candidates.models import Application, Interview
from rubrics.levels import level_wording
from rubrics.models import Dimension
from scorecards.drafts import stored_judgement
from scorecards.facts import RatingRow
from scorecards.fields import NoSuchAnswer, NoSuchField, changes_of
from scorecards.judgement import Answer, Changes, Judgement
from scorecards.models import Amendment, Scorecard, Sighting
from scorecards.services import missing_parts

NOT_IN_RUBRIC = "This dimension is not in this interview's rubric."
ANOTHER = (
    "You have amended this scorecard in another tab or device. Your version is below and not saved: compare it "
    "with the finished scorecard, then amend again."
)


class DebriefOpened(Exception):
    """The debrief has begun: not amending but a re-rating in it is what is left."""


def may_amend(card: Scorecard, by: User) -> bool:
    """The author, between submission and debrief, unless they withdrew it."""
    submitted = card.state == Scorecard.State.SUBMITTED and not card.erased and not hasattr(card, "withdrawal")
    if not submitted or card.panelist.user_id != by.pk:
        return False
    interviews = Interview.objects.filter(pk=card.panelist.interview_id)
    return interviews.filter(application__debrief_opened_at=None).exists()


def current_judgement(card: Scorecard) -> Judgement:
    """The submitted judgement as its author last amended it, without marks."""
    judgement = stored_judgement(card)
    ids = {dimension.key: dimension.pk for dimension in _dimensions(card)}
    for amendment in card.amendments.all():
        answers = {ids[row["dimension"]]: _answer(row) for row in amendment.ratings}
        judgement = replace(
            judgement,
            recommendation=amendment.recommendation,
            summary=amendment.summary,
            answers={**judgement.answers, **answers},
        )
    return judgement


def _answer(row: RatingRow) -> Answer:
    """A rating as an amendment keeps it."""
    reason = row["not_assessed_reason"]
    return Answer(row["score"], bool(reason), reason, row["evidence"])


def _dimensions(card: Scorecard) -> Iterable[Dimension]:
    """Those of the rubric that the scorecard is on, in its order."""
    version = card.panelist.interview.round.opening.rubric_version
    return version.dimensions.all()


@transaction.atomic
def amend_scorecard(card: Scorecard, changes: Mapping[str, str], *, reason: str, revision: int, by: User) -> Amendment:
    """Keep a corrected judgement, with what its author had seen of others by then.

    `changes` are flat field values of ratings, recommendation and summary; `revision`
    is the number of amendments that the author knows. Raises PermissionDenied for
    another's card, DebriefOpened, or ValidationError (field to message): another
    amendment meanwhile, no reason, nothing changed, something missing.
    """
    card = _own_submitted(card, by)
    if len(card.amendments.all()) != revision:
        raise ValidationError(ANOTHER)
    why = needed(reason, field="why", otherwise="Give a reason for the change.")
    before = current_judgement(card)
    after = before.amended(_parsed(card, changes)).tidied
    if not after.differs_from(before):
        raise ValidationError("You have not changed anything.")
    if problems := missing_parts(card, after):
        raise ValidationError(problems)
    amendment = Amendment.objects.create(
        scorecard=card,
        reason=why,
        recommendation=after.recommendation,
        summary=after.summary,
        ratings=_ratings(card, after.changed_answers(since=before)),
        had_seen=_seen(card),
    )
    stated = frozen("amendment", amendment.pk)
    record("scorecard.amended", by=by, subject=card, amendment_id=amendment.pk, **stated)
    return amendment


def _own_submitted(card: Scorecard, by: User) -> Scorecard:
    """The card read afresh behind its application's lock.

    No debrief opens and no other amendment comes in between. Raises PermissionDenied
    where it is another's or not submitted, DebriefOpened where amending has ended.
    """
    Application.objects.select_for_update(no_key=True).get(interviews__panelists__scorecard=card)
    cards = Scorecard.objects.select_related("panelist__interview__round__opening__rubric_version")
    dimensions = "panelist__interview__round__opening__rubric_version__dimensions__anchors"
    card = cards.prefetch_related("ratings", "amendments", dimensions).get(pk=card.pk)
    if card.panelist.user_id != by.pk or card.state != Scorecard.State.SUBMITTED:
        raise PermissionDenied
    if not may_amend(card, by):
        raise DebriefOpened
    return card


def _parsed(card: Scorecard, texts: Mapping[str, str]) -> Changes:
    """The changes as they may be kept.

    Raises ValidationError for a field or answer that the form does not have, and for a
    text that is too long.
    """
    clean = {name: limited(text, field=name) for name, text in texts.items()}
    try:
        changes = changes_of(clean)
    except NoSuchField as error:
        raise ValidationError(NOT_IN_RUBRIC) from error
    except NoSuchAnswer as error:
        raise ValidationError({error.name: "Choose one of the answers offered."}) from error
    known = {dimension.pk for dimension in _dimensions(card)}
    if changes.marks or changes.looks or not changes.answers.keys() <= known:
        raise ValidationError(NOT_IN_RUBRIC)
    return changes


def _ratings(card: Scorecard, answers: Mapping[int, Answer]) -> list[RatingRow]:
    """The answers as an amendment keeps them, in the rubric's order."""
    return [_rating(row, answers[row.pk]) for row in _dimensions(card) if row.pk in answers]


def _rating(dimension: Dimension, answer: Answer) -> RatingRow:
    anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return {
        "dimension": dimension.key,
        "score": answer.score,
        "not_assessed_reason": answer.reason,
        "evidence": answer.evidence,
        "anchor_text": level_wording(answer.score, anchors.get(answer.score or 0)),
    }


def _seen(card: Scorecard) -> list[int]:
    """The scorecards of this application that the author was shown, by id."""
    seen = Sighting.objects.filter(
        user=card.panelist.user_id,
        scorecard__panelist__interview__application=card.panelist.interview.application_id,
    )
    return list(seen.order_by("scorecard_id").values_list("scorecard_id", flat=True))
