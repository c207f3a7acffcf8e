"""Erasure: afterwards no column and no file holds a word about the person; the triggers yield to nothing else."""

import json
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.folding import terms
from audit.models import Event
from candidates.models import Application, Candidate, Panelist, Round
from candidates.services import add_candidate, create_opening, edit_candidate, plan_interview, save_round
from debriefs import meetings
from debriefs.models import Decision, MeetingNote
from notices import outbox
from notices.models import Mail, Notice
from packets.batches import request_batch
from packets.models import BatchItem, Packet, PacketBatch
from privacy.erasure import BLANK, GONE, erasable_histories, erasable_models, erase_candidate
from scorecards import drafts, guests, services
from scorecards.models import Amendment, DismissedHint, GuestLink, Override, Rating, Scorecard, SignalMark
from tests.queries import refused

# What else holds characters, and why an erasure need not touch it.
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, ArrayField)
HARMLESS = {
    "Opening": {"slug", "title", "retention", "outcome", "sort_key", "search_terms"},
    "OpeningMember": {"role"},
    "Round": {"name"},
    "Application": {"code_name", "state", "decided"},  # the first is drawn by lot from a list
    "StateChange": {"state"},
    "Panelist": {"role"},
    "Scorecard": {"state", "recommendation", "field_edits"},  # names of fields and numbers
    "Rating": {"anchor_text"},  # the rubric's words
    "LookForMark": {"outcome"},
    "HandoffNote": {"kind"},
    "WordList": {"language", "words"},
    "ScorecardImport": {"sha256", "counts"},
    "CandidateImport": {"sha256"},
    "ImportedRow": {"kind"},
    "Amendment": {"recommendation", "had_seen"},  # numbers of scorecards
    "MeetingNote": {"kind"},
    "ReRating": {"kind"},
    "Sighting": {"way"},
    "Decision": {"outcome"},
    "GuestLink": {"key_hash"},
    "Packet": {"profile", "evidence_by", "paper", "fingerprint", "rows_digest", "state", "sha256"},
    "PacketBatch": {"profile", "state", "archive_sha256", "document_sha256"},
    "BatchItem": {"left_out"},
    "WorkerHeartbeat": {"name"},
    "Material": {"purpose", "file", "kind", "sha256"},  # rows go as a whole; the stored name is a token
}
BY_HAND = {
    "Candidate": {"name", "email", "sort_key", "search_terms", "erased_key"},
    "LegalHold": {"reason"},
    "Packet": {"stage", "error", "file", "words_removed", "words_kept", "unprinted"},
    "PacketBatch": {"error", "archive", "document"},
}


def found(words: list[str], folder: Path) -> set[str]:
    """Those of the words that are in some column of some table, or in some file or its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        text = []
        for schema, table in cursor.fetchall():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
                [schema, table],
            )
            for (column,) in cursor.fetchall():
                cursor.execute(f'SELECT string_agg("{column}"::text, chr(10)) FROM "{schema}"."{table}"')
                text.append(cursor.fetchone()[0] or "")
    stored = "\n".join(text).lower().encode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    stored += b"\n".join(str(path).lower().encode() + path.read_bytes().lower() for path in files)
    return {word for word in words if word.lower().encode() in stored}


def pack(application, person, new_word) -> None:
    """One packet and one batch with their files."""
    by = person("manager")
    packet = Packet.objects.create(
        application=application,
        fingerprint="0" * 64,
        requested_by=by,
        state="ready",
        sha256="0" * 64,
        words_removed=[new_word()],
        words_kept=[new_word()],
        unprinted=[[new_word(), [1]]],
        file=default_storage.save(f"packets/1-{uuid.uuid4()}.pdf", ContentFile(f"%PDF {new_word()}".encode())),
    )
    Packet.objects.create(
        application=application, fingerprint="1" * 64, requested_by=by, state="failed", error=new_word(), stage="x"
    )
    batch = PacketBatch.objects.create(
        opening=application.opening,
        profile="full",
        requested_by=by,
        state="ready",
        archive_sha256="0" * 64,
        document_sha256="0" * 64,
        archive=default_storage.save(f"batches/1-{uuid.uuid4()}.zip", ContentFile(new_word().encode())),
        document=default_storage.save(f"batches/1-{uuid.uuid4()}.pdf", ContentFile(new_word().encode())),
    )
    BatchItem.objects.create(batch=batch, application=application, packet=packet)


def dismiss(application, person, new_word) -> None:
    """A hint that the author of a draft wants to see no more."""
    panelist = Panelist.objects.create(interview=application.interviews.first(), user=person("admin"))
    card = drafts.open_scorecard(panelist)
    DismissedHint.objects.create(scorecard=card, words=new_word(), before=new_word(), after=new_word())


def test_nothing_of_an_erased_person_is_left_anywhere(
    worded_application, person, new_word, settings, django_capture_on_commit_callbacks
):
    pack(worded_application, person, new_word)
    dismiss(worded_application, person, new_word)
    candidate = Candidate.objects.get(pk=worded_application.candidate_id)
    sought = [*new_word.all, candidate.name, candidate.email]
    assert found(sought, settings.MEDIA_ROOT) == set(sought)

    with django_capture_on_commit_callbacks(execute=True):
        erase_candidate(candidate, by=person("admin"), reason="asked")

    assert found(sought, settings.MEDIA_ROOT) == set()
    candidate.refresh_from_db()
    assert candidate.name == f"Erased candidate {candidate.pk}"
    assert candidate.email.endswith("@erased.invalid")
    assert candidate.sort_key.startswith("erased candidate")
    assert candidate.search_terms == terms(candidate.name, candidate.email)


def test_every_text_was_planted(worded_application, person, new_word):
    """What the search above looks for is in every column that an erasure blanks."""
    dismiss(worded_application, person, new_word)
    bare = []
    for model, erasable in erasable_models():
        for column in erasable.texts:
            rows = model.objects.filter(**{erasable.way.lookup: worded_application})
            texts = [json.dumps(row, default=str) for row in rows.values_list(column, flat=True)]
            if not any(text not in {'""', "{}", "[]"} for text in texts):
                bare.append(f"{model.__name__}.{column}")

    assert bare == []


def test_every_text_column_is_blanked_or_known_to_be_harmless():
    wrong = []
    histories = [history for history, _ in erasable_histories()]
    stated = {model.__name__: set(erasable.texts) for model, erasable in erasable_models()}
    for app in ("candidates", "scorecards", "debriefs", "packets", "files"):
        for model in apps.get_app_config(app).get_models():
            name = model.__name__
            if model in histories:  # these rows go as a whole
                continue
            texts = {field.name for field in model._meta.local_fields if isinstance(field, TEXTS)}
            known = HARMLESS.get(name, set()) | BY_HAND.get(name, set()) | stated.get(name, set())
            wrong += [f"{name}.{column}" for column in texts ^ known]

    assert wrong == []


def test_scores_and_counts_stay_numbers(worded_application, person):
    def figures():
        cards = Scorecard.objects.filter(panelist__interview__application=worded_application)
        return {
            "ratings": sorted(Rating.objects.values_list("pk", "score", "not_assessed")),
            "cards": sorted(cards.values_list("pk", "state", "recommendation", "saw_others_first")),
            "decisions": list(Decision.objects.values_list("pk", "outcome", "decided_at")),
            "rows": [model.objects.count() for model in (Amendment, MeetingNote, Override, SignalMark, Packet)],
            "amended": [
                [row.get("score") for row in rows] for rows in Amendment.objects.values_list("ratings", flat=True)
            ],
        }

    before = figures()

    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    assert figures() == before
    assert set(Decision.objects.get(application=worded_application).rationales.values()) == {BLANK}


def test_the_history_of_its_rows_goes_and_of_others_stays(worded_application, unscored_application, person, hand_in):
    hand_in(Panelist.objects.filter(interview__application=unscored_application).first())

    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    rows = {model.__name__: model.objects for model, _ in erasable_histories()}
    left = [
        model
        for model, kept in erasable_histories()
        if model.objects.filter(**{kept.way.lookup: worded_application}).exists()
    ]
    assert left == []
    assert rows["ScorecardChange"].filter(panelist__interview__application=unscored_application).exists()
    assert rows["RatingChange"].filter(scorecard__panelist__interview__application=unscored_application).exists()


def test_another_candidates_words_stay(worded_application, person, unscored_application, hand_in, new_word):
    word = new_word()
    hand_in(Panelist.objects.filter(interview__application=unscored_application).first(), words=word)
    name = unscored_application.candidate.name

    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    assert Rating.objects.filter(evidence__contains=word).exists()
    assert Candidate.objects.filter(name=name).exists()


def test_every_application_of_the_person_is_erased(worded_application, person, hand_in, new_word):
    other = create_opening("Another", rubric_version=worded_application.opening.rubric_version, by=None)
    save_round(Round(opening=other, name="Talk"), dimensions=other.rubric_version.dimensions.all()[:2], by=None)
    second = add_candidate(other, name="", email="", known=worded_application.candidate, by=None)
    panelist = plan_interview(
        second,
        round=other.rounds.first(),
        starts_at=timezone.now(),
        due_at=timezone.now(),
        leads=[person("interviewer")],
        shadows=[],
        by=None,
    ).panelists.get()
    hand_in(panelist, words=new_word())

    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    assert not Rating.objects.filter(evidence__contains=new_word.all[-1]).exists()


# --- the triggers ------------------------------------------------------------
UPDATES = [
    "UPDATE scorecards_scorecard SET summary = '[erased]' WHERE state = 'submitted' AND {}",
    "UPDATE scorecards_rating SET evidence = '[erased]' WHERE scorecard_id IN (SELECT id FROM scorecards_scorecard "
    "WHERE state = 'submitted' AND {})",
    "UPDATE scorecards_scorecard SET decline_reason = '[erased]' WHERE state = 'declined' AND {}",
]
OF = (
    "panelist_id IN (SELECT p.id FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id "
    "WHERE i.application_id = {})"
)
SIMPLE = [
    "UPDATE scorecards_override SET reason = '[erased]'",
    "UPDATE scorecards_amendment SET reason = '[erased]'",
    "UPDATE scorecards_handoffnote SET text = '[erased]'",
    "UPDATE debriefs_meetingnote SET text = '[erased]'",
    "UPDATE debriefs_attendee SET name = '[erased]' WHERE name <> ''",
    "UPDATE debriefs_rerating SET reason = '[erased]'",
    "UPDATE debriefs_decision SET rationale = '[erased]'",
    "UPDATE debriefs_reopening SET reason = '[erased]'",
]


def statements(application) -> list[str]:
    return [sql.format(OF.format(application.pk)) for sql in UPDATES] + SIMPLE


def erasing(applications: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.erasing', %s, true)", [applications])


def test_outside_of_an_erasure_the_triggers_refuse(worded_application):
    assert [sql for sql in statements(worded_application) if not refused(sql)] == []


def test_during_the_erasure_of_another_they_refuse(worded_application, unscored_application):
    erasing(f"{unscored_application.pk},{worded_application.pk}0,1{worded_application.pk}")

    assert [sql for sql in statements(worded_application) if not refused(sql)] == []


def test_during_its_erasure_texts_pass_and_nothing_else(worded_application):
    erasing(f"999999,{worded_application.pk}")

    assert [sql for sql in statements(worded_application) if refused(sql)] == []
    for sql in (
        f"UPDATE scorecards_scorecard SET recommendation = 'no', summary = '' WHERE {OF.format(worded_application.pk)}",
        "UPDATE scorecards_rating SET score = 1 WHERE score = 4",
        "UPDATE debriefs_decision SET outcome = 'no_hire'",
        "UPDATE scorecards_override SET at = now()",
        "DELETE FROM debriefs_decision",
        "DELETE FROM scorecards_rating",
        "DELETE FROM scorecards_override",
        "DELETE FROM debriefs_reopening",
    ):
        assert refused(sql), sql


def test_an_erasure_ends_with_itself(worded_application, person):
    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    assert refused("UPDATE debriefs_decision SET rationale = 'again'")


def test_a_failed_erasure_leaves_no_door_open(worded_application):
    with transaction.atomic():
        erasing(str(worded_application.pk))
        transaction.set_rollback(True)

    assert refused("UPDATE debriefs_decision SET rationale = 'again'")


# --- who may, and what follows -----------------------------------------------
def test_the_trail_says_who_and_why_and_no_name(worded_application, person):
    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    event = Event.objects.filter(kind="candidate.erased").get()
    assert (event.actor_id, event.subject_id) == (person("admin").pk, worded_application.candidate_id)
    assert event.detail == {"reason": "asked", "applications": [worded_application.pk], "files": 1}


@pytest.mark.parametrize("name", ["manager", "interviewer"])
def test_others_may_not_erase(scored_application, person, name):
    with pytest.raises(PermissionDenied):
        erase_candidate(scored_application.candidate, by=person(name), reason="asked")


def test_erasing_needs_a_known_reason_and_happens_once(scored_application, person):
    with pytest.raises(ValidationError):
        erase_candidate(scored_application.candidate, by=person("admin"), reason="because Elias asked")
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    with pytest.raises(ValidationError, match=GONE):
        erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")


def test_no_word_comes_back(scored_application, two_panelists, person):
    draft = drafts.open_scorecard(two_panelists[1])
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    words, manager = {"summary": "again"}, person("manager")

    with pytest.raises(drafts.Finished):
        drafts.save_draft(draft, words, edit=0, by=two_panelists[1].user)
    with pytest.raises(drafts.Finished):
        services.decline_scorecard(draft, reason="again", by=two_panelists[1].user)
    for write in (
        lambda: services.leave_note(two_panelists[1], kind="probe", text="again", by=two_panelists[1].user),
        lambda: meetings.record_decision(scored_application, outcome="hold", rationale="again", by=manager),
        lambda: services.grant_override(
            scored_application, two_panelists[1].user, reason="again", by=person("recruiter")
        ),
        lambda: edit_candidate(scored_application.candidate, name="again", email="again@example.org", by=manager),
    ):
        with pytest.raises(ValidationError):
            write()
    assert refused("UPDATE scorecards_scorecard SET summary = 'again' WHERE id = %s", draft.pk)


def test_pages_of_the_opening_still_work(worded_application, two_panelists, person, client_of):
    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")
    name = f"Erased candidate {worded_application.candidate_id}"

    manager = client_of("manager")
    for page in ("debrief", "debrief_summary", "application", "packet_preview"):
        assert name in manager.get(reverse(page, args=[worded_application.pk])).content.decode(), page
    assert manager.get(reverse("home")).status_code == 200
    assert manager.get(reverse("candidate_list")).status_code == 200
    assert manager.get(reverse("opening", args=[worded_application.opening_id])).status_code == 200
    assert manager.get(reverse("finalists", args=[worded_application.opening_id])).status_code == 200


def test_a_packet_can_be_asked_for_again_and_says_nothing(worded_application, person):
    from packets.life import build, claim, request_packet

    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    again = Application.objects.get(pk=worded_application.pk)
    packet = build(claim(request_packet(again.pk, profile="full", by=person("manager")).pk))

    assert packet.state == "ready", packet.error


def test_a_packet_under_way_is_void(scored_application, person, settings, django_capture_on_commit_callbacks):
    from packets.life import build, claim, request_packet

    packet = claim(request_packet(scored_application.pk, profile="full", by=person("manager")).pk)
    with django_capture_on_commit_callbacks(execute=True):
        erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    assert build(packet).state == "expired"
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("state", ["queued", "building"])
def test_an_unfinished_batch_that_holds_the_person_is_cancelled(scored_application, person, state):
    batch = request_batch(
        scored_application.opening, applications=[scored_application.pk], profile="full", by=person("manager")
    )
    PacketBatch.objects.filter(pk=batch.pk).update(state=state)

    erase_candidate(scored_application.candidate, by=person("admin"), reason="over")

    batch.refresh_from_db()
    assert batch.state == "cancelled"


def test_an_external_interviewers_link_ends_and_those_of_others_stay(scored_application, unscored_application, person):
    for application in (scored_application, unscored_application):
        guests.add_guest(
            application.interviews.first(),
            name="Outside",
            email=f"outside{application.pk}@example.net",
            role="lead",
            by=person("recruiter"),
            link=lambda key: f"http://testserver/guest/?key={key}",
        )

    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    of_application = "panelist__interview__application"
    assert list(GuestLink.objects.open().values_list(of_application, flat=True)) == [unscored_application.pk]
    # Not only for lack of anything to write: the link itself is taken back.
    assert list(GuestLink.objects.unexpired().values_list(of_application, flat=True)) == [unscored_application.pk]


def test_words_that_were_ticked_for_a_packet_go_as_well(scored_application, two_panelists, hand_in, person):
    from candidates.names import Ticks
    from packets.life import request_packet

    hand_in(two_panelists[1], words="Spoke with Okaforem")
    ticks = Ticks(removed=("Okaforem",))
    packet = request_packet(scored_application.pk, profile="no-candidate", ticks=ticks, by=person("manager"))
    asked = list(packet.words_removed)
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")

    packet.refresh_from_db()
    assert (asked, packet.words_removed) == (["Okaforem"], [])


# --- the page ----------------------------------------------------------------
def test_the_page_says_what_goes_and_erases(worded_application, client_of, person):
    url = reverse("candidate_erase", args=[worded_application.pk])
    admin = client_of("admin")

    page = admin.get(url).content.decode()
    assert "What is erased" in page
    assert "What is kept" in page
    assert admin.post(url, {"reason": "asked"}).status_code == 422
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
    assert admin.post(url, {"reason": "asked", "sure": "on"}).status_code == 302

    page = admin.get(reverse("application", args=[worded_application.pk])).content.decode()
    assert f"Erased candidate {worded_application.candidate_id}" in page
    assert url not in page


def test_a_recruiter_who_sees_every_application_may_erase(scored_application, client_of):
    url = reverse("candidate_erase", args=[scored_application.pk])

    assert client_of("recruiter").get(url).status_code == 200
    assert client_of("manager").get(url).status_code == 403


def test_the_scorecards_pages_name_what_the_device_has_to_forget(worded_application, two_panelists, client_of, person):
    third = plan_interview(
        worded_application,
        round=worded_application.opening.rounds.first(),
        starts_at=timezone.now(),
        due_at=timezone.now(),
        leads=[person("manager")],
        shadows=[],
        by=person("recruiter"),
    ).panelists.get()
    erase_candidate(worded_application.candidate, by=person("admin"), reason="asked")

    for panelist in (*two_panelists, third):
        client = Client()
        client.force_login(panelist.user)
        page = client.get(reverse("scorecard", args=[panelist.pk])).content.decode()
        card = Scorecard.objects.get(panelist=panelist)
        assert f'data-user="{panelist.user_id}"' in page
        assert f'data-erased-scorecard="{card.pk}"' in page
        assert "data-erased-forms=" in page
        draft = client.post(reverse("scorecard_draft", args=[panelist.pk]), {"summary": "again", "edit": "0"})
        assert draft.status_code == 409
        note = client.post(reverse("handoff", args=[panelist.pk]), {"kind": "probe", "text": "again"})
        assert note.status_code == 302
    assert "again" not in str(list(Scorecard.objects.values_list("summary", flat=True)))
    assert client_of("recruiter").get(reverse("interview_edit", args=[third.interview_id])).status_code == 403
    home = client_of("manager").get(reverse("home")).content.decode()
    assert reverse("scorecard", args=[third.pk]) not in home


@pytest.mark.parametrize("by", ["recruiter", None])
def test_panels_of_interviews_to_come_are_told_without_a_name(
    unscored_application, person, tomorrow, settings, mailoutbox, by
):
    """Without a person it is the retention task that erases."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    name = unscored_application.candidate.name
    unscored_application.interviews.all().delete()
    interview = plan_interview(
        unscored_application,
        round=unscored_application.opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[person("interviewer")],
        shadows=[person("interviewer2")],
        by=person("recruiter"),
        place=f"Room of {name}",
    )

    erase_candidate(unscored_application.candidate, by=by and person(by), reason="asked")
    outbox.send_due()

    interview.refresh_from_db()
    assert interview.cancelled_at
    off = [mail.to[0].split("@")[0] for mail in mailoutbox if mail.subject.startswith("Cancelled interview")]
    assert sorted(off) == ["interviewer", "interviewer2"]
    for mail in Mail.objects.filter(kind="cancelled"):
        event = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
        assert mail.calendar_method == "CANCEL"
        assert event["SEQUENCE"] == 1
        assert event["SUMMARY"] == interview.round.name
        assert mail.state == "sent"
    left = [f"{row.subject} {row.text} {row.html} {row.calendar}" for row in Mail.objects.all()]
    left += [f"{row.title} {row.text}" for row in Notice.objects.filter(kind="cancelled")]
    for words in left:
        assert not set(name.split()) & set(words.replace("\r\n ", "").split())
    assert not Mail.objects.filter(about_id=unscored_application.pk, about_type="application").exists()


def test_an_erasure_cancels_no_interview_that_was_held(worded_application, person):
    held = worded_application.interviews.filter(starts_at__lte=timezone.now())
    assert held.exists()

    erase_candidate(worded_application.candidate, by=person("recruiter"), reason="asked")

    assert not held.exclude(cancelled_at=None).exists()
