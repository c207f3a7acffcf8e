"""Many people typing at once, as their browsers would send it: run as a program, plan on stdin, result on stdout.

Needs nothing but the standard library, so that on a machine shared with the server it costs little.
"""

import asyncio
import itertools
import json
import random
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

PAUSE = 0.8  # seconds without a key after which the page saves
WARM_UP = 5.0  # seconds before times count: a server that has just started is slow, for anybody
HINTS_AFTER = 1.0  # seconds after a save in which nothing more is saved: then the page asks for hints near its end
TYPED = 5  # characters a second: a practised typist
WORDS = "asked for the symptoms first and then ruled out the cache with a measurement, said what was guessed"


@dataclass(frozen=True)
class Person:
    """One open scorecard: where it is saved, who saves, and its dimensions' numbers."""

    host: str
    port: int
    path: str
    cookie: str
    token: str
    dimensions: list[int]


@dataclass
class Result:
    """What the server acknowledged, by field; how many saves, how long each took; what went wrong."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Connection:
    """Keeps its connection as a browser does, and opens another where the server has closed it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        again = self.streams is not None
        try:
            return await self._ask(method, path, body)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            if not again:
                raise
            return await self._ask(method, path, body)  # a kept connection may have been closed meanwhile

    async def _ask(self, method: str, path: str, body: str) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.person.host, self.person.port)
        reader, writer = self.streams
        writer.write(self._request(method, path, body))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        answer = await reader.readexactly(length)
        if "connection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1]), answer

    def _request(self, method: str, path: str, body: str) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.person.host}:{self.person.port}",
            f"Cookie: {self.person.cookie}; csrftoken={self.person.token}",
            "Accept: application/json",
            "Accept-Encoding: gzip",
        ]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
        self.streams = None


class Typist:
    """Types a gust of words, pauses until the page has saved, and types on; now and then scores the next dimension."""

    def __init__(self, person: Person, gust: tuple[float, float], seed: int) -> None:
        self.person, self.gust, self.chance = person, gust, random.Random(seed)
        self.connection, self.result, self.edit = Connection(person), Result(), 0
        self.start = 0.0
        self.texts: dict[int, str] = dict.fromkeys(person.dimensions, "")
        self.hints: asyncio.TimerHandle | None = None
        self.asking: set[asyncio.Task[None]] = set()

    async def type(self, start: float, until: float) -> Result:
        """Types until then; only saves that begin after `start` have their times kept."""
        self.start = start
        await asyncio.sleep(self.chance.uniform(0, self.gust[1] + PAUSE))
        first = self.chance.randrange(len(self.person.dimensions))  # not everybody is at the top of the form
        for dimension in itertools.islice(itertools.cycle(self.person.dimensions), first, None):
            await self._save({f"score_{dimension}": str(self.chance.randint(1, 5))})
            for _ in range(self.chance.randint(5, 12)):
                if time.monotonic() > until:
                    self._forget_hints()
                    self.connection.close()
                    return self.result
                await self._save({f"evidence_{dimension}": await self._typed(dimension)})
        raise ValueError("a scorecard has dimensions")

    async def _typed(self, dimension: int) -> str:
        took = self.chance.uniform(*self.gust)
        await asyncio.sleep(took + PAUSE)
        words = [self.chance.choice(WORDS.split()) for _ in range(max(1, int(took * TYPED / 6)))]
        self.texts[dimension] = f"{self.texts[dimension]} {' '.join(words)}".strip()
        return self.texts[dimension]

    async def _save(self, fields: dict[str, str]) -> None:
        body = urlencode({"csrfmiddlewaretoken": self.person.token, "edit": self.edit, **fields})
        self._forget_hints()
        started = time.monotonic()
        try:
            status, answer = await self.connection.ask("POST", f"{self.person.path}draft/", body)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.result.errors.append(repr(error))
            return
        if status != 200:
            self.result.errors.append(f"{status}: {answer[:200]!r}")
            return
        self.result.saves += 1
        if started >= self.start:
            self.result.seconds.append(time.monotonic() - started)
        self.result.acknowledged |= fields
        self.edit = json.loads(answer)["edit"]
        if f"evidence_{self.person.dimensions[-1]}" in fields:
            self.hints = asyncio.get_running_loop().call_later(HINTS_AFTER, self._ask_for_hints)

    def _forget_hints(self) -> None:
        if self.hints:
            self.hints.cancel()

    def _ask_for_hints(self) -> None:
        asking = asyncio.create_task(self._hints())
        self.asking.add(asking)
        asking.add_done_callback(self.asking.discard)

    async def _hints(self) -> None:
        other = Connection(self.person)
        with suppress(OSError, asyncio.IncompleteReadError):
            await other.ask("GET", f"{self.person.path}hints/")
        other.close()


async def crowd(plan: dict[str, Any]) -> list[dict[str, Any]]:
    start = time.monotonic() + WARM_UP
    until = start + plan["seconds"]
    typists = [Typist(Person(**person), tuple(plan["gust"]), seed) for seed, person in enumerate(plan["people"])]
    return [asdict(result) for result in await asyncio.gather(*(typist.type(start, until) for typist in typists))]


if __name__ == "__main__":
    json.dump(asyncio.run(crowd(json.load(sys.stdin))), sys.stdout)
