"""One's own account; and people: the administrator's list and the form that adds
one."""

from copy import copy

from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invitations
from accounts.factors import factors_of
from accounts.forms import (
    AcceptForm,
    AddressForm,
    FirstAccountForm,
    NewPersonForm,
    PersonEditForm,
    SavedViewForm,
    SignInRulesForm,
)
from accounts.http import SignedInRequest, administrators_only, keyed_link, posted
from accounts.limits import too_many
from accounts.listing import Choice, Column, Filter, Listing, View, listed
from accounts.meanwhile import as_it_is_now
from accounts.models import SavedView, SignInRules, User
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from accounts.replica import reads_lists
from accounts.saved_views import remove_view, save_view
from accounts.services import (
    add_person,
    change_address,
    change_rules,
    edit_person,
    held_with_administrators,
    remove_factors,
)
from accounts.setup import AlreadySetUp, add_first_administrator, is_set_up
from audit.services import record

ROLES = (
    Choice("administrator", "Administrators", Q(is_administrator=True)),
    Choice("recruiter", "Recruiters", Q(is_recruiter=True)),
    Choice("manager", "Hiring managers", Q(is_hiring_manager=True)),
)
SIGN_IN = (
    Choice("yes", "Can sign in", Q(is_active=True)),
    Choice("no", "Cannot sign in", Q(is_active=False)),
)
PEOPLE = Listing(
    one="person",
    noun="people",
    columns=(
        Column("name", "Person", order="sort_key", fixed=True),
        Column("roles", "Roles"),
        Column("sign_in", "Sign-in", order="is_active", chosen=False),
        Column("since", "Added", order="date_joined", falls=True, chosen=False),
    ),
    order="name",
    filters=(Filter("role", "Role", ROLES, "Everybody"), Filter("sign_in", "Sign-in", SIGN_IN)),
    views=(
        View("Everybody"),
        View("Recruiters", {"role": "recruiter"}),
        View("Hiring managers", {"role": "manager"}),
        View("Left", {"sign_in": "no"}),
    ),
    way="",
    sought="Name or e-mail address",
)


def account(request: SignedInRequest) -> HttpResponse:
    """What keeps this person's sign-in safe, each with the way to change it."""
    context = {
        "factors": factors_of(request.user),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "accounts/account.html", context)


def rate_limited(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer beyond a limit of `accounts.limits`."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


@reads_lists
@once
def people(request: SignedInRequest) -> HttpResponse:
    """The list and the form that adds one, with 422 where it is refused; 403 for all but
    administrators."""
    administrators_only(request)
    form = NewPersonForm(posted(request), by=request.user)
    if form.is_valid():
        wanted = dict(form.cleaned_data)
        invites = wanted.pop("invite")
        try:
            user = add_person(by=request.user, **wanted)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{user.display_name} added.")
            if invites:
                _invite(request, user)
            return redirect("people")
    found = listed(request, User.objects.visible_to(request.user), PEOPLE)
    context = {"form": form, "people": found}
    return render(request, "accounts/people.html", context, status=422 if form.is_bound else 200)


def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's roles; 422 with the form where they are refused."""
    administrators_only(request)
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        user = held_with_administrators(user)
    form = PersonEditForm(posted(request), instance=copy(user))  # the heading keeps what is stored
    if form.is_valid():
        try:
            saved = edit_person(user, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, form.said(f"{saved.display_name} saved."))
            return redirect("people")
    context = {"form": form, "person": user, "factors": factors_of(user), "invitation": user.invitations.first()}
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)


def person_address(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another address for one person; 422 with the form where it is refused."""
    administrators_only(request)
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = AddressForm(posted(request), by=request.user)
    if form.is_valid():
        try:
            saved = change_address(user, email=form.cleaned_data["email"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{saved.display_name} now has the address {saved.email}.")
            return redirect("person", pk)
    context = {"form": form, "person": user, "earlier": user.earlier_addresses.select_related("by")}
    return render(request, "accounts/address.html", context, status=422 if form.is_bound else 200)


@require_POST
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the invitation, or send it again: the earlier link then ends."""
    administrators_only(request)
    _invite(request, get_object_or_404(User.objects.visible_to(request.user), pk=pk))
    return redirect("person", pk)


def _invite(request: SignedInRequest, user: User) -> None:
    try:
        link = invitations.invite(user, by=request.user, link=keyed_link(request, "invitation"))
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        sent = f"Invitation to {user.email} is on its way."
        messages.success(request, invitations.told_of(link, user.email, sent=sent))


@require_POST
def invitation_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the open invitation back; none: no-op."""
    administrators_only(request)
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if invitations.revoke_invitation(user, by=request.user):
        messages.success(request, "Invitation revoked. Its link no longer works.")
    return redirect("person", pk)


@never_cache
@login_not_required
def invitation(request: HttpRequest) -> HttpResponse:
    """Where an invitation leads: name and password, once, and whoever sets them is signed
    in. A link that has ended says no more than one never made."""
    if refused := too_many(request, "invitation"):
        return refused
    try:
        found = invitations.find_invitation(request.GET.get("key", ""))
        form = AcceptForm(posted(request), user=found.user)
        if not form.is_valid():
            status = 422 if form.is_bound else 200
            context = {"form": form, "person": found.user, "words": found.words}
            return render(request, "accounts/invitation.html", context, status=status)
        accepted = invitations.accept_invitation(
            found, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
        )
    except invitations.InvitationEnded:
        return render(request, "accounts/invitation_ended.html", status=404)
    if request.user.is_authenticated:
        messages.success(request, "Password set. Sign out to sign in as this person.")
        return redirect("home")
    signed_in: HttpResponse = perform_login(request, accepted)
    return signed_in


@never_cache
@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """The first administrator of an installation without accounts; once there is one,
    no such page."""
    if is_set_up():
        raise Http404
    if refused := too_many(request, "setup"):
        return refused
    form = FirstAccountForm(posted(request))
    if not form.is_valid():
        if form.has_error("code", "refused"):
            record("user.set_up_refused", by=None)
        return render(request, "accounts/setup.html", {"form": form}, status=422 if form.is_bound else 200)
    email, name, password = (form.cleaned_data[field] for field in ("email", "name", "password"))
    try:
        hires = form.cleaned_data["hires"]
        user = add_first_administrator(email, name=name, password=password, hires=hires)
    except AlreadySetUp as error:
        raise Http404 from error
    signed_in: HttpResponse = perform_login(request, user)
    return signed_in


def sign_in_rules(request: SignedInRequest) -> HttpResponse:
    """Which roles need a second factor."""
    administrators_only(request)
    rules = SignInRules.objects.first() or SignInRules()
    if rules.pk:
        as_it_is_now(request, rules)
    form = SignInRulesForm(posted(request), instance=rules)
    if form.is_valid():
        change_rules(by=request.user, **form.cleaned_data)
        messages.success(request, form.said("Saved. It applies from everyone’s next click."))
        return redirect("sign_in_rules")
    return render(request, "accounts/rules.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def factors_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """For somebody who lost their second factor and the recovery codes."""
    administrators_only(request)
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    remove_factors(user, by=request.user)
    messages.success(
        request,
        f"{user.display_name} can now sign in with the password only. They can set up a new second factor at any time.",
    )
    return redirect("person", pk)


@require_POST
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep a list's view under a name, and lead back to it; 422 with the form where it is refused."""
    form = SavedViewForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            saved = save_view(list_name=sent["list"], name=sent["name"], query=sent["query"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"View “{saved.name}” saved. It is above the list, and only you see it.")
            return _to_list(sent["path"], saved.query)
    return render(request, "accounts/saved_view.html", {"form": form}, status=422)


@require_POST
def view_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let one of one's own views go, and lead back to the list."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    remove_view(view, by=request.user)
    messages.success(request, f"View “{view.name}” removed.")
    return _to_list(request.POST.get("path", ""), "")


def _to_list(path: str, query: str) -> HttpResponse:
    """To the list that the form came from, as a path of this site."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        path = reverse("home")
    way = path.partition("?")[0]
    return HttpResponseRedirect(f"{way}?{query}" if query else way)
