"""Whom an open link lets in, and where: one scorecard's pages and no others."""

import re

from django.conf import settings
from django.test import Client
from django.urls import reverse

from candidates.models import Application, Opening, Panelist
from tests.queries import queries_of
from tests.scorecards.external import OUTSIDE, opened, page


def test_each_page_of_theirs_offers_no_way_elsewhere(guest_panelist):
    client = opened()

    for name in ("scorecard", "scorecard_decline", "kit_blueprint"):
        body = client.get(page(guest_panelist, name)).content.decode()
        hrefs = set(re.findall(r'(?:href|action)="(/[^"#?]*)', body))
        names = ("scorecard", "scorecard_decline", "kit_blueprint", "panelist_kit", "handoff")
        own = {page(guest_panelist, each) for each in names} | {reverse("guide_page", args=["interviewers"])}
        assert {href for href in hrefs if not href.startswith("/static/")} <= own | {reverse("guest_leave")}


def test_the_link_of_one_interview_opens_no_other(guest_panelist, recruiter, unscored_application):
    other = unscored_application.interviews.order_by("pk").last()
    first = opened()
    recruiter.post(reverse("guest_new", args=[other.pk]), OUTSIDE)
    second_panelist = Panelist.objects.get(interview=other, user=guest_panelist.user)

    assert first.get(page(second_panelist)).status_code == 302
    assert opened().get(page(second_panelist)).status_code == 200
    assert opened().get(page(guest_panelist)).status_code == 302
    assert first.get(page(guest_panelist)).status_code == 200


def test_being_a_guest_costs_two_queries_more_at_most(guest_panelist, client_of, interview):
    colleague = interview.panelists.exclude(user=guest_panelist.user).select_related("user").first()
    signed_in = Client()
    signed_in.force_login(colleague.user)

    assert queries_of(opened(), page(guest_panelist)) <= queries_of(signed_in, page(colleague)) + 2


def test_an_anonymous_opening_keeps_its_candidate_from_them_too(guest_panelist):
    application = guest_panelist.interview.application
    Opening.objects.filter(pk=application.opening_id).update(anonymous=True)
    client = opened()

    bodies = [client.get(page(guest_panelist, name)).content.decode() for name in ("scorecard", "scorecard_decline")]

    assert all(application.candidate.name not in body for body in bodies)
    assert all(Application.objects.get(pk=application.pk).called in body for body in bodies)


def test_somebody_external_is_not_told_the_version(guest_panelist):
    page = opened().get(reverse("scorecard", args=[guest_panelist.pk])).content.decode()

    assert "<footer" in page
    assert settings.RELEASE not in page
