"""One world that holds every person, relation and state that docs/permissions.md names, in a real database."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import invite
from accounts.models import User
from candidates.models import Application, CandidateImport, Opening, Panelist, Round
from candidates.services import add_candidate, add_member, create_opening, plan_interview, save_round
from debriefs import meetings
from notices.feeds import make_feed
from packets.life import new_packet
from packets.models import BatchItem, Packet, PacketBatch
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import RubricVersion
from rubrics.services import fork_version, import_plan
from scorecards import drafts, guests, services
from tests.architecture.permission_pages import PAGES, Question

SAMPLE = sorted((settings.BASE_DIR / "rubrics" / "samples").glob("*.json"))[0]
PLANTED = "zanzibar-quokka"
KINDS = ("open", "confidential")
OPEN = {"open debrief", "open, own rating", "open, another's rating"}  # states in which the debrief has begun
EVERY_ROLE = {"is_recruiter": True, "is_hiring_manager": True, "is_administrator": True}

# Everybody in the headings of the tables: company-wide roles, roles on the two openings, scorecards.
PEOPLE: dict[str, tuple[dict[str, bool], tuple[str, ...], tuple[str, ...]]] = {
    "inactive": (EVERY_ROLE, ("recruiter", "hiring_manager"), ("submitted",)),
    "stranger": ({}, (), ()),
    "manager elsewhere": ({"is_hiring_manager": True}, (), ()),
    "recruiter": ({"is_recruiter": True}, (), ()),
    "opening's recruiter": ({}, ("recruiter",), ()),
    "hiring manager": ({"is_hiring_manager": True}, ("hiring_manager",), ()),
    "administrator": ({"is_administrator": True}, (), ()),
    "candidate": (EVERY_ROLE, ("recruiter", "hiring_manager"), ()),
    "owing": ({}, (), ("missing",)),
    "drafting": ({}, (), ("draft",)),
    "submitted": ({}, (), ("submitted",)),
    "declined": ({}, (), ("declined",)),
    "put on again": ({}, (), ("declined", "missing")),
    "one of two": ({}, (), ("submitted", "missing")),
    "shadow owing": ({}, (), ("shadow missing",)),
    "shadow submitted": ({}, (), ("shadow submitted",)),
    "let in": ({}, (), ("missing",)),
    "manager owing": ({"is_hiring_manager": True}, ("hiring_manager",), ("missing",)),
    "manager one of two": ({"is_hiring_manager": True}, ("hiring_manager",), ("submitted", "missing")),
    "manager submitted": ({"is_hiring_manager": True}, ("hiring_manager",), ("submitted",)),
    "manager declined": ({"is_hiring_manager": True}, ("hiring_manager",), ("declined",)),
    "manager put on again": ({"is_hiring_manager": True}, ("hiring_manager",), ("declined", "missing")),
    "manager let in": ({"is_hiring_manager": True}, ("hiring_manager",), ("missing",)),
    "recruiter owing": ({"is_recruiter": True}, (), ("missing",)),
    "recruiter submitted": ({"is_recruiter": True}, (), ("submitted",)),
    "administrator owing": ({"is_administrator": True}, (), ("missing",)),
    "administrator declined": ({"is_administrator": True}, (), ("declined",)),
}
# Those without an account, whose link leads to their scorecard in the open opening; each is a panelist in both.
GUESTS: dict[str, tuple[dict[str, bool], tuple[str, ...], tuple[str, ...]]] = {
    "guest owing": ({"is_guest": True}, (), ("missing",)),
    "guest submitted": ({"is_guest": True}, (), ("submitted",)),
}
BLIND = [name for name, (_, _, panelists) in PEOPLE.items() if {"missing", "draft", "shadow missing"} & set(panelists)]
BLIND = [name for name in BLIND if name not in {"let in", "manager let in"}]


class World:
    """Everybody's address is at `domain`, so that the world has room beside the sample's people."""

    def __init__(self, domain: str = "example.com") -> None:
        self.domain = domain
        everybody = PEOPLE | GUESTS
        self.users = {name: self._user(name, roles) for name, (roles, _, _) in everybody.items()}
        self.author = User.objects.create_user(f"author@{domain}")
        self.blueprint = SAMPLE.read_bytes()
        read = plan(load(self.blueprint, filename=SAMPLE.name))
        self.published, _ = import_plan(read, filename=SAMPLE.name, by=None, publish=True)
        self.published.refresh_from_db()
        self.draft = fork_version(RubricVersion.objects.get(pk=self.published.pk), by=self.users["recruiter"])
        self.openings: dict[str, Opening] = {}
        self.rounds: dict[str, list[Round]] = {}
        self.applications: dict[str, Application] = {}
        self.panelists: dict[tuple[str, str], list[Panelist]] = {}
        self.packets: dict[tuple[str, str], Packet] = {}
        self.batches: dict[tuple[str, str], PacketBatch] = {}
        self.keys: dict[str, str] = {}
        self.guests: dict[str, Client] = {}
        self._invitations()
        for kind in KINDS:
            self._opening(kind)
        User.objects.filter(pk=self.users["inactive"].pk).update(is_active=False)
        self.users["inactive"].refresh_from_db()
        self.clients = {name: self._client(name) for name in ["anonymous", *PEOPLE]} | self.guests

    def _user(self, name: str, roles: dict[str, bool]) -> User:
        address = name.replace(" ", ".").replace("'", "") + f"@{self.domain}"
        return User.objects.create_user(address, name=f"person {name}", **roles)

    def _invitations(self) -> None:
        """One that still works, and one that a newer one has replaced."""
        invited = User.objects.create_user(f"invited@{self.domain}")
        sent: list[str] = []
        for _ in range(2):
            invite(invited, by=self.users["administrator"], link=lambda key: sent.append(key) or key)
        self.keys = {"ended link": sent[0], "open link": sent[1]}
        ended, opens = (make_feed(by=self.users["stranger"]) for _ in range(2))
        self.keys |= {"ended address": ended, "calendar's address": opens}

    def _client(self, name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(self.users[name])
        return client

    def _opening(self, kind: str) -> None:
        opening = create_opening(
            f"Engineer, {kind}", rubric_version=self.published, by=None, confidential=kind == "confidential"
        )
        self.openings[kind] = opening
        dimensions = list(self.published.dimensions.all())[:2]
        self.rounds[kind] = [
            save_round(Round(opening=opening, order=order, name=f"Round {order}"), dimensions=dimensions, by=None)
            for order in (1, 2)
        ]
        for name, (_, roles, _) in PEOPLE.items():
            for role in roles:
                add_member(opening, self.users[name], role=role, by=None)
        email = self.users["candidate"].email.title()
        self.applications[kind] = add_candidate(opening, name="Somebody Known", email=email, by=None)
        CandidateImport.objects.create(opening=opening, by=self.author, rows=0, added=0, joined=0)
        self._panels(kind)
        self._packets(kind)

    def _panels(self, kind: str) -> None:
        author = self._interview(kind, 0, [self.author], [])[0]
        self._finish(author, "submitted", words=PLANTED)
        wanted = {name: panelists for name, (_, _, panelists) in (PEOPLE | GUESTS).items() if panelists}
        for number in (0, 1):
            states = {name: panelists[number] for name, panelists in wanted.items() if len(panelists) > number}
            leads = [self.users[name] for name, state in states.items() if "shadow" not in state]
            shadows = [self.users[name] for name, state in states.items() if "shadow" in state]
            by_user = {panelist.user_id: panelist for panelist in self._interview(kind, number, leads, shadows)}
            for name, state in states.items():
                panelist = by_user[self.users[name].pk]
                self.panelists.setdefault((kind, name), []).append(panelist)
                if name in GUESTS and kind == "open":
                    self._let_in(name, panelist)
                self._finish(panelist, state.removeprefix("shadow "), words=f"words of {name}")
        granting = User.objects.create_user(f"granting.{kind}@{self.domain}", is_recruiter=True)
        add_member(self.openings[kind], granting, role="recruiter", by=None)
        for name in ("let in", "manager let in"):
            services.grant_override(
                self.applications[kind], self.users[name], reason="Builds on the first round", by=granting
            )

    def _let_in(self, name: str, panelist: Panelist) -> None:
        """Mail the link of this panelist and open it in a browser; the address of `guest` then has an open link."""
        keys: list[str] = []
        for _ in range(2):
            guests.renew_link(panelist, by=self.users["recruiter"], link=lambda key: keys.append(key) or key)
        self.guests[name] = Client(SERVER_NAME="localhost")  # a host that the settings allow outside of tests too
        opened = self.guests[name].post(reverse("guest") + f"?key={keys[1]}")
        assert opened.status_code == 302
        if name == "guest owing":
            self.keys |= {"ended guest link": keys[0], "open guest link": keys[1]}

    def _interview(self, kind: str, number: int, leads: list[User], shadows: list[User]) -> list[Panelist]:
        begin = timezone.now() - timedelta(days=3)
        interview = plan_interview(
            self.applications[kind],
            round=self.rounds[kind][number],
            starts_at=begin,
            due_at=begin + timedelta(days=1),
            leads=leads,
            shadows=shadows,
            by=None,
        )
        return list(interview.panelists.select_related("user"))

    def _finish(self, panelist: Panelist, state: str, *, words: str) -> None:
        if state == "missing":
            return
        card = drafts.open_scorecard(panelist)
        if state == "declined":
            services.decline_scorecard(card, reason="Was ill", by=panelist.user)
            return
        drafts.save_draft(card, self.filled(panelist, words), edit=0, by=panelist.user)
        if state == "submitted":
            services.submit_scorecard(card, by=panelist.user)

    def filled(self, panelist: Panelist, words: str = "seen") -> dict[str, str]:
        """Changes that complete a scorecard."""
        values = {"recommendation": "strong_no", "summary": f"summary {words}"}
        for dimension in panelist.interview.round.dimensions.all():
            values |= {f"score_{dimension.pk}": "1", f"evidence_{dimension.pk}": f"evidence {words}"}
        return values

    def _packets(self, kind: str) -> None:
        application, by = self.applications[kind], self.users["hiring manager"]
        for state, profile in [("ready", "totals"), ("queued", "no-interviewers"), ("failed", "no-candidate")]:
            packet = new_packet(application, profile=profile, by=by, wake=False)
            packet.state = state
            if state == "ready":
                packet.sha256, packet.size, packet.file.name = "0" * 64, 4, f"packets/{packet.pk}.pdf"
            packet.save()
            self.packets[kind, state] = packet
            self._batch(kind, state, packet)

    def _batch(self, kind: str, state: str, packet: Packet) -> None:
        """One that holds this packet, asked for by the hiring manager."""
        batch = PacketBatch(
            opening=self.openings[kind], profile=packet.profile, requested_by=packet.requested_by, state=state
        )
        if state == "ready":
            batch.archive.name, batch.document.name = "batches/made.zip", "batches/made.pdf"
            batch.archive_sha256 = batch.document_sha256 = "0" * 64
        batch.save()
        BatchItem.objects.create(batch=batch, application=packet.application, packet=packet)
        self.batches[kind, state] = batch

    def store_files(self) -> None:
        """Put the files of ready packets and batches where the settings say that files are."""
        storage = self.packets[KINDS[0], "ready"].file.storage
        for name in ("batches/made.zip", "batches/made.pdf"):
            if not storage.exists(name):
                storage.save(name, ContentFile(PLANTED.encode()))
        for (_, state), packet in self.packets.items():
            if state == "ready" and not packet.file.storage.exists(packet.file.name):
                packet.file.storage.save(packet.file.name, ContentFile(f"%PDF {PLANTED}".encode()))

    def address(self, name: str, person: str, on: str = "", kind: str = "open") -> str | None:
        """The page's URL for the object that `on` names; None where this person has no such object."""
        return PAGES[name].address(Question(self, person, on, kind))

    def data(self, name: str, person: str, kind: str = "open", *, does: str = "POST") -> dict[str, Any]:
        """Valid form data for the page."""
        return PAGES[name].data(Question(self, person, kind=kind, does=does))

    def bring_about(self, on: str, kind: str) -> None:
        """Open the debrief, or decide it, as the row says; the asker's transaction takes it back."""
        if on not in OPEN | {"decided"}:
            return
        application, manager = self.applications[kind], self.users["hiring manager"]
        current = application.decisions.current().exists()
        if on in OPEN:
            if current:
                meetings.reopen_debrief(application, reason="There is news", by=manager)
            meetings.open_debrief(application, by=manager)
            meetings.note_attendance(application, users=[], names=["Somebody"], by=manager)
        elif not current:
            meetings.record_decision(application, outcome="hold", rationale="Later", by=manager)

    def ask(self, name: str, does: str, person: str, on: str = "", kind: str = "open") -> tuple[str, bytes]:
        """Status and body of the answer, whatever the request changed taken back.

        The status is as the tables write it: `sign in` for the way to the sign-in page, `–` for no such object.
        """
        with self.brought_about(on, kind):
            return self._asked(name, does, person, on, kind)

    @contextmanager
    def brought_about(self, on: str, kind: str) -> Iterator[None]:
        """The row's state until the block ends; whoever signed out in it is signed in again."""
        cookies = {person: copy.deepcopy(client.cookies) for person, client in self.clients.items()}
        with transaction.atomic():
            self.bring_about(on, kind)
            yield
            transaction.set_rollback(True)
        for person, kept in cookies.items():
            self.clients[person].cookies = kept

    def _asked(self, name: str, does: str, person: str, on: str, kind: str) -> tuple[str, bytes]:
        client = self.clients[person]
        with transaction.atomic():
            url = self.address(name, person, on, kind)
            if url is None:
                return "–", b""
            if does.startswith("GET"):
                response = client.get(url)
            else:
                response = client.post(url, self.data(name, person, kind, does=does))
            transaction.set_rollback(True)
        client.cookies.pop("messages", None)
        if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
            return "sign in", b""
        return str(response.status_code), response.getvalue()

    def read(self, pages: Iterable[tuple[str, str]], person: str, kind: str) -> dict[str, bytes]:
        """The body of each page, by its name and state; a page that belongs to no opening is asked with the first.

        Each state is brought about once for all pages that are asked in it.
        """
        bodies: dict[str, bytes] = {}
        for on in sorted({on for _, on in pages}):
            with self.brought_about(on, kind):
                for name in [name for name, state in pages if state == on]:
                    if kind in kinds_of(name):
                        bodies[f"{name} {on} {kind}"] = self._asked(name, "GET", person, on, kind)[1]
        return bodies

    def answers(self, name: str, does: str, on: str, asked: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
        """What each heading's person is answered in each of the openings that stand beside it, by their kinds.

        The row's state is brought about once for all whom it asks.
        """
        found: dict[str, dict[str, str]] = {heading: {} for heading in asked}
        for kind in KINDS:
            here = [heading for heading, kinds in asked.items() if kind in kinds]
            if here:
                with self.brought_about(on, kind):
                    for heading in here:
                        person = heading.partition(", ")[0]
                        found[heading][kind] = self._asked(name, does, person, on, kind)[0]
        return found


def kinds_of(name: str, heading: str = "") -> tuple[str, ...]:
    """The openings that a cell speaks of: the one that its heading names, else both.

    A page of no opening is asked once, with the first.
    """
    only = heading.partition(", ")[2]
    if only:
        return (only,)
    return KINDS if PAGES[name].is_of_an_opening else KINDS[:1]
