"""The home page: what is tracked and how it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value

from targets.models import Economy, Reach, Release, Target
from targets.progress import Status
from targets.queries import lines
from targets.queries.journal import remembered
from targets.queries.lines import Line
from targets.queries.scoreboards import moves_in_order, tally
from targets.records import HomePage, Outcome, ReviewState, Step, Strength, Tally, outcome_of

ROWS = 6
"""Targets in each of the two lists."""

STEPS_UP_TO = {Step.THERE: 1.0, Step.HALF: 1.5, Step.DOUBLE: 2.0, Step.TRIPLE: 3.0, Step.FIVEFOLD: 5.0}
"""How many times the base a step of each size asks for at most."""

DECIDED = (Status.MET, Status.MET_THEN_LOST, Status.MISSED, Status.DISPUTED)
"""Statuses that say what became of a target whose deadline has passed."""


def home_page(*, today: date) -> HomePage:
    """The home page on a UTC day. Two SQL queries, and two more after each change of the data."""
    page, due, decided = remembered(("home", today), lambda: _made(today))
    next_rows, decided_rows = lines.rows_of(due, decided)
    return replace(page, due_next=next_rows, decided=decided_rows)


def _made(today: date) -> tuple[HomePage, list[Line], list[Line]]:
    """The page without its two lists, and the lines of these."""
    numbers = _numbers()
    every = lines.lines()
    shown = [line for line in every if not line.replaced]
    deadline, strength, step = (_outcomes(shown, of) for of in (_deadline, _strength, _step))
    closed = (Status.MET, Status.NOT_ASSESSABLE)
    due = (line for line in shown if (line.deadline or 0) >= today.year and line.status not in closed)
    decided = (line for line in shown if 0 < (line.deadline or 0) < today.year and line.status in DECIDED)
    page = HomePage(
        targets=numbers.get("targets", 0),
        pairs=numbers.get("pairs", 0),
        economies=numbers.get("economies") or 0,
        figures=numbers.get("figures") or 0,
        statuses=counted(line.status for line in shown),
        due_next=(),
        decided=(),
        through=numbers.get("through"),
        by_deadline=tuple(sorted(deadline.items(), key=lambda due: (due[0] is None, due[0] or 0))),
        by_strength=tuple((one, strength[one]) for one in Strength if one in strength),
        by_step=tuple((one, step[one]) for one in Step if one in step),
        moves=moves_in_order(Counter(line.relation for line in every if line.relation)),
    )
    return page, _first(due, 1), _first(decided, -1)


def _first(found: Iterable[Line], sign: int) -> list[Line]:
    """The first rows by deadline, the nearest or, with a minus, the latest first; of one year the largest amounts."""
    return sorted(
        found, key=lambda line: (sign * (line.deadline or 0), line.dollars is None, -(line.dollars or 0.0), line.slug)
    )[:ROWS]


def counted(statuses: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
    """How often each status occurs, in the order of the statuses, without those that do not. No SQL query."""
    found = Counter(statuses)
    return tuple((status, found[status]) for status in Status if found[status])


def _deadline(line: Line) -> int | None:
    return line.deadline


def _strength(line: Line) -> Strength:
    return line.strength


def _step(line: Line) -> Step:
    """The size of the step that was asked for: amount against base."""
    if line.cumulative or line.base is None or line.amount is None:
        return Step.UNKNOWN
    base, amount = line.base, line.amount
    return next((step for step, times in STEPS_UP_TO.items() if amount <= base * times), Step.MORE)


def _outcomes(shown: Iterable[Line], of: Callable[[Line], Any]) -> dict[Any, Tally]:
    """What became of the targets, by a value of theirs."""
    found: defaultdict[Any, Counter[Outcome]] = defaultdict(Counter)
    for line in shown:
        found[of(line)][outcome_of(line.status)] += 1
    return {value: tally(outcomes) for value, outcomes in found.items()}


def _numbers() -> dict[str, Any]:
    """Everything that the head of the page counts, in one SQL query.

    The figures are those that targets are held against: of full years that are over, by the two sides themselves, for
    pairs with a published target. They were counted when these were judged.
    """
    published = Target.objects.filter(state=ReviewState.PUBLISHED)
    named = Exists(published.filter(Q(pair__first=OuterRef("pk")) | Q(pair__second=OuterRef("pk"))))
    live = Release.objects.filter(withdrawn_at__isnull=True, figures__isnull=False)
    figures = Reach.objects.filter(pair__in=published.order_by().values("pair"))
    row = _together(published).annotate(
        targets=Count("pk"),
        pairs=Count("pair", distinct=True),
        economies=Subquery(_together(Economy.objects.filter(named)).annotate(number=Count("*")).values("number")),
        figures=Subquery(_together(figures).annotate(number=Sum("figures")).values("number")),
        through=Subquery(live.order_by("-recorded_at").values("recorded_at")[:1]),
    )
    return next(iter(row), {})


def _together(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows as one group; no group where there is no row."""
    return rows.order_by().values(all=Value(1))
