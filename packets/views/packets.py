"""Packets: asked for, followed without reloading, downloaded."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.limits import costly, costly_to_send
from accounts.refusals import tell_refusal
from audit.services import record
from debriefs.aggregate import aggregate
from debriefs.gathering import debrief_facts
from debriefs.profiles import LABELS, VALUES, Profile
from debriefs.redaction import questions, removals, removed_names
from debriefs.views.debriefs import readable
from packets import life
from packets.documents.unprinted import kept
from packets.files import download_name, namesakes_in
from packets.forms import PacketForm, PreviewedForm
from packets.models import Packet
from packets.policies import may_request_packet
from packets.views.downloads import attachment
from scorecards.models import Sighting
from scorecards.services import keep_sightings, note_sightings

PREVIEWED = 200  # passages that the preview shows; a packet has no such bound


@require_POST
@costly_to_send
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a packet built; 422 with the form where that is refused."""
    form = PreviewedForm(request.POST)
    if not form.is_valid():
        application = readable(request, pk).application
        context = {"application": application, "form": form}
        return render(request, "packets/packet_request.html", context, status=422)
    try:
        packet = life.request_packet(pk, **form.chosen(), by=request.user)
    except PermissionDenied:
        readable(request, pk)  # says why, as on the debrief's page
        raise
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("debrief", pk)
    return redirect("packet", packet.pk)


@costly
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the chosen profile takes away from this debrief, before a packet is asked for."""
    application = readable(request, pk).application
    if not may_request_packet(request.user, application):
        raise PermissionDenied
    note_sightings(application, by=request.user, way=Sighting.Way.PACKET)
    asked = request.GET.get("profile", "")
    profile = asked if asked in VALUES else Profile.NO_INTERVIEWERS.value
    facts = debrief_facts(application)
    found = questions(facts, profile)
    ticks = found.answered(life.last_ticks(application, profile))
    changed = removals(facts, profile, ticks)
    context = {
        "application": application,
        "profiles": list(LABELS.items()),
        "profile": profile,
        "label": LABELS[profile],
        "names": removed_names(facts, profile),
        **found.offered(),
        "ticks": ticks,
        "changed": changed[:PREVIEWED],
        "more": max(len(changed) - PREVIEWED, 0),
        "alone": [row.name for row in aggregate(facts).dimensions if row.n == 1],
        "form": PacketForm(initial={"profile": profile}),
    }
    return render(request, "packets/packet_preview.html", context)


def _packet(request: SignedInRequest, pk: int) -> Packet:
    packets = Packet.objects.visible_to(request.user).select_related(
        "requested_by", "application__candidate", "application__opening__rubric_version__rubric"
    )
    return get_object_or_404(packets, pk=pk)


def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page, or for htmx only its status, which asks again until the packet is
    finished.
    """
    packet = _packet(request, pk)
    finished = packet.state not in {Packet.State.QUEUED, Packet.State.BUILDING}
    context = {
        "packet": packet,
        "application": packet.application,
        "finished": finished,
        "unprinted": kept(packet.unprinted),
        "current": life.is_current(packet) if finished else True,
        "may_retry": may_request_packet(request.user, packet.application),
    }
    template = "packets/_packet_status.html" if request.htmx else "packets/packet.html"
    return render(request, template, context)


@require_POST
@costly_to_send
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Queue a failed packet again; where that would be out of date, ask for a new one."""
    packet = _packet(request, pk)
    if packet.state in {Packet.State.FAILED, Packet.State.EXPIRED}:
        asked = life.request_packet(
            packet.application_id,
            profile=packet.profile,
            paper=packet.paper,
            archival=packet.archival,
            evidence_by=packet.evidence_by,
            ticks=packet.ticks,
            by=request.user,
        )
        if asked.pk != packet.pk:
            return redirect("packet", asked.pk)
    life.retry_packet(packet, by=request.user)
    return redirect("packet", packet.pk)


@costly
def download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    packet = _packet(request, pk)
    if not may_request_packet(request.user, packet.application):
        raise PermissionDenied
    if packet.state != Packet.State.READY:
        raise Http404("This packet is not ready, or is no longer available.")
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
        name=download_name(packet, namesakes_in(packet.application.opening)),
        content="application/pdf",
        etag=packet.sha256,
    )
