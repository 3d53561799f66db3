"""Every published target as one short line: what lists filter, sort and count, read once for each version of the data.

Twenty thousand lines are a few megabytes and are gone through in milliseconds; a database asked the same joins and
sorts wide rows for each page. What a page shows of the targets it found is read from the database as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from targets.models import Judgement
from targets.progress import UNDECIDED, Measure, Status
from targets.queries import texts
from targets.queries.journal import remembered
from targets.queries.judging import target_rows, verdicts
from targets.records import Relation, ReviewState, SearchKind, Sort, Strength, TargetFilter, TargetRow, search_words


class Line(NamedTuple):
    """A published target with its verdict, as far as lists ask for it."""

    target: int
    slug: str
    pair: str
    first: str
    second: str
    measure: Measure
    strength: Strength
    cumulative: bool
    currency: str
    deadline: int | None
    stated: date | None
    relation: Relation | None
    """What the next version that readers see did to it."""
    successor: str
    status: Status
    replaced: bool
    dollars: float | None
    share: float | None
    needed: float | None
    chance: float | None
    base: float | None
    amount: float | None


ROWS_KEPT = 2_000
"""As many rows are remembered of one version of the data: each some six kilobytes, and seven more for each language and
kind of list that it was written in."""

_SORTED: dict[Sort, Callable[[Line], Any]] = {
    Sort.DEADLINE: lambda line: line.deadline,
    Sort.AMOUNT: lambda line: line.dollars,
    Sort.SHARE: lambda line: line.share,
    Sort.NEEDED: lambda line: line.needed,
    Sort.STATED: lambda line: line.stated,
    Sort.CHANCE: lambda line: line.chance,
}


def lines() -> tuple[Line, ...]:
    """All of them, by slug. One SQL query, and none again while the data are the same."""
    return remembered("lines", _read)


def matching(asked: TargetFilter) -> tuple[tuple[Line, ...], int]:
    """The lines that pass the filter in the order asked for, and how many replaced versions it leaves out.

    Targets without that number last, then by slug. One SQL query where the two sides must disagree; nothing again while
    the data are the same.
    """
    return remembered(asked, lambda: _matching(asked))


def _matching(asked: TargetFilter) -> tuple[tuple[Line, ...], int]:
    found: Sequence[Line] = lines()
    for test in _tests(asked):
        found = list(filter(test, found))
    passing = len(found)
    if not asked.replaced:
        found = [line for line in found if not line.replaced]
    value = _SORTED[asked.sort]
    known = [line for line in found if value(line) is not None]
    # Sorting is stable, so those of one value stay in the order of their slugs.
    known.sort(key=value, reverse=asked.descending)
    return (*known, *(line for line in found if value(line) is None)), passing - len(found)


def _tests(asked: TargetFilter) -> Iterator[Callable[[Line], bool]]:
    """What a line must pass, one test for each part of the filter that says something."""
    if asked.economy:
        yield lambda line: asked.economy in (line.first, line.second)
    if asked.status:
        yield lambda line: line.status in asked.status
    if asked.measure:
        yield lambda line: line.measure in asked.measure
    if asked.strength:
        yield lambda line: line.strength in asked.strength
    if asked.relation:
        yield lambda line: line.relation in asked.relation
    if asked.deadline_from is not None:
        least = asked.deadline_from
        yield lambda line: line.deadline is not None and line.deadline >= least
    if asked.deadline_to is not None:
        most = asked.deadline_to
        yield lambda line: line.deadline is not None and line.deadline <= most
    if asked.q:
        told = _told(asked.q)
        yield lambda line: line.target in told
    if asked.disagree:
        apart = remembered("disagreeing", _disagreeing)
        yield lambda line: line.target in apart


def rows_of(*lists: Collection[Line]) -> tuple[tuple[TargetRow, ...], ...]:
    """The targets of these lines as rows of lists, in the order given. Two SQL queries, none for rows that are kept."""
    rows = {row.target.id: row for row in rows_by_target({line.target for lines in lists for line in lines})}
    return tuple(tuple(rows[line.target] for line in lines if line.target in rows) for lines in lists)


def rows_by_target(wanted: Collection[int]) -> tuple[TargetRow, ...]:
    """The targets of these ids as rows of lists, in the order given. Two SQL queries, none for rows that are kept.

    What is published no more since the lines were read is left out.
    """
    kept: dict[int, TargetRow] = remembered("rows", dict)
    rows = {number: row for number in wanted if (row := kept.get(number))}
    missing = set(wanted) - rows.keys()
    if missing:
        (fresh,) = target_rows(list(verdicts().filter(target__in=missing)))
        read = {row.target.id: row for row in fresh}
        if len(kept) + len(read) > ROWS_KEPT:
            kept.clear()
        kept.update(read)
        rows |= read
    return tuple(rows[number] for number in wanted if number in rows)


def line_of(row: TargetRow, dollars: float | None) -> Line:
    """The line of a target that was judged anew. No SQL query."""
    target, lead = row.target, row.assessment.lead
    return Line(
        target=target.id,
        slug=target.slug,
        pair=target.pair.slug,
        first=target.pair.first.code,
        second=target.pair.second.code,
        measure=target.measure,
        strength=target.strength,
        cumulative=target.cumulative,
        currency=target.currency,
        deadline=target.deadline_year,
        stated=target.first_stated.on,
        relation=target.relation,
        successor=target.successor,
        status=row.assessment.verdict.status,
        replaced=target.replaced,
        dollars=dollars,
        share=lead.share_of_way if lead else None,
        needed=lead.catch_up_growth if lead else None,
        chance=None,
        base=lead.base_amount if lead else None,
        amount=lead.target_amount if lead else None,
    )


def by_economy() -> dict[str, list[Line]]:
    """The lines of each economy's targets, by its code, in the order of their slugs."""
    return remembered("by economy", _by_economy)


def _by_economy() -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines():
        for code in (line.first, line.second):
            found.setdefault(code, []).append(line)
    return found


def _read() -> tuple[Line, ...]:
    seen = Q(target__superseded_by__state=ReviewState.PUBLISHED)
    told = verdicts().select_related(None).order_by()
    rows = told.values_list(
        "target_id", "target__slug", "target__pair__slug", "target__pair__first_id", "target__pair__second_id",
        "target__measure", "target__strength", "target__cumulative", "target__currency", "target__deadline_year",
        "target__first_stated_on",
        Case(When(seen, then=F("target__relation")), default=Value("")),
        Case(When(seen, then=F("target__superseded_by__slug")), default=Value("")),
        "status", "replaced", "amount_usd", "share_of_way", "catch_up_growth", "chance", "base_amount",
        "target_amount",
    )  # fmt: skip
    found = [
        Line(*row[:11], Relation(row[11]) if row[11] else None, *row[12:])  # type: ignore[arg-type]
        for row in rows.iterator(chunk_size=5_000)
    ]
    # Sorted here, because databases disagree on the order of hyphens.
    return tuple(sorted(found, key=lambda line: line.slug))


def _told(q: str) -> frozenset[int]:
    """The published targets that every word is found of."""
    words = search_words(q)
    # Signs alone are no question that anything answers.
    return frozenset(texts.found(SearchKind.TARGETS, words)) if words else frozenset()


def _disagreeing() -> frozenset[int]:
    """The targets of which the two sides' figures give different answers: ``progress.sides_differ``. One SQL query.

    Who has a vote stands in the verdict; a side whose figures decide nothing has none while the other's do.
    """
    own = Judgement.objects.filter(target=OuterRef("target"), is_verdict=False, reporter=True)
    statuses = own.exclude(status__in=UNDECIDED).order_by().values("target")
    answers = Subquery(statuses.annotate(n=Count("status", distinct=True)).values("n"))
    two = Judgement.objects.filter(is_verdict=True, voters__1__isnull=False).annotate(answers=answers)
    return frozenset(two.filter(answers__gt=1).order_by().values_list("target_id", flat=True))
