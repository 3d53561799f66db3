"""A comparison of targets as CSV: what each reading of each of them counts."""

from __future__ import annotations

from targets.exports.tables import Cell, Table, as_csv
from targets.progress import Reading
from targets.records import Compared, Comparison

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
OF_YEARS = frozenset(
    {"share_of_way", "catch_up_growth", "observed_cagr", "required_cagr", "growth_ratio", "recent_cagr"}
)
"""What is worked out of the amounts of several years, and would tell one of them beside the others."""


def comparison_csv(comparison: Comparison) -> Table:
    """One row for each reading of each target in the order compared, the leading one first.

    Written by :func:`as_csv`. Amounts are plain numbers in ``currency``, shares and rates fractions, years
    numbers; unknown is empty. ``leads`` is true for the reading whose numbers the page shows. A target without a
    reading has a row of its own. An amount whose source may not be passed on is left out, and with it all that is
    worked out of that reading's years; ``withheld`` counts such amounts.
    """
    rows: list[dict[str, Cell]] = []
    withheld = 0
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
        left_out = [_left_out(one, reading) for reading in readings]
        withheld += sum(len(names & {"base_amount", "latest_amount"}) for names in left_out)
        counted = [
            {name: getattr(reading, name, reading is lead) for name in OF_READING if name not in names}
            for reading, names in zip(readings, left_out, strict=True)
        ]
        rows += [told | one_reading for one_reading in counted or [{}]]
    return Table(as_csv((*OF_TARGET, *OF_READING), rows), len(rows), withheld)


def _left_out(one: Compared, reading: Reading) -> set[str]:
    """The columns of a reading that would tell what may not be passed on."""
    closed = {year for by, year in one.closed if by == reading.by}
    names = set(OF_YEARS if closed else ())
    if reading.latest_year in closed:
        names.add("latest_amount")
    if reading.base_year in closed and not reading.base_stated:
        # A multiple of the base tells the base.
        names |= {"base_amount"} if one.target.amount is not None else {"base_amount", "target_amount"}
    return names
