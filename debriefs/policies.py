"""What somebody may do with a debrief that they may read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from candidates.models import Application, Panelist
from candidates.policies import decidable, may_decide, runnable
from scorecards.models import Scorecard, blind
from scorecards.policies import debriefs, may_see_debrief, nameless


@dataclass(frozen=True)
class DebriefReader:
    """An application, and what one person may do with its debrief.

    `sees`: read it; `runs`: open its meeting and write that down; `decides`: record
    the decision; `nameless`: they may not know the candidate's name.
    """

    application: Application
    sees: bool
    runs: bool
    decides: bool
    nameless: bool

    @property
    def called(self) -> str:
        """What this person's pages call the candidate."""
        application = self.application
        return application.alias if self.nameless else application.candidate.name


def debrief_readers(applications: QuerySet[Application], user: User) -> list[DebriefReader]:
    """This person as reader of each of the applications, in their order; one query.

    Nobody runs or decides anything once the candidate was erased.
    """
    return [reader_of(row) for row in with_rights(applications, user)]


def with_rights(applications: QuerySet[Application], user: User) -> QuerySet[Any]:
    """The applications, each with what `reader_of` makes a reader of."""
    same = Q(pk=OuterRef("opening"))
    rows: QuerySet[Any] = applications.select_related("candidate").annotate(
        sees=Exists(debriefs(user).filter(pk=OuterRef("pk"))),
        runs=Exists(runnable(user).filter(same)),
        decides=Exists(decidable(user).filter(same)),
        unnamed=nameless(user),
    )
    return rows


def reader_of(row: Any) -> DebriefReader:
    """The rights in a row of `with_rights`. Nobody runs or decides an erased candidate's debrief."""
    kept = row.candidate.erased_at is None
    return DebriefReader(
        application=row,
        sees=row.sees,
        runs=row.runs and kept,
        decides=row.decides and kept,
        nameless=row.unnamed,
    )


def why_no_debrief(user: User, application: Application) -> str:
    """What to tell somebody on the panel who may not read the debrief; it says nothing
    of the others."""
    if Application.objects.filter(blind(user), pk=application.pk).exists():
        return "Submit your own scorecard first. Then you can see the debrief."
    if application.candidate.erased_at:
        return (
            "This candidate has been erased, so no scorecard can be submitted any more. Only people who submitted one "
            "or who run the opening can see the debrief."
        )
    return (
        "Only people who submitted a scorecard or who run the opening can see the debrief. You declined yours. If you "
        "need to score after all, ask the person who plans the interviews to put you on the panel again."
    )


def may_record_decision(user: User, application: Application) -> bool:
    """Those who decide on the opening, once the debrief is open to them."""
    return may_decide(user, application.opening) and may_see_debrief(user, application)


def run_debriefs(user: User) -> QuerySet[Application]:
    """Applications whose opening this person runs and whose debrief they may read."""
    return debriefs(user).filter(opening__in=runnable(user))


def may_run_debrief(user: User, application: Application) -> bool:
    """Whether this is one of the applications of `run_debriefs`."""
    return run_debriefs(user).filter(pk=application.pk).exists()


def may_re_rate(user: User, card: Scorecard) -> bool:
    """The card's author: a lead, submitted and not blind; nobody once it was erased or
    withdrawn."""
    panelist = card.panelist
    if panelist.user_id != user.pk or panelist.role != Panelist.Role.LEAD:
        return False
    if card.erased or card.state != Scorecard.State.SUBMITTED or hasattr(card, "withdrawal"):
        return False
    return may_see_debrief(user, panelist.interview.application)
