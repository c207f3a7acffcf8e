"""Mail about an interview that reached nobody is told to those who run the opening."""

from django.urls import reverse

from accounts.models import User
from candidates.channels import candidate_in_words
from candidates.models import Application, OpeningMember
from notices import kinds
from notices.models import Mail
from notices.services import Message, tell

ABOUT_INTERVIEWS = {
    kinds.INVITED.key: "does not know of the interview",
    kinds.MOVED.key: "does not know that the interview has changed",
    kinds.CANCELLED.key: "does not know that the interview is off",
}


def tell_undelivered(mail: Mail, why: str) -> None:
    """Tell the recruiters of the opening, or its other members where it has none, whom
    mail about an interview did not reach, and `why`."""
    if mail.kind not in ABOUT_INTERVIEWS or mail.about_type != "application" or mail.about_id is None:
        return
    if mail.receiver is None:
        return
    application = Application.objects.filter(pk=mail.about_id).select_related("opening", "candidate").first()
    if application is None:
        return
    messages = []
    for user in running(application.opening_id):
        if user.pk != mail.receiver_id:
            messages.append((user, _message(mail, why, application, user)))
    tell(messages)


def running(opening_id: int) -> list[User]:
    """The recruiters of the opening; its other members where it has none."""
    members = OpeningMember.objects.filter(opening=opening_id, user__is_active=True)
    found = list(members.select_related("user").order_by("pk"))
    recruiters = [one.user for one in found if one.role == OpeningMember.Role.RECRUITER]
    return recruiters or [one.user for one in found]


def _message(mail: Mail, why: str, application: Application, user: User) -> Message:
    assert mail.receiver is not None
    name = mail.receiver.display_name
    candidate = candidate_in_words(application) or "a confidential opening"
    return Message(
        kind=kinds.UNDELIVERED,
        title=f"Mail did not reach {name}: {candidate}",
        paragraphs=(
            f"{name} {ABOUT_INTERVIEWS[mail.kind]} unless you say so yourself. {why}",
            "An administrator can correct the address and send the message again from the outbox.",
        ),
        path=reverse("application", args=[application.pk]),
        action="Go to the application",
        about=("application", application.pk),
        key=f"undelivered:{mail.pk}:{user.pk}",
    )
