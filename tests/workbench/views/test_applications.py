"""One application as its recruiter sees it: the panel, and what may be done, until the candidate is erased."""

import pytest
from django.urls import reverse

from candidates.models import Panelist
from candidates.services import create_opening
from candidates.states import set_state
from debriefs import meetings
from files.services import add_link, add_note
from privacy.erasure import erase_candidate


@pytest.fixture
def page(client_of, scored_application):
    """The response that somebody gets."""
    return lambda name: client_of(name).get(reverse("application", args=[scored_application.pk]))


def offers(response) -> dict[str, bool]:
    """What the page lets its reader do."""
    rights = ("may_run", "may_erase", "may_answer_access", "override_form")
    return {name: bool(response.context[name]) for name in rights}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("recruiter", {"may_run", "may_erase", "may_answer_access", "override_form"}),
        ("admin", {"may_erase", "may_answer_access"}),
        ("manager", {"may_run"}),
    ],
)
def test_each_role_is_offered_what_it_may_do(page, name, allowed):
    assert {right for right, may in offers(page(name)).items() if may} == allowed


def test_interviewers_do_not_find_the_page(page):
    assert page("interviewer").status_code == 404


def test_the_panel_is_shown_with_what_each_has_finished(page, two_panelists):
    overview = page("recruiter").context["overview"]

    assert [(panelist.panelist_id, panelist.state) for panelist in overview.panelists] == [
        (two_panelists[0].pk, "submitted"),
        (two_panelists[1].pk, "missing"),
    ]
    assert not overview.blind


def test_whoever_owes_a_scorecard_sees_only_their_own_state(page, two_panelists, person):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("recruiter"))

    response = page("recruiter")

    assert response.context["overview"].blind
    assert [panelist.state for panelist in response.context["overview"].panelists] == ["", "missing"]
    assert offers(response) == {
        "may_run": True,
        "may_erase": True,
        "may_answer_access": False,
        "override_form": False,
    }


def test_nothing_is_offered_once_the_candidate_is_erased(page, scored_application, person):
    erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))

    response = page("recruiter")

    assert response.status_code == 200
    assert not offers(response)["may_run"]
    assert not offers(response)["override_form"]


# --- how it stands ---------------------------------------------------------------
@pytest.fixture
def send(client_of, unscored_application):
    """Sends the form of the application that nobody has scored, as its recruiter."""
    address = reverse("application_state", args=[unscored_application.pk])
    return lambda **data: client_of("recruiter").post(address, data)


def test_status_is_set_with_a_reason_that_the_page_shows(send, unscored_application, client_of):
    response = send(state="withdrawn", reason="Moves to Lisbon")

    assert response.status_code == 302
    page = client_of("recruiter").get(response.url)
    assert page.context["status"] == "withdrawn"
    assert "Moves to Lisbon" in page.content.decode()


def test_a_move_needs_to_know_where_and_shows_it(send, unscored_application, person, client_of):
    version = unscored_application.opening.rubric_version
    other = create_opening("Night shift", rubric_version=version, by=person("recruiter"))

    refused = send(state="moved", reason="Wrong opening")
    moved = send(state="moved", to=other.pk, reason="Wrong opening")

    assert refused.status_code == 422
    assert "Choose the opening" in refused.content.decode()
    arrived = other.applications.get()
    body = client_of("recruiter").get(moved.url).content.decode()
    assert reverse("application", args=[arrived.pk]) in body
    assert "Night shift" in body


def test_who_does_not_know_of_the_opening_is_not_told_where_it_moved(send, unscored_application, person, client_of):
    version = unscored_application.opening.rubric_version
    other = create_opening("Replacing the CFO", rubric_version=version, confidential=True, by=person("recruiter"))
    moved = send(state="moved", to=other.pk)

    body = client_of("manager").get(moved.url).content.decode()

    assert "Moved to another opening" in body
    assert "Replacing the CFO" not in body


def test_a_refused_status_keeps_what_was_typed(send, unscored_application):
    refused = send(state="rejected", reason="")

    assert refused.status_code == 422
    assert refused.context["form"].data["state"] == "rejected"


def test_what_was_decided_narrows_what_can_be_set(scored_application, person, client_of):
    meetings.record_decision(scored_application, outcome="hire", rationale="Seen", by=person("manager"))
    address = reverse("application_state", args=[scored_application.pk])

    form = client_of("recruiter").get(address).context["form"]

    assert [value for value, _ in form.fields["state"].choices] == ["withdrawn", "moved"]


def test_a_closed_application_says_so_on_the_scoring_page(unscored_application, person, client_of):
    panelist = Panelist.objects.filter(interview__application=unscored_application).first()
    page = reverse("scorecard", args=[panelist.pk])
    before = client_of("interviewer").get(page)

    set_state(unscored_application, state="withdrawn", reason="Moves to Lisbon", by=person("recruiter"))

    after = client_of("interviewer").get(page)
    assert "You no longer owe this scorecard" not in before.content.decode()
    assert "You no longer owe this scorecard" in after.content.decode()
    assert "Lisbon" not in after.content.decode()


@pytest.fixture
def night_shift(unscored_application, person):
    version = unscored_application.opening.rubric_version
    return create_opening("Night shift", rubric_version=version, by=person("recruiter"), files_for_panel=False)


def test_a_move_asks_what_goes_along_and_says_who_sees_it(client_of, unscored_application, night_shift, person):
    by, client = person("recruiter"), client_of("recruiter")
    link = add_link(unscored_application, url="https://example.org/", name="Portfolio", purpose="other", by=by)
    note = add_note(unscored_application, text="Free from March", by=by)
    address = reverse("application_state", args=[unscored_application.pk])

    page = client.get(address)
    moved = {"state": "moved", "to": night_shift.pk, "along-materials": [link.pk], "along-notes": [note.pk]}
    done = client.post(address, moved, follow=True).content.decode()

    assert page.context["along"]["materials"].value() == [link.pk]
    assert not page.context["along"]["notes"].value()
    assert "Night shift: interviewers see no files" in page.content.decode()
    assert "Moved to Night shift. 1 link and 1 note went along. There, interviewers see no files." in done
    there = night_shift.applications.get()
    assert (there.materials.get().name, there.candidate_notes.get().text) == ("Portfolio", "Free from March")


def test_what_was_ticked_stays_ticked_where_a_move_is_refused(client_of, unscored_application, person):
    by = person("recruiter")
    links = []
    for number in range(2):
        url = f"https://example.org/{number}"
        links.append(add_link(unscored_application, url=url, name="", purpose="other", by=by).pk)
    address = reverse("application_state", args=[unscored_application.pk])

    refused = client_of("recruiter").post(address, {"state": "moved", "along-materials": links[:1]})

    assert refused.status_code == 422
    assert refused.context["along"]["materials"].value() == [str(links[0])]


def test_without_files_and_notes_nothing_is_asked(client_of, unscored_application):
    address = reverse("application_state", args=[unscored_application.pk])

    assert "Along with a move" not in client_of("recruiter").get(address).content.decode()


def test_whoever_owes_a_scorecard_is_offered_no_note_of_others(client_of, scored_application, two_panelists, person):
    add_note(scored_application, text="They were delighted", by=person("recruiter"))
    two_panelists[1].user = person("manager")
    two_panelists[1].save()
    address = reverse("application_state", args=[scored_application.pk])

    assert "delighted" not in client_of("manager").get(address).content.decode()


def test_what_another_application_has_cannot_be_sent_along(
    client_of, unscored_application, scored_application, night_shift, person
):
    link = add_link(scored_application, url="https://example.org/", name="", purpose="other", by=person("recruiter"))
    own = add_link(unscored_application, url="https://example.org/2", name="", purpose="other", by=person("recruiter"))
    address = reverse("application_state", args=[unscored_application.pk])
    sent = {"state": "moved", "to": night_shift.pk, "along-materials": [own.pk, link.pk]}

    assert client_of("recruiter").post(address, sent).status_code == 422
    assert not night_shift.applications.exists()
