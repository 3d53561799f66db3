"""World Bank WITS: the padded summary in millions, the workbook in thousands, and the API's XML and JSON."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
import xlsxwriter

from targets.importers import UnreadableFile, read_figures
from targets.records import Valuation

SUMMARY = "Reporter,Partner,Product categories,Indicator Type,Indicator,2019,2018,2017\n"
EXPORT = "All Products,Export,Trade (US$ Mil)-Top 5 Export Partner"
IMPORT = "All Products,Import,Trade (US$ Mil)-Top 5 Import Partner"
COLUMNS = (
    "Reporter Name", "Partner Name", "Year", "Trade Flow", "No Of exported HS6 digit Products",
    "Export Share in Total Products (%)", "Export (US$ Thousand)", "Export Partner Share (%)",
)  # fmt: skip

XML = """<?xml version="1.0" encoding="utf-8"?><message:GenericData
 xmlns:generic="urn:generic" xmlns:message="urn:message"><message:Header>
 <message:ID>DF_WITS_TradeStats_Trade</message:ID>
 </message:Header><message:DataSet action="Information">{series}</message:DataSet></message:GenericData>"""
SERIES = """<generic:Series><generic:SeriesKey><generic:Value id="FREQ" value="A" />
 <generic:Value id="REPORTER" value="{reporter}" /><generic:Value id="PARTNER" value="{partner}" />
 <generic:Value id="PRODUCTCODE" value="{product}" /><generic:Value id="INDICATOR" value="{indicator}" />
 </generic:SeriesKey><generic:Obs><generic:ObsDimension id="TIME_PERIOD" value="{year}" /><generic:ObsValue
 value="{value}" /></generic:Obs></generic:Series>"""


def summary(*lines, encoding="latin-1"):
    return (SUMMARY + "\n".join(lines) + "\n").encode(encoding)


def workbook(*rows, columns=COLUMNS):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Sheet1")
        sheet = book.add_worksheet("Partner")
        for number, row in enumerate((columns, *rows)):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def xml(*changes):
    usual = {"reporter": "KAZ", "partner": "CHN", "product": "Total", "indicator": "XPRT-TRD-VL", "year": "2020"}
    usual["value"] = "1234.567"
    return XML.format(series="".join(SERIES.format(**(usual | change)) for change in changes)).encode()


def test_millions_become_dollars_year_by_year_from_the_newest_down_and_empty_cells_are_no_zeros(directory):
    lines = (f"Kazakhstan,China,{EXPORT},           7823.41,,      5.00",
             f"Kazakhstan,China,{IMPORT},        1.00,          2.00,")  # fmt: skip
    one, file = read_figures(summary(*lines), "wits.csv", directory)
    assert one.name == "wits-summary"
    assert {row.year: (row.exports, row.imports) for row in file.rows} == {
        2019: (Decimal(7_823_410_000), Decimal(1_000_000)),
        2018: (None, Decimal(2_000_000)),
        2017: (Decimal(5_000_000), None),
    }
    assert {(row.first, row.second, row.reporter, row.valuation) for row in file.rows} == {
        ("CHN", "KAZ", "KAZ", Valuation.FOB_CIF)
    }
    assert (file.read, file.taken) == (4, 4)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Kazakhstan,...,...,Development,GDP (current US$ Mil),1,2,", "another indicator than the value of trade"),
        ("Kazakhstan,China,All Products,Export,Partner share(%)-Top 5 Export Partner,1,2,", "another indicator"),
        (f"Kazakhstan,...,{EXPORT},1,2,", "no partner is named"),
        (f"Kazakhstan,World,{EXPORT},1,2,", "a group or the world, not one economy"),
        (f"Europe & Central Asia,China,{EXPORT},1,2,", "a group or the world, not one economy"),
        (f"LCN,China,{EXPORT},1,2,", "a group or the world, not one economy"),
        (f"EUN,China,{EXPORT},1,2,", "a group or the world, not one economy"),
        ("Kazakhstan,China,Fuels,Export,Trade (US$ Mil)-Top 5 Export Partner,1,2,", "one group of products"),
    ],
)
def test_what_is_not_the_trade_with_one_partner_is_counted_cell_by_cell_and_left_out(line, reason, directory):
    file = read_figures(summary(f"Kazakhstan,China,{EXPORT},,,3", line), "wits.csv", directory)[1]
    assert (file.read, file.taken, file.rejections) == (3, 1, ())
    ((left),) = file.skipped
    assert left.reason.startswith(reason)
    assert left.count == 2


def test_a_summary_in_latin_1_reports_its_names_as_written(directory):
    file = read_figures(summary(f"Kazakhstan,Atlantidão,{EXPORT},1,2,"), "wits.csv", directory)[1]
    assert [(one.value, one.count) for one in file.unknown] == [("Atlantidão", 2)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Korea, Rep.", "KOR"), ("Egypt, Arab Rep.", "EGY"), ("Iran, Islamic Rep.", "IRN"), ("Kyrgyz Republic", "KGZ"),
     ("Slovak Republic", "SVK"), ("Lao PDR", "LAO"), ("Russian Federation", "RUS"), ("Turkey", "TUR"),
     ("Serbia, FR(Serbia/Montenegro)", "SRB"), ("Macedonia, FYR", "MKD"), ("St. Lucia", "LCA"),
     ("Bonaire", "BES"), ("Micronesia, Fed. Sts.", "FSM"), ("Gambia, The", "GMB"), ("Korea, Dem. Rep.", "PRK"),
     ("Occ.Pal.Terr", "PSE"), ("Turks and Caicos Isl.", "TCA"), ("Wallis and Futura Isl.", "WLF"),
     ("Fr. So. Ant. Tr", "ATF"), ("Congo, Dem. Rep.", "COD"), ("Cote d'Ivoire", "CIV")],
)  # fmt: skip
def test_the_banks_names_of_economies_are_understood(name, code, directory):
    (row,) = read_figures(summary(f'Kazakhstan,"{name}",{EXPORT},1,,'), "wits.csv", directory)[1].rows
    assert {row.first, row.second} == {"KAZ", code}


@pytest.mark.parametrize("name", ["Fm Sudan", "Belgium-Luxembourg", "Ethiopia(includes Eritrea)"])
def test_the_banks_former_states_are_left_out_as_such(name, directory):
    (left,) = read_figures(summary(f'Kazakhstan,"{name}",{EXPORT},1,,'), "wits.csv", directory)[1].skipped
    assert (left.reason, left.value) == ("a state or territory that is none of today's economies", name)


def test_a_cell_that_is_no_number_is_rejected_by_line_and_column(directory):
    file = read_figures(summary(f"Kazakhstan,China,{EXPORT},x,2,"), "wits.csv", directory)[1]
    assert [str(one) for one in file.rejections] == [
        "wits.csv, line 2, column 2019, Trade (US$ Mil) = 'x': must be a plain number with a point for decimals"
    ]
    assert [row.year for row in file.rows] == [2018]


def test_thousands_of_the_workbook_are_read_from_the_sheet_that_is_not_empty(directory):
    rows = (
        ("China", "Kazakhstan", 2022, "Export", 886, 20.25, 64022.78, 0),
        ("China", "World", 2022, "Export", 9, 9, 9, 9),
        ("China", "China", 2022, "Export", 1, 1, None, None),
        ("China", "Atlantis", 2022, "Export", 1, 1, 5, 0),
    )
    one, file = read_figures(workbook(*rows), "WITS-Partner.xlsx", directory)
    (row,) = file.rows
    assert one.name == "wits-partners"
    assert (row.first, row.second, row.reporter, row.year, row.place) == ("CHN", "KAZ", "CHN", 2022, "line 2")
    assert (row.exports, row.imports) == (Decimal(64_022_780), None)
    assert [(left.reason, left.value) for left in file.skipped] == [
        ("a group or the world, not one economy", "World"),
        ("no value", "China"),
    ]
    assert [left.value for left in file.unknown] == ["Atlantis"]


def test_a_workbook_of_imports_is_read_from_its_own_column(directory):
    columns = tuple(name.replace("Export (US", "Import (US") for name in COLUMNS)
    rows = (
        ("China", "Kazakhstan", 2022, "Import", 1, 1, 7, 0),
        ("China", "Russian Federation", 2022, "Export", 1, 1, 8, 0),
    )
    file = read_figures(workbook(*rows, columns=columns), "WITS-Partner.xlsx", directory)[1]
    assert [(row.exports, row.imports) for row in file.rows] == [(None, Decimal(7000))]
    assert [rejection.place for rejection in file.rejections] == ["line 3"]


def test_thousands_of_the_api_are_read_from_xml(directory):
    one, file = read_figures(xml({}, {"indicator": "MPRT-TRD-VL", "value": "2"}), "wits.xml", directory)
    (row,) = file.rows
    assert one.name == "wits-xml"
    assert (row.first, row.second, row.reporter, row.year) == ("CHN", "KAZ", "KAZ", 2020)
    assert (row.exports, row.imports) == (Decimal("1234567"), Decimal(2000))


@pytest.mark.parametrize(("letters", "code"), [("ROM", "ROU"), ("SER", "SRB"), ("MNT", "MNE")])
def test_letters_that_the_bank_kept_are_understood(letters, code, directory):
    (row,) = read_figures(xml({"partner": letters}), "wits.xml", directory)[1].rows
    assert {row.first, row.second} == {"KAZ", code}


def test_groups_products_and_unknown_letters_of_the_api_are_counted(directory):
    changes = ({}, {"partner": "WLD"}, {"product": "Fuels"}, {"indicator": "XPRT-PRTNR-SHR"}, {"partner": "OAS"})
    file = read_figures(xml(*changes), "wits.xml", directory)[1]
    assert (file.read, file.taken, sum(left.count for left in file.skipped)) == (5, 1, 4)


def test_letters_that_nobody_has_are_reported(directory):
    file = read_figures(xml({}, {"partner": "QQQ"}), "wits.xml", directory)[1]
    assert [(left.field, left.value) for left in file.unknown] == [("partner", "QQQ")]


@pytest.mark.parametrize(
    ("partner", "year", "code"), [("SUD", 2020, "SDN"), ("SDN", 2010, ""), ("SER", 2006, "SRB"), ("SER", 2005, "")]
)
def test_a_state_of_the_past_is_not_taken_for_the_one_of_today(partner, year, code, directory):
    file = read_figures(xml({"partner": partner, "year": str(year)}), "wits.xml", directory)[1]
    assert [row.second if row.first == "KAZ" else row.first for row in file.rows] == [code] * bool(code)
    assert [left.reason for left in file.skipped] == ["a state or territory that is none of today's economies"] * (
        not code
    )


def test_an_entity_in_xml_is_refused(directory):
    bomb = xml({}).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    with pytest.raises(UnreadableFile, match=r"wits\.xml, line 1: XML with a document type is not read"):
        read_figures(bomb, "wits.xml", directory)


def test_xml_cut_in_half_is_refused_with_its_line(directory):
    with pytest.raises(UnreadableFile, match=r"wits\.xml, line \d+: not XML"):
        read_figures(xml({}, {})[:600], "wits.xml", directory)


def test_thousands_of_the_api_are_read_from_json(directory):
    def dimension(name, *values):
        return {"id": name, "values": [{"id": value, "name": value} for value in values]}

    answer = {
        "header": {"id": "x"},
        "dataSets": [{"action": "Information", "series": {
            "0:0:0:0:0": {"observations": {"0": [1234.567, 0], "1": [2, 0]}},
            "0:0:1:0:1": {"observations": {"1": [7, 0]}},
        }}],
        "structure": {"dimensions": {
            "series": [dimension("FREQ", "A"), dimension("REPORTER", "KAZ"), dimension("PARTNER", "CHN", "WLD"),
                       dimension("PRODUCTCODE", "Total"), dimension("INDICATOR", "XPRT-TRD-VL", "MPRT-TRD-VL")],
            "observation": [dimension("TIME_PERIOD", "2019", "2020")],
        }},
    }  # fmt: skip
    one, file = read_figures(json.dumps(answer).encode(), "wits.json", directory)
    assert (one.name, one.documented_only) == ("wits-json", True)
    assert [(row.year, row.exports) for row in file.rows] == [(2019, Decimal("1234567")), (2020, Decimal(2000))]
    assert (file.read, file.taken) == (3, 2)


def test_json_of_another_shape_is_refused(directory):
    with pytest.raises(UnreadableFile, match=r"wits\.json, line 1: not SDMX-JSON"):
        read_figures(b'{"dataSets": [{"series": []}], "x": "XPRT-TRD-VL"}', "wits.json", directory)


def test_a_summary_whose_line_is_shifted_is_rejected(directory):
    file = read_figures(summary(f"Kazakhstan,China,{EXPORT},7,823.41,2,3"), "wits.csv", directory)[1]
    assert (file.rows, len(file.rejections)) == ((), 1)
    assert "written with commas" in str(file.rejections[0])
