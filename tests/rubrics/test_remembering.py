"""What was told of a document, for the next one of its shape."""

import pytest

from audit.models import Event
from rubrics import remembering
from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import load
from rubrics.models import RememberedReading, Rubric

GUIDE = load(b"<h1>Gardener</h1><h2>Joys</h2><p>Sings</p>", filename="guide.html")
TOLD = Directions({1: "strong"})


@pytest.fixture
def gardener(db) -> Rubric:
    return Rubric.objects.create(slug="gardener", title="Gardener")


def kinds_of_events() -> list[str]:
    return list(Event.objects.filter(kind__startswith="reading.").order_by("pk").values_list("kind", flat=True))


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


def test_another_document_of_the_same_shape_is_read_as_this_one_was_told(gardener, person):
    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("recruiter"))

    other = load(b"<h1>Gardener</h1><h2>Joys</h2><p>Whistles while weeding</p>", filename="other.html")
    found = remembering.recalled(other)

    assert found is not None
    assert found.directions == TOLD


def test_nothing_is_recalled_of_a_document_of_another_shape(gardener, person):
    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("recruiter"))

    other = load(b"<h1>Gardener</h1><h2>Woes</h2><p>Sings</p><h2>Joys</h2>", filename="other.html")

    assert remembering.recalled(other) is None


def test_what_is_told_later_takes_the_place_of_what_was_told_before(gardener, person):
    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("recruiter"))
    before = RememberedReading.objects.get()
    later = Directions({1: "red_flag"})

    remembering.remember(GUIDE, later, rubric=gardener, by=person("admin"))

    found = remembering.recalled(GUIDE)
    assert found is not None
    assert found.directions == later
    assert (found.reading.pk, found.reading.told_by) == (before.pk, person("admin"))
    assert found.reading.told_at > before.told_at
    assert kinds_of_events() == ["reading.remembered"] * 2


def test_the_same_told_once_more_changes_nothing_and_is_not_audited(gardener, person):
    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("recruiter"))
    before = RememberedReading.objects.values().get()

    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("admin"))

    assert RememberedReading.objects.values().get() == before
    assert kinds_of_events() == ["reading.remembered"]


def test_what_is_forgotten_is_not_recalled_and_who_forgot_it_is_audited(gardener, person):
    remembering.remember(GUIDE, TOLD, rubric=gardener, by=person("recruiter"))

    remembering.forget(RememberedReading.objects.get(), by=person("admin"))

    assert remembering.recalled(GUIDE) is None
    assert Event.objects.get(kind="reading.forgotten").actor_id == person("admin").pk
