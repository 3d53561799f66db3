"""Scoreboards: what became of the targets of an economy, and who moves the goalposts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from targets.models import Judgement
from targets.progress import Measure, Status
from targets.progress.status import TOO_OLD_AFTER
from targets.queries.lines import Line
from targets.records import (
    Moves,
    Omission,
    OpenPromises,
    Outcome,
    Promise,
    PromiseFigure,
    RatePoint,
    Relation,
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

DRAWN = 60
"""Targets that one chart of a scoreboard holds: those stated last."""

SHOWN = 20
"""Goals that moved and promises that the page of an economy names, of each kind."""


def tally(outcomes: Mapping[Outcome, int]) -> Tally:
    """The numbers in the order of the outcomes, without those that none had. No SQL query."""
    return tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes.get(outcome))


def moves_in_order(moves: Mapping[Relation, int]) -> Moves:
    """The numbers in the order of the relations, without those that there are none of. No SQL query."""
    return tuple((relation, moves[relation]) for relation in MOVES if moves.get(relation))


@dataclass(frozen=True, slots=True)
class Promised:
    """The open promises of an economy as lines: those that count for their pair, the largest first, and the others."""

    counted: list[tuple[Line, float, PromiseFigure | None, PromiseFigure | None]]
    left_out: list[tuple[Line, Omission]]
    rates: tuple[RatePoint, ...]


Sides = Mapping[str, tuple[Any, ...]]
"""What each side's figures say of a target, by its code: amount of the target, latest amount, its year, fiscal year."""


def sides_told(own: Iterable[Line]) -> dict[int, Sides]:
    """What both sides' figures say of the targets that are not met, by their ids. One SQL query."""
    wanted = [line.target for line in own if line.status is not Status.MET and not line.replaced]
    told: defaultdict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    stored = Judgement.objects.filter(target__in=wanted, is_verdict=False, reporter=True).order_by()
    columns = ("target_id", "by", "target_amount", "latest_amount", "latest_year", "fiscal")
    for target, by, *numbers in stored.values_list(*columns) if wanted else ():
        told[target][by] = tuple(numbers)
    return dict(told)


def sides_of(row: TargetRow) -> Sides:
    """The same of a target that was judged anew. No SQL query."""
    return {
        one.by: (one.target_amount, one.latest_amount, one.latest_year, one.fiscal)
        for one in row.assessment.readings
        if one.reporter
    }


def promised(
    code: str,
    own: Sequence[Line],
    sides: Mapping[int, Sides],
    rates: Iterable[RatePoint],
    blocs: Set[str],
    today: date,
) -> Promised:
    """The open promises among an economy's lines: of each pair the largest that can be counted. No SQL query.

    ``blocs`` are the codes of all blocs, ``rates`` what other currencies than the dollar need.
    """
    newest = {rate.currency: rate for rate in sorted(rates, key=lambda rate: rate.year)}
    open_ones = sorted((line for line in own if _open(line, today)), key=lambda line: -(line.dollars or 0.0))
    counted: dict[str, tuple[Line, float, PromiseFigure | None, PromiseFigure | None]] = {}
    left_out: list[tuple[Line, Omission]] = []
    for line in open_ones:
        promise = _promise(code, line, sides.get(line.target, {}), newest, blocs, today)
        if not isinstance(promise, Omission) and line.pair not in counted:
            counted[line.pair] = promise
        else:
            left_out.append((line, promise if isinstance(promise, Omission) else Omission.LESSER))
    used = {line.currency for line, *_rest in counted.values()} - {"", "USD"}
    return Promised(list(counted.values()), left_out, tuple(newest[currency] for currency in sorted(used)))


def board_lines(own: Sequence[Line], promises: Promised) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """The lines of which a scoreboard shows more than numbers: drawn, moved most, promised, left out of the sum."""
    return (
        list(own[:DRAWN]),
        _moved_most(own),
        [line for line, *_rest in promises.counted[:SHOWN]],
        [line for line, _why in promises.left_out[:SHOWN]],
    )


def scoreboard(
    own: Sequence[Line],
    promises: Promised,
    drawn: Sequence[TargetRow],
    moved: Sequence[TargetRow],
    counted: Sequence[TargetRow],
    left_out: Sequence[TargetRow],
) -> Scoreboard:
    """The scoreboard of an economy out of all its lines, replaced versions too, and the rows of :func:`board_lines`.

    No SQL query.
    """
    lines = {line.target: line for line in own}
    scored = [
        Scored(row, outcome_of(line.status, line.replaced), line.dollars)
        for row in drawn
        for line in (lines[row.target.id],)
    ]
    histories = [history for history in goal_histories(moved) if history.moves]
    sums = {line.target: rest for line, *rest in promises.counted}
    why = {line.target: omission for line, omission in promises.left_out}
    measures = Counter(line.measure for line, *_rest in promises.counted)
    return Scoreboard(
        tally=tally(Counter(outcome_of(line.status, line.replaced) for line in own)),
        targets=tuple(sorted(scored, key=_by_deadline)),
        moved=tuple(sorted(histories, key=lambda history: (-len(history.moves), history.goal.slug))),
        moves=moves_in_order(Counter(line.relation for line in own if line.relation)),
        promises=OpenPromises(
            counted=tuple(Promise(row, *sums[row.target.id]) for row in counted),
            left_out=tuple((row, why[row.target.id]) for row in left_out),
            own=_sum(figure for _line, _dollars, figure, _other in promises.counted),
            other=_sum(figure for _line, _dollars, _own, figure in promises.counted),
            rates=promises.rates,
            number=len(promises.counted),
            dollars=sum(dollars for _line, dollars, *_rest in promises.counted),
            measures=tuple((measure, measures[measure]) for measure in Measure if measure in measures),
            number_left_out=len(promises.left_out),
        ),
        number=len(own),
        number_moved=len(_chains(own)),
    )


def _by_deadline(one: Scored) -> tuple[bool, int, str]:
    year = one.row.target.deadline_year
    return (year is None, year or 0, one.row.target.slug)


def _chains(own: Sequence[Line]) -> list[list[Line]]:
    """The goals that were restated, each as the lines of its versions, as ``goal_histories`` finds them."""
    by_slug = {line.slug: line for line in own}
    taken = {line.successor for line in own if line.relation in MOVES}
    chains = []
    for line in own:
        if line.slug in taken or line.relation not in MOVES:
            continue
        chain = [line]
        # No circle can be entered, but a page must end whatever the database holds.
        while line.relation in MOVES and line.successor in by_slug and by_slug[line.successor] not in chain:
            line = by_slug[line.successor]
            chain.append(line)
        if len(chain) > 1:
            chains.append(chain)
    return chains


def _moved_most(own: Sequence[Line]) -> list[Line]:
    """The lines of the goals that were restated most often."""
    most = sorted(_chains(own), key=lambda chain: (-len(chain), chain[-1].slug))[:SHOWN]
    return list({line.target: line for chain in most for line in chain}.values())


def _open(line: Line, today: date) -> bool:
    """Whether the promise is still to be kept: not replaced, not met, its deadline not over."""
    due = line.deadline is None or line.deadline >= today.year
    return due and not line.replaced and line.status is not Status.MET


def _promise(
    code: str,
    line: Line,
    readings: Sides,
    rates: Mapping[str, RatePoint],
    blocs: Set[str],
    today: date,
) -> tuple[Line, float, PromiseFigure | None, PromiseFigure | None] | Omission:
    if ({line.first, line.second} - {code}) & blocs:
        return Omission.BLOC
    if line.cumulative:
        return Omission.SUM
    price = 1.0 if line.currency in ("", "USD") else None
    if price is None and line.currency in rates:
        price = float(rates[line.currency].usd_per_unit)
    if price is None:
        return Omission.NO_RATE
    if line.dollars is None:
        return Omission.NO_AMOUNT
    figures = {by: _figure(numbers, price, today) for by, numbers in readings.items()}
    if not any(figures.values()):
        return Omission.NO_FIGURES
    own = figures.pop(code, None)
    return line, line.dollars, own, next(iter(figures.values()), None)


def _figure(numbers: tuple[Any, ...], price: float, today: date) -> PromiseFigure | None:
    """What a side says of a promise, None where it has no amount, no figure, or only one that is too old."""
    target, latest, year, fiscal = numbers
    if target is None or latest is None or year is None or today.year - year > TOO_OLD_AFTER:
        return None
    return PromiseFigure(promised=target * price, traded=latest * price, year=year, fiscal=fiscal)


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
