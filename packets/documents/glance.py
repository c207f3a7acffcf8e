"""The first page of a packet, and how much of each text it holds: outcome, reasons,
recommendations, profile, disagreement, dissent and red flags, whatever people wrote.

Heights are in mm of a Letter page, the lower of the two papers, and guessed rather too
high. Pure, and imports no Django.
"""

from dataclasses import dataclass

from debriefs import charts
from debriefs.sheets import RECOMMENDATIONS, DebriefSheet, DimensionSheet
from packets.documents.excerpts import Excerpt, excerpt, line_count, shared
from scorecards.facts import RECOMMENDATION_WORDS, CardFact, MarkFact

PAGE = 230
LINE = 4.9  # of running text
TOP = 36  # outcome, and what the packet is
NAME, NAME_COLUMNS = 10.5, 32  # a line of the candidate's name
ROLE, ROLE_COLUMNS = 6, 68  # a line of the opening's title
HEAD = 9.5  # a heading with its margins
PX = 25.4 / 96
CLOSE = 10  # px of a row of the profile where there are many
ROOMY, MOST = 8, 24  # dimensions that a profile sets apart, and that it holds at all
NAMED = 6  # scorecards up to which the recommendations say whose they are
DISPUTED, FLAGS = 6, 4  # rows that are shown; of more only the number
FLAG_LINES, FLAG_NAMES = 2, 3
LEAST = 5  # lines that the decision's texts have together, whatever else there is


@dataclass(frozen=True)
class Tally:
    """How many recommend this, and who, where there is room for the names."""

    kind: str
    words: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """A red flag with those who saw or noted it, and how many more did."""

    text: Excerpt
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Texts:
    """The decision's texts, as far as the page holds them."""

    reasons: Excerpt
    conditions: Excerpt
    dissent: Excerpt

    @property
    def is_cut(self) -> bool:
        """Whether one of them goes on elsewhere."""
        return self.reasons.is_cut or self.conditions.is_cut or self.dissent.is_cut


@dataclass(frozen=True)
class Glance(Texts):
    """The page's parts. `more_disputed` and `more_flags` count what is not shown;
    `profile` is None where a page has no room for so many dimensions."""

    tally: tuple[Tally, ...]
    profile: "Profile | None"
    disputed: tuple[DimensionSheet, ...]
    more_disputed: int
    flags: tuple[Flag, ...]
    more_flags: int


@dataclass(frozen=True)
class Profile:
    """The picture, and whether its rows stand close."""

    picture: str
    close: bool


def glance(sheet: DebriefSheet, *, individuals: bool) -> Glance:
    """The first page of a packet of the sheet, with or without single judgements."""
    disputed, flags = sheet.disagreements, _flags(sheet, individuals=individuals)
    texts = decision_texts(sheet, individuals=individuals)
    return Glance(
        reasons=texts.reasons,
        conditions=texts.conditions,
        dissent=texts.dissent,
        tally=_tally(sheet, named=individuals and len(sheet.submitted) <= NAMED),
        profile=_profile(sheet),
        disputed=disputed[:DISPUTED],
        more_disputed=len(disputed[DISPUTED:]),
        flags=flags[:FLAGS],
        more_flags=len(flags[FLAGS:]),
    )


def decision_texts(sheet: DebriefSheet, *, individuals: bool) -> Texts:
    """What that page holds of the decision's reasons, conditions and dissent."""
    room = PAGE - _top(sheet) - _middle(sheet) - _foot(sheet, _flags(sheet, individuals=individuals)[:FLAGS])
    texts = ("", "", "")
    if decision := sheet.facts.decision:
        texts = (decision.rationale, decision.conditions, decision.dissent)
    if texts[1]:
        room -= HEAD
    given = shared(map(line_count, texts), max(LEAST, int(room / LINE)))
    return Texts(*map(excerpt, texts, given))


def _tally(sheet: DebriefSheet, *, named: bool) -> tuple[Tally, ...]:
    """From strong yes to strong no."""
    rows = []
    for kind in reversed(RECOMMENDATIONS):
        of_kind = [card for card in sheet.submitted if card.recommendation == kind]
        names = tuple(_called(card) for card in of_kind) if named else ()
        rows.append(Tally(kind, RECOMMENDATION_WORDS[kind], len(of_kind), names))
    return tuple(rows)


def _called(card: CardFact) -> str:
    """Its author, and that it was imported, where it was."""
    return f"{card.interviewer_name} (imported)" if card.imported else card.interviewer_name


def _profile(sheet: DebriefSheet) -> Profile | None:
    count = len(sheet.dimensions)
    if not 0 < count <= MOST:
        return None
    close = count > ROOMY
    apart = CLOSE if close else charts.PROFILE_ROW
    return Profile(charts.profile(sheet, named=False, apart=apart), close)


def _flags(sheet: DebriefSheet, *, individuals: bool) -> tuple[Flag, ...]:
    if not individuals:
        return ()
    return tuple(_flag(text, marks) for text, marks in sheet.red_flags)


def _flag(text: str, marks: tuple[tuple[CardFact, MarkFact], ...]) -> Flag:
    names = tuple(_named(card, mark) for card, mark in marks[:FLAG_NAMES])
    return Flag(excerpt(text, FLAG_LINES), names, len(marks[FLAG_NAMES:]))


def _named(card: CardFact, mark: MarkFact) -> str:
    return card.interviewer_name if mark.seen else f"{card.interviewer_name} (only noted)"


# --- heights -----------------------------------------------------------------
def _top(sheet: DebriefSheet) -> float:
    """Of all above the reasons, and their heading."""
    names = line_count(sheet.facts.candidate_name, NAME_COLUMNS)
    roles = line_count(sheet.facts.opening_title, ROLE_COLUMNS)
    return TOP + names * NAME + roles * ROLE + HEAD


def _middle(sheet: DebriefSheet) -> float:
    """Of recommendations and profile, which stand side by side, and the composite."""
    count = len(sheet.dimensions)
    apart = CLOSE if count > ROOMY else charts.PROFILE_ROW
    profile = (count * apart + 20) * PX if count <= MOST else 0
    named = len(sheet.submitted) <= NAMED
    tally = 4 * 6 + (len(sheet.submitted) * 5 if named else 0)
    split = LINE if sheet.is_split else 0
    return HEAD + max(profile + 2 * LINE, tally + split)


def _foot(sheet: DebriefSheet, flags: tuple[Flag, ...]) -> float:
    """Of disagreement, red flags and what is said of dissent beside its text."""
    disputed = ", ".join(f"{row.name} (1–5)" for row in sheet.disagreements[:DISPUTED])
    lines = line_count(f"Ratings at least 3 apart: {disputed}, and 10 more.")
    for flag in flags:
        lines += line_count(" ".join((flag.text.text, *flag.names)))
    return 3 * HEAD + (lines + 3) * LINE
