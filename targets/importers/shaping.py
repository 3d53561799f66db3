"""Records of the catalogue that keep to its rules, as rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from targets.importers.rows import ShippedDocument, ShippedEconomy, ShippedSource, ShippedStatement, ShippedTarget
from targets.progress import Measure
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    DocumentKind,
    EconomyKind,
    FigureRow,
    FigureStanding,
    MeasureBasis,
    Relation,
    SourceGrade,
    SourceKind,
    Strength,
    Valuation,
)

# The catalogue's figures are what somebody said or wrote; none is an office's own table, hence none is final.
STANDINGS = {
    "official": FigureStanding.SAID,
    "press": FigureStanding.PRESS,
    "estimate": FigureStanding.ESTIMATE,
    "unknown": FigureStanding.UNKNOWN,
}


def partial(text: str | None) -> tuple[date | None, DatePrecision]:
    """The day a partial date begins, and how finely it is known. Raises ValueError for a day that does not exist.

    >>> partial("2025-09")
    (datetime.date(2025, 9, 1), <DatePrecision.MONTH: 'month'>)
    """
    if text is None:
        return None, DatePrecision.UNKNOWN
    year, *rest = (int(part) for part in text.split("-"))
    month, day = (*rest, 1, 1)[:2]
    return date(year, month, day), (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(rest)]


def economy_row(place: str, record: dict[str, Any]) -> ShippedEconomy:
    members = record["members"]
    return ShippedEconomy(
        code=record["code"],
        kind=EconomyKind(record["kind"]),
        iso2=record["iso2"] or "",
        m49=record["m49"],
        name_en=record["name_en"],
        name_en_text=record["name_en_text"],
        name_ru=record["name_ru"],
        name_ru_gen=record["name_ru_gen"],
        name_ru_ins=record["name_ru_ins"],
        name_ru_prep=record["name_ru_prep"],
        other_names=tuple(record.get("other_names", ())),
        members=None if members is None else tuple(sorted(members)),
        place=place,
    )


def source_row(place: str, record: dict[str, Any]) -> ShippedSource:
    published_on, precision = partial(record["published_on"])
    grade = SourceGrade(record["grade"])
    return ShippedSource(
        key=record["id"],
        # A government's own page is its words; everything else the catalogue draws on is the press.
        kind=SourceKind.WORDS if grade is SourceGrade.PRIMARY else SourceKind.PRESS,
        grade=grade,
        publisher=record["publisher"],
        title=record["title"] or "",
        url=record["url"],
        language=record["language"],
        published_on=published_on,
        published_on_precision=precision,
        terms="",
        shareable=True,
        place=place,
    )


def target_row(place: str, record: dict[str, Any]) -> ShippedTarget:
    multiple = record["multiple"] or {"factor": None, "baseline_year": None, "baseline_amount": None}
    deadline = record["deadline"]
    stated_on, precision = partial(record["first_stated_on"])
    return ShippedTarget(
        slug=record["slug"],
        first=record["economies"][0],
        second=record["economies"][1],
        measure=Measure(record["measure"]),
        measure_basis=MeasureBasis(record["measure_basis"]),
        amount=_money(record["amount"]),
        amount_high=_money(record["amount_high"]),
        currency=record["currency"] or "",
        factor=None if multiple["factor"] is None else round(Decimal(str(multiple["factor"])), 3),
        baseline_year=multiple["baseline_year"],
        baseline_amount=_money(multiple["baseline_amount"]),
        cumulative=record["cumulative"],
        deadline_year=deadline["year"],
        deadline_basis=DeadlineBasis(deadline["basis"]),
        deadline_note=deadline["note"] or "",
        deadline_note_ru=deadline["note_ru"] or "",
        strength=Strength(record["strength"]),
        first_stated_on=stated_on,
        first_stated_on_precision=precision,
        first_stated_on_inferred=record["first_stated_inferred"],
        sectors=tuple(record["sectors"]),
        notes=record["notes"] or "",
        notes_ru=record["notes_ru"] or "",
        superseded_by=record["superseded_by"] or "",
        relation=Relation(record["relation"]) if record["relation"] else None,
        publish=record["publish"],
        hold_reason=record["hold_reason"] or "",
        statements=tuple(statement_row(statement) for statement in record["statements"]),
        documents=tuple(document_row(document) for document in record["documents"]),
        place=place,
    )


def statement_row(record: dict[str, Any]) -> ShippedStatement:
    stated_on, precision = partial(record["stated_on"])
    return ShippedStatement(
        stated_on=stated_on,
        stated_on_precision=precision,
        stated_on_inferred=record["date_inferred"],
        speaker=record["speaker"] or "",
        speaker_ru=record["speaker_ru"] or "",
        role=record["role"] or "",
        role_ru=record["role_ru"] or "",
        sides=tuple(sorted(record["sides"])),
        occasion=record["occasion"] or "",
        occasion_ru=record["occasion_ru"] or "",
        hedged=record["hedged"],
        summary_en=record["summary_en"],
        summary_ru=record["summary_ru"],
        context_only=record["context_only"],
        source=record["source"],
    )


def document_row(record: dict[str, Any]) -> ShippedDocument:
    signed_on, precision = partial(record["signed_on"])
    return ShippedDocument(
        kind=DocumentKind(record["kind"]),
        title=record["title"],
        title_ru=record["title_ru"] or "",
        signed_on=signed_on,
        signed_on_precision=precision,
        signed_on_inferred=record["date_inferred"],
        valid_until=record["valid_until"],
        source=record["source"],
    )


def figure_row(place: str, record: dict[str, Any]) -> FigureRow:
    period, reporter, compiler, note = record["period"], record["reporter"], record["compiler"], record["note"] or ""
    if reporter and compiler:  # a think tank or agency that passes on the reporter's own statistics
        note, compiler = "; ".join(part for part in (note, f"put together by {compiler}") if part), ""
    return FigureRow(
        first=record["economies"][0],
        second=record["economies"][1],
        reporter=reporter or "",
        compiler=compiler or "",
        year=record["year"],
        from_month=period["from_month"],
        through_month=period["through_month"],
        fiscal=period["fiscal"] or "",
        measure=Measure(record["measure"]),
        exports=_money(record["exports"]),
        imports=_money(record["imports"]),
        turnover=_money(record["turnover"]),
        currency=record["currency"],
        valuation=Valuation.UNKNOWN,
        standing=STANDINGS[record["standing"]],
        approximate=record["approximate"],
        note=note,
        place=place,
    )


def _money(amount: int | float | None) -> Decimal | None:
    # JSON may write a whole number as 5e8, which arrives as a float.
    return None if amount is None else Decimal(int(amount))
