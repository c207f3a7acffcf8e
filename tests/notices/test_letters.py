"""One mail in place of several: what it says as it is sent, by whatever the rooms above know then."""

from datetime import UTC, datetime

import pytest

from notices import kinds, letters, outbox
from notices.letters import Line
from notices.models import Mail
from notices.services import Message, tell

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def say(monkeypatch):
    """Lets a room say, by the number of a thread, what its line is now."""
    known = {}

    def words(lines) -> dict[Line, str]:
        return {line: known[line.thread] for line in lines if line.thread in known}

    monkeypatch.setattr(letters, "_words", {"a room": words})
    return known


@pytest.fixture
def several(person, sample, settings):
    """Three of one kind at one moment, in one mail."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mail.objects.all().delete()
    same = {"kind": kinds.ESCALATED, "overview": "/chase/", "not_before": NOW}
    told = [
        (person("manager"), Message(title=f"Late: {number}", brief=f"Round {number}", thread=f"round:{number}", **same))
        for number in (1, 2, 3)
    ]
    tell(told)
    return Mail.objects.get()


def test_it_is_sent_as_it_was_written_where_nothing_changed(several, say, mailoutbox):
    outbox.send_due()

    assert [sent.subject for sent in mailoutbox] == ["3 scorecards are late"]
    assert mailoutbox[0].body == several.text


def test_what_is_settled_is_neither_counted_nor_named(several, say, mailoutbox):
    say.update({"round:1": "", "round:3": "Round 3, by now on Friday"})

    outbox.send_due()

    (sent,) = mailoutbox
    html, _ = sent.alternatives[0]
    assert sent.subject == "2 scorecards are late"
    for form in (sent.body, html):
        assert "Round 1" not in form
        assert "Round 2" in form
        assert "Round 3, by now on Friday" in form
        assert "/chase/" in form
    row = Mail.objects.get()
    assert (row.state, row.subject, row.text) == ("sent", sent.subject, sent.body)
    assert row.message_id == several.message_id


def test_where_one_is_left_it_speaks_of_one(several, say, mailoutbox):
    say.update({"round:1": "", "round:3": ""})

    outbox.send_due()

    assert [sent.subject for sent in mailoutbox] == ["A scorecard is late"]


def test_where_nothing_is_left_nothing_is_sent(several, say, mailoutbox):
    say.update({"round:1": "", "round:2": "", "round:3": ""})

    outbox.send_due()

    assert mailoutbox == []
    row = Mail.objects.get()
    assert (row.state, row.problem) == ("stopped", "What it says is settled.")


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS.values() if kind.several])
def test_each_kind_that_is_gathered_can_speak_of_one(kind):
    assert kind.subject(1) == kind.single != ""
    assert "2" in kind.subject(2)
