"""Rows are locked in the one order of docs/architecture.md, “Who waits for whom”, so that nobody waits in a circle.

Each act is stopped where it waits for a row that comes early in that order. What comes later has to be free for others
then: whoever holds the early row may want it next.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import add_person, edit_person
from audit.models import CHAIN_LOCK, Event
from audit.services import record
from candidates import services, states
from candidates.importing.bringing import Listed, bring_in, take_back
from candidates.importing.roster import Person
from candidates.merging import merge_candidates
from candidates.models import Application, Candidate
from candidates.openings.changing import remove_application
from notices import outbox
from notices.models import Mail
from notices.services import forget
from privacy.retention import run_retention, set_retention
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.drafts import save_draft
from rubrics.models import Rubric, RubricVersion
from rubrics.services import discard_draft, fork_version, import_plan, publish_version, start_rubric
from scorecards import chasing, drafts, guests, imports, repinning, undoing, withdrawing
from scorecards import services as scorecards
from scorecards.import_files import read
from scorecards.models import Scorecard, ScorecardImport, Sighting
from tests.concurrently import at_once, holding_none_of, meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sample")]


@pytest.fixture
def recruiter(person):
    return person("recruiter")


@pytest.fixture
def alone(unscored_application, recruiter):
    """An application of a candidate who has no other, with nothing planned."""
    return services.add_candidate(unscored_application.opening, name="Ulla Sand", email="", by=recruiter)


@pytest.fixture
def second_opening(unscored_application, recruiter):
    version = unscored_application.opening.rubric_version
    return services.create_opening("Another role", rubric_version=version, by=recruiter)


@pytest.fixture
def two_of_one(alone, second_opening, recruiter):
    """Two applications of one candidate, in the order of their keys, of which the first is the newer row by now."""
    known = alone.candidate
    other = services.add_candidate(second_opening, name=known.name, email="", known=known, by=recruiter)
    Application.objects.filter(pk=alone.pk).update(code_name=f"{alone.code_name} x")
    return alone, other


def planned(application, lead, by):
    """An interview that has begun, with this lead."""
    starts = timezone.now() - timedelta(hours=1)
    times = {"starts_at": starts, "due_at": starts + timedelta(hours=3)}
    round_ = application.opening.rounds.first()
    return services.plan_interview(application, round=round_, leads=[lead], shadows=[], by=by, **times)


def row(instance):
    return type(instance)._default_manager.filter(pk=instance.pk)


def link(key):
    return f"http://localhost/{key}"


# --- openings, candidates, applications --------------------------------------
def test_who_removes_an_application_locks_its_candidate_first(alone, recruiter):
    def act():
        return remove_application(alone, by=recruiter)

    assert holding_none_of(row(alone), act, behind=row(alone.candidate)) is None


def test_who_moves_an_application_locks_its_candidate_first(alone, second_opening, recruiter):
    def act():
        return states.move_application(alone, to=second_opening, by=recruiter)

    assert holding_none_of(row(alone), act, behind=row(alone.candidate)).opening == second_opening


def test_who_corrects_a_candidate_locks_them_before_their_applications(alone, recruiter):
    def act():
        return services.edit_candidate(alone.candidate, name="Ulla Strand", email="", by=recruiter)

    assert holding_none_of(row(alone), act, behind=row(alone.candidate)).name == "Ulla Strand"


def test_who_takes_an_import_back_locks_candidates_first(unscored_application, recruiter):
    people = Listed([Person(1, "Ada New", "ada.new@example.org")], "0" * 64)
    imported = bring_in(people, unscored_application.opening, choices={}, all_of_it=True, by=recruiter)
    application, candidate = imported.applications.get(), imported.candidates.get()

    def act():
        return take_back(imported, by=recruiter)

    assert holding_none_of(row(application), act, behind=row(candidate)) is None


def test_who_merges_locks_applications_in_their_order(two_of_one, recruiter):
    first, second = two_of_one
    version = first.opening.rubric_version
    third = services.create_opening("A third role", rubric_version=version, by=recruiter)
    stays = services.add_candidate(third, name="Ulla S.", email="", by=recruiter).candidate

    def act():
        return merge_candidates(stays, first.candidate, by=recruiter)

    assert holding_none_of(row(second), act, behind=row(first)) == stays


def test_who_changes_how_long_an_opening_is_kept_locks_applications_in_their_order(alone, person):
    others = alone.opening.applications.order_by("pk")
    first, last = others.first(), others.last()
    row(first).update(code_name=f"{first.code_name} x")

    def act():
        return set_retention(alone.opening, preset="purpose", days=99, by=person("admin"))

    assert holding_none_of(row(last), act, behind=row(first)) is None


def test_retention_locks_the_applications_of_a_candidate_in_their_order(two_of_one):
    first, second = two_of_one
    Candidate.objects.exclude(pk=first.candidate_id).update(erased_at=timezone.now())

    def act():
        return run_retention(dry_run=False, at=timezone.now() + timedelta(days=9000))

    assert holding_none_of(row(second), act, behind=row(first)).erased == [first.candidate_id]


def test_nobody_known_is_added_while_they_are_erased(alone, second_opening, recruiter):
    def act():
        known = alone.candidate
        return services.add_candidate(second_opening, name=known.name, email="", known=known, by=recruiter)

    def erase():
        row(alone.candidate).update(erased_at=timezone.now())

    _, told = meanwhile(erase, act, behind=row(alone.candidate))

    assert told.messages == [services.ERASED]


def test_nothing_is_planned_on_a_round_that_is_removed(alone, recruiter, person):
    round_ = alone.opening.rounds.create(order=9, name="Extra")
    starts = timezone.now()

    def plan():
        return services.plan_interview(
            Application.objects.get(pk=alone.pk),
            round=round_,
            starts_at=starts,
            due_at=starts,
            leads=[person("manager")],
            shadows=[],
            by=recruiter,
        )

    outcomes = at_once(lambda: services.remove_round(round_, by=recruiter), plan, behind=row(round_))

    told = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(told) == 1
    assert "round" in " ".join(told[0].messages)


# --- what hangs on an application --------------------------------------------
def test_who_sets_due_times_locks_applications_first(alone, recruiter, person):
    interview = planned(alone, person("manager"), recruiter)

    def act():
        return chasing.set_due([interview], due_at=timezone.now() + timedelta(days=2), by=recruiter)

    assert holding_none_of(row(interview), act, behind=row(alone)) == [interview]


def test_who_reminds_locks_applications_first(alone, recruiter, person):
    panelist = planned(alone, person("manager"), recruiter).panelists.get()

    def act():
        return chasing.remind([panelist], by=recruiter).told

    assert holding_none_of(row(panelist), act, behind=row(alone)) == [panelist]


def test_who_opens_a_scorecard_locks_the_application_before_the_panelist(alone, recruiter, person):
    panelist = planned(alone, person("manager"), recruiter).panelists.get()

    def act():
        return drafts.open_scorecard(panelist).panelist

    assert holding_none_of(row(panelist), act, behind=row(alone)) == panelist


def test_who_may_hand_in_locks_the_application_before_the_scorecard(alone, recruiter, person):
    """The page saves and hands in; repinning an opening wants both as well."""
    interview = planned(alone, person("manager"), recruiter)
    panelist = interview.panelists.get()
    card = drafts.open_scorecard(panelist)

    def act():
        return drafts.save_draft(card, {"summary": "Calm."}, edit=card.edit, by=panelist.user)

    assert holding_none_of(row(card), act, behind=row(alone)).summary == "Calm."


def test_who_takes_words_along_locks_both_applications_in_their_order(two_panelists, unscored_application, recruiter):
    card = two_panelists[0].scorecard
    later = card.panelist.interview.application
    panelist = planned(unscored_application, card.panelist.user, recruiter).panelists.get()
    first, second = sorted([later, unscored_application], key=lambda application: application.pk)

    def act():
        return withdrawing.withdraw_scorecard(
            card, reason="Wrong one", by=card.panelist.user, take_to=panelist
        ).scorecard

    assert holding_none_of(row(second), act, behind=row(first)) == card


def test_who_moves_an_opening_locks_applications_before_scorecards(alone, recruiter, person):
    opening = alone.opening
    other = services.create_opening("Measured", rubric_version=opening.rubric_version, by=recruiter)
    services.save_round(
        other.rounds.model(opening=other, order=1, name="First"),
        dimensions=list(opening.rubric_version.dimensions.all()),
        by=recruiter,
    )
    application = services.add_candidate(other, name="Nadia Brekke", email="", by=recruiter)
    card = drafts.open_scorecard(planned(application, person("manager"), recruiter).panelists.get())
    newer = publish_version(fork_version(opening.rubric_version, by=recruiter), by=recruiter)

    def act():
        return repinning.move_opening(other, to=newer, by=recruiter).lost

    assert holding_none_of(row(card), act, behind=row(application)) == ()


def test_who_invites_an_external_interviewer_locks_the_application_first(alone, recruiter, person):
    interview = planned(alone, person("manager"), recruiter)

    def act():
        return guests.add_guest(
            interview, name="Gabi Guest", email="gabi@example.net", role="lead", by=recruiter, link=link
        )

    assert "http" in holding_none_of(row(interview), act, behind=row(alone))


def test_who_readdresses_an_external_interviewer_locks_the_application_first(alone, recruiter, person):
    interview = planned(alone, person("manager"), recruiter)
    guests.add_guest(interview, name="Gabi Guest", email="gabi@example.net", role="lead", by=recruiter, link=link)
    panelist = interview.panelists.get(user__is_guest=True)

    def act():
        return guests.correct_guest(panelist, name="Gabi G.", email="g@example.net", by=recruiter, link=link)

    assert "http" in holding_none_of(row(panelist), act, behind=row(alone))


def test_a_name_is_corrected_behind_the_panelists(alone, recruiter, person):
    interview = planned(alone, person("manager"), recruiter)
    guests.add_guest(interview, name="Gabi Guest", email="gabi@example.net", role="lead", by=recruiter, link=link)
    panelist = interview.panelists.get(user__is_guest=True)

    def act():
        return guests.correct_guest(panelist, name="Gabi G.", email="g@example.net", by=recruiter, link=link)

    assert "http" in holding_none_of(row(panelist.user), act, behind=row(panelist))


def rows_of(opening, candidate, author):
    head = "opening,candidate_name,candidate_email,round,interviewer_email,dimension,score,not_assessed_reason,evidence"
    dimension = opening.rubric_version.dimensions.first().key
    told = [opening.slug, candidate.name, candidate.email, "Earlier", author, dimension, "4", "", "Well", "yes"]
    lines = [f"{head},recommendation,submitted_at", ",".join([*told, "2025-05-06T10:00:00+02:00"])]
    return read("\n".join(lines).encode())


def test_who_imports_scorecards_locks_applications_before_interviews(unscored_application, recruiter):
    opening, candidate = unscored_application.opening, unscored_application.candidate
    imports.store(rows_of(opening, candidate, "first@example.net"), rubric_version=None, by=None)
    interview = unscored_application.interviews.get(round__name="Earlier")

    def act():
        return imports.store(rows_of(opening, candidate, "second@example.net"), rubric_version=None, by=None).counts

    assert holding_none_of(row(interview), act, behind=row(unscored_application)).scorecards == 1


def test_who_imports_scorecards_locks_an_opening_whose_slug_has_capitals(unscored_application):
    """A file's slugs are read in small letters."""
    opening, candidate = unscored_application.opening, unscored_application.candidate
    row(opening).update(slug=opening.slug.upper())

    def act():
        return imports.store(rows_of(opening, candidate, "first@example.net"), rubric_version=None, by=None).counts

    assert holding_none_of(row(candidate), act, behind=row(opening)).scorecards == 1


def test_who_undoes_an_import_locks_candidates_before_applications(unscored_application, recruiter, person):
    candidate = Candidate(name="Ada New", email="ada.new@example.org")
    imports.store(rows_of(unscored_application.opening, candidate, "a@example.net"), rubric_version=None, by=recruiter)
    application = Application.objects.get(candidate__email="ada.new@example.org")

    def act():
        return undoing.undo_import(ScorecardImport.objects.get(), by=recruiter)

    assert holding_none_of(row(application), act, behind=row(application.candidate)) is None


def test_what_two_pages_saw_is_noted_in_one_order(two_panelists, person):
    """Whoever notes the first scorecard last would wait for who noted it first."""
    cards = list(Scorecard.objects.filter(state="submitted").select_related("panelist").order_by("pk"))

    scorecards.note_comparison(cards[::-1], by=person("manager"))

    noted = Sighting.objects.filter(user=person("manager")).order_by("pk").values_list("scorecard_id", flat=True)
    assert list(noted) == sorted(card.pk for card in cards)


# --- rubrics -----------------------------------------------------------------
@pytest.mark.parametrize(
    "act",
    [
        lambda draft, by: publish_version(draft, by=by),
        lambda draft, by: discard_draft(draft, by=by),
        lambda draft, by: save_draft(draft, {"summary": "Other words"}, edit=draft.edit, by=by),
    ],
    ids=["publish", "discard", "write"],
)
def test_a_rubric_is_locked_before_its_draft(act, unscored_application, recruiter):
    draft = fork_version(unscored_application.opening.rubric_version, by=recruiter)
    outcome = holding_none_of(
        row(draft), lambda: act(draft, recruiter), behind=Rubric.objects.filter(pk=draft.rubric_id)
    )

    assert not isinstance(outcome, Exception)


def test_a_rubric_that_went_with_its_draft_is_made_anew_by_an_import(recruiter):
    draft = start_rubric("Welder", language="en", by=recruiter)
    planned_rubric = plan(load(b"<title>Welder</title><h2>1) Role</h2><p>Welds.</p>", filename="welder.html"))

    def act():
        return import_plan(planned_rubric, filename="welder.html", by=recruiter)[0]

    _, made = meanwhile(lambda: discard_draft(draft, by=recruiter), act, behind=row(draft.rubric))

    assert list(RubricVersion.objects.filter(rubric__title="Welder")) == [made]


# --- mail --------------------------------------------------------------------
def test_mails_are_stopped_in_the_order_of_their_keys(person):
    mails = [Mail(receiver=person("manager"), subject="s", text="t", thread=f"thread:{n}") for n in range(2)]
    first, second = Mail.objects.bulk_create(mails)
    row(first).update(subject="changed, so that it stands behind the other one")

    def act():
        with transaction.atomic():
            outbox.stop_waiting(["thread:0", "thread:1"])

    assert holding_none_of(row(second), act, behind=row(first)) is None
    assert set(Mail.objects.filter(thread__startswith="thread:").values_list("state", flat=True)) == {"stopped"}


def test_mails_are_forgotten_in_the_order_of_their_keys(person):
    about = {"about_type": "application", "about_id": 1}
    mails = [Mail(receiver=person("manager"), subject="s", text="t", **about) for _ in range(2)]
    first, second = Mail.objects.bulk_create(mails)
    row(first).update(subject="changed, so that it stands behind the other one")

    assert holding_none_of(row(second), lambda: forget("application", [1]), behind=row(first)) is None
    assert not Mail.objects.filter(about_type="application", about_id=1).exists()


# --- people, and the end of every transaction --------------------------------
def test_of_two_administrators_who_go_at_once_one_stays(person):
    first = person("admin")
    second = add_person("second.admin@example.com", by=None, name="Second", is_administrator=True)
    User.objects.filter(is_administrator=True).exclude(pk__in=[first.pk, second.pk]).update(is_administrator=False)
    both = User.objects.filter(pk__in=[first.pk, second.pk])

    outcomes = at_once(
        lambda: edit_person(first, by=second, is_administrator=False),
        lambda: edit_person(second, by=first, is_administrator=False),
        behind=both,
    )

    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert both.filter(is_administrator=True).count() == 1


def test_the_trail_is_locked_once_a_commit_waits_for_nobody_else(person):
    """Its foreign key names somebody whose address is being changed, and it is checked behind the event."""
    told = person("manager")

    def act():
        with transaction.atomic():
            record("packet.ready", by=None, n=4_711)
            Mail.objects.create(receiver=told, subject="s", text="t")

    def is_free():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHAIN_LOCK])
            return cursor.fetchone()[0]

    assert meanwhile(is_free, act, behind=row(told)) == (True, None)
    assert Event.objects.filter(detail={"n": 4_711}).count() == 1
