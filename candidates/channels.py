"""What a chat is told of interviews, and as whom of a candidate.

Anybody may read a channel, so it learns nothing of anybody's judgement, nor who has
handed in. A confidential opening is told to its own webhooks alone and names neither
itself nor the candidate; an anonymous one has the code name.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.locks import lock_rows
from candidates.invitations import CONFIDENTIAL
from candidates.models import Application, Interview, Opening
from notices import hooks, kinds
from notices.hooks import Told
from notices.kinds import Kind
from notices.models import ChatMessage, Webhook
from notices.services import moment_in_words

HEADLINES = {
    kinds.INVITED.key: "Interview planned",
    kinds.MOVED.key: "Interview changed",
    kinds.CANCELLED.key: "Interview cancelled",
    kinds.ALL_IN.key: "All scorecards are in",
    kinds.DECIDED.key: "Decision recorded",
}


def tell_channels(kind: Kind, interviews: Sequence[Interview]) -> None:
    """Tell the channels of one opening about interviews to come; call it before the rows go."""
    coming = [interview for interview in interviews if interview.starts_at > timezone.now()]
    found = _channels_of(coming[0].application) if coming else []
    if not found:
        return
    events = []
    for interview in coming:
        words = f"{interview.round.name}, {moment_in_words(interview.starts_at)}"
        events.append(_event(kind, interview.application, words))
    hooks.store(found, events)


def tell_channels_of(kind: Kind, application: Application) -> None:
    """Tell the channels of its opening about an application on which nobody owes a scorecard any more."""
    hooks.store(_channels_of(application), [_event(kind, application, "")])


def was_said(kind: Kind, application: Application, *, since: datetime) -> bool:
    """Whether channels have this of the application, sent or waiting, since that moment."""
    about = ChatMessage.objects.filter(about_type="application", about_id=application.pk)
    return about.filter(kind=kind.key, created_at__gte=since).exists()


def retell_channels(opening: Opening, applications: Mapping[int, Application]) -> None:
    """Let what waits for channels, and what the page of webhooks lists, name the opening's
    applications, by their keys, as it may now.

    Where it has become confidential, the installation's channels are told no more of it.
    """
    about = ChatMessage.objects.filter(about_type="application", about_id__in=list(applications))
    messages = list(ChatMessage.objects.filter(pk__in=lock_rows(about)).select_related("webhook"))
    kept = []
    for message in messages:
        if message.state not in ChatMessage.ENDED and opening.confidential and message.webhook.opening_id is None:
            message.delete()
            continue
        assert message.about_id is not None
        message.title = _title(message.kind, applications[message.about_id])[:300]
        kept.append(message)
    ChatMessage.objects.bulk_update(kept, ["title"])


def _channels_of(application: Application) -> list[Webhook]:
    opening = application.opening
    return hooks.hooks_for(opening.pk, company_wide=not opening.confidential)


def _event(kind: Kind, application: Application, words: str) -> Told:
    path = reverse("application", args=[application.pk])
    return Told(kind, _title(kind.key, application), words, path, ("application", application.pk))


def _title(kind: str, application: Application) -> str:
    """`kind` is a key of HEADLINES."""
    called = candidate_in_words(application)
    return f"{HEADLINES[kind]}: {called}" if called else HEADLINES[kind]


def application_in_words(application: Application) -> str:
    """The candidate as mail may name them: not at all where the opening is confidential."""
    return candidate_in_words(application) or CONFIDENTIAL


def candidate_in_words(application: Application) -> str:
    """Candidate and opening as everybody may know them; empty where the opening is confidential."""
    opening = application.opening
    if opening.confidential:
        return ""
    called = application.alias if opening.anonymous else application.candidate.name
    return f"{called}, {opening.title}"
