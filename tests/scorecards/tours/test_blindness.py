"""Submit before you see: planted words of one interviewer never reach another who has yet to submit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import OpeningMember, Panelist
from debriefs.gathering import debrief_sheet
from debriefs.redaction import redacted_sheet
from packets.documents.content import packet_html
from packets.models import Packet
from scorecards import services
from scorecards.models import Sighting

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
def test_nobody_on_the_panel_sees_before_submitting(unscored_application, person, client_of, hand_in, role):
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    hand_in(first, words=PLANTED)
    services_packet(unscored_application, person("manager"))
    Panelist.objects.filter(pk=second.pk).update(user=person(role))
    client = client_of(role)

    bodies = [client.get(url) for url in pages(unscored_application)]

    assert all(PLANTED.encode() not in response.getvalue() for response in bodies)
    assert client.get(reverse("debrief", args=[unscored_application.pk])).status_code == 403


def services_packet(application, by):
    from packets.life import new_packet

    return new_packet(application, profile="full", by=by, wake=False)


def test_interviewer_sees_the_debrief_after_submitting(unscored_application, client_of, hand_in):
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    hand_in(first, words=PLANTED)
    client = client_of("interviewer2")
    assert client.get(reverse("debrief", args=[unscored_application.pk])).status_code == 403

    hand_in(second)
    response = client.get(reverse("debrief", args=[unscored_application.pk]))

    assert response.status_code == 200
    assert PLANTED in response.content.decode()


def test_stranger_gets_404(unscored_application, client_of, person, hand_in):
    from accounts.models import User

    stranger = User.objects.create_user("stranger@example.com")
    first = Panelist.objects.filter(interview__application=unscored_application).first()
    hand_in(first)
    from django.test import Client

    client = Client()
    client.force_login(stranger)

    statuses = {client.get(url).status_code for url in pages(unscored_application)} - {200, 403}

    assert statuses == {404}
    assert client.get(reverse("debrief", args=[unscored_application.pk])).status_code == 404


def test_override_lets_a_panelist_see_and_is_told(unscored_application, person, client_of, hand_in):
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    hand_in(first, words=PLANTED)
    services.grant_override(
        unscored_application, second.user, reason="Second round builds on the first", by=person("recruiter")
    )

    response = client_of("interviewer2").get(reverse("debrief", args=[unscored_application.pk]))
    card = hand_in(second)

    assert PLANTED in response.content.decode()
    assert Sighting.objects.filter(user=second.user).exists()
    assert card.saw_others_first is True


@pytest.mark.parametrize(("page", "where"), [("debrief", "on the debrief page"), ("packet_preview", "in a packet")])
def test_debrief_and_packet_say_what_was_seen_before_submitting(
    unscored_application, person, client_of, hand_in, page, where
):
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    hand_in(first)
    Panelist.objects.filter(pk=second.pk).update(user=person("manager"))
    second.refresh_from_db()
    services.grant_override(
        unscored_application, second.user, reason="Second round builds on the first", by=person("recruiter")
    )
    client_of("manager").get(reverse(page, args=[unscored_application.pk]))
    hand_in(second)
    client_of("recruiter").get(
        reverse("debrief", args=[unscored_application.pk])
    )  # off the panel: nothing that a debrief would say

    body = " ".join(
        client_of("recruiter").get(reverse("debrief", args=[unscored_application.pk])).content.decode().split()
    )
    sheet = debrief_sheet(unscored_application)
    told = {"issued_to": "", "issued_at": timezone.now(), "fingerprint": "0" * 64, "document": "packet 1"}
    full = packet_html(redacted_sheet(sheet.facts, "full"), profile="full", **told)
    nobody = packet_html(redacted_sheet(sheet.facts, "no-interviewers"), profile="no-interviewers", **told)

    assert f"<bdi>{second.user.display_name}</bdi> saw other scorecards before submitting: " in body
    assert where in body
    assert [len(card.saw) for card in sheet.cards] == [0, 1]
    assert (
        f'<td class="name">{first.user.display_name}</td>'
        in full.partition('<table class="sights">')[2].partition("</table>")[0]
    )
    assert (
        '<td class="name">Interviewer 1</td>' in nobody.partition('<table class="sights">')[2].partition("</table>")[0]
    )
    assert first.user.display_name not in nobody


def test_recruiter_on_the_panel_may_not_override(unscored_application, person, client_of):
    from django.core.exceptions import PermissionDenied

    second = Panelist.objects.filter(interview__application=unscored_application).last()
    Panelist.objects.filter(pk=second.pk).update(user=person("recruiter"))

    with pytest.raises(PermissionDenied):
        services.grant_override(unscored_application, person("recruiter"), reason="because", by=person("recruiter"))


def test_candidate_who_is_a_colleague_never_sees_their_own_application(unscored_application, person, client_of):
    unscored_application.candidate.email = "recruiter@example.com"
    unscored_application.candidate.save(update_fields=["email"])
    OpeningMember.objects.create(opening=unscored_application.opening, user=person("recruiter"), role="hiring_manager")

    response = client_of("recruiter").get(reverse("application", args=[unscored_application.pk]))

    assert response.status_code == 404
