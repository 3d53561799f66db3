"""The home page: what is tracked and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from targets.models import Economy, Release, Target, TurnoverFigure
from targets.progress import Status
from targets.queries.figures import newest, standing
from targets.queries.judging import target_rows, verdicts
from targets.records import HomePage, ReviewState

ROWS = 6
"""Targets in each of the two lists."""

DECIDED = (Status.MET, Status.MET_THEN_LOST, Status.MISSED, Status.DISPUTED)
"""Statuses that say what became of a target whose deadline has passed."""


def home_page(*, today: date) -> HomePage:
    """The home page on a UTC day. Five SQL queries."""
    numbers = _numbers(today)
    due, decided = target_rows(
        verdicts()
        .filter(replaced=False, target__deadline_year__gte=today.year)
        .exclude(status__in=(Status.MET, Status.NOT_ASSESSABLE))
        .order_by("target__deadline_year", F("amount_usd").desc(nulls_last=True), "target__slug")[:ROWS],
        verdicts()
        .filter(replaced=False, target__deadline_year__lt=today.year, status__in=DECIDED)
        .order_by("-target__deadline_year", F("amount_usd").desc(nulls_last=True), "target__slug")[:ROWS],
    )
    return HomePage(
        targets=numbers.get("targets", 0),
        pairs=numbers.get("pairs", 0),
        economies=numbers.get("economies") or 0,
        figures=numbers.get("figures") or 0,
        statuses=_statuses(),
        due_next=due,
        decided=decided,
        through=numbers.get("through"),
    )


def counted(statuses: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
    """How often each status occurs, in the order of the statuses, without those that do not. No SQL query."""
    found = Counter(statuses)
    return tuple((status, found[status]) for status in Status if found[status])


def _statuses() -> tuple[tuple[Status, int], ...]:
    groups = verdicts().filter(replaced=False).select_related(None).order_by().values_list("status")
    found = dict(groups.annotate(targets=Count("pk")))
    return tuple((status, found[status]) for status in Status if status in found)


def _numbers(today: date) -> dict[str, Any]:
    """Everything that the head of the page counts, in one SQL query.

    The figures are those that targets are held against: of full years that are over, by the two sides themselves, for
    pairs with a published target.
    """
    published = Target.objects.filter(state=ReviewState.PUBLISHED)
    named = Exists(published.filter(Q(pair__first=OuterRef("pk")) | Q(pair__second=OuterRef("pk"))))
    live = Release.objects.filter(withdrawn_at__isnull=True, figures__isnull=False)
    # A window is worked out after the rows are grouped, so the current figures are found first and counted then.
    compared = standing().filter(
        reporter__isnull=False,
        from_month=1,
        through_month=12,
        year__lt=today.year,
        pair__in=published.order_by().values("pair"),
    )
    figures = TurnoverFigure.objects.filter(pk__in=newest(compared).values("pk"))
    row = _together(published).annotate(
        targets=Count("pk"),
        pairs=Count("pair", distinct=True),
        economies=Subquery(_together(Economy.objects.filter(named)).annotate(number=Count("*")).values("number")),
        figures=Subquery(_together(figures).annotate(number=Count("*")).values("number")),
        through=Subquery(live.order_by("-recorded_at").values("recorded_at")[:1]),
    )
    return next(iter(row), {})


def _together(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows as one group; no group where there is no row."""
    return rows.order_by().values(all=Value(1))
