"""Tables that leave the site as CSV or JSON: they open right in Excel, run nothing there, and lose nothing."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol

from targets.records import (
    COMPILER,
    FIGURE_FIELDS,
    FigureRecord,
    MirrorRecord,
    SourceRecord,
    neutral,
)
from targets.wording.numbers import locale

Cell = str | int | float | bool | Decimal | None
"""What stands in one cell before it is written."""

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, the rows in it without the header, and how many were left out because of their sources' terms."""

    content: bytes
    rows: int
    withheld: int


def figures_csv(figures: Iterable[FigureRecord]) -> Table:
    """The figures as CSV (see :func:`as_csv`), one row each in the order given, sources included.

    Amounts are plain numbers in ``currency``, not thousands; unknown is empty; ``approximate`` is true or false. Where
    no side reports a figure ``reporter`` is empty and the note names the compiler.
    """
    given = list(figures)
    told = shared(given)
    content = as_csv(FIGURE_FIELDS, (values(figure) for figure in told))
    return Table(content, len(told), len(given) - len(told))


@dataclass(frozen=True, slots=True)
class About:
    """Of what figures are, and as of which day; ``address`` is that of the page which shows them."""

    slug: str
    title: str
    verdict: str
    address: str
    day: date
    data_version: int


def figures_json(figures: Iterable[FigureRecord], about: About) -> Table:
    """The rows of ``figures_csv`` as JSON: numbers as numbers, unknown as null, the sources once each beside them."""
    given = list(figures)
    told = shared(given)
    content = {
        "target": about.slug,
        "title": about.title,
        "verdict": about.verdict,
        "address": about.address,
        "as_of": about.day.isoformat(),
        "data_version": about.data_version,
        "withheld": len(given) - len(told),
        "figures": [{name: _plain_json(value) for name, value in values(figure).items()} for figure in told],
        "sources": [{name: _plain_json(value) for name, value in row.items()} for row in source_values(told)],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Table(f"{text}\n".encode(), len(told), len(given) - len(told))


def shared(figures: Iterable[FigureRecord]) -> list[FigureRecord]:
    """The figures that their sources' terms let us pass on."""
    return [figure for figure in figures if figure.source.shareable]


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
    """Both sides' calendar years and the gap as CSV (see :func:`as_csv`), one row a year, oldest first.

    Amounts are in ``currency``, converted where the source has another one. The gap is the first side's amount less the
    second's, in the currency and as a share of the mean of both; empty for a year of which one side says nothing or may
    not be passed on. ``figures`` are those that the mirror was made of.
    """
    by_id = {figure.id: figure for figure in figures}
    both = {one.year: one for one in mirror.years}
    rows: list[dict[str, Cell]] = []
    withheld = 0
    for year in mirror.known:
        row: dict[str, Cell] = {
            "pair": mirror.pair.slug,
            "year": year,
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
            row[f"{side}_turnover"] = point.amount
            row[f"{side}_source"], row[f"{side}_source_url"] = named(source), source.link
        if len(given) == 2 and year in both:
            row["mirror_gap"], row["mirror_gap_share"] = both[year].mirror_gap, both[year].mirror_gap_share
        if given:
            rows.append(row)
    return Table(as_csv(MIRROR_FIELDS, rows), len(rows), withheld)


def as_csv(fields: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """A table as Excel opens it by itself in the reader's language: UTF-8 with a byte order mark, CR LF.

    In English cells stand apart by commas and decimals follow a point; where decimals follow a comma, as in Russian,
    semicolons set cells apart. What a row does not have is an empty cell.
    """
    mark = get_decimal_symbol(locale())
    text = io.StringIO()
    text.write(BOM)
    writer = csv.DictWriter(text, fields, delimiter=";" if mark == "," else ",", lineterminator="\r\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value, mark) for name, value in row.items()})
    return text.getvalue().encode()


def named(source: SourceRecord) -> str:
    """The source in one cell: who published it, and its title where it has one."""
    return f"{source.publisher}: {source.title}" if source.title else source.publisher


def values(figure: FigureRecord) -> dict[str, Cell]:
    """One row: the figure by the names of ``FIGURE_FIELDS``, numbers as numbers, None for what is not known."""
    compiled = f"{COMPILER}{figure.compiler}" if figure.compiler else ""
    return {
        "pair": figure.pair,
        "reporter": figure.reporter,
        "partner": figure.partner,
        "year": figure.year,
        "from_month": figure.from_month,
        "through_month": figure.through_month,
        "fiscal": figure.fiscal,
        "measure": figure.measure.value,
        "exports": figure.exports,
        "imports": figure.imports,
        "turnover": figure.turnover,
        "currency": figure.currency,
        "valuation": figure.valuation.value,
        "standing": figure.standing.value,
        "approximate": figure.approximate,
        "vintage": figure.vintage.isoformat() if figure.vintage else "",
        "source": named(figure.source),
        "source_url": figure.source.link,
        "note": "; ".join(filter(None, (compiled, figure.note))),
    }


SOURCE_FIELDS = ("publisher", "title", "url", "language", "kind", "grade", "terms", "figures")


def source_values(figures: Iterable[FigureRecord]) -> list[dict[str, Cell]]:
    """One row for each source by the names of ``SOURCE_FIELDS``, with the number of figures that are from it."""
    counts = Counter(figure.source for figure in figures)
    return [
        {
            "publisher": source.publisher,
            "title": source.title,
            "url": source.link,
            "language": source.language,
            "kind": source.kind.value,
            "grade": source.grade.value,
            "terms": source.terms,
            "figures": count,
        }
        for source, count in counts.items()
    ]


def cell(value: Cell, mark: str = ".") -> str:
    """The value as CSV has it: numbers without exponent and idle zeros, true and false, empty for unknown; no formula.

    >>> cell(Decimal("133000000.00")), cell(Decimal("-0.50")), cell(1e3), cell("=1+1")
    ('133000000', '-0.5', '1000', "'=1+1")
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return _number(Decimal(repr(value)), mark)
        case Decimal() | int():
            return _number(value, mark)
        case _:
            return neutral(str(value))


def _plain_json(value: Cell) -> str | int | float | bool | None:
    """A number stays one, whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _number(value: Decimal | int, mark: str) -> str:
    """The number without exponent and idle zeros, so that it stays a number also where it is negative."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", mark)
