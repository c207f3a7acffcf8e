"""Interviews that are still to come and change for whole panels at once: locked, and what is
told of them reads the interviews as they are changed in memory."""

from collections.abc import Iterable, Sequence

from candidates.models import Interview, InterviewQuerySet, Panelist


def lock_coming(interviews: InterviewQuerySet) -> list[Interview]:
    """Those of these that are to come, locked, each with the next number for calendars; the
    caller stores it (`calendar_sequence`)."""
    rows = interviews.to_come().select_for_update(of=("self",), no_key=True).order_by("pk")
    coming = list(rows.select_related("round", "application__opening", "application__candidate"))
    for interview in coming:
        interview.calendar_sequence += 1
    return coming


def with_interviews(panelists: Iterable[Panelist], interviews: Sequence[Interview]) -> list[Panelist]:
    """These panelists of the interviews, each with its own."""
    by_key = {interview.pk: interview for interview in interviews}
    found = list(panelists)
    for panelist in found:
        panelist.interview = by_key[panelist.interview_id]
    return found
