"""The empty table: the promised columns, choices in the sheet, each column explained in both languages."""

import io
import re
import zipfile

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from targets.exports.template import template_csv, template_xlsx
from targets.records import CHOICES, FIGURE_FIELDS, TEMPLATE_FIELDS

PROMISED = (
    "pair,reporter,partner,year,from_month,through_month,fiscal,measure,exports,imports,turnover,currency,valuation,"
    "standing,approximate,note"
)


def sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_columns_are_those_of_the_sites_own_tables_without_what_the_release_says():
    assert template_csv().decode("utf-8-sig") == PROMISED + "\r\n"
    assert sheets(template_xlsx())["figures"] == [PROMISED.split(",")]
    assert [field for field in FIGURE_FIELDS if field not in TEMPLATE_FIELDS] == ["vintage", "source", "source_url"]


def test_excel_is_told_that_the_csv_is_utf_8():
    assert template_csv().startswith(b"\xef\xbb\xbf")


def test_the_sheet_offers_the_values_that_a_column_may_have():
    offered = re.findall(r"<formula1>\"([^\"]*)\"</formula1>", part(template_xlsx(), "xl/worksheets/sheet1.xml"))
    assert offered == [",".join(values) for values in CHOICES.values()]
    # A longer list is a damaged workbook to Excel.
    assert all(len(values) <= 255 for values in offered)


@pytest.mark.parametrize(("language", "letters"), [("en", "[a-z]"), ("ru", "[а-яё]")])
def test_every_column_is_explained_in_the_readers_language(language, letters):
    with override(language):
        heading, *lines = sheets(template_xlsx())["fields"]
    assert [field for field, _, _ in lines] == PROMISED.split(",")
    assert all(re.search(letters, said, re.I) for said in (*heading, *(said for _, said, _ in lines)))
    assert {field: tuple(values.split("\n")) for field, _, values in lines if values} == CHOICES


def test_the_same_template_has_the_same_bytes():
    assert template_xlsx() == template_xlsx()
