"""The six-point rule beside its published case (see test_worked_examples)."""

import pytest

from targets.progress import GrowthUndefined, SixPoint, Weather, second_opinion, six_point
from tests.progress.make import series, terms


def values(*amounts, last=2024):
    return list(zip(range(last - len(amounts) + 1, last + 1), amounts, strict=True))


@pytest.mark.parametrize(
    ("ratio", "weather"),
    [
        (1.5, Weather.SUN),
        (0.9501, Weather.SUN),
        (0.95, Weather.SUN_AND_CLOUD),
        (0.80, Weather.SUN_AND_CLOUD),
        (0.7999, Weather.CLOUD),
        (0.01, Weather.CLOUD),
    ],
)
def test_signs_on_both_sides_of_their_borders(ratio, weather):
    target = 40 + 60 / ratio
    assert six_point(values(10, 20, 30, 40), 2030, target) == SixPoint(weather, pytest.approx(ratio))


@pytest.mark.parametrize("known", [values(40, 30, 20, 10), values(10, 30, 20, 10)])
def test_storm_when_the_trend_falls_or_stands_still(known):
    assert six_point(known, 2030, 100).weather is Weather.STORM


def test_only_the_last_six_values_count():
    assert six_point(values(1000, 10, 20, 30, 40, 50, 60), 2030, 120).weather is Weather.SUN


def test_gaps_lengthen_the_years_between():
    known = [(2014, 10.0), (2016, 20.0), (2020, 30.0), (2024, 40.0)]
    assert six_point(known, 2030, 100).ratio == pytest.approx(3 * 6 / 60)


def test_already_reached_is_sun_and_getting_worse_sun_and_cloud():
    assert six_point(values(10, 20, 110, 120), 2030, 100) == SixPoint(Weather.SUN, None)
    assert six_point(values(120, 120, 120, 120), 2030, 100) == SixPoint(Weather.SUN, None)
    assert six_point(values(150, 140, 130, 120), 2030, 100) == SixPoint(Weather.SUN_AND_CLOUD, None)


def test_fewer_than_four_values_are_too_few():
    with pytest.raises(GrowthUndefined, match="3 values"):
        six_point(values(1, 2, 3), 2030, 100)


@pytest.mark.parametrize("year", [2024, 2020])
def test_the_target_year_must_lie_ahead(year):
    with pytest.raises(GrowthUndefined, match="not ahead of 2024"):
        six_point(values(1, 2, 3, 4), year, 100)


def test_a_trend_beyond_floating_point_is_undefined():
    with pytest.raises(GrowthUndefined, match="beyond"):
        six_point(values(-1.7e308, 0, 0, 1.6e308), 2030, 1.7e308)


def test_second_opinion_on_a_target():
    known = series(dict(values(10, 20, 30, 40)))
    assert second_opinion(terms(100.0), known) == six_point(values(10, 20, 30, 40), 2030, 100.0)


@pytest.mark.parametrize(
    "target",
    [
        terms(deadline=None),
        terms(deadline=2024),
        terms(cumulative=True),
        terms(None, factor=2.0, stated=None),
    ],
)
def test_no_second_opinion_without_a_deadline_ahead_or_a_yearly_amount(target):
    assert second_opinion(target, series(dict(values(10, 20, 30, 40)))) is None


def test_no_second_opinion_on_too_few_values():
    assert second_opinion(terms(), series(dict(values(10, 20, 30)))) is None
