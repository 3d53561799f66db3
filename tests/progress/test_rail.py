"""The rail and the sparkline."""

import dataclasses
import json

import pytest

from targets.progress import Assessment, Rail, RailMark, Status, Verdict, assess, path_amount, rail, sparklines
from tests.progress.make import TODAY, reading, series, terms


def drawn(target, *given):
    return rail(assess(target, given, TODAY))


def test_a_bar_from_the_leads_base_to_the_target_with_a_mark_for_each_voter():
    found = drawn(terms(stated=2021), series({2020: 50, 2024: 60}), series({2020: 60, 2024: 62}, "BBB"))
    assert (found.base, found.target) == (60, 100)
    assert [(mark.by, mark.share, mark.latest_year) for mark in found.marks] == [
        ("AAA", pytest.approx(0.2), 2024),
        ("BBB", pytest.approx(0.05), 2024),
    ]


def test_the_notch_is_the_required_path_in_the_latest_full_year():
    found = drawn(terms(stated=2021), series({2020: 50, 2024: 60}))
    assert found.notch == pytest.approx((path_amount(2020, 50, 2030, 100, 2025) - 50) / 50)
    fiscal = drawn(terms(stated=2021), series({2020: 50, 2024: 60}, fiscal="IND"))
    assert fiscal.notch == pytest.approx((path_amount(2020, 50, 2030, 100, 2026) - 50) / 50)


@pytest.mark.parametrize(
    ("target", "amounts"),
    [
        (terms(stated=2024), {2023: 50, 2024: 60}),
        (terms(deadline=None), {2019: 50, 2024: 60}),
        (terms(stated=2015, deadline=2020), {2014: 50, 2020: 60}),
    ],
)
def test_no_notch_without_a_pace(target, amounts):
    assert drawn(target, series(amounts)).notch is None


def test_no_notch_when_the_path_cannot_be_computed_or_the_day_is_not_known():
    judged = assess(terms(stated=2021), [series({2020: 50, 2024: 60})], TODAY)
    assert rail(dataclasses.replace(judged, today=None)).notch is None
    odd = reading(Status.ON_TRACK, growth_ratio=1.0, base_year=2031, base_amount=50.0, share_of_way=0.5)
    assert rail(dataclasses.replace(judged, readings=(odd,))).notch is None


def test_marks_are_clipped_and_say_so():
    over = drawn(terms(stated=2021), series({2020: 50, 2024: 160})).marks[0]
    assert (over.share, over.over, over.under) == (1.0, True, False)
    under = drawn(terms(stated=2021), series({2020: 50, 2024: 40})).marks[0]
    assert (under.share, under.over, under.under) == (0.0, False, True)


@pytest.mark.parametrize(
    ("places", "heights"),
    [
        ([0.2, 0.6], [0.0, 0.0]),
        (["over", "over"], [-0.25, 0.25]),
        (["under", "under"], [-0.25, 0.25]),
        (["over", 1.0], [0.0, 0.0]),
        ([0.31, 0.3], [-0.25, 0.25]),
        (["over", 0.5, "over"], [-0.25, 0.0, 0.25]),
        ([0.4, 0.4, 0.4], [-1 / 3, 0.0, 1 / 3]),
    ],
)
def test_marks_that_share_a_place_stand_one_below_the_other(places, heights):
    marks = tuple(
        RailMark(f"A{number}", place if isinstance(place, float) else 0.0, place == "over", place == "under", 2024)
        for number, place in enumerate(places)
    )
    stacked = Rail(0.0, 100.0, marks, None).stacked
    assert tuple(mark for mark, _ in stacked) == marks
    assert [height for _, height in stacked] == pytest.approx(heights)


def test_without_a_base_the_bar_begins_at_zero():
    found = drawn(terms(stated=None), series({2024: 60}))
    assert (found.base, found.target, found.marks[0].share) == (0.0, 100.0, 0.6)
    already = drawn(terms(stated=2021), series({2020: 120, 2024: 90}))
    assert (already.base, already.marks[0].share) == (0.0, 0.9)


def test_on_a_bar_from_zero_each_mark_stands_by_its_own_target():
    target = terms(None, factor=2.0, stated=None, baseline_year=2019, baseline_amount=50.0, deadline=None)
    found = drawn(target, series({2016: 30}), series({2019: 40, 2018: 1}, "BBB"))
    assert [mark.by for mark in found.marks] == ["AAA", "BBB"]


def test_a_reading_without_a_share_stands_by_its_amount_on_the_leads_bar():
    lead = series({2020: 50, 2024: 60})
    already = series({2020: 110, 2024: 120}, "BBB")
    found = drawn(terms(stated=2021, deadline=None), lead, already)
    assert [(mark.by, mark.share, mark.over) for mark in found.marks] == [
        ("AAA", pytest.approx(0.2), False),
        ("BBB", 1.0, True),
    ]


def test_a_cumulative_amount_is_a_bar_from_zero_filled_by_its_sum():
    target = terms(1000.0, stated=2020, deadline=2030, cumulative=True)
    found = drawn(target, series({2019: 500, 2020: 100, 2024: 150}))
    assert (found.base, found.target, found.marks[0].share, found.notch) == (0.0, 1000.0, 0.25, None)
    assert drawn(dataclasses.replace(target, stated=None), series({2024: 150})).marks == ()


def test_no_rail_without_figures_or_an_amount_above_zero():
    assert drawn(terms()) is None
    assert drawn(terms(None, factor=2.0, stated=None), series({2024: 60})) is None
    assert drawn(terms(0.0), series({2024: 60})) is None


def test_a_voter_without_a_latest_amount_has_no_mark():
    judged = Assessment(
        terms(),
        (reading(Status.TOO_EARLY), reading(Status.TOO_EARLY, "BBB", latest_amount=None)),
        Verdict(Status.TOO_EARLY, voters=("AAA", "BBB"), lead="AAA"),
    )
    assert [mark.by for mark in rail(judged).marks] == ["AAA"]


def test_the_lead_is_drawn_alone_when_nobody_votes():
    found = drawn(terms(), series({2018: 50, 2021: 60}), series({2020: 50}, "BBB"))
    assert [mark.by for mark in found.marks] == ["AAA"]


def test_a_rail_is_json():
    found = drawn(terms(stated=2021), series({2020: 50, 2024: 60}))
    assert json.loads(json.dumps(dataclasses.asdict(found)))["base"] == 50


def test_sparklines_start_from_zero_and_fill_the_box():
    points = series({2020: 50, 2021: 100, 2022: 0}).points
    assert sparklines([points], 40, 10) == ("M0.0 5.0L20.0 0.0L40.0 10.0",)


def test_lines_beside_each_other_share_years_and_amounts():
    long, low = series({2018: 100, 2019: 100, 2020: 80}).points, series({2020: 40, 2022: 0}).points
    assert sparklines([long, low], 40, 10) == ("M0.0 0.0L10.0 0.0L20.0 2.0", "M20.0 6.0h0M40.0 10.0h0")


def test_sparklines_of_nothing_and_of_one_year():
    assert sparklines([], 40, 10) == ()
    assert sparklines([(), ()], 40, 10) == ("", "")
    assert sparklines([series({2020: 50}).points, ()], 40, 10) == ("M20.0 0.0h0", "")
    assert sparklines([series({2020: 0}).points], 40, 10) == ("M20.0 10.0h0",)


def test_sparklines_leave_gaps_open():
    points = series({2018: 1, 2019: 1, 2022: 1}).points
    assert sparklines([points], 4, 1) == ("M0.0 0.0L1.0 0.0M4.0 0.0h0",)


def test_sparklines_keep_negative_and_huge_amounts_inside_the_box():
    points = series({2020: -1.7e308, 2021: 1.7e308}).points
    assert sparklines([points], 40, 10) == ("M0.0 10.0L40.0 0.0",)
