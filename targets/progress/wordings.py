"""What a target's wording leaves open, and the terms it would have if it were read otherwise.

A reader may then see whether the verdict depends on how the words were understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from targets.progress.shapes import Terms
from targets.progress.vocabulary import Measure, Word, gettext_noop


class Ambiguity(Word):
    """What a wording may leave open."""

    RANGE = "range", gettext_noop("a range of amounts")
    SERVICES = "services", gettext_noop("goods alone, or services too")
    BASE = "base", gettext_noop("of what the target is a multiple")


class Wording(Word):
    """Another way to read a target than the one by which it is judged."""

    UPPER_END = "upper_end", gettext_noop("by the upper end of the range")
    GOODS_AND_SERVICES = "goods_and_services", gettext_noop("with services counted too")
    GOODS_ALONE = "goods_alone", gettext_noop("with goods counted alone")
    BASE_OF_STATEMENT = "base_of_statement", gettext_noop("counted from the amount that the statement names")
    BASE_OWN = "base_own", gettext_noop("counted from each side’s own figures instead of the amount named")
    BASE_YEAR_STATED = "base_year_stated", gettext_noop("counted from the year of the statement")

    @property
    def of(self) -> Ambiguity:
        """What of the wording it takes otherwise."""
        if self is Wording.UPPER_END:
            return Ambiguity.RANGE
        return Ambiguity.SERVICES if self in (Wording.GOODS_AND_SERVICES, Wording.GOODS_ALONE) else Ambiguity.BASE


@dataclass(frozen=True, slots=True)
class Rewording:
    """One other way to read a target, and its terms by it."""

    wording: Wording
    terms: Terms


def rewordings(terms: Terms, *, measure_said: bool) -> tuple[Rewording, ...]:
    """The other ways in which the target's words can be read; none for words that leave nothing open.

    ``measure_said`` tells that the source itself says what is counted. A target of which a goods figure may be meant is
    also taken with services, one with services also without; a range also by its upper end; a multiple from another
    base: the statement's amount instead of each side's own, each side's own instead of the amount that the statement
    makes of it, the year of the statement instead of the one before it.
    """
    return tuple(Rewording(wording, other) for wording, other in _otherwise(terms, measure_said) if other != terms)


def _otherwise(terms: Terms, measure_said: bool) -> Iterator[tuple[Wording, Terms]]:
    if terms.amount is not None and terms.amount_high is not None:
        yield Wording.UPPER_END, replace(terms, amount=terms.amount_high, amount_high=None)
    if not measure_said:
        if terms.measure in (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER):
            yield Wording.GOODS_AND_SERVICES, replace(terms, measure=Measure.GOODS_SERVICES_TURNOVER)
        elif terms.measure is Measure.GOODS_SERVICES_TURNOVER:
            yield Wording.GOODS_ALONE, replace(terms, measure=Measure.GOODS_TURNOVER)
    if terms.factor is not None and not terms.cumulative:
        yield from _other_bases(terms, terms.factor)


def _other_bases(terms: Terms, factor: float) -> Iterator[tuple[Wording, Terms]]:
    if terms.amount is not None:
        yield Wording.BASE_OWN, replace(terms, amount=None, amount_high=None, baseline_amount=None)
        return
    if terms.baseline_amount is not None:
        yield Wording.BASE_OF_STATEMENT, replace(terms, amount=factor * terms.baseline_amount, factor=None)
    if terms.baseline_year is None and terms.stated is not None:
        yield Wording.BASE_YEAR_STATED, replace(terms, baseline_year=terms.stated, baseline_amount=None)
