"""Who a candidate may be of those who are known: an address is no person, nor is a name.

Only those count whom the reader sees, so that nobody learns of a confidential opening.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Lower

from accounts.folding import folded
from accounts.models import EarlierAddress, User, has_address
from candidates.models import Application, Candidate, Panelist

Row = TypeVar("Row", Candidate, User)
MOST = 50  # that are asked about


@dataclass(frozen=True)
class Known:
    """Who somebody with this name and address may be: candidates and colleagues whom the
    reader sees, those with the address first. `more` where MOST are not all."""

    candidates: tuple[Candidate, ...]
    colleagues: tuple[User, ...]
    more: bool = False


def run_by(user: User) -> QuerySet[Candidate]:
    """Candidates of applications that this person runs. A place on a panel is not enough:
    there they may have to go by a code name."""
    runs = Application.objects.run_by(user).filter(candidate=OuterRef("pk"))
    return Candidate.objects.filter(Exists(runs))


def known_as(name: str, email: str, *, by: User | None) -> Known:
    """Without `by` nobody asks, and everybody counts. Four queries."""
    visible = Candidate.objects.filter(erased_at=None)
    if by is not None:
        visible = visible.filter(pk__in=run_by(by))
    at_address = []
    if email:
        at_address = list(visible.filter(has_address(email)).order_by("pk")[: MOST + 1])
    named = of_name(visible, [name])[: MOST + 1]
    people = User.objects.colleagues()
    alike = of_name(people, [name])
    candidates = _each_once([*at_address, *named])
    colleagues = _each_once([*people.filter(has_address(email)), *alike[: MOST + 1]]) if name else ()
    more = len(candidates) > MOST or len(colleagues) > MOST
    return Known(candidates[:MOST], colleagues[:MOST], more)


def of_name(rows: QuerySet[Row], names: Iterable[str]) -> QuerySet[Row]:
    """Those of these candidates or people who have one of the names, first and last name either way round."""
    keys: set[str] = set()
    for name in names:
        key = folded(name)
        keys |= {key, _turned(key)}
    keys.discard("")
    written = Func(F("sort_key"), Value("\t"), Value(1), function="split_part", output_field=TextField())
    return rows.alias(written=written).filter(written__in=keys).order_by("pk")


def _turned(key: str) -> str:
    """Its last word first: “reyes alma” for “alma reyes”."""
    before, _, last = key.rpartition(" ")
    return f"{last} {before}".strip()


def _each_once(rows: Iterable) -> tuple:  # type: ignore[type-arg]  # of whatever rows these are
    return tuple({row.pk: row for row in rows}.values())


# --- who they are in this company ---------------------------------------------
def holders(emails: Iterable[str]) -> Mapping[str, set[int]]:
    """By address, in small letters, the keys of those whose address it is or was. One query."""
    small = {email.lower() for email in emails if email}
    found: dict[str, set[int]] = defaultdict(set)
    if not small:
        return found
    now = User.objects.annotate(small=Lower("email")).filter(small__in=small).order_by().values_list("small", "pk")
    before = EarlierAddress.objects.filter(email__in=small).order_by().values_list("email", "user_id")
    for email, pk in now.union(before, all=True):
        found[email].add(pk)
    return found


def accounts_of(candidates: Collection[Candidate]) -> dict[int, set[int]]:
    """By candidate the keys of the accounts that are theirs: the other side of `own`. One query."""
    at_address = holders(candidate.email for candidate in candidates)
    found = {}
    for candidate in candidates:
        marked = {candidate.colleague_id} if candidate.colleague_id else set()
        found[candidate.pk] = marked | at_address.get(candidate.email.lower(), set())
    return found


def interviewers_of(candidates: Collection[Candidate]) -> dict[int, set[int]]:
    """By candidate the keys of all who sit or sat on their panels. One query."""
    found: dict[int, set[int]] = {candidate.pk: set() for candidate in candidates}
    panels = Panelist.objects.filter(interview__application__candidate__in=found)
    for candidate, user in panels.values_list("interview__application__candidate", "user"):
        found[candidate].add(user)
    return found


def whose_candidate(email: str, by: User) -> str:
    """Handed to `accounts`: that a candidate whom `by` runs has the address."""
    at_address = Candidate.objects.filter(has_address(email), erased_at=None, pk__in=run_by(by)).order_by("pk")
    candidates = list(at_address[:3]) if email else []
    if not candidates:
        return ""
    names = ", ".join(candidate.name for candidate in candidates)
    return (
        f"{email} is the address of a candidate: {names}. Tick this if it is the same person, or correct the address."
    )


def refuse_own_interviewer(user: User, email: str) -> None:
    """Handed to `accounts`. Raises ValidationError at `email` where it is that of a candidate on whose panel this
    person sits or sat: nobody interviews themselves, and nobody loses a scorecard by a mistyped address."""
    interviewed = Panelist.objects.filter(user=user).values("interview__application__candidate")
    if email and Candidate.objects.filter(has_address(email), pk__in=interviewed).exists():
        raise ValidationError({"email": "A candidate whom this person interviews has this address. Check it."})
