"""XLSX workbooks as lines of cells, opened only after a look at what is really inside.

A workbook is a zip of XML: a megabyte can unfold into gigabytes, the reader lays out a sheet as large as its farthest
cell, and copies a shared text for every cell that shows it. So every part is inflated first in pieces that are counted
and thrown away, against the sizes its header claims; then the cells are counted by a parser that knows no entities.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from targets.importers import old_workbooks
from targets.importers.documents import feed, guarded_parser
from targets.importers.opening import Glimpse, Lines
from targets.importers.rows import UnreadableFile

LARGEST_INFLATED = 64 * 1024**2
MOST_PARTS = 500
MOST_SHEETS = 100
MOST_CELLS = 600_000
LARGEST_AREA = 2_000_000
"""Rows times columns up to the farthest cell of a sheet, filled or not: that much is laid out in memory."""
MOST_TEXT = 96 * 1024**2
"""Characters that shared texts may come to, each as often as it is shown: cells of text times the longest text."""

_PIECE = 256 * 1024
_PARTS = (".xml", ".rels", ".vml")
_OTHER_PARTS = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")


def sheets(data: bytes, name: str) -> dict[str, Lines]:
    """The sheets of a workbook by name, in order, each as its lines: row number and cells as text.

    Whole numbers have no point, others a decimal point whatever the sheet shows; days are ISO 8601; formulas give the
    value last computed. Raises UnreadableFile for what is no sound workbook of a moderate size.
    """
    if data.startswith(old_workbooks.MAGIC):
        old_workbooks.inspect(data, name)
    else:
        _inspect(data, name)
    try:
        with closing(CalamineWorkbook.from_filelike(io.BytesIO(data))) as workbook:
            found = {
                title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
                for title in workbook.sheet_names
            }
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(f"{name} is no workbook that can be read: {error}") from None
    except BaseException as error:
        # The reader is written in Rust: where it stumbles over a damaged file, this comes out, of a type that no
        # module offers.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(f"{name} is a damaged workbook: {error}") from None
    return {title: _lines(rows, name) for title, rows in found.items()}


def glimpse_of_workbook(data: bytes, name: str) -> Glimpse:
    """The first rows of every sheet, one sheet after the other."""
    rows = []
    for lines in sheets(data, name).values():
        rows += [tuple(cells) for (_line, cells), _ in zip(lines, range(12), strict=False)]
    return Glimpse("workbook", tuple(rows), "")


def _lines(rows: Sequence[Sequence[object]], name: str) -> Lines:
    for number, row in enumerate(rows, 1):
        cells = [_text(value) for value in row]
        # Written as _x0000_ in the workbook; PostgreSQL stores no text with it.
        if any("\0" in cell for cell in cells):
            raise UnreadableFile(f"{name}, line {number}: a cell holds a zero character, as no text does; remove it")
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime() | date() | time() | timedelta():
            return value.isoformat() if isinstance(value, (datetime, date, time)) else str(value)
    return str(value).strip()


def _inspect(data: bytes, name: str) -> None:
    """Passes for a workbook of a moderate size whose parts are what their headers claim; else UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise UnreadableFile(f"{name} is no sound XLSX workbook: {error}") from None
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(f"{name} has {len(parts):,} parts; a workbook of tables has at most {MOST_PARTS}")
    names = [part.filename for part in parts]
    if len({one.lower() for one in names}) < len(names):
        raise UnreadableFile(f"{name} holds two parts of one name")
    if "[Content_Types].xml" not in names:
        raise UnreadableFile(f"{name} is a zip archive and no workbook; unpack it and import the tables one by one")
    left, end = LARGEST_INFLATED, 0
    packed: dict[str, bytes] = {}
    for part in sorted(parts, key=lambda part: part.header_offset):
        _check_name(part, name)
        start = _start(data, part, name)
        if part.header_offset < end:
            raise UnreadableFile(f"{name}, part {part.filename}: overlaps another part")
        end = start + part.compress_size
        left -= sum(map(len, _inflated(data[start:end], part, name, left)))
        if part.filename.lower().endswith(_PARTS):
            packed[part.filename] = data[start:end]
    counted = _Counted(name)
    for part in sorted(parts, key=lambda part: _is_sheet(part.filename)):
        if part.filename in packed:
            counted.part(part.filename, _inflated(packed[part.filename], part, name, LARGEST_INFLATED))


def _is_sheet(title: str) -> bool:
    """Sheets come last, when the length of the texts that they share is known."""
    return "worksheets/" in title.lower()


def _check_name(part: zipfile.ZipInfo, name: str) -> None:
    inside = part.filename
    if inside.startswith("/") or "\\" in inside or ":" in inside or ".." in inside.split("/"):
        raise UnreadableFile(f"{name}: a part is named {inside[:60]!r}, which leads out of the workbook")
    if part.flag_bits & 0x1:
        raise UnreadableFile(f"{name} is locked with a password; save it without one")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(f"{name}, part {inside}: compressed in a way that workbooks are not")
    if not (part.is_dir() or inside.lower().endswith(_PARTS + _OTHER_PARTS)):
        raise UnreadableFile(f"{name} holds {inside[:60]!r}, which is no part of a table; save it as a plain .xlsx")


def _start(data: bytes, part: zipfile.ZipInfo, name: str) -> int:
    """Where the packed bytes of a part begin, by its own header; the directory may say something else."""
    header = data[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise UnreadableFile(f"{name}, part {part.filename}: damaged")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    return int(part.header_offset + 30 + name_length + extra_length)


def _inflated(packed: bytes, part: zipfile.ZipInfo, name: str, left: int) -> Iterator[bytes]:
    """The bytes of a part in pieces. Raises UnreadableFile past ``left`` bytes, or where the header lied."""
    count, check = 0, 0
    unpacker = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    rest = packed
    while rest:
        if unpacker is None:
            piece, rest = rest[:_PIECE], rest[_PIECE:]
        else:
            try:
                piece = unpacker.decompress(rest, _PIECE)
            except zlib.error as error:
                raise UnreadableFile(f"{name}, part {part.filename}: damaged: {error}") from None
            rest = unpacker.unconsumed_tail
            if not piece and not rest and not unpacker.eof:
                break
        count += len(piece)
        check = zlib.crc32(piece, check)
        if count > left:
            most = LARGEST_INFLATED // 1024**2
            raise UnreadableFile(f"{name} unfolds to more than {most} MB; send it as several files, or as CSV")
        yield piece
        if unpacker is not None and unpacker.eof:
            break
    if unpacker is not None and not unpacker.eof:
        raise UnreadableFile(f"{name}, part {part.filename}: damaged: it ends in the middle")
    if (count, check) != (part.file_size, part.CRC):
        raise UnreadableFile(f"{name}, part {part.filename}: holds something else than its header claims")


class _Counted:
    """Sheets, cells and texts of a workbook as its parts are read one by one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets = self.cells = self.texts = self.longest = 0

    def part(self, title: str, pieces: Iterator[bytes]) -> None:
        """Reads one part; raises UnreadableFile as soon as a limit is passed."""
        where = f"{self.name}, part {title}"
        columns: dict[str, int] = {}
        row = column = farthest = length = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, farthest, length
            local = tag[tag.rfind(":") + 1 :]
            if local == "c":
                self.cells += 1
                self.texts += attributes.get("t") == "s"
                said = attributes.get("r", "")
                letters = said.rstrip("0123456789")
                if said:
                    column = columns[letters] if letters in columns else columns.setdefault(letters, _column(letters))
                    row = _number(said[len(letters) :], row)
                else:
                    column += 1
                farthest = max(farthest, column)
                if self.cells > MOST_CELLS:
                    raise UnreadableFile(f"{where}: the workbook has more than {MOST_CELLS:,} cells; send it as CSV")
                if self.texts * self.longest > MOST_TEXT:
                    raise UnreadableFile(
                        f"{where}: a text of {self.longest:,} characters and more than {self.texts - 1:,} text cells "
                        "are too much to read; send it as CSV"
                    )
                if row * farthest > LARGEST_AREA:
                    raise UnreadableFile(
                        f"{where}: the cell in row {row:,} and column {column:,} makes the sheet too large to read; "
                        "clear what lies far from the table"
                    )
            elif local == "row":
                row, column = _number(attributes.get("r", ""), row + 1), 0
            elif local == "si":
                length = 0
            elif local == "sheet":
                self.sheets += 1
                if self.sheets > MOST_SHEETS:
                    raise UnreadableFile(f"{self.name} has more than {MOST_SHEETS} sheets")
            elif local == "Relationship":
                self._relation(where, attributes)

        def text(piece: str) -> None:
            nonlocal length
            length += len(piece)
            self.longest = max(self.longest, length)

        parser = guarded_parser(where, start, 4 * MOST_CELLS)
        if not _is_sheet(title):
            parser.CharacterDataHandler = text
        for _turn in feed(parser, pieces, where):
            pass

    def _relation(self, where: str, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", "").rsplit("/", 1)[-1], attributes.get("Target", "")
        if kind in ("worksheet", "sharedStrings", "styles", "officeDocument") and (
            attributes.get("TargetMode") == "External"
            or not target.lower().endswith(".xml")
            or ".." in target.split("/")
        ):
            raise UnreadableFile(f"{where}: the workbook keeps its {kind} outside itself, at {target[:60]!r}")


def _column(letters: str) -> int:
    """The number of a column by its letters: 28 for AB."""
    column = 0
    for letter in letters[:8]:
        column = column * 26 + ord(letter) - 64
    return column


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
