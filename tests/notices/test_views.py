"""One's notices and settings, and the outbox of administrators."""

import html
import re

import pytest
from django.urls import reverse

from audit.models import Event
from candidates.models import Panelist
from notices.models import Mail, Notice, NoticePreferences
from notices.outbox import NOT_SET_UP
from notices.views import NOTICES

PAGE = NOTICES.size
SETTINGS = {"mails_everything": "on", "time_zone": "Asia/Tokyo", "quiet_from": "19:00", "quiet_until": "08:00"}


@pytest.fixture(autouse=True)
def _nothing_told(sample):
    Notice.objects.all().delete()
    Mail.objects.all().delete()


def words(response) -> str:
    return response.content.decode()


def notice(person, name="manager", **fields) -> Notice:
    return Notice.objects.create(**{"receiver": person(name), "kind": "added", "title": "You have a role"} | fields)


def test_every_notice_is_reached_a_page_at_a_time(client_of, person):
    for number in range(PAGE + 3):
        notice(person, title=f"Notice {number:03}")
    client = client_of("manager")

    first = client.get(reverse("notice_list"))
    second = client.get(f"{reverse('notice_list')}?{first.context['notices'].next}")

    shown = [row.title for page in (first, second) for row in page.context["notices"]]
    assert shown == [f"Notice {number:03}" for number in reversed(range(PAGE + 3))]
    assert f"1–{PAGE} of {PAGE + 3} notices" in words(first)
    assert first.context["unread"]


def test_the_head_counts_what_is_unread_until_it_is_opened(client_of, person):
    found = notice(person, path=reverse("opening_list"))
    client = client_of("manager")
    assert '<span class="eh-visually-hidden"> unread</span>' in words(client.get(reverse("home")))

    opened = client.get(reverse("notice_open", args=[found.pk]))

    assert opened.url == reverse("opening_list")
    assert '<span class="eh-visually-hidden"> unread</span>' not in words(client.get(reverse("home")))


def test_the_head_counts_no_further_than_it_shows(client_of, person):
    receiver = person("manager")
    notices = [Notice(receiver=receiver, kind="added", title=f"Notice {number}") for number in range(102)]
    Notice.objects.bulk_create(notices)

    shown = words(client_of("manager").get(reverse("home")))

    assert re.search(r"99\+\s*<span class=\"eh-visually-hidden\"> unread</span>", shown)


def test_a_notice_leads_nowhere_else(client_of, person):
    found = notice(person, path="https://elsewhere.example/")

    assert client_of("manager").get(reverse("notice_open", args=[found.pk])).url == reverse("notice_list")


def test_all_are_marked_as_read_and_nobody_elses(client_of, person):
    notice(person)
    others = notice(person, "recruiter")

    client_of("manager").post(reverse("notices_read"))

    assert list(Notice.objects.unread()) == [others]


def test_settings_are_kept(client_of, person):
    client_of("manager").post(reverse("notice_settings"), SETTINGS | {"quiet_days": ["4", "5"]})

    kept = NoticePreferences.objects.get(user=person("manager"))
    assert (kept.time_zone, kept.quiet_days, kept.fewer_reminders) == ("Asia/Tokyo", [4, 5], False)


@pytest.mark.parametrize("change", [{"time_zone": "Europe/Atlantis"}, {"quiet_from": "25:00"}, {"quiet_days": "9"}])
def test_settings_that_make_no_sense_are_told(client_of, change):
    response = client_of("manager").post(reverse("notice_settings"), SETTINGS | change)

    assert response.status_code == 422
    assert not NoticePreferences.objects.exists()


def test_quiet_hours_leave_some_of_the_day(client_of):
    nearly_all = SETTINGS | {"quiet_from": "07:30", "quiet_until": "07:29"}

    response = client_of("manager").post(reverse("notice_settings"), nearly_all)

    assert response.status_code == 422
    assert "Leave at least 4 hours of the day for reminders." in words(response)
    assert not NoticePreferences.objects.exists()


def test_the_outbox_says_to_whom_and_how_it_went_and_is_narrowed(client_of, person):
    Mail.objects.create(kind="added", receiver=person("manager"), subject="A role", state="failed", problem="550 no")
    Mail.objects.create(kind="account", address="nora@example.com", subject="Your account", secret=True)
    client = client_of("admin")

    everything, failed = client.get(reverse("mail_list")), client.get(reverse("mail_list"), {"state": "failed"})

    assert "nora@example.com" in words(everything)
    assert "550 no" in words(failed)
    assert "nora@example.com" not in words(failed)


def test_a_link_in_a_mail_is_shown_to_nobody_and_reading_is_on_record(client_of, person):
    mail = Mail.objects.create(
        kind="account", address="nora@example.com", subject="Your account", text="https://x/?key=secret", secret=True
    )

    page = client_of("admin").get(reverse("mail_detail", args=[mail.pk]))

    assert "key=secret" not in words(page)
    assert Event.objects.filter(kind="mail.viewed", subject_id=mail.pk).exists()


def test_a_mail_is_stopped_and_sent_again(client_of, person):
    mail = Mail.objects.create(kind="added", receiver=person("manager"), subject="A role")
    client = client_of("admin")

    client.post(reverse("mail_stop", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.state == "stopped"

    client.post(reverse("mail_again", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.state == "waiting"
    refused = client.post(reverse("mail_again", args=[mail.pk]), follow=True)
    assert "still on its way" in words(refused)


def test_an_administrator_who_owes_a_scorecard_sees_no_mail_about_the_others(client_of, person, two_panelists):
    owing = two_panelists[1]
    owing.user = person("admin")
    owing.save(update_fields=["user"])
    application = owing.interview.application_id
    about = {"about_type": "application", "about_id": application}
    late = Mail.objects.create(kind="escalated", receiver=person("manager"), subject="Late scorecard", **about)
    own = Mail.objects.create(kind="reminded", receiver=person("admin"), subject="Your scorecard", **about)
    client = client_of("admin")

    page = words(client.get(reverse("mail_list")))

    assert "Late scorecard" not in page
    assert "Your scorecard" in page
    assert client.get(reverse("mail_detail", args=[late.pk])).status_code == 404
    assert client.get(reverse("mail_detail", args=[own.pk])).status_code == 200


def test_nor_a_mail_in_place_of_several_which_says_who_is_late(client_of, person, two_panelists):
    several = Mail.objects.create(
        kind="escalated", receiver=person("recruiter"), subject="2 scorecards are late", about_type="several"
    )
    client = client_of("admin")
    assert client.get(reverse("mail_detail", args=[several.pk])).status_code == 200

    Panelist.objects.create(interview=two_panelists[0].interview, user=person("admin"))

    assert client.get(reverse("mail_detail", args=[several.pk])).status_code == 404


def test_an_address_for_the_calendar_is_shown_once_and_works(client_of, client):
    signed_in = client_of("manager")

    page = words(signed_in.post(reverse("feed_make"), {"with_names": "on"}))
    address = html.unescape(page.partition('readonly value="')[2].partition('"')[0])

    assert client.get(address).status_code == 200
    settings_page = words(signed_in.get(reverse("notice_settings")))
    assert address not in settings_page
    assert "It was last read" in settings_page
    signed_in.post(reverse("feed_end"))
    assert client.get(address).status_code == 404


def test_a_language_is_kept_for_later(client_of, person):
    client_of("manager").post(reverse("notice_settings"), SETTINGS | {"language": "de"})

    assert NoticePreferences.objects.get(user=person("manager")).language == "de"
    refused = client_of("manager").post(reverse("notice_settings"), SETTINGS | {"language": "klingon"})
    assert refused.status_code == 422


@pytest.mark.parametrize(("secret", "said"), [(False, "What is in it."), (True, "shows it to copy")])
def test_without_mail_the_outbox_says_what_became_of_a_message(client_of, settings, secret, said):
    settings.MAIL_IS_SET_UP = False
    mail = Mail.objects.create(
        kind="account",
        address="new@example.com",
        subject="Hello",
        text="What is in it.",
        secret=secret,
        state="stopped",
        problem=NOT_SET_UP,
    )
    client = client_of("admin")

    listed, one = (client.get(url) for url in (reverse("mail_list"), reverse("mail_detail", args=[mail.pk])))

    assert "these messages reach nobody" in words(listed)
    for page in (listed, one):
        assert "so nobody was sent this" in words(page)
    assert said in words(one)
    assert "Send again" not in words(one)


def test_one_time_zone_is_chosen_in_the_list(client_of):
    client = client_of("manager")

    def chosen(page: str) -> list[str]:
        options = page.partition('<select name="time_zone"')[2].partition("</select>")[0]
        return re.findall(r'<option value="([^"]*)" selected>', options)

    first = words(client.get(reverse("notice_settings")))
    client.post(reverse("notice_settings"), SETTINGS)
    then = words(client.get(reverse("notice_settings")))
    refused = words(client.post(reverse("notice_settings"), SETTINGS | {"time_zone": 'X"><script>'}))

    assert chosen(first) == [""]
    assert chosen(then) == ["Asia/Tokyo"]
    assert chosen(refused) == []
    assert 'X"><script>' not in refused
