"""What a command line says about its process, before the settings decide what it
gets."""

from collections.abc import Sequence
from pathlib import Path

NEEDS_NO_DATABASE = frozenset(
    {
        "--version",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "find_names",
        "findstatic",
        "help",
        "makemessages",
        "makemigrations",
        "version",
    }
)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def needs_no_database(arguments: Sequence[str], *, has_server: bool, has_folder: bool = False) -> bool:
    """Whether the process can do without a database; nothing is then started or made
    for it.

    `has_server`: DATABASE_URL names a server. `check` then looks at what a server
    needs, its secret key among it. `has_folder`: EVENHAND_DATA holds the embedded
    database, whose word lists `protected_words` then takes.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    if "--help" in arguments or "-h" in arguments:
        return True
    if command == "import_blueprint":
        return "--dry-run" in arguments
    if command == "protected_words":
        return has_server or not has_folder
    if command == "check":
        return not has_server and not _asks_the_database(arguments)
    return command in NEEDS_NO_DATABASE


def _asks_the_database(arguments: Sequence[str]) -> bool:
    """Whether these options of `check` let it look into the database."""
    return any(word.startswith(("--deploy", "--database")) for word in arguments)


def acts_as_owner(arguments: Sequence[str]) -> bool:
    """Whether this process makes or changes tables, as their owner alone may."""
    return is_manage(arguments) and arguments[1:2] in (["migrate"], ["restore"])


def is_manage(arguments: Sequence[str]) -> bool:
    """Whether this process is manage.py, from wherever it was started."""
    return Path(arguments[0]).name == "manage.py"


def is_beat(arguments: Sequence[str]) -> bool:
    """Whether this process is Celery's beat by itself, by whichever of Celery's
    programs it was started."""
    return "celery" in Path(arguments[0]).parts and "beat" in arguments[1:]


def serves_plainly_on_loopback(arguments: Sequence[str]) -> bool:
    """Whether this is Django's development server for this machine's own browsers: it
    never speaks TLS."""
    if not is_manage(arguments) or "runserver" not in arguments[1:2]:
        return False
    given = [word for word in arguments[2:] if not word.startswith("-")]
    if not given:
        return True
    host, _, _ = given[0].rpartition(":")
    return host in LOOPBACK or given[0].isdigit()
