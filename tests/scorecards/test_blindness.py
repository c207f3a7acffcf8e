"""Submit before you see: planted words of one interviewer never reach another who has yet to submit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import OpeningMember, Panelist
from scorecards import services
from scorecards.gathering import debrief_sheet
from scorecards.models import Packet, Sighting
from scorecards.packets.content import packet_html
from scorecards.packets.redaction import redact

PLANTED = "zanzibar-quokka"


def pages(application):
    panelists = Panelist.objects.filter(interview__application=application)
    yield reverse("home")
    yield reverse("debrief", args=[application.pk])
    yield reverse("application", args=[application.pk])
    yield reverse("candidate_list")
    yield reverse("opening_list")
    yield reverse("opening", args=[application.opening_id])
    for panelist in panelists:
        yield reverse("scorecard", args=[panelist.pk])
    for packet in Packet.objects.filter(application=application):
        yield reverse("packet", args=[packet.pk])
        yield reverse("packet_download", args=[packet.pk])


@pytest.mark.parametrize("role", ["interviewer2", "recruiter", "manager", "admin"])
def test_nobody_on_the_panel_sees_before_submitting(fresh, person, as_, submitted, role):
    first, second = Panelist.objects.filter(interview__application=fresh).order_by("pk")
    submitted(first, words=PLANTED)
    services_packet(fresh, person("manager"))
    Panelist.objects.filter(pk=second.pk).update(user=person(role))
    client = as_(role)

    bodies = [client.get(url) for url in pages(fresh)]

    assert all(PLANTED.encode() not in response.getvalue() for response in bodies)
    assert client.get(reverse("debrief", args=[fresh.pk])).status_code == 403


def services_packet(application, by):
    from scorecards.packets.services import new_packet

    return new_packet(application, profile="full", by=by, wake=False)


def test_interviewer_sees_the_debrief_after_submitting(fresh, as_, submitted):
    first, second = Panelist.objects.filter(interview__application=fresh).order_by("pk")
    submitted(first, words=PLANTED)
    client = as_("interviewer2")
    assert client.get(reverse("debrief", args=[fresh.pk])).status_code == 403

    submitted(second)
    response = client.get(reverse("debrief", args=[fresh.pk]))

    assert response.status_code == 200
    assert PLANTED in response.content.decode()


def test_stranger_gets_404(fresh, as_, person, submitted):
    from accounts.models import User

    stranger = User.objects.create_user("stranger@example.com")
    first = Panelist.objects.filter(interview__application=fresh).first()
    submitted(first)
    from django.test import Client

    client = Client()
    client.force_login(stranger)

    statuses = {client.get(url).status_code for url in pages(fresh)} - {200, 403}

    assert statuses == {404}
    assert client.get(reverse("debrief", args=[fresh.pk])).status_code == 404


def test_override_lets_a_panelist_see_and_is_told(fresh, person, as_, submitted):
    first, second = Panelist.objects.filter(interview__application=fresh).order_by("pk")
    submitted(first, words=PLANTED)
    services.grant_override(fresh, second.user, reason="Second round builds on the first", by=person("recruiter"))

    response = as_("interviewer2").get(reverse("debrief", args=[fresh.pk]))
    card = submitted(second)

    assert PLANTED in response.content.decode()
    assert Sighting.objects.filter(user=second.user).exists()
    assert card.saw_others_first is True


@pytest.mark.parametrize(("page", "where"), [("debrief", "on the debrief page"), ("packet_preview", "in a packet")])
def test_debrief_and_packet_say_what_was_seen_before_submitting(fresh, person, as_, submitted, page, where):
    first, second = Panelist.objects.filter(interview__application=fresh).order_by("pk")
    submitted(first)
    Panelist.objects.filter(pk=second.pk).update(user=person("manager"))
    second.refresh_from_db()
    services.grant_override(fresh, second.user, reason="Second round builds on the first", by=person("recruiter"))
    as_("manager").get(reverse(page, args=[fresh.pk]))
    submitted(second)
    as_("recruiter").get(reverse("debrief", args=[fresh.pk]))  # off the panel: nothing that a debrief would say

    body = " ".join(as_("recruiter").get(reverse("debrief", args=[fresh.pk])).content.decode().split())
    sheet = debrief_sheet(fresh)
    told = {"issued_to": "", "issued_at": timezone.now(), "fingerprint": "0" * 64, "document": "packet 1"}
    full = packet_html(redact(sheet, "full"), profile="full", **told)
    nobody = packet_html(redact(sheet, "no-interviewers"), profile="no-interviewers", **told)

    assert f"{second.user.display_name} had been shown others’ scorecards before submitting: " in body
    assert where in body
    assert [len(card.saw) for card in sheet.cards] == [0, 1]
    assert f"<td>{first.user.display_name}</td>" in full.partition('<table class="sights">')[2].partition("</table>")[0]
    assert "<td>Interviewer 1</td>" in nobody.partition('<table class="sights">')[2].partition("</table>")[0]
    assert first.user.display_name not in nobody


def test_recruiter_on_the_panel_may_not_override(fresh, person, as_):
    from django.core.exceptions import PermissionDenied

    second = Panelist.objects.filter(interview__application=fresh).last()
    Panelist.objects.filter(pk=second.pk).update(user=person("recruiter"))

    with pytest.raises(PermissionDenied):
        services.grant_override(fresh, person("recruiter"), reason="because", by=person("recruiter"))


def test_candidate_who_is_a_colleague_never_sees_their_own_application(fresh, person, as_):
    fresh.candidate.email = "recruiter@example.com"
    fresh.candidate.save(update_fields=["email"])
    OpeningMember.objects.create(opening=fresh.opening, user=person("recruiter"), role="hiring_manager")

    response = as_("recruiter").get(reverse("application", args=[fresh.pk]))

    assert response.status_code == 404
