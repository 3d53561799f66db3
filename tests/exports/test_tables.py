import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from targets.exports.tables import figures_csv
from targets.progress import Measure
from targets.records import ACTIVE, FIGURE_FIELDS, FigureStanding, SourceGrade, Valuation, neutral, original
from tests.charts.pages import figure, source

PROMISED = (
    "pair, reporter, partner, year, from_month, through_month, fiscal, measure, exports, imports, turnover, currency, "
    "valuation, standing, approximate, vintage, source, source_url, note"
)


def read(table):
    return list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))


def test_the_columns_are_the_promised_ones():
    assert ", ".join(FIGURE_FIELDS) == PROMISED
    assert read(figures_csv([])) == []
    assert figures_csv([]).content.decode("utf-8-sig") == PROMISED.replace(" ", "") + "\r\n"


def test_the_file_says_that_it_is_utf_8():
    assert figures_csv([]).content.startswith(b"\xef\xbb\xbf")


def test_where_decimals_follow_a_comma_semicolons_set_cells_apart_as_excel_reads_it_there():
    one = figure("XAR", 2023, exports=Decimal("133000000.50"), imports=Decimal("-1"), note="да; нет, «=1»")
    with override("ru"):
        written = figures_csv([one]).content
    assert written.startswith(b"\xef\xbb\xbfpair;reporter;")
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["exports"], row["imports"], row["turnover"]) == ("133000000,5", "-1", "132999999,5")
    assert row["note"] == "да; нет, «=1»"
    english = read(figures_csv([one]))[0]
    assert {name: text.replace(",", ".") for name, text in row.items() if name != "note"} == {
        name: text for name, text in english.items() if name != "note"
    }


def test_a_figure_is_one_row_with_its_source():
    office = source("k", publisher="Белстат", title="Yearbook")
    one = figure(
        "XAR",
        2023,
        exports=Decimal("133000000.00"),
        imports=Decimal("0.50"),
        vintage=date(2024, 2, 1),
        source=office,
        approximate=True,
    )
    (row,) = read(figures_csv([one]))
    assert row == {
        "pair": "xar-xbo",
        "reporter": "XAR",
        "partner": "XBO",
        "year": "2023",
        "from_month": "1",
        "through_month": "12",
        "fiscal": "",
        "measure": "goods_turnover",
        "exports": "133000000",
        "imports": "0.5",
        "turnover": "133000000.5",
        "currency": "USD",
        "valuation": "unknown",
        "standing": "final",
        "approximate": "true",
        "vintage": "2024-02-01",
        "source": "Белстат: Yearbook",
        "source_url": "https://example.org/k",
        "note": "",
    }


def test_a_figure_whose_source_forbids_it_is_left_out_and_counted():
    table = figures_csv([figure("XAR", 2020, 1.0), figure("XAR", 2021, 2.0, source=source(shareable=False))])
    assert (table.rows, table.withheld) == (1, 1)
    assert [row["year"] for row in read(table)] == ["2020"]


def test_a_compiler_is_named_in_the_note():
    (row,) = read(figures_csv([figure("", 2020, 1.0, compiler="EEC", note="about")]))
    assert (row["reporter"], row["note"]) == ("", "compiler: EEC; about")


def test_a_mirror_or_repost_is_named_and_not_linked():
    (row,) = read(figures_csv([figure("XAR", 2020, 1.0, source=source(grade=SourceGrade.LOW))]))
    assert (row["source"], row["source_url"]) == ("Office of Numbers", "")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://office.example/a", True),
        ("http://office.example/a", True),
        ("HTTPS://office.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//office.example/a", False),
        ("ftp://office.example/a", False),
        ("", False),
    ],
)
def test_only_a_web_page_is_linked(url, linked):
    (row,) = read(figures_csv([figure("XAR", 2020, 1.0, source=source(url=url))]))
    assert row["source_url"] == (url if linked else "")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_nothing_that_a_spreadsheet_would_run_leaves_the_site(text):
    (row,) = read(figures_csv([figure("XAR", 2020, 1.0, note=text, source=source(publisher=text))]))
    assert not row["note"].startswith(ACTIVE)
    assert not row["source"].startswith(ACTIVE)
    assert original(row["note"]) == text


def test_a_negative_number_stays_a_number():
    (row,) = read(figures_csv([figure("XAR", 2020, -5.0)]))
    assert row["turnover"] == "-5"


@given(st.text())
def test_a_neutral_cell_gives_back_exactly_what_was_there(text):
    assert original(neutral(text)) == text
    assert not neutral(text).startswith(ACTIVE)


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
figures = st.builds(
    lambda year, exports, note, title, measure, standing, valuation, months: figure(
        "XAR",
        year,
        exports=exports,
        imports=exports,
        note=note,
        measure=measure,
        standing=standing,
        valuation=valuation,
        from_month=months[0],
        through_month=months[1],
        source=source(title=title),
    ),
    st.none() | st.integers(1900, 2100),
    st.none() | st.decimals(0, 10**15, places=2),
    texts,
    texts,
    st.sampled_from(Measure),
    st.sampled_from(FigureStanding),
    st.sampled_from(Valuation),
    st.sampled_from([(1, 12), (1, 9), (None, None)]),
)


@given(st.lists(figures, max_size=8))
def test_what_was_written_can_be_read_back(given_figures):
    rows = read(figures_csv(given_figures))
    assert len(rows) == len(given_figures)
    for row, one in zip(rows, given_figures, strict=True):
        assert (int(row["year"]) if row["year"] else None) == one.year
        assert (Decimal(row["exports"]) if row["exports"] else None) == one.exports
        assert (Decimal(row["turnover"]) if row["turnover"] else None) == one.turnover
        assert (Measure(row["measure"]), FigureStanding(row["standing"])) == (one.measure, one.standing)
        assert Valuation(row["valuation"]) is one.valuation
        assert (int(row["from_month"] or 0) or None, int(row["through_month"] or 0) or None) == (
            one.from_month,
            one.through_month,
        )
        assert original(row["note"]) == one.note
        wanted = f"Office of Numbers: {one.source.title}" if one.source.title else "Office of Numbers"
        assert original(row["source"]) == wanted
