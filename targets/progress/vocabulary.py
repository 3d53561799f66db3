"""The words of the progress rules: measures, states, reasons, flags and the ranking of sources.

Every word is stored, sent and compared by its ``value``; its ``label`` is the English wording that faces translate.
Labels are marked for extraction here and translated where they are printed, because this package knows no Django.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """The message unchanged; the name marks it for the extraction of translatable texts."""
    return message


class Word(StrEnum):
    """A word with a stable code value and an English label: ``NAME = "value", "English label"``.

    >>> Status.TOO_SLOW.value, Status.TOO_SLOW.label
    ('too_slow', 'too slow')
    >>> Status("too_slow") is Status.TOO_SLOW
    True
    """

    label: str

    # The label is optional only for looking a member up: Measure("goods_turnover").
    def __new__(cls, value: str, label: str = "") -> Self:
        """A member whose string value is the code and which carries its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Measure(Word):
    """What a figure or a target counts. First and second are the economies of the pair in order of their codes."""

    GOODS_TURNOVER = "goods_turnover", gettext_noop("goods trade")
    GOODS_SERVICES_TURNOVER = "goods_services_turnover", gettext_noop("trade in goods and services")
    NON_OIL_TURNOVER = "non_oil_turnover", gettext_noop("non-oil trade")
    EXPORTS_FIRST_TO_SECOND = "exports_first_to_second", gettext_noop("exports, first to second")
    EXPORTS_SECOND_TO_FIRST = "exports_second_to_first", gettext_noop("exports, second to first")
    UNSPECIFIED_TURNOVER = "unspecified_turnover", gettext_noop("trade, not said of what")

    @property
    def one_way(self) -> bool:
        """True for exports of one economy to the other, False for a turnover."""
        return self in (Measure.EXPORTS_FIRST_TO_SECOND, Measure.EXPORTS_SECOND_TO_FIRST)


class Status(Word):
    """How a target stands by one reading, or by all of them together (``DISPUTED`` is a verdict only)."""

    MET = "met", gettext_noop("met")
    MET_THEN_LOST = "met_then_lost", gettext_noop("met, then lost")
    MISSED = "missed", gettext_noop("missed")
    ON_TRACK = "on_track", gettext_noop("on track")
    TOO_SLOW = "too_slow", gettext_noop("too slow")
    FAR_TOO_SLOW = "far_too_slow", gettext_noop("far too slow")
    MOVING_AWAY = "moving_away", gettext_noop("moving away")
    TOO_EARLY = "too_early", gettext_noop("too early to tell")
    NO_DEADLINE = "no_deadline", gettext_noop("no deadline")
    AWAITING_FIGURES = "awaiting_figures", gettext_noop("awaiting figures")
    NOT_ASSESSABLE = "not_assessable", gettext_noop("not assessable")
    DISPUTED = "disputed", gettext_noop("disputed")


class Reason(Word):
    """Why a reading or a verdict says no more than it does."""

    NO_FIGURES = "no_figures", gettext_noop("no figures for full years")
    AMOUNT_UNKNOWN = "amount_unknown", gettext_noop("the amount cannot be worked out: a multiple without a base")
    CUMULATIVE = "cumulative", gettext_noop("an amount summed over several years")
    NO_DEADLINE_FIGURE = "no_deadline_figure", gettext_noop("no figure for the deadline year")
    FIGURES_TOO_OLD = "figures_too_old", gettext_noop("figures too old")
    NO_PACE = "no_pace", gettext_noop("no pace can be worked out")
    NO_EXCHANGE_RATE = "no_exchange_rate", gettext_noop("no exchange rate for the years of the figures")
    TOO_FEW_YEARS = "too_few_years", gettext_noop("fewer than two years between base and latest year")
    NO_BASE = "no_base", gettext_noop("no base year")


class Flag(Word):
    """What is worth saying beside any status."""

    ALREADY_THERE = "already_there", gettext_noop("already at that level when stated")
    NARROW = "narrow", gettext_noop("about there")
    REPLACED = "replaced", gettext_noop("replaced before its deadline")


class Weather(Word):
    """The four signs of the six-point rule."""

    SUN = "sun", gettext_noop("sun")
    SUN_AND_CLOUD = "sun_and_cloud", gettext_noop("sun and cloud")
    CLOUD = "cloud", gettext_noop("cloud")
    STORM = "storm", gettext_noop("storm")


class SourceRank(IntEnum):
    """How near a source is to the customs declarations; of several figures for one year the smallest rank serves."""

    NATIONAL_OFFICE = 0
    COMPILATION = 1
    WORDS = 2
    PRESS = 3
