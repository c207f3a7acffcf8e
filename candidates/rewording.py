"""What was told before an opening became anonymous or confidential says from then on only what
its rules allow: notices, mail that waits or is sent again, and messages that wait for channels.

What has arrived in somebody's mailbox, calendar or chat stays as it is there.
"""

import re
from collections.abc import Mapping

from candidates.channels import candidate_in_words, retell_channels
from candidates.invitations import CONFIDENTIAL
from candidates.locks import lock_applications
from candidates.models import Application, Opening
from notices import kinds, services
from notices.models import Notice

# The sentence that names the opening, or candidate and opening, up to the end or to how far
# an interview is off (`candidates.invitations`, `scorecards.telling`).
_JOB = re.compile(r" It is for .*?\.(?=( It will not take place\.| You are no longer on its panel\.)?$)")


def reword(opening: Opening) -> None:
    """Let nothing that was told of this opening name more than it may name now.

    Its applications are locked, so that whoever plans an interview has told it by then.
    """
    lock_applications(opening.applications.values_list("pk", flat=True))
    found = opening.applications.select_related("candidate", "opening")
    applications = {application.pk: application for application in found}
    services.reword(_of_applications(applications) + _of_opening(opening))
    retell_channels(opening, applications)


def _of_applications(applications: Mapping[int, Application]) -> list[Notice]:
    about = Notice.objects.filter(about_type="application", about_id__in=list(applications))
    notices = list(about.select_related("receiver"))
    for notice in notices:
        assert notice.about_id is not None
        _name(notice, applications[notice.about_id])
    return notices


def _name(notice: Notice, application: Application) -> None:
    """Who is external has never been told a candidate; who is late is in the title of the notice of it."""
    paragraphs = notice.text.split("\n\n")
    notice.text = "\n\n".join(_JOB.sub("", paragraph) for paragraph in paragraphs)
    if notice.receiver.is_guest or notice.kind == kinds.ESCALATED.key:
        return
    headline, _, _ = notice.title.partition(":")
    called = candidate_in_words(application)
    notice.title = f"{headline}: {called}"[:300] if called else headline


def _of_opening(opening: Opening) -> list[Notice]:
    """Notices of roles there, such as “You are now a recruiter for Cook”."""
    if not opening.confidential:
        return []
    notices = list(Notice.objects.filter(about_type="opening", about_id=opening.pk))
    for notice in notices:
        role, _, _ = notice.title.partition(" for ")
        notice.title = f"{role} for {CONFIDENTIAL}"
    return notices
