"""Pages of openings, candidates and interviews. Objects come only from `visible_to`."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest, keyed_link, posted, runners_only, sent_keys
from accounts.invitations import told_of
from accounts.limits import too_many
from accounts.listing import Choice, Column, Filter, Listing, SubqueryCount, pages_of
from accounts.meanwhile import as_it_is_now
from accounts.models import Invitation, User
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from accounts.replica import reads_lists
from accounts.searching import find
from candidates import merging, policies, services
from candidates.coverage import Change, Part, covered, sentence, smallest_change
from candidates.feeds import entries_of, etag_of, written, zone_of
from candidates.forms import (
    CandidateEditForm,
    CandidateForm,
    InterviewForm,
    InviteForm,
    MemberForm,
    OpeningForm,
    ReminderForm,
    RoundForm,
)
from candidates.http import application_to_run, closed_page, opening_to_run, seen_opening
from candidates.inviting import Invited, invite_people
from candidates.locks import lock_newcomers, lock_openings
from candidates.models import Application, Opening, ReminderRule, Round, own
from notices.feeds import find_feed, note_read
from notices.services import as_told
from rubrics.models import NOT_LISTED, Dimension, RubricVersion

SOUGHT = 20  # candidates that a search for somebody to merge shows


def _runs_something(request: SignedInRequest) -> None:
    """PermissionDenied for whoever has no opening to run."""
    runners_only(request)


def form_page(
    request: SignedInRequest,
    form: BaseForm,
    title: str,
    back: object,
    lead: str = "",
    **more: object,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "lead": lead, "back": back, **more}
    return render(request, "candidates/form.html", context, status=status)


OPENINGS = Listing(
    one="opening",
    noun="openings",
    columns=(
        Column("title", "Opening", order="sort_key", fixed=True),
        Column("rubric", "Rubric"),
        Column("applications", "Candidates"),
        Column("created", "Created", order="created_at", falls=True),
    ),
    order="-created",
    filters=(
        Filter(
            "access",
            "Access",
            (
                Choice("confidential", "Confidential", Q(confidential=True)),
                Choice("company", "All recruiters", Q(confidential=False)),
            ),
        ),
    ),
    way="",
    sought="Title",
)


def openings_with_candidates(reader: User) -> QuerySet[Any]:
    """Those that the reader sees, with how many `candidates` each has but the reader."""
    others = Application.objects.filter(opening=OuterRef("pk")).exclude(own(reader))
    openings = Opening.objects.visible_to(reader).select_related("rubric_version__rubric")
    unread = ["rubric_version__rubric__search_terms", *(f"rubric_version__{name}" for name in NOT_LISTED)]
    return openings.defer(*unread).annotate(candidates=SubqueryCount(others))


_openings = pages_of(OPENINGS)(openings_with_candidates)


@reads_lists
def opening_list(request: SignedInRequest) -> HttpResponse:
    """Those that this person sees, the newest first."""
    _runs_something(request)
    found = _openings(request, request.user)
    context: dict[str, object] = {"openings": found}
    if not found.rows:
        versions = RubricVersion.objects.visible_to(request.user).published()
        context["published"] = versions.exists()
    return render(request, "candidates/opening_list.html", context)


def reminders(request: SignedInRequest, pk: int) -> HttpResponse:
    """When the opening reminds of scorecards; 422 with the form where it is refused."""
    opening = opening_to_run(request, pk)
    as_it_is_now(request, opening)
    rule = ReminderRule.objects.filter(opening=opening).first() or ReminderRule(opening=opening)
    form = ReminderForm(posted(request), instance=rule)
    if form.is_valid():
        services.save_reminders(form.save(commit=False), by=request.user)
        messages.success(request, form.said("Reminders saved."))
        return redirect("opening_settings", opening.pk)
    lead = "Reminders wait for the end of each person’s quiet hours and stop as soon as the scorecard is in."
    return form_page(request, form, "Reminders", opening, lead)


@once
def opening_new(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_recruiter:
        raise PermissionDenied
    published = RubricVersion.objects.published().select_related("rubric")
    version = published.filter(pk__in=sent_keys(request.GET, "rubric")).first()
    form = OpeningForm(posted(request), by=request.user, version=version)
    if form.is_valid():
        opening = services.create_opening(
            form.cleaned_data["title"],
            rubric_version=form.cleaned_data["rubric_version"],
            confidential=form.cleaned_data["confidential"],
            anonymous=form.cleaned_data["anonymous"],
            files_for_panel=form.cleaned_data["files_for_panel"],
            hiring_managers=list(form.cleaned_data["hiring_managers"]),
            by=request.user,
        )
        messages.success(request, "Opening created. Now plan its rounds.")
        return redirect("round_new", opening.pk)
    return form_page(request, form, "New opening", None, "The opening keeps the rubric version you choose here.")


def opening_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its rounds, and which dimensions each covers."""
    opening = seen_opening(request, pk)
    rounds = opening.rounds.select_related("exercise").prefetch_related("dimensions")
    context = {
        "opening": opening,
        "rounds": rounds,
        "plan": _coverage(opening, rounds),
        "change": _change(opening, rounds),
        "may_run": policies.may_run(request.user, opening),
    }
    return render(request, "candidates/opening_plan.html", context)


def opening_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has a role on it, and who usually interviews in which of its rounds."""
    opening = seen_opening(request, pk)
    context = {
        "opening": opening,
        "members": opening.members.select_related("user").order_by("user__sort_key", "role"),
        "interviewers": _interviewers(opening),
        "may_run": policies.may_run(request.user, opening),
    }
    return render(request, "candidates/opening_people.html", context)


def _interviewers(opening: Opening) -> QuerySet[User]:
    """Each with `held`, the rounds, and `invited`: whether an invitation is still to be accepted."""
    pending = Invitation.objects.pending().filter(user=OuterRef("pk"))
    held = Prefetch("usual_rounds", opening.rounds.all(), to_attr="held")
    found = User.objects.filter(usual_rounds__opening=opening).distinct()
    return found.annotate(invited=Exists(pending)).prefetch_related(held).order_by("sort_key", "pk")


def opening_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    """What holds for all of it: who sees it, under which names, how long it is kept."""
    opening = seen_opening(request, pk)
    context = {
        "opening": opening,
        "may_run": policies.may_run(request.user, opening),
        "may_set_retention": policies.may_set_retention(request.user, opening),
        "has_candidates": opening.applications.exists(),
    }
    return render(request, "candidates/opening_settings.html", context)


def _coverage(opening: Opening, rounds: Iterable[Round]) -> list[tuple[Dimension, list[bool], int]]:
    """Each dimension of the rubric: of each round whether it covers it, and how many people judge it in all."""
    parts = [_part(round_, round_.panel_size) for round_ in rounds]
    dimensions = list(opening.rubric_version.dimensions.all())
    counts = covered([dimension.pk for dimension in dimensions], parts)
    plan = []
    for dimension in dimensions:
        cells = [dimension.pk in part.dimensions for part in parts]
        plan.append((dimension, cells, counts[dimension.pk]))
    return plan


def _change(opening: Opening, rounds: Iterable[Round]) -> str:
    """The smallest change of the plan by which no dimension rests on one person, as words; empty without any."""
    parts = [_part(round_, round_.panel_size) for round_ in rounds]
    offers = [Change(_part(round_, 1), 1) for round_ in rounds]
    dimensions = [dimension.pk for dimension in opening.rubric_version.dimensions.all()]
    return sentence(smallest_change(dimensions, parts, offers))


def _part(round_: Round, panel_size: int) -> Part:
    return Part(round_.name, frozenset(dimension.pk for dimension in round_.dimensions.all()), panel_size)


@once
def member_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    form = MemberForm(posted(request))
    if form.is_valid():
        user, role = form.cleaned_data["user"], form.cleaned_data["role"]
        member = services.add_member(opening, user, role=role, by=request.user)
        given = f"{user.display_name} is now a {member.get_role_display().lower()} here."
        messages.success(request, given if user == request.user else as_told(given))
        return redirect("opening_people", pk)
    return form_page(request, form, f"Give a role on {opening.title}", opening)


@once
def opening_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite several people at once, with or without an account."""
    opening = opening_to_run(request, pk)
    form = InviteForm(posted(request), opening=opening, by=request.user)
    if form.is_valid():
        try:
            invited = invite_people(opening, by=request.user, link=keyed_link(request, "invitation"), **form.wanted())
        except ValidationError as error:
            add_errors(form, error)
        else:
            for one in invited:
                messages.success(request, _told(one))
            return redirect("opening_people", pk)
    lead = "Each is told their role and the next step. Whoever has no account yet gets a link to set a password."
    return form_page(request, form, f"Invite people to {opening.title}", opening, lead)


def _told(invited: Invited) -> str:
    """What the page says of one of them, with the link to hand over where there is no mail."""
    email = invited.user.email
    if not invited.link:
        return f"{invited.user.display_name} has an account and is told."
    return told_of(invited.link, email, sent=f"The invitation to {email} is on its way.")


@once
def round_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    blank = Round(opening=opening, order=opening.rounds.count() + 1)
    return _save_round(request, blank, f"New round for {opening.title}")


def round_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _round_to_run(request, pk)
    as_it_is_now(request, found.opening, found)
    return _save_round(request, found, f"Round: {found.name}")


def _round_to_run(request: SignedInRequest, pk: int) -> Round:
    """The round if its opening is visible (else 404) and may be changed (else 403)."""
    openings = Opening.objects.visible_to(request.user)
    rounds = Round.objects.filter(opening__in=openings).select_related("opening")
    found = get_object_or_404(rounds, pk=pk)
    if not policies.may_run(request.user, found.opening):
        raise PermissionDenied
    return found


def _save_round(request: SignedInRequest, instance: Round, title: str) -> HttpResponse:
    form = RoundForm(posted(request), instance=instance)
    if form.is_valid():
        unsaved = form.save(commit=False)
        try:
            dimensions, panel = form.cleaned_data["dimensions"], form.cleaned_data["panel"]
            services.save_round(unsaved, dimensions=dimensions, panel=panel, by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            if form.kept:
                messages.success(request, form.said("Round saved."))
            return redirect("opening_plan", instance.opening_id)
    stored = instance if instance.pk else None
    return form_page(request, form, title, instance.opening, round=stored)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The interviews of whoever made this secret address, for a calendar program.

    An address that has ended says no more than one that never was.
    """
    if refused := too_many(request, "calendar"):
        return refused
    feed = find_feed(request.GET.get("key", ""))
    if feed is None:
        return HttpResponse("There is no calendar at this address.", status=404, content_type="text/plain")
    entries = entries_of(feed)
    etag = etag_of(entries, zone_of(feed))
    note_read(feed)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(written(feed, entries), content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def round_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _round_to_run(request, pk)
    try:
        services.remove_round(found, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    return redirect("opening_plan", found.opening_id)


@once
def candidate_new(request: SignedInRequest, pk: int) -> HttpResponse:
    opening = opening_to_run(request, pk)
    title = f"New candidate for {opening.title}"
    if closed := closed_page(request, title, opening):
        return closed
    if request.method == "POST":
        lock_openings([opening.pk])
        lock_newcomers()  # the form asks of everybody who is known, also of whom a colleague adds right now
    form = CandidateForm(posted(request), by=request.user)
    if form.is_valid():
        try:
            application = services.add_candidate(opening, **form.wanted(), by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("application", application.pk)
    return form_page(request, form, title, opening)


def candidate_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The candidate of one application that this person runs."""
    application = application_to_run(request, pk)
    candidate = application.candidate
    if not policies.may_edit_candidate(request.user, candidate):
        raise PermissionDenied("A correction here applies to everything about this person. Ask an administrator.")
    as_it_is_now(request, candidate)
    form = CandidateEditForm(posted(request), candidate=candidate)
    if form.is_valid():
        try:
            saved = services.edit_candidate(candidate, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, form.said("Candidate saved."))
            if saved.colleague is not None and form.cleaned_data["colleague"] is None:
                messages.warning(request, _marked(saved.colleague))
            return redirect("application", pk)
    return form_page(request, form, f"Candidate: {candidate.name}", application.opening, application=application)


def _marked(colleague: User) -> str:
    """That somebody was not chosen as who the candidate is, and is marked so all the same."""
    name = colleague.display_name
    return f"The address before is that of {name}, who is now marked as this candidate. If that is wrong, choose “No”."


@once
def candidate_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who may be the same person, with what would join: those of like name or address, or whom `?q=` finds, as a name
    may have been misspelt. POST joins one."""
    application = application_to_run(request, pk)
    candidate = application.candidate
    if not policies.may_edit_candidate(request.user, candidate) or candidate.erased_at:
        raise PermissionDenied
    if request.method == "POST":
        number = request.POST.get("goes", "")
        goes = get_object_or_404(merging.mergeable(request.user), pk=int(number) if number.isdecimal() else 0)
        try:
            merging.merge_candidates(candidate, goes, by=request.user)
        except ValidationError as error:
            tell_refusal(request, error)
            return redirect("candidate_merge", pk)
        messages.success(request, f"Merged into {candidate.name}.")
        left = candidate.applications.filter(opening=application.opening_id).current_first().first()
        return redirect("application", left.pk if left else pk)
    found = find(request, merging.mergeable(request.user).exclude(pk=candidate.pk), shown=SOUGHT)
    context: dict[str, object] = {"application": application, "found": found}
    if found.text:
        rows = list(found.rows[:SOUGHT])
        meant = merging.others_of(rows, candidate, by=request.user)
        context["in_part"] = len(rows) - len(meant)
    else:
        like = merging.like(candidate, by=request.user)
        meant = like.candidates
        context["more"] = like.more
    context["others"] = merging.joined_each(candidate, meant)
    context["settle"] = merging.SETTLE
    return render(request, "candidates/merge.html", context)


@once
def interview_new(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_run(request, pk)
    title = f"New interview with {application.candidate.name}"
    if closed := closed_page(request, title, application.opening, application):
        return closed
    form = InterviewForm(posted(request), application=application, by=request.user)
    if form.is_valid():
        try:
            round_ = form.cleaned_data["round"]
            services.plan_interview(application, round=round_, by=request.user, **form.plan())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, as_told("Interview planned."))
            return redirect("application", pk)
    return form_page(request, form, title, application.opening)
