"""A scorecard's life: drafts that lose nothing and take nothing foreign, submission, declining."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.autosave import Stale
from accounts.texts import LONGEST_TEXT
from audit.models import Event
from rubrics.models import Dimension, RubricVersion, Signal
from rubrics.services import fork_version
from scorecards import drafts, services
from scorecards.models import Rating, Scorecard


@pytest.fixture
def card(unscored_application):
    return drafts.open_scorecard(unscored_application.interviews.first().panelists.get())


@pytest.fixture
def first_dimension(card):
    return card.panelist.interview.round.dimensions.first()


def save(card, changes, *, edit=0):
    return drafts.save_draft(card, changes, edit=edit, by=card.panelist.user)


def saved(card):
    return drafts.draft_values(Scorecard.objects.get(pk=card.pk))


def test_draft_keeps_what_was_written_and_counts_the_save(card, first_dimension):
    changes = {f"evidence_{first_dimension.pk}": "two\nlines", f"score_{first_dimension.pk}": "3", "summary": "gist"}

    after = save(card, changes)

    assert after.edit == 1
    assert after.saved_at is not None
    assert changes.items() <= saved(card).items()


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"state": "submitted"},
        {"score_": "3"},
        {"score_²": "3"},
        {"evidence_99999999999999999999999": "x"},
        {"score_9223372036854775807": "3"},
        {"signal_99999999999999999999999": "on"},
        {"signal_²": "on"},
        {"recommendation": "maybe"},
    ],
)
def test_draft_refuses_unknown_fields_and_values(card, changes):
    with pytest.raises(ValidationError):
        save(card, {"summary": "kept only as a whole"} | changes)

    assert saved(card) == {"recommendation": "", "summary": ""}


@pytest.mark.parametrize("value", ["0", "6", "3.0", "-1", "３", "three", " 3"])
def test_draft_refuses_any_score_but_1_to_5(card, first_dimension, value):
    with pytest.raises(ValidationError):
        save(card, {f"score_{first_dimension.pk}": value})

    assert not card.ratings.exists()


def test_draft_refuses_a_reason_that_was_not_offered(card, first_dimension):
    with pytest.raises(ValidationError):
        save(card, {f"score_{first_dimension.pk}": "na", f"reason_{first_dimension.pk}": "did not like them"})

    assert not card.ratings.exists()


def test_draft_refuses_dimension_and_signal_of_another_rubric_version(card, person):
    other = fork_version(RubricVersion.objects.get(), by=person("recruiter"))
    dimension = Dimension.objects.filter(version=other).first()
    signal = Signal.objects.filter(version=other).first()

    for changes in ({f"score_{dimension.pk}": "3"}, {f"signal_{signal.pk}": "on"}):
        with pytest.raises(ValidationError):
            save(card, changes)

    assert not card.ratings.exists()
    assert not card.signal_marks.exists()


def test_draft_keeps_and_removes_a_signal(card):
    signal = Signal.objects.first()
    save(card, {f"signal_{signal.pk}": "on"})

    marked = saved(card)
    save(card, {f"signal_{signal.pk}": ""}, edit=1)

    assert marked[f"signal_{signal.pk}"] == "on"
    assert f"signal_{signal.pk}" not in saved(card)


def test_stale_edit_stores_nothing_and_gives_the_other_text(card, first_dimension):
    field = f"evidence_{first_dimension.pk}"
    save(card, {field: "from the laptop"})

    with pytest.raises(Stale) as caught:
        save(card, {field: "from the phone", "summary": "also from the phone"}, edit=0)

    assert caught.value.theirs == {field: "from the laptop"}
    assert caught.value.edit == 1
    assert saved(card)[field] == "from the laptop"
    assert saved(card)["summary"] == ""


def test_stale_edit_of_other_fields_is_merged(card, first_dimension):
    save(card, {f"evidence_{first_dimension.pk}": "from the laptop"})

    after = save(card, {"summary": "from the phone"}, edit=0)

    assert after.edit == 2
    assert saved(card)[f"evidence_{first_dimension.pk}"] == "from the laptop"
    assert saved(card)["summary"] == "from the phone"


def test_line_ends_of_a_browser_are_no_change_and_no_conflict(card):
    save(card, {"summary": "first line\r\nsecond line"})

    again = save(card, {"summary": "first line\r\nsecond line"}, edit=1)
    behind = save(card, {"summary": "first line\r\nsecond line"}, edit=0)

    assert (again.edit, behind.edit) == (1, 1)
    assert saved(card)["summary"] == "first line\nsecond line"


def test_control_characters_are_dropped_and_spaces_stay(card):
    save(card, {"summary": "a\x00b\x07c\x1b[31m\u202ed\ttab\u00a0kept\u202f;\u200d"})

    assert saved(card)["summary"] == "abc[31md\ttab\u00a0kept\u202f;\u200d"


@pytest.mark.parametrize(
    "words",
    [
        "\U0001fae8 is younger than Unicode 14",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f and \U0001f469\u200d\U0001f4bb",
        "\u05e9\u05dc\u05d5\u05dd \u200f(1)\u200e \u0645\u0631\u062d\u0628\u0627",
        "co\u00adoperate",
    ],
)
def test_every_letter_and_emoji_stays(card, words):
    save(card, {"summary": words})

    assert saved(card)["summary"] == words


def test_every_kind_of_line_end_is_one(card):
    save(card, {"summary": "a\r\nb\rc\u2028d\u2029e\x85f"})

    assert saved(card)["summary"] == "a\nb\nc\nd\ne\nf"


def test_text_that_is_too_long_is_refused_at_its_field(card, first_dimension):
    field = f"evidence_{first_dimension.pk}"

    with pytest.raises(ValidationError) as caught:
        save(card, {field: "x" * (LONGEST_TEXT + 1)})

    assert "20,001" in caught.value.message_dict[field][0]
    assert not card.ratings.exists()


@pytest.mark.parametrize("name", ["interviewer2", "recruiter", "manager", "admin"])
def test_nobody_writes_on_another_scorecard(card, person, hand_in, name):
    for act in (
        lambda: drafts.save_draft(card, {"summary": "forged"}, edit=0, by=person(name)),
        lambda: services.submit_scorecard(card, by=person(name)),
        lambda: services.decline_scorecard(card, reason="forged", by=person(name)),
    ):
        with pytest.raises(PermissionDenied):
            act()

    card.refresh_from_db()
    assert (card.state, card.summary, card.decline_reason) == ("draft", "", "")


def test_submit_names_each_missing_part_at_its_field(card, complete_answers):
    filled = complete_answers(card.panelist)
    scores = [field for field in filled if field.startswith("score_")]
    unscored, unexplained = scores[0], scores[1]
    save(card, filled | {unscored: "", unexplained: "na", "recommendation": ""})

    with pytest.raises(ValidationError) as caught:
        services.submit_scorecard(card, by=card.panelist.user)

    reason = unexplained.replace("score_", "reason_")
    assert set(caught.value.message_dict) == {unscored, reason, "recommendation"}
    assert Scorecard.objects.get(pk=card.pk).is_writable


def test_submit_finishes_once_and_the_second_time_says_so(card, complete_answers):
    save(card, complete_answers(card.panelist))
    done = services.submit_scorecard(card, by=card.panelist.user)

    with pytest.raises(drafts.Finished):
        services.submit_scorecard(card, by=card.panelist.user)
    with pytest.raises(drafts.Finished):
        save(card, {"summary": "late"}, edit=done.edit)
    with pytest.raises(drafts.Finished):
        services.decline_scorecard(card, reason="late", by=card.panelist.user)

    assert Event.objects.filter(kind="scorecard.submitted", subject_id=card.pk).count() == 1
    assert saved(card)["summary"] == "summary seen"


def test_submit_keeps_the_anchor_as_it_read_and_no_reason_beside_a_score(card, complete_answers, first_dimension):
    number = first_dimension.pk
    save(card, {f"score_{number}": "na", f"reason_{number}": "not my focus"})
    save(card, complete_answers(card.panelist, score="3"), edit=1)

    services.submit_scorecard(card, by=card.panelist.user)

    rating = Rating.objects.get(scorecard=card, dimension=first_dimension)
    assert rating.anchor_text == first_dimension.anchors.get(level=3).text
    assert rating.not_assessed_reason == ""


def test_decline_needs_a_reason_and_keeps_it(card):
    for empty in ("", "  \n", "\x00"):
        with pytest.raises(ValidationError) as caught:
            services.decline_scorecard(card, reason=empty, by=card.panelist.user)
        assert "decline_reason" in caught.value.message_dict

    done = services.decline_scorecard(card, reason="  They did not come. ", by=card.panelist.user)

    assert (done.state, done.decline_reason) == ("declined", "They did not come.")
    assert Event.objects.filter(kind="scorecard.declined", subject_id=card.pk).count() == 1
