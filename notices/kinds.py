"""What people are told of, and why. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One sort of notice: `label` on pages, `why` at the foot of its mail.

    A `demanded` one is always mailed; others a person can keep to the pages alone.
    One `of_others` tells how far others' judgement of an application is, so that nobody
    who owes a scorecard there gets it.
    `lower` says what the settings change about it. `several` is the subject of one mail
    in place of many, with their number; none where each is a mail of its own. `single`
    is the same where one of them is left.
    """

    key: str
    label: str
    why: str
    demanded: bool
    lower: str = "Choose what you get by e-mail"
    several: str = ""
    single: str = ""
    of_others: bool = False

    def subject(self, count: int) -> str:
        """Of one mail in place of so many."""
        return self.single if count == 1 else self.several.format(count)


TIMES = "Choose your time zone and quiet hours"
FEWER = "Choose quiet hours and fewer reminders"

INVITED = Kind("invited", "Interview planned", "you are on the panel of this interview", True, TIMES)
MOVED = Kind("moved", "Interview changed", "you are on the panel of this interview", True, TIMES)
CANCELLED = Kind("cancelled", "Interview cancelled", "you were on the panel of this interview", True, TIMES)
REMINDED = Kind(
    "reminded",
    "Scorecard due",
    "you have scorecards to submit",
    True,
    FEWER,
    "You have {} scorecards to submit",
    "You have a scorecard to submit",
)
DUE_SET = Kind(
    "due_set",
    "New due time",
    "you have scorecards to submit",
    True,
    TIMES,
    "New due time for {} of your scorecards",
    "New due time for one of your scorecards",
)
ESCALATED = Kind(
    "escalated",
    "Scorecards late",
    "you run an opening and its scorecards are late",
    True,
    "Choose quiet hours",
    "{} scorecards are late",
    "A scorecard is late",
    of_others=True,
)
ALL_IN = Kind("all_in", "All scorecards in", "you run this opening", False, of_others=True)
DECIDED = Kind("decided", "Decision recorded", "you run this opening or were on the panel", False, of_others=True)
HANDED_OFF = Kind("handed_off", "Hand-off note", "a colleague left a note for your interview", False)
GONE = Kind("gone", "Interviewer switched off", "you run this opening", False)
UNDELIVERED = Kind("undelivered", "Mail not delivered", "you run this opening", False)
ADDED = Kind("added", "Role on an opening", "somebody gave you a role on this opening", False)

KINDS = {
    kind.key: kind
    for kind in (
        INVITED,
        MOVED,
        CANCELLED,
        REMINDED,
        DUE_SET,
        ESCALATED,
        ALL_IN,
        DECIDED,
        HANDED_OFF,
        GONE,
        UNDELIVERED,
        ADDED,
    )
}

OF_OTHERS = [kind.key for kind in KINDS.values() if kind.of_others]


def label_of(key: str) -> str:
    """What pages call a notice or mail of this kind."""
    known = KINDS.get(key)
    return known.label if known is not None else "Account and links"
