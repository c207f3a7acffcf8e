"""manage.py export_rubric: which version it prints, and that an export is audited."""

import json

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from rubrics.export import rubric_json
from rubrics.models import Rubric, RubricVersion
from rubrics.services import import_plan, publish_version
from tests.rubrics.role_documents import SAMPLE


@pytest.fixture
def exported(capsys):
    """Runs the command and gives back the JSON that it printed."""

    def run(slug: str) -> dict:
        call_command("export_rubric", slug)
        return json.loads(capsys.readouterr().out)

    return run


def test_export_gives_back_what_was_imported(db, exported, capsys):
    call_command("import_blueprint", str(SAMPLE), "--publish")
    imported = json.loads(capsys.readouterr().out)

    assert exported(Rubric.objects.get().slug) == imported
    assert imported["format"] == "evenhand-rubric/1"


def test_the_published_version_is_printed_even_where_there_is_a_draft(exported, published_version, draft_version):
    draft_version.dimensions.filter(pk=draft_version.dimensions.first().pk).update(name="changed")

    assert exported(published_version.rubric.slug) == rubric_json(published_version)


def test_a_draft_is_printed_where_nothing_was_published(db, exported, sample_plan):
    import_plan(sample_plan, filename=SAMPLE.name, by=None)

    assert exported(Rubric.objects.get().slug) == rubric_json(RubricVersion.objects.get())


def test_a_newer_version_is_printed_once_it_is_published(exported, draft_version, person):
    draft_version.dimensions.filter(pk=draft_version.dimensions.first().pk).update(name="changed")
    publish_version(draft_version, by=person("recruiter"))

    found = exported(draft_version.rubric.slug)

    assert found["dimensions"][0]["name"] == "changed"


def test_an_export_is_audited_without_an_actor(exported, published_version):
    exported(published_version.rubric.slug)

    event = Event.objects.get(kind="rubric.exported")
    assert (event.subject_id, event.actor_id) == (published_version.pk, None)


def test_an_unknown_rubric_is_one_line(db):
    with pytest.raises(CommandError, match="There is no rubric with the slug 'nowhere'"):
        call_command("export_rubric", "nowhere")


def test_a_rubric_without_a_version_is_one_line(db):
    Rubric.objects.create(slug="empty", title="Empty")

    with pytest.raises(CommandError, match="The rubric 'empty' has no version"):
        call_command("export_rubric", "empty")

    assert not Event.objects.filter(kind="rubric.exported").exists()
