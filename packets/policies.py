"""Who may ask for packets, of which applications."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from candidates.models import Application
from debriefs.policies import run_debriefs
from packets.models import BatchItem, Packet, PacketBatch
from scorecards.models import Scorecard
from scorecards.policies import debriefs, hidden_applications, others_acts


@dataclass(frozen=True)
class BatchChoice:
    """An application that may be chosen for a batch.

    `left_out` is one of `BatchItem.LeftOut` where it cannot be in it, else empty.
    """

    application: Application
    left_out: str


def batch_choices(applications: QuerySet[Application], user: User, *, most: int) -> list[BatchChoice]:
    """The newest of those that this person runs, at most `most`; one query."""
    known = applications.filter(pk__in=Application.objects.run_by(user))
    counted = Scorecard.objects.counted().filter(panelist__interview__application=OuterRef("pk"))
    rows: QuerySet[Any] = known.select_related("candidate").annotate(
        sees=Exists(debriefs(user).filter(pk=OuterRef("pk"))),
        scored=Exists(counted),
    )
    return [BatchChoice(row, _left_out(row)) for row in rows.order_by("-pk")[:most]]


def _left_out(row: Any) -> str:
    """Blind comes first: that nobody has submitted would tell something."""
    if not row.sees:
        return str(BatchItem.LeftOut.BLIND)
    return "" if row.scored else str(BatchItem.LeftOut.NOTHING)


def hand_outs(user: User) -> QuerySet[Application]:
    """Applications whose packet this person may ask for and hand out: those whose
    meeting they run.
    """
    return run_debriefs(user)


def may_request_packet(user: User, application: Application) -> bool:
    """Whether this is one of the applications of `hand_outs`."""
    return hand_outs(user).filter(pk=application.pk).exists()


def hidden_events(user: User) -> Q:
    """Others' acts on packets of applications of which the trail tells this person nothing."""
    hidden = hidden_applications(user)
    return others_acts(
        user,
        {
            "packet": Packet.objects.filter(application__in=hidden),
            "packetbatch": PacketBatch.objects.filter(items__application__in=hidden),
        },
    )
