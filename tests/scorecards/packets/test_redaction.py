"""Removed names are nowhere: not in free text, headings, rubric, metadata or file name."""

import io

import pikepdf
import pytest
from django.urls import reverse

from accounts.models import User
from candidates.models import Panelist
from rubrics.models import Dimension, Exercise
from rubrics.services import fork_version, publish_version
from scorecards import drafts, meetings
from scorecards import services as scorecard_services
from scorecards.packets.redaction import scrubber

SPOKEN = "Elias told Ines that Okafor's team asked KELLER; mail elias.okafor@example.org or tomas@corp.example."
INTERVIEWERS = ("ines", "keller", "tomas", "brandt", "corp.example")
CANDIDATE = ("elias", "okafor")


@pytest.fixture
def everywhere(scored, seats, person, submitted):
    """Both names in every text that a packet prints, and the decision made by somebody of the panel."""
    submitted(seats[1], words=SPOKEN)
    opening = scored.opening
    draft = fork_version(opening.rubric_version, by=person("recruiter"))
    Dimension.objects.filter(version=draft, order=0).update(name=f"Depth as {SPOKEN}")
    Exercise.objects.filter(version=draft).update(prompt=SPOKEN, title=f"Task of {SPOKEN}", look_for=[SPOKEN])
    publish_version(draft, by=person("recruiter"))
    type(opening).objects.filter(pk=opening.pk).update(rubric_version=draft, title=f"Engineer for {SPOKEN}")
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
    meetings.record_decision(
        scored,
        by=person("manager"),
        outcome="hire",
        rationale=SPOKEN,
        conditions=SPOKEN,
        dissent=SPOKEN,
        dissenter="Tomas Brandt, seconded by Elias Okafor",
    )


@pytest.fixture
def said(pdf_of, scored, text_of):
    """All that a packet of the profile says, its metadata included, in lower case."""

    def read(profile: str) -> str:
        scored.refresh_from_db()
        pdf = pdf_of(profile)
        document = pikepdf.open(io.BytesIO(pdf))
        metadata = " ".join(map(str, document.docinfo.values()))
        with document.open_outline() as outline:
            titles = " ".join(str(item.title) for item in outline.root)
        xmp = str(document.open_metadata())
        return " ".join([text_of(pdf), metadata, titles, xmp, *scored.packets.values_list("file", flat=True)]).lower()

    return read


def test_full_packet_says_every_name(everywhere, said):
    text = said("full")

    assert all(name in text for name in (*INTERVIEWERS, *CANDIDATE))


@pytest.mark.parametrize("profile", ["no-interviewers", "totals"])
def test_interviewers_are_nowhere(everywhere, said, profile):
    text = said(profile)

    assert [name for name in (*INTERVIEWERS, "marek", "novak") if name in text] == []
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


def test_candidate_is_nowhere(everywhere, said):
    text = said("no-candidate")

    assert [name for name in CANDIDATE if name in text] == []
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
