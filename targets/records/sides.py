"""Two sides beside each other: their mirror figures, how amounts were converted, and a target's other wordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targets.progress import Assessment, Measure, MirrorYear, Point, Series, Wording
from targets.records.trade import FigureRecord, PairRecord, RatePoint

DOLLAR = "USD"


@dataclass(frozen=True, slots=True)
class MirrorRecord:
    """The same trade as each side counts it, calendar years only, all in ``currency``."""

    pair: PairRecord
    measure: Measure
    currency: str
    first: Series
    second: Series
    years: tuple[MirrorYear, ...]
    """The years that both sides know, oldest first."""
    fiscal: tuple[str, ...] = ()
    """Codes of the sides that also have figures for fiscal years, which are compared with nothing here."""

    @property
    def newest(self) -> MirrorYear | None:
        return self.years[-1] if self.years else None

    @property
    def widest(self) -> MirrorYear | None:
        """The year in which the gap's share is largest, of equal ones the newest."""
        return max(self.years, key=lambda one: (abs(one.mirror_gap_share or 0.0), one.year), default=None)

    @property
    def known(self) -> tuple[int, ...]:
        """The years of which at least one side knows the amount, oldest first."""
        return tuple(sorted({point.year for one in (self.first, self.second) for point in one.points}))

    def point(self, by: str, year: int) -> Point | None:
        """What serves for that side and year."""
        one = self.first if by == self.first.by else self.second
        return next((point for point in one.points if point.year == year), None)


@dataclass(frozen=True, slots=True)
class Conversion:
    """One amount of a figure, in the figure's currency, and what it became at the average rates of its year."""

    figure: FigureRecord
    year: int
    """As the series labels it; of a fiscal year the one in which it ends."""
    original: float
    amount: float
    currency: str
    rates: tuple[RatePoint, ...]
    """The figure's currency against the dollar, then the other one's; without the dollar itself, which needs none."""


@dataclass(frozen=True, slots=True)
class RewordedRecord:
    """A target judged as if its words were taken otherwise; of a multiple ``amount`` may be each side's own."""

    wording: Wording
    assessment: Assessment
    amount: float | None


def rates_used(rates: Iterable[RatePoint], figures: Iterable[FigureRecord], currency: str) -> tuple[RatePoint, ...]:
    """Those of the rates by which some of the figures is converted into the currency; empty stands for dollars."""
    into = currency or DOLLAR
    converted = {(figure.currency, figure.year) for figure in figures if figure.currency != into}
    converted |= {(into, year) for _, year in converted}
    return tuple(rate for rate in rates if (rate.currency, rate.year) in converted)


def conversions(
    series: Iterable[Series], figures: Sequence[FigureRecord], rates: Iterable[RatePoint], currency: str
) -> tuple[Conversion, ...]:
    """How each amount of these series in another currency was converted into this one, newest year first.

    ``figures`` and ``rates`` are those of which the series were made.
    """
    by_id = {figure.id: figure for figure in figures}
    prices = {(rate.currency, rate.year): rate for rate in rates}
    found = []
    for one in series:
        for point in one.points:
            figure = by_id.get(int(point.key)) if point.converted_from else None
            if figure is None or figure.year is None:
                continue
            used = [prices[code, figure.year] for code in (figure.currency, currency) if code != DOLLAR]
            price, price_into = (
                1.0 if code == DOLLAR else float(prices[code, figure.year].usd_per_unit)
                for code in (figure.currency, currency)
            )
            original = point.amount * price_into / price
            found.append(Conversion(figure, point.year, original, point.amount, currency, tuple(used)))
    return tuple(sorted(found, key=lambda made: (-made.year, made.figure.by)))
