"""The plain table of flows: both headers, compressed or not, and each kind of broken line by number."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from targets.importers import FORMATS, Directory, KnownEconomy, UnreadableFile, flows, opening
from targets.progress import Measure
from targets.records import FigureStanding
from tests.catalogues import EXTRACT

HEADER = "year,reporter,partner,flow,value_usd\n"
SHIPPED = Path(__file__).parents[2] / "data" / "trade" / "open_pairs.csv.gz"


MADE_UP = Directory.of(
    KnownEconomy(code, group=code == "XUN", iso2="", m49=None, names=()) for code in ("XAR", "XBO", "XCA", "XUN")
)


def read(text, name="flows.csv"):
    return flows.read(text if isinstance(text, bytes) else text.encode(), name, MADE_UP)


def test_both_flows_of_a_year_are_one_figure_of_the_reporter():
    (row,) = read(HEADER + "2023,XBO,XAR,export,60.5\n2023,XBO,XAR,import,40\n").figures[""]
    assert (row.first, row.second, row.reporter) == ("XAR", "XBO", "XBO")
    assert (row.year, row.from_month, row.through_month, row.fiscal) == (2023, 1, 12, "")
    assert (row.exports, row.imports, row.turnover) == (Decimal("60.5"), Decimal(40), None)
    assert (row.measure, row.currency, row.standing) == (Measure.GOODS_TURNOVER, "USD", FigureStanding.FINAL)
    assert row.place == "lines 2 and 3"


def test_a_year_with_one_flow_has_no_total():
    (row,) = read(HEADER + "2023,XBO,XAR,import,40\n").figures[""]
    assert (row.exports, row.imports, row.turnover) == (None, Decimal(40), None)


def test_datasets_are_kept_apart_so_that_imports_by_origin_and_by_consignment_are_never_added():
    file = read(EXTRACT)
    assert {name: len(rows) for name, rows in file.figures.items()} == {"office": 2, "office_consignment": 1}
    assert file.figures["office"][1].imports == Decimal(43_000_000)
    assert (file.figures["office_consignment"][0].exports, file.figures["office_consignment"][0].imports) == (
        None,
        Decimal(44_000_000),
    )


def test_an_economy_that_the_site_does_not_know_is_reported_with_the_number_of_its_lines():
    file = read(HEADER + "2023,XBO,XZZ,export,1\n2024,XBO,XZZ,export,1\n2024,XBO,XUN,import,1\n")
    ((unknown),) = file.unknown
    assert (unknown.field, unknown.value, unknown.count, unknown.place) == ("partner", "XZZ", 2, "line 2")
    assert [(row.first, row.second) for row in file.rows] == [("XBO", "XUN")]
    assert (file.read, file.taken, file.rejections) == (3, 1, ())


def test_the_shipped_extract_holds_only_datasets_with_open_terms(directory):
    file = FORMATS["flows"].read(SHIPPED.read_bytes(), SHIPPED.name, directory)
    assert (file.rejections, file.unknown, file.skipped) == ((), (), ())
    assert file.read == file.taken == 1552
    assert {name: len(rows) for name, rows in file.figures.items()} == {
        "arm_armstat": 6,
        "arm_armstat_consignment": 6,
        "eurostat_comext_member_exports": 10,
        "imf_dots_china25_monthly_sum": 286,
        "kaz_bns_2018_2023": 84,
        "kgz_nsc_1994_2023": 210,
        "uzb_statuz_2010_2023": 182,
    }


@pytest.mark.parametrize(
    "variant",
    [
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("year,", "Year ,").encode(),
        lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()).encode(),
        lambda text: text.replace("2023", '"2023"').encode(),
        lambda text: (text + "\n,,,,,\n\n").encode(),
    ],
    ids=["gzip", "byte order mark", "CRLF", "header in capitals", "columns reversed", "quoted", "blank lines"],
)
def test_the_same_table_written_otherwise_gives_the_same_figures(variant):
    def plain(file):
        return {name: [row._replace(place="") for row in rows] for name, rows in file.figures.items()}

    assert plain(read(variant(EXTRACT))) == plain(read(EXTRACT))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("23,XAR,XBO,export,1", "line 2, year = '23': must be a year between 1900 and 2200"),
        ("٢٠٢٣,XAR,XBO,export,1", "line 2, year = '٢٠٢٣': must be a year"),
        ("2023,Arlandia,XBO,export,1", "line 2, reporter = 'Arlandia': must be a code"),
        ("2023,XAR,,export,1", "line 2, partner = empty: must be a code"),
        ("2023,XAR,XAR,export,1", "line 2, partner = 'XAR': an economy does not trade with itself"),
        ("2023,XAR,XBO,re-export,1", "line 2, flow = 're-export': must be export or import"),
        ("2023,XAR,XBO,export,-1", "line 2, value_usd = '-1': must be a plain number"),
        ("2023,XAR,XBO,export,1 000", "line 2, value_usd = '1 000': must be a plain number"),
        ('2023,XAR,XBO,export,"1,5"', "line 2, value_usd = '1,5': must be a plain number"),
        ("2023,XAR,XBO,export,nan", "line 2, value_usd = 'nan': must be a plain number"),
        ("2023,XAR,XBO,export,1e400", "line 2, value_usd = '1e400': must be a plain number"),
        ("2023,XAR,XBO,export,", "line 2, value_usd = empty: must be a plain number"),
        ("2023,XAR,XBO,export", "line 2, value_usd = empty: must be a plain number"),
        ("2023,XAR,XBO,export,1,234", "line 2: more cells than the header names"),
        ("2023,XAR,XBO,export,123456789012345.67", "give no more than 15 digits"),
    ],
)
def test_a_broken_line_is_rejected_by_number_and_the_rest_is_taken(line, reason):
    file = read(HEADER + line + "\n2024,XAR,XBO,export,5\n")
    (rejection,) = file.rejections
    assert str(rejection).startswith("flows.csv, line 2")
    assert reason in str(rejection)
    assert [row.year for row in file.figures[""]] == [2024]


def test_lines_that_contradict_each_other_are_both_rejected_and_the_other_flow_is_kept():
    file = read(HEADER + "2023,XAR,XBO,export,1\n2023,XAR,XBO,import,9\n2023,XAR,XBO,export,2\n")
    assert [str(rejection) for rejection in file.rejections] == [
        "flows.csv, line 2, exports = 1.00: line 4 gives another value for the same flow and year; keep one",
        "flows.csv, line 4, exports = 2.00: line 2 gives another value for the same flow and year; keep one",
    ]
    assert [(row.exports, row.imports) for row in file.figures[""]] == [(None, Decimal(9))]


def test_a_line_said_twice_counts_once():
    file = read(HEADER + "2023,XAR,XBO,export,1\n2023,XAR,XBO,export,1.00\n")
    assert file.rejections == ()
    assert [row.exports for row in file.figures[""]] == [Decimal(1)]


def test_the_line_number_is_the_one_an_editor_shows():
    file = read(HEADER + '\n2023,XAR,"X\nBO",export,1\n2023,XAR,XBO,export,x\n')
    assert [rejection.place for rejection in file.rejections] == ["line 4", "line 5"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "flows.csv, line 1: the header must name the columns year, reporter, partner, flow, value_usd"),
        (b"year,reporter,partner,value_usd\n", "line 1: .* no flow"),
        (b"year,year,reporter,partner,flow,value_usd\n", "line 1: the header names the column year twice"),
        (b"year,reporter,partner,flow,value_usd\n2023,XAR,\xff", "flows.csv, line 2: not UTF-8 at byte 46"),
        (HEADER.encode("utf-16"), "flows.csv, line 1: the text is in UTF-16"),
        (HEADER.encode("utf-16-le"), "flows.csv, line 1: the text is in UTF-16"),
        (HEADER.encode() + b"2023,X\0R,XBO,export,1\n", "zero bytes"),
        (HEADER.encode() + b'2023,"XAR,XBO,export,1\n', "flows.csv, line 2: a quote is opened and not closed"),
        (HEADER.replace("\n", "\r").encode(), "line 1: the lines end with a carriage return alone"),
        (HEADER.encode() + b"2023," + b"X" * 200_000 + b"\n", "flows.csv, line 2: .* cell is longer than 100,000"),
        (HEADER.encode() + b"," * 5_000 + b"x\n", "flows.csv, line 2: 5,001 columns; at most 2,000 are read"),
        (HEADER.encode() + b"2023,XAR,XBO,export,1\n2023,XAR,XB", "line 3: the file ends in the middle of the line"),
        (gzip.compress(EXTRACT.encode())[:-9], "flows.csv is damaged: it ends in the middle"),
        (b"\x1f\x8b" + b"nonsense" * 9, "flows.csv is damaged"),
    ],
    ids=str,
)
def test_what_is_no_such_table_is_told_by_name(data, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(data)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_RATIO", 2)
    with pytest.raises(UnreadableFile, match="unfolds to more than 2 times its size"):
        read(gzip.compress((HEADER + "2023,XAR,XBO,export,1\n" * 1_000_000).encode()))
