"""Kits are handed out as files; who gets which is asked in the table of permissions."""

from django.core.cache import cache
from django.urls import reverse

from packets.documents import child_process


def test_panelist_gets_the_kit_of_their_own_round_as_a_file(client_of, two_panelists):
    panelist = two_panelists[1]
    client = client_of(panelist.user.email.partition("@")[0])

    response = client.get(reverse("panelist_kit", args=[panelist.pk]), {"paper": "letter"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="interview-kit-')
    assert response.content.startswith(b"%PDF-")


def test_a_kit_that_cannot_be_made_leads_back_with_a_reason(client_of, two_panelists, monkeypatch):
    cache.clear()
    monkeypatch.setattr(child_process, "SECONDS", 0)
    panelist = two_panelists[1]
    client = client_of(panelist.user.email.partition("@")[0])

    mine = client.get(reverse("panelist_kit", args=[panelist.pk]), follow=True)
    rounds = client_of("recruiter").get(reverse("round_kit", args=[panelist.interview.round_id]), follow=True)

    assert "took too long" in mine.content.decode()
    assert "took too long" in rounds.content.decode()
