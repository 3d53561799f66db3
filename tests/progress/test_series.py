"""Which figure serves for a year, in which column and currency."""

import math
from datetime import date

import pytest

from targets.progress import Measure, SourceRank, series_of
from tests.progress.make import figure, terms


def amounts(found):
    return {point.year: point.amount for point in found.points}


def chosen(*figures, target=None, by="AAA", reporter=True, rates=None):
    found = series_of(target or terms(), by, reporter, figures, rates or {})
    assert len(found.points) == 1
    return found.points[0].key


def test_turnover_is_exports_plus_imports_also_beside_a_stated_total():
    found = series_of(terms(), "AAA", True, [figure(2024, 99.0, exports=10.0, imports=20.0)], {})
    assert amounts(found) == {2024: 30.0}


def test_a_stated_total_serves_when_a_flow_is_missing():
    found = series_of(terms(), "AAA", True, [figure(2024, 99.0, exports=10.0)], {})
    assert amounts(found) == {2024: 99.0}


def test_one_flow_alone_is_no_turnover():
    assert series_of(terms(), "AAA", True, [figure(2024, exports=10.0)], {}).points == ()


def test_two_sources_are_never_added():
    found = series_of(terms(), "AAA", True, [figure(exports=10.0, key=1), figure(imports=20.0, key=2)], {})
    assert found.points == ()


@pytest.mark.parametrize("months", [(1, 9), (2, 12), (None, None)])
def test_partial_periods_and_current_levels_never_enter(months):
    assert series_of(terms(), "AAA", True, [figure(2024, 50.0, months=months)], {}).points == ()


def test_a_figure_without_a_year_never_enters():
    assert series_of(terms(), "AAA", True, [figure(None, 50.0)], {}).points == ()
    assert figure(None, 50.0).year_label is None


def test_series_ascend_and_gaps_stay_gaps():
    found = series_of(terms(), "AAA", True, [figure(2024, 3.0), figure(2019, 1.0), figure(2021, 2.0)], {})
    assert list(amounts(found)) == [2019, 2021, 2024]


def test_the_better_source_goes_before_the_newer():
    office = figure(turnover=1.0, rank=SourceRank.NATIONAL_OFFICE, vintage=date(2020, 1, 1), key="office")
    compilation = figure(turnover=2.0, rank=SourceRank.COMPILATION, vintage=date(2025, 1, 1), key="compilation")
    words = figure(turnover=3.0, rank=SourceRank.WORDS, vintage=date(2026, 1, 1), key="words")
    press = figure(turnover=4.0, rank=SourceRank.PRESS, vintage=date(2026, 5, 1), key="press")
    assert chosen(press, words, compilation, office) == "office"
    assert chosen(press, words, compilation) == "compilation"
    assert chosen(press, words) == "words"


def test_of_one_rank_the_newer_vintage_serves_and_an_unknown_day_is_the_oldest():
    old, new = (
        figure(turnover=1.0, vintage=date(2024, 1, 1), key="old"),
        figure(turnover=2.0, vintage=date(2024, 1, 2), key="new"),
    )
    assert chosen(old, new) == "new"
    assert chosen(figure(turnover=3.0, vintage=None, key="undated"), old) == "old"


def test_goods_serve_before_unspecified_trade():
    goods = figure(turnover=1.0, key="goods")
    unspecified = figure(turnover=2.0, measure=Measure.UNSPECIFIED_TURNOVER, key="unspecified", exports=1, imports=1)
    assert chosen(unspecified, goods) == "goods"
    assert chosen(unspecified, goods, target=terms(measure=Measure.UNSPECIFIED_TURNOVER)) == "goods"


def test_a_computed_turnover_serves_before_a_stated_one():
    assert chosen(figure(turnover=3.0, key="a"), figure(exports=1.0, imports=1.0, key="b")) == "b"


def test_an_exact_figure_serves_before_an_approximate_one():
    assert chosen(figure(turnover=3.0, approximate=True, key="a"), figure(turnover=2.0, key="b")) == "b"


def test_the_key_settles_what_nothing_else_does():
    assert chosen(figure(turnover=3.0, key=12), figure(turnover=2.0, key=9)) == 9
    assert chosen(figure(turnover=3.0, key="x"), figure(turnover=2.0, key=9)) == 9


def test_services_and_non_oil_targets_take_figures_of_their_own_measure_only():
    every = [figure(turnover=float(at), measure=measure, key=at) for at, measure in enumerate(Measure)]
    assert chosen(*every, target=terms(measure=Measure.GOODS_SERVICES_TURNOVER)) == 1
    assert chosen(*every, target=terms(measure=Measure.NON_OIL_TURNOVER)) == 2
    assert chosen(*every, target=terms(measure=Measure.GOODS_TURNOVER)) == 0
    assert chosen(*every, target=terms(measure=Measure.UNSPECIFIED_TURNOVER)) == 0


@pytest.mark.parametrize(
    ("measure", "by", "expected"),
    [
        (Measure.EXPORTS_FIRST_TO_SECOND, "AAA", 10.0),
        (Measure.EXPORTS_FIRST_TO_SECOND, "BBB", 20.0),
        (Measure.EXPORTS_SECOND_TO_FIRST, "AAA", 20.0),
        (Measure.EXPORTS_SECOND_TO_FIRST, "BBB", 10.0),
    ],
)
def test_one_way_exports_are_the_exporters_exports_and_the_importers_imports(measure, by, expected):
    target = terms(measure=measure)
    found = series_of(target, by, True, [figure(exports=10.0, imports=20.0, turnover=30.0)], {})
    assert amounts(found) == {2024: expected}


def test_one_way_a_total_of_both_ways_never_serves():
    target = terms(measure=Measure.EXPORTS_FIRST_TO_SECOND)
    assert series_of(target, "AAA", True, [figure(turnover=30.0)], {}).points == ()


def test_one_way_a_figure_of_that_very_measure_may_state_its_amount_as_a_total():
    target = terms(measure=Measure.EXPORTS_FIRST_TO_SECOND)
    own = figure(turnover=30.0, measure=Measure.EXPORTS_FIRST_TO_SECOND)
    assert amounts(series_of(target, "AAA", True, [own], {})) == {2024: 30.0}
    assert amounts(series_of(target, "press", False, [own], {})) == {2024: 30.0}
    other = figure(turnover=30.0, measure=Measure.EXPORTS_SECOND_TO_FIRST)
    assert series_of(target, "AAA", True, [other], {}).points == ()


def test_one_way_the_columns_of_a_compiler_are_nobodys():
    target = terms(measure=Measure.EXPORTS_FIRST_TO_SECOND)
    assert series_of(target, "press", False, [figure(exports=10.0, imports=20.0)], {}).points == ()
    own = figure(exports=10.0, measure=Measure.EXPORTS_FIRST_TO_SECOND)
    assert amounts(series_of(target, "press", False, [own], {})) == {2024: 10.0}
    own = figure(imports=11.0, measure=Measure.EXPORTS_FIRST_TO_SECOND)
    assert amounts(series_of(target, "press", False, [own], {})) == {2024: 11.0}


def test_fiscal_years_are_labelled_by_the_year_in_which_they_end():
    found = series_of(terms(), "IND", True, [figure(2023, 5.0, fiscal="IND")], {})
    assert (found.fiscal, amounts(found)) == ("IND", {2024: 5.0})


def test_the_calendar_series_serves_when_it_is_as_new_else_the_fiscal_one():
    calendar, fiscal = figure(2024, 1.0), figure(2023, 2.0, fiscal="IND")
    assert series_of(terms(), "IND", True, [fiscal, calendar], {}).fiscal == ""
    newer = figure(2024, 3.0, fiscal="IND")
    found = series_of(terms(), "IND", True, [calendar, fiscal, newer], {})
    assert (found.fiscal, amounts(found)) == ("IND", {2024: 2.0, 2025: 3.0})


def test_the_series_that_knows_the_deadline_year_goes_before_a_newer_one_that_does_not():
    figures = [figure(2012, 1.0), figure(2014, 2.0, fiscal="IND")]
    assert series_of(terms(deadline=2012), "IND", True, figures, {}).fiscal == ""
    assert series_of(terms(deadline=2013), "IND", True, figures, {}).fiscal == "IND"


def test_another_currency_is_converted_by_the_rates_of_the_year():
    rates = {("EUR", 2023): 1.1, ("EUR", 2024): 1.2, ("GBP", 2024): 1.5}
    figures = [figure(2023, 100.0, currency="EUR"), figure(2024, 100.0, currency="GBP")]
    found = series_of(terms(), "AAA", True, figures, rates)
    assert amounts(found) == pytest.approx({2023: 110.0, 2024: 150.0})
    assert [point.converted_from for point in found.points] == ["EUR", "GBP"]
    euros = series_of(terms(currency="EUR"), "AAA", True, [figures[1], figure(2023, 11.0)], rates)
    assert amounts(euros) == pytest.approx({2023: 10.0, 2024: 125.0})


def test_a_fiscal_year_is_converted_at_the_rate_of_the_year_in_which_it_starts():
    rates = {("EUR", 2023): 1.1, ("EUR", 2024): 1.2}
    found = series_of(terms(), "IND", True, [figure(2023, 100.0, fiscal="IND", currency="EUR")], rates)
    assert amounts(found) == pytest.approx({2024: 110.0})


@pytest.mark.parametrize("rate", [None, 0.0, -1.0, math.nan, math.inf])
def test_years_without_a_usable_rate_are_skipped_and_listed(rate):
    rates = {} if rate is None else {("KES", 2024): rate}
    figures = [figure(2024, 100.0, currency="KES"), figure(2023, 1.0)]
    found = series_of(terms(), "AAA", True, figures, rates)
    assert (amounts(found), found.skipped) == ({2023: 1.0}, (2024,))
    only = series_of(terms(), "AAA", True, figures[:1], rates)
    assert (only.points, only.skipped) == ((), (2024,))


def test_a_lesser_source_with_a_rate_serves_for_a_better_one_without():
    found = series_of(
        terms(),
        "AAA",
        True,
        [figure(2024, 100.0, currency="KES"), figure(2024, 1.0, rank=SourceRank.PRESS)],
        {},
    )
    assert (amounts(found), found.skipped) == ({2024: 1.0}, ())


def test_a_multiple_without_a_currency_is_judged_in_dollars():
    target = terms(None, factor=2.0, currency="")
    found = series_of(target, "AAA", True, [figure(2024, 100.0, currency="EUR")], {("EUR", 2024): 1.5})
    assert amounts(found) == {2024: 150.0}


def test_a_sum_beyond_floating_point_is_left_out():
    assert series_of(terms(), "AAA", True, [figure(exports=1.7e308, imports=1.7e308)], {}).points == ()


def test_without_figures_the_series_is_empty():
    found = series_of(terms(), "AAA", True, [], {})
    assert (found.by, found.reporter, found.fiscal, found.points, found.skipped) == ("AAA", True, "", (), ())


def test_a_side_named_as_compiler_of_its_own_trade_is_its_reporter():
    assert series_of(terms(), "BBB", False, [figure(turnover=1.0)], {}).reporter
    assert not series_of(terms(), "press", False, [figure(turnover=1.0)], {}).reporter
    assert not series_of(terms(), "", False, [figure(turnover=1.0)], {}).reporter


def test_a_year_that_is_not_over_is_in_no_series():
    figures = [figure(2025, 1.0), figure(2026, 2.0, key=2), figure(2027, 3.0, key=3)]
    assert amounts(series_of(terms(), "AAA", True, figures, {}, date(2026, 12, 31))) == {2025: 1.0}
    assert amounts(series_of(terms(), "AAA", True, figures, {}, date(2027, 1, 1))) == {2025: 1.0, 2026: 2.0}
    fiscal = [figure(2025, 1.0, fiscal="IND"), figure(2026, 2.0, fiscal="IND", key=2)]
    assert amounts(series_of(terms(), "IND", True, fiscal, {}, date(2026, 11, 22))) == {2026: 1.0}


def test_a_forecast_does_not_choose_the_calendar_that_is_read():
    forecast = [figure(2027, 9.0, fiscal="IND", key=2), figure(2025, 5.0)]
    found = series_of(terms(), "IND", True, forecast, {}, date(2026, 11, 22))
    assert (found.fiscal, amounts(found)) == ("", {2025: 5.0})


def test_a_year_that_is_not_over_and_has_no_rate_was_not_skipped():
    assert series_of(terms(), "AAA", True, [figure(2026, 1.0, currency="EUR")], {}, date(2026, 11, 22)).skipped == ()
