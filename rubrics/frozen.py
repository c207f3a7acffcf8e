"""Which rows the publication of a rubric version freezes. That it is retired later
changes none of them."""

from audit.frozen import Part, freeze, history_of

OF_DIMENSION = "JOIN rubrics_dimension d ON d.id = r.dimension_id"
DIMENSION = ("version_id", "order", "key", "name", "weight", "weight_reason", "must_have", "origin")
ANCHOR = ("dimension_id", "level", "text")
VERSION = (
    Part(
        "version",
        "rubrics_rubricversion",
        "r.id",
        ("rubric_id", "number", "blueprint_id", "summary", "levels_assumed", "evidence_levels", "published_by_id"),
        ("published_at",),
    ),
    Part("dimension", "rubrics_dimension", "r.version_id", DIMENSION),
    Part("anchor", "rubrics_anchor", "d.version_id", ANCHOR, join=OF_DIMENSION),
    Part(
        "exercise",
        "rubrics_exercise",
        "r.version_id",
        ("order", "label", "title", "duration", "prompt", "look_for", "dimension_keys", "origin"),
    ),
    Part(
        "question", "rubrics_question", "d.version_id", ("order", "text", "strong", "weak", "origin"), join=OF_DIMENSION
    ),
    Part("focus area", "rubrics_focusarea", "r.version_id", ("order", "name", "detail", "topics")),
    Part("signal", "rubrics_signal", "r.version_id", ("order", "kind", "text", "origin")),
    Part("skill", "rubrics_skill", "r.version_id", ("order", "group", "name", "description", "use", "importance")),
    Part("soft skill", "rubrics_softskill", "r.version_id", ("order", "name", "why", "how", "strong")),
    history_of(
        "version",
        "rubrics_versionchange",
        "r.pgh_obj_id",
        ("rubric_id", "number", "state", "summary", "evidence_levels"),
    ),
    history_of("dimension", "rubrics_dimensionchange", "r.version_id", DIMENSION),
    history_of("anchor", "rubrics_anchorchange", "d.version_id", ANCHOR, join=OF_DIMENSION),
)


def freeze_rubrics() -> None:
    freeze("version", *VERSION, once="r.state <> 'draft'")
