"""A calendar feed: one's own interviews, how little of the candidate, and unchanged where nothing changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from candidates import services
from candidates.models import Interview, Opening
from notices import feeds
from notices.models import NoticePreferences
from privacy.erasure import erase_candidate
from scorecards import panels
from scorecards.drafts import open_scorecard
from scorecards.services import decline_scorecard


@pytest.fixture
def planned(unscored_application, person, tomorrow) -> Interview:
    """The only interview to come of the first interviewer."""
    Interview.objects.update(starts_at=tomorrow - timedelta(days=400))
    return services.plan_interview(
        unscored_application,
        round=unscored_application.opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(hours=24),
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
        place="Room 3",
    )


@pytest.fixture
def read(client, person, planned):
    """The answer at a new address of the first interviewer."""

    def ask(*, with_names: bool = False, **headers: str):
        key = feeds.make_feed(by=person("interviewer"), with_names=with_names)
        return client.get(reverse("calendar_feed"), {"key": key}, headers=headers)

    return ask


def events(response) -> list[dict[str, object]]:
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_it_has_ones_own_interviews_and_no_name(read, planned):
    response = read()

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    [event] = events(response)
    assert str(event["SUMMARY"]) == planned.round.name
    assert event.start == planned.starts_at.replace(microsecond=0)
    assert str(event["LOCATION"]) == "Room 3"
    assert planned.application.candidate.name not in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "titled"),
    [({}, "{round} with {name}"), ({"anonymous": True}, "{round} with {alias}"), ({"confidential": True}, "{round}")],
)
def test_names_are_told_where_they_are_asked_for_and_the_opening_allows_it(read, planned, kind, titled):
    Opening.objects.filter(pk=planned.application.opening_id).update(**kind)
    planned.application.refresh_from_db()
    application = planned.application

    [event] = events(read(with_names=True))

    names = {"round": planned.round.name, "name": application.candidate.name, "alias": application.alias}
    assert str(event["SUMMARY"]) == titled.format(**names)


def test_what_has_not_changed_is_not_sent_again(client, person, planned):
    url = f"{reverse('calendar_feed')}?key={feeds.make_feed(by=person('interviewer'))}"
    etag = client.get(url)["ETag"]

    same = client.get(url, headers={"if-none-match": etag})
    Interview.objects.filter(pk=planned.pk).update(place="Room 4")
    other = client.get(url, headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert other["ETag"] != etag


def test_another_zone_is_another_feed(client, person, planned):
    url = f"{reverse('calendar_feed')}?key={feeds.make_feed(by=person('interviewer'))}"
    first = client.get(url)

    NoticePreferences.objects.create(user=person("interviewer"), time_zone="Asia/Tokyo")
    second = client.get(url, headers={"if-none-match": first["ETag"]})

    assert events(second)[0].start == events(first)[0].start
    assert "TZID:Asia/Tokyo" in second.content.decode()


@pytest.mark.parametrize("way", ["cancelled", "erased", "closed", "another's"])
def test_what_does_not_concern_one_any_more_is_gone(read, planned, person, way):
    if way == "cancelled":
        panels.cancel_interview(planned, by=person("recruiter"))
    elif way == "erased":
        erase_candidate(planned.application.candidate, by=person("recruiter"), reason="asked")
    elif way == "closed":
        type(planned.application).objects.filter(pk=planned.application_id).update(state="withdrawn")
    else:
        planned.panelists.update(user=person("interviewer2"))

    assert events(read()) == []


def test_an_unknown_address_says_no_more_than_an_ended_one(client, person):
    key = feeds.make_feed(by=person("interviewer"))
    feeds.end_feed(by=person("interviewer"))

    ended, unknown = (client.get(reverse("calendar_feed"), {"key": sent}) for sent in (key, "nonsense"))

    assert (ended.status_code, ended.content) == (unknown.status_code, unknown.content)
    assert ended.status_code == 404


def test_whoever_asks_too_often_is_refused(client, sample, settings):
    settings.LINK_RATE_LIMITS = {"calendar": "2/m/ip"}

    answers = [client.get(reverse("calendar_feed"), {"key": "nonsense"}).status_code for _ in range(3)]

    assert answers == [404, 404, 429]


def test_the_log_has_no_key(client, person, planned, capfd):
    key = feeds.make_feed(by=person("interviewer"))

    client.get(reverse("calendar_feed"), {"key": key})

    assert key not in "".join(capfd.readouterr())


def test_what_was_declined_is_left_out_while_it_is_to_come(read, planned):
    panelist = planned.panelists.get()
    decline_scorecard(open_scorecard(panelist), reason="I know them", by=panelist.user)

    assert events(read()) == []

    Interview.objects.filter(pk=planned.pk).update(starts_at=planned.starts_at - timedelta(days=2))
    assert len(events(read())) == 1
