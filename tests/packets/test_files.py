"""Files of packets: let go when they are old, never left without a row, in any storage."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Candidate
from packets import batches, files, life
from packets.models import Packet, PacketBatch
from packets.tasks import assemble_batch, build_batch_item, tidy_files


def grow_old(packet: Packet, days: int) -> None:
    Packet.objects.filter(pk=packet.pk).update(finished_at=timezone.now() - timedelta(days=days))


# --- expiry ------------------------------------------------------------------
def test_old_packet_loses_its_file_and_keeps_row_and_digest(finished_packet, settings, stored_files):
    packet, young = finished_packet(), finished_packet("totals")
    grow_old(packet, settings.PACKET_EXPIRE_DAYS + 1)
    digest = packet.sha256

    tidy_files()
    tidy_files()

    packet.refresh_from_db()
    assert (packet.state, packet.file.name, packet.sha256) == ("expired", "", digest)
    assert packet.expired_at is not None
    assert stored_files() == [young.file.name.removeprefix("packets/")]
    assert Event.objects.filter(kind="packet.expired", subject_id=packet.pk).count() == 1


def test_packets_are_kept_for_good_where_the_setting_says_so(finished_packet, settings):
    settings.PACKET_EXPIRE_DAYS = 0
    packet = finished_packet()
    grow_old(packet, 10_000)

    assert files.expire() == 0
    assert Packet.objects.get(pk=packet.pk).state == "ready"


def test_asking_again_for_an_expired_packet_builds_anew_beside_it(requested_packet, finished_packet):
    packet = finished_packet()
    files.expire_packet(packet)

    again = life.build(life.claim(requested_packet().pk))

    assert again.pk != packet.pk
    assert (again.state, again.fingerprint) == ("ready", packet.fingerprint)
    assert requested_packet().pk == again.pk
    assert Packet.objects.get(pk=packet.pk).sha256 == packet.sha256


def test_expired_packet_says_so_and_leads_to_a_new_one(finished_packet, client_of):
    packet = finished_packet()
    files.expire_packet(packet)
    client = client_of("manager")

    page = client.get(reverse("packet", args=[packet.pk])).content.decode()
    download = client.get(reverse("packet_download", args=[packet.pk]))
    asked_again = client.post(reverse("packet_retry", args=[packet.pk]))

    assert "This packet expired" in page
    assert "Build it again" in page
    assert packet.sha256 in page
    assert download.status_code == 404
    assert asked_again["Location"] == reverse("packet", args=[Packet.objects.exclude(pk=packet.pk).get().pk])


# --- files without a row -----------------------------------------------------
def test_file_of_a_worker_killed_before_it_finished_the_row_is_removed(requested_packet, finished_packet, stored_files):
    kept = finished_packet("totals")
    killed = life.claim(requested_packet().pk)
    default_storage.save(files.stored_name(killed, ".pdf"), ContentFile(b"%PDF-1.7 half"))

    while_building = files.remove_orphans()
    Packet.objects.filter(pk=killed.pk).update(lease_until=timezone.now() - timedelta(minutes=5))
    done = life.build(life.claim(killed.pk))

    assert while_building == 0
    assert files.remove_orphans() == 1
    assert stored_files() == sorted(row.file.name.removeprefix("packets/") for row in (kept, done))


def test_file_whose_row_is_gone_is_removed_and_what_is_not_ours_stays(db, stored_files):
    default_storage.save("packets/7-4e22591f-0bb2-47e0-808c-1da2d2bae211.pdf", ContentFile(b"ours"))
    default_storage.save("batches/7-4e22591f-0bb2-47e0-808c-1da2d2bae211_x1Y2.zip", ContentFile(b"ours"))
    default_storage.save("packets/readme.txt", ContentFile(b"not ours"))

    assert files.remove_orphans() == 2
    assert stored_files() == ["readme.txt"]


def test_database_that_goes_away_at_the_end_leaves_file_and_row_to_the_sweeps(
    requested_packet, stored_files, monkeypatch
):
    packet = life.claim(requested_packet().pk)

    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(life, "record", away)
        with pytest.raises(OperationalError):
            life.build(packet)

    assert Packet.objects.get(pk=packet.pk).state == "building"
    assert len(stored_files()) == 1
    Packet.objects.filter(pk=packet.pk).update(lease_until=timezone.now() - timedelta(minutes=5))
    assert life.build(life.claim(packet.pk)).state == "ready"
    assert (files.remove_orphans(), len(stored_files())) == (1, 1)


# --- any storage -------------------------------------------------------------
class Elsewhere(Storage):
    """Knows no path, and fails in its own way where it is told to, as a client of a distant store does."""

    kept: dict[str, bytes] = {}
    broken = False

    class Unreachable(Exception):
        pass

    def _open(self, name, mode):
        if name not in self.kept:
            raise FileNotFoundError(name)
        return ContentFile(self.kept[name], name=name)

    def _save(self, name, content):
        if type(self).broken:
            raise self.Unreachable("no route to host")
        self.kept[name] = content.read()
        return name

    def delete(self, name):
        self.kept.pop(name, None)

    def exists(self, name):
        return name in self.kept

    def listdir(self, path):
        return [], [name.removeprefix(f"{path}/") for name in self.kept if name.startswith(f"{path}/")]


@pytest.fixture
def elsewhere(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Elsewhere"}}
    yield
    Elsewhere.broken = False
    Elsewhere.kept.clear()


def test_nothing_needs_a_path(elsewhere, finished_packet, scored_application, client_of, person, settings):
    packet = finished_packet()
    batch = batches.request_batch(
        scored_application.opening, applications=[scored_application.pk], profile=packet.profile, by=person("manager")
    )
    build_batch_item(item_id=batch.items.get().pk)
    assemble_batch(batch_id=batch.pk)
    client = client_of("manager")

    pdf = client.get(reverse("packet_download", args=[packet.pk])).getvalue()
    several = client.get(reverse("batch_document", args=[batch.pk])).getvalue()
    archive = client.get(reverse("batch_archive", args=[batch.pk])).getvalue()
    PacketBatch.objects.update(finished_at=timezone.now() - timedelta(days=settings.PACKET_EXPIRE_DAYS + 1))
    files.expire()

    assert (pdf[:5], several[:5], archive[:2]) == (b"%PDF-", b"%PDF-", b"PK")
    assert files.remove_orphans() == 2
    assert default_storage.exists(packet.file.name)


def test_storage_that_refuses_in_its_own_way_is_told_in_plain_words(elsewhere, requested_packet):
    Elsewhere.broken = True

    failed = life.build(life.claim(requested_packet().pk))

    assert failed.error == "The packet could not be written to storage. Check the storage, then try again."


# --- names of downloads ------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Łucja Wątorska", "lucja-watorska"),
        ("Bjørn Ærø", "bjorn-aero"),
        ("Preuß, Jörg", "preuss-jorg"),
        ("Đặng Thị Hồng", "dang-thi-hong"),
        ("Þórður Guðmundsson", "thordur-gudmundsson"),
        ("Işıl Yıldız", "isil-yildiz"),
        ("Anne‐Marie O’Dea", "anne-marie-odea"),
        ("王小明", ""),
        ("Ana " + "Diaz " * 60, ("ana" + "-diaz" * 60)[:80].rstrip("-")),
    ],
)
def test_letters_are_spelled_out_in_a_files_name(name, spelled):
    assert files.in_ascii(name) == spelled


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("ü" * 30 + ".pdf", "ü" * 18 + ".pdf"),
        ("王" * 30, "王" * 13),
        ("a" * 38 + " b.docx", "a" * 35 + ".docx"),
        ("." + "long" * 12, "." + "long" * 9 + "lon"),
    ],
)
def test_a_name_is_cut_to_so_many_bytes_between_letters(name, kept):
    assert files.in_bytes(name, 40) == kept


def test_no_download_has_a_name_that_a_file_system_refuses(finished_packet):
    packet = finished_packet()
    packet.application.candidate.name = "Ana " + "Diaz " * 60
    packet.application.opening.slug = "ж" * 120

    name = files.download_name(packet, frozenset([packet.application_id]))

    assert len(name.encode()) <= 255
    assert name.endswith(f"-application-{packet.application_id}-{packet.profile}.pdf")


@pytest.mark.parametrize("twin", ["Elias Okafor", "Élias Okáfor"])
def test_two_people_of_one_name_have_two_files(finished_packet, client_of, scored_application, twin):
    packet = finished_packet()

    def name() -> str:
        response = client_of("manager").get(reverse("packet_download", args=[packet.pk]))
        response.getvalue()  # so that its file is closed
        return response["Content-Disposition"]

    alone = name()
    Application.objects.create(
        opening=scored_application.opening, candidate=Candidate.objects.create(name=twin, email="twin@example.org")
    )

    beside = name()

    assert f"{scored_application.opening.slug}-elias-okafor-{packet.profile}.pdf" in alone
    assert (
        f"{scored_application.opening.slug}-elias-okafor-application-{scored_application.pk}-{packet.profile}.pdf"
        in beside
    )
