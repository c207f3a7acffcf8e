"""Every page once, for whoever may open it: read from docs/permissions.md, so that a new page is toured by itself.

`python -m tests.e2e.tour` puts that table's world beside the demo's sample and prints the way in as JSON. It runs in
a process of its own, on the demo's database, because a browser's test may not open one.
"""

import json
from dataclasses import dataclass

from tests.architecture.permission_table import rows

DOMAIN = "everypage.example.com"
# Pieces of pages, data and files.
NO_PAGES = {"scorecard_draft", "scorecard_hints", "debrief_news", "packet_download", "batch_archive", "batch_document"}
NO_PAGES |= {"audit_export", "metrics", "rubric_draft", "round_kit", "panelist_kit", "colleagues_found"}
NO_PAGES |= {"material_download", "panelist_file", "import_example", "people_export", "openings_export"}
NO_PAGES |= {"interviews_export", "waiting_export", "rubrics_export", "retention_export", "finalists_export"}
NO_PAGES |= {"candidates_export", "applications_export", "scores_export", "opening_record"}
NO_PAGES |= {"calendar_feed"}
ERRORS = ("400", "403_csrf", "500")
# The openings of the tour: one whose debrief has begun, one where everybody may still amend, one that is decided.
BEGUN, EARLY, DECIDED = "open", "confidential", "decided"
KINDS = {"scorecard_amend": EARLY}


@dataclass(frozen=True)
class Stop:
    """A page as one person sees it."""

    name: str
    on: str
    person: str
    kind: str = BEGUN

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.on, "as", self.person, self.kind) if part)


# The same page in its other states, and the pages that refuse.
STATES = [
    *(Stop("home", "", person) for person in ("owing", "recruiter", "hiring manager", "administrator")),
    *(Stop("scorecard", "own scorecard", person) for person in ("drafting", "submitted", "declined", "shadow owing")),
    Stop("scorecard_decline", "own scorecard", "submitted"),
    *(Stop("scorecard", "own scorecard", person) for person in ("guest owing", "guest submitted")),
    *(Stop("debrief", "", person) for person in ("submitted", "manager owing", "declined")),
    *(Stop("debrief", "", "hiring manager", kind) for kind in (EARLY, DECIDED)),
    Stop("application", "", "hiring manager", DECIDED),
    Stop("people", "", "stranger"),
    Stop("packet", "failed", "hiring manager"),
]


def stops() -> list[Stop]:
    """Each page of the tables as the first who may open it, then its other states."""
    found: dict[tuple[str, str], Stop] = {}
    for row in rows():
        allowed = [heading for heading, answer in row.answers.items() if answer == "200"]
        if row.does == "GET" and row.name not in NO_PAGES and allowed:
            person, _, kind = allowed[0].partition(", ")
            kind = KINDS.get(row.name) or kind or BEGUN
            found.setdefault((row.name, row.on), Stop(row.name, row.on, person, kind))
    return list(dict.fromkeys([*found.values(), *STATES]))


def way_in() -> dict[str, dict[str, str]]:
    """The path of each stop, a session for each person, and the error pages that no address leads to."""
    from django.db import transaction
    from django.test import RequestFactory
    from django.views import csrf, defaults

    from tests.architecture.permission_world import World

    with transaction.atomic():
        world = World(DOMAIN)
        world._opening(DECIDED)
        world.bring_about("open debrief", BEGUN)
        world.bring_about("decided", DECIDED)
    request = RequestFactory().get("/")
    request.user = world.users["stranger"]
    errors = {
        "400": defaults.bad_request(request, ValueError()),
        "403_csrf": csrf.csrf_failure(request),
        "500": defaults.server_error(request),
    }
    return {
        "paths": {str(stop): world.address(stop.name, stop.person, stop.on, stop.kind) or "" for stop in stops()},
        "sessions": {
            name: client.cookies["sessionid"].value for name, client in world.clients.items() if client.cookies
        },
        "errors": {name: answer.content.decode() for name, answer in errors.items()},
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(way_in()))
