"""Openings, candidates and interviews over HTTP: who reaches them, and errors that keep what was typed."""

import pytest
from django.urls import reverse

from accounts.invitations import invite
from accounts.models import User
from accounts.services import add_person
from audit.models import Event
from candidates.models import Application, Candidate, Interview, Opening, OpeningMember, Round
from candidates.services import create_opening
from rubrics.models import Dimension


@pytest.fixture
def interview_fields(opening, person):
    """What a page sends to plan an interview."""
    return {
        "round": opening.rounds.first().pk,
        "starts_at": "2030-01-02T10:00",
        "hours_to_score": "24",
        "leads": [person("admin").pk],
        "meant": [f"again-{opening.rounds.first().pk}"],
    }


def test_confidential_opening_is_invisible_to_other_recruiters(client_of, confidential):
    client = client_of("recruiter")
    urls = [
        reverse(name, args=[confidential.pk]) for name in ("opening", "member_new", "round_new", "candidate_new")
    ] + [reverse("application", args=[confidential.applications.get().pk])]

    found = [client.get(url).status_code for url in urls]
    lists = [client.get(reverse(name)).content.decode() for name in ("opening_list", "candidate_list", "home")]

    assert set(found) == {404}
    assert not any("Secret chief" in body or "Hidden Person" in body for body in lists)


@pytest.mark.parametrize("name", ["manager", "admin"])
def test_confidential_opening_is_seen_by_its_members_and_administrators(client_of, confidential, name):
    assert "Hidden Person" in client_of(name).get(reverse("opening", args=[confidential.pk])).content.decode()


@pytest.mark.parametrize("name", ["opening_list", "candidate_list"])
def test_interviewers_have_no_lists(client_of, sample, name):
    assert client_of("interviewer").get(reverse(name)).status_code == 403


@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("admin", 403), ("recruiter", 200)])
def test_changing_an_opening_is_for_those_who_run_it(client_of, opening, name, status):
    for page in ("member_new", "round_new", "candidate_new"):
        assert client_of(name).get(reverse(page, args=[opening.pk])).status_code == status


def test_opening_form_offers_only_published_versions(client_of, opening, draft_version, person):
    sent = {"title": "New one", "rubric_version": draft_version.pk, "hiring_managers": [person("manager").pk]}

    refused = client_of("recruiter").post(reverse("opening_new"), sent)
    accepted = client_of("recruiter").post(
        reverse("opening_new"), sent | {"rubric_version": opening.rubric_version_id}, follow=True
    )

    assert refused.status_code == 422
    assert "New one" in refused.content.decode()
    assert "Now plan its rounds." in accepted.content.decode()
    made = Opening.objects.get(title="New one")
    assert accepted.redirect_chain[-1][0] == reverse("round_new", args=[made.pk])


def test_an_opening_is_proposed_on_the_version_that_its_reader_came_from(client_of, opening, person):
    recruiter, version = person("recruiter"), opening.rubric_version
    User.objects.filter(pk=recruiter.pk).update(is_hiring_manager=True)
    client = client_of("recruiter")

    form = client.get(reverse("opening_new"), {"rubric": version.pk}).context["form"]
    leading = client.get(reverse("rubric_version", args=[version.pk])).content.decode()

    assert form["title"].value() == version.rubric.title
    assert form["rubric_version"].value() == version.pk
    assert form["hiring_managers"].value() == [recruiter.pk]
    assert f"{reverse('opening_new')}?rubric={version.pk}" in leading


def test_a_new_round_proposes_what_no_round_covers_yet(client_of, opening):
    first = opening.rounds.first()
    covered = set(Dimension.objects.filter(rounds__opening=opening))
    left = set(opening.rubric_version.dimensions.all()) - covered

    form = client_of("recruiter").get(reverse("round_new", args=[opening.pk])).context["form"]
    stored = client_of("recruiter").get(reverse("round_edit", args=[first.pk])).context["form"]

    assert set(form["dimensions"].value()) == {dimension.pk for dimension in left}
    assert set(stored["dimensions"].value()) == set(first.dimensions.values_list("pk", flat=True))


def test_an_interview_of_the_only_round_proposes_who_usually_holds_it(client_of, person):
    application = Application.objects.get(candidate__email="noor.haddad@example.org")
    kept, *others = application.opening.rounds.all()
    kept.panel.set([person("interviewer2")])
    Interview.objects.filter(round__in=others).update(round=kept)
    for other in others:
        other.delete()

    form = client_of("recruiter").get(reverse("interview_new", args=[application.pk])).context["form"]

    assert form["leads"].value() == [person("interviewer2").pk]


def test_round_form_refuses_foreign_dimensions_and_a_name_that_is_there(client_of, opening, draft_version):
    foreign = draft_version.dimensions.first()
    sent = {"order": "3", "name": "Third", "minutes": "45", "dimensions": [foreign.pk]}
    own = [opening.rubric_version.dimensions.first().pk]
    client, url = client_of("recruiter"), reverse("round_new", args=[opening.pk])
    taken = opening.rounds.first().name.upper()

    refused = [client.post(url, sent), client.post(url, sent | {"dimensions": own, "name": taken})]
    accepted = client.post(url, sent | {"dimensions": own})

    assert [response.status_code for response in refused] == [422, 422]
    assert accepted.status_code == 302
    assert Round.objects.get(name="Third").minutes == 45


def round_fields(dimensions) -> dict[str, object]:
    """What a page sends of a round."""
    chosen = [dimension.pk for dimension in dimensions]
    return {"order": "1", "name": "Renamed", "minutes": "45", "dimensions": chosen}


def test_round_with_a_planned_interview_tells_why_its_dimensions_stay(client_of, opening):
    held = opening.rounds.first()
    covered = list(held.dimensions.all())

    response = client_of("recruiter").post(reverse("round_edit", args=[held.pk]), round_fields(covered[:1]))

    assert response.status_code == 422
    assert "This round already has an interview" in response.content.decode()
    assert "Renamed" in response.content.decode()
    assert list(Round.objects.get(pk=held.pk).dimensions.all()) == covered


def test_round_with_a_planned_interview_is_renamed(client_of, opening):
    held = opening.rounds.first()

    response = client_of("recruiter").post(reverse("round_edit", args=[held.pk]), round_fields(held.dimensions.all()))

    assert response["Location"] == reverse("opening_plan", args=[opening.pk])
    assert Round.objects.get(pk=held.pk).name == "Renamed"


def test_round_without_interviews_changes_freely(client_of, opening):
    unused = Round.objects.create(opening=opening, name="Later", order=3)
    chosen = list(opening.rubric_version.dimensions.all()[:2])

    response = client_of("recruiter").post(reverse("round_edit", args=[unused.pk]), round_fields(chosen))

    assert response.status_code == 302
    assert list(unused.dimensions.all()) == chosen


def test_new_round_stands_after_the_others(client_of, opening):
    page = client_of("recruiter").get(reverse("round_new", args=[opening.pk]))

    assert page.context["form"].initial["order"] == opening.rounds.count() + 1


def test_round_is_removed_only_where_nobody_planned_on_it(client_of, opening):
    unused = Round.objects.create(opening=opening, name="Later", order=3)
    held, client = opening.rounds.first(), client_of("recruiter")

    gone = client.post(reverse("round_remove", args=[unused.pk]))
    told = client.post(reverse("round_remove", args=[held.pk]), follow=True)

    assert gone["Location"] == reverse("opening_plan", args=[opening.pk])
    assert "cannot be removed" in told.content.decode()
    assert set(opening.rounds.values_list("pk", flat=True)) & {unused.pk, held.pk} == {held.pk}


def test_a_round_is_not_removed_by_a_link(client_of, opening):
    assert client_of("recruiter").get(reverse("round_remove", args=[opening.rounds.first().pk])).status_code == 405


def test_plan_says_which_round_covers_which_dimension(client_of, opening):
    response = client_of("recruiter").get(reverse("opening_plan", args=[opening.pk]))

    rounds = [set(round_.dimensions.all()) for round_ in opening.rounds.all()]
    dimensions = opening.rubric_version.dimensions.all()
    for row, cells, people in response.context["plan"]:
        assert cells == [row in covered for covered in rounds]
        assert people == sum(cells)  # each round has one interviewer at a time
    assert [row for row, _, _ in response.context["plan"]] == list(dimensions)


def test_candidate_who_is_there_already_is_told_and_text_kept(client_of, opening):
    url = reverse("candidate_new", args=[opening.pk])

    response = client_of("recruiter").post(url, {"name": "NOOR haddad", "email": "NOOR.haddad@example.org"})

    assert response.status_code == 422
    assert "has applied for this opening already" in response.content.decode()
    assert "NOOR haddad" in response.content.decode()


def test_settings_say_how_files_name_the_opening(client_of, opening):
    body = client_of("recruiter").get(reverse("opening_settings", args=[opening.pk])).content.decode()

    assert f"<code>{opening.slug}</code>" in body


def test_who_is_meant_is_asked_where_address_and_name_differ(client_of, opening):
    client, url = client_of("recruiter"), reverse("candidate_new", args=[opening.pk])
    sent = {"name": "Bruno Costa", "email": "noor.haddad@example.org"}

    asked = client.post(url, sent)
    choices = dict(asked.context["form"].fields["who"].choices)
    added = client.post(url, sent | {"who": "new"})

    assert asked.status_code == 422
    assert "Noor Haddad, noor.haddad@example.org" in choices.values()
    assert added.status_code == 302
    assert set(
        opening.applications.filter(candidate__email=sent["email"]).values_list("candidate__name", flat=True)
    ) == {
        "Noor Haddad",
        "Bruno Costa",
    }


def test_the_same_person_under_a_corrected_name_is_added_and_renamed(client_of, unscored_application):
    known = unscored_application.candidate
    other = create_opening("Night shift", rubric_version=unscored_application.opening.rubric_version, by=None)
    sent = {"name": "Noor Haddad-Berg", "email": known.email, "who": f"corrected-{known.pk}"}

    added = client_of("recruiter").post(reverse("candidate_new", args=[other.pk]), sent)

    assert added.status_code == 302
    assert [application.candidate for application in other.applications.all()] == [known]
    known.refresh_from_db()
    assert known.name == "Noor Haddad-Berg"
    assert Event.objects.filter(kind="candidate.edited", subject_id=known.pk).exists()


def test_adding_somebody_called_like_a_colleague_asks_and_can_mark_them(client_of, opening, person):
    client, url = client_of("recruiter"), reverse("candidate_new", args=[opening.pk])
    manager = person("manager")
    sent = {"name": manager.name.upper(), "email": "private@example.org"}

    asked = client.post(url, sent)
    added = client.post(url, sent | {"who": f"colleague-{manager.pk}"})

    assert asked.status_code == 422
    application = opening.applications.get(candidate__email="private@example.org")
    assert application.candidate.colleague == manager
    assert client_of("manager").get(added.url).status_code == 404


def test_new_candidate_leads_to_their_application(client_of, opening):
    sent = {"name": "Zoe Adams", "email": "zoe@example.org"}

    response = client_of("recruiter").post(reverse("candidate_new", args=[opening.pk]), sent)

    made = Application.objects.get(candidate__email="zoe@example.org")
    assert response["Location"] == reverse("application", args=[made.pk])


def test_candidate_is_corrected_on_a_page_that_begins_with_what_is_stored(client_of, unscored_application):
    client, url = client_of("recruiter"), reverse("candidate_edit", args=[unscored_application.pk])

    page = client.get(url).content.decode()
    response = client.post(url, {"name": "Noor H.", "email": "noor@example.org"})

    assert 'value="Noor Haddad"' in page
    assert 'value="noor.haddad@example.org"' in page
    assert response["Location"] == reverse("application", args=[unscored_application.pk])
    assert Candidate.objects.get(pk=unscored_application.candidate_id).name == "Noor H."


def test_a_page_says_whom_a_corrected_address_marks(client_of, unscored_application, person):
    candidate = unscored_application.candidate
    Candidate.objects.filter(pk=candidate.pk).update(email="manager@example.com")
    sent = {"name": "Noor H.", "email": "noor@example.org"}

    page = client_of("recruiter").post(reverse("candidate_edit", args=[unscored_application.pk]), sent, follow=True)

    candidate.refresh_from_db()
    assert candidate.colleague == person("manager")
    assert f"{person('manager').display_name}, who is now marked as this candidate" in page.content.decode()


def test_ones_own_address_is_refused_at_its_field(client_of, unscored_application):
    sent = {"name": "Typed Name", "email": "recruiter@example.com"}

    response = client_of("recruiter").post(reverse("candidate_edit", args=[unscored_application.pk]), sent)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"email"}
    assert "Typed Name" in response.content.decode()


@pytest.mark.parametrize("page", ["candidate_edit", "interview_new"])
@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("admin", 403), ("recruiter", 200)])
def test_changing_an_application_is_for_those_who_run_it(client_of, unscored_application, page, name, status):
    assert client_of(name).get(reverse(page, args=[unscored_application.pk])).status_code == status


@pytest.mark.parametrize("page", ["round_edit", "round_remove"])
@pytest.mark.parametrize(("name", "status"), [("interviewer", 404), ("admin", 403)])
def test_changing_a_round_is_for_those_who_run_it(client_of, opening, page, name, status):
    held = opening.rounds.first()

    assert client_of(name).post(reverse(page, args=[held.pk]), {}).status_code == status


@pytest.mark.parametrize(("name", "status"), [("interviewer", 403), ("manager", 403), ("recruiter", 200)])
def test_new_openings_are_for_recruiters(client_of, sample, name, status):
    assert client_of(name).get(reverse("opening_new")).status_code == status


def test_member_is_added_once(client_of, opening, person):
    url, sent = reverse("member_new", args=[opening.pk]), {"user": person("admin").pk, "role": "recruiter"}
    client = client_of("recruiter")

    answers = [client.post(url, sent), client.post(url, sent)]

    assert {response["Location"] for response in answers} == {reverse("opening_people", args=[opening.pk])}
    assert OpeningMember.objects.filter(opening=opening, user=person("admin")).count() == 1


def test_openings_count_the_candidates_but_oneself(client_of, opening, unscored_application, person):
    client, url = client_of("recruiter"), reverse("opening_list")

    [before] = [row.candidates for row in client.get(url).context["openings"] if row == opening]
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email=person("recruiter").email)
    [after] = [row.candidates for row in client.get(url).context["openings"] if row == opening]

    assert before == opening.applications.count() == after + 1


def test_without_openings_the_list_says_whether_one_can_begin(client_of, sample, person):
    Opening.objects.update(confidential=True)
    person("recruiter").memberships.all().delete()

    context = client_of("recruiter").get(reverse("opening_list")).context

    assert list(context["openings"]) == []
    assert context["published"]


def test_openings_are_found_by_title_and_still_count_their_candidates(client_of, opening, unscored_application):
    other = create_opening("Ingénieure données", rubric_version=opening.rubric_version, by=None)
    client, url = client_of("recruiter"), reverse("opening_list")

    [found] = client.get(url, {"q": "donnees ingenieure"}).context["openings"]
    [counted] = client.get(url, {"q": opening.title}).context["openings"]

    assert found == other
    assert counted.candidates == opening.applications.count()


def test_no_opening_is_found_that_its_reader_does_not_see(client_of, confidential):
    client, url = client_of("recruiter"), reverse("opening_list")

    page = client.get(url, {"q": "secret"})

    assert list(page.context["openings"]) == []
    assert "Nothing found for “secret”" in page.content.decode()
    assert list(client_of("manager").get(url, {"q": "secret"}).context["openings"]) == [confidential]


def test_interview_is_planned_with_the_rounds_length(client_of, unscored_application, interview_fields):
    response = client_of("recruiter").post(reverse("interview_new", args=[unscored_application.pk]), interview_fields)

    planned = Interview.objects.latest("pk")
    assert response["Location"] == reverse("application", args=[unscored_application.pk])
    assert (planned.due_at - planned.starts_at).total_seconds() == (24 * 60 + planned.round.minutes) * 60


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": "9999-12-31T23:59"}, "too far in the future"),
        ({"starts_at": "0001-01-01T00:00"}, "too far in the past"),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        ({"hours_to_score": "0"}, "greater than or equal to 1"),
        ({"leads": []}, "This field is required."),
        ({"leads": ["999999"]}, "999999 is not one of the available choices."),
        ({"round": "999999"}, "Select a valid choice."),
    ],
)
def test_interview_that_does_not_fit_is_refused_in_words(
    client_of, unscored_application, interview_fields, change, words
):
    before = Interview.objects.count()

    response = client_of("recruiter").post(
        reverse("interview_new", args=[unscored_application.pk]), interview_fields | change
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Interview.objects.count() == before


def test_nobody_is_lead_and_shadow(client_of, unscored_application, interview_fields, person):
    both = interview_fields | {"shadows": [person("admin").pk]}

    response = client_of("recruiter").post(reverse("interview_new", args=[unscored_application.pk]), both)

    assert response.status_code == 422
    assert "cannot be both lead and shadow" in response.content.decode()


def test_candidate_is_not_offered_for_their_own_panel(client_of, unscored_application, interview_fields, person):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email="admin@example.com")
    url = reverse("interview_new", args=[unscored_application.pk])

    assert f'value="{person("admin").pk}"' not in client_of("recruiter").get(url).content.decode()
    assert client_of("recruiter").post(url, interview_fields).status_code == 422


@pytest.mark.parametrize("name", ["opening", "member_new", "round_new", "round_edit", "candidate_new", "interview_new"])
def test_unknown_id_is_not_found(client_of, sample, name):
    assert client_of("recruiter").get(reverse(name, args=[10**15])).status_code == 404


def test_people_of_an_opening_stand_by_name_whenever_they_came(client_of, unscored_application):
    for name in ("Zoe Adams", "Anna Brandt", "Mia Quast"):
        person = add_person(f"{name.split()[0].lower()}@example.com", by=None, name=name, password=None)
        unscored_application.opening.members.create(user=person, role="recruiter")

    page = (
        client_of("recruiter").get(reverse("opening_people", args=[unscored_application.opening_id])).content.decode()
    )

    assert page.index("Anna Brandt") < page.index("Mia Quast") < page.index("Zoe Adams")


def test_people_of_an_opening_tell_who_usually_interviews_and_who_is_still_invited(client_of, opening, person):
    first, second = opening.rounds.all()[:2]
    invited = add_person("kim@example.com", by=None, name="Kim Vale", password=None)
    elsewhere = add_person("lee@example.com", by=None, name="Lee Moor", password=None)
    invite(invited, by=person("admin"), link=str)
    first.panel.set([invited, person("interviewer")])
    second.panel.set([invited])
    other = create_opening(
        "Elsewhere", rubric_version=opening.rubric_version, hiring_managers=[], by=person("recruiter")
    )
    other.rounds.create(name="Talk").panel.set([elsewhere, invited])

    page = client_of("recruiter").get(reverse("opening_people", args=[opening.pk]))

    shown = {one.display_name: [held.name for held in one.held] for one in page.context["interviewers"]}
    assert shown == {
        person("interviewer").display_name: [first.name],
        "Kim Vale": [first.name, second.name],
    }
    text = " ".join(page.content.decode().split())
    assert text.count("Invited, not signed in yet") == 1
    assert text.index("Kim Vale") < text.index("Invited, not signed in yet")
