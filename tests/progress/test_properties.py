"""What must hold for every number, checked on whatever hypothesis comes up with."""

import dataclasses
import json
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from targets.progress import (
    Flag,
    GrowthUndefined,
    Measure,
    Reason,
    Status,
    assess,
    cagr,
    growth_ratio,
    path_amount,
    rail,
    required_growth,
    required_path,
    second_opinion,
    series_of,
    share_of_way,
    sparklines,
    step_to,
)
from targets.progress.growth import at_least, or_none
from targets.progress.status import PACES, read
from tests.progress.make import TODAY
from tests.progress.strategies import all_series, figure_lists, series_by, targets, wild

positive = st.floats(1e-3, 1e15)
spans = st.integers(1, 40)


def numbers(record):
    """Every float inside a record, however deep."""
    if isinstance(record, float):
        yield record
    elif isinstance(record, dict):
        for value in record.values():
            yield from numbers(value)
    elif isinstance(record, list | tuple):
        for value in record:
            yield from numbers(value)


def paces(draw_latest):
    """Six numbers with a base below the target, and an amount that ``draw_latest`` draws."""
    return st.tuples(positive, positive, draw_latest, spans, spans).filter(lambda n: n[0] * 1.01 < n[1])


@given(positive, positive, spans)
def test_growth_inverts_into_the_amount_it_came_from(start, end, years):
    assert start * (1 + cagr(start, end, years)) ** years == pytest.approx(end, rel=1e-9, abs=start * 1e-12)


@given(positive, st.floats(-0.9, 3.0), spans)
def test_growth_of_a_grown_amount_is_that_growth(start, rate, years):
    assert cagr(start, start * (1 + rate) ** years, years) == pytest.approx(rate, abs=1e-9)


@given(positive, positive, spans)
def test_the_path_begins_at_the_base_and_ends_exactly_at_the_target(base, target, years):
    path = required_path(2020, base, 2020 + years, target)
    assert path[0] == (2020, pytest.approx(base))
    assert path[-1] == (2020 + years, target)
    assert len(path) == years + 1


@given(paces(positive), st.integers(0, 40))
def test_the_path_grows_by_the_required_rate_every_year(pace, after):
    base, target, _, years, _ = pace
    assume(after <= years)
    required = required_growth(2000, base, 2000 + years, target)
    found = path_amount(2000, base, 2000 + years, target, 2000 + after)
    assert found == pytest.approx(base * (1 + required) ** after, rel=1e-9)


@given(paces(st.tuples(positive, positive)))
def test_share_of_way_and_growth_ratio_do_not_fall_when_the_latest_amount_rises(pace):
    base, target, latest, years, since = pace
    low, high = sorted(latest)
    assert share_of_way(base, low, target) <= share_of_way(base, high, target)
    less = growth_ratio(2000, base, 2000 + since, low, 2000 + years, target)
    more = growth_ratio(2000, base, 2000 + since, high, 2000 + years, target)
    assert less <= more or less == pytest.approx(more)


@given(paces(st.none()))
def test_an_amount_on_the_path_has_a_ratio_of_one(pace):
    base, target, _, years, since = pace
    assume(since <= years)
    on_path = path_amount(2000, base, 2000 + years, target, 2000 + since)
    assert growth_ratio(2000, base, 2000 + since, on_path, 2000 + years, target) == pytest.approx(1, rel=1e-6)


@given(positive, positive, spans)
def test_equal_steps_add_up_to_the_target(latest, target, years):
    assert latest + years * step_to(latest, target, years) == pytest.approx(target, rel=1e-9, abs=latest * 1e-12)


@given(wild, wild, st.integers(-5, 60))
def test_a_growth_is_finite_or_undefined(start, end, years):
    try:
        assert math.isfinite(cagr(start, end, years))
    except GrowthUndefined:
        assert years < 1 or start <= 0 or end <= 0 or not 1e-300 < end / start < 1e300


@given(wild, wild, st.integers(1, 60), st.integers(1900, 2100))
def test_a_path_is_finite_or_undefined(base, target, years, year):
    found = or_none(path_amount, 2000, base, 2000 + years, target, year)
    assert found is None or math.isfinite(found)
    if 1e-100 < base < 1e100 and 1e-100 < target < 1e100 and 2000 <= year <= 2000 + years:
        assert found is not None


@given(targets(wild), all_series(wild))
def test_any_finite_input_gives_a_verdict_in_finite_numbers(target, series):
    found = assess(target, series, TODAY)
    drawn = rail(found)
    opinions = [second_opinion(target, one) for one in series]
    for record in (found, drawn, *opinions):
        if record is not None:
            known = list(numbers(dataclasses.asdict(record)))
            assert all(map(math.isfinite, known))
            assert not any(number == 0 and math.copysign(1, number) < 0 for number in known if record is drawn)
    assert "nan" not in "".join(sparklines([one.points for one in series], 100, 20))


@given(targets(), all_series(), st.randoms())
def test_the_order_of_series_does_not_matter(target, series, random):
    shuffled = list(series)
    random.shuffle(shuffled)
    assert assess(target, shuffled, TODAY) == assess(target, series, TODAY)


@given(targets(measures=list(Measure)), figure_lists, st.randoms(), st.sampled_from(["AAA", "press"]))
def test_the_order_of_figures_does_not_matter(target, figures, random, by):
    shuffled = list(figures)
    random.shuffle(shuffled)
    reporter = by == "AAA"
    assert series_of(target, by, reporter, shuffled, {}) == series_of(target, by, reporter, figures, {})


@given(targets(measures=list(Measure)), figure_lists)
def test_a_series_ascends_by_year_without_repeating_one(target, figures):
    years = [point.year for point in series_of(target, "AAA", True, figures, {}).points]
    assert years == sorted(set(years))


@given(targets(), all_series())
def test_the_same_question_gets_the_same_answer(target, series):
    assert assess(target, series, TODAY) == assess(target, tuple(series), TODAY)


def swapped(name):
    return {"AAA": "BBB", "BBB": "AAA"}.get(name, name)


@given(targets(), all_series())
def test_the_names_of_the_two_sides_do_not_decide(target, series):
    mirrored = [dataclasses.replace(one, by=swapped(one.by)) for one in series]
    found, mirror = assess(target, series, TODAY).verdict, assess(target, mirrored, TODAY).verdict
    assert found.status is mirror.status
    assert found.flags == mirror.flags
    assert sorted(map(swapped, mirror.voters)) == list(found.voters)


@given(targets(), all_series(), st.sampled_from([2.0, 1024.0, 2.0**30]))
def test_another_unit_of_money_changes_amounts_and_nothing_else(target, series, unit):
    def scaled(amount):
        return None if amount is None else amount * unit

    found = assess(target, series, TODAY)
    larger = assess(
        dataclasses.replace(target, amount=scaled(target.amount), baseline_amount=scaled(target.baseline_amount)),
        [
            dataclasses.replace(one, points=tuple(point._replace(amount=point.amount * unit) for point in one.points))
            for one in series
        ],
        TODAY,
    )
    assert larger.verdict == found.verdict
    for one, other in zip(found.readings, larger.readings, strict=True):
        assert other == one._replace(
            target_amount=scaled(one.target_amount),
            base_amount=scaled(one.base_amount),
            latest_amount=scaled(one.latest_amount),
            decided_amount=scaled(one.decided_amount),
            catch_up_step=scaled(one.catch_up_step),
        )


@given(targets(), figure_lists, st.sampled_from([0.5, 2.0, 4.0]))
def test_converting_figures_at_one_rate_equals_multiplying_the_series(target, figures, rate):
    foreign = [figure._replace(currency="EUR") for figure in figures]
    rates = {("EUR", year): rate for year in range(2000, 2040)}
    plain = series_of(target, "AAA", True, figures, {})
    converted = series_of(target, "AAA", True, foreign, rates)
    assert [(p.year, p.amount * rate) for p in plain.points] == [(p.year, p.amount) for p in converted.points]
    assert all(point.converted_from == "EUR" for point in converted.points)


@given(targets(), all_series())
def test_a_rail_keeps_inside_its_bar_and_is_json(target, series):
    found = rail(assess(target, series, TODAY))
    assume(found is not None)
    assert all(0 <= mark.share <= 1 and not (mark.over and mark.under) for mark in found.marks)
    assert found.notch is None or 0 <= found.notch <= 1
    assert found.base < found.target
    assert json.loads(json.dumps(dataclasses.asdict(found)))["target"] == found.target


@given(targets(), all_series())
def test_a_verdict_says_no_more_than_its_voters(target, series):
    found = assess(target, series, TODAY)
    voters = [one for one in found.readings if one.by in found.verdict.voters]
    if found.verdict.status is Status.DISPUTED:
        assert len({one.status for one in voters}) > 1
    elif voters:
        assert found.verdict.status in {one.status for one in voters}
        assert found.lead in voters
    else:
        assert found.verdict.status is Status.NOT_ASSESSABLE
    assert not set(found.verdict.voters) & set(found.verdict.abstained)
    assert (Flag.REPLACED in found.verdict.flags) == target.replaced


@given(targets(), all_series())
def test_a_compiler_never_votes_beside_a_reporter_who_can_be_assessed(target, series):
    found = assess(target, series, TODAY)
    if any(one.reporter and one.status is not Status.NOT_ASSESSABLE for one in found.readings):
        assert "press" not in found.verdict.voters


@given(targets(), series_by("AAA"))
def test_what_is_not_assessable_has_a_reason_and_what_has_a_pace_has_a_ratio(target, series):
    found = read(target, series, TODAY)
    assert (found.status is not Status.NOT_ASSESSABLE) or isinstance(found.reason, Reason)
    assert (found.growth_ratio is not None) or found.status not in PACES
    if found.catch_up_growth is not None:
        assert found.catch_up_step is not None
        assert found.catch_up_step > 0


@given(targets(), series_by("AAA", at_least=1))
def test_met_or_missed_is_never_said_against_the_figure_that_decided(target, series):
    found = read(target, series, TODAY)
    if found.status is Status.MET:
        assert at_least(found.decided_amount, found.target_amount)
    if found.status in (Status.MISSED, Status.MET_THEN_LOST):
        assert not at_least(found.decided_amount, found.target_amount)
    if found.status is Status.MISSED:
        assert found.decided_year == target.deadline
