"""Search: what is found for words, by kind, as it stands beside the records; the same on every database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from targets.models import CountryPair, Economy, RoadmapDocument, Statement, Target
from targets.queries.economies import something_known
from targets.queries.judging import verdicts
from targets.queries.shapes import target_record
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
)

FIRST_ROWS = 5
"""Rows of each kind where every kind is shown."""

ROWS_A_PAGE = 40

_FAR = 1_000_000
"""Nobody turns that many pages; larger numbers need not trouble the database, which refuses the largest."""

Names = dict[str, EconomyRecord]
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


def search_results(q: str, language: str, kind: SearchKind | None = None, page: int = 1) -> SearchResults | None:
    """What is found for the words of ``q``; with a ``kind`` a page of that alone; None beyond the last page.

    Every word has to be found, as the beginning of a word: of a target in its pair's names, notes, statements and
    documents; of a statement or a document in its own text or its pair's names, at least one in its own. A letter
    alone finds no text. Newest first, what has no date last; economies by their name in the language, pairs by how
    many targets they have. At most four SQL queries.
    """
    words = search_words(q)
    if not words:
        return SearchResults(words)
    if not 1 <= page <= (_FAR if kind else 1):
        return None
    start, rows = ((page - 1) * ROWS_A_PAGE, ROWS_A_PAGE) if kind else (0, FIRST_ROWS)
    names, named, shown = _economies(words)
    found: dict[SearchKind, tuple[Sequence[Any], int]] = {}

    def wanted(one: SearchKind) -> bool:
        return kind in (None, one)

    if wanted(SearchKind.TARGETS):
        found[SearchKind.TARGETS] = _targets(words, start, rows)
    if wanted(SearchKind.PAIRS):
        found[SearchKind.PAIRS] = _pairs(named, names, start, rows)
    if wanted(SearchKind.ECONOMIES):
        found[SearchKind.ECONOMIES] = _whole(named, shown, words, language, start, rows)
    texts = [one for one in (SearchKind.STATEMENTS, SearchKind.DOCUMENTS) if wanted(one)]
    # One letter begins some word of nearly every text: that finds nothing, and takes longest.
    if texts and max(map(len, words)) > 1:
        found |= _texts(texts, words, named, names, start, rows)
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


def _economies(words: Sequence[str]) -> tuple[Names, dict[str, list[str]], Names]:
    """Every economy by its code; for each word the codes of those with a name it begins; those with something to read.

    One SQL query over a short table: a few hundred names are compared here, where every alphabet has its cases.
    """
    names: Names = {}
    shown: Names = {}
    named: dict[str, list[str]] = {word: [] for word in words}
    # Columns, as whole records of all economies take longer to make than anything else a search does.
    rows = Economy.objects.annotate(shown=ExpressionWrapper(something_known(), BooleanField())).order_by()
    for to_show, iso2, others, *columns in rows.values_list("shown", "iso2", "other_names", *_NAMES):
        record = EconomyRecord(*columns)
        names[record.code] = record
        if to_show:
            shown[record.code] = record
        text = _names_text(record, iso2, others)
        for word in words:
            if f" {word}" in text:
                named[word].append(record.code)
    return names, named, shown


@lru_cache(maxsize=1000)
def _names_text(economy: EconomyRecord, iso2: str, others: str) -> str:
    """The names of an economy as search looks through them; worked out once for the same names."""
    cases = (economy.name_ru_gen, economy.name_ru_ins, economy.name_ru_prep)
    return search_text([economy.code, iso2, economy.name_en, economy.name_ru, *cases, *others.splitlines()])


def _whole(
    named: dict[str, list[str]], shown: Names, words: Sequence[str], language: str, start: int, rows: int
) -> tuple[list[EconomyRecord], int]:
    """The economies that every word names, those first whose own name begins with the first word. No SQL query."""
    codes = set(shown).intersection(*named.values())

    def place(record: EconomyRecord) -> tuple[bool, str, str]:
        name = folded(record.name(language))
        return (not name.startswith(words[0]), name, record.code)

    found = sorted((shown[code] for code in codes), key=place)
    return found[start : start + rows], len(found)


def _of_pairs(codes: Sequence[str], path: str = "") -> Q:
    return Q((f"{path}first__in", codes)) | Q((f"{path}second__in", codes))


def _pairs(named: dict[str, list[str]], names: Names, start: int, rows: int) -> tuple[list[PairHit], int]:
    """Pairs with a published target whose names hold every word. One SQL query, none where no economy has a word."""
    if not all(named.values()):
        return [], 0
    published = Target.objects.filter(state=ReviewState.PUBLISHED, pair=OuterRef("pk")).order_by()
    number = Subquery(published.values("pair").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    found = CountryPair.objects.filter(*(_of_pairs(codes) for codes in named.values()))
    shown = (
        found.filter(Exists(published))
        .annotate(targets_there=number, all=Window(Count("pk")))
        .order_by("-targets_there", "slug")
        .values_list("slug", "first", "second", "targets_there", "all")
    )
    stored = list(shown[start : start + rows])
    hits = [
        PairHit(PairRecord(slug, names[first], names[second]), number) for slug, first, second, number, _all in stored
    ]
    return hits, stored[0][-1] if stored else 0


def _targets(words: Sequence[str], start: int, rows: int) -> tuple[list[TargetHit], int]:
    """One SQL query."""
    found = verdicts()
    for word in words:
        found = found.filter(target__search_text__contains=f" {word}")
    order = ("replaced", F("target__first_stated_on").desc(nulls_last=True), "target__slug")
    stored = list(found.annotate(all=Window(Count("pk"))).order_by(*order)[start : start + rows])
    return [TargetHit(target_record(one.target), one.status) for one in stored], stored[0].all if stored else 0


def _texts(
    kinds: Sequence[SearchKind],
    words: Sequence[str],
    named: dict[str, list[str]],
    names: Names,
    start: int,
    rows: int,
) -> dict[SearchKind, tuple[list[TextHit], int]]:
    """Statements and documents, as many as are wanted of each. One SQL query for both."""
    asked = {
        SearchKind.STATEMENTS: (
            Statement.objects.filter(state=ReviewState.PUBLISHED, target__state=ReviewState.PUBLISHED),
            "target__pair__",
            _OF_STATEMENT,
        ),
        SearchKind.DOCUMENTS: (RoadmapDocument.objects.filter(state=ReviewState.PUBLISHED), "pair__", _OF_DOCUMENT),
    }
    parts = []
    for kind in kinds:
        published, pair, columns = asked[kind]
        found = _numbered(_told(published, words, named, pair), kind, columns)
        found = found.filter(found_at__gt=start, found_at__lte=start + rows)
        parts.append(
            found.values("found_kind", "found_id", "found_at", "found_of", *(f"found_{name}" for name in columns))
        )
    hits: dict[SearchKind, list[TextHit]] = {kind: [] for kind in kinds}
    totals = dict.fromkeys(kinds, 0)
    for row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row["found_at"]):
        kind = SearchKind(row["found_kind"])
        hits[kind].append(_hit(row, names))
        totals[kind] = row["found_of"]
    return {kind: (hits[kind], totals[kind]) for kind in kinds}


def _told(found: QuerySet[Any], words: Sequence[str], named: dict[str, list[str]], pair: str) -> QuerySet[Any]:
    """Those that have every word in their text or in their pair's names, and one in their text."""
    for word in words:
        found = found.filter(Q(search_text__contains=f" {word}") | _of_pairs(named[word], pair))
    return found.filter(Q(*((("search_text__contains", f" {word}")) for word in words), _connector=Q.OR))


def _numbered(found: QuerySet[Any], kind: SearchKind, columns: dict[str, Any]) -> QuerySet[Any]:
    """The rows in the columns that both kinds have, with their place among those of the kind and how many there are."""
    newest = [columns["on"].desc(nulls_last=True), F("pk").desc()]
    return found.order_by().annotate(
        found_kind=Value(kind.value, TextField()),
        found_id=F("pk"),
        found_at=Window(RowNumber(), order_by=newest),
        found_of=Window(Count("pk")),
        **{f"found_{name}": column for name, column in columns.items()},
    )


def _hit(row: dict[str, Any], names: Names) -> TextHit:
    return TextHit(
        id=row["found_id"],
        pair=PairRecord(row["found_pair"], names[row["found_first"]], names[row["found_second"]]),
        target=row["found_target"] or "",
        when=PartialDate(row["found_on"], DatePrecision(row["found_precision"]), bool(row["found_inferred"])),
        kind=DocumentKind(row["found_what"]) if row["found_what"] else None,
        text=row["found_text"],
        text_ru=row["found_text_ru"],
        **{name: row[f"found_{name}"] for name in _SAME},
    )
