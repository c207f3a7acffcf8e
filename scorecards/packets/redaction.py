"""Packet profiles: what each leaves out, also inside free text, and a list of it to look at beforehand.

The facts are walked as a tree, so that a text added to them later is cleaned without a word here. A fact that names an
interviewer has `interviewer_id`, `interviewer_name` and `interviewer_email`; every other text is free text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from scorecards.aggregate import aggregate
from scorecards.facts import CardFact, DebriefFacts, MeetingFact, OverrideFact
from scorecards.sheets import DebriefSheet

Fact = TypeVar("Fact")
REMOVED = "[removed]"
CANDIDATE = "The candidate"
INTERVIEWERS_GO = frozenset({"no-interviewers", "totals"})
CANDIDATE_GOES = frozenset({"no-candidate"})
# Words of the program, which name nobody.
CODES = frozenset({"state", "recommendation", "first_recommendation", "outcome", "kind", "label", "way"})
# Addresses built from a title, hence perhaps from a name.
SLUGS = frozenset({"opening_slug", "key", "dimension"})
# Texts by the key of their dimension.
BY_KEY = frozenset({"rationales"})
# Replaced as a whole where they go, and left alone where only other people's names go.
NAMES = frozenset({"candidate_name", "candidate_email", "interviewer_name", "interviewer_email"})
# Fields whose own name says too little to a reader of the preview.
PLACES = {"by": "Who acted", "text": "Signal, look-for or note", "reason": "Reason", "name": "Name"}
# Addresses of a role name nobody, and these words stand in every rubric.
ROLE_WORDS = {"admin", "administrator", "candidate", "hiring", "interviewer", "manager", "recruiter"}
# Scripts that write no space between words: a name there has letters on both sides.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# What may stand after a letter without changing it for a reader: accents, soft hyphens, joiners, other invisible signs.
UNSEEN = r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*"


def redact(sheet: DebriefSheet, profile: str) -> DebriefSheet:
    """The sheet as the profile shows it. The names that it removes are nowhere in the result.

    `totals` keeps figures and drops names, evidence and the single ratings (see `shows_individuals`).
    """
    result = aggregate(_without_names(sheet.facts, profile))
    return result if shows_individuals(profile) else _totals(result)


def shows_individuals(profile: str) -> bool:
    return profile != "totals"


def scrubbed(text: str, facts: DebriefFacts, profile: str) -> str:
    """A text that is not part of the sheet, as the profile shows it; `facts` as they were before redaction."""
    return scrubber(removed_names(facts, profile))(text)


@dataclass(frozen=True)
class Removal:
    """One text that a profile changes; `place` is what kind of text it is."""

    place: str
    before: str
    after: str


def removals(facts: DebriefFacts, profile: str) -> tuple[Removal, ...]:
    """Every text that would read otherwise in a packet of the profile, each once. A shadow's are in no packet."""
    before, after = _printed(facts, profile), _printed(_without_names(facts, profile), profile)
    if not shows_individuals(profile):
        after = replace(after, overrides=_unnamed(after.overrides))
    return changed(before, after)


def changed(before: Any, after: Any) -> tuple[Removal, ...]:
    """Every text that reads otherwise after a cleaning, each once."""
    return tuple(dict.fromkeys(_changes(before, after, "")))


def _printed(facts: DebriefFacts, profile: str) -> DebriefFacts:
    """The facts less what the profile leaves out altogether."""
    if shows_individuals(profile):
        return replace(facts, cards=tuple(card for card in facts.cards if not card.shadow))
    return replace(facts, cards=(), meeting=_bare_meeting(facts.meeting))


def _changes(before: Any, after: Any, place: str) -> Iterator[Removal]:
    if isinstance(before, str):
        if before != after and place not in SLUGS:
            yield Removal(PLACES.get(place, place.replace("_", " ").capitalize()), before, after)
    elif is_dataclass(before):
        for field in fields(before):
            yield from _changes(getattr(before, field.name), getattr(after, field.name), field.name)
    elif isinstance(before, tuple):
        for one, other in zip(before, after, strict=True):
            yield from _changes(one, other, place)
    elif isinstance(before, Mapping):
        yield from _changes(tuple(before.values()), tuple(after.values()), place)


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


def _bare(card: CardFact) -> CardFact:
    return replace(
        card.without_words(),
        round_name="",
        amendments=tuple(replace(row, reason="", recommendation="", summary="", ratings=()) for row in card.amendments),
        first_recommendation=None,
        first_summary=None,
        saw=(),
    )


def _bare_meeting(meeting: MeetingFact | None) -> MeetingFact | None:
    """When it was; who said what, and who changed which rating, is left out."""
    return meeting and replace(meeting, opened_by="", attendees=(), notes=(), follow_ups=(), re_ratings=())


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


def _named(value: Any) -> Iterator[Any]:
    """Every fact that names an interviewer."""
    if is_dataclass(value):
        if hasattr(value, "interviewer_id"):
            yield value
        for field in fields(value):
            yield from _named(getattr(value, field.name))
    elif isinstance(value, tuple):
        for row in value:
            yield from _named(row)


@dataclass(frozen=True)
class _Cleaner:
    """How to clean a tree of facts; `seats` numbers the interviewers whose names go."""

    text: Callable[[str], str]
    slug: Callable[[str], str]
    seats: Mapping[int, int]

    def clean(self, value: Any, field: str = "") -> Any:
        if isinstance(value, str):
            return value if field in CODES | NAMES else (self.slug if field in SLUGS else self.text)(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **self._fields(value))
        if isinstance(value, tuple):
            return tuple(self.clean(row, field) for row in value)
        if isinstance(value, Mapping):
            slug = self.slug if field in BY_KEY else str
            return {slug(key) if isinstance(key, str) else key: self.clean(row, field) for key, row in value.items()}
        return value

    def _fields(self, value: Any) -> dict[str, Any]:
        cleaned = {row.name: self.clean(getattr(value, row.name), row.name) for row in fields(value)}
        seat = self.seats.get(cleaned.get("interviewer_id", 0))
        if seat:
            cleaned |= {"interviewer_name": f"Interviewer {seat}", "interviewer_email": f"interviewer-{seat}"}
        return cleaned


def nameless_interviewers(value: Fact, scrub: Callable[[str], str]) -> Fact:
    """The same with each interviewer as a number, in the order in which they come, and `scrub` applied to all text."""
    order = dict.fromkeys(row.interviewer_id for row in _named(value))
    seats = {interviewer: number for number, interviewer in enumerate(order, 1)}
    cleaned: Fact = _Cleaner(scrub, str, seats).clean(value)
    return cleaned


def texts(value: Any) -> Iterator[str]:
    """Every text in a tree of facts, the keys of mappings aside."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | Mapping):
        for row in value.values() if isinstance(value, Mapping) else value:
            yield from texts(row)


def _without_names(facts: DebriefFacts, profile: str) -> DebriefFacts:
    names = removed_names(facts, profile)
    if not names:
        return facts
    seats = _seats(facts) if profile in INTERVIEWERS_GO else {}
    result: DebriefFacts = _Cleaner(scrubber(names), _slugs(facts, names), seats).clean(facts)
    return replace(result, candidate_name=CANDIDATE, candidate_email="") if profile in CANDIDATE_GOES else result


def _seats(facts: DebriefFacts) -> dict[int, int]:
    """Interviewers numbered in the order of the panel. A shadow is printed nowhere, so takes no early number."""
    leads_first = sorted(facts.cards, key=lambda card: card.shadow)
    order = dict.fromkeys(
        [*(card.interviewer_id for card in leads_first), *(row.interviewer_id for row in _named(facts))]
    )
    return {interviewer: number for number, interviewer in enumerate(order, 1)}


def _slugs(facts: DebriefFacts, names: Iterable[str]) -> Callable[[str], str]:
    """A function that takes the names out of slugs. Two keys of the rubric that were different stay different."""
    parts = {_plain(form) for name in names for form in _forms(_folded(name))}
    text = scrubber(names)

    def bare(slug: str) -> str:
        kept = ["removed" if part in parts else part for part in text(slug).replace(REMOVED, "removed").split("-")]
        return "-".join(kept)

    keys: dict[str, str] = {}
    for row in facts.dimensions:
        new, taken = bare(row.key), set(keys.values())
        keys[row.key] = next(
            key for key in [new, *(f"{new}-{number}" for number in range(2, len(taken) + 3))] if key not in taken
        )
    return lambda slug: keys.get(slug) or bare(slug)


def _plain(word: str) -> str:
    """The word as a slug would spell it."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


# --- names in text -----------------------------------------------------------
def scrubber(names: Iterable[str], *, whole: Iterable[str] = (), kept: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that replaces these names and addresses, and their parts, in any text.

    Case, accents, line breaks and invisible signs make no difference. Parts of two letters count only as they are
    written (Li, not li). An address also counts without its domain. What is in `whole` goes as it stands, without its
    parts; what is a part of a name in `kept` stays.
    """
    stay = {word.casefold() for name in kept for word in _forms(_folded(name))}
    words = {word for name in names for word in _forms(_folded(name))} | {
        _folded(name) for name in whole if name.strip()
    }
    words = {word for word in words if word.casefold() not in stay}
    patterns = [_pattern(word) for word in sorted(words, key=lambda word: (-len(word), word))]
    if not patterns:
        return lambda text: text
    pattern = re.compile("|".join(patterns))

    def scrub(text: str) -> str:
        cleaned, found = pattern.subn(REMOVED, unicodedata.normalize("NFD", text))
        return unicodedata.normalize("NFC", cleaned) if found else text

    return scrub


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _forms(name: str) -> Iterator[str]:
    """The name, and each part that could stand for the person."""
    if not name:
        return
    yield name
    local, at, _ = name.partition("@")
    if at and local.casefold() not in ROLE_WORDS:
        yield local
    yield from filter(_names_somebody, re.split(r"(?:[^\w'’]|_)+", local))


def _names_somebody(part: str) -> bool:
    """Not an initial, a number, a particle of two letters (de, al) or a role's mailbox."""
    if len(part) < 2 or part.isdigit() or part.casefold() in ROLE_WORDS:
        return False
    return len(part) > 2 or not part.islower()


def _pattern(word: str) -> str:
    """Finds the word in decomposed text; accents of the word itself need not be there."""
    base = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", word))
    body = r"\s+".join("".join(re.escape(letter) + UNSEEN for letter in part) for part in base.split())
    if UNSPACED.search(word):
        return body
    bounded = rf"(?<!\w){body}(?!\w)"
    return bounded if len(word) == 2 else f"(?i:{bounded})"
