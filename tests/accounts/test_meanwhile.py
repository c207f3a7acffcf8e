"""Two people at the same form: nothing that one of them saved is undone by the other, who did not mean it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from accounts.models import SignInRules, User
from candidates import services
from candidates.models import Candidate, Interview, Opening, Panelist, ReminderRule, Round

pytestmark = pytest.mark.django_db


class Page:
    """A form as a browser shows it: its fields, which are sent as they stand but for what is typed."""

    def __init__(self, client, address: str, response=None) -> None:
        self.client, self.address = client, address
        response = response or client.get(address)
        self.page = LexborHTMLParser(response.content.decode())
        [field] = self.page.css("form [name=shown]")
        form = field.parent
        while form.tag != "form":
            form = form.parent
        self.fields: dict[str, list[str]] = {}
        for control in form.css("input[name], textarea[name], select[name]"):
            self._read(control)

    def _read(self, control) -> None:
        values = self.fields.setdefault(control.attributes["name"], [])
        if control.tag == "select":
            chosen = control.css("option[selected]") or control.css("option")[:1]
            values += [option.attributes.get("value") or "" for option in chosen]
        elif control.tag == "textarea":
            values.append(control.text().removeprefix("\n"))
        elif control.attributes.get("type") in {"checkbox", "radio"}:
            if "checked" in control.attributes:
                values.append(control.attributes.get("value") or "on")
        else:
            values.append(control.attributes.get("value") or "")

    def send(self, **typed):
        sent = self.fields | {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        return self.client.post(self.address, sent)

    def refused(self, response) -> tuple[str, "Page"]:
        """What the page at the top says of a refusal, and its form to send again."""
        assert response.status_code == 422
        page = LexborHTMLParser(response.content.decode())
        told = " ".join(page.css_first(".eh-error-summary").text().split())
        return told, Page(self.client, self.address, response)


@pytest.fixture
def colleague_client(client_of, person):
    """Another recruiter of the company, who has the same page open."""
    User.objects.filter(pk=person("manager").pk).update(is_recruiter=True)
    return client_of("manager")


@pytest.fixture
def both(client_of, colleague_client):
    def opened(name: str, *args: object) -> tuple[Page, Page]:
        address = reverse(name, args=args)
        return Page(client_of("recruiter"), address), Page(colleague_client, address)

    return opened


@pytest.fixture
def interview(unscored_application, person) -> Interview:
    starts = timezone.now() + timedelta(days=30)
    return services.plan_interview(
        unscored_application,
        round=unscored_application.opening.rounds.first(),
        starts_at=starts,
        due_at=starts + timedelta(days=2),
        leads=[person("interviewer")],
        shadows=[],
        by=None,
    )


def panel_of(interview: Interview) -> set[User]:
    return {panelist.user for panelist in Panelist.objects.on_panel().filter(interview=interview)}


def agreed(page: Page, response, **typed):
    """Send again with a tick at whatever the page asks."""
    told = LexborHTMLParser(response.content.decode())
    asked = [box.attributes["value"] for box in told.css("[name=meant]")]
    return page.send(meant=asked, **typed) if asked else response


def test_who_was_added_to_a_panel_stays_on_it_when_another_page_changes_the_room(both, interview, person):
    first, second = both("interview_edit", interview.pk)
    added = person("interviewer2")
    leads = [*first.fields["leads"], str(added.pk)]

    assert agreed(first, first.send(leads=leads), leads=leads).status_code == 302
    done = agreed(second, second.send(place="Room 4"), place="Room 4")

    interview.refresh_from_db()
    assert done.status_code == 302
    assert interview.place == "Room 4"
    assert panel_of(interview) == {person("interviewer"), added}


def test_the_page_says_what_of_others_it_kept(both, interview, client_of):
    first, second = both("interview_edit", interview.pk)
    first.send(place="Room 9")

    done = second.send(hours_to_score="70")

    told = second.client.get(done.url).content.decode()
    interview.refresh_from_db()
    assert interview.place == "Room 9"
    assert "changed this meanwhile, and it stays: Place or link." in told


def test_a_field_that_both_changed_is_refused_with_both_values_and_saved_when_sent_again(both, interview, person):
    first, second = both("interview_edit", interview.pk)
    first.send(place="Room 9")

    told, again = second.refused(second.send(place="Room 4"))

    assert f"{person('recruiter').display_name} changed this meanwhile. It says now: Room 9." in told
    assert again.fields["place"] == ["Room 4"]
    interview.refresh_from_db()
    assert interview.place == "Room 9"
    again.send()
    interview.refresh_from_db()
    assert interview.place == "Room 4"


def test_two_changed_panels_are_told_by_name(both, interview, person):
    first, second = both("interview_edit", interview.pk)
    first_panel = [str(person("interviewer2").pk)]
    agreed(first, first.send(leads=first_panel), leads=first_panel)

    told, again = second.refused(second.send(leads=[str(person("manager").pk)]))

    assert f"It says now: {person('interviewer2')}." in told
    assert panel_of(interview) == {person("interviewer2")}
    assert again.fields["leads"] == [str(person("manager").pk)]


def test_the_title_of_an_opening_outlives_a_stale_page(both, unscored_application):
    opening = unscored_application.opening
    first, second = both("opening_edit", opening.pk)
    first.send(title="Night cook")

    second.send(anonymous="on", meant="anonymous-True")

    opening.refresh_from_db()
    assert (opening.title, opening.anonymous) == ("Night cook", True)


def test_the_name_of_a_candidate_outlives_a_stale_page(both, unscored_application):
    first, second = both("candidate_edit", unscored_application.pk)
    first.send(name="Noor Amal Haddad")

    assert second.send(email="noor.amal@example.org").status_code == 302

    candidate = Candidate.objects.get(pk=unscored_application.candidate_id)
    assert (candidate.name, candidate.email) == ("Noor Amal Haddad", "noor.amal@example.org")


def test_a_name_corrected_by_two_is_asked_about(both, unscored_application):
    first, second = both("candidate_edit", unscored_application.pk)
    first.send(name="Noor Amal")

    told, _ = second.refused(second.send(name="Nur Haddad"))

    assert "It says now: Noor Amal." in told
    assert Candidate.objects.get(pk=unscored_application.candidate_id).name == "Noor Amal"


def test_the_minutes_and_the_panel_of_a_round_outlive_a_stale_page(both, unscored_application, person):
    round_ = unscored_application.opening.rounds.last()
    first, second = both("round_edit", round_.pk)
    panel = [str(person("interviewer2").pk)]
    first.send(minutes="75", panel=panel)

    assert second.send(name="Deep talk").status_code == 302

    stored = Round.objects.get(pk=round_.pk)
    assert (stored.minutes, stored.name) == (75, "Deep talk")
    assert [str(user.pk) for user in stored.panel.all()] == panel


def test_reminders_and_retention_outlive_a_stale_page(both, unscored_application):
    opening = unscored_application.opening
    first, second = both("reminders", opening.pk)
    first.send(times="7")
    second.send(every_hours="9")
    first, second = both("opening_retention", opening.pk)
    first.send(preset="purpose", days="400")
    told, _ = second.refused(second.send(preset="purpose", days="30"))

    rule = ReminderRule.objects.get(opening=opening)
    assert (rule.times, rule.every_hours) == (7, 9)
    assert "It says now: 400." in told
    assert Opening.objects.get(pk=opening.pk).retention_days == 400


@pytest.mark.parametrize("sent", ["rejected", "on_hold"])
def test_a_status_that_was_set_meanwhile_is_not_undone(both, unscored_application, sent):
    Interview.objects.filter(application=unscored_application).delete()
    first, second = both("application_state", unscored_application.pk)
    assert first.send(state="withdrawn", reason="Found another role").status_code == 302

    told, again = second.refused(second.send(state=sent, reason="No permit"))

    unscored_application.refresh_from_db()
    assert "changed this meanwhile. It says now: Withdrawn." in told
    assert unscored_application.state == "withdrawn"
    again.send(state=sent, reason="No permit")
    unscored_application.refresh_from_db()
    assert unscored_application.state == sent


def test_roles_and_sign_in_rules_outlive_a_stale_page(client_of, person):
    admin = client_of("admin")
    address = reverse("person", args=[person("interviewer").pk])
    first, second = Page(admin, address), Page(admin, address)
    first.send(is_recruiter="on")
    second.send(name="Ines Paz")
    rules = reverse("sign_in_rules")
    SignInRules.objects.get_or_create(pk=SignInRules.ONLY)
    one, other = Page(admin, rules), Page(admin, rules)
    one.send(recruiters="on")
    other.send(hiring_managers="on")

    user = User.objects.get(pk=person("interviewer").pk)
    stored = SignInRules.objects.get()
    assert (user.name, user.is_recruiter) == ("Ines Paz", True)
    assert (stored.recruiters, stored.hiring_managers) == (True, True)


def test_a_tick_taken_away_meanwhile_stays_away(both, unscored_application):
    opening = unscored_application.opening
    Opening.objects.filter(pk=opening.pk).update(anonymous=True)
    first, second = both("opening_edit", opening.pk)
    first.fields.pop("anonymous")
    first.send(meant="anonymous-False")

    second.send(title="Night cook")

    opening.refresh_from_db()
    assert (opening.title, opening.anonymous) == ("Night cook", False)


def test_a_form_without_what_it_showed_is_meant_as_it_is(client_of, unscored_application):
    opening = unscored_application.opening

    client_of("recruiter").post(reverse("opening_edit", args=[opening.pk]), {"title": "Night cook"})

    opening.refresh_from_db()
    assert opening.title == "Night cook"


@pytest.mark.parametrize(
    "shown", ["at:9999999999999999 title:", "at:x title", "\x00", "title:zz at:" + "9" * 10, ":" * 50]
)
def test_nonsense_in_the_hidden_field_does_no_harm(client_of, unscored_application, shown):
    opening = unscored_application.opening
    address = reverse("opening_edit", args=[opening.pk])

    assert client_of("recruiter").post(address, {"title": "Night cook", "shown": shown}).status_code in {302, 422}
