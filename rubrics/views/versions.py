"""Pages about a version beside others: what hinders its publication, and how it
differs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest, posted
from accounts.refusals import add_errors
from rubrics import services
from rubrics.checklist import checklist
from rubrics.comparing import compared
from rubrics.contents import contents
from rubrics.forms import PublishForm
from rubrics.models import RubricVersion
from rubrics.views.rubrics import published_page, refuse_others, version_of


def rubric_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """What to look at before the draft `pk` is published, and what follows from it.
    POST publishes it."""
    version = version_of(request, pk)
    refuse_others(request)
    if not version.is_draft:
        return published_page(request, version)
    form = PublishForm(posted(request))
    if form.is_valid():
        try:
            services.publish_version(version, by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Version published. It will never change.")
            return redirect("rubric_version", pk)
    return _publish_page(request, version, form)


def _publish_page(request: SignedInRequest, version: RubricVersion, form: PublishForm) -> HttpResponse:
    """422 where it was sent and not published."""
    findings = checklist(contents(version))
    hindrances = [finding for finding in findings if finding.hinders]
    context = {
        "version": version,
        "form": form,
        "hindrances": hindrances,
        "advice": [finding for finding in findings if not finding.hinders],
        "replaced": version.rubric.versions.published().first(),
    }
    return render(request, "rubrics/publish.html", context, status=422 if form.is_bound else 200)


def rubric_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """What differs in the version `pk` from another of its rubric, `?with=`: by default
    the one before it."""
    version = version_of(request, pk)
    others = _others(request, version)
    before = _chosen(request, version, others)
    context: dict[str, object] = {"version": version, "before": before, "others": others}
    if before is not None:
        context["sections"] = compared(before, version)
    return render(request, "rubrics/compare.html", context)


def _others(request: SignedInRequest, version: RubricVersion) -> QuerySet[RubricVersion]:
    """The other versions of its rubric that this person may see, the newest first."""
    visible = RubricVersion.objects.visible_to(request.user).select_related("rubric")
    return visible.filter(rubric=version.rubric_id).exclude(pk=version.pk).order_by("-number")


def _chosen(request: SignedInRequest, version: RubricVersion, others: QuerySet[RubricVersion]) -> RubricVersion | None:
    """The one that was asked for (404 for none of these), else the nearest before it,
    else any; None for none."""
    asked = request.GET.get("with", "")
    if asked:
        is_a_key = asked.isascii() and asked.isdigit() and len(asked) < 18
        pk = int(asked) if is_a_key else 0
        return get_object_or_404(others, pk=pk)
    return others.filter(number__lt=version.number).first() or others.last()
