"""The code on a chart that left the site: which chart it is, of what, drawn when, from which version of the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from targets.progress import METHOD

SHEET = "factsheet"

KINDS = ("trajectory", "mirror", "goalposts", "scoreboard", "comparison", SHEET)
"""The charts that leave the site, and the fact sheet; their order is part of every code, so new ones go last."""

EPOCH = date(2025, 1, 1)
"""Days are counted from here: nothing was published before."""

STATES = 1 << 15
"""How many states of its data a code tells apart."""

LARGEST = 1 << 62
"""No number in a code reaches this: databases know none that does."""

GROUP = 4

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L and O, which are taken for figures, and without U."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_CODE = re.compile(f"[{_LETTERS}]{{8,80}}")
_MORE, _HALF, _BITS = 16, 15, 4


class UnknownCode(ValueError):
    """What was typed is no code of a chart: cut off, mistyped, or of something else."""


@dataclass(frozen=True, slots=True)
class ChartCode:
    """What a code says. It is written without a table of codes: all that is needed to draw the chart again is in it."""

    kind: str
    """One of :data:`KINDS`."""
    subjects: tuple[int, ...]
    """The id of the target or pair, the ids of the targets compared, or :func:`economy_number` of an economy."""
    day: date
    """The UTC day on which it was judged; of a pinned chart the day whose end it shows."""
    version: int
    """The newest entry of the journal when it was drawn; 0 for a chart pinned to the end of its day, which was over."""
    state: int
    """A digest of what it was drawn from, below :data:`STATES`."""
    method: int = METHOD
    """The version of the method it was judged by, from 1."""

    @property
    def text(self) -> str:
        """The code as it is printed, in groups of four letters and figures.

        >>> ChartCode("trajectory", (69,), date(2026, 11, 22), 699, 12345).text
        '0VV2-JV2N-4C1S-SR'
        """
        days = max(0, (self.day - EPOCH).days)
        numbers = (KINDS.index(self.kind) + len(KINDS) * (self.method - 1), self.version, days, *self.subjects)
        body = "".join(map(_written, numbers)) + _fixed(self.state, 3)
        whole = body + _check(body)
        return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def read_code(text: str) -> ChartCode:
    """What the code says, however it was typed: small letters, spaces, O for 0. Raises UnknownCode for any other text.

    >>> read_code("ovv2 jv2n 4cis sr") == read_code("0VV2-JV2N-4C1S-SR")
    True
    """
    whole = text.upper().translate(_MISREAD)
    if not _CODE.fullmatch(whole) or _check(whole[:-2]) != whole[-2:]:
        raise UnknownCode(text)
    numbers, state = _numbers(whole[:-5]), _value(whole[-5:-2])
    if len(numbers) < 4 or max(numbers) >= LARGEST:
        raise UnknownCode(text)
    (what, version, days, *subjects) = numbers
    method, kind = divmod(what, len(KINDS))
    try:
        day = EPOCH + timedelta(days=days)
    except OverflowError:
        raise UnknownCode(text) from None
    return ChartCode(KINDS[kind], tuple(subjects), day, version, state, method + 1)


def economy_number(code: str) -> int:
    """The code of an economy as a number; :func:`economy_code` is the way back.

    >>> economy_number("KGZ"), economy_code(26531)
    (26531, 'KGZ')
    """
    return int(code, 36)


def economy_code(number: int) -> str:
    """The code of the economy with this number."""
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + letters
    return letters


def state_of(*said: object) -> int:
    """A digest of what is said, below :data:`STATES`; the same for the same ``repr``."""
    return int.from_bytes(blake2b(repr(said).encode(), digest_size=2).digest(), "big") % STATES


def _written(number: int) -> str:
    """The number as long as it needs, four bits a letter, the lowest first; the fifth bit says that more follow."""
    letters = ""
    while number > _HALF:
        letters += _LETTERS[(number & _HALF) | _MORE]
        number >>= _BITS
    return letters + _LETTERS[number]


def _numbers(letters: str) -> list[int]:
    found, number, place = [], 0, 0
    for letter in letters:
        value = _LETTERS.index(letter)
        number |= (value & _HALF) << place
        place += _BITS
        if not value & _MORE:
            found.append(number)
            number, place = 0, 0
    # A last number that was cut off is none.
    return found if place == 0 else []


def _fixed(number: int, length: int) -> str:
    return "".join(_LETTERS[number >> 5 * at & 31] for at in reversed(range(length)))


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value << 5 | _LETTERS.index(letter)
    return value


def _check(body: str) -> str:
    """Two letters by which a slip of the pen is noticed."""
    return _fixed(int.from_bytes(blake2b(body.encode(), digest_size=2).digest(), "big") >> 6, 2)
