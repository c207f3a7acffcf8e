"""What waiting a crowd makes, on paper: people who come at nine o'clock, packets that are asked for at month's end.

    python -m tests.bench.queue nine --cores 4 --milliseconds 30 --open 900
    python -m tests.bench.queue month --workers 4 --seconds 1.1 --packets 5000

Nothing is measured here. The costs are those that `make bench` measures; the crowd is drawn from a seed.
"""

import argparse
import heapq
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from statistics import mean

PROMISE = 0.3  # seconds: what 19 of 20 answers must not exceed
# At nine: how many times the rate of an even spread people come at, in each tenth of the quarter of an hour.
NINE = (0.6, 1.2, 1.8, 2.0, 1.4, 1.0, 0.8, 0.5, 0.4, 0.3)
QUARTER = 900.0  # seconds
PAGES_EACH = 5  # sign-in or home, list, application, scoring page or debrief, one more


@dataclass(frozen=True)
class Done:
    """One piece of work, in seconds since the start."""

    arrived: float
    began: float
    ended: float

    @property
    def waited(self) -> float:
        return self.began - self.arrived

    @property
    def took(self) -> float:
        return self.ended - self.arrived


def poisson(random: Random, rates: Iterable[tuple[float, float]]) -> Iterator[float]:
    """Moments at which somebody comes: for so many seconds at so many a second, one stretch after the other."""
    begun = 0.0
    for seconds, rate in rates:
        now = begun
        while rate > 0 and (now := now + random.expovariate(rate)) < begun + seconds:
            yield now
        begun += seconds


def served(arrivals: Iterable[float], cost: Callable[[], float], servers: int) -> Iterator[Done]:
    """Each arrival in turn, by the first of the servers that is free; `cost` draws the seconds that it takes there."""
    free = [0.0] * servers
    for arrived in arrivals:
        began = max(arrived, free[0])
        ended = began + cost()
        heapq.heapreplace(free, ended)
        yield Done(arrived, began, ended)


def percentile(values: Iterable[float], part: float) -> float:
    """The least of the values that so large a part of them, from 0 to 1, does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(part * len(ordered)) - 1, 0)]


# --- nine o'clock ------------------------------------------------------------


@dataclass(frozen=True)
class Morning:
    """So many people who come within a quarter of an hour. Seconds; `busy` is the cores' share, from 0 to 1."""

    people: int
    cores: int
    requests: int
    busy: float
    p50: float
    p95: float
    longest: float


def morning(people: int, *, cores: int, seconds: float, seed: int = 9) -> Morning:
    """Each asks for PAGES_EACH pages of so many seconds of a core on average; as many are cheap and dear as if drawn
    exponentially, which is more uneven than measured pages are."""
    random = Random(seed)
    even = people * PAGES_EACH / QUARTER
    arrivals = poisson(random, [(QUARTER / len(NINE), even * share) for share in NINE])
    done = list(served(arrivals, lambda: random.expovariate(1 / seconds), cores))
    took = [one.took for one in done]
    return Morning(
        people=people,
        cores=cores,
        requests=len(done),
        busy=len(done) * seconds / (QUARTER * cores),
        p50=percentile(took, 0.5),
        p95=percentile(took, 0.95),
        longest=max(took),
    )


def most_in_a_morning(*, cores: int, seconds: float, seed: int = 9) -> int:
    """How many people may come within the quarter of an hour so that p95 keeps the promise."""
    all_cores = int(QUARTER / PAGES_EACH * cores / seconds)
    return _most(all_cores, lambda people: morning(people, cores=cores, seconds=seconds, seed=seed).p95)


def most_at_work(*, cores: int, seconds: float, pause: float, seed: int = 9) -> int:
    """How many people may be at work for hours, each asking once in `pause` seconds, so that p95 keeps the promise."""

    def p95(people: int) -> float:
        random = Random(seed)
        arrivals = poisson(random, [(QUARTER, people / pause)])
        done = served(arrivals, lambda: random.expovariate(1 / seconds), cores)
        return percentile((one.took for one in done), 0.95)

    return _most(int(pause * cores / seconds), p95)


def _most(high: int, p95: Callable[[int], float]) -> int:
    """The largest number below `high`, to a hundredth of it, whose p95 keeps the promise."""
    low, step = 0, max(high // 100, 1)
    while high - low > step:
        middle = (low + high) // 2
        low, high = (middle, high) if p95(middle) <= PROMISE else (low, middle)
    return low


# --- month's end -------------------------------------------------------------


@dataclass(frozen=True)
class MonthsEnd:
    """Packets asked for within the hours given. Seconds from asking to the file; `over` is when the last was built."""

    packets: int
    workers: int
    mean: float
    p95: float
    longest: float
    over: float


def months_end(packets: int, *, workers: int, seconds: float, hours: float, seed: int = 31) -> MonthsEnd:
    """A third of them at one moment, as a batch is asked for, in the middle; the rest spread over all the time."""
    random = Random(seed)
    span = hours * 3600
    batch = packets // 3
    moments = [random.uniform(0, span) for _ in range(packets - batch)] + [span / 2] * batch
    done = list(served(sorted(moments), lambda: random.uniform(0.7, 1.3) * seconds, workers))
    took = [one.took for one in done]
    return MonthsEnd(packets, workers, mean(took), percentile(took, 0.95), max(took), max(one.ended for one in done))


# --- the command -------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    if asked.what == "nine":
        cost = {"cores": asked.cores, "seconds": asked.milliseconds / 1000}
        people = most_in_a_morning(**cost)
        told = {"at_work": most_at_work(**cost, pause=asked.pause), "morning": asdict(morning(people, **cost))}
    else:
        told = asdict(months_end(asked.packets, workers=asked.workers, seconds=asked.seconds, hours=asked.hours))
    print(json.dumps(told, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="python -m tests.bench.queue"
    )
    questions = parser.add_subparsers(dest="what", required=True)
    nine = questions.add_parser("nine", help="how many people one machine's web server holds")
    nine.add_argument("--cores", type=_above_nothing(int), required=True)
    nine.add_argument("--milliseconds", type=_above_nothing(float), required=True, help="of a core for each page")
    nine.add_argument("--pause", type=_above_nothing(float), default=10.0, help="seconds between two requests of one")
    month = questions.add_parser("month", help="how long packets wait for their workers")
    month.add_argument("--packets", type=_above_nothing(int), required=True)
    month.add_argument("--workers", type=_above_nothing(int), required=True)
    month.add_argument("--seconds", type=_above_nothing(float), required=True, help="of a worker for each packet")
    month.add_argument("--hours", type=_above_nothing(float), default=8.0, help="within which they are asked for")
    return parser


def _above_nothing(kind: type[int] | type[float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = kind(text)
        if not number > 0:
            raise argparse.ArgumentTypeError("more than 0")
        return number

    return read


if __name__ == "__main__":
    sys.exit(main())
