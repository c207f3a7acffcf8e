"""The head of a page: the way back up, its one heading, and what the page puts below
that."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def page_header(
    content: SafeString,
    title: object,
    *,
    up: object = "",
    to: str = "",
    of: object = None,
    above: str = "",
) -> SafeString:
    """The block `{% page_header title up=opening.title to="opening" of=opening.pk %}`.

    `up` names the page above, whose address is `to` with the key `of`; without `to`
    it is no link. `above` stands over the heading. Raises NoReverseMatch for an address
    that there is not.
    """
    href = ""
    if up and to:
        keys = [] if of is None else [of]
        href = reverse(to, args=keys)
    context = {"content": content, "title": title, "up": up, "href": href, "above": above}
    return render_to_string("components/page_header.html", context)
