"""Pages of openings, candidates and interviews. Objects come only from `visible_to`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from candidates import policies, services
from candidates.forms import CandidateForm, InterviewForm, MemberForm, OpeningForm, RoundForm, add_errors
from candidates.models import Application, Candidate, Opening, Round

PAGE = 100


def _runs_something(request: SignedInRequest) -> None:
    if not request.user.runs_openings:
        raise PermissionDenied


def _opening_to_run(request: SignedInRequest, pk: int) -> Opening:
    """The opening if visible (else 404) and this person may change it (else 403)."""
    opening = get_object_or_404(
        Opening.objects.visible_to(request.user).select_related("rubric_version__rubric"), pk=pk
    )
    if not policies.may_run(request.user, opening):
        raise PermissionDenied
    return opening


def _form_page(
    request: SignedInRequest, form: BaseForm, title: str, back: object, lead: str = "", **more: object
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "lead": lead, "back": back, **more}
    return render(request, "candidates/form.html", context, status=status)


def opening_list(request: SignedInRequest) -> HttpResponse:
    _runs_something(request)
    openings = Opening.objects.visible_to(request.user).select_related("rubric_version__rubric")
    others = ~Q(applications__candidate__email__iexact=request.user.email)
    openings = openings.annotate(candidates=Count("applications", filter=others))[:PAGE]
    return render(request, "candidates/opening_list.html", {"openings": openings})


def opening_new(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_recruiter:
        raise PermissionDenied
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        opening = services.create_opening(
            form.cleaned_data["title"],
            rubric_version=form.cleaned_data["rubric_version"],
            confidential=form.cleaned_data["confidential"],
            anonymous=form.cleaned_data["anonymous"],
            hiring_managers=list(form.cleaned_data["hiring_managers"]),
            by=request.user,
        )
        messages.success(request, "The opening is there. Now plan its rounds.")
        return redirect("opening", opening.pk)
    return _form_page(request, form, "New opening", None, "It is pinned to the rubric version that you choose here.")


def opening_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    openings = Opening.objects.visible_to(request.user).select_related("rubric_version__rubric")
    opening = get_object_or_404(openings, pk=pk)
    rounds = list(opening.rounds.select_related("exercise").prefetch_related("dimensions"))
    covered = [{dimension.pk for dimension in round_.dimensions.all()} for round_ in rounds]
    plan = [
        (dimension, [dimension.pk in cover for cover in covered])
        for dimension in opening.rubric_version.dimensions.all()
    ]
    applications = Application.objects.run_by(request.user).filter(opening=opening).select_related("candidate")
    context = {
        "opening": opening,
        "rounds": rounds,
        "plan": plan,
        "members": opening.members.select_related("user").order_by("user__name", "user__email", "role"),
        "applications": applications[:PAGE],
        "may_run": policies.may_run(request.user, opening),
        "may_set_retention": policies.may_set_retention(request.user, opening),
    }
    return render(request, "candidates/opening.html", context)


def member_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = _opening_to_run(request, pk)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        services.add_member(opening, form.cleaned_data["user"], role=form.cleaned_data["role"], by=request.user)
        return redirect("opening", pk)
    return _form_page(request, form, f"People of {opening.title}", opening)


def round_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = _opening_to_run(request, pk)
    blank = Round(opening=opening, order=opening.rounds.count() + 1)
    return _save_round(request, blank, f"New round of {opening.title}")


def round_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _round_to_run(request, pk)
    return _save_round(request, found, f"Round: {found.name}")


def _round_to_run(request: SignedInRequest, pk: int) -> Round:
    openings = Opening.objects.visible_to(request.user)
    found = get_object_or_404(Round.objects.filter(opening__in=openings).select_related("opening"), pk=pk)
    if not policies.may_run(request.user, found.opening):
        raise PermissionDenied
    return found


def _save_round(request: SignedInRequest, instance: Round, title: str) -> HttpResponse:
    form = RoundForm(request.POST or None, instance=instance)
    if form.is_valid():
        unsaved = form.save(commit=False)
        try:
            services.save_round(unsaved, dimensions=form.cleaned_data["dimensions"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("opening", instance.opening_id)
    return _form_page(request, form, title, instance.opening, round=instance if instance.pk else None)


@require_POST
def round_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _round_to_run(request, pk)
    try:
        services.remove_round(found, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("opening", found.opening_id)


def candidate_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = _opening_to_run(request, pk)
    form = CandidateForm(request.POST or None)
    if form.is_valid():
        try:
            application = services.add_candidate(opening, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return redirect("application", application.pk)
    return _form_page(request, form, f"New candidate for {opening.title}", opening)


def candidate_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The candidate of one application that this person runs."""
    application = _application_to_run(request, pk)
    candidate = application.candidate
    form = CandidateForm(request.POST or None, initial={"name": candidate.name, "email": candidate.email})
    if form.is_valid():
        try:
            services.edit_candidate(candidate, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The candidate is saved.")
            return redirect("application", pk)
    return _form_page(request, form, f"Candidate: {candidate.name}", application.opening)


def _application_to_run(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.run_by(request.user).select_related("candidate", "opening")
    application = get_object_or_404(applications, pk=pk)
    if not policies.may_run(request.user, application.opening):
        raise PermissionDenied
    return application


def candidate_list(request: SignedInRequest) -> HttpResponse:
    """Applications that this person runs, newest first; `?q=` searches name and e-mail."""
    _runs_something(request)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    applications = Application.objects.run_by(request.user).select_related("candidate", "opening")
    if sought:
        found = Candidate.objects.filter(name__icontains=sought) | Candidate.objects.filter(email__icontains=sought)
        applications = applications.filter(candidate__in=found)
    return render(request, "candidates/list.html", {"applications": applications[:PAGE], "sought": sought})


def interview_new(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _application_to_run(request, pk)
    form = InterviewForm(request.POST or None, application=application)
    if form.is_valid():
        try:
            services.plan_interview(application, round=form.cleaned_data["round"], by=request.user, **form.plan())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The interview is planned.")
            return redirect("application", pk)
    return _form_page(request, form, f"New interview with {application.candidate.name}", application.opening)
