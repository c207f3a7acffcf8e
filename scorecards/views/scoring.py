"""The interviewer's page: kit and scorecard. Only the panelist's own; nothing of anyone else's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates.models import Panelist
from rubrics.models import LEVEL_NAMES, RubricVersion
from scorecards import services
from scorecards.forms import ScorecardForm
from scorecards.models import Scorecard

UNSENT = {"csrfmiddlewaretoken", "edit", "submit", "save"}


def _panelist(request: SignedInRequest, pk: int) -> Panelist:
    panelists = Panelist.objects.visible_to(request.user).select_related(
        "user",
        "interview__round__exercise",
        "interview__application__candidate",
        "interview__application__opening__rubric_version__rubric",
    )
    return get_object_or_404(panelists.prefetch_related("interview__round__dimensions"), pk=pk)


def _card(panelist: Panelist) -> Scorecard:
    cards = Scorecard.objects.prefetch_related("ratings", "signal_marks")
    card = cards.filter(panelist=panelist).first() or services.open_scorecard(panelist)
    card.panelist = panelist
    return card


def scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows the form, or the finished scorecard; POST stores the draft, and submits where asked to."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    if not card.is_draft:
        if request.method == "POST":
            messages.info(request, "This scorecard was finished already; nothing was changed.")
        return _finished(request, card)
    version = panelist.interview.application.opening.rubric_version
    if request.method != "POST":
        return _page(request, card, ScorecardForm(card=card, version=version), version)
    return _posted(request, card, version)


def _posted(request: SignedInRequest, card: Scorecard, version: RubricVersion) -> HttpResponse:
    form = ScorecardForm(request.POST, card=card, version=version)
    try:
        card = services.save_draft(card, form.changes(), edit=_edit(request), by=request.user)
        if "submit" in request.POST:
            services.submit_scorecard(card, by=request.user)
            messages.success(request, "Submitted. Thank you. Nobody can change it now.")
    except services.Finished:
        messages.info(request, "This scorecard was finished already; nothing was changed.")
    except services.Stale as stale:
        form.add_error(
            None,
            "Another tab or device saved this scorecard meanwhile. Your text is below and not stored yet: "
            "compare it with what is stored, then save again.",
        )
        for field, theirs in stale.theirs.items():
            form.add_error(field, f"Stored meanwhile: {theirs}")
        return _page(request, _card(card.panelist), form, version, status=409)
    except ValidationError as error:
        _add_errors(form, error)
        return _page(request, _card(card.panelist), form, version, status=422)
    else:
        if "submit" not in request.POST:
            messages.success(request, "Draft saved.")
    return redirect("scorecard", card.panelist_id)


def _add_errors(form: ScorecardForm, error: ValidationError) -> None:
    for field, texts in getattr(error, "message_dict", {None: error.messages}).items():
        for text in texts:
            form.add_error(field, text)


def _edit(request: SignedInRequest) -> int:
    sent = request.POST.get("edit", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def _page(
    request: SignedInRequest, card: Scorecard, form: ScorecardForm, version: RubricVersion, status: int = 200
) -> HttpResponse:
    signals: dict[str, list[str]] = {"strong": [], "weak": [], "red_flag": []}
    for signal in form.signals:
        signals[signal.kind].append(signal.text)
    context = {
        "card": card,
        "form": form,
        "panelist": card.panelist,
        "interview": card.panelist.interview,
        "exercise": card.panelist.interview.round.exercise,
        "focus_areas": version.focus_areas.all(),
        "signals": signals,
    }
    return render(request, "scorecards/scorecard.html", context, status=status)


def _finished(request: SignedInRequest, card: Scorecard) -> HttpResponse:
    ratings = card.ratings.select_related("dimension").order_by("dimension__order")
    context = {
        "card": card,
        "panelist": card.panelist,
        "interview": card.panelist.interview,
        "ratings": [(rating, LEVEL_NAMES[rating.score] if rating.score else "") for rating in ratings],
        "marks": card.signal_marks.select_related("signal").order_by("signal__kind", "signal__order"),
    }
    return render(request, "scorecards/finished.html", context)


@require_POST
def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """Store what changed: 200 with the new edit count; 409 with both texts, or where it is finished; 422."""
    panelist = _panelist(request, pk)
    card = _card(panelist)
    changes = {name: str(value) for name, value in request.POST.items() if name not in UNSENT}
    try:
        card = services.save_draft(card, changes, edit=_edit(request), by=request.user)
    except services.Finished:
        return JsonResponse({"ok": False, "finished": True, "message": "This scorecard is finished."}, status=409)
    except services.Stale as stale:
        conflicts = {field: {"mine": changes[field], "theirs": text} for field, text in stale.theirs.items()}
        return JsonResponse({"ok": False, "edit": stale.edit, "conflicts": conflicts}, status=409)
    except ValidationError as error:
        return JsonResponse({"ok": False, "message": " ".join(error.messages)}, status=422)
    saved = (card.saved_at or timezone.now()).isoformat()
    return JsonResponse({"ok": True, "edit": card.edit, "saved_at": saved})


def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    panelist = _panelist(request, pk)
    card = _card(panelist)
    context: dict[str, object] = {"panelist": panelist, "interview": panelist.interview}
    if request.method == "POST":
        reason = request.POST.get("decline_reason", "")
        try:
            services.decline_scorecard(card, reason=reason, by=request.user)
        except ValidationError as error:
            context |= {"error": " ".join(error.messages), "reason": reason}
            return render(request, "scorecards/decline.html", context, status=422)
        except services.Finished:
            messages.info(request, "This scorecard was finished already; nothing was changed.")
        return redirect("scorecard", pk)
    return render(request, "scorecards/decline.html", context)


def kit_blueprint(request: SignedInRequest, pk: int) -> HttpResponse:
    """The role's document, section by section, for the interviewer of this panel."""
    version = _panelist(request, pk).interview.application.opening.rubric_version
    sections = version.blueprint.sections.all() if version.blueprint else []
    return render(request, "rubrics/blueprint.html", {"version": version, "sections": sections, "back": pk})
