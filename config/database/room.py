"""Whether PostgreSQL takes as many connections as the web server may hold."""

from django.db import DatabaseError, connection

ALLOWED = """
    SELECT least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
        (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
        (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
    )
"""


def refusal(*, processes: int, threads: int) -> str:
    """Why a web server of so many processes and threads does not fit; empty where it
    fits, or where no database answers yet.

    Each thread keeps one connection. Workers and other web servers need theirs beside
    them, which nobody here can count.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(ALLOWED)
            allowed: int = cursor.fetchone()[0]
    except DatabaseError:
        return ""
    finally:
        connection.close()  # no process that is forked from this one may share it
    if processes * threads <= allowed:
        return ""
    return (
        f"WEB_CONCURRENCY={processes} processes of WEB_THREADS={threads} threads may hold {processes * threads} "
        f"connections, and the database lets Evenhand have {allowed}. Lower one of the two, or raise max_connections "
        "(or the limit of the role or database) of PostgreSQL"
    )
