"""Targets beside each other: what a comparison of them shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, F, Q, Value, When

from targets.models import Target
from targets.progress import Reading, Series, share_of_way
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.judging import assessed, series_for, verdicts
from targets.queries.shapes import AsOf, day_asked, judged_on, target_record
from targets.queries.targets import published_targets
from targets.records import Compared, Comparison, FigureRecord, SharePoint, TargetRecord

NEAR = 6
"""Targets offered to be added."""


def comparison(slugs: Sequence[str], *, today: date, as_of: AsOf | None = None) -> Comparison:
    """The published targets of these slugs, judged on a UTC day by the figures themselves. At most four SQL queries.

    ``as_of`` as in :func:`target_page`.
    """
    day = judged_on(today, as_of)
    stored = {one.slug: one for one in published_targets(Q(slug__in=slugs), as_of=as_of)} if slugs else {}
    chosen = [target_record(stored[slug], as_of=as_of) for slug in slugs if slug in stored]
    figures = current_figures({target.pair.slug for target in chosen}, as_of=as_of)
    rates = exchange_rates(figures, [target.currency for target in chosen])
    compared = []
    for target in chosen:
        own = [figure for figure in figures if figure.pair == target.pair.slug]
        series = series_for(target, own, rates, day)
        row = assessed(target, series, day)
        lead = row.assessment.lead
        compared.append(Compared(row, _points(lead, series), _used(lead, series, own), _closed(series, own)))
    return Comparison(
        targets=tuple(compared),
        missing=tuple(slug for slug in slugs if slug not in stored),
        near=_near([stored[target.slug] for target in chosen]),
        as_of=day_asked(as_of),
        rates=rates,
        through=max((figure.recorded_at for figure in figures), default=None),
    )


def targets_of(slugs: Sequence[str]) -> tuple[TargetRecord, ...]:
    """The published targets of these slugs in their order, without what is none. One SQL query, none for no slug."""
    stored = {one.slug: one for one in published_targets(Q(slug__in=slugs))} if slugs else {}
    return tuple(target_record(stored[slug]) for slug in slugs if slug in stored)


def _points(lead: Reading | None, series: Sequence[Series]) -> tuple[SharePoint, ...]:
    """The years of the lead reading from its base on, as shares of the way; none where there is no way."""
    if lead is None or lead.share_of_way is None or lead.base_year is None:
        return ()
    base, target = lead.base_amount, lead.target_amount
    if base is None or target is None:
        return ()
    own = next(one for one in series if one.by == lead.by and one.reporter == lead.reporter)
    after = (point for point in own.points if point.year > lead.base_year)
    return (
        SharePoint(lead.base_year, base, 0.0),
        *(SharePoint(point.year, point.amount, share_of_way(base, point.amount, target)) for point in after),
    )


def _used(lead: Reading | None, series: Sequence[Series], figures: Sequence[FigureRecord]) -> tuple[FigureRecord, ...]:
    """The figures of the lead reading's series."""
    if lead is None:
        return ()
    own = (one for one in series if one.by == lead.by and one.reporter == lead.reporter)
    keys = {int(point.key) for one in own for point in one.points}
    return tuple(figure for figure in figures if figure.id in keys)


def _closed(series: Sequence[Series], figures: Sequence[FigureRecord]) -> frozenset[tuple[str, int]]:
    """Whose years are made of figures that may not be passed on."""
    keys = {figure.id for figure in figures if not figure.source.shareable}
    return frozenset((one.by, point.year) for one in series for point in one.points if int(point.key) in keys)


def _near(chosen: Sequence[Target]) -> tuple[TargetRecord, ...]:
    """A few that may be compared with these: those of the same pairs, then of the same economies, newest first."""
    if not chosen:
        return ()
    pairs = {target.pair_id for target in chosen}
    codes = {code for target in chosen for code in (target.pair.first_id, target.pair.second_id)}
    same = Case(When(target__pair__in=pairs, then=Value(0)), default=Value(1))
    found = (
        verdicts()
        .filter(Q(target__pair__first__in=codes) | Q(target__pair__second__in=codes), replaced=False)
        .exclude(target__in=chosen)
        .exclude(share_of_way=None)
        .order_by(same, F("target__first_stated_on").desc(nulls_last=True), "target__slug")
    )
    return tuple(target_record(one.target) for one in found[:NEAR])
