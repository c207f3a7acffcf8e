"""Telling people: a notice inside Evenhand, and mail where it is wanted, in the transaction of the cause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from notices import outbox
from notices.kinds import Kind
from notices.models import ChatMessage, Mail, Notice, NoticePreferences


@dataclass(frozen=True)
class Message:
    """What one person is told. It holds no judgement of anybody.

    `paragraphs` are plain texts. `path` is where on this site to go, `action` what the
    link says. `about` names the row that it speaks of, as model name and key. `key` lets
    one cause tell once. What waits in the same `thread` is replaced by newer mail.
    `calendar` is a file whose method is `calendar_method`.
    """

    kind: Kind
    title: str
    paragraphs: tuple[str, ...] = ()
    path: str = ""
    action: str = ""
    about: tuple[str, int] | None = None
    key: str | None = None
    thread: str = ""
    calendar: str = ""
    calendar_method: str = ""
    not_before: datetime = field(default_factory=timezone.now)


@transaction.atomic
def tell(messages: Iterable[tuple[User, Message]]) -> int:
    """Store what each person is told; how many notices are new.

    Whoever is not active is told nothing. A message whose key is there already tells
    nothing again. External interviewers have no pages of their own: they get mail alone.
    """
    wanted = [(user, message) for user, message in messages if user.is_active]
    fresh = _without_told(wanted)
    preferences = preferences_of_each(user for user, _ in fresh)
    notices = [_notice(user, message) for user, message in fresh]
    Notice.objects.bulk_create(notices)
    mails = []
    for notice, (user, message) in zip(notices, fresh, strict=True):
        if message.kind.demanded or preferences[user.pk].mails_everything:
            mails.append(_mail(notice, user, message))
    outbox.stop_waiting(message.thread for _, message in fresh if message.thread)
    outbox.store(mails)
    return len(notices)


def _without_told(wanted: list[tuple[User, Message]]) -> list[tuple[User, Message]]:
    keys = {message.key for _, message in wanted if message.key}
    told = told_keys(keys)
    return [(user, message) for user, message in wanted if message.key not in told]


def told_keys(keys: Iterable[str]) -> set[str | None]:
    """Those of the keys under which somebody was told something."""
    wanted = list(keys)
    if not wanted:
        return set()
    return set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))


def preferences_of_each(users: Iterable[User]) -> dict[int, NoticePreferences]:
    """Each person's, by id; as they are by default where nothing was said."""
    pks = {user.pk for user in users}
    said = {row.user_id: row for row in NoticePreferences.objects.filter(user__in=pks)}
    return {pk: said.get(pk) or NoticePreferences(user_id=pk) for pk in pks}


def zones_of(users: Iterable[User]) -> dict[int, ZoneInfo]:
    """Each person's time zone, by id."""
    return {pk: preferences.zone for pk, preferences in preferences_of_each(users).items()}


def preferences_of(user: User) -> NoticePreferences:
    """The person's, as they are by default where nothing was said."""
    return preferences_of_each([user])[user.pk]


def _notice(user: User, message: Message) -> Notice:
    about_type, about_id = message.about or ("", None)
    return Notice(
        receiver=user,
        kind=message.kind.key,
        title=message.title[:300],
        text="\n\n".join(message.paragraphs),
        path=message.path,
        about_type=about_type,
        about_id=about_id,
        key=message.key,
        created_at=timezone.now(),
    )


def _mail(notice: Notice, user: User, message: Message) -> Mail:
    context = {
        "title": message.title,
        "paragraphs": message.paragraphs,
        "link": f"{settings.SITE_URL}{message.path}" if message.path else "",
        "action": message.action or "Open it in Evenhand",
        "why": message.kind.why,
        "demanded": message.kind.demanded,
        "settings_link": "" if user.is_guest else settings.SITE_URL + reverse("notice_settings"),
    }
    return Mail(
        notice=notice,
        receiver=user,
        kind=message.kind.key,
        reason=f"Because {message.kind.why}.",
        subject=message.title[:300],
        text=render_to_string("notices/mail/notice.txt", context),
        html=render_to_string("notices/mail/notice.html", context),
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        thread=message.thread,
        about_type=notice.about_type,
        about_id=notice.about_id,
        not_before=message.not_before,
    )


def moment_in_words(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """“Thu 26 Nov 2026, 12:00 CET”, in the company's time zone or another."""
    local = moment.astimezone(zone or ZoneInfo(settings.TIME_ZONE))
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"


def mark_read(user: User, *, notice: Notice | None = None) -> int:
    """Mark one of the person's notices as read, or all; how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=timezone.now())


def has_unread(user: User) -> bool:
    return Notice.objects.visible_to(user).unread().exists()


def forget(about_type: str, pks: Iterable[int]) -> None:
    """Delete all notices, mails and messages to channels about these rows, sent or not."""
    about = {"about_type": about_type, "about_id__in": list(pks)}
    Mail.objects.filter(**about).delete()
    Notice.objects.filter(**about).delete()
    ChatMessage.objects.filter(**about).delete()
