"""Telling a chat: what waits for an outgoing webhook is sent once, tried again by the outbox's
pauses, signed, and its answer kept.

A channel's readers may owe a scorecard, so what the rooms above hand in here is only what
each of them may know.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.compiled import compiled
from accounts.locks import lock_rows
from accounts.models import User
from audit.handed_in import HandedIn, Hiding, Rule
from audit.services import record
from notices import sending
from notices.forms_of_chat import Said, written
from notices.kinds import Kind
from notices.models import ChatMessage, Webhook
from notices.reaching import Answer, Refused, Unreached, check_address, post
from notices.waking import wake

SEND_TASK = "notices.send_chat"  # by name: tasks stand above services and import them
BATCH = 10  # which all may have to be waited for
MOST_HOOKS = 10
KEPT_ANSWER = 1000  # characters of an answer


Outdated = Callable[[Sequence[ChatMessage]], set[int]]
_outdated: HandedIn[Outdated] = HandedIn()


def let_settle(settled: Outdated) -> None:
    """Let a room above give the keys of those messages that a channel may not be told any
    more, such as that all scorecards are in while somebody has come to owe one."""
    _outdated.add(settled)


_hidden = Hiding()


def hide_chat(rule: Rule) -> None:
    """Let a room above say which messages a reader of the page of webhooks may not see."""
    _hidden.add(rule)


def shown_to(user: User, messages: QuerySet[ChatMessage]) -> QuerySet[ChatMessage]:
    return _hidden.left(messages, user)


@dataclass(frozen=True)
class Told:
    """One event for a channel; `about` names the row that it speaks of, as model name and key."""

    kind: Kind
    title: str
    text: str
    path: str
    about: tuple[str, int]


def hooks_for(opening_id: int, *, company_wide: bool) -> list[Webhook]:
    """The webhooks of this opening, and with `company_wide` those of the whole installation."""
    return _of_opening_or_all(opening_id) if company_wide else _of_opening(opening_id)


@compiled
def _of_opening(opening: int) -> QuerySet[Webhook]:
    return Webhook.objects.filter(opening_id=opening).order_by("pk")


@compiled
def _of_opening_or_all(opening: int) -> QuerySet[Webhook]:
    wanted = Q(opening_id=opening) | Q(opening_id=None)
    return Webhook.objects.filter(wanted).order_by("pk")


def store(hooks: Sequence[Webhook], events: Iterable[Told]) -> list[ChatMessage]:
    """Let each webhook tell these events, in the caller's transaction; a worker is woken as it commits."""
    unsaved = []
    for event in events:
        unsaved += [_message(hook, event) for hook in hooks]
    stored = ChatMessage.objects.bulk_create(sending.by_the_databases_clock(unsaved))
    if stored:
        transaction.on_commit(_wake)
    return stored


def _wake() -> None:
    wake(SEND_TASK)


def _message(hook: Webhook, event: Told) -> ChatMessage:
    about_type, about_id = event.about
    return ChatMessage(
        webhook=hook,
        kind=event.kind.key,
        title=event.title[:300],
        text=event.text,
        path=event.path,
        about_type=about_type,
        about_id=about_id,
    )


@transaction.atomic
def add_hook(address: str, *, form: str, opening_id: int | None, by: User) -> Webhook:
    """A new webhook of an opening, or of the installation for None.

    Raises ValidationError by field for an address that messages may not go to, and
    beyond MOST_HOOKS of one place.
    """
    try:
        check_address(address)
    except Refused as error:
        raise ValidationError({"address": str(error)}) from error
    if Webhook.objects.filter(opening_id=opening_id).count() >= MOST_HOOKS:
        raise ValidationError(f"There are {MOST_HOOKS} webhooks here already. Remove one first.")
    hook = Webhook.objects.create(address=address, form=form, opening_id=opening_id, made_by=by)
    record("webhook.added", by=by, subject=hook, opening_id=opening_id)
    return hook


@transaction.atomic
def remove_hook(hook: Webhook, *, by: User) -> None:
    """Remove it with all that it has told or would tell."""
    record("webhook.removed", by=by, subject=hook, opening_id=hook.opening_id)
    lock_rows(ChatMessage.objects.filter(webhook=hook))
    hook.delete()


@transaction.atomic
def remove_hooks_of(opening_id: int, *, by: User) -> None:
    """Remove those of an opening, before it goes."""
    for hook in Webhook.objects.filter(opening_id=opening_id):
        remove_hook(hook, by=by)


@transaction.atomic
def try_hook(hook: Webhook, *, by: User) -> ChatMessage:
    """Let it tell that it works."""
    record("webhook.tried", by=by, subject=hook)
    message = ChatMessage.objects.create(webhook=hook, kind="tried", title="Evenhand reaches this channel.")
    transaction.on_commit(_wake)
    return message


def secret_of(hook: Webhook) -> str:
    """What its messages are signed with: 64 hexadecimal digits, made of the installation's key and kept nowhere."""
    return salted_hmac("evenhand.webhook", str(hook.seed), algorithm="sha256").hexdigest()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over timestamp, a full stop and body, in hexadecimal digits."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def send_due() -> int:
    """Send what is due, one after the other; how many were taken."""
    sent = 0
    for messages in sending.batches(ChatMessage.objects.select_related("webhook"), most=BATCH, go_on=_wake):
        settled = _settled(messages)
        for message in sending.still_ours(messages):
            if message.pk in settled:
                _end(message, ChatMessage.State.STOPPED, None, "What it says is settled.")
            else:
                sent += _send(message)
    return sent


def _settled(messages: Sequence[ChatMessage]) -> set[int]:
    found: set[int] = set()
    for ask in _outdated.values():
        found |= ask(messages)
    return found


def _send(message: ChatMessage) -> bool:
    """Send one claimed message, and say in its row how it went; whether it was taken."""
    hook = message.webhook
    body = json.dumps(written(hook.form, _said(message)), ensure_ascii=False).encode()
    timestamp = str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Evenhand",
        "X-Evenhand-Delivery": str(message.delivery),
        "X-Evenhand-Timestamp": timestamp,
        "X-Evenhand-Signature": f"v1={signature(secret_of(hook), timestamp, body)}",
    }
    try:
        answer = post(hook.address, body, headers)
    except Refused as error:
        _end(message, ChatMessage.State.FAILED, None, str(error))
        return False
    except Unreached as error:
        _again(message, None, str(error))
        return False
    return _answered(message, answer)


def _said(message: ChatMessage) -> Said:
    link = f"{settings.SITE_URL}{message.path}" if message.path else ""
    return Said(str(message.delivery), message.kind, message.created_at, message.title, message.text, link)


def _answered(message: ChatMessage, answer: Answer) -> bool:
    """Taken with 200 to 299; asked for less or broken is tried again; all else has failed."""
    words = answer.text[:KEPT_ANSWER]
    if 200 <= answer.status < 300:
        _end(message, ChatMessage.State.SENT, answer.status, words)
        return True
    if answer.status >= 500 or answer.status in {408, 429}:
        _again(message, answer.status, words)
    else:
        _end(message, ChatMessage.State.FAILED, answer.status, words)
    return False


def _again(message: ChatMessage, status: int | None, words: str) -> None:
    """Try again after the outbox's pause, or give up after the last."""
    if sending.is_last(message):
        _end(message, ChatMessage.State.FAILED, status, words)
    else:
        sending.wait(message, answer_status=status, answer=words)


def _end(message: ChatMessage, state: str, status: int | None, words: str) -> None:
    sending.end(message, state, answer_status=status, answer=words)


def tidy(before: datetime) -> int:
    """Delete what ended before that moment; how many rows."""
    return sending.tidied(ChatMessage.objects.all(), before=before)
