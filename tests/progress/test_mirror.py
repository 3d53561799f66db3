"""The mirror gap between two sides' figures, and whether their readings differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.progress import (
    GrowthUndefined,
    MirrorYear,
    Status,
    Verdict,
    assess,
    mirror_gap_share,
    mirror_years,
    sides_differ,
)
from targets.progress.shapes import Assessment
from tests.progress.make import TODAY, reading, series, terms
from tests.progress.strategies import all_series, targets

not_below_zero = st.floats(0, 1.7e308)


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [(22.7e9, 5.5e9, 17.2e9 / 14.1e9), (5.5e9, 22.7e9, -17.2e9 / 14.1e9), (4.0, 4.0, 0.0), (0.0, 3.0, -2.0)],
)
def test_the_gap_is_the_difference_as_a_share_of_the_mean_of_both(first, second, gap):
    assert mirror_gap_share(first, second) == pytest.approx(gap, abs=1e-9)


@pytest.mark.parametrize(("first", "second"), [(0.0, 0.0), (-1.0, 3.0), (3.0, -1.0)])
def test_amounts_without_a_mean_above_zero_have_no_gap(first, second):
    with pytest.raises(GrowthUndefined):
        mirror_gap_share(first, second)
    assert MirrorYear(2024, first, second).mirror_gap_share is None


@given(not_below_zero, not_below_zero)
def test_the_gap_turns_round_with_the_sides_and_never_leaves_two(first, second):
    if first / 2 + second / 2 == 0:
        return
    share = mirror_gap_share(first, second)
    assert -2 <= share <= 2
    assert mirror_gap_share(second, first) == -share
    assert (share > 0) == (first > second) or share == 0


def test_only_years_that_both_sides_know_have_a_gap():
    first, second = series({2019: 5.0, 2020: 6.0, 2022: 7.0}), series({2020: 3.0, 2021: 4.0, 2022: 9.0}, "BBB")
    years = mirror_years(first, second)
    assert [(one.year, one.first, one.second, one.mirror_gap) for one in years] == [
        (2020, 6.0, 3.0, 3.0),
        (2022, 7.0, 9.0, -2.0),
    ]


def test_calendar_years_are_not_held_against_fiscal_ones():
    assert mirror_years(series({2020: 6.0}), series({2020: 3.0}, "BBB", fiscal="IND")) == ()


def judged(*readings, voters):
    return Assessment(terms(), readings, Verdict(Status.DISPUTED, voters=voters))


@pytest.mark.parametrize(
    ("first", "second", "voters", "differ"),
    [
        (Status.MET, Status.MISSED, ("AAA", "BBB"), True),
        (Status.TOO_SLOW, Status.FAR_TOO_SLOW, ("AAA", "BBB"), True),
        (Status.MET, Status.MET, ("AAA", "BBB"), False),
        (Status.MET, Status.AWAITING_FIGURES, ("AAA",), False),
        (Status.NOT_ASSESSABLE, Status.NOT_ASSESSABLE, (), False),
    ],
)
def test_sides_differ_where_both_vote_and_give_different_answers(first, second, voters, differ):
    assert sides_differ(judged(reading(first), reading(second, "BBB"), voters=voters)) is differ


def test_compilers_are_no_sides():
    press = reading(Status.MISSED, "press", reporter=False)
    other = reading(Status.MET, "ASEAN", reporter=False)
    assert not sides_differ(judged(press, other, voters=("ASEAN", "press")))


@given(targets(), all_series())
def test_a_dispute_between_the_sides_is_always_a_difference(one, known):
    assessment = assess(one, known, TODAY)
    sides = {reading.by for reading in assessment.readings if reading.reporter}
    if assessment.verdict.status is Status.DISPUTED and set(assessment.verdict.voters) <= sides:
        assert sides_differ(assessment)
