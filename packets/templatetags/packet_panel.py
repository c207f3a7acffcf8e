"""The packets of a debrief, for its page."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from accounts.compiled import compiled
from accounts.models import User
from accounts.templatetags.pieces import unfilled
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
        "packet_form": _fields(settings.PACKET_PAPER, settings.PACKET_ARCHIVAL) if reader.runs else None,
    }


@lru_cache(maxsize=4)
def _fields(paper: str, archival: bool) -> SafeString:
    """The form's fields as nobody has filled them in yet; how they begin rests on these settings."""
    return unfilled(PacketForm())


@compiled
def _packets(user: User, application: int) -> QuerySet[Packet]:
    return Packet.objects.visible_to(user).filter(application=application)
