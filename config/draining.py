"""Gunicorn's worker of threads, which answers everybody whose connection the system has
taken before it stops.

Gunicorn's own stops looking at its sockets at once. Who had connected by then, and was
not looked at yet, is cut off: the system closes what nobody accepted with the socket.
"""

import socket

from gunicorn.workers.gthread import ThreadWorker


class DrainingWorker(ThreadWorker):
    """As `gthread`, but what waits at its sockets as it stops is served too.

    The one process that started it has to have closed its sockets before, as gunicorn does
    where the signal goes to that process alone.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                self._drain(listener)

    def _drain(self, listener: socket.socket) -> None:
        """Accept whoever waits there, then close it: later ones go to another server."""
        listener.setblocking(False)
        seen = -1
        while seen < self.nr_conns < self.worker_connections:
            seen = self.nr_conns
            self.accept(listener)
        listener.close()
