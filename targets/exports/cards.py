"""Share cards as PNG, laid out by typst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from targets.exports.images import FAMILY, compiled, labelled
from targets.exports.svg.frame import MAKER
from targets.exports.svg.imprint import rights

WIDTH, HEIGHT = 1200, 630
"""Pixels of a card, as networks ask for them; one for each point of its layout."""

SIZES: Mapping[str, int] = {"social": WIDTH, "web": WIDTH // 2, "print": 2126}
"""Pixels across; the first is the usual one."""

_ENDLESS = re.compile(r"([^\W\d_]{32})(?=[^\W\d_])")

_SPAN = re.compile(r"(?<=\d)–(?=\d)")

_TEMPLATE = Path(__file__).with_name("card.typ").read_bytes()


def png(card: Mapping[str, Any], *, address: str, day: date, size: str = "social", theme: str = "light") -> bytes:
    """The card of the page at ``address``, with the data of that UTC day; its facts stand in the file as texts."""
    drawn = laid_out(card, address=address, day=day, theme=theme, format="png", ppi=72 * SIZES[size] / WIDTH)
    texts = {
        "Title": card["title"],
        "Author": MAKER,
        "Description": card["description"],
        "Copyright": rights(),
        "Creation Time": day.isoformat(),
        "URL": address,
    }
    return labelled(_small(drawn), texts, card["language"])


def laid_out(card: Mapping[str, Any], *, address: str, day: date, theme: str = "light", **options: Any) -> bytes:
    """The card in the format that typst is asked for."""
    given = {
        **{name: _breakable(value) for name, value in card.items() if name != "palette"},
        "colours": card["palette"][theme],
        "author": MAKER,
        "site": MAKER,
        "host": address.partition("://")[2].partition("/")[0],
        "family": FAMILY,
        "day": [day.year, day.month, day.day],
    }
    return compiled(_TEMPLATE, "card", given, day, **options)


def _breakable(value: Any) -> Any:
    """The same with places to break in words that no line could hold, and none between the ends of a span."""
    match value:
        case str():
            return _SPAN.sub("\u2060–\u2060", _ENDLESS.sub("\\1\u200b", value))
        case list():
            return [_breakable(one) for one in value]
        case dict():
            return {name: _breakable(one) for name, one in value.items()}
    return value


def _small(image: bytes) -> bytes:
    """The same picture in 256 colours: a third of the bytes, and no eye sees a difference."""
    # Imported with the first card, as typst is.
    from PIL import Image

    with Image.open(BytesIO(image)) as read:
        few = read.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = BytesIO()
    few.save(written, "PNG")
    return written.getvalue()
