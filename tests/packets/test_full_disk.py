"""A disk that fills up while the packet is written: told in plain words, nothing left over, retry works."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from packets import life
from packets.models import Packet


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path | None]:
    """A real file system of 8 KB, smaller than any packet; None where this user may not mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(folder)], capture_output=True)
    yield folder if mounted.returncode == 0 else None
    if mounted.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)


def use_disk(settings, folder: Path | None, fallback: Path) -> None:
    settings.MEDIA_ROOT = folder or fallback
    backend = "django.core.files.storage.FileSystemStorage" if folder else "tests.packets.storages.FullDisk"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_full_disk_is_told_leaves_nothing_and_retry_works(settings, tmp_path, small_disk, requested_packet, person):
    roomy = tmp_path / "roomy"
    roomy.mkdir()
    use_disk(settings, small_disk, roomy)

    failed = life.build(life.claim(requested_packet().pk))
    left_over = files(small_disk or roomy)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.MEDIA_ROOT = roomy
    life.retry_packet(failed, by=person("manager"))
    done = life.build(life.claim(failed.pk))

    assert (failed.state, failed.error) == ("failed", "The disk is full. Free some space, then try again.")
    assert left_over == []
    assert done.state == "ready"
    assert [path.stat().st_size for path in files(roomy)] == [done.size]
    assert Packet.objects.get(pk=done.pk).error == ""


def test_full_disk_of_any_storage_is_told_and_leaves_nothing(settings, tmp_path, requested_packet):
    use_disk(settings, None, tmp_path / "roomy")

    failed = life.build(life.claim(requested_packet().pk))

    assert failed.error == "The disk is full. Free some space, then try again."
    assert files(tmp_path / "roomy") == []


def test_failed_packet_shows_its_reason_and_a_way_to_try_again(settings, tmp_path, requested_packet, client_of):
    from django.urls import reverse

    use_disk(settings, None, tmp_path / "roomy")
    failed = life.build(life.claim(requested_packet().pk))

    body = client_of("manager").get(reverse("packet", args=[failed.pk])).content.decode()

    assert "The disk is full." in body
    assert reverse("packet_retry", args=[failed.pk]) in body
