"""Targets: one with all that its page shows, many as rows of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db.models import F, Prefetch, Q

from targets.models import (
    RoadmapDocument,
    RoadmapMeasure,
    SlugRedirect,
    Statement,
    Target,
    VerdictChange,
)
from targets.queries import lines
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.journal import data_version
from targets.queries.judging import assessed, prices, series_maker, voices
from targets.queries.shapes import (
    AsOf,
    day_asked,
    document_record,
    end_of,
    judged_on,
    pair_record,
    statement_record,
    target_record,
    was_published,
)
from targets.queries.sides import mirror_on, reworded
from targets.records import (
    DocumentRecord,
    PartialDate,
    ReviewState,
    StatementRecord,
    TargetFilter,
    TargetList,
    TargetPage,
    TargetRow,
    VerdictChangeRecord,
    rates_used,
)

ROWS_A_PAGE = 40

_FAR = 1_000_000
"""Nobody turns that many pages; larger numbers need not trouble the database, which refuses the largest."""

_TERMS = (
    "measure", "measure_basis", "amount", "amount_high", "currency", "factor", "baseline_year", "baseline_amount",
    "cumulative", "deadline_year", "deadline_basis", "strength", "first_stated_on", "first_stated_on_precision",
    "first_stated_on_inferred", "superseded_by_id", "relation",
)  # fmt: skip
"""What a target says; its texts and its address are those of today also on a page of the past."""


def target_page(slug: str, *, today: date, as_of: AsOf | None = None, whole: bool = True) -> TargetPage | None:
    """All that the page, chart and files of a published target show; None for any other slug. At most 9 SQL queries.

    Without ``whole`` what only the page shows is left out: statements, documents, changes, siblings, both sides
    beside each other, other wordings. At most 4 queries.

    Judged on ``today``, with a day as ``as_of`` on that day by what was recorded by its end: one query more. With a
    moment it is judged on ``today`` by what was recorded then. Statements oldest first, undated
    ones last; documents newest first; siblings newest statement first.
    """
    # Read first: what is read after it may be newer than its version, never older.
    version = data_version()
    targets = published_targets(Q(pair__targets__slug=slug), as_of=as_of)
    target = next((one for one in targets if one.slug == slug), None)
    if target is None:
        return None
    pair = pair_record(target.pair)
    figures = current_figures([pair.slug], as_of=as_of)
    rates = exchange_rates(figures, [one.currency for one in targets])
    records = [target_record(one, pair, as_of) for one in targets]
    day = judged_on(today, as_of)
    series = series_maker(voices(figures), prices(rates), day)
    known = {record.id: record for record in records}
    own = known[target.pk]
    judged = {
        number: assessed(record, series(record.terms()), day)
        for number, record in known.items()
        if whole or record is own
    }
    said, elsewhere = _statements(target, known, as_of) if whole else ((), 0)
    return TargetPage(
        target=own,
        assessment=judged.pop(target.pk).assessment,
        figures=figures,
        statements=said,
        documents=_documents(target, as_of) if whole else (),
        earlier=tuple(known[one.pk] for one in _leading_to(target, targets)),
        later=next((one for one in records if one.slug == own.successor), None),
        siblings=tuple(sorted(judged.values(), key=_newest_first)),
        rates=rates_used(rates, figures, own.currency),
        as_of=day_asked(as_of),
        data_version=version,
        through=max((figure.recorded_at for figure in figures), default=None),
        series=series(own.terms()),
        mirror=mirror_on(pair, own.terms(), figures, rates, day) if whole else None,
        reworded=reworded(own, series, day) if whole else (),
        changes=_changes(target, as_of) if whole else (),
        told_with=known.get(elsewhere),
    )


def published_targets(condition: Q, *, as_of: AsOf | None = None) -> list[Target]:
    """The published targets that meet the condition, oldest statement first, undated ones before. One SQL query.

    With ``as_of`` they say what they said then, as far as their history reaches: two queries.
    """
    targets = Target.objects.filter(condition, state=ReviewState.PUBLISHED)
    targets = targets.select_related("pair__first", "pair__second", "superseded_by")
    seen = [target for target in targets.order_by() if was_published(target, as_of)]
    if as_of is not None:
        as_they_were(seen, as_of)
    return sorted(seen, key=_stated)


def target_list(asked: TargetFilter, page: int = 1, looser: Sequence[TargetFilter] = ()) -> TargetList | None:
    """One page of the published targets that pass the filter; None beyond the last page.

    In the order asked for, targets without that number last, then by slug. An empty list has one page, and says how
    many targets pass each of the ``looser`` filters. Two SQL queries beside those of ``lines.matching``.
    """
    if not 1 <= page <= _FAR:
        return None
    found, left_out = lines.matching(asked)
    first = (page - 1) * ROWS_A_PAGE
    if first >= len(found) and page > 1:
        return None
    if not found:
        others = tuple(len(lines.matching(other)[0]) for other in looser)
        return TargetList(rows=(), total=0, left_out=left_out, page=1, pages=1, looser=others)
    (rows,) = lines.rows_of(found[first : first + ROWS_A_PAGE])
    return TargetList(rows=rows, total=len(found), left_out=left_out, page=page, pages=-(-len(found) // ROWS_A_PAGE))


def target_slug_redirect(slug: str) -> str:
    """The present slug of the published target that once had this one; empty when none did. One SQL query."""
    moved = SlugRedirect.objects.filter(slug=slug, target__state=ReviewState.PUBLISHED)
    return moved.values_list("target__slug", flat=True).first() or ""


def published_again(slug: str, as_of: AsOf) -> datetime | None:
    """When the target of this slug became public again, if it was public before the end of that day, and then was not.

    None for a target that never was withdrawn, or is not public now. At most two SQL queries.
    """
    target = Target.objects.filter(slug=slug, state=ReviewState.PUBLISHED).first()
    if target is None or target.published_at is None or target.published_at < end_of(as_of):
        return None
    before = target.history.filter(state=ReviewState.PUBLISHED, history_date__lt=end_of(as_of))
    return target.published_at if before.exists() else None


def as_they_were(targets: Sequence[Target], as_of: AsOf) -> None:
    """Nothing: gives the targets, which are not to be saved, the terms of their last version by then. One SQL query.

    One without a version by then stays as it is.
    """
    then: dict[int, Any] = {}
    versions = Target.history.filter(id__in=[target.pk for target in targets], history_date__lt=end_of(as_of))
    for version in versions.order_by("history_date", "history_id"):
        then[version.id] = version
    for target in targets:
        if target.pk in then:
            for name in _TERMS:
                setattr(target, name, getattr(then[target.pk], name))


def _statements(target: Target, pair: Collection[int], as_of: AsOf | None) -> tuple[tuple[StatementRecord, ...], int]:
    """The target's statements, and which of the pair's targets (ids) lists one of the date of its first.

    0 where it lists one itself, or none of them does. One SQL query beside that of the sides.
    """
    then = Q(stated_on=target.first_stated_on, stated_on_precision=target.first_stated_on_precision, context_only=False)
    shown = Statement.objects.filter(_published(as_of), Q(target=target) | then, target__in=pair)
    ordered = shown.select_related("source").order_by(F("stated_on").asc(nulls_last=True), "id")
    found = list(ordered.prefetch_related("sides"))
    own = tuple(statement_record(one) for one in found if one.target_id == target.pk)
    stated = PartialDate(target.first_stated_on, target.first_stated_on_precision)
    if any(stated.holds(one.stated) and not one.context_only for one in own):
        return own, 0
    return own, next((one.target_id for one in found if one.target_id != target.pk and stated.iso), 0)


def verdicts_seen(target: Target) -> list[VerdictChange]:
    """The changes of verdict that readers saw, oldest first: the one it was published with, and all since.

    Those of targets that became part of this one are among them. One SQL query.
    """
    changes = list(VerdictChange.objects.filter(target=target).order_by("changed_at", "id"))
    published = target.published_at
    drafted = [one for one in changes if published and one.changed_at < published and not one.merged_from]
    unseen = {one.pk for one in drafted[:-1]}
    return [change for change in changes if change.pk not in unseen]


def _changes(target: Target, as_of: AsOf | None) -> tuple[VerdictChangeRecord, ...]:
    return tuple(
        VerdictChangeRecord(
            change.changed_at, change.from_status or None, change.to_status, change.cause, change.merged_from
        )
        for change in verdicts_seen(target)
        if as_of is None or change.changed_at < end_of(as_of)
    )


def _documents(target: Target, as_of: AsOf | None) -> tuple[DocumentRecord, ...]:
    shown = RoadmapDocument.objects.filter(_published(as_of), targets=target).select_related("source")
    measures = Prefetch("measures", RoadmapMeasure.objects.order_by(F("due_on").asc(nulls_last=True), "id"))
    ordered = shown.order_by(F("signed_on").desc(nulls_last=True), "title").prefetch_related(measures)
    return tuple(document_record(document) for document in ordered)


def document_file(number: int, *, unpublished: bool = False) -> File[bytes] | None:
    """The stored file of the document of this number; None where it has none, or is not published. One SQL query.

    ``unpublished`` lets drafts through, for people of the desk.
    """
    found = RoadmapDocument.objects.filter(pk=number).exclude(file="")
    if not unpublished:
        found = found.filter(state=ReviewState.PUBLISHED)
    document = found.first()
    return document.file if document is not None else None


def _published(as_of: AsOf | None) -> Q:
    published = Q(state=ReviewState.PUBLISHED)
    return published if as_of is None else published & Q(published_at__lt=end_of(as_of))


def _leading_to(target: Target, targets: Sequence[Target]) -> list[Target]:
    """Those that lead to the target through ``superseded_by``, however far back, in the order given."""
    found = {target.pk}
    while more := {one.pk for one in targets if one.superseded_by_id in found} - found:
        found |= more
    return [one for one in targets if one.pk in found and one is not target]


def _stated(target: Target) -> tuple[date, str]:
    return (target.first_stated_on or date.min, target.slug)


def _newest_first(row: TargetRow) -> tuple[int, str]:
    on = row.target.first_stated.on
    return (-on.toordinal() if on else 0, row.target.slug)
