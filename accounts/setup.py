"""The first administrator of an installation without accounts, guarded by a code that
only its operators can read.

Nothing of the code is stored: it follows from the secret key and from the moment at
which the database was made, so that every process on every machine knows the same one,
and it is worth nothing once there is an account.
"""

from base64 import b32encode

from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import constant_time_compare, salted_hmac
from structlog import get_logger

from accounts.models import User
from accounts.services import add_person
from audit.services import record

PURPOSE = "evenhand.set-up"
LETTERS, GROUP = 16, 4  # 16 letters of 32 are 80 bits

logger = get_logger(__name__)


class AlreadySetUp(Exception):
    """There is an account by now; whoever wants another asks an administrator."""


def is_set_up() -> bool:
    """Whether there is any account. One that may not sign in counts too, or whoever
    reads a code could take over."""
    return User.objects.exists()


def setup_code() -> str:
    """Four groups of four letters or digits, joined by hyphens."""
    digest = salted_hmac(PURPOSE, _database_made_at(), algorithm="sha256").digest()
    letters = b32encode(digest).decode()[:LETTERS]
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def is_setup_code(given: str) -> bool:
    """Compared in constant time; case, blanks and hyphens don't matter."""
    return constant_time_compare(_letters(given), _letters(setup_code()))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _database_made_at() -> str:
    """When the first migration was applied: a code that was read in an old log opens no
    new database."""
    migrations = MigrationRecorder(connection).migration_qs.order_by("pk")
    moment = migrations.values_list("applied", flat=True).first()
    return moment.isoformat() if moment else ""


@transaction.atomic
def add_first_administrator(email: str, *, name: str, password: str, hires: bool = False) -> User:
    """The one administrator of a new installation, also where several ask at once; with
    `hires` recruiter and hiring manager too. Raises AlreadySetUp."""
    with connection.cursor() as cursor:
        # Nobody else adds an account, in whatever way, until this transaction ends.
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(User._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")
    if is_set_up():
        raise AlreadySetUp
    roles = {"is_administrator": True, "is_recruiter": hires, "is_hiring_manager": hires}
    user = add_person(email, by=None, name=name, password=password, **roles)
    record("user.set_up", by=user, subject=user)
    return user


def announce() -> None:
    """Tell the log the code while there is no account. A database that is away or empty
    is no reason to fail."""
    try:
        if not is_set_up():
            logger.warning(
                "there is no account yet: open the site and enter this code on its set-up page", code=setup_code()
            )
    except DatabaseError:
        logger.warning("the database did not say whether there is an account: run manage.py setup_code to ask again")
    finally:
        connection.close()
