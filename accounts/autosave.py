"""A page that is saved at each pause of its writer: saves that overwrite nothing, and
what they answer.

A save comes as field to text, with the count of saves that its page has seen. The row
counts its saves and remembers by field which of them last changed it; so two tabs or
devices never overwrite each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import date_format

NO_FIELDS = {"csrfmiddlewaretoken", "edit"}


@dataclass(frozen=True)
class Stale(Exception):
    """Another tab or device saved fields of this save meanwhile, with other text.

    `edit` counts the saves by now. `theirs` maps those fields to the stored text;
    `others` those that changed elsewhere and that this save did not touch.
    """

    edit: int
    theirs: Mapping[str, str]
    others: Mapping[str, str]


def newer_fields(field_edits: Mapping[str, int], edit: int) -> list[str]:
    """The fields that a save after number `edit` has changed."""
    return [field for field, at in field_edits.items() if at > edit]


def saved_elsewhere(changes: Mapping[str, str], newer: Mapping[str, str], *, edit: int) -> dict[str, str]:
    """Of `newer`, the stored texts of fields that changed elsewhere, those that these
    changes leave alone.

    Raises Stale, with the count `edit` of now, where one of theirs has another text.
    """
    theirs, others = {}, {}
    for field, text in newer.items():
        if field not in changes:
            others[field] = text
        elif changes[field] != text:
            theirs[field] = text
    if theirs:
        raise Stale(edit, theirs, others)
    return others


# --- what a page sends and is answered ---------------------------------------
def sent_changes(request: HttpRequest, *, besides: Iterable[str] = ()) -> dict[str, str]:
    """The fields of the request by name, without the buttons `besides`."""
    left_out = NO_FIELDS.union(besides)
    return {name: str(value) for name, value in request.POST.items() if name not in left_out}


def edit_seen(request: HttpRequest) -> int:
    """The count of saves that the page knows; -1 where it sent none."""
    sent = request.POST.get("edit", "")
    if sent.isascii() and sent.isdigit() and len(sent) < 10:
        return int(sent)
    return -1


def present_answer(request: HttpRequest, *, edit: int, finished: bool) -> JsonResponse:
    """To a page that was signed out meanwhile: a fresh token to send again with."""
    return JsonResponse({"ok": True, "csrf": get_token(request), "edit": edit, "finished": finished})


def stale_answer(stale: Stale, mine: Mapping[str, str]) -> JsonResponse:
    """409 with both texts of each field."""
    conflicts = {}
    for field, theirs in stale.theirs.items():
        conflicts[field] = {"mine": mine[field], "theirs": theirs}
    told = {"ok": False, "edit": stale.edit, "conflicts": conflicts, "others": stale.others}
    return JsonResponse(told, status=409)


def saved_answer(edit: int, at: datetime | None, others: Mapping[str, str], **more: object) -> JsonResponse:
    """200 with the count, when it was saved, and what changed elsewhere."""
    at = at or timezone.now()
    told: dict[str, object] = {"ok": True, "edit": edit, "saved_at": at.isoformat(), "saved_words": clock(at)}
    return JsonResponse(told | {"others": others} | more)


def clock(at: datetime) -> str:
    """The time in the company's zone, named."""
    return date_format(timezone.localtime(at), "H:i T")


def refused_answer(message: str) -> JsonResponse:
    """422: the server will not store this."""
    return JsonResponse({"ok": False, "message": message}, status=422)


def finished_answer(message: str) -> JsonResponse:
    """409: nothing more can be stored."""
    return JsonResponse({"ok": False, "finished": True, "message": message}, status=409)
