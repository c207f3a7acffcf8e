"""The words by which parts of a document are known: what each list means, and what it leaves alone."""

import pytest

from rubrics.blueprints import words


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (words.SUMMARY_SECTION, "Executive summary"),
        (words.SUMMARY_SECTION, "About the role"),
        (words.HIRING_SECTION, "Interview and Selection Guide"),
        (words.HIRING_SECTION, "How to assess candidates"),
        (words.HIRING_SECTION, "Evaluation criteria"),
        (words.FINAL_SECTION, "Final Role Scorecard Summary"),
        (words.TECHNICAL_SECTION, "Functional competencies"),
        (words.TECHNICAL_SECTION, "Key skills"),
        (words.SOFT_SECTION, "Soft‑Skills"),
        (words.SOFT_SECTION, "Behavioural capabilities"),
        (words.FOCUS, "Topics interviewers should probe"),
        (words.FOCUS, "Assessment areas"),
        (words.EXERCISES, "Take-home"),
        (words.RED_FLAG, "Dealbreakers"),
        (words.WEAK, "Concerning signs"),
        (words.WEAK, "Weaknesses (probe)"),
        (words.STRONG, "Strong / positive indicators"),
        (words.STRONG, "What good candidates look like"),
        (words.SCORECARD, "Rating guide"),
        (words.TOTAL, "Weighted total score (max 100)"),
        (words.TOTAL, "Overall rating: 4"),
        (words.LOOK_FOR, "What great looks like"),
        (words.PROMPT, "The exercise prompt"),
        (words.DURATION, "up to 1.5 hours"),
        (words.DURATION, "60–90-minute"),
        (words.DURATION_LABEL, "Estimated time"),
    ],
)
def test_words_that_say_it(known, text):
    assert known.search(text)


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (words.SUMMARY_SECTION, "Summary of results"),
        (words.HIRING_SECTION, "Interviews with customers"),
        (words.FINAL_SECTION, "Role summary"),
        (words.TECHNICAL_SECTION, "Soft skills"),
        (words.SOFT_SECTION, "Technical skills"),
        (words.EXERCISES, "Exercising judgement"),
        (words.RED_FLAG, "Flags and signals"),
        (words.WEAK, "Weak consistency models"),
        (words.STRONG, "Strong ownership of data"),
        (words.SCORECARD, "Assessment dimensions"),
        (words.TOTAL, "Total cost of ownership"),
        (words.TOTAL, "Overall judgement"),
        (words.LOOK_FOR, "Looks for trouble"),
        (words.PROMPT, "Prompt delivery"),
        (words.DURATION, "60 minutemen"),
        (words.DURATION_LABEL, "Time zones"),
    ],
)
def test_words_that_only_sound_like_it(known, text):
    assert not known.search(text)


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", " "])
def test_any_dash_or_blank_parts_two_words(dash):
    assert words.words(r"\bgood[- ]to[- ]have\b").search(f"Good{dash}to{dash}have")


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Red flags", True),
        ("Practical exercises", True),
        ("Scoring", True),
        ("Interview scorecard", False),
        ("Hiring evaluation and scorecard", False),
        ("Final scorecard summary", False),
        ("Career path", False),
    ],
)
def test_a_title_that_says_scorecard_may_be_a_part_or_the_section_itself(title, part):
    assert words.names_hiring_part(title) is part
