"""The sample's password is printed for everybody, so that outside demo and development
it opens nothing."""

from django.conf import settings
from django.core.exceptions import ValidationError

PASSWORD = "evenhand-demo"  # noqa: S105 - published, and refused wherever the sample is


def is_sample_allowed() -> bool:
    """Whether this is a place for the sample: the demo, development, the suite.
    Everywhere else is production."""
    return bool(settings.DEMO or settings.DEBUG or settings.TESTING)


def is_refused(password: str | None) -> bool:
    """Whether this is the published password, where it opens nothing."""
    return password == PASSWORD and not is_sample_allowed()


class PublishedPasswordValidator:
    """No account of a real installation gets the sample's password."""

    def validate(self, password: str, user: object = None) -> None:
        if is_refused(password):
            raise ValidationError(
                "This password is published in Evenhand’s documentation. Choose another one.", code="published"
            )

    def get_help_text(self) -> str:
        return "Your password can’t be the one used by the sample accounts."
