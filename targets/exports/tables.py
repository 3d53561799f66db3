"""Tables that leave the site as CSV: they open right in Excel, run nothing there, and can be read back without loss."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from targets.records import COMPILER, FIGURE_FIELDS, FigureRecord, MirrorRecord, SourceRecord, neutral

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, the rows in it without the header, and how many were left out because of their sources' terms."""

    content: bytes
    rows: int
    withheld: int


def figures_csv(figures: Iterable[FigureRecord]) -> Table:
    """The figures as CSV, one row each in the order given, sources included; UTF-8 with a byte order mark, CR LF.

    Amounts are plain numbers in ``currency``, not thousands; unknown is empty; ``approximate`` is true or false. Where
    no side reports a figure ``reporter`` is empty and the note names the compiler.
    """
    given = list(figures)
    shared = [figure for figure in given if figure.source.shareable]
    text = io.StringIO()
    text.write(BOM)
    writer = csv.DictWriter(text, FIGURE_FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_figure_row(figure) for figure in shared)
    return Table(text.getvalue().encode(), len(shared), len(given) - len(shared))


MIRROR_FIELDS = (
    "pair",
    "year",
    "measure",
    "currency",
    "first_reporter",
    "first_turnover",
    "second_reporter",
    "second_turnover",
    "mirror_gap",
    "mirror_gap_share",
    "first_source",
    "first_source_url",
    "second_source",
    "second_source_url",
)


def mirror_csv(mirror: MirrorRecord, figures: Iterable[FigureRecord]) -> Table:
    """Both sides' calendar years and the gap, one row a year, oldest first; UTF-8 with a byte order mark, CR LF.

    Amounts are in ``currency``, converted where the source has another one. The gap is the first side's amount less the
    second's, in the currency and as a share of the mean of both; empty for a year of which one side says nothing or may
    not be passed on. ``figures`` are those that the mirror was made of.
    """
    by_id = {figure.id: figure for figure in figures}
    both = {one.year: one for one in mirror.years}
    text = io.StringIO()
    text.write(BOM)
    writer = csv.DictWriter(text, MIRROR_FIELDS, lineterminator="\r\n", restval="")
    writer.writeheader()
    rows = withheld = 0
    for year in mirror.known:
        row = {
            "pair": mirror.pair.slug,
            "year": str(year),
            "measure": mirror.measure.value,
            "currency": mirror.currency,
        }
        given = []
        for side, series in (("first", mirror.first), ("second", mirror.second)):
            row[f"{side}_reporter"] = series.by
            point = mirror.point(series.by, year)
            source = by_id[int(point.key)].source if point else None
            if point is None or source is None:
                continue
            if not source.shareable:
                withheld += 1
                continue
            given.append(point)
            row[f"{side}_turnover"] = _number(Decimal(repr(point.amount)))
            row[f"{side}_source"], row[f"{side}_source_url"] = _source(source)
        if len(given) == 2 and year in both:
            row["mirror_gap"] = _number(Decimal(repr(both[year].mirror_gap)))
            share = both[year].mirror_gap_share
            row["mirror_gap_share"] = "" if share is None else _number(Decimal(repr(share)))
        if given:
            rows += 1
            writer.writerow(row)
    return Table(text.getvalue().encode(), rows, withheld)


def _source(source: SourceRecord) -> tuple[str, str]:
    """What names a source, and its address."""
    return neutral(f"{source.publisher}: {source.title}" if source.title else source.publisher), neutral(source.link)


def _figure_row(figure: FigureRecord) -> Mapping[str, str]:
    compiled = f"{COMPILER}{figure.compiler}" if figure.compiler else ""
    source, address = _source(figure.source)
    return {
        "pair": figure.pair,
        "reporter": figure.reporter,
        "partner": figure.partner,
        "year": _number(figure.year),
        "from_month": _number(figure.from_month),
        "through_month": _number(figure.through_month),
        "fiscal": neutral(figure.fiscal),
        "measure": figure.measure.value,
        "exports": _number(figure.exports),
        "imports": _number(figure.imports),
        "turnover": _number(figure.turnover),
        "currency": neutral(figure.currency),
        "valuation": figure.valuation.value,
        "standing": figure.standing.value,
        "approximate": "true" if figure.approximate else "false",
        "vintage": figure.vintage.isoformat() if figure.vintage else "",
        "source": source,
        "source_url": address,
        "note": neutral("; ".join(filter(None, (compiled, figure.note)))),
    }


def _number(value: Decimal | int | None) -> str:
    """The number without exponent and idle zeros, so that it stays a number also where it is negative.

    >>> _number(Decimal("133000000.00")), _number(Decimal("-0.50")), _number(Decimal("1E+3"))
    ('133000000', '-0.5', '1000')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
