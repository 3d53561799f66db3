"""The home page: what is tracked and how it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from targets.models import Economy, Release, Target, TurnoverFigure
from targets.progress import Status
from targets.queries.figures import newest, standing
from targets.queries.judging import target_rows, verdicts
from targets.queries.scoreboards import moved_targets, moves_in_order, tally
from targets.records import HomePage, Outcome, Relation, ReviewState, Step, Strength, Tally, outcome_of

ROWS = 6
"""Targets in each of the two lists."""

STEPS_UP_TO = {Step.THERE: 1.0, Step.HALF: 1.5, Step.DOUBLE: 2.0, Step.TRIPLE: 3.0, Step.FIVEFOLD: 5.0}
"""How many times the base a step of each size asks for at most."""

DECIDED = (Status.MET, Status.MET_THEN_LOST, Status.MISSED, Status.DISPUTED)
"""Statuses that say what became of a target whose deadline has passed."""


def home_page(*, today: date) -> HomePage:
    """The home page on a UTC day. Five SQL queries."""
    numbers = _numbers(today)
    sums = _sums()
    deadline, strength, step = (_outcomes(sums[kind]) for kind in ("deadline", "strength", "step"))
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
        statuses=_statuses(sums["strength"]),
        due_next=due,
        decided=decided,
        through=numbers.get("through"),
        by_deadline=tuple(
            (int(year) if year else None, told) for year, told in sorted(deadline.items(), key=_last_if_none)
        ),
        by_strength=tuple((one, strength[one]) for one in Strength if one in strength),
        by_step=tuple((one, step[one]) for one in Step if one in step),
        moves=moves_in_order({Relation(relation): number for relation, _, number in sums["move"] if relation}),
    )


def counted(statuses: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
    """How often each status occurs, in the order of the statuses, without those that do not. No SQL query."""
    found = Counter(statuses)
    return tuple((status, found[status]) for status in Status if found[status])


def _sums() -> defaultdict[str, list[tuple[str, str, int]]]:
    """How many targets stand how, by deadline, strength and step, and how often goals moved how. One SQL query.

    By what is counted: its code (nothing where there is no deadline), the status, the number.
    """
    standing = verdicts().filter(replaced=False).select_related(None).order_by()
    step = Case(
        When(Q(target__cumulative=True) | Q(base_amount=None) | Q(target_amount=None), then=Value(Step.UNKNOWN.value)),
        *(
            When(target_amount__lte=F("base_amount") * times, then=Value(step.value))
            for step, times in STEPS_UP_TO.items()
        ),
        default=Value(Step.MORE.value),
        output_field=TextField(),
    )
    rows = _grouped(standing, "deadline", F("target__deadline_year"), "status").union(
        _grouped(standing, "strength", F("target__strength"), "status"),
        _grouped(standing, "step", step, "status"),
        _grouped(moved_targets(), "move", F("relation"), "state"),
        all=True,
    )
    sums: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for kind, code, said, number in rows:
        sums[kind].append((code, said, number))
    return sums


def _grouped(rows: QuerySet[Any], kind: str, by: Combinable, said: str) -> QuerySet[Any, tuple[str, str, str, int]]:
    """The rows counted by a value and by what they say, in texts only, so that different things fit in one query."""
    texts = rows.values(
        kind=Value(kind, TextField()),
        code=Coalesce(Cast(by, TextField()), Value("", TextField())),
        said=Cast(said, TextField()),
    )
    return texts.annotate(number=Count("pk")).values_list("kind", "code", "said", "number")


def _statuses(parts: Iterable[tuple[str, str, int]]) -> tuple[tuple[Status, int], ...]:
    found: Counter[str] = Counter()
    for _, status, number in parts:
        found[status] += number
    return tuple((status, found[status]) for status in Status if found[status])


def _outcomes(parts: Iterable[tuple[str, str, int]]) -> dict[str, Tally]:
    """What became of the targets, by their code."""
    found: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    for code, status, number in parts:
        found[code][outcome_of(Status(status))] += number
    return {code: tally(outcomes) for code, outcomes in found.items()}


def _last_if_none(due: tuple[str, Tally]) -> tuple[bool, str]:
    return (not due[0], due[0])


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
