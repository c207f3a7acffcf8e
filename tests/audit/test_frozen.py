"""What an event froze: its rows are found and named where they are others now, whoever changed them."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from audit.chain import verify
from audit.frozen import SHOWN, all_frozen, frozen
from audit.models import Event
from audit.services import record
from debriefs import meetings
from debriefs.models import Decision, ReRating
from privacy.erasure import erase_candidate
from rubrics.models import Anchor, RubricVersion
from scorecards import amendments
from scorecards.models import Amendment, Rating, Scorecard
from scorecards.withdrawing import withdraw_scorecard


@pytest.fixture
def decided(scored_application, two_panelists, hand_in, person, link_events):
    """A debrief with everything that freezes: two scorecards, one amended, a re-rating, a decision."""
    card = hand_in(two_panelists[1], words="heard of the outage")
    author = two_panelists[1].user
    amendments.amend_scorecard(card, {"summary": "A better summary."}, reason="Unclear.", revision=0, by=author)
    meetings.open_debrief(scored_application, by=person("manager"))
    dimension = card.ratings.order_by("pk").first().dimension
    meetings.re_rate(card, dimension, answer="2", kind="reread", reason="Read again.", by=author)
    must_haves = scored_application.opening.rubric_version.dimensions.filter(must_have=True)
    meetings.record_decision(
        scored_application,
        outcome="no_hire",
        rationale="Too thin.",
        rationales={row.key: "Not shown." for row in must_haves},
        by=person("manager"),
    )
    link_events()
    return card


def behind_the_triggers(sql: str, *values: object) -> None:
    """As a role that owns the tables can."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def problem() -> str:
    return verify().problem


def stated(kind: str) -> dict[str, object]:
    return Event.objects.filter(kind=kind).latest("pk").detail


def test_each_event_that_freezes_states_what(decided):
    for kind, what in [
        ("scorecard.submitted", f"scorecard {decided.pk}"),
        ("scorecard.amended", f"amendment {Amendment.objects.latest('pk').pk}"),
        ("rating.changed", f"re-rating {ReRating.objects.latest('pk').pk}"),
        ("decision.recorded", f"decision {Decision.objects.latest('pk').pk}"),
        ("rubric.published", f"version {RubricVersion.objects.published().latest('pk').pk}"),
    ]:
        detail = stated(kind)
        assert detail["frozen"] == what
        assert len(detail["sha256"]) == 64
        assert {len(start) for rows in detail["rows"].values() for start in rows.values()} == {SHOWN}


def test_what_stayed_as_it_was_frozen_is_good(decided):
    assert verify().ok


def test_the_same_rows_have_the_same_hash_and_others_another(decided):
    before = frozen("scorecard", decided.pk)
    behind_the_triggers("UPDATE scorecards_scorecard SET edit = edit + 7 WHERE id = %s", decided.pk)
    same = frozen("scorecard", decided.pk)
    behind_the_triggers("UPDATE scorecards_scorecard SET saw_others_first = true WHERE id = %s", decided.pk)

    assert same == before
    assert frozen("scorecard", decided.pk)["sha256"] != before["sha256"]


def test_several_at_once_are_stated_as_each_alone(decided, django_assert_num_queries):
    keys = list(Scorecard.objects.exclude(state="draft").values_list("pk", flat=True))

    with django_assert_num_queries(1):
        together = all_frozen("scorecard", keys)

    assert together == {key: frozen("scorecard", key) for key in keys}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "UPDATE scorecards_rating SET score = 5 WHERE id = {rating}",
            "rating {rating} of scorecard {card} was changed",
        ),
        ("UPDATE scorecards_rating SET evidence = 'x' WHERE id = {rating}", "rating {rating} of scorecard {card}"),
        ("DELETE FROM scorecards_rating WHERE id = {rating}", "rating {rating} of scorecard {card} was removed"),
        ("UPDATE scorecards_scorecard SET recommendation = 'strong_yes' WHERE id = {card}", "scorecard {card} was"),
        ("UPDATE scorecards_amendment SET summary = 'x' WHERE id = {amendment}", "amendment {amendment} was changed"),
        ("UPDATE debriefs_rerating SET score = 5 WHERE id = {re_rating}", "re-rating {re_rating} was changed"),
        ("UPDATE debriefs_decision SET outcome = 'hire' WHERE id = {decision}", "decision {decision} was changed"),
        (
            "UPDATE rubrics_anchor SET text = 'x' WHERE id = {anchor}",
            "anchor {anchor} of version {version} was changed",
        ),
        (
            "UPDATE scorecards_ratingchange SET score = 1 WHERE pgh_id = {rating_history}",
            "rating history {rating_history} of scorecard {card} was changed",
        ),
        (
            "DELETE FROM scorecards_scorecardchange WHERE pgh_id = {card_history}",
            "scorecard history {card_history} of scorecard {card} was removed",
        ),
        (
            "UPDATE debriefs_decisionchange SET pgh_context = '{{\"user\": 1}}' WHERE pgh_id = {decision_history}",
            "decision history {decision_history} of decision {decision} was changed",
        ),
    ],
)
def test_a_row_that_somebody_changed_past_the_triggers_is_named(decided, sql, words):
    rating = decided.ratings.order_by("-pk").first()
    version = decided.panelist.interview.application.opening.rubric_version_id

    def newest(app: str, name: str, **of: object) -> int:
        return apps.get_model(app, name).objects.filter(**of).latest("pgh_id").pgh_id

    decision = Decision.objects.latest("pk").pk
    names = {
        "card": decided.pk,
        "rating": rating.pk,
        "amendment": Amendment.objects.latest("pk").pk,
        "re_rating": ReRating.objects.latest("pk").pk,
        "decision": decision,
        "version": version,
        "anchor": Anchor.objects.filter(dimension__version=version).first().pk,
        "rating_history": newest("scorecards", "RatingChange", pgh_obj=rating.pk),
        "card_history": newest("scorecards", "ScorecardChange", pgh_obj=decided.pk),
        "decision_history": newest("debriefs", "DecisionChange", pgh_obj=decision),
    }

    behind_the_triggers(sql.format(**names))

    assert words.format(**names) in problem()
    assert Event.objects.filter(pk=verify().event_id, detail__has_key="frozen").exists()


def test_a_row_that_somebody_added_to_what_is_frozen_is_named(decided):
    dimension = decided.panelist.interview.application.opening.rubric_version.dimensions.exclude(
        ratings__scorecard=decided
    ).first()
    if dimension is None:
        dimension = decided.ratings.first().dimension
        behind_the_triggers("ALTER TABLE scorecards_rating DROP CONSTRAINT one_rating_per_dimension")
    with pgtrigger.ignore():
        added = Rating.objects.create(scorecard=decided, dimension=dimension, score=5)

    assert problem() == f"rating {added.pk} of scorecard {decided.pk} was added after it was frozen"


@pytest.mark.parametrize("what", ["scorecard", "decision"])
def test_what_somebody_finished_past_the_services_is_named(decided, unscored_application, what):
    with pgtrigger.ignore():
        if what == "scorecard":
            added = Scorecard.objects.create(
                panelist=unscored_application.interviews.first().panelists.first(),
                state="submitted",
                recommendation="strong_yes",
                submitted_at=timezone.now(),
            )
        else:
            added = Decision.objects.create(
                application=unscored_application, outcome="hire", rationale="x", decided_by=decided.panelist.user
            )

    found = verify()

    assert found.problem == f"{what} {added.pk} stands as finished, and no event says how it came about"
    assert (found.position, found.event_id) == (None, None)


def test_a_draft_needs_no_event(decided, unscored_application):
    Scorecard.objects.create(panelist=unscored_application.interviews.first().panelists.first())

    assert verify().ok


def test_a_later_event_excuses_no_change(decided, link_events):
    behind_the_triggers("UPDATE scorecards_rating SET score = 5 WHERE scorecard_id = %s", decided.pk)
    record("scorecard.submitted", by=None, subject=decided, **frozen("scorecard", decided.pk))
    record("rows.erased", by=None, subject=decided, application=1, **frozen("scorecard", decided.pk))
    link_events()

    assert f"of scorecard {decided.pk} was changed" in problem()


def test_an_erasure_states_what_is_left_and_is_no_change(decided, scored_application, person, link_events):
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    link_events()

    assert verify().ok
    kinds = Event.objects.filter(kind="rows.erased", detail__application=scored_application.pk)
    assert set(kinds.values_list("subject_type", flat=True)) == {"scorecard", "amendment", "rerating", "decision"}


def test_after_an_erasure_a_score_is_still_held(decided, scored_application, person, link_events):
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    link_events()
    rating = decided.ratings.first()

    behind_the_triggers("UPDATE scorecards_rating SET score = 1 + score %% 5 WHERE id = %s", rating.pk)

    assert f"rating {rating.pk} of scorecard {decided.pk} was changed" in problem()


def test_a_version_that_is_retired_is_no_change(decided, link_events):
    RubricVersion.objects.published().update(state="retired")

    assert verify().ok


def test_a_withdrawal_states_itself_and_leaves_what_was_withdrawn_as_it_was(decided, person, link_events):
    withdrawal = withdraw_scorecard(decided, reason="Another candidate", by=person("manager"))
    link_events()

    assert stated("scorecard.withdrawn")["frozen"] == f"withdrawal {withdrawal.pk}"
    assert problem() == ""
    behind_the_triggers("UPDATE scorecards_withdrawal SET reason = 'x'")
    assert problem() == f"withdrawal {withdrawal.pk} was changed after it was frozen"
