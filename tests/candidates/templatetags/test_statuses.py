"""An application's status as a pill: every one has words, a picture and a colour."""

import pytest

from candidates.models import Status
from candidates.templatetags.statuses import status_pill


@pytest.mark.parametrize(
    ("status", "kind"),
    [("active", "active"), ("hired", "hire"), ("not_hired", "no_hire"), ("moved", "retired"), ("on_hold", "hold")],
)
def test_a_status_has_the_colour_of_what_it_means(status, kind):
    assert f'class="eh-pill eh-pill-{kind}"' in status_pill(Status(status))


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_told_in_words(status):
    assert status.label in status_pill(status)
