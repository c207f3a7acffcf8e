"""manage.py sample_data: the same seed gives the same content, every state is there, and every rule holds in it."""

import io
import json
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings as conf
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from candidates.models import Application, Candidate, Interview, Opening, Panelist
from debriefs.aggregate import aggregate
from debriefs.gathering import debrief_facts
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from rubrics.models import RubricVersion
from rubrics.rows import remove_row
from rubrics.services import fork_version, publish_version
from samples.management.commands.sample_data import Progress
from scorecards.models import Amendment, LookForMark, Override, Rating, Scorecard, Sighting, SignalMark
from tests.queries import refused

CARD = "panelist__interview"
CONTENT = {
    User: ["email", "name", "is_recruiter", "is_hiring_manager", "date_joined"],
    Candidate: ["email", "name", "created_at"],
    Opening: ["slug", "title", "confidential", "created_at", "rubric_version__rubric__title"],
    Application: ["candidate__email", "opening__slug", "created_at"],
    Interview: ["application__candidate__email", "round__name", "starts_at", "due_at"],
    Scorecard: [
        f"{CARD}__application__candidate__email",
        "panelist__user__email",
        "panelist__role",
        "state",
        "recommendation",
        "summary",
        "decline_reason",
        "saved_at",
        "submitted_at",
        "locked_at",
        "saw_others_first",
    ],
    Rating: ["scorecard__panelist__user__email", "dimension__key", "score", "not_assessed_reason", "evidence"],
    SignalMark: ["scorecard__panelist__user__email", "signal__text", "seen", "note"],
    LookForMark: ["scorecard__panelist__user__email", "index", "outcome"],
    Decision: ["application__candidate__email", "outcome", "rationale", "dissent", "dissenter", "decided_at"],
    Sighting: ["user__email", "scorecard__panelist__user__email", "way", "at"],
    Amendment: ["scorecard__panelist__user__email", "reason", "ratings", "at"],
    Meeting: ["application__candidate__email", "opened_by__email", "opened_at"],
    Attendee: ["meeting__application__candidate__email", "user__email", "at"],
    MeetingNote: ["meeting__application__candidate__email", "dimension__key", "kind", "text", "at"],
    ReRating: ["scorecard__panelist__user__email", "dimension__key", "score", "kind", "source", "reason", "at"],
    Reopening: ["decision__application__candidate__email", "reason", "at"],
    Override: ["application__candidate__email", "user__email", "at"],
}


def load(**options):
    out, told = io.StringIO(), io.StringIO()
    call_command("sample_data", stdout=out, stderr=told, **{"candidates": 24, "interviewers": 8, **options})
    return json.loads(out.getvalue()), told.getvalue()


def content():
    """Everything that was stored, without the numbers that the database gives."""
    rows = {model.__name__: list(model.objects.order_by("pk").values_list(*names)) for model, names in CONTENT.items()}
    timed = Event.objects.exclude(kind__startswith="rubric.")  # a rubric is imported now, like any other
    return rows | {"Event": list(timed.order_by("pk").values_list("kind", "at"))}


def content_of_a_fresh_load(**options):
    """In a transaction that is taken back, as if in a database of its own."""
    with transaction.atomic():
        load(**options)
        found = content()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def loaded(db):
    return load()[0]


def test_same_seed_and_numbers_give_the_same_content(db):
    first = content_of_a_fresh_load()

    second = content_of_a_fresh_load()

    assert all(first.values())
    assert first == second


def test_another_seed_gives_other_content(db):
    first, second = content_of_a_fresh_load(), content_of_a_fresh_load(seed=2)

    assert {name for name in first if first[name] == second[name]} == set()


def test_content_does_not_hang_on_the_process():
    """Sets and hashes differ from process to process; the drawing must not."""
    code = (
        "import hashlib; from samples.drawing import Plan, draw; "
        "print(hashlib.sha256(repr(list(draw(Plan(40, 9, 3)))).encode()).hexdigest())"
    )
    run = [sys.executable, "-c", code]

    found = {
        subprocess.run(run, cwd=conf.BASE_DIR, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }

    assert len(found) == 1


def test_second_run_says_so_and_adds_nothing(loaded):
    before = content()

    found, told = load(candidates=99)

    assert "The sample for seed 1 is already there" in told
    assert found == loaded | {"loaded": False}
    assert content() == before


def test_seeds_stand_beside_each_other_and_share_rubrics(loaded):
    found, _ = load(seed=11)

    assert found["candidates"] == loaded["candidates"] == 24
    assert Candidate.objects.count() == 48
    assert RubricVersion.objects.count() == loaded["openings"] == 4


def test_counts_are_those_of_the_database(loaded):
    cards = Counter(Scorecard.objects.values_list("state", flat=True))

    assert loaded == {
        "seed": 1,
        "loaded": True,
        "openings": Opening.objects.count(),
        "candidates": 24,
        "applications": Application.objects.count(),
        "interviewers": 8,
        "interviews": Interview.objects.count(),
        "panelists": Panelist.objects.count(),
        "scorecards": dict(cards),
        "ratings": Rating.objects.count(),
        "meetings": Meeting.objects.count(),
        "decisions": Decision.objects.count(),
    }
    assert Candidate.objects.count() == 24


def test_every_state_is_there(loaded):
    panelists = Panelist.objects.all()
    states = set(panelists.values_list("role", "scorecard__state"))
    submitted = Scorecard.objects.filter(state="submitted")

    assert {("lead", None), ("lead", "draft"), ("lead", "submitted"), ("lead", "declined")} <= states
    assert ("shadow", "submitted") in states
    assert set(submitted.values_list("recommendation", flat=True)) == {"strong_no", "no", "yes", "strong_yes"}
    assert set(Rating.objects.filter(score__isnull=False).values_list("score", flat=True)) == {1, 2, 3, 4, 5}
    assert set(Decision.objects.values_list("outcome", flat=True)) == {"hire", "no_hire", "hold"}
    assert set(SignalMark.objects.values_list("signal__kind", flat=True)) == {"strong", "weak", "red_flag"}
    assert set(LookForMark.objects.values_list("outcome", flat=True)) == {"seen", "missed", "not_reached"}
    assert Rating.objects.filter(not_assessed=True).exclude(not_assessed_reason="").exists()
    assert Decision.objects.exclude(dissent="").exclude(dissenter="").exists()
    assert Decision.objects.filter(reopening__isnull=False, outcome="hold").exists()
    assert set(MeetingNote.objects.values_list("kind", flat=True)) == {"note", "follow_up"}
    assert set(ReRating.objects.values_list("kind", flat=True)) == {"reread", "new_evidence"}
    assert Amendment.objects.exists()
    assert Application.objects.filter(meeting__isnull=False, decisions__isnull=True).exists()
    assert submitted.filter(locked_at__isnull=False, locked_at__lt=F("submitted_at")).exists()
    assert Override.objects.exists()
    assert Application.objects.filter(interviews__isnull=True).exists()
    assert submitted.filter(submitted_at__gt=F(f"{CARD}__due_at")).exists()
    dimensions = [row for one in Application.objects.all() for row in aggregate(debrief_facts(one)).dimensions]
    assert any(row.disagreement for row in dimensions)
    assert any(row.band for row in dimensions)
    assert {0, 1, 2, 3} <= {row.n for row in dimensions}


def test_what_was_submitted_is_whole_and_stays(loaded):
    for card in Scorecard.objects.filter(state="submitted").prefetch_related("ratings"):
        covered = set(card.panelist.interview.round.dimensions.values_list("pk", flat=True))
        assert {rating.dimension_id for rating in card.ratings.all()} == covered
        for rating in card.ratings.all():
            assert (rating.score is None) == rating.not_assessed == bool(rating.not_assessed_reason)
    card = Scorecard.objects.filter(state="submitted").first()

    assert refused("UPDATE scorecards_scorecard SET summary = 'x' WHERE id = %s", card.pk)
    assert refused("UPDATE scorecards_rating SET evidence = 'x' WHERE scorecard_id = %s", card.pk)
    assert refused("DELETE FROM debriefs_decision")


def test_ratings_keep_the_wording_of_their_level(loaded):
    for rating in Rating.objects.filter(score__in=[3, 5]).select_related("dimension"):
        assert rating.anchor_text == rating.dimension.anchors.get(level=rating.score).text
    assert not Rating.objects.filter(score__isnull=False, anchor_text="").exists()


def test_debriefs_go_through_their_steps(loaded):
    for decision in Decision.objects.select_related("application__meeting"):
        assert decision.application.meeting.opened_at < decision.decided_at
        assert decision.application.decisions.current().count() == 1
        if decision.outcome != "hold":
            musts = decision.application.opening.rubric_version.dimensions.filter(must_have=True)
            assert set(decision.rationales) == set(musts.values_list("key", flat=True))
    for amendment in Amendment.objects.select_related("scorecard__panelist__interview"):
        card = amendment.scorecard
        meeting = Meeting.objects.filter(application=card.panelist.interview.application_id).first()
        assert card.submitted_at < amendment.at < (meeting.opened_at if meeting else timezone.now())
    for row in ReRating.objects.select_related("scorecard", "dimension"):
        assert row.scorecard.ratings.get(dimension=row.dimension).score != row.score
    sheets = [aggregate(debrief_facts(one)) for one in Application.objects.all()]
    assert any(sheet.final_composite for sheet in sheets)
    assert any(sheet.amended for sheet in sheets)
    assert {card.state for sheet in sheets for card in sheet.cards} == {"submitted", "declined", "draft", "missing"}


def test_who_owes_a_scorecard_stands_at_each_panelist_and_application(loaded):
    unfinished = Q(scorecard=None) | Q(scorecard__state="draft", scorecard__erased=False)
    owing_panelists = Panelist.objects.filter(unfinished, ended_at=None)
    dues = dict(owing_panelists.values_list("pk", "interview__due_at"))
    firsts = (
        owing_panelists.filter(role="lead").values_list("interview__application").annotate(Min("interview__due_at"))
    )

    assert dict(Panelist.objects.filter(owes_by__isnull=False).values_list("pk", "owes_by")) == dues
    assert dict(Application.objects.filter(owed_by__isnull=False).values_list("pk", "owed_by")) == dict(firsts)


def test_whoever_saw_first_was_let_in_and_had_seen_something(loaded):
    mine = OuterRef(f"{CARD}__application")
    cards = Scorecard.objects.filter(state="submitted").annotate(
        let_in=Exists(Override.objects.filter(application=mine, user=OuterRef("panelist__user"))),
        seen=Exists(
            Sighting.objects.filter(
                user=OuterRef("panelist__user"),
                scorecard__panelist__interview__application=mine,
                at__lt=OuterRef("submitted_at"),
            )
        ),
    )

    assert set(cards.values_list("saw_others_first", "let_in", "seen")) == {(False, False, False), (True, True, True)}
    assert not Sighting.objects.filter(at__lt=F("scorecard__submitted_at")).exists()


def test_panels_hold_the_rules_of_planning(loaded):
    for interview in Interview.objects.prefetch_related("panelists"):
        roles = Counter(panelist.role for panelist in interview.panelists.all())
        assert roles["lead"] >= 1
        assert interview.round.opening_id == interview.application.opening_id


def test_debriefs_open_for_the_manager_and_stay_shut_for_who_owes(loaded):
    for application in Application.objects.select_related("opening"):
        manager = application.opening.members.get(role="hiring_manager").user
        client = Client()
        client.force_login(manager)
        assert client.get(reverse("debrief", args=[application.pk])).status_code == 200
    owed = Panelist.objects.filter(scorecard__state="draft").select_related("user", "interview").first()
    client.force_login(owed.user)

    assert client.get(reverse("debrief", args=[owed.interview.application_id])).status_code == 403
    assert client.get(reverse("scorecard", args=[owed.pk])).status_code == 200


def test_nobody_can_sign_in_as_one_of_them(loaded):
    assert all(not user.has_usable_password() for user in User.objects.all())
    assert {user.email.rpartition("@")[2] for user in User.objects.all()} == {"example.com"}
    assert {row.email.rpartition("@")[2] for row in Candidate.objects.all()} == {"example.org"}


def test_one_candidate_and_one_interviewer_are_enough(db):
    found, _ = load(candidates=1, interviewers=1)

    assert (found["openings"], found["candidates"], found["interviewers"]) == (1, 1, 1)


def test_it_stands_beside_the_demo_and_gives_its_manager_something_to_decide(sample, person, client_of):
    load()

    opening = Opening.objects.get(slug__startswith="sample-1-0-")
    assert opening.members.filter(user=person("manager"), role="hiring_manager").exists()
    assert client_of("manager").get("/").status_code == 200
    assert client_of("recruiter").get(reverse("opening", args=[opening.pk])).status_code == 200


@pytest.mark.parametrize("numbers", [{"candidates": 0}, {"interviewers": 0}, {"seed": -1}, {"candidates": "many"}])
def test_numbers_that_make_no_sense_are_refused(db, numbers):
    arguments = [f"--{name}={value}" for name, value in ({"candidates": 5} | numbers).items()]

    with pytest.raises(CommandError, match="give a whole number"):
        call_command("sample_data", *arguments)

    assert not User.objects.exists()


def test_a_rubric_that_was_changed_meanwhile_takes_no_more_samples(loaded, sample, person):
    by = person("recruiter")
    draft = fork_version(RubricVersion.objects.get(rubric__title="Data Analyst"), by=by)
    remove_row(draft, "dimension", draft.dimensions.first().pk, by=by)
    draft.dimensions.update(weight=None, weight_reason="")

    assert load(seed=2)[0]["loaded"]

    publish_version(draft, by=by)
    with pytest.raises(CommandError, match="“Data Analyst” was changed here"):
        load(seed=3)
    assert not Candidate.objects.filter(email__contains=".3-").exists()


def test_days_move_with_as_of(db):
    at = "2027-01-04"
    call_command("sample_data", "--candidates=24", f"--as-of={at}", stdout=io.StringIO())

    assert Interview.objects.filter(starts_at__date__gt=at).exists()
    assert not Scorecard.objects.filter(saved_at__date__gt=at).exists()


@pytest.fixture
def production(settings):
    settings.TESTING = settings.DEBUG = settings.DEMO = False


def signed_in(email):
    User.objects.create_user(email, last_login=timezone.now())


def test_a_fresh_database_in_production_takes_it(db, production):
    signed_in("admin@example.com")
    User.objects.create_user("never@company.org")  # came in with historic scorecards, say

    assert load()[0]["loaded"]


def test_a_database_that_real_people_work_with_refuses_it(db, production):
    signed_in("somebody@company.org")

    with pytest.raises(CommandError, match="Real people use this database"):
        load()

    assert not Opening.objects.exists()
    assert load(force=True)[0]["loaded"]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_only():
    screen, pipe = Screen(), io.StringIO()
    for stream in (screen, pipe):
        bar = Progress(4, stream)
        bar.advance(3)
        bar.advance(1)
        bar.end()

    assert "] 3 of 4 candidates" in screen.getvalue()
    assert screen.getvalue().endswith("] 4 of 4 candidates\n")
    assert pipe.getvalue() == ""
