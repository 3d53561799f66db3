"""What a chart was drawn from, in single facts: two editions of one chart differ in facts that can be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from targets.records.codes import state_of
from targets.records.scoreboards import Scored, Tally
from targets.records.sides import DOLLAR
from targets.records.targets import DocumentRecord, StatementRecord, TargetRecord, TargetRow
from targets.records.trade import EconomyRecord, FigureRecord, PartialDate, RatePoint

Key = tuple[object, ...]


@dataclass(frozen=True)
class Counts:
    """What became of all targets of an economy, also of those that are not drawn."""

    economy: EconomyRecord
    tally: Tally


@dataclass(frozen=True)
class Fact:
    """One thing that a chart says or was made of; ``value`` makes it another one, ``record`` tells it in words."""

    value: tuple[object, ...]
    record: FigureRecord | TargetRow | TargetRecord | RatePoint | Scored | Counts | StatementRecord | DocumentRecord


@dataclass(frozen=True)
class FactChange:
    """A fact that differs between two editions; ``before`` is None for a new one, ``after`` for one that is gone."""

    before: Fact | None
    after: Fact | None


@dataclass(frozen=True)
class Edition:
    """The facts by what they are about. Language and layout play no part."""

    facts: Mapping[Key, Fact]

    @cached_property
    def state(self) -> int:
        """A digest of all facts, as a chart's code has it."""
        return state_of(sorted((repr(key), repr(fact.value)) for key, fact in self.facts.items()))

    def changes_to(self, later: Edition) -> tuple[FactChange, ...]:
        """In what a later edition differs: what changed and what is gone in this one's order, then what is new."""
        keys = dict.fromkeys([*self.facts, *later.facts])
        pairs = ((self.facts.get(key), later.facts.get(key)) for key in keys)
        return tuple(
            FactChange(before, after)
            for before, after in pairs
            if before is None or after is None or before.value != after.value
        )


def edition(
    *,
    figures: Iterable[FigureRecord] = (),
    targets: Iterable[TargetRecord] = (),
    rows: Iterable[TargetRow] = (),
    rates: Iterable[RatePoint] = (),
    scored: Iterable[Scored] = (),
    counts: Counts | None = None,
    said: Iterable[StatementRecord | DocumentRecord] = (),
    printed: TargetRecord | None = None,
) -> Edition:
    """The edition of a chart drawn from these; of the judged targets, ``rows``, the verdict is a fact of its own.

    ``printed`` is the one of them whose terms stand there in full, not only as far as they can be drawn.
    """
    facts: dict[Key, Fact] = {}
    for target in targets:
        facts["target", target.id] = Fact(_said(target), target)
    for row in rows:
        facts["target", row.target.id] = Fact(_said(row.target), row.target)
        facts["verdict", row.target.id] = Fact((row.assessment.verdict.status.value,), row)
    if printed is not None:
        facts["target", printed.id] = Fact((*_said(printed), *_promised(printed)), printed)
    for one in scored:
        target = one.row.target
        # An amount that is stated in dollars is told with the target's terms.
        if one.dollars is not None and (target.amount is None or target.currency != DOLLAR):
            facts["dollars", target.id] = Fact((round(one.dollars),), one)
    if counts is not None:
        facts["counts", counts.economy.code] = Fact(tuple((one.value, number) for one, number in counts.tally), counts)
    for figure in figures:
        facts["figure", *_about(figure)] = Fact(_given(figure), figure)
    for text in said:
        facts[type(text).__name__, text.id] = Fact(_written(text), text)
    for rate in rates:
        facts["rate", rate.currency, rate.year] = Fact((_plain(rate.usd_per_unit),), rate)
    return Edition(facts)


def _said(target: TargetRecord) -> tuple[object, ...]:
    amounts = (target.amount, target.amount_high, target.factor, target.baseline_amount)
    return (
        *map(_plain, amounts),
        target.currency,
        target.measure.value,
        target.baseline_year,
        target.cumulative,
        target.deadline_year,
        *_dated(target.first_stated),
        target.relation.value if target.relation else None,
        target.replaced,
        target.successor_id,
    )


def _promised(target: TargetRecord) -> tuple[object, ...]:
    """How firmly it was said and how its terms were read, with what is noted of them."""
    kinds = (target.strength.value, target.measure_basis.value, target.deadline_basis.value)
    return (*kinds, target.first_stated.inferred, *target.sectors, target.deadline_note, target.notes)


def _written(text: StatementRecord | DocumentRecord) -> tuple[object, ...]:
    """What was said or signed when and by whom; how it is told in another language plays no part."""
    if isinstance(text, StatementRecord):
        said = (text.speaker, text.hedged, text.context_only, text.summary_en, text.quote)
        return (*_dated(text.stated), *said, text.source.url)
    return (*_dated(text.signed), text.kind.value, text.title, text.valid_until, text.signatories, text.source.url)


def _dated(when: PartialDate) -> tuple[object, ...]:
    return (when.on.isoformat() if when.on else None, when.precision.value)


def _about(figure: FigureRecord) -> Key:
    period = (figure.year, figure.from_month, figure.through_month, figure.fiscal)
    return (figure.source.key, figure.pair, figure.by, *period, figure.measure.value, figure.currency)


def _given(figure: FigureRecord) -> tuple[object, ...]:
    amounts = (figure.exports, figure.imports, figure.turnover)
    return (*map(_plain, amounts), figure.standing.value, figure.approximate)


def _plain(value: Decimal | None) -> str | None:
    """The number without the zeros that one database keeps and another does not."""
    return None if value is None else f"{value.normalize():f}"
