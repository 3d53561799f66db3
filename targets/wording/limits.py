"""The thresholds of the rules in words, read from the constants that the rules themselves use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module

from django.utils.translation import gettext, ngettext

from targets.wording.numbers import number, percent, share

MODULES = ("base", "growth", "status", "verdict", "second_opinion", "doubts", "jumps", "plausibility", "rail", "method")
"""The modules of ``targets.progress`` that hold thresholds."""


def constants() -> Iterator[tuple[str, float | Decimal]]:
    """The name ("status.PACE_YEARS") and the value of every number that the rules name."""
    seen: set[str] = set()
    for module in MODULES:
        held = vars(import_module(f"targets.progress.{module}"))
        for name, value in held.items():
            # What one module takes from another belongs to the one named first.
            if name.isupper() and isinstance(value, int | float | Decimal) and name not in seen:
                seen.add(name)
                yield f"{module}.{name}", value


def limits() -> dict[str, tuple[float | Decimal, str]]:
    """Every threshold by its name: the value, and how a sentence says it ("95 %", "3 years", "5 times")."""
    return {name: (value, WORDS[name](value)) for name, value in constants() if name in WORDS}


def _years(value: float | Decimal) -> str:
    return ngettext("%(number)s year", "%(number)s years", int(value)) % {"number": number(int(value))}


def _values(value: float | Decimal) -> str:
    return number(int(value))


def _share(value: float | Decimal) -> str:
    """A share that is a whole per cent, or a part of one."""
    return share(float(value)) if round(float(value), 4) * 100 % 1 == 0 else percent(float(value))


def _rounded(value: float | Decimal) -> str:
    return share(float(value))


def _power(value: float | Decimal) -> str:
    """A decimal logarithm as the factor that it stands for."""
    factor = round(10 ** float(value), 1)
    return _times(factor)


def _natural(value: float | Decimal) -> str:
    """A natural logarithm as the factor that it stands for."""
    return _times(round(2.718281828459045 ** float(value), 1))


def _times(factor: float) -> str:
    whole = int(factor) if factor == int(factor) else 2
    told = number(int(factor)) if factor == int(factor) else number(factor, 1)
    return ngettext("%(number)s time", "%(number)s times", whole) % {"number": told}


def _beyond_one(value: float | Decimal) -> str:
    """What a factor adds to the whole, as a share."""
    return percent(float(value) - 1)


def _tiny(value: float | Decimal) -> str:
    return gettext("one in %(number)s") % {"number": number(round(1 / float(value)))}


WORDS: dict[str, Callable[[float | Decimal], str]] = {
    "base.BASE_YEARS_BACK": _years,
    "growth.DECIMALS": _values,
    "growth.LEAST_REQUIRED_GROWTH": _tiny,
    "growth.RECENT_YEARS": _years,
    "growth.RECENT_YEARS_AT_LEAST": _years,
    "status.WINDOW_WITHOUT_STATEMENT": _years,
    "status.AWAITED_FOR": _years,
    "status.TOO_OLD_AFTER": _years,
    "status.PACE_YEARS": _years,
    "status.ON_TRACK_FROM": _share,
    "status.TOO_SLOW_FROM": _share,
    "status.NARROW_WITHIN": _share,
    "verdict.STALE_AFTER": _years,
    "verdict.PACES_APART": _values,
    "second_opinion.VALUES": _values,
    "second_opinion.VALUES_AT_LEAST": _values,
    "second_opinion.SUN_ABOVE": _share,
    "second_opinion.SUN_AND_CLOUD_FROM": _share,
    "doubts.CLOSE": _share,
    "jumps.JUMP": _power,
    "jumps.FAR": _power,
    "jumps.ALIKE": _power,
    "jumps.MOST": _rounded,
    "jumps.NEAR": _years,
    "plausibility.SWAPPED_BY_MIRROR": _natural,
    "plausibility.SWAPPED_BY_OWN": _natural,
    "plausibility.SWAPPED_ON_AVERAGE": _natural,
    "plausibility.AVERAGE_OVER": _years,
    "plausibility.SLACK": _beyond_one,
    "plausibility.SAME": _share,
    "rail.TOUCHING": _share,
    "method.METHOD": _values,
}
"""How each threshold is said; the page about the method shows every one that stands here."""
