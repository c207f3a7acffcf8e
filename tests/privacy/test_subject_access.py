"""A candidate's request of access: all that is written about them is in it, and nobody else's name."""

import io
import json
import subprocess

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from audit.models import Event
from candidates.models import OpeningMember, Panelist
from candidates.services import add_candidate
from debriefs import meetings
from debriefs.models import Attendee, Decision
from packets.documents import child_process
from privacy.erasure import erase_candidate
from privacy.subject_access import OWES, answer_access
from privacy.subject_access_json import access_json
from scorecards import drafts, services
from scorecards.models import Sighting


@pytest.fixture
def page(scored_application):
    return reverse("subject_access", args=[scored_application.pk])


@pytest.fixture
def handed_out(client_of, page, tmp_path):
    """The text of the file in one of its forms."""

    def ask(form: str, more: str = "") -> str:
        response = client_of("admin").post(page, {"form": form, "more": more})
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment;")
        if form == "json":
            return response.content.decode()
        path = tmp_path / "answer.pdf"
        path.write_bytes(response.content)
        read = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
        return " ".join(read.stdout.decode().split())

    return ask


def record(application, person, **more):
    return json.dumps(access_json(answer_access(application.candidate, by=person("admin"), **more).record))


def names_in_the_debrief() -> set[str]:
    names = {*Attendee.objects.values_list("name", flat=True), *Decision.objects.values_list("dissenter", flat=True)}
    return names - {""}


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_everything_that_was_written_is_in_it_but_names(worded_application, handed_out, new_word, form):
    text = handed_out(form)

    assert {word for word in new_word.all if word not in text} == names_in_the_debrief()


def test_the_page_shows_what_the_files_hold(worded_application, client_of, page, new_word):
    body = client_of("admin").get(page).content.decode()

    shown = body[body.index('aria-label="The answer"') :]
    assert {word for word in new_word.all if word not in shown} == names_in_the_debrief()


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_nobody_else_is_named(scored_application, two_panelists, person, hand_in, handed_out, form):
    author, manager = two_panelists[1].user, person("manager")
    other = add_candidate(
        scored_application.opening, name="Perdita Vane", email="perdita@example.org", by=None
    ).candidate
    stranger = User.objects.create_user("far.away@example.com", name="Quentin Fairweather")
    said = (
        f"Better than {other.name}, as {manager.name} said; Quentin and {stranger.name} agree, "
        f"{two_panelists[0].user.name.split()[0]} less so. Write to {stranger.email} or {other.email.upper()}."
    )
    hand_in(two_panelists[1], words=said)

    text = handed_out(form)

    assert "Better than [removed], as [removed] said; Quentin and [removed] agree, [removed] less so." in text
    for user in User.objects.exclude(name=""):
        assert user.name not in text
        assert user.email not in text
    assert author.name.split()[0] not in text
    assert (other.name in text, other.email.lower() in text.lower()) == (False, False)
    assert scored_application.candidate.name in text
    assert scored_application.candidate.email in text


def test_a_colleagues_name_that_is_also_the_candidates_stays(scored_application, two_panelists, person, hand_in):
    first, last = scored_application.candidate.name.split()
    User.objects.filter(pk=two_panelists[1].user_id).update(name=f"Wendeline {last}")
    two_panelists[1].user.refresh_from_db()
    hand_in(two_panelists[1], words=f"{first} {last} explained it to Wendeline {last}; Wendeline asked.")

    text = record(scored_application, person)

    assert f"{first} {last} explained it to [removed]; [removed] asked." in text


def test_further_words_are_taken_out_and_those_not_found_are_named(
    scored_application, two_panelists, client_of, page, hand_in
):
    hand_in(two_panelists[1], words="The referee Anselm Prior praised them")

    answer = client_of("admin").post(page, {"form": "preview", "more": "Anselm Prior\nAnselm Pryor"})

    body = answer.content.decode()
    shown = body[body.index('aria-label="The answer"') :]
    assert "The referee [removed] praised them" in shown
    assert "Anselm" not in shown
    assert "Not found in the text: Anselm Pryor." in body


def test_words_that_may_be_names_are_offered_and_go_where_they_are_ticked(
    scored_application, two_panelists, client_of, page, hand_in
):
    User.objects.filter(pk=two_panelists[1].user_id).update(name="Wendeline Summer")
    two_panelists[1].user.refresh_from_db()
    hand_in(two_panelists[1], words="Asked by Wendelinka in Summer")

    offered = client_of("admin").get(page).content.decode()
    ticked = {"form": "json", "removed": ["Wendelinka", "Asked"], "kept": ["Summer"]}
    answer = client_of("admin").post(page, ticked).content.decode()

    assert 'value="Wendelinka"' in offered
    assert 'value="Summer"' in offered
    assert "Asked by Wendelinka in [removed]" in offered[offered.index('aria-label="The answer"') :]
    assert "Asked by [removed] in Summer" in answer


def test_it_says_how_long_and_who_received_it(scored_application, person, built_packet):
    data = json.loads(record(scored_application, person))["applications"][0]

    assert data["packets"] == 1
    assert data["kept_by"].startswith("One year")
    assert data["kept_until"] > data["applied_at"]


@pytest.fixture
def built_packet(scored_application, person):
    from packets import life as packets

    asked = packets.request_packet(scored_application.pk, profile="full", by=person("manager"))
    return packets.build(packets.claim(asked.pk))


# --- drafts ------------------------------------------------------------------
def test_a_draft_is_its_authors_until_there_is_a_decision(scored_application, two_panelists, person, complete_answers):
    card = drafts.open_scorecard(two_panelists[1])
    drafts.save_draft(card, complete_answers(two_panelists[1], words="zanzibar"), edit=0, by=two_panelists[1].user)

    before = record(scored_application, person)
    meetings.open_debrief(scored_application, by=person("manager"))
    keys = scored_application.opening.rubric_version.dimensions.filter(must_have=True).values_list("key", flat=True)
    meetings.record_decision(
        scored_application,
        outcome="hire",
        rationale="Good",
        rationales=dict.fromkeys(keys, "Good"),
        by=person("manager"),
    )
    after = record(scored_application, person)

    assert "zanzibar" not in before
    assert json.loads(before)["applications"][0]["scorecards_still_being_written"] == 1
    assert "evidence zanzibar" in after
    assert json.loads(after)["applications"][0]["scorecards_still_being_written"] == 0


# --- who, and what is kept of it ---------------------------------------------
@pytest.mark.parametrize("form", ["preview", "json", "pdf"])
def test_whoever_owes_a_scorecard_is_refused(scored_application, two_panelists, person, client_of, page, form):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("admin"))

    answer = client_of("admin").post(page, {"form": form})

    assert answer.status_code == 403
    assert escape(OWES) in answer.content.decode()
    assert not Sighting.objects.filter(user=person("admin")).exists()
    assert not Event.objects.filter(kind__startswith="subject_access.").exists()


@pytest.mark.parametrize("name", ["interviewer", "manager"])
def test_only_who_may_erase_may_answer(scored_application, person, client_of, page, name):
    if name == "manager":
        OpeningMember.objects.get_or_create(
            opening=scored_application.opening, user=person(name), role="hiring_manager"
        )

    assert client_of(name).get(page).status_code in {403, 404}
    with pytest.raises(PermissionDenied):
        answer_access(scored_application.candidate, by=person(name))


def test_it_counts_as_seen_and_is_recorded_without_a_name(scored_application, person, handed_out):
    handed_out("json", more="Anselm Prior")
    handed_out("pdf")

    seen = Sighting.objects.filter(user=person("admin"))
    events = Event.objects.filter(
        kind="subject_access.exported", actor_id=person("admin").pk, subject_id=scored_application.candidate_id
    )
    assert set(seen.values_list("way", flat=True)) == {"subject_access"}
    assert sorted(events.values_list("detail__format", flat=True)) == ["json", "pdf"]
    assert "Anselm" not in str(list(events.values()))


def test_an_erased_candidate_has_nothing_to_hand_out(scored_application, client_of, person, page):
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    assert client_of("admin").get(page).status_code == 403


# --- the document ------------------------------------------------------------
def test_the_document_is_tagged_and_has_an_outline(scored_application, client_of, page):
    response = client_of("admin").post(page, {"form": "pdf"})

    with pikepdf.open(io.BytesIO(response.content)) as pdf, pdf.open_outline() as outline:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/Title"] == f"Data about {scored_application.candidate.name}"
        assert [str(child.title) for child in outline.root[0].children] == [
            scored_application.opening.title,
            "How it is used",
        ]


def test_text_is_text_and_nothing_is_fetched(scored_application, two_panelists, hand_in, handed_out):
    hand_in(two_panelists[1], words='<b>bold</b><img src="file:///etc/passwd">')

    text = handed_out("pdf")

    assert '<b>bold</b><img src="file:///etc/passwd">' in text
    assert "root:" not in text


def test_a_document_that_takes_too_long_is_said_and_the_page_stands(client_of, page, monkeypatch):
    monkeypatch.setattr(child_process, "SECONDS", 0.01)

    answer = client_of("admin").post(page, {"form": "pdf", "more": "Anselm Prior"})

    assert answer.status_code == 503
    body = answer.content.decode()
    assert "took too long. Try again, or download the JSON." in body
    assert ">\nAnselm Prior</textarea>" in body


def test_a_form_that_is_none_is_refused(client_of, page):
    assert client_of("admin").post(page, {"form": "zip"}).status_code == 422
    assert client_of("admin").post(page, {"form": "json", "more": "x" * 5_001}).status_code == 422


def test_the_page_is_reached_from_the_candidate(scored_application, client_of, page, person, two_panelists):
    url = reverse("application", args=[scored_application.pk])
    offered = page in client_of("admin").get(url).content.decode()
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("admin"))

    assert offered
    assert page not in client_of("admin").get(url).content.decode()


def test_others_scorecards_are_not_shown_by_what_is_offered(scored_application, two_panelists, person, client_of, page):
    services.decline_scorecard(drafts.open_scorecard(two_panelists[1]), reason="I was ill", by=two_panelists[1].user)

    assert "I was ill" in client_of("admin").get(page).content.decode()
