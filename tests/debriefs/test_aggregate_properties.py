"""What holds of the aggregate whatever the scores are."""

from hypothesis import given
from hypothesis import strategies as st

from debriefs.export import debrief_json
from tests.debriefs.facts import card, dimension, rating, sheet_of

KEYS = ["a", "b", "c"]
scores = st.one_of(st.none(), st.integers(1, 5))
panels = st.lists(st.tuples(scores, scores, scores), max_size=8)
weights = st.tuples(*[st.one_of(st.none(), st.integers(1, 100))] * 3)


def sheet(panel, weighted=(None, None, None), extra=()):
    keys = [dimension(key, weight) for key, weight in zip(KEYS, weighted, strict=True)]
    return sheet_of(keys, [*(card(number, *rows(given)) for number, given in enumerate(panel, 1)), *extra])


def rows(given):
    return [rating(key, score, "" if score else "not my focus") for key, score in zip(KEYS, given, strict=True)]


def figures(built):
    said = debrief_json(built)
    names = ("n", "mean", "median", "min", "max", "sd", "disagreement", "weight", "share")
    return said["composite"], [{name: row[name] for name in names} for row in said["dimensions"]]


@given(panels)
def test_mean_and_median_lie_between_the_extremes(panel):
    for row in sheet(panel).dimensions:
        if row.n:
            assert row.min <= row.mean <= row.max
            assert row.min <= row.median <= row.max


@given(panels, weights, st.randoms(use_true_random=False))
def test_order_of_scorecards_changes_no_figure(panel, weighted, random):
    shuffled = random.sample(panel, len(panel))

    assert figures(sheet(panel, weighted)) == figures(sheet(shuffled, weighted))


@given(panels, weights)
def test_composite_lies_between_the_lowest_and_the_highest_mean(panel, weighted):
    built = sheet(panel, weighted)
    means = [row.mean for row in built.dimensions if row.mean is not None and row.share.percent]

    if means:
        assert min(means) <= built.composite.value <= max(means)
    else:
        assert built.composite.value is None


@given(panels, weights, st.tuples(scores, scores, scores))
def test_a_shadow_changes_nothing_at_all(panel, weighted, given_by_shadow):
    shadow = card(99, *rows(given_by_shadow), shadow=True)

    assert debrief_json(sheet(panel, weighted, [shadow])) == debrief_json(sheet(panel, weighted))


@given(panels, weights)
def test_not_assessed_changes_no_figure(panel, weighted):
    nothing_assessed = card(99, *rows((None, None, None)))

    assert figures(sheet(panel, weighted, [nothing_assessed])) == figures(sheet(panel, weighted))


@given(panels, st.integers(1, 50))
def test_only_the_ratio_of_weights_matters(panel, factor):
    once, scaled = sheet(panel, (5, 3, 2)), sheet(panel, (5 * factor, 3 * factor, 2 * factor))

    assert once.composite.value == scaled.composite.value


@given(panels, weights)
def test_composite_follows_from_the_weights_and_means_that_are_exported(panel, weighted):
    built = sheet(panel, weighted)
    counted = [(row.weight, row.mean) for row in built.dimensions if row.mean is not None]
    whole = sum(weight for weight, _ in counted)

    assert sum(row.share.percent for row in built.dimensions) == 100
    if whole:
        assert built.composite.value == sum(weight * mean for weight, mean in counted) / whole
    else:
        assert built.composite.value is None
