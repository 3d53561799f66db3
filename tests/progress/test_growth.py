"""The formulas and where they end."""

import math

import pytest

from targets.progress import (
    GrowthUndefined,
    cagr,
    growth_ratio,
    path_amount,
    recent_growth,
    required_growth,
    required_path,
    share_of_way,
    step_to,
)
from targets.progress.growth import at_least, finite, or_none, rounded
from tests.progress.make import series


def test_minus_zero_is_zero():
    assert math.copysign(1, rounded(-0.0)) == 1.0
    assert math.copysign(1, share_of_way(100.0, 100.0, 200.0)) == 1.0
    assert math.copysign(1, finite(-0.0, "it")) == 1.0


def test_amounts_are_compared_after_rounding_to_nine_decimals():
    assert at_least(0.9999999996, 1.0)
    assert not at_least(0.9999999990, 1.0)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [(0, 1, 1), (1, 0, 1), (-1, 1, 1), (1, -1, 1), (1, 2, 0), (1, 2, -3), (1e-300, 1e300, 1), (1e300, 1e-300, 1)],
)
def test_growth_is_undefined_rather_than_infinite(start, end, years):
    with pytest.raises(GrowthUndefined):
        cagr(start, end, years)


def test_growth_undefined_names_the_amounts():
    with pytest.raises(GrowthUndefined, match="no growth from 0 to 5"):
        cagr(0, 5, 2)


def test_guard_base_at_target_has_no_required_growth():
    with pytest.raises(GrowthUndefined, match="not below the target"):
        required_growth(2020, 100, 2030, 100)


def test_guard_required_growth_below_one_in_a_million():
    with pytest.raises(GrowthUndefined, match="too small"):
        required_growth(2020, 100, 2030, 100.0005)
    assert required_growth(2020, 100, 2030, 100.01) > 1e-6


def test_growth_ratio_that_overflows_is_undefined():
    with pytest.raises(GrowthUndefined, match="ratio"):
        growth_ratio(2020, 1.0, 2021, 1.7e308, 2030, 1.00002)


def test_share_of_way_is_negative_after_a_fall_and_above_one_beyond_the_target():
    assert share_of_way(100, 50, 200) == -0.5
    assert share_of_way(100, 400, 200) == 3.0


def test_share_of_way_is_undefined_when_the_base_is_at_the_target():
    with pytest.raises(GrowthUndefined, match="no way to go"):
        share_of_way(200, 150, 200)


@pytest.mark.parametrize(
    ("base", "latest", "target"), [(-1.7e308, 0.0, 1.7e308), (-1e308, 1.7e308, 1.0), (0, 1e308, 1e-8)]
)
def test_share_of_way_that_overflows_is_undefined(base, latest, target):
    with pytest.raises(GrowthUndefined, match="beyond"):
        share_of_way(base, latest, target)


def test_step_needs_a_year_and_a_finite_difference():
    assert step_to(100, 200, 4) == 25
    with pytest.raises(GrowthUndefined, match="no step over 0 years"):
        step_to(100, 200, 0)
    with pytest.raises(GrowthUndefined, match="beyond"):
        step_to(-1.7e308, 1.7e308, 1)


def test_required_path_has_every_year_and_ends_exactly_at_the_target():
    path = required_path(2020, 100.0, 2023, 172.8)
    assert [year for year, _ in path] == [2020, 2021, 2022, 2023]
    assert [amount for _, amount in path] == pytest.approx([100, 120, 144, 172.8])
    assert path[-1][1] == 172.8


def test_required_path_without_years_is_undefined():
    with pytest.raises(GrowthUndefined):
        required_path(2030, 100.0, 2020, 200.0)


def test_path_far_outside_its_years_never_becomes_infinite():
    with pytest.raises(GrowthUndefined, match="beyond what can be computed in 12030"):
        path_amount(2020, 1.0, 2030, 1e300, 12030)
    assert path_amount(2020, 1.0, 2030, 1e300, -8000) == 0.0


def test_recent_growth_reaches_back_five_years_at_most():
    points = series({2010: 1.0, 2019: 80.0, 2021: 100.0, 2024: 133.1}).points
    assert recent_growth(points)[1] == 2019
    assert recent_growth(points)[0] == pytest.approx((133.1 / 80) ** (1 / 5) - 1)


def test_recent_growth_may_begin_after_a_gap_but_spans_three_years():
    assert recent_growth(series({2021: 100.0, 2023: 1.0, 2024: 133.1}).points) == (pytest.approx(0.1), 2021)
    with pytest.raises(GrowthUndefined, match="three to five years before 2024"):
        recent_growth(series({2018: 100.0, 2022: 100.0, 2024: 133.1}).points)


def test_or_none_passes_values_and_swallows_only_undefined_growth():
    assert or_none(cagr, 100, 121, 2) == pytest.approx(0.1)
    assert or_none(cagr, 0, 121, 2) is None
