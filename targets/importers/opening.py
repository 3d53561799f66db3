"""What a received file is, and its text as lines of cells: encodings, separators and sizes are settled here.

Nothing is held in memory but the bytes received and one line, so that a small file cannot unfold into a large one.
Every complaint is an :class:`UnreadableFile` that names file, line and reason.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

from targets.importers.old_workbooks import MAGIC
from targets.importers.rows import UnreadableFile

Lines = Iterator[tuple[int, list[str]]]
"""The number of each line that is not blank, as an editor counts, and its cells without blanks around them."""

LARGEST_FILE = 512 * 1024**2
"""Bytes of text, unpacked: more than the largest yearly file of any publisher. More is a mistake, or an attack."""
LARGEST_RATIO = 100
"""Times that gzip may unfold a file; tables of trade come to five to forty."""
LONGEST_LINE = 500_000
LONGEST_CELL = 100_000
MOST_COLUMNS = 2_000

UTF8 = ("utf-8-sig",)
UTF8_OR_LATIN1 = ("utf-8-sig", "latin-1")
"""For publishers whose files were seen in Latin-1; tried only where the text is not UTF-8."""

_SEPARATORS = ",;\t"
_PIECE = 1024**2
HEAD = 64 * 1024
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_WORKBOOKS = (".xlsx", ".xls", ".xlsx.gz", ".xls.gz")
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1f]")
"""Bytes that no text has. A table of text that is called a workbook is read as what it is."""
_FOREIGN = {
    b"%PDF": "a PDF document; only tables can be imported",
}


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The beginning of a file, by which its format is recognised.

    ``kind`` is table, workbook, json or xml; ``rows`` are the first lines of a table, or the first rows of every sheet
    of a workbook one sheet after the other; ``start`` is the first text of a file that is no workbook.
    """

    kind: str
    rows: tuple[tuple[str, ...], ...]
    start: str

    def header(self) -> frozenset[str]:
        """The names in the first row, in small letters."""
        return frozenset(cell.lower() for cell in self.rows[0]) if self.rows else frozenset()


def kind_of(data: bytes, name: str) -> str:
    """``table``, ``workbook``, ``json`` or ``xml`` by the first bytes. Raises UnreadableFile for anything else."""
    head = _head(data, name)
    if head.startswith((b"PK", MAGIC)):
        return "workbook"
    for mark, what in _FOREIGN.items():
        if head.startswith(mark):
            raise UnreadableFile(f"{name} is {what}")
    if name.lower().endswith(_WORKBOOKS) and not head.startswith(_WIDE_MARKS) and _BINARY.search(head):
        raise UnreadableFile(f"{name} is called a workbook and is none: its first bytes are not those of one")
    refuse_wide(head, name)
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not plain:
        raise UnreadableFile(f"{name} is empty: line 1 has nothing on it")
    return {b"<": "xml", b"[": "json", b"{": "json"}.get(plain[:1], "table")


def glimpse_of_text(data: bytes, name: str, kind: str) -> Glimpse:
    """The beginning of a table, a JSON or an XML document."""
    head = _head(data, name)
    try:
        start = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = len(head) == HEAD and error.start > len(head) - 4
        start = head[: error.start].decode("utf-8-sig") if cut else head.decode("latin-1")
    rows: list[tuple[str, ...]] = []
    if kind == "table":
        whole = start.splitlines(keepends=True)
        if len(head) == HEAD and len(whole) > 1:
            whole.pop()
        reader = csv.reader(whole, delimiter=_separator(start))
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    rows.append(tuple(cell.strip() for cell in row))
                if len(rows) == 12:
                    break
        except csv.Error:
            pass  # what is wrong is told by the format's own reader
    return Glimpse(kind, tuple(rows), start)


def table(data: bytes, name: str, encodings: Sequence[str] = UTF8) -> Lines:
    """The lines of a text table, plain or compressed by gzip, separated by comma, semicolon or tab as its head shows.

    Raises UnreadableFile, also in the middle, for what is no such text: another encoding, zero bytes, line ends of
    carriage returns alone, a quote that is not closed, a line or cell too long, more than 2,000 columns, an end in the
    middle of a line.
    """
    head = _head(data, name)
    refuse_wide(head, name)
    if b"\r" in head and b"\n" not in head:
        raise UnreadableFile(
            f"{name}, line 1: the lines end with a carriage return alone; save it with usual line ends"
        )
    encoding = _encoding(data, name, encodings)
    text = codecs.iterdecode(iter_unpacked(data, name, piece=HEAD), encoding)
    endless: list[str] = []
    lines = chain.from_iterable(_lines(text, name, endless))
    reader = csv.reader(lines, delimiter=_separator(_decoded(head, encoding)), strict=True)
    reach = 0
    before = 0
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            line, before = before + 1, reader.line_num
            if len(row) > MOST_COLUMNS:
                raise UnreadableFile(f"{name}, line {line}: {len(row):,} columns; at most {MOST_COLUMNS:,} are read")
            cells = list(map(str.strip, row))
            if any(cells):
                if endless and len(cells) < reach:
                    raise UnreadableFile(f"{name}, line {line}: the file ends in the middle of the line; it is cut off")
                reach = reach or len(cells)
                yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableFile(f"{name}, line {before + 1}: {_told(error)}") from None
    except UnicodeDecodeError:
        raise UnreadableFile(_where_not(data, name, encoding)) from None


def separator(data: bytes, name: str) -> str:
    """What sets the cells of a text table apart: comma, semicolon or tab."""
    return _separator(_decoded(_head(data, name), UTF8[0]))


def named(
    lines: Lines,
    name: str,
    required: Sequence[str],
    also_called: dict[str, str] | None = None,
    plain: Callable[[str], str] = str.lower,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line after the header with its cells by column name in small letters.

    ``plain`` makes a column's name of what the header writes, ``also_called`` gives the name used here for another.
    Missing cells are empty; what stands beyond the last column comes under the name "" if it is anything. Raises
    UnreadableFile without a required column.
    """
    header = _header(lines, name, required, also_called, plain)
    width = len(header)
    padding = [""] * width
    unnamed = "" in header
    for line, cells in lines:
        found = dict(zip(header, cells if len(cells) >= width else cells + padding, strict=False))
        if unnamed:
            del found[""]
        if len(cells) > width and any(cells[width:]):
            found[""] = " ".join(filter(None, cells[width:]))
        yield line, found


def picked(
    lines: Lines, name: str, columns: Sequence[str], extra: str, also_called: dict[str, str] | None = None
) -> Iterator[tuple[int, Sequence[str], str, str]]:
    """Each line after the header as :func:`named` reads it, for long files: without a dictionary a line.

    The cells of the ``columns``, which must be there, in this order; that of the ``extra`` one, empty where there is
    none; and what stands beyond the last column.
    """
    header = _header(lines, name, columns, also_called)
    width = len(header)
    pick = itemgetter(*map(header.index, columns))
    place = header.index(extra) if extra in header else None
    for line, cells in lines:
        beyond = ""
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        elif len(cells) > width:
            beyond = " ".join(filter(None, cells[width:]))
        yield line, pick(cells), "" if place is None else cells[place], beyond


def _header(
    lines: Lines,
    name: str,
    required: Sequence[str],
    also_called: dict[str, str] | None = None,
    plain: Callable[[str], str] = str.lower,
) -> list[str]:
    """The names of the columns, as :func:`named` knows them, off the first line."""
    place, first = next(lines, (1, []))
    other = also_called or {}
    header = [other.get(plain(cell), plain(cell)) for cell in first]
    while header and not header[-1]:
        header.pop()
    missing = [column for column in required if column not in header]
    if missing:
        raise UnreadableFile(
            f"{name}, line {place}: the header must name the columns {', '.join(required)}; no {', '.join(missing)}"
        )
    twice = [column for column in header if column and header.count(column) > 1]
    if twice:
        raise UnreadableFile(f"{name}, line {place}: the header names the column {twice[0]} twice")
    return header


def iter_unpacked(data: bytes, name: str, limit: int = LARGEST_FILE, piece: int = _PIECE) -> Iterator[bytes]:
    """The bytes of a file in pieces, unpacked where it is compressed by gzip."""
    stream = _Unpacked(data, name, limit)
    while found := stream.read(piece):
        yield found


class _Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked on the way where gzip compressed them, zero bytes and floods refused."""

    def __init__(self, data: bytes, name: str, limit: int = LARGEST_FILE) -> None:
        self._name, self._limit, self._count = name, limit, 0
        self._packed = len(data) if data.startswith(b"\x1f\x8b") else 0
        self._source: io.BufferedIOBase = gzip.GzipFile(fileobj=io.BytesIO(data)) if self._packed else io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self, size: int) -> bytes:
        try:
            piece = self._source.read(min(size, _PIECE))
        except EOFError:
            raise UnreadableFile(f"{self._name} is damaged: it ends in the middle") from None
        except (OSError, zlib.error) as error:
            raise UnreadableFile(f"{self._name} is damaged: {error}") from None
        self._count += len(piece)
        if self._count > self._limit:
            raise UnreadableFile(f"{self._name} is larger than {self._limit // 1024**2} MB when unpacked")
        if self._packed and self._count > max(16 * 1024**2, self._packed * LARGEST_RATIO):
            raise UnreadableFile(f"{self._name} unfolds to more than {LARGEST_RATIO} times its size; send it unpacked")
        if b"\0" in piece:
            raise UnreadableFile(f"{self._name} holds zero bytes: it is not a text in UTF-8")
        return piece


def _lines(text: Iterable[str], name: str, endless: list[str]) -> Iterator[list[str]]:
    """The lines of the text, many at a time; a last one without an end comes alone, and is put into ``endless``."""
    rest, passed = "", 0
    for piece in text:
        lines = io.StringIO(rest + piece, newline="").readlines()
        # A line's end may be two letters, the second of which is still to come.
        rest = "" if lines[-1].endswith("\n") else lines.pop()
        # No other can be longer: it began and ended in one piece.
        if len(lines[0] if lines else rest) > LONGEST_LINE:
            raise UnreadableFile(
                f"{name}, line {passed + 1}: longer than {LONGEST_LINE:,} characters; no table of trade"
            )
        passed += len(lines)
        yield lines
    if rest:
        if not rest.endswith("\r"):
            endless.append(rest)
        yield [rest]


def _head(data: bytes, name: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data[:HEAD]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, HEAD)
    except zlib.error as error:
        raise UnreadableFile(f"{name} is damaged: {error}") from None


def refuse_wide(head: bytes, name: str) -> None:
    if head.startswith(_WIDE_MARKS) or b"\0" in head[:200]:
        raise UnreadableFile(f"{name}, line 1: the text is in UTF-16 or UTF-32, or holds zero bytes; save it as UTF-8")


def _encoding(data: bytes, name: str, encodings: Sequence[str]) -> str:
    """The first of the encodings, or the second where the bytes are not text in the first.

    A compressed file is unpacked once for this, so that a flood is refused before the first line is read.
    """
    first, *others = encodings
    if not others and not data.startswith(b"\x1f\x8b"):
        return first
    decode = _decoder(first) if others else len
    try:
        for piece in iter_unpacked(data, name):
            decode(piece)
    except UnicodeDecodeError:
        return others[0]
    return first


def _decoder(encoding: str) -> Callable[[bytes], str]:
    return codecs.getincrementaldecoder(encoding)().decode


def _decoded(head: bytes, encoding: str) -> str:
    return head.decode(encoding, "ignore")


def _separator(start: str) -> str:
    """The one of comma, semicolon and tab that makes most cells of the first lines; the comma where none does."""
    lines = start.splitlines()[:10]

    def cells(separator: str) -> int:
        most = 0
        try:
            for row in csv.reader(lines, delimiter=separator, strict=True):
                most = max(most, len(row))
        except csv.Error as error:
            # A cell may go on below these lines; any other complaint is about the wrong separator.
            return most if "unexpected end" in str(error) else 0
        return most

    return max(_SEPARATORS, key=cells)


def _told(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said or "unexpected end" in said:
        return f"a quote is opened and not closed, or a cell is longer than {LONGEST_CELL:,} characters ({said})"
    return f"not a table of separated values: {said}"


def _where_not(data: bytes, name: str, encoding: str) -> str:
    decode, line, passed = _decoder(encoding), 1, 0
    for piece in iter_unpacked(data, name):
        try:
            decode(piece)
        except UnicodeDecodeError as error:
            line += piece.count(b"\n", 0, error.start)
            return f"{name}, line {line}: not UTF-8 at byte {passed + error.start}"
        line += piece.count(b"\n")
        passed += len(piece)
    return f"{name}, line {line}: not UTF-8: it ends in the middle of a letter"
