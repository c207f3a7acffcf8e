from rubrics import remembering
from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import load
from rubrics.models import RememberedReading, Rubric

GUIDE = load(b"<h1>Gardener</h1><h2>Joys</h2><p>Sings</p>", filename="guide.html")
TOLD = Directions({1: "strong"})


def test_a_fingerprint_is_this_installation_s_own(db, person, settings):
    rubric = Rubric.objects.create(slug="gardener", title="Gardener")
    remembering.remember(GUIDE, TOLD, rubric=rubric, by=person("recruiter"))

    found = remembering.recalled(GUIDE)
    settings.SECRET_KEY = "of another installation, and long enough"

    assert found is not None
    assert (found.directions, found.reading.rubric) == (TOLD, rubric)
    assert remembering.recalled(GUIDE) is None


def test_what_was_told_outlives_its_rubric(db, person):
    rubric = Rubric.objects.create(slug="gardener", title="Gardener")
    remembering.remember(GUIDE, TOLD, rubric=rubric, by=person("recruiter"))
    rubric.delete()

    found = remembering.recalled(GUIDE)

    assert found is not None
    assert (found.directions, found.reading.rubric) == (TOLD, None)


def test_what_no_longer_says_anything_is_not_recalled(db, person):
    rubric = Rubric.objects.create(slug="gardener", title="Gardener")
    remembering.remember(GUIDE, TOLD, rubric=rubric, by=person("recruiter"))
    RememberedReading.objects.update(directions={"blocks": {"1": "what was offered once"}, "columns": {}})

    assert remembering.recalled(GUIDE) is None
    assert not UNTOLD
