"""IMF IMTS from its documented headers: three tables, identifiers and names, and the traps of the scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from targets.importers import UnreadableFile, read_figures
from targets.records import FigureStanding, Valuation

API = (
    "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,PRECISION,UNIT,"
    "DERIVATION_TYPE,STATUS\n"
)
LONG = (
    "COUNTRY.ID,COUNTRY,COUNTERPART_COUNTRY.ID,COUNTERPART_COUNTRY,INDICATOR.ID,FREQUENCY.ID,UNIT.ID,TRADE_FLOW.ID,"
    "SCALE,TIME_PERIOD,OBS_VALUE\n"
)
WIDE = (
    '"DATASET","SERIES_CODE","OBS_MEASURE","COUNTRY","INDICATOR","COUNTERPART_COUNTRY","FREQUENCY","SCALE",'
    '"2022","2023"\n'
)
EXPORTS_LABEL = "Exports of goods, Free on board (FOB), US dollar"
IMPORTS_LABEL = "Imports of goods, Cost insurance freight (CIF), US dollar"


def api(partner="CHN", indicator="XG_FOB_USD", period="2023", value="14689000000", scale="", status="", frequency="A"):
    return f"IMF.STA:IMTS(1.0.0),KAZ,{indicator},{partner},{frequency},{period},{value},{scale},,USD,M,{status}\n"


def long(partner="CHN", name="China", indicator="XG_FOB_USD", value="14689.5", scale="Millions"):
    return f'KAZ,"Kazakhstan, Republic of",{partner},"{name}",{indicator},A,USD,XG,{scale},2023,{value}\n'


def wide(partner="China, P.R.: Mainland", indicator=EXPORTS_LABEL, values="14689.5,", frequency="Annual"):
    return f'"IMTS","X","OBS","Kazakhstan, Republic of","{indicator}","{partner}","{frequency}","Millions",{values}\n'


def read(text, directory, name="imts.csv"):
    return read_figures(text.encode(), name, directory)


def test_the_apis_table_is_read_by_identifiers_in_plain_dollars(directory):
    one, file = read(API + api() + api(indicator="MG_CIF_USD", value="16770000000.5"), directory)
    (row,) = file.rows
    assert (one.name, one.documented_only) == ("imts", True)
    assert (row.first, row.second, row.reporter, row.year) == ("CHN", "KAZ", "KAZ", 2023)
    assert (row.exports, row.imports) == (Decimal(14_689_000_000), Decimal("16770000000.5"))
    assert (row.valuation, row.standing) == (Valuation.FOB_CIF, FigureStanding.FINAL)


def test_columns_in_another_order_and_with_labels_are_the_same(directory):
    header = "OBS_VALUE,TIME_PERIOD: Period,COUNTRY: Country,COUNTERPART_COUNTRY: Partner,INDICATOR: Indicator\n"
    line = '5e9,2023,"KAZ: Kazakhstan, Republic of","CHN: China, P.R.: Mainland","XG_FOB_USD: Exports of goods"\n'
    (row,) = read(header + line, directory)[1].rows
    assert (row.first, row.second, row.exports) == ("CHN", "KAZ", Decimal(5_000_000_000))


def test_scale_six_over_plain_dollars_is_told_by_their_size(directory):
    file = read(API + api(scale="6"), directory)[1]
    assert [row.exports for row in file.rows] == [Decimal(14_689_000_000)]
    assert file.warnings == ("The scale is said to be 6 (millions), but by their size the values are plain dollars.",)


def test_scale_six_over_millions_is_told_by_the_trade_with_the_world(directory):
    file = read(API + api(value="14689", scale="6") + api("G001", value="78000", scale="6"), directory)[1]
    assert [row.exports for row in file.rows] == [Decimal(14_689_000_000)]
    assert file.warnings == ()


def test_scale_six_over_small_values_alone_is_refused_because_nobody_can_tell(directory):
    with pytest.raises(UnreadableFile, match=r"imts\.csv, line 2: the scale is said to be 6 .* download it again"):
        read(API + api(value="9646", scale="6"), directory)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (api("G001"), "a group or the world, not one economy"),
        (api(indicator="MG_FOB_USD"), "another indicator than exports FOB and imports CIF"),
        (api(indicator="TBG_USD"), "another indicator than exports FOB and imports CIF"),
        (api(period="2023-Q1"), "months or quarters; only years become figures"),
        (api(period="2023-M01"), "months or quarters; only years become figures"),
        (api(frequency="Q", period="2023-Q1"), "months or quarters; only years become figures"),
        (api(value="NaN"), "no value"),
        (api(value=""), "no value"),
        (api(period=""), "no value"),
    ],
)
def test_groups_other_indicators_parts_of_years_and_gaps_are_counted_and_left_out(line, reason, directory):
    file = read(API + api() + line, directory)[1]
    assert (file.read, file.taken, file.rejections) == (2, 1, ())
    assert [(left.reason, left.count) for left in file.skipped] == [(reason, 1)]


def test_the_funds_estimates_stand_as_estimates(directory):
    rows = read(API + api(status="e") + api("RUS"), directory)[1].rows
    assert [row.standing for row in rows] == [FigureStanding.ESTIMATE, FigureStanding.FINAL]


def test_dead_states_are_left_out_by_name_and_not_taken_for_their_successors(directory):
    file = read(API + api() + api("SUN") + api("SCG") + api("RUS"), directory)[1]
    assert [(left.reason, left.value) for left in file.skipped] == [
        ("a state or territory that is none of today's economies", letters) for letters in ("SUN", "SCG")
    ]
    assert len(file.rows) == 2


@pytest.mark.parametrize("dots", [".", " ", "_"])
def test_the_portals_long_table_is_in_millions_whatever_stands_between_the_words(dots, directory):
    text = LONG.replace(".ID", f"{dots}ID") + long() + long("G001", "World") + long(indicator="MG_CIF_USD", value="2")
    (row,) = read(text, directory)[1].rows
    assert (row.exports, row.imports) == (Decimal(14_689_500_000), Decimal(2_000_000))


def test_millions_that_exceed_the_trade_of_the_world_are_refused(directory):
    with pytest.raises(UnreadableFile, match="more than the world trades"):
        read(LONG + long(value="14689500000"), directory)


def test_an_unknown_scale_is_refused(directory):
    with pytest.raises(UnreadableFile, match="line 2: the scale 'Dozens' is unknown"):
        read(LONG + long(scale="Dozens"), directory)


def test_the_wide_table_is_read_by_names_year_by_year_in_millions(directory):
    one, file = read(WIDE + wide() + wide(indicator=IMPORTS_LABEL, values="1,2.5"), directory)
    assert (one.name, one.documented_only) == ("imts-wide", True)
    assert {row.year: (row.exports, row.imports) for row in file.rows} == {
        2022: (Decimal(14_689_500_000), Decimal(1_000_000)),
        2023: (None, Decimal(2_500_000)),
    }
    assert file.rows[0].place == "lines 2 and 3, column 2022"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kyrgyz Republic", "KGZ"), ("Korea, Republic of", "KOR"), ("Türkiye, Republic of", "TUR"),
     ("Egypt, Arab Republic of", "EGY"), ("Netherlands, The", "NLD"), ("Belarus, Republic of", "BLR"),
     ("Iran, Islamic Republic of", "IRN"), ("Uzbekistan, Republic of", "UZB")],
)  # fmt: skip
def test_the_funds_names_of_economies_are_understood(name, code, directory):
    (row,) = read(WIDE + wide(partner=name), directory)[1].rows
    assert {row.first, row.second} == {"KAZ", code}


@pytest.mark.parametrize("group", ["World", "Advanced Economies", "European Union (EU)", "Euro Area (EA)"])
def test_groups_of_the_wide_table_are_left_out(group, directory):
    file = read(WIDE + wide() + wide(partner=group), directory)[1]
    assert [(left.reason, left.value) for left in file.skipped] == [("a group or the world, not one economy", group)]


def test_quarters_of_the_wide_table_are_left_out(directory):
    file = read(WIDE + wide() + wide(frequency="Quarterly"), directory)[1]
    assert (file.taken, [left.value for left in file.skipped]) == (1, ["Quarterly"])


def test_imports_valued_fob_are_left_out_wherever_the_table_says_so(directory):
    text = API.replace("STATUS", "STATUS,VALUATION")
    lines = api().rstrip("\n") + ",FOB\n" + api(indicator="MG").rstrip("\n") + ",FOB\n"
    file = read(text + lines, directory)[1]
    assert [(row.exports is None, row.imports) for row in file.rows] == [(False, None)]
    assert [left.reason for left in file.skipped] == ["another indicator than exports FOB and imports CIF"]


def test_another_currency_than_the_dollar_is_left_out(directory):
    label = "Exports of goods, Free on board (FOB), Domestic currency"
    file = read(WIDE + wide(indicator=label) + wide(), directory)[1]
    assert [left.value for left in file.skipped] == [label] * len(file.skipped)
    assert (bool(file.skipped), bool(file.taken)) == (True, True)


def test_two_letters_of_one_economy_count_once_or_contradict_each_other(directory):
    file = read(API + api("KOS") + api("UVK"), directory)[1]
    assert [(row.second, row.place) for row in file.rows] == [("XKX", "lines 2 and 3")]
    file = read(API + api("KOS") + api("UVK", value="1"), directory)[1]
    assert (file.rows, len(file.rejections)) == ((), 2)
