"""People: the administrator's list and the form that adds one."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.forms import PersonEditForm, PersonForm
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.services import add_person, edit_person


def too_many(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer beyond a limit of `audit.limits`."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


def people(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_administrator:
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = add_person(by=request.user, **form.cleaned_data)
        messages.success(request, f"{user.display_name} was added.")
        return redirect("people")
    return render(
        request, "accounts/people.html", {"form": form, "people": User.objects.visible_to(request.user)[:500]}
    )


def person(request: SignedInRequest, pk: int) -> HttpResponse:
    if not request.user.is_administrator:
        raise PermissionDenied
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = PersonEditForm(request.POST or None, instance=copy(user))  # the heading keeps what is stored
    if form.is_valid():
        try:
            saved = edit_person(user, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{saved.display_name} is saved.")
            return redirect("people")
    context = {"form": form, "person": user}
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)
