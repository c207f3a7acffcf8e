"""Pure: an outer part that is away. One caller in a while looks whether it is back, and
all others are told at once, so that what hangs keeps one thread waiting."""

import threading
import time


class Gate:
    """Shut for `pause` seconds after a failure. Then it lets one caller through to
    look, who opens or shuts it."""

    def __init__(self, *, pause: float) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._is_away = False
        self._shut_until = 0.0

    def may_pass(self) -> bool:
        """Whether it is worth asking now."""
        with self._lock:
            if not self._is_away:
                return True
            now = time.monotonic()
            if now < self._shut_until:
                return False
            self._shut_until = now + self._pause  # whoever comes meanwhile need not look as well
            return True

    def answered(self) -> None:
        if self._is_away:
            with self._lock:
                self._is_away = False

    def failed(self) -> None:
        with self._lock:
            self._is_away = True
            self._shut_until = time.monotonic() + self._pause
