"""The packets of a debrief, for its page."""

from typing import Any

from django import template

from debriefs.policies import DebriefReader
from packets.forms import PacketForm
from packets.models import Packet

register = template.Library()


@register.inclusion_tag("packets/_panel.html", takes_context=True)
def packet_panel(context: template.Context, reader: DebriefReader) -> dict[str, Any]:
    """The newest packets to be seen, and for those who run the debrief a form for another."""
    packets = Packet.objects.visible_to(context["request"].user).filter(application=reader.application)
    return {
        "application": reader.application,
        "packets": packets[:10],
        "packet_form": PacketForm() if reader.runs else None,
    }
