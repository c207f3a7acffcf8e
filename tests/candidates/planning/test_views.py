"""The page that plans loops: proposed at once from the usual interviewers, changed cell by cell, planned."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from candidates.models import Interview, Panelist
from candidates.planning import views
from candidates.services import add_candidate


@pytest.fixture
def recruiter(client_of):
    return client_of("recruiter")


@pytest.fixture
def panel(opening, person):
    """Both rounds have the two interviewers, of whom the second round takes both."""
    people = [person("interviewer"), person("interviewer2")]
    for round_, panel_size in zip(opening.rounds.all(), (1, 2), strict=True):
        round_.panel.set(people)
        round_.panel_size = panel_size
        round_.save(update_fields=["panel_size"])
    return people


@pytest.fixture
def application(opening, person):
    return add_candidate(opening, name="Ann Loop", email="ann@x.example", by=person("recruiter"))


@pytest.fixture
def address(opening, application) -> str:
    return f"{reverse('loop_plan', args=[opening.pk])}?application={application.pk}"


def sent_on(response, act: str, **more) -> dict[str, object]:
    """What the page's form sends as it stands, with a button."""
    page = LexborHTMLParser(response.content.decode())
    sent: dict[str, list[str]] = {}
    for field in page.css("main form input[name], main form select[name]"):
        name, kind = field.attributes["name"], field.attributes.get("type")
        if field.tag == "select":
            values = [option.attributes["value"] for option in field.css("option[selected]")]
        elif kind == "checkbox" and "checked" not in field.attributes:
            values = []
        else:
            values = [field.attributes.get("value") or "on"] if kind == "checkbox" else [field.attributes.get("value")]
        sent.setdefault(name, []).extend(value or "" for value in values)
    return sent | {"act": act} | more


def cell(application, round_) -> str:
    return f"{application.pk}_{round_.pk}"


def test_usual_interviewers_give_a_proposal_at_once_that_is_planned_with_one_button(
    recruiter, address, application, panel
):
    page = recruiter.get(address)

    done = recruiter.post(address, sent_on(page, "plan"), follow=True)

    assert "2 interviews planned." in done.content.decode()
    assert Panelist.objects.filter(interview__application=application).count() == 3


def test_without_usual_interviewers_they_are_chosen_first(recruiter, address, application, opening, person):
    page = recruiter.get(address)
    assert page.status_code == 200
    assert "Ann Loop" not in page.content.decode()
    assert not LexborHTMLParser(page.content.decode()).css(".eh-error-summary")

    refused = recruiter.post(address, sent_on(page, "propose"))
    assert refused.status_code == 422
    assert "Choose an interviewer, or leave the round out." in refused.content.decode()
    pools = {f"pool_{round_.pk}": [person("interviewer").pk] for round_ in opening.rounds.all()}
    assert "Ann Loop" in recruiter.post(address, sent_on(page, "propose", **pools)).content.decode()


def test_a_cell_can_be_changed_and_left_out(recruiter, address, application, opening, panel):
    first, second = opening.rounds.all()
    sent = sent_on(recruiter.get(address), "plan", **{f"start_{cell(application, first)}": "2031-03-03T14:00"})
    del sent[f"plan_{cell(application, second)}"]

    assert recruiter.post(address, sent).status_code == 302
    interview = Interview.objects.get(application=application)
    assert (interview.round, f"{interview.starts_at:%Y-%m-%d %H:%M}") == (first, "2031-03-03 14:00")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("start", "2031-03-30T02:30", "02:30 on 30 March 2031 does not exist in Europe/Berlin"),
        ("start", "2031-10-26T02:30", "comes twice in Europe/Berlin"),
        ("start", "tomorrow", "Write the start as a date and a time."),
        ("start", "", "Choose a start, or leave this interview out."),
        ("start", "2016-03-01T10:00", "1 March 2016 is in the past."),
        ("leads", [""], "Choose an interviewer, or leave this interview out."),
        ("leads", ["999999"], "999999"),
    ],
)
def test_what_cannot_be_is_said_at_its_cell_and_nothing_is_planned(
    recruiter, address, application, opening, panel, field, value, says
):
    key = f"{field}_{cell(application, opening.rounds.first())}"
    sent = sent_on(recruiter.get(address), "plan", zone="Europe/Berlin", **{key: value})

    response = recruiter.post(address, sent)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert "Ann Loop, " in LexborHTMLParser(response.content.decode()).css_first(".eh-error-summary").text()
    assert not application.interviews.exists()


def test_a_past_date_can_be_meant(recruiter, address, application, opening, panel):
    key = cell(application, opening.rounds.first())
    sent = sent_on(recruiter.get(address), "plan", **{f"start_{key}": "2016-03-01T10:00"})
    refused = recruiter.post(address, sent)

    ticked = sent_on(refused, "plan", **{f"meant_{key}": ["past-2016-03-01"]})

    assert recruiter.post(address, ticked).status_code == 302


def test_all_that_was_asked_can_be_meant_at_once_and_nothing_that_was_not(
    recruiter, address, application, opening, panel
):
    first, second = (cell(application, round_) for round_ in opening.rounds.all())
    past = {f"start_{first}": "2016-03-01T10:00", f"start_{second}": "2016-03-01T13:00"}
    sent = sent_on(recruiter.get(address), "plan", **past)
    assert recruiter.post(address, sent | {"all_meant": "on"}).status_code == 422  # before anything was asked
    refused = recruiter.post(address, sent)
    assert "All that is marked is meant as it is" in refused.content.decode()

    again = sent_on(refused, "plan", all_meant="on")

    assert recruiter.post(address, again | {f"start_{second}": "2016-03-01T10:00"}).status_code == 422
    assert recruiter.post(address, again).status_code == 302


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"begin": "17:00", "end": "09:00"}, "The day has to end after it begins."),
        ({"first_day": "0001-01-01"}, "Choose a day of this century."),
        ({"first_day": "9999-12-31"}, "Choose a day of this century."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_hours_that_cannot_be_are_refused(recruiter, address, application, panel, change, says):
    response = recruiter.post(address, sent_on(recruiter.get(address), "propose", **change))

    assert response.status_code == 422
    assert says in response.content.decode()


def test_an_application_of_another_opening_is_not_planned_here(recruiter, opening, confidential, panel):
    address = f"{reverse('loop_plan', args=[opening.pk])}?application={confidential.applications.get().pk}"

    assert "Hidden Person" not in recruiter.get(address).content.decode()


def test_a_plan_of_too_many_says_how_many_there_are_and_goes_on_with_the_others(
    recruiter, opening, person, panel, monkeypatch
):
    monkeypatch.setattr(views, "MOST", 1)
    applications = []
    for name in ("Ann Loop", "Ben Loop"):
        applications.append(add_candidate(opening, name=name, email="", by=person("recruiter")))
    chosen = "&".join(f"application={application.pk}" for application in applications)
    address = f"{reverse('loop_plan', args=[opening.pk])}?{chosen}"

    first = recruiter.get(address)
    again = recruiter.post(address, sent_on(first, "propose"))
    recruiter.post(address, sent_on(again, "plan"))
    then = recruiter.get(address)

    for page in (first, again):
        assert "the first 1 of 2, by name" in " ".join(page.content.decode().split())
        assert [application.candidate.name for application, _ in page.context["form"].loops] == ["Ann Loop"]
    assert [application.candidate.name for application, _ in then.context["form"].loops] == ["Ben Loop"]


@pytest.mark.parametrize("way", ["get", "post"])
def test_whoever_comes_after_a_colleague_planned_reads_that_there_is_nobody_left(
    recruiter, address, application, opening, panel, way
):
    theirs, page = recruiter.get(address), recruiter.get(address)
    recruiter.post(address, sent_on(theirs, "plan"))
    before = Interview.objects.count()

    again = recruiter.get(address) if way == "get" else recruiter.post(address, sent_on(page, "plan"))

    text = again.content.decode()
    assert "Nobody to plan for" in text
    assert "Please check" not in text
    assert Interview.objects.count() == before
