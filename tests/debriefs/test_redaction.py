"""What a profile takes out of the facts, as values; tests/packets/test_redaction.py reads whole packets."""

from dataclasses import dataclass, replace

import pytest

from candidates.names import Ticks
from debriefs.facts import DecisionFact, MeetingNoteFact, OverrideFact
from debriefs.profiles import VALUES
from debriefs.redaction import (
    Questions,
    Removal,
    changed,
    nameless_interviewers,
    questions,
    redacted_sheet,
    removals,
    removed_names,
    removes_names,
    scrubbed,
    shows_evidence,
    shows_individuals,
    texts,
)
from scorecards.facts import AmendmentFact, LookForFact, MarkFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, sheet_of

WORDS = "Noor answered Person 1 well"


@pytest.fixture
def facts_full_of_names():
    """Two interviewers, one of them a shadow; the candidate and the first are named in evidence and rationale."""
    first = card(1, replace(rating("asks-noor", 4), evidence=WORDS))
    facts = sheet_of([dimension("asks-noor")], [card(2, shadow=True), first]).facts
    return replace(
        facts,
        opening_slug="engineer-for-noor",
        decision=DecisionFact("hire", WORDS, "Ruth Adeyemi", MOMENT, "", "", "", {"asks-noor": WORDS}),
        meeting=meeting(re_rating(1, "asks-noor", 5)),
        overrides=(OverrideFact("Ruth Adeyemi", MOMENT, WORDS, 1, "Person 1", "person1@example.com"),),
    )


# --- which names -------------------------------------------------------------
@pytest.mark.parametrize(
    ("profile", "names"),
    [
        ("full", []),
        ("summary", []),
        ("no-candidate", ["Noor Haddad", "noor@example.org"]),
        ("no-interviewers", ["Person 2", "person2@example.com", "Person 1", "person1@example.com"]),
        ("totals", ["Person 2", "person2@example.com", "Person 1", "person1@example.com"]),
    ],
)
def test_names_that_a_profile_removes(facts_full_of_names, profile, names):
    assert removed_names(facts_full_of_names, profile) == names


@pytest.mark.parametrize("profile", VALUES)
def test_only_totals_hide_single_judgements_and_summaries_what_was_written_too(profile):
    assert shows_individuals(profile) is (profile != "totals")
    assert shows_evidence(profile) is (profile not in {"totals", "summary"})


@pytest.mark.parametrize("profile", VALUES)
def test_a_profile_removes_names_or_leaves_every_text_as_it_is(profile, facts_full_of_names):
    assert removes_names(profile) is bool(removed_names(facts_full_of_names, profile))


# --- the sheet ---------------------------------------------------------------
def test_a_summary_keeps_scores_and_red_flags_without_the_words_beside_them():
    said = replace(rating("depth", 2), evidence="GONE", anchor_text="GONE", earlier=(replace(rating("depth", 1)),))
    skipped = rating("care", None, "GONE")
    amendment = AmendmentFact(MOMENT, "GONE", 1, "no", "GONE", (said,))
    one = replace(card(1, said, skipped), summary="GONE", amendments=(amendment,), first_summary="GONE")
    one = replace(one, red_flags=(MarkFact("Blames", True, "GONE"),), look_fors=(LookForFact("A", "GONE", "seen"),))
    note = MeetingNoteFact("depth", "GONE", "Ruth", MOMENT)
    met = meeting(replace(re_rating(1, "depth", 4, source="GONE"), reason="GONE"), notes=(note,))
    facts = replace(sheet_of([dimension("depth"), dimension("care")], [one]).facts, meeting=met)

    sheet = redacted_sheet(facts, "summary")

    depth, care = sheet.dimensions
    assert [
        text for tree in (sheet.facts, sheet.cards, sheet.dimensions) for text in texts(tree) if "GONE" in text
    ] == []
    assert (depth.ratings[0].score, depth.ratings[0].final_score, depth.final.n) == (2, 4, 1)
    assert care.ratings[0].reason == "not assessed"
    assert [text for text, _ in sheet.red_flags] == ["Blames"]
    assert len(sheet.amended) == 1


def test_a_full_sheet_is_left_as_it_is(facts_full_of_names):
    assert redacted_sheet(facts_full_of_names, "full").facts is facts_full_of_names


def test_without_the_candidate_no_text_and_no_address_names_them(facts_full_of_names):
    facts = redacted_sheet(facts_full_of_names, "no-candidate").facts

    assert (facts.candidate_name, facts.candidate_email) == ("The candidate", "")
    assert (facts.opening_slug, facts.dimensions[0].key) == ("engineer-for-removed", "asks-removed")
    assert [text for text in texts(facts) if "noor" in text.lower()] == []
    assert facts.decision.rationale == "[removed] answered Person 1 well"


def test_keys_of_reasons_follow_those_of_their_dimensions(facts_full_of_names):
    facts = redacted_sheet(facts_full_of_names, "no-candidate").facts

    assert facts.decision.rationales.keys() == {row.key for row in facts.dimensions}


def test_keys_that_differ_by_a_name_alone_stay_different():
    facts = sheet_of([dimension("noor"), dimension("haddad"), dimension("removed")], []).facts

    keys = [row.key for row in redacted_sheet(facts, "no-candidate").dimensions]

    assert len(set(keys)) == 3
    assert not {"noor", "haddad"} & set(keys)


def test_interviewers_are_numbered_and_a_shadow_takes_no_early_number(facts_full_of_names):
    sheet = redacted_sheet(facts_full_of_names, "no-interviewers")

    [panelist] = sheet.cards
    assert (panelist.interviewer_name, panelist.interviewer_email) == ("Interviewer 1", "interviewer-1")
    assert sheet.facts.overrides[0].interviewer_name == "Interviewer 1"
    assert sheet.facts.candidate_name == "Noor Haddad"


def test_totals_keep_the_figures_and_nothing_of_anybody(facts_full_of_names):
    sheet = redacted_sheet(facts_full_of_names, "totals")

    [row] = sheet.dimensions
    assert (row.n, row.mean, row.final.mean) == (1, 4, 5)
    assert (row.ratings, row.remarks, row.notes) == ((), (), ())
    assert (sheet.facts.meeting.opened_by, sheet.facts.meeting.re_ratings) == ("", ())
    assert (sheet.cards[0].ratings, sheet.cards[0].round_name) == ((), "")
    assert sheet.facts.overrides[0].interviewer_name == "an interviewer"


def test_a_text_beside_the_sheet_loses_the_same_names(facts_full_of_names):
    assert scrubbed(WORDS, facts_full_of_names, "no-candidate") == "[removed] answered Person 1 well"
    assert scrubbed(WORDS, facts_full_of_names, "full") == WORDS


# --- what it changes ---------------------------------------------------------
def test_removals_tell_each_changed_text_once_with_its_place(facts_full_of_names):
    found = removals(facts_full_of_names, "no-candidate")

    after = "[removed] answered Person 1 well"
    assert Removal("Evidence", WORDS, after) in found
    assert Removal("Candidate name", "Noor Haddad", "The candidate") in found
    assert [row for row in found if row.kind == "Rationale"] == [Removal("Rationale", WORDS, after)]


def test_addresses_are_changed_without_a_word_of_it(facts_full_of_names):
    before = {row.before for row in removals(facts_full_of_names, "no-candidate")}

    assert before.isdisjoint({"engineer-for-noor", "asks-noor"})


def test_a_full_packet_changes_nothing(facts_full_of_names):
    assert removals(facts_full_of_names, "full") == ()


@dataclass(frozen=True)
class Remark:
    text: str
    by: str
    at: int = 0


def test_changed_compares_facts_of_any_shape():
    before = ({"a": Remark("x", "Ruth")}, (Remark("same", "Ruth", 1), "y"))
    after = ({"a": Remark("x!", "R.")}, (Remark("same", "R.", 1), "y"))

    assert changed(before, after) == (
        Removal("Signal, look-for or note", "x", "x!"),
        Removal("Who acted", "Ruth", "R."),
    )


def test_texts_are_found_at_any_depth_and_keys_are_none():
    tree = ("one", {"key": Remark("two", "three", 4)}, (None, ("four",)))

    assert list(texts(tree)) == ["one", "two", "three", "four"]


def test_interviewers_of_any_facts_become_numbers_in_their_order():
    cards = (card(1, interviewer=7), card(2, interviewer=5), card(3, interviewer=7))

    named = [row.interviewer_name for row in nameless_interviewers(cards, str)]

    assert named == ["Interviewer 1", "Interviewer 2", "Interviewer 1"]


# --- what a person decides ---------------------------------------------------
@pytest.fixture
def facts_with_endings(facts_full_of_names):
    told = "Mluvil jsem s Haddadem; Haddadovi to bylo jasne. Potom Haddadem."
    first = card(1, replace(rating("depth", 4), evidence=told))
    return replace(facts_full_of_names, cards=(first,), decision=None, overrides=(), meeting=None)


def test_words_that_may_be_names_are_asked_about_with_their_place(facts_with_endings):
    found = questions(facts_with_endings, "no-candidate")

    assert [(row.word, row.kind, row.more) for row in found.remove] == [
        ("Haddadem", "Evidence", 1),
        ("Haddadovi", "Evidence", 0),
    ]
    assert "Mluvil jsem s Haddadem; Haddadovi" in found.remove[0].passage
    assert found.beyond(1) == 1


def test_what_was_ticked_goes_and_the_rest_stays(facts_with_endings):
    ticks = Ticks(removed=("Haddadem",))

    sheet = redacted_sheet(facts_with_endings, "no-candidate", ticks)

    evidence = sheet.cards[0].ratings[0].evidence
    assert evidence == "Mluvil jsem s [removed]; Haddadovi to bylo jasne. Potom [removed]."
    assert scrubbed("Haddadem", facts_with_endings, "no-candidate", ticks) == "[removed]"
    assert evidence in {row.after for row in removals(facts_with_endings, "no-candidate", ticks)}


def test_an_address_made_of_a_ticked_word_goes_with_it(facts_with_endings):
    facts = replace(facts_with_endings, opening_slug="engineer-haddadem")

    assert redacted_sheet(facts, "no-candidate", Ticks(removed=("Haddadem",))).facts.opening_slug == "engineer-removed"


def test_only_ticks_that_answer_a_question_count(facts_with_endings):
    found = questions(facts_with_endings, "no-candidate")

    answered = found.answered(Ticks(("jasne", "Haddadovi", "Haddadem"), ("Mluvil",)))

    assert answered == Ticks(("Haddadem", "Haddadovi"))


def test_a_name_that_is_a_word_may_be_kept(facts_with_endings):
    facts = replace(facts_with_endings, candidate_name="Summer Haddad", opening_title="Plan for Summer")

    assert [row.word for row in questions(facts, "no-candidate").keep] == ["Summer"]
    assert redacted_sheet(facts, "no-candidate", Ticks(kept=("Summer",))).facts.opening_title == "Plan for Summer"
    assert redacted_sheet(facts, "no-candidate").facts.opening_title == "Plan for [removed]"


def test_a_full_packet_asks_nothing(facts_with_endings):
    assert questions(facts_with_endings, "full") == Questions()
