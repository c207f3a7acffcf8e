"""The interviewer's page: kit and scorecard. Only one's own, nothing of anyone
else's."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.autosave import (
    Stale,
    edit_seen,
    finished_answer,
    present_answer,
    refused_answer,
    saved_answer,
    sent_changes,
    stale_answer,
)
from accounts.compiled import compiled
from accounts.http import SignedInRequest, changes_page, posted
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from candidates.models import Application, Interview, Panelist
from candidates.names import NameMatcher
from candidates.services import ERASED
from rubrics.models import RubricVersion
from scorecards import changes, drafts, panels, services
from scorecards.amendments import DebriefOpened, amend_scorecard, current_judgement, may_amend
from scorecards.draft_hints import dismiss_hint, draft_hints
from scorecards.facts import CardFact, RatingFact
from scorecards.fields import name_of, texts_of
from scorecards.forms import (
    FORM_ID,
    AmendForm,
    DeclineForm,
    HandoffForm,
    ScorecardForm,
    TakeWordsForm,
    WithdrawForm,
    first_control,
)
from scorecards.gathering import card_facts, facts_of_panelists
from scorecards.hints import Hint
from scorecards.models import HandoffNote, Scorecard, unblinded
from scorecards.policies import may_see_debrief, nameless
from scorecards.queries import comparable, next_to_score
from scorecards.withdrawing import empty_panelists, may_take_words, may_withdraw, take_words, withdraw_scorecard

TO_APPLICATION = "interview__application"
BUTTONS = {"submit", "save", "lock"}
TOO_LATE = "This scorecard cannot be amended: it has not been submitted, or its debrief has opened."
FINISHED = "This scorecard was already finished, so nothing was changed."
NOT_WITHDRAWN = "This scorecard cannot be withdrawn by you: it is not submitted, or there is a decision."
STALE = (
    "Another tab or device has saved this scorecard since you opened it. Your version is below and not saved yet: "
    "compare the two, then save again."
)


def _panelist(request: SignedInRequest, pk: int) -> Panelist:
    row = _own_panelist.first(request.user, pk)
    if row is None:
        raise Http404("You are not on that panel.")
    panelist: Panelist = row
    panelist.interview.application.nameless = row.nameless
    return panelist


@compiled
def _own_panelist(user: User, pk: int) -> QuerySet[Any]:
    panelists = (
        Panelist.objects.visible_to(user)
        .filter(pk=pk)
        .select_related(
            "user",
            "interview__round__exercise",
            "interview__application__candidate",
            "interview__application__opening__rubric_version__rubric",
        )
    )
    known: QuerySet[Any] = panelists.annotate(nameless=nameless(user, application=TO_APPLICATION))
    return known


@compiled
def _cards(panelist: int) -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(panelist=panelist)


def _card(panelist: Panelist) -> Scorecard:
    try:
        card = _cards.first(panelist.pk) or drafts.open_scorecard(panelist)
    except Panelist.DoesNotExist as error:  # taken off the panel at this moment
        raise Http404 from error
    card.panelist = panelist
    return card


def scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows form or finished scorecard; POST stores, and locks or submits, it."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if not card.is_writable:
        if request.method == "POST":
            messages.info(request, FINISHED)
        if card.state == Scorecard.State.DRAFT and card.erased:
            return render(request, "scorecards/erased.html", {"card": card, "panelist": panelist})
        return _finished(request, card)
    version = panelist.interview.application.opening.rubric_version
    if request.method != "POST":
        return _page(request, card, ScorecardForm(card=card, version=version))
    return _posted(request, card, version)


def _posted(request: SignedInRequest, card: Scorecard, version: RubricVersion) -> HttpResponse:
    form = ScorecardForm(request.POST, card=card, version=version)
    try:
        drafts.save_draft(card, form.changes(), edit=edit_seen(request), by=request.user)
        form.refused_lead = "Your draft is saved. Please check the following:"
        _refuse_strays(form)
        done = _ended(request, card)
    except drafts.Finished:
        messages.info(request, FINISHED)
    except Stale as stale:
        form.add_error(None, STALE)
        for field, theirs in stale.theirs.items():
            form.add_error(field, f"Saved elsewhere: {theirs}")
        return _page(request, _card(card.panelist), form, status=409)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _card(card.panelist), form, status=422)
    else:
        messages.success(request, done)
    return redirect("scorecard", card.panelist_id)


def _refuse_strays(form: ScorecardForm) -> None:
    """ValidationError with the words that an old page sent for fields that are gone."""
    if strays := form.strays():
        words = " ".join(f"“{text}”" for text in strays)
        raise ValidationError(
            f"The form has changed since you opened it and no longer has a field for the text below. Copy what you "
            f"still need to another field. Everything else is saved. {words}"
        )


def _ended(request: SignedInRequest, card: Scorecard) -> str:
    """Submit or lock the saved draft if that was asked; the words for what was done."""
    if "submit" in request.POST:
        services.submit_scorecard(card, by=request.user)
        return f"Scorecard submitted. Thank you. {_amending(request, card)}".strip()
    if "lock" in request.POST:
        services.lock_scorecard(card, by=request.user)
        return "Scores and recommendation locked. You can edit evidence and summary until the scorecard is due."
    return "Draft saved."


def _amending(request: SignedInRequest, card: Scorecard) -> str:
    """Until when its author can amend what they just submitted; an external
    interviewer's page says what they can.

    Whether the debrief has opened is told to whoever may see it alone.
    """
    if request.user.is_guest:
        return ""
    application = card.panelist.interview.application
    if not may_see_debrief(request.user, application):
        return "You can amend it for as long as the debrief has not opened."
    if application.debrief_opened_at:
        return "It can no longer be changed, because the debrief has opened."
    return "You can amend it until the debrief opens."


def _page(
    request: SignedInRequest,
    card: Scorecard,
    form: ScorecardForm,
    status: int = 200,
    handoff: HandoffForm | None = None,
) -> HttpResponse:
    panelist = card.panelist
    interview = panelist.interview
    notes = _notes(panelist.pk, panelist.user_id, interview.application_id, interview.starts_at)
    _leave_out_names(panelist.interview.application, notes)
    context = {
        "card": card,
        "form": form,
        "form_id": FORM_ID,
        "panelist": panelist,
        "interview": panelist.interview,
        "look_fors": form.look_fors(),
        "notes": notes,
        "handoff_form": handoff or HandoffForm(),
    }
    return render(request, "scorecards/scorecard.html", context, status=status)


@compiled
def _notes(panelist_id: int, whose: int, application: int, starts_at: datetime) -> QuerySet[HandoffNote]:
    panelist = Panelist(
        pk=panelist_id, user_id=whose, interview=Interview(application_id=application, starts_at=starts_at)
    )
    return HandoffNote.objects.for_panelist(panelist).select_related("panelist__user", "panelist__interview__round")


def _leave_out_names(application: Application, notes: list[HandoffNote]) -> None:
    """Whoever wrote the notes may have known the candidate; the reader may not yet."""
    if application.nameless:
        matcher = NameMatcher([application.candidate.name, application.candidate.email])
        for note in notes:
            note.text = matcher.removed(note.text)


def _finished(request: SignedInRequest, card: Scorecard, handoff: HandoffForm | None = None) -> HttpResponse:
    """The finished scorecard; 422 with a refused note for the next interviewers."""
    panelists = Panelist.objects.filter(pk=card.panelist_id)
    [(_, fact)] = facts_of_panelists(panelists, unfinished=True)  # their own draft, where they were released
    application = card.panelist.interview.application
    rated = _side_by_side(application, [fact])
    marks = card.signal_marks.select_related("signal")
    # one of two submitted: that the other side has finished is more than they may know
    others = comparable(card) if may_see_debrief(request.user, application) else []
    amends = not request.user.is_guest and may_amend(card, request.user)
    context = {
        "card": card,
        "fact": fact,
        "panelist": card.panelist,
        "interview": card.panelist.interview,
        "language": application.opening.rubric_version.language,
        "ratings": [(name, rating) for name, [rating] in rated],
        "may_amend": amends,
        "may_withdraw": not request.user.is_guest and may_withdraw(request.user, card),
        "may_take_words": not request.user.is_guest and may_take_words(request.user, card),
        "may_take_back": _may_take_back(request.user, card),
        "marks": marks.order_by("signal__kind", "signal__order"),
        "looks": card.look_for_marks.select_related("exercise"),
        "comparable": others,
        "next": next_to_score(request.user),
    }
    context["handoff_form"] = handoff or HandoffForm()
    return render(request, "scorecards/finished.html", context, status=422 if handoff else 200)


def _may_take_back(user: User, card: Scorecard) -> bool:
    """Whether their declining can be undone; in doubt the service says why not.

    Whoever owes another scorecard there may not learn by it that the debrief has
    opened.
    """
    if user.is_guest or card.state != Scorecard.State.DECLINED or card.panelist.ended_at:
        return False
    application = card.panelist.interview.application
    if not unblinded(Application.objects.filter(pk=application.pk), user).exists():
        return False
    return application.candidate.erased_at is None and application.debrief_opened_at is None


def _side_by_side(application: Application, facts: Iterable[CardFact]) -> list[tuple[str, list[RatingFact | None]]]:
    """Each dimension that one of them rated, in the rubric's order, and their
    ratings."""
    rated = [_by_dimension(fact) for fact in facts]
    dimensions = application.opening.rubric_version.dimensions
    rows = []
    for key, name in dimensions.values_list("key", "name"):
        ratings = [ratings.get(key) for ratings in rated]
        if any(ratings):
            rows.append((name, ratings))
    return rows


def _by_dimension(fact: CardFact) -> dict[str, RatingFact]:
    return {row.dimension: row for row in fact.ratings}


def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """POST stores what changed: 200 with the count, 409 with both texts or finished,
    422.

    GET gives a page that was signed out meanwhile a fresh token to send again with.
    """
    card = drafts.lock_own(pk, by=request.user) or _card(_panelist(request, pk))
    if request.method != "POST":
        return present_answer(request, edit=card.edit, finished=not card.is_writable)
    changes = sent_changes(request, besides=BUTTONS)
    try:
        saved = drafts.write(card, changes, edit=edit_seen(request))
    except drafts.Finished:
        return finished_answer("This scorecard is finished.")
    except Stale as stale:
        return stale_answer(stale, changes)
    except ValidationError as error:
        transaction.set_rollback(True)
        return refused_answer(" ".join(error.messages))
    return saved_answer(saved.card.edit, saved.card.saved_at, saved.others)


def scorecard_hints(request: SignedInRequest, pk: int) -> HttpResponse:
    """The private hints on the draft, a piece of the page. Asked often, it reads
    little.

    POST dismisses the one whose key is sent.
    """
    panelists = Panelist.objects.visible_to(request.user).filter(pk=pk)
    cards = Scorecard.objects.filter(panelist__in=panelists).select_related("panelist").prefetch_related("ratings")
    card = cards.first() or _card(_panelist(request, pk))
    dismissing = request.method == "POST"
    if dismissing:
        with suppress(drafts.Finished):
            dismiss_hint(card, request.POST.get("hint", ""), by=request.user)
    context = {"hints": _told(draft_hints(card)), "panelist_id": pk, "dismissing": dismissing}
    return render(request, "scorecards/_hints.html", context)


def _told(found: Iterable[Hint]) -> list[tuple[str, Hint]]:
    """Each hint with the control that it leads to."""
    told = []
    for hint in found:
        told.append((first_control(name_of(hint.part, hint.dimension_id)), hint))
    return told


def scorecard_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed one's own scorecard, and when."""
    card = _card(_panelist(request, pk))
    return changes_page(request, "Changes to your scorecard", changes.scorecard_changes(card))


@require_POST
@once
def handoff(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a fact for the next interviewers."""
    panelist = _panelist(request, pk)
    if panelist.interview.application.candidate.erased_at:
        messages.info(request, ERASED)
        return redirect("scorecard", pk)
    form = HandoffForm(request.POST)
    if form.is_valid():
        services.leave_note(panelist, by=request.user, **form.cleaned_data)
        messages.success(request, "Note saved for the next interviewers.", extra_tags=f"handoff-{pk}")
        return redirect("scorecard", pk)
    card = _card(panelist)
    if not card.is_writable:
        return _finished(request, card, form)
    version = panelist.interview.application.opening.rubric_version
    return _page(request, card, ScorecardForm(card=card, version=version), status=422, handoff=form)


def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """A shadow's and the leads' finished scorecards side by side, for their authors."""
    panelist = _panelist(request, pk)
    cards = comparable(_card(panelist))
    application = panelist.interview.application
    if not cards or application.nameless or not may_see_debrief(request.user, application):
        raise PermissionDenied("There is nothing to compare yet. Both scorecards must be submitted first.")
    services.note_comparison(cards, by=request.user)
    facts = card_facts(cards)
    context = {
        "panelist": panelist,
        "cards": list(zip(cards, facts, strict=True)),
        "language": application.opening.rubric_version.language,
        "rows": _side_by_side(application, facts),
    }
    return render(request, "scorecards/compare.html", context)


@once
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a submitted scorecard, until the debrief opens."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if not may_amend(card, request.user):
        messages.info(request, TOO_LATE)
        return redirect("scorecard", pk)
    version = panelist.interview.application.opening.rubric_version
    form = AmendForm(posted(request), card=card, version=version, initial=texts_of(current_judgement(card)))
    status = 200
    if request.method == "POST":
        try:
            amend_scorecard(
                card, form.changes(), reason=request.POST.get("why", ""), revision=edit_seen(request), by=request.user
            )
        except DebriefOpened:
            messages.info(request, TOO_LATE)
            return redirect("scorecard", pk)
        except ValidationError as error:
            add_errors(form, error)
            status = 422
        else:
            messages.success(
                request,
                "Scorecard amended. Your original answers are kept next to the new ones.",
                extra_tags=f"amend-{pk}",
            )
            return redirect("scorecard", pk)
    context = {"card": card, "form": form, "panelist": panelist, "interview": panelist.interview}
    return render(request, "scorecards/amend.html", context | {"revision": card.amendments.count()}, status=status)


def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close one's own scorecard as not held; 422 without a reason."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    form = DeclineForm(posted(request))
    if form.is_valid():
        try:
            services.decline_scorecard(card, reason=form.cleaned_data["decline_reason"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        except drafts.Finished:
            messages.info(request, FINISHED)
            return redirect("scorecard", pk)
        else:
            messages.success(request, "Scorecard declined. Thank you for letting us know.", extra_tags=f"decline-{pk}")
            return redirect("scorecard", pk)
    context = {"panelist": panelist, "interview": panelist.interview, "card": card, "form": form}
    return render(request, "scorecards/decline.html", context, status=422 if form.is_bound else 200)


def kit_blueprint(request: SignedInRequest, pk: int) -> HttpResponse:
    """The role's document, section by section, for the interviewer of this panel."""
    version = _panelist(request, pk).interview.application.opening.rubric_version
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections, "back": pk})


@once
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one's own submitted scorecard out of every figure, until there is a
    decision; later its words elsewhere."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if may_take_words(request.user, card):
        return _take_words(request, panelist, card)
    if not may_withdraw(request.user, card):
        messages.info(request, NOT_WITHDRAWN)
        return redirect("scorecard", pk)
    form = WithdrawForm(posted(request), panelists=empty_panelists(card))
    if form.is_valid():
        try:
            withdraw_scorecard(card, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Scorecard withdrawn. It no longer counts in any figure.")
            taken_to = form.cleaned_data["take_to"]
            return redirect("scorecard", taken_to.pk if taken_to else pk)
    context = {"form": form, "title": "Withdraw scorecard", "panelist": panelist, "interview": panelist.interview}
    return render(request, "scorecards/withdraw.html", context, status=422 if form.is_bound else 200)


def _take_words(request: SignedInRequest, panelist: Panelist, card: Scorecard) -> HttpResponse:
    """The words of a withdrawn scorecard, for the right interview, which may have been
    planned since."""
    panelists = empty_panelists(card)
    form = TakeWordsForm(posted(request), panelists=panelists)
    if form.is_valid():
        try:
            take_words(card, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The words are in this draft. Check that they fit.")
            return redirect("scorecard", form.cleaned_data["take_to"].pk)
    context = {"form": form, "panelists": panelists, "panelist": panelist, "interview": panelist.interview}
    return render(request, "scorecards/take_words.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_back_declining(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sit on the panel again after declining."""
    card = _card(_panelist(request, pk))
    try:
        again = panels.take_back_declining(card, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("scorecard", pk)
    messages.success(request, "You are on the panel again. Your draft is as you left it.")
    return redirect("scorecard", again.pk)
