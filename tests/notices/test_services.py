"""Telling people: once, only those who are here, by mail as far as they want it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices import kinds, services
from notices.models import Mail, Notice, NoticePreferences
from notices.services import Message, as_told, tell

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _nothing_told(sample):
    Notice.objects.all().delete()


def added(**changes) -> Message:
    return Message(kind=kinds.ADDED, title="You have a role", path="/", **changes)


def test_a_notice_and_a_mail_say_the_same_with_where_to_go_and_why(person, settings):
    settings.SITE_URL = "https://hire.example.com"

    assert tell([(person("manager"), added(paragraphs=("As of today.",)))]) == 1

    notice = Notice.objects.get()
    assert (notice.title, notice.text) == ("You have a role", "As of today.")
    for form in (notice.mail.text, notice.mail.html):
        for words in ("You have a role", "As of today.", "https://hire.example.com/", "somebody gave you a role"):
            assert words in form


def test_html_of_a_mail_escapes_what_people_typed(person):
    tell([(person("manager"), Message(kind=kinds.ADDED, title="<b>Chief</b> & Co"))])

    mail = Mail.objects.get()
    assert "&lt;b&gt;Chief&lt;/b&gt; &amp; Co" in mail.html
    assert "<b>Chief</b> & Co" in mail.text


@pytest.mark.parametrize(
    ("is_set_up", "said"),
    [
        (True, "Interview cancelled."),
        (
            False,
            "Interview cancelled. E-mail is not set up here, so nothing was sent. "
            "People with an account find it among their notices.",
        ),
    ],
)
def test_a_page_says_how_far_what_was_told_reaches(settings, is_set_up, said):
    settings.MAIL_IS_SET_UP = is_set_up

    assert as_told("Interview cancelled.") == said


def test_one_cause_tells_once(person):
    for _ in range(2):
        tell([(person("manager"), added(key="added:1"))])

    assert Notice.objects.count() == 1


def test_newer_mail_of_a_thread_takes_the_place_of_what_waits(person):
    for title in ("First", "Second"):
        tell([(person("manager"), Message(kind=kinds.MOVED, title=title, thread="interview:1"))])

    states = list(Mail.objects.order_by("pk").values_list("subject", "state"))
    assert states == [("First", "stopped"), ("Second", "waiting")]


def late(number: int, **changes) -> Message:
    same = {"kind": kinds.ESCALATED, "overview": "/chase/", "path": "/", "not_before": NOW}
    return Message(title=f"Late: {number}", brief=f"Round {number}", **(same | changes))


def test_several_of_a_kind_at_one_moment_are_one_mail_and_a_notice_each(person):
    about = ("application", 7)
    tell([(person("manager"), late(number, about=about)) for number in (1, 2)] + [(person("admin"), late(3))])

    assert Notice.objects.count() == 3
    several, single = Mail.objects.order_by("receiver__email").reverse()
    assert (several.subject, several.about_type, several.about_id) == ("2 scorecards are late", "several", None)
    for words in ("Round 1", "Round 2", "/chase/"):
        assert words in several.text
        assert words in several.html
    assert several.html.count("<li>") == several.text.count("\n- ") == 2
    assert single.subject == "Late: 3"


def test_what_waits_for_another_moment_stays_a_mail_of_its_own(person):
    tell([(person("manager"), late(number, not_before=NOW + timedelta(hours=number))) for number in (1, 2)])

    assert sorted(Mail.objects.values_list("subject", flat=True)) == ["Late: 1", "Late: 2"]


def test_somebody_who_wants_less_gets_only_what_is_demanded_by_mail(person):
    manager = person("manager")
    NoticePreferences.objects.create(user=manager, mails_everything=False)

    tell([(manager, added()), (manager, Message(kind=kinds.REMINDED, title="Your scorecard is due"))])

    assert Notice.objects.count() == 2
    assert list(Mail.objects.values_list("kind", flat=True)) == ["reminded"]


def test_nobody_is_told_who_is_switched_off(person):
    manager = person("manager")
    manager.is_active = False

    assert tell([(manager, added())]) == 0


def test_what_is_forgotten_is_gone_and_all_else_stays(person):
    about = (person("manager"), added(about=("application", 7)))
    other = (person("manager"), added(about=("opening", 7)))
    tell([about, other])

    services.forget("application", [7])

    assert [(notice.about_type, notice.about_id) for notice in Notice.objects.all()] == [("opening", 7)]
    assert Mail.objects.count() == 1


def test_a_moment_is_told_in_the_zone_that_is_asked_for(settings):
    moment = timezone.now().replace(year=2026, month=7, day=1, hour=22, minute=30)
    settings.TIME_ZONE = "Europe/Berlin"

    assert services.moment_in_words(moment) == "Thu 2 Jul 2026, 00:30 CEST"


@pytest.mark.parametrize("gone", ["Europe/Nowhere", "../etc/passwd", "Mars"])
def test_a_zone_that_is_gone_is_the_companys(settings, person, gone):
    settings.TIME_ZONE = "Europe/Berlin"
    NoticePreferences.objects.create(user=person("manager"), time_zone=gone)

    assert services.zones_of([person("manager")])[person("manager").pk].key == "Europe/Berlin"


def test_every_kind_says_its_label_and_why():
    assert kinds.label_of("moved") == "Interview changed"
    assert kinds.label_of("account") == "Account and links"
    assert all(kind.why and kind.label for kind in kinds.KINDS.values())


def test_no_kind_is_left_out_where_stored_mails_look_theirs_up():
    """One that is not there would be labelled as a mail about the account, and could not be written anew."""
    stated = {kind.key: kind for kind in vars(kinds).values() if isinstance(kind, kinds.Kind)}

    assert stated == kinds.KINDS


def test_reading_counts_down(person):
    manager = person("manager")
    tell([(manager, added()), (manager, added(not_before=timezone.now() + timedelta(days=1)))])

    services.mark_read(manager, notice=Notice.objects.first())
    assert services.has_unread(manager)
    assert services.mark_read(manager) == 1
    assert not services.has_unread(manager)
