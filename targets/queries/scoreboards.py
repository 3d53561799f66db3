"""Scoreboards: what became of the targets of an economy, and who moves the goalposts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from targets.models import Target
from targets.progress import Reading, Status
from targets.progress.status import TOO_OLD_AFTER
from targets.records import (
    EconomyKind,
    Moves,
    Omission,
    OpenPromises,
    Outcome,
    Promise,
    PromiseFigure,
    RatePoint,
    Relation,
    ReviewState,
    Scoreboard,
    Scored,
    Sum,
    Tally,
    TargetRow,
    goal_histories,
    outcome_of,
)

MOVES = tuple(relation for relation in Relation if relation is not Relation.NEXT_STEP)
"""What moves a goal: a next step is another goal."""


def moves_by_economy() -> dict[str, Moves]:
    """How often the goals of each economy (by code) were moved; economies without a move are left out. One SQL query.

    A move counts for both sides of its pair. Only versions that readers see, with a successor that they see.
    """
    groups = moved_targets().values_list("pair__first", "pair__second", "relation").annotate(targets=Count("pk"))
    found: defaultdict[str, Counter[Relation]] = defaultdict(Counter)
    for first, second, relation, number in groups:
        for code in (first, second):
            found[code][relation] += number
    return {code: moves_in_order(moves) for code, moves in found.items()}


def moved_targets() -> QuerySet[Target]:
    """The published versions whose place a published one took, in no order. No SQL query yet."""
    moved = Q(state=ReviewState.PUBLISHED, superseded_by__state=ReviewState.PUBLISHED, relation__in=MOVES)
    return Target.objects.filter(moved).order_by()


def tally(outcomes: Mapping[Outcome, int]) -> Tally:
    """The numbers in the order of the outcomes, without those that none had. No SQL query."""
    return tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes.get(outcome))


def moves_in_order(moves: Mapping[Relation, int]) -> Moves:
    """The numbers in the order of the relations, without those that there are none of. No SQL query."""
    return tuple((relation, moves[relation]) for relation in MOVES if moves.get(relation))


def scoreboard(
    code: str,
    rows: Sequence[TargetRow],
    dollars: Mapping[int, float | None],
    rates: Iterable[RatePoint],
    today: date,
) -> Scoreboard:
    """The scoreboard of an economy out of all its published targets, replaced versions too. No SQL query.

    ``dollars`` has the amount of each target (by id) in US dollars, ``rates`` what other currencies need.
    """
    scored = [
        Scored(row, outcome_of(row.assessment.verdict.status, row.target.replaced), dollars.get(row.target.id))
        for row in rows
    ]
    histories = [history for history in goal_histories(rows) if history.moves]
    moves = Counter(relation for row in rows if (relation := row.target.relation))
    return Scoreboard(
        tally=tally(Counter(one.outcome for one in scored)),
        targets=tuple(sorted(scored, key=_by_deadline)),
        moved=tuple(sorted(histories, key=lambda history: (-len(history.moves), history.goal.slug))),
        moves=moves_in_order(moves),
        promises=_promises(code, scored, rates, today),
    )


def _by_deadline(one: Scored) -> tuple[bool, int, str]:
    year = one.row.target.deadline_year
    return (year is None, year or 0, one.row.target.slug)


def _promises(code: str, scored: Iterable[Scored], rates: Iterable[RatePoint], today: date) -> OpenPromises:
    """The open promises: of each pair the largest that can be counted; the others with the reason why not."""
    newest = {rate.currency: rate for rate in sorted(rates, key=lambda rate: rate.year)}
    counted: dict[str, Promise] = {}
    left_out: list[tuple[TargetRow, Omission]] = []
    for one in sorted(filter(lambda one: _open(one, today), scored), key=lambda one: -(one.dollars or 0.0)):
        promise = _promise(code, one, newest, today)
        slug = one.row.target.pair.slug
        if isinstance(promise, Promise) and slug not in counted:
            counted[slug] = promise
        else:
            left_out.append((one.row, Omission.LESSER if isinstance(promise, Promise) else promise))
    used = {row.target.currency for row in (promise.row for promise in counted.values())} - {"", "USD"}
    promises = tuple(counted.values())
    return OpenPromises(
        counted=promises,
        left_out=tuple(left_out),
        own=_sum(promise.own for promise in promises),
        other=_sum(promise.other for promise in promises),
        rates=tuple(newest[currency] for currency in sorted(used)),
    )


def _open(one: Scored, today: date) -> bool:
    """Whether the promise is still to be kept: not replaced, not met, its deadline not over."""
    target = one.row.target
    due = target.deadline_year is None or target.deadline_year >= today.year
    return due and not target.replaced and one.row.assessment.verdict.status is not Status.MET


def _promise(code: str, one: Scored, rates: Mapping[str, RatePoint], today: date) -> Promise | Omission:
    target = one.row.target
    if any(side.kind is EconomyKind.BLOC for side in (target.pair.first, target.pair.second) if side.code != code):
        return Omission.BLOC
    if target.cumulative:
        return Omission.SUM
    price = 1.0 if target.currency in ("", "USD") else None
    if price is None and target.currency in rates:
        price = float(rates[target.currency].usd_per_unit)
    if price is None:
        return Omission.NO_RATE
    figures = {
        reading.by: _figure(reading, price, today) for reading in one.row.assessment.readings if reading.reporter
    }
    if one.dollars is None:
        return Omission.NO_AMOUNT
    if not any(figures.values()):
        return Omission.NO_FIGURES
    own = figures.pop(code, None)
    return Promise(one.row, one.dollars, own, next(iter(figures.values()), None))


def _figure(reading: Reading, price: float, today: date) -> PromiseFigure | None:
    """What a side says of a promise, None where it has no amount, no figure, or only one that is too old."""
    if reading.target_amount is None or reading.latest_amount is None or reading.latest_year is None:
        return None
    if today.year - reading.latest_year > TOO_OLD_AFTER:
        return None
    return PromiseFigure(
        promised=reading.target_amount * price,
        traded=reading.latest_amount * price,
        year=reading.latest_year,
        fiscal=reading.fiscal,
    )


def _sum(figures: Iterable[PromiseFigure | None]) -> Sum | None:
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    years = [figure.year for figure in known]
    return Sum(
        pairs=len(known),
        promised=sum(figure.promised for figure in known),
        traded=sum(figure.traded for figure in known),
        first_year=min(years),
        last_year=max(years),
    )
