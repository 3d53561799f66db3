"""Economies that do not exist, and targets and readings of theirs, for tests of wording that need no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from targets.progress import Assessment, Measure, Reading, Reason, Status, Terms, Verdict
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    EconomyKind,
    EconomyRecord,
    MeasureBasis,
    PairRecord,
    PartialDate,
    Strength,
    TargetRecord,
)

TODAY = date(2026, 11, 22)

FREEDONIA = EconomyRecord(
    "XFR", EconomyKind.COUNTRY, "Freedonia", "Freedonia", "Фридония", "Фридонии", "Фридонией", "Фридонии"
)
ISLES = EconomyRecord(
    "XIS",
    EconomyKind.COUNTRY,
    "Calm Isles",
    "the Calm Isles",
    "Тихие острова",
    "Тихих островов",
    "Тихими островами",
    "Тихих островах",
)
PAIR = PairRecord("xfr-xis", FREEDONIA, ISLES)

FIELDS = {
    "id": 1,
    "slug": "xfr-xis-500m-usd-2030",
    "pair": PAIR,
    "measure": Measure.GOODS_TURNOVER,
    "measure_basis": MeasureBasis.EXPLICIT,
    "amount": Decimal(500_000_000),
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
    "first_stated": PartialDate(date(2024, 5, 1), DatePrecision.DAY),
    "sectors": (),
    "notes": "",
    "notes_ru": "",
    "successor": "",
    "relation": None,
    "replaced": False,
}


def target(**fields: Any) -> TargetRecord:
    """500 million dollars of goods by 2030, stated in 2024, unless told otherwise."""
    return TargetRecord(**{**FIELDS, **fields})


def reading(status: Status, by: str = "XFR", **fields: Any) -> Reading:
    """By Freedonia's figures 100 million in 2019 and 133 million in 2024, 500 million to reach."""
    usual = {
        "reporter": by in ("XFR", "XIS"),
        "target_amount": 500e6,
        "base_year": 2019,
        "base_amount": 100e6,
        "latest_year": 2024,
        "latest_amount": 133e6,
        "years": 6,
    }
    return Reading(by=by, status=status, **{**usual, **fields})


def silent(by: str, **fields: Any) -> Reading:
    """A side of whose figures nothing is known."""
    return Reading(by, True, Status.NOT_ASSESSABLE, reason=Reason.NO_FIGURES, **fields)


def assessment(one: TargetRecord, *readings: Reading, **verdict: Any) -> Assessment:
    """The readings with a verdict as ``assess`` would word it: those that can be judged vote, the first one leads."""
    undecided = (Status.NOT_ASSESSABLE, Status.AWAITING_FIGURES)
    voters = [each for each in readings if each.status not in undecided] or [
        each for each in readings if each.status is Status.AWAITING_FIGURES
    ]
    lead = (voters or list(readings))[0]
    said = Verdict(
        status=lead.status,
        reason=lead.reason,
        flags=lead.flags,
        voters=tuple(each.by for each in voters),
        abstained=tuple(each.by for each in readings if each not in voters),
        lead=lead.by,
    )
    return Assessment(terms(one), tuple(readings), replace(said, **verdict), TODAY)


def terms(one: TargetRecord) -> Terms:
    return one.terms()
