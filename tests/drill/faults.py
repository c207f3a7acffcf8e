"""What befalls the installation of `tests.drill.whole`, by what it is called."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.config.processes import eventually
from tests.drill.parts import Part
from tests.drill.people import Browser, Watch

if TYPE_CHECKING:
    from tests.drill.whole import Drill

Act = Callable[[], None]
FAKE_TIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))  # of Debian's libfaketime
STRANGE = 15.0  # seconds that a worker goes by a wrong clock


class Faults:
    """Acts upon a drill; `long` keeps parts away for longer."""

    def __init__(self, drill: "Drill", *, long: bool) -> None:
        self.drill = drill
        self.without_redis = 30 if long else 10
        self._kinds: dict[str, list[Part]] = {}
        for part in drill.parts:
            self._kinds.setdefault(part.name.partition(" ")[0], []).append(part)

    def named(self) -> dict[str, Act]:
        webs, workers, beats = self._kinds["web"], self._kinds["worker"], self._kinds["beat"]
        found: dict[str, Act] = {
            "a web server killed": lambda: self._kill(webs),
            "both web servers killed": lambda: self._kill_all(webs),
            "a worker killed": lambda: self._kill(workers),
            "a beat killed": lambda: self._kill(beats),
            "PostgreSQL restarted": lambda: self._stop_database(0),
            "PostgreSQL stopped for 5 s": lambda: self._stop_database(5),
            "PostgreSQL killed": self._kill_database,
            f"Redis stopped for {self.without_redis} s": self._stop_redis,
            "the mail server away for 10 s": self._stop_mail,
            "the mail server away, a worker and a beat killed": lambda: self._stop_mail(workers, beats),
            "a candidate erased while their packet is built": self._erase,
            "web servers replaced one after the other": lambda: self._replace(webs),
        }
        if self.drill.store_is_small:
            found["the store of files full for 6 s"] = self._fill
        if FAKE_TIME:
            found["a worker's clock two hours ahead"] = lambda: self._move_clock(workers, "+2h")
            found["a worker's clock two hours behind"] = lambda: self._move_clock(workers, "-2h")
        return found

    # --- processes ---
    def _kill(self, parts: list[Part]) -> None:
        self.drill.kills += 1
        self.drill.chance.choice(parts).kill()

    def _kill_all(self, parts: list[Part]) -> None:
        for part in parts:
            part.kill()

    def _move_clock(self, workers: list[Part], by: str) -> None:
        """One worker goes by a wrong clock, then by the right one again; it may finish what it has begun."""
        worker = self.drill.chance.choice(workers)
        usual = worker.env
        strange = {"LD_PRELOAD": str(FAKE_TIME[0]), "FAKETIME": by, "DONT_FAKE_MONOTONIC": "1"}
        for env in ({**usual, **strange}, usual):
            worker.end()
            worker.env = env
            worker.held = False
            time.sleep(STRANGE)

    def _replace(self, webs: list[Part]) -> None:
        for web in webs:
            web.end()
            web.start()
            web.held = False
            self._await(web)

    def _await(self, web: Part) -> None:
        port = int(web.command[web.command.index("-b") + 1].rpartition(":")[2])
        fresh = Browser(port, "nobody=1", Watch())
        eventually(lambda: fresh.ask("GET", "/healthz")[0] == 200)

    # --- what the processes need ---
    def _stop_database(self, seconds: float) -> None:
        self.drill.database.stop()
        time.sleep(seconds)
        self.drill.database.start()

    def _kill_database(self) -> None:
        self.drill.kills += 1  # what a worker has just noted may be lost with it
        self.drill.database.kill()
        self.drill.database.start()

    def _stop_redis(self) -> None:
        self.drill.redis.end()
        time.sleep(self.without_redis)
        self.drill.redis.held = False

    def _stop_mail(self, *killed: list[Part]) -> None:
        """Conversations break off where they are. Meanwhile somebody plans, and one each of these parts is killed."""
        self.drill.mail.stop()
        for _ in range(3):
            self.drill.plan()
        for parts in killed:
            self._kill(parts)
        time.sleep(10)
        self.drill.start_mail()

    def _fill(self) -> None:
        """The store is a file system of its own, filled to the last byte."""
        filler = self.drill.store / "filler"
        with suppress(OSError), filler.open("wb") as out:
            while True:
                out.write(b"x" * 65536)
        time.sleep(6)
        os.unlink(filler)

    # --- people ---
    def _erase(self) -> None:
        """Of three candidates whose packets are asked for, each once a worker has begun to build it."""
        from accounts.models import User
        from packets import life
        from packets.models import Packet
        from privacy.erasure import Reason, erase_candidate

        admin, manager = User.objects.get(email="admin@example.com"), self.drill.world.manager
        for _ in range(3):
            application = self.drill.scored(f"Erased {time.monotonic():.3f}")
            self.drill.erased.add(application.pk)
            packet = life.request_packet(application.pk, profile="full", by=manager)
            begun = Packet.objects.filter(pk=packet.pk).exclude(state="queued")
            eventually(begun.exists, within=30)
            erase_candidate(application.candidate, by=admin, reason=next(iter(Reason)).value)
