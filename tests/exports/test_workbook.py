"""The workbook of figures: what a reader of workbooks finds in it, and that nothing in it runs."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from targets.exports.tables import About, figures_csv, figures_json
from targets.exports.workbook import figures_xlsx
from targets.records import FIGURE_FIELDS, original
from tests.charts.pages import figure, source, years

ABOUT = About(
    slug="xar-xbo-500m-usd-2030",
    title="Arlandia – Borovia: $500m by 2030",
    verdict="It is too slow.",
    address="https://trade.example/targets/xar-xbo-500m-usd-2030/",
    day=date(2026, 11, 22),
    data_version=4321,
)
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "http://a.example", "007", "Боровия; «да»"]


def sheet(table, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(table.content)).get_sheet_by_name(name).to_python()


def records(table, name="figures"):
    header, *rows = sheet(table, name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def xml_of(table, file):
    with zipfile.ZipFile(io.BytesIO(table.content)) as parts:
        return parts.read(file).decode()


def test_it_has_the_figures_their_sources_and_what_they_are_about():
    book = CalamineWorkbook.from_filelike(io.BytesIO(figures_xlsx([figure("XAR", 2024, 133e6)], ABOUT).content))
    assert book.sheet_names == ["figures", "sources", "about"]


def test_numbers_are_numbers_a_negative_one_too_and_unknown_is_empty():
    one = figure("XAR", 2024, exports=Decimal("-5"), imports=Decimal("0.50"), approximate=True)
    (row,) = records(figures_xlsx([one], ABOUT))
    assert (row["year"], row["exports"], row["imports"], row["turnover"]) == (2024, -5, 0.5, -4.5)
    assert row["approximate"] is True
    (row,) = records(
        figures_xlsx([figure("", None, 7e9, compiler="press", from_month=None, through_month=None)], ABOUT)
    )
    assert (row["year"], row["from_month"], row["exports"], row["turnover"]) == ("", "", "", 7e9)


@pytest.mark.parametrize("text", NASTY)
def test_a_text_stays_the_text_it_is_and_nothing_runs(text):
    nasty = source("k", publisher=text, title="", terms=text)
    table = figures_xlsx([figure("XAR", 2024, 1e6, note=text, source=nasty)], ABOUT)
    assert records(table)[0]["note"] == text
    assert records(table)[0]["source"] == text
    assert records(table, "sources")[0]["terms"] == text
    for number in (1, 2, 3):
        assert not re.search(r"<f[ >]|<hyperlink", xml_of(table, f"xl/worksheets/sheet{number}.xml"))


def test_the_header_stays_in_sight_and_columns_have_widths():
    table = figures_xlsx([figure("XAR", 2024, 1e6)], ABOUT)
    for number in (1, 2):
        drawn = xml_of(table, f"xl/worksheets/sheet{number}.xml")
        assert 'state="frozen"' in drawn
        assert 'ySplit="1"' in drawn
    assert xml_of(table, "xl/worksheets/sheet1.xml").count("<col ") > 3


def test_workbook_csv_and_json_hold_the_same_figures():
    figures = [
        *years("XAR", 2020, 80e6, 95.5e6, None, 125e6),
        figure("XBO", 2024, exports=Decimal("60000000"), imports=Decimal("50000000.25"), note="=1+1"),
        figure("XAR", 2026, 101e6, through_month=9, approximate=True, vintage=date(2026, 10, 1)),
    ]
    told = list(csv.DictReader(io.StringIO(figures_csv(figures).content.decode("utf-8-sig"), newline="")))
    content = json.loads(figures_json(figures, ABOUT).content)
    booked = records(figures_xlsx(figures, ABOUT))
    assert len(told) == len(booked) == len(content["figures"]) == 5
    for row, cells, one in zip(told, booked, content["figures"], strict=True):
        for field in FIGURE_FIELDS:
            text = original(row[field])
            assert str(cells[field]).removesuffix(".0").replace("True", "true").replace("False", "false") == text, field
            value = one[field]
            same = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            assert same == text, field


def test_figures_that_may_not_be_passed_on_are_in_no_sheet_and_counted():
    closed = source("closed", publisher="Closed Office", shareable=False)
    figures = [figure("XAR", 2024, 1e6), figure("XBO", 2024, 2e6, source=closed)]
    table = figures_xlsx(figures, ABOUT)
    assert (table.rows, table.withheld) == (1, 1)
    assert [row["reporter"] for row in records(table)] == ["XAR"]
    assert [row["publisher"] for row in records(table, "sources")] == ["Office of Numbers"]
    assert dict(sheet(table, "about"))["Left out"] == 1
    assert json.loads(figures_json(figures, ABOUT).content)["withheld"] == 1


def test_it_says_what_it_is_about_in_the_language_of_the_reader():
    told = dict(sheet(figures_xlsx([], ABOUT), "about"))
    assert told["Target"] == ABOUT.title
    assert told["Address"] == ABOUT.address
    assert (told["As of"], told["Data version"]) == ("2026-11-22", 4321)
    with override("ru"):
        assert dict(sheet(figures_xlsx([], ABOUT), "about"))["Версия данных"] == 4321


def test_the_same_figures_have_the_same_bytes():
    figures = years("XAR", 2020, 80e6, 95e6)
    assert figures_xlsx(figures, ABOUT).content == figures_xlsx(figures, ABOUT).content


def test_a_source_is_told_once_with_the_number_of_its_figures():
    other = source("other", publisher="Other Office")
    figures = [*years("XAR", 2020, 80e6, 95e6), figure("XBO", 2020, 70e6, source=other)]
    told = {row["publisher"]: row["figures"] for row in records(figures_xlsx(figures, ABOUT), "sources")}
    assert told == {"Office of Numbers": 2, "Other Office": 1}
