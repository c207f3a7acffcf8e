"""One application with all that its reader may do with it, read at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.compiled import compiled
from accounts.models import User
from candidates.models import Application
from candidates.policies import runnable
from privacy.policies import answerable, erasable
from scorecards.policies import debriefs, overridable


@dataclass(frozen=True)
class ApplicationReader:
    """An application that somebody runs, and their rights as the policies have them.

    Each but the first two is named after its query set: `may_override` is
    `overridable`.
    """

    application: Application
    sees_debrief: bool
    may_run: bool
    may_override: bool
    may_erase: bool
    may_answer_access: bool


def application_reader(user: User, pk: int) -> ApplicationReader | None:
    """The application and this person's rights; None where they do not run it. One
    query."""
    row = _read.first(user, pk)
    if row is None:
        return None
    return ApplicationReader(
        application=row,
        sees_debrief=row.sees_debrief,
        may_run=row.may_run,
        may_override=row.may_override,
        may_erase=row.may_erase,
        may_answer_access=row.may_answer_access,
    )


@compiled
def _read(user: User, pk: int) -> QuerySet[Any]:
    own = Application.objects.run_by(user).filter(pk=pk).select_related("candidate", "opening")
    same, candidate = OuterRef("pk"), OuterRef("candidate")
    read: QuerySet[Any] = own.annotate(
        sees_debrief=Exists(debriefs(user).filter(pk=same)),
        may_run=Exists(runnable(user).filter(pk=OuterRef("opening"))),
        may_override=Exists(overridable(user).filter(pk=same)),
        may_erase=Exists(erasable(user).filter(pk=candidate)),
        may_answer_access=Exists(answerable(user).filter(pk=candidate)),
    )
    return read
