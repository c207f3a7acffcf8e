"""How far a mean of few scores can be trusted. Pure, and imports no Django.

The band is the two-sided 90 % confidence interval of a mean by Student's t, mean ±
t(0.95; n-1) × s / √n, as in the NIST/SEMATECH e-Handbook of Statistical Methods,
section 1.3.5.2, cut off at the ends of the scale. It answers: where would the mean be
if many interviewers like these had been asked? It says nothing about whether they
judged well.

Nothing is given where the scores can't carry it:

- fewer than three: with two, t is 6.3, and any two different scores give a band as wide
  as the scale;
- all equal: s is then 0 and the band a point, which would claim a certainty that three
  whole numbers don't have.

Scores are whole numbers on a short scale and not normally distributed. Reckoned exactly
for eight shapes of opinion (even, skewed, split, narrow, ...) and 3 to 8 scores, the
band holds the true mean in 85 to 100 % of the cases in which it is shown;
`tests/debriefs/test_uncertainty.py` repeats that reckoning.
"""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import atan2, cos, pi, sin, sqrt

LEAST = 3
SCALE = (1.0, 5.0)


def band(n: int, mean: Fraction | None, sd: Decimal | None) -> tuple[float, float] | None:
    """Both ends of the mean's 90 % interval on the scale, 1 to 5; None where none is
    given."""
    if mean is None or not sd or n < LEAST:
        return None
    half = t_quantile(0.95, n - 1) * float(sd) / sqrt(n)
    low, high = SCALE
    return max(low, float(mean) - half), min(high, float(mean) + half)


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The value that Student's t with this many degrees of freedom stays below with
    this probability (0.5 to 0.9999).

    Halves the interval until it no longer shrinks; the distribution function grows with
    t.
    """
    low, high = 0.0, 1e5
    while low < (middle := (low + high) / 2) < high:
        if t_probability(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high


def t_probability(t: float, freedom: int) -> float:
    """P(T <= t) for t >= 0, by the finite series for whole degrees of freedom.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4
    (even): with the angle arctan(t / √freedom), each term is the one before times k /
    (k + 1) × cos².
    """
    angle = atan2(t, sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    series = term if freedom > 1 else 0.0
    for k in range(2 if odd else 1, freedom - 2, 2):
        term *= k / (k + 1) * cos(angle) ** 2
        series += term
    inside = (angle + sin(angle) * series) * 2 / pi if odd else sin(angle) * series
    return (1 + inside) / 2
