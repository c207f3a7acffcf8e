"""The head of a page: the way back up, its one heading, and what the page puts below
that."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.addresses import address

register = template.Library()
# Above some pages there is a list: by the page's name what the list is called, and its
# address.
LISTS = {
    "opening": ("Openings", "opening_list"),
    "application": ("Candidates", "candidate_list"),
    "rubric_version": ("Rubrics", "rubric_list"),
    "person": ("People", "people"),
}


@register.simple_block_tag
def page_header(
    content: SafeString,
    title: object,
    *,
    up: object = "",
    to: str = "",
    of: int | None = None,
    above: str = "",
) -> SafeString:
    """The block `{% page_header title up=opening.title to="opening" of=opening.pk %}`.

    `up` names the page above, whose address is `to` with the key `of`; without `to` it
    is no link. The list that this page is in comes before it. `above` stands over the
    heading. Raises NoReverseMatch for an address that there is not.
    """
    crumbs: list[tuple[object, str]] = []
    if up and to:
        if to in LISTS:
            label, name = LISTS[to]
            crumbs.append((label, address(name)))
        crumbs.append((up, address(to, of)))
    context = {"content": content, "title": title, "up": up, "crumbs": crumbs, "above": above}
    return render_to_string("components/page_header.html", context)
