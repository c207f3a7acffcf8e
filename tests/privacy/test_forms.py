"""Forms about what is kept: what they refuse, and that two on one page have ids of their own."""

import pytest

from candidates.models import Opening
from privacy.forms import AccessForm, ErasureForm, HoldForm, RetentionForm
from privacy.legal_holds import LONGEST


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"reason": "asked", "sure": "on"}, []),
        ({"reason": "asked"}, ["sure"]),
        ({"reason": "", "sure": "on"}, ["reason"]),
        ({"reason": "because I say so", "sure": "on"}, ["reason"]),
    ],
)
def test_an_erasure_has_a_reason_of_the_list_and_is_confirmed(sent, refused):
    assert list(ErasureForm(sent).errors) == refused


@pytest.mark.parametrize(("reason", "holds"), [("", False), ("x" * LONGEST, True), ("x" * (LONGEST + 1), False)])
def test_a_hold_says_why_in_so_many_letters(reason, holds):
    assert HoldForm({"reason": reason}).is_valid() is holds


def test_the_two_reasons_on_one_page_have_ids_of_their_own():
    assert HoldForm()["reason"].id_for_label != ErasureForm()["reason"].id_for_label


@pytest.mark.parametrize(
    ("form", "holds"), [("preview", True), ("pdf", True), ("json", True), ("zip", False), ("", False)]
)
def test_access_is_given_in_the_forms_on_offer(form, holds):
    assert AccessForm({"more": "", "form": form}).is_valid() is holds


@pytest.mark.parametrize(
    ("days", "holds"),
    [("", True), ("1", True), ("0", False), ("-5", False), (str(Opening.LONGEST_RETENTION + 1), False), ("1.5", False)],
)
def test_days_are_whole_and_within_what_an_opening_may_keep(days, holds):
    assert RetentionForm({"preset": "purpose", "days": days}, opening=Opening()).is_valid() is holds
