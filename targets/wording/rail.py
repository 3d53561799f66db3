"""The progress rail in words: what its picture shows, and the key to it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from targets.progress import Assessment, Rail, RailMark, Reading, rail
from targets.records import TargetRecord
from targets.wording.basis import abstention_words
from targets.wording.dates import year_label
from targets.wording.numbers import about, money, share
from targets.wording.sides import side_name


class Standing(NamedTuple):
    """A reading in the key of the rail: whose, its latest amount and the year of that, in words."""

    reading: Reading
    side: str
    amount: str
    year: str
    drawn: bool
    """Whether the rail has its mark."""
    why: str
    """Why it has none and decides nothing; empty for one that does."""


def rail_key(target: TargetRecord, assessment: Assessment) -> tuple[Standing, ...]:
    """The readings with figures that the rail of a target shows, and those of the sides that it does not."""
    bar, verdict = rail(assessment), assessment.verdict
    drawn = {mark.by for mark in bar.marks} if bar else set()
    return tuple(
        _standing(target, reading, reading.by in drawn, decides=reading.by in verdict.voters)
        for reading in assessment.readings
        if reading.reporter or reading.by in drawn or reading.by in verdict.abstained
        if reading.latest_amount is not None
    )


def _standing(target: TargetRecord, reading: Reading, drawn: bool, *, decides: bool) -> Standing:
    why = "" if drawn or decides else gettext("not on the bar: %(why)s") % {"why": abstention_words(reading)}
    return Standing(
        reading,
        side=side_name(target.pair, reading.by),
        amount=about(money(reading.latest_amount or 0.0, target.currency or "USD"), reading.latest_approximate),
        year="" if reading.latest_year is None else year_label(reading.latest_year, reading.fiscal),
        drawn=drawn,
        why=why,
    )


def rail_ends(bar: Rail, target: TargetRecord) -> tuple[str, str]:
    """The amounts at both ends of the bar; a multiple of an approximate base is approximate too."""
    currency = target.currency or "USD"
    multiple = target.amount is None and bar.base_approximate
    return about(money(bar.base, currency), bar.base_approximate), about(money(bar.target, currency), multiple)


def rail_words(bar: Rail, target: TargetRecord) -> str:
    """What the picture shows, in sentences: its accessible name."""
    start, goal = rail_ends(bar, target)
    words = {"base": start, "target": goal}
    if bar.from_base:
        parts = [gettext("From %(base)s to the target of %(target)s.") % words]
    elif target.cumulative:
        parts = [gettext("Summed up towards the target of %(target)s.") % words]
    else:
        parts = [gettext("No base below the target of %(target)s is known.") % words]
    parts += [_mark(mark, target, bar.from_base) for mark in bar.marks]
    if bar.notch is not None:
        parts.append(gettext("The path asks for %(share)s by now.") % {"share": share(bar.notch)})
    return " ".join(parts)


def _mark(mark: RailMark, target: TargetRecord, from_base: bool) -> str:
    words = {
        "side": side_name(target.pair, mark.by),
        "share": share(mark.share),
        "year": "" if mark.latest_year is None else year_label(mark.latest_year, mark.fiscal),
    }
    if mark.over:
        return gettext("%(side)s, %(year)s: above the target.") % words
    if mark.under:
        return gettext("%(side)s, %(year)s: below the base.") % words
    if not from_base:
        return gettext("%(side)s, %(year)s: %(share)s of the target.") % words
    if not mark.share:
        # No year after the one from which the way is counted is known yet, or trade is back where it began.
        return gettext("%(side)s, %(year)s: where the way begins.") % words
    return gettext("%(side)s, %(year)s: %(share)s of the way.") % words
