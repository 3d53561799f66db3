"""A figure for every layout of every chart, made up: what is sparse, crowded, open, long-winded, empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import cycle, product
from typing import Any

from targets.charts import compared, goalposts, mirror, scoreboard, trajectory
from targets.progress import Status, share_of_way
from targets.records import Compared, Comparison, Relation, SharePoint, TargetRow
from tests.charts import pages, test_goalposts, test_mirror, test_scoreboard, test_trajectory
from tests.charts.pages import page, target, years


def row(amount: float, deadline: int | None, first: int, amounts: Sequence[float | None], name: str) -> Compared:
    """A target judged by these figures, with its way from the base on."""
    goal = target(slug=name, amount=Decimal(repr(amount)), deadline_year=deadline, first_stated=pages.UNDATED)
    shown = page(goal, years("XAR", first, *amounts))
    lead = shown.assessment.lead
    points: tuple[SharePoint, ...] = ()
    if lead is not None and lead.base_year is not None and lead.base_amount and lead.target_amount:
        base, whole, since = lead.base_amount, lead.target_amount, lead.base_year
        there = ((point.year, point.amount) for one in shown.series if one.by == lead.by for point in one.points)
        points = tuple(SharePoint(y, a, share_of_way(base, a, whole)) for y, a in there if y >= since)
    return Compared(TargetRow(goal, shown.assessment, {}, ""), points)


def comparison(number: int) -> Comparison:
    """So many targets that stand close together, with ways that cross."""
    ways: list[tuple[float, int | None, int, Sequence[float | None]]] = [
        (500e6, 2030, 2019, (100e6, 120e6, None, 180e6, 210e6, 250e6)),
        (500e6, 2028, 2020, (100e6, 110e6, 115e6, 118e6, 116e6)),
        (900e6, None, 2021, (300e6, 500e6, 400e6, 420e6)),
        (200e6, 2025, 2018, (100e6, 400e6, 600e6, 900e6)),
        (200e6, 2027, 2022, (100e6, 20e6, 5e6)),
        (700e6, 2035, 2023, (100e6, 101e6)),
        (700e6, 2035, 2024, (100e6,)),
        (700e6, 2024, 2019, ()),
    ]
    targets = tuple(row(*way, f"goal-{place}") for place, way in enumerate(ways[:number]))
    return Comparison(targets, (), (), None)


def restated(times: int) -> Any:
    """A goal that was postponed again and again: the words of each row lie in the way of the line to the next."""
    moves = (Relation.POSTPONED, Relation.NEXT_STEP)
    versions = [
        target(
            slug=f"version-{number}",
            deadline_year=2015 + 3 * number,
            first_stated=test_goalposts.stated(2010 + 2 * number),
            replaced=number < times,
            successor=f"version-{number + 1}" if number < times else "",
            relation=moves[number % 2] if number < times else None,
        )
        for number in range(times + 1)
    ]
    return test_goalposts.pair_page(*versions, figures=years("XAR", 2010, *[3e8] * 14))


def crowd() -> Any:
    """The targets of an economy, many of them on one spot."""
    statuses = cycle(Status)
    spots = product((None, *range(2010, 2031, 4)), (1e9, 1.05e9, 1.3e9, 5e9, 5e9, 1e10, 9.9e10, 1e11))
    return test_scoreboard.page(
        *(
            test_scoreboard.scored(next(statuses), amount, deadline_year=year, replaced=number % 5 == 4)
            for number, (year, amount) in enumerate(spots)
        )
    )


LAYOUTS: dict[str, Callable[[], dict[str, Any]]] = {
    **{f"trajectory, {name}": lambda made=made: trajectory(made()) for name, made in test_trajectory.SHAPES.items()},
    **{f"mirror, {name}": lambda made=made: mirror(made()) for name, made in test_mirror.SHAPES.items()},
    "goalposts, of all kinds": test_goalposts.drawn,
    "goalposts, restated often": lambda: goalposts(restated(4)),
    "goalposts, none": lambda: goalposts(test_goalposts.pair_page()),
    "scoreboard, of all kinds": test_scoreboard.drawn,
    "scoreboard, crowded": lambda: scoreboard(crowd()),
    "scoreboard, none": lambda: scoreboard(test_scoreboard.page()),
    **{f"comparison of {number}": lambda number=number: compared(comparison(number)) for number in range(2, 9)},
}
