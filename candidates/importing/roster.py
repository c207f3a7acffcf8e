"""A list of people out of rows: which column means what, and where the people begin.
Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from accounts.folding import folded
from accounts.signs import clean_name, has_letters
from candidates.importing.asides import HEADING, aside
from candidates.spelling import UNSEEN

Row = tuple[int, tuple[str, ...]]  # its number in the file, and the texts of its cells
LONGEST_NAME = 300
LOOKED_AT = 12  # rows in which the heading is sought
FORMULA = re.compile(r"^[=@]|^[+-]\w+\(")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
NOT_SEEN = re.compile(f"[{UNSEEN}]")
NAME_ALONE = re.compile(r"[^\W\d_][^<>{}\[\]=@|\\/]*")
FAMILY_FIRST = re.compile(r"(?P<family>[^\W\d_][^\d,;\t@<>]*),(?P<given>\s*[^\W\d_][^\d,;\t@<>]*)")
NAMED_ADDRESS = re.compile(r"^(?P<name>.*?)\s*[<(\[]\s*(?:mailto:)?(?P<address>[^\s<>()]+@[^\s<>()]+?)\s*[>)\]]$", re.S)


class Means(StrEnum):
    """What a column of the list says about a person."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAIL = "email"
    NOTHING = "nothing"


LABELS = {
    Means.NOTHING: "Ignore",
    Means.NAME: "Name",
    Means.GIVEN: "First name",
    Means.FAMILY: "Last name",
    Means.EMAIL: "E-mail address",
}
# How such columns are headed, folded. The longest heading that a cell is, or begins with, counts.
HEADINGS = {
    Means.EMAIL: (
        "email", "e mail", "mail", "email address", "e mail address", "mail address", "candidate email", "adresse",
        "e mail adresse", "courriel", "adresse mail", "correo", "correo electronico", "eposta", "e posta",
    ),
    Means.GIVEN: (
        "first name", "firstname", "given name", "given names", "forename", "vorname", "prenom", "nombre de pila",
        "nome proprio", "imie", "voornaam",
    ),
    Means.FAMILY: (
        "last name", "lastname", "family name", "surname", "nachname", "familienname", "nom de famille", "apellido",
        "apellidos", "cognome", "sobrenome", "achternaam", "nazwisko",
    ),
    Means.NAME: (
        "name", "full name", "fullname", "candidate", "candidate name", "applicant", "applicant name", "person",
        "bewerber", "bewerberin", "kandidat", "nom", "nom complet", "nombre", "nombre completo", "nome", "naam", "navn",
    ),
}  # fmt: skip
# Headings that mean this only where they stand alone: “last contact” is no name.
ALONE = {
    "first": Means.GIVEN,
    "given": Means.GIVEN,
    "forenames": Means.GIVEN,
    "vornamen": Means.GIVEN,
    "prenoms": Means.GIVEN,
    "last": Means.FAMILY,
    "family": Means.FAMILY,
    "surnames": Means.FAMILY,
    "nachnamen": Means.FAMILY,
    "noms": Means.FAMILY,
}
MEANINGS = {heading: means for means, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Layout:
    """What each column means, and the number of the first row with a person."""

    columns: tuple[Means, ...]
    first: int

    @property
    def lacks(self) -> str:
        """What to choose where nobody could be read; a name may stand in the cell of
        the address."""
        says_who = {Means.NAME, Means.GIVEN, Means.FAMILY, Means.EMAIL}
        return "" if says_who & set(self.columns) else "Choose the column that holds the names."


@dataclass(frozen=True)
class Person:
    """One row as a person, with an address or none; `problem` says why it cannot be
    one, and is empty for a good row.

    `doubt` is what looks like a mistake in the list and may be meant, `aside` why the
    row is most likely nobody, `repeats` the number of an earlier row with the same name
    and address, else 0.
    """

    row: int
    name: str
    email: str
    problem: str = ""
    doubt: str = ""
    aside: str = ""
    repeats: int = 0


def pasted_rows(text: str) -> tuple[Row, ...] | None:
    """The rows of lines like “Alma Reyes <alma@example.org>”, name and address each, or
    a name alone.

    None where some line is written otherwise, as of a table that was copied. Where one
    has its address in brackets, as a mail program writes it, all of it is such lines:
    one that is written otherwise stands for itself alone.
    """
    one_each = re.sub(r"(?<=>)[ \t]*[,;][ \t]*(?=\S)", "\n", text)
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(one_each.splitlines(), 1):
        written = line.strip().strip(",;").strip()
        if written:
            lines.append((number, written))
    is_lines = any(NAMED_ADDRESS.match(line) for _, line in lines)
    rows: list[Row] = []
    for number, line in lines:
        found = _name_and_address(line)
        if found is None and not is_lines:
            return None
        rows.append((number, found or _otherwise(line)))
    return tuple(rows)


def _otherwise(line: str) -> tuple[str, str]:
    """A name and an address out of a line that is written in no usual way; else all of
    it is the name."""
    turned = FAMILY_FIRST.fullmatch(line)
    if turned:
        return f"{turned['given'].strip()} {turned['family'].strip()}", ""
    parts = [part.strip() for part in re.split(r"\t|[,;]", line)]
    names = [part for part in parts if not ADDRESS.fullmatch(part)]
    addresses = [part for part in parts if ADDRESS.fullmatch(part)]
    if len(addresses) == 1 and all(map(NAME_ALONE.fullmatch, names)):
        return ", ".join(names), addresses[0]
    return line, ""


def _name_and_address(line: str) -> tuple[str, str] | None:
    named = NAMED_ADDRESS.match(line)
    if named:
        return named["name"].strip(" \t,;\"'"), named["address"]
    parts = re.split(r"\t|[,;]", line)
    if len(parts) == 1 and NAME_ALONE.fullmatch(line):
        return line, ""
    addresses = ADDRESS.findall(line)
    if len(parts) > 2 or len(addresses) != 1 or not line.endswith(addresses[0]):
        return None
    return line.removesuffix(addresses[0]).strip(" \t,;\"'"), addresses[0]


def layout_of(rows: Sequence[Row]) -> Layout:
    """What the columns seem to mean: by their heading, else by what stands in them."""
    width = max((len(cells) for _, cells in rows), default=0)
    heading = _heading(rows[:LOOKED_AT])
    if heading is None:
        return _without_heading(rows, width)
    at, meanings = heading
    columns = meanings + (Means.NOTHING,) * (width - len(meanings))
    after = [number for number, _ in rows[at + 1 :]]
    first = after[0] if after else rows[at][0] + 1
    return Layout(_filled(columns[:width], rows[at + 1 :]), first)


def _without_heading(rows: Sequence[Row], width: int) -> Layout:
    """By what stands in the columns; a first row without an address above others is a
    heading all the same."""
    columns = _filled((Means.NOTHING,) * width, rows)
    numbers = [number for number, _ in rows]
    known = len(rows) > 1 and Means.EMAIL in columns
    heads = known and "@" not in "".join(rows[0][1])
    return Layout(columns, numbers[1] if heads else min(numbers, default=1))


def _heading(rows: Sequence[Row]) -> tuple[int, tuple[Means, ...]] | None:
    """The row that names most columns, the later of two, and what they mean.

    None where none names any. The same row again is the heading of another page, and
    those between are people.
    """
    best: tuple[int, tuple[Means, ...]] | None = None
    most = 1
    for at, (_, cells) in enumerate(rows):
        if any("@" in cell for cell in cells):
            break
        meanings = _meanings(cells)
        named = sum(1 for means in meanings if means is not Means.NOTHING)
        is_again = best is not None and cells == rows[best[0]][1]
        if named >= most and not is_again:
            best, most = (at, meanings), named
    return best


def _meanings(cells: Sequence[str]) -> tuple[Means, ...]:
    """Each meaning once: of two columns with the same, the first has it."""
    found: list[Means] = []
    for cell in cells:
        means = _meaning(cell)
        found.append(Means.NOTHING if means in found else means)
    return tuple(found)


def _meaning(heading: str) -> Means:
    words = folded(heading)
    known_alone = ALONE.get(words) or MEANINGS.get(words)
    if known_alone is not None:
        return known_alone
    begun = [known for known in MEANINGS if words.startswith(f"{known} ")]
    return MEANINGS[max(begun, key=len)] if begun else Means.NOTHING


def _filled(known: tuple[Means, ...], rows: Sequence[Row]) -> tuple[Means, ...]:
    """The columns; what is lacking is the first column of addresses, and the first one
    of words."""
    columns = list(known)
    free = [at for at, means in enumerate(columns) if means is Means.NOTHING]
    addresses = [at for at in free if _share(rows, at, ADDRESS) >= 0.5 or _share_of_written(rows, at, ADDRESS) >= 0.5]
    if Means.EMAIL not in columns and addresses:
        columns[addresses[0]] = Means.EMAIL
    if {Means.NAME, Means.GIVEN, Means.FAMILY}.isdisjoint(columns):
        others = [at for at in free if at not in addresses]
        words = [at for at in others if _share(rows, at, LETTERS) > 0.5]
        if words:
            columns[words[0]] = Means.NAME
    return tuple(columns)


LETTERS = re.compile(r"[^\W\d_]")


def _share(rows: Sequence[Row], at: int, pattern: re.Pattern[str]) -> float:
    """In which share of the rows, 0 to 1, the column has what the pattern finds."""
    written = [cells[at] for _, cells in rows if at < len(cells)]
    fitting = sum(1 for text in written if pattern.search(text))
    return fitting / len(rows) if rows else 0.0


def _share_of_written(rows: Sequence[Row], at: int, pattern: re.Pattern[str]) -> float:
    """In which share, 0 to 1, of the cells that hold something the column has nothing
    but what the pattern finds."""
    written = [cells[at].strip() for _, cells in rows if at < len(cells) and cells[at].strip()]
    fitting = sum(1 for text in written if pattern.fullmatch(text))
    return fitting / len(written) if written else 0.0


def people(rows: Sequence[Row], layout: Layout, *, is_address: Callable[[str], bool]) -> list[Person]:
    """The people from the first row on; what is the same as an earlier row says so
    (`repeats`).

    `is_address` says whether a text can be somebody's e-mail address.
    """
    found: list[Person] = []
    by_address: dict[str, Person] = {}
    by_name: dict[str, Person] = {}
    headings = [cells for number, cells in rows if number < layout.first]
    for number, cells in rows:
        if number < layout.first:
            continue
        person = _person(number, cells, layout, is_address)
        if why := _aside(person, cells, headings):
            found.append(replace(person, aside=why))
            continue
        earlier = by_address.get(person.email)
        if earlier is not None and folded(earlier.name) == folded(person.name):
            found.append(replace(person, repeats=earlier.row))
            continue
        doubt = _doubt(person, earlier, by_name.get(folded(person.name)))
        if doubt and not person.problem:
            person = replace(person, doubt=doubt)
        if person.email:
            by_address.setdefault(person.email, person)
        by_name.setdefault(folded(person.name), person)
        found.append(person)
    return found


def _aside(person: Person, cells: Sequence[str], headings: Sequence[Sequence[str]]) -> str:
    if "@" in person.email:
        return ""
    if headings and list(map(folded, cells)) == list(map(folded, headings[-1])):
        return HEADING
    return aside(cells, person.name, MEANINGS)


def _doubt(person: Person, same_address: Person | None, same_name: Person | None) -> str:
    """What an earlier row says that lets one ask whether both are meant; a name counts
    where an address is missing."""
    if same_address is not None:
        return f"Row {same_address.row} has the same address for {same_address.name}."
    if same_name is not None and not (person.email and same_name.email):
        return f"Row {same_name.row} has the same name, and not both have an address."
    return ""


def _person(number: int, cells: Sequence[str], layout: Layout, is_address: Callable[[str], bool]) -> Person:
    written: dict[Means, str] = {}
    for cell, means in zip(cells, layout.columns, strict=False):
        written[means] = clean_name(cell)
    email = written.get(Means.EMAIL, "")
    full = " ".join(filter(None, [written.get(Means.GIVEN, ""), written.get(Means.FAMILY, "")]))
    name = written.get(Means.NAME, "") or full
    named = NAMED_ADDRESS.match(email)
    if named:
        email, name = named["address"], name or named["name"].strip(" \"'")
    named = NAMED_ADDRESS.match(name)
    if named and not email:
        email, name = named["address"], named["name"].strip(" \"'")
    if not name and "@" not in email:
        email, name = "", email  # a list in one column, where only some have an address
    email = NOT_SEEN.sub("", email).removeprefix("mailto:").lower()
    return Person(number, name, email, next(_problems(name, email, is_address), ""))


def _problems(name: str, email: str, is_address: Callable[[str], bool]) -> Iterator[str]:
    if FORMULA.match(name) or FORMULA.match(email):
        yield "A cell holds a formula. Write what it shows."
    if not name:
        yield "The name is missing."
    elif ADDRESS.search(name):
        yield f"“{name[:60]}” holds an e-mail address beside a name. Write them apart."
    elif not has_letters(name):
        yield f"“{name[:40]}” is not a name: it has no letters."
    if len(name) > LONGEST_NAME:
        yield f"The name has {len(name):,} characters; the limit is {LONGEST_NAME}."
    if not email:
        return
    if len(ADDRESS.findall(email)) > 1:
        yield "There are two e-mail addresses. Keep one."
    elif not is_address(email):
        yield f"“{email[:60]}” is not an e-mail address."
