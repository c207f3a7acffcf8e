"""A draft rubric tells who changed it."""

import pytest

from rubrics.models import RubricVersion
from rubrics.services import fork_version

pytestmark = pytest.mark.django_db


def test_a_draft_tells_who_changed_which_level(sample, person, as_):
    draft = fork_version(RubricVersion.objects.get(state="published"), by=person("recruiter"))
    dimension = draft.dimensions.first()
    body = {"name": dimension.name, "level_3": "Reworded"}
    assert as_("recruiter").post(f"/rubrics/dimensions/{dimension.pk}/", body).status_code == 302

    shown = as_("recruiter").get(f"/rubrics/versions/{draft.pk}/changes/").content.decode()

    assert f"{person('recruiter').display_name}</span>" in shown
    assert f"{dimension.name}, level 3" in shown
    assert "Reworded" not in shown
