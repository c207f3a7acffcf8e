"""The pictures: what each says in words, and that it draws every score once."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from debriefs import charts
from tests.debriefs.facts import card, dimension, rating, scored, sheet_of

SVG = "{http://www.w3.org/2000/svg}"


def paths(picture: str) -> dict[str, str]:
    """What each path of the picture draws, by its kind."""
    root = ElementTree.fromstring(picture)
    return {path.get("class"): path.get("d") for path in root.iter(f"{SVG}path")}


def texts(picture: str) -> list[str]:
    return [text.text for text in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def title(picture: str) -> str:
    return ElementTree.fromstring(picture).find(f"{SVG}title").text


# --- one dimension -----------------------------------------------------------
def test_line_without_a_score_is_the_bare_scale():
    picture = charts.dot_line(scored().dimensions[0])

    assert title(picture) == "Depth: no score"
    assert paths(picture).keys() == {"axis"}


def test_line_says_in_its_title_what_it_shows():
    picture = charts.dot_line(scored(2, 4).dimensions[0])

    assert title(picture) == "Depth: 2 scores, mean 3.0, range 2–4"
    assert ElementTree.fromstring(picture).get("aria-label") == title(picture)


def test_each_score_is_a_dot_and_equal_ones_stand_above_each_other():
    dots = paths(charts.dot_line(scored(1, 3, 3, 5).dimensions[0]))["dot"]

    assert dots == "M12 26h0M120 26h0M120 20.5h0M228 26h0"


def test_not_assessed_is_no_dot():
    dots = paths(charts.dot_line(scored(None, 5).dimensions[0]))["dot"]

    assert dots == "M228 26h0"


@pytest.mark.parametrize(("count", "numbers"), [(5, []), (6, ["6"])])
def test_a_stack_too_high_for_its_room_is_pressed_together_and_counted(count, numbers):
    picture = charts.dot_line(scored(*[3] * count).dimensions[0])

    assert texts(picture) == numbers
    assert paths(picture)["dot"].count("M") == count
    assert paths(picture)["dot"].endswith("M120 4h0")


@pytest.mark.parametrize(
    ("scores", "with_band", "has_band"), [((2, 3, 4), True, True), ((2, 3, 4), False, False), ((2, 4), True, False)]
)
def test_band_is_drawn_where_it_is_asked_for_and_there_is_one(scores, with_band, has_band):
    picture = charts.dot_line(scored(*scores).dimensions[0], with_band=with_band)

    assert ("band" in paths(picture)) is has_band
    assert ("90 % band 1.3–4.7" in title(picture)) is has_band


def test_names_are_text_and_no_markup():
    row = replace(scored(3).dimensions[0], name='<b>"Depth" & more</b>')

    picture = charts.dot_line(row)

    assert title(picture) == '<b>"Depth" & more</b>: 1 score, mean 3.0, range 3'


# --- all dimensions ----------------------------------------------------------
@pytest.fixture
def sheet_of_two_dimensions():
    """One with the scores 2 and 4, one without a score and with a name too long for its column."""
    cards = [card(1, rating("depth", 2)), card(2, rating("depth", 4))]
    sheet = sheet_of([dimension("depth"), dimension("care")], cards)
    long = replace(sheet.dimensions[1], name="Care for what others will have to maintain")
    return replace(sheet, dimensions=(sheet.dimensions[0], long))


def test_profile_shows_range_and_mean_of_what_was_scored(sheet_of_two_dimensions):
    drawn = paths(charts.profile(sheet_of_two_dimensions))

    assert (drawn["range"], drawn["dot"]) == ("M260 13H380", "M320 13h0")


def test_profile_names_dimensions_and_says_where_nothing_was_scored(sheet_of_two_dimensions):
    picture = charts.profile(sheet_of_two_dimensions)

    labels = [text for text in texts(picture) if not text.isdigit()]
    assert labels == ["Depth", "Care for what others will have to…", "no score"]
    assert title(picture).endswith("Care for what others will have to maintain: no score")


def test_profile_for_print_holds_no_names_and_is_as_high(sheet_of_two_dimensions):
    named = ElementTree.fromstring(charts.profile(sheet_of_two_dimensions))
    picture = charts.profile(sheet_of_two_dimensions, named=False)
    printed = ElementTree.fromstring(picture)

    assert [text for text in texts(picture) if not text.isdigit()] == ["no score"]
    assert (printed.get("viewBox"), printed.get("width")) == ("190 0 270 54", "270")
    assert printed.get("height") == named.get("height") == "54"
