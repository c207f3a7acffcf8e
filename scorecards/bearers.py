"""Of whom a loaded word is said: of the candidate, or of others and things. Pure.

A note on an interview is mostly short: “Has dyslexia.”, “58, close to retirement”,
“Taught pupils with dyslexia”. A word in it is bound to the candidate where it is theirs
(“her divorce”), where it says what they are or have (“she is deaf”), where it does
something to them (“dyslexia slows her down”), or stands behind “despite”. Else it is
said of others where its clause names people who are served, things of work, or a verb
of work. What is neither is a bare note, and the candidate's. It is a rule of thumb over
kinds of words (`grammars`), no parser.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scorecards.clauses import Token
from scorecards.grammars import GRAMMARS, Grammar

OWNED_WITHIN = 3  # words from “her” to what is hers
MADE_FROM = 3  # words from “her portfolio” to what it shows
INFINITIVE = "zu"  # before the verb at the end of a German clause without a subject
SELF_WITHIN = 3  # words from “herself” to the verb
TOLD_WITHIN = 3  # words from “told the” to who is told
DOUBT_WITHIN = 3  # words from a verb that begins a note to “not”
OF_WITHIN = 3  # words in which “of the” names somebody
ACTS_WITHIN = 4  # words from what slows to whom it slows

# What a noun that names nobody is not.
NO_NOUNS = (
    "human", "person", "people", "served", "many", "candidate", "his", "him", "state", "helper", "small", "light",
    "link", "on", "apart", "of", "for", "to", "article", "as", "front", "despite", "when", "adverb", "work",
)  # fmt: skip


def is_bound(sentence: Sequence[Token], first: int, last: int, languages: Iterable[str]) -> bool:
    """Whether the words from `first` to `last` are bound to the candidate.

    `languages` are those that the sentence may be in; one without a grammar says
    nothing.
    """
    readings = [_Reading(sentence, GRAMMARS[code], first, last) for code in languages if code in GRAMMARS]
    return any(reading.is_bound() for reading in readings)


def of_others(sentence: Sequence[Token], first: int, last: int, languages: Iterable[str]) -> bool:
    """Whether the words from `first` to `last` are said of others or of things.

    `languages` are those that the sentence may be in; one without a grammar says
    nothing.
    """
    readings = [_Reading(sentence, GRAMMARS[code], first, last) for code in languages if code in GRAMMARS]
    return any(reading.is_of_others() for reading in readings)


def done_to_others(sentence: Sequence[Token], first: int, last: int, languages: Iterable[str]) -> bool:
    """Whether the words from `first` to `last` name somebody for whom the candidate did
    something at work.

    `languages` are those that the sentence is in; one without a grammar says nothing.
    """
    readings = [_Reading(sentence, GRAMMARS[code], first, last) for code in languages if code in GRAMMARS]
    return any(reading.is_done_to_others() for reading in readings)


@dataclass(frozen=True)
class _Reading:
    """A sentence in one language, and the places of a loaded word in it."""

    sentence: Sequence[Token]
    grammar: Grammar
    first: int
    last: int

    def is_bound(self) -> bool:
        """Whether the word is bound to the candidate."""
        if self._says_self():
            return True
        if self._is_owned() or self._holds_the_candidate():
            return True
        if self._belongs_to_others() or self._is_of_a_thing(self._own):
            return False
        return self._is_predicate() or self._acts() or self._is_despite() or self._is_fronted()

    def is_of_others(self) -> bool:
        """Whether its clause, or one that it goes on from, speaks of others or of
        work."""
        if self._is_planned_for() or self._is_a_topic():
            return True
        clause = self.sentence[self.first].clause
        while True:
            places = self._clause(clause)
            if self._names_others(places) or self._tells(places) or self._works(places):
                return True
            if clause == 0 or not self._goes_on(places):
                return False
            clause -= 1

    def is_done_to_others(self) -> bool:
        """“helped an old lady”, “a rail for a tenant with MS”: a verb of work begins
        the clause."""
        own = self._own
        if not self._works(own) or self._any(range(own.start, self.last + 1), "his", "state", "candidate"):
            return False
        beside = range(max(own.start, self.first - 1), self.first)
        if self._is_done_to(own) or self._any(beside, "served", "many", "person"):
            return True
        return self._any(beside, "article") and self._is(self.last, "person")

    # --- the words -----------------------------------------------------------
    def _is(self, place: int, *kinds: str) -> bool:
        token = self.sentence[place]
        return any(self.grammar.has(kind, token) for kind in kinds)

    def _any(self, places: Iterable[int], *kinds: str) -> bool:
        return any(self._is(place, *kinds) for place in places)

    def _clause(self, number: int) -> range:
        return self._clauses.get(number, range(0))

    @cached_property
    def _clauses(self) -> dict[int, range]:
        """The places of each clause, by its number."""
        found: dict[int, range] = {}
        for place, token in enumerate(self.sentence):
            start = found.get(token.clause, range(place, place)).start
            found[token.clause] = range(start, place + 1)
        return found

    @property
    def _own(self) -> range:
        """The places of its own clause."""
        return self._clause(self.sentence[self.first].clause)

    def _is_hit(self, place: int) -> bool:
        return self.first <= place <= self.last

    def _skip(self, place: int, end: int, *kinds: str) -> int:
        """The next place from here on whose word is of none of the kinds."""
        while place < end and self._is(place, *kinds):
            place += 1
        return place

    # --- bound to the candidate ----------------------------------------------
    def _says_self(self) -> bool:
        """“..., which she has herself”, “weil er selbst Diabetiker ist”."""
        clause = self.sentence[self.first].clause
        if any(self._has_self(self._clause(number)) for number in (clause, clause + 1)):
            return True
        return self._has_it()

    def _has_it(self) -> bool:
        """“explained diabetes and said that he has it too”."""
        rest = range(self.last + 1, len(self.sentence))
        if not self._any(rest, "self", "too"):
            return False
        pairs = [(place, place + 1) for place in rest[:-1]]
        return any(self._any(pair, "have") and self._any(pair, "it") for pair in pairs)

    def _has_self(self, places: range) -> bool:
        for place in places:
            if not self._is(place, "self"):
                continue
            if place + 1 in places and self._is(place + 1, "as"):
                return True
            near = range(max(places.start, place - SELF_WITHIN), min(places.stop, place + SELF_WITHIN + 1))
            if self._any(near, "state"):
                return True
        return False

    def _belongs_to_others(self) -> bool:
        """“deaf patients”, “patient diabétique”: the word beside it is who has it."""
        own = self._own
        after = self.last + 1
        if after in own and self._is(after, "served", "many", "thing", "near"):
            return True
        before = self.first - 1
        if before in own and self._is(before, "served", "many", "thing", "near"):
            return True
        if before - 1 in own and self._is(before, "of") and self._is(before - 1, "thing", "near"):
            return True
        return self._tells_apart(before, after)

    def _tells_apart(self, before: int, after: int) -> bool:
        """“the diabetic boy”."""
        own = self._own
        if before not in own or after not in own:
            return False
        is_one = self._is(before, "article") and self._is(after, "person")
        return is_one and not self._any(range(own.start, self.first), "state")

    def _holds_the_candidate(self) -> bool:
        """“dyslexia changed how he”, “old for a”: the phrase of the list says so
        itself."""
        is_for_one = self._any(range(self.first, self.last), "for") and self._is(self.last, "article")
        if is_for_one or self._is_a_role():
            return True
        places = range(self.first + 1, self.last + 1)
        return any(self._is(place, "candidate", "him") and not self._is(place, "his", "article") for place in places)

    def _is_a_role(self) -> bool:
        """“Member of the Green party”: a note that begins with what one is in a
        group."""
        return self.first == self._own.start and self._is(self.first, "role")

    def _is_owned(self) -> bool:
        own = self._own
        for place in range(max(own.start, self.first - OWNED_WITHIN), self.last + 1):
            if not self._is(place, "his"):
                continue
            between = range(place + 1, self.first)
            if self._any(between, "served", "many", "thing", "candidate", "does", "to"):
                continue
            after = self.last + 1
            if after in own and self._is(after, "served", "many"):
                continue
            return not self._stands_for_another(place)
        return False

    def _is_predicate(self) -> bool:
        """“she is deaf”, “has dyslexia”."""
        own = self._own
        end = own.stop if self.grammar.verb_may_be_last else self.last + 1
        for place in range(own.start, end):
            if not self._is(place, "state") or not self._is_of_candidate(place):
                continue
            if self._is(place, "his") and place != own[-1]:
                continue
            stands_last = place > self.last
            between = range(own.start if stands_last else place + 1, self.first)
            if self._any(between, "served", "many", "thing", "does"):
                continue
            if self._works(own) or self._tells(own):
                continue
            if self._is_for_several(own) and self._is(self.first - 1, "for"):
                continue
            return not self._stands_for_another(place)
        return False

    def _is_of_candidate(self, verb: int) -> bool:
        """Whether the candidate is the verb's subject, or it has none."""
        own = self._own
        before = verb - 1
        if before in own and self._is(before, "there"):
            return False
        start = self._skip(own.start, verb, "link", "light", "apart")
        if start == verb:
            return True
        while before >= own.start and self._is(before, "light", "helper"):
            before -= 1
        if before < own.start or self._is(before, "candidate"):
            return True
        if verb + 1 in own and self._is(verb + 1, "candidate"):
            return True
        return self.grammar.verb_may_be_last and verb == own[-1] and self._any(own, "candidate")

    def _acts(self) -> bool:
        """“dyslexia slows her down”."""
        if self._is(self.first, "office"):
            return False
        own = self._own
        if self.first - own.start > 1 and not self._follows_a_word_that_goes_on():
            return False
        for place in range(self.last + 1, min(self.last + 2 + ACTS_WITHIN, own.stop)):
            if self._is(place, "him") and not self._is(place - 1, "to"):
                follows = range(place + 1, min(place + 3, own.stop))
                return not self._any(follows, "served", "many", "thing") and not self._stands_for_another(place)
        return False

    def _follows_a_word_that_goes_on(self) -> bool:
        """“that dyslexia”; in “der Mutter” the word is an article."""
        before = range(self.first - 2, self.first)
        return any(self._is(place, "on") and not self._is(place, "article") for place in before)

    def _is_despite(self) -> bool:
        own = self._own
        before = range(max(own.start, self.first - OWNED_WITHIN), self.first)
        return self._any(before, "despite") and not self._any(before, "served", "many", "thing")

    def _is_fronted(self) -> bool:
        """“as a Jew he”, “with that accent she”."""
        own = self._own
        start = self._skip(own.start, own.stop, "link", "apart")
        if not start < self.first <= start + OWNED_WITHIN:
            return False
        if self._is(start, "as"):
            return True
        return self._is(start, "front") and self._any(range(self.last + 1, own.stop), "candidate")

    def _stands_for_another(self, place: int) -> bool:
        """Whether a pronoun there may mean one person who was named before: “a patient
        and her pregnancy”."""
        own = self._own
        start = own.start
        while start > 0 and self._goes_on(self._clause(self.sentence[start].clause)):
            start = self._clause(self.sentence[start].clause - 1).start
        earlier = range(start, min(place, self.first))
        if self._is(place, "their") and self._any(earlier, "many"):
            return True
        return any(self._is_another(before) for before in earlier)

    def _is_another(self, place: int) -> bool:
        if self._is(place, "served"):
            return True
        before = range(max(0, place - OWNED_WITHIN), place)
        is_own = self._any(before, "his") or (self._any(before, "state") and not self._any(before, "tell"))
        return place > 0 and self._is(place, "person") and not is_own

    # --- of others -----------------------------------------------------------
    def _is_planned_for(self) -> bool:
        """“wedding for 200, seating chart done”: an event, and a report of work beside
        it.

        One with a time is the candidate's own: “wedding in May, seemed distracted”.
        """
        if not self._is(self.last, "event") or self._any(self._own, "when", "human", "person"):
            return False
        if self._any(range(len(self.sentence)), "candidate", "his", "him"):
            return False
        if self._is_of_so_many():
            return True
        return any(self._reports(places) for places in self._clauses.values())

    def _is_a_topic(self) -> bool:
        """“Dementia ward: handover read back”: what stands before a colon, and a report
        of work behind it."""
        own = self._own
        if own.stop >= len(self.sentence) or not self.sentence[own.stop].after_colon:
            return False
        if self._any(range(len(self.sentence)), "candidate", "his", "him") or self._any(own, "state", "when"):
            return False
        return self._reports(self._clause(self.sentence[own.stop].clause))

    def _is_of_so_many(self) -> bool:
        """“wedding for 200”, “guardería de doce”."""
        after = self.last + 1
        if after + 1 not in self._own or not self._is(after, "of", "for"):
            return False
        number = self.sentence[after + 1]
        is_last = after + 2 not in self._own
        return is_last and (number.folded.isdigit() or self._is(after + 1, "dozen"))

    def _reports(self, places: range) -> bool:
        """“seating chart done”: a clause that names a thing of work, or ends in what
        was done to one."""
        beside = [place for place in places if not self._is_hit(place)]
        if not beside or self._any(beside, "doubt"):
            return False
        if any(self._is_thing(place) or self._is_work(place) for place in beside):
            return True
        is_done = len(beside) > 1 and self._is(beside[-1], "participle", "done")
        return is_done or (self.last + 1 in beside and self._is(self.last + 1, "participle", "done"))

    def _names_others(self, places: range) -> bool:
        beside = [place for place in places if not self._is_hit(place)]
        if any(self._is_thing(place) or self._is_work(place) for place in beside):
            return True
        if self._names_served(places) or self._is_compound():
            return True
        if self.first - 1 in places and self._is(self.first - 1, "near"):
            return True
        if self._is_of_a_thing(places) or self._is_a_thing_of_a_people(places):
            return True
        return self._is_for_several(places) or self._is_done_to(places) or self._is_about_what_they_made(places)

    def _is_compound(self) -> bool:
        """“Kirchendach”."""
        return self.first == self.last and self._is(self.last, "compound")

    def _is_thing(self, place: int) -> bool:
        """“arbeiten” with a small letter is a verb in German."""
        token = self.sentence[place]
        is_infinitive = self.grammar.verb_may_be_last and token.folded.endswith("en") and not token.capital
        return self._is(place, "thing") and not is_infinitive

    def _names_served(self, places: range) -> bool:
        """“patients”, but not “our patients”."""
        served = [place for place in places if self._is(place, "served", "many") and not self._is_hit(place)]
        served += [place for place in places if self._is(place, "people")]
        return any(place == 0 or not self._is(place - 1, "our") for place in served)

    def _is_work(self, place: int) -> bool:
        return self._is(place, "does") and not self._is(place, "state")

    def _is_for_several(self, places: range) -> bool:
        """“for addicts”."""
        if self.first not in places or self.first == places.start:
            return False
        before = self.first - 1
        if before - 1 in places and self._is(before - 1, "much"):
            return False
        is_several = self._is(self.last, "several") and not self._is(self.last, "mass")
        return is_several and self._is(before, "for", "of")

    def _is_of_a_thing(self, places: range) -> bool:
        """“origin of the data”, “Behinderung des Bauablaufs”; not “cancer of the
        throat”."""
        noun = self._behind_whose(places)
        if noun not in places or self._is(self.last, "person", "served", "many"):
            return False
        near = range(noun, min(noun + OF_WITHIN, places.stop))
        return not self._any(near, "human", "person", "served", "many", "candidate", "his")

    def _is_a_thing_of_a_people(self, places: range) -> bool:
        """“enchère hollandaise”: the word before is a noun, and names nobody."""
        before = self.first - 1
        if self.first != self.last or before not in places or not self._is(self.first, "folk"):
            return False
        return not self._is(before, *NO_NOUNS) and not self.sentence[before].folded.isdigit()

    def _behind_whose(self, places: range) -> int:
        """The place of the word that says whose the hit is; outside of `places` without
        one."""
        after = self.last + 1
        if after not in places:
            return places.stop
        if self._is(after, "whose") or (self._is(after, "article") and self._is(self.last, "quality")):
            return after + 1
        is_of_the = self._is(after, "of") and after + 1 in places and self._is(after + 1, "article")
        return after + 2 if is_of_the else places.stop

    def _is_done_to(self, places: range) -> bool:
        """“first aid to a drunk tourist”."""
        if self.first not in places or self._is(self.first, "office"):
            return False
        start = max(places.start + 1, self.first - TOLD_WITHIN)
        return any(self._is(at, "toward") and self._is(at + 1, "article") for at in range(start, self.first - 1))

    def _is_about_what_they_made(self, places: range) -> bool:
        """“her portfolio shows ...”."""
        start = self._skip(places.start, places.stop, "link")
        if start not in places or not self._is(start, "his") or self.first < start + MADE_FROM:
            return False
        return not self._any(range(start, self.first), "state")

    def _tells(self, places: range) -> bool:
        """“spoke with a mother”, “told the daughter”."""
        for place in places:
            if not self._is(place, "tell"):
                continue
            start = self._skip(place + 1, places.stop, "to")
            told = range(start + 1, min(start + 1 + TOLD_WITHIN, places.stop))
            if start in places and self._is(start, "article") and self._any(told, "person", "many", "served"):
                return True
            before = range(max(places.start, place - TOLD_WITHIN), place)
            if self.grammar.verb_may_be_last and place == places[-1]:
                return self._any(before, "article") and self._any(before, "person", "many", "served")
        return False

    def _goes_on(self, places: range) -> bool:
        if not places or places.start == 0:
            return False
        second = places.start + 1
        if self.grammar.verb_may_be_last and len(places) > 1 and self.sentence[places[-2]].folded == INFINITIVE:
            return True
        return self._is(places.start, "on") or (second in places and self._is(second, "which"))

    def _works(self, places: range) -> bool:
        """Whether the clause says what the candidate did at work."""
        if not places:
            return False
        start = self._skip(places.start, places.stop, "link", "light")
        if start in places and self._begins_with_work(start, places):
            return not self._any(range(start + 1, min(start + 1 + DOUBT_WITHIN, places.stop)), "doubt")
        subjects = [place for place in places if self._is(place, "candidate")]
        return any(self._does_work(place, places) for place in subjects)

    def _begins_with_work(self, start: int, places: range) -> bool:
        if self._is_hit(start):
            return False
        if self._is(start, "helper"):
            return self._has_participle(start, places)
        if self._is(start, "would"):
            verb = self._skip(start + 1, places.stop, "light")
            return verb in places and not self._is_hit(verb) and not self._is(verb, "state", "small")
        return self._is(start, "work") and not self._is(start, "state")

    def _has_participle(self, helper: int, places: range) -> bool:
        """Whether a participle or infinitive of work belongs to the helper."""
        place = self._skip(helper + 1, places.stop, "light", "candidate")
        if self.grammar.verb_may_be_last:
            place = places.stop - 1
        if place not in places or place <= helper or self._is_hit(place):
            return False
        if self.grammar.verb_may_be_last and self.sentence[place].capital:
            return False
        return self._is(place, "participle", "work") and not self._is(place, "state", "small")

    def _does_work(self, subject: int, places: range) -> bool:
        before = subject - 1
        if before in places and self._is(before, "state"):
            return False
        if before in places and self._is(before, "helper"):
            return self._has_participle(before, places)
        after = self._skip(subject + 1, places.stop, "light", "candidate")
        if after in places and self._is(after, "helper"):
            return self._has_participle(after, places)
        if not self.grammar.verb_may_be_last:
            is_verb = after in places and not self._is_hit(after)
            return is_verb and self._is(after, "verb") and not self._is(after, "state", "small")
        verbs = [place for place in (subject - 1, subject + 1, after, places[-1]) if place in places]
        if self._any(verbs, "state"):
            return False
        return any(self._is_verb(place) for place in verbs)

    def _is_verb(self, place: int) -> bool:
        return self._is(place, "verb") and not self._is(place, "small") and not self._is_hit(place)
