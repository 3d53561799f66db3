"""Text in a drawing: how wide it is, where it breaks, what Plotly's markup in it means.

Nothing here can measure a font, so the widths of the shipped typeface stand in a table, a little generous: a test holds
it against the font. A file that leaves the site may be set in another typeface; it asks for a reserve.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_WIDTHS = {
    0.26: " \u00a0\u202f'",
    0.34: "ijlI.,:;·!’",
    0.40: "rtf()[]-",
    0.50: '"/г1“”т',
    0.54: "zs7–зь?",
    0.56: "cx«»×≈+−Гсхчэ",
    0.58: "aekvyJLавекуяё",
    0.60: "oF235блоп",
    0.62: "bdghnpquEZ4689ЕдийнрцъЁ",
    0.66: "T0£ТPS$ЗРЬ",
    0.70: "ABRVY€#АБВУЧCDKX&КСХЭЯ",
    0.74: "GЛмU—ДЪы",
    0.78: "HNOQИЙНОПфЦю",
    0.82: "wжш",
    0.90: "%щMМmФЫ",
    0.98: "W…ЮШ",
    1.02: "Ж@Щ",
    1.10: "№",
}
WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
UNKNOWN = 0.8
"""Letters that the table lacks are taken to be wide."""

BOLD = 1.02
"""How much wider the same letters are when they are bold."""

RESERVE, BOLD_RESERVE = 1.1, 1.2
"""How much wider the fallback fonts of common systems set a line of ordinary and of bold letters."""

_MARKUP = re.compile(r"<br\s*/?>|<[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it is read, without markup."""

    text: str
    bold: bool = False

    def width(self, size: float, reserve: bool = False) -> float:
        return width(self.text, size, self.bold, reserve)


def width(text: str, size: float, bold: bool = False, reserve: bool = False) -> float:
    """How wide the text is at this size, in the units of the size; rather too much than too little.

    With a reserve it is how wide it may become in a fallback font.

    >>> round(width("2030", 10), 1)
    25.2
    """
    more = (BOLD_RESERVE if bold else RESERVE) if reserve else 1.0
    return sum(WIDTH.get(letter, UNKNOWN) for letter in text) * size * (BOLD if bold else 1.0) * more


def lines_of(markup: str) -> list[Line]:
    """The lines of a text of Plotly's: tags other than the line break dropped, bold kept, entities read.

    >>> lines_of("<b>Kyrgyzstan</b><br>2024: &lt;$133m")
    [Line(text='Kyrgyzstan', bold=True), Line(text='2024: <$133m', bold=False)]
    """
    return [
        Line(html.unescape(_MARKUP.sub("", part)).strip(), "<b>" in part.lower())
        for part in re.split(r"<br\s*/?>", markup, flags=re.IGNORECASE)
    ]


def wrapped(text: str, room: float, size: float, bold: bool = False, reserve: bool = False) -> list[str]:
    """The text in lines no wider than ``room``, broken at ordinary spaces; a word that is wider by itself stands alone.

    >>> wrapped("one two three", 45, 10)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold, reserve) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines


def balanced(text: str, room: float, size: float, bold: bool = False, reserve: bool = False) -> list[str]:
    """The text in as few lines as :func:`wrapped` makes of it, but about as wide as each other.

    >>> balanced("one two three four", 65, 10)
    ['one two', 'three four']
    """
    lines = wrapped(text, room, size, bold, reserve)
    narrower = lines
    while len(narrower) == len(lines) > 1:
        lines = narrower
        widest = max(width(line, size, bold, reserve) for line in lines)
        narrower = wrapped(text, widest - 0.1, size, bold, reserve)
        if max(width(line, size, bold, reserve) for line in narrower) >= widest:
            break
    return lines
