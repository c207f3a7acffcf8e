"""Carrying letters to the mail server, over a few connections at once.

Most of the time that a letter takes is the server's. While one connection waits for an answer, the other sends.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from types import TracebackType
from typing import Self

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notices.models import Mail

logger = structlog.get_logger(__name__)

CONNECTIONS = 2  # at most; servers that count a sender's connections allow a few more


class ServerAway(Exception):
    """No connection to the mail server; the cause says why."""


class Carrier:
    """Sends letters while it is entered, each written by `write` from its mail.

    Each connection belongs to one thread at a time. `write` is called there, so it asks the database nothing.
    """

    def __init__(self, write: Callable[[Mail], EmailMessage]) -> None:
        self._write = write
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="mail")
        self._free: LifoQueue[BaseEmailBackend] = LifoQueue()  # the one used last comes first: few mails need but one
        for _ in range(CONNECTIONS):
            self._free.put(get_connection(settings.SENDING_BACKEND, timeout=settings.MAIL_SECONDS))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for what is on its way; the connections are closed."""
        self._threads.shutdown()
        for _ in range(CONNECTIONS):
            _close(self._free.get())

    def carry(self, mails: Iterator[Mail]) -> Iterator[tuple[Mail, Exception | None]]:
        """Each mail in turn with None once a server took it, else with what was raised.

        The first is carried alone. Where it finds the server away, `mails` is read no further.
        """
        on_the_way: deque[tuple[Mail, Future[Exception | None]]] = deque()
        most = 1
        for mail in mails:
            on_the_way.append((mail, self._threads.submit(self._carried, mail)))
            if len(on_the_way) < most:
                continue
            mail, ended = on_the_way.popleft()
            yield mail, ended.result()
            if isinstance(ended.result(), ServerAway):
                break
            most = CONNECTIONS
        for mail, ended in on_the_way:
            yield mail, ended.result()

    def _carried(self, mail: Mail) -> Exception | None:
        """What sending one raised, whatever one address or subject does to a library; the others are sent."""
        connection = self._free.get()
        try:
            _open(connection)
            connection.send_messages([self._write(mail)])
        except Exception as error:
            _close(connection)
            return error
        finally:
            self._free.put(connection)
        return None


def _open(connection: BaseEmailBackend) -> None:
    """Raises ServerAway."""
    try:
        connection.open()
    except OSError as error:
        raise ServerAway from error


def _close(connection: BaseEmailBackend) -> None:
    """What a server says as it is left changes nothing about what it took."""
    try:
        connection.close()
    except OSError:
        logger.info("mail_server_left_badly")
