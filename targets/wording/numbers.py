"""Numbers as people say them, in the active language: money, per cent, shares, multiples.

Nothing here breaks across lines: amounts and their units are joined by no-break spaces. Minus is the minus sign,
and what rounds to zero has no sign at all.
"""

from __future__ import annotations

import string
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import format_decimal, get_currency_name
from django.utils.translation import get_language, gettext, ngettext, pgettext

NO_BREAK = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "NZD": "NZ$", "AUD": "A$", "CAD": "C$"}
"""Currencies that readers know by a sign; the others go by their code."""

SIGNIFICANT = 3

_LETTERS = string.ascii_letters + "абвгдеёжзийклмнопрстуфхцчшщъыьэюя." + NO_BREAK


def language() -> str:
    """The active language as its bare code: "en", "ru"."""
    return (get_language() or "en").partition("-")[0]


def locale() -> Locale:
    """Babel's locale of the active language; English is written with days before months."""
    return _locale(language())


@cache
def _locale(spoken: str) -> Locale:
    return Locale.parse("en_GB" if spoken == "en" else spoken)


def money(amount: Decimal | float, currency: str, digits: int = SIGNIFICANT) -> str:
    """The amount as a table or a chart prints it, to three significant digits: "$133m", "AED 1.2bn"; "133 млн $"."""
    return _placed(_compact(amount, digits), currency)


def money_in_text(amount: Decimal | float, currency: str, digits: int = SIGNIFICANT) -> str:
    """The amount inside a sentence: "$133m" in English, with the currency as a word elsewhere: "133 млн долларов"."""
    if language() == "en":
        return money(amount, currency, digits)
    # After a thousand, a million and so on the word stands in the plural, whatever the number before it.
    count = abs(_rounded(amount, digits))
    return f"{_compact(amount, digits)}{NO_BREAK}{_currency_word(currency, 1000 if count >= 1000 else int(count))}"


def about(amount: str, approximate: bool) -> str:
    """The amount, or the share, with a word that it is no exact one."""
    return gettext("about %(amount)s") % {"amount": amount} if approximate else amount


def money_range_in_text(low: Decimal | float, high: Decimal | float, currency: str) -> str:
    """A range of amounts inside a sentence, the unit said once: "$2–3bn", "2–3 млрд долларов"."""
    lower, upper = _compact(low, SIGNIFICANT), _compact(high, SIGNIFICANT)
    bare, unit = lower.rstrip(_LETTERS), upper.removeprefix(upper.rstrip(_LETTERS))
    amounts = f"{bare if lower == bare + unit else lower}–{upper}"
    if language() == "en":
        return _placed(amounts, currency)
    return f"{amounts}{NO_BREAK}{_currency_word(currency, 1000)}"


def money_exact(amount: Decimal | float, currency: str) -> str:
    """The amount to the last unit: "$133,000,000", "133 000 000 $"."""
    return _placed(number(amount), currency)


def number(value: Decimal | float, decimals: int = 0) -> str:
    """The number with thousands apart and at most so many decimals: "1,048", "12.5"; "1 048", "12,5"."""
    return _written(_quantized(value, decimals), "#,##0." + "#" * decimals if decimals else "#,##0")


def percent(fraction: Decimal | float, signed: bool = False) -> str:
    """A growth rate in per cent with one decimal: "24.7 %", "−3.1 %"; "+24.7 %" when signed."""
    exact = _decimal(fraction) * 100
    decimals = 1 if abs(exact) < 1000 else 0
    value = _quantized(exact, decimals)
    text = _written(value, "#,##0.0" if decimals else "#,##0") + f"{NARROW}%"
    return f"+{text}" if signed and value > 0 else text


def share(fraction: Decimal | float) -> str:
    """A share in whole per cent; with decimals where these would wrongly say nothing or all: "27 %", "99.6 %"."""
    exact = _decimal(fraction) * 100
    value = next(
        (rounded for places in (0, 1, 2) if _honest(rounded := _quantized(exact, places), exact)),
        _quantized(exact, 2, ROUND_FLOOR),
    )
    return _written(value, "#,##0.##") + f"{NARROW}%"


def times(factor: Decimal | float) -> str:
    """A multiple as a bare number: "1.5", "3.6"; "1,5", "3,6"."""
    return number(factor, 2)


def distinct_digits(*amounts: Decimal | float) -> int:
    """The significant digits that keep unequal amounts apart when printed, three where they suffice, at most seven.

    So that a target of 500 million missed by 499.8 million does not read "$500m of $500m".
    """
    exact = {_decimal(amount) for amount in amounts}
    return next(
        (digits for digits in range(SIGNIFICANT, 7) if len({_rounded(one, digits) for one in exact}) == len(exact)), 7
    )


def _placed(amount: str, currency: str) -> str:
    """Number and currency in the order of the language; a code stands apart from the number, a sign need not."""
    symbol = SYMBOLS.get(currency)
    words = {"currency": symbol or currency, "amount": amount.removeprefix(MINUS)}
    # Translators: an amount with its currency sign, as in $133m; the sign may go behind.
    pattern = pgettext("money", "%(currency)s%(amount)s") if symbol else pgettext("money", "%(currency)s %(amount)s")
    sign = MINUS if amount.startswith(MINUS) else ""
    return sign + (pattern % words).replace(" ", NO_BREAK)


def _compact(amount: Decimal | float, digits: int) -> str:
    """The amount to so many significant digits with its power of a thousand: "133m", "4.3bn", "133 млн"."""
    value = _rounded(amount, digits)
    size = abs(value)
    if size >= 10**12:
        return pgettext("compact number", "%(number)stn") % {"number": _written(value.scaleb(-12), "#,##0.######")}
    if size >= 10**9:
        return pgettext("compact number", "%(number)sbn") % {"number": _written(value.scaleb(-9), "#,##0.######")}
    if size >= 10**6:
        return pgettext("compact number", "%(number)sm") % {"number": _written(value.scaleb(-6), "#,##0.######")}
    return _written(value, "#,##0.##")


def _currency_word(currency: str, count: int) -> str:
    """The currency as a word that fits the count: "долларов", "новозеландских долларов"."""
    if currency == "USD":
        return ngettext("US dollar", "US dollars", count)
    if currency == "GBP":
        return ngettext("pound sterling", "pounds sterling", count)
    return get_currency_name(currency, count=count, locale=locale())


def _honest(rounded: Decimal, exact: Decimal) -> bool:
    """Whether rounding did not make a part into nothing or into the whole."""
    return rounded not in (0, 100) or rounded == exact


def _written(value: Decimal, pattern: str) -> str:
    """The number in the language's own digits and separators, minus as a minus sign, zero without one."""
    return _set(str(value + 0), pattern, language())


@lru_cache(maxsize=8192)
def _set(value: str, pattern: str, spoken: str) -> str:
    # Pages say the same numbers again and again, and setting one takes longer than all else about it.
    text = format_decimal(Decimal(value), format=pattern, locale=_locale(spoken), decimal_quantization=False)
    return text.replace("-", MINUS) if Decimal(value) else text.replace("-", "")


def _rounded(amount: Decimal | float, digits: int) -> Decimal:
    """The amount to so many significant digits, halves away from zero."""
    value = _decimal(amount)
    return value if not value else _quantized(value, digits - 1 - value.adjusted())


def _quantized(value: Decimal | float, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return _decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=rounding)


def _decimal(value: Decimal | float) -> Decimal:
    """The number as it is written, so that 0.285 is not a little less."""
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
