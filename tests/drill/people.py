"""Simulated people: each in a thread, with a browser that keeps what was not acknowledged and sends it again."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32
WITHIN = 60.0  # seconds that a browser waits here; a busy machine is not away


class Watch:
    """What people were answered, and the longest time in which nobody was answered well.

    `mishaps` are the errors with what was asked, and last over all `begin`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.mishaps: list[str] = []
        self.begin()

    def begin(self) -> None:
        with self._lock:
            self.answers: Counter[str] = Counter()
            self.longest = 0.0
            self._last = time.monotonic()

    def saw(self, status: int, asked: str = "") -> None:
        answer = str(status or "no answer")
        with self._lock:
            self.answers[answer] += 1
            if answer[0] not in "234":
                self.mishaps.append(f"{asked}: {answer}")
            now = time.monotonic()
            if 200 <= status < 400:
                self.longest = max(self.longest, now - self._last)
                self._last = now

    def errors(self) -> dict[str, int]:
        with self._lock:
            return {answer: count for answer, count in sorted(self.answers.items()) if answer[0] not in "234"}


@dataclass
class Browser:
    """One person's, signed in; every request over a connection of its own."""

    port: int
    cookie: str
    watch: Watch

    def ask(self, method: str, path: str, values: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and body; 0 where nothing came back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        headers = {"Cookie": f"{self.cookie}; csrftoken={TOKEN}", "Accept": "application/json", "Connection": "close"}
        body = None
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **values})
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            said = (answer.status, answer.read())
        except (OSError, http.client.HTTPException):
            said = (0, b"")
        finally:
            connection.close()
        self.watch.saw(said[0], f"{method} {path}")
        return said


class Person(threading.Thread):
    """Does one thing again and again, with pauses, until it is over."""

    def __init__(self, act: Callable[[], None], over: threading.Event, *, pause: tuple[float, float]) -> None:
        super().__init__(daemon=True)
        self._act, self._over, self._pause = act, over, pause

    def run(self) -> None:
        chance = random.Random(self.name)
        while not self._over.wait(chance.uniform(*self._pause)):
            self._act()


@dataclass
class Typist:
    """Writes evidence; `acknowledged` is what the server said it has, `sent` what it may have as well."""

    browser: Browser
    panelist: int
    dimension: int
    edit: str = "0"
    number: int = 0
    acknowledged: str = ""
    sent: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self) -> None:
        with self.lock:
            if self.sent == self.acknowledged:
                self.number += 1
                self.sent = f"evidence number {self.number}"
            values = {"edit": self.edit, f"evidence_{self.dimension}": self.sent}
            status, body = self.browser.ask("POST", f"/panelists/{self.panelist}/scorecard/draft/", values)
            if status not in {200, 409}:
                return
            self.edit = str(json.loads(body).get("edit", self.edit))
            if status == 200:
                self.acknowledged = self.sent

    def lost(self, stored: str) -> bool:
        """Whether the server no longer has what it acknowledged; call it while the lock is held."""
        return stored not in {self.acknowledged, self.sent}
