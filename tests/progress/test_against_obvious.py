"""The rules against a second, naive implementation, on whatever hypothesis comes up with."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from targets.progress import Measure, assess, second_opinion, series_of
from targets.progress.base import footing
from targets.progress.status import read
from tests.progress import obvious
from tests.progress.make import TODAY
from tests.progress.strategies import all_series, figure_lists, series_by, targets

CUT_OFFS = (0.0, 0.60, 0.95)


def plain_target(target):
    names = ("amount", "factor", "baseline_year", "baseline_amount", "stated", "deadline", "cumulative", "replaced")
    return {name: getattr(target, name) for name in names} | {
        "measure": target.measure.value,
        "first": target.first,
        "second": target.second,
    }


def plain_years(series):
    return {point.year: (point.amount, point.approximate) for point in series.points}


def plain_figure(figure):
    return {
        "year": figure.year,
        "from": figure.from_month,
        "through": figure.through_month,
        "fiscal": figure.fiscal,
        "measure": figure.measure.value,
        "exports": figure.exports,
        "imports": figure.imports,
        "turnover": figure.turnover,
        "rank": int(figure.rank),
        "vintage": figure.vintage.toordinal() if figure.vintage else 0,
        "approximate": figure.approximate,
        "key": figure.key,
    }


def judged(target, series):
    """The naive reading; a ratio within rounding of a cut-off is nobody's to decide."""
    found = obvious.judge(plain_target(target), plain_years(series), series.fiscal, TODAY.year)
    assume(found["ratio"] is None or all(abs(found["ratio"] - cut) > 1e-8 for cut in CUT_OFFS))
    return found


@given(targets(measures=list(Measure)), figure_lists, st.sampled_from(["AAA", "BBB"]))
def test_series(target, figures, by):
    found = series_of(target, by, True, figures, {})
    fiscal, years = obvious.pick([plain_figure(figure) for figure in figures], plain_target(target), by)
    assert (found.fiscal, plain_years(found)) == (fiscal, years)


@given(targets(), series_by("AAA"))
def test_base_and_amount(target, series):
    found = footing(target, series)
    expected = obvious.base_and_amount(plain_target(target), plain_years(series))
    assert (found.base_year, found.base_amount, found.target) == expected


@given(targets(), series_by("AAA"))
def test_reading(target, series):
    found, expected = read(target, series, TODAY), judged(target, series)
    assert found.status == expected["status"]
    assert {flag.value for flag in found.flags} == expected["flags"]
    assert found.reached_in == expected["reached_in"]
    assert (found.latest_year, found.latest_amount) == (expected["latest_year"], expected["latest"])
    assert (found.growth_ratio is None) == (expected["ratio"] is None)
    assert expected["ratio"] is None or found.growth_ratio == pytest.approx(expected["ratio"], rel=1e-6, abs=1e-9)
    assert (found.reason.value if found.reason else None) == expected["reason"]


@given(targets(), all_series())
def test_verdict(target, series):
    found = assess(target, series, TODAY).verdict
    readings = {one.by: (one.reporter, judged(target, one)) for one in series if one.reporter or one.points}
    assert (found.status.value, set(found.voters)) == obvious.conclude(plain_target(target), readings, TODAY.year)


@given(targets(single=True), series_by("AAA"))
def test_second_opinion(target, series):
    found = second_opinion(target, series)
    expected = obvious.weather(plain_years(series), target.deadline, target.amount)
    if found is not None and found.ratio is not None:
        assume(all(abs(found.ratio - cut) > 1e-8 for cut in (0.0, 0.80, 0.95)))
    assert (found.weather.value if found else None) == expected
