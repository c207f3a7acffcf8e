"""The packets of a debrief, for its page."""

from typing import Any

from django import template
from django.db.models import QuerySet

from accounts.compiled import compiled
from accounts.models import User
from debriefs.policies import DebriefReader
from packets.forms import PacketForm
from packets.models import Packet

register = template.Library()


@register.inclusion_tag("packets/_panel.html", takes_context=True)
def packet_panel(context: template.Context, reader: DebriefReader) -> dict[str, Any]:
    """The packets to be seen, the newest first, and for those who run the debrief a form for another."""
    return {
        "application": reader.application,
        "packets": _packets(context["request"].user, reader.application.pk),
        "packet_form": PacketForm() if reader.runs else None,
    }


@compiled
def _packets(user: User, application: int) -> QuerySet[Packet]:
    return Packet.objects.visible_to(user).filter(application=application)
