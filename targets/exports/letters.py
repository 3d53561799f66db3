"""Which letters PNG and PDF can print, and what stands in place of others.

Names and titles come in every script. Beside the shipped typeface there are those that typst brings along; what none
of them has is left out with a sign, because the alternative is an empty box or, in a tagged PDF, no file at all.
"""

from __future__ import annotations

import re
import unicodedata

FAMILIES = ("Tradewatch Sans", "Libertinus Serif", "DejaVu Sans Mono")
"""The typefaces in the order in which they are asked for a letter; the last two stand in for scripts of names."""

LEFT_OUT = "[…]"

OWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xFF), (0x401, 0x401), (0x410, 0x44F), (0x451, 0x451), (0x2010, 0x2014),
    (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x202F, 0x202F), (0x2030, 0x2030),
    (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2248, 0x2248),
)  # fmt: skip
"""Ranges of letters that the shipped typeface has in any company."""

LETTERS = (
    *OWN,
    (0x100, 0x241), (0x243, 0x245), (0x247, 0x249), (0x250, 0x2AF),
    (0x2B0, 0x2E9), (0x300, 0x344), (0x386, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x462, 0x463),
    (0x472, 0x477), (0x490, 0x4C4),
    (0x4CF, 0x4F9), (0x531, 0x556), (0x561, 0x587), (0x5D0, 0x5EA), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F),
    (0x621, 0x63A), (0x640, 0x652), (0x660, 0x66D), (0x67E, 0x67E), (0x686, 0x686), (0x698, 0x698), (0x6A9, 0x6A9),
    (0x6AF, 0x6AF), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x10D0, 0x10FC), (0x1E00, 0x1E9B), (0x1EA0, 0x1EF9),
    (0x200B, 0x200D), (0x2015, 0x2017), (0x201B, 0x201B), (0x201F, 0x201F), (0x2023, 0x2025), (0x2027, 0x2027),
    (0x2031, 0x2037), (0x203B, 0x203E), (0x2044, 0x2046), (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20AB),
    (0x20AD, 0x20B5), (0x20B8, 0x20BA),
    (0x20BC, 0x20BF), (0x2153, 0x215E), (0x2194, 0x2199), (0x221A, 0x221A), (0x221E, 0x221E), (0x2260, 0x2260),
    (0x2264, 0x2265), (0x25A0, 0x25FF),
)  # fmt: skip
"""Ranges of letters that one of the typefaces has; a test sets each of them."""

_STEERING = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that turn the direction of what follows: nobody sees them, and they garble the line."""

_LONG = re.compile(r"\S{25,}")
_PIECE = re.compile(r"\S{1,14}")


def printable(text: str, own: bool = False) -> str:
    """The text with a sign in place of each stretch of letters that cannot be printed; ``own`` in the one typeface.

    >>> printable("Xinhua 新华社: 贸易"), printable("Ҡырғыҙ")
    ('Xinhua […]: […]', 'Ҡырғыҙ')
    """
    whole = _STEERING.sub("", unicodedata.normalize("NFC", text))
    # Line breaks and other controls are spaces.
    whole = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in whole)
    return (_NOT_OWN if own else _UNKNOWN).sub(LEFT_OUT, whole)


def breakable(text: str) -> str:
    """The text with places where a word may break that is too long for a line: a space of no width every few letters.

    >>> breakable("a" * 30).split("\\u200b") == ["a" * 14, "a" * 14, "aa"]
    True
    """
    return _LONG.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)


def shortened(text: str, most: int) -> str:
    """The text, or so many letters of it at most, up to the end of a word, with the sign for what is left out.

    >>> shortened("one two three", 9)
    'one two […]'
    """
    if len(text) <= most:
        return text
    cut = text[: most + 1].rpartition(" ")[0] or text[:most]
    return f"{cut} {LEFT_OUT}"


def _outside(ranges: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    known = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[^{known}](?:\\s*[^{known}])*")


_UNKNOWN = _outside(LETTERS)
_NOT_OWN = _outside(OWN)
