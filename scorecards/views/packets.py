"""Packets: asked for, followed without reloading, downloaded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from audit.limits import costly, costly_to_send
from audit.services import record
from scorecards.aggregate import aggregate
from scorecards.forms import PacketForm
from scorecards.gathering import debrief_facts
from scorecards.models import Packet, Sighting
from scorecards.packets import services
from scorecards.packets.files import download_name
from scorecards.packets.redaction import removals, removed_names
from scorecards.policies import may_request_packet
from scorecards.services import keep_sightings, note_sightings
from scorecards.views.debriefs import readable_application
from scorecards.views.downloads import attachment

PREVIEWED = 200  # passages that the preview shows; a packet has no such bound


@require_POST
@costly_to_send
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    form = PacketForm(request.POST)
    try:
        if form.is_valid():
            return redirect("packet", services.request_packet(pk, **form.cleaned_data, by=request.user).pk)
        readable_application(request, pk)
        messages.error(request, "Choose one of the packet profiles.")
    except PermissionDenied:
        readable_application(request, pk)  # says why, as on the debrief's page
        raise
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("debrief", pk)


@costly
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the chosen profile takes away from this debrief, before a packet is asked for."""
    application = readable_application(request, pk)
    if not may_request_packet(request.user, application):
        raise PermissionDenied
    note_sightings(application, by=request.user, way=Sighting.Way.PACKET)
    asked = request.GET.get("profile", "")
    profile = asked if asked in Packet.Profile.values else str(Packet.Profile.NO_INTERVIEWERS)
    facts = debrief_facts(application)
    changed = removals(facts, profile)
    context = {
        "application": application,
        "profiles": Packet.Profile.choices,
        "profile": profile,
        "label": Packet.Profile(profile).label,
        "names": removed_names(facts, profile),
        "changed": changed[:PREVIEWED],
        "more": max(len(changed) - PREVIEWED, 0),
        "alone": [row.name for row in aggregate(facts).dimensions if row.n == 1],
        "form": PacketForm(initial={"profile": profile}),
    }
    return render(request, "scorecards/packet_preview.html", context)


def _packet(request: SignedInRequest, pk: int) -> Packet:
    packets = Packet.objects.visible_to(request.user).select_related(
        "requested_by", "application__candidate", "application__opening__rubric_version__rubric"
    )
    return get_object_or_404(packets, pk=pk)


def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page, or for htmx only its status, which asks again until the packet is finished."""
    packet = _packet(request, pk)
    finished = packet.state not in {Packet.State.QUEUED, Packet.State.BUILDING}
    context = {
        "packet": packet,
        "application": packet.application,
        "finished": finished,
        "current": services.is_current(packet) if finished else True,
        "may_retry": may_request_packet(request.user, packet.application),
    }
    template = "scorecards/_packet_status.html" if request.htmx else "scorecards/packet.html"
    return render(request, template, context)


@require_POST
@costly_to_send
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Queue a failed packet again; where it expired or the debrief changed since, ask for it as it stands now."""
    packet = _packet(request, pk)
    failed, expired = packet.state == Packet.State.FAILED, packet.state == Packet.State.EXPIRED
    if expired or (failed and not services.is_current(packet)):
        packet = services.request_packet(
            packet.application_id,
            profile=packet.profile,
            paper=packet.paper,
            archival=packet.archival,
            by=request.user,
        )
    else:
        services.retry_packet(packet, by=request.user)
    return redirect("packet", packet.pk)


@costly
def download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    packet = _packet(request, pk)
    if not may_request_packet(request.user, packet.application):
        raise PermissionDenied
    if packet.state != Packet.State.READY:
        raise Http404("This packet is not ready, or not here any more.")
    try:
        stored = packet.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This packet's file is no longer in storage.") from error
    until = packet.finished_at or timezone.now()
    keep_sightings(packet.application, by=request.user, until=until, way=Sighting.Way.PACKET)
    record("packet.downloaded", by=request.user, subject=packet, profile=packet.profile)
    return attachment(
        request,
        stored,
        name=download_name(packet),
        content="application/pdf",
        mark=packet.sha256,
    )
