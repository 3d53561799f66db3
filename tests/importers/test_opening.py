"""What a received file is and what is refused at the door: encodings, line ends, widths, floods, each with its line."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile

import pytest

from targets.importers import FORMATS, UnreadableFile, opening, read_figures, recognised
from targets.importers.opening import named, table
from tests.refusals import most_memory

HEADER = "year,reporter,partner,flow,value_usd\n"
LINE = "2023,KAZ,CHN,export,1\n"
WHOLE = HEADER + LINE * 1000


def lines(text, **how):
    return list(table(text if isinstance(text, bytes) else text.encode(), "a.csv", **how))


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_the_separator_is_the_one_that_the_first_lines_show(separator):
    assert lines(f"a{separator}b c{separator}d\n1{separator}2{separator}3\n") == [
        (1, ["a", "b c", "d"]),
        (2, ["1", "2", "3"]),
    ]


def test_commas_inside_quotes_do_not_make_the_separator():
    assert lines('"Exports, FOB";"Imports, CIF, USD"\n1;2\n')[1] == (2, ["1", "2"])


def test_a_byte_order_mark_crlf_blank_lines_and_blanks_around_cells_leave_no_trace():
    assert lines(b"\xef\xbb\xbfa,b\r\n\r\n 1 ,\xc2\xa02\r\n,\r\n") == [(1, ["a", "b"]), (3, ["1", "2"])]


def test_latin_1_is_read_where_a_format_says_so_and_refused_elsewhere():
    text = "a,b\nCuraçao,1\n".encode("latin-1")
    assert lines(text, encodings=opening.UTF8_OR_LATIN1)[1] == (2, ["Curaçao", "1"])
    with pytest.raises(UnreadableFile, match=r"a\.csv, line 2: not UTF-8 at byte 8"):
        lines(text)


def test_utf_8_is_never_read_as_latin_1():
    assert lines("a,b\nCuraçao,1\n", encodings=opening.UTF8_OR_LATIN1)[1] == (2, ["Curaçao", "1"])


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
def test_the_byte_that_is_no_utf_8_is_told_far_into_the_file(compressed):
    data = WHOLE.encode() * 100 + b"\xff\n"
    with pytest.raises(UnreadableFile, match=rf"a\.csv, line 100101: not UTF-8 at byte {len(data) - 2}"):
        lines(gzip.compress(data, 1) if compressed else data)


def test_the_last_line_without_a_line_end_is_taken_when_it_is_whole_and_refused_when_it_is_cut():
    assert lines("a,b,c\n1,2,3")[-1] == (2, ["1", "2", "3"])
    with pytest.raises(UnreadableFile, match=r"a\.csv, line 2: the file ends in the middle of the line"):
        lines("a,b,c\n1,2")


def test_columns_are_found_by_name_in_any_case_and_what_stands_beyond_them_is_told():
    found = list(named(iter([(1, ["A", "b", ""]), (2, ["1"]), (3, ["1", "2", "", "4"])]), "a.csv", ("a", "b")))
    assert found == [(2, {"a": "1", "b": ""}), (3, {"a": "1", "b": "2", "": "4"})]


def random_bytes(size):
    return random.Random(7).randbytes(size)  # noqa: S311 (the same in every run, and no secret)


BROKEN = {
    "nothing": (b"", "a.csv is empty: line 1"),
    "cut in half": (WHOLE[: len(WHOLE) // 2].encode(), r"a.csv, line \d+: the file ends in the middle of the line"),
    "UTF-16": (WHOLE.encode("utf-16"), "a.csv, line 1: the text is in UTF-16"),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-be"), "a.csv, line 1: the text is in UTF-16"),
    "UTF-32": (WHOLE.encode("utf-32"), "a.csv, line 1: the text is in UTF-16 or UTF-32"),
    "carriage returns": (WHOLE.replace("\n", "\r").encode(), "a.csv, line 1: the lines end with a carriage return"),
    "5,000 columns": ((HEADER + ",".join("1" * 5000) + "\n").encode(), "a.csv, line 2: 5,000 columns; at most 2,000"),
    "5,000 columns in the header": ((",".join("1" * 5000) + "\n").encode(), "a.csv, line 1: .*(no known format|5,000)"),
    "random bytes": (random_bytes(5_000_000), "a.csv, line 1"),
    "random letters": (random_bytes(5_000_000).hex().encode(), "a.csv, line 1"),
    "a cell of 10 MB": ((HEADER + "2023," + "x" * 10_000_000 + "\n").encode(), "a.csv, line 2: longer than"),
    "an open quote": ((HEADER + '"' + LINE * 100_000).encode(), "a.csv, line 2: a quote is opened and not closed"),
    "a zero byte": ((WHOLE + "2023,K\0Z,CHN,export,1\n").encode(), "a.csv holds zero bytes"),
    "gzip cut in half": (gzip.compress(random_bytes(100_000).hex().encode())[:50_000], "a.csv"),
    "gzip of zeros": (gzip.compress(b"0" * 100_000_000, 1), "a.csv, line 1"),
    "gzip of a flood of lines": (gzip.compress((HEADER + LINE * 5_000_000).encode()), "a.csv unfolds to more than 100"),
    "brackets": (b"[" * 3_000_000, "a.csv, line 1"),
    "a PDF": (b"%PDF-1.7\n", "a.csv is a PDF document"),
    "an old workbook of nothing": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.csv is damaged"),
    "a tag without end": (b"<a b='" + b"x" * 30_000_000, "a.csv, line 1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(name, directory):
    data, reason = BROKEN[name]
    with pytest.raises(UnreadableFile, match=reason):
        read_figures(data, "a.csv", directory)


@pytest.mark.parametrize("format_name", ["auto", "flows"])
def test_broken_files_are_refused_in_little_memory(format_name, tmp_path):
    files = {name: data for name, (data, _reason) in BROKEN.items()}
    assert most_memory(files, tmp_path, format_name) < 150 * 1024**2


def test_an_unknown_header_is_refused_with_the_known_formats(directory):
    with pytest.raises(UnreadableFile, match=r"of no known format; known are flows, .*comtrade") as refused:
        read_figures(b"a,b,c\n1,2,3\n", "a.csv", directory)
    assert all(name in str(refused.value) for name in FORMATS)


def test_an_unknown_format_is_refused_with_the_known_ones(directory):
    with pytest.raises(UnreadableFile, match="no format is called 'dots'; known are auto, flows"):
        read_figures(b"a\n", "a.csv", directory, "dots")


def test_a_header_that_fits_two_formats_is_refused_with_both():
    header = HEADER.strip() + ",refYear,reporterCode,flowCode,partnerCode,cmdCode,primaryValue\n"
    with pytest.raises(UnreadableFile, match="it may be any of flows, comtradeplus; say which it is"):
        recognised(header.encode(), "a.csv")


def test_a_zip_of_tables_is_refused_with_advice(directory):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", WHOLE)
    with pytest.raises(UnreadableFile, match=r"a\.zip is a zip archive and no workbook; unpack it"):
        read_figures(file.getvalue(), "a.zip", directory)


def test_a_table_is_read_line_by_line_and_not_as_a_whole():
    data = (HEADER + LINE * 100_000).encode()
    tracemalloc.start()
    try:
        assert sum(1 for _line in table(data, "a.csv")) == 100_001
        assert tracemalloc.get_traced_memory()[1] < 1_000_000 < len(data)
    finally:
        tracemalloc.stop()
