"""What one event looks like to Slack, to Teams and to any other program. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

SLACK, TEAMS, PLAIN = "slack", "teams", "json"
FORMAT = "evenhand-event/1"
CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Said:
    """An event as it is told: `id` stays the same however often it is tried; `text` and `link` may be empty."""

    id: str
    kind: str
    at: datetime
    title: str
    text: str
    link: str


def written(form: str, said: Said) -> dict[str, object]:
    """The event as the body of one message, to be written as JSON."""
    if form == SLACK:
        return _slack(said)
    if form == TEAMS:
        return _teams(said)
    return {
        "format": FORMAT,
        "id": said.id,
        "kind": said.kind,
        "at": said.at.isoformat(),
        "title": said.title,
        "text": said.text,
        "link": said.link,
    }


def _slack(said: Said) -> dict[str, object]:
    """Three signs are escaped, as Slack's mrkdwn asks; the others cannot address or call anybody."""
    title = _escaped(said.title)
    if said.link:
        title = f"<{said.link}|{title.replace('|', '¦')}>"
    lines = [title, _escaped(said.text)]
    return {"text": "\n".join(filter(None, lines))}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(said: Said) -> dict[str, object]:
    """An adaptive card, whose texts are Markdown: what people typed is shown as it is."""
    title = {"type": "TextBlock", "text": _plain(said.title), "weight": "Bolder", "wrap": True}
    body = [title]
    if said.text:
        body.append({"type": "TextBlock", "text": _plain(said.text), "wrap": True})
    card: dict[str, object] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    if said.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open it in Evenhand", "url": said.link}]
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}]}


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]()#~<>])", r"\\\1", text)
