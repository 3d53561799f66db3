"""Targets with their statements and documents."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from targets.progress import Assessment, Measure, Terms
from targets.records.trade import PairRecord, PartialDate, SourceRecord, as_float
from targets.records.words import DeadlineBasis, DocumentKind, MeasureBasis, MeasureState, Relation, Strength


@dataclass(frozen=True, slots=True)
class StatementRecord:
    id: int
    stated: PartialDate
    speaker: str
    speaker_ru: str
    role: str
    role_ru: str
    sides: tuple[str, ...]
    occasion: str
    occasion_ru: str
    hedged: bool
    quote: str
    quote_language: str
    summary_en: str
    summary_ru: str
    context_only: bool
    source: SourceRecord


@dataclass(frozen=True, slots=True)
class RoadmapMeasureRecord:
    text: str
    due_on: date | None
    state: MeasureState
    text_ru: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    id: int
    kind: DocumentKind
    title: str
    title_ru: str
    signed: PartialDate
    valid_until: int | None
    language: str
    source: SourceRecord
    signatories: str = ""
    measures: tuple[RoadmapMeasureRecord, ...] = ()
    pages: int | None = None
    """Of the document's file; None where none is kept here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTarget:
    """What a target says; ``amount`` is per year in ``currency`` unless ``cumulative``, of a range the lower end."""

    slug: str
    measure: Measure
    measure_basis: MeasureBasis
    amount: Decimal | None
    amount_high: Decimal | None
    currency: str
    factor: Decimal | None
    baseline_year: int | None
    baseline_amount: Decimal | None
    cumulative: bool
    deadline_year: int | None
    deadline_basis: DeadlineBasis
    deadline_note: str
    deadline_note_ru: str
    strength: Strength
    sectors: tuple[str, ...]
    notes: str
    notes_ru: str
    relation: Relation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRecord(StatedTarget):
    """One target of this site."""

    id: int
    pair: PairRecord
    first_stated: PartialDate
    successor: str
    """Slug of the published target that follows this one; empty when none does."""
    successor_id: int | None = None
    """Its number, which stays where the slug changes."""
    replaced: bool
    """Superseded by a published later version before its deadline; a next step replaces nothing."""

    def terms(self) -> Terms:
        """The target in floats, as the maths wants it."""
        return Terms(
            measure=self.measure,
            amount=as_float(self.amount),
            amount_high=as_float(self.amount_high),
            currency=self.currency,
            factor=as_float(self.factor),
            baseline_year=self.baseline_year,
            baseline_amount=as_float(self.baseline_amount),
            stated=self.first_stated.year,
            deadline=self.deadline_year,
            cumulative=self.cumulative,
            replaced=self.replaced,
            first=self.pair.first.code,
            second=self.pair.second.code,
        )


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a list, with its stored assessment and what is ready to print: the rail, a line for each series.

    ``sparklines`` are path data on one scale by whose figures they show, in the order of the readings.
    """

    target: TargetRecord
    assessment: Assessment
    rail: dict[str, object]
    sparklines: tuple[tuple[str, str], ...] = ()
    drawn: dict[Hashable, str] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What pages made of it, by what they asked for: a row that is remembered is written once."""


def is_replaced(relation: Relation | None, deadline_year: int | None, successor_stated_year: int | None) -> bool:
    """Whether a later version took this target's place before its deadline had passed.

    A next step is another target, not another version, so it replaces nothing. A successor without a known date counts
    as stated in time.
    """
    if relation is None or relation is Relation.NEXT_STEP:
        return False
    return deadline_year is None or successor_stated_year is None or successor_stated_year <= deadline_year


def in_language(english: str, russian: str, language: str) -> tuple[str, str]:
    """The text and the language it is in; English, and saying so, where no Russian was written."""
    return (russian, "ru") if language == "ru" and russian else (english, "en")
