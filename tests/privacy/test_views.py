"""Pages about what is kept of a candidate: erasing, a hold, the policy of an opening, and files that are handed out."""

import json

import pytest
from django.urls import reverse
from django.utils.html import escape

from candidates.models import Application, LegalHold
from privacy.legal_holds import STANDS, impose_hold
from tests.privacy.long_ago import with_past


def test_the_list_shows_who_is_due_and_who_is_held(
    scored_application, unscored_application, decided, client_of, person
):
    with_past(scored_application)
    impose_hold(unscored_application.candidate, reason="Case 12", by=person("admin"))

    page = client_of("admin").get(reverse("retention_list")).content.decode()

    assert page.index(scored_application.candidate.name) < page.index(unscored_application.candidate.name)
    assert "Due" in page
    assert "Legal hold" in page
    assert client_of("manager").get(reverse("retention_list")).status_code == 403


def test_the_policy_is_set_on_its_page(scored_application, client_of):
    url = reverse("opening_retention", args=[scored_application.opening_id])
    recruiter = client_of("recruiter")

    assert recruiter.post(url, {"preset": "purpose"}).status_code == 422
    assert recruiter.post(url, {"preset": "purpose", "days": "90"}).status_code == 302
    assert Application.objects.get(pk=scored_application.pk).opening.retention_days == 90
    settings = recruiter.get(reverse("opening_settings", args=[scored_application.opening_id]))
    assert "90 days" in settings.content.decode()


def test_the_page_places_and_lifts(scored_application, client_of):
    admin = client_of("admin")
    page, impose, lift = (
        reverse(name, args=[scored_application.pk]) for name in ("candidate_erase", "hold_impose", "hold_lift")
    )

    assert admin.post(impose, {"reason": ""}).status_code == 422
    assert admin.post(impose, {"reason": "Case <12>"}).status_code == 302
    shown = admin.get(page).content.decode()
    assert "Case &lt;12&gt;" in shown
    assert "Erase permanently" not in shown
    assert admin.post(page, {"reason": "asked", "sure": "on"}).status_code == 422
    assert admin.post(lift).status_code == 302
    assert "Erase permanently" in admin.get(page).content.decode()


def test_a_hold_that_stands_already_is_told_beside_the_form_and_its_words_stay(scored_application, client_of, person):
    impose_hold(scored_application.candidate, reason="Case 12", by=person("admin"))

    answer = client_of("admin").post(reverse("hold_impose", args=[scored_application.pk]), {"reason": "Case 13"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert escape(STANDS) in page
    assert "Case 13</textarea>" in page
    assert LegalHold.objects.get().reason == "Case 12"


def test_an_erasure_that_a_hold_forbids_is_told_and_nothing_is_erased(scored_application, client_of, person):
    impose_hold(scored_application.candidate, reason="Case 12", by=person("admin"))

    answer = client_of("admin").post(
        reverse("candidate_erase", args=[scored_application.pk]), {"reason": "asked", "sure": "on"}
    )

    assert answer.status_code == 422
    scored_application.candidate.refresh_from_db()
    assert scored_application.candidate.erased_at is None


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("pdf", "application/pdf")])
def test_a_file_that_is_handed_out_is_named_by_a_number_and_not_by_the_person(
    scored_application, client_of, form, kind
):
    answer = client_of("admin").post(reverse("subject_access", args=[scored_application.pk]), {"form": form})

    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="candidate-{scored_application.candidate_id}.{form}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_the_json_holds_letters_of_every_script_as_they_are(scored_application, client_of):
    scored_application.candidate.name = "Ελένη Παππά"
    scored_application.candidate.save()

    answer = client_of("admin").post(reverse("subject_access", args=[scored_application.pk]), {"form": "json"})

    assert "Ελένη Παππά" in answer.content.decode()
    assert json.loads(answer.content)["format"] == "evenhand-access/1"


def test_the_days_of_a_purpose_are_shown_and_those_of_a_preset_are_not(scored_application, client_of):
    recruiter, url = client_of("recruiter"), reverse("opening_retention", args=[scored_application.opening_id])

    recruiter.post(url, {"preset": "purpose", "days": "77"})
    stated = recruiter.get(url).context["form"]
    recruiter.post(url, {"preset": recruiter.get(url).context["form"].fields["preset"].choices[0][0]})
    preset = recruiter.get(url).context["form"]

    assert stated["days"].value() == 77
    assert preset["days"].value() is None
