"""The uncertainty band against published figures, and where it must stay silent."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, factorial, prod

import pytest

from debriefs.aggregate import sample_sd
from debriefs.export import debrief_json
from debriefs.uncertainty import band, t_probability, t_quantile
from tests.debriefs.facts import scored

# NIST/SEMATECH e-Handbook, 1.3.6.7.2, critical values of Student's t: degrees of freedom, then 0.90, 0.95, 0.975.
NIST_T = [
    (1, 3.078, 6.314, 12.706),
    (2, 1.886, 2.920, 4.303),
    (3, 1.638, 2.353, 3.182),
    (4, 1.533, 2.132, 2.776),
    (5, 1.476, 2.015, 2.571),
    (9, 1.383, 1.833, 2.262),
    (10, 1.372, 1.812, 2.228),
    (30, 1.310, 1.697, 2.042),
    (100, 1.290, 1.660, 1.984),
]


def binomial(p: float) -> list[float]:
    return [comb(4, k) * p**k * (1 - p) ** (4 - k) for k in range(5)]


SHAPES = {
    "even": binomial(0.5),
    "good": binomial(0.65),
    "strong": binomial(0.8),
    "outstanding": binomial(0.9),
    "wide": [0.1, 0.2, 0.3, 0.25, 0.15],
    "split": [0.05, 0.4, 0.1, 0.4, 0.05],
    "narrow": [0, 0.05, 0.5, 0.4, 0.05],
    "skewed": [0.02, 0.03, 0.1, 0.35, 0.5],
}


@pytest.mark.parametrize(("freedom", "at_90", "at_95", "at_975"), NIST_T)
def test_t_agrees_with_the_published_table(freedom, at_90, at_95, at_975):
    found = [round(t_quantile(probability, freedom), 3) for probability in (0.90, 0.95, 0.975)]

    assert found == [at_90, at_95, at_975]


def test_t_probability_of_known_values():
    """Exact: Cauchy (one degree of freedom) at 1 is 3/4; two degrees at √2 is (1 + 1/√2)/2. IMSL: P(|t6| > 2.447)."""
    assert t_probability(1, 1) == pytest.approx(0.75)
    assert t_probability(2**0.5, 2) == pytest.approx((1 + 0.5**0.5) / 2)
    assert 2 * (1 - t_probability(2.447, 6)) == pytest.approx(0.05, abs=5e-5)


def test_interval_is_that_of_the_handbooks_example():
    """NIST/SEMATECH e-Handbook, 1.3.5.2: 195 values, mean 9.261460, s 0.022789; 95 % limits 9.258242 and 9.264679."""
    half = t_quantile(0.975, 194) * 0.022789 / 195**0.5

    assert (9.261460 - half, 9.261460 + half) == pytest.approx((9.258242, 9.264679), abs=1.5e-6)


def test_band_is_the_ninety_percent_interval():
    """3, 4, 4, 5: mean 4, s √(2/3), t(0.95; 3) 2.3534, so 4 ± 0.9607."""
    low, high = band(4, Fraction(4), sample_sd([3, 4, 4, 5]))

    assert (round(low, 4), round(high, 4)) == (3.0392, 4.9608)


def test_band_ends_where_the_scale_ends():
    assert band(3, Fraction(10, 3), sample_sd([2, 3, 5])) == (1.0, 5.0)


@pytest.mark.parametrize("scores", [(), (4,), (1, 5), (4, 4, 4), (3, 3, 3, 3, 3)])
def test_no_band_for_too_few_or_for_equal_scores(scores):
    row = scored(*scores).dimensions[0]

    assert row.band is None
    assert row.band_shown == "–"


def test_no_band_without_figures():
    assert band(5, None, None) is None
    assert band(5, Fraction(3), Decimal(0)) is None


def test_dimension_shows_its_band_and_the_json_format_stays():
    sheet = scored(3, 4, 4, 5, None)

    assert sheet.dimensions[0].band_shown == "3.0–5.0"
    assert not {"band", "interval"} & set(debrief_json(sheet)["dimensions"][0])


@pytest.mark.parametrize("n", [3, 4, 5, 6, 8])
@pytest.mark.parametrize("shape", SHAPES)
def test_band_holds_the_true_mean_as_often_as_the_module_says(n, shape):
    """Every possible panel of n with its probability: among those that get a band, 85 % or more hold the mean."""
    chances = SHAPES[shape]
    true = sum(score * chance for score, chance in enumerate(chances, 1))
    shown = held = 0.0
    for scores in combinations_with_replacement(range(1, 6), n):
        counts = Counter(scores)
        ways = factorial(n) // prod(factorial(count) for count in counts.values())
        probability = ways * prod(chances[score - 1] ** count for score, count in counts.items())
        found = band(n, Fraction(sum(scores), n), sample_sd(list(scores)))
        if found:
            shown += probability
            held += probability * (found[0] - 1e-9 <= true <= found[1] + 1e-9)

    assert held / shown >= 0.845
