"""Whether an address is that of somebody who was erased: a keyed hash is kept, which tells the address to nobody."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from candidates.models import Candidate

SALT = "candidates.erased"


def key_of(address: str) -> str:
    """What an erasure leaves of the address: a hash under the installation's secret key."""
    return salted_hmac(SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def erased_among(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses whose person was erased and is not here under it again, as they were given.

    Keys of earlier secret keys (SECRET_KEY_FALLBACKS) count as well; no address is nobody's. Two queries.
    """
    keys: dict[str, str] = {}
    for address in filter(str.strip, addresses):
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            keyed = salted_hmac(SALT, address.strip().lower(), secret=secret, algorithm="sha256")
            keys[keyed.hexdigest()] = address
    erased = Candidate.objects.filter(erased_key__in=keys).values_list("erased_key", flat=True)
    found = {keys[key] for key in erased}
    lowered = [address.strip().lower() for address in found]
    here = set(Candidate.objects.filter(email__in=lowered).values_list("email", flat=True))
    return {address for address in found if address.strip().lower() not in here}
