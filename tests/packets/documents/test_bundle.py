"""What a batch hands over; tests/packets/test_batches.py opens its archive and its document."""

import hashlib

import pytest

from packets import batches
from packets.documents.bundle import PacketsGone, bundled, sha256_of, why_absent
from packets.models import BatchItem, Packet


@pytest.fixture
def batch_of_one_packet(scored_application, unscored_application, person, finished_packet):
    """One application with a packet that is ready, one that nobody has judged yet."""
    batch = batches.request_batch(
        scored_application.opening,
        applications=[scored_application.pk, unscored_application.pk],
        profile="full",
        by=person("manager"),
    )
    batch.items.filter(application=scored_application).update(packet=finished_packet())
    return batch


def test_digest_is_of_the_bytes(tmp_path):
    path = tmp_path / "some.pdf"
    path.write_bytes(b"some bytes")

    assert sha256_of(path) == hashlib.sha256(b"some bytes").hexdigest()


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("blind", "the person who requested it cannot see its debrief"),
        ("nothing", "no one has submitted a scorecard yet"),
        ("", "its packet could not be built"),
    ],
)
def test_what_is_absent_says_why(left_out, words):
    assert why_absent(BatchItem(left_out=left_out)) == words


def test_files_are_there_while_the_block_runs(batch_of_one_packet):
    with bundled(batch_of_one_packet) as (archive, document):
        kinds = (archive.read_bytes()[:2], document.read_bytes()[:5])

    assert kinds == (b"PK", b"%PDF-")
    assert not archive.exists()
    assert not document.exists()


@pytest.mark.parametrize("harm", [{"sha256": "0" * 64}, {"state": "expired", "file": ""}, {"file": "packets/gone.pdf"}])
def test_a_packet_whose_file_is_not_the_one_of_its_row_is_named_and_nothing_made(batch_of_one_packet, harm):
    Packet.objects.update(**harm)

    with pytest.raises(PacketsGone) as caught, bundled(batch_of_one_packet):
        pass

    [item] = caught.value.items
    assert item == batch_of_one_packet.items.get(packet__isnull=False)
