"""The axis of amounts: in which unit it counts, where its lines lie, how the subtitle says it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from targets.progress import Measure
from targets.records import TargetRecord
from targets.wording import capital, measure_words, money

LINES = 5
"""The most grid lines above zero."""

HEADROOM = 1.06
"""How much of the axis is left free above the highest amount."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from zero. ``unit`` is the amount that counts as 1 on it; ``ticks`` and ``top`` are in that unit."""

    currency: str
    unit: float
    top: float
    ticks: tuple[float, ...]

    def of(self, amount: float) -> float:
        """The amount on the axis, to six significant digits: finer than any line is drawn, short in a file."""
        return float(f"{amount / self.unit:.6g}")

    @property
    def labels(self) -> list[str]:
        return [money(tick * self.unit, self.currency) for tick in self.ticks]

    @property
    def words(self) -> str:
        """What the axis counts: "million current US dollars"."""
        return _unit_words(self.unit) % {"currency": _currency_words(self.currency)}


def scale_for(highest: float, currency: str) -> Scale:
    """The scale on which ``highest``, an amount in the currency, is near the top; of nothing, an empty axis."""
    if highest <= 0:
        return Scale(currency, 1e6, 1.0, (0.0,))
    unit = next((unit for unit in (1e12, 1e9, 1e6) if highest >= unit), 1.0)
    reach = highest / unit
    step = _step(reach / LINES)
    count = math.floor(reach * HEADROOM / step)
    ticks = tuple(float(f"{step * number:.6g}") for number in range(count + 1))
    return Scale(currency, unit, float(f"{max(reach * HEADROOM, ticks[-1]):.6g}"), ticks)


def _step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below ``least``.

    >>> _step(0.7), _step(104), _step(0.021)
    (1.0, 200.0, 0.025)
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(round(power * times, 12) for times in (1, 2, 2.5, 5, 10) if power * times >= least * (1 - 1e-9))


def measured(target: TargetRecord) -> str:
    """What the target counts, as a heading says it: "Goods turnover", "Exports from China to Tajikistan"."""
    return capital(measure_words(target)) if target.measure.one_way else turnover_of(target.measure)


def turnover_of(measure: Measure) -> str:
    """The heading of a measure that counts both directions."""
    return {
        Measure.GOODS_TURNOVER: gettext("Goods turnover"),
        Measure.GOODS_SERVICES_TURNOVER: gettext("Turnover of goods and services"),
        Measure.NON_OIL_TURNOVER: gettext("Non-oil turnover"),
        Measure.UNSPECIFIED_TURNOVER: gettext("Trade turnover"),
    }[measure]


def _unit_words(unit: float) -> str:
    """The unit with a place for the currency; the currency stands in the case that follows a number."""
    return {
        1e12: gettext("trillion current %(currency)s"),
        1e9: gettext("billion current %(currency)s"),
        1e6: gettext("million current %(currency)s"),
        1.0: gettext("current %(currency)s"),
    }[unit]


def _currency_words(currency: str) -> str:
    """The currency as counted: "US dollars"; an unlisted one by its code."""
    return {
        "USD": pgettext("counted", "US dollars"),
        "EUR": pgettext("counted", "euros"),
        "GBP": pgettext("counted", "pounds sterling"),
        "NZD": pgettext("counted", "New Zealand dollars"),
        "AUD": pgettext("counted", "Australian dollars"),
        "CAD": pgettext("counted", "Canadian dollars"),
    }.get(currency, currency)
