"""Submit before you see, in random worlds: whatever the others judge, whoever owes a scorecard is answered the same.

A world is an opening with its panels. Its others judge twice, in two ways that have nothing in common; what somebody
blind can ask for is asked after each, and the two answers must be the same to the byte. So no word, score, state,
count or average of another can be in any of them. The suite draws a few worlds, the drill two hundred; EVENHAND_WORLDS
asks for as many as it says, and `-s` prints how many worlds and requests there were.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from accounts.models import User
from candidates.models import Application, Panelist, Round
from candidates.services import add_candidate, add_member, create_opening, plan_interview, save_round
from debriefs import meetings
from packets.life import new_packet
from packets.models import Packet, PacketBatch
from scorecards import drafts, services
from scorecards.amendments import amend_scorecard
from scorecards.models import Scorecard
from tests.drill import LONG

SHARDS = 2
WORLDS = (
    int(os.environ.get("EVENHAND_WORLDS", "200" if LONG else "6")) // SHARDS
)  # in each shard, so that every core has its part
PLANTED = "qu0kka"  # in every word that others write
STATES = ["missing", "draft", "locked", "submitted", "amended", "declined"]
OWING = ["missing", "draft", "locked", "declined, put on again"]
# Of each request: its form token, the time, its own number in the trail and among all requests.
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|"csrf": "\w+"|\d{1,2}:\d\d(:\d\d)?(\.\d+)?'
    rb"|\bat:\d{10}\b|(?m:^\d+,20)|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)

people = st.fixed_dictionaries(
    {
        "roles": st.sets(st.sampled_from(["is_administrator", "is_recruiter", "is_hiring_manager"]), max_size=2),
        "member": st.sampled_from([None, None, "recruiter", "hiring_manager"]),
        "shadow": st.booleans(),
        "second": st.booleans(),
    }
)
judgements = st.fixed_dictionaries(
    {
        "states": st.lists(st.sampled_from(STATES), min_size=3, max_size=3),
        "scores": st.lists(st.integers(1, 5), min_size=3, max_size=3),
        "recommendation": st.sampled_from(["strong_no", "no", "yes", "strong_yes"]),
        "meets": st.booleans(),
        "decides": st.booleans(),
        "packet": st.booleans(),
    }
)
worlds = st.fixed_dictionaries(
    {
        "confidential": st.booleans(),
        "anonymous": st.booleans(),
        "reader": people,
        "reader_state": st.sampled_from(OWING),
        "others": st.lists(people, min_size=1, max_size=3),
        "judgements": st.tuples(judgements, judgements),
    }
)


@dataclass
class Drawn:
    """One world before anybody but the reader has judged."""

    number: int
    version: object
    made: dict
    application: Application = field(init=False)
    panelists: list[Panelist] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.manager = User.objects.create_user(f"w{self.number}.manager@example.com", is_hiring_manager=True)
        self.spare = User.objects.create_user(f"w{self.number}.spare@example.com")
        self.opening = create_opening(
            f"World {self.number}",
            rubric_version=self.version,
            by=None,
            confidential=self.made["confidential"],
            anonymous=self.made["anonymous"],
            hiring_managers=[self.manager],
        )
        dimensions = list(self.version.dimensions.all())[:2]
        self.rounds = [
            save_round(Round(opening=self.opening, order=order, name=f"Round {order}"), dimensions=dimensions, by=None)
            for order in (1, 2)
        ]
        self.application = add_candidate(self.opening, name="Osei Adjoa", email=f"w{self.number}@example.org", by=None)
        add_candidate(self.opening, name="Somebody Else", email=f"x{self.number}@example.org", by=None)
        self.reader = self._person("reader", self.made["reader"])
        self.others = [self._person(f"other{n}", drawn) for n, drawn in enumerate(self.made["others"])]
        everybody = [(self.reader, self.made["reader"]), *zip(self.others, self.made["others"], strict=True)]
        self.interviews = [self._interview(number, everybody) for number in (0, 1)]
        self._begin()

    def _person(self, name: str, drawn: dict) -> User:
        user = User.objects.create_user(
            f"w{self.number}.{name}@example.com", name=f"Person {name}", **dict.fromkeys(drawn["roles"], True)
        )
        if drawn["member"]:
            add_member(self.opening, user, role=drawn["member"], by=None)
        return user

    def _interview(self, number: int, everybody: list):
        here = [(user, drawn) for user, drawn in everybody if drawn["second"] == bool(number)]
        leads = [user for user, drawn in here if not drawn["shadow"]] or [self.spare]
        shadows = [user for user, drawn in here if drawn["shadow"]]
        start = timezone.now() - timedelta(days=2)
        return plan_interview(
            self.application,
            round=self.rounds[number],
            starts_at=start,
            due_at=start + timedelta(days=4),
            leads=leads,
            shadows=shadows,
            by=None,
        )

    def _begin(self) -> None:
        """What the reader has done so far; all panelists are opened now, so that numbers say nothing later."""
        for panelist in Panelist.objects.filter(interview__in=self.interviews).select_related("user").order_by("pk"):
            drafts.open_scorecard(panelist)
            self.panelists.append(panelist)
            if panelist.user_id == self.reader.pk:
                self.judge(panelist, self.made["reader_state"], 3, "yes", "own words")

    def judge(self, panelist: Panelist, state: str, score: int, recommendation: str, words: str) -> None:
        card = drafts.open_scorecard(panelist)
        if state == "missing":
            return
        if state.startswith("declined"):
            services.decline_scorecard(card, reason=f"{words} why", by=panelist.user)
            if state.endswith("again"):
                other = next(row for row in self.interviews if row.pk != panelist.interview_id)
                again, _ = Panelist.objects.get_or_create(interview=other, user=panelist.user)
                drafts.open_scorecard(again)
            return
        values = {"recommendation": recommendation, "summary": f"{words} summary"}
        for dimension in panelist.interview.round.dimensions.all():
            values |= {f"score_{dimension.pk}": str(score), f"evidence_{dimension.pk}": f"{words} evidence"}
        card = drafts.save_draft(card, values, edit=card.edit, by=panelist.user)
        if state == "locked":
            services.lock_scorecard(card, by=panelist.user)
        if state in {"submitted", "amended"}:
            card = services.submit_scorecard(card, by=panelist.user)
        if state == "amended":
            amend_scorecard(
                card, values | {"summary": f"{words} amended"}, reason=f"{words} reason", revision=0, by=panelist.user
            )

    def judged(self, judgement: dict) -> None:
        """The others judge, meet and decide as drawn, as far as the rules let them."""
        others = [panelist for panelist in self.panelists if panelist.user_id != self.reader.pk]
        for number, panelist in enumerate(others):
            state, score = judgement["states"][number % 3], judgement["scores"][number % 3]
            self.judge(panelist, state, score, judgement["recommendation"], PLANTED)
        if not Scorecard.objects.counted().filter(panelist__interview__in=self.interviews).exists():
            return
        steps = [
            (judgement["packet"], self._packet),
            (judgement["meets"], self._meet),
            (judgement["decides"], self._decide),
        ]
        for wanted, step in steps:
            if wanted:
                step()

    def _meet(self) -> None:
        meetings.open_debrief(self.application, by=self.manager)
        meetings.add_note(self.application, kind="note", text=f"{PLANTED} note", dimension=None, by=self.manager)

    def _decide(self) -> None:
        must = {row.key: f"{PLANTED} must" for row in self.version.dimensions.filter(must_have=True)}
        meetings.record_decision(
            self.application, outcome="no_hire", rationale=f"{PLANTED} why", rationales=must, by=self.manager
        )

    def _packet(self) -> None:
        packet = new_packet(self.application, profile="full", by=self.manager, wake=False)
        packet.file.save(f"{packet.pk}.pdf", ContentFile(f"%PDF {PLANTED}".encode()), save=False)
        packet.state, packet.sha256, packet.size = Packet.State.READY, "0" * 64, 9
        packet.save()
        PacketBatch.objects.create(opening=self.opening, profile="full", requested_by=self.manager, state="queued")

    def answers(self) -> dict[str, bytes]:
        """What the reader can ask for, by what it was, as status, headers and body."""
        client = Client(raise_request_exception=False)
        client.force_login(self.reader)
        found = {}
        for method, name, address in self._questions()[self.number % 2 :: 2]:  # the other half in the next world
            response = getattr(client, method)(address, follow=False)
            kept = {key: value for key, value in response.items() if key not in {"Content-Length", "ETag"}}
            body = CHANGING.sub(b"", response.getvalue())
            found[f"{method} {name}"] = b"%d %r " % (response.status_code, sorted(kept.items())) + body
        for packet in Packet.objects.filter(application=self.application):
            for name in ("packet", "packet_download"):
                response = client.get(reverse(name, args=[packet.pk]))
                assert response.status_code in {403, 404}, name
                assert PLANTED.encode() not in response.getvalue()
        return found

    def _questions(self) -> list[tuple[str, str, str]]:
        debrief, opening = [self.application.pk], [self.opening.pk]
        asked = [
            ("get", name, reverse(name))
            for name in ("home", "candidate_list", "opening_list", "audit_trail", "audit_export")
        ]
        asked += [("get", name, reverse(name, args=opening)) for name in ("opening", "finalists", "batch_new")]
        asked += [
            ("get", name, reverse(name, args=debrief))
            for name in ("application", "debrief", "debrief_summary", "debrief_news", "packet_preview", "override")
        ]
        asked += [
            ("post", name, reverse(name, args=debrief))
            for name in ("packet_request", "decide", "debrief_note", "debrief_open", "debrief_reopen")
        ]
        for panelist in self.panelists:
            pages = ("scorecard", "scorecard_compare") if panelist.user_id != self.reader.pk else OWN
            asked += [("get", f"{name} {panelist.pk}", reverse(name, args=[panelist.pk])) for name in pages]
        asked += [
            ("get", f"interview_edit {row.pk}", reverse("interview_edit", args=[row.pk])) for row in self.interviews
        ]
        return asked


OWN = ("scorecard", "scorecard_draft", "scorecard_hints", "scorecard_compare", "scorecard_amend", "scorecard_decline")


@pytest.mark.parametrize("shard", range(SHARDS))
def test_two_judgements_of_others_look_the_same_to_whoever_owes_one(world, shard, own_folder):
    number = iter(range(WORLDS * 10))
    counted: Counter[str] = Counter()

    @seed(shard)
    @settings(max_examples=WORLDS, database=None, suppress_health_check=list(HealthCheck))
    @given(made=worlds)
    def checked(made) -> None:
        with transaction.atomic():
            one, other = two_looks(Drawn(next(number), world.published, made))
            transaction.set_rollback(True)
        assert [name for name in one if one[name] != other[name]] == []
        assert [name for name in one if PLANTED.encode() in one[name]] == []
        assert not [message for message in mail.outbox if PLANTED in message.body]
        counted.update(worlds=1, requests=len(one) + len(other))

    with transaction.atomic():
        checked()
        transaction.set_rollback(True)

    print(dict(counted))
    assert counted["worlds"] >= WORLDS
    assert counted["requests"] > counted["worlds"] * 20


def test_whoever_owes_nothing_does_see_the_difference(world, own_folder):
    """The comparison above finds what it looks for: the same world, its reader's scorecard submitted."""
    reader = {"roles": {"is_recruiter"}, "member": "recruiter", "shadow": False, "second": False}
    judgement = {"states": ["submitted"] * 3, "scores": [1] * 3, "recommendation": "no"}
    one = judgement | {"meets": False, "decides": False, "packet": False}
    made = {
        "confidential": False,
        "anonymous": False,
        "reader": reader,
        "reader_state": "submitted",
        "others": [reader],
        "judgements": (one, one | {"states": ["draft"] * 3}),
    }
    with transaction.atomic():
        for number, name in enumerate(["get application", "get debrief"]):
            seen, other = two_looks(Drawn(number, world.published, made))
            assert seen[name] != other[name]
        assert PLANTED.encode() in seen[name]
        transaction.set_rollback(True)


def two_looks(drawn: Drawn) -> list[dict[str, bytes]]:
    """What the reader is answered after each of the two judgements, each of which is taken back."""
    seen = []
    for judgement in drawn.made["judgements"]:
        with transaction.atomic():
            drawn.judged(judgement)
            seen.append(drawn.answers())
            transaction.set_rollback(True)
    return seen


@pytest.fixture
def own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
