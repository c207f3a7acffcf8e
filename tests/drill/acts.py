"""What people, the worker and beat do in `tests.drill.side_by_side`: each a service of the product, called as a page or
a task calls it, upon rows that are drawn by lot.

Import it once Django is set up.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts import services as people
from accounts.autosave import Stale
from accounts.models import User
from candidates import services, states
from candidates.bulk.states import set_states
from candidates.importing.bringing import NEW, Listed, bring_in, compare, take_back
from candidates.importing.roster import Person
from candidates.merging import merge_candidates
from candidates.models import (
    Application,
    Candidate,
    CandidateImport,
    Interview,
    Opening,
    OpeningMember,
    Panelist,
    PanelistQuerySet,
    Round,
)
from candidates.openings import changing
from candidates.planning.proposals import Wanted, plan_all
from debriefs import meetings
from debriefs.profiles import VALUES
from files import moving
from files import services as files
from files.models import CandidateNote
from notices import feeds, hooks, outbox
from notices.models import Notice, Webhook
from notices.services import mark_read
from packets import batches, life
from packets import files as packet_files
from packets.models import BatchItem, Packet, PacketBatch
from privacy.erasure import Reason, erase_candidate
from privacy.legal_holds import impose_hold, lift_hold
from privacy.retention import run_retention, set_retention
from rubrics import drafts as rubric_drafts
from rubrics import rows as rubric_rows
from rubrics import services as rubric_services
from rubrics.models import Dimension, RubricVersion
from scorecards import chasing, drafts, guests, imports, panels, releasing, repinning, telling, undoing, withdrawing
from scorecards import services as scorecards
from scorecards.amendments import DebriefOpened, amend_scorecard
from scorecards.import_files import BadRows, read
from scorecards.models import Scorecard, ScorecardImport, Sighting

Row = TypeVar("Row", bound=Model)
# What a page tells whoever asked for it, beside what `config/overtaken.py` tells.
REFUSALS = (ValidationError, PermissionDenied, Stale, DebriefOpened, BadRows)
REFUSALS += (drafts.Finished, rubric_drafts.Finished)
Act = Callable[["Lot"], None]
OF_PAGES: dict[str, Act] = {}
OF_THE_WORKER: dict[str, Act] = {}


class NothingToDo(Exception):
    """No row is there for the act."""


@dataclass
class Lot:
    """Draws what is acted upon, among the openings of the drill."""

    chance: random.Random
    openings: list[int]
    rubric: int

    def one(self, rows: QuerySet[Row]) -> Row:
        found = rows.order_by("?").first()
        if found is None:
            raise NothingToDo
        return found

    def some(self, rows: QuerySet[Row], most: int = 4) -> list[Row]:
        """In no order, as ticked on a page."""
        found = list(rows.order_by("?")[: self.chance.randint(1, most)])
        if not found:
            raise NothingToDo
        return found

    def recruiter(self) -> User:
        return self.one(User.objects.filter(is_recruiter=True, is_active=True))

    def manager(self) -> User:
        return User.objects.get(email="manager@example.com")

    def admin(self) -> User:
        return User.objects.get(email="admin@example.com")

    def interviewers(self, most: int = 3) -> list[User]:
        return self.some(User.objects.filter(email__startswith="panelist"), most)

    def opening(self) -> Opening:
        return self.one(Opening.objects.filter(pk__in=self.openings))

    def applications(self) -> QuerySet[Application]:
        return Application.objects.filter(opening__in=self.openings).select_related("opening", "candidate")

    def application(self) -> Application:
        return self.one(self.applications())

    def candidate(self) -> Candidate:
        return self.one(Candidate.objects.filter(applications__opening__in=self.openings, erased_at=None))

    def interview(self) -> Interview:
        held = Interview.objects.held().filter(application__opening__in=self.openings)
        return self.one(held.select_related("round", "application__opening", "application__candidate"))

    def panelists(self) -> PanelistQuerySet:
        way = "interview__application"
        own = Panelist.objects.filter(**{f"{way}__opening__in": self.openings})
        return own.select_related("user", "interview__round", f"{way}__opening", f"{way}__candidate")

    def cards(self, state: str) -> QuerySet[Scorecard]:
        way = "panelist__interview__application"
        own = Scorecard.objects.filter(**{f"{way}__opening__in": self.openings}, state=state)
        return own.select_related("panelist__user", "panelist__interview__round", f"{way}__opening")

    def times(self) -> dict[str, object]:
        """Past or to come, and due sooner or later than the next minute."""
        starts = timezone.now() + timedelta(minutes=self.chance.choice([-90, -30, 60, 600]))
        return {"starts_at": starts, "due_at": starts + timedelta(minutes=self.chance.choice([0, 31, 1440]))}

    def name(self) -> str:
        return f"Person {self.chance.randrange(10**9)}"


def page(act: Act) -> Act:
    OF_PAGES[act.__name__] = act
    return act


def task(act: Act) -> Act:
    OF_THE_WORKER[act.__name__] = act
    return act


# --- openings ----------------------------------------------------------------
@page
def save_a_round(lot: Lot) -> None:
    round_ = lot.one(Round.objects.filter(opening__in=lot.openings).select_related("opening", "exercise"))
    round_.name = f"{round_.name.partition(' ~')[0]} ~{lot.chance.randrange(1000)}"
    services.save_round(round_, dimensions=list(round_.dimensions.all()), panel=lot.interviewers(), by=lot.recruiter())


@page
def add_a_round(lot: Lot) -> None:
    opening = lot.opening()
    round_ = Round(opening=opening, order=9, name=f"Extra {lot.chance.randrange(10**6)}")
    services.save_round(round_, dimensions=list(opening.rubric_version.dimensions.all()[:2]), by=lot.recruiter())


@page
def remove_a_round(lot: Lot) -> None:
    extra = Round.objects.filter(opening__in=lot.openings, name__startswith="Extra")
    services.remove_round(lot.one(extra), by=lot.recruiter())


@page
def edit_an_opening(lot: Lot) -> None:
    opening = lot.opening()
    anonymous = lot.chance.random() < 0.3
    changing.edit_opening(opening, title=opening.title, confidential=False, anonymous=anonymous, by=lot.recruiter())


@page
def close_and_open_again(lot: Lot) -> None:
    opening = lot.opening()
    if opening.closed_at:
        changing.open_again(opening, by=lot.recruiter())
    elif lot.chance.random() < 0.3:
        changing.close_opening(opening, outcome=Opening.Outcome.values[0], by=lot.recruiter())


@page
def give_or_take_a_role(lot: Lot) -> None:
    opening, user = lot.opening(), lot.interviewers(1)[0]
    member = opening.members.filter(user=user).first()
    if member is not None:
        changing.remove_member(member, by=lot.recruiter())
    else:
        services.add_member(opening, user, role=OpeningMember.Role.RECRUITER, by=lot.recruiter())


@page
def keep_for_other_days(lot: Lot) -> None:
    preset = Opening.Retention.PURPOSE.value
    set_retention(lot.opening(), preset=preset, days=lot.chance.randint(100, 900), by=lot.admin())


@page
def repin(lot: Lot) -> None:
    opening = lot.opening()
    repinning.move_opening(opening, to=lot.one(repinning.other_versions(opening)), by=lot.recruiter())


# --- candidates --------------------------------------------------------------
@page
def add_a_candidate(lot: Lot) -> None:
    name = lot.name()
    email = f"{name.replace(' ', '').lower()}@example.org"
    services.add_candidate(lot.opening(), name=name, email=email, by=lot.recruiter())


@page
def add_a_known_candidate(lot: Lot) -> None:
    candidate = lot.candidate()
    opening, by = lot.opening(), lot.recruiter()
    services.add_candidate(opening, name=candidate.name, email=candidate.email, known=candidate, by=by)


@page
def add_and_plan(lot: Lot) -> None:
    opening, by = lot.opening(), lot.recruiter()
    application = services.add_candidate(opening, name=lot.name(), email="", by=by)
    round_ = lot.one(opening.rounds.all())
    services.plan_interview(application, round=round_, leads=lot.interviewers(), shadows=[], by=by, **lot.times())


@page
def import_candidates(lot: Lot) -> None:
    opening, by = lot.opening(), lot.recruiter()
    known = lot.some(Candidate.objects.filter(applications__opening__in=lot.openings, erased_at=None))
    persons = [Person(row, one.name, one.email) for row, one in enumerate(known, 1)]
    name = lot.name()
    persons.append(Person(len(persons) + 1, name, f"{name.replace(' ', '').lower()}@example.org"))
    choices = {line.person.row: NEW for line in compare(persons, opening, by=by)}
    bring_in(Listed(persons, "0" * 64), opening, choices=choices, all_of_it=False, by=by)


@page
def take_candidates_back(lot: Lot) -> None:
    brought = CandidateImport.objects.filter(opening__in=lot.openings, undone_at=None)
    take_back(lot.one(brought), by=lot.recruiter())


@page
def correct_a_candidate(lot: Lot) -> None:
    candidate = lot.candidate()
    services.edit_candidate(candidate, name=lot.name(), email=candidate.email, by=lot.recruiter())


@page
def merge(lot: Lot) -> None:
    pair = lot.some(Candidate.objects.filter(applications__opening__in=lot.openings, erased_at=None), 2)
    merge_candidates(pair[0], pair[-1], by=lot.recruiter())


@page
def remove_an_application(lot: Lot) -> None:
    changing.remove_application(lot.one(lot.applications().filter(interviews=None)), by=lot.recruiter())


@page
def set_a_state(lot: Lot) -> None:
    state = lot.chance.choice(["active", "on_hold", "withdrawn", "rejected"])
    states.set_state(lot.application(), state=state, reason="As asked", by=lot.recruiter())


@page
def set_many_states(lot: Lot) -> None:
    chosen = lot.some(lot.applications().filter(opening=lot.opening()), 6)
    state = lot.chance.choice(["active", "active", "on_hold"])
    set_states(chosen, state=state, by=lot.recruiter())


@page
def move_one(lot: Lot) -> None:
    application = lot.application()
    along = {"materials": application.materials.all(), "notes": application.candidate_notes.all()}
    moving.move_with(application, to=lot.opening(), by=lot.recruiter(), **along)


@page
def move_many(lot: Lot) -> None:
    chosen = lot.some(lot.applications().filter(opening=lot.opening()), 3)
    takes = lot.chance.choice(moving.Takes.values)
    moving.move_all_with(chosen, to=lot.opening(), takes=takes, by=lot.recruiter())


# --- interviews --------------------------------------------------------------
@page
def plan(lot: Lot) -> None:
    application = lot.application()
    round_ = lot.one(application.opening.rounds.all())
    leads, by = lot.interviewers(), lot.recruiter()
    services.plan_interview(application, round=round_, leads=leads, shadows=[], by=by, **lot.times())


@page
def plan_several(lot: Lot) -> None:
    opening = lot.opening()
    wanted = []
    for application in lot.some(lot.applications().filter(opening=opening)):
        round_ = lot.one(opening.rounds.all())
        starts = timezone.now() + timedelta(days=lot.chance.randint(3, 90), minutes=lot.chance.randrange(1440))
        wanted.append(Wanted(application, round_, starts, tuple(lot.interviewers(2))))
    plan_all(opening, wanted, hours_to_score=24, by=lot.recruiter())


@page
def plan_anew(lot: Lot) -> None:
    interview = lot.interview()
    colleagues = [
        row.user for row in interview.panelists.on_panel().filter(user__is_guest=False).select_related("user")
    ]
    wanted = lot.chance.sample(colleagues, len(colleagues) // 2) + lot.interviewers()
    leads = list(dict.fromkeys(wanted))
    shadows = [leads.pop()] if len(leads) > 1 and lot.chance.random() < 0.3 else []
    panels.change_interview(interview, leads=leads, shadows=shadows, by=lot.recruiter(), **lot.times())


@page
def cancel(lot: Lot) -> None:
    if lot.chance.random() < 0.4:
        panels.cancel_interview(lot.interview(), by=lot.recruiter())


@page
def remind(lot: Lot) -> None:
    chasing.remind(lot.some(lot.panelists().on_panel(), 8), again=True, by=lot.recruiter())


@page
def set_due_times(lot: Lot) -> None:
    held = Interview.objects.held().filter(application__opening__in=lot.openings)
    due_at = timezone.now() + timedelta(minutes=lot.chance.choice([1, 700, 2000]))
    chasing.set_due(lot.some(held.filter(starts_at__lt=due_at), 8), due_at=due_at, by=lot.recruiter())


@page
def release(lot: Lot) -> None:
    panelists = lot.some(lot.panelists().on_panel().exclude(scorecard__state="submitted"), 4)
    releasing.release_panelists(panelists, reason="Fell ill", by=lot.recruiter())


@page
def did_not_take_place(lot: Lot) -> None:
    held = Interview.objects.held().filter(application__opening__in=lot.openings)
    begun = lot.some(held.filter(starts_at__lt=timezone.now()), 3)
    if lot.chance.random() < 0.3:
        releasing.cancel_each(begun, reason="Nobody came", by=lot.recruiter())


# --- externals ---------------------------------------------------------------
def _link(key: str) -> str:
    return f"http://localhost/{key}"


@page
def invite_an_external(lot: Lot) -> None:
    email = f"guest{lot.chance.randrange(4)}@example.net"
    role = Panelist.Role.LEAD
    guests.add_guest(lot.interview(), name="Gabi Guest", email=email, role=role, by=lot.recruiter(), link=_link)


@page
def correct_an_external(lot: Lot) -> None:
    panelist = lot.one(lot.panelists().on_panel().filter(user__is_guest=True))
    email = f"guest{lot.chance.randrange(8)}@example.net"
    guests.correct_guest(panelist, name=lot.name(), email=email, by=lot.recruiter(), link=_link)


@page
def renew_or_end_a_link(lot: Lot) -> None:
    panelist = lot.one(lot.panelists().on_panel().filter(user__is_guest=True))
    if lot.chance.random() < 0.5:
        guests.renew_link(panelist, by=lot.recruiter(), link=_link)
    else:
        guests.revoke_link(panelist, by=lot.recruiter())


# --- scorecards --------------------------------------------------------------
def _texts(lot: Lot, panelist: Panelist) -> dict[str, str]:
    texts = {"recommendation": lot.chance.choice(["yes", "no"]), "summary": lot.name()}
    for dimension in panelist.interview.round.dimensions.all():
        texts[f"score_{dimension.pk}"] = str(lot.chance.randint(1, 5))
        texts[f"evidence_{dimension.pk}"] = lot.name()
    return texts


@page
def write(lot: Lot) -> None:
    panelist = lot.one(lot.panelists().on_panel())
    card = drafts.lock_own(panelist.pk, by=panelist.user) or drafts.open_scorecard(panelist)
    texts = _texts(lot, panelist)
    field = lot.chance.choice(list(texts))
    locked = drafts.lock_own(panelist.pk, by=panelist.user)
    if locked is not None:
        drafts.write(locked, {field: texts[field]}, edit=card.edit)


def _written(lot: Lot) -> tuple[Scorecard, User]:
    """An owed scorecard that was just saved, and its author."""
    panelist = lot.one(lot.panelists().on_panel().filter(owes_by__isnull=False))
    card = drafts.open_scorecard(panelist)
    drafts.save_draft(card, _texts(lot, panelist), edit=card.edit, by=panelist.user)
    return card, panelist.user


@page
def write_and_submit(lot: Lot) -> None:
    card, author = _written(lot)
    scorecards.submit_scorecard(card, by=author)


@page
def lock_scores(lot: Lot) -> None:
    card, author = _written(lot)
    scorecards.lock_scorecard(card, by=author)


@page
def decline(lot: Lot) -> None:
    card = lot.one(lot.cards("draft"))
    scorecards.decline_scorecard(card, reason="Did not take place", by=card.panelist.user)


@page
def come_back(lot: Lot) -> None:
    card = lot.one(lot.cards("declined"))
    panels.take_back_declining(card, by=card.panelist.user)


@page
def amend(lot: Lot) -> None:
    card = lot.one(lot.cards("submitted"))
    revision = card.amendments.count()
    texts = {"summary": lot.name()}
    amend_scorecard(card, texts, reason="A slip", revision=revision, by=card.panelist.user)


@page
def withdraw(lot: Lot) -> None:
    card = lot.one(lot.cards("submitted").filter(withdrawal=None))
    panelists = withdrawing.empty_panelists(card)
    take_to = lot.chance.choice(panelists) if panelists else None
    withdrawing.withdraw_scorecard(card, reason="Wrong person", by=card.panelist.user, take_to=take_to)


@page
def hand_off(lot: Lot) -> None:
    panelist = lot.one(lot.panelists().on_panel().filter(user__is_guest=False))
    scorecards.leave_note(panelist, kind="probe", text="The first question", by=panelist.user)


@page
def override(lot: Lot) -> None:
    panelist = lot.one(lot.panelists().on_panel())
    scorecards.grant_override(panelist.interview.application, panelist.user, reason="Needed", by=lot.recruiter())


@page
def look_at_debriefs(lot: Lot) -> None:
    scorecards.note_sightings(*lot.some(lot.applications()), by=lot.manager(), way=Sighting.Way.FINALISTS)


@page
def compare_scorecards(lot: Lot) -> None:
    scorecards.note_comparison(lot.some(lot.cards("submitted"), 8), by=lot.manager())


@page
def import_scorecards(lot: Lot) -> None:
    opening, candidate = lot.opening(), lot.candidate()
    dimension = opening.rubric_version.dimensions.all()[0]
    head = "opening,candidate_name,candidate_email,round,interviewer_email,dimension,score,not_assessed_reason,evidence"
    lines = [f"{head},recommendation,submitted_at"]
    for one in (candidate, Candidate(name="Ada New", email=f"new{lot.chance.randrange(30)}@example.org")):
        author = f"author{lot.chance.randrange(10)}@example.com"
        row = [opening.slug, one.name, one.email, "Earlier", author, dimension.key, "4", "", "Well", "yes"]
        lines.append(",".join([*row, "2025-05-06T10:00:00+02:00"]))
    imports.store(read("\n".join(lines).encode()), rubric_version=None, by=lot.recruiter())


@page
def undo_an_import(lot: Lot) -> None:
    source = lot.one(ScorecardImport.objects.filter(undone_at=None).select_related("by"))
    assert source.by is not None
    undoing.undo_import(source, by=source.by)


# --- debriefs ----------------------------------------------------------------
@page
def open_a_debrief(lot: Lot) -> None:
    if lot.chance.random() < 0.4:
        meetings.open_debrief(lot.application(), by=lot.manager())


@page
def meet(lot: Lot) -> None:
    application = lot.one(lot.applications().exclude(debrief_opened_at=None))
    meetings.add_note(application, text="Agreed", kind="note", dimension=None, by=lot.manager())
    meetings.note_attendance(application, users=lot.interviewers(), names=[lot.name()], by=lot.manager())


@page
def rate_again(lot: Lot) -> None:
    card = lot.one(lot.cards("submitted").exclude(panelist__interview__application__debrief_opened_at=None))
    dimension = lot.one(Dimension.objects.filter(ratings__scorecard=card))
    answer = str(lot.chance.randint(1, 5))
    meetings.re_rate(card, dimension, answer=answer, kind="reread", reason="Read again", by=card.panelist.user)


@page
def decide_or_reopen(lot: Lot) -> None:
    application = lot.application()
    if application.decided:
        meetings.reopen_debrief(application, reason="Another look", by=lot.manager())
    else:
        meetings.record_decision(application, outcome="hold", rationale="Not yet clear", by=lot.manager())


# --- packets -----------------------------------------------------------------
@page
def ask_for_a_packet(lot: Lot) -> None:
    profile = lot.chance.choice(VALUES)
    scored = lot.one(lot.cards("submitted")).panelist.interview.application
    life.request_packet(scored.pk, profile=profile, by=lot.recruiter())


@page
def ask_for_a_batch(lot: Lot) -> None:
    opening = lot.opening()
    chosen = [one.pk for one in lot.some(lot.applications().filter(opening=opening))]
    batches.request_batch(opening, applications=chosen, profile=lot.chance.choice(VALUES), by=lot.recruiter())


@page
def cancel_or_ask_for_a_batch_again(lot: Lot) -> None:
    batch = lot.one(PacketBatch.objects.select_related("opening"))
    if lot.chance.random() < 0.3:
        batches.cancel_batch(batch, by=lot.recruiter())
    else:
        batches.retry_batch(batch, by=lot.recruiter())


@page
def ask_for_a_failed_packet_again(lot: Lot) -> None:
    failed = Packet.objects.filter(state="failed").select_related("application__opening")
    life.retry_packet(lot.one(failed), by=lot.manager())


# --- privacy, files ----------------------------------------------------------
@page
def erase(lot: Lot) -> None:
    if lot.chance.random() < 0.3:
        erase_candidate(lot.candidate(), by=lot.admin(), reason=Reason.ASKED)


@page
def hold_or_let_go(lot: Lot) -> None:
    candidate, by = lot.candidate(), lot.admin()
    if candidate.holds.in_force().exists():
        lift_hold(candidate, by=by)
    else:
        impose_hold(candidate, reason="A case", by=by)


@page
def note_something(lot: Lot) -> None:
    application, by = lot.application(), lot.recruiter()
    files.add_note(application, text="Asked for Tuesday", by=by)
    files.add_link(application, url=f"https://example.org/{lot.name()[7:]}", name="", purpose="resume", by=by)


@page
def remove_what_was_noted(lot: Lot) -> None:
    notes = CandidateNote.objects.filter(application__opening__in=lot.openings)
    files.remove_note(lot.one(notes.select_related("application__opening")), by=lot.recruiter())


# --- people, notices ---------------------------------------------------------
@page
def change_an_address(lot: Lot) -> None:
    user = lot.interviewers(1)[0]
    people.change_address(user, email=f"panelist{lot.chance.randrange(10**6)}@example.com", by=lot.admin())


@page
def edit_a_person(lot: Lot) -> None:
    user = lot.interviewers(1)[0]
    people.edit_person(user, by=lot.admin(), name=lot.name(), is_active=True)


@page
def make_or_end_a_feed(lot: Lot) -> None:
    by = lot.recruiter()
    if lot.chance.random() < 0.7:
        feeds.make_feed(by=by)
    else:
        feeds.end_feed(by=by)


@page
def read_notices(lot: Lot) -> None:
    mark_read(lot.one(Notice.objects.select_related("receiver")).receiver)


@page
def add_or_remove_a_channel(lot: Lot) -> None:
    """The row alone: adding one by its page looks its address up."""
    made = Webhook.objects.filter(opening_id__in=lot.openings)
    if lot.chance.random() < 0.6 and made.count() < 6:
        Webhook.objects.create(
            address="https://chat.invalid/", form="slack", opening_id=lot.opening().pk, made_by=lot.admin()
        )
    else:
        hooks.remove_hook(lot.one(made), by=lot.admin())


# --- rubrics -----------------------------------------------------------------
def _versions(lot: Lot, state: str) -> QuerySet[RubricVersion]:
    return RubricVersion.objects.filter(rubric=lot.rubric, state=state).select_related("rubric")


@page
def fork_a_rubric(lot: Lot) -> None:
    rubric_services.fork_version(lot.one(_versions(lot, "published")), by=lot.recruiter())


@page
def write_a_rubric(lot: Lot) -> None:
    version = lot.one(_versions(lot, "draft"))
    changes = {lot.chance.choice(["title", "summary"]): lot.name()}
    rubric_drafts.save_draft(version, changes, edit=version.edit, by=lot.recruiter())
    if lot.chance.random() < 0.3:
        rubric_rows.add_row(version, "skill", by=lot.recruiter())


@page
def publish_or_discard_a_rubric(lot: Lot) -> None:
    version = lot.one(_versions(lot, "draft"))
    if lot.chance.random() < 0.5:
        rubric_services.publish_version(version, by=lot.recruiter())
    else:
        rubric_services.discard_draft(version, by=lot.recruiter())


# --- the worker and beat -----------------------------------------------------
@task
def send_mail(lot: Lot) -> None:
    outbox.send_due()


@task
def submit_what_is_due(lot: Lot) -> None:
    scorecards.submit_locked_when_due()


@task
def remind_by_the_clock(lot: Lot) -> None:
    telling.remind(timezone.now() + timedelta(hours=lot.chance.choice([0, 3, 30, 60])))


@task
def erase_whose_time_is_over(lot: Lot) -> None:
    if lot.chance.random() < 0.05:
        run_retention(dry_run=False, at=timezone.now() + timedelta(days=lot.chance.randint(100, 140)))


@task
def build_a_packet(lot: Lot) -> None:
    """Most are given up before they are rendered, which takes a second of a processor."""
    packet = life.claim(lot.one(Packet.objects.filter(state="queued")).pk)
    if packet is None:
        return
    if lot.chance.random() < 0.1:
        packet = life.build(packet)
    else:
        life._fail(packet, "Not built in this drill.")
    batches.move_on_with(packet)


@task
def build_a_packet_of_a_batch(lot: Lot) -> None:
    item = lot.one(BatchItem.objects.filter(packet=None, left_out=""))
    asked = batches._asked(item.pk)
    packet = asked and asked[1] and life.claim(asked[1].pk)
    if packet:
        life._fail(packet, "Not built in this drill.")
        batches.move_on_with(packet)


@task
def put_a_batch_together(lot: Lot) -> None:
    batch = batches.claim(lot.one(batches.complete()).pk)
    if batch is not None:
        batches.assemble(batch)


@task
def sweep(lot: Lot) -> None:
    life.sweep()
    batches.sweep()
    if lot.chance.random() < 0.1:
        packet_files.remove_orphans()
