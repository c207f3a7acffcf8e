"""Every page that lists rows takes as many queries for three rows as for one; the table names them all.

How many at most stands beside a page where it matters, without the savepoints of a request.
"""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.listing import Listed
from accounts.models import User
from audit.services import record
from candidates.models import Application, CandidateImport, Interview, Opening, Panelist, Round
from candidates.services import add_candidate, add_member, create_opening, plan_interview, save_round
from debriefs import meetings
from debriefs.models import Decision
from files.services import add_link, add_note
from notices.models import ChatMessage, Mail, Notice, Webhook
from packets.batches import request_batch
from packets.life import request_packet
from packets.models import Packet, PacketBatch
from privacy.legal_holds import impose_hold, lift_hold
from rubrics.models import Dimension, Rubric, RubricVersion
from rubrics.services import fork_version, publish_version, start_rubric
from scorecards import drafts, guests, services
from scorecards.import_files import read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import store
from scorecards.models import Rating
from tests.architecture.test_permissions import ROWS, names
from tests.queries import same_queries
from tests.rubrics.drafting import add_dimension, reword


@dataclass
class House:
    """The sample, and ways to make one more row of everything; each returns words that a page shows of the row."""

    number: Iterator[int] = field(default_factory=lambda: count(1))

    def user(self, name: str) -> User:
        return User.objects.get(email=f"{name}@example.com")

    def notice(self) -> str:
        title = f"Notice {next(self.number)}"
        Notice.objects.create(receiver=self.user("admin"), kind="added", title=title)
        return title

    def mail(self) -> str:
        subject = f"Mail {next(self.number)}"
        Mail.objects.create(receiver=self.user("manager"), kind="added", subject=subject)
        return subject

    @property
    def opening(self) -> Opening:
        return Opening.objects.get(title="Platform Reliability Engineer")

    @property
    def scored(self) -> Application:
        return self.opening.applications.get(candidate__email="elias.okafor@example.org")

    @property
    def fresh(self) -> Application:
        return self.opening.applications.get(candidate__email="noor.haddad@example.org")

    @property
    def panelist(self) -> Panelist:
        """That of the first interviewer, who has submitted."""
        return Panelist.objects.select_related("user").get(
            interview__application=self.scored, user__email="interviewer@example.com"
        )

    @property
    def draft(self) -> RubricVersion:
        found = RubricVersion.objects.filter(state="draft").first()
        published = self.opening.rubric_version
        return found or fork_version(RubricVersion.objects.get(pk=published.pk), by=self.user("recruiter"))

    @property
    def batch(self) -> PacketBatch:
        found = PacketBatch.objects.first()
        chosen = [self.scored.pk]
        return found or request_batch(self.opening, applications=chosen, profile="full", by=self.user("manager"))

    def named(self, kind: str) -> str:
        return f"{kind} Numbered {next(self.number):03}"

    # --- openings, candidates ---
    def colleague(self) -> str:
        name = self.named("Colleague")
        User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.com", name=name)
        return name

    def an_opening(self) -> str:
        name = self.named("Opening")
        version, manager = self.opening.rubric_version, self.user("manager")
        create_opening(name, rubric_version=version, hiring_managers=[manager], by=self.user("recruiter"))
        return name

    def member(self) -> str:
        name = self.colleague()
        add_member(self.opening, User.objects.get(name=name), role="recruiter", by=self.user("recruiter"))
        return name

    def usual(self) -> str:
        name = self.colleague()
        self.opening.rounds.first().panel.add(User.objects.get(name=name))
        return name

    def round(self) -> str:
        name, opening = self.named("Round"), self.opening
        dimensions = opening.rubric_version.dimensions.all()
        unsaved = Round(opening=opening, order=opening.rounds.count() + 1, name=name)
        save_round(unsaved, dimensions=dimensions, by=self.user("recruiter"))
        return name

    def candidate(self) -> str:
        name = self.named("Candidate")
        email = f"{name.lower().replace(' ', '.')}@example.org"
        add_candidate(self.opening, name=name, email=email, by=self.user("recruiter"))
        return name

    def held_round(self) -> str:
        """One more round that is held with the candidate who has scorecards."""
        name, begun = self.round(), timezone.now()
        round_ = self.opening.rounds.get(name=name)
        Interview.objects.create(application=self.scored, round=round_, starts_at=begun, due_at=begun)
        return name

    def candidate_to_plan(self) -> str:
        """One more candidate without an interview, in an opening whose rounds have usual interviewers."""
        for round_ in self.opening.rounds.all():
            round_.panel.set([self.user("interviewer"), self.user("interviewer2")])
        return self.candidate()

    @property
    def brought(self) -> CandidateImport:
        """A list that was brought into the opening, without any candidates yet."""
        found = CandidateImport.objects.first()
        by = self.user("recruiter")
        return found or CandidateImport.objects.create(opening=self.opening, by=by, rows=0, added=0, joined=0)

    def brought_along(self) -> str:
        """One more candidate of that list."""
        name = self.candidate()
        Application.objects.filter(candidate__name=name).update(brought_by=self.brought)
        return name

    def bring(self) -> str:
        """One more list."""
        by = self.user("recruiter")
        brought = CandidateImport.objects.create(opening=self.opening, by=by, rows=0, added=0, joined=0)
        return reverse("candidate_import", args=[brought.pk])

    # --- interviews, scorecards ---
    def plan(self, application: Application, lead: User, *, shadow: User | None = None, hours: int = 3) -> Interview:
        """One that began hours ago and whose scorecards are due two hours later."""
        begun = timezone.now() - timedelta(hours=hours)
        return plan_interview(
            application,
            round=application.opening.rounds.first(),
            starts_at=begun,
            due_at=begun + timedelta(hours=2),
            leads=[lead],
            shadows=[shadow] if shadow else [],
            by=self.user("recruiter"),
        )

    def planned(self) -> str:
        """One more candidate whom the first interviewer sees."""
        name = self.candidate()
        self.plan(Application.objects.get(candidate__name=name), self.user("interviewer"))
        return name

    def judged(self) -> str:
        """One more candidate with a finished scorecard."""
        name = self.candidate()
        self.hand_in(self.plan(Application.objects.get(candidate__name=name), self.user("interviewer")).panelists.get())
        return name

    def hand_in(self, panelist: Panelist) -> None:
        values = {"recommendation": "yes", "summary": f"Summary of {panelist.user.display_name}"}
        for dimension in panelist.interview.round.dimensions.all():
            values |= {f"score_{dimension.pk}": "4", f"evidence_{dimension.pk}": "Seen and heard"}
        card = drafts.save_draft(drafts.open_scorecard(panelist), values, edit=0, by=panelist.user)
        services.submit_scorecard(card, by=panelist.user)

    def card(self) -> str:
        """One more scorecard of the candidate who has some."""
        name = self.colleague()
        self.hand_in(self.plan(self.scored, User.objects.get(name=name)).panelists.get())
        return name

    def card_by_address(self) -> str:
        """The same, by its author's address."""
        return User.objects.get(name=self.card()).email

    def beside(self) -> str:
        """One more finished scorecard in the interview of the first interviewer, who shadows it."""
        name, interview = self.colleague(), self.shadowed.interview
        self.hand_in(Panelist.objects.create(interview=interview, user=User.objects.get(name=name)))
        return name

    @property
    def shadowed(self) -> Panelist:
        """A finished panelist of the second interviewer as shadow."""
        shadow = self.user("interviewer2")
        found = Panelist.objects.filter(user=shadow, role=Panelist.Role.SHADOW).first()
        if found:
            return found
        for panelist in Panelist.objects.filter(interview__application=self.scored, scorecard__isnull=True):
            self.hand_in(panelist)
        lead = User.objects.get(name=self.colleague())
        for panelist in self.plan(self.scored, lead, shadow=shadow).panelists.all():
            self.hand_in(panelist)
        return Panelist.objects.get(user=shadow, role=Panelist.Role.SHADOW)

    @property
    def unwritten(self) -> Panelist:
        """The second interviewer's panelist with a candidate about whom nobody has written."""
        found = Panelist.objects.select_related("user", "interview__round")
        return found.get(interview__application=self.fresh, user__email="interviewer2@example.com")

    @property
    def owed(self) -> Panelist:
        """The second interviewer's panelist with the candidate who has some scorecards."""
        return Panelist.objects.get(interview__application=self.scored, user__email="interviewer2@example.com")

    def written(self) -> str:
        """Evidence on one more dimension of that panelist's draft."""
        card, panelist = drafts.open_scorecard(self.unwritten), self.unwritten
        dimension = panelist.interview.round.dimensions.all()[Rating.objects.filter(scorecard=card).count()]
        drafts.save_draft(card, {f"evidence_{dimension.pk}": "Seen"}, edit=card.edit, by=panelist.user)
        return dimension.name

    @property
    def after(self) -> Panelist:
        """A panelist of the second interviewer after all others with the candidate."""
        panelists = Panelist.objects.filter(interview__application=self.fresh, user=self.user("interviewer2"))
        if panelists.count() == 1:
            self.plan(self.fresh, self.user("interviewer2"), hours=0)
        return panelists.latest("pk")

    def handoff(self) -> str:
        words = self.named("Handed on")
        panelist = Panelist.objects.get(interview__application=self.fresh, user__email="interviewer@example.com")
        services.leave_note(panelist, kind="covered", text=words, by=panelist.user)
        return words

    def external(self) -> str:
        name = self.named("External")
        guests.add_guest(
            self.panelist.interview,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@example.net",
            role="lead",
            by=self.user("recruiter"),
            link=lambda key: key,
        )
        return name

    # --- rubrics ---
    def rubric(self) -> str:
        title = self.named("Rubric")
        RubricVersion.objects.create(
            rubric=Rubric.objects.create(slug=title.lower().replace(" ", "-"), title=title), number=1
        )
        return title

    def dimension(self) -> str:
        name = self.named("Dimension")
        add_dimension(self.draft, name=name, level_3="Does it", by=self.user("recruiter"))
        return name

    def renamed(self) -> str:
        name = self.named("Dimension")
        dimension = Dimension.objects.filter(version=self.draft).exclude(name__startswith="Dimension Numbered").first()
        assert dimension
        reword(dimension, name=name, by=self.user("recruiter"))
        return name

    def published_part(self) -> str:
        name, by = self.named("Dimension"), self.user("recruiter")
        draft = start_rubric(self.named("Role"), language="en", by=by)
        add_dimension(draft, name=name, level_3="Does it", by=by)
        publish_version(draft, by=by)
        return name

    # --- debriefs ---
    def note(self) -> str:
        words, manager = self.named("Noted"), self.user("manager")
        meetings.open_debrief(self.scored, by=manager)
        meetings.add_note(self.scored, text=words, kind="note", dimension=None, by=manager)
        return words

    def attendee(self) -> str:
        name, manager = self.named("Attending"), self.user("manager")
        meetings.open_debrief(self.scored, by=manager)
        meetings.note_attendance(self.scored, users=[], names=[name], by=manager)
        return name

    def decision(self) -> str:
        """One more decision, each with another outcome."""
        manager, outcome = self.user("manager"), Decision.Outcome.choices[self.scored.decisions.count()]
        if self.scored.decisions.current().exists():
            meetings.reopen_debrief(self.scored, reason="There is news", by=manager)
        meetings.record_decision(self.scored, outcome=outcome[0], rationale="Says enough", by=manager)
        return str(outcome[1])

    def override(self) -> str:
        name = self.colleague()
        colleague = User.objects.get(name=name)
        self.plan(self.scored, colleague)
        services.grant_override(self.scored, colleague, reason="Builds on it", by=self.user("recruiter"))
        return name

    # --- packets, privacy, trail ---
    def packet(self) -> str:
        """One more packet of the manager's, of a candidate of its own."""
        name = self.judged()
        application = Application.objects.get(candidate__name=name)
        request_packet(application.pk, profile="full", by=self.user("manager"))
        return name

    def own_packet(self) -> str:
        """One more packet of one candidate: the same profile after a further scorecard."""
        self.card()
        found = request_packet(self.scored.pk, profile="full", by=self.user("manager"))
        return reverse("packet", args=[found.pk])

    def a_batch(self) -> str:
        application = Application.objects.get(candidate__name=self.judged())
        found = request_batch(self.opening, applications=[application.pk], profile="full", by=self.user("manager"))
        return reverse("batch", args=[found.pk])

    def item(self) -> str:
        """One more candidate in the batch."""
        name = self.packet()
        packet = Packet.objects.get(application__candidate__name=name)
        self.batch.items.create(application=packet.application, packet=packet)
        return name

    def material(self) -> str:
        words = self.named("Link")
        address = f"https://example.org/{next(self.number)}"
        add_link(self.scored, url=address, name=words, purpose="work_sample", by=self.user("recruiter"))
        return words

    def candidate_note(self) -> str:
        words = self.named("Fact")
        add_note(self.scored, text=words, by=self.user("recruiter"))
        return words

    def scorecard_import(self) -> str:
        """One more import of a scorecard by the recruiter, and the way to it."""
        version, number = self.opening.rubric_version, next(self.number)
        rating = [f"import-{number}", "Ada Byron", "ada@example.net", "On site", f"author{number}@example.net"]
        said = [version.dimensions.first().key, "4", "", "Saw it", "yes", "2024-05-06T10:00:00Z"]
        data = ",".join(CARD_COLUMNS) + "\n" + ",".join([*rating, *said])
        done = store(read(data.encode()), rubric_version=version, by=self.user("recruiter"))
        return reverse("scorecard_import", args=[done.source.pk])

    def hold(self) -> str:
        name = self.candidate()
        candidate = Application.objects.get(candidate__name=name).candidate
        impose_hold(candidate, reason="Case 12", by=self.user("recruiter"))
        return name

    def past_hold(self) -> str:
        words, candidate = self.named("Case"), self.scored.candidate
        impose_hold(candidate, reason=words, by=self.user("recruiter"))
        lift_hold(candidate, by=self.user("recruiter"))
        return words

    def applied(self) -> str:
        """One more opening that a candidate without scorecards applies to."""
        name, candidate = self.an_opening(), self.fresh.candidate
        opening = Opening.objects.get(title=name)
        add_candidate(opening, name=candidate.name, email=candidate.email, by=self.user("recruiter"))
        return name

    def applied_too(self) -> str:
        """One more opening that the scored candidate applies to."""
        name, candidate = self.an_opening(), self.scored.candidate
        opening = Opening.objects.get(title=name)
        add_candidate(opening, name=candidate.name, email=candidate.email, by=self.user("recruiter"))
        return name

    def told(self, opening: int | None = None) -> str:
        """One more message that the installation's webhook, or that of an opening, has told."""
        words, place = self.named("Told"), {"opening_id": opening, "made_by": self.user("admin")}
        hook, _ = Webhook.objects.get_or_create(address="https://chat.example.com/1", **place)
        ChatMessage.objects.create(webhook=hook, kind="tried", title=words)
        return words

    def told_of_opening(self) -> str:
        return self.told(self.opening.pk)

    def event(self) -> str:
        words = self.named("Detail")
        record("user.created", by=self.user("admin"), subject=self.user("manager"), words=words)
        return words


@pytest.fixture
def house(sample: None) -> House:
    cache.clear()  # how often an address asked for links is counted there
    return House()


@dataclass(frozen=True)
class Rows:
    """`more` makes one more row of the page `name`, as `reader` sees it at the address of `of`."""

    name: str
    reader: str
    more: Callable[[House], str]
    of: Callable[[House], Any] | None = None
    most: int = 25
    query: str = ""
    kind: str = ""
    part: str = ""
    walked: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.reader} {self.more.__name__}"

    def url(self, house: House) -> str:
        parts: list[object] = [self.part] if self.part else []
        if self.of:
            parts.append(self.of(house).pk)
        if self.kind:
            parts.append(self.kind)
        path = reverse(self.name, args=parts)
        return f"{path}?{self.query}" if self.query else path


def of_opening(house: House) -> Opening:
    return house.opening


def of_scored(house: House) -> Application:
    return house.scored


def of_unwritten(house: House) -> Panelist:
    return house.unwritten


LISTS = [
    Rows("home", "interviewer", House.planned, most=12),
    Rows("home", "recruiter", House.planned, most=12),
    Rows("home", "recruiter", House.judged, most=12),
    Rows("home", "manager", House.judged, most=12),
    Rows("home", "manager", House.packet, most=12),
    Rows("my_interviews", "interviewer", House.planned, most=12, walked=True),
    Rows("chase", "recruiter", House.planned, most=12, walked=True),
    Rows("waiting", "manager", House.judged, most=12, part="ready", walked=True),
    Rows("waiting", "manager", House.packet, most=12, part="packets", walked=True),
    Rows("waiting", "recruiter", House.planned, most=12, part="underway", walked=True),
    Rows("rubric_list", "recruiter", House.rubric, most=12, walked=True),
    Rows("rubric_library", "recruiter", House.published_part),
    Rows("rubric_version", "recruiter", House.dimension, lambda house: house.draft),
    Rows("rubric_version", "recruiter", House.an_opening, lambda house: house.opening.rubric_version, walked=True),
    Rows("rubric_edit", "recruiter", House.dimension, lambda house: house.draft),
    Rows("rubric_publish", "recruiter", House.dimension, lambda house: house.draft),
    Rows("rubric_publish", "recruiter", House.an_opening, lambda house: house.draft, walked=True),
    Rows("rubric_compare", "recruiter", House.dimension, lambda house: house.draft),
    Rows("rubric_changes", "recruiter", House.renamed, lambda house: house.draft),
    Rows("opening_list", "recruiter", House.an_opening, most=12, walked=True),
    Rows("opening", "recruiter", House.candidate, of_opening, most=12, walked=True),
    Rows("opening", "manager", House.judged, of_opening, most=12),
    Rows("opening_plan", "recruiter", House.round, of_opening, most=12),
    Rows("opening_people", "recruiter", House.member, of_opening, most=12),
    Rows("opening_people", "recruiter", House.usual, of_opening, most=12),
    Rows("member_new", "recruiter", House.colleague, of_opening),
    Rows("loop_plan", "recruiter", House.candidate_to_plan, of_opening, most=20),
    Rows("candidate_list", "recruiter", House.candidate, most=12, walked=True),
    Rows("candidate_list", "recruiter", House.applied, most=12),
    Rows("candidate_list", "recruiter", House.planned, query="late=yes", most=12),
    Rows("candidate_list", "recruiter", House.candidate, query="step=plan", most=12),
    Rows("search", "recruiter", House.candidate, query="q=numbered", most=12),
    Rows("candidate_import", "recruiter", House.brought_along, lambda house: house.brought, walked=True),
    Rows("candidate_import_new", "recruiter", House.bring, of_opening, walked=True),
    Rows("application", "recruiter", House.card, of_scored, most=23),
    Rows("application", "manager", House.card, of_scored, most=18),
    Rows("application", "recruiter", House.override, of_scored, most=23),
    Rows("application", "manager", House.own_packet, of_scored, most=18),
    Rows("application", "recruiter", House.applied_too, of_scored, most=23),
    Rows("application_timeline", "recruiter", House.card, of_scored, most=12, walked=True),
    Rows("application", "manager", House.material, of_scored, most=18),
    Rows("application_files", "recruiter", House.material, of_scored, most=12),
    Rows("application_files", "recruiter", House.candidate_note, of_scored, most=12),
    Rows("scorecard", "interviewer2", House.material, lambda house: house.owed),
    Rows("application_coverage", "manager", House.held_round, of_scored, most=16),
    Rows("interview_new", "recruiter", House.colleague, of_scored),
    Rows("interview_edit", "recruiter", House.external, lambda house: house.panelist.interview),
    Rows("scorecard", "interviewer2", House.handoff, lambda house: house.after),
    Rows("scorecard_changes", "interviewer2", House.written, of_unwritten),
    Rows("scorecard_compare", "interviewer2", House.beside, lambda house: house.shadowed),
    Rows("finalists", "manager", House.judged, of_opening, walked=True),
    Rows("debrief", "manager", House.card, of_scored, most=13),
    Rows("debrief", "manager", House.note, of_scored, most=15),
    Rows("debrief", "manager", House.attendee, of_scored, most=15),
    Rows("debrief", "manager", House.decision, of_scored, most=13),
    Rows("debrief", "manager", House.own_packet, of_scored, most=13),
    Rows("debrief_summary", "manager", House.card, of_scored),
    Rows("decision_changes", "manager", House.decision, of_scored),
    Rows("packet_preview", "manager", House.card, of_scored),
    Rows("batch_new", "manager", House.judged, of_opening),
    Rows("batch_new", "manager", House.a_batch, of_opening, walked=True),
    Rows("batch", "manager", House.item, lambda house: house.batch, most=5),
    Rows("people", "admin", House.colleague, most=12, walked=True),
    Rows("scorecard_imports", "recruiter", House.scorecard_import, most=12, walked=True),
    Rows("webhooks", "admin", House.told, walked=True),
    Rows("opening_webhooks", "recruiter", House.told_of_opening, of_opening, walked=True),
    Rows("interviews_export", "interviewer", House.planned, kind="csv"),
    Rows("chase_export", "recruiter", House.planned, kind="csv"),
    Rows("waiting_export", "manager", House.judged, part="ready", kind="csv"),
    Rows("waiting_export", "manager", House.packet, part="packets", kind="csv"),
    Rows("rubrics_export", "recruiter", House.rubric, kind="csv"),
    Rows("retention_export", "recruiter", House.candidate, kind="csv"),
    Rows("people_export", "admin", House.colleague, kind="csv"),
    Rows("openings_export", "recruiter", House.an_opening, kind="csv"),
    Rows("candidates_export", "recruiter", House.candidate, kind="csv"),
    Rows("applications_export", "recruiter", House.candidate, of_opening, kind="csv"),
    Rows("scores_export", "recruiter", House.card_by_address, of_opening, kind="csv"),
    Rows("audit_trail", "admin", House.event, most=12),
    Rows("audit_export", "admin", House.event),
    Rows("retention_list", "recruiter", House.candidate, most=12, walked=True),
    Rows("retention_list", "admin", House.hold, most=12),
    Rows("notice_list", "admin", House.notice, most=10, walked=True),
    Rows("mail_list", "admin", House.mail, most=10, walked=True),
    Rows("subject_access", "recruiter", House.card, of_scored, most=43),
    Rows("candidate_erase", "recruiter", House.past_hold, of_scored),
]


@pytest.mark.parametrize("rows", LISTS, ids=str)
def test_list_takes_the_same_queries_for_one_row_and_for_three(house, rows):
    client = Client()
    client.force_login(house.user(rows.reader))
    url = rows.url(house)

    assert same_queries(client, url, lambda: rows.more(house)) <= rows.most
    if rows.name not in {each.name for each in LISTS if each.walked}:
        assert not _lists(client.get(url)), "a list that has pages is walked to its last row below"


# --- each leads to its last row ------------------------------------------------
WALKED = [rows for rows in LISTS if rows.walked]


@pytest.mark.parametrize("rows", WALKED, ids=str)
def test_a_list_leads_to_its_last_row_and_back(house, rows):
    """By pages of one row: each row once, and as many as the list says that it has."""
    client = Client()
    client.force_login(house.user(rows.reader))
    url = rows.url(house)
    words = [rows.more(house), rows.more(house)]

    forward, texts = _walk(client, url, "rows=1", "next")
    backward, _ = _walk(client, url, "rows=1&end=1", "previous")

    assert len(set(forward)) == len(forward) >= 2
    assert backward == forward[::-1]
    assert not [word for word in words if word not in texts]


def _walk(client: Client, url: str, query: str, way: str) -> tuple[list[int], str]:
    """The rows' keys, page by page, and what all pages say."""
    keys, texts = [], ""
    while query:
        response = client.get(f"{url}?{query}")
        [page] = {id(found): found for found in _lists(response)}.values()
        number = page.total - len(keys) if way == "previous" else len(keys) + 1
        assert (page.first, page.last) == (number, number)
        keys += [row.pk for row in page]
        texts += html.unescape(response.content.decode())
        query = getattr(page, way)
    assert len(keys) == page.total
    return keys, texts


def _lists(response: Any) -> list[Listed[Any]]:
    found: list[Listed[Any]] = []
    for context in response.context or []:
        found += [value for value in context.flatten().values() if isinstance(value, Listed)]
    return found


# --- none is missing ---------------------------------------------------------
FORM = "a form of one thing, and what it offers to choose from is one query"
FILE = "a file of one thing"
ONE = "one thing and no rows that grow"
NOT_A_LIST = {
    "account": ONE,
    "application_state": FORM,
    "application_states": "what was ticked, read in one query",
    "batch_archive": FILE,
    "batch_document": FILE,
    "blueprint_import": FORM,
    "blueprint_read": "one document",
    "chase_remind": "what was ticked, read in one query",
    "chase_due": "what was ticked, read in one query",
    "chase_release": "what was ticked, read in one query",
    "chase_cancel": "what was ticked, read in one query",
    "calendar_feed": "a file of a bounded number of interviews, read in two queries",
    "candidate_edit": FORM,
    "material_download": FILE,
    "panelist_file": FILE,
    "import_example": FILE,
    "opening_record": "an archive that is read application by application as it is sent",
    "scorecard_import": ONE,
    "candidate_new": FORM,
    "candidate_merge": "at most fifty like candidates, or twenty found, and what each has applied for",
    "opening_edit": FORM,
    "opening_copy": FORM,
    "opening_close": FORM,
    "panelist_release": FORM,
    "panelist_withdraw": FORM,
    "scorecard_withdraw": FORM,
    "guest_name": FORM,
    "person_address": FORM,
    "colleagues_found": "answers what is typed into a panel, in a bounded number of queries",
    "debrief_news": ONE,
    "guide": "a document",
    "guide_page": "a document",
    "guest": ONE,
    "guest_new": FORM,
    "invitation": FORM,
    "kit_blueprint": "one document",
    "panelist_kit": "one document",
    "round_kit": "one document",
    "mail_detail": ONE,
    "notice_settings": FORM,
    "opening_new": FORM,
    "opening_invite": FORM,
    "opening_retention": FORM,
    "opening_settings": ONE,
    "opening_owed": "what was ticked, read in one query",
    "opening_rubric": "what differs between two versions, read as `rubric_compare` reads it",
    "packet": ONE,
    "packet_download": FILE,
    "person": ONE,
    "re_rate": FORM,
    "reminders": FORM,
    "round_edit": FORM,
    "round_new": FORM,
    "rubric_copy": FORM,
    "rubric_draft": "answers one status",
    "rubric_new": FORM,
    "scorecard_amend": FORM,
    "scorecard_decline": FORM,
    "scorecard_draft": "answers one status",
    "scorecard_hints": "answers what the writer has just typed",
    "sign_in_rules": FORM,
    "word_list": FORM,
    "metrics": "a row for each part and periodic task that the product has",
    "status": "a row for each part and periodic task that the product has",
    "word_lists": "a row for each language that the product has",
}


def test_every_page_is_in_the_table_or_said_to_be_no_list():
    read = {row.name for row in ROWS if row.does.startswith("GET") and "200" in "".join(row.answers.values())}
    listed = {rows.name for rows in LISTS}

    assert read <= names(ours=True)
    assert listed & set(NOT_A_LIST) == set()
    assert listed | set(NOT_A_LIST) == read
