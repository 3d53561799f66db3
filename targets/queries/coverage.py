"""Coverage: whose figures reach how far, and which texts were written in one language only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from targets.models import CountryPair, Economy, RoadmapDocument, RoadmapMeasure, Statement, Target, TurnoverFigure
from targets.progress import Measure
from targets.queries.economies import by_name
from targets.queries.figures import standing
from targets.queries.journal import remembered
from targets.queries.shapes import economy_record, pair_record, target_record
from targets.records import (
    SILENT_AFTER,
    CoveragePage,
    FigureStanding,
    ReporterRow,
    ReviewState,
    SeriesRow,
    SourceKind,
    TextKind,
    TextRow,
    Years,
)

SHOWN = 60
"""Targets with untranslated texts that are named."""

TABLES = (SourceKind.NATIONAL_OFFICE, SourceKind.COMPILATION)
SPOKEN = (FigureStanding.SAID, FigureStanding.PRESS, FigureStanding.ESTIMATE)
"""Standings of figures that nobody saw in a table, whoever printed them."""

_PUBLISHED = Q(state=ReviewState.PUBLISHED)


def coverage_page(language: str, *, today: date) -> CoveragePage:
    """Who reports what of the pairs with published targets, and which texts lack a translation, on a UTC day.

    Economies by their name in the language. Four SQL queries, and none again while the data are the same.
    """
    reporters, texts, untranslated = remembered(
        ("coverage", today), lambda: (_reporters(today), _texts(), _untranslated())
    )
    order = {economy.code: place for place, economy in enumerate(by_name((row.economy for row in reporters), language))}
    ordered = tuple(sorted(reporters, key=lambda row: order[row.economy.code]))
    return CoveragePage(today.year, ordered, texts, untranslated)


def series_rows(code: str, language: str, *, today: date) -> tuple[SeriesRow, ...]:
    """What an economy itself reports of each pair for which it has a published target. Two SQL queries.

    By the partner's name in the language, then by measure and the newest year; a row without a measure for a pair of
    which nothing of its own is known.
    """
    pairs = _named_pairs().filter(Q(first=code) | Q(second=code)).select_related("first", "second")
    records = {pair.pk: pair_record(pair) for pair in pairs}
    # By pair, of which there is an index: of all that an economy reports, most is about pairs without targets.
    groups = _own_full_years(today).filter(pair__in=list(records), by=code).order_by()
    found: defaultdict[int, list[SeriesRow]] = defaultdict(list)
    for pair, measure, publisher, first, last, number in groups.values_list(
        "pair_id", "measure", "release__source__publisher"
    ).annotate(first=Min("label"), last=Max("label"), number=Count("label", distinct=True)):
        found[pair].append(SeriesRow(records[pair], measure, publisher, Years(first, last, number)))
    rows = [row for pair, record in records.items() for row in found[pair] or [SeriesRow(record, None, "", None)]]
    partners = by_name(
        (side for record in records.values() for side in (record.first, record.second) if side.code != code), language
    )
    order = {economy.code: place for place, economy in enumerate(partners)}
    measures = list(Measure)

    def place(row: SeriesRow) -> tuple[int, int, int, str]:
        partner = row.pair.second if row.pair.first.code == code else row.pair.first
        measure = measures.index(row.measure) if row.measure else 0
        return (order[partner.code], measure, -row.years.last if row.years else 0, row.publisher)

    return tuple(sorted(rows, key=place))


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
    pairs = _named_pairs().filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))).values(all=Value(1))
    counted = Subquery(pairs.annotate(number=Count("pk")).values("number"))
    economies = Economy.objects.annotate(pairs_named=counted).filter(pairs_named__gt=0).order_by()
    told = Q(standing__in=SPOKEN) | ~Q(release__source__kind__in=TABLES)
    groups = (
        _own_full_years(today)
        .filter(pair__in=_named_pairs().values("pk"))
        .annotate(told=Case(When(told, then=Value(1)), default=Value(0)))
        .order_by()
        .values_list("by", "pair_id", "measure", "told")
        .annotate(first=Min("label"), last=Max("label"))
    )
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for code, *group in groups:
        found[code].append(tuple(group))
    return tuple(_reporter(economy, found[economy.pk], today.year) for economy in economies)


def _reporter(economy: Any, groups: Iterable[tuple[Any, ...]], year: int) -> ReporterRow:
    last: dict[int, int] = {}
    spans: dict[int, list[Years]] = {0: [], 1: []}
    measures = set()
    for pair, measure, told, first, until in groups:
        last[pair] = max(until, last.get(pair, until))
        spans[told].append(Years(first, until))
        measures.add(measure)
    return ReporterRow(
        economy=economy_record(economy),
        pairs=economy.pairs_named,
        known=len(last),
        current=sum(year - until <= SILENT_AFTER for until in last.values()),
        tables=_together(spans[0]),
        words=_together(spans[1]),
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
    parts.append(_part(TextKind.FIGURE_NOTE, standing(), ~Q(note=""), never))
    order = list(TextKind)
    rows = [TextRow(TextKind(kind), *numbers) for kind, *numbers in parts[0].union(*parts[1:], all=True)]
    return tuple(sorted((row for row in rows if row.texts), key=lambda row: order.index(row.kind)))


def _part(kind: TextKind, records: QuerySet[Any], english: Q, russian: Q) -> QuerySet[Any]:
    counted = (
        records.order_by()
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
