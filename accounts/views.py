"""People: the administrator's list and the form that adds one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import PersonForm
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.services import add_person


def people(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_administrator:
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = add_person(by=request.user, **form.cleaned_data)
        messages.success(request, f"{user.display_name} was added.")
        return redirect("people")
    return render(request, "accounts/people.html", {"form": form, "people": User.objects.all()[:500]})
