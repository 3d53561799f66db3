"""A list of targets as CSV: one row for each, with what each side's figures say of it and whose figures those are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from targets.exports.tables import Cell, Table, as_csv, named
from targets.progress import Status
from targets.records import SourcedReading, SourcedTarget
from targets.wording import deciding_growth, language

OF_TARGET = (
    "target",
    "pair",
    "first",
    "first_name",
    "second",
    "second_name",
    "measure",
    "amount",
    "amount_high",
    "factor",
    "currency",
    "cumulative",
    "first_stated_on",
    "deadline_year",
    "strength",
    "replaced",
    "status",
    "by",
    "share_of_way",
    "catch_up_growth",
    "growth",
    "growth_years",
)
OF_SIDE = (
    "status",
    "fiscal",
    "latest_year",
    "latest_amount",
    "approximate",
    "converted",
    "share_of_way",
    "source",
    "source_url",
)
SIDES = ("first", "second", "compiler")
"""Both sides of the pair, and the compiler whose figures stand for a target of which neither side's do."""

LISTING_FIELDS = (
    *OF_TARGET,
    *(f"{side}_{name}" for side in ("first", "second") for name in OF_SIDE),
    "compiler",
    *(f"compiler_{name}" for name in OF_SIDE),
    "address",
)


def targets_csv(rows: Iterable[SourcedTarget], address: Callable[[str], str]) -> Table:
    """The targets as CSV (see :func:`as_csv`), one row each in the order given; ``address`` of a slug is its page's.

    Amounts are plain numbers in ``currency``, shares and rates fractions, fiscal years those in which they end, unknown
    is empty; statuses and measures are code values, names in the active language. ``by`` tells whose reading stands for
    the target: ``share_of_way``, the growth needed a year (``catch_up_growth``) and the growth had (``growth`` in
    ``growth_years``) are that reading's, as the list shows them. An amount whose source may not be passed on is left
    out, and with it all that is worked out of that side's years; ``withheld`` counts such amounts.
    """
    told = list(rows)
    content = as_csv(LISTING_FIELDS, ({**_row(one), "address": address(one.target.slug)} for one in told))
    return Table(content, len(told), sum(side.withheld for one in told for side in _sides(one).values()))


def _row(one: SourcedTarget) -> dict[str, Cell]:
    target, spoken = one.target, language()
    first, second = target.pair.first, target.pair.second
    row: dict[str, Cell] = {
        "target": target.slug,
        "pair": target.pair.slug,
        "first": first.code,
        "first_name": first.name(spoken),
        "second": second.code,
        "second_name": second.name(spoken),
        "measure": target.measure.value,
        "amount": target.amount,
        "amount_high": target.amount_high,
        "factor": target.factor,
        "currency": target.currency or "USD",
        "cumulative": target.cumulative,
        "first_stated_on": target.first_stated.iso,
        "deadline_year": target.deadline_year,
        "strength": target.strength.value,
        "replaced": target.replaced,
        "status": one.status.value,
        "by": one.lead,
    }
    row.update(_of_lead(one))
    for side, sourced in _sides(one).items():
        row.update((f"{side}_{name}", value) for name, value in _of_side(sourced))
        if side == "compiler":
            row["compiler"] = sourced.reading.by
    return row


def _of_lead(one: SourcedTarget) -> Iterator[tuple[str, Cell]]:
    """What the list shows of the reading that stands for the target."""
    lead = one.by(one.lead) if one.lead else None
    if lead is None or lead.closed:
        return
    reading = lead.reading
    yield "share_of_way", reading.share_of_way
    if reading.status is not Status.NOT_ASSESSABLE:
        yield "catch_up_growth", reading.catch_up_growth
    grew = deciding_growth(one.target, reading)
    if grew:
        yield "growth", grew.rate
        yield "growth_years", grew.years


def _sides(one: SourcedTarget) -> dict[str, SourcedReading]:
    """The readings of a row by the names of its columns."""
    pair = one.target.pair
    whose = {"first": pair.first.code, "second": pair.second.code}
    if one.lead and one.lead not in whose.values():
        whose["compiler"] = one.lead
    return {side: found for side, by in whose.items() if (found := one.by(by))}


def _of_side(one: SourcedReading) -> Iterator[tuple[str, Cell]]:
    reading, source = one.reading, one.source
    yield "status", reading.status.value
    if reading.latest_year is None:
        return
    yield "fiscal", reading.fiscal
    yield "latest_year", reading.latest_year
    if not one.closed:
        yield "share_of_way", reading.share_of_way
    if one.withheld:
        return
    yield "latest_amount", reading.latest_amount
    yield "approximate", reading.latest_approximate
    yield "converted", reading.converted
    if source is not None:
        yield "source", named(source)
        yield "source_url", source.link
