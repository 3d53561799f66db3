"""Made-up pages of targets, from plain numbers, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from targets.progress import Measure, assess, series_of
from targets.queries.sides import pair_mirror
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    EconomyKind,
    EconomyRecord,
    FigureRecord,
    FigureStanding,
    MeasureBasis,
    PairPage,
    PairRecord,
    PartialDate,
    RatePoint,
    SourceGrade,
    SourceKind,
    SourceRecord,
    Strength,
    TargetPage,
    TargetRecord,
    Valuation,
)

TODAY = date(2026, 11, 22)
ARLANDIA = EconomyRecord(
    "XAR", EconomyKind.COUNTRY, "Arlandia", "Arlandia", "Арландия", "Арландии", "Арландией", "Арландии"
)
BOROVIA = EconomyRecord(
    "XBO", EconomyKind.COUNTRY, "Borovia", "the Borovia", "Боровия", "Боровии", "Боровией", "Боровии"
)
PAIR = PairRecord("xar-xbo", ARLANDIA, BOROVIA)
UNDATED = PartialDate(None, DatePrecision.UNKNOWN)


def source(key: str = "office", kind: SourceKind = SourceKind.NATIONAL_OFFICE, **fields) -> SourceRecord:
    given = {
        "key": key,
        "kind": kind,
        "grade": SourceGrade.PRIMARY,
        "publisher": "Office of Numbers",
        "title": "",
        "url": f"https://example.org/{key}",
        "language": "en",
        "published": UNDATED,
        "terms": "",
        "shareable": True,
    }
    return SourceRecord(**given | fields)


OFFICE = source()
PRESS = source("paper", SourceKind.PRESS, publisher="The Daily Ledger")
_number = count(1)


def figure(reporter: str, year: int | None, amount: float | None = None, **fields) -> FigureRecord:
    """One full calendar year in dollars, final, from the office, unless told otherwise."""
    given = {
        "id": next(_number),
        "pair": PAIR.slug,
        "reporter": reporter,
        "compiler": "",
        "partner": "XBO" if reporter == "XAR" else "XAR",
        "year": year,
        "from_month": 1,
        "through_month": 12,
        "fiscal": "",
        "measure": Measure.GOODS_TURNOVER,
        "exports": None,
        "imports": None,
        "stated_turnover": None if amount is None else Decimal(repr(amount)),
        "currency": "USD",
        "valuation": Valuation.UNKNOWN,
        "standing": FigureStanding.FINAL,
        "approximate": False,
        "vintage": None,
        "note": "",
        "source": OFFICE,
        "release_id": 1,
        "recorded_at": datetime(2026, 11, 20, tzinfo=UTC),
    }
    return FigureRecord(**given | fields)


def years(reporter: str, first: int, *amounts: float | None, **fields) -> list[FigureRecord]:
    """Consecutive full years from the first on; None leaves a gap."""
    return [
        figure(reporter, first + number, amount, **fields)
        for number, amount in enumerate(amounts)
        if amount is not None
    ]


def target(**fields) -> TargetRecord:
    """500 million dollars of goods by 2030, first stated on 28 November 2024, unless told otherwise."""
    given = {
        "id": next(_number),
        "slug": "xar-xbo-500m-usd-2030",
        "pair": PAIR,
        "measure": Measure.GOODS_TURNOVER,
        "measure_basis": MeasureBasis.EXPLICIT,
        "amount": Decimal("500e6"),
        "amount_high": None,
        "currency": "USD",
        "factor": None,
        "baseline_year": None,
        "baseline_amount": None,
        "cumulative": False,
        "deadline_year": 2030,
        "deadline_basis": DeadlineBasis.STATED,
        "deadline_note": "",
        "deadline_note_ru": "",
        "strength": Strength.COMMITMENT,
        "first_stated": PartialDate(date(2024, 11, 28), DatePrecision.DAY),
        "sectors": (),
        "notes": "",
        "notes_ru": "",
        "successor": "",
        "relation": None,
        "replaced": False,
    }
    return TargetRecord(**given | fields)


def page(
    goal: TargetRecord | None = None,
    figures: Iterable[FigureRecord] = (),
    earlier: Iterable[TargetRecord] = (),
    rates: Iterable[RatePoint] = (),
    **fields,
) -> TargetPage:
    """The page of a target with these figures, assessed as the site would."""
    goal = goal or target()
    figures, rates = tuple(figures), tuple(rates)
    terms = goal.terms()
    prices = {(rate.currency, rate.year): float(rate.usd_per_unit) for rate in rates}
    compilers = sorted({one.compiler for one in figures if not one.reporter})
    names = [(terms.first, True), (terms.second, True), *((name, False) for name in compilers)]
    series = tuple(
        series_of(
            terms,
            name,
            reporter,
            [one.for_progress() for one in figures if (one.by, one.reporter != "") == (name, reporter)],
            prices,
            TODAY,
        )
        for name, reporter in names
    )
    given = {
        "target": goal,
        "assessment": assess(terms, series, TODAY),
        "figures": figures,
        "statements": (),
        "documents": (),
        "earlier": tuple(earlier),
        "later": None,
        "siblings": (),
        "rates": rates,
        "as_of": None,
        "data_version": 1,
        "through": datetime(2026, 11, 20, tzinfo=UTC),
        "series": series,
    }
    return TargetPage(**given | fields)


def pair_page(figures: Iterable[FigureRecord] = (), rates: Iterable[RatePoint] = (), **fields) -> PairPage:
    """The page of the pair with these figures and no target."""
    figures, rates = tuple(figures), tuple(rates)
    given = {
        "pair": PAIR,
        "targets": (),
        "figures": figures,
        "mirror": pair_mirror(PAIR, figures, rates, TODAY),
        "rates": rates,
        "as_of": None,
        "through": datetime(2026, 11, 20, tzinfo=UTC),
    }
    return PairPage(**given | fields)


def two_sides() -> PairPage:
    """A pair of which now the one, now the other side counts more, with years that only one side knows."""
    return pair_page(
        [
            *years("XAR", 2010, 100e6, 120e6, None, 140e6, 160e6, 300e6, 290e6),
            *years("XBO", 2011, 110e6, 115e6, 150e6, 160e6, 120e6),
            figure("XBO", 2016, 130e6, approximate=True, standing=FigureStanding.SAID, source=PRESS),
        ]
    )


def busy() -> TargetPage:
    """A page with something of everything: gaps, parts of years, second figures, a compiler, an earlier version."""
    return page(
        target(),
        [
            *years("XAR", 1994, 6e6, 10e6, None, None, 47e6, 78e6, 60e6, 117e6, 163e6, 129e6, 96e6, 57e6),
            *years("XAR", 2021, 74e6, 111e6, 110e6),
            figure("XAR", 2024, 133e6, approximate=True, standing=FigureStanding.SAID, source=PRESS),
            figure("XAR", 2023, 100e6, standing=FigureStanding.PRESS, source=PRESS),
            figure("XAR", 2024, 68e6, through_month=9, source=PRESS),
            *years("XBO", 2019, 69e6, 75e6, 100e6, 170e6),
            figure("XBO", 2024, 135e6, through_month=9, approximate=True, source=PRESS),
            figure("", 2018, 90e6, compiler="press", standing=FigureStanding.PRESS, source=PRESS),
        ],
        earlier=[
            target(slug="xar-xbo-500m-usd-2027", deadline_year=2027, successor="xar-xbo-500m-usd-2030", replaced=True)
        ],
    )
