"""An erased person's address is recognised by a keyed hash alone."""

import pytest

from candidates.erased import erased_among, key_of
from candidates.models import Candidate
from privacy.erasure import erase_candidate


@pytest.fixture
def address(scored_application, person):
    """The address of somebody who was erased."""
    address = scored_application.candidate.email
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    return address


def test_an_erased_address_is_known_whatever_its_case(address):
    assert erased_among([address.upper(), "other@example.org"]) == {address.upper()}
    assert address not in Candidate.objects.get(erased_at__isnull=False).erased_key


def test_who_is_here_again_is_not_erased(address):
    Candidate.objects.create(name="Here Again", email=address)

    assert erased_among([address]) == set()


def test_keys_of_an_earlier_secret_key_count(address, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret key of enough length for a test"

    assert erased_among([address]) == {address}
    assert key_of(address) != Candidate.objects.get(erased_at__isnull=False).erased_key
