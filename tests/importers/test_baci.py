"""BACI: flows that nobody reports, summed over products; each trap of the format on a small file in it."""

from decimal import Decimal

import pytest

from targets.importers import UnreadableFile, read_figures
from targets.progress import Measure
from targets.records import Valuation

HEADER = "t,i,j,k,v,q\n"


@pytest.fixture
def read(directory):
    def reading(lines, header=HEADER):
        one, file = read_figures((header + lines).encode(), "BACI_HS17_Y2020_V202301.csv", directory)
        assert one.name == "baci"
        accounted = file.taken + len(file.rejections) + sum(left.count for left in (*file.skipped, *file.unknown))
        assert file.read == accounted
        return file

    return reading


def amounts(file):
    return {(row.first, row.second, row.measure.value): row.exports or row.turnover for row in file.rows}


def test_products_are_summed_and_thousands_are_made_whole(read):
    file = read("2020,4,36,71120,0.729,        0.308\n2020,4,36,80211,2.405,        0.711\n")
    (row,) = file.rows
    assert (row.first, row.second, row.year, row.from_month, row.through_month) == ("AFG", "AUS", 2020, 1, 12)
    assert (row.measure, row.exports) == (Measure.EXPORTS_FIRST_TO_SECOND, Decimal("3134.00"))
    assert (row.imports, row.turnover, row.currency, row.valuation) == (None, None, "USD", Valuation.FOB)
    assert (file.read, file.taken, row.place) == (2, 2, "lines 2 to 3")


def test_a_reconciled_flow_has_a_compiler_and_no_reporter(read):
    (row,) = read("2020,4,36,71120,0.729,1\n").rows
    assert (row.reporter, row.compiler) == ("", "CEPII BACI")


def test_a_pair_with_both_flows_has_each_by_its_direction_and_their_sum_as_turnover(read):
    file = read("2020,36,4,71120,5,1\n2020,4,36,71120,2,1\n2020,36,4,80211,1.5,1\n")
    assert amounts(file) == {
        ("AFG", "AUS", "exports_second_to_first"): Decimal(6500),
        ("AFG", "AUS", "exports_first_to_second"): Decimal(2000),
        ("AFG", "AUS", "goods_turnover"): Decimal(8500),
    }
    (turnover,) = (row for row in file.rows if row.measure is Measure.GOODS_TURNOVER)
    assert (turnover.exports, turnover.imports, turnover.compiler) == (None, None, "CEPII BACI")


def test_years_in_one_file_stay_apart(read):
    file = read("2019,4,36,71120,1,1\n2020,36,4,71120,2,1\n")
    assert {(row.year, row.measure.value, row.exports) for row in file.rows} == {
        (2019, "exports_first_to_second", Decimal(1000)),
        (2020, "exports_second_to_first", Decimal(2000)),
    }


@pytest.mark.parametrize(("number", "code"), [(251, "FRA"), (699, "IND"), (842, "USA"), ("004", "AFG"), ("4", "AFG")])
def test_numbers_of_customs_territories_are_the_economies_they_stand_for(read, number, code):
    (row,) = read(f"2020,{number},156,71120,1,1\n").rows
    assert code in (row.first, row.second)


@pytest.mark.parametrize("number", ["998", "abc"])
def test_a_number_of_no_economy_of_the_site_is_reported_with_the_count_of_its_lines(read, number):
    file = read(f"2020,4,{number},71120,1,1\n2020,4,{number},80211,1,1\n2020,4,36,71120,1,1\n")
    assert len(file.rows) == 1
    (unknown,) = file.unknown
    assert (unknown.field, unknown.value, unknown.count, unknown.place) == ("j", number, 2, "line 2")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("490", "a group or the world, not one economy"),
        ("58", "a state or territory that is none of today's economies"),
    ],
)
def test_a_number_that_is_no_economy_of_today_is_left_out_as_what_it_is(read, number, reason):
    file = read(f"2020,4,{number},71120,1,1\n2020,4,{number},80211,1,1\n2020,4,36,71120,1,1\n")
    assert [(left.reason, left.value, left.count) for left in file.skipped] == [(reason, number, 2)]
    assert (len(file.rows), file.unknown) == (1, ())


def test_a_product_without_its_leading_zero_is_the_same_product(read):
    file = read("2020,4,36,71120,1,1\n2020,4,36,071120,1,1\n")
    assert file.rows == ()
    assert [str(rejection) for rejection in file.rejections] == [
        "BACI_HS17_Y2020_V202301.csv, line 3, k = '071120': the same flow, from line 2 on, has this product already; "
        "keep one"
    ]


def test_a_product_that_comes_again_after_another_flow_is_noticed_too(read):
    file = read("2020,4,36,71120,1,1\n2020,4,32,71120,1,1\n2020,4,36,80211,1,1\n2020,4,36,71120,2,1\n")
    assert [(rejection.place, rejection.field) for rejection in file.rejections] == [("line 5", "k")]
    assert [(row.first, row.second) for row in file.rows] == [("AFG", "ARG")]


def test_the_products_of_a_flow_may_stand_apart(read):
    file = read("2020,4,36,71120,1,1\n2020,4,32,71120,1,1\n2020,4,36,80211,2,1\n")
    assert amounts(file)["AFG", "AUS", "exports_first_to_second"] == Decimal(3000)


def test_two_numbers_of_one_economy_are_one_flow_and_make_no_turnover_of_a_single_direction(read):
    file = read("2020,842,36,71120,1,1\n2020,840,36,80211,2,1\n2020,0842,036,90111,4,1\n")
    assert amounts(file) == {("AUS", "USA", "exports_second_to_first"): Decimal(7000)}


def test_a_file_of_more_products_than_the_hs_has_is_refused(directory):
    lines = "".join(f"2020,4,36,{product},1,1\n" for product in range(10_001))
    with pytest.raises(UnreadableFile, match=r"baci\.csv, line 10002: more than 10,000 products"):
        read_figures((HEADER + lines).encode(), "baci.csv", directory)


def test_a_quantity_that_is_not_known_does_not_matter(read):
    (row,) = read("2020,4,32,401031,0.164,           NA\n").rows
    assert row.exports == Decimal(164)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2020,4,36,80211,NA,1", "v = 'NA': must be a plain number"),
        ("2020,4,36,80211,-1,1", "v = '-1': must lie between 0 and 1,000,000,000,000"),
        ("2020,4,36,80211,1e400,1", "v = '1e400': must lie between"),
        ("2020,4,36,80211,,1", "v = empty: must be a plain number"),
        ("2020,4,36,TOTAL,1,1", "k = 'TOTAL': must be a product of the HS"),
        ("2020,4,36,80211", "v = empty"),
    ],
)
def test_a_flow_with_a_line_that_cannot_be_read_has_no_total(read, line, reason):
    file = read(f"2020,4,36,71120,1,1\n{line}\n2020,4,32,71120,1,1\n")
    assert reason in str(file.rejections[0])
    assert [(row.first, row.second) for row in file.rows] == [("AFG", "ARG")]
    assert [(left.reason, left.count) for left in file.skipped] == [
        ("another line of the same flow cannot be read, so its total is not known", 1)
    ]


def test_a_year_that_is_none_is_rejected(read):
    file = read("20,4,36,71120,1,1\n2020,4,32,71120,1,1\n")
    assert "line 2, t = '20': must be a year" in str(file.rejections[0])
    assert len(file.rows) == 1


def test_trade_of_a_customs_territory_with_its_own_country_is_left_out(read):
    file = read("2020,842,840,71120,1,1\n2020,4,32,71120,1,1\n")
    assert [left.reason for left in file.skipped] == ["trade of an economy with itself"]


def test_a_total_beyond_all_trade_of_the_world_is_rejected(read):
    file = read("2020,4,36,71120,999999999999,1\n2020,4,36,80211,999999999999,1\n2020,4,32,71120,1,1\n")
    assert "must lie between 0 and" in str(file.rejections[0])
    assert len(file.rows) == 1


def test_a_missing_column_is_told(directory):
    with pytest.raises(UnreadableFile, match=r"the header must name the columns t, i, j, k, v; no v"):
        read_figures(b"t,i,j,k,q\n2020,4,36,71120,1\n", "baci.csv", directory, "baci")


def test_an_empty_file_of_the_format_gives_nothing(read):
    file = read("")
    assert (file.figures, file.read) == ({}, 0)


def test_a_value_written_with_commas_is_rejected_and_not_cut_to_its_first_digits(read):
    file = read("2020,4,36,71120,1,234,0.5\n2020,4,32,71120,1,1\n")
    assert "more cells than the header names" in str(file.rejections[0])
    assert [(row.first, row.second) for row in file.rows] == [("AFG", "ARG")]
