"""Share cards read back: where their words stand, and what stands outside of their margins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFont
from pypdf import PdfReader

from targets.exports import cards

DAY = date(2026, 11, 22)
FONTS = Path(__file__).parents[2] / "static" / "fonts"
ADDRESS = "https://tradewatch.example/targets/xar-xbo-500m-usd-2030/"


@dataclass(frozen=True)
class Said:
    """A run of letters: its size, the height of its foot over that of the card, where it begins and ends."""

    text: str
    size: float
    y: float
    left: float
    right: float


def said(card: Mapping[str, Any]) -> list[Said]:
    """The words of a card from top to bottom, out of the same layout as a PDF."""
    found: list[Said] = []

    def visit(text: str, user: list[float], place: list[float], font: Mapping[str, Any] | None, size: float) -> None:
        if text.strip() and font is not None:
            told, large = text.strip("\n"), round(size * abs(place[3]), 1)
            name = str(font["/BaseFont"]).rpartition("+")[2].removeprefix("/")
            left = place[4] * user[0] + user[4]
            # The space at its beginning only says how far the run before it is.
            right = left + ImageFont.truetype(FONTS / f"{name}.ttf", 100).getlength(told.strip()) * large / 100
            found.append(Said(told, large, place[5] * user[3] + user[5], left, right))

    file = cards.laid_out(card, address=ADDRESS, day=DAY, format="pdf")
    (page,) = PdfReader(BytesIO(file), strict=True).pages
    page.extract_text(visitor_text=visit)
    return found


def colliding(runs: list[Said]) -> list[tuple[str, str]]:
    """Runs on one line that stand on each other."""
    pairs = (
        (one, other) for one, other in combinations(runs, 2) if abs(one.y - other.y) < min(one.size, other.size) / 2
    )
    return [(one.text, other.text) for one, other in pairs if one.left < other.right and other.left < one.right]


def words(card: Mapping[str, Any]) -> str:
    """All that stands on a card, spaces as single ones."""
    file = cards.laid_out(card, address=ADDRESS, day=DAY, format="pdf")
    (page,) = PdfReader(BytesIO(file), strict=True).pages
    return plain(page.extract_text())


def plain(text: str) -> str:
    """The words without what only says where a line may end."""
    return " ".join(text.replace("\u200b", "").replace("\u2060", "").split())


def outside(image: bytes, margin: int = 40, top: int = 14, bottom: int = 24) -> int:
    """How many pixels of a card outside of its margins, the stripe at the top aside, are not of its ground."""
    with Image.open(BytesIO(image)) as read:
        picture = read.convert("RGB")
    width, height = picture.size
    ground = Image.new("RGB", picture.size, picture.getpixel((margin // 2, height // 2)))
    other = ImageChops.difference(picture, ground).convert("L").point(lambda value: 255 if value > 8 else 0)
    borders = [(0, top, margin, height), (width - margin, top, width, height), (0, height - bottom, width, height)]
    return sum(other.crop(border).histogram()[255] for border in borders)
