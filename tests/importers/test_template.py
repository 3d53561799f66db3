"""Our own table: filled in as CSV or workbook, and read back as the site hands it out, byte for byte."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from targets.exports.tables import figures_csv
from targets.exports.template import template_csv, template_xlsx
from targets.importers import Directory, KnownEconomy, UnreadableFile, read_figures
from targets.progress import Measure
from targets.records import CHOICES, TEMPLATE_FIELDS, FigureStanding, Valuation, folded
from tests.charts.pages import figure, source

WORLD = Directory.of(KnownEconomy(code, code == "XUN", "", None, ()) for code in ("XAR", "XBO", "XCA", "XUN"))
FULL = {
    "pair": "xar-xbo", "reporter": "XBO", "partner": "XAR", "year": "2023", "from_month": "1", "through_month": "12",
    "fiscal": "", "measure": "goods_turnover", "exports": "100", "imports": "50.5", "turnover": "", "currency": "EUR",
    "valuation": "fob_cif", "standing": "preliminary", "approximate": "false", "note": "as revised",
}  # fmt: skip


def read(*lines, header=TEMPLATE_FIELDS, format_name="auto"):
    text = "".join(",".join(f'"{line.get(field, "")}"' for field in header) + "\r\n" for line in lines)
    return figures((",".join(header) + "\r\n" + text).encode("utf-8-sig"), format_name=format_name)


def figures(data, name="figures.csv", format_name="auto"):
    one, file = read_figures(data, name, WORLD, format_name)
    assert one.name == "template"
    assert file.read == file.taken + len(file.rejections)
    return file


def test_a_line_is_a_figure_as_written():
    (row,) = read(FULL).rows
    assert (row.first, row.second, row.reporter, row.compiler) == ("XAR", "XBO", "XBO", "")
    assert (row.year, row.from_month, row.through_month, row.fiscal) == (2023, 1, 12, "")
    assert (row.exports, row.imports, row.turnover) == (Decimal(100), Decimal("50.5"), None)
    assert (row.measure, row.currency, row.valuation) == (Measure.GOODS_TURNOVER, "EUR", Valuation.FOB_CIF)
    assert (row.standing, row.approximate, row.note) == (FigureStanding.PRELIMINARY, False, "as revised")
    assert row.place == "line 2"


def test_what_is_left_empty_is_goods_in_dollars_of_unknown_standing():
    (row,) = read({"reporter": "XBO", "partner": "XAR", "year": "2023", "turnover": "7"}).rows
    assert (row.measure, row.currency, row.valuation) == (Measure.GOODS_TURNOVER, "USD", Valuation.UNKNOWN)
    assert (row.standing, row.approximate, row.from_month) == (FigureStanding.UNKNOWN, False, None)


def test_either_the_pair_or_the_partner_is_enough():
    for missing in ("pair", "partner"):
        (row,) = read(FULL | {missing: ""}).rows
        assert (row.first, row.second, row.reporter) == ("XAR", "XBO", "XBO")


def test_columns_may_stand_in_any_order_and_a_foreign_one_is_told():
    file = read(FULL | {"Remark": "x"}, header=(*reversed(TEMPLATE_FIELDS), "Remark"))
    assert len(file.rows) == 1
    assert file.warnings[0].startswith("The column 'remark' is not read")


def test_a_bloc_and_a_fiscal_year_are_taken():
    (row,) = read(FULL | {"pair": "xar-xun", "reporter": "XUN", "partner": "", "fiscal": "XAR"}).rows
    assert (row.first, row.second, row.reporter, row.fiscal) == ("XAR", "XUN", "XUN", "XAR")


def test_lines_that_give_parts_of_one_figure_become_one():
    (row,) = read(FULL | {"imports": ""}, FULL | {"exports": ""}).rows
    assert (row.exports, row.imports) == (Decimal(100), Decimal("50.5"))


def test_lines_that_contradict_each_other_are_both_rejected():
    file = read(FULL, FULL | {"exports": "101"}, FULL | {"year": "2022"})
    assert [row.year for row in file.rows] == [2022]
    assert [rejection.place for rejection in file.rejections] == ["line 2", "line 3"]
    assert "line 3 gives another figure of the same period" in file.rejections[0].reason


def test_a_turnover_that_is_the_sum_says_nothing_new_and_another_one_must_be_explained():
    (row,) = read(FULL | {"turnover": "150.5"}).rows
    assert row.turnover is None
    file = read(FULL | {"turnover": "900", "note": ""})
    assert "do not add up" in str(file.rejections[0])
    (row,) = read(FULL | {"turnover": "900", "note": "with gold"}).rows
    assert row.turnover == Decimal(900)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pair": "xbo-xar"}, "pair = 'xbo-xar': must be the codes of two economies in alphabetical order"),
        ({"pair": "xar-xzz"}, "pair = 'xar-xzz': must be the codes"),
        ({"pair": "xar-xca"}, "pair = 'xar-xca': reporter and partner are XBO and XAR"),
        ({"pair": "", "partner": ""}, "pair = empty: name the pair"),
        ({"reporter": "Borovia"}, "reporter = 'Borovia': no economy of this site has this code"),
        ({"partner": "XBO"}, "reporter and partner are XBO and XBO"),
        ({"reporter": "", "note": "OEC"}, "reporter = empty: name the reporter, or begin the note with 'compiler: '"),
        ({"year": "23"}, "year = 23: the year must lie between"),
        ({"year": "2023.5"}, "year = '2023.5': must be a whole number"),
        ({"year": ""}, "year = null: a period of months needs a year"),
        ({"through_month": ""}, "period = 1–null: give both months or neither"),
        ({"through_month": "13"}, "months run from 1 to 12"),
        ({"fiscal": "XZZ"}, "fiscal = 'XZZ': must be the code"),
        ({"measure": "goods"}, "measure = 'goods': must be one of goods_turnover"),
        ({"exports": "1 000"}, "exports = '1 000': must be a plain number"),
        ({"exports": "-5"}, "exports = '-5': must be a plain number, not below zero"),
        ({"exports": "1e400"}, "exports"),
        ({"exports": "=1+1"}, "exports = '=1+1'"),
        ({"exports": "", "imports": ""}, "give exports, imports or the total"),
        ({"currency": "euro"}, "currency = euro: the currency is three capital letters"),
        ({"standing": "sure"}, "standing = 'sure': must be one of final"),
        ({"approximate": "maybe"}, "approximate = 'maybe': must be one of true, false"),
    ],
)
def test_a_broken_line_is_rejected_by_field_and_the_rest_is_taken(change, reason):
    file = read(FULL | change, FULL | {"year": "2022"})
    (rejection,) = file.rejections
    assert rejection.place == "line 2"
    assert reason in str(rejection).replace("''", "empty")
    assert [row.year for row in file.rows] == [2022]


def test_the_empty_template_is_recognised_and_holds_nothing():
    assert figures(template_csv()).read == 0
    assert figures(template_xlsx(), "template.xlsx").read == 0


def test_a_filled_in_workbook_gives_the_same_figure_as_the_table():
    header, *_ = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx())).get_sheet_by_name("figures").to_python()
    typed = FULL | {
        "year": 2023,
        "from_month": 1,
        "through_month": 12,
        "exports": 100,
        "imports": 50.5,
        "approximate": False,
    }
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("first").write(0, 0, "what I did today")
        sheet = book.add_worksheet("figures")
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, [typed[field] for field in header])
    assert figures(content.getvalue(), "filled.xlsx").rows == read(FULL).rows


def test_a_table_of_another_kind_is_refused_by_name():
    with pytest.raises(UnreadableFile, match=r"the header must name the columns year, reporter; no reporter"):
        read_figures(b"year,value\n2020,1\n", "other.csv", WORLD, "template")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("data").write(0, 0, "year")
    with pytest.raises(UnreadableFile, match="no sheet begins with the columns of the template"):
        read_figures(content.getvalue(), "other.xlsx", WORLD, "template")


def handed_out(rows, like):
    """The rows as stored figures of one release, to be handed out again."""
    return [
        replace(
            like, pair=f"{row.first}-{row.second}".lower(), reporter=row.reporter, compiler=row.compiler,
            partner="" if row.compiler else {row.first: row.second, row.second: row.first}[row.reporter],
            year=row.year, from_month=row.from_month, through_month=row.through_month, fiscal=row.fiscal,
            measure=row.measure, exports=row.exports, imports=row.imports, stated_turnover=row.turnover,
            currency=row.currency, valuation=row.valuation, standing=row.standing, approximate=row.approximate,
            note=row.note,
        )
        for row in rows
    ]  # fmt: skip


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="=+-@'\""), max_size=30
).map(str.strip)
AMOUNTS = st.decimals(0, 10**12, places=2)


@st.composite
def stored(draw, year):
    compiler = draw(st.sampled_from(["", "OEC", "CEPII BACI"]))
    exports, imports = draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS)
    months = draw(st.sampled_from([(1, 12), (1, 9), (None, None)]))
    return figure(
        "" if compiler else "XBO", year,
        compiler=compiler, partner="" if compiler else "XAR",
        from_month=months[0], through_month=months[1],
        fiscal=draw(st.sampled_from(["", "XAR"])), measure=draw(st.sampled_from(Measure)),
        exports=exports, imports=imports,
        stated_turnover=draw(AMOUNTS) if exports is None or imports is None else None,
        currency=draw(st.sampled_from(["USD", "EUR"])), valuation=draw(st.sampled_from(Valuation)),
        standing=draw(st.sampled_from(FigureStanding)), approximate=draw(st.booleans()),
        vintage=date(2026, 1, 2), note=draw(TEXTS), source=source("office"),
    )  # fmt: skip


@given(st.lists(st.integers(1990, 2025), unique=True, max_size=4).flatmap(lambda years: st.tuples(*map(stored, years))))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_figures_handed_out_read_back_and_handed_out_again_are_the_same_bytes(language, given_figures):
    with override(language):
        before = figures_csv(given_figures).content
        rows = figures(before).rows
        assert len(rows) == len(given_figures)
        like = given_figures[0] if given_figures else figure("XBO", 2020, 1)
        assert figures_csv(handed_out(rows, like)).content == before


@pytest.mark.parametrize(("written", "amount"), [("50,5", "50.5"), ("1234567,89", "1234567.89"), ("50.5", "50.5")])
def test_where_semicolons_set_cells_apart_a_comma_may_stand_before_the_decimals(written, amount):
    (row,) = figures(f"reporter;partner;year;turnover\r\nXBO;XAR;2023;{written}\r\n".encode()).rows
    assert row.turnover == Decimal(amount)


@pytest.mark.parametrize("written", ["1,234", "1,234,56", "1.234,56", ",5", "5,", "-0,5"])
def test_a_comma_that_may_part_thousands_is_not_guessed_at(written):
    file = figures(f"reporter;partner;year;turnover\r\nXBO;XAR;2023;{written}\r\n".encode())
    assert (len(file.rows), file.rejections[0].field) == (0, "turnover")
    quoted = figures(b'reporter,partner,year,turnover\r\nXBO,XAR,2023,"50,5"\r\n')
    assert (len(quoted.rows), quoted.rejections[0].field) == (0, "turnover")


def test_the_template_offers_every_choice_that_is_read():
    for field, choices in CHOICES.items():
        for choice in choices:
            assert read(FULL | {field: choice}).rejections == ()
    assert folded("TRUE") in CHOICES["approximate"]


def test_an_amount_written_with_commas_is_rejected_and_not_cut_to_its_first_digits():
    file = figures(b"reporter,partner,year,turnover\r\nXBO,XAR,2023,1,234\r\nXBO,XAR,2022,7\r\n")
    assert [row.year for row in file.rows] == [2022]
    assert "written with commas" in str(file.rejections[0])
