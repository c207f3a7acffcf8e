"""What became of an application: in words, and nothing of others' judgement to whoever is blind."""

import pytest

from audit.models import Event
from candidates.models import Panelist
from debriefs import meetings
from scorecards import drafts
from scorecards.panels import cancel_interview, remove_panelist
from scorecards.releasing import release_panelists
from scorecards.services import decline_scorecard
from workbench.timeline import JUDGED, OPEN, entries, timeline


@pytest.fixture
def read(person, unscored_application):
    """What somebody reads of the application, the newest first."""

    def kinds(reader: str, *, blind: bool) -> list[str]:
        events = timeline(unscored_application, person(reader), blind=blind).order_by("-at", "-pk")
        return [event.kind for event in events]

    return kinds


def test_each_act_is_told_with_its_author_and_its_round(unscored_application, hand_in, person):
    panelist = Panelist.objects.filter(interview__application=unscored_application).first()
    hand_in(panelist)

    events = timeline(unscored_application, person("recruiter"), blind=False).order_by("-at", "-pk")
    newest = entries(events)[0]

    assert (newest.who, newest.what) == (panelist.user.display_name, "submitted a scorecard")
    assert newest.round == panelist.interview.round.name


def test_whoever_has_no_name_is_told_by_their_address_and_nobody_as_nobody(unscored_application, person):
    planned, *_ = timeline(unscored_application, person("recruiter"), blind=False).order_by("pk")
    assert planned.who == person("recruiter").display_name

    type(person("recruiter")).objects.update(name="")
    Event.objects.create(kind="application.state_set", subject_type="application", subject_id=unscored_application.pk)

    newest, *_, oldest = entries(timeline(unscored_application, person("recruiter"), blind=False).order_by("-pk"))
    assert (newest.who, oldest.who) == ("", "recruiter@example.com")


def test_a_blind_reader_is_told_the_same_whatever_others_hand_in(read, unscored_application, hand_in, person):
    before = read("manager", blind=True)

    for panelist in Panelist.objects.filter(interview__application=unscored_application):
        hand_in(panelist)
    meetings.open_debrief(unscored_application, by=person("recruiter"))

    assert read("manager", blind=True) == before
    assert set(before) <= set(OPEN)
    assert {"scorecard.submitted", "debrief.opened"} <= set(read("manager", blind=False)) & set(JUDGED)


def test_a_blind_reader_is_told_what_they_did_themselves(read, unscored_application, hand_in):
    panelist = Panelist.objects.filter(interview__application=unscored_application).first()
    hand_in(panelist)
    name = panelist.user.email.partition("@")[0]

    assert read(name, blind=True)[0] == "scorecard.submitted"


def test_another_application_is_not_told_of(read, scored_application, unscored_application, two_panelists, hand_in):
    before = read("recruiter", blind=False)
    hand_in(two_panelists[1])

    assert read("recruiter", blind=False) == before


def test_a_release_is_told_only_to_whoever_is_not_blind(read, unscored_application, person):
    panelist = unscored_application.interviews.first().panelists.first()
    release_panelists([panelist], reason="Was ill", by=person("recruiter"))

    assert read("manager", blind=False)[0] == "panelist.released"
    assert "panelist.released" not in read("manager", blind=True)


def test_a_cancelled_interview_of_which_words_stay_is_told_to_everybody(read, unscored_application, person):
    interview = unscored_application.interviews.first()
    panelist = interview.panelists.first()
    decline_scorecard(drafts.open_scorecard(panelist), reason="Was ill", by=panelist.user)
    for other in interview.panelists.exclude(pk=panelist.pk):
        remove_panelist(other, by=person("recruiter"))
    cancel_interview(interview, by=person("recruiter"))

    assert read("manager", blind=False)[0] == "interview.cancelled"
    assert read("manager", blind=True)[0] == "interview.cancelled"
