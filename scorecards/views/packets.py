"""Packets: asked for, followed without reloading, downloaded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from audit.services import record
from scorecards.forms import PacketForm
from scorecards.models import Packet
from scorecards.packets import services
from scorecards.policies import may_request_packet
from scorecards.services import note_sightings
from scorecards.views.debriefs import readable_application


@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    application = readable_application(request, pk)
    form = PacketForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the packet profiles.")
        return redirect("debrief", pk)
    try:
        packet = services.request_packet(application, profile=form.cleaned_data["profile"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("debrief", pk)
    return redirect("packet", packet.pk)


def _packet(request: SignedInRequest, pk: int) -> Packet:
    packets = Packet.objects.visible_to(request.user).select_related(
        "requested_by", "application__candidate", "application__opening__rubric_version__rubric"
    )
    return get_object_or_404(packets, pk=pk)


def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page, or for htmx only its status, which asks again until the packet is finished."""
    packet = _packet(request, pk)
    finished = packet.state in {Packet.State.READY, Packet.State.FAILED}
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
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    packet = _packet(request, pk)
    services.retry_packet(packet, by=request.user)
    return redirect("packet", pk)


def download(request: SignedInRequest, pk: int) -> FileResponse:
    packet = _packet(request, pk)
    if not may_request_packet(request.user, packet.application):
        raise PermissionDenied
    if packet.state != Packet.State.READY:
        raise Http404("This packet is not ready yet.")
    try:
        stored = packet.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This packet's file is no longer in storage.") from error
    note_sightings(packet.application, by=request.user)
    record("packet.downloaded", by=request.user, subject=packet, profile=packet.profile)
    return FileResponse(stored, as_attachment=True, filename=file_name(packet), content_type="application/pdf")


def file_name(packet: Packet) -> str:
    """`debrief-OPENING-CANDIDATE.pdf`; the candidate's name is left out where the profile leaves it out."""
    parts = ["debrief", packet.application.opening.slug]
    if packet.profile != Packet.Profile.NO_CANDIDATE:
        parts.append(slugify(packet.application.candidate.name) or f"application-{packet.application_id}")
    else:
        parts.append(f"application-{packet.application_id}")
    return "-".join(parts) + f"-{packet.profile}.pdf"
