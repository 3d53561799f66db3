"""A drawing read back: its texts as boxes, measured with the shipped fonts, and its paths as points."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
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


def root(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own output)


def texts(svg: str) -> list[Text]:
    """Every line of text with the box of its letters, from a little above the capitals to the descenders."""
    found: list[Text] = []

    def walk(element: ET.Element, size: float, bold: bool, anchor: str, label: bool, block: int) -> None:
        size = float(element.get("font-size", size))
        bold = element.get("font-weight", "600" if bold else "400") == "600"
        anchor = element.get("text-anchor", anchor)
        if element.tag in (SVG + "text", SVG + "tspan") and element.text and element.text.strip():
            words = element.text.strip()
            x, y = float(element.get("x")), float(element.get("y"))
            wide = measured(words, size, bold)
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            found.append(Text(words, left, y - 0.75 * size, left + wide, y + 0.2 * size, label, block))
        for number, child in enumerate(element):
            inner = label or child.get("paint-order") == "stroke"
            walk(child, size, bold, anchor, inner, block if child.tag == SVG + "tspan" else hash((block, number)))

    walk(root(svg), 13.0, False, "start", False, 0)
    return found


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
