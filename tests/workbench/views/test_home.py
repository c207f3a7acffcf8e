"""Home: one's own interviews, and for those who run openings who is late, what is ready and what is under way."""

from datetime import timedelta

import pytest
from django.test.utils import ContextList
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Candidate, Interview, Opening, Panelist
from candidates.states import set_state
from debriefs import meetings
from tests.pages import html_of
from tests.queries import queries_of
from workbench.waiting import COUNTED, PAGES

LISTS = {"late", "ready", "underway", "packets"}


@pytest.fixture
def home(client_of):
    """What the home page of somebody holds, by the name of its lists."""

    def look(name: str) -> ContextList:
        return client_of(name).get(reverse("home")).context

    return look


def due(hours: int, **interviews: object) -> None:
    """Let these interviews' scorecards be due in so many hours."""
    at = timezone.now() + timedelta(hours=hours)
    Interview.objects.filter(**interviews).update(starts_at=at - timedelta(days=1), due_at=at)


def names(rows) -> list[str]:
    """The candidates on a list."""
    return [row.candidate for row in rows]


# --- one's own ---------------------------------------------------------------
def parts(found) -> dict[str, list[Panelist]]:
    """The panelists of each part of the agenda."""
    return {part.key: [entry.panelist for entry in part.entries] for part in found["agenda"]}


def test_ones_own_interviews_stand_in_the_order_of_their_need(home, person, sample):
    now, own = timezone.now(), Panelist.objects.filter(user=person("interviewer2"), scorecard__isnull=True)
    first, second = (panelist.interview_id for panelist in own)
    Interview.objects.filter(pk=first).update(starts_at=now - timedelta(days=1), due_at=now + timedelta(hours=1))
    Interview.objects.filter(pk=second).update(starts_at=now + timedelta(days=2), due_at=now + timedelta(days=3))

    found = parts(home("interviewer2"))

    assert list(found) == ["week", "score", "done"]
    assert [panelist.interview_id for panelist in found["score"] + found["week"]] == [first, second]
    assert {panelist.user_id for panelists in found.values() for panelist in panelists} == {person("interviewer2").pk}


def test_one_that_goes_on_is_todays_until_its_end(home, person, sample):
    panelist = Panelist.objects.get(user=person("interviewer"), scorecard__isnull=True)
    length, now = timedelta(minutes=panelist.interview.round.minutes), timezone.now()
    held = Interview.objects.filter(pk=panelist.interview_id)
    held.update(starts_at=now - length + timedelta(minutes=1), due_at=now + timedelta(hours=1))
    going_on = parts(home("interviewer"))
    held.update(starts_at=now - length - timedelta(minutes=1))

    assert going_on["today"] == [panelist]
    assert parts(home("interviewer"))["score"] == [panelist]


def test_what_is_due_first_stands_first(home, sample, person):
    own = Panelist.objects.filter(user=person("interviewer2")).select_related("interview")
    owed = list(own.filter(scorecard__isnull=True))
    due(1, pk=owed[1].interview_id)
    due(9, pk=owed[0].interview_id)

    assert parts(home("interviewer2"))["score"] == [owed[1], owed[0]]


def test_a_late_one_says_so_and_a_finished_one_never_does(home, sample):
    due(-1)

    late = {entry.state.state: entry.state.late for part in home("interviewer")["agenda"] for entry in part.entries}

    assert late == {"missing": True, "submitted": False}


def test_a_place_is_shown_and_a_link_leads_to_the_call(client_of, person, sample):
    panelist = Panelist.objects.get(user=person("interviewer"), scorecard__isnull=True)
    held, now = Interview.objects.filter(pk=panelist.interview_id), timezone.now()
    held.update(starts_at=now + timedelta(days=1), due_at=now + timedelta(days=2), place="Room <4>")
    room = client_of("interviewer").get(reverse("home")).content.decode()
    held.update(place="https://meet.example.com/a?b=1&c=2")
    call = client_of("interviewer").get(reverse("home")).content.decode()
    held.update(place="javascript:alert(1)")
    trap = client_of("interviewer").get(reverse("home")).content.decode()

    assert "Room &lt;4&gt;" in room
    assert 'href="https://meet.example.com/a?b=1&amp;c=2"' in call
    assert 'href="javascript' not in trap


def test_all_of_ones_own_interviews_are_on_a_page(client_of, person, sample):
    done = client_of("interviewer").get(reverse("my_interviews"), {"show": "done"}).context["interviews"]
    all_of_them = client_of("interviewer").get(reverse("my_interviews")).context["interviews"]

    assert (done.total, all_of_them.total) == (2, Panelist.objects.filter(user=person("interviewer")).count())


def test_an_anonymous_candidate_has_no_name_among_ones_own(home, unscored_application, client_of):
    type(unscored_application.opening).objects.filter(pk=unscored_application.opening_id).update(anonymous=True)

    body = client_of("interviewer").get(reverse("home")).content.decode()

    assert unscored_application.candidate.name not in body
    assert unscored_application.code_name in body


# --- those who run openings --------------------------------------------------
@pytest.mark.parametrize(
    ("name", "runs"), [("interviewer", False), ("recruiter", True), ("manager", True), ("admin", True)]
)
def test_lists_of_openings_are_for_those_who_run_some(home, sample, name, runs):
    found = home(name)

    assert found["runs"] is runs
    assert {shown for shown in LISTS if shown in found} == (LISTS if runs else set())


def test_late_are_those_whose_time_is_over_and_who_still_owe(home, scored_application, unscored_application):
    due(-2, application=scored_application)
    due(-5, application=unscored_application, round=unscored_application.opening.rounds.first())

    late = home("recruiter")["late"].rows

    assert [row.application_id for row in late] == [unscored_application.pk, scored_application.pk]
    owing = Panelist.objects.filter(interview__in=Interview.objects.filter(due_at__lt=timezone.now()), scorecard=None)
    assert {row.called for row in late} == {panelist.user.display_name for panelist in owing.select_related("user")}


def test_what_is_on_hold_is_not_ready_for_a_debrief(home, scored_application, person):
    ready = Application.objects.get(candidate__name="Sunniva Berg")
    set_state(ready, state="on_hold", by=person("recruiter"))
    on_hold = names(home("recruiter")["ready"].rows)
    set_state(ready, state="active", by=person("recruiter"))

    assert (on_hold, names(home("recruiter")["ready"].rows)) == ([], ["Sunniva Berg"])


def test_ready_is_what_every_lead_has_submitted_and_nobody_decided(home, scored_application, person):
    assert names(home("recruiter")["ready"].rows) == ["Sunniva Berg"]

    ready = Application.objects.get(candidate__name="Sunniva Berg")
    meetings.record_decision(ready, outcome="hold", rationale="Not yet.", by=person("manager"))

    assert names(home("recruiter")["ready"].rows) == []


def test_a_reopened_debrief_is_under_way_until_it_is_decided_anew(home, scored_application, person, client_of):
    reopened, manager = Application.objects.get(candidate__name="Sunniva Berg"), person("manager")
    meetings.record_decision(reopened, outcome="no_hire", rationale="Not now.", by=manager)
    meetings.reopen_debrief(reopened, reason="A reference came in.", by=manager)

    found, body = home("recruiter"), client_of("recruiter").get(reverse("home")).content.decode()
    meetings.record_decision(reopened, outcome="hire", rationale="The reference.", by=manager)
    decided = home("recruiter")

    assert "Sunniva Berg" in names(found["underway"].rows)
    assert "Sunniva Berg" not in names(found["ready"].rows)
    assert "debrief reopened" in body
    assert reverse("debrief", args=[reopened.pk]) in body
    assert "Sunniva Berg" not in names(decided["underway"].rows) + names(decided["ready"].rows)


def test_a_shadow_who_owes_holds_nothing_up(home, scored_application, two_panelists):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role=Panelist.Role.SHADOW)

    assert set(names(home("recruiter")["ready"].rows)) == {"Sunniva Berg", "Elias Okafor"}


def test_underway_counts_what_is_in_and_names_the_next_one_due(home, scored_application, unscored_application):
    due(3, application=unscored_application)
    due(5, application=scored_application)

    underway = home("recruiter")["underway"].rows

    assert names(underway) == ["Noor Haddad", "Elias Okafor"]
    assert [(row.done, row.expected) for row in underway] == [(0, 2), (1, 2)]
    assert underway[1].owed_by == Interview.objects.filter(application=scored_application).last().due_at


def test_whoever_owes_a_scorecard_is_told_nothing_of_the_others(home, scored_application, two_panelists, person):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("manager"))
    due(-2, application=scored_application)

    found = home("manager")

    shown = [row.pk for row in [*found["ready"].rows, *found["underway"].rows]]
    late = [row.application_id for row in found["late"].rows]
    assert scored_application.pk not in [*shown, *late]


def test_what_was_closed_is_on_no_list(home, scored_application, unscored_application, person):
    due(-2, application=scored_application)
    due(-2, application=unscored_application)

    for application in (scored_application, unscored_application):
        set_state(application, state="withdrawn", by=person("recruiter"))

    found = home("recruiter")
    assert [found["late"].rows, found["underway"].rows] == [[], []]
    assert names(found["ready"].rows) == ["Sunniva Berg"]
    assert set(parts(home("interviewer2"))) == {"done"}


def late_crowd(count: int, opening: Opening, owing: User) -> list[Application]:
    """So many applications, for each of which this person owes a scorecard that is late."""
    now, round_ = timezone.now(), opening.rounds.first()
    people = [Candidate(name=f"Crowd {number:03}", email=f"c{number}@example.net") for number in range(count)]
    Candidate.objects.bulk_create(people)
    crowd = Application.objects.bulk_create([Application(candidate=each, opening=opening) for each in people])
    held = [
        Interview(application=each, round=round_, starts_at=now - timedelta(days=9), due_at=now - timedelta(days=8))
        for each in crowd
    ]
    panelists = [Panelist(interview=each, user=owing) for each in Interview.objects.bulk_create(held)]
    Panelist.objects.bulk_create(panelists)
    return crowd


def test_what_is_cut_says_so_and_leads_to_all(client_of, opening, person, sample):
    crowd = late_crowd(60, opening, person("interviewer2"))
    client, url = client_of("recruiter"), f"{reverse('chase')}?due=late"

    body = html_of(client.get(reverse("home")))
    first = client.get(url).context["page"]
    second = client.get(f"{reverse('chase')}?{first.next}").context["page"]

    assert "10 of 60 late scorecards" in body
    assert reverse("chase") in body
    assert [first.span, second.span] == ["1–50 of 60 scorecards", "51–60 of 60 scorecards"]
    assert {row.interview.application_id for row in [*first, *second]} == {each.pk for each in crowd}


def test_more_than_the_home_page_counts_are_said_to_be_more(client_of, opening, person, sample):
    late_crowd(COUNTED + 1, opening, person("interviewer2"))

    body = html_of(client_of("recruiter").get(reverse("home")))

    assert f"10 of more than {COUNTED} late scorecards" in body
    assert f"10 of more than {COUNTED} applications" in body


@pytest.mark.parametrize("kind", ["ready", "underway", "packets"])
def test_a_list_in_full_has_what_the_home_page_has(client_of, scored_application, unscored_application, kind):
    due(-2, application=scored_application)
    client = client_of("recruiter")

    shown = client.get(reverse("home")).context[kind].rows
    rows = list(client.get(reverse("waiting", args=[kind])).context["rows"])

    assert sorted(row.pk for row in rows) == sorted(row.pk for row in shown)


@pytest.mark.parametrize("kind", PAGES)
def test_a_list_in_full_is_sorted_by_each_of_its_heads(client_of, scored_application, unscored_application, kind):
    due(-2, application=scored_application)
    client, url = client_of("recruiter"), reverse("waiting", args=[kind])
    page = client.get(url).context["rows"]

    for head in filter(None, (head.query for head in page.heads)):
        sorted_by_it = client.get(f"{url}?{head}")

        assert sorted_by_it.status_code == 200
        assert {row.pk for row in sorted_by_it.context["rows"]} == {row.pk for row in page}


# --- cost --------------------------------------------------------------------
@pytest.mark.parametrize(("name", "most"), [("interviewer", 7), ("recruiter", 12)])
def test_home_takes_few_queries(client_of, sample, name, most):
    assert queries_of(client_of(name), reverse("home")) <= most
