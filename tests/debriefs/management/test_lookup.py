"""How a command names an application."""

import pytest
from django.core.management.base import CommandError

from debriefs.management.commands._lookup import find_application


def test_application_is_found_by_id_and_by_opening_and_address(scored_application):
    by_id = find_application(str(scored_application.pk))
    by_address = find_application(f"{scored_application.opening.slug}/ELIAS.OKAFOR@example.org")

    assert (by_id, by_address) == (scored_application, scored_application)


@pytest.mark.parametrize("name", ["", "0", "9" * 30, "elias", "no-such-opening/elias.okafor@example.org", "/"])
def test_unknown_name_is_refused_with_how_to_give_one(sample, name):
    with pytest.raises(CommandError, match="Give its id or opening-slug/candidate-email"):
        find_application(name)
