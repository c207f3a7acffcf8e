"""The simulation beside what queueing theory says of the same queue."""

import json
from math import factorial
from random import Random
from statistics import mean

import pytest

from tests.bench import queue


def erlang_c(servers: int, load: float) -> float:
    """The part of arrivals that have to wait in M/M/c, by Erlang's formula; `load` is the rate by the mean service."""
    waiting = load**servers / factorial(servers) * servers / (servers - load)
    return waiting / (sum(load**number / factorial(number) for number in range(servers)) + waiting)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.5), (2, 0.8), (4, 0.7), (8, 0.9)])
def test_a_steady_queue_waits_as_the_formula_says(servers, busy):
    random = Random(1)
    load = servers * busy  # with a mean service of one second, also the rate
    arrivals = queue.poisson(random, [(100_000 / load, load)])

    done = list(queue.served(arrivals, lambda: random.expovariate(1), servers))

    waited = [one.waited for one in done]
    assert sum(wait > 0 for wait in waited) / len(waited) == pytest.approx(erlang_c(servers, load), rel=0.05)
    assert mean(waited) == pytest.approx(erlang_c(servers, load) / (servers - load), rel=0.1)


def test_arrivals_follow_their_rates():
    moments = list(queue.poisson(Random(2), [(100, 50), (100, 0), (100, 100)]))

    assert moments == sorted(moments)
    assert sum(moment < 100 for moment in moments) == pytest.approx(5_000, rel=0.05)
    assert not [moment for moment in moments if 100 <= moment < 200]
    assert sum(moment >= 200 for moment in moments) == pytest.approx(10_000, rel=0.05)


def test_a_server_takes_one_after_the_other():
    done = list(queue.served([0.0, 0.0, 0.5, 9.0], lambda: 1.0, 2))

    assert [(one.began, one.ended, one.waited) for one in done] == [
        (0.0, 1.0, 0.0),
        (0.0, 1.0, 0.0),
        (1.0, 2.0, 0.5),
        (9.0, 10.0, 0.0),
    ]


def test_the_same_seed_is_the_same_morning():
    asked = {"cores": 2, "seconds": 0.04}

    assert queue.morning(500, **asked) == queue.morning(500, **asked)
    assert queue.morning(500, **asked) != queue.morning(500, **asked, seed=10)


def test_the_most_people_are_just_served_in_time():
    asked = {"cores": 2, "seconds": 0.04}

    most = queue.most_in_a_morning(**asked)

    assert queue.morning(most, **asked).p95 <= queue.PROMISE
    assert queue.morning(most * 11 // 10, **asked).p95 > queue.PROMISE
    assert queue.most_at_work(**asked, pause=10) < 10 * 2 / 0.04


def test_more_workers_are_done_sooner():
    few = queue.months_end(300, workers=1, seconds=60, hours=1)
    more = queue.months_end(300, workers=4, seconds=60, hours=1)

    assert few.over > 300 * 60 * 0.9  # one worker has work from the first packet to the last
    assert more.over < few.over / 3
    assert more.p95 < few.p95


def test_the_command_tells_both(capsys):
    assert queue.main(["nine", "--cores", "1", "--milliseconds", "50"]) == 0
    nine = json.loads(capsys.readouterr().out)
    assert queue.main(["month", "--packets", "30", "--workers", "1", "--seconds", "1"]) == 0
    month = json.loads(capsys.readouterr().out)

    assert nine["morning"]["p95"] <= queue.PROMISE
    assert nine["at_work"] > 0
    assert month["packets"] == 30


def test_nothing_to_serve_with_is_refused(capsys):
    with pytest.raises(SystemExit):
        queue.main(["nine", "--cores", "0", "--milliseconds", "50"])

    assert "more than 0" in capsys.readouterr().err
