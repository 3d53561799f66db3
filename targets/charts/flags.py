"""What was promised: the target's flag, its earlier versions and the line of the moving goalposts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from targets.charts.scale import Scale
from targets.charts.theme import LIGHT
from targets.charts.traces import Piece, label, line, marks
from targets.progress import Reading
from targets.records import DatePrecision, PartialDate, Relation, TargetPage, TargetRecord
from targets.wording import about, aim_approximate, goal_words, language, money

MIDDLE = {DatePrecision.YEAR: 0.5, DatePrecision.MONTH: 0.5 / 12}
"""How far into its year or month a date of such precision is taken to lie, in years."""

POLE = 1.25
FLAG_SIZE = 13
EARLIER_SIZE = 10


@dataclass(frozen=True, slots=True)
class Goal:
    """One amount to be drawn: ``stated`` and ``deadline`` on the axis of years, None where not known or not set.

    ``by`` names the reading whose own base made the amount of a multiple, where the readings disagree on it.
    """

    target: TargetRecord
    amount: float
    amount_high: float | None
    stated: float | None
    deadline: int | None
    words: str
    by: str = ""
    earlier: bool = False

    @property
    def highest(self) -> float:
        return max(self.amount, self.amount_high or 0.0)


def goals(page: TargetPage) -> tuple[Goal, ...]:
    """What can be drawn of the earlier versions, oldest first, and then of the target itself.

    An amount summed over years has no place on an axis of yearly amounts, a multiple of an unknown base has none at
    all, and an earlier version in another currency would need a rate of the future.
    """
    earlier = [_goal(one, float(one.amount), earlier=True) for one in page.earlier if one.amount is not None]
    comparable = [goal for goal in earlier if goal.target.currency == (page.target.currency or "USD")]
    return (*(goal for goal in comparable if not goal.target.cumulative), *_own(page))


def _own(page: TargetPage) -> tuple[Goal, ...]:
    """The target; of a multiple, one goal for each amount that the readings make of it."""
    target = page.target
    if target.cumulative:
        return ()
    if target.amount is not None:
        return (_goal(target, float(target.amount)),)
    told = _deciding(page.assessment.readings)
    if len({reading.target_amount for reading in told}) == 1:
        return (_goal(target, float(told[0].target_amount or 0), words=_multiple(target, told[0])),)
    return tuple(
        _goal(target, float(reading.target_amount or 0), words=_multiple(target, reading), by=reading.by)
        for reading in told
    )


def _deciding(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that know the amount of a multiple: the sides', or the compilers' where no side does."""
    known = [reading for reading in readings if reading.target_amount is not None]
    return [reading for reading in known if reading.reporter] or known[:1]


def _multiple(target: TargetRecord, reading: Reading) -> str:
    """The goal with the amount that it means: "×2 by 2030: $2.4bn"."""
    amount = about(money(reading.target_amount or 0, target.currency or "USD"), aim_approximate(target, reading))
    return gettext("%(goal)s: %(amount)s") % {"goal": goal_words(target), "amount": amount}


def _goal(target: TargetRecord, amount: float, *, words: str = "", by: str = "", earlier: bool = False) -> Goal:
    return Goal(
        target=target,
        amount=amount,
        amount_high=None if target.amount_high is None else float(target.amount_high),
        stated=place(target.first_stated),
        deadline=target.deadline_year,
        words=words or goal_words(target),
        by=by,
        earlier=earlier,
    )


def place(when: PartialDate) -> float | None:
    """Where a day lies on the axis of years, each reaching half to either side of its number; None if unknown."""
    if when.on is None or when.precision is DatePrecision.UNKNOWN:
        return None
    begins = when.on.year - 0.5 + (when.on.timetuple().tm_yday - 1) / 366
    return round(begins + MIDDLE.get(when.precision, 0.0), 2)


def flags(page: TargetPage, aims: Sequence[Goal], scale: Scale, start: float, end: float) -> tuple[list[Piece], ...]:
    """Traces, shapes and annotations of the goals on an axis from ``start`` to ``end``."""
    traces = _goalposts(aims, scale)
    shapes: list[Piece] = []
    labels: list[Piece] = []
    for goal in aims:
        colour = _colour(page, goal)
        since = start if goal.stated is None else goal.stated
        if goal.amount_high is not None:
            shapes.append(_band(scale.of(goal.amount), scale.of(goal.amount_high), since, goal.deadline or end))
        if goal.deadline is not None:
            traces += _flag(goal, goal.deadline, scale, colour)
        elif not goal.earlier:
            traces.append(_level(goal, scale, colour, since, end))
        else:
            traces.append(_level(goal, scale, colour, since, _until(goal, aims, end)))
        labels.append(_label(goal, scale, colour, start, end))
    return traces, shapes, labels


def _colour(page: TargetPage, goal: Goal) -> str:
    """A multiple on which the readings disagree is drawn in the colour of the side that it is the multiple of."""
    if goal.earlier:
        return LIGHT.earlier
    return {"": LIGHT.target, page.target.pair.first.code: LIGHT.first}.get(goal.by, LIGHT.second)


def _role(goal: Goal) -> str:
    return "earlier" if goal.earlier else "target"


def _flag(goal: Goal, deadline: int, scale: Scale, colour: str) -> list[Piece]:
    at, amount = float(deadline), scale.of(goal.amount)
    pole = line(
        [at, at],
        [0, amount],
        name=goal.words,
        role=f"{_role(goal)}-pole",
        colour=colour,
        width=POLE,
        by=goal.by,
    )
    top = marks(
        [at],
        [amount],
        name=goal.words,
        role=_role(goal),
        colour=colour,
        symbol="triangle-right",
        size=EARLIER_SIZE if goal.earlier else FLAG_SIZE,
        told=[goal.words],
        by=goal.by,
    )
    return [pole, top]


def _level(goal: Goal, scale: Scale, colour: str, start: float, end: float) -> Piece:
    """A goal without a deadline: a line at its height from when it was stated."""
    amount = scale.of(goal.amount)
    return line(
        [start, end],
        [amount, amount],
        name=goal.words,
        role=_role(goal),
        colour=colour,
        width=POLE,
        dash="dot" if goal.earlier else "solid",
        by=goal.by,
    )


def _until(goal: Goal, aims: Sequence[Goal], end: float) -> float:
    """When the next version took the place of this one; a year later where both were stated at once, to be seen."""
    later = [aim.stated for aim in aims if aim.target.slug == goal.target.successor and aim.stated is not None]
    return max((goal.stated or later[0]) + 1, later[0]) if later else end


def _band(low: float, high: float, start: float, end: float) -> Piece:
    return {
        "type": "rect",
        "name": "range",
        "x0": start,
        "x1": end,
        "y0": low,
        "y1": high,
        "fillcolor": LIGHT.band,
        "line": {"width": 0},
        "layer": "below",
    }


def _goalposts(aims: Sequence[Goal], scale: Scale) -> list[Piece]:
    """A line from every flag to the flag that took its place; a next step moves nothing."""
    by_slug = {aim.target.slug: aim for aim in aims if aim.deadline is not None}
    moved = [
        (aim, by_slug[aim.target.successor])
        for aim in by_slug.values()
        if aim.target.successor in by_slug and aim.target.relation is not Relation.NEXT_STEP
    ]
    return [
        line(
            [float(one.deadline or 0), float(other.deadline or 0)],
            [scale.of(one.amount), scale.of(other.amount)],
            name=gettext("moving goalposts"),
            role="goalposts",
            colour=LIGHT.earlier,
            width=1.5,
            dash="dot",
        )
        for one, other in moved
    ]


def _label(goal: Goal, scale: Scale, colour: str, start: float, end: float) -> Piece:
    name = f"{_role(goal)}:{goal.by or goal.target.slug}"
    words = goal.words
    if goal.by:
        economy = goal.target.pair.economy(goal.by)
        words = gettext("%(goal)s (by %(whose)s figures)") % {
            "goal": words,
            "whose": economy.possessive(language()) if economy else goal.by,
        }
    height = scale.of(goal.highest)
    if not goal.earlier:
        at = end if goal.deadline is None else goal.deadline
        return label(
            name, words, x=at, y=height, colour=colour, xanchor="right", yanchor="bottom", yshift=4, strong=True
        )
    if goal.deadline is not None:
        # Left of its pole, under the line of the goalposts.
        return label(name, words, x=goal.deadline, y=height, colour=colour, xanchor="right", yanchor="top", xshift=-4)
    return label(
        name, words, x=start if goal.stated is None else goal.stated, y=height, colour=colour, yanchor="bottom"
    )
