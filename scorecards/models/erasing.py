"""Which texts about a person an erasure blanks, and the one way past the triggers that keep finished rows as they are.

A row's texts, and nothing else of it, may be rewritten while `evenhand.erasing` names the row's application. That
setting ends with its transaction; only `scorecards.erasure` sets it.
"""

import pgtrigger

# The lookup that leads from a row to its application, and the columns that hold words about the person.
TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Scorecard": ("panelist__interview__application", ("summary", "decline_reason")),
    "Rating": ("scorecard__panelist__interview__application", ("not_assessed_reason", "evidence")),
    "SignalMark": ("scorecard__panelist__interview__application", ("note",)),
    "HandoffNote": ("panelist__interview__application", ("text",)),
    "Override": ("application", ("reason",)),
    "Amendment": ("scorecard__panelist__interview__application", ("reason", "summary", "ratings")),
    "MeetingNote": ("meeting__application", ("text",)),
    "Attendee": ("meeting__application", ("name",)),
    "ReRating": ("meeting__application", ("not_assessed_reason", "source", "reason")),
    "Decision": ("application", ("rationale", "rationales", "conditions", "dissent", "dissenter")),
    "Reopening": ("decision__application", ("reason",)),
}
OF_A_SEAT = "SELECT i.application_id FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id"
OF_A_CARD = f"{OF_A_SEAT} JOIN scorecards_scorecard s ON s.panelist_id = p.id WHERE s.id = OLD.scorecard_id"
BY_LOOKUP = {
    "application": "OLD.application_id",
    "panelist__interview__application": f"({OF_A_SEAT} WHERE p.id = OLD.panelist_id)",
    "scorecard__panelist__interview__application": f"({OF_A_CARD})",
    "meeting__application": "(SELECT m.application_id FROM scorecards_meeting m WHERE m.id = OLD.meeting_id)",
    "decision__application": "(SELECT d.application_id FROM scorecards_decision d WHERE d.id = OLD.decision_id)",
}


def blanked(model: str, *more: str) -> str:
    """SQL of a trigger: this update rewrites texts alone, and the row's application is being erased."""
    lookup, texts = TEXTS[model]
    names = ", ".join(f"'{name}'" for name in (*texts, *more))
    same = f"to_jsonb(NEW) - ARRAY[{names}] = to_jsonb(OLD) - ARRAY[{names}]"
    return f"TG_OP = 'UPDATE' AND {same} AND evenhand_erasing({BY_LOOKUP[lookup]})"


def immutable(
    model: str,
    *more: str,
    name: str = "never_changed",
    operation: pgtrigger.Operation | pgtrigger.Operations = pgtrigger.Update | pgtrigger.Delete,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """`pgtrigger.Protect` that lets an erasure blank the row's texts."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"""
            IF {blanked(model, *more)} THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'rows of % are not changed or deleted', TG_TABLE_NAME;
        """,
    )
