"""Pages that correct an opening. Objects come only from `visible_to`."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted
from accounts.meanwhile import as_it_is_now
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from candidates.http import application_to_run, opening_to_run
from candidates.models import Opening, OpeningMember
from candidates.openings import changing
from candidates.openings.forms import CloseForm, CopyForm, LeaveForm, OpeningEditForm
from candidates.views import form_page

CLOSING = "No more candidates can be added or interviews planned. Applications stay as they are."
COPYING = "The copy has the same plan, people and settings, on the published version of the rubric, and no candidates."


def opening_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    as_it_is_now(request, opening)
    form = OpeningEditForm(posted(request), instance=copy(opening))  # the page's trail keeps what is stored
    if form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("title", "confidential", "anonymous")}
        try:
            changing.edit_opening(opening, by=request.user, **wanted)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, form.said("Opening saved."))
            return redirect("opening_settings", pk)
    return form_page(request, form, "Edit opening", opening)


def opening_close(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    form = CloseForm(posted(request))
    if form.is_valid():
        try:
            changing.close_opening(opening, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Opening closed.")
            return redirect("opening_settings", pk)
    return form_page(request, form, f"Close {opening.title}", opening, CLOSING)


@require_POST
def opening_open_again(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    try:
        changing.open_again(opening, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "Opening reopened.")
    return redirect("opening_settings", pk)


@once
def opening_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    if not request.user.is_recruiter:
        raise PermissionDenied
    form = CopyForm(posted(request), initial={"title": opening.title})
    if form.is_valid():
        try:
            made = changing.copy_opening(opening, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Opening copied. Check its plan, then add candidates.")
            return redirect("opening_plan", made.pk)
    return form_page(request, form, f"Copy {opening.title}", opening, COPYING)


@require_POST
def opening_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    try:
        changing.remove_opening(opening, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("opening_settings", pk)
    messages.success(request, f"Opening removed: {opening.title}.")
    return redirect("opening_list")


@require_POST
def member_remove(request: SignedInRequest, pk: int, member_id: int) -> HttpResponse:
    """Take a role away; who would no longer see the opening then is asked first."""
    opening = opening_to_run(request, pk)
    member = get_object_or_404(opening.members.select_related("user", "opening"), pk=member_id)
    try:
        with transaction.atomic():
            changing.remove_member(member, by=request.user)
            is_lost = not Opening.objects.visible_to(request.user).filter(pk=pk).exists()
            is_asked = is_lost and "meant" not in request.POST
            transaction.set_rollback(is_asked)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("opening_people", pk)
    if is_asked:
        title = f"Take yourself off {opening.title}?"
        return form_page(request, LeaveForm(), title, opening, _what_follows(opening, member))
    messages.success(request, f"{member.user.display_name} no longer has this role.")
    return redirect("opening_list") if is_lost else redirect("opening_people", pk)


def _what_follows(opening: Opening, leaving: OpeningMember) -> str:
    """For whoever would lose sight of the opening: what they lose, and who could give it back."""
    lost = "You will no longer see this opening or its candidates, and cannot give yourself a role again."
    others = opening.members.exclude(user=leaving.user).select_related("user").order_by("user__sort_key", "role")
    if not others:
        return f"{lost} Nobody else has a role here, so nobody could open it any more."
    people = dict.fromkeys(f"{member.user.display_name} ({member.get_role_display().lower()})" for member in others)
    left = f"Still there: {', '.join(people)}."
    if any(member.role == OpeningMember.Role.RECRUITER for member in others):
        return f"{lost} {left}"
    return f"{lost} {left} No recruiter is left to plan its interviews."


@require_POST
def application_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_run(request, pk)
    try:
        changing.remove_application(application, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("application", pk)
    messages.success(request, f"Removed from this opening: {application.candidate.name}.")
    return redirect("opening", application.opening_id)
