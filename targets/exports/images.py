"""Charts as PNG and PDF, made of their SVG by typst: no browser, the shipped typeface, the same bytes every time."""

from __future__ import annotations

import json
import struct
import threading
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targets.exports import svg
from targets.exports.letters import printable
from targets.exports.svg.frame import MAKER
from targets.exports.svg.imprint import Facts, Imprint, facts

if TYPE_CHECKING:
    import typst

FAMILY = "Tradewatch Sans"
"""The typeface; typst reads TTF, so both kinds of file are shipped."""

PIXELS: Mapping[str, float] = {"web": 2.0, "social": 1.0, "print": 2126 / 720}
"""Pixels of a PNG for each unit of the drawing: twice as fine as a screen, as large as networks show it, and 300 to the
inch for paper."""

POINTS: Mapping[str, float] = {"web": 0.75, "social": 0.75, "print": 180 / 25.4 * 72 / 720}
"""Points of a PDF's page for each unit: as on a screen; for print as wide as A4 without its margins, 180 mm."""

_TEMPLATE = Path(__file__).with_name("chart.typ").read_bytes()
_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER = len(_PNG) + 25
"""Where the first chunk ends, which holds width and height and comes before all others."""

_own = threading.local()


def png(figure: Mapping[str, Any], imprint: Imprint, *, size: str = "web", theme: str = "light") -> bytes:
    """The chart as PNG; its facts stand in the file as texts and as XMP. Size and theme as in :func:`svg.render`."""
    drawn, told = _drawing(figure, imprint, size, theme), facts(figure, imprint)
    image = _compiled(drawn, told, size, format="png", ppi=PIXELS[size] / POINTS[size] * 72)
    texts = {
        "Title": told.title,
        "Author": MAKER,
        "Description": told.description,
        "Copyright": told.rights,
        "Creation Time": told.imprint.day.isoformat(),
        "URL": told.imprint.address,
        "Comment": told.comment,
    }
    return labelled(image, texts, told.language, told.rdf)


def pdf(figure: Mapping[str, Any], imprint: Imprint, *, size: str = "web", theme: str = "light") -> bytes:
    """The chart as PDF of one page: text that can be searched, tags, title and language as PDF/UA-1 wants them."""
    drawn, told = _drawing(figure, imprint, size, theme), facts(figure, imprint)
    return _compiled(drawn, told, size, format="pdf", pdf_standards=["ua-1"])


MAKERS = {"png": png, "pdf": pdf}
"""Who makes the files of which format."""


def _drawing(figure: Mapping[str, Any], imprint: Imprint, size: str, theme: str) -> str:
    # The typeface is at hand here, so no line need keep room for another one.
    # A letter that no typeface has would be an empty box in a PNG, and a tagged PDF is refused for it.
    return printable(svg.render(figure, size=size, theme=theme, imprint=imprint, reserve=False))


def _compiled(drawn: str, told: Facts, size: str, **options: Any) -> bytes:
    width, height = svg.extent(drawn)
    given = {
        "svg": drawn,
        "width": width * POINTS[size],
        "height": height * POINTS[size],
        "title": told.title,
        "author": MAKER,
        "description": f"{told.description} {told.comment}",
        "alt": f"{told.title} {told.description}",
        "keywords": [told.imprint.code, told.imprint.address, told.imprint.verify],
        "language": told.language,
        "family": FAMILY,
        "day": [told.imprint.day.year, told.imprint.day.month, told.imprint.day.day],
    }
    return compiled(_TEMPLATE, "chart", given, told.imprint.day, **options)


class TypesettingError(ValueError):
    """What was given cannot be set: a tagged PDF with letters that no typeface has."""


def compiled(template: bytes, name: str, given: Mapping[str, Any], day: date, **options: Any) -> bytes:
    """The one file that typst makes of a template, which finds its data as JSON under ``name``; the day is its date.

    The options are those of typst's compiler. Raises TypesettingError where typst refuses.
    """
    import typst

    try:
        made = _compiler().compile(
            template,
            sys_inputs={name: json.dumps(given, ensure_ascii=False)},
            # A date of making would be another one in every run.
            timestamp=datetime.combine(day, time.min, UTC),
            **options,
        )
    except typst.TypstError as refused:
        raise TypesettingError(str(refused)) from refused
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__} of one page, not its bytes")
    return made


def _compiler() -> typst.Compiler:
    """The compiler of this thread: two threads cannot use one at a time."""
    if not hasattr(_own, "compiler"):
        # Imported with the first picture: seven megabytes that no command and no reading of a file needs.
        import typst

        _own.compiler = typst.Compiler(root=_FONTS, font_paths=_fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _own.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])


def labelled(image: bytes, texts: Mapping[str, str], language: str, rdf: str = "") -> bytes:
    """The PNG with texts as ``iTXt`` chunks, which typst does not write, and with what is said of it in Dublin Core."""
    chunks = [_chunk(keyword, language, text) for keyword, text in texts.items()]
    if rdf:
        chunks.append(_chunk("XML:com.adobe.xmp", "", f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'))
    return image[:_HEADER] + b"".join(chunks) + image[_HEADER:]


def _chunk(keyword: str, language: str, text: str) -> bytes:
    # The two zeros between the keyword and the language say that the text is not compressed.
    body = b"\0".join([keyword.encode("latin-1"), b"\0", language.encode("ascii"), b"", text.encode()])
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
