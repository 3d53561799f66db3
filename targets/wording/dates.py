"""Days, years and periods in the active language, no finer than known."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton, get_month_names
from django.utils.translation import gettext, npgettext, pgettext

from targets.records import DatePrecision, FigureRecord, PartialDate
from targets.wording.numbers import NO_BREAK, locale


def day(on: date) -> str:
    """A day in full: "30 September 2025", "30 сентября 2025 г."."""
    return _joined(format_date(on, "long", locale=locale()))


def partial_date(when: PartialDate) -> str:
    """The date as finely as it is known: "30 September 2025", "September 2025", "2025"; else that it is not known."""
    if when.on is None or when.precision is DatePrecision.UNKNOWN:
        return gettext("date not known")
    if when.precision is DatePrecision.YEAR:
        return str(when.on.year)
    if when.precision is DatePrecision.MONTH:
        return _joined(format_skeleton("yMMMM", when.on, locale=locale()))
    return day(when.on)


def year_label(year: int, fiscal: str = "") -> str:
    """A year of a series: "2024"; a fiscal year, which progress labels by its end, shows both: "2023/24"."""
    return f"{year - 1}/{year % 100:02d}" if fiscal else str(year)


def in_year(year: int, fiscal: str = "") -> str:
    """When, inside a sentence: "in 2024", "in fiscal 2023/24"; "в 2024 году"."""
    label = {"year": year_label(year, fiscal)}
    if fiscal:
        return _joined(pgettext("when", "in fiscal %(year)s") % label)
    return _joined(pgettext("when", "in %(year)s") % label)


def by_year(year: int, fiscal: str = "") -> str:
    """By when, inside a sentence: "by 2019", "by fiscal 2018/19"; "к 2019 году"."""
    label = {"year": year_label(year, fiscal)}
    if fiscal:
        return _joined(pgettext("by when", "by fiscal %(year)s") % label)
    return _joined(pgettext("by when", "by %(year)s") % label)


def since_year(year: int, fiscal: str = "") -> str:
    """From when, inside a sentence: "since 2019", "since fiscal 2018/19"; "с 2019 года"."""
    label = {"year": year_label(year, fiscal)}
    if fiscal:
        return _joined(pgettext("from when", "since fiscal %(year)s") % label)
    return _joined(pgettext("from when", "since %(year)s") % label)


def period(figure: FigureRecord) -> str:
    """What a figure covers: "2024", "FY 2023/24", "January–September 2024", "first 8 months of FY 2024/25"."""
    return period_words(figure.year, figure.from_month, figure.through_month, figure.fiscal)


def period_words(year: int | None, from_month: int | None, through_month: int | None, fiscal: str = "") -> str:
    """The same of a period that is no figure's yet."""
    if year is None:
        return gettext("current level, no year named")
    if from_month is None or through_month is None:
        return _joined(gettext("current level in %(year)s") % {"year": year})
    if fiscal:
        return _fiscal_period(year, from_month, through_month)
    if (from_month, through_month) == (1, 12):
        return str(year)
    return _months(year, from_month, through_month)


def _months(year: int, first: int, last: int) -> str:
    names = get_month_names("wide", context="stand-alone", locale=locale())
    span = names[first] if first == last else f"{names[first]}–{names[last]}"
    return f"{span}{NO_BREAK}{year}"


def _fiscal_period(starts: int, first: int, last: int) -> str:
    """A fiscal year or part of it. Months are counted: not every fiscal calendar follows the civil months."""
    words = {"year": year_label(starts + 1, "fiscal"), "first": first, "last": last}
    if (first, last) == (1, 12):
        return _joined(gettext("FY %(year)s") % words)
    if first == 1:
        return _joined(
            npgettext("period", "first month of FY %(year)s", "first %(last)s months of FY %(year)s", last) % words
        )
    if first == last:
        return _joined(gettext("month %(first)s of FY %(year)s") % words)
    return _joined(gettext("months %(first)s–%(last)s of FY %(year)s") % words)


def _joined(text: str) -> str:
    """The date with its parts held together."""
    return text.replace(" ", NO_BREAK)
