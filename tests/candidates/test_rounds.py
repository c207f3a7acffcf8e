"""A round that an interview was planned on keeps what its scorecards were built from."""

from django.urls import reverse

from candidates.models import Round


def form(round_: Round, dimensions) -> dict[str, object]:
    return {"order": 1, "name": "Renamed", "minutes": 45, "dimensions": [row.pk for row in dimensions]}


def test_a_planned_round_is_renamed_but_keeps_its_dimensions(fresh, as_):
    round_ = fresh.opening.rounds.first()
    covered = list(round_.dimensions.all())
    url = reverse("round_edit", args=[round_.pk])

    refused = as_("recruiter").post(url, form(round_, covered[:1]))
    kept = as_("recruiter").post(url, form(round_, covered))

    round_.refresh_from_db()
    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "keeps its dimensions" in refused.content.decode()
    assert round_.name == "Renamed"
    assert list(round_.dimensions.all()) == covered


def test_a_round_without_interviews_changes_freely(fresh, as_):
    version = fresh.opening.rubric_version
    round_ = Round.objects.create(opening=fresh.opening, name="Later", order=3)
    chosen = list(version.dimensions.all()[:2])

    response = as_("recruiter").post(reverse("round_edit", args=[round_.pk]), form(round_, chosen))

    assert response.status_code == 302
    assert list(round_.dimensions.all()) == chosen
