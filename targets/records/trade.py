"""Economies, sources and figures, stored ones and rows of a publisher's file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from targets.progress import Figure, Measure, SourceRank
from targets.records.words import DatePrecision, EconomyKind, FigureStanding, SourceGrade, SourceKind, Valuation

_RANK_OF_KIND = {
    SourceKind.NATIONAL_OFFICE: SourceRank.NATIONAL_OFFICE,
    SourceKind.COMPILATION: SourceRank.COMPILATION,
    SourceKind.WORDS: SourceRank.WORDS,
    SourceKind.DOCUMENT: SourceRank.WORDS,
    SourceKind.PRESS: SourceRank.PRESS,
}
"""Order among figures for one year; a figure's own standing may lower it (:func:`rank_of`)."""


def rank_of(standing: FigureStanding, kind: SourceKind) -> SourceRank:
    """Place of a figure among those for one year: what was only said or estimated ranks as that, whoever printed it.

    An office's or compilation's own table ranks by the kind of its source.
    """
    if standing in (FigureStanding.PRESS, FigureStanding.ESTIMATE):
        return SourceRank.PRESS
    return SourceRank.WORDS if standing is FigureStanding.SAID else _RANK_OF_KIND[kind]


@dataclass(frozen=True, slots=True)
class EconomyRecord:
    code: str
    kind: EconomyKind
    name_en: str
    name_en_text: str
    name_ru: str
    name_ru_gen: str
    name_ru_ins: str
    name_ru_prep: str

    def name(self, language: str) -> str:
        """The name that stands alone: a heading, a table cell."""
        return self.name_ru if language == "ru" else self.name_en

    def text(self, language: str) -> str:
        """The name in running text: "the United States", "США"."""
        return self.name_ru if language == "ru" else self.name_en_text

    def possessive(self, language: str) -> str:
        """Whose figures: "China's", "the United States'"; the genitive in Russian: "Китая"."""
        if language == "ru":
            return self.name_ru_gen
        # What stands in brackets follows the whole: "the countries' (16+1) figures".
        name, bracket, rest = self.name_en_text.partition(" (")
        return f"{name}'{bracket}{rest}" if name.endswith("s") else f"{name}'s{bracket}{rest}"


Side = Literal["first", "second", "other"]


@dataclass(frozen=True, slots=True)
class PairRecord:
    """Two economies, ``first.code < second.code``."""

    slug: str
    first: EconomyRecord
    second: EconomyRecord

    def economy(self, code: str) -> EconomyRecord | None:
        return next((side for side in (self.first, self.second) if side.code == code), None)

    def side(self, by: str) -> Side:
        """As which side somebody's figures are drawn; compilers are neither."""
        return "first" if by == self.first.code else "second" if by == self.second.code else "other"

    def name(self, language: str) -> str:
        return f"{self.first.name(language)} – {self.second.name(language)}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date no finer than known: the day it begins plus its precision; ``inferred`` when deduced from the context."""

    on: date | None
    precision: DatePrecision
    inferred: bool = False

    @property
    def year(self) -> int | None:
        return self.on.year if self.on else None

    @property
    def iso(self) -> str:
        """As ISO 8601 writes it: a day, a month or a year; empty where it is not known.

        >>> PartialDate(date(2024, 11, 1), DatePrecision.MONTH).iso
        '2024-11'
        """
        if self.on is None or self.precision is DatePrecision.UNKNOWN:
            return ""
        return self.on.isoformat()[: {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(self.precision, 10)]

    def holds(self, other: PartialDate) -> bool:
        """Whether the other one is a date within this one; nothing is within one that is not known."""
        return self.iso != "" and other.iso.startswith(self.iso)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    key: str
    kind: SourceKind
    grade: SourceGrade
    publisher: str
    title: str
    url: str
    language: str
    published: PartialDate
    terms: str
    shareable: bool

    @property
    def link(self) -> str:
        """The address to print, or an empty text: mirrors, reposts and what is no web page are named, never linked."""
        page = self.url.lower().startswith(("http://", "https://"))
        return self.url if page and self.grade is not SourceGrade.LOW else ""


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One figure of one release as its reporter (or compiler) gives it; amounts in whole units of ``currency``."""

    id: int
    pair: str
    reporter: str
    """Code of the reporting economy; empty when a compiler speaks."""
    compiler: str
    partner: str
    year: int | None
    from_month: int | None
    through_month: int | None
    fiscal: str
    """Empty for the calendar year, else the code of whose fiscal year it is; months then count from its first."""
    measure: Measure
    exports: Decimal | None
    imports: Decimal | None
    stated_turnover: Decimal | None
    currency: str
    valuation: Valuation
    standing: FigureStanding
    approximate: bool
    vintage: date | None
    note: str
    source: SourceRecord
    release_id: int
    recorded_at: datetime

    @property
    def by(self) -> str:
        """Whose figure it is: the reporter's code or the compiler's name."""
        return self.reporter or self.compiler

    @property
    def turnover(self) -> Decimal | None:
        """Exports plus imports where this figure has both, else the total as stated."""
        if self.exports is not None and self.imports is not None:
            return self.exports + self.imports
        return self.stated_turnover

    @property
    def full_year(self) -> bool:
        return self.year is not None and self.from_month == 1 and self.through_month == 12

    @property
    def rank(self) -> SourceRank:
        """Place among figures for one year, as :func:`rank_of` gives it."""
        return rank_of(self.standing, self.source.kind)

    def for_progress(self) -> Figure:
        """The figure in floats, as the maths wants it."""
        return Figure(
            year=self.year,
            from_month=self.from_month,
            through_month=self.through_month,
            fiscal=self.fiscal,
            measure=self.measure,
            exports=as_float(self.exports),
            imports=as_float(self.imports),
            turnover=as_float(self.stated_turnover),
            currency=self.currency,
            rank=self.rank,
            vintage=self.vintage,
            approximate=self.approximate,
            key=self.id,
        )


@dataclass(frozen=True, slots=True)
class RatePoint:
    """Yearly average: ``usd_per_unit`` US dollars for one unit of ``currency``, and who gave it."""

    currency: str
    year: int
    usd_per_unit: Decimal
    source: SourceRecord


class FigureRow(NamedTuple):
    """One accepted figure of a file, not stored yet; ``place`` says where it stood ("line 12", "record 3").

    A tuple, because a file makes hundreds of thousands: made in a seventh of the time that a frozen dataclass takes,
    and both halves of it, :attr:`key` and :attr:`values`, cut out rather than put together.
    """

    first: str
    second: str
    reporter: str
    compiler: str
    year: int | None
    from_month: int | None
    through_month: int | None
    fiscal: str
    measure: Measure
    currency: str
    exports: Decimal | None
    imports: Decimal | None
    turnover: Decimal | None
    valuation: Valuation
    standing: FigureStanding
    approximate: bool
    note: str
    place: str

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows of one source the same figure: from the first economy to the currency."""
        return self[:10]

    @property
    def values(self) -> tuple[object, ...]:
        """What a source says of that figure: from exports to the note."""
        return self[10:17]


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was not taken, where it stood and why, in words that say what to do."""

    file: str
    place: str
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        field = f", {self.field} = {self.value}" if self.field else ""
        return f"{self.file}, {self.place}{field}: {self.reason}"


def folded(text: str) -> str:
    """The text as search compares it: no case, "ё" as "е", no Latin accents, hyphens and dashes as spaces.

    >>> folded("TÜRKİYE"), folded("Лукашёнок"), folded("Гвинея-Бисау")
    ('turkiye', 'лукашенок', 'гвинея бисау')
    """
    letters = []
    for letter in unicodedata.normalize("NFC", text).casefold().replace("ё", "е"):
        if unicodedata.combining(letter):
            # What no single letter stands for: the dot that "İ" leaves above its small "i".
            continue
        base = unicodedata.normalize("NFKD", letter)[0] if letter != "й" else letter
        letters.append(" " if base in "-‐‑–—" else {"ı": "i"}.get(base, base))
    return " ".join("".join(letters).split())


def as_float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
