"""Telling those who may know that a decision was recorded, not which."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from candidates.channels import application_in_words, tell_channels_of
from candidates.models import OpeningMember, Panelist
from debriefs.models import Decision
from notices import kinds
from notices.services import Message, tell
from scorecards.models import writable
from scorecards.policies import may_see_debrief


def tell_decided(decision: Decision) -> int:
    """Tell those who run the opening or sat on a panel, and may read the debrief; how
    many were told.

    What was decided stands on the page alone, where each reader's rights are asked.
    Channels are told only where nobody on a panel can be blind any more.
    """
    application = decision.application
    members = OpeningMember.objects.filter(opening=application.opening_id, user=OuterRef("pk"))
    panelists = Panelist.objects.filter(interview__application=application, user=OuterRef("pk"))
    concerned = User.objects.colleagues().filter(Q(Exists(members)) | Q(Exists(panelists)))
    messages = []
    for user in concerned.exclude(pk=decision.decided_by_id):
        if not may_see_debrief(user, application):
            continue
        message = Message(
            kind=kinds.DECIDED,
            title=f"Decision recorded: {application_in_words(application)}",
            path=reverse("debrief", args=[application.pk]),
            action="Read it in the debrief",
            about=("application", application.pk),
            key=f"decided:{decision.pk}:{user.pk}",
        )
        messages.append((user, message))
    if not Panelist.objects.filter(writable(), interview__application=application).exists():
        tell_channels_of(kinds.DECIDED, application)
    return tell(messages)
