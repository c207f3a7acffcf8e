"""Packets of several candidates: chosen, followed without reloading, downloaded as one."""

from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, posted, sent_keys
from accounts.limits import costly, costly_to_send
from accounts.listing import Column, Listing, listed
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from audit.services import record
from candidates.http import opening_to_run
from candidates.models import Opening
from candidates.policies import may_run
from packets import batches
from packets.forms import BatchForm
from packets.models import BatchItem, Packet, PacketBatch
from packets.policies import BatchChoice, batch_choices
from packets.views.downloads import attachment
from scorecards.models import Sighting
from scorecards.services import keep_sightings

BATCHES = Listing(
    one="request",
    noun="requests",
    columns=(
        Column("packets", "Packets", fixed=True),
        Column("profile", "Profile"),
        Column("at", "When", order="requested_at", falls=True),
    ),
    order="-at",
    size=20,
    newest_of_alike=True,
)


@costly_to_send
@once
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The opening's candidates to choose from, the newest first, as many at a time as
    fit in one batch.
    """
    opening = opening_to_run(request, pk)
    choices, older = _page(request, opening)
    tick = request.GET.get("tick") != "none"
    form = BatchForm(posted(request), choices=choices, tick=tick)
    if form.is_valid():
        try:
            batch = batches.request_batch(opening, by=request.user, **form.chosen())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("batch", batch.pk)
    context = {
        "opening": opening,
        "form": form,
        "choices": choices,
        "older": older,
        "most": batches.MOST,
        "batches": listed(request, PacketBatch.objects.visible_to(request.user).filter(opening=opening), BATCHES),
    }
    return render(request, "packets/batch_new.html", context, status=422 if form.is_bound else 200)


def _page(request: SignedInRequest, opening: Opening) -> tuple[list[BatchChoice], int | None]:
    """The choices after `?older=`, and the key of the last of them where there are older ones.

    Those that `?application=` names, where it does.
    """
    applications = opening.applications.all()
    if ticked := sent_keys(request.GET, "application"):
        applications = applications.filter(pk__in=ticked)
    before = request.GET.get("older", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        applications = applications.filter(pk__lt=int(before))
    found = batch_choices(applications, request.user, most=batches.MOST + 1)
    shown = found[: batches.MOST]
    older = shown[-1].application.pk if len(found) > batches.MOST else None
    return shown, older


def _batch(request: SignedInRequest, pk: int) -> PacketBatch:
    rows = PacketBatch.objects.visible_to(request.user).select_related("opening", "requested_by")
    return get_object_or_404(rows, pk=pk)


def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page, or for htmx only its status, which asks again until the batch is
    finished.

    `?done=` is the number of finished packets that the asking page has told its reader:
    only news is said aloud.
    """
    batch = _batch(request, pk)
    items = list(batch.items.select_related("packet", "application__candidate"))
    progress = batches.progress(batch, items)
    finished = batch.state not in batches.OPEN
    context = {
        "batch": batch,
        "items": items,
        "progress": progress,
        "finished": finished,
        "news": request.GET.get("done") != str(progress.done) or finished,
        "may_run": may_run(request.user, batch.opening),
    }
    template = "packets/_batch_status.html" if request.htmx else "packets/batch.html"
    return render(request, template, context)


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    batches.cancel_batch(_batch(request, pk), by=request.user)
    return redirect("batch", pk)


@require_POST
@costly_to_send
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        batch = batches.retry_batch(_batch(request, pk), by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("batch", pk)
    return redirect("batch", batch.pk)


@costly
def archive(request: SignedInRequest, pk: int) -> HttpResponseBase:
    batch = _batch(request, pk)
    return _download(request, batch, batch.archive, "zip", "application/zip")


@costly
def document(request: SignedInRequest, pk: int) -> HttpResponseBase:
    batch = _batch(request, pk)
    return _download(request, batch, batch.document, "pdf", "application/pdf")


def _download(
    request: SignedInRequest, batch: PacketBatch, file: FieldFile, kind: str, content: str
) -> HttpResponseBase:
    if not may_run(request.user, batch.opening):
        raise PermissionDenied
    if batch.state != PacketBatch.State.READY:
        raise Http404("These packets are not ready, or are no longer available.")
    try:
        stored = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file is no longer in storage.") from error
    items = BatchItem.objects.filter(batch=batch, packet__state__in=[Packet.State.READY, Packet.State.EXPIRED])
    for item in items.select_related("packet", "application"):
        assert item.packet is not None  # the filter asks for its state
        until = item.packet.finished_at or timezone.now()
        keep_sightings(item.application, by=request.user, until=until, way=Sighting.Way.BATCH)
    packets = list(items.values_list("packet_id", flat=True))
    record("batch.downloaded", by=request.user, subject=batch, profile=batch.profile, format=kind, packets=packets)
    name = f"debriefs-{batch.pk}-{batch.profile}.{kind}"
    return attachment(request, stored, name=name, content=content, etag=PurePath(file.name or "").stem)
