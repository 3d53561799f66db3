"""Workbooks are looked through before they are opened: bombs, lies and traps are refused at once and cheaply."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter

from targets.importers import UnreadableFile, read_figures
from targets.importers.workbooks import sheets
from tests.refusals import most_memory

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="b"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="b" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def packed(*sheet, **others):
    """A workbook whose sheet is made of these pieces; ``others`` replaces or adds parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in (PARTS | others.get("parts", {})).items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in (HEAD, *sheet, TAIL):
                part.write(piece)
    return file.getvalue()


def row(number, *cells):
    return b'<row r="%d">%s</row>' % (number, b"".join(b'<c r="%s"><v>1</v></c>' % cell for cell in cells))


def lying():
    """A workbook whose directory says that its sheet has a thousand bytes."""
    data = bytearray(packed(b" " * 5_000_000))
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", data, place + 24, 1000)
    return bytes(data)


def damaged():
    data = bytearray(packed(row(1, b"A1") * 100))
    data[data.find(b"xl/worksheets/sheet1.xml") + 40] ^= 0xFF
    return bytes(data)


TEXT = "<sst><si><t>" + "x" * 30_000 + "</t></si></sst>"
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
BOMBS = {
    "300 MB in one": (lambda: packed(*[b" " * 1_000_000] * 300), "unfolds to more than 64 MB"),
    "cells without end": (lambda: packed(b"<row>" + b"<c/>" * 700_000 + b"</row>"), "more than 600,000 cells"),
    "the farthest cell": (
        lambda: packed(row(1, b"A1"), row(1_048_576, b"XFD1048576")),
        "row 1,048,576 and column 16,384",
    ),
    "far rows without names": (
        lambda: packed(b'<row r="1048575"><c/></row><row><c/><c/><c/></row>'),
        "row 1,048,576 and column 2 makes the sheet too large",
    ),
    "one long text in many cells": (
        lambda: packed(
            b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 9_000 + b"</row>", parts={"xl/sharedStrings.xml": TEXT}
        ),
        "a text of 30,000 characters and more than 3,355 text cells",
    ),
    "2,000 parts": (
        lambda: packed(parts={f"xl/worksheets/s{number}.xml": "<a/>" for number in range(2_000)}),
        "has 2,005 parts",
    ),
    "10,000 sheets": (
        lambda: packed(parts={"xl/workbook.xml": f"<workbook><sheets>{'<sheet/>' * 10_000}</sheets></workbook>"}),
        "more than 100 sheets",
    ),
    "a zip inside": (lambda: packed(parts={"xl/embeddings/a.zip": packed()}), "holds 'xl/embeddings/a.zip'"),
    "a way out": (lambda: packed(parts={"../../a.xml": "<a/>"}), "leads out of the workbook"),
    "a way out by backslash": (lambda: packed(parts={"..\\a.xml": "<a/>"}), "leads out of the workbook"),
    "entities": (lambda: packed(parts={"xl/styles.xml": ENTITIES + b"<a>&b;</a>"}), "document type is not read"),
    "a sheet elsewhere": (
        lambda: packed(
            parts={"xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace(".xml", ".bin")}
        ),
        "keeps its worksheet outside itself",
    ),
    "a lying header": (lying, "holds something else than its header claims"),
    "damaged": (damaged, "damaged|something else than its header"),
    "cut in half": (lambda: packed(row(1, b"A1") * 100)[:700], "no sound XLSX workbook"),
    "broken inside": (lambda: packed(b"<row>"), "not XML: mismatched tag"),
    "a zero character": (
        lambda: packed(b'<row r="2"><c r="A2" t="inlineStr"><is><t>a_x0000_b</t></is></c></row>'),
        "line 2: a cell holds a zero character",
    ),
    "no workbook": (lambda: b"PK\3\4" + bytes(500), "no sound XLSX workbook"),
}


@pytest.fixture(scope="module")
def bombs():
    return {name: make() for name, (make, _reason) in BOMBS.items()}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_file_part_and_reason(name, bombs, directory):
    with pytest.raises(UnreadableFile, match=BOMBS[name][1]) as refused:
        read_figures(bombs[name], "a.xlsx", directory)
    assert str(refused.value).startswith("a.xlsx")


def test_bombs_are_refused_in_little_memory(bombs, tmp_path):
    assert most_memory(bombs, tmp_path, "auto") < 150 * 1024**2


def test_parts_that_share_their_bytes_are_refused():
    data = bytearray(packed(b" " * 1000))
    first = data.find(b"PK\1\2")
    second = data.find(b"PK\1\2", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    with pytest.raises(UnreadableFile, match="overlaps another part"):
        sheets(bytes(data), "a.xlsx")


def test_two_parts_of_one_name_are_refused():
    file = io.BytesIO(packed())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableFile, match="two parts of one name"):
        sheets(file.getvalue(), "a.xlsx")


def test_cells_are_text_as_a_table_would_have_them_and_rows_have_the_numbers_that_are_shown():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(2, 1, ["Китай", 2022, 64022.78, 1e-7, -5, True, "  a "])
        sheet.write_datetime(4, 0, date(2022, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.add_worksheet("Empty")
    found = {title: list(lines) for title, lines in sheets(file.getvalue(), "a.xlsx").items()}
    assert found == {
        "Figures": [
            (3, ["", "Китай", "2022", "64022.78", "1e-07", "-5", "true", "a"]),
            (5, ["2022-05-01", "", "", "", "", "", "", ""]),
        ],
        "Empty": [],
    }
