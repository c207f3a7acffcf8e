"""A form that is sent twice acts once: by a double click, a reload or a lost answer.

Every form of a page carries a token of its own making (`csrfmiddlewaretoken` is drawn
anew for each page shown), so that the same token with the same words can only be the
same form again. Other words under the same token are another act: nothing that somebody
typed is passed over.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from accounts.models import SentForm

View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
KEPT = timedelta(days=2)
AGAIN = "This form was sent more than once. Only the first time counts."


def once(view: View) -> View:
    """Answer a form that this person has sent before as it was answered then.

    What counts as sent is a form that led on to another page; one that was refused can
    be sent again. Without a token each sending counts.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.POST.get(TOKEN):
            response: HttpResponse = view(request, *args, **kwargs)
            return response
        with transaction.atomic():
            return _answer(request, lambda: view(request, *args, **kwargs))

    return cast(View, answered)


def _answer(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Whoever sends the same at the same time waits here for the first to end."""
    assert request.user.is_authenticated
    sent, is_first = SentForm.objects.get_or_create(user=request.user, digest=_digest(request))
    if not is_first:
        messages.info(request, AGAIN, extra_tags=sent.tags)
        return redirect(sent.location)
    response = act()
    if isinstance(response, HttpResponseRedirect):
        sent.location, sent.tags = response.url, _tags(request)
        sent.save(update_fields=["location", "tags"])
        SentForm.objects.filter(user=request.user, at__lt=timezone.now() - KEPT).delete()
    else:
        sent.delete()
    return response


def _tags(request: HttpRequest) -> str:
    """What the messages for the next page let the device forget; they stay unread."""
    waiting = messages.get_messages(request)
    assert isinstance(waiting, BaseStorage)
    tags = [message.extra_tags or "" for message in waiting]
    waiting.used = False
    return " ".join(filter(None, tags))


def _digest(request: HttpRequest) -> str:
    """The sha256 of address, token and words."""
    words = json.dumps([request.path, sorted(request.POST.lists())])
    return hashlib.sha256(words.encode()).hexdigest()
