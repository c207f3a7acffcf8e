"""A list of `accounts.listing` on its page: the form that narrows it, and the table
with the ways to its other pages."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.listing import Listed
from accounts.models import SavedView
from accounts.saved_views import kept, list_name

register = template.Library()


@register.inclusion_tag("components/list_form.html", takes_context=True)
def list_form(context: Context, listed: Listed[Any], label: str, *, export: str = "") -> dict[str, object]:
    """Search, filters, columns and views, also those that the reader keeps. `label`
    says what is listed; `export` is the address of its CSV, which takes the same query.
    """
    request = context["request"]
    name = list_name(request)
    return {
        "listed": listed,
        "label": label,
        "export": export,
        "list_name": name,
        "path": request.path,
        "asked": kept(listed.query),
        "saved": list(SavedView.objects.visible_to(request.user).filter(list_name=name)),
    }


@register.simple_block_tag
def list_table(content: SafeString, listed: Listed[Any], label: str, *, choosing: bool = False) -> SafeString:
    """The block `{% list_table listed "Candidates" %}` around the rows, each a `<tr>`
    whose first cell is a `<th scope="row">` and whose others name their `data-column`.

    `choosing` where each row begins with a cell for a box to tick; `js/ticking.js` then
    offers one that ticks all.
    """
    context = {"content": content, "listed": listed, "label": label, "choosing": choosing}
    return render_to_string("components/list_table.html", context)
