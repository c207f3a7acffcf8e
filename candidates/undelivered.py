"""Mail about an interview that reached nobody is told to those who run the opening."""

from django.urls import reverse

from accounts.models import User
from candidates.channels import application_in_words
from candidates.invitations import interview_of
from candidates.members import running_each
from candidates.models import Application
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
    if mail.kind not in ABOUT_INTERVIEWS or mail.receiver is None:
        return
    application = _application_of(mail)
    if application is None:
        return
    opening = application.opening_id
    told = running_each([opening], besides=mail.receiver).get(opening, [])
    tell([(user, _message(mail, why, application, user)) for user in told])


def _application_of(mail: Mail) -> Application | None:
    """The one that a mail about an interview is about; of an erased candidate only the
    thread leads there."""
    found = Application.objects.select_related("opening", "candidate")
    if mail.about_type == "application":
        return found.filter(pk=mail.about_id or 0).first()
    interview = interview_of(mail.thread)
    return found.filter(interviews=interview).first() if interview is not None else None


def _message(mail: Mail, why: str, application: Application, user: User) -> Message:
    assert mail.receiver is not None
    name = mail.receiver.display_name
    return Message(
        kind=kinds.UNDELIVERED,
        title=f"Mail did not reach {name}: {application_in_words(application)}",
        paragraphs=(
            f"{name} {ABOUT_INTERVIEWS[mail.kind]} unless you say so yourself. {why}",
            "An administrator can correct the address and send the message again from the outbox.",
        ),
        path=reverse("application", args=[application.pk]),
        action="Go to the application",
        about=("application", application.pk),
        key=f"undelivered:{mail.message_id[1:17]}:{user.pk}",
    )
