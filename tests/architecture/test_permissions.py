"""docs/permissions.md is true: every row is asked of the running product, and nothing is left out.

A cell speaks of two openings, of which one is confidential. The suite asks each cell in one of them, another one for
another cell, so that each page and each person is asked in both; the drill asks each in the other one.
"""

import re
from collections.abc import Callable, Iterator
from zlib import crc32

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from audit.models import Event
from candidates.models import Application, Candidate, Opening, Panelist
from candidates.policies import may_decide, may_run
from candidates.services import plan_interview
from debriefs import meetings
from debriefs.policies import may_record_decision
from packets.batches import request_batch
from packets.life import request_packet
from packets.models import Packet
from packets.policies import may_request_packet
from privacy.erasure import erase_candidate
from privacy.legal_holds import impose_hold, lift_hold
from privacy.subject_access import answer_access
from rubrics.models import RubricVersion
from scorecards import drafts, policies, services
from scorecards.middleware import GuestMiddleware
from scorecards.models import Sighting
from tests.architecture import permission_pages
from tests.architecture.permission_table import Row, borrowed, rows
from tests.architecture.permission_world import BLIND, GUESTS, KINDS, PEOPLE, PLANTED, World, kinds_of
from tests.drill import LONG

ROWS = rows()
APPS = (
    "audit",
    "accounts",
    "notices",
    "rubrics",
    "candidates",
    "scorecards",
    "debriefs",
    "packets",
    "files",
    "privacy",
    "operations",
    "workbench",
    "samples",
    "config",
)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
SHOWN = sorted({(row.name, row.on) for row in ROWS if row.does == "GET"})


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def names(*, ours: bool) -> set[str]:
    every = list(patterns(get_resolver().url_patterns))
    return {str(row.name) for row in every if (row.callback.__module__.split(".")[0] in APPS) == ours}


# --- the table and the product name the same things --------------------------
def test_every_page_of_the_project_has_a_row_and_every_row_a_page():
    assert {row.name for row in ROWS} == names(ours=True)


def test_every_page_of_the_project_says_once_what_its_number_is():
    assert sorted(page.name for page in permission_pages.TABLE) == sorted(names(ours=True))


def test_the_sign_in_pages_are_listed_as_such():
    assert borrowed() == names(ours=False)


def test_every_row_is_there_once_in_its_table_and_names_known_people():
    asked = [(row.name, row.does, row.on, tuple(row.answers)) for row in ROWS]

    assert len(asked) == len(set(asked))
    assert {heading.partition(", ")[0] for row in ROWS for heading in row.answers} == {"anonymous", *PEOPLE, *GUESTS}


def test_every_page_is_asked_by_somebody_off_and_on_the_panel():
    answered: dict[str, set[str]] = {}
    for row in ROWS:
        answered.setdefault(row.name, set()).update(row.answers)

    assert all({"anonymous", "inactive", "stranger"} <= people for people in answered.values())


# --- every cell --------------------------------------------------------------
def questions() -> dict[str, list[Row]]:
    """What the tables ask, each by its words, with the row of every table that asks it."""
    found: dict[str, list[Row]] = {}
    for row in ROWS:
        found.setdefault(str(row), []).append(row)
    return found


def drawn(kinds: tuple[str, ...], words: str) -> tuple[str, ...]:
    """One of them, always the same for the same words; in the drill those that are left."""
    one = kinds[crc32(words.encode()) % len(kinds)]
    return tuple(kind for kind in kinds if (kind == one) is not LONG)


def drawn_or_left(kinds: tuple[str, ...], words: str) -> tuple[str, ...]:
    """For every second choice of words one of them, for the others none; in the drill those that are left."""
    places = (*kinds, *[""] * len(kinds))
    return tuple(kind for kind in drawn(places, words) if kind)


def stated(answer: str, kinds: tuple[str, ...]) -> dict[str, str]:
    """What a cell says of each kind of opening that it speaks of: one answer for all, or one for each."""
    answers = answer.split(" / ")
    return dict(zip(kinds, answers if len(answers) > 1 else answers * len(kinds), strict=True))


@pytest.mark.parametrize("asking", questions().values(), ids=questions())
def test_the_answer_is_as_documented_and_to_an_external_interviewer_as_to_nobody(world: World, asking: list[Row]):
    """External interviewers are somebody on the pages of their one scorecard alone."""
    first, headings = asking[0], {heading for row in asking for heading in row.answers}
    guests = set() if first.name in GuestMiddleware.OPEN else {"anonymous", *GUESTS}

    asked = {heading: kinds_of(first.name, heading) for heading in sorted(headings | guests)}
    asked |= {who: drawn(kinds, f"{first} {who}") for who, kinds in asked.items() if who not in guests}

    answers = world.answers(first.name, first.does, first.on, asked)

    for row in asking:
        says = {heading: stated(answer, kinds_of(row.name, heading)) for heading, answer in row.answers.items()}
        said = {heading: {kind: cell[kind] for kind in asked[heading]} for heading, cell in says.items()}
        assert {heading: answers[heading] for heading in row.answers} == said
    nobody = answers.get("anonymous", {})
    others = {
        who: [kind for kind, answer in answers[who].items() if not _as_to(nobody, kind, answer)] for who in guests
    }
    assert {who: kinds for who, kinds in others.items() if kinds} == {}


def _as_to(nobody: dict[str, str], kind: str, answer: str) -> bool:
    """Whether somebody without an account is answered so too; what nobody has an address of may lead to signing in."""
    theirs = nobody.get(kind, "–")
    return answer == theirs or (theirs, answer) == ("–", "sign in")


def test_an_external_interviewer_sees_no_debrief_whatever_they_submitted(world: World):
    user, application = world.users["guest submitted"], world.applications["open"]

    assert not policies.may_see_debrief(user, application)
    assert not policies.debriefs(user).exists()


# --- the twins agree: query set, page, predicate -----------------------------
ACTIVE = [name for name in PEOPLE if name != "inactive"]
TWINS = [(person, kind) for person in ACTIVE for kind in drawn(KINDS, person)]


def hidden(world: World, name: str, person: str, on: str = "", kind: str = "open") -> bool:
    return world.ask(name, "GET", person, on, kind)[0] == "404"


@pytest.mark.parametrize(("person", "kind"), TWINS)
def test_what_is_visible_is_what_its_page_does_not_hide(world: World, person, kind):
    user, application = world.users[person], world.applications[kind]
    visible = {
        "opening": Opening.objects.visible_to(user).filter(pk=world.openings[kind].pk),
        "application": Application.objects.run_by(user).filter(pk=application.pk),
        "debrief": Application.objects.visible_to(user).filter(pk=application.pk),
    }
    packets = Packet.objects.visible_to(user).filter(application=application)

    assert {name: not rows.exists() for name, rows in visible.items()} == {
        name: hidden(world, name, person, kind=kind) for name in visible
    }
    assert {packet.state for packet in packets} == {
        state for state in ("queued", "ready", "failed") if not hidden(world, "packet", person, state, kind)
    }
    assert Candidate.objects.visible_to(user).filter(pk=application.candidate_id).exists() == any(
        not hidden(world, "debrief", person, kind=each) for each in KINDS
    )


@pytest.mark.parametrize(("person", "kind"), TWINS)
def test_panelist_and_versions_are_visible_where_their_pages_are(world: World, person, kind):
    user, client = world.users[person], world.clients[person]
    versions = RubricVersion.objects.all()
    panelists = Panelist.objects.filter(interview__application=world.applications[kind])

    shown = {
        panelist.pk
        for panelist in panelists
        if client.get(reverse("kit_blueprint", args=[panelist.pk])).status_code != 404
    }
    read = {row.pk for row in versions if client.get(reverse("rubric_version", args=[row.pk])).status_code != 404}

    assert len(panelists) > len(BLIND)
    assert shown == set(Panelist.objects.visible_to(user).filter(pk__in=panelists).values_list("pk", flat=True))
    assert read == set(RubricVersion.objects.visible_to(user).values_list("pk", flat=True))


@pytest.mark.parametrize(("person", "kind"), TWINS)
def test_what_a_policy_allows_is_what_its_page_does(world: World, person, kind):
    user, opening, application = world.users[person], world.openings[kind], world.applications[kind]
    allowed = {
        ("member_new", "GET", ""): may_run(user, opening),
        ("round_edit", "GET", ""): may_run(user, opening),
        ("candidate_new", "POST", ""): may_run(user, opening),
        ("debrief", "GET", ""): policies.may_see_debrief(user, application),
        ("decide", "POST", ""): may_record_decision(user, application),
        ("packet_request", "POST", ""): may_request_packet(user, application),
        ("packet_download", "GET", "ready"): may_request_packet(user, application),
        ("packet_retry", "POST", "failed"): may_request_packet(user, application),
        ("override", "POST", ""): policies.may_override(user, application),
        ("rubric_publish", "POST", "draft"): user.manages_rubrics,
    }

    found = {asked: world.ask(*asked[:2], person, asked[2], kind)[0] in {"200", "302"} for asked in allowed}

    assert found == allowed


def test_an_inactive_person_is_allowed_nothing(world: World):
    user = world.users["inactive"]
    for kind in KINDS:
        opening, application = world.openings[kind], world.applications[kind]
        assert not may_run(user, opening)
        assert not may_decide(user, opening)
        assert not policies.may_see_debrief(user, application)
        assert not policies.may_override(user, application)
        assert not may_request_packet(user, application)
    for model in (Opening, Application, Candidate, Panelist, Packet, RubricVersion, Event):
        assert not model.objects.visible_to(user).exists()


# --- submit before you see ---------------------------------------------------
def everything(world: World, person: str) -> dict[str, bytes]:
    """The bodies of the pages of the table as this person gets them.

    Of two pages the suite asks one, in one of the openings; the drill asks all that the suite leaves out. Each page is
    asked by half of the people, and each of them asks half of the pages.
    """
    bodies = {}
    for kind in KINDS:
        pages = [(name, on) for name, on in SHOWN if kind in drawn_or_left(kinds_of(name), f"{name} {on} {person}")]
        bodies |= world.read(pages, person, kind)
        bodies[f"refused decision {kind}"] = (
            world.clients[person].post(reverse("decide", args=[world.applications[kind].pk])).content
        )
    return bodies


@pytest.mark.parametrize("person", [*BLIND, "candidate", "declined", *GUESTS])
def test_others_words_reach_nobody_who_is_blind(world: World, person):
    for kind in KINDS:
        meetings.record_decision(
            world.applications[kind], by=world.users["hiring manager"], outcome="no_hire", rationale=PLANTED
        )

    leaks = [page for page, body in everything(world, person).items() if PLANTED.encode() in body]

    assert leaks == []


@pytest.mark.parametrize("person", ["manager owing", "recruiter owing", "administrator owing"])
def test_the_state_of_others_scorecards_is_hidden_from_the_blind(world: World, person):
    page = world.ask("application", "GET", person)[1].decode()
    home = world.ask("home", "GET", person)[1].decode()

    for words in ("Submitted", "Declined", "Draft"):
        assert words not in page
    assert reverse("debrief", args=[world.applications["open"].pk]) not in page + home
    assert "/packets/" not in page + home
    assert home.count("Late") == len(["heading", "own scorecard", "own scorecard of the other opening"])


def test_the_planted_words_do_reach_those_who_may_read(world: World):
    for person in ("submitted", "shadow submitted", "let in", "hiring manager", "manager declined", "administrator"):
        assert PLANTED.encode() in world.ask("debrief", "GET", person)[1]


def test_a_shadows_words_reach_nobody(world: World):
    for person in ("submitted", "hiring manager", "administrator", "manager let in"):
        assert b"words of shadow submitted" not in world.ask("debrief", "GET", person)[1]


@pytest.mark.parametrize("person", ["administrator owing", "candidate"])
def test_the_trail_tells_the_blind_and_the_candidate_only_of_their_own_acts(world: World, person):
    user = world.users[person]
    told = Event.objects.visible_to(user).filter(subject_type__in=["scorecard", "application", "packet"])

    assert not told.exclude(actor_id=user.pk).exists()
    assert Event.objects.visible_to(user).filter(subject_type="opening").exists()
    assert b"submitted a scorecard</td>" in world.ask("audit_trail", "GET", "administrator declined")[1]
    assert b"submitted a scorecard</td>" not in world.ask("audit_trail", "GET", person)[1]


def test_the_trail_opens_with_the_own_submission(world: World):
    user = world.users["administrator owing"]
    for kind in KINDS:
        panelist = world.panelists[kind, "administrator owing"][0]
        card = drafts.save_draft(drafts.open_scorecard(panelist), world.filled(panelist), edit=0, by=user)
        services.submit_scorecard(card, by=user)

    assert list(Event.objects.visible_to(user)) == list(Event.objects.all())


def test_put_on_again_after_declining_is_blind_again_and_says_what_was_seen(world: World):
    user, application = world.users["manager declined"], world.applications["open"]
    assert world.clients["manager declined"].get(reverse("debrief", args=[application.pk])).status_code == 200
    panelist = plan_interview(
        application,
        round=world.rounds["open"][1],
        starts_at=world.panelists["open", "owing"][0].interview.starts_at,
        due_at=world.panelists["open", "owing"][0].interview.due_at,
        leads=[user],
        shadows=[],
        by=world.users["recruiter"],
    ).panelists.get()

    assert not policies.may_see_debrief(user, application)
    assert world.ask("debrief", "GET", "manager declined")[0] == "403"

    card = drafts.save_draft(drafts.open_scorecard(panelist), world.filled(panelist), edit=0, by=user)
    card = services.submit_scorecard(card, by=user)

    assert card.saw_others_first is True
    assert policies.may_see_debrief(user, application)


# --- what was seen is kept ---------------------------------------------------
@pytest.mark.parametrize(
    ("method", "name", "on"), [("get", "debrief", ""), ("post", "decide", ""), ("get", "packet_download", "ready")]
)
def test_every_way_to_see_a_judgement_is_kept(world: World, method, name, on):
    user = world.users["hiring manager"]
    url = world.address(name, "hiring manager", on)

    getattr(world.clients["hiring manager"], method)(url, {}).getvalue()

    seen = Sighting.objects.filter(user=user)
    assert seen.filter(scorecard__panelist__user=world.author).exists()
    assert not seen.filter(scorecard__panelist__role=Panelist.Role.SHADOW).exists()


# --- the services refuse by themselves ---------------------------------------
def test_services_refuse_another_persons_scorecard(world: World):
    card = drafts.open_scorecard(world.panelists["open", "owing"][0])
    intruder = world.users["submitted"]

    with pytest.raises(PermissionDenied):
        drafts.save_draft(card, {"summary": "x"}, edit=0, by=intruder)
    with pytest.raises(PermissionDenied):
        services.submit_scorecard(card, by=intruder)
    with pytest.raises(PermissionDenied):
        services.decline_scorecard(card, reason="x", by=intruder)


# What changes or shows a judgement, or a person's data, asks for the right itself, whoever calls it.
SERVICES: dict[tuple[str, str], Callable[[World, Application, User], object]] = {
    ("debrief_open", ""): lambda world, whose, by: meetings.open_debrief(whose, by=by),
    ("debrief_note", "open debrief"): lambda world, whose, by: meetings.add_note(
        whose, text="x", kind="note", dimension=None, by=by
    ),
    ("debrief_attendance", "open debrief"): lambda world, whose, by: meetings.note_attendance(
        whose, users=[], names=["Somebody"], by=by
    ),
    ("decide", ""): lambda world, whose, by: meetings.record_decision(whose, outcome="hold", rationale="x", by=by),
    ("debrief_reopen", "decided"): lambda world, whose, by: meetings.reopen_debrief(whose, reason="x", by=by),
    ("override", ""): lambda world, whose, by: services.grant_override(whose, world.users["owing"], reason="x", by=by),
    ("packet_request", ""): lambda world, whose, by: request_packet(whose.pk, profile="full", by=by),
    ("batch_new", ""): lambda world, whose, by: request_batch(
        whose.opening, applications=[whose.pk], profile="full", by=by
    ),
    ("candidate_erase", ""): lambda world, whose, by: erase_candidate(whose.candidate, reason="asked", by=by),
    ("subject_access", ""): lambda world, whose, by: answer_access(whose.candidate, by=by),
    ("hold_impose", ""): lambda world, whose, by: impose_hold(whose.candidate, reason="x", by=by),
    ("hold_lift", ""): lambda world, whose, by: lift_hold(whose.candidate, by=by),
    ("word_list", ""): lambda world, whose, by: services.save_words("en", words="x", by=by),
}


def refused(world: World, service: Callable[[World, Application, User], object], person: str, on: str) -> bool:
    with transaction.atomic():
        world.bring_about(on, "open")
        try:
            service(world, Application.objects.get(pk=world.applications["open"].pk), world.users[person])
        except PermissionDenied:
            return True
        except ValidationError:
            return False
        finally:
            transaction.set_rollback(True)
    return False


@pytest.mark.parametrize(("name", "on"), SERVICES)
def test_a_service_refuses_whom_its_page_refuses(world: World, name, on):
    answers: dict[str, str] = {}
    for row in ROWS:
        if (row.name, row.does, row.on) == (name, "POST", on):
            answers |= {heading.removesuffix(", open"): answer for heading, answer in row.answers.items()}
    asked = {person: answer.split(" / ")[0] for person, answer in answers.items() if person in PEOPLE}

    found = {person: refused(world, SERVICES[name, on], person, on) for person in asked}

    assert len(asked) >= 6
    assert found == {person: answer in {"403", "404", "sign in"} for person, answer in asked.items()}


@pytest.mark.parametrize("person", ["candidate", "recruiter owing", "opening's recruiter", "administrator"])
def test_only_a_company_recruiter_off_the_panel_grants_an_override(world: World, person):
    with pytest.raises(PermissionDenied):
        services.grant_override(
            world.applications["open"], world.users["owing"], reason="because", by=world.users[person]
        )


# --- forged numbers ----------------------------------------------------------
def test_a_number_of_a_confidential_opening_reads_like_one_that_does_not_exist(world: World):
    client = world.clients["recruiter"]
    for name, number in [
        ("opening", world.openings["confidential"].pk),
        ("application", world.applications["confidential"].pk),
        ("debrief", world.applications["confidential"].pk),
        ("round_edit", world.rounds["confidential"][0].pk),
        ("packet", world.packets["confidential", "ready"].pk),
    ]:
        there, nowhere = (client.get(reverse(name, args=[pk])) for pk in (number, 2_000_000_000))
        assert there.status_code == nowhere.status_code == 404
        assert TOKEN.sub(b"", there.content) == TOKEN.sub(b"", nowhere.content)


@pytest.mark.parametrize(
    ("name", "field"),
    [("interview_new", "round"), ("override", "user"), ("opening_new", "rubric_version"), ("round_edit", "dimensions")],
)
def test_forged_numbers_in_forms_are_refused(world: World, name, field):
    forged = {
        "round": world.rounds["confidential"][0].pk,
        "user": world.users["stranger"].pk,
        "rubric_version": world.draft.pk,
        "dimensions": [world.draft.dimensions.first().pk],
    }
    body = world.data(name, "recruiter") | {field: forged[field]}

    response = world.clients["recruiter"].post(world.address(name, "recruiter", ""), body)

    assert response.status_code == 422


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
def test_nobody_leaves_the_address_by_which_they_are_known_as_candidate(world: World, action):
    user, client = world.users["candidate"], world.clients["candidate"]
    client.get(reverse("account_email"))
    for step in ("action_add", action):
        email = user.email if action == "action_remove" and step == action else "other@example.com"
        client.post(reverse("account_email"), {"email": email, step: "1"})

    assert User.objects.get(pk=user.pk).email == user.email
    assert user.emailaddress_set.exclude(email=user.email).count() == 0
    assert not policies.may_see_debrief(User.objects.get(pk=user.pk), world.applications["open"])


def test_the_list_of_openings_does_not_count_the_readers_own_application(world: World):
    page = world.ask("opening_list", "GET", "candidate")[1].decode()

    assert set(re.findall(r'data-column="Candidates"><span>(\d+)<', page)) == {"0"}
