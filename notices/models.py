"""What people are told: notices inside Evenhand, and mail on its way out of it."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from audit.handed_in import HandedIn, Hiding, Rule
from notices.kinds import label_of
from notices.reminders import Quiet, quiet_ends


def new_message_id() -> str:
    """What all tries of one mail share, so that a server or reader drops a second copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">").strip()
    return f"<{uuid.uuid4().hex}@{domain or 'localhost'}>"


def weekend() -> list[int]:
    """Saturday and Sunday, counted from 0 for Monday."""
    return [5, 6]


# What a mail in place of several is about, which names no candidate.
SEVERAL = "several"

_hidden = Hiding()


def hide_mail(rule: Rule) -> None:
    """Let a room above say which mail a reader of the outbox may not see; this one knows nobody."""
    _hidden.add(rule)


Outdated = Callable[["Sequence[Mail]"], set[int]]
_outdated: HandedIn[Outdated] = HandedIn()


def let_settle(settled: Outdated) -> None:
    """Let a room above give the keys of those mails that say nothing true any more, such as
    that somebody is late who has handed in."""
    _outdated.add(settled)


def outdated(mails: "Sequence[Mail]") -> "list[Mail]":
    """Those of them that should not go out any more."""
    settled: set[int] = set()
    for ask in _outdated.values():
        settled |= ask(mails)
    return [mail for mail in mails if mail.pk in settled]


Undelivered = Callable[["Mail", str], None]
_undelivered: HandedIn[Undelivered] = HandedIn()


def let_know_undelivered(told: Undelivered) -> None:
    """Let a room above hear of each mail that reached nobody for good, and why."""
    _undelivered.add(told)


def say_undelivered(mail: "Mail", why: str) -> None:
    for told in _undelivered.values():
        told(mail, why)


Withheld = Callable[[], Q]
_withheld: HandedIn[Withheld] = HandedIn()


def withhold_notices(rule: Withheld) -> None:
    """Let a room above say which notices their own receivers may not see now, such as
    that all scorecards are in, for somebody who has come to owe one."""
    _withheld.add(rule)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and nobody else's, as far as they are `shown`."""
        if not user.is_active:
            return self.none()
        return self.filter(receiver=user).shown()

    def shown(self) -> Self:
        """Those that their receivers may see now; the others are not counted either."""
        rows = self
        for rule in _withheld.values():
            rows = rows.exclude(rule())
        return rows

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that one person is told, and a place to go to.

    It holds no judgement of anybody. `about_type` and `about_id` name the row that it
    speaks of, which erasure follows; `key` is unique, so that one cause tells once.
    """

    receiver = models.ForeignKey(  # the list of one's own is the index
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    about_type = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=120, null=True)  # noqa: DJ001 - none is not the empty one
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["receiver", "-created_at", "-id"], name="notices_of_one"),
            models.Index(fields=["receiver"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=["about_type", "about_id"], name="notices_about"),
        ]
        # No `unique` of the column, which brings a second index for the beginnings of words.
        constraints = [models.UniqueConstraint(fields=["key"], name="notice_key")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.receiver_id}"

    @property
    def label(self) -> str:
        """What pages call it, by its kind."""
        return label_of(self.kind)


class Outgoing(models.Model):
    """What leaves Evenhand, stored in the transaction that causes it.

    The row is the truth and the queue only wakes a worker: one claims it under a token,
    sends it, and says so (`notices.sending`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Stopped"

    ENDED = (State.SENT, State.FAILED, State.STOPPED)

    kind = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    about_type = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def is_due(cls) -> Q:
        """What may be sent now, by the database's clock: it waits and its time has come, or
        who had it is gone."""
        waits = Q(state=cls.State.WAITING, not_before__lte=Now())
        lost = Q(state=cls.State.SENDING, lease_until__lt=Now())
        return waits | lost


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> Self:
        """For administrators: all but what a room hides from them, such as who is late
        where they owe a scorecard themselves."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return _hidden.left(self, user)


class Mail(Outgoing):
    """One message to one address.

    All tries bear one `message_id`. With a `receiver` the address is the one that the
    person has as it is sent. The text of a `secret` one opens something, so no page
    shows it, and it goes once the mail is sent. One that is `gathered` stands in place
    of several: their `lines`, each a thread and its words, and the path of their
    `overview`.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, null=True, related_name="mail")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="mails")
    address = models.CharField(max_length=320, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=998)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    secret = models.BooleanField(default=False)
    thread = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=320, default=new_message_id)
    problem = models.CharField(max_length=300, blank=True)
    gathered = models.JSONField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The queries of the outbox ask for what is not done: they do not grow with what was sent.
            models.Index(fields=["not_before", "id"], condition=Q(state__in=["waiting", "sending"]), name="mail_to_do"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["thread"], condition=Q(state="waiting"), name="mail_of_a_thread"),
            models.Index(fields=["about_type", "about_id"], name="mail_about"),
        ]
        constraints = [models.UniqueConstraint(fields=["message_id"], name="mail_message_id")]

    @property
    def label(self) -> str:
        """What pages call it, by its kind."""
        return label_of(self.kind)


class NoticePreferences(models.Model):
    """How one person wants to be told. Without a row: all by mail, evenings and weekends quiet.

    `time_zone` is a name of the zone database; empty is the company's. `language` is kept
    for when Evenhand speaks more than one. Quiet hours and
    days, by `quiet_days` from 0 for Monday, hold reminders back until they end.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences", primary_key=True
    )
    mails_everything = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True, db_default="")
    quiet_from = models.TimeField(default=time(20, 0))
    quiet_until = models.TimeField(default=time(7, 30))
    quiet_days = models.JSONField(default=weekend)
    fewer_reminders = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone; the company's for one that the zone database no longer has."""
        try:
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.quiet_from, self.quiet_until, self.quiet_days)

    def reached_at(self, now: datetime) -> datetime:
        """When this person can be told something: now, or as their quiet hours end."""
        return quiet_ends(self.quiet, now.astimezone(self.zone))


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads one person's interviews.

    Its key is kept as a hash only. Without `with_names` it names no candidate.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", primary_key=True
    )
    key_hash = models.CharField(max_length=64, unique=True)
    with_names = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"calendar feed of {self.user_id}"


class Webhook(models.Model):
    """An address outside to which an opening's events are told, or those of the installation.

    The address opens a channel, so that pages show its host alone. `seed` makes its
    signing key, which is kept nowhere.
    """

    class Form(models.TextChoices):
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"
        PLAIN = "json", "JSON"

    opening_id = models.BigIntegerField(null=True, db_index=True)
    address = models.CharField(max_length=1000)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.SLACK)
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"webhook {self.pk}"

    @property
    def host(self) -> str:
        """As much of the address as pages show."""
        return urlsplit(self.address).hostname or ""


class ChatMessage(Outgoing):
    """One event for one webhook. `answer` is the beginning of what came back, or why nothing did."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    delivery = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    answer_status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state__in=["waiting", "sending"]), name="chat_to_do"),
            models.Index(fields=["about_type", "about_id"], name="chat_about"),
        ]
