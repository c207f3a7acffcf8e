"""Removed names are nowhere: not in free text, headings, rubric, metadata or file name."""

import dataclasses
import io
import re
import unicodedata
from collections.abc import Mapping

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Panelist
from candidates.names import Ticks
from debriefs import meetings
from debriefs.facts import DebriefFacts
from debriefs.gathering import debrief_facts
from debriefs.redaction import CODES, NAMES, SLUGS, redacted_sheet, removals
from packets import life
from packets.documents.content import packet_html
from packets.files import download_name
from rubrics.models import Dimension, Exercise
from rubrics.services import fork_version, publish_version
from scorecards import drafts
from scorecards import services as scorecard_services
from scorecards.amendments import amend_scorecard
from tests.pages import on_one_line

SPOKEN = (
    "Elias told Ines that Okafor's team asked KELLER; mail elias.okafor@example.org or tomas@corp.example. "
    "eLIAS\nOKA\u00adFOR met ine\u0301s\n  keller."
)
INTERVIEWERS = ("ines", "keller", "tomas", "brandt", "corp.example")
CANDIDATE = ("elias", "okafor")


@pytest.fixture(scope="module")
def known() -> dict[str, DebriefFacts]:
    """What `facts` has read, a value that no test changes: the first that asks brings the world about."""
    return {}


@pytest.fixture
def facts(request, known) -> DebriefFacts:
    """The debrief in which both names are everywhere."""
    if not known:
        request.getfixturevalue("names_everywhere")
        application = request.getfixturevalue("scored_application")
        application.refresh_from_db()
        known["everywhere"] = debrief_facts(application)
    return known["everywhere"]


@pytest.fixture
def names_everywhere(scored_application, two_panelists, person, hand_in):
    """Both names in every text that a packet prints, and the decision made by somebody of the panel."""
    second = hand_in(two_panelists[1], words=SPOKEN)
    amend_scorecard(second, {"summary": f"Better: {SPOKEN}"}, reason=SPOKEN, revision=0, by=second.panelist.user)
    opening = scored_application.opening
    draft = fork_version(opening.rubric_version, by=person("recruiter"))
    Dimension.objects.filter(version=draft, order=0).update(name=f"Depth as {SPOKEN}", key="depth-of-elias-and-ines")
    Exercise.objects.filter(version=draft).update(prompt=SPOKEN, title=f"Task of {SPOKEN}", look_for=[SPOKEN])
    publish_version(draft, by=person("recruiter"))
    type(opening).objects.filter(pk=opening.pk).update(
        rubric_version=draft, title=f"Engineer for {SPOKEN}", slug="engineer-for-elias-okafor-and-ines-keller"
    )
    for round_ in opening.rounds.all():
        opening.rounds.filter(pk=round_.pk).update(name=f"Round {round_.order} of Ines and Elias")
    User.objects.filter(pk=two_panelists[1].user_id).update(email="tomas@corp.example")
    Panelist.objects.create(interview=two_panelists[1].interview, user=person("manager"), role="shadow")
    scorecard_services.decline_scorecard(
        drafts.open_scorecard(Panelist.objects.get(user=person("manager"))),
        reason=SPOKEN,
        by=person("manager"),
    )
    scorecard_services.grant_override(scored_application, person("interviewer"), reason=SPOKEN, by=person("recruiter"))
    _meet(scored_application, second, person)
    meetings.record_decision(
        scored_application,
        by=person("manager"),
        outcome="hire",
        rationale=SPOKEN,
        conditions=SPOKEN,
        dissent=SPOKEN,
        dissenter="Tomas Brandt, seconded by Elias Okafor",
    )


def _meet(application, card, person) -> None:
    """A meeting in which everything was written down, and a decision that was reopened."""
    by = person("manager")
    meetings.open_debrief(application, by=by)
    meetings.note_attendance(application, users=[person("interviewer")], names=[f"Elias, {SPOKEN[:60]}"], by=by)
    rating = card.ratings.order_by("dimension__order").last()
    for kind in ("note", "follow_up"):
        meetings.add_note(application, text=SPOKEN, kind=kind, dimension=None, by=by)
    meetings.re_rate(
        card,
        rating.dimension,
        answer="1",
        kind="new_evidence",
        reason=SPOKEN,
        source="Ines Keller, of Elias",
        by=card.panelist.user,
    )
    meetings.record_decision(application, by=by, outcome="hold", rationale=SPOKEN)
    meetings.reopen_debrief(application, reason=SPOKEN, by=by)


def raw(pdf: bytes) -> str:
    """Every string and every stream of the file, decompressed: metadata, outline, alternative texts, attachments."""
    found: list[str] = []

    def strings(value) -> None:
        if isinstance(value, pikepdf.Stream):
            data = value.read_bytes()
            found.append(data.decode("utf-8", "ignore") + data.decode("utf-16-be", "ignore"))
        if isinstance(value, pikepdf.String):
            found.append(str(value))
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for name in value.keys():  # noqa: SIM118 - a stream is no mapping
                found.append(name)
                if name not in {"/Parent", "/P", "/Pg"}:
                    direct(value.get(name))
        elif isinstance(value, pikepdf.Array):
            for row in value:
                direct(row)

    def direct(value) -> None:
        if not getattr(value, "is_indirect", False):
            strings(value)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            strings(thing)
        strings(document.docinfo)
    return " ".join(found)


@pytest.fixture(scope="module")
def said_before() -> dict[str, str]:
    """What packets of the same world say, which no test changes: each is built by the first that asks for it."""
    return {}


@pytest.fixture
def said(request, pdf_of, scored_application, text_of, said_before):
    """All that an archival packet of the profile says, shown or not, and its names, in lower case without breaks."""

    def read(profile: str) -> str:
        if profile not in said_before:
            said_before[profile] = built(profile)
        return said_before[profile]

    def built(profile: str) -> str:
        request.getfixturevalue("names_everywhere")
        scored_application.refresh_from_db()
        pdf = pdf_of(profile, archival=True)
        packet = scored_application.packets.get(profile=profile)
        said = " ".join([text_of(pdf), raw(pdf), packet.file.name, download_name(packet, frozenset())])
        plain = unicodedata.normalize("NFKD", said.replace("\u00ad", ""))
        return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).lower().split())

    return read


def test_full_packet_says_every_name(said):
    text = said("full")

    assert all(name in text for name in (*INTERVIEWERS, *CANDIDATE))


@pytest.mark.parametrize("profile", ["no-interviewers", "totals"])
def test_interviewers_are_nowhere(said, profile):
    text = said(profile)

    assert [name for name in (*INTERVIEWERS, "marek", "novak") if re.search(rf"\b{name}", text)] == []
    assert "elias okafor" in text


def test_interviewers_are_told_apart_without_names(said):
    text = said("no-interviewers")

    assert "interviewer 1" in text
    assert "interviewer 2" in text
    assert not re.search("interviewer-3|interviewer 3,", text)  # a score of 3 may be read after the head of its table


def test_totals_hold_no_single_rating_and_no_evidence(said):
    text = said("totals")

    assert "real outage" not in text
    assert "steady and clear" not in text
    assert "scorecards in full" not in text
    assert "composite" in text


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("full", "Ines Keller"),
        ("no-candidate", "Ines Keller"),
        ("no-interviewers", "Interviewer 1"),
        ("totals", "an interviewer"),
    ],
)
def test_override_says_for_whom_as_the_profile_shows_them(facts, profile, words):
    sheet = redacted_sheet(facts, profile)

    html = packet_html(
        sheet, profile=profile, issued_to="", issued_at=timezone.now(), fingerprint="0" * 64, document="packet 1"
    )

    overrides = on_one_line(html).partition('<table class="overrides">')[2].partition("</table>")[0]
    assert f'<td class="name">Ruth Adeyemi</td><td class="name">{words}</td>' in overrides


def test_candidate_is_nowhere(said):
    text = said("no-candidate")

    assert [name for name in CANDIDATE if re.search(rf"\b{name}", text)] == []
    assert "ines keller" in text


@pytest.mark.parametrize(
    ("profile", "gone"), [("no-interviewers", "ines"), ("totals", "ines"), ("no-candidate", "elias")]
)
def test_download_of_an_opening_called_after_somebody_does_not_name_them(
    requested_packet, scored_application, profile, gone
):
    type(scored_application.opening).objects.filter(pk=scored_application.opening_id).update(
        slug="engineer-for-ines-and-elias"
    )
    scored_application.refresh_from_db()

    assert gone not in download_name(requested_packet(profile), frozenset())


@pytest.mark.parametrize("profile", ["full", "no-interviewers", "totals", "no-candidate"])
def test_download_names_only_whom_the_profile_names(requested_packet, profile):
    name = download_name(requested_packet(profile), frozenset())

    assert ("elias" in name) is (profile != "no-candidate")
    assert profile in name


def test_a_packet_is_downloaded_under_its_name(finished_packet, client_of):
    packet = finished_packet("totals")

    response = client_of("manager").get(reverse("packet_download", args=[packet.pk]))
    response.getvalue()

    assert f'filename="{download_name(packet, frozenset())}"' in response["Content-Disposition"]


# --- facts that are added later ----------------------------------------------
def texts(value, field=""):
    """(field, text) of every text in the facts."""
    if isinstance(value, str):
        yield field, value
    elif dataclasses.is_dataclass(value):
        for row in dataclasses.fields(value):
            yield from texts(getattr(value, row.name), row.name)
    elif isinstance(value, tuple):
        for row in value:
            yield from texts(row, field)
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.values()), field)


@dataclasses.dataclass(frozen=True)
class Minutes(DebriefFacts):
    """As if somebody added the notes of a meeting to the facts, and forgot the redaction."""

    notes: tuple[str, ...] = ()


def test_a_text_that_the_facts_get_later_is_cleaned_too(scored_application):
    facts = debrief_facts(scored_application)
    kept = {row.name: getattr(facts, row.name) for row in dataclasses.fields(facts)}
    minutes = Minutes(**kept, notes=("Ines was late.", "Elias was not."))

    shown = {(row.before, row.after) for row in removals(minutes, "no-interviewers")}

    assert ("Ines was late.", "[removed] was late.") in shown
    assert ("Elias was not.", "[removed] was not.") not in shown


def test_texts_that_are_left_alone_name_nobody(facts):
    alone = {text for field, text in texts(facts) if field in CODES}

    assert alone <= {"submitted", "declined", "missing", "draft", "yes", "no", "hire", "no_hire", "hold"} | {
        "reread",
        "new_evidence",
        "seen",
        "missed",
        "not_reached",
        "A",
        "B",
        "C",
        "en",
        "",
    }
    assert NAMES.isdisjoint(CODES | SLUGS)


# --- the list to look at beforehand -------------------------------------------
def test_removals_name_each_changed_passage_once_and_no_shadows(facts):
    found = removals(facts, "no-interviewers")

    assert ("Interviewer name", "Ines Keller", "Interviewer 1") in {dataclasses.astuple(row) for row in found}
    assert len(found) == len(set(found))
    kinds = {row.kind for row in found}
    assert {"Rationale", "Dissent", "Conditions", "Reason", "Evidence", "Summary", "Source"} <= kinds
    assert all("Marek" not in row.before for row in found if row.kind == "Interviewer name")
    assert all("[removed]" in row.after or row.after.lower().startswith("interviewer") for row in found)


def test_full_packet_removes_nothing(facts):
    assert removals(facts, "full") == ()


def test_removals_from_totals_are_only_of_what_totals_print(facts):
    found = removals(facts, "totals")

    assert {"Evidence", "Summary", "Source"}.isdisjoint(row.kind for row in found)
    assert ("Interviewer name", "Ines Keller", "an interviewer") in {dataclasses.astuple(row) for row in found}
    assert "Rationale" in {row.kind for row in found}


# --- what a person ticked ----------------------------------------------------
ENDINGS = "Spoke with Okaforem. May Okafor agreed"


@pytest.fixture
def spoken(scored_application, two_panelists, hand_in):
    """Evidence in which the candidate's name has an ending."""
    hand_in(two_panelists[1], words=ENDINGS)
    scored_application.refresh_from_db()
    return scored_application


def test_a_ticked_word_is_nowhere_in_the_packet_and_stays_ticked(spoken, pdf_of, text_of):
    text = text_of(pdf_of("no-candidate", ticks=Ticks(removed=("Okaforem",))))

    packet = spoken.packets.get()
    assert "Okaforem" not in text
    assert packet.words_removed == ["Okaforem"]
    assert packet.in_doubt == 0
    assert life.is_current(packet)


def test_a_packet_knows_how_many_words_in_it_may_be_names(spoken, finished_packet):
    assert finished_packet("no-candidate").in_doubt == 1
    assert finished_packet().in_doubt == 0  # no name was to go


def test_other_ticks_are_another_packet_and_the_same_are_the_same(spoken, requested_packet):
    without = requested_packet("no-candidate")
    ticked = requested_packet("no-candidate", ticks=Ticks(removed=("Okaforem",)))

    assert without.fingerprint != ticked.fingerprint
    assert requested_packet("no-candidate", ticks=Ticks(removed=("Okaforem",))) == ticked
    assert requested_packet("no-candidate", ticks=Ticks()) == without


def test_who_says_nothing_about_ticks_means_the_last_ones(spoken, requested_packet):
    ticked = requested_packet("no-candidate", ticks=Ticks(removed=("Okaforem",)))

    assert requested_packet("no-candidate") == ticked
    assert requested_packet("no-interviewers").words_removed == []


def test_words_that_are_no_question_cannot_be_taken_out(spoken, requested_packet):
    packet = requested_packet("no-candidate", ticks=Ticks(removed=("agreed",), kept=("Okafor",)))

    assert (packet.words_removed, packet.words_kept) == ([], [])
