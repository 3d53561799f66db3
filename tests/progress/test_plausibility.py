"""Doubts about figures before they are stored: what is asked, what is not, and how often over real trade."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.progress import Against, Flows, Suspicion, doubts

EXTRACT = Path(__file__).resolve().parents[2] / "data" / "trade" / "open_pairs.csv.gz"


def flows(year, exports=None, imports=None, turnover=None, months=(1, 12), source=""):
    amounts = (None if one is None else Decimal(str(one)) for one in (exports, imports, turnover))
    return Flows(year, *amounts, *months, source)


def years(first, *totals, **fields):
    return [flows(first + place, turnover=total, **fields) for place, total in enumerate(totals)]


def found(rows, own=(), mirror=()):
    """What is doubted, as (suspicion, years, column) in order."""
    return [(doubt.suspicion, doubt.years, doubt.column) for doubt in doubts(rows, own, mirror)]


SMOOTH = [95, 100, 104, 110, 121]


class TestSum:
    def test_a_year_and_its_months_are_two_doubts_with_names_of_their_own(self):
        rows = [flows(2020, 1, 1, 9), flows(2020, 1, 1, 9, months=(1, 9))]
        assert [doubt.key for doubt in doubts(rows)] == ["sum-turnover-2020", "sum-turnover-1to9-2020"]

    @pytest.mark.parametrize(
        ("exports", "imports", "total", "doubted"),
        [
            (70, 66, 136, False),
            (70.4, 66.3, 137, False),
            (70, 66, 170, True),
            (70, 66, None, False),
            (70, None, 170, False),
            (0, 0, 0, False),
        ],
    )
    def test_a_total_is_both_flows_within_their_last_digits(self, exports, imports, total, doubted):
        asked = found([flows(2024, exports, imports, total)])
        assert asked == ([(Suspicion.SUM, (2024,), "turnover")] if doubted else [])


class TestUnit:
    @pytest.mark.parametrize("power", [-9, -6, -3, 3, 6, 9])
    def test_a_whole_table_off_what_is_known_is_one_question(self, power):
        rows = years(2016, *(Decimal(one).scaleb(power) for one in SMOOTH))
        (doubt,) = doubts(rows, own=years(2013, 90, 92, 94))
        assert (doubt.suspicion, doubt.years, doubt.column) == (Suspicion.UNIT, (2016, 2017, 2018, 2019, 2020), "")
        assert (doubt.power, doubt.against) == (power, Against.OWN)

    def test_the_other_side_tells_where_nothing_of_ones_own_is_known(self):
        rows = years(2016, *(1000 * one for one in SMOOTH))
        (doubt,) = doubts(rows, mirror=years(2016, *SMOOTH))
        assert (doubt.suspicion, doubt.against, doubt.power) == (Suspicion.UNIT, Against.MIRROR, 3)

    def test_the_other_side_may_honestly_differ_by_a_factor_of_ten(self):
        assert found(years(2016, *(10 * one for one in SMOOTH)), mirror=years(2016, *SMOOTH)) == []

    def test_one_column_off_is_told_by_its_name(self):
        rows = [flows(2016 + place, 1000 * one, one) for place, one in enumerate(SMOOTH)]
        own = [flows(2015, 93, 94), flows(2014, 90, 92)]
        assert found(rows, own) == [(Suspicion.UNIT, (2016, 2017, 2018, 2019, 2020), "exports")]

    def test_totals_alone_tell_the_unit_of_whole_rows(self):
        rows = [flows(2016 + place, 500 * one, 500 * one) for place, one in enumerate(SMOOTH)]
        assert found(rows, years(2013, 90, 92, 94)) == [(Suspicion.UNIT, (2016, 2017, 2018, 2019, 2020), "")]

    def test_a_slip_of_one_year_inside_a_wrong_unit_is_told_beside_it(self):
        amounts = [1000 * one for one in SMOOTH]
        amounts[2] *= 1000
        asked = found(years(2016, *amounts), own=years(2013, 90, 92, 94))
        assert asked == [
            (Suspicion.UNIT, (2016, 2017, 2019, 2020), ""),
            (Suspicion.JUMP, (2018,), ""),
        ]


class TestJump:
    @pytest.mark.parametrize("factor", [0.001, 0.01, 0.1, 10, 100, 1000, 1_000_000])
    @pytest.mark.parametrize("place", range(5))
    def test_one_year_that_stands_out_of_its_table_is_doubted(self, factor, place):
        amounts = [float(one) for one in SMOOTH]
        amounts[place] *= factor
        (doubt,) = doubts(years(2016, *amounts))
        assert (doubt.suspicion, doubt.years, doubt.against) == (Suspicion.JUMP, (2016 + place,), Against.BLOCK)
        assert Decimal(10) ** doubt.power == pytest.approx(Decimal(str(factor)))

    @pytest.mark.parametrize("factor", [0.1, 10, 1000])
    def test_one_new_year_is_compared_with_what_is_known(self, factor):
        (doubt,) = doubts(years(2021, 121 * factor), own=years(2016, *SMOOTH))
        assert (doubt.suspicion, doubt.against, doubt.column) == (Suspicion.JUMP, Against.OWN, "")
        assert doubt.other == Decimal(110)  # the middle of 2018, 2019 and 2020

    def test_one_flow_that_jumps_is_named_and_its_total_is_not_told_again(self):
        rows = [flows(2016 + place, one * (1000 if place == 3 else 1), one) for place, one in enumerate(SMOOTH)]
        assert found(rows) == [(Suspicion.JUMP, (2019,), "exports")]

    @pytest.mark.parametrize("growth", [0.5, 0.8, 1, 1.5, 2])
    def test_trade_that_grows_or_falls_year_by_year_is_not_doubted(self, growth):
        assert found(years(2016, *(100 * growth**step for step in range(6)))) == []

    def test_years_far_apart_are_no_neighbours(self):
        assert found(years(2020, 100), own=years(2010, 10)) == []

    def test_nothing_is_said_of_zero(self):
        assert found(years(2016, 0, 0, 5, 6), own=years(2015, 0)) == []

    def test_what_another_source_says_of_the_year_is_no_slip(self):
        own = [flows(2018, turnover=1000, source="comtrade")]
        assert found(years(2016, 100, 102, 1010, 101, 99), own) == [
            (Suspicion.KNOWN_OTHERWISE, (2018,), "turnover"),
        ]

    def test_two_years_that_contradict_each_other_are_one_question(self):
        assert found(years(2023, 100, 100_000)) == [(Suspicion.JUMP, (2024,), "")]

    def test_months_are_compared_with_the_same_months(self):
        own = years(2021, 400, 420, 440) + years(2021, 30, 31, 33, months=(1, 1))
        assert found([flows(2024, turnover=34, months=(1, 1))], own) == []
        assert found([flows(2024, turnover=440, months=(1, 1))], own) == [(Suspicion.JUMP, (2024,), "")]


class TestSwapped:
    def test_one_year_that_fits_the_other_side_crosswise_is_doubted(self):
        (doubt,) = doubts([flows(2024, 40, 90)], mirror=[flows(2024, 42, 88)])
        assert (doubt.suspicion, doubt.against, doubt.years) == (Suspicion.SWAPPED, Against.MIRROR, (2024,))

    def test_a_year_that_fits_the_other_side_is_not(self):
        assert found([flows(2024, 90, 40)], mirror=[flows(2024, 42, 88)]) == []

    @pytest.mark.parametrize("unit", [1, 1000])
    def test_ten_years_are_one_question_also_in_a_wrong_unit(self, unit):
        right = [(90 + step, 50 + step) for step in range(10)]
        rows = [flows(2015 + step, unit * imports, unit * exports) for step, (exports, imports) in enumerate(right)]
        mirror = [flows(2015 + step, imports * 1.1, exports * 0.9) for step, (exports, imports) in enumerate(right)]
        swapped = [doubt for doubt in doubts(rows, mirror=mirror) if doubt.suspicion is Suspicion.SWAPPED]
        assert [doubt.years for doubt in swapped] == [tuple(range(2015, 2025))]

    def test_the_own_years_before_tell_where_the_other_side_is_silent(self):
        own = [flows(2022, 90, 30), flows(2023, 95, 28)]
        (doubt,) = doubts([flows(2024, 29, 99)], own)
        assert (doubt.suspicion, doubt.against) == (Suspicion.SWAPPED, Against.OWN)

    @pytest.mark.parametrize("seen", [(2016, 2020), (2018, 2020)], ids=["all years", "three years"])
    @pytest.mark.parametrize("imports", [60, 160], ids=["one to three", "one to eight"])
    @pytest.mark.parametrize("slip", [10, 1000])
    def test_only_the_year_that_is_swapped_is_named_beside_a_slip_and_a_right_year(self, slip, imports, seen):
        exports = {year: 20 + year - 2016 for year in range(2016, 2021)}
        rows = [flows(year, exports[year] * (slip if year == 2018 else 1), imports) for year in range(2016, 2020)]
        rows.append(flows(2020, imports, exports[2020]))
        mirror = [flows(year, imports, exports[year]) for year in range(seen[0], seen[1] + 1)]
        told = [(one.suspicion, one.years) for one in doubts(rows, mirror=mirror)]
        assert (Suspicion.SWAPPED, (2020,)) in told
        assert [years for suspicion, years in told if suspicion is Suspicion.SWAPPED] == [(2020,)]
        assert (Suspicion.JUMP, (2018,)) in told

    def test_a_right_year_among_many_swapped_ones_is_not_named(self):
        rows = [flows(year, 50, 80) for year in range(2015, 2020)] + [flows(2020, 80, 50)]
        mirror = [flows(year, 50, 80) for year in range(2015, 2021)]
        swapped = [doubt for doubt in doubts(rows, mirror=mirror) if doubt.suspicion is Suspicion.SWAPPED]
        assert [doubt.years for doubt in swapped] == [tuple(range(2015, 2020))]

    def test_flows_of_one_size_cannot_be_told_apart(self):
        assert found([flows(2024, 50, 55)], mirror=[flows(2024, 50, 56)]) == []

    def test_the_other_sides_months_say_nothing_of_the_year(self):
        assert found([flows(2024, 40, 90)], mirror=[flows(2024, 42, 88, months=(1, 9))]) == []


class TestPartLarger:
    @pytest.mark.parametrize(
        ("year", "part", "doubted"), [(100, 99, False), (100, 100.4, False), (100, 101, True), (100, 700, True)]
    )
    def test_nine_months_larger_than_the_year(self, year, part, doubted):
        own = [flows(2024, turnover=part, months=(1, 9))]
        assert [one[0] for one in found([flows(2024, turnover=year)], own)] == [Suspicion.PART_LARGER] * doubted

    def test_it_is_asked_from_either_end(self):
        (doubt,) = doubts([flows(2024, turnover=101, months=(1, 9))], own=[flows(2024, turnover=90)])
        assert (doubt.suspicion, doubt.entered, doubt.other, doubt.span) == (
            Suspicion.PART_LARGER, Decimal(101), Decimal(90), (1, 12),
        )  # fmt: skip

    def test_months_that_only_overlap_say_nothing(self):
        assert found([flows(2024, turnover=50, months=(1, 6))], [flows(2024, turnover=90, months=(4, 9))]) == []

    def test_one_column_is_enough(self):
        own = [flows(2024, exports=60, months=(1, 9))]
        assert found([flows(2024, 50, 40)], own) == [(Suspicion.PART_LARGER, (2024,), "exports")]


class TestKnownElsewhere:
    def test_the_same_figures_are_told_without_a_question(self):
        (doubt,) = doubts(years(2022, 100, 110, source="office"), own=years(2022, 100.2, 110, source="comtrade"))
        assert (doubt.suspicion, doubt.serious, doubt.source) == (Suspicion.KNOWN_SAME, False, "comtrade")
        assert sorted(doubt.years) == [2022, 2023]

    @pytest.mark.parametrize(("theirs", "serious"), [(103, False), (120, True)])
    def test_other_figures_need_a_reason_where_they_differ_by_much(self, theirs, serious):
        (doubt,) = doubts(years(2024, 100, source="office"), own=years(2024, theirs, source="comtrade"))
        assert (doubt.suspicion, doubt.serious) == (Suspicion.KNOWN_OTHERWISE, serious)
        assert doubt.share == pytest.approx((theirs - 100) / theirs)

    def test_the_year_whose_amounts_are_told_comes_last(self):
        own = years(2022, 101, 150, 103, source="comtrade")
        (doubt,) = doubts(years(2022, 100, 100, 100, source="office"), own)
        assert (doubt.years, doubt.other) == ((2022, 2024, 2023), Decimal(150))

    def test_what_the_same_source_said_is_replaced_and_not_doubted(self):
        assert found(years(2024, 100, source="office"), own=years(2024, 103, source="office")) == []

    def test_each_source_is_told_by_itself(self):
        own = years(2024, 100, source="comtrade") + years(2024, 102, source="imf")
        asked = doubts(years(2024, 100, source="office"), own)
        assert [doubt.source for doubt in asked] == ["imf", "comtrade"]

    def test_a_year_that_jumps_is_not_told_twice(self):
        own = years(2021, 100, 101, 102, source="comtrade")
        assert [one[0] for one in found(years(2023, 102_000, source="office"), own)] == [Suspicion.JUMP]


def test_a_level_without_a_year_is_compared_with_nothing_but_other_sources():
    level = flows(None, turnover=500, months=(None, None), source="speech")
    own = [flows(2024, turnover=1), flows(None, turnover=500, months=(None, None), source="press")]
    assert found([level], own, own) == [(Suspicion.KNOWN_SAME, (None,), "turnover")]


def test_another_year_makes_it_another_doubt():
    own = years(2016, *SMOOTH)
    first, second = (doubts(years(year, 121_000), own)[0] for year in (2021, 2022))
    assert first.key != second.key


amounts = st.one_of(st.none(), st.decimals(-10, 10**13, places=2, allow_nan=False, allow_infinity=False))
spans = st.sampled_from([(1, 12), (1, 9), (4, 6), (None, None)])


@st.composite
def tables(draw, sources=("office", "comtrade", "")):
    rows = draw(
        st.lists(
            st.builds(
                lambda year, exports, imports, total, span, source: Flows(year, exports, imports, total, *span, source),
                st.one_of(st.none(), st.integers(2010, 2025)),
                *[amounts] * 3,
                spans,
                st.sampled_from(sources),
            ),
            max_size=8,
        )
    )  # fmt: skip
    return list({(row.year, row.span, row.source): row for row in rows}.values())


@given(tables(("office",)), tables(), tables())
def test_anything_may_be_asked_and_every_doubt_has_a_name_of_its_own(rows, own, mirror):
    asked = doubts(rows, own, mirror)
    entered = {row.year for row in rows}
    assert all(set(doubt.years) <= entered for doubt in asked)
    keys = [doubt.key for doubt in asked]
    assert len(set(keys)) == len(keys)


@given(tables(("office",)), tables(), tables(), st.sampled_from([3, 6, -2]))
def test_doubts_do_not_depend_on_the_currency(rows, own, mirror, power):
    def scaled(table):
        return [
            Flows(one.year, *(None if a is None else a.scaleb(power) for a in (one.exports, one.imports, one.turnover)),
                  *one.span, one.source)
            for one in table
        ]  # fmt: skip

    before, after = (doubts(rows, own, mirror), doubts(scaled(rows), scaled(own), scaled(mirror)))
    assert [doubt.key for doubt in before] == [doubt.key for doubt in after]


@given(st.lists(st.integers(100, 300), min_size=5, max_size=10), st.integers(0, 9), st.sampled_from([10, 100, 1000]))
def test_a_slip_in_a_calm_table_is_always_found_and_only_there(totals, place, factor):
    place %= len(totals)
    assert found(years(2010, *totals)) == []
    totals[place] *= factor
    jumps = [one for one in found(years(2010, *totals)) if one[0] is Suspicion.JUMP]
    assert (2010 + place,) in [years_ for _, years_, _ in jumps] or factor == 10
    assert all(years_ == (2010 + place,) for _, years_, _ in jumps)


@pytest.fixture(scope="module")
def real():
    """Yearly flows of the shipped extract by dataset, reporter and partner."""
    series = defaultdict(lambda: defaultdict(dict))
    with gzip.open(EXTRACT, "rt") as lines:
        for row in csv.DictReader(lines):
            key = (row["dataset"], row["reporter_iso3"], row["partner_iso3"])
            series[key][int(row["year"])][row["flow"]] = Decimal(row["value_usd"])
    return {
        key: {year: (one.get("export"), one.get("import")) for year, one in found.items()}
        for key, found in series.items()
    }


def tried(real, slip):
    """How many years of real trade are doubted beside the years before and the other side's, and of how many."""
    asked = of = 0
    for (dataset, reporter, partner), series in real.items():
        mirror = [flows(year, *one) for year, one in real.get((dataset, partner, reporter), {}).items()]
        for year, one in series.items():
            before = [flows(other, *two) for other, two in series.items() if year - 4 <= other < year]
            row = slip(*one)
            if before and row:
                of += 1
                asked += bool(doubts([flows(year, *row)], before, mirror))
    return asked, of


def test_real_trade_is_seldom_doubted(real):
    asked, of = tried(real, lambda exports, imports: (exports, imports))
    assert of > 500
    assert asked / of < 0.02


@pytest.mark.parametrize(("factor", "least"), [(10, 0.98), (1000, 0.999)])
def test_slips_of_real_trade_are_found(real, factor, least):
    asked, of = tried(real, lambda exports, imports: (exports and exports * factor, imports and imports * factor))
    assert asked / of > least
