"""Which rows a re-rating or a decision freezes. An erasure blanks their texts, and says
so."""

from audit.frozen import Part, freeze, history_of

RE_RATING = Part(
    "re-rating",
    "debriefs_rerating",
    "r.id",
    ("meeting_id", "scorecard_id", "dimension_id", "score", "not_assessed_reason", "kind", "source", "reason"),
    ("at",),
)
DECIDED = (
    "application_id",
    "outcome",
    "rationale",
    "rationales",
    "conditions",
    "dissent",
    "dissenter",
    "decided_by_id",
)
DECISION = (
    Part("decision", "debriefs_decision", "r.id", DECIDED, ("decided_at",)),
    history_of("decision", "debriefs_decisionchange", "r.pgh_obj_id", DECIDED),
)


def freeze_debriefs() -> None:
    freeze("re-rating", RE_RATING)
    freeze("decision", *DECISION)
