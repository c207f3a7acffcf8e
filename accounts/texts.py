"""Texts that people write into a form, as a service takes them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.signs import clean_text

LONGEST_TEXT = 20_000  # characters
LONGEST_ADDRESS = 254  # characters of an e-mail address, as its column takes them


def limited(value: str, *, field: str, limit: int = LONGEST_TEXT) -> str:
    """The clean text. Raises ValidationError at the field, over `limit` characters."""
    clean = clean_text(value)
    if len(clean) > limit:
        raise ValidationError({field: f"This text has {len(clean):,} characters; the limit is {limit:,}. Shorten it."})
    return clean


def is_address(text: str) -> bool:
    """Whether forms take this as an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def needed(value: str, *, field: str, otherwise: str, limit: int = LONGEST_TEXT) -> str:
    """The clean text without space around it.

    Raises ValidationError at the field: over `limit` characters, or, with the words
    `otherwise`, where nothing is left.
    """
    clean = limited(value, field=field, limit=limit).strip()
    if not clean:
        raise ValidationError({field: otherwise})
    return clean
