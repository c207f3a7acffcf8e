"""How time grows with size: a packet's with its interviewers, a blueprint's with its length."""

import gc
import math
import time
from collections.abc import Callable, Mapping
from functools import partial
from statistics import linear_regression

from packets import life
from rubrics.blueprints.documents import load
from tests.bench import data, packets
from tests.bench.figures import Figure

PANELS = (3, 8, 20, 50)
PIECES = (300_000, 1_200_000)  # bytes
ROUNDS = 3
HEAD = b"<h2>1) Role summary</h2><p>One long role.</p>"
FILLERS = (b"word\n", b"a<br>", b"<li>item</li>", b"<svg>", b"</ul>", b"<h4>")


def measure(world: data.World) -> list[Figure]:
    built = {}
    for size in PANELS:
        whose = data.application(world, f"Panel of {size}")
        data.submitted(world, whose, data.interviewers(world, size))
        built[size] = life.new_packet(whose, profile="full", by=world.recruiter, wake=False)
    packets.whole(built[PANELS[0]])
    packet = exponent(timed(PANELS, lambda size: packets.whole(built[size])))
    reading = max(exponent(timed(PIECES, partial(_read, filler))) for filler in FILLERS)
    return [
        Figure(f"packet: exponent of time, {PANELS[0]} to {PANELS[-1]} interviewers", packet, most=1),
        Figure("blueprint: worst exponent of time, 0.3 to 1.2 MB in one piece", reading, most=1.2),
    ]


def timed(sizes: tuple[int, ...], seconds: Callable[[int], float]) -> dict[int, float]:
    """Least seconds by size, measured in turn so that a slow moment meets every size."""
    taken: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(ROUNDS):
        for size in sizes:
            taken[size].append(seconds(size))
    return {size: min(times) for size, times in taken.items()}


def exponent(times: Mapping[int, float]) -> float:
    """The b of time = a * size ** b: the slope of the least-squares line through the logarithms."""
    return linear_regression([math.log(size) for size in times], [math.log(took) for took in times.values()]).slope


def _read(filler: bytes, length: int) -> float:
    document = HEAD + filler * (length // len(filler))
    gc.collect()
    gc.freeze()  # what is left of the measurements before is not gone through again
    started = time.process_time()
    load(document, filename="long.html")
    took = time.process_time() - started
    gc.unfreeze()
    return took
