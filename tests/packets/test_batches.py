"""Packets of several candidates at once: one task each, put together once, the failed ones named and tried again."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Opening, Panelist
from debriefs import meetings
from packets import batches, files, life
from packets.models import Packet, PacketBatch
from packets.tasks import assemble_batch, build_batch_item, build_packet, sweep_packets
from scorecards.models import Override
from tests.packets.conftest import SHORTEST


@pytest.fixture
def opening(sample):
    return Opening.objects.get()


@pytest.fixture
def everybody(opening):
    """Elias and Sunniva have submitted scorecards, Noor has none."""
    return list(opening.applications.values_list("pk", flat=True))


@pytest.fixture
def requested_batch(opening, everybody, person):
    def ask(profile: str = SHORTEST, by: str = "manager") -> PacketBatch:
        return batches.request_batch(opening, applications=everybody, profile=profile, by=person(by))

    return ask


@pytest.fixture
def finished_batch(requested_batch):
    """A batch brought to its end as workers bring it."""

    def finish(profile: str = SHORTEST) -> PacketBatch:
        return run(requested_batch(profile))

    return finish


def run(batch: PacketBatch) -> PacketBatch:
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    assemble_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def names(batch: PacketBatch) -> dict[str, str]:
    """Candidates by first name, with the state of their packet or why they are left out."""
    items = batch.items.select_related("packet", "application__candidate")
    return {
        item.application.candidate.name.split()[0]: item.left_out or (item.packet.state if item.packet else "unasked")
        for item in items
    }


def read(file) -> bytes:
    with file.open("rb") as stored:
        return stored.read()


def archive(batch: PacketBatch) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(read(batch.archive)))


def lose_worker(row, *, attempts: int = 1) -> None:
    past = timezone.now() - timedelta(minutes=5)
    type(row).objects.filter(pk=row.pk).update(lease_until=past, moved_at=past, attempts=attempts)


def events(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


# --- asked for ---------------------------------------------------------------
def test_who_has_nothing_submitted_is_named_as_left_out(requested_batch):
    batch = requested_batch()

    assert names(batch) == {"Noor": "nothing", "Elias": "unasked", "Sunniva": "unasked"}
    assert events("batch.requested") == 1


def test_whom_the_asker_is_blind_to_is_left_out_and_nothing_told_of_them(
    requested_batch, scored_application, unscored_application, person
):
    for application in (scored_application, unscored_application):
        Panelist.objects.create(interview=application.interviews.first(), user=person("manager"))

    assert names(requested_batch()) == {"Noor": "blind", "Elias": "blind", "Sunniva": "unasked"}


def test_one_let_in_by_an_override_gets_the_packet(requested_batch, scored_application, person):
    Panelist.objects.create(interview=scored_application.interviews.first(), user=person("manager"))
    Override.objects.create(
        application=scored_application, user=person("manager"), granted_by=person("recruiter"), reason="So"
    )

    assert names(requested_batch())["Elias"] == "unasked"


@pytest.mark.parametrize("name", ["interviewer", "admin"])
def test_a_batch_is_for_those_who_run_the_opening(requested_batch, name):
    with pytest.raises(PermissionDenied):
        requested_batch(by=name)


def test_nothing_to_build_is_refused_in_plain_words(opening, unscored_application, person):
    by = person("manager")

    with pytest.raises(ValidationError, match="Choose at least one"):
        batches.request_batch(opening, applications=[10**15], profile="full", by=by)
    with pytest.raises(ValidationError, match="None of these candidates has a debrief"):
        batches.request_batch(opening, applications=[unscored_application.pk], profile="full", by=by)
    assert not PacketBatch.objects.exists()


def test_more_than_fit_are_refused(opening, everybody, person, monkeypatch):
    monkeypatch.setattr(batches, "MOST", 2)

    with pytest.raises(ValidationError, match="at most 2"):
        batches.request_batch(opening, applications=everybody, profile="full", by=person("manager"))


def test_applications_of_another_opening_are_not_taken(opening, scored_application, person):
    other = Opening.objects.create(slug="other", title="Other", rubric_version=opening.rubric_version)
    from candidates.services import add_member

    add_member(other, person("manager"), role="hiring_manager", by=None)

    with pytest.raises(ValidationError):
        batches.request_batch(other, applications=[scored_application.pk], profile="full", by=person("manager"))


# --- built -------------------------------------------------------------------
def test_result_appears_when_the_last_packet_is_done(requested_batch):
    batch = requested_batch()
    first, second = batch.items.exclude(left_out="nothing")

    build_batch_item(item_id=first.pk)
    assemble_batch(batch_id=batch.pk)
    between = PacketBatch.objects.get(pk=batch.pk)
    build_batch_item(item_id=second.pk)
    assemble_batch(batch_id=batch.pk)
    done = PacketBatch.objects.get(pk=batch.pk)

    assert (between.state, bool(between.archive)) == ("queued", False)
    assert (done.state, events("batch.ready")) == ("ready", 1)
    assert hashlib.sha256(read(done.archive)).hexdigest() == done.archive_sha256
    assert hashlib.sha256(read(done.document)).hexdigest() == done.document_sha256


def test_archive_holds_each_packet_as_it_was_issued(finished_batch):
    batch = finished_batch()

    with archive(batch) as zipped:
        listed = zipped.namelist()
        digests = zipped.read("SHA256SUMS").decode()
        found = {name: hashlib.sha256(zipped.read(name)).hexdigest() for name in listed if "debrief" in name}

    assert [name.partition("-")[0] for name in listed] == ["000", "001", "002", "SHA256SUMS"]
    assert set(found.values()) == set(Packet.objects.values_list("sha256", flat=True))
    assert digests == "".join(f"{digest}  {name}\n" for name, digest in found.items())


def test_document_opens_with_contents_that_lead_to_each_packet(finished_batch, text_of):
    batch = finished_batch("totals")
    packets = {packet.pk: len(pikepdf.open(io.BytesIO(read(packet.file))).pages) for packet in Packet.objects.all()}

    pdf = pikepdf.open(io.BytesIO(read(batch.document)))

    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [child.title for child in outline.root[-1].children]
    links = [note.Dest[0].objgen for note in pdf.pages[0].obj.Annots]
    starts = [pdf.pages[1].obj.objgen, pdf.pages[1 + len_of_first(batch, packets)].obj.objgen]
    assert len(pdf.pages) == 1 + sum(packets.values())
    assert titles[-2:] == ["Sunniva Berg", "Elias Okafor"]
    assert "Decision" in below
    assert list(dict.fromkeys(links)) == starts
    text = text_of(read(batch.document))
    assert "Noor Haddad no one has submitted a scorecard yet" in text
    assert f"From page Sunniva Berg {batch.items.exclude(packet=None)[0].packet_id}" in text


def len_of_first(batch: PacketBatch, packets: dict[int, int]) -> int:
    return packets[batch.items.exclude(packet=None)[0].packet_id]


def test_document_is_tagged_through_and_through(finished_batch):
    pdf = pikepdf.open(io.BytesIO(read(finished_batch().document)))

    root = pdf.Root.StructTreeRoot
    numbers = dict(zip(map(int, list(root.ParentTree.Nums)[::2]), list(root.ParentTree.Nums)[1::2], strict=True))
    owners = [numbers[int(page.obj.StructParents)] for page in pdf.pages]
    ids = [str(thing.ID) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing]
    named = {
        str(name)
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TD" and "/Headers" in thing.get("/A", {})
        for name in thing.A.Headers
    }
    assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "en")
    assert [owner[0].Pg.objgen for owner in owners] == [page.obj.objgen for page in pdf.pages]
    assert len(ids) == len(set(ids))
    assert named <= set(ids)
    assert pdf.check_pdf_syntax() == []


def test_same_packets_are_used_and_none_is_built_twice(finished_batch, requested_packet, finished_packet):
    ready = finished_packet()

    batch = finished_batch()

    assert ready.pk in batch.items.values_list("packet_id", flat=True)
    assert Packet.objects.count() == 2
    assert Packet.objects.get(pk=ready.pk).attempts == 1
    again = finished_batch()
    assert again.state == "ready"
    assert Packet.objects.count() == 2


def test_a_packet_that_another_worker_builds_is_waited_for(requested_batch, requested_packet):
    elsewhere = life.claim(requested_packet().pk)
    batch = run(requested_batch())
    assert batch.state == "queued"

    life.build(elsewhere)
    build_packet(packet_id=elsewhere.pk)
    batches.move_on_with(elsewhere)
    assemble_batch(batch_id=batch.pk)

    assert PacketBatch.objects.get(pk=batch.pk).state == "ready"


def test_rights_lost_while_waiting_leave_out(requested_batch, scored_application, person):
    batch = requested_batch()
    Panelist.objects.create(interview=scored_application.interviews.first(), user=person("manager"))

    run(batch)

    assert names(batch) == {"Noor": "nothing", "Elias": "blind", "Sunniva": "ready"}
    assert batch.state == "ready"


# --- failed, tried again, cancelled ------------------------------------------
@pytest.fixture
def batch_with_a_failure(requested_batch, requested_packet):
    """A batch in which Elias's packet fails: the worker was lost each time."""
    packet = life.claim(requested_packet().pk)
    lose = {"lease_until": timezone.now() - timedelta(minutes=5), "attempts": life.MAX_ATTEMPTS}
    batch = run(requested_batch())
    Packet.objects.filter(pk=packet.pk).update(**lose)
    life.sweep()
    assemble_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def test_failed_packets_are_named_and_the_rest_is_there(batch_with_a_failure, text_of):
    assert batch_with_a_failure.state == "ready"
    assert names(batch_with_a_failure)["Elias"] == "failed"
    assert batches.progress(batch_with_a_failure, list(batch_with_a_failure.items.all())).failed == 1
    assert "Elias Okafor its packet could not be built" in text_of(read(batch_with_a_failure.document))
    with archive(batch_with_a_failure) as zipped:
        assert not [name for name in zipped.namelist() if "elias" in name]


def test_trying_again_builds_what_failed_and_puts_all_together_anew(batch_with_a_failure, person):
    same = batches.retry_batch(batch_with_a_failure, by=person("manager"))
    run(same)

    assert same.pk == batch_with_a_failure.pk
    assert names(same) == {"Noor": "nothing", "Elias": "ready", "Sunniva": "ready"}
    assert (same.state, events("batch.retried"), events("batch.ready")) == ("ready", 1, 2)
    assert Packet.objects.count() == 2


def test_trying_again_what_did_not_fail_changes_nothing(finished_batch, person):
    batch = finished_batch()

    batches.retry_batch(batch, by=person("manager"))

    assert PacketBatch.objects.get(pk=batch.pk).state == "ready"
    assert events("batch.retried") == 0


def test_a_batch_of_which_nothing_could_be_built_fails_in_plain_words(requested_batch):
    batch = requested_batch()
    for item in batch.items.filter(left_out=""):
        packet = life.claim(batches._asked(item.pk)[1].pk)
        life._fail(packet, life.GIVEN_UP)

    assemble_batch(batch_id=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("failed", batches.NONE_BUILT)


def test_cancelled_batch_builds_no_more_and_can_be_asked_for_again(requested_batch, person):
    batch = requested_batch()

    batches.cancel_batch(batch, by=person("manager"))
    run(batch)
    again = batches.retry_batch(batch, by=person("manager"))

    assert (batch.state, events("batch.cancelled")) == ("cancelled", 1)
    assert not Packet.objects.exists()
    assert again.pk != batch.pk
    assert run(again).state == "ready"


def test_cancelling_while_it_is_put_together_leaves_no_file(requested_batch, person, stored_files):
    batch = requested_batch()
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    packets = stored_files()
    claimed = batches.claim(batch.pk)

    batches.cancel_batch(batch, by=person("manager"))
    batches.assemble(claimed)

    assert PacketBatch.objects.get(pk=batch.pk).state == "cancelled"
    assert stored_files() == packets


def test_cancelling_what_is_finished_changes_nothing(finished_batch, person):
    batch = finished_batch()

    batches.cancel_batch(batch, by=person("manager"))

    assert PacketBatch.objects.get(pk=batch.pk).state == "ready"


# --- workers and files that are lost -----------------------------------------
def test_lost_worker_is_taken_over_and_the_late_one_leaves_no_file(requested_batch, stored_files):
    batch = requested_batch()
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    slow = batches.claim(batch.pk)
    late = str(slow.token)
    assert batches.claim(batch.pk) is None
    lose_worker(slow)

    assemble_batch(batch_id=batch.pk)
    batches.assemble(slow)

    done = PacketBatch.objects.get(pk=batch.pk)
    assert (done.state, done.attempts, events("batch.ready")) == ("ready", 2, 1)
    assert [name for name in stored_files() if late in name] == []


def test_sweep_gives_up_after_the_last_attempt(requested_batch, person):
    batch = requested_batch()
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    lose_worker(batches.claim(batch.pk), attempts=life.MAX_ATTEMPTS)
    assert batches.claim(batch.pk) is None

    sweep_packets()

    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("failed", batches.GIVEN_UP)
    assert run(batches.retry_batch(batch, by=person("manager"))).state == "ready"


def test_sweep_wakes_only_batches_in_which_nothing_moves(requested_batch):
    quiet, lively = requested_batch("full"), requested_batch()
    PacketBatch.objects.filter(pk=quiet.pk).update(moved_at=timezone.now() - timedelta(minutes=5))

    assert (batches.sweep(), batches.sweep()) == (1, 0)
    assert PacketBatch.objects.filter(pk__in=[quiet.pk, lively.pk], state="queued").count() == 2


@pytest.mark.parametrize("harm", ["gone", "damaged", "expired"])
def test_a_finished_packet_without_its_file_is_built_anew(requested_batch, finished_packet, harm):
    packet = finished_packet()
    batch = requested_batch()
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    storage, name = packet.file.storage, packet.file.name
    if harm == "expired":
        files.expire_packet(packet)
    else:
        storage.delete(name)
    if harm == "damaged":
        with storage.open(name, "wb") as half:
            half.write(b"%PDF-1.7 half")

    assemble_batch(batch_id=batch.pk)
    back = PacketBatch.objects.get(pk=batch.pk)
    run(batch)

    again = batch.items.get(application=packet.application).packet
    assert back.state == "queued"
    assert batch.state == "ready"
    assert (again.pk == packet.pk, again.state) == (harm != "expired", "ready")
    assert again.sha256 == packet.sha256 or harm == "expired"


def test_full_disk_is_told_and_leaves_nothing(requested_batch, settings, tmp_path, stored_files):
    batch = requested_batch()
    for item in batch.items.all():
        build_batch_item(item_id=item.pk)
    before = stored_files()
    full = "tests.packets.storages.FullDisk"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": full}}

    assemble_batch(batch_id=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.error) == ("failed", "The disk is full. Free some space, then try again.")
    assert stored_files() == before


# --- what is taken out -------------------------------------------------------
@pytest.fixture
def said(finished_batch, text_of, opening):
    """All that a batch of the profile says outside of its packets: names in the archive, contents, outline."""
    Opening.objects.filter(pk=opening.pk).update(
        title="Engineer as Elias and Ines want", slug="engineer-for-elias-and-ines"
    )

    def words(profile: str) -> str:
        batch = finished_batch(profile)
        assert batch.state == "ready", batch.error
        pdf = pikepdf.open(io.BytesIO(read(batch.document)))
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        with archive(batch) as zipped:
            listed = [*zipped.namelist(), text_of(zipped.read("000-contents.pdf"))]
        metadata = [*map(str, pdf.docinfo.values()), str(pdf.open_metadata())]
        del pdf.pages[1:]
        first = io.BytesIO()
        pdf.save(first)
        return " ".join([*titles, *listed, *metadata, text_of(first.getvalue())]).lower()

    return words


def test_candidates_are_nowhere_in_a_batch_without_them(said):
    words = said("no-candidate")

    assert [name for name in ("elias", "okafor", "sunniva", "berg", "noor", "haddad") if name in words] == []
    assert "application" in words


@pytest.mark.parametrize("profile", ["no-interviewers", "totals"])
def test_interviewers_are_nowhere_in_a_batch_without_them(said, profile):
    words = said(profile)

    assert "keller" not in words
    assert "as elias and [removed] want" in words
    assert "sunniva berg" in words


def test_candidates_of_one_name_have_files_of_their_own(finished_batch, scored_application):
    candidates = Application.objects.exclude(pk=scored_application.pk).get(candidate__name="Sunniva Berg").candidate
    type(candidates).objects.filter(pk=candidates.pk).update(name="Elias Okafor")

    with archive(finished_batch()) as zipped:
        found = [name for name in zipped.namelist() if "elias-okafor" in name]

    assert len(found) == len(set(found)) == 2


# --- let go ------------------------------------------------------------------
def test_expired_batch_loses_its_files_and_keeps_its_row(finished_batch, settings, stored_files, person):
    batch = finished_batch()
    old = timezone.now() - timedelta(days=settings.PACKET_EXPIRE_DAYS + 1)
    PacketBatch.objects.update(finished_at=old)

    assert files.expire() == 1
    assert files.remove_orphans() == 2

    batch.refresh_from_db()
    assert (batch.state, batch.archive.name, len(batch.archive_sha256)) == ("expired", "", 64)
    assert len(stored_files()) == 2
    assert run(batches.retry_batch(batch, by=person("manager"))).state == "ready"


def test_decision_afterwards_makes_new_packets_for_a_new_batch(finished_batch, scored_application, person):
    first = finished_batch()
    meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    second = finished_batch()

    assert Packet.objects.count() == 3
    assert first.archive_sha256 != second.archive_sha256
