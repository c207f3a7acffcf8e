"""How each kind of event reads on the page. A kind without a sentence fails a test."""

SENTENCES = {
    "user.created": "added a person",
    "rubric.imported": "imported a blueprint",
    "rubric.edited": "edited a draft rubric",
    "rubric.published": "published a rubric version",
    "rubric.forked": "started a new draft of a rubric",
    "rubric.exported": "exported a rubric",
    "opening.created": "created an opening",
    "opening.member_added": "gave somebody a role on an opening",
    "user.edited": "changed a person's roles",
    "round.removed": "took a round out of an interview plan",
    "candidate.edited": "corrected a candidate",
    "interview.changed": "changed an interview",
    "interview.cancelled": "cancelled an interview",
    "rubric.discarded": "discarded a draft rubric",
    "round.saved": "changed the interview plan",
    "application.created": "added a candidate",
    "interview.planned": "planned an interview",
    "panelist.added": "put an interviewer on a panel",
    "panelist.removed": "took an interviewer off a panel",
    "scorecard.locked": "locked scores and recommendation",
    "scorecard.compared": "laid a scorecard beside their own",
    "note.left": "left a note for the next interviewers",
    "words.saved": "changed a list of protected words",
    "scorecard.submitted": "submitted a scorecard",
    "scorecard.declined": "declined a scorecard",
    "scorecards.imported": "imported historic scorecards",
    "debrief.viewed": "opened a debrief",
    "debrief.exported": "exported a debrief",
    "override.granted": "let somebody see before submitting",
    "decision.recorded": "recorded a decision",
    "packet.requested": "asked for a packet",
    "packet.retried": "asked for a failed packet again",
    "packet.ready": "finished building a packet",
    "packet.failed": "could not build a packet",
    "packet.downloaded": "downloaded a packet",
}


def sentence(kind: str) -> str:
    """The event's kind as words; raises KeyError for a kind that nobody described."""
    return SENTENCES[kind]
