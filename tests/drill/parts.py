"""The parts of an installation on loopback, kept alive as a supervisor does, behind a small proxy."""

import asyncio
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, Popen

from config import embedded, postgres
from tests.config.processes import ROOT, eventually, free_port, listens

AGAIN = 0.5  # seconds until a part that has ended is started again


@dataclass
class Part:
    """A program that is started again whenever it ends, unless it is held."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    code: Path = ROOT  # the folder of the version that it runs
    held: bool = False
    process: "Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = Popen(
                self.command, cwd=self.code, env=self.env, stdin=DEVNULL, stdout=out, stderr=out, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL for it and all that it has started."""
        if self.process is not None and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """It finishes what it has begun, and stays away until it is no longer held.

        As systemd's units and containers do, it alone is told: it tells those that it started.
        """
        self.held = True
        self.begin_to_end()
        if self.process is None or eventually(lambda: self.process.poll() is not None, within=40):
            return
        self.kill()

    def begin_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


class Keeper(threading.Thread):
    """Starts every part, and again where it has ended."""

    def __init__(self, parts: list[Part]) -> None:
        super().__init__(name="keeper", daemon=True)
        self.parts, self.over = parts, threading.Event()

    def run(self) -> None:
        while not self.over.wait(AGAIN):
            for part in self.parts:
                if not part.held and (part.process is None or part.process.poll() is not None):
                    part.start()

    def close(self) -> None:
        self.over.set()
        self.join()
        for part in self.parts:
            part.held = True
            part.begin_to_end()
        for part in self.parts:
            part.end()


class Proxy(threading.Thread):
    """Passes each connection to one of the web servers that takes it; 502 where none does."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__(name="proxy", daemon=True)
        self.port, self._ports, self._loop = free_port(), list(ports), asyncio.new_event_loop()

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._pass, "127.0.0.1", self.port))
        self._loop.run_forever()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self.join()

    def leave_out(self, port: int) -> None:
        """Send nobody there any more; what is under way goes on."""
        self._ports = [known for known in self._ports if known != port]

    def take_in(self, port: int) -> None:
        self._ports = [*self._ports, port]

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        web = await self._web()
        if web is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            await asyncio.gather(_copy(reader, web[1]), _copy(web[0], writer))
        with suppress(OSError):
            writer.close()

    async def _web(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in random.sample(self._ports, len(self._ports)):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while block := await source.read(65536):
            to.write(block)
            await to.drain()
    with suppress(OSError):
        to.close()


def installation(env: Mapping[str, str], folder: Path, code: Path = ROOT) -> tuple[list[Part], list[int], Part]:
    """Web servers, workers and beats two by two, and Redis; the ports of the web servers; Redis by itself."""
    python, ports = [sys.executable, "-m"], [free_port(), free_port()]
    celery = [*python, "celery", "-A", "config"]
    address = env["CELERY_BROKER_URL"].rpartition(":")[2].partition("/")[0]
    server = ["redis-server", "--port", address, "--bind", "127.0.0.1", "--dir", str(folder), "--appendonly", "yes"]
    redis = Part("Redis", server, env, folder / "redis.log", code)
    parts = [redis]
    for number, port in enumerate(ports, 1):
        web = [*python, "gunicorn", "-c", "config/gunicorn.py", "-b", f"127.0.0.1:{port}", "config.wsgi"]
        worker = [*celery, "worker", "-c", "1", "-l", "INFO", "-n", f"{number}@drill", "--without-mingle"]
        beat = [*celery, "beat", "-l", "INFO", "-s", str(folder / f"schedule-{number}"), "--pidfile", ""]
        for name, command in {"web": web, "worker": worker, "beat": beat}.items():
            parts.append(Part(f"{name} {number}", command, env, folder / f"{name}-{number}.log", code))
    return parts, ports, redis


class Database:
    """The folder's PostgreSQL, stopped, killed and started."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def start(self) -> str:
        return embedded.database_url(self.data, keep=True)

    def stop(self) -> None:
        embedded.stop(self.data)

    def kill(self) -> None:
        found = postgres.recorded(self.data / "postgres")
        if found:
            os.kill(found.pid, signal.SIGKILL)
        time.sleep(0.5)


def up(port: int) -> bool:
    return bool(eventually(lambda: listens(port), within=90))
