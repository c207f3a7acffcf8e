"""The head of a page: the way back up, its one heading, and what the page puts below
that."""

from django import template
from django.utils.safestring import SafeString

from accounts.addresses import address
from accounts.markup import NOTHING, filled, joined

register = template.Library()
# Above some pages there is a list: by the page's name what the list is called, and its
# address.
LISTS = {
    "opening": ("Openings", "opening_list"),
    "application": ("Candidates", "candidate_list"),
    "rubric_version": ("Rubrics", "rubric_list"),
    "person": ("People", "people"),
}
HEADER = '<header class="eh-page-header">\n{}{}<h1>{}</h1>\n{}\n</header>'
CRUMBS = '<nav class="eh-breadcrumbs" aria-label="Breadcrumb">\n<ol>\n{}</ol>\n</nav>\n'
CRUMB = '<li><a href="{}">{}</a></li>\n'
UP = '<p class="eh-breadcrumbs">{}</p>\n'
ABOVE = '<p class="eh-meta">{}</p>\n'


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
    over = filled(ABOVE, above) if above else NOTHING
    return filled(HEADER, _way_up(up, to, of), over, title, content)


def _way_up(up: object, to: str, of: int | None) -> SafeString:
    if not up:
        return NOTHING
    if not to:
        return filled(UP, up)
    crumbs = [filled(CRUMB, address(to, of), up)]
    if to in LISTS:
        label, name = LISTS[to]
        crumbs.insert(0, filled(CRUMB, address(name), label))
    return filled(CRUMBS, joined(crumbs))
