"""A row is a file or a link; notes of others are hidden from whoever owes a scorecard."""

import pytest
from django.db import IntegrityError, transaction

from files.models import CandidateNote, Material
from files.services import add_note


def test_a_row_is_a_file_or_a_link(added, person):
    material = added()

    for change in ({"url": "https://example.org/"}, {"sha256": ""}, {"token": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.filter(pk=material.pk).update(**change)


def test_notes_of_others_are_hidden_from_whoever_owes_a_scorecard(scored_application, two_panelists, person):
    recruiter, owing = person("recruiter"), two_panelists[1].user
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    theirs = add_note(scored_application, text="They were delighted", by=recruiter)
    own = add_note(scored_application, text="Free from March", by=owing)

    assert set(CandidateNote.objects.visible_to(recruiter)) == {theirs, own}
    assert list(CandidateNote.objects.visible_to(owing)) == [own]
    assert not CandidateNote.objects.visible_to(two_panelists[0].user).exists()


def test_materials_are_visible_to_those_who_run_the_application(added, person, two_panelists):
    material = added()

    assert list(Material.objects.visible_to(person("recruiter"))) == [material]
    assert not Material.objects.visible_to(two_panelists[0].user).exists()
