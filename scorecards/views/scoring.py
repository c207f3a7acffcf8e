"""The interviewer's page: kit and scorecard. Only the panelist's own; nothing of anyone else's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, changes_page
from candidates.forms import add_errors
from candidates.models import Panelist
from candidates.services import ERASED
from rubrics.export import signals_by_kind
from rubrics.models import RubricVersion
from scorecards import changes, drafts, services
from scorecards.amendments import DebriefOpened, amend_scorecard, may_amend, standing_values
from scorecards.forms import FORM_ID, AmendForm, HandoffForm, ScorecardForm
from scorecards.gathering import card_facts
from scorecards.hints import hints
from scorecards.models import HandoffNote, Rating, Scorecard
from scorecards.packets.redaction import scrubber
from scorecards.policies import may_see_debrief, nameless
from scorecards.protected_words import all_words
from scorecards.queries import comparable

TO_APPLICATION = "interview__application"
UNSENT = {"csrfmiddlewaretoken", "edit", "submit", "save", "lock"}
TOO_LATE = "This scorecard cannot be amended: it was not submitted, or its debrief has begun."
FINISHED = "This scorecard was finished already; nothing was changed."
STALE = (
    "Another tab or device saved this scorecard meanwhile. Your text is below and not stored yet: "
    "compare it with what is stored, then save again."
)


def _panelist(request: SignedInRequest, pk: int) -> Panelist:
    panelists = Panelist.objects.visible_to(request.user).select_related(
        "user",
        "interview__round__exercise",
        "interview__application__candidate",
        "interview__application__opening__rubric_version__rubric",
    )
    panelist: Any = get_object_or_404(
        panelists.annotate(nameless=nameless(request.user, application=TO_APPLICATION)), pk=pk
    )
    panelist.interview.application.nameless = panelist.nameless
    found: Panelist = panelist
    return found


def _card(panelist: Panelist) -> Scorecard:
    cards = Scorecard.objects.prefetch_related("ratings", "signal_marks", "look_for_marks")
    card = cards.filter(panelist=panelist).first() or drafts.open_scorecard(panelist)
    card.panelist = panelist
    return card


def scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows the form, or the finished scorecard; POST stores the draft, and locks or submits where asked to."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if not card.is_draft:
        if request.method == "POST":
            messages.info(request, FINISHED)
        if card.state == Scorecard.State.DRAFT:
            return render(request, "scorecards/erased.html", {"card": card, "panelist": panelist})
        return _finished(request, card)
    version = panelist.interview.application.opening.rubric_version
    if request.method != "POST":
        return _page(request, card, ScorecardForm(card=card, version=version), version)
    return _posted(request, card, version)


def _posted(request: SignedInRequest, card: Scorecard, version: RubricVersion) -> HttpResponse:
    form = ScorecardForm(request.POST, card=card, version=version)
    try:
        drafts.save_draft(card, form.changes(), edit=_edit(request), by=request.user)
        _refuse_strays(form)
        done = _ended(request, card)
    except drafts.Finished:
        messages.info(request, FINISHED)
    except drafts.Stale as stale:
        form.add_error(None, STALE)
        for field, theirs in stale.theirs.items():
            form.add_error(field, f"Stored meanwhile: {theirs}")
        return _page(request, _card(card.panelist), form, version, status=409)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _card(card.panelist), form, version, status=422)
    else:
        messages.success(request, done)
    return redirect("scorecard", card.panelist_id)


def _refuse_strays(form: ScorecardForm) -> None:
    """ValidationError with the words that a page from before an update sent for fields that are gone."""
    if strays := form.strays():
        words = " ".join(f"“{text}”" for text in strays)
        raise ValidationError(
            f"The form has changed since you opened it and has no field for these words; copy what still counts to "
            f"where it belongs. Everything else is stored. {words}"
        )


def _ended(request: SignedInRequest, card: Scorecard) -> str:
    """Submit or lock the saved draft where that button was pressed; the words that say what was done."""
    if "submit" in request.POST:
        services.submit_scorecard(card, by=request.user)
        return "Submitted. Thank you. Nobody can change it now."
    if "lock" in request.POST:
        services.lock_scorecard(card, by=request.user)
        return "Scores and recommendation are locked. Evidence and summary stay open until the scorecard is due."
    return "Draft saved."


def _edit(request: SignedInRequest) -> int:
    sent = request.POST.get("edit", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def _page(
    request: SignedInRequest,
    card: Scorecard,
    form: ScorecardForm,
    version: RubricVersion,
    status: int = 200,
    handoff: HandoffForm | None = None,
) -> HttpResponse:
    panelist = card.panelist
    notes = list(
        HandoffNote.objects.for_panelist(panelist).select_related("panelist__user", "panelist__interview__round")
    )
    _leave_out_names(panelist.interview.application, notes)
    context = {
        "card": card,
        "form": form,
        "form_id": FORM_ID,
        "panelist": panelist,
        "interview": panelist.interview,
        "look_fors": form.look_fors(),
        "focus_areas": version.focus_areas.all(),
        "signals": signals_by_kind(form.signals),
        "notes": notes,
        "handoff_form": handoff or HandoffForm(),
    }
    return render(request, "scorecards/scorecard.html", context, status=status)


def _leave_out_names(application: Any, notes: list[HandoffNote]) -> None:
    """Those who wrote the notes may have known the candidate; whoever reads them does not yet."""
    if application.nameless:
        scrub = scrubber([application.candidate.name, application.candidate.email])
        for note in notes:
            note.text = scrub(note.text)


def _finished(request: SignedInRequest, card: Scorecard) -> HttpResponse:
    [fact] = card_facts([card])
    names = card.panelist.interview.application.opening.rubric_version.dimensions.values_list("key", "name")
    ratings = {row.dimension: row for row in fact.ratings}
    context = {
        "card": card,
        "fact": fact,
        "panelist": card.panelist,
        "interview": card.panelist.interview,
        "ratings": [(name, ratings[key]) for key, name in names if key in ratings],
        "may_amend": not request.user.is_external and may_amend(card, request.user),
        "marks": card.signal_marks.select_related("signal").order_by("signal__kind", "signal__order"),
        "looks": card.look_for_marks.select_related("exercise"),
        # one of two submitted: that somebody on the other side has finished is still more than they may know
        "comparable": comparable(card) if may_see_debrief(request.user, card.panelist.interview.application) else [],
        "handoff_form": HandoffForm(),
    }
    return render(request, "scorecards/finished.html", context)


def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """POST stores what changed: 200 with the new edit count; 409 with both texts, or where it is finished; 422.

    GET gives a page that was signed out meanwhile what it needs to send again: a fresh token.
    """
    card = drafts.lock_own(pk, by=request.user) or _card(_panelist(request, pk))
    if request.method != "POST":
        return JsonResponse({"ok": True, "csrf": get_token(request), "edit": card.edit, "finished": not card.is_draft})
    changes = {name: str(value) for name, value in request.POST.items() if name not in UNSENT}
    try:
        saved = drafts.write(card, changes, edit=_edit(request))
    except drafts.Finished:
        return JsonResponse({"ok": False, "finished": True, "message": "This scorecard is finished."}, status=409)
    except drafts.Stale as stale:
        conflicts = {field: {"mine": changes[field], "theirs": text} for field, text in stale.theirs.items()}
        answer = {"ok": False, "edit": stale.edit, "conflicts": conflicts, "others": stale.others}
        return JsonResponse(answer, status=409)
    except ValidationError as error:
        transaction.set_rollback(True)
        return JsonResponse({"ok": False, "message": " ".join(error.messages)}, status=422)
    return JsonResponse(_saved_json(saved))


def _saved_json(saved: drafts.Saved) -> dict[str, object]:
    at = saved.card.saved_at or timezone.now()
    return {
        "ok": True,
        "edit": saved.card.edit,
        "saved_at": at.isoformat(),
        "saved_words": date_format(timezone.localtime(at), "H:i T"),
        "others": saved.others,
    }


def scorecard_hints(request: SignedInRequest, pk: int) -> HttpResponse:
    """The private hints on the stored draft, as a piece of the page. Asked often: it reads what they look at."""
    ratings = Rating.objects.select_related("dimension").order_by("dimension__order")
    cards = Scorecard.objects.filter(panelist__in=Panelist.objects.visible_to(request.user).filter(pk=pk))
    card = cards.prefetch_related(Prefetch("ratings", ratings)).first() or _card(_panelist(request, pk))
    names = {str(rating.dimension_id): rating.dimension.name for rating in card.ratings.all()}
    found = hints(drafts.judgement_values(card), names, all_words())
    return render(request, "scorecards/_hints.html", {"hints": found})


def scorecard_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed one's own scorecard, and when."""
    card = _card(_panelist(request, pk))
    return changes_page(request, "Changes of your scorecard", changes.scorecard_changes(card))


@require_POST
def handoff(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a fact for the next interviewers."""
    panelist = _panelist(request, pk)
    if panelist.interview.application.candidate.erased_at:
        messages.info(request, ERASED)
        return redirect("scorecard", pk)
    form = HandoffForm(request.POST)
    if form.is_valid():
        services.leave_note(panelist, by=request.user, **form.cleaned_data)
        messages.success(request, "Your note is there for the interviewers after you.", extra_tags=f"handoff-{pk}")
        return redirect("scorecard", pk)
    card = _card(panelist)
    if not card.is_draft:
        messages.error(request, "The note is empty or too long: 1,000 characters are the most.")
        return redirect("scorecard", pk)
    version = panelist.interview.application.opening.rubric_version
    return _page(request, card, ScorecardForm(card=card, version=version), version, status=422, handoff=form)


def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """A shadow's and the leads' finished scorecards of one interview side by side, for those who wrote them."""
    panelist = _panelist(request, pk)
    cards = comparable(_card(panelist))
    application: Any = panelist.interview.application
    if not cards or application.nameless or not may_see_debrief(request.user, application):
        raise PermissionDenied("There is nothing to compare: both have to submit first.")
    services.note_comparison(cards, by=request.user)
    names = panelist.interview.application.opening.rubric_version.dimensions.values_list("key", "name")
    facts = card_facts(cards)
    rated = [{row.dimension: row for row in fact.ratings} for fact in facts]
    rows = [(name, [ratings.get(key) for ratings in rated]) for key, name in names if any(key in r for r in rated)]
    context = {"panelist": panelist, "cards": list(zip(cards, facts, strict=True)), "rows": rows}
    return render(request, "scorecards/compare.html", context)


def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a submitted scorecard, until the debrief opens: the change stands beside what it replaces."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if not may_amend(card, request.user):
        messages.info(request, TOO_LATE)
        return redirect("scorecard", pk)
    version = panelist.interview.application.opening.rubric_version
    form = AmendForm(request.POST or None, card=card, version=version, initial=standing_values(card))
    status = 200
    if request.method == "POST":
        try:
            amend_scorecard(
                card, form.changes(), reason=request.POST.get("why", ""), revision=_edit(request), by=request.user
            )
        except DebriefOpened:
            messages.info(request, TOO_LATE)
            return redirect("scorecard", pk)
        except ValidationError as error:
            add_errors(form, error)
            status = 422
        else:
            messages.success(request, "Amended. What you submitted first stays beside it.", extra_tags=f"amend-{pk}")
            return redirect("scorecard", pk)
    context = {"card": card, "form": form, "panelist": panelist, "interview": panelist.interview}
    return render(request, "scorecards/amend.html", context | {"revision": card.amendments.count()}, status=status)


def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    panelist = _panelist(request, pk)
    card = _card(panelist)
    context: dict[str, object] = {"panelist": panelist, "interview": panelist.interview, "card": card}
    if request.method == "POST":
        reason = request.POST.get("decline_reason", "")
        try:
            services.decline_scorecard(card, reason=reason, by=request.user)
        except ValidationError as error:
            context |= {"error": " ".join(error.messages), "reason": reason}
            return render(request, "scorecards/decline.html", context, status=422)
        except drafts.Finished:
            messages.info(request, FINISHED)
        else:
            messages.success(request, "Declined. Thank you for saying so.", extra_tags=f"decline-{pk}")
        return redirect("scorecard", pk)
    return render(request, "scorecards/decline.html", context)


def kit_blueprint(request: SignedInRequest, pk: int) -> HttpResponse:
    """The role's document, section by section, for the interviewer of this panel."""
    version = _panelist(request, pk).interview.application.opening.rubric_version
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections, "back": pk})
