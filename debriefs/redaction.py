"""Packet profiles: what each leaves out, also inside free text, and a list of it to
look at beforehand.

The facts are walked as a tree, so that a text added to them later is cleaned without a
word here. A fact that names an interviewer has `interviewer_id`, `interviewer_name` and
`interviewer_email`; every other text is free text. Pure, and imports no Django.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from accounts.folding import composed
from candidates.names import NO_TICKS, REMOVED, Doubt, Hit, NameMatcher, Ticks
from candidates.spelling import folded, forms
from debriefs.aggregate import aggregate
from debriefs.facts import DebriefFacts, MeetingFact, OverrideFact
from debriefs.profiles import Profile
from debriefs.sheets import DebriefSheet, DimensionSheet, RatingSheet
from rubrics.blueprints.keys import first_free
from scorecards.facts import AmendmentFact, CardFact, RatingFact

Fact = TypeVar("Fact")
CANDIDATE = "The candidate"
NOT_ASSESSED = "not assessed"  # in place of a reason in its author's words
INTERVIEWERS_GO = frozenset({Profile.NO_INTERVIEWERS, Profile.TOTALS})
CANDIDATE_GOES = frozenset({Profile.NO_CANDIDATE})
EVIDENCE_GOES = frozenset({Profile.TOTALS, Profile.SUMMARY})
# Words of the program, which name nobody.
CODES = frozenset({"state", "recommendation", "first_recommendation", "outcome", "kind", "label", "way"})
CODES |= {"rubric_language"}
# Addresses built from a title, hence perhaps from a name.
SLUGS = frozenset({"opening_slug", "key", "dimension"})
# Texts by the key of their dimension.
BY_KEY = frozenset({"rationales"})
# Replaced as a whole where they go, and left alone where only other people's names go.
NAMES = frozenset({"candidate_name", "candidate_email", "interviewer_name", "interviewer_email"})
# Fields whose own name says too little to a reader of the preview.
KINDS = {"by": "Who acted", "text": "Signal, look-for or note", "reason": "Reason", "name": "Name"}
MOST_ASKED = 300  # words of each kind that a person is asked about; a form has room for 1,000 fields
AROUND = 60  # letters of a passage that are shown before and after a word in question


@dataclass(frozen=True)
class Contents:
    """What a packet is made of: the facts, the sheet that its profile leaves over of
    them, and what a person ticked for that."""

    facts: DebriefFacts
    sheet: DebriefSheet
    ticks: Ticks = NO_TICKS


def redacted_sheet(facts: DebriefFacts, profile: str, ticks: Ticks = NO_TICKS) -> DebriefSheet:
    """The sheet as the profile shows it. The names that it removes are nowhere in the
    result, but for endings and nicknames that are not in `ticks`.

    `totals` keeps figures and drops names, evidence and the single ratings (see
    `shows_individuals`); `summary` keeps the single scores and drops what was written
    about them.
    """
    sheet = aggregate(_without_names(facts, profile, ticks))
    if profile == Profile.SUMMARY:
        return _summary(sheet)
    return sheet if shows_individuals(profile) else _totals(sheet)


def shows_individuals(profile: str) -> bool:
    """Whether single judgements are shown, with or without their authors' names."""
    return profile != Profile.TOTALS


def removes_names(profile: str) -> bool:
    """Whether somebody's names are taken out of all texts."""
    return profile in INTERVIEWERS_GO | CANDIDATE_GOES


def shows_evidence(profile: str) -> bool:
    """Whether what interviewers wrote on single ratings is shown."""
    return profile not in EVIDENCE_GOES


def scrubbed(text: str, facts: DebriefFacts, profile: str, ticks: Ticks = NO_TICKS) -> str:
    """A text beside the sheet as the profile shows it; `facts` as before redaction."""
    return NameMatcher(removed_names(facts, profile), ticks=ticks).removed(text)


@dataclass(frozen=True)
class Removal:
    """One text that a profile changes; `kind` says what kind of text it is."""

    kind: str
    before: str
    after: str


def removals(facts: DebriefFacts, profile: str, ticks: Ticks = NO_TICKS) -> tuple[Removal, ...]:
    """Every text that reads otherwise in the packet, each once; shadows are in none."""
    before, after = _printed(facts, profile), _printed(_without_names(facts, profile, ticks), profile)
    if not shows_individuals(profile):
        after = replace(after, overrides=_unnamed(after.overrides))
    return changed(before, after)


def changed(before: Fact, after: Fact) -> tuple[Removal, ...]:
    """Every text that reads otherwise after a cleaning, each once."""
    return tuple(dict.fromkeys(_changes(before, after, "")))


@dataclass(frozen=True)
class Question:
    """A word of which a person decides whether it is a name: as it is written, where it
    stands first, and how often more."""

    word: str
    kind: str
    passage: str
    more: int


@dataclass(frozen=True)
class Questions:
    """`remove`: words that stay unless they are ticked, since they may be another form
    of a name. `keep`: words that go as names unless they are ticked, since they may be
    words of a language."""

    remove: tuple[Question, ...] = ()
    keep: tuple[Question, ...] = ()

    def answered(self, ticks: Ticks) -> Ticks:
        """The ticks as far as they answer one of these, in the order of the
        questions.
        """
        return Ticks(_chosen(self.remove, ticks.removed), _chosen(self.keep, ticks.kept))

    def beyond(self, most: int) -> int:
        """How many are not asked where of each kind only so many are."""
        return sum(len(rows[most:]) for rows in (self.remove, self.keep))

    def offered(self) -> dict[str, object]:
        """What a page lists to tick, at most MOST_ASKED of each kind, and how many more
        there are."""
        return {
            "remove": self.remove[:MOST_ASKED],
            "keep": self.keep[:MOST_ASKED],
            "unasked": self.beyond(MOST_ASKED),
        }


def _chosen(questions: tuple[Question, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.word for row in questions if row.word in words)


def questions(facts: DebriefFacts, profile: str) -> Questions:
    """What a person decides before the profile's packet is built."""
    names = removed_names(facts, profile)
    return questions_in(_printed(facts, profile), NameMatcher(names)) if names else Questions()


def questions_in(value: object, matcher: NameMatcher) -> Questions:
    """The same for any tree of facts."""
    found: dict[Doubt, dict[str, Question]] = {Doubt.ASKED: {}, Doubt.COMMON: {}}
    for kind, text in dict.fromkeys(_free_texts(value)):
        nfc = composed(text)
        for hit in matcher.hits(nfc):
            if hit.doubt in found:
                _note(found[hit.doubt], hit, kind, nfc)
    remove, keep = (tuple(rows.values()) for rows in found.values())
    return Questions(remove, keep)


def _note(rows: dict[str, Question], hit: Hit, kind: str, text: str) -> None:
    word = text[hit.start : hit.end]
    if word in rows:
        rows[word] = replace(rows[word], more=rows[word].more + 1)
    else:
        rows[word] = Question(word, kind, _passage(text, hit), 0)


def _passage(text: str, hit: Hit) -> str:
    """The word with so much around it as a person needs to decide, on one line."""
    start, end = max(0, hit.start - AROUND), hit.end + AROUND
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return before + " ".join(text[start:end].split()) + after


def _printed(facts: DebriefFacts, profile: str) -> DebriefFacts:
    """The facts less what the profile leaves out altogether."""
    if shows_individuals(profile):
        return replace(facts, cards=tuple(card for card in facts.cards if not card.shadow))
    return replace(facts, cards=(), meeting=_bare_meeting(facts.meeting))


def _changes(before: object, after: object, name: str) -> Iterator[Removal]:
    """Of two trees of the same shape; `name` is that of the field they are in."""
    match before, after:
        case str(), str():
            if before != after and name not in SLUGS:
                yield Removal(_kind(name), before, after)
        case tuple(), tuple():
            for one, other in zip(before, after, strict=True):
                yield from _changes(one, other, name)
        case Mapping(), Mapping():
            yield from _changes(tuple(before.values()), tuple(after.values()), name)
        case _:
            for field in _field_names(before):
                yield from _changes(getattr(before, field), getattr(after, field), field)


def _kind(field: str) -> str:
    """What a text is, by the name of its field, for a reader of the preview."""
    return KINDS.get(field, field.replace("_", " ").capitalize())


def _field_names(value: object) -> list[str]:
    """Of a fact; empty for what is none, as a number."""
    return [row.name for row in fields(value)] if is_dataclass(value) else []


def _totals(sheet: DebriefSheet) -> DebriefSheet:
    cards = tuple(_bare(card) for card in sheet.cards)
    return replace(
        sheet,
        facts=replace(
            sheet.facts,
            cards=cards,
            meeting=_bare_meeting(sheet.facts.meeting),
            overrides=_unnamed(sheet.facts.overrides),
        ),
        dimensions=tuple(replace(row, ratings=(), remarks=(), notes=()) for row in sheet.dimensions),
        cards=cards,
    )


def _summary(sheet: DebriefSheet) -> DebriefSheet:
    """Who recommended and scored what, and the red flags, without the words beside
    them."""
    meeting = sheet.facts.meeting
    met = _bare_meeting(meeting, opened_by=meeting.opened_by) if meeting else None
    cards = tuple(_brief(card) for card in sheet.cards)
    asked = tuple(replace(row, anchors={}) for row in sheet.facts.dimensions)
    facts = replace(sheet.facts, dimensions=asked, cards=cards, meeting=met, exercises=())
    dimensions = tuple(_brief_dimension(row) for row in sheet.dimensions)
    return replace(sheet, facts=facts, dimensions=dimensions, cards=cards)


def _brief(card: CardFact) -> CardFact:
    correction = card.correction and replace(card.correction, reason="")
    return replace(
        card.without_words(),
        red_flags=tuple(replace(row, note="") for row in card.red_flags),
        ratings=tuple(_wordless(row) for row in card.ratings),
        amendments=_wordless_amendments(card),
        first_summary=None,
        saw=(),
        correction=correction,
    )


def _wordless(rating: RatingFact) -> RatingFact:
    reason = NOT_ASSESSED if rating.not_assessed_reason else ""
    return replace(rating, not_assessed_reason=reason, evidence="", anchor_text="", earlier=())


def _brief_dimension(row: DimensionSheet) -> DimensionSheet:
    ratings = tuple(_brief_rating(rating) for rating in row.ratings)
    return replace(row, anchors={}, ratings=ratings, remarks=(), notes=())


def _brief_rating(row: RatingSheet) -> RatingSheet:
    reason = NOT_ASSESSED if row.reason else ""
    changed = tuple(replace(new, not_assessed_reason="", source="", reason="") for new in row.re_ratings)
    return replace(row, reason=reason, evidence="", anchor_text="", earlier=(), re_ratings=changed)


def _wordless_amendments(card: CardFact) -> tuple[AmendmentFact, ...]:
    return tuple(replace(row, reason="", recommendation="", summary="", ratings=()) for row in card.amendments)


def _bare(card: CardFact) -> CardFact:
    return replace(
        card.without_words(),
        round_name="",
        amendments=_wordless_amendments(card),
        first_recommendation=None,
        first_summary=None,
        saw=(),
        correction=None,
    )


def _bare_meeting(meeting: MeetingFact | None, *, opened_by: str = "") -> MeetingFact | None:
    """When it was; who said what, and who changed which rating, is left out."""
    return meeting and replace(meeting, opened_by=opened_by, attendees=(), notes=(), follow_ups=(), re_ratings=())


def _unnamed(overrides: tuple[OverrideFact, ...]) -> tuple[OverrideFact, ...]:
    return tuple(
        replace(row, interviewer_id=0, interviewer_name="an interviewer", interviewer_email="") for row in overrides
    )


# --- names in the facts ------------------------------------------------------
def removed_names(facts: DebriefFacts, profile: str) -> list[str]:
    """The names and addresses that the profile removes, each once."""
    names: list[str] = []
    if profile in INTERVIEWERS_GO:
        names = [name for row in _named(facts) for name in (row.interviewer_name, row.interviewer_email)]
    if profile in CANDIDATE_GOES:
        names = [facts.candidate_name, facts.candidate_email]
    return list(dict.fromkeys(filter(None, names)))


def _named(value: object) -> Iterator[Any]:
    """Every fact that names an interviewer."""
    if hasattr(value, "interviewer_id"):
        yield value
    for name in _field_names(value):
        yield from _named(getattr(value, name))
    if isinstance(value, tuple):
        for row in value:
            yield from _named(row)


@dataclass(frozen=True)
class _Cleaner:
    """How to clean a tree of facts; `numbers` has the interviewers whose names go."""

    text: Callable[[str], str]
    slug: Callable[[str], str]
    numbers: Mapping[int, int]

    def clean(self, value: Fact) -> Fact:
        """A tree of the same shape."""
        return cast(Fact, self._clean(value, ""))

    def _clean(self, value: object, field: str) -> object:
        if isinstance(value, str):
            return self._text(value, field)
        if isinstance(value, tuple):
            return tuple(self._clean(row, field) for row in value)
        if isinstance(value, Mapping):
            keys = map(self.slug, value) if field in BY_KEY else value
            rows = [self._clean(row, field) for row in value.values()]
            return dict(zip(keys, rows, strict=True))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **self._fields(value))
        return value

    def _text(self, value: str, field: str) -> str:
        if field in CODES or field in NAMES:
            return value
        return self.slug(value) if field in SLUGS else self.text(value)

    def _fields(self, fact: object) -> dict[str, Any]:
        names = _field_names(fact)
        cleaned: dict[str, Any] = {name: self._clean(getattr(fact, name), name) for name in names}
        number = self.numbers.get(cleaned.get("interviewer_id", 0))
        if number:
            cleaned["interviewer_name"] = f"Interviewer {number}"
            cleaned["interviewer_email"] = f"interviewer-{number}"
        return cleaned


def nameless_interviewers(value: Fact, scrub: Callable[[str], str]) -> Fact:
    """The same with interviewers numbered in their order and `scrub` applied to all
    text."""
    order = dict.fromkeys(row.interviewer_id for row in _named(value))
    numbers = {interviewer: number for number, interviewer in enumerate(order, 1)}
    return _Cleaner(scrub, str, numbers).clean(value)


def texts(value: object) -> Iterator[str]:
    """Every text in a tree of facts, the keys of mappings aside."""
    for _, text in _fields_with_text(value, ""):
        yield text


def _free_texts(value: object) -> Iterator[tuple[str, str]]:
    """Every text that somebody wrote, after what it is."""
    for field, text in _fields_with_text(value, ""):
        if field not in CODES | NAMES | SLUGS:
            yield _kind(field), text


def _fields_with_text(value: object, field: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield field, value
        case tuple():
            for row in value:
                yield from _fields_with_text(row, field)
        case Mapping():
            yield from _fields_with_text(tuple(value.values()), field)
        case _:
            for name in _field_names(value):
                yield from _fields_with_text(getattr(value, name), name)


def _without_names(facts: DebriefFacts, profile: str, ticks: Ticks) -> DebriefFacts:
    names = removed_names(facts, profile)
    if not names:
        return facts
    numbers = _numbers(facts) if profile in INTERVIEWERS_GO else {}
    text = NameMatcher(names, ticks=ticks).removed
    result = _Cleaner(text, _slugs(facts, names, ticks), numbers).clean(facts)
    if profile in CANDIDATE_GOES:
        return replace(result, candidate_name=CANDIDATE, candidate_email="")
    return result


def _numbers(facts: DebriefFacts) -> dict[int, int]:
    """Interviewers numbered by the panel's order, from 1; shadows, never printed, come
    last."""
    leads_first = sorted(facts.cards, key=lambda card: card.shadow)
    panel = [card.interviewer_id for card in leads_first]
    order = dict.fromkeys(panel + [row.interviewer_id for row in _named(facts)])
    return {interviewer: number for number, interviewer in enumerate(order, 1)}


def _slugs(facts: DebriefFacts, names: Iterable[str], ticks: Ticks) -> Callable[[str], str]:
    """What takes the names out of slugs; different keys of the rubric stay
    different.
    """
    parts = {_plain(form) for name in names for form in forms(folded(name))}
    parts |= set(map(_plain, ticks.removed))
    text = NameMatcher(names).removed

    def nameless(part: str) -> str:
        return "removed" if part in parts else part

    def bare(slug: str) -> str:
        words = text(slug).replace(REMOVED, "removed").split("-")
        return "-".join(map(nameless, words))

    keys: dict[str, str] = {}
    for row in facts.dimensions:
        taken = set(keys.values())
        keys[row.key] = first_free(bare(row.key), taken)

    def cleaned(slug: str) -> str:
        return keys.get(slug) or bare(slug)

    return cleaned


def _plain(word: str) -> str:
    """The word as a slug would spell it."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


# --- names in text -----------------------------------------------------------
