"""What the readers give: frozen rows that name their fields as the tables do, and what could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from targets.records import (
    DatePrecision,
    DocumentKind,
    EconomyKind,
    FigureRow,
    Rejection,
    SourceGrade,
    SourceKind,
    StatedTarget,
    Valuation,
)


class UnreadableFile(ValueError):
    """A file that cannot be read at all; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class ShippedEconomy:
    code: str
    kind: EconomyKind
    iso2: str
    m49: int | None
    name_en: str
    name_en_text: str
    name_ru: str
    name_ru_gen: str
    name_ru_ins: str
    name_ru_prep: str
    other_names: tuple[str, ...]
    members: tuple[str, ...] | None
    """None for a group that has no list."""
    place: str


@dataclass(frozen=True, slots=True)
class ShippedSource:
    key: str
    kind: SourceKind
    grade: SourceGrade
    publisher: str
    title: str
    url: str
    language: str
    published_on: date | None
    published_on_precision: DatePrecision
    terms: str
    shareable: bool
    place: str


@dataclass(frozen=True, slots=True)
class ShippedStatement:
    stated_on: date | None
    stated_on_precision: DatePrecision
    stated_on_inferred: bool
    speaker: str
    speaker_ru: str
    role: str
    role_ru: str
    sides: tuple[str, ...]
    occasion: str
    occasion_ru: str
    hedged: bool
    summary_en: str
    summary_ru: str
    context_only: bool
    source: str
    """The source's key."""


@dataclass(frozen=True, slots=True)
class ShippedDocument:
    kind: DocumentKind
    title: str
    title_ru: str
    signed_on: date | None
    signed_on_precision: DatePrecision
    signed_on_inferred: bool
    valid_until: int | None
    source: str
    """The source's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedTarget(StatedTarget):
    first: str
    second: str
    first_stated_on: date | None
    first_stated_on_precision: DatePrecision
    first_stated_on_inferred: bool
    superseded_by: str
    publish: bool
    hold_reason: str
    statements: tuple[ShippedStatement, ...]
    documents: tuple[ShippedDocument, ...]
    place: str


@dataclass(frozen=True, slots=True)
class ShippedRate:
    currency: str
    year: int
    usd_per_unit: Decimal
    observations: int
    place: str


@dataclass(frozen=True, slots=True)
class ShippedDataset:
    """One producer's part of a shipped trade extract: its name there, its source, and how it values goods."""

    dataset: str
    source: ShippedSource
    valuation: Valuation


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records that can be taken; references between them are sound, save to a target in ``lost``.

    ``lost`` are the slugs of rejected targets: a good target that leads to one is taken, its link is not.
    """

    economies: tuple[ShippedEconomy, ...]
    sources: tuple[ShippedSource, ...]
    targets: tuple[ShippedTarget, ...]
    figures: dict[str, tuple[FigureRow, ...]]
    """Figures by the key of their source."""
    lost: frozenset[str]
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Values of a file that no figure comes of, counted together: why, which, how many and where the first stands."""

    reason: str
    field: str
    """``reporter`` or ``partner`` for an economy that the site does not know; else empty."""
    value: str
    """As the file writes it: "533 Aruba"; empty where the reason says all."""
    count: int
    place: str


@dataclass(frozen=True, slots=True)
class FigureFile:
    """The figures of a publisher's file by dataset ("" where the file names none), and the account of all it holds.

    ``read`` counts values: lines of a long table, filled cells of a wide one. Each of them is ``taken`` into a
    figure, rejected (one rejection each), ``skipped`` knowingly, or of an economy ``unknown`` to the site.
    """

    figures: dict[str, tuple[FigureRow, ...]]
    rejections: tuple[Rejection, ...]
    read: int = 0
    taken: int = 0
    skipped: tuple[LeftOut, ...] = ()
    unknown: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    """Sentences about the file as a whole: a preview cut at its limit, a missing last line end."""

    @property
    def rows(self) -> tuple[FigureRow, ...]:
        """The figures of all datasets, in order."""
        return tuple(row for rows in self.figures.values() for row in rows)
