"""One world that holds every person, relation and state that docs/permissions.md names, in a real database."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import invite
from accounts.models import User
from candidates.models import Application, Interview, Opening, Panelist, Round
from candidates.services import add_candidate, add_member, create_opening, plan_interview, save_round
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import Dimension, RubricVersion
from rubrics.services import fork_version, import_plan
from scorecards import drafts, guests, meetings, services
from scorecards.models import Attendee, BatchItem, Packet, PacketBatch, Scorecard
from scorecards.packets.services import new_packet

SAMPLE = sorted((settings.BASE_DIR / "rubrics" / "samples").glob("*.json"))[0]
PLANTED = "zanzibar-quokka"
KINDS = ("open", "confidential")
EVERY_ROLE = {"is_recruiter": True, "is_hiring_manager": True, "is_administrator": True}

# Everybody in the headings of the tables: company-wide roles, roles on the two openings, seats on the panel.
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
# Those without an account, whose link leads to their seat in the open opening; each sits in the confidential one too.
EXTERNAL: dict[str, tuple[dict[str, bool], tuple[str, ...], tuple[str, ...]]] = {
    "external owing": ({"is_external": True}, (), ("missing",)),
    "external submitted": ({"is_external": True}, (), ("submitted",)),
}
BLIND = [name for name, (_, _, seats) in PEOPLE.items() if {"missing", "draft", "shadow missing"} & set(seats)]
BLIND = [name for name in BLIND if name not in {"let in", "manager let in"}]


class World:
    """Everybody's address is at `domain`, so that the world has room beside the sample's people."""

    def __init__(self, domain: str = "example.com") -> None:
        self.domain = domain
        everybody = PEOPLE | EXTERNAL
        self.users = {name: self._user(name, roles) for name, (roles, _, _) in everybody.items()}
        self.author = User.objects.create_user(f"author@{domain}")
        self.published, _ = import_plan(
            plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name)), filename=SAMPLE.name, by=None, publish=True
        )
        self.published.refresh_from_db()
        self.draft = fork_version(RubricVersion.objects.get(pk=self.published.pk), by=self.users["recruiter"])
        self.openings: dict[str, Opening] = {}
        self.rounds: dict[str, list[Round]] = {}
        self.applications: dict[str, Application] = {}
        self.seats: dict[tuple[str, str], list[Panelist]] = {}
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
        self._panels(kind)
        self._packets(kind)

    def _panels(self, kind: str) -> None:
        author = self._interview(kind, 0, [self.author], [])[0]
        self._finish(author, "submitted", words=PLANTED)
        wanted = {name: seats for name, (_, _, seats) in (PEOPLE | EXTERNAL).items() if seats}
        for number in (0, 1):
            seated = {name: seats[number] for name, seats in wanted.items() if len(seats) > number}
            leads = [self.users[name] for name, state in seated.items() if "shadow" not in state]
            shadows = [self.users[name] for name, state in seated.items() if "shadow" in state]
            by_user = {seat.user_id: seat for seat in self._interview(kind, number, leads, shadows)}
            for name, state in seated.items():
                seat = by_user[self.users[name].pk]
                self.seats.setdefault((kind, name), []).append(seat)
                if name in EXTERNAL and kind == "open":
                    self._let_in(name, seat)
                self._finish(seat, state.removeprefix("shadow "), words=f"words of {name}")
        granting = User.objects.create_user(f"granting.{kind}@{self.domain}", is_recruiter=True)
        add_member(self.openings[kind], granting, role="recruiter", by=None)
        for name in ("let in", "manager let in"):
            services.grant_override(
                self.applications[kind], self.users[name], reason="Builds on the first round", by=granting
            )

    def _let_in(self, name: str, seat: Panelist) -> None:
        """Mail the link of this seat and open it in a browser; the address of `guest` then has an open link."""
        keys: list[str] = []
        for _ in range(2):
            guests.renew_link(seat, by=self.users["recruiter"], link=lambda key: keys.append(key) or key)
        self.guests[name] = Client(SERVER_NAME="localhost")  # a host that the settings allow outside of tests too
        opened = self.guests[name].post(reverse("guest") + f"?key={keys[1]}")
        assert opened.status_code == 302
        if name == "external owing":
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

    def _finish(self, seat: Panelist, state: str, *, words: str) -> None:
        if state == "missing":
            return
        card = drafts.open_scorecard(seat)
        if state == "declined":
            services.decline_scorecard(card, reason="Was ill", by=seat.user)
            return
        drafts.save_draft(card, self.filled(seat, words), edit=0, by=seat.user)
        if state == "submitted":
            services.submit_scorecard(card, by=seat.user)

    def filled(self, seat: Panelist, words: str = "seen") -> dict[str, str]:
        """Changes that complete a scorecard."""
        values = {"recommendation": "strong_no", "summary": f"summary {words}"}
        for dimension in seat.interview.round.dimensions.all():
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

    def address(self, name: str, person: str, on: str, kind: str = "open") -> str | None:
        """The page's URL for the object that `on` names; None where this person has no such object."""
        if name == "word_list":
            return reverse(name, args=["en"])
        if name in OF_A_GUEST:
            seat = self.seats[kind, "external owing"][0]
            return reverse(name, args=[seat.interview_id] + ([] if name == "guest_new" else [seat.pk]))
        if name in {"invitation", "guest"}:
            return reverse(name) + (f"?key={self.keys[on]}" if on in self.keys else "")
        if name not in KEYED:
            return reverse(name)
        number = self._number(name, person, on, kind)
        if name == "re_rate":
            card = self._card(person, on, kind)
            return None if card is None else reverse(name, args=[number, card, self._first_dimension().key])
        if name == "attendee_remove":
            attendee = Attendee.objects.filter(meeting__application=number).first()
            return reverse(name, args=[number, attendee.pk if attendee else 0])
        return None if number is None else reverse(name, args=[number])

    def _number(self, name: str, person: str, on: str, kind: str) -> int | None:
        if name in OF_A_BATCH:
            return self.batches[kind, on].pk
        if name in {
            "opening",
            "finalists",
            "member_new",
            "round_new",
            "candidate_new",
            "batch_new",
            "opening_retention",
        }:
            return self.openings[kind].pk
        if name in {"round_edit", "round_remove"}:
            return self.rounds[kind][0].pk
        if name in {"interview_edit", "interview_cancel"}:
            return self._first_interview(kind).pk
        if name in OF_A_PERSON:
            return self.users["stranger"].pk
        if name in {"packet", "packet_retry", "packet_download"}:
            return self.packets[kind, on].pk
        if name in OF_A_VERSION:
            version = self.draft if on == "draft" else self.published
            first = self._first_dimension(version)
            return first.pk if name in {"dimension_edit", "dimension_remove"} else version.pk
        if name in OF_A_SEAT:
            return self._seat(person, on, kind)
        return self.applications[kind].pk

    def _first_dimension(self, version: RubricVersion | None = None) -> Dimension:
        first = (version or self.published).dimensions.first()
        assert first is not None
        return first

    def _card(self, person: str, on: str, kind: str) -> int | None:
        """The person's last scorecard, or that of somebody else on the panel."""
        seat = self._seat(person, "another's seat" if "another's" in on else "own seat", kind)
        card = Scorecard.objects.filter(panelist=seat or 0).first()
        return card.pk if card else None

    def bring_about(self, on: str, kind: str) -> None:
        """Open the debrief, or decide it, as the row says; the asker's transaction takes it back."""
        application, manager = self.applications[kind], self.users["hiring manager"]
        standing = application.decisions.standing().exists()
        if on.startswith("open"):
            if standing:
                meetings.reopen_debrief(application, reason="There is news", by=manager)
            meetings.open_debrief(application, by=manager)
            meetings.note_attendance(application, users=[], names=["Somebody"], by=manager)
        if on == "decided" and not standing:
            meetings.record_decision(application, outcome="hold", rationale="Later", by=manager)

    def _first_interview(self, kind: str) -> Interview:
        interview = self.applications[kind].interviews.order_by("pk").first()
        assert interview is not None
        return interview

    def _seat(self, person: str, on: str, kind: str) -> int | None:
        if on == "another's seat":
            return self.seats[kind, "let in" if person == "submitted" else "submitted"][0].pk
        seats = self.seats.get((kind, person), [])
        return seats[-1].pk if seats else None

    def body(self, name: str, does: str, person: str, kind: str) -> dict[str, Any]:
        """Valid form data for the action."""
        start = timezone.now() + timedelta(days=1)
        dimensions = [row.pk for row in self.published.dimensions.all()[:2]]
        seats = self.seats.get((kind, person), [])
        bodies: dict[str, dict[str, Any]] = {
            "people": {"name": "New", "email": "new@example.com"},
            "opening_new": {
                "title": "Another",
                "rubric_version": self.published.pk,
                "hiring_managers": [self.users["hiring manager"].pk],
            },
            "member_new": {"user": self.users["stranger"].pk, "role": "recruiter"},
            "round_new": {"order": 3, "name": "Another", "minutes": 45, "dimensions": dimensions},
            "round_edit": {"order": 1, "name": "Renamed", "minutes": 45, "dimensions": dimensions},
            "candidate_new": {"name": "Another One", "email": "another@example.org"},
            "interview_new": {
                "round": self.rounds[kind][0].pk,
                "starts_at": f"{start:%Y-%m-%dT%H:%M}",
                "hours_to_score": 24,
                "leads": [self.users["stranger"].pk],
            },
            "override": {"user": self.users["owing"].pk, "reason": "Builds on the first round"},
            "decide": {"outcome": "hold", "rationale": "More evidence is needed"},
            "debrief_note": {"kind": "note", "text": "We talked about it"},
            "debrief_attendance": {"names": "A guest"},
            "debrief_reopen": {"reason": "There is news"},
            "re_rate": {"answer": "5", "kind": "reread", "reason": "I had overlooked a passage"},
            "packet_request": {"profile": "full"},
            "batch_new": {"profile": "full", "applications": [self.applications[kind].pk]},
            "dimension_edit": {"name": "Renamed"},
            "dimension_new": {"name": "Another"},
            "evidence_levels": {"levels": ["1", "5"]},
            "person": {"name": "Renamed", "is_active": "on"},
            "guest_new": {"name": "Somebody Outside", "email": "outside@example.org", "role": "lead"},
            "invitation": {"name": "Newly Come", "password": "a long pass phrase", "again": "a long pass phrase"},
            "word_list": {"words": "one\nanother"},
            "candidate_edit": {"name": "Somebody Renamed", "email": self.users["candidate"].email},
            "opening_retention": {"preset": "purpose", "days": "90"},
            "hold_place": {"reason": "Case 12"},
            "candidate_erase": {"reason": "asked", "sure": "on"},
            "candidate_access": {"more": "", "form": "json"},
            "interview_edit": {
                "starts_at": f"{start:%Y-%m-%dT%H:%M}",
                "hours_to_score": 24,
                "leads": [seat.user_id for seat in self._first_interview(kind).panelists.all()],
            },
            "handoff": {"kind": "covered", "text": "Went through the outage"},
            "scorecard_decline": {"decline_reason": "Was ill"},
            "scorecard_draft": {"summary": "Changed", "edit": "0"},
        }
        if name == "blueprint_import":
            return {"file": SimpleUploadedFile("copy.json", SAMPLE.read_bytes())}
        if name == "scorecard_amend":
            sent = self.filled(seats[-1], "amended") if seats else {}
            return sent | {"edit": "0", "why": "A second thought"}
        if name == "scorecard":
            sent = self.filled(seats[-1]) if seats else {}
            return sent | {"edit": "0"} | ({"submit": "1"} if does.endswith("submit") else {})
        return bodies.get(name, {})

    def ask(self, name: str, does: str, person: str, on: str = "", kind: str = "open") -> tuple[str, bytes]:
        """Status and body of the answer, whatever the request changed taken back.

        The status is as the tables write it: `sign in` for the way to the sign-in page, `–` for no such object.
        """
        client = self.clients[person]
        with transaction.atomic():
            self.bring_about(on, kind)
            url = self.address(name, person, on, kind)
            if url is None:
                transaction.set_rollback(True)
                return "–", b""
            if does.startswith("GET"):
                response = client.get(url)
            else:
                response = client.post(url, self.body(name, does, person, kind))
            transaction.set_rollback(True)
        client.cookies.pop("messages", None)
        if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
            return "sign in", b""
        return str(response.status_code), response.getvalue()

    def answer(self, name: str, does: str, heading: str, on: str) -> str:
        """What the table's cell must say. A person stands for both openings unless the heading names one."""
        person, _, kind = heading.partition(", ")
        kinds = [kind] if kind else KINDS if name in KEYED - OF_A_VERSION else KINDS[:1]
        return " / ".join(dict.fromkeys(self.ask(name, does, person, on, kind)[0] for kind in kinds))


OF_A_GUEST = {"guest_new", "guest_renew", "guest_revoke"}
OF_A_PERSON = {"person", "factors_remove", "invite", "invitation_revoke"}
OF_A_VERSION = {
    "rubric_version",
    "rubric_changes",
    "rubric_publish",
    "rubric_fork",
    "rubric_discard",
    "blueprint_read",
    "evidence_levels",
    "dimension_new",
    "dimension_edit",
    "dimension_remove",
}
OF_A_SEAT = {
    "scorecard",
    "scorecard_draft",
    "scorecard_decline",
    "scorecard_amend",
    "scorecard_hints",
    "scorecard_changes",
    "scorecard_compare",
    "handoff",
    "kit_blueprint",
}
OF_AN_APPLICATION = {
    "interview_new",
    "interview_edit",
    "interview_cancel",
    "candidate_edit",
    "candidate_erase",
    "candidate_access",
    "hold_place",
    "hold_lift",
    "application",
    "override",
    "debrief",
    "debrief_summary",
    "decision_changes",
    "debrief_news",
    "debrief_open",
    "debrief_note",
    "debrief_attendance",
    "debrief_reopen",
    "attendee_remove",
    "re_rate",
    "decide",
    "packet_preview",
    "packet_request",
}
OF_A_PACKET = {"packet", "packet_retry", "packet_download"}
OF_A_BATCH = {"batch", "batch_cancel", "batch_retry", "batch_archive", "batch_document"}
OF_AN_OPENING = {
    "batch_new",
    "opening",
    "opening_retention",
    "finalists",
    "member_new",
    "round_new",
    "candidate_new",
    "round_edit",
    "round_remove",
}
KEYED = (
    OF_A_PERSON | OF_A_GUEST | OF_A_VERSION | OF_A_SEAT | OF_AN_APPLICATION | OF_A_PACKET | OF_A_BATCH | OF_AN_OPENING
)
