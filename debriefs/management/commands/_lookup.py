"""Finding an application as the commands name it: by id or
`opening-slug/candidate-email`."""

from django.core.management.base import CommandError

from accounts.models import has_address
from candidates.models import Application
from debriefs.gathering import NAMED


def find_application(name: str) -> Application:
    """By its id or `opening-slug/candidate-email`. Raises CommandError where there is none."""
    applications = Application.objects.select_related(*NAMED)
    if name.isdecimal() and len(name) < 18:
        found = applications.filter(pk=int(name)).first()
    else:
        slug, _, email = name.partition("/")
        named = applications.filter(has_address(email, "candidate__email"), opening__slug=slug)
        found = named.current_first().first()
    if found is None:
        raise CommandError(f"There is no application {name!r}. Give its id or opening-slug/candidate-email.")
    return found
