"""Rates of exchange in words."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.records import RatePoint
from targets.wording.numbers import NO_BREAK, number

DIGITS = 5
"""Significant digits of a rate: as many as sources print."""

MANY = 100
"""So many units make one amount where one alone is worth next to nothing."""


def rate_words(rate: RatePoint) -> str:
    """The average of a year: "2024: 1 EUR = 1.0824 USD", "2013: 100 IDR = 0.0096 USD"."""
    units = 1 if rate.usd_per_unit * MANY >= 1 else MANY
    price = rate.usd_per_unit * units
    decimals = max(0, DIGITS - 1 - price.adjusted())
    words = {
        "year": rate.year,
        "units": number(units),
        "currency": rate.currency,
        "price": number(price, decimals),
    }
    return (gettext("%(year)s: %(units)s %(currency)s = %(price)s USD") % words).replace(" ", NO_BREAK)
