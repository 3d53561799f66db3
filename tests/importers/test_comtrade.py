"""UN Comtrade in its three forms: what of the repeated totals counts, both spellings, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from targets.importers import UnreadableFile, read_figures
from targets.records import Valuation

RECORD = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20220101, "refYear": 2022, "refMonth": 52, "period": "2022",
    "reporterCode": 398, "reporterISO": None, "reporterDesc": None, "flowCode": "X", "flowDesc": None,
    "partnerCode": 156, "partnerISO": None, "partnerDesc": None, "partner2Code": 0, "classificationCode": "H6",
    "cmdCode": "TOTAL", "customsCode": "C00", "mosCode": "0", "motCode": 0, "qty": 0.0, "isQtyEstimated": False,
    "cifvalue": None, "fobvalue": 1500.25, "primaryValue": 1500.25, "isReported": False, "isAggregate": True,
}  # fmt: skip
IMPORT = RECORD | {"flowCode": "M", "cifvalue": 900.0, "fobvalue": 870.0, "primaryValue": 900.0}

PLUS = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,cmdCode,cmdDesc,"
    "customsCode,motCode,qty,altQty,cifvalue,fobvalue,primaryValue,isReported,isAggregate"
)
PLUS_2023 = (
    "TypeCode,FreqCode,RefPeriodId,RefYear,RefMonth,Period,ReporterCode,ReporterISO,ReporterDesc,FlowCode,FlowDesc,"
    "PartnerCode,PartnerISO,PartnerDesc,Prtner2Code,Partner2ISO,Partner2Desc,ClassificationCode,CmdCode,CmdDesc,"
    "CustomsCode,MotCode,Qty,AtlQty,Cifvalue,Fobvalue,PrimaryValue,IsReported,IsAggregate"
)
OLD = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,"
    "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,Customs Proc. Code,"
    "Mode of Transport Code,Commodity Code,Commodity,Qty,Netweight (kg),Trade Value (US$),Flag"
)
OLD_TIGHT = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,TradeFlow Code,TradeFlow,Reporter Code,"
    "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,Customs Proc. Code,"
    "Mode of Transport Code,Commodity Code,Commodity,Qty,Netweightkg,TradeValueUS,Flag"
)


def answer(*records):
    return json.dumps(list(records)).encode()


def plus(*lines, header=PLUS, encoding="utf-8"):
    return "\n".join((header, *lines, "")).encode(encoding)


def plus_line(year="2022", flow="X", partner="156", second="0", commodity="TOTAL", customs="C00", mot="0", value="7.5"):
    start = f"C,A,{year}0101,{year},52,{year},398,KAZ,Kazakhstan,{flow},Flow,{partner},P,Partner,{second},W00,World"
    return f"{start},H6,{commodity},All,{customs},{mot},0,0,,{value},{value},FALSE,TRUE"


def old_line(flow="2", partner="156", commodity="TOTAL", value="7", period="2014", second=""):
    start = f'H4,2014,{period},{period},0,0,{flow},Flow,398,Kazakhstan,KAZ,{partner},"Partner, the",P,{second}'
    return f"{start},,,{commodity},All,,0,{value},0"


def reasons(file):
    return {(one.reason, one.value): one.count for one in file.skipped}


def test_exports_and_imports_of_one_pair_and_year_are_one_figure_in_dollars_as_valued(directory):
    one, file = read_figures(answer(RECORD, IMPORT), "api.json", directory)
    (row,) = file.rows
    assert one.name == "comtrade"
    assert (row.first, row.second, row.reporter, row.year) == ("CHN", "KAZ", "KAZ", 2022)
    assert (row.exports, row.imports, row.currency) == (Decimal("1500.25"), Decimal(900), "USD")
    assert (row.valuation, row.place) == (Valuation.FOB_CIF, "records 1 and 2")


def test_imports_without_a_cif_value_are_fob(directory):
    record = IMPORT | {"cifvalue": None, "fobvalue": 900.0}
    (row,) = read_figures(answer(record), "api.json", directory)[1].rows
    assert row.valuation is Valuation.FOB


def test_the_wrapped_answer_is_the_same_as_the_bare_list(directory):
    wrapped = json.dumps({"elapsedTime": "0.1 s", "count": 1, "data": [RECORD], "error": ""}).encode()
    file = read_figures(wrapped, "api.json", directory)[1]
    assert [row.exports for row in file.rows] == [Decimal("1500.25")]
    assert file.warnings == ()


def test_an_answer_that_counts_more_records_than_it_holds_is_told(directory):
    wrapped = json.dumps({"count": 9, "data": [RECORD], "error": ""}).encode()
    assert read_figures(wrapped, "api.json", directory)[1].warnings == (
        "The answer counts 9 records and holds 1: some are missing.",
    )


def test_an_answer_of_exactly_the_preview_is_told(directory):
    records = [RECORD | {"refYear": 1900 + number % 100, "partnerCode": 156 if number < 100 else 0}
               for number in range(500)]  # fmt: skip
    (warning,) = read_figures(answer(*records), "api.json", directory)[1].warnings
    assert warning == "Exactly 500 records, where the free preview cuts off: others may be missing."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cmdCode": "27"}, ("a single commodity, not the total", "")),
        ({"partner2Code": 643}, ("one second partner, part of the total", "643")),
        ({"customsCode": "C01"}, ("one customs procedure, part of the total", "")),
        ({"motCode": 2100}, ("one means of transport, part of the total", "")),
        ({"typeCode": "S"}, ("services, not goods", "")),
        ({"freqCode": "M"}, ("months; only years become figures", "")),
        ({"flowCode": "RX"}, ("another flow than exports and imports, mostly part of them", "RX")),
        ({"partnerCode": 0, "partnerDesc": "World"}, ("a group or the world, not one economy", "0 World")),
        ({"partnerCode": 899}, ("a group or the world, not one economy", "899")),
    ],
)
def test_only_the_record_that_sums_over_everything_counts_and_the_others_are_counted(change, reason, directory):
    part = RECORD | {"primaryValue": 3.0} | change
    file = read_figures(answer(RECORD, part), "api.json", directory)[1]
    assert [row.exports for row in file.rows] == [Decimal("1500.25")]
    assert reasons(file) == {reason: 1}
    assert (file.read, file.taken, file.rejections) == (2, 1, ())


@pytest.mark.parametrize(("number", "code"), [(842, "USA"), (251, "FRA"), (699, "IND")])
def test_numbers_that_only_comtrade_uses_are_understood(number, code, directory):
    (row,) = read_figures(answer(RECORD | {"partnerCode": number}), "api.json", directory)[1].rows
    assert {row.first, row.second} == {"KAZ", code}


def test_an_economy_that_the_site_does_not_know_is_reported_once(directory):
    atlantis = {"partnerCode": 998, "partnerDesc": "Atlantis"}
    file = read_figures(answer(RECORD, RECORD | atlantis, IMPORT | atlantis), "api.json", directory)[1]
    assert [(one.field, one.value, one.count, one.place) for one in file.unknown] == [
        ("partner", "998 Atlantis", 2, "record 2"),
    ]


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [
        (490, "Other Asia, nes", "a group or the world, not one economy"),
        (492, "Europe EU, nes", "a group or the world, not one economy"),
        (697, "Europe EFTA, nes", "a group or the world, not one economy"),
        (58, "Belgium-Luxembourg (...1998)", "a state or territory that is none of today's economies"),
        (736, "Sudan (...2011)", "a state or territory that is none of today's economies"),
    ],
)
def test_what_is_no_economy_of_today_is_left_out_as_what_it_is(code, name, reason, directory):
    other = {"partnerCode": code, "partnerDesc": name}
    file = read_figures(answer(RECORD, RECORD | other), "api.json", directory)[1]
    assert [(one.reason, one.value) for one in file.skipped] == [(reason, f"{code} {name}")]
    assert (len(file.rows), file.unknown) == (1, ())


@pytest.mark.parametrize(("code", "letters"), [(533, "ABW"), (412, "XKX"), (729, "SDN"), (757, "CHE"), (579, "NOR")])
def test_every_economy_of_today_is_found_by_its_number(code, letters, directory):
    (row,) = read_figures(answer(RECORD | {"partnerCode": code}), "api.json", directory)[1].rows
    assert letters in (row.first, row.second)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"refYear": 22}, "api.json, record 2, refYear = '22': must be a year"),
        ({"primaryValue": None}, "api.json, record 2, primaryvalue = empty: the record lacks it"),
        ({"primaryValue": -3.5}, "api.json, record 2, primaryValue = '-3.5': must lie between 0 and"),
        ({"primaryValue": 1e300}, "api.json, record 2, primaryValue"),
    ],
)
def test_a_broken_record_is_rejected_by_number_and_the_rest_is_taken(change, told, directory):
    file = read_figures(answer(RECORD, RECORD | {"partnerCode": 643} | change), "api.json", directory)[1]
    assert [str(rejection)[: len(told)] for rejection in file.rejections] == [told]
    assert len(file.rows) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (answer(RECORD | {"cmdCode": "01"}), "only single commodities .1 records. and no totals"),
        (json.dumps({"data": [], "error": "no subscription", "x": "cmdCode primaryValue"}).encode(), "no subscription"),
        (answer(RECORD)[:-40], "api.json, line 1: not JSON"),
        (b'{"cmdCode": "", "primaryValue": 1}', "neither a list of records"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"{}," * 1_000_000, "more than 3,000,000 values"),
    ],
    ids=str,
)
def test_an_answer_without_totals_or_broken_is_refused_with_the_reason(data, reason, directory):
    with pytest.raises(UnreadableFile, match=reason):
        read_figures(data, "api.json", directory, "comtrade")


@pytest.mark.parametrize("header", [PLUS, PLUS_2023], ids=["2025", "2023 with the publisher's slips"])
def test_both_spellings_of_the_downloaded_table_are_read(header, directory):
    parts = (plus_line(second="643"), plus_line(commodity="27"), plus_line(customs="C01"), plus_line(mot="2100"))
    one, file = read_figures(plus(plus_line(), plus_line(flow="M", value="9"), *parts, header=header), "p", directory)
    assert (one.name, one.documented_only) == ("comtradeplus", True)
    assert [(row.exports, row.imports) for row in file.rows] == [(Decimal("7.50"), Decimal(9))]
    assert (file.read, sum(reasons(file).values())) == (6, 4)


def test_the_empty_cell_too_many_at_the_end_of_each_line_is_tolerated_and_a_filled_one_is_not(directory):
    file = read_figures(plus(plus_line() + ",", plus_line(partner="643") + ",5"), "plus.csv", directory)[1]
    assert [(row.first, row.second, row.exports) for row in file.rows] == [("CHN", "KAZ", Decimal("7.50"))]
    assert [str(one) for one in file.rejections] == [
        "plus.csv, line 3: more cells than the header names: the line is shifted, or an amount is written with commas"
    ]


def test_a_table_in_latin_1_is_read_and_its_names_reported_as_written(directory):
    line = plus_line(partner="998").replace("Partner,0", "Îles d'Or,0")
    file = read_figures(plus(line, plus_line(), encoding="latin-1"), "plus.csv", directory)[1]
    assert [one.value for one in file.unknown] == ["998 Îles d'Or"]


def test_a_line_shifted_by_the_empty_cell_is_rejected_by_its_year(directory):
    file = read_figures(plus(plus_line(), "," + plus_line()), "plus.csv", directory)[1]
    assert (len(file.rows), len(file.rejections)) == (1, 1)


@pytest.mark.parametrize("header", [OLD, OLD_TIGHT], ids=["with blanks and signs", "without"])
def test_the_old_sites_table_is_read_in_both_spellings(header, directory):
    lines = (header, old_line(), old_line("1", value="9.5"), old_line("3"), old_line(commodity="0101"), "")
    one, file = read_figures("\n".join(lines).encode(), "old.csv", directory)
    (row,) = file.rows
    assert (one.name, row.year, row.exports, row.imports) == ("comtrade-old", 2014, Decimal(7), Decimal("9.50"))
    assert row.valuation is Valuation.FOB_CIF
    assert sum(reasons(file).values()) == 2


def test_months_and_second_partners_of_the_old_site_are_left_out(directory):
    lines = (OLD, old_line(), old_line(period="201401"), old_line(second="643"), "")
    file = read_figures("\n".join(lines).encode(), "old.csv", directory)[1]
    assert (file.taken, sum(reasons(file).values())) == (1, 2)


def test_single_commodities_of_the_old_site_are_refused_as_a_whole(directory):
    lines = (OLD, old_line(commodity="010129"), old_line(commodity="010420"), "")
    with pytest.raises(UnreadableFile, match=r"old\.csv, line 2: only single commodities \(2 lines\) and no totals"):
        read_figures("\n".join(lines).encode(), "old.csv", directory)


def test_a_month_is_known_by_its_period_where_no_frequency_is_given(directory):
    file = read_figures(answer(RECORD | {"freqCode": None, "period": "202203"}), "api.json", directory)[1]
    assert [left.reason for left in file.skipped] == ["months; only years become figures"]


@pytest.mark.parametrize("nothing", [0, 0.0, None])
def test_imports_without_any_other_value_are_as_usual(nothing, directory):
    (row,) = read_figures(answer(IMPORT | {"cifvalue": nothing, "fobvalue": nothing}), "api.json", directory)[1].rows
    assert row.valuation is Valuation.FOB_CIF


def test_a_column_without_a_name_is_not_taken_for_a_shift(directory):
    header, line, *_ = plus(plus_line(), encoding="utf-8").decode().splitlines()
    file = read_figures(f",{header}\n7,{line}\n".encode(), "plus.csv", directory)[1]
    assert (len(file.rows), file.rejections) == (1, ())
