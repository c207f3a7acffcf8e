"""Whether an import of scorecards brought a row, for the page of that row."""

from django import template
from django.template import Context

from scorecards.models import ScorecardImport

register = template.Library()


@register.inclusion_tag("scorecards/_brought.html", takes_context=True)
def brought_by_import(context: Context, kind: str, number: int) -> dict[str, object]:
    """A sentence where an import created the row, with the way to it for those who see that import; else nothing.

    `kind` is one of `ImportedRow.Kind`.
    """
    source = ScorecardImport.objects.filter(brought__kind=kind, brought__number=number).first()
    seen = ScorecardImport.objects.visible_to(context["request"].user)
    return {"source": source, "readable": source is not None and seen.filter(pk=source.pk).exists()}
