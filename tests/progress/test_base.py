"""Where the base comes from, and the amount of a multiple."""

import pytest

from targets.progress.base import Footing, footing
from tests.progress.make import series, terms


def base(target, amounts):
    found = footing(target, series(amounts))
    return found.base_year, found.base_amount


def test_the_baseline_year_the_target_names_goes_first():
    assert base(terms(stated=2020, baseline_year=2015, baseline_amount=1.0), {2015: 7, 2019: 9}) == (2015, 7)


def test_else_the_latest_year_before_the_statement():
    assert base(terms(stated=2020), {2017: 7, 2018: 8, 2020: 10}) == (2018, 8)


def test_the_year_before_lies_at_most_three_years_back():
    assert base(terms(stated=2020), {2017: 7, 2022: 10}) == (2017, 7)
    assert base(terms(stated=2020), {2016: 7, 2022: 10}) == (2022, 10)


def test_else_the_first_year_from_the_statement_on_which_may_be_the_year_itself():
    assert base(terms(stated=2020), {2020: 10, 2021: 11}) == (2020, 10)


def test_a_base_lies_before_the_deadline():
    assert base(terms(stated=2020, deadline=2022), {2022: 10, 2023: 11}) == (None, None)
    assert base(terms(stated=2020, deadline=2022, baseline_year=2022), {2022: 10}) == (None, None)


def test_an_undated_target_has_no_ordinary_base():
    assert base(terms(stated=None), {2019: 9}) == (None, None)
    assert base(terms(stated=None, baseline_year=2019), {2019: 9}) == (2019, 9)


def test_with_an_amount_the_ordinary_base_goes_before_a_stated_baseline_amount():
    target = terms(stated=2020, baseline_year=2015, baseline_amount=50.0)
    assert base(target, {2019: 9}) == (2019, 9)
    assert footing(target, series({2016: 9})) == Footing(100.0, 2015, 50.0, base_stated=True)


def test_a_multiple_is_one_of_the_readings_own_base():
    target = terms(None, factor=2.0, stated=2020, baseline_year=2019, baseline_amount=50.0)
    assert footing(target, series({2019: 30})) == Footing(60.0, 2019, 30)
    assert footing(target, series({2019: 40}, "BBB")) == Footing(80.0, 2019, 40)


def test_a_stated_baseline_amount_serves_where_the_series_lacks_the_year():
    target = terms(None, factor=2.0, stated=2020, baseline_year=2019, baseline_amount=50.0)
    assert footing(target, series({2018: 30, 2020: 40})) == Footing(100.0, 2019, 50.0, base_stated=True)


def test_a_multiple_of_a_named_year_that_nobody_knows_has_no_amount():
    target = terms(None, factor=2.0, stated=2020, baseline_year=2019)
    assert footing(target, series({2018: 30, 2020: 40})) == Footing(None)


def test_a_multiple_without_a_year_takes_the_ordinary_base_then_its_stated_amount():
    target = terms(None, factor=3.0, stated=2020, baseline_amount=50.0)
    assert footing(target, series({2019: 30})) == Footing(90.0, 2019, 30)
    assert footing(target, series({2010: 30})) == Footing(150.0)
    assert footing(terms(None, factor=3.0, stated=None, baseline_amount=50.0), series({2019: 30})) == Footing(150.0)


def test_a_multiple_takes_no_base_more_than_three_years_after_its_statement():
    target = terms(None, factor=2.0, stated=2015)
    assert footing(target, series({2018: 30})) == Footing(60.0, 2018, 30)
    assert footing(target, series({2019: 30})) == Footing(None)
    assert base(terms(stated=2015), {2019: 30}) == (2019, 30)


def test_an_amount_beside_a_multiple_is_the_target():
    assert footing(terms(100.0, factor=2.0, stated=2020), series({2019: 30})).target == 100.0


def test_a_multiple_whose_named_year_is_the_deadline_or_later_has_an_amount_and_no_base():
    target = terms(None, factor=2.0, stated=2020, deadline=2022, baseline_year=2022, baseline_amount=5.0)
    assert footing(target, series({2019: 30})) == Footing(10.0)


@pytest.mark.parametrize("factor", [None, 1e10])
def test_no_factor_or_one_beyond_floating_point_is_no_amount(factor):
    target = terms(None, factor=factor, stated=2020)
    assert footing(target, series({2019: 1e300})) == Footing(None, 2019, 1e300)
