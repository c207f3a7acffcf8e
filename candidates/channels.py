"""What a chat is told of interviews, and as whom of a candidate.

Anybody may read a channel, so it learns nothing of anybody's judgement, nor who has
handed in. A confidential opening is told to its own webhooks alone and names neither
itself nor the candidate; an anonymous one has the code name.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from candidates.models import Application, Interview
from notices import hooks, kinds
from notices.hooks import Told
from notices.kinds import Kind
from notices.models import Webhook
from notices.services import moment_in_words

HEADLINES = {
    kinds.INVITED: "Interview planned",
    kinds.MOVED: "Interview changed",
    kinds.CANCELLED: "Interview cancelled",
    kinds.ALL_IN: "All scorecards are in",
    kinds.DECIDED: "Decision recorded",
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


def _channels_of(application: Application) -> list[Webhook]:
    opening = application.opening
    return hooks.hooks_for(opening.pk, company_wide=not opening.confidential)


def _event(kind: Kind, application: Application, words: str) -> Told:
    called = candidate_in_words(application)
    title = f"{HEADLINES[kind]}: {called}" if called else HEADLINES[kind]
    path = reverse("application", args=[application.pk])
    return Told(kind, title, words, path, ("application", application.pk))


def candidate_in_words(application: Application) -> str:
    """Candidate and opening as everybody may know them; empty where the opening is confidential."""
    opening = application.opening
    if opening.confidential:
        return ""
    called = application.alias if opening.anonymous else application.candidate.name
    return f"{called}, {opening.title}"
