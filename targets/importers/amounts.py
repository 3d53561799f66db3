"""Amounts as people and spreadsheets write them: "1 234,5", "1.234.567", "4.3 bn", "24,7 млн", "$133m".

Groups of three digits may be apart by spaces, no-break and narrow ones too, apostrophes, commas or points; decimals
follow a point or a comma. "1,234" alone may be either: what stands in the other cells of the same table decides, and
where nothing does, nobody guesses, because the two lie a factor of a thousand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LONGEST = 40
"""Signs of the longest amount: all money of the world to the cent needs 25."""


class Why(StrEnum):
    """Why a text is no amount."""

    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    AMBIGUOUS = "ambiguous"


class UnreadableAmount(ValueError):
    """A text that cannot be read as an amount; for an ambiguous one ``meanings`` are the two it may have."""

    def __init__(self, why: Why, text: str, meanings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(f"{text!r}: {why.value.replace('_', ' ')}")
        self.why = why
        self.meanings = meanings


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written, and what stood beside it.

    ``power`` is the power of ten that a word gives ("млн": 6), None without one; ``currency`` is the code, or empty.
    """

    number: Decimal
    power: int | None = None
    currency: str = ""

    def whole(self, power: int) -> Decimal:
        """The amount in units of the currency; ``power`` is that of the table, for a number without a word."""
        return self.number.scaleb(power if self.power is None else self.power)


_WORDS = {
    3: "k|ths|thsd|thou|thousand|thousands|тыс|тысяч|тысячи|тысяча|т",
    6: "m|mn|mln|mio|mill|million|millions|млн|мил|миллион|миллиона|миллионов",
    9: "b|bn|bln|bio|billion|billions|mrd|mlrd|млрд|миллиард|миллиарда|миллиардов",
    12: "tn|trn|trillion|trillions|трлн|триллион|триллиона|триллионов",
}
_POWER_OF = {word: power for power, words in _WORDS.items() for word in words.split("|")}
_SIGNS = {
    "us$": "USD", "$": "USD", "usd": "USD", "долл": "USD", "доллар": "USD", "доллара": "USD", "долларов": "USD",
    "dollars": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "евро": "EUR", "£": "GBP", "gbp": "GBP",
    "¥": "JPY", "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "юаней": "CNY", "₽": "RUB", "rub": "RUB", "руб": "RUB",
    "рублей": "RUB", "₸": "KZT", "kzt": "KZT", "тенге": "KZT", "₹": "INR", "inr": "INR", "₩": "KRW", "krw": "KRW",
}  # fmt: skip
_OF_THE_STATES = re.compile(r"(долл\w*)\.?\s*сша", re.IGNORECASE)

_SPACE = r"[\s\u00a0\u2000-\u200b\u202f\u2060'’ʼ]"
_NOTE_MARKS = re.compile(r"[*†‡¹²³⁴-⁹⁰]+$|\((?:\d|[a-zа-я])\)$", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:[-–—−.:…]+|n\.?\s?[ad]\.?|n/a|na|nan|null|none|н/?\s?д\.?|нет|нет данных|x|х)?", re.IGNORECASE
)
_NUMBER = re.compile(rf"[+−–-]?(?<![.,])[.,]?\d(?:[\d.,]|{_SPACE}(?=\d))*")
_WORD = re.compile(r"us\$|[^\W\d_]+\.?|[$€£¥₽₸₹₩]", re.IGNORECASE)


def read_amount(text: str, decimal: str = "") -> Amount | None:
    """The amount in a cell; None for an empty cell and for what stands for "no figure" ("–", "n/a", "н/д").

    ``decimal`` is the sign that parts decimals in this table, "." or ",", where that is known (:func:`decimal_sign`).
    Raises UnreadableAmount.

    >>> read_amount("1 234,5 млн"), read_amount("-")
    (Amount(number=Decimal('1234.5'), power=6, currency=''), None)
    >>> read_amount("1,234", decimal=".").number
    Decimal('1234')
    """
    if is_nothing(text):
        return None
    digits, power, currency = _parts(text)
    return Amount(_number(digits, decimal, text), power, currency)


def is_nothing(text: str) -> bool:
    """Whether the cell is empty or holds what people write where there is no figure."""
    return _NOTHING.fullmatch(text.strip(" \t\r\n\u00a0\u202f")) is not None


def decimal_sign(texts: Iterable[str]) -> str:
    """What parts decimals in a table of these cells: "." or ",", empty where nothing tells or they disagree."""
    found = set()
    for text in texts:
        if len(text) > LONGEST or is_nothing(text):
            continue
        match = _NUMBER.search(text)
        if match:
            found.add(_telling(_bare(match[0])))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def unit_words(text: str) -> tuple[int | None, str]:
    """The power of ten and the currency that a heading names: "Экспорт, тыс. долл. США" gives 3 and USD.

    >>> unit_words("Exports (million US$)"), unit_words("Total")
    ((6, 'USD'), (None, ''))
    """
    power: int | None = None
    currency = ""
    # One letter is more often a symbol or an ordinal than a unit where there is no number before it.
    for word in map(str.lower, _words(_OF_THE_STATES.sub(r"\1", text))):
        if len(word) > 1:
            power = _POWER_OF.get(word, power)
        currency = _SIGNS.get(word, currency)
    return power, currency


def write_amount(number: Decimal, decimal: str = ".") -> str:
    """The number as :func:`read_amount` reads it back whatever stands beside it: digits, decimals, no groups.

    >>> write_amount(Decimal("1234.50")), write_amount(Decimal("1.234"), ",")
    ('1234.5', '1,2340')
    """
    whole, _, parts = f"{number:f}".partition(".")
    parts = parts.rstrip("0")
    if len(parts) == 3:
        # Three digits after the sign could be read as a group.
        parts += "0"
    return f"{whole}{decimal}{parts}" if parts else whole


def _parts(text: str) -> tuple[str, int | None, str]:
    """The digits with their signs, the power of ten and the currency; raises for anything else in the text."""
    cell = _NOTE_MARKS.sub("", text.strip()).strip()
    match = _NUMBER.search(cell)
    if match is None or len(text) > LONGEST:
        raise UnreadableAmount(Why.NOT_A_NUMBER, text)
    around = _OF_THE_STATES.sub(r"\1", f"{cell[: match.start()]} {cell[match.end() :]}")
    power: int | None = None
    currency = ""
    for word in _words(around):
        small = word.lower()
        if small in _POWER_OF and power is None:
            power = _POWER_OF[small]
        elif (small in _SIGNS or re.fullmatch("[A-Z]{3}", word)) and not currency:
            currency = _SIGNS.get(small, word)
        else:
            raise UnreadableAmount(Why.NOT_A_NUMBER, text)
    if re.sub(rf"{_WORD.pattern}|{_SPACE}|[()]", "", around, flags=re.IGNORECASE):
        raise UnreadableAmount(Why.NOT_A_NUMBER, text)
    return match[0], power, currency


def _words(text: str) -> list[str]:
    return [word.rstrip(".") for word in _WORD.findall(text)]


def _bare(digits: str) -> str:
    return re.sub(_SPACE, " ", digits.lstrip("+")).strip()


def _number(digits: str, decimal: str, text: str) -> Decimal:
    bare = _bare(digits)
    if bare[0] in "-−–":
        raise UnreadableAmount(Why.NEGATIVE, text)
    sign = _telling(bare)
    if not sign and re.fullmatch(r"\d{1,3}[.,]\d{3}", bare) and not bare.startswith("0"):
        if not decimal:
            large = Decimal(re.sub(r"\D", "", bare))
            raise UnreadableAmount(Why.AMBIGUOUS, text, (large, large.scaleb(-3)))
        sign = decimal
    sign = sign or decimal or "."
    grouping = "," if sign == "." else "."
    whole, _, parts = bare.partition(sign)
    whole = whole or "0"
    if not _grouped(whole, grouping) or (parts and not parts.isdecimal()) or bare.endswith((".", ",")):
        raise UnreadableAmount(Why.NOT_A_NUMBER, text)
    return Decimal(f"{re.sub('[^0-9]', '', whole)}.{parts or '0'}") if parts else Decimal(re.sub("[^0-9]", "", whole))


def _telling(bare: str) -> str:
    """The decimal sign that this number gives away by itself; empty where it could be either, or has none."""
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        # The last sign parts decimals; the other, groups.
        return "." if bare.rindex(".") > bare.rindex(",") else ","
    if points > 1 or commas > 1:
        return "," if points > 1 else "."
    sign = "." if points else "," if commas else ""
    if not sign:
        return ""
    whole, _, parts = bare.partition(sign)
    # A group has three digits, follows one to three, and no space stands before it.
    return sign if len(parts) != 3 or len(whole) > 3 or whole in ("", "0", "00", "000") or " " in whole else ""


def _grouped(whole: str, grouping: str) -> bool:
    """Whether the digits before the decimals stand alone or in groups of three parted by one sign throughout."""
    if whole.isdecimal() and whole.isascii():
        return True
    return any(re.fullmatch(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", whole, re.ASCII) for sign in (" ", grouping))
