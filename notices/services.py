"""Telling people: a notice inside Evenhand, and mail where it is wanted, in the transaction of the cause."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from accounts.compiled import compiled
from accounts.locks import lock_rows
from accounts.models import User
from notices import calendars, outbox
from notices.kinds import KINDS, Kind
from notices.letters import in_place_of, written
from notices.models import ChatMessage, Mail, Notice, NoticePreferences

AT_A_TIME = 500  # rows that are changed by one statement


@dataclass(frozen=True)
class Message:
    """What one person is told. It holds no judgement of anybody.

    `paragraphs` are plain texts. `path` is where on this site to go, `action` what the
    link says. `about` names the row that it speaks of, as model name and key. `key`
    lets one cause tell once. What waits in the same `thread` is replaced by newer mail,
    unless the message `begins` its thread. `calendar` is a file whose method is
    `calendar_method`. One with a `brief` becomes a line of one mail where somebody is
    told several of its kind at one moment, which is asked for anew by its thread as
    that is sent (`notices.letters`); it names no candidate, and `overview` is the path
    at which all of them stand.
    """

    kind: Kind
    title: str
    paragraphs: tuple[str, ...] = ()
    path: str = ""
    action: str = ""
    about: tuple[str, int] | None = None
    key: str | None = None
    thread: str = ""
    begins: bool = False
    calendar: str = ""
    calendar_method: str = ""
    brief: str = ""
    overview: str = ""
    not_before: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Told:
    """A message as one person has it among their notices."""

    notice: Notice
    user: User
    message: Message


@transaction.atomic(savepoint=False)
def tell(
    messages: Iterable[tuple[User, Message]], *, preferences: Mapping[int, NoticePreferences] | None = None
) -> int:
    """Store what each person is told; how many notices are new. `preferences` are theirs, where they were read.

    Whoever is not active is told nothing. A message whose key is there already tells
    nothing again. External interviewers have no pages of their own: they get mail alone.
    """
    wanted = [(user, message) for user, message in messages if user.is_active]
    fresh = _without_told(wanted)
    if preferences is None:
        preferences = preferences_of_each(user for user, _ in fresh)
    notices = [_notice(user, message) for user, message in fresh]
    Notice.objects.bulk_create(notices)
    told = [Told(notice, user, message) for notice, (user, message) in zip(notices, fresh, strict=True)]
    mailed = [one for one in told if one.message.kind.demanded or preferences[one.user.pk].mails_everything]
    outbox.stop_waiting(message.thread for _, message in fresh if message.thread and not message.begins)
    outbox.store(_mails(mailed))
    return len(notices)


def as_told(done: str) -> str:
    """What a page says after something of which people are told: `done`, and how far that
    reaches where mail is not set up."""
    if settings.MAIL_IS_SET_UP:
        return done
    return f"{done} E-mail is not set up here, so nothing was sent. People with an account find it among their notices."


def _mails(told: Iterable[Told]) -> list[Mail]:
    """One mail for each, and one in place of several of a kind that somebody is told at one moment."""
    mails = []
    together: dict[tuple[int, Kind, datetime], list[Told]] = {}
    for one in told:
        message = one.message
        if message.brief:
            together.setdefault((one.user.pk, message.kind, message.not_before), []).append(one)
        else:
            mails.append(_mail(one))
    for several in together.values():
        mails.append(_mail(several[0]) if len(several) == 1 else _gathered(several))
    return mails


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
    rows = _said_by(*pks) if len(pks) == 1 else NoticePreferences.objects.filter(user__in=pks)
    said = {row.user_id: row for row in rows}
    return {pk: said.get(pk) or NoticePreferences(user_id=pk) for pk in pks}


@compiled
def _said_by(user: int) -> QuerySet[NoticePreferences]:
    """Of one person, as nearly all are told alone."""
    return NoticePreferences.objects.filter(user=user)


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


def _mail(one: Told) -> Mail:
    message = one.message
    said = {"title": message.title, "paragraphs": message.paragraphs}
    mail = written(one.user, message.kind, said, message.path, message.action)
    mail.notice = one.notice
    mail.calendar, mail.calendar_method = message.calendar, message.calendar_method
    mail.thread, mail.not_before = message.thread, message.not_before
    mail.about_type, mail.about_id = one.notice.about_type, one.notice.about_id
    return mail


def _gathered(several: list[Told]) -> Mail:
    """One mail that says in a line each what these messages say."""
    user, first = several[0].user, several[0].message
    lines = [[one.message.thread, one.message.brief] for one in several]
    mail = in_place_of(lines, user=user, kind=first.kind, overview=first.overview)
    mail.not_before = first.not_before
    return mail


@transaction.atomic(savepoint=False)
def reword(notices: Collection[Notice]) -> None:
    """Store these notices, whose titles and texts were changed. Their mail says the same from
    now on, in the outbox and as it is sent, or sent again."""
    Notice.objects.bulk_update(notices, ["title", "text"], batch_size=AT_A_TIME)
    told = {notice.pk: notice for notice in notices}
    held = lock_rows(Mail.objects.filter(notice__in=list(told)))
    mails = list(Mail.objects.filter(pk__in=held).select_related("receiver"))
    for mail in mails:
        assert mail.notice_id is not None
        _say_the_same(mail, told[mail.notice_id])
    Mail.objects.bulk_update(mails, ["subject", "text", "html", "calendar"], batch_size=AT_A_TIME)


def _say_the_same(mail: Mail, notice: Notice) -> None:
    assert mail.receiver is not None
    said = {"title": notice.title, "paragraphs": notice.text.split("\n\n")}
    fresh = written(mail.receiver, KINDS[mail.kind], said, notice.path, "")
    mail.subject, mail.text, mail.html = fresh.subject, fresh.text, fresh.html
    if mail.calendar:
        mail.calendar = calendars.renamed(mail.calendar, notice.title)


def moment_in_words(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """“Thu 26 Nov 2026, 12:00 CET”, in the company's time zone or another."""
    local = moment.astimezone(zone or ZoneInfo(settings.TIME_ZONE))
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"


@transaction.atomic(savepoint=False)
def mark_read(user: User, *, notice: Notice | None = None) -> int:
    """Mark one of the person's notices as read, or all; how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return Notice.objects.filter(pk__in=lock_rows(unread)).update(read_at=timezone.now())


def has_unread(user: User) -> bool:
    return Notice.objects.visible_to(user).unread().exists()


@transaction.atomic(savepoint=False)
def forget(about_type: str, pks: Iterable[int]) -> None:
    """Delete all notices, mails and messages to channels about these rows, sent or not."""
    about = {"about_type": about_type, "about_id__in": list(pks)}
    for model in (Mail, Notice, ChatMessage):
        model._default_manager.filter(pk__in=lock_rows(model._default_manager.filter(**about))).delete()
