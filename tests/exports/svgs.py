"""A drawing read back: its texts as boxes, measured with the shipped fonts, and its paths as points."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
SVG = "{http://www.w3.org/2000/svg}"


@functools.cache
def font(bold: bool) -> tuple[dict[int, str], dict, int]:
    file = TTFont(FONTS / f"TradewatchSans-{'SemiBold' if bold else 'Regular'}.ttf")
    return file.getBestCmap(), file["hmtx"].metrics, file["head"].unitsPerEm


def measured(text: str, size: float, bold: bool = False) -> float:
    """How wide the shipped font sets the text."""
    letters, metrics, units = font(bold)
    return sum(metrics[letters.get(ord(letter), ".notdef")][0] for letter in text) * size / units


# Widths of DejaVu Sans, regular and bold: what a file is set in where its own typeface is not installed.
WIDE_REGULAR = {
    0.28: "ijlIJ'\u202f", 0.34: " \u00a0.,·’:;/", 0.39: "-ft()[]!", 0.46: 'r"–', 0.53: "“”zsгз?", 0.56: "cLсэ",
    0.59: "тkFьxхчvyву", 0.62: "кяPР«»ГaаoоТTУYеeёб", 0.64: "bdghnpquESЕЁр0123456789$£€З", 0.68: "пийнKцAVАВ",
    0.71: "ZдЬBRБЧXХЯCСЭъК", 0.77: "UЛмHNИЙНПDG", 0.82: "&ДЦыOQОw", 0.86: "Ъ×≈+−#юфMМФ", 0.95: "Ыжшщ%",
    1.0: "mW—…@", 1.09: "№ШЮЖЩ",
}  # fmt: skip
WIDE_BOLD = {
    0.35: "ijl' \u00a0\u202f", 0.38: "IJ/.,·’", 0.46: ":;-f!()[]", 0.52: 'trг"–', 0.59: "zтзcсэ?",
    0.65: "sьвГLяx«»хvyу", 0.69: "“”akаeекёFEЕЁTТчoоп", 0.72: "н0123456789bdghnpquйиSYрЗ$£€",
    0.77: "лZPРCСЭцъЬBБВARVАУKXХЯ", 0.85: "дЧUКGмDЛ×≈+−#HNИЙНПOQО", 0.93: "&ДыwЦЪ", 1.0: "юфФж%MМ—…@",
    1.06: "mЫш", 1.12: "Wщ", 1.33: "Ю№ЖШЩ",
}  # fmt: skip
ELSEWHERE = tuple(
    {letter: wide for wide, letters in widths.items() for letter in letters} for widths in (WIDE_REGULAR, WIDE_BOLD)
)


def elsewhere(text: str, size: float, bold: bool = False) -> float:
    """How wide a wide fallback font sets the text, its widths rounded up."""
    return sum(ELSEWHERE[bold].get(letter, 0.8) for letter in text) * size


@dataclass(frozen=True)
class Text:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    label: bool
    """A label of the plot, as against axes, titles, key and footer."""
    block: int
    role: str = ""
    """The part in whose colour it is written."""


def root(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own output)


def texts(svg: str, measure: Callable[[str, float, bool], float] = measured) -> list[Text]:
    """Every line of text with the box of its letters, from a little above the capitals to the descenders."""
    found: list[Text] = []

    def walk(element: ET.Element, size: float, bold: bool, anchor: str, label: bool, block: int, role: str) -> None:
        size = float(element.get("font-size", size))
        bold = element.get("font-weight", "600" if bold else "400") == "600"
        anchor = element.get("text-anchor", anchor)
        role = next((one[2:] for one in element.get("class", "").split() if one.startswith("f-")), role)
        if element.tag in (SVG + "text", SVG + "tspan") and element.text and element.text.strip():
            words = element.text.strip()
            x, y = float(element.get("x")), float(element.get("y"))
            wide = measure(words, size, bold)
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            found.append(Text(words, left, y - 0.75 * size, left + wide, y + 0.2 * size, label, block, role))
        for number, child in enumerate(element):
            inner = label or child.get("paint-order") == "stroke"
            own = block if child.tag == SVG + "tspan" else block_of(block, number)
            walk(child, size, bold, anchor, inner, own, role)

    walk(root(svg), 13.0, False, "start", False, 0, "")
    return found


def block_of(parent: int, number: int) -> int:
    """The block of an element's child, by its number in it; 0 is the block of the whole drawing."""
    return hash((parent, number))


def box(svg: str) -> tuple[float, float]:
    """Width and height of the view box."""
    _, _, width, height = map(float, root(svg).get("viewBox").split())
    return width, height


def points(path: str) -> list[list[tuple[float, float]]]:
    """The runs of a path of absolute points."""
    runs = []
    for run in re.findall(r"M([-0-9. ]+)", path):
        numbers = [float(number) for number in run.split()]
        runs.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return runs
