"""Texts that people write into a form, as a service takes them."""

from django.core.exceptions import ValidationError

from accounts.signs import clean_text

LONGEST_TEXT = 20_000  # characters


def limited(value: str, *, field: str, limit: int = LONGEST_TEXT) -> str:
    """The clean text. Raises ValidationError at the field, over `limit` characters."""
    clean = clean_text(value)
    if len(clean) > limit:
        raise ValidationError({field: f"This text has {len(clean):,} characters; the limit is {limit:,}. Shorten it."})
    return clean


def needed(value: str, *, field: str, otherwise: str, limit: int = LONGEST_TEXT) -> str:
    """The clean text without space around it.

    Raises ValidationError at the field: over `limit` characters, or, with the words
    `otherwise`, where nothing is left.
    """
    clean = limited(value, field=field, limit=limit).strip()
    if not clean:
        raise ValidationError({field: otherwise})
    return clean
