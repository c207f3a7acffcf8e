"""One event in each program's form; what people typed stays text."""

from dataclasses import replace
from datetime import UTC, datetime

from notices.forms_of_chat import Said, written

SAID = Said(
    id="7", kind="invited", at=datetime(2026, 12, 1, 12, tzinfo=UTC), title="A & <!channel> | *B*", text="At [10](x)",
    link="https://evenhand.example/applications/3/",
)  # fmt: skip


def test_slack_gets_a_linked_title_that_calls_nobody():
    assert written("slack", SAID) == {
        "text": "<https://evenhand.example/applications/3/|A &amp; &lt;!channel&gt; ¦ *B*>\nAt [10](x)"
    }


def test_teams_gets_a_card_whose_words_are_no_markdown():
    [attachment] = written("teams", SAID)["attachments"]

    card = attachment["content"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert [block["text"] for block in card["body"]] == [r"A & \<!channel\> | \*B\*", r"At \[10\]\(x\)"]
    assert card["actions"][0]["url"] == SAID.link


def test_without_text_and_link_there_is_the_title_alone():
    bare = replace(SAID, text="", link="")

    assert written("slack", bare) == {"text": "A &amp; &lt;!channel&gt; | *B*"}
    card = written("teams", bare)["attachments"][0]["content"]
    assert len(card["body"]) == 1
    assert "actions" not in card


def test_other_programs_get_the_fields():
    assert written("json", SAID) == {
        "format": "evenhand-event/1",
        "id": "7",
        "kind": "invited",
        "at": "2026-12-01T12:00:00+00:00",
        "title": SAID.title,
        "text": SAID.text,
        "link": SAID.link,
    }
