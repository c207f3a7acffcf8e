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


@pytest.mark.parametrize("content", [post("Smith"), [post("Smith")]])
def test_a_post_and_a_list_of_one_are_the_same_page(content):
    page = read(content)

    assert (page.title, page.markup, page.warnings) == ("Smith", "<p>x</p>", ())


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.org/smith", "https://example.org/smith"),
        ("http://example.org/smith", "http://example.org/smith"),
        ("javascript:alert(1)", ""),
        ("//example.org/smith", ""),
        (7, ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_web_is_where_a_post_comes_from(link, url):
    assert read(post("Smith", link=link)).url == url


def test_posts_without_a_title_are_counted_among_those_that_were_not_read():
    page = read([post("Interview: smith"), {"content": {"rendered": "<p>y</p>"}}, post("Cooking")])

    assert page.warnings[0].message == (
        "The file holds 3 posts. These were not read: “a post without a title”, “Cooking”."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "a list of 0 posts; it must hold exactly one"),
        ([post("Interview A"), post("Interview B")], "a list of 2 posts (“Interview A”, “Interview B”)"),
        ([{}, {}], "a list of 2 posts; it must"),
        ("text", "no content.rendered"),
        ({"content": "text"}, "no content.rendered"),
        ({"content": {"rendered": 7}}, "no content.rendered"),
        (post("A", "  "), "content.rendered is empty"),
    ],
)
def test_other_json_says_what_a_post_would_need(content, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        read(content)

    assert words in str(refusal.value)
