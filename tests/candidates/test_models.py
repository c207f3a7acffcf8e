"""Who sees which rows, what a candidate is called, and what the database refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import EarlierAddress, User
from candidates.models import (
    Application,
    Candidate,
    CandidateImport,
    Interview,
    LegalHold,
    Opening,
    OpeningMember,
    Panelist,
    ReminderRule,
    Round,
    StateChange,
    own,
)
from notices.reminders import Rule

COMPANY = {
    "administrator": ("is_administrator",),
    "recruiter": ("is_recruiter",),
    "hiring manager": ("is_hiring_manager",),
    "colleague": (),
}


@pytest.fixture
def hidden_application(confidential) -> Application:
    return confidential.applications.get()


@pytest.fixture
def secret_panelist(hidden_application, newcomer, tomorrow) -> Panelist:
    """Somebody without any role, on a panel of the confidential opening."""
    round_ = Round.objects.create(opening=hidden_application.opening, name="Talk")
    interview = Interview.objects.create(
        application=hidden_application,
        round=round_,
        starts_at=tomorrow,
        due_at=tomorrow,
    )
    return Panelist.objects.create(interview=interview, user=newcomer())


def left(user: User) -> User:
    """The person once they have left the company."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


def seen(user, opening, confidential) -> str:
    openings = set(Opening.objects.visible_to(user))
    return f"{'open' * (opening in openings)} {'hidden' * (confidential in openings)}".strip()


# --- who sees which ----------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("administrator", "open hidden"),
        ("recruiter", "open"),
        ("hiring manager", ""),
        ("colleague", ""),
    ],
)
def test_openings_are_seen_by_company_role(newcomer, opening, confidential, who, expected):
    user = newcomer(*COMPANY[who])

    assert seen(user, opening, confidential) == expected
    assert seen(left(user), opening, confidential) == ""


@pytest.mark.parametrize("role", OpeningMember.Role.values)
def test_a_role_on_an_opening_shows_that_one(newcomer, opening, confidential, role):
    member = newcomer(opening=confidential, on_it=(role,))

    assert seen(member, opening, confidential) == "hidden"
    assert seen(left(member), opening, confidential) == ""


def test_a_panelist_shows_the_application_and_not_the_opening(opening, confidential, secret_panelist):
    user = secret_panelist.user

    assert seen(user, opening, confidential) == ""
    assert list(Application.objects.visible_to(user)) == [secret_panelist.interview.application]
    assert list(Application.objects.run_by(user)) == []


def test_several_panelists_show_an_application_once(hidden_application, secret_panelist, tomorrow):
    again = Interview.objects.create(
        application=hidden_application,
        round=secret_panelist.interview.round,
        starts_at=tomorrow,
        due_at=tomorrow,
    )
    Panelist.objects.create(interview=again, user=secret_panelist.user)

    assert list(Application.objects.visible_to(secret_panelist.user)) == [hidden_application]


@pytest.mark.parametrize(
    ("who", "hidden_too"),
    [("administrator", True), ("recruiter", False)],
)
def test_applications_follow_their_opening(newcomer, unscored_application, hidden_application, who, hidden_too):
    user = newcomer(*COMPANY[who])

    for rows in (Application.objects.visible_to(user), Application.objects.run_by(user)):
        assert unscored_application in rows
        assert (hidden_application in rows) == hidden_too


@pytest.mark.parametrize("who", ["nobody", "administrator", "recruiter", "manager"])
def test_whoever_runs_openings_runs_the_applications_in_them(
    newcomer, opening, confidential, unscored_application, hidden_application, who
):
    roles = ("hiring_manager",) if who == "manager" else ()
    user = newcomer(*COMPANY.get(who, ()), opening=confidential, on_it=roles)

    openings = Opening.objects.visible_to(user)

    of_openings = Application.objects.filter(opening__in=openings)
    assert set(Application.objects.run_by(user)) == set(of_openings)
    assert {row.opening for row in of_openings} == set(openings)


def test_nobody_who_left_runs_an_application(newcomer, unscored_application):
    roles = ("recruiter", "hiring_manager")
    member = newcomer(opening=unscored_application.opening, on_it=roles)
    assert unscored_application in Application.objects.run_by(member)

    assert list(Application.objects.run_by(left(member))) == []


@pytest.mark.parametrize("who", ["administrator", "recruiter"])
def test_nobody_sees_their_own_application(newcomer, unscored_application, who):
    user = newcomer(*COMPANY[who], opening=unscored_application.opening, on_it=("recruiter", "hiring_manager"))
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email=user.email.upper())

    assert unscored_application not in Application.objects.visible_to(user)
    assert unscored_application not in Application.objects.run_by(user)
    assert unscored_application.candidate not in Candidate.objects.visible_to(user)
    assert unscored_application.opening in Opening.objects.visible_to(user)


def test_whoever_left_sees_no_application_and_no_panelist(secret_panelist):
    user = left(secret_panelist.user)

    assert not Application.objects.visible_to(user).exists()
    assert not Panelist.objects.visible_to(user).exists()


def test_candidates_are_seen_with_one_of_their_applications(newcomer, opening, hidden_application, person):
    candidate = hidden_application.candidate
    recruiter = newcomer("is_recruiter")

    before = candidate in Candidate.objects.visible_to(recruiter)
    Application.objects.create(candidate=candidate, opening=opening)
    after = candidate in Candidate.objects.visible_to(recruiter)

    assert (before, after) == (False, True)
    assert list(Candidate.objects.visible_to(person("manager")).filter(pk=candidate.pk)) == [candidate]


def test_a_panelist_is_seen_by_whoever_has_it_alone(secret_panelist, newcomer):
    assert list(Panelist.objects.visible_to(secret_panelist.user)) == [secret_panelist]
    assert secret_panelist not in Panelist.objects.visible_to(newcomer("is_administrator"))


def test_a_panelist_on_ones_own_panel_is_not_seen(secret_panelist, hidden_application):
    Candidate.objects.filter(pk=hidden_application.candidate_id).update(email=secret_panelist.user.email)

    assert not Panelist.objects.visible_to(secret_panelist.user).exists()


# --- what a candidate is called ----------------------------------------------
@pytest.mark.parametrize(
    ("anonymous", "nameless", "called"),
    [
        (False, None, "Noor Haddad"),
        (False, False, "Noor Haddad"),
        (True, None, "Candidate Wren"),
        (True, True, "Candidate Wren"),
        (True, False, "Noor Haddad"),
    ],
)
def test_what_a_page_calls_the_candidate(anonymous, nameless, called):
    application = Application(
        candidate=Candidate(name="Noor Haddad"),
        opening=Opening(anonymous=anonymous),
        code_name="Candidate Wren",
    )
    application.nameless = nameless

    assert application.called == called


def test_an_application_without_a_code_name_goes_by_its_number():
    assert Application(pk=7).alias == "Candidate 7"


# --- what the database refuses -----------------------------------------------
def again(application, **changes) -> Application:
    """A second application that differs from this one."""
    given = {"candidate": application.candidate, "opening": application.opening}
    return Application(**given | changes)


REFUSED = {
    "two memberships": lambda row, who: OpeningMember.objects.bulk_create(
        OpeningMember(opening=row.opening, user=who, role="recruiter") for _ in range(2)
    ),
    "two rounds of a name": lambda row, who: Round.objects.bulk_create(
        Round(opening=row.opening, name="Same") for _ in range(2)
    ),
    "an application again": lambda row, who: again(row).save(),
    "a code name again": lambda row, who: Application.objects.bulk_create(
        again(row, candidate=Candidate.objects.create(email=f"{name}@example.org"), code_name="One")
        for name in ("first", "second")
    ),
    "an end before the start": lambda row, who: row.interviews.update(due_at=timezone.now() - timedelta(days=999)),
    "a panelist again": lambda row, who: Panelist.objects.bulk_create(
        Panelist(interview=row.interviews.first(), user=who) for _ in range(2)
    ),
    "retention of no day": lambda row, who: Opening.objects.update(retention_days=0),
    "a hold without a reason": lambda row, who: LegalHold.objects.create(
        candidate=row.candidate, imposed_by=who, reason=""
    ),
    "two holds in force": lambda row, who: LegalHold.objects.bulk_create(
        LegalHold(candidate=row.candidate, imposed_by=who, reason="dispute") for _ in range(2)
    ),
    "a hold lifted by nobody": lambda row, who: LegalHold.objects.create(
        candidate=row.candidate, imposed_by=who, reason="dispute", lifted_at=timezone.now()
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(unscored_application, newcomer, what):
    who = newcomer()

    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](unscored_application, who)


def test_applications_without_code_names_are_as_many_as_there_are(opening):
    for name in ("first", "second"):
        candidate = Candidate.objects.create(email=f"{name}@example.org")
        Application.objects.create(candidate=candidate, opening=opening)

    assert opening.applications.filter(code_name="").count() >= 2


def test_a_debrief_opens_once(unscored_application):
    row = Application.objects.filter(pk=unscored_application.pk)
    row.update(debrief_opened_at=timezone.now())

    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(debrief_opened_at=None)


def test_holds_that_were_lifted_stand_no_more(unscored_application, person):
    admin = person("admin")
    lifted = {"lifted_by": admin, "lifted_at": timezone.now()}
    LegalHold.objects.create(candidate=unscored_application.candidate, imposed_by=admin, reason="old", **lifted)
    in_force = LegalHold.objects.create(candidate=unscored_application.candidate, imposed_by=admin, reason="new")

    assert list(unscored_application.candidate.holds.in_force()) == [in_force]


def test_every_rule_of_retention_but_a_stated_purpose_has_its_days():
    ruled = set(Opening.Retention) - {Opening.Retention.PURPOSE}

    assert set(Opening.RETENTION_DAYS) == ruled
    assert max(Opening.RETENTION_DAYS.values()) <= Opening.LONGEST_RETENTION


def test_an_import_is_seen_with_its_opening(newcomer, opening, confidential, person):
    figures = {"rows": 1, "added": 1, "joined": 0, "sha256": "0" * 64, "by": person("admin")}
    shown, hidden = (CandidateImport.objects.create(opening=place, **figures) for place in (opening, confidential))

    assert list(CandidateImport.objects.visible_to(newcomer("is_recruiter"))) == [shown]
    assert set(CandidateImport.objects.visible_to(person("admin"))) == {shown, hidden}
    assert not CandidateImport.objects.visible_to(newcomer()).exists()


def test_an_import_is_undone_by_somebody(opening, person):
    figures = {"rows": 1, "added": 1, "joined": 0, "sha256": "0" * 64, "by": person("admin")}

    with pytest.raises(IntegrityError), transaction.atomic():
        CandidateImport.objects.create(opening=opening, undone_at=timezone.now(), **figures)


@pytest.mark.parametrize(
    ("closed", "outcome"),
    [(False, "filled"), (True, "")],
)
def test_an_opening_is_closed_with_an_outcome_and_open_without(opening, closed, outcome):
    closed_at = timezone.now() if closed else None

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(closed_at=closed_at, outcome=outcome)


def test_a_moved_application_names_where_it_went_and_no_other_does(unscored_application, scored_application):
    row = Application.objects.filter(pk=unscored_application.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state="moved")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(moved_to=scored_application)


def test_a_rejection_says_why_and_a_change_of_state_is_never_changed(unscored_application, person):
    given = {"application": unscored_application, "by": person("recruiter")}
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChange.objects.create(state="rejected", **given)
    stored = StateChange.objects.create(state="on_hold", reason="waits", **given)

    with pytest.raises(DatabaseError), transaction.atomic():
        StateChange.objects.filter(pk=stored.pk).update(state="active")


# --- whom one is as a candidate --------------------------------------------------
def test_oneself_is_whoever_has_ones_address_an_earlier_one_or_ones_mark(opening, newcomer):
    user = newcomer()
    EarlierAddress.objects.create(user=user, email="before@example.org", by=user)
    marks = [
        {"email": user.email.upper()},
        {"email": "Before@example.org"},
        {"email": "private@example.org", "colleague": user},
    ]
    mine = [Candidate.objects.create(name="Me", **mark) for mark in marks]
    other = Candidate.objects.create(name="Else", email="else@example.org")
    applications = [opening.applications.create(candidate=each) for each in (*mine, other)]

    found = Application.objects.filter(own(user), pk__in=[each.pk for each in applications])

    assert {each.candidate for each in found} == set(mine)


# --- what is owed, as the database keeps it --------------------------------------
def owed_by(application):
    return Application.objects.get(pk=application.pk).owed_by


def test_an_application_owes_by_the_first_of_its_leads(unscored_application, tomorrow):
    first, second = unscored_application.interviews.all()
    later = tomorrow + timedelta(days=1)
    Interview.objects.filter(pk=first.pk).update(starts_at=tomorrow, due_at=later)
    Interview.objects.filter(pk=second.pk).update(starts_at=tomorrow, due_at=tomorrow)

    assert owed_by(unscored_application) == tomorrow
    Panelist.objects.filter(interview=second).update(ended_at=timezone.now())
    assert owed_by(unscored_application) == later
    Panelist.objects.filter(interview=first).update(role="shadow")
    assert owed_by(unscored_application) is None


def test_what_is_owed_is_the_databases_to_say(unscored_application, tomorrow):
    before = owed_by(unscored_application)

    Application.objects.filter(pk=unscored_application.pk).update(owed_by=tomorrow + timedelta(days=99))

    assert owed_by(unscored_application) == before


def test_who_left_a_panel_can_be_put_on_it_again(unscored_application):
    panelist = Panelist.objects.filter(interview__application=unscored_application).first()
    Panelist.objects.filter(pk=panelist.pk).update(ended_at=timezone.now())

    again = Panelist.objects.create(interview=panelist.interview, user=panelist.user)

    assert list(panelist.interview.panelists.on_panel().filter(user=panelist.user)) == [again]


def test_an_interview_is_over_after_the_minutes_of_its_round(tomorrow):
    interview = Interview(round=Round(minutes=45), starts_at=tomorrow)

    assert interview.over_at == tomorrow + timedelta(minutes=45)


def test_an_opening_reminds_as_the_product_does_unless_it_says_otherwise():
    assert ReminderRule().rule == Rule()
    assert ReminderRule(every_hours=5, times=1).rule == replace(Rule(), every_hours=5, times=1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Opening(title="Chief"), "Chief"),
        (Round(name="Talk"), "Talk"),
        (Candidate(name="Noor Haddad"), "Noor Haddad"),
        (Application(candidate=Candidate(name="Noor"), opening=Opening(title="Chief")), "Noor for Chief"),
        (OpeningMember(user_id=3, role="recruiter"), "3 recruiter"),
        (ReminderRule(opening_id=5), "reminders of opening 5"),
        (CandidateImport(pk=1, opening_id=2), "import 1 into 2"),
        (LegalHold(pk=1, candidate_id=2), "hold 1 on 2"),
        (StateChange(application_id=4, state="on_hold"), "application 4: on_hold"),
    ],
)
def test_how_rows_are_called(row, words):
    assert str(row) == words
