"""Workbooks of the old kind: read as the new ones are, and refused where a reader would lay out a mountain."""

import struct

import pytest

from targets.importers import UnreadableFile, old_workbooks, read_figures
from targets.importers.opening import kind_of
from targets.importers.workbooks import sheets

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(0x0203, place + struct.pack("<d", value))


def sheet_of(rows):
    return [cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value != ""]


def stream(records, version=0x0600):
    """The records of one sheet, behind those of the workbook that name it."""

    def begin(what):
        return record(0x0809, struct.pack("<HHHHII", version, what, 0, 0, 0, 0))

    head = begin(0x0005)
    title = b"data"
    where = len(head) + 4 + 6 + 2 + len(title) + 4
    names = record(0x0085, struct.pack("<IHBB", where, 0, len(title), 0) + title)
    return head + names + record(0x000A) + begin(0x0010) + b"".join(records) + record(0x000A)


def file_of(content, title="Workbook"):
    """A file system with one stream of at least 4,096 bytes."""
    content = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")
    parts = len(content) // SECTOR
    numbers = -(-(parts + 2) * 4 // SECTOR)
    while -(-(parts + 1 + numbers) * 4 // SECTOR) > numbers:
        numbers += 1
    chains = [*range(1, parts), END, END, *[TABLE] * numbers]
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(numbers * SECTOR, b"\xff")

    def entry(name, kind, start, size, child=FREE):
        letters = name.encode("utf-16-le") + b"\0\0"
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(letters), kind, 1, FREE, FREE, child)
            + bytes(36)
            + struct.pack("<III", start, size, 0)
        )

    entries = entry("Root Entry", 5, END, 0, child=1) + entry(title, 2, 0, len(content)) + entry("", 0, 0, 0) * 2
    where = struct.pack("<109I", *[parts + 1 + number for number in range(numbers)], *[FREE] * (109 - numbers))
    header = (
        old_workbooks.MAGIC
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, numbers, parts, 0, 4096, END, 0, END, 0)
        + where
    )
    return header + content + entries + table


def workbook(records, **how):
    return file_of(stream(records), **how)


def test_an_old_workbook_is_lines_of_cells_like_a_new_one():
    data = workbook(sheet_of([["Кыргызстан", 1.5], [], ["", 7.0]]))
    assert kind_of(data, "table.xls") == "workbook"
    (lines,) = sheets(data, "table.xls").values()
    assert list(lines) == [(1, ["Кыргызстан", "1.5"]), (3, ["", "7"])]


def test_kazakhstans_table_is_read_as_the_bureau_hands_it_out(directory):
    rows = [
        ["Основные показатели внешней торговли Республики Казахстан"],
        ["2023 год"],
        ["", "", "", "", "тыс. долларов США"],
        ["Наименование", "Товарооборот", "", "Экспорт", "", "Импорт"],
        ["Всего", 3.5, 100.0, 2.25, 100.0, 1.25, 100.0],
        ["Кыргызстан", 3.5, 100.0, 2.25, 100.0, 1.25, 100.0],
    ]
    one, file = read_figures(workbook(sheet_of(rows)), "Основные показатели.xls", directory)
    assert one.name == "kazakhstan"
    assert [(row.second, row.year, row.exports, row.imports) for row in file.rows] == [("KGZ", 2023, 2250, 1250)]


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([cell(65_535, 255, 1.0)], "reaches to row 65,536 and column 256"),
        ([record(0x0200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 256, 0))], "reaches to row 4,294,967,295"),
        ([record(0x00BE, struct.pack("<HH", 60_000, 0) + bytes(2) + struct.pack("<H", 255))], "column 256"),
        ([record(0x002F, bytes(6))], "locked with a password"),
        ([record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 0))] * 5_000 + [record(0x00FC, bytes(8_000))] * 5, "more cells"),
        ([record(0x0201, bytes(6))] * (old_workbooks.MOST_CELLS + 1), "more cells"),
        ([record(0x0203, b"\0")], "is damaged"),
    ],
    ids=["far cell", "claimed size", "far blanks", "password", "one text in many cells", "cells", "short record"],
)  # fmt: skip
def test_what_would_fill_the_memory_is_refused_before_it_is_read(records, reason):
    with pytest.raises(UnreadableFile, match=reason):
        sheets(workbook(records), "bomb.xls")


def test_only_workbooks_without_macros_are_read():
    with pytest.raises(UnreadableFile, match="no workbook of tables"):
        sheets(workbook([], title="WordDocument"), "letter.doc")
    with pytest.raises(UnreadableFile, match="holds macros"):
        sheets(workbook([], title="_VBA_PROJECT_CUR"), "macros.xls")


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(old_workbooks, "LARGEST", 1024**2)
    with pytest.raises(UnreadableFile, match="larger than 1 MB"):
        sheets(old_workbooks.MAGIC + bytes(1024**2), "large.xls")


def test_sectors_in_a_circle_are_told():
    data = bytearray(workbook(sheet_of([["a", 1.0]])))
    table = data.rindex(struct.pack("<II", 1, 2))
    data[table : table + 4] = struct.pack("<I", 0)
    with pytest.raises(UnreadableFile, match="run in a circle"):
        sheets(bytes(data), "circle.xls")


def test_a_file_cut_anywhere_or_with_a_wrong_byte_is_read_or_refused_and_nothing_else():
    whole = workbook(sheet_of([["Кыргызстан", 1.5, 2.5]] * 40))
    refused = 0
    for place in range(7, len(whole), 131):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            try:
                [list(lines) for lines in sheets(data, "table.xls").values()]
            except UnreadableFile:
                refused += 1
    assert refused > 50


def test_a_workbook_whose_sheet_lies_outside_of_it_is_refused_where_the_reader_breaks_down():
    data = workbook(sheet_of([["a", 1.0]]))
    list_of_sheets = data.index(struct.pack("<H", 0x0085), SECTOR) + 4
    data = data[:list_of_sheets] + struct.pack("<I", 0xFFFFFF) + data[list_of_sheets + 4 :]
    with pytest.raises(UnreadableFile, match=r"table\.xls is a damaged workbook"):
        sheets(data, "table.xls")
