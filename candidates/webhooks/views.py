"""Webhooks of one opening for those who run it, and of the installation for administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, administrators_only, posted
from accounts.limits import costly_to_send
from accounts.listing import Column, Listing, listed
from accounts.once import once
from accounts.refusals import add_errors
from candidates.http import opening_to_run
from candidates.models import Opening
from candidates.policies import webhooks as manageable
from candidates.webhooks.forms import WebhookForm
from notices import hooks
from notices.models import ChatMessage, Webhook

TOLD = Listing(
    one="message",
    noun="messages",
    columns=(
        Column("title", "Message", fixed=True),
        Column("answer", "Answer"),
        Column("at", "When", order="created_at", falls=True),
    ),
    order="-at",
    size=20,
    newest_of_alike=True,
)


@once
def opening_webhooks(request: SignedInRequest, pk: int) -> HttpResponse:
    """The webhooks of an opening, what was told last, and a form for one more."""
    return _page(request, opening_to_run(request, pk))


@once
def webhooks(request: SignedInRequest) -> HttpResponse:
    """Those of the installation, which tell of every opening that is not confidential."""
    administrators_only(request)
    return _page(request, None)


def _page(request: SignedInRequest, opening: Opening | None) -> HttpResponse:
    place = opening.pk if opening else None
    form = WebhookForm(posted(request))
    if form.is_valid():
        try:
            hooks.add_hook(**form.cleaned_data, opening_id=place, by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Webhook added. Try it to see whether a message arrives.")
            return _back(place)
    found = list(Webhook.objects.filter(opening_id=place))
    told = hooks.shown_to(request.user, ChatMessage.objects.filter(webhook__in=found))
    context = {
        "opening": opening,
        "form": form,
        "hooks": [(hook, hooks.secret_of(hook)) for hook in found],
        "told": listed(request, told.select_related("webhook"), TOLD),
    }
    return render(request, "candidates/webhooks/list.html", context, status=422 if form.is_bound else 200)


def _back(opening_id: int | None) -> HttpResponse:
    if opening_id is None:
        return redirect("webhooks")
    return redirect("opening_webhooks", opening_id)


@require_POST
@costly_to_send
def webhook_try(request: SignedInRequest, pk: int) -> HttpResponse:
    hook = get_object_or_404(manageable(request.user), pk=pk)
    hooks.try_hook(hook, by=request.user)
    messages.success(request, "A message is on its way. Its answer appears below within a minute.")
    return _back(hook.opening_id)


@require_POST
def webhook_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    hook = get_object_or_404(manageable(request.user), pk=pk)
    hooks.remove_hook(hook, by=request.user)
    messages.success(request, "Webhook removed. No more messages go there.")
    return _back(hook.opening_id)
