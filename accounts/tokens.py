"""Keys of links that are mailed out: random, signed, and known to the database by their
hash only."""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer


def new_key(purpose: str) -> tuple[str, str]:
    """A key for a link and its hash for the database; a key of one purpose opens
    nothing of another."""
    key = Signer(salt=f"evenhand.{purpose}").sign(secrets.token_urlsafe(24))
    return key, _hash(key)


def hash_of(key: str, purpose: str) -> str | None:
    """The hash under which this key is known, or None where we never made it: the
    database is not asked then."""
    try:
        Signer(salt=f"evenhand.{purpose}").unsign(key)
    except BadSignature:
        return None
    return _hash(key)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
