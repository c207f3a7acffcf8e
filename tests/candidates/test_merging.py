"""Two rows for one person become one; what would be lost or is not seen is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from accounts.models import User
from accounts.services import change_address
from audit.models import Event
from candidates import merging
from candidates.bulk.states import move_all, set_states
from candidates.models import Application, Candidate, Interview, Opening, Panelist
from candidates.services import add_candidate, create_opening
from candidates.states import move_application, set_state


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def twin(unscored_application, by):
    """The same person once more, with another address, in another opening."""
    version = unscored_application.opening.rubric_version
    other = create_opening("Night shift", rubric_version=version, by=by)
    return add_candidate(other, name="Haddad Noor", email="noor@home.example", by=by, is_new=True)


def test_the_page_shows_what_joins_and_joins_it(unscored_application, twin, client_of):
    client, url = client_of("recruiter"), reverse("candidate_merge", args=[unscored_application.pk])

    shown = client.get(url).content.decode()
    done = client.post(url, {"goes": twin.candidate_id})

    assert "Night shift" in shown
    assert "noor@home.example" in shown
    assert done.status_code == 302
    candidate = unscored_application.candidate
    assert set(candidate.applications.values_list("opening__title", flat=True)) >= {"Night shift"}
    assert not Candidate.objects.filter(email="noor@home.example").exists()
    event = Event.objects.get(kind="candidate.merged")
    assert event.subject_id == candidate.pk
    assert event.detail == {"merged": twin.candidate_id, "applications": [twin.pk]}


def test_nothing_is_said_to_join_where_it_cannot(scored_application, person, by, client_of, tomorrow):
    """Both have applied for one opening, and something was planned in each application."""
    twin = add_candidate(scored_application.opening, name="Elias Okafor", email="e@home.example", by=by, is_new=True)
    round_ = twin.opening.rounds.first()
    Interview.objects.create(application=twin, round=round_, starts_at=tomorrow, due_at=tomorrow)
    url = reverse("candidate_merge", args=[scored_application.pk])

    page = LexborHTMLParser(client_of("recruiter").get(url).content.decode())

    card = page.css_first(f"section[aria-labelledby='other-{twin.candidate_id}']")
    assert "They cannot be merged yet." in card.text()
    assert "What joins" not in card.text()
    assert not card.css("form")


def test_a_merge_says_what_goes_before_its_button(unscored_application, twin, client_of):
    url = reverse("candidate_merge", args=[unscored_application.pk])

    page = LexborHTMLParser(client_of("recruiter").get(url).content.decode())

    folded = page.css_first("main details")
    assert "open" not in folded.attributes
    assert folded.css("form button")
    assert "noor@home.example" in folded.text()
    assert "cannot be undone" in folded.text()


@pytest.fixture
def misspelt(twin, by):
    return add_candidate(twin.opening, name="Noor Hadad", email="hadad@home.example", by=by)


def test_somebody_under_a_misspelt_name_is_found_and_joined(unscored_application, misspelt, client_of):
    client, url = client_of("recruiter"), reverse("candidate_merge", args=[unscored_application.pk])

    alike = client.get(url).content.decode()
    found = client.get(url, {"q": "noor haddad"}).content.decode()
    none = client.get(url, {"q": "nobody of that name"}).content.decode()
    client.post(url, {"goes": misspelt.candidate_id})

    assert "hadad@home.example" not in alike
    assert "hadad@home.example" in found
    assert "2 found." in found  # and not whom the page is about
    assert "Nobody found" in none
    misspelt.refresh_from_db()
    assert misspelt.candidate == unscored_application.candidate


def test_a_search_offers_nobody_who_is_seen_in_part(unscored_application, misspelt, confidential, client_of):
    confidential.applications.create(candidate=misspelt.candidate)
    url = reverse("candidate_merge", args=[unscored_application.pk])

    shown = client_of("recruiter").get(url, {"q": "hadad"}).content.decode()

    assert "hadad@home.example" not in shown
    assert "applications that you do not see" in shown


def test_two_applications_for_one_opening_are_settled_first(unscored_application, by):
    opening = unscored_application.opening
    twin = add_candidate(opening, name="Noor Haddad", email="noor@home.example", by=by, is_new=True)
    set_state(twin, state="on_hold", by=by)

    with pytest.raises(ValidationError, match="Both have applied for"):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)

    assert Candidate.objects.filter(pk=twin.candidate_id).exists()


def test_an_application_in_which_nothing_was_written_stands_in_nobodys_way(unscored_application, by, client_of):
    opening, candidate = unscored_application.opening, unscored_application.candidate
    twin = add_candidate(opening, name="Noor Haddad", email="noor@home.example", by=by, is_new=True)
    url = reverse("candidate_merge", args=[unscored_application.pk])

    shown = client_of("recruiter").get(url).content.decode()
    done = client_of("recruiter").post(url, {"goes": twin.candidate_id}, follow=True)

    assert "That one is removed." in shown
    assert done.redirect_chain[-1][0] == reverse("application", args=[unscored_application.pk])
    assert list(opening.applications.filter(candidate=candidate)) == [unscored_application]
    assert not Candidate.objects.filter(pk=twin.candidate_id).exists()
    assert Event.objects.filter(kind="application.removed", subject_id=twin.pk).exists()


def test_of_who_stays_an_empty_application_gives_way_too(unscored_application, by, client_of):
    twin = add_candidate(
        unscored_application.opening, name="Noor Haddad", email="noor@home.example", by=by, is_new=True
    )
    url = reverse("candidate_merge", args=[twin.pk])

    done = client_of("recruiter").post(url, {"goes": unscored_application.candidate_id}, follow=True)

    unscored_application.refresh_from_db()
    assert unscored_application.candidate == twin.candidate
    assert done.redirect_chain[-1][0] == reverse("application", args=[unscored_application.pk])


def test_an_application_that_was_moved_away_stands_in_nobodys_way(unscored_application, twin, by):
    opening, stays = unscored_application.opening, unscored_application.candidate
    moved = opening.applications.create(candidate=twin.candidate)
    move_application(moved, to=twin.opening, reason="Typed into the wrong one", by=by)

    merging.merge_candidates(stays, twin.candidate, by=by)

    rows = opening.applications.filter(candidate=stays).current_first()
    assert list(rows) == [unscored_application, moved]
    assert set(stays.applications.all()) == {unscored_application, moved, twin}
    moved.refresh_from_db()
    assert (moved.state, moved.moved_to) == ("moved", twin)


@pytest.fixture
def both_there(unscored_application, twin, by):
    """An application that was moved away, beside another of the same person for the same opening."""
    opening = unscored_application.opening
    moved = opening.applications.create(candidate=twin.candidate)
    move_application(moved, to=twin.opening, by=by)
    merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)
    return Application.objects.get(pk=moved.pk)


def test_one_that_was_moved_away_does_not_come_back_beside_another(both_there, by):
    with pytest.raises(ValidationError, match="another application for this opening"):
        set_state(both_there, state="active", by=by)
    with pytest.raises(ValidationError, match="another application for this opening"):
        set_states([both_there], state="active", by=by)

    both_there.refresh_from_db()
    assert both_there.state == "moved"


@pytest.mark.parametrize("several", [False, True])
def test_who_moves_there_again_goes_on_with_the_one_that_stayed(both_there, unscored_application, twin, by, several):
    twin.refresh_from_db()

    if several:
        move_all([twin], to=both_there.opening, by=by)
    else:
        move_application(twin, to=both_there.opening, by=by)

    twin.refresh_from_db()
    assert twin.moved_to == unscored_application


def test_whoever_is_there_once_and_was_moved_away_once_is_not_added_again(both_there, by):
    candidate = both_there.candidate

    with pytest.raises(ValidationError, match="has applied for this opening already"):
        add_candidate(both_there.opening, name=candidate.name, email=candidate.email, by=by, known=candidate)


def test_nobody_merges_whom_they_do_not_wholly_see(unscored_application, twin, by):
    Opening.objects.filter(pk=twin.opening_id).update(confidential=True)
    outsider = User.objects.create_user("second.recruiter@example.com", is_recruiter=True)

    assert merging.like(unscored_application.candidate, by=outsider).candidates == ()
    with pytest.raises(PermissionDenied):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=outsider)


def test_one_is_not_merged_with_oneself(unscored_application, by):
    candidate = unscored_application.candidate

    with pytest.raises(ValidationError, match="another candidate"):
        merging.merge_candidates(candidate, candidate, by=by)


def test_a_mark_as_colleague_and_a_hold_stay(unscored_application, twin, by, person):
    Candidate.objects.filter(pk=twin.candidate_id).update(colleague=person("manager"))
    twin.candidate.holds.create(reason="Case 7", imposed_by=by)

    stays = merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)

    assert stays.colleague == person("manager")
    assert stays.holds.in_force().exists()


def test_who_is_like_somebody_is_not_themselves(unscored_application, twin, by):
    candidate = unscored_application.candidate

    assert merging.like(candidate, by=by).candidates == (twin.candidate,)


def test_whom_one_sees_in_part_is_not_offered(unscored_application, twin, confidential, by):
    confidential.applications.create(candidate=twin.candidate)

    assert merging.like(unscored_application.candidate, by=by).candidates == ()


def test_the_preview_says_what_moves_and_what_both_applied_for(unscored_application, twin, by):
    stays, goes = unscored_application.candidate, twin.candidate
    both = unscored_application.opening
    second = both.applications.create(candidate=goes)
    set_state(second, state="on_hold", by=by)

    shown = merging.joined(stays, goes)

    assert shown.applications == (twin, second)
    assert shown.twice == (both,)
    assert merging.joined(goes, stays).applications == tuple(stays.applications.order_by("pk"))


@pytest.mark.parametrize("who", ["stays", "goes"])
def test_nobody_erased_is_merged(unscored_application, twin, by, who):
    pair = {"stays": unscored_application.candidate, "goes": twin.candidate}
    Candidate.objects.filter(pk=pair[who].pk).update(erased_at=timezone.now())

    with pytest.raises(ValidationError, match="has been erased"):
        merging.merge_candidates(**pair, by=by)

    assert Candidate.objects.filter(pk=twin.candidate_id).exists()
    assert pair[who] not in merging.mergeable(by)


def test_two_colleagues_are_two_people(unscored_application, twin, by, person):
    Candidate.objects.filter(pk=twin.candidate_id).update(colleague=person("manager"))
    mine = Candidate.objects.filter(pk=unscored_application.candidate_id)

    mine.update(colleague=person("admin"))
    with pytest.raises(ValidationError, match="two different colleagues"):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)
    mine.update(colleague=person("manager"))
    stays = merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)

    assert stays.colleague == person("manager")


def test_of_two_holds_in_force_one_is_lifted_first(unscored_application, twin, by):
    for candidate in (unscored_application.candidate, twin.candidate):
        candidate.holds.create(reason="Case 7", imposed_by=by)

    with pytest.raises(ValidationError, match="Both are under a legal hold"):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)
    twin.candidate.holds.update(lifted_by=by, lifted_at=timezone.now())
    stays = merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)

    assert stays.holds.count() == 2
    assert stays.holds.in_force().count() == 1


def test_openings_that_both_applied_for_are_named(unscored_application, twin, by):
    titles = []
    for title in ("Cook", "Baker"):
        made = create_opening(title, rubric_version=unscored_application.opening.rubric_version, by=by)
        for candidate in (unscored_application.candidate, twin.candidate):
            set_state(made.applications.create(candidate=candidate), state="on_hold", by=by)
        titles.append(title)

    with pytest.raises(ValidationError, match=f"Both have applied for {', '.join(titles)}"):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)


@pytest.fixture
def own(twin, newcomer):
    """A company-wide recruiter to whom the twin's address belongs."""
    kim = newcomer("is_recruiter")
    Candidate.objects.filter(pk=twin.candidate_id).update(email=kim.email.title())
    twin.candidate.refresh_from_db()
    return kim


@pytest.mark.parametrize("changed", [False, True])
def test_after_a_merge_ones_own_application_stays_closed(unscored_application, twin, own, by, person, changed):
    if changed:
        own = change_address(own, email="kim.new@example.net", by=person("admin"))
    preview = merging.joined(unscored_application.candidate, twin.candidate)

    stays = merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)

    assert preview.marked == stays.colleague == own
    assert Event.objects.get(kind="candidate.edited").detail == {"colleague": own.pk}
    assert not Application.objects.visible_to(own).filter(candidate=stays).exists()


def test_the_page_names_the_colleague_and_opens_nothing_to_them(unscored_application, twin, own, client_of):
    url = reverse("candidate_merge", args=[unscored_application.pk])
    client = client_of("recruiter")

    shown = client.get(url).content.decode()
    client.post(url, {"goes": twin.candidate_id})

    browser = Client()
    browser.force_login(own)
    assert "is marked as our colleague" in shown
    assert own.display_name in shown
    for page in ("application", "debrief"):
        for application in (unscored_application, twin):
            assert browser.get(reverse(page, args=[application.pk])).status_code == 404


@pytest.mark.parametrize("said_by", ["address", "mark", "earlier address"])
@pytest.mark.parametrize("turned", [False, True])
def test_nobody_becomes_the_candidate_whom_they_interview(unscored_application, twin, by, person, said_by, turned):
    jon = Panelist.objects.filter(interview__application=unscored_application).first().user
    said = {"colleague": jon} if said_by == "mark" else {"email": jon.email}
    Candidate.objects.filter(pk=twin.candidate_id).update(**said)
    if said_by == "earlier address":
        change_address(jon, email="jon.new@example.net", by=person("admin"))
    pair = [unscored_application.candidate, Candidate.objects.get(pk=twin.candidate_id)]
    stays, goes = reversed(pair) if turned else pair

    assert jon.display_name in merging.joined(stays, goes).refused
    with pytest.raises(ValidationError, match="panel of their own application"):
        merging.merge_candidates(stays, goes, by=by)

    assert Candidate.objects.filter(pk=goes.pk).exists()


def test_a_merge_that_is_refused_is_not_offered(unscored_application, twin, client_of):
    jon = Panelist.objects.filter(interview__application=unscored_application).first().user
    Candidate.objects.filter(pk=twin.candidate_id).update(colleague=jon)

    shown = client_of("recruiter").get(reverse("candidate_merge", args=[unscored_application.pk])).content.decode()

    assert "panel of their own application" in shown
    assert "They are the same person" not in shown


def test_an_address_and_a_mark_of_two_colleagues_are_two_people(unscored_application, twin, own, by, person):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(colleague=person("manager"))

    with pytest.raises(ValidationError, match="two different colleagues"):
        merging.merge_candidates(unscored_application.candidate, twin.candidate, by=by)
