"""JSON and XML as documents: read with limits to their size, depth and number of values, and without entities.

Every complaint is an :class:`UnreadableFile` that names file, line and reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from targets.importers.opening import HEAD, iter_unpacked, refuse_wide
from targets.importers.rows import UnreadableFile

LARGEST_DOCUMENT = 64 * 1024**2
MOST_VALUES = 3_000_000
"""In one JSON document."""
MOST_ELEMENTS = 300_000
"""In one XML document."""
LONGEST_TAG = 4 * 1024**2
LARGEST_ELEMENT = 20_000
"""Elements in one of those that are read one by one: a series of hundreds of years."""
DEEPEST = 100


def json_document(data: bytes, name: str) -> Any:
    """What a JSON file holds. Raises UnreadableFile for one that is too large, too deep or broken."""
    text = _whole(data, name)
    if text.count("{") + text.count("[") > MOST_VALUES // 6 or text.count(",") > MOST_VALUES:
        raise UnreadableFile(
            f"{name}, line 1: more than {MOST_VALUES:,} values in one document; ask for fewer at a time"
        )
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{name}, line {error.lineno}: not JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise UnreadableFile(f"{name}, line 1: nested too deeply") from None
    except ValueError as error:
        raise UnreadableFile(f"{name}, line 1: not JSON: {error}") from None


def xml_elements(data: bytes, name: str, tag: str) -> Iterator[Element]:
    """Each element of this name with all that is in it, one by one; names are without namespaces.

    Raises UnreadableFile for entities, broken XML and what is too large, when it comes to it.
    """
    refuse_wide(data[:HEAD], name)
    whole: list[Element] = []
    builder: TreeBuilder | None = None
    size = 0

    def start(full: str, attributes: dict[str, str]) -> None:
        nonlocal builder, size
        local = _local(full)
        if builder is None and local == tag:
            builder, size = TreeBuilder(), 0
        if builder is not None:
            size += 1
            if size > LARGEST_ELEMENT:
                raise UnreadableFile(
                    f"{name}, line {parser.CurrentLineNumber}: one {tag} holds more than {LARGEST_ELEMENT:,} others"
                )
            builder.start(local, {_local(key): value for key, value in attributes.items()})

    def end(full: str) -> None:
        nonlocal builder
        if builder is not None and builder.end(_local(full)).tag == tag:
            whole.append(builder.close())
            builder = None

    parser = guarded_parser(name, start, MOST_ELEMENTS, end)
    for _piece in feed(parser, iter_unpacked(data, name, LARGEST_DOCUMENT), name):
        yield from whole
        whole.clear()


def guarded_parser(
    name: str,
    start: Callable[[str, dict[str, str]], None],
    most: int,
    end: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that refuses document types (and with them entities), more than ``most`` elements and too deep ones."""
    parser = expat.ParserCreate()
    count = depth = 0

    def doctype(*_declaration: object) -> None:
        raise UnreadableFile(f"{name}, line {parser.CurrentLineNumber}: XML with a document type is not read")

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > most or depth > DEEPEST:
            why = f"more than {most:,} elements" if count > most else "nested too deeply"
            raise UnreadableFile(f"{name}, line {parser.CurrentLineNumber}: {why}")
        start(tag, attributes)

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterator[bytes], name: str) -> Iterator[int]:
    """Gives the pieces to the parser, a turn after each. Raises UnreadableFile where they are no well-formed XML."""
    fed = 0
    try:
        for turn, piece in enumerate(pieces):
            fed += len(piece)
            parser.Parse(piece, False)
            if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TAG:
                raise UnreadableFile(
                    f"{name}, line {parser.CurrentLineNumber}: a tag of more than {LONGEST_TAG:,} bytes"
                )
            yield turn
        parser.Parse(b"", True)
        yield -1
    except expat.ExpatError as error:
        raise UnreadableFile(f"{name}, line {error.lineno}: not XML: {expat.ErrorString(error.code)}") from None


def _whole(data: bytes, name: str) -> str:
    pieces = data
    if data.startswith(b"\x1f\x8b"):
        pieces = b"".join(iter_unpacked(data, name, LARGEST_DOCUMENT))
    elif len(data) > LARGEST_DOCUMENT:
        raise UnreadableFile(f"{name}, line 1: larger than {LARGEST_DOCUMENT // 1024**2} MB; ask for fewer at a time")
    refuse_wide(pieces[:HEAD], name)
    try:
        return pieces.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = pieces.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{name}, line {line}: JSON must be UTF-8; byte {error.start} is not") from None


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _no_constant(constant: str) -> float:
    raise ValueError(f"{constant} is not a number that JSON knows")
