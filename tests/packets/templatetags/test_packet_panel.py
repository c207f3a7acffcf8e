"""The packets that a debrief's page shows."""

import pytest
from django.template import Context

from candidates.models import Application
from debriefs.policies import debrief_readers
from packets.templatetags.packet_panel import packet_panel


@pytest.fixture
def panel_for(rf, scored_application, person):
    def panel(name: str) -> dict:
        request = rf.get("/")
        request.user = person(name)
        [reader] = debrief_readers(Application.objects.filter(pk=scored_application.pk), request.user)
        return packet_panel(Context({"request": request}), reader)

    return panel


def test_who_runs_the_debrief_gets_its_packets_newest_first_and_a_form(panel_for, requested_packet):
    packets = [requested_packet("full"), requested_packet("totals")]

    panel = panel_for("manager")

    assert list(panel["packets"]) == packets[::-1]
    assert '<select name="profile"' in panel["packet_form"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_form_begins_as_the_companys_settings_have_it(panel_for, settings, paper):
    settings.PACKET_PAPER = paper

    assert f'<option value="{paper}" selected>' in panel_for("manager")["packet_form"]


@pytest.mark.parametrize("name", ["interviewer", "interviewer2"])
def test_others_get_neither(panel_for, requested_packet, name):
    requested_packet()

    panel = panel_for(name)

    assert (list(panel["packets"]), panel["packet_form"]) == ([], None)
