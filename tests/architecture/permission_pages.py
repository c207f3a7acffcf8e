"""The pages of docs/permissions.md: what the number in each address is, and what valid data for its POST look like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts.models import SavedView, User
from candidates.models import Application, CandidateImport, Interview, Opening, OpeningMember, Panelist, Round
from debriefs.models import Attendee
from files.models import CandidateNote, Material
from files.services import add_file, add_note
from notices.models import Mail, Notice, Webhook
from packets.models import Packet, PacketBatch
from rubrics.models import Dimension, RememberedReading, RubricVersion
from scorecards.import_files import read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import store
from scorecards.models import Scorecard, ScorecardImport

if TYPE_CHECKING:
    from tests.architecture.permission_world import World


@dataclass(frozen=True)
class Question:
    """Who asks for a page of which opening (`kind`: open or confidential), and in the tables' words `on` what.

    `does` is the method, with what a form's button adds to it.
    """

    world: "World"
    person: str
    on: str = ""
    kind: str = "open"
    does: str = "GET"


# --- what a number is: the row that it stands for, None where this person has none -----------------------------------
def opening(asked: Question) -> Opening:
    return asked.world.openings[asked.kind]


def candidate_import(asked: Question) -> CandidateImport:
    return opening(asked).imports.earliest("pk")


def notice(asked: Question) -> Notice:
    return Notice.objects.create(receiver=whose(asked), kind="added", title="You have a role", path=reverse("home"))


def saved_view(asked: Question) -> SavedView:
    user, name = whose(asked), f"View {SavedView.objects.count()}"
    return SavedView.objects.create(user=user, list_name="people", name=name, query="sort=-name")


def whose(asked: Question) -> User:
    """The asker, or somebody else; a stranger to all asks for anybody's."""
    users = asked.world.users
    if asked.on == "own" and asked.person in users:
        return users[asked.person]
    return User.objects.create_user(f"somebody-{User.objects.count()}@example.com")


def mail(asked: Question) -> Mail:
    return Mail.objects.create(kind="added", address="somebody@example.com", subject="A role", state="sent")


def waiting_mail(asked: Question) -> Mail:
    return Mail.objects.create(kind="added", address="somebody@example.com", subject="A role")


def webhook(asked: Question) -> Webhook:
    """The opening's, or with `on` the installation's."""
    place = None if asked.on else opening(asked).pk
    return Webhook.objects.create(opening_id=place, address="https://hooks.example.com/1", made_by=User.objects.first())


def first_round(asked: Question) -> Round:
    return asked.world.rounds[asked.kind][0]


def round_again(asked: Question) -> list[str]:
    """The tick of whoever plans a round that the application has already."""
    return [f"again-{first_round(asked).pk}"]


def application(asked: Question) -> Application:
    return asked.world.applications[asked.kind]


def first_interview(asked: Question) -> Interview:
    return application(asked).interviews.earliest("pk")


def panelist(asked: Question) -> Panelist | None:
    """The asker's own, or that of somebody else who has submitted."""
    if "another's" not in asked.on:
        return own_panelist(asked)
    other = "let in" if asked.person == "submitted" else "submitted"
    return asked.world.panelists[asked.kind, other][0]


def own_panelist(asked: Question) -> Panelist | None:
    """The asker's last one with the application."""
    own = asked.world.panelists.get((asked.kind, asked.person), [])
    return own[-1] if own else None


def scorecard(asked: Question) -> Scorecard | None:
    return Scorecard.objects.filter(panelist=panelist(asked)).first()


def guest_panelist(asked: Question) -> Panelist:
    """The external interviewer's who still owes a scorecard."""
    return asked.world.panelists[asked.kind, "guest owing"][0]


def guest_address(asked: Question) -> str:
    """Theirs as it is: they interview in both openings, and only who runs all of that changes it."""
    return guest_panelist(asked).user.email


def finished_guest(asked: Question) -> Panelist:
    """The external interviewer's who has submitted: whoever runs the opening withdraws for them."""
    return asked.world.panelists[asked.kind, "guest submitted"][0]


def external_interview(asked: Question) -> Interview:
    return guest_panelist(asked).interview


def other_candidate(asked: Question) -> int:
    """Nobody: whoever may merge is told that there is no such candidate."""
    return 0


def first_member(asked: Question) -> OpeningMember:
    return opening(asked).members.earliest("pk")


def attendee(asked: Question) -> Attendee | int:
    """Whoever attended the meeting; a number that nobody has before the meeting."""
    return Attendee.objects.filter(meeting__application=application(asked)).first() or 0


def material(asked: Question) -> Material:
    """A file of the application."""
    found = application(asked).materials.first()
    if found is None:
        found = add_file(application(asked), a_file(asked), purpose="resume", by=hiring_manager(asked))
    return found


def candidate_note(asked: Question) -> CandidateNote:
    """One that the hiring manager wrote."""
    found = application(asked).candidate_notes.first()
    return found or add_note(application(asked), text="Free from March", by=hiring_manager(asked))


def packet(asked: Question) -> Packet:
    return asked.world.packets[asked.kind, asked.on]


def batch(asked: Question) -> PacketBatch:
    return asked.world.batches[asked.kind, asked.on]


def person(asked: Question) -> User:
    return asked.world.users["stranger"]


def version(asked: Question) -> RubricVersion:
    return asked.world.draft if asked.on == "draft" else asked.world.published


def dimension(asked: Question) -> Dimension:
    return version(asked).dimensions.all()[0]


def dimension_key(asked: Question) -> str:
    return dimension(asked).key


def remembered(asked: Question) -> RememberedReading:
    """What the recruiter told of a shape of documents."""
    told = {"directions": {"blocks": {"0": "nothing"}, "columns": {}}, "told_at": timezone.now()}
    told["told_by"] = asked.world.users["recruiter"]
    return RememberedReading.objects.get_or_create(fingerprint="0" * 64, defaults=told)[0]


def csv_file(asked: Question) -> str:
    return "csv"


def list_of_home(asked: Question) -> str:
    return "ready"


def page_of_guide(asked: Question) -> str:
    return "recruiters"


def language(asked: Question) -> str:
    return "en"


def link(asked: Question) -> str | None:
    """The key of the link that `on` names; no link has none."""
    return asked.world.keys.get(asked.on)


# What each of the two openings has of its own, so that its pages are asked in both.
OF_AN_OPENING = {
    opening,
    webhook,
    candidate_import,
    first_round,
    application,
    first_interview,
    panelist,
    scorecard,
    guest_panelist,
    external_interview,
    attendee,
    packet,
    batch,
    material,
    candidate_note,
}


# --- what is chosen in a form ----------------------------------------------------------------------------------------
def tomorrow(asked: Question) -> str:
    return f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"


def published(asked: Question) -> RubricVersion:
    return asked.world.published


def two_dimensions(asked: Question) -> list[Dimension]:
    return list(asked.world.published.dimensions.all()[:2])


def hiring_manager(asked: Question) -> User:
    return asked.world.users["hiring manager"]


def owing(asked: Question) -> User:
    return asked.world.users["owing"]


def candidates_address(asked: Question) -> str:
    return asked.world.users["candidate"].email


def all_interviewers(asked: Question) -> list[int]:
    return [row.user_id for row in first_interview(asked).panelists.all()]


def blueprint(asked: Question) -> SimpleUploadedFile:
    return SimpleUploadedFile("copy.json", asked.world.blueprint)


def scorecards_file(asked: Question) -> SimpleUploadedFile:
    """One imported scorecard, as a CSV."""
    rating = ["imported", "Ada Byron", "ada@example.net", "On site", "author@example.net", dimension_key(asked)]
    said = ["4", "", "Saw it", "yes", "2024-05-06T10:00:00Z"]
    lines = [",".join(CARD_COLUMNS), ",".join([*rating, *said])]
    return SimpleUploadedFile("scorecards.csv", "\n".join(lines).encode())


def scorecard_import(asked: Question) -> ScorecardImport:
    """One of the recruiter's."""
    found = ScorecardImport.objects.first()
    if found is None:
        reading = read(scorecards_file(asked).read())
        found = store(reading, rubric_version=asked.world.published, by=asked.world.users["recruiter"]).source
        assert found
    return found


def a_file(asked: Question) -> SimpleUploadedFile:
    return SimpleUploadedFile("resume.pdf", b"%PDF-1.7 made up %%EOF")


def weight_of_a_dimension(asked: Question) -> dict[str, Any]:
    return {f"dimension_{asked.world.draft.dimensions.all()[0].pk}_weight": "20", "edit": "0"}


def complete_scorecard(asked: Question) -> dict[str, Any]:
    own = own_panelist(asked)
    sent = asked.world.filled(own) if own else {}
    return sent | {"edit": "0"} | ({"submit": "1"} if asked.does == "POST submit" else {})


def amended_scorecard(asked: Question) -> dict[str, Any]:
    own = own_panelist(asked)
    sent = asked.world.filled(own, "amended") if own else {}
    return sent | {"edit": "0", "why": "A second thought"}


# --- the table -------------------------------------------------------------------------------------------------------
Part = Callable[[Question], Any]
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """`parts` are what varies in its address, in their order, and `key` is what follows as `?key=`.

    `sends` is valid data for a POST: a function in it is asked, and a row stands for its number.
    """

    name: str
    parts: tuple[Part, ...] = ()
    key: Part | None = None
    sends: Data | Callable[[Question], Data] = field(default_factory=dict)

    @property
    def is_of_an_opening(self) -> bool:
        return not OF_AN_OPENING.isdisjoint(self.parts)

    def address(self, asked: Question) -> str | None:
        """The path with its query; None where this person has no such object."""
        parts = [_plain(part, asked) for part in self.parts]
        if None in parts:
            return None
        path = reverse(self.name, args=parts)
        key = self.key(asked) if self.key else None
        return f"{path}?key={key}" if key else path

    def data(self, asked: Question) -> dict[str, Any]:
        sends = self.sends(asked) if callable(self.sends) else self.sends
        return {name: _plain(value, asked) for name, value in sends.items()}


def _plain(value: Any, asked: Question) -> Any:
    """What a browser sends: texts, numbers, lists of them, and files."""
    if callable(value):
        return _plain(value(asked), asked)
    if isinstance(value, list):
        return [_plain(each, asked) for each in value]
    return value.pk if isinstance(value, Model) else value


def page(
    name: str, *parts: Part, key: Part | None = None, sends: Data | Callable[[Question], Data] | None = None
) -> Page:
    return Page(name, parts, key, sends or {})


TABLE = [
    # accounts
    page("account"),
    page(
        "invitation",
        key=link,
        sends={"name": "Newly Come", "password": "a long pass phrase"},
    ),
    page("setup"),
    page("people", sends={"name": "New", "email": "new@example.com"}),
    page("person", person, sends={"name": "Renamed", "is_active": "on"}),
    page("person_address", person, sends={"email": "moved@example.net"}),
    page("factors_remove", person),
    page("invite", person),
    page("invitation_revoke", person),
    page("sign_in_rules"),
    page("view_save", sends={"list": "people", "path": "/people/", "name": "By name", "query": "sort=-name"}),
    page("view_remove", saved_view),
    # notices
    page("notice_list"),
    page("notice_open", notice),
    page("notices_read"),
    page(
        "notice_settings",
        sends={"time_zone": "Europe/Paris", "quiet_from": "19:00", "quiet_until": "08:00", "quiet_days": ["6"]},
    ),
    page("feed_make", sends={"with_names": "on"}),
    page("feed_end"),
    page("calendar_feed", key=link),
    page("mail_list"),
    page("mail_detail", mail),
    page("mail_again", mail),
    page("mail_stop", waiting_mail),
    # rubrics
    page("rubric_list"),
    page("blueprint_import", sends={"file": blueprint}),
    page("reading_forget", remembered),
    page("rubric_version", version),
    page("rubric_changes", version),
    page("rubric_publish", version, sends={"sure": "on"}),
    page("rubric_fork", version),
    page("rubric_discard", version),
    page("blueprint_read", version),
    page("rubric_new", sends={"title": "Another role", "language": "en"}),
    page("rubric_copy", version, sends={"title": "A copied role"}),
    page("rubric_edit", version, sends=weight_of_a_dimension),
    page("rubric_draft", version, sends=weight_of_a_dimension),
    page("rubric_compare", version),
    page("rubric_library"),
    page("library_copy", version, sends={"source": "starter:en:delegation"}),
    # candidates
    page("opening_list"),
    page("opening_new", sends={"title": "Another", "rubric_version": published, "hiring_managers": [hiring_manager]}),
    page("opening", opening),
    page("opening_plan", opening),
    page("opening_people", opening),
    page("opening_settings", opening),
    page("opening_edit", opening, sends={"title": "Renamed", "meant": ["confidential-True", "confidential-False"]}),
    page("opening_close", opening, sends={"outcome": "filled"}),
    page("opening_open_again", opening),
    page("opening_copy", opening, sends={"title": "Copied"}),
    page("opening_remove", opening),
    page("member_remove", opening, first_member),
    page("application_remove", application),
    page(
        "reminders",
        opening,
        sends={"before_hours": 1, "every_hours": 12, "times": 2, "recruiter_hours": 24, "manager_hours": 0},
    ),
    page("opening_invite", opening, sends={"people": "nora.new@example.com", "role": "hiring_manager"}),
    page("opening_webhooks", opening, sends={"address": "https://hooks.example.com/1", "form": "slack"}),
    page("webhooks", sends={"address": "https://hooks.example.com/1", "form": "slack"}),
    page("webhook_try", webhook),
    page("webhook_remove", webhook),
    page("member_new", opening, sends={"user": person, "role": "recruiter"}),
    page("round_new", opening, sends={"order": 3, "name": "Another", "minutes": 45, "dimensions": two_dimensions}),
    page("round_kit", first_round),
    page("round_edit", first_round, sends={"order": 1, "name": "Renamed", "minutes": 45, "dimensions": two_dimensions}),
    page("round_remove", first_round),
    page("candidate_list"),
    page("candidate_new", opening, sends={"name": "Another One", "email": "another@example.org"}),
    page("candidate_import_new", opening, sends={"pasted": "Another One <another@example.org>"}),
    page("candidate_import", candidate_import),
    page("candidate_import_undo", candidate_import),
    page(
        "loop_plan",
        opening,
        sends={
            "application": [application],
            "act": "plan",
            "first_day": "2031-03-03",
            "begin": "09:00",
            "end": "17:00",
            "zone": "UTC",
            "gap": 15,
            "hours_to_score": 24,
        },
    ),
    page(
        "application_states",
        opening,
        sends={"application": [application], "state": "withdrawn", "reason": "Wrote an e-mail"},
    ),
    page(
        "opening_owed",
        opening,
        sends={"application": [application], "panelist": [guest_panelist], "reason": "Fell ill"},
    ),
    page("colleagues_found", opening),
    page("candidate_merge", application, sends={"goes": other_candidate}),
    page("candidate_edit", application, sends={"name": "Somebody Renamed", "email": candidates_address}),
    page(
        "interview_new",
        application,
        sends={
            "round": first_round,
            "starts_at": tomorrow,
            "hours_to_score": 24,
            "leads": [person],
            "meant": round_again,
        },
    ),
    # scorecards
    page("scorecard_imports", sends={"file": scorecards_file, "rubric_version": published}),
    page("import_example"),
    page("scorecard_import", scorecard_import),
    page("scorecard_import_undo", scorecard_import),
    page("word_lists", sends={"text": "One sentence"}),
    page("word_list", language, sends={"words": "one\nanother"}),
    page("opening_rubric", opening),
    page("override", application, sends={"user": owing, "reason": "Builds on the first round"}),
    page(
        "interview_edit",
        first_interview,
        sends={"starts_at": tomorrow, "hours_to_score": 24, "leads": all_interviewers},
    ),
    page("interview_cancel", first_interview),
    page("panelist_release", external_interview, guest_panelist, sends={"reason": "Fell ill"}),
    page("panelist_withdraw", external_interview, finished_guest, sends={"reason": "Another candidate"}),
    page(
        "guest_new",
        external_interview,
        sends={"name": "Somebody Outside", "email": "outside@example.org", "role": "lead"},
    ),
    page(
        "guest_name",
        external_interview,
        guest_panelist,
        sends={"name": "Spelled Right", "email": guest_address},
    ),
    page("guest_renew", external_interview, guest_panelist),
    page("guest_revoke", external_interview, guest_panelist),
    page("guest", key=link),
    page("guest_leave"),
    page("scorecard", panelist, sends=complete_scorecard),
    page("scorecard_draft", panelist, sends={"summary": "Changed", "edit": "0"}),
    page("scorecard_hints", panelist, sends={"hint": "0123456789abcdef"}),
    page("scorecard_changes", panelist),
    page("handoff", panelist, sends={"kind": "covered", "text": "Went through the outage"}),
    page("scorecard_compare", panelist),
    page("scorecard_amend", panelist, sends=amended_scorecard),
    page("scorecard_decline", panelist, sends={"decline_reason": "Was ill"}),
    page("scorecard_withdraw", panelist, sends={"reason": "Another candidate"}),
    page("decline_take_back", panelist),
    page("kit_blueprint", panelist),
    page("panelist_kit", panelist),
    # debriefs
    page("finalists", opening),
    page("debrief", application),
    page("debrief_summary", application),
    page("decision_changes", application),
    page("debrief_news", application),
    page("debrief_open", application),
    page("debrief_note", application, sends={"kind": "note", "text": "We talked about it"}),
    page("debrief_attendance", application, sends={"names": "A guest"}),
    page("attendee_remove", application, attendee),
    page(
        "re_rate",
        application,
        scorecard,
        dimension_key,
        sends={"answer": "5", "kind": "reread", "reason": "I had overlooked a passage"},
    ),
    page("decide", application, sends={"outcome": "hold", "rationale": "More evidence is needed"}),
    page("debrief_reopen", application, sends={"reason": "There is news"}),
    # packets
    page("packet_request", application, sends={"profile": "full"}),
    page("packet_preview", application),
    page("packet", packet),
    page("packet_retry", packet),
    page("packet_download", packet),
    page("batch_new", opening, sends={"profile": "full", "applications": [application]}),
    page("batch", batch),
    page("batch_cancel", batch),
    page("batch_retry", batch),
    page("batch_archive", batch),
    page("batch_document", batch),
    # files
    page("application_files", application),
    page("file_add", application, sends={"file-file": a_file, "file-purpose": "letter"}),
    page("link_add", application, sends={"link-url": "https://example.org/work", "link-purpose": "work_sample"}),
    page("note_add", application, sends={"note-text": "Free from March"}),
    page("opening_files", opening),
    page("material_download", material),
    page("material_remove", material),
    page("note_remove", candidate_note),
    page("panelist_file", panelist, material),
    # privacy
    page("candidate_erase", application, sends={"reason": "asked", "sure": "on"}),
    page("subject_access", application, sends={"more": "", "form": "json"}),
    page("hold_impose", application, sends={"reason": "Case 12"}),
    page("hold_lift", application),
    page("retention_list"),
    page("opening_retention", opening, sends={"preset": "purpose", "days": "90"}),
    # operations
    page("status"),
    page("status_test_mail"),
    page("metrics"),
    # workbench
    page("home"),
    page("search"),
    page("my_interviews"),
    page("waiting", list_of_home),
    page("chase"),
    page("chase_export", csv_file),
    page("chase_remind"),
    page("chase_due"),
    page("chase_release"),
    page("chase_cancel"),
    page("application", application),
    page("application_timeline", application),
    page("application_state", application, sends={"state": "withdrawn", "reason": "Took another job"}),
    page("interviews_export", csv_file),
    page("waiting_export", list_of_home, csv_file),
    page("rubrics_export", csv_file),
    page("retention_export", csv_file),
    page("finalists_export", opening, csv_file),
    page("people_export", csv_file),
    page("openings_export", csv_file),
    page("candidates_export", csv_file),
    page("applications_export", opening, csv_file),
    page("scores_export", opening, csv_file),
    page("opening_record", opening),
    page("application_coverage", application),
    page("guide"),
    page("guide_page", page_of_guide),
    page("audit_trail"),
    page("audit_export"),
]
PAGES = {row.name: row for row in TABLE}
