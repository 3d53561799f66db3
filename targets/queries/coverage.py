"""Coverage: whose figures reach how far, and which texts were written in one language only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from targets.models import (
    CountryPair,
    Economy,
    RoadmapDocument,
    RoadmapMeasure,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.progress import Measure
from targets.queries.economies import by_name, economy_records
from targets.queries.figures import standing
from targets.queries.journal import remembered
from targets.queries.shapes import economy_record, target_record
from targets.records import (
    SILENT_AFTER,
    CoveragePage,
    EconomyRecord,
    PairRecord,
    ReporterRow,
    ReviewState,
    SeriesPage,
    SeriesRow,
    TextKind,
    TextRow,
    Years,
)

SHOWN = 60
"""Targets with untranslated texts that are named."""

ROWS_A_PAGE = 80
"""Economies in a page of the table: all those of the shipped catalogue."""

PARTNERS_A_PAGE = 40

_Reach = tuple[int, Measure, bool, int, int]
"""Pair (id), measure, whether it was only told, first and last year."""

_PUBLISHED = Q(state=ReviewState.PUBLISHED)


def coverage_page(language: str, page: int = 1, *, today: date) -> CoveragePage | None:
    """Who reports what of the pairs with published targets, and which texts lack a translation, on a UTC day.

    Economies by their name in the language, a page of them as rows of the table; None beyond its last. Four SQL
    queries, and none again while the data are the same.
    """
    reporters, texts, untranslated = remembered(
        ("coverage", today), lambda: (_reporters(today), _texts(), _untranslated())
    )
    order = {economy.code: place for place, economy in enumerate(by_name((row.economy for row in reporters), language))}
    ordered = tuple(sorted(reporters, key=lambda row: order[row.economy.code]))
    start, pages = _part_of(ordered, page, ROWS_A_PAGE)
    if page > pages:
        return None
    rows = ordered[start : start + ROWS_A_PAGE]
    return CoveragePage(today.year, ordered, rows, page, pages, texts, untranslated)


def series_page(code: str, language: str, page: int = 1, *, today: date) -> SeriesPage | None:
    """What an economy itself reports of each pair for which it has a published target; None beyond the last page.

    By the partner's name in the language, then by measure and the newest year; a row without a measure for a pair of
    which nothing of its own is known. At most three SQL queries, and none again while the data are the same.
    """
    return remembered(("series", code, language, page, today), lambda: _series_page(code, language, page, today))


def _series_page(code: str, language: str, page: int, today: date) -> SeriesPage | None:
    pairs = _pairs_of(code, language)
    start, pages = _part_of(pairs, page, PARTNERS_A_PAGE)
    if page > pages:
        return None
    found = _series(dict(pairs[start : start + PARTNERS_A_PAGE]), code, today)
    return SeriesPage(tuple(row for rows in found.values() for row in rows), page, pages)


def _pairs_of(code: str, language: str) -> tuple[tuple[int, PairRecord], ...]:
    """The pairs of an economy that have a published target, with their ids, by the partner's name. One SQL query."""
    every = economy_records()
    found = {}
    for number, slug, first, second in (
        _named_pairs().filter(Q(first=code) | Q(second=code)).values_list("pk", "slug", "first", "second")
    ):
        # An economy may have come since all were read; until they are read again it is left out.
        if {first, second} <= every.keys():
            found[second if first == code else first] = (number, PairRecord(slug, every[first], every[second]))
    return tuple(found[partner.code] for partner in by_name((every[one] for one in found), language))


def _series(pairs: Mapping[int, PairRecord], code: str, today: date) -> dict[int, list[SeriesRow]]:
    """The rows of each of these pairs (by id), by measure and the newest year. One SQL query, none without pairs."""
    found: dict[int, list[SeriesRow]] = {number: [] for number in pairs}
    # By pair, of which there is an index: of all that an economy reports, most is about other pairs.
    groups = _own_full_years(today).filter(pair__in=list(pairs), by=code).order_by()
    for pair, measure, publisher, first, last, number in groups.values_list(
        "pair_id", "measure", "release__source__publisher"
    ).annotate(first=Min("label"), last=Max("label"), number=Count("label", distinct=True)):
        found[pair].append(SeriesRow(pairs[pair], measure, publisher, Years(first, last, number)))
    measures = list(Measure)
    for number, rows in found.items():
        rows.sort(key=lambda row: (measures.index(row.measure), -row.years.last, row.publisher))
        if not rows:
            rows.append(SeriesRow(pairs[number], None, "", None))
    return found


def _part_of(rows: Collection[object], page: int, size: int) -> tuple[int, int]:
    """Where a page of that size begins, and how many there are."""
    return (page - 1) * size, max(1, -(-len(rows) // size))


def _named_pairs() -> QuerySet[CountryPair]:
    return CountryPair.objects.filter(Exists(Target.objects.filter(_PUBLISHED, pair=OuterRef("pk")))).order_by()


def _own_full_years(today: date) -> QuerySet[TurnoverFigure]:
    """Figures of sides for full years that are over: ``by`` is the side, ``label`` the year as a series names it.

    A bloc named as compiler of its own trade is its reporter.
    """
    own = Q(reporter__isnull=False) | Q(compiler=F("pair__first_id")) | Q(compiler=F("pair__second_id"))
    return (
        standing()
        .filter(own, from_month=1, through_month=12, year__lt=today.year)
        .annotate(
            by=Coalesce("reporter_id", "compiler"),
            label=F("year") + Case(When(fiscal="", then=Value(0)), default=Value(1)),
        )
    )


def _reporters(today: date) -> tuple[ReporterRow, ...]:
    """One row for each economy that a published target names. Two SQL queries."""
    reached = ("economy", "measure", "told", "first", "last")
    rows = _named_pairs().values_list("pk", "first", "second", *(f"reaches__{name}" for name in reached))
    named: defaultdict[str, set[int]] = defaultdict(set)
    found: defaultdict[str, list[_Reach]] = defaultdict(list)
    for pair, first, second, code, *reach in rows:
        named[first].add(pair)
        named[second].add(pair)
        if code:
            found[code].append((pair, *reach))
    economies = Economy.objects.filter(pk__in=list(named)).order_by()
    return tuple(
        _reporter(economy_record(economy), len(named[economy.pk]), found[economy.pk], today.year)
        for economy in economies
    )


def _reporter(economy: EconomyRecord, pairs: int, reaches: Iterable[_Reach], year: int) -> ReporterRow:
    last: dict[int, int] = {}
    spans: dict[bool, list[Years]] = {False: [], True: []}
    measures = set()
    for pair, measure, told, first, until in reaches:
        last[pair] = max(until, last.get(pair, until))
        spans[told].append(Years(first, until))
        measures.add(measure)
    return ReporterRow(
        economy=economy,
        pairs=pairs,
        known=len(last),
        current=sum(year - until <= SILENT_AFTER for until in last.values()),
        tables=_together(spans[False]),
        words=_together(spans[True]),
        measures=tuple(measure for measure in Measure if measure in measures),
    )


def _together(spans: list[Years]) -> Years | None:
    return Years(min(one.first for one in spans), max(one.last for one in spans)) if spans else None


def _texts() -> tuple[TextRow, ...]:
    """How many texts of published records there are of each kind. One SQL query."""
    written: list[tuple[TextKind, type[Model], Q, str, str]] = [
        (TextKind.NOTES, Target, _PUBLISHED, "notes", "notes_ru"),
        (TextKind.DEADLINE_NOTE, Target, _PUBLISHED, "deadline_note", "deadline_note_ru"),
        (TextKind.SPEAKER, Statement, _PUBLISHED, "speaker", "speaker_ru"),
        (TextKind.ROLE, Statement, _PUBLISHED, "role", "role_ru"),
        (TextKind.OCCASION, Statement, _PUBLISHED, "occasion", "occasion_ru"),
        (TextKind.SUMMARY, Statement, _PUBLISHED, "summary_en", "summary_ru"),
        (TextKind.TITLE, RoadmapDocument, _PUBLISHED, "title", "title_ru"),
        (TextKind.MEASURE, RoadmapMeasure, Q(document__state=ReviewState.PUBLISHED), "text", "text_ru"),
    ]
    parts = [
        _part(kind, model.objects.filter(shown), ~Q(**{en: ""}), ~Q(**{ru: ""}))  # type: ignore[attr-defined]
        for kind, model, shown, en, ru in written
    ]
    never = Q(pk__isnull=True)
    # These have no place for a second language.
    parts.append(_part(TextKind.SECTORS, Target.objects.filter(_PUBLISHED), ~Q(sectors=[]), never))
    parts.append(_part(TextKind.FIGURE_NOTE, standing().exclude(note=""), ~Q(note=""), never))
    order = list(TextKind)
    rows = [TextRow(TextKind(kind), *numbers) for kind, *numbers in parts[0].union(*parts[1:], all=True)]
    return tuple(sorted((row for row in rows if row.texts), key=lambda row: order.index(row.kind)))


def _part(kind: TextKind, records: QuerySet[Any], english: Q, russian: Q) -> QuerySet[Any]:
    counted = (
        records.filter(english | russian)
        .order_by()
        .values(what=Value(kind.value))
        .annotate(
            texts=Count("pk", filter=english | russian),
            without_russian=Count("pk", filter=english & ~russian),
            without_english=Count("pk", filter=russian & ~english),
        )
    )
    return counted.values_list("what", "texts", "without_russian", "without_english")


def _untranslated() -> tuple[Any, ...]:
    """The first targets with a text in one language only. One SQL query."""

    def one_only(*fields: tuple[str, str]) -> Q:
        lacking = Q()
        for en, ru in fields:
            lacking |= (~Q(**{en: ""}) & Q(**{ru: ""})) | (Q(**{en: ""}) & ~Q(**{ru: ""}))
        return lacking

    said = Statement.objects.filter(
        _PUBLISHED,
        one_only(
            ("speaker", "speaker_ru"), ("role", "role_ru"), ("occasion", "occasion_ru"), ("summary_en", "summary_ru")
        ),
        target=OuterRef("pk"),
    )
    own = one_only(("notes", "notes_ru"), ("deadline_note", "deadline_note_ru"))
    found = Target.objects.filter(_PUBLISHED).filter(own | Exists(said))
    shown = found.select_related("pair__first", "pair__second", "superseded_by").order_by("slug")[:SHOWN]
    return tuple(target_record(target) for target in shown)
