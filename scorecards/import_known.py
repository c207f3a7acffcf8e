"""What the rows of an import name: as it stands in the database, and what is new beside it.

Everything goes by the words of the file, as `Card` has them, so that what has no key yet
is found like what has one. A part of the file is read at once and stored at once, so that
a row of a long file takes no longer than one of a short file.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from audit.services import record_each
from candidates.identity import run_by
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round, own
from rubrics.models import Dimension
from scorecards.import_rows import Card, Person, has_no_address, plain
from scorecards.models import Rating, Scorecard, blind

Applied = tuple[str, Person]  # an opening's slug, a candidate
Held = tuple[str, Person, str]  # and a round's plain name

SUBMIT = """
    UPDATE scorecards_scorecard s SET state = 'submitted', submitted_at = told.at
      FROM unnest(%s::bigint[], %s::timestamptz[]) AS told(id, at) WHERE s.id = told.id
"""


@dataclass
class Known:
    """The rows by the words of the file, stored or not.

    `rounds` are those of an opening's slug by their plain names; `addresses` are those of
    `candidates` under any name, `namesakes` who there is more than once, `addressed` the
    names in an opening of those who have an address. `blind` has the
    keys of applications of which the importer must not learn anything yet, `own` who the
    importer is.
    """

    openings: dict[str, Opening] = field(default_factory=dict)
    candidates: dict[Person, Candidate] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    namesakes: set[Person] = field(default_factory=set)
    addressed: set[Person] = field(default_factory=set)
    own: set[Person] = field(default_factory=set)
    people: dict[str, User] = field(default_factory=dict)
    applications: dict[Applied, Application] = field(default_factory=dict)
    rounds: dict[str, dict[str, Round]] = field(default_factory=dict)
    interviews: dict[Held, Interview] = field(default_factory=dict)
    panelists: dict[Card, Panelist] = field(default_factory=dict)
    cards: dict[Card, Scorecard] = field(default_factory=dict)
    blind: set[int] = field(default_factory=set)


def read_known(cards: Collection[Card], *, by: User | None) -> Known:
    """What there is of all that these scorecards name. Twelve queries at most.

    Of candidates only those whom `by` sees, so that nobody learns of a confidential opening.
    """
    found = Known()
    _named(found, cards)
    _applied(found, cards, by)
    _held(found)
    _written(found)
    if by is not None:
        pks = [application.pk for application in found.applications.values()]
        hidden = Application.objects.filter(blind(by), pk__in=pks)
        found.blind = set(hidden.values_list("pk", flat=True))
    return found


def openings_called(slugs: Collection[str]) -> QuerySet[Opening]:
    """Those whose slugs are these, which are in small letters, whatever their own case."""
    return Opening.objects.alias(small=Lower("slug")).filter(small__in=slugs)


def candidates_at(addresses: Collection[str]) -> QuerySet[Candidate]:
    """Those who have one of these addresses, which are in small letters, under whatever name; an empty one is
    nobody's."""
    addresses = [address for address in addresses if address]
    return Candidate.objects.alias(small=Lower("email")).filter(small__in=addresses)


def candidates_without(openings: Collection[int]) -> QuerySet[Candidate]:
    """Those of these openings who have no address."""
    return Candidate.objects.filter(email="", applications__opening__in=openings)


def _named(found: Known, cards: Collection[Card]) -> None:
    """What bears a name: openings with their rounds, people."""
    slugs = {card[0] for card in cards}
    people = {card[3] for card in cards}
    for opening in openings_called(slugs).select_related("rubric_version"):
        found.openings[opening.slug.lower()] = opening
        found.rounds[opening.slug.lower()] = {}
    slug_of = {opening.pk: slug for slug, opening in found.openings.items()}
    for round_ in Round.objects.filter(opening__in=slug_of):
        found.rounds[slug_of[round_.opening_id]][plain(round_.name)] = round_
    for user in User.objects.alias(small=Lower("email")).filter(small__in=people):
        found.people[user.email.lower()] = user


def _applied(found: Known, cards: Collection[Card], by: User | None) -> None:
    """Who applied under these addresses, or in these openings under these names. Of two who have one name as well
    nobody can be told from the other."""
    addresses = {card[1][0] for card in cards if not has_no_address(card)}
    candidates = candidates_at(addresses).order_by("pk")
    if by is not None:
        themselves = candidates.filter(own(by, "pk"))
        found.own = set(map(_person, themselves))
        candidates = candidates.filter(pk__in=run_by(by))
    for candidate in candidates:
        person = _person(candidate)
        found.addresses.add(person[0])
        if person in found.candidates:
            found.namesakes.add(person)
        found.candidates.setdefault(person, candidate)
    _without_address(found, {card[1] for card in cards if has_no_address(card)}, by)


def _without_address(found: Known, wanted: Collection[Person], by: User | None) -> None:
    """Who has one of these names in the opening that is named in place of an address."""
    slugs = {slug for slug, _ in wanted}
    openings = [opening.pk for slug, opening in found.openings.items() if slug in slugs]
    if not openings:
        return
    slug_of = {opening.pk: slug for slug, opening in found.openings.items()}
    rows = Application.objects.filter(opening__in=openings, candidate__erased_at=None)
    rows = rows.select_related("candidate").order_by("candidate")
    if by is not None:
        for row in rows.filter(own(by)):
            found.own.add((slug_of[row.opening_id], plain(row.candidate.name)))
        rows = rows.exclude(own(by)).filter(candidate__in=run_by(by))
    for row in rows:
        person = slug_of[row.opening_id], plain(row.candidate.name)
        if person not in wanted:
            continue
        if row.candidate.email:
            found.addressed.add(person)
            continue
        known = found.candidates.setdefault(person, row.candidate)
        if known.pk != row.candidate_id:
            found.namesakes.add(person)


def _person(candidate: Candidate) -> Person:
    return candidate.email.lower(), plain(candidate.name)


def _held(found: Known) -> None:
    """Applications of these candidates for these openings, with their interviews."""
    slug_of = {opening.pk: slug for slug, opening in found.openings.items()}
    candidates = {candidate.pk: candidate for candidate in found.candidates.values()}
    applied: dict[int, Applied] = {}
    known = Application.objects.filter(opening__in=slug_of, candidate__in=candidates)
    for application in reversed(list(known.current_first())):  # one that was moved away gives way to one that was not
        slug, candidate = slug_of[application.opening_id], candidates[application.candidate_id]
        applied[application.pk] = slug, (candidate.email.lower() or slug, plain(candidate.name))
        found.applications[applied[application.pk]] = application
    name_of: dict[int, str] = {}
    for rounds in found.rounds.values():
        name_of.update((round_.pk, name) for name, round_ in rounds.items())
    for interview in Interview.objects.filter(application__in=applied, round__in=name_of):
        held = (*applied[interview.application_id], name_of[interview.round_id])
        found.interviews.setdefault(held, interview)


def _written(found: Known) -> None:
    """Panelists for these people and interviews, with what they wrote: who is on the panel before who has left."""
    held_by = {interview.pk: held for held, interview in found.interviews.items()}
    address_of = {user.pk: address for address, user in found.people.items()}
    panelists = Panelist.objects.filter(interview__in=held_by, user__in=address_of)
    key_of: dict[int, Card] = {}
    for panelist in panelists.order_by(F("ended_at").desc(nulls_first=True), "pk"):
        key = (*held_by[panelist.interview_id], address_of[panelist.user_id])
        if key not in found.panelists:
            found.panelists[key] = panelist
            key_of[panelist.pk] = key
    cards = Scorecard.objects.filter(panelist__in=key_of)
    for card in cards.prefetch_related("ratings", "amendments"):
        found.cards[key_of[card.panelist_id]] = card


@dataclass
class Fresh:
    """New rows that wait to be stored, each kind in the order of the file.

    `covered` are dimensions that a round is to cover, perhaps already; `submitted` is
    when each of the `cards` was handed in.
    """

    candidates: list[Candidate] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    panelists: list[Panelist] = field(default_factory=list)
    covered: dict[tuple[str, str, int], tuple[Round, Dimension]] = field(default_factory=dict)
    cards: list[Scorecard] = field(default_factory=list)
    submitted: list[datetime] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)

    def rows(self) -> Iterator[Model]:
        """All that an import brought and an undoing takes away."""
        yield from self.candidates
        yield from self.people
        yield from self.applications
        yield from self.rounds
        yield from self.interviews
        yield from self.panelists
        yield from self.cards


def store_fresh(fresh: Fresh, *, by: User | None) -> None:
    """Store the rows, what others lean on first; cards take ratings while they are drafts."""
    Candidate.objects.bulk_create(fresh.candidates)
    User.objects.bulk_create(fresh.people)
    record_each("user.created", by=by, subjects=fresh.people)
    Application.objects.bulk_create(fresh.applications)
    Round.objects.bulk_create(fresh.rounds)
    Interview.objects.bulk_create(fresh.interviews)
    Panelist.objects.bulk_create(fresh.panelists)
    covers = Round.dimensions.through
    covered = [covers(round_id=round_.pk, dimension_id=each.pk) for round_, each in fresh.covered.values()]
    covers._default_manager.bulk_create(covered, ignore_conflicts=True)
    Scorecard.objects.bulk_create(fresh.cards)
    Rating.objects.bulk_create(fresh.ratings)
    with connection.cursor() as cursor:
        cursor.execute(SUBMIT, [[card.pk for card in fresh.cards], fresh.submitted])
