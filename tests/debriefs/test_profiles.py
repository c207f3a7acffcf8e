"""The names of what a document leaves out, and their words."""

from debriefs.profiles import COVER_WORDS, LABELS, VALUES, Profile


def test_every_profile_has_its_words_where_one_is_chosen_and_on_the_cover():
    assert tuple(profile.value for profile in Profile) == VALUES
    assert tuple(LABELS) == tuple(COVER_WORDS) == VALUES
    assert len(set(LABELS.values())) == len(set(COVER_WORDS.values())) == len(VALUES)
