"""What the forms of a page were refused for, at its top: every page has it from the
base template, so that no form can leave it out."""

from typing import Any

from django import template
from django.template import Context

from accounts.refusals import problems, refused

register = template.Library()


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def refused_forms(context: Context) -> dict[str, Any]:
    """All that is wrong with the page's forms; nothing is shown where none was refused.

    A form may have its own `refused_heading` and `refused_lead`.
    """
    found = refused(context.flatten().values())
    wrong = [row for form in found for row in problems(form)]
    said: dict[str, Any] = {"problems": wrong}
    for form in found:
        said["heading"] = getattr(form, "refused_heading", "")
        said["lead"] = getattr(form, "refused_lead", "")
    return said
