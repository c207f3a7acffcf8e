"""Marked words on a page: for the eye, for the ear, and never as markup."""

from rubrics.differences import Words
from rubrics.templatetags.marked_words import marked_words


def test_words_are_marked_and_escaped():
    html = marked_words([Words("a <b> ", "same"), Words("new", "added"), Words("old", "removed")], "cs")

    assert html == (
        '<span class="eh-prewrap" lang="cs">a &lt;b&gt; '
        '<ins><span class="eh-visually-hidden" lang="en">added: </span>new</ins>'
        '<del><span class="eh-visually-hidden" lang="en">removed: </span>old</del></span>'
    )
