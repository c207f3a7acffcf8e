"""The rows of this app, by subject: people, and what every row with a name has."""

from accounts.models.finding import (
    ComposedCharField,
    Findable,
    FindableQuerySet,
    key_follows,
    terms_index,
)
from accounts.models.people import (
    EarlierAddress,
    Invitation,
    SentForm,
    SignInRules,
    User,
    has_address,
    names,
)
from accounts.models.saved_views import SavedView

__all__ = [
    "ComposedCharField",
    "EarlierAddress",
    "Findable",
    "FindableQuerySet",
    "Invitation",
    "SavedView",
    "SentForm",
    "SignInRules",
    "User",
    "has_address",
    "key_follows",
    "names",
    "terms_index",
]
