"""What a packet and a batch are asked for with."""

import pytest

from debriefs.profiles import VALUES
from packets.forms import BatchForm, PacketForm
from packets.policies import batch_choices


@pytest.fixture
def choices(scored_application, person):
    return batch_choices(scored_application.opening.applications.all(), person("manager"), most=100)


@pytest.fixture
def pks(choices) -> list[int]:
    return [choice.application.pk for choice in choices]


@pytest.mark.parametrize("profile", VALUES)
def test_every_profile_can_be_chosen_and_the_rest_is_left_to_the_company(profile):
    form = PacketForm({"profile": profile})

    assert form.is_valid()
    assert form.cleaned_data == {"profile": profile, "evidence_by": "", "paper": "", "archival": False}


def test_form_begins_as_the_companys_settings_have_it(settings):
    settings.PACKET_PAPER, settings.PACKET_ARCHIVAL = "letter", True

    form = PacketForm()

    assert (form["paper"].initial, form["archival"].initial) == ("letter", True)


@pytest.mark.parametrize(
    "sent", [{}, {"profile": "everything"}, {"profile": "full", "paper": "a3"}, {"profile": "full", "evidence_by": "x"}]
)
def test_what_is_not_offered_is_refused(sent):
    assert not PacketForm(sent).is_valid()


@pytest.mark.parametrize("tick", [True, False])
def test_an_unsent_form_has_all_choices_ticked_or_none(choices, pks, tick):
    form = BatchForm(choices=choices, tick=tick)

    assert form.ticked == (set(pks) if tick else set())


def test_a_sent_form_keeps_what_was_ticked_and_hands_it_on(choices, pks):
    sent = {"profile": "totals", "applications": [str(pks[0])]}

    form = BatchForm(sent, choices=choices, tick=True)

    assert form.is_valid()
    assert form.chosen() == {"profile": "totals", "applications": pks[:1]}
    assert form.ticked == set(pks[:1])


def test_an_application_that_is_not_offered_is_refused(choices):
    form = BatchForm({"profile": "full", "applications": ["999999"]}, choices=choices, tick=True)

    assert set(form.errors) == {"applications"}
