"""Workbooks of the old kind (.xls), looked through before a reader lays them out.

Such a file is a small file system: sectors of one size, chained by a table, one chain of them being the stream of the
workbook, a row of records. Nothing in it is compressed, but one cell in the last row and column, or a record that
claims such a size, makes a reader lay out sixteen million cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from targets.importers.rows import UnreadableFile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LARGEST = 32 * 1024**2
"""Bytes of a file: sixty-five thousand lines of a table by country come to ten."""
MOST_CELLS = 500_000
LARGEST_AREA = 1_000_000
LONGEST_TEXT = 32_767
MOST_TEXT = 128 * 1024**2
"""Signs that the cells may come to if each showed the longest text there can be."""

_END = 0xFFFFFFFA
"""Numbers from here on are no sectors but marks."""
_IN_HEADER = 109
"""Sectors of the table of chains that the header itself lists."""
_SMALL = 4096
_CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_SEVERAL = frozenset({0x00BD, 0x00BE})
_BEGIN, _SIZE, _LOCKED, _SHARED_TEXT, _TEXTS, _MORE = 0x0809, 0x0200, 0x002F, 0x00FD, 0x00FC, 0x003C
_NAMES = ("Workbook", "Book")
_MACROS = "_VBA_PROJECT_CUR"


def inspect(data: bytes, name: str) -> None:
    """Passes for an old workbook of a moderate size; raises UnreadableFile for anything else."""
    if len(data) > LARGEST:
        raise UnreadableFile(f"{name} is larger than {LARGEST // 1024**2} MB; save it as .xlsx, or send it in parts")
    try:
        stream = _workbook(data, name)
        _look_through(stream, name)
    except (struct.error, IndexError):
        raise UnreadableFile(f"{name} is damaged: it ends in the middle") from None


def _workbook(data: bytes, name: str) -> bytes:
    """The stream of the workbook."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise UnreadableFile(f"{name} is damaged: no workbook has sectors of this size")
    size = 1 << shift

    def sector(number: int) -> bytes:
        start = (number + 1) * size
        piece = data[start : start + size]
        if len(piece) < size:
            # Programs leave the last sector short; what is missing from it is nobody's.
            if not piece:
                raise UnreadableFile(f"{name} is damaged: it ends in the middle")
            piece = piece.ljust(size, b"\0")
        return piece

    most = len(data) // size + 1
    table_parts, first_entry = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    if table_parts > _IN_HEADER:
        raise UnreadableFile(f"{name} is laid out for many megabytes; save it as .xlsx")
    numbers = struct.unpack_from(f"<{_IN_HEADER}I", data, 76)[:table_parts]
    chains = b"".join(sector(number) for number in numbers if number < _END)
    following = struct.unpack(f"<{len(chains) // 4}I", chains)

    def chain(number: int) -> Iterator[bytes]:
        for _step in range(most):
            if number >= _END:
                return
            yield sector(number)
            number = following[number]
        raise UnreadableFile(f"{name} is damaged: its sectors run in a circle")

    entries = b"".join(chain(first_entry))
    found: dict[str, tuple[int, int]] = {}
    for place in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, place + 64)[0]
        title = entries[place : place + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        found[title] = struct.unpack_from("<II", entries, place + 116)
    if _MACROS in found:
        raise UnreadableFile(f"{name} holds macros; save it as a plain .xlsx")
    start, length = next((found[title] for title in _NAMES if title in found), (0, 0))
    if length < _SMALL:
        raise UnreadableFile(f"{name} is no workbook of tables; save it as .xlsx")
    return b"".join(chain(start))[:length]


def _look_through(stream: bytes, name: str) -> None:
    """Counts cells, areas and texts by the records of the stream."""
    place = cells = shown = texts = rows = columns = before = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _BEGIN:
            rows = columns = 0
        elif kind == _LOCKED:
            raise UnreadableFile(f"{name} is locked with a password; save it without one")
        elif kind == _TEXTS or (kind == _MORE and before == _TEXTS):
            texts += length
            kind = _TEXTS
        elif kind in _CELLS or kind in _SEVERAL:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, length - 2)[0] if kind in _SEVERAL else column
            cells += max(last - column, 0) + 1
            shown += kind == _SHARED_TEXT
            rows, columns = max(rows, row + 1), max(columns, last + 1)
        elif kind == _SIZE:
            high, wide = _claimed(body)
            rows, columns = max(rows, high), max(columns, wide)
        before = kind
        if rows * columns > LARGEST_AREA:
            raise UnreadableFile(
                f"{name}: a sheet reaches to row {rows:,} and column {columns:,}; clear what lies far from the table"
            )
        if cells > MOST_CELLS or min(texts, LONGEST_TEXT) * shown > MOST_TEXT:
            raise UnreadableFile(f"{name} holds more cells or texts than a table by country; save it as .xlsx")


def _claimed(body: bytes) -> tuple[int, int]:
    """Rows and columns of a sheet as its record of dimensions claims them, in the long form or the older short one."""
    if len(body) >= 14:
        _first, high, _left, wide = struct.unpack_from("<IIHH", body)
    else:
        _first, high, _left, wide = struct.unpack_from("<HHHH", body)
    return high, wide
