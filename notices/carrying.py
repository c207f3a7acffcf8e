"""Carrying letters to the mail server, over a few connections at once.

Most of the time that a letter takes is the server's. While one connection waits for an answer, the other sends.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import LifoQueue, SimpleQueue
from threading import Lock
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
    A server that lets in fewer connections gets fewer.
    """

    def __init__(self, write: Callable[[Mail], EmailMessage]) -> None:
        self._write = write
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="mail")
        self._free: LifoQueue[BaseEmailBackend] = LifoQueue()  # the one used last comes first: few mails need but one
        for _ in range(CONNECTIONS):
            self._free.put(get_connection(settings.SENDING_BACKEND, timeout=settings.MAIL_SECONDS))
        self._connections = CONNECTIONS  # free ones and those in use
        self._counting = Lock()
        self._was_let_in = False
        self._ended: SimpleQueue[tuple[Mail, Exception | None]] = SimpleQueue()
        self._on_the_way = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for what is on its way; the connections are closed."""
        self._threads.shutdown()
        for _ in range(self._connections):
            _close(self._free.get())

    def carry(self, mails: Iterator[Mail]) -> Iterator[tuple[Mail, Exception | None]]:
        """Each mail, as it ends, with None once a server took it, else with what was raised; `rest` has the last ones.

        The first is carried alone. Where one finds the server away, `mails` is read no further.
        """
        most = 1
        for mail in mails:
            self._on_the_way += 1
            self._threads.submit(self._carry_one, mail)
            while self._on_the_way >= most:
                mail, error = self._next_ended()
                yield mail, error
                if isinstance(error, ServerAway):
                    return
                most = self._connections

    def rest(self) -> Iterator[tuple[Mail, Exception | None]]:
        """What `carry` left on its way, which is waited for: also where whoever carried broke off."""
        while self._on_the_way:
            yield self._next_ended()

    def _next_ended(self) -> tuple[Mail, Exception | None]:
        ended = self._ended.get()
        self._on_the_way -= 1
        return ended

    def _carry_one(self, mail: Mail) -> None:
        """Whatever one address or subject does to a library, the others are sent."""
        error = None
        try:
            self._send(mail)
        except Exception as raised:
            error = raised
        self._ended.put((mail, error))

    def _send(self, mail: Mail) -> None:
        """Raises ServerAway, and what sending raises."""
        connection = self._opened()
        try:
            connection.send_messages([self._write(mail)])
        except Exception:
            _close(connection)
            raise
        finally:
            self._free.put(connection)

    def _opened(self) -> BaseEmailBackend:
        """A connection that is open. One that the server does not let in beside another is given up for that one,
        which is waited for.

        Raises ServerAway.
        """
        while True:
            connection = self._free.get()
            try:
                connection.open()
            except Exception as error:  # a host's name that is none raises no OSError
                _close(connection)  # else it counts as open, even where it could not be encrypted
                if not self._gives_up_one():
                    self._free.put(connection)
                    raise ServerAway from error
            else:
                self._was_let_in = True
                return connection

    def _gives_up_one(self) -> bool:
        """Whether there is another connection, and the server let one in before."""
        with self._counting:
            if self._connections == 1 or not self._was_let_in:
                return False
            self._connections -= 1
            return True


def _close(connection: BaseEmailBackend) -> None:
    """What a server says as it is left changes nothing about what it took."""
    try:
        connection.close()
    except OSError:
        logger.info("mail_server_left_badly")
