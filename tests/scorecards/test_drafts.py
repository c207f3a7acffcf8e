"""Drafts: look-fors, notes, locks, and two editors who never lose each other's words without a choice."""

from dataclasses import dataclass, field
from datetime import timedelta

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.autosave import Stale
from candidates.models import Panelist
from scorecards import drafts, services
from scorecards.models import Rating, Scorecard
from tests.drill import LONG


@pytest.fixture
def panelist(unscored_application):
    return Panelist.objects.filter(interview__application=unscored_application).order_by("pk").first()


@pytest.fixture
def card(panelist):
    return drafts.open_scorecard(panelist)


def stored(card: Scorecard) -> dict[str, str]:
    return drafts.draft_values(Scorecard.objects.get(pk=card.pk))


def save(card: Scorecard, edit: int = 0, **changes: str) -> Scorecard:
    return drafts.save_draft(card, changes, edit=edit, by=card.panelist.user)


def test_look_for_is_marked_changed_and_cleared(card, panelist):
    field = f"look_{panelist.interview.round.exercise_id}_1"

    seen = [
        save(card, edit, **{field: value}).edit and stored(card).get(field)
        for edit, value in enumerate(["seen", "missed", ""])
    ]

    assert seen == ["seen", "missed", None]


@pytest.mark.parametrize("index", ["99", "1_1", "-1"])
def test_look_for_that_the_exercise_lacks_is_refused(card, panelist, index):
    with pytest.raises(ValidationError):
        save(card, **{f"look_{panelist.interview.round.exercise_id}_{index}": "seen"})


def test_note_on_a_signal_is_kept_without_a_tick(card, panelist):
    signal = panelist.interview.round.opening.rubric_version.signals.first()

    save(card, **{f"note_{signal.pk}": "only in the last answer"})

    assert stored(card)[f"note_{signal.pk}"] == "only in the last answer"
    assert stored(card)[f"signal_{signal.pk}"] == ""


def test_fields_that_do_not_collide_merge_and_the_later_writer_is_told(card, panelist):
    save(card, summary="from the phone")

    saved = drafts.write(drafts.lock_own(panelist.pk, by=panelist.user), {"recommendation": "yes"}, edit=0)

    assert saved.others == {"summary": "from the phone"}
    assert stored(card)["summary"] == "from the phone"
    assert stored(card)["recommendation"] == "yes"


def test_a_text_that_was_cleared_elsewhere_does_not_come_back_silently(card):
    save(card, summary="first")
    save(card, 1, summary="")

    with pytest.raises(Stale) as stale:
        save(card, 1, summary="first and more")

    assert stale.value.theirs == {"summary": ""}


def test_a_save_that_was_stored_without_an_answer_can_be_sent_again(card):
    save(card, summary="sent twice")

    assert save(card, summary="sent twice").edit == 1


def test_lock_keeps_scores_and_leaves_evidence_open(card, panelist, complete_answers):
    save(card, **complete_answers(panelist))
    services.lock_scorecard(card, by=panelist.user)
    dimension = panelist.interview.round.dimensions.first()

    save(card, 1, **{f"evidence_{dimension.pk}": "written later"})

    for locked in ({f"score_{dimension.pk}": "1"}, {"recommendation": "no"}):
        with pytest.raises(ValidationError):
            save(card, 2, **locked)
    assert stored(card)[f"evidence_{dimension.pk}"] == "written later"
    assert stored(card)[f"score_{dimension.pk}"] == "4"


def test_the_database_itself_keeps_locked_scores(card, panelist, complete_answers):
    save(card, **complete_answers(panelist))
    services.lock_scorecard(card, by=panelist.user)
    ratings = Rating.objects.filter(scorecard=card)
    attempts = [
        lambda: ratings.update(score=1),
        ratings.delete,
        lambda: Scorecard.objects.filter(pk=card.pk).update(recommendation="no"),
        lambda: Scorecard.objects.filter(pk=card.pk).update(locked_at=None),
    ]

    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_lock_needs_every_score_and_the_recommendation(card, panelist):
    with pytest.raises(ValidationError) as missing:
        services.lock_scorecard(card, by=panelist.user)

    assert "recommendation" in missing.value.message_dict
    assert Scorecard.objects.get(pk=card.pk).locked_at is None


def test_a_locked_scorecard_is_submitted_when_it_is_due(card, panelist, complete_answers):
    save(card, **complete_answers(panelist))
    services.lock_scorecard(card, by=panelist.user)
    assert services.submit_locked_when_due() == 0
    panelist.interview.due_at = timezone.now() - timedelta(seconds=1)
    panelist.interview.starts_at = panelist.interview.due_at - timedelta(hours=2)
    panelist.interview.save()

    assert services.submit_locked_when_due() == 1
    after = Scorecard.objects.get(pk=card.pk)
    assert after.state == "submitted"
    assert after.locked_at < after.submitted_at


def test_locked_scores_stay_hidden_from_the_others_until_submission(
    card, panelist, complete_answers, client_of, unscored_application
):
    save(card, **complete_answers(panelist, words="zanzibar"))
    services.lock_scorecard(card, by=panelist.user)

    body = client_of("manager").get(f"/applications/{unscored_application.pk}/debrief/").content.decode()

    assert "evidence still to come" in body
    assert "zanzibar" not in body


def test_evidence_is_obligatory_where_the_rubric_says_so(card, panelist, complete_answers):
    version = panelist.interview.round.opening.rubric_version
    dimension = panelist.interview.round.dimensions.first()
    with pgtrigger.ignore("rubrics.RubricVersion:frozen_once_published"):
        type(version).objects.filter(pk=version.pk).update(evidence_levels=[1, 5])
    save(card, **complete_answers(panelist) | {f"score_{dimension.pk}": "5", f"evidence_{dimension.pk}": " "})

    with pytest.raises(ValidationError) as missing:
        services.submit_scorecard(card, by=panelist.user)

    assert list(missing.value.message_dict) == [f"evidence_{dimension.pk}"]


FIELDS = ("summary", "recommendation")
CHOICES = {"summary": ["", "a", "b", "c", "d"], "recommendation": ["", "no", "yes", "strong_yes", "strong_no"]}


@dataclass
class Editor:
    """What a browser does: sends what changed with the count it has seen, merges, asks where both changed."""

    card: Scorecard
    edit: int = 0
    known: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    pending: dict[str, str] = field(default_factory=dict)
    shown: set[tuple[str, str]] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)

    def flush(self, answered: bool = True) -> list[tuple[str, str]]:
        """Send what is pending; the acknowledged fields and texts. Without an answer nothing is learnt."""
        batch = dict(self.pending)
        if not batch:
            return []
        try:
            locked = drafts.lock_own(self.card.panelist_id, by=self.card.panelist.user)
            saved = drafts.write(locked, batch, edit=self.edit)
        except Stale as stale:
            if answered:
                self.edit = stale.edit
                self._merge(stale.others)
                for name, theirs in stale.theirs.items():
                    self.shown.add((name, theirs))  # the writer sees both and keeps their own: it stays pending
            return []
        if not answered:
            return []
        self.edit = saved.card.edit
        self._merge(saved.others)
        self.known |= batch
        self.pending = {name: text for name, text in self.pending.items() if batch.get(name) != text}
        return list(batch.items())

    def _merge(self, others) -> None:
        for name, theirs in others.items():
            self.shown.add((name, theirs))
            if name not in self.pending:
                self.known[name] = theirs


steps = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 1), st.sampled_from(FIELDS), st.integers(0, 4)),
        st.tuples(st.just("flush"), st.integers(0, 1), st.booleans(), st.just(0)),
    ),
    max_size=25,
)


# Both chose "no". One of the two, whose save was refused for the summary, then chooses otherwise.
BOTH_CHOSE = [
    ("type", 0, "summary", 1),
    ("flush", 0, False, 0),
    ("type", 0, "summary", 0),
    ("type", 0, "recommendation", 1),
    ("type", 1, "recommendation", 1),
    ("flush", 1, False, 0),
    ("flush", 0, True, 0),
    ("type", 0, "recommendation", 0),
    ("flush", 0, False, 0),
]


@settings(max_examples=60 if LONG else 20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(steps=BOTH_CHOSE)
def test_no_acknowledged_edit_disappears_without_being_shown(panelist, steps):
    Scorecard.objects.filter(panelist=panelist).delete()
    card = drafts.open_scorecard(panelist)
    editors = [Editor(card), Editor(card)]
    writers: dict[str, set[int]] = {name: {0, 1} for name in FIELDS}  # whose text it is: both may write the same

    for kind, who, what, number in steps:
        editor = editors[who]
        if kind == "type":
            editor.pending[what] = CHOICES[what][number]
            continue
        before = stored(card)
        sent = dict(editor.pending)
        editor.flush(answered=what)
        after = stored(card)
        for name in FIELDS:
            if after[name] != before[name]:
                # the other's text is gone: this editor must have been shown it
                assert who in writers[name] or (name, before[name]) in editor.shown
                writers[name] = {who}
            elif what and sent.get(name) == after[name]:
                writers[name].add(who)  # the same text, also where another field of that save met something newer
