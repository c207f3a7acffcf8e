"""What a change of who sees what leads to is asked about before it is saved."""

import pytest

from candidates.openings.forms import HIDDEN, NAMED, NAMELESS, SEEN_BY_ALL, OpeningEditForm


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ((False, False), (False, False), []),
        ((False, False), (True, False), [HIDDEN]),
        ((True, True), (False, False), [SEEN_BY_ALL, NAMED]),
        ((False, False), (False, True), [NAMELESS]),
    ],
)
def test_each_change_is_asked_about_and_holds_once_it_is_ticked(unscored_application, before, after, asked):
    opening = unscored_application.opening
    opening.confidential, opening.anonymous = before
    opening.save(update_fields=["confidential", "anonymous"])
    sent = {"title": "Same"} | {
        name: "on" for name, is_set in zip(("confidential", "anonymous"), after, strict=True) if is_set
    }

    form = OpeningEditForm(sent, instance=opening)
    shown = dict(form.fields["meant"].choices) if not form.is_valid() else {}
    ticked = OpeningEditForm(sent | {"meant": list(shown)}, instance=type(opening).objects.get(pk=opening.pk))

    assert list(shown.values()) == asked
    assert ticked.is_valid()
