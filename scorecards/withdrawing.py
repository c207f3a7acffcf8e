"""Taking a submitted scorecard out of every figure; it can still be read, struck through."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.texts import needed
from audit.frozen import frozen
from audit.services import record
from candidates.locks import lock_applications
from candidates.models import Application, Panelist
from candidates.policies import may_run
from candidates.services import refuse_erased
from scorecards.drafts import locked_in_order, open_scorecard
from scorecards.models import Scorecard, Withdrawal, writable
from scorecards.panels import copy_words
from scorecards.policies import may_see_debrief, nameless

FINAL = (Application.Decided.HIRE, Application.Decided.NO_HIRE)


def may_withdraw(user: User, card: Scorecard) -> bool:
    """The author, until there is a decision to hire or not; whoever runs the opening and
    may read the debrief from then on, and also before where the author cannot sign in."""
    if card.state != Scorecard.State.SUBMITTED or card.erased or hasattr(card, "withdrawal"):
        return False
    application, author = card.panelist.interview.application, card.panelist.user
    decided = application.decided in FINAL
    if user.pk == author.pk:
        return not decided
    gone = author.is_guest or not author.is_active
    return (decided or gone) and may_run(user, application.opening) and may_see_debrief(user, application)


@transaction.atomic
def withdraw_scorecard(card: Scorecard, *, reason: str, by: User, take_to: Panelist | None = None) -> Withdrawal:
    """Count this scorecard in no figure any more. `take_to` is the author on another panel,
    whose empty draft then begins with the words of this one.

    Raises PermissionDenied, or ValidationError by field: without a reason, for an erased
    candidate, or where that draft is not theirs or not empty.
    """
    application = card.panelist.interview.application
    if take_to is not None:  # whose application may be another one
        lock_applications([application.pk, take_to.interview.application_id])
    refuse_erased(application)
    application.refresh_from_db(fields=["decided"])
    cards = Scorecard.objects.select_for_update(of=("self",), no_key=True)
    card = cards.select_related("panelist__user", "panelist__interview__application__opening").get(pk=card.pk)
    if not may_withdraw(by, card):
        raise PermissionDenied
    why = needed(reason, field="reason", otherwise="Say why. The debrief and the packet tell it.", limit=2_000)
    withdrawal = Withdrawal.objects.create(scorecard=card, reason=why, by=by)
    stated = frozen("withdrawal", withdrawal.pk)
    record("scorecard.withdrawn", by=by, subject=card, **stated)
    if take_to is not None:
        _take_words(card, take_to, by)
    return withdrawal


def may_take_words(user: User, card: Scorecard) -> bool:
    """The author of a withdrawn one, for another interview that they score."""
    return user.pk == card.panelist.user_id and hasattr(card, "withdrawal") and not card.erased


@transaction.atomic
def take_words(card: Scorecard, *, take_to: Panelist, by: User) -> None:
    """Begin the empty draft of that panelist with the words of a scorecard that was withdrawn before.

    Raises PermissionDenied, or ValidationError as `withdraw_scorecard` does.
    """
    refuse_erased(card.panelist.interview.application)
    card.refresh_from_db(fields=["erased"])
    if not may_take_words(by, card):
        raise PermissionDenied
    _take_words(card, take_to, by)


def empty_panelists(card: Scorecard) -> list[Panelist]:
    """The author on other panels, where nothing is written yet, in the order of the interviews."""
    panelists = Panelist.objects.visible_to(card.panelist.user).filter(writable()).exclude(pk=card.panelist_id)
    author = card.panelist.user
    way = "interview__application"
    known: Any = panelists.select_related("scorecard", "interview__round", f"{way}__candidate", f"{way}__opening")
    known = known.annotate(nameless=nameless(author, application=way)).order_by("interview__starts_at", "pk")
    found = []
    for panelist in known:
        panelist.interview.application.nameless = panelist.nameless
        if _is_empty(panelist):
            found.append(panelist)
    return found


def _is_empty(panelist: Panelist) -> bool:
    draft: Scorecard | None = getattr(panelist, "scorecard", None)
    return draft is None or not draft.edit


def _take_words(card: Scorecard, panelist: Panelist, by: User) -> None:
    if by.pk != card.panelist.user_id or panelist not in empty_panelists(card):
        raise ValidationError({"take_to": "Choose one of your own scorecards that is still empty."})
    draft = open_scorecard(panelist)
    draft = locked_in_order().get(pk=draft.pk)
    if draft.edit or not draft.is_writable:
        raise ValidationError({"take_to": "This scorecard is no longer empty. Choose another, or none."})
    copy_words(card, draft)
    record("scorecard.words_taken", by=by, subject=draft, scorecard=card.pk)
