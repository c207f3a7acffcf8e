"""How mail is worded; and one mail in place of several, which says what is true as it
is sent."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from audit.handed_in import HandedIn
from notices import sending
from notices.kinds import KINDS, Kind
from notices.models import SEVERAL, Mail


@dataclass(frozen=True)
class Line:
    """What a line of a gathered mail is about: its kind, its reader, its message's
    thread."""

    kind: str
    receiver_id: int
    thread: str


Words = Callable[[Collection[Line]], Mapping[Line, str]]
_words: HandedIn[Words] = HandedIn()


def let_say(words: Words) -> None:
    """Let a room above give, of those lines that it knows, the words as they are now.

    They are empty where the line says nothing true any more.
    """
    _words.add(words)


def written(user: User, kind: Kind, said: Mapping[str, Any], path: str, action: str) -> Mail:
    """A mail that has a title and says paragraphs or lines, as text and as HTML."""
    settings_link = ""
    if not user.is_guest:
        settings_link = settings.SITE_URL + reverse("notice_settings")
    context = {
        **said,
        "link": f"{settings.SITE_URL}{path}" if path else "",
        "action": action or "Open it in Evenhand",
        "why": kind.why,
        "lower": kind.lower,
        "settings_link": settings_link,
    }
    return Mail(
        receiver=user,
        kind=kind.key,
        reason=f"Because {kind.why}.",
        subject=said["title"][:300],
        text=render_to_string("notices/mail/notice.txt", context),
        html=render_to_string("notices/mail/notice.html", context),
    )


def in_place_of(lines: Sequence[Sequence[str]], *, user: User, kind: Kind, overview: str) -> Mail:
    """One mail that says these lines, each a thread and its words.

    `overview` is the path at which all that they speak of stands.
    """
    words = [brief for _, brief in lines]
    said = {"title": kind.subject(len(lines)), "lines": words}
    mail = written(user, kind, said, overview, "See them all")
    mail.about_type = SEVERAL
    mail.gathered = {"overview": overview, "lines": lines}
    return mail


def said_anew(mails: Iterable[Mail]) -> list[Mail]:
    """Let gathered ones among these, which this worker has claimed, say what is true
    now.

    Gives those that have nothing left to say.
    """
    gathered = [mail for mail in mails if mail.gathered]
    if not gathered:
        return []
    asked = {line for mail in gathered for line in _lines(mail)}
    now: dict[Line, str] = {}
    for words in _words.values():
        now.update(words(asked))
    return [mail for mail in gathered if not _says(mail, now)]


def _lines(mail: Mail) -> list[Line]:
    assert mail.gathered is not None
    assert mail.receiver_id is not None
    found = []
    for thread, _ in mail.gathered["lines"]:
        found.append(Line(mail.kind, mail.receiver_id, thread))
    return found


def _says(mail: Mail, now: Mapping[Line, str]) -> bool:
    """Whether anything is left to say; the row is written anew where that is something
    else."""
    assert mail.gathered is not None
    before = mail.gathered["lines"]
    left = []
    for line, (thread, brief) in zip(_lines(mail), before, strict=True):
        words = now.get(line, brief)
        if words:
            left.append([thread, words])
    if left and left != before:
        _write_anew(mail, left, mail.gathered["overview"])
    return bool(left)


def _write_anew(mail: Mail, lines: list[list[str]], overview: str) -> None:
    assert mail.receiver is not None
    kind = KINDS[mail.kind]
    fresh = in_place_of(lines, user=mail.receiver, kind=kind, overview=overview)
    mail.subject, mail.text, mail.html = fresh.subject, fresh.text, fresh.html
    mail.gathered = fresh.gathered
    changed = {"text": mail.text, "html": mail.html, "gathered": mail.gathered}
    sending.ours(mail).update(subject=mail.subject, **changed)
