"""Tabs: each a link, the shown one marked."""

import pytest
from django.urls import NoReverseMatch

from accounts.templatetags.tabs import Tab, tabs


def test_tabs_lead_to_their_pages_and_mark_the_one_that_is_shown():
    offered = [Tab("applications", "Applications", "opening", 7), Tab("packets", "Packets", "batch_new", 7)]

    shown = tabs(offered, "packets", "Opening")

    assert shown["tabs"] == [("Applications", "/openings/7/", False), ("Packets", "/openings/7/packets/", True)]


def test_a_page_that_there_is_not_is_an_error():
    with pytest.raises(NoReverseMatch):
        tabs([Tab("nowhere", "Nowhere", "nowhere", 7)], "nowhere", "Opening")
