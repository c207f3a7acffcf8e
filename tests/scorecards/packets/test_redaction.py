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
from rubrics.models import Dimension, Exercise
from rubrics.services import fork_version, publish_version
from scorecards import drafts, meetings
from scorecards import services as scorecard_services
from scorecards.amendments import amend_scorecard
from scorecards.facts import DebriefFacts
from scorecards.gathering import debrief_facts, debrief_sheet
from scorecards.packets.content import packet_html
from scorecards.packets.files import download_name
from scorecards.packets.redaction import CODES, NAMES, SLUGS, redact, removals, scrubber

SPOKEN = (
    "Elias told Ines that Okafor's team asked KELLER; mail elias.okafor@example.org or tomas@corp.example. "
    "eLIAS\nOKA\u00adFOR met ine\u0301s\n  keller."
)
INTERVIEWERS = ("ines", "keller", "tomas", "brandt", "corp.example")
CANDIDATE = ("elias", "okafor")


@pytest.fixture
def everywhere(scored, seats, person, submitted):
    """Both names in every text that a packet prints, and the decision made by somebody of the panel."""
    second = submitted(seats[1], words=SPOKEN)
    amend_scorecard(second, {"summary": f"Better: {SPOKEN}"}, reason=SPOKEN, revision=0, by=second.panelist.user)
    opening = scored.opening
    draft = fork_version(opening.rubric_version, by=person("recruiter"))
    Dimension.objects.filter(version=draft, order=0).update(name=f"Depth as {SPOKEN}", key="depth-of-elias-and-ines")
    Exercise.objects.filter(version=draft).update(prompt=SPOKEN, title=f"Task of {SPOKEN}", look_for=[SPOKEN])
    publish_version(draft, by=person("recruiter"))
    type(opening).objects.filter(pk=opening.pk).update(
        rubric_version=draft, title=f"Engineer for {SPOKEN}", slug="engineer-for-elias-okafor-and-ines-keller"
    )
    for round_ in opening.rounds.all():
        opening.rounds.filter(pk=round_.pk).update(name=f"Round {round_.order} of Ines and Elias")
    User.objects.filter(pk=seats[1].user_id).update(email="tomas@corp.example")
    Panelist.objects.create(interview=seats[1].interview, user=person("manager"), role="shadow")
    scorecard_services.decline_scorecard(
        drafts.open_scorecard(Panelist.objects.get(user=person("manager"))),
        reason=SPOKEN,
        by=person("manager"),
    )
    scorecard_services.grant_override(scored, person("interviewer"), reason=SPOKEN, by=person("recruiter"))
    _meet(scored, second, person)
    meetings.record_decision(
        scored,
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


@pytest.fixture
def said(pdf_of, scored, text_of):
    """All that an archival packet of the profile says, shown or not, and its names, in lower case without breaks."""

    def read(profile: str) -> str:
        scored.refresh_from_db()
        pdf = pdf_of(profile, archival=True)
        packet = scored.packets.get(profile=profile)
        said = " ".join([text_of(pdf), raw(pdf), packet.file.name, download_name(packet)])
        plain = unicodedata.normalize("NFKD", said.replace("\u00ad", ""))
        return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).lower().split())

    return read


def test_full_packet_says_every_name(everywhere, said):
    text = said("full")

    assert all(name in text for name in (*INTERVIEWERS, *CANDIDATE))


@pytest.mark.parametrize("profile", ["no-interviewers", "totals"])
def test_interviewers_are_nowhere(everywhere, said, profile):
    text = said(profile)

    assert [name for name in (*INTERVIEWERS, "marek", "novak") if re.search(rf"\b{name}", text)] == []
    assert "elias okafor" in text


def test_interviewers_are_told_apart_without_names(everywhere, said):
    text = said("no-interviewers")

    assert "interviewer 1" in text
    assert "interviewer 2" in text
    assert "interviewer 3" not in text


def test_totals_hold_no_single_rating_and_no_evidence(everywhere, said):
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
def test_override_says_for_whom_as_the_profile_shows_them(everywhere, scored, profile, words):
    scored.refresh_from_db()
    sheet = redact(debrief_sheet(scored), profile)

    html = packet_html(
        sheet, profile=profile, issued_to="", issued_at=timezone.now(), fingerprint="0" * 64, document="packet 1"
    )

    overrides = html.partition('<table class="overrides">')[2].partition("</table>")[0]
    assert f"<td>Ruth Adeyemi</td><td>{words}</td>" in overrides


def test_candidate_is_nowhere(everywhere, said):
    text = said("no-candidate")

    assert [name for name in CANDIDATE if re.search(rf"\b{name}", text)] == []
    assert "ines keller" in text


@pytest.mark.parametrize(
    ("profile", "gone"), [("no-interviewers", "ines"), ("totals", "ines"), ("no-candidate", "elias")]
)
def test_download_of_an_opening_called_after_somebody_does_not_name_them(built, as_, scored, profile, gone):
    type(scored.opening).objects.filter(pk=scored.opening_id).update(slug="engineer-for-ines-and-elias")
    scored.refresh_from_db()

    response = as_("manager").get(reverse("packet_download", args=[built(profile).pk]))
    response.getvalue()

    assert gone not in response["Content-Disposition"]


@pytest.mark.parametrize("profile", ["full", "no-interviewers", "totals", "no-candidate"])
def test_download_names_only_whom_the_profile_names(built, as_, profile):
    response = as_("manager").get(reverse("packet_download", args=[built(profile).pk]))
    response.getvalue()

    named = "elias" in response["Content-Disposition"]
    assert named is (profile != "no-candidate")
    assert profile in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "Ines Keller",
            "INES and Keller's notes, but Kellerman and finest stay",
            "[] and []'s notes, but Kellerman and finest stay",
        ),
        ("Li Bo", "Li wrote; a list of bo", "[] wrote; a list of bo"),
        ("Li  Bo", "Li\nBo agreed", "[] agreed"),
        ("Max de Vries", "de Vries and de facto", "de [] and de facto"),
        ("jane.doe@corp.example", "Jane and jane.doe@corp.example", "[] and []"),
        ("interviewer@example.com", "the interviewer at interviewer@example.com", "the interviewer at []"),
        ("Jos\u00e9 \u00c1lvarez", "Jose\u0301 met A\u0301lvarez", "[] met []"),
        ("Jos\u00e9 Muller", "jose and M\u00fcller, not Josef", "[] and [], not Josef"),
        ("Noor Haddad", "NO\u00adOR or Had\u200bdad", "[] or []"),
        ("\u674e\u660e", "\u6211\u548c\u674e\u660e\u8c08\u8fc7", "\u6211\u548c[]\u8c08\u8fc7"),
        ("A. (Ann) O'Neil*", "ann o'neil* stays not", "[] []* stays not"),
        ("", "nothing to remove", "nothing to remove"),
    ],
)
def test_scrubber_finds_a_name_however_it_is_written(name, text, left):
    assert scrubber([name])(text) == left.replace("[]", "[removed]")


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


def test_a_text_that_the_facts_get_later_is_cleaned_too(scored):
    facts = debrief_facts(scored)
    kept = {row.name: getattr(facts, row.name) for row in dataclasses.fields(facts)}
    minutes = Minutes(**kept, notes=("Ines was late.", "Elias was not."))

    shown = {(row.before, row.after) for row in removals(minutes, "no-interviewers")}

    assert ("Ines was late.", "[removed] was late.") in shown
    assert ("Elias was not.", "[removed] was not.") not in shown


def test_texts_that_are_left_alone_name_nobody(everywhere, scored):
    scored.refresh_from_db()
    alone = {text for field, text in texts(debrief_facts(scored)) if field in CODES}

    assert alone <= {"submitted", "declined", "missing", "draft", "yes", "no", "hire", "no_hire", "hold"} | {
        "reread",
        "new_evidence",
        "seen",
        "missed",
        "not_reached",
        "A",
        "B",
        "C",
        "",
    }
    assert NAMES.isdisjoint(CODES | SLUGS)


# --- the list to look at beforehand -------------------------------------------
def test_removals_name_each_changed_passage_once_and_no_shadows(everywhere, scored):
    scored.refresh_from_db()
    found = removals(debrief_facts(scored), "no-interviewers")

    assert ("Interviewer name", "Ines Keller", "Interviewer 1") in {dataclasses.astuple(row) for row in found}
    assert len(found) == len(set(found))
    places = {row.place for row in found}
    assert {"Rationale", "Dissent", "Conditions", "Reason", "Evidence", "Summary", "Source"} <= places
    assert all("Marek" not in row.before for row in found if row.place == "Interviewer name")
    assert all("[removed]" in row.after or row.after.lower().startswith("interviewer") for row in found)


def test_full_packet_removes_nothing(everywhere, scored):
    assert removals(debrief_facts(scored), "full") == ()


def test_removals_from_totals_are_only_of_what_totals_print(everywhere, scored):
    scored.refresh_from_db()
    found = removals(debrief_facts(scored), "totals")

    assert {"Evidence", "Summary", "Source"}.isdisjoint(row.place for row in found)
    assert ("Interviewer name", "Ines Keller", "an interviewer") in {dataclasses.astuple(row) for row in found}
    assert "Rationale" in {row.place for row in found}
