"""The pieces for pages of other rooms show what their reader may see."""

from django.urls import reverse

from files.services import add_note
from scorecards.models import Override


def test_a_blind_recruiter_reads_no_note_of_others(client_of, person, scored_application, two_panelists):
    second = two_panelists[1].user
    second.is_recruiter = True
    second.save(update_fields=["is_recruiter"])
    add_note(scored_application, text="Everybody was delighted", by=person("recruiter"))
    client = client_of(second.email.partition("@")[0])
    url = reverse("application_files", args=[scored_application.pk])

    assert "delighted" not in client.get(url).content.decode()
    Override.objects.create(
        application=scored_application, user=second, granted_by=person("recruiter"), reason="Builds on it"
    )
    assert "delighted" in client.get(url).content.decode()


def test_a_kit_without_files_says_nothing_of_files(client_of, two_panelists):
    second = two_panelists[1]
    client = client_of(second.user.email.partition("@")[0])

    assert "From the candidate" not in client.get(reverse("scorecard", args=[second.pk])).content.decode()
