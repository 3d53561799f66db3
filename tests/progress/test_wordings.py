"""What a target's wording leaves open: the other terms it may have, and the verdicts they lead to."""

from dataclasses import replace

import pytest
from hypothesis import given

from targets.progress import Ambiguity, Measure, Status, Wording, assess, rewordings
from tests.progress.make import TODAY, series, terms
from tests.progress.strategies import all_series, targets


def found(one, measure_said=True):
    return {other.wording: other.terms for other in rewordings(one, measure_said=measure_said)}


def test_a_plain_amount_of_a_measure_that_was_said_leaves_nothing_open():
    assert found(terms()) == {}


def test_a_range_can_be_taken_by_its_upper_end():
    one = replace(terms(2e9), amount_high=3e9)
    assert found(one) == {Wording.UPPER_END: replace(one, amount=3e9, amount_high=None)}


@pytest.mark.parametrize(
    ("measure", "wording", "other"),
    [
        (Measure.GOODS_TURNOVER, Wording.GOODS_AND_SERVICES, Measure.GOODS_SERVICES_TURNOVER),
        (Measure.UNSPECIFIED_TURNOVER, Wording.GOODS_AND_SERVICES, Measure.GOODS_SERVICES_TURNOVER),
        (Measure.GOODS_SERVICES_TURNOVER, Wording.GOODS_ALONE, Measure.GOODS_TURNOVER),
    ],
)
def test_a_measure_that_was_not_said_can_be_taken_with_services_or_without(measure, wording, other):
    one = terms(measure=measure)
    assert found(one, measure_said=False) == {wording: replace(one, measure=other)}
    assert found(one) == {}


@pytest.mark.parametrize("measure", [Measure.NON_OIL_TURNOVER, Measure.EXPORTS_FIRST_TO_SECOND])
def test_other_measures_say_themselves_what_they_count(measure):
    assert found(terms(measure=measure), measure_said=False) == {}


def test_double_can_be_counted_from_the_amount_named_or_from_the_year_of_the_statement():
    one = terms(None, factor=2.0, baseline_amount=40.0)
    others = found(one)
    assert set(others) == {Wording.BASE_OF_STATEMENT, Wording.BASE_YEAR_STATED}
    assert others[Wording.BASE_OF_STATEMENT].amount == 80.0
    assert others[Wording.BASE_YEAR_STATED].baseline_year == one.stated


def test_double_of_a_named_year_leaves_only_its_amount_open():
    one = terms(None, factor=2.0, baseline_year=2018, baseline_amount=40.0)
    assert set(found(one)) == {Wording.BASE_OF_STATEMENT}
    assert found(terms(None, factor=2.0, baseline_year=2018)) == {}


def test_an_amount_said_to_be_the_double_can_be_counted_from_each_sides_own_figures():
    one = terms(100.0, factor=2.0, baseline_year=2018, baseline_amount=50.0)
    assert found(one) == {Wording.BASE_OWN: replace(one, amount=None, baseline_amount=None)}


def test_a_verdict_may_depend_on_the_base_of_double():
    known = [series({2019: 40.0, 2020: 60.0, 2025: 90.0}), series({2019: 40.0, 2025: 90.0}, "BBB")]
    one = terms(None, factor=2.0, stated=2020, deadline=2025)
    assert assess(one, known, TODAY).verdict.status is Status.MET
    other = found(one)[Wording.BASE_YEAR_STATED]
    assert assess(other, known, TODAY).verdict.status is Status.MISSED


def test_every_wording_belongs_to_one_thing_left_open():
    assert {wording.of for wording in Wording} == set(Ambiguity)


@given(targets(measures=tuple(Measure)), all_series())
def test_every_rewording_can_be_assessed_and_says_something_else(one, known):
    for other in rewordings(one, measure_said=False):
        assert other.terms != one
        assert assess(other.terms, known, TODAY).verdict.status in Status
