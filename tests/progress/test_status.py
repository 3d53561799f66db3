"""Every row of the status table, every guard and every flag, for one reading. Today is 22 November 2026."""

import dataclasses

import pytest

from targets.progress import Flag, Measure, Reason, SourceRank, Status, pace
from targets.progress.shapes import Point
from targets.progress.status import read
from tests.progress.make import TODAY, series, terms


def status(target, one):
    found = read(target, one, TODAY)
    return found.status, found.reason


# What cannot be judged


def test_no_figures():
    assert status(terms(), series({})) == (Status.NOT_ASSESSABLE, Reason.NO_FIGURES)


def test_figures_in_a_currency_without_rates():
    assert status(terms(), series({}, skipped=(2024,))) == (Status.NOT_ASSESSABLE, Reason.NO_EXCHANGE_RATE)


def test_amount_unknown_for_a_multiple_without_a_base():
    assert status(terms(None, factor=2.0, stated=None), series({2024: 50})) == (
        Status.NOT_ASSESSABLE,
        Reason.AMOUNT_UNKNOWN,
    )
    assert status(terms(None), series({2024: 50})) == (Status.NOT_ASSESSABLE, Reason.AMOUNT_UNKNOWN)


def test_cumulative_amount_shows_its_share_and_never_a_pace():
    target = terms(1000, stated=2020, deadline=2030, cumulative=True)
    found = read(target, series({2019: 500, 2020: 100, 2022: 50, 2024: 100}), TODAY)
    assert (found.status, found.reason, found.share_of_way) == (Status.NOT_ASSESSABLE, Reason.CUMULATIVE, 0.25)
    assert (found.growth_ratio, found.required_cagr, found.catch_up_growth) == (None, None, None)


def test_cumulative_share_ends_with_the_deadline_year():
    target = terms(1000, stated=2020, deadline=2022, cumulative=True)
    assert read(target, series({2020: 100, 2022: 50, 2023: 700}), TODAY).share_of_way == 0.15
    open_ended = terms(1000, stated=2020, deadline=None, cumulative=True)
    assert read(open_ended, series({2020: 100, 2022: 50, 2023: 700}), TODAY).share_of_way == 0.85


def test_cumulative_share_is_unknown_without_a_statement_year_or_figures_since():
    undated = terms(1000, stated=None, cumulative=True)
    assert read(undated, series({2020: 100}), TODAY).share_of_way is None
    assert read(terms(1000, stated=2022, cumulative=True), series({2020: 100}), TODAY).share_of_way is None


# Deadline over


def test_met_when_reached_in_the_window_and_still_there_in_its_last_known_year():
    found = read(terms(stated=2015, deadline=2020), series({2014: 50, 2018: 100, 2020: 110, 2021: 10}), TODAY)
    assert (found.status, found.reached_in) == (Status.MET, 2018)
    assert (found.decided_year, found.decided_amount) == (2020, 110)
    assert (found.latest_year, found.latest_amount) == (2021, 10)


def test_met_by_the_last_known_year_even_if_the_deadline_year_is_unknown():
    found = read(terms(stated=2015, deadline=2020), series({2018: 100}), TODAY)
    assert (found.status, found.decided_year) == (Status.MET, 2018)


def test_met_then_lost_when_the_last_known_year_of_the_window_is_below():
    found = read(terms(stated=2015, deadline=2020), series({2016: 120, 2019: 99}), TODAY)
    assert (found.status, found.reached_in, found.decided_year) == (Status.MET_THEN_LOST, 2016, 2019)


def test_missed_by_the_figure_of_the_deadline_year_itself():
    found = read(terms(stated=2015, deadline=2020), series({2014: 50, 2020: 99}), TODAY)
    assert (found.status, found.decided_year, found.decided_amount) == (Status.MISSED, 2020, 99)
    assert found.reached_in is None


def test_missed_tells_the_later_year_that_got_there():
    found = read(terms(stated=2015, deadline=2020), series({2020: 99, 2022: 100, 2024: 130}), TODAY)
    assert (found.status, found.reached_in) == (Status.MISSED, 2022)


def test_reached_before_the_window_does_not_count():
    found = read(terms(stated=2015, deadline=2020), series({2014: 150, 2020: 99}), TODAY)
    assert found.status is Status.MISSED
    assert Flag.ALREADY_THERE in found.flags


def test_the_year_of_the_statement_opens_the_window():
    assert status(terms(stated=2020, deadline=2020), series({2020: 100})) == (Status.MET, None)


def test_an_undated_target_has_a_window_of_five_years_before_its_deadline():
    assert status(terms(stated=None, deadline=2020), series({2015: 100})) == (Status.MET, None)
    assert status(terms(stated=None, deadline=2020), series({2014: 100, 2020: 99})) == (Status.MISSED, None)


def test_a_target_stated_after_its_deadline_is_judged_by_the_deadline_year():
    assert status(terms(stated=2021, deadline=2020), series({2020: 100})) == (Status.MET, None)


@pytest.mark.parametrize("deadline", [2024, 2025])
def test_awaiting_figures_while_the_deadline_is_less_than_three_years_ago(deadline):
    assert status(terms(deadline=deadline), series({2023: 99})) == (Status.AWAITING_FIGURES, None)


def test_not_assessable_without_the_deadline_figure_three_years_on():
    found = read(terms(deadline=2023), series({2022: 99, 2024: 100}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, Reason.NO_DEADLINE_FIGURE)
    assert found.reached_in == 2024


def test_a_miss_is_never_inferred_from_an_older_figure():
    assert status(terms(stated=2010, deadline=2020), series({2019: 1})) == (
        Status.NOT_ASSESSABLE,
        Reason.NO_DEADLINE_FIGURE,
    )


@pytest.mark.parametrize(("deadline", "expected"), [(2025, Status.AWAITING_FIGURES), (2015, Status.NOT_ASSESSABLE)])
def test_a_deadline_figure_without_an_exchange_rate_says_so(deadline, expected):
    one = series({deadline - 1: 50}, skipped=(deadline,))
    assert status(terms(stated=2012, deadline=deadline), one) == (expected, Reason.NO_EXCHANGE_RATE)


def test_a_closed_target_shows_growth_but_no_ratio_and_nothing_to_catch_up():
    found = read(terms(stated=2015, deadline=2020), series({2014: 50, 2020: 99}), TODAY)
    assert found.required_cagr == pytest.approx(2 ** (1 / 6) - 1)
    assert found.observed_cagr == pytest.approx((99 / 50) ** (1 / 6) - 1)
    assert (found.growth_ratio, found.catch_up_growth, found.catch_up_step) == (None, None, None)
    assert found.share_of_way == pytest.approx(0.98)


# Deadline open or none


@pytest.mark.parametrize("deadline", [2026, 2030, None])
def test_met_when_the_latest_figure_is_at_the_target(deadline):
    found = read(terms(stated=2020, deadline=deadline), series({2019: 50, 2022: 100, 2024: 100}), TODAY)
    assert (found.status, found.reached_in, found.decided_year) == (Status.MET, 2022, 2024)
    assert (found.catch_up_growth, found.catch_up_step) == (None, None)


@pytest.mark.parametrize("deadline", [2030, None])
def test_met_then_lost_when_a_year_since_the_statement_reached_it(deadline):
    found = read(terms(stated=2020, deadline=deadline), series({2019: 50, 2020: 100, 2024: 99}), TODAY)
    assert (found.status, found.reached_in, found.decided_year) == (Status.MET_THEN_LOST, 2020, 2024)


def test_an_open_target_lost_is_shown_with_what_it_needs():
    found = read(terms(stated=2020), series({2019: 50, 2020: 100, 2024: 99}), TODAY)
    assert found.growth_ratio is not None
    assert found.catch_up_growth == pytest.approx((100 / 99) ** (1 / 6) - 1)


def test_no_deadline_has_share_of_the_way_and_recent_growth_only():
    found = read(terms(deadline=None), series({2019: 50, 2021: 60, 2024: 75}), TODAY)
    assert (found.status, found.share_of_way) == (Status.NO_DEADLINE, 0.5)
    assert found.recent_cagr == pytest.approx((75 / 50) ** (1 / 5) - 1)
    assert (found.growth_ratio, found.required_cagr, found.observed_cagr) == (None, None, None)
    assert (found.catch_up_growth, found.catch_up_step) == (None, None)


def test_without_a_deadline_old_figures_still_show_the_way():
    assert status(terms(deadline=None, stated=2015), series({2014: 50, 2016: 60})) == (Status.NO_DEADLINE, None)


def test_figures_too_old_when_the_latest_year_is_more_than_three_years_ago():
    found = read(terms(), series({2019: 50, 2022: 60}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, Reason.FIGURES_TOO_OLD)
    assert found.catch_up_growth == pytest.approx((100 / 60) ** (1 / 8) - 1)
    assert status(terms(), series({2019: 50, 2023: 60}))[0] is Status.TOO_SLOW


@pytest.mark.parametrize("deadline", [2030, None])
@pytest.mark.parametrize("amount", [50, 500])
def test_figures_that_end_more_than_three_years_before_the_statement_are_too_old_to_meet_it(deadline, amount):
    assert status(terms(stated=2024, deadline=deadline), series({2020: amount})) == (
        Status.NOT_ASSESSABLE,
        Reason.FIGURES_TOO_OLD,
    )
    assert status(terms(stated=2023, deadline=deadline), series({2020: 500})) == (Status.MET, None)


def test_too_early_with_fewer_than_two_years_between_base_and_latest():
    found = read(terms(stated=2024), series({2021: 40, 2023: 50, 2024: 60}), TODAY)
    assert (found.status, found.reason) == (Status.TOO_EARLY, Reason.TOO_FEW_YEARS)
    assert found.catch_up_growth == pytest.approx((100 / 60) ** (1 / 6) - 1)
    assert found.catch_up_step == pytest.approx(40 / 6)
    assert found.recent_cagr == pytest.approx((60 / 40) ** (1 / 3) - 1)
    assert (found.growth_ratio, found.required_cagr, found.observed_cagr) == (None, None, None)


def test_two_years_make_a_pace():
    assert status(terms(stated=2024), series({2023: 50, 2025: 90}))[0] is Status.ON_TRACK


def test_too_early_without_a_base():
    found = read(terms(stated=None), series({2023: 50, 2024: 60}), TODAY)
    assert (found.status, found.reason, found.share_of_way) == (Status.TOO_EARLY, Reason.NO_BASE, None)
    assert found.catch_up_growth is not None


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (75.0, Status.ON_TRACK),
        (60.0, Status.TOO_SLOW),
        (55.0, Status.FAR_TOO_SLOW),
        (50.0, Status.FAR_TOO_SLOW),
        (49.0, Status.MOVING_AWAY),
    ],
)
def test_the_pace_follows_from_the_growth_ratio(latest, expected):
    found = read(terms(stated=2021), series({2020: 50, 2024: latest}), TODAY)
    assert found.status is expected
    assert pace(found.growth_ratio) is expected


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (0.95, Status.ON_TRACK),
        (0.95 - 4e-10, Status.ON_TRACK),
        (0.95 - 2e-9, Status.TOO_SLOW),
        (0.60, Status.TOO_SLOW),
        (0.60 - 2e-9, Status.FAR_TOO_SLOW),
        (0.0, Status.FAR_TOO_SLOW),
        (-0.0, Status.FAR_TOO_SLOW),
        (-4e-10, Status.FAR_TOO_SLOW),
        (-2e-9, Status.MOVING_AWAY),
    ],
)
def test_cut_offs_of_the_pace_on_both_sides_after_rounding(ratio, expected):
    assert pace(ratio) is expected


# Guards


def test_guard_base_at_the_target_gives_no_pace():
    found = read(terms(stated=2021), series({2020: 120, 2024: 90}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, Reason.NO_PACE)
    assert found.flags == (Flag.ALREADY_THERE,)
    assert (found.growth_ratio, found.share_of_way) == (None, None)


@pytest.mark.parametrize(
    "amounts", [{2020: 0, 2024: 50}, {2020: 50, 2024: 0}, {2020: -1, 2024: 50}, {2020: 0, 2024: 0}]
)
def test_guard_base_or_latest_not_above_zero_gives_no_pace(amounts):
    found = read(terms(stated=2021), series(amounts), TODAY)
    assert (found.status, found.reason, found.growth_ratio) == (Status.NOT_ASSESSABLE, Reason.NO_PACE, None)


def test_guard_tiny_required_growth_gives_no_pace():
    found = read(terms(100.0001, stated=2021), series({2020: 100, 2024: 100}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, Reason.NO_PACE)


def test_guard_overflow_gives_no_pace():
    found = read(terms(1.7e308, stated=2021), series({2020: 1e-5, 2024: 1.0}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, Reason.NO_PACE)


# Flags


@pytest.mark.parametrize("deadline", [None, 2020, 2030])
def test_already_there_when_the_base_before_the_statement_is_at_the_target(deadline):
    found = read(terms(stated=2017, deadline=deadline), series({2016: 100, 2020: 120, 2024: 130}), TODAY)
    assert (found.status, found.flags) == (Status.MET, (Flag.ALREADY_THERE,))
    assert (found.share_of_way, found.growth_ratio) == (None, None)


def test_already_there_by_a_baseline_year_that_the_target_names():
    target = terms(stated=2020, baseline_year=2020)
    assert Flag.ALREADY_THERE in read(target, series({2020: 100, 2024: 99}), TODAY).flags


def test_a_first_figure_from_the_year_of_the_statement_on_does_not_prove_already_there():
    found = read(terms(stated=2020), series({2020: 100, 2024: 99}), TODAY)
    assert (found.status, found.flags) == (Status.MET_THEN_LOST, ())


def test_no_deadline_may_be_already_there():
    found = read(terms(stated=2021, deadline=None), series({2020: 120, 2024: 90}), TODAY)
    assert (found.status, found.flags) == (Status.NO_DEADLINE, (Flag.ALREADY_THERE,))


@pytest.mark.parametrize("latest", [95.0, 100.0, 105.0])
def test_narrow_when_the_deciding_figure_is_approximate_and_within_five_percent(latest):
    approximate = series({2020: 50, 2024: latest}, about=(2024,))
    assert read(terms(stated=2021), approximate, TODAY).flags == (Flag.NARROW,)
    exact = series({2020: 50, 2024: latest}, about=(2020,))
    assert read(terms(stated=2021), exact, TODAY).flags == ()


@pytest.mark.parametrize("latest", [94.9, 105.1])
def test_not_narrow_further_away(latest):
    assert read(terms(stated=2021), series({2020: 50, 2024: latest}, about=(2024,)), TODAY).flags == ()


def test_narrow_looks_at_the_figure_that_decided_not_at_the_latest():
    target = terms(stated=2015, deadline=2020)
    assert read(target, series({2020: 99, 2024: 300}, about=(2020,)), TODAY).flags == (Flag.NARROW,)
    assert read(target, series({2020: 70, 2024: 99}, about=(2024,)), TODAY).flags == ()


def test_narrow_is_not_said_of_what_is_not_decided():
    assert read(terms(deadline=2025), series({2024: 99}, about=(2024,)), TODAY).flags == ()
    assert read(terms(), series({2021: 99}, about=(2021,)), TODAY).flags == ()


@pytest.mark.parametrize("amounts", [{}, {2020: 50, 2024: 60}])
def test_replaced_stands_beside_any_status(amounts):
    assert Flag.REPLACED in read(terms(replaced=True), series(amounts), TODAY).flags


# Years and what the reading tells of its figures


def test_a_year_that_is_not_over_is_left_out():
    found = read(terms(stated=2021), series({2020: 50, 2025: 60, 2026: 500, 2027: 900}), TODAY)
    assert (found.latest_year, found.years) == (2025, 2)


def test_a_fiscal_year_that_ended_this_year_counts_and_a_later_one_does_not():
    found = read(terms(stated=2021), series({2020: 50, 2026: 60, 2027: 500}, fiscal="IND"), TODAY)
    assert (found.fiscal, found.latest_year) == ("IND", 2026)


def test_only_years_ahead_are_no_figures():
    assert status(terms(), series({2027: 50})) == (Status.NOT_ASSESSABLE, Reason.NO_FIGURES)


def test_nothing_is_left_to_catch_up_when_the_latest_fiscal_year_is_the_deadline():
    found = read(terms(stated=2021, deadline=2026), series({2020: 50, 2026: 60}, fiscal="IND"), TODAY)
    assert (found.catch_up_growth, found.catch_up_step) == (None, None)
    assert found.status is Status.FAR_TOO_SLOW


def test_a_reading_tells_its_measures_conversion_and_latest_figure():
    def point(year, measure, converted):
        return Point(year, 50.0, year == 2024, measure, converted, year, SourceRank.PRESS)

    points = (point(2020, Measure.UNSPECIFIED_TURNOVER, ""), point(2024, Measure.GOODS_TURNOVER, "EUR"))
    found = read(terms(), dataclasses.replace(series({}), points=points), TODAY)
    assert found.measures == (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER)
    assert (found.converted, found.latest_approximate, found.years) == (True, True, 2)
    assert not read(terms(), dataclasses.replace(series({}), points=points[:1]), TODAY).converted


@pytest.mark.parametrize(("deadline", "rough"), [(2020, True), (2024, False), (None, False)])
def test_a_reading_tells_whether_the_figure_that_decides_is_approximate(deadline, rough):
    points = tuple(
        Point(year, 120.0, year == 2020, Measure.GOODS_TURNOVER, "", year, SourceRank.PRESS) for year in (2020, 2024)
    )
    found = read(terms(stated=2018, deadline=deadline), dataclasses.replace(series({}), points=points), TODAY)
    assert (found.status, found.decided_year) == (Status.MET, deadline or 2024)
    assert (found.decided_approximate, found.latest_approximate) == (rough, False)


def test_a_stated_base_later_than_the_latest_figure_gives_no_share():
    target = terms(None, factor=2.0, stated=2023, baseline_year=2024, baseline_amount=50.0)
    found = read(target, series({2021: 20, 2023: 40}), TODAY)
    assert (found.base_stated, found.share_of_way, found.status) == (True, None, Status.TOO_EARLY)
