"""Texts that people write into a form, as a service takes them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.signs import clean_name, clean_text, has_letters, says_something

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


def check_title(name: str) -> None:
    """Raises ValidationError for a name of which nothing would be seen, as a link to it."""
    if name and not says_something(name):
        raise ValidationError("Write at least one letter or figure.")


def check_person(name: str) -> None:
    """Raises ValidationError for a person's name in which no letter would be seen."""
    if name and not has_letters(name):
        raise ValidationError("A name needs at least one letter.")


def needed_name(value: str, *, field: str, otherwise: str, limit: int, of_person: bool = False) -> str:
    """The clean name on one line. Raises ValidationError at the field, as `needed` does and where nothing of it would
    be seen."""
    name = clean_name(needed(value, field=field, otherwise=otherwise, limit=limit))
    try:
        check_person(name) if of_person else check_title(name)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
    return name
