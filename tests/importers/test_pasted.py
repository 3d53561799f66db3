"""Blocks of cells out of spreadsheets: which column is what, which row is which year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.importers.pasted import MOST_SIGNS, read_pasted
from targets.importers.rows import UnreadableFile


def table(text, start="exports"):
    """The block as {year: (exports, imports, total)}, cells as texts."""
    rows = read_pasted(text, start).rows
    return {row.year: tuple(row.cells.get(name, "") for name in ("exports", "imports", "turnover")) for row in rows}


def test_years_and_three_columns_with_their_headings():
    assert table("Year\tExports\tImports\tTotal\n2022\t70.5\t66\t136.5\n2023\t80\t61\t141\n") == {
        2022: ("70.5", "66", "136.5"),
        2023: ("80", "61", "141"),
    }


@pytest.mark.parametrize(
    "header",
    [
        "Год\tТоварооборот\tЭкспорт\tИмпорт",
        "Period\tTotal trade\tExports to Borovia\tImports from Borovia",
        "\tВсего\tвывоз\tввоз",
        "год\tИтого, млн долл. США\tЭкспорт\tИмпорт",
    ],
)
def test_headings_name_the_columns_in_any_order_and_language(header):
    assert table(f"{header}\n2023\t141\t80\t61\n") == {2023: ("80", "61", "141")}


def test_without_headings_the_order_is_exports_imports_total():
    assert table("2022\t70\t66\n2023\t80\t61") == {2022: ("70", "66", ""), 2023: ("80", "61", "")}
    assert table("2022\t70\t66\t150\n2023\t80\t61\t160") == {2022: ("70", "66", "150"), 2023: ("80", "61", "160")}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)])
def test_without_headings_the_total_is_the_column_that_is_the_sum(order):
    rows = [("70,5", "66,0", "136,5"), ("80,1", "61,0", "141,1")]
    text = "\n".join("\t".join([str(2022 + place), *(row[one] for one in order)]) for place, row in enumerate(rows))
    assert {year: row[2] for year, row in table(text).items()} == {2022: "136,5", 2023: "141,1"}


@pytest.mark.parametrize(
    ("text", "start", "columns"),
    [
        ("70\n80", "exports", ("exports",)),
        ("70\n80", "turnover", ("turnover",)),
        ("70\t66\n80\t61", "exports", ("exports", "imports")),
        ("70\t136\n80\t141", "imports", ("imports", "turnover")),
    ],
)
def test_a_block_without_years_begins_where_it_was_pasted(text, start, columns):
    found = read_pasted(text, start)
    assert (found.columns, found.dated, [row.year for row in found.rows]) == (columns, False, [None, None])


def test_amounts_near_two_thousand_are_no_years():
    assert read_pasted("2010\n2005\n2040").columns == ("exports",)
    assert table("2022\t2010\t1990\n2023\t2010\t1995") == {2022: ("2010", "1990", ""), 2023: ("2010", "1995", "")}


def test_years_across_are_turned():
    text = "млн долл. США\n\t2021\t2022\t2023\nЭкспорт\t1\u00a0070,5\t80\t90\nИмпорт\t66\t61\t–"
    assert table(text) == {2021: ("1\u00a0070,5", "66", ""), 2022: ("80", "61", ""), 2023: ("90", "–", "")}
    assert read_pasted(text).power == 6


@pytest.mark.parametrize(
    ("cell", "year", "fiscal"),
    [
        ("2023", 2023, False),
        ("2023 г.", 2023, False),
        ("2023*", 2023, False),
        ("2023/24", 2023, True),
        ("2023-2024", 2023, True),
        ("FY 2023/24", 2023, True),
    ],
)
def test_a_year_is_known_as_people_write_it(cell, year, fiscal):
    found = read_pasted(f"{cell}\t70\t66")
    assert ([row.year for row in found.rows], found.fiscal) == ([year], fiscal)


@pytest.mark.parametrize(
    ("header", "power", "currency"),
    [
        ("Year\tExports, mln USD\tImports, mln USD", 6, "USD"),
        ("Год, тыс. долл. США\tЭкспорт\tИмпорт", 3, "USD"),
        ("Trade with Borovia (billion €)\t\t\nYear\tExports\tImports", 9, "EUR"),
        ("Year\tExports, thousand\tImports, million", None, ""),
        ("Year\tExports\tImports", None, ""),
    ],
)
def test_headings_say_the_unit_and_the_currency(header, power, currency):
    found = read_pasted(f"{header}\n2023\t70\t66\n")
    assert (found.power, found.currency, found.columns) == (power, currency, ("exports", "imports"))


def test_columns_that_are_no_amounts_of_ours_are_left_out_and_told():
    found = read_pasted("Year\tExports\tGrowth, %\tImports\tBalance\n2022\t70\t5\t66\t4\n2023\t80\t14\t61\t19\n")
    assert (found.columns, found.left_out) == (("exports", "imports"), ("Growth, %", "Balance"))


def test_lines_that_are_no_years_are_left_out_and_told():
    found = read_pasted("2022\t70\n2023\t80\nJan–Sep 2024\t66\nSource: the office\t")
    assert [row.year for row in found.rows] == [2022, 2023]
    assert found.left_out == ("Jan–Sep 2024 66", "Source: the office")


@pytest.mark.parametrize("gap", ["\t", ";", "   ", "\u00a0\u00a0"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_and_lines_may_be_parted_in_every_usual_way(gap, end):
    assert table(end.join(gap.join(row) for row in (("2022", "1 070,5", "66"), ("2023", "80", "61")))) == {
        2022: ("1 070,5", "66", ""),
        2023: ("80", "61", ""),
    }


def test_blank_lines_and_quotes_do_not_matter():
    assert table('\n\n"2022"\t"70"\t66\n\n2023\t80\t61\n\n') == {2022: ("70", "66", ""), 2023: ("80", "61", "")}


def test_cells_stay_as_they_were_also_where_nobody_can_read_them():
    assert table("2022\t1,234\t~66\n2023\t80\t61") == {2022: ("1,234", "~66", ""), 2023: ("80", "61", "")}


@pytest.mark.parametrize(
    "text", ["", "\n\t\n", "nothing to see", "Year\tExports", "a" * (MOST_SIGNS + 1), "\t" * 300 + "5"]
)
def test_what_holds_no_table_is_refused(text):
    with pytest.raises(UnreadableFile):
        read_pasted(text)


@given(st.text(alphabet="0123456789 ,.;\t\n\r\u00a0-/аэкспортexports$%", max_size=300))
def test_any_text_is_a_table_or_refused(text):
    try:
        found = read_pasted(text)
    except UnreadableFile:
        return
    assert found.columns
    assert all(set(row.cells) <= set(found.columns) for row in found.rows)


cells = st.integers(3000, 10**7).map(str)


@given(
    st.lists(st.tuples(cells, cells), min_size=2, max_size=12), st.booleans(), st.permutations(["Exports", "Imports"])
)
def test_a_table_is_the_same_down_and_across(rows, named, order):
    names = [order[0] if named else "", order[1] if named else ""]
    years = [str(2000 + place) for place in range(len(rows))]
    down = [["Year", *names]] * named + [[year, *row] for year, row in zip(years, rows, strict=True)]
    across = [["", *years], *[[names[place], *(row[place] for row in rows)] for place in range(2)]]
    text = ["\n".join("\t".join(line) for line in block) for block in (down, across)]
    assert table(text[0]) == table(text[1])
