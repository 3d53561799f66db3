"""The shapes that the progress rules take and give: figures, series, terms, readings, verdict, assessment.

Amounts are plain floats in the unit of their currency (not thousands, not millions), years are calendar years or, for
a fiscal series, the years in which the fiscal years end. Growth rates and shares are fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from targets.progress.vocabulary import Flag, Measure, Reason, SourceRank, Status


class Figure(NamedTuple):
    """One published trade figure of one reporter or compiler, as its source gives it.

    ``exports`` and ``imports`` are seen from the reporter. ``year`` is the calendar year, for a fiscal year the one
    in which it starts; months count from the start of that year. Both months are None for a "current level".
    ``key`` is the identity by which a page finds the figure again; it also breaks the last tie between two figures.
    """

    year: int | None
    from_month: int | None
    through_month: int | None
    fiscal: str
    measure: Measure
    exports: float | None
    imports: float | None
    turnover: float | None
    currency: str
    rank: SourceRank
    vintage: date | None
    approximate: bool
    key: int | str

    @property
    def full_year(self) -> bool:
        """True when the figure covers the twelve months of a named year."""
        return self.year is not None and self.from_month == 1 and self.through_month == 12

    @property
    def year_label(self) -> int | None:
        """The year under which the figure stands: the calendar year, or the one in which the fiscal year ends."""
        if self.year is None:
            return None
        return self.year + 1 if self.fiscal else self.year


class Point(NamedTuple):
    """The amount that serves for one year of a series, in the target's currency, and where it comes from.

    A tuple, because a refresh of all judgements makes them by the million.
    """

    year: int
    amount: float
    approximate: bool
    measure: Measure
    converted_from: str
    key: int | str
    rank: SourceRank


@dataclass(frozen=True, slots=True)
class Series:
    """The full-year amounts of one reporter or compiler in the target's measure and currency, ascending.

    ``by`` is the reporter's code, the compiler's name, or "" when nobody is named; ``reporter`` tells the first from
    the others. ``fiscal`` is "" for calendar years. ``skipped`` are the years that had a figure and no exchange rate.
    """

    by: str
    reporter: bool
    fiscal: str
    points: tuple[Point, ...]
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """A target as the rules see it.

    ``amount`` is the amount, of a range the lower end, in ``currency``; None for a pure multiple. ``factor`` is the
    multiple ("double" = 2.0) with its baseline where one was named. ``stated`` is the year in which the target was
    first stated, ``deadline`` the year by which it is to be met. ``replaced`` says that a published later version took
    its place before the deadline (or that it had none). ``first`` and ``second`` are the economies' codes.
    """

    measure: Measure
    amount: float | None
    amount_high: float | None
    currency: str
    factor: float | None
    baseline_year: int | None
    baseline_amount: float | None
    stated: int | None
    deadline: int | None
    cumulative: bool
    replaced: bool = False
    first: str = ""
    second: str = ""


class Reading(NamedTuple):
    """The target judged by one reporter's (or one compiler's) figures.

    A tuple, because it is put together in a dozen steps, each a copy: of a frozen dataclass that takes ten times as
    long.

    Fields that the status leaves open are None. ``base_stated`` tells that the base amount is the statement's own.
    ``latest_figure`` is the key of the figure that the latest amount is from.
    ``decided_year``, ``decided_amount`` and ``decided_approximate`` are the figure that decided a met, lost or missed
    status; ``reached_in`` is the year in which the target was reached, if it was. ``share_of_way`` of a cumulative
    amount is the share that the full years since the statement add up to. ``years`` is the number of years in the
    series.
    """

    by: str
    reporter: bool
    status: Status
    fiscal: str = ""
    reason: Reason | None = None
    flags: tuple[Flag, ...] = ()
    measures: tuple[Measure, ...] = ()
    converted: bool = False
    target_amount: float | None = None
    base_year: int | None = None
    base_amount: float | None = None
    base_stated: bool = False
    base_approximate: bool = False
    latest_year: int | None = None
    latest_amount: float | None = None
    latest_approximate: bool = False
    latest_figure: int | str | None = None
    decided_year: int | None = None
    decided_amount: float | None = None
    decided_approximate: bool = False
    reached_in: int | None = None
    observed_cagr: float | None = None
    required_cagr: float | None = None
    growth_ratio: float | None = None
    catch_up_growth: float | None = None
    catch_up_step: float | None = None
    recent_cagr: float | None = None
    recent_since: int | None = None
    share_of_way: float | None = None
    years: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the readings say together, who voted (by their ``by``), who abstained, and whose numbers stand for it."""

    status: Status
    reason: Reason | None = None
    flags: tuple[Flag, ...] = ()
    voters: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A target's terms, its readings in a fixed order, the verdict over them and the UTC day it was judged."""

    terms: Terms
    readings: tuple[Reading, ...]
    verdict: Verdict
    today: date | None = None

    def reading(self, by: str) -> Reading | None:
        """The reading by that reporter's or compiler's figures, or None."""
        return next((reading for reading in self.readings if reading.by == by), None)

    @property
    def lead(self) -> Reading | None:
        """The reading whose numbers stand for the target, or None when there is none."""
        return None if self.verdict.lead is None else self.reading(self.verdict.lead)
