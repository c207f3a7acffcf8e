"""The guide as the product shows it: every page, every link, every picture leads somewhere."""

import re
from itertools import pairwise

import pytest
from django.contrib.staticfiles import finders

from workbench import guide

PAGES = sorted(guide.DOCUMENTS)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_to_a_section_that_there_is(name):
    page = guide.page(name)
    pages = {entry.address: guide.page(entry.name) for entry in guide.contents()}

    broken = []
    for link in re.findall(r'<a href="([^"]*)"', page.markup):
        address, _, anchor = link.partition("#")
        aim = pages.get(address) if address else page
        is_here = aim is not None and (not anchor or f'id="{anchor}"' in aim.markup)
        if not is_here and "://" not in link:
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_served_and_has_words_for_those_who_do_not_see_it(name):
    pictures = re.findall(r"<img [^>]*>", guide.page(name).markup)

    for picture in pictures:
        source = re.findall(r'src="/static/([^"]+)"', picture)
        assert [name for name in source if finders.find(name)], picture
        assert re.search(r'alt="[^"]+"', picture), picture


@pytest.mark.parametrize("name", PAGES)
def test_headings_descend_one_level_at_a_time_below_the_title(name):
    page = guide.page(name)

    levels = [1, *(int(level) for level in re.findall(r"<h(\d)", page.markup))]
    steps = [below - above for above, below in pairwise(levels)]
    assert 1 not in levels[1:]
    assert all(step <= 1 for step in steps)
    assert re.findall(r"<h\d(?! id=)", page.markup) == []
    assert all(f'id="{section.anchor}"' in page.markup for section in page.sections)


def test_a_link_to_what_is_not_served_becomes_its_words():
    served = guide.page("operations").markup

    assert "decisions/" not in served
    assert 'href=""' not in served


def test_a_page_that_there_is_not():
    with pytest.raises(KeyError):
        guide.page("nowhere")
