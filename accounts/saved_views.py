"""Keeping a view of a list under a name, and letting it go."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict

from accounts.listing import query_of
from accounts.models import SavedView, User
from accounts.texts import needed_name

MOST = 20  # of one list
LONGEST_NAME = 60
LONGEST_QUERY = 1000


def list_name(request: HttpRequest) -> str:
    """What the list of this page is called: one name for the applications of whatever
    opening."""
    match = request.resolver_match
    if match is None:
        return ""
    words = [value for value in match.kwargs.values() if isinstance(value, str)]
    return ":".join([match.view_name, *words])


def kept(query: str) -> str:
    """What is kept of a list's query: no page of it, and no search words."""
    sent = QueryDict(query)
    return query_of(sent, q="")


@transaction.atomic
def save_view(*, list_name: str, name: str, query: str, by: User) -> SavedView:
    """Keep this view of the list; one of the same name is replaced.

    Raises ValidationError: without a name, for a query that asks for nothing or for too
    much, and beyond MOST views of the list.
    """
    called = needed_name(name, field="name", otherwise="Give the view a name.", limit=LONGEST_NAME)
    asked = kept(query)
    if not asked:
        raise ValidationError("The list is as it always is. Sort or filter it first.")
    if len(asked) > LONGEST_QUERY:
        raise ValidationError("This view has too many choices to be saved.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one view at a time
    own = SavedView.objects.visible_to(by).filter(list_name=list_name)
    if own.exclude(name=called).count() >= MOST:
        raise ValidationError(f"You keep {MOST} views of this list already. Remove one first.")
    saved, _ = own.update_or_create(name=called, defaults={"query": asked, "user": by, "list_name": list_name})
    return saved


def remove_view(view: SavedView, *, by: User) -> None:
    """Let it go. Raises SavedView.DoesNotExist for another's."""
    SavedView.objects.visible_to(by).get(pk=view.pk).delete()
