"""Historic scorecards: checked as a whole, then stored, all or nothing, as one import
that can be undone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, models, transaction
from psycopg.errors import LockNotAvailable

from accounts.models import User
from audit.frozen import all_frozen
from audit.services import record, record_each
from candidates.erased import erased_among
from candidates.locks import lock_applications, lock_candidates, lock_openings
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round
from candidates.policies import may_run
from candidates.services import create_opening
from rubrics.levels import level_wording
from rubrics.models import Dimension, RubricVersion
from scorecards.amendments import current_judgement
from scorecards.drafts import set_answer, stored_judgement
from scorecards.import_files import BadRows, Reading
from scorecards.import_known import (
    Fresh,
    Known,
    candidates_at,
    candidates_without,
    openings_called,
    read_known,
    store_fresh,
)
from scorecards.import_rows import Card, Row, plain
from scorecards.judgement import Answer, Judgement
from scorecards.models import ImportedRow, Rating, Scorecard, ScorecardImport

Item = TypeVar("Item")
PART = 1_000  # scorecards that are looked up and stored at once
Named = dict[int, dict[str, Dimension]]  # of each rubric version met, its dimensions by key and by name
PATIENCE = "10s"  # that a page waits while another import is stored
BUSY = "Another import is being stored. Nothing of this one was; try again in a minute."
OPENED = "the debrief of this application has opened, so no scorecard can come into it"
OWED = "you still owe a scorecard for this candidate: submit it first"
OTHER_NAME = (
    "this e-mail address belongs to a candidate of another name here: correct the name or the address in the file"
)
NAMESAKES = "several candidates have this name and address: merge them, or correct one of them, first"
HAS_ADDRESS = "somebody of this name in this opening has an e-mail address: write it"
OWN = "this is your own application"
ERASED = "this candidate was erased: leave the row out, or say that erased people may come back"


@dataclass
class Counts:
    """What an import stored; all zero where the same file was imported before."""

    openings: int = 0
    candidates: int = 0
    interviewers: int = 0
    interviews: int = 0
    scorecards: int = 0
    ratings: int = 0
    unchanged_scorecards: int = 0


@dataclass
class New:
    """What an import creates, in words, so that a misspelt address or round is seen
    before."""

    openings: list[str] = field(default_factory=list)
    rounds: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    interviewers: list[str] = field(default_factory=list)


@dataclass
class Import:
    """A run of an import: what it may do, and what it has done so far.

    Openings are created on `version`, where one is given. `source` is its row, which is
    there once something was stored. Without `by` it is a command, which may do
    anything; `runs` tells of the slugs met whether `by` runs that opening.
    """

    version: RubricVersion | None
    by: User | None
    counts: Counts = field(default_factory=Counts)
    new: New = field(default_factory=New)
    source: ScorecardImport | None = None
    named: Named = field(default_factory=dict)
    brought: list[tuple[str, int]] = field(default_factory=list)
    cards: list[Scorecard] = field(default_factory=list)
    runs: dict[str, bool] = field(default_factory=dict)

    def brings(self, row: models.Model) -> None:
        """Remember that this row was created."""
        self.brought.append((str(row._meta.model_name), row.pk))


@dataclass
class _Part:
    """A part of the file: what its rows name, and what they bring that is not stored
    yet."""

    run: Import
    known: Known
    fresh: Fresh = field(default_factory=Fresh)


def preview(
    reading: Reading, *, rubric_version: RubricVersion | None, by: User | None, with_erased: bool = False
) -> Import:
    """What `store` would do; nothing is stored. Raises as it does."""
    with transaction.atomic():
        done = store(reading, rubric_version=rubric_version, by=by, with_erased=with_erased)
        transaction.set_rollback(True)
    return done


@transaction.atomic
def store(
    reading: Reading, *, rubric_version: RubricVersion | None, by: User | None, with_erased: bool = False
) -> Import:
    """Store all rows; what they name and is not there yet is created.

    Raises BadRows with every problem, and stores nothing: those of the reading, unknown
    openings or dimensions, ratings given twice, rows of one scorecard that contradict
    each other, scorecards that exist with other content, names that differ from those
    known by the address, debriefs that have opened, erased people (not `with_erased`),
    and what `by` does not run or may not see yet. Raises ValidationError for a person
    while another import is being stored.
    """
    _one_at_a_time(waits=by is None)
    _lock_named(reading.rows)
    run = Import(rubric_version, by)
    cards: dict[Card, list[Row]] = {}
    for row in reading.rows:
        cards.setdefault(row.card, []).append(row)
    problems = list(reading.problems)
    if not with_erased:
        problems.extend(_erased(reading.rows))
    for part in parts(list(cards.items()), PART):
        problems.extend(_bring(dict(part), run, reading.incomplete))
    if problems:
        raise BadRows(problems)
    _keep(run, reading.sha256)
    return run


def _one_at_a_time(*, waits: bool) -> None:
    """Whoever imports meanwhile waits until this transaction ends, and finds what it
    stored. Without `waits` ValidationError after PATIENCE."""
    with connection.cursor() as cursor:
        if not waits:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('scorecards.import'))")
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise ValidationError(BUSY) from error
            raise
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _lock_named(rows: list[Row]) -> None:
    """What the file names stays as it is, however many parts it is stored in."""
    openings = openings_called({row.opening for row in rows})
    people = candidates_at({row.candidate_email for row in rows})
    lock_openings(openings.values_list("pk", flat=True))
    keys = set(people.values_list("pk", flat=True))
    unaddressed = {row.opening for row in rows if not row.candidate_email}
    if unaddressed:
        own = openings_called(unaddressed).values_list("pk", flat=True)
        keys.update(candidates_without(own).values_list("pk", flat=True))
    lock_candidates(keys)
    applications = Application.objects.filter(opening__in=openings, candidate__in=keys)
    lock_applications(applications.values_list("pk", flat=True))


def _erased(rows: list[Row]) -> Iterator[tuple[int, str]]:
    erased = erased_among({row.candidate_email for row in rows})
    for row in rows:
        if row.candidate_email in erased:
            yield row.line, ERASED


def _keep(run: Import, sha256: str) -> None:
    """The import's own row with all that it brought, and its events; none where it
    brought nothing."""
    if not run.brought:
        return
    run.source = ScorecardImport.objects.create(by=run.by, sha256=sha256, counts=asdict(run.counts))
    rows = [ImportedRow(source=run.source, kind=kind, number=number) for kind, number in run.brought]
    ImportedRow.objects.bulk_create(rows, batch_size=PART)
    record("scorecards.imported", by=run.by, subject=run.source, scorecards=run.counts.scorecards)
    for cards in parts(run.cards, PART):
        frozen = all_frozen("scorecard", [card.pk for card in cards])
        record_each("scorecard.imported", by=run.by, subjects=cards, details=[frozen[card.pk] for card in cards])


def parts(rows: list[Item], size: int) -> Iterator[list[Item]]:
    """The rows in their order, so many at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _bring(groups: Mapping[Card, list[Row]], run: Import, incomplete: Collection[Card]) -> list[tuple[int, str]]:
    """Store these scorecards, or compare them; what is wrong with those that cannot
    be."""
    part, problems = _Part(run, read_known(groups, by=run.by)), []
    for key, rows in groups.items():
        try:
            _take(rows, part, complete=key not in incomplete)
        except BadRows as error:
            problems.extend(error.problems)
    store_fresh(part.fresh, by=run.by)
    for row in part.fresh.rows():
        run.brings(row)
    run.cards.extend(part.fresh.cards)
    return problems


def _take(rows: list[Row], part: "_Part", *, complete: bool) -> None:
    """Make one scorecard, or compare it, if it is `complete`, with one that is there
    already."""
    first, run = rows[0], part.run
    opening = _opening(rows, part)
    if opening.rubric_version_id not in run.named:
        run.named[opening.rubric_version_id] = _by_name(opening.rubric_version)
    dimensions = _dimensions(rows, run.named[opening.rubric_version_id])
    interview = _interview(first, opening, part)
    panelist = _panelist(first, interview, part)
    existing = part.known.cards.get(first.card)
    if existing is not None:
        if complete and not _same(existing, rows, dimensions):
            raise BadRows([(first.line, "this scorecard already exists with different content")])
        run.counts.unchanged_scorecards += 1
        return
    if interview.application.debrief_opened_at is not None:
        raise BadRows([(first.line, OPENED)])
    for dimension in dimensions.values():
        part.fresh.covered[first.opening, plain(first.round), dimension.pk] = interview.round, dimension
    _create(panelist, rows, dimensions, part)
    run.counts.scorecards += 1
    run.counts.ratings += len(rows)


# --- what the rows name ------------------------------------------------------
def _opening(rows: list[Row], part: "_Part") -> Opening:
    slug, run = rows[0].opening, part.run
    opening = part.known.openings.get(slug)
    if opening is None:
        return _new_opening(rows, part)
    if slug not in run.runs:
        run.runs[slug] = run.by is None or may_run(run.by, opening)
    if not run.runs[slug]:
        raise BadRows([(row.line, _no_opening(slug, run)) for row in rows])
    return opening


def _no_opening(slug: str, run: Import) -> str:
    """The same of one that there is not and of one that the importer does not run: it may be confidential."""
    if run.by is None:
        return f"there is no opening {slug!r} (use --rubric to create it)"
    if run.version is None:
        return f"you run no opening {slug!r}: correct the name, or choose a rubric to create it on"
    return f"an opening {slug!r} cannot be created: choose another name"


def _new_opening(rows: list[Row], part: "_Part") -> Opening:
    slug, run = rows[0].opening, part.run
    if run.version is None:
        raise BadRows([(row.line, _no_opening(slug, run)) for row in rows])
    title = slug.replace("-", " ").capitalize()
    opening = create_opening(title, slug=slug, rubric_version=run.version, by=run.by)
    part.known.openings[slug], part.known.rounds[slug] = opening, {}
    run.counts.openings += 1
    run.new.openings.append(slug)
    run.brings(opening)
    return opening


def _by_name(version: RubricVersion) -> dict[str, Dimension]:
    """The version's dimensions by key and by name, whatever the case."""
    known: dict[str, Dimension] = {}
    for dimension in version.dimensions.prefetch_related("anchors"):
        known[dimension.name.casefold()] = dimension
        known[dimension.key.casefold()] = dimension
    return known


def _dimensions(rows: list[Row], known: dict[str, Dimension]) -> dict[int, Dimension]:
    """Line number to dimension, by key or name; BadRows names every line at fault."""
    found: dict[int, Dimension] = {}
    problems = list(_contradictions(rows))
    for row in rows:
        match = known.get(row.dimension.casefold())
        if match is None:
            problems.append((row.line, f"the rubric has no dimension {row.dimension[:80]!r}"))
        elif match in found.values():
            problems.append((row.line, f"{row.dimension[:80]!r} is rated twice in one scorecard"))
        else:
            found[row.line] = match
    if problems:
        raise BadRows(problems)
    return found


def _contradictions(rows: list[Row]) -> Iterator[tuple[int, str]]:
    first = rows[0]
    for row in rows[1:]:
        if (row.recommendation, row.submitted_at) != (first.recommendation, first.submitted_at):
            yield row.line, f"recommendation or submitted_at differs from line {first.line} (same scorecard)"


def _panelist(row: Row, interview: Interview, part: "_Part") -> Panelist:
    user = part.known.people.get(row.interviewer_email) or _new_author(row, part)
    if row.candidate_email == row.interviewer_email:
        raise BadRows([(row.line, "the interviewer and the candidate are the same person")])
    panelist = part.known.panelists.get(row.card)
    if panelist is None:
        panelist = part.known.panelists[row.card] = Panelist(interview=interview, user=user)
        part.fresh.panelists.append(panelist)
    return panelist


def _new_author(row: Row, part: "_Part") -> User:
    """They can neither sign in, get a password nor be chosen, until an administrator
    says so."""
    user = User(email=row.interviewer_email, is_active=False)
    user.set_unusable_password()
    part.known.people[row.interviewer_email] = user
    part.fresh.people.append(user)
    part.run.counts.interviewers += 1
    part.run.new.interviewers.append(row.interviewer_email)
    return user


def _candidate(row: Row, part: "_Part") -> Candidate:
    """Known by address and name, else new. Another name at a known address may be a
    mistake, and is no new person."""
    known = part.known
    if row.person in known.namesakes:
        raise BadRows([(row.line, NAMESAKES)])
    candidate = known.candidates.get(row.person)
    if candidate is not None:
        return candidate
    if row.candidate_email in known.addresses:
        raise BadRows([(row.line, OTHER_NAME)])
    if row.person in known.addressed:
        raise BadRows([(row.line, HAS_ADDRESS)])
    candidate = Candidate(name=row.candidate_name, email=row.candidate_email)
    known.candidates[row.person] = candidate
    if row.candidate_email:
        known.addresses.add(row.candidate_email)
    part.fresh.candidates.append(candidate)
    part.run.counts.candidates += 1
    called = f"{row.candidate_name} <{row.candidate_email}>" if row.candidate_email else row.candidate_name
    part.run.new.candidates.append(called)
    return candidate


def _application(row: Row, opening: Opening, part: "_Part") -> Application:
    _refuse_own(row, part)
    candidate, applied = _candidate(row, part), (row.opening, row.person)
    application = part.known.applications.get(applied)
    if application is None:
        application = part.known.applications[applied] = Application(candidate=candidate, opening=opening)
        part.fresh.applications.append(application)
    if application.pk in part.known.blind:  # that a scorecard exists, or differs, is told to nobody who owes one there
        raise BadRows([(row.line, OWED)])
    return application


def _refuse_own(row: Row, part: "_Part") -> None:
    """Nobody imports what others think of them: whoever has their address, or is marked
    as them."""
    by = part.run.by
    if by is None:
        return
    if row.candidate_email == by.email.lower() or row.person in part.known.own:
        raise BadRows([(row.line, OWN)])


def _interview(row: Row, opening: Opening, part: "_Part") -> Interview:
    application, round_ = _application(row, opening, part), _round(row, opening, part)
    held = (row.opening, row.person, plain(row.round))
    interview = part.known.interviews.get(held)
    if interview is None:
        starts = row.submitted_at - timedelta(minutes=round_.minutes)
        interview = Interview(application=application, round=round_, starts_at=starts, due_at=row.submitted_at)
        part.known.interviews[held] = interview
        part.fresh.interviews.append(interview)
        part.run.counts.interviews += 1
    else:
        interview.application, interview.round = application, round_
    return interview


def _round(row: Row, opening: Opening, part: "_Part") -> Round:
    """The opening's round of that name, whatever its case, else a new one after the
    others."""
    rounds = part.known.rounds[row.opening]
    found = rounds.get(plain(row.round))
    if found is None:
        found = Round(opening=opening, name=row.round, order=len(rounds) + 1)
        rounds[plain(row.round)] = found
        part.fresh.rounds.append(found)
        part.run.new.rounds.append(f"{row.round} ({opening.slug})")
    return found


# --- the scorecard -----------------------------------------------------------
def _same(card: Scorecard, rows: list[Row], dimensions: dict[int, Dimension]) -> bool:
    """Whether the card says the same, as it was submitted or as its author last amended
    it.

    A remark without a score is in no CSV, and space around an answer says nothing.
    """
    first = rows[0]
    if card.submitted_at != first.submitted_at:
        return False
    given = {dimensions[row.line].pk: _stripped(row.answer) for row in rows}
    judgements = (judgement_of(card) for judgement_of in (stored_judgement, current_judgement))
    return any(_says(judgement, first.recommendation, given) for judgement in judgements)


def _says(judgement: Judgement, recommendation: str, given: dict[int, Answer]) -> bool:
    answers = {}
    for dimension, answer in judgement.answers.items():
        if answer.score is not None or answer.not_assessed:
            answers[dimension] = _stripped(answer)
    return judgement.recommendation == recommendation and answers == given


def _stripped(answer: Answer) -> Answer:
    return replace(answer, reason=answer.reason.strip(), evidence=answer.evidence.strip())


def _create(panelist: Panelist, rows: list[Row], dimensions: dict[int, Dimension], part: "_Part") -> None:
    card = Scorecard(panelist=panelist, imported=True, recommendation=rows[0].recommendation)
    part.fresh.cards.append(card)
    part.fresh.submitted.append(rows[0].submitted_at)
    part.fresh.ratings.extend(_rating(card, row, dimensions[row.line]) for row in rows)


def _rating(card: Scorecard, row: Row, dimension: Dimension) -> Rating:
    anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    wording = level_wording(row.score, anchors.get(row.score or 0))
    rating = Rating(scorecard=card, dimension=dimension, anchor_text=wording)
    set_answer(rating, row.answer)
    return rating
