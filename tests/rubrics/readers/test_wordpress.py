"""Posts of WordPress: one, or the one of a list that is about hiring; scripts in a title are no title."""

import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.wordpress import read


def post(title: str, content: str = "<p>x</p>", **fields: object) -> dict:
    return {"title": {"rendered": title}, "content": {"rendered": content}, **fields}


def test_a_title_is_read_by_the_same_cleaner_as_the_body():
    assert read(post("Smith <script>alert(1)</script>&amp; <b>Son</b>")).title == "Smith & Son"


def test_of_several_posts_the_one_about_hiring_is_read_and_the_others_are_named():
    page = read([post("Cooking"), post("Smith: Role Blueprint", "<p>y</p>")])

    assert (page.title, page.markup) == ("Smith: Role Blueprint", "<p>y</p>")
    assert page.warnings[0].message == "The file holds 2 posts. These were not read: “Cooking”."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([post("A"), post("B")], "a list of 2 posts (“A”, “B”)"),
        ({"code": "rest_no_route", "message": "No route"}, "error message of WordPress"),
        ({"content": {"rendered": "", "protected": True}}, "protected by a password"),
    ],
)
def test_what_is_no_single_post_says_what_it_is(content, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        read(content)

    assert words in str(refusal.value)
