"""Which rows a submission or an amendment freezes. An erasure blanks some of their
texts, and says so."""

from audit.frozen import Part, freeze, history_of

SCORECARD = (
    Part(
        "scorecard",
        "scorecards_scorecard",
        "r.id",
        ("panelist_id", "state", "recommendation", "summary", "decline_reason", "saw_others_first", "imported"),
        ("locked_at", "submitted_at"),
    ),
    Part(
        "rating",
        "scorecards_rating",
        "r.scorecard_id",
        ("dimension_id", "score", "not_assessed", "not_assessed_reason", "evidence", "anchor_text"),
    ),
    Part("signal mark", "scorecards_signalmark", "r.scorecard_id", ("signal_id", "seen", "note")),
    Part("look-for mark", "scorecards_lookformark", "r.scorecard_id", ("exercise_id", "index", "outcome")),
    history_of(
        "scorecard",
        "scorecards_scorecardchange",
        "r.pgh_obj_id",
        ("panelist_id", "state", "recommendation", "summary", "decline_reason"),
        moments=("locked_at",),
    ),
    history_of(
        "rating",
        "scorecards_ratingchange",
        "r.scorecard_id",
        ("dimension_id", "score", "not_assessed", "not_assessed_reason", "evidence"),
    ),
)
AMENDMENT = Part(
    "amendment",
    "scorecards_amendment",
    "r.id",
    ("scorecard_id", "reason", "recommendation", "summary", "ratings", "had_seen"),
    ("at",),
)
WITHDRAWAL = Part(
    "withdrawal",
    "scorecards_withdrawal",
    "r.id",
    ("scorecard_id", "reason", "by_id"),
    ("at",),
)


def freeze_scorecards() -> None:
    freeze("scorecard", *SCORECARD, once="r.state <> 'draft'")
    freeze("amendment", AMENDMENT)
    freeze("withdrawal", WITHDRAWAL)
