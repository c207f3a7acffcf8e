"""A list of people compared with those who are known, brought into an opening, and
taken back: as one thing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.folding import name_key
from accounts.models import User
from audit.services import record, record_each
from candidates.built_on import named_elsewhere
from candidates.code_names import draw_many
from candidates.erased import erased_among
from candidates.identity import MOST, holders, of_name, run_by
from candidates.importing.roster import Person
from candidates.locks import lock_applications, lock_candidates, lock_newcomers, lock_opening
from candidates.models import Application, Candidate, CandidateImport, Interview, Opening
from candidates.services import mark_as_holder, refuse_closed_opening, refuse_gone

BATCH = 2000
BUILT_ON = "Somebody built on this import meanwhile, so it was not undone. Look at it again."
MEANWHILE = "Somebody else changed something meanwhile, so nothing was imported. Check the list again."
ERASED = "Somebody with this address was erased, and does not come back unless they apply again."
NO_ADDRESS = "No address."
NEW, SKIP = "new", "skip"  # choices; an existing candidate is chosen by key
COLLEAGUE = "colleague-"  # and a colleague who applies by this and a key


class Verdict(StrEnum):
    """How a row stands: it can come in, is here already, waits for a choice, cannot be
    used, is most likely nobody."""

    READY = "ready"
    HERE = "here"
    ASKED = "asked"
    BAD = "bad"
    ASIDE = "aside"


@dataclass(frozen=True)
class Choice:
    """`value` is NEW, SKIP, the key of an existing candidate, or COLLEAGUE and a
    colleague's key."""

    value: str
    label: str


SOMEBODY_ELSE = Choice(NEW, "Somebody else")
SOMEBODY_AT_IT = Choice(NEW, "Somebody else with the same address")
LEAVE_OUT = Choice(SKIP, "Leave out")
A_PERSON = Choice(NEW, "It is a person")


@dataclass(frozen=True)
class Line:
    """One row with how it stands and why; `joins` is the candidate whom it surely is."""

    person: Person
    verdict: Verdict
    said: str = ""
    choices: tuple[Choice, ...] = ()
    joins: Candidate | None = None


@dataclass(frozen=True)
class _Known:
    """Whom the list may mean: candidates by address, those with such names whom the
    reader may know; colleagues by address and by name; addresses of people who were
    erased."""

    by_address: Mapping[str, Sequence[Candidate]]
    by_name: Mapping[str, Sequence[Candidate]]
    here: Collection[int]
    colleagues: Mapping[str, User]
    colleagues_called: Mapping[str, Sequence[User]]
    erased: Collection[str]


def compare(people: Sequence[Person], opening: Opening, *, by: User) -> list[Line]:
    """Each person of the list as they stand towards the opening, in the list's order.
    Eight queries."""
    known = _known(people, opening, by)
    return [_line(person, known, by) for person in people]


def _known(people: Sequence[Person], opening: Opening, by: User) -> _Known:
    good = [person for person in people if not (person.problem or person.aside or person.repeats)]
    emails = [person.email for person in good if person.email]
    visible = run_by(by)
    with_address: list[Candidate] = list(visible.alias(small=Lower("email")).filter(small__in=emails).order_by("pk"))
    pks = [candidate.pk for candidate in with_address]
    names = [person.name for person in good]
    alike = list(of_name(Candidate.objects.filter(erased_at=None), names).filter(pk__in=visible))
    everybody = pks + [candidate.pk for candidate in alike]
    here = opening.applications.filter(candidate__in=everybody).values_list("candidate_id", flat=True)
    by_address: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in with_address:
        by_address[candidate.email.lower()].append(candidate)
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in alike:
        by_name[name_key(candidate.name)].append(candidate)
    colleagues = User.objects.colleagues().filter(email__in=emails)
    called: dict[str, list[User]] = defaultdict(list)
    for user in of_name(User.objects.colleagues(), names):
        called[name_key(user.name)].append(user)
    return _Known(
        by_address=by_address,
        by_name=by_name,
        here=set(here),
        colleagues={user.email: user for user in colleagues},
        colleagues_called=called,
        erased=erased_among(emails),
    )


def _line(person: Person, known: _Known, by: User) -> Line:
    if person.aside:
        choices = (LEAVE_OUT,) if person.problem else (LEAVE_OUT, A_PERSON)
        return Line(person, Verdict.ASIDE, person.aside, choices)
    if person.repeats:
        return Line(person, Verdict.HERE, f"Row {person.repeats} has the same name and address.")
    if person.problem:
        return Line(person, Verdict.BAD, person.problem)
    if person.email == by.email.lower():
        return Line(person, Verdict.BAD, "This is your own address.")
    if person.email in known.erased:
        return Line(person, Verdict.ASKED, ERASED, (Choice(NEW, "They apply again"), LEAVE_OUT))
    at_address = known.by_address.get(person.email, ())
    if at_address:
        return _line_of_address(person, at_address, known)
    if person.doubt:
        return Line(person, Verdict.ASKED, person.doubt, (SOMEBODY_ELSE, LEAVE_OUT))
    alike = known.by_name.get(name_key(person.name), ())
    if alike:
        return _line_of_name(person, alike, known)
    if person.email in known.colleagues:
        said = "This is a colleague’s address."
        return Line(person, Verdict.ASKED, said, (Choice(NEW, "The colleague applies"), LEAVE_OUT))
    called = known.colleagues_called.get(name_key(person.name), ())
    if called:
        return _line_of_colleague(person, called, by)
    return Line(person, Verdict.READY, "" if person.email else NO_ADDRESS)


def _line_of_address(person: Person, at_address: Sequence[Candidate], known: _Known) -> Line:
    """Somebody has the address already: under this name, or another one."""
    same = [candidate for candidate in at_address if name_key(candidate.name) == name_key(person.name)]
    if same and same[0].pk in known.here:
        return Line(person, Verdict.HERE, "Is in this opening already.")
    if same:
        return Line(person, Verdict.READY, "Has applied for another opening.", joins=same[0])
    choices = []
    for candidate in at_address:
        if candidate.pk not in known.here:
            choices.append(Choice(str(candidate.pk), f"It is {candidate.name}"))
    names = ", ".join(candidate.name for candidate in at_address)
    return Line(person, Verdict.ASKED, f"This address is that of {names}.", (*choices, SOMEBODY_AT_IT, LEAVE_OUT))


def _line_of_name(person: Person, alike: Sequence[Candidate], known: _Known) -> Line:
    """Somebody is called the same, under another address."""
    choices = []
    for candidate in alike:
        if candidate.pk not in known.here:
            choices.append(Choice(str(candidate.pk), _same_as(candidate)))
    here = [candidate for candidate in alike if candidate.pk in known.here]
    where = "in this opening" if here else "known"
    addresses = ", ".join(candidate.email or "without an address" for candidate in here or alike)
    said = f"A candidate of this name is {where}: {addresses}."
    return Line(person, Verdict.ASKED, said, (*choices, SOMEBODY_ELSE, LEAVE_OUT))


def _line_of_colleague(person: Person, called: Sequence[User], by: User) -> Line:
    """A colleague has the name, under another address: whoever applies must not read
    their own application. Nobody brings in themselves."""
    choices = []
    for user in called[:MOST]:
        if user != by:
            choices.append(Choice(f"{COLLEAGUE}{user.pk}", f"Our colleague {user.display_name}, {user.email}"))
    said = "A colleague has this name. Say whether they are applying."
    return Line(person, Verdict.ASKED, said, (*choices, SOMEBODY_ELSE, LEAVE_OUT))


def _same_as(candidate: Candidate) -> str:
    if not candidate.email:
        return "The same person, who stays without an address"
    return f"The same person as {candidate.email}, whose address stays"


# --- bringing in --------------------------------------------------------------
@dataclass(frozen=True)
class Listed:
    """A list as it was read: its people, and the sha256 of the bytes that they came
    from."""

    people: Sequence[Person]
    sha256: str


def bring_in(
    listed: Listed, opening: Opening, *, choices: Mapping[int, str], all_of_it: bool, by: User
) -> CandidateImport:
    """Bring in whoever is ready or was chosen; `choices` are values of `Choice` by row.

    With `all_of_it` every row has to be ready, here, or decided. Raises
    ValidationError, and stores nothing, where one is not, nobody is left to bring in,
    the opening is closed, or somebody else brought the same people in meanwhile.
    """
    try:
        with transaction.atomic():
            return _bring_in(listed, opening, choices, all_of_it, by)
    except IntegrityError as error:
        raise ValidationError(MEANWHILE) from error


def _bring_in(
    listed: Listed, opening: Opening, choices: Mapping[int, str], all_of_it: bool, by: User
) -> CandidateImport:
    refuse_closed_opening(lock_opening(opening))  # one code name at a time
    lock_newcomers()
    lines = compare(listed.people, opening, by=by)
    new, joined, undecided = _decided(lines, choices)
    if all_of_it and undecided:
        raise ValidationError(f"Not everybody is ready. Decide on or correct {_rows(undecided)}.")
    if not new and not joined:
        raise ValidationError("There is nobody to import. Decide on the rows below, or correct the list.")
    refuse_gone(joined)
    _mark_holders(lines, choices, joined, by)
    imported = CandidateImport.objects.create(
        opening=opening,
        by=by,
        sha256=listed.sha256,
        rows=len(lines),
        added=len(new),
        joined=len(joined),
    )
    people = []
    for person, colleague in new:
        people.append(Candidate(name=person.name, email=person.email, colleague_id=colleague, brought_by=imported))
    added = Candidate.objects.bulk_create(people, batch_size=BATCH)
    _apply(added + joined, imported, by)
    figures = {"rows": len(lines), "added": len(new), "joined": len(joined)}
    record("candidates.imported", by=by, subject=imported, opening=opening.pk, **figures)
    return imported


Newcomer = tuple[Person, int | None]  # and the key of the colleague who they are


def _decided(lines: Sequence[Line], choices: Mapping[int, str]) -> tuple[list[Newcomer], list[Candidate], list[int]]:
    """Whom to add, whom to join, and the rows that nobody has decided or can use."""
    new: list[Newcomer] = []
    joined: dict[int, Candidate] = {}
    keys: dict[int, int] = {}
    undecided: list[int] = []
    for line in lines:
        choice = _choice(line, choices)
        if choice == NEW:
            new.append((line.person, None))
        elif choice.startswith(COLLEAGUE):
            new.append((line.person, int(choice.removeprefix(COLLEAGUE))))
        elif choice.isdigit():
            keys[line.person.row] = int(choice)
        elif choice != SKIP:
            undecided.append(line.person.row)
        if line.joins is not None:
            joined[line.joins.pk] = line.joins
    for candidate in Candidate.objects.filter(pk__in=keys.values()):
        joined[candidate.pk] = candidate
    return new, list(joined.values()), undecided


def _mark_holders(lines: Sequence[Line], choices: Mapping[int, str], joined: Sequence[Candidate], by: User) -> None:
    """Of those who are known under another address than the list has: whose account
    that one is stays known. Two queries where it is nobody's."""
    of_key = {str(candidate.pk): candidate for candidate in joined}
    meant = []
    for line in lines:
        candidate = of_key.get(_choice(line, choices))
        if candidate is not None:
            meant.append((candidate, line.person))
    at_address = holders(person.email for _, person in meant)
    for candidate, person in meant:
        if not at_address.get(person.email):
            continue
        try:
            mark_as_holder(candidate, person.email, by=by)
        except ValidationError as error:
            raise ValidationError(f"Row {person.row}: {error.messages[0]}") from error


def _choice(line: Line, choices: Mapping[int, str]) -> str:
    """What happens with the row: a value of Choice; empty where it is not decided."""
    if line.verdict is Verdict.READY:
        return SKIP if line.joins else NEW
    if line.verdict is Verdict.HERE:
        return SKIP
    offered = {choice.value for choice in line.choices}
    chosen = choices.get(line.person.row, "")
    unsaid = SKIP if line.verdict is Verdict.ASIDE else ""
    return chosen if chosen in offered else unsaid


def _apply(candidates: Sequence[Candidate], imported: CandidateImport, by: User) -> None:
    taken = set(imported.opening.applications.values_list("code_name", flat=True))
    code_names = draw_many(taken, len(candidates))
    applications = []
    for candidate, code_name in zip(candidates, code_names, strict=True):
        application = Application(
            candidate=candidate, opening=imported.opening, code_name=code_name, brought_by=imported
        )
        applications.append(application)
    stored = Application.objects.bulk_create(applications, batch_size=BATCH)
    record_each("application.created", by=by, subjects=list(stored))


def _rows(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    if len(numbers) == 1:
        return f"row {shown}"
    rest = len(numbers) - 5
    return f"rows {shown} and {rest} more" if rest > 0 else f"rows {shown}"


# --- taking back --------------------------------------------------------------
def built_on(imported: CandidateImport) -> list[str]:
    """What was built on these candidates since, as “2 with interviews”: while there is
    any, nothing is taken back.

    Every row of any model that names one of the applications or new candidates counts.
    Of what stands on interviews only these are named, so that nobody learns how far
    they are. Three queries.
    """
    planned = Interview.objects.filter(application=OuterRef("pk"))
    interviewed = set(imported.applications.filter(Exists(planned)).values_list("candidate", flat=True))
    named = imported.applications.filter(named_elsewhere(Application, but=Interview))
    changed = named_elsewhere(Candidate, but=Application) | Q(erased_at__isnull=False)
    others = {*named.values_list("candidate", flat=True)}
    others |= {*_leaving(imported).filter(changed).values_list("pk", flat=True)}
    others -= interviewed
    counts = {"with interviews": len(interviewed), "with other records": len(others)}
    return [f"{count:,} {what}" for what, count in counts.items() if count]


def _leaving(imported: CandidateImport) -> QuerySet[Candidate]:
    """Who was new, and who has no application but one that the list brought: a merge
    may have joined them with somebody whom another list brought."""
    brought = Application.objects.filter(candidate=OuterRef("pk"), brought_by=imported)
    others = Application.objects.filter(candidate=OuterRef("pk")).exclude(brought_by=imported)
    only_here = Q(Exists(brought)) & ~Q(Exists(others))
    return Candidate.objects.filter(Q(brought_by=imported) | only_here)


@transaction.atomic
def take_back(imported: CandidateImport, *, by: User) -> None:
    """Remove the applications that the list brought, and the people who have no other.

    Raises ValidationError where it was taken back before, or something was built on it
    since.
    """
    imported = CandidateImport.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if imported.undone_at:
        raise ValidationError("This import has already been undone.")
    touched = Q(brought_by=imported) | Q(pk__in=imported.applications.values("candidate"))
    lock_candidates(Candidate.objects.filter(touched).values_list("pk", flat=True))
    lock_applications(imported.applications.values_list("pk", flat=True))
    leaving = list(_leaving(imported).values_list("pk", flat=True))
    applications = list(imported.applications.all())
    if built := built_on(imported):
        raise ValidationError(f"This import can no longer be undone: among its candidates are {', '.join(built)}.")
    record_each("application.taken_back", by=by, subjects=list(applications))
    try:
        imported.applications.all().delete()
        Candidate.objects.filter(pk__in=leaving).without_application().delete()
    except ProtectedError as error:
        raise ValidationError(BUILT_ON) from error
    imported.undone_at, imported.undone_by = timezone.now(), by
    imported.save(update_fields=["undone_at", "undone_by"])
    record("candidates.import_undone", by=by, subject=imported, applications=len(applications))
