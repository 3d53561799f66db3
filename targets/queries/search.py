"""Search: what is found for words, by kind, as it stands beside the records; the same on every database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from functools import reduce
from itertools import islice
from operator import and_
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, TextField, Value

from targets.models import Economy, RoadmapDocument, Statement, Target
from targets.queries import lines, texts
from targets.queries.economies import something_known
from targets.queries.journal import remembered
from targets.records import (
    DatePrecision,
    DocumentKind,
    EconomyRecord,
    PairHit,
    PairRecord,
    PartialDate,
    ReviewState,
    SearchKind,
    SearchResults,
    TargetHit,
    TextHit,
    folded,
    search_text,
    search_words,
    sought,
)

FIRST_ROWS = 5
"""Rows of each kind where every kind is shown."""

ROWS_A_PAGE = 40

_FAR = 1_000_000
"""Nobody turns that many pages; larger numbers need not trouble the database, which refuses the largest."""

_NAMES = tuple(field.name for field in fields(EconomyRecord))

_BLANK = Value("", TextField())
_SAME = ("speaker", "speaker_ru", "role", "role_ru", "occasion", "occasion_ru", "quote", "quote_language")
_OF_STATEMENT = {
    "target": F("target__slug"),
    "pair": F("target__pair__slug"),
    "first": F("target__pair__first"),
    "second": F("target__pair__second"),
    "on": F("stated_on"),
    "precision": F("stated_on_precision"),
    "inferred": F("stated_on_inferred"),
    "what": _BLANK,
    "text": F("summary_en"),
    "text_ru": F("summary_ru"),
    **{name: F(name) for name in _SAME},
}
_OF_DOCUMENT = {
    "target": Subquery(
        Target.objects.filter(documents=OuterRef("pk"), state=ReviewState.PUBLISHED).order_by("slug").values("slug")[:1]
    ),
    "pair": F("pair__slug"),
    "first": F("pair__first"),
    "second": F("pair__second"),
    "on": F("signed_on"),
    "precision": F("signed_on_precision"),
    "inferred": F("signed_on_inferred"),
    "what": F("kind"),
    "text": F("title"),
    "text_ru": F("title_ru"),
    **dict.fromkeys(_SAME, _BLANK),
}
"""What statements and documents have in common, by which both are asked for at once."""


class _Named(NamedTuple):
    """An economy with its names as search looks through them, and whether there is something to read of it."""

    record: EconomyRecord
    text: str
    shown: bool


Names = Mapping[str, _Named]

Codes = Mapping[str, Set[str]]
"""For each word the codes of the economies with a name that it begins."""


def search_results(q: str, language: str, kind: SearchKind | None = None, page: int = 1) -> SearchResults | None:
    """What is found for the words of ``q``; with a ``kind`` a page of that alone; None beyond the last page.

    Every word has to be found, as the beginning of a word: of a target in its pair's names, notes, statements and
    documents; of a statement or a document in its own text or its pair's names, at least one in its own. A letter
    alone finds no text. Newest first, what has no date last, but targets of the pairs that every word names before all
    others; economies by their name in the language, pairs by how many targets they have. At most three SQL queries,
    and five more after each change of the data.
    """
    words = search_words(q)
    if not words:
        return SearchResults(words)
    if not 1 <= page <= (_FAR if kind else 1):
        return None
    start, rows = ((page - 1) * ROWS_A_PAGE, ROWS_A_PAGE) if kind else (0, FIRST_ROWS)
    economies = remembered("names", _names)
    named = {
        word: {one.record.code for one in economies.values() if any(part in one.text for part in sought(word))}
        for word in words
    }
    found: dict[SearchKind, tuple[Sequence[Any], int]] = {}

    def wanted(one: SearchKind) -> bool:
        return kind in (None, one)

    if wanted(SearchKind.TARGETS):
        found[SearchKind.TARGETS] = _targets(words, named, start, rows)
    if wanted(SearchKind.PAIRS):
        found[SearchKind.PAIRS] = _pairs(named, economies, start, rows)
    if wanted(SearchKind.ECONOMIES):
        found[SearchKind.ECONOMIES] = _economies(named, economies, words, language, start, rows)
    kinds = [one for one in (SearchKind.STATEMENTS, SearchKind.DOCUMENTS) if wanted(one)]
    # One letter begins some word of nearly every text: that finds nothing.
    if kinds and max(map(len, words)) > 1:
        told = {one: texts.found(one, words, named) for one in kinds}
        shown = _texts({one: list(islice(numbers, start, start + rows)) for one, numbers in told.items()}, economies)
        found |= {one: (shown[one], len(numbers)) for one, numbers in told.items()}
    if page > 1 and not any(hits for hits, _total in found.values()):
        return None
    total = sum(number for _hits, number in found.values())
    return SearchResults(
        words=words,
        **{one.value: tuple(hits) for one, (hits, _number) in found.items()},  # type: ignore[arg-type]
        totals=tuple((one, found[one][1]) for one in SearchKind if one in found and found[one][1]),
        page=page,
        pages=max(1, -(-total // ROWS_A_PAGE)) if kind else 1,
    )


def _names() -> dict[str, _Named]:
    """Every economy by its code. One SQL query over a short table.

    A few hundred names are compared here, where every alphabet has its cases.
    """
    # Columns, as whole records of all economies take longer to make than anything else a search does.
    rows = Economy.objects.annotate(shown=ExpressionWrapper(something_known(), BooleanField())).order_by()
    found = {}
    for shown, iso2, others, *columns in rows.values_list("shown", "iso2", "other_names", *_NAMES):
        one = EconomyRecord(*columns)
        cases = (one.name_ru_gen, one.name_ru_ins, one.name_ru_prep)
        text = search_text([one.code, iso2, one.name_en, one.name_ru, *cases, *others.splitlines()])
        found[one.code] = _Named(one, text, shown)
    return found


def _economies(
    named: Codes, economies: Names, words: Sequence[str], language: str, start: int, rows: int
) -> tuple[list[EconomyRecord], int]:
    """The economies that every word names, those first whose own name begins with the first word. No SQL query."""
    codes = {code for code, one in economies.items() if one.shown}.intersection(*named.values())

    def place(record: EconomyRecord) -> tuple[bool, str, str]:
        name = folded(record.name(language))
        return (not name.startswith(words[0]), name, record.code)

    found = sorted((economies[code].record for code in codes), key=place)
    return found[start : start + rows], len(found)


def _pairs(named: Codes, economies: Names, start: int, rows: int) -> tuple[list[PairHit], int]:
    """Pairs with a published target whose names hold every word, those with most targets first. No SQL query.

    What names an economy that came since the names were read is left out, until they are read again.
    """
    if not all(named.values()):
        return [], 0
    every, places = remembered("pairs' targets", _promising)
    found = texts.Found(every, reduce(and_, (texts.naming(codes, places) for codes in named.values())))
    hits = [
        PairHit(PairRecord(slug, economies[first].record, economies[second].record), number)
        for slug, first, second, number in islice(found, start, start + rows)
        if {first, second} <= economies.keys()
    ]
    return hits, len(found)


def _promising() -> tuple[list[tuple[str, str, str, int]], dict[str, texts.Places]]:
    """The pairs with published targets: slug, codes of both sides, how many targets; those with most first.

    And where among them each economy stands, by its code.
    """
    told = Counter((line.pair, line.first, line.second) for line in lines.lines())
    pairs = sorted(((*pair, number) for pair, number in told.items()), key=lambda one: (-one[3], one[0]))
    return pairs, texts.places_by_code((one[1:3] for one in pairs), len(pairs))


def _targets(words: Sequence[str], named: Codes, start: int, rows: int) -> tuple[list[TargetHit], int]:
    """Two SQL queries, none for rows that are kept."""
    numbers = texts.found(SearchKind.TARGETS, words, first=named)
    shown = lines.rows_by_target(list(islice(numbers, start, start + rows)))
    hits = [TargetHit(row.target, row.assessment.verdict.status) for row in shown]
    return hits, len(numbers)


def _texts(wanted: Mapping[SearchKind, Sequence[int]], economies: Names) -> dict[SearchKind, list[TextHit]]:
    """The statements and documents of these ids, in the order given. One SQL query for both, none for no ids.

    Left out is the same as by :func:`_pairs`.
    """
    parts = []
    if wanted.get(SearchKind.STATEMENTS):
        said = Statement.objects.filter(pk__in=wanted[SearchKind.STATEMENTS])
        parts.append(_in_columns(said, SearchKind.STATEMENTS, _OF_STATEMENT))
    if wanted.get(SearchKind.DOCUMENTS):
        papers = RoadmapDocument.objects.filter(pk__in=wanted[SearchKind.DOCUMENTS])
        parts.append(_in_columns(papers, SearchKind.DOCUMENTS, _OF_DOCUMENT))
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    hits = {
        (row["found_kind"], row["found_id"]): _hit(row, economies)
        for row in rows
        if {row["found_first"], row["found_second"]} <= economies.keys()
    }
    return {
        kind: [hits[kind.value, number] for number in numbers if (kind.value, number) in hits]
        for kind, numbers in wanted.items()
    }


def _in_columns(found: QuerySet[Any], kind: SearchKind, columns: dict[str, Any]) -> QuerySet[Any, dict[str, Any]]:
    """The rows in the columns that both kinds have. No SQL query yet."""
    told = {f"found_{name}": column for name, column in columns.items()}
    rows = found.order_by().annotate(found_kind=Value(kind.value, TextField()), found_id=F("pk"), **told)
    return rows.values("found_kind", "found_id", *told)


def _hit(row: dict[str, Any], economies: Names) -> TextHit:
    return TextHit(
        id=row["found_id"],
        pair=PairRecord(row["found_pair"], economies[row["found_first"]].record, economies[row["found_second"]].record),
        target=row["found_target"] or "",
        when=PartialDate(row["found_on"], DatePrecision(row["found_precision"]), bool(row["found_inferred"])),
        kind=DocumentKind(row["found_what"]) if row["found_what"] else None,
        text=row["found_text"],
        text_ru=row["found_text_ru"],
        **{name: row[f"found_{name}"] for name in _SAME},
    )
