"""A comparison of targets as CSV: what each reading of each of them counts."""

from __future__ import annotations

from targets.exports.tables import Cell, as_csv
from targets.records import Comparison

OF_TARGET = (
    "number",
    "target",
    "pair",
    "measure",
    "amount",
    "amount_high",
    "factor",
    "currency",
    "deadline_year",
    "strength",
    "first_stated_on",
    "verdict",
)
OF_READING = (
    "by",
    "leads",
    "status",
    "fiscal",
    "target_amount",
    "base_year",
    "base_amount",
    "latest_year",
    "latest_amount",
    "share_of_way",
    "catch_up_growth",
    "observed_cagr",
    "required_cagr",
    "growth_ratio",
    "recent_cagr",
    "recent_since",
)


def comparison_csv(comparison: Comparison) -> bytes:
    """One row for each reading of each target in the order compared, the leading one first.

    Written by :func:`as_csv`. Amounts are plain numbers in ``currency``, shares and rates fractions, years
    numbers; unknown is empty. ``leads`` is true for the reading whose numbers the page shows. A target without a
    reading has a row of its own.
    """
    rows: list[dict[str, Cell]] = []
    for number, one in enumerate(comparison.targets, start=1):
        target, assessment = one.target, one.row.assessment
        told: dict[str, Cell] = {
            "number": number,
            "target": target.slug,
            "pair": target.pair.slug,
            "measure": target.measure.value,
            "amount": target.amount,
            "amount_high": target.amount_high,
            "factor": target.factor,
            "currency": target.currency or "USD",
            "deadline_year": target.deadline_year,
            "strength": target.strength.value,
            "first_stated_on": target.first_stated.iso,
            "verdict": assessment.verdict.status.value,
        }
        lead = assessment.lead
        readings = sorted(assessment.readings, key=lambda reading: reading is not lead)
        counted = [{name: getattr(reading, name, reading is lead) for name in OF_READING} for reading in readings]
        rows += [told | one_reading for one_reading in counted or [{}]]
    return as_csv((*OF_TARGET, *OF_READING), rows)
