"""What a document of a debrief leaves out, by name. Pure, and imports no Django."""

from enum import StrEnum


class Profile(StrEnum):
    """Rows of packets keep the value; what each takes away is in
    `debriefs.redaction`.
    """

    FULL = "full"
    SUMMARY = "summary"
    TOTALS = "totals"
    NO_INTERVIEWERS = "no-interviewers"
    NO_CANDIDATE = "no-candidate"


class EvidenceBy(StrEnum):
    """What the evidence is put together by; it is printed once."""

    DIMENSION = "dimension"
    INTERVIEWER = "interviewer"


VALUES = tuple(profile.value for profile in Profile)
LABELS = {  # where one is chosen
    Profile.FULL.value: "Everything",
    Profile.SUMMARY.value: "Summary (two or three pages, no evidence)",
    Profile.TOTALS.value: "Totals only (no individual scores, no interviewers)",
    Profile.NO_INTERVIEWERS.value: "Without interviewers' names",
    Profile.NO_CANDIDATE.value: "Without the candidate's name",
}
COVER_WORDS = {  # what the document says of itself
    Profile.FULL.value: "Full",
    Profile.SUMMARY.value: "Summary: no evidence, notes or rubric",
    Profile.TOTALS.value: "Totals only: no interviewers, individual ratings or evidence",
    Profile.NO_INTERVIEWERS.value: "Interviewers' names removed",
    Profile.NO_CANDIDATE.value: "Candidate's name removed",
}
