"""The goalposts of a pair: when each target was stated, for when, how much, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from targets.charts.flags import place
from targets.charts.outcomes import Place, outcome_key, outcome_marks, upright
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, below, heading, label, line, marks
from targets.progress import Status
from targets.records import (
    DatePrecision,
    GoalHistory,
    Outcome,
    PairPage,
    PartialDate,
    TargetRecord,
    TargetRow,
    outcome_of,
)
from targets.wording import (
    day,
    goal_words,
    goalposts_sentence,
    goalposts_words,
    language,
    measure_words,
    partial_date,
    status_word,
    word,
)

FOOT = 0.5
"""Where the lowest row stands; rows are one apart."""

HEAD = 0.75
"""Room above the highest row, for its words."""

SPAN = 10.0
"""The fewest years that the axis covers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One target on the chart: ``start`` is None where nobody knows when it was stated."""

    row: TargetRow
    y: float
    start: float | None
    end: float

    @property
    def target(self) -> TargetRecord:
        return self.row.target

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.row.assessment.verdict.status, self.target.replaced)

    @property
    def words(self) -> str:
        """The goal, how it stands, and what the next version did to it."""
        status = self.row.assessment.verdict.status
        # "No deadline" stands in the goal already.
        stands = [] if status is Status.NO_DEADLINE else [status_word(status)]
        moved = [word(self.target.relation)] if self.target.relation else []
        # Long words go on in another line between their parts, never within one and never before the dot.
        return "\u00a0· ".join([goal_words(self.target), *(part.replace(" ", "\u00a0") for part in (*stands, *moved))])


def goalposts(page: PairPage) -> Chart:
    """The chart as a Plotly figure: a row for each target, versions of one goal below each other, oldest on top.

    The x axis counts years as the trajectory does. A line leads from the day a target was first stated to its deadline,
    where a mark tells what became of it; without a deadline the line goes on to the edge, or to the day when it was
    replaced. Dotted lines lead from a mark to that of the version that took its place. ``layout.meta`` has kind, pair
    (slug), language, as_of, rows (how many), title, description, key and palette.
    """
    histories = page.goals
    today = _today(page)
    start, end = _years(page, today)
    rows = _rows(histories, end)
    title = goalposts_sentence(page.pair, histories)
    return {
        "data": [
            *_links(histories, rows),
            *_lines(rows),
            *_stated(rows),
            *outcome_marks([Place(row.end, row.y, row.outcome, _told(row)) for row in rows]),
        ],
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, gettext("Each target from the day it was stated to its deadline")),
            "xaxis": {
                "range": [start, end],
                **YEARS,
            },
            "yaxis": {
                "range": [0, max(len(rows), 1) - 1 + FOOT + HEAD],
                "tickvals": [],
                "ticktext": [],
                "showgrid": False,
                "zeroline": False,
            },
            "shapes": [] if today is None else [upright("today", today)],
            "annotations": [*_today_label(today), *_labels(rows, start, end), below(_footer(page))],
            "meta": {
                "kind": "goalposts",
                "pair": page.pair.slug,
                "language": language(),
                "as_of": page.as_of.isoformat() if page.as_of else None,
                "rows": len(rows),
                "title": title,
                "description": _description(histories),
                "key": [*_line_key(rows), *outcome_key(row.outcome for row in rows)],
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _today(page: PairPage) -> float | None:
    day = next((row.assessment.today for row in page.targets if row.assessment.today), None)
    return None if day is None else place(PartialDate(day, DatePrecision.DAY))


def _years(page: PairPage, today: float | None) -> tuple[float, float]:
    """Both ends of the axis: everything known lies inside, and a goal without a deadline has room to go on."""
    goals = [row.target for row in page.targets]
    known = [at for goal in goals if (at := place(goal.first_stated)) is not None]
    known += [float(goal.deadline_year) for goal in goals if goal.deadline_year is not None]
    known += [today] if today is not None else []
    low, high = min(known, default=float(date.min.year)), max(known, default=SPAN)
    if high - low < SPAN:
        low = high - SPAN
    air = (high - low) / 25
    endless = any(goal.deadline_year is None for goal in goals)
    return round(low - air, 2), round(high + (2.5 if endless else 1) * air, 2)


def _rows(histories: Sequence[GoalHistory], end: float) -> list[Row]:
    """Every target once, the versions of one goal together; where two goals became one, the shared ones come last."""
    found: dict[str, TargetRow] = {}
    for history in histories:
        for version in history.versions:
            # Taken out and put in again: a version that two goals share comes after both.
            found.pop(version.target.slug, None)
            found[version.target.slug] = version
    edge = end - 0.25
    return [
        Row(
            row,
            y=len(found) - 1 - number + FOOT,
            start=place(row.target.first_stated),
            end=_end(row.target, found, edge),
        )
        for number, row in enumerate(found.values())
    ]


def _end(target: TargetRecord, found: Mapping[str, TargetRow], edge: float) -> float:
    """The deadline; without one the day of the version that took its place, and the edge where none has or no day is
    known."""
    if target.deadline_year is not None:
        return float(target.deadline_year)
    later = found.get(target.successor) if target.replaced else None
    at = place(later.target.first_stated) if later else None
    return edge if at is None else at


def _lines(rows: Sequence[Row]) -> list[Piece]:
    """The lines of the targets that stand, of those without a deadline among them, and of those that were replaced."""
    kinds = (
        (gettext("replaced"), "line-replaced", LIGHT.earlier, 1.5, "solid"),
        (gettext("without a deadline"), "line-open", LIGHT.target, 1.5, "dash"),
        (gettext("stands"), "line", LIGHT.target, 2.25, "solid"),
    )
    chosen: dict[str, list[Row]] = {role: [] for _, role, *_ in kinds}
    for row in rows:
        if row.start is not None:
            role = (
                "line-replaced" if row.target.replaced else "line-open" if row.target.deadline_year is None else "line"
            )
            chosen[role].append(row)
    return [
        line(
            [x for row in chosen[role] for x in (row.start or 0.0, row.end, row.end)],
            [y for row in chosen[role] for y in (row.y, row.y, None)],
            name=name,
            role=role,
            colour=colour,
            width=width,
            dash=dash,
        )
        for name, role, colour, width, dash in kinds
        if chosen[role]
    ]


def _stated(rows: Sequence[Row]) -> list[Piece]:
    """A small upright stroke where each target was first stated."""
    dated = [(row, row.start) for row in rows if row.start is not None]
    if not dated:
        return []
    return [
        marks(
            [start for _, start in dated],
            [row.y for row, _ in dated],
            name=gettext("first stated"),
            role="stated",
            colour=LIGHT.target,
            symbol="line-ns-open",
            size=11,
            told=[
                gettext("first stated %(date)s") % {"date": partial_date(row.target.first_stated)} for row, _ in dated
            ],
        )
    ]


def _links(histories: Sequence[GoalHistory], rows: Sequence[Row]) -> list[Piece]:
    """From each mark to that of the version that took its place."""
    places = {row.target.slug: (row.end, row.y) for row in rows}
    moves = dict.fromkeys((one.slug, other.slug) for history in histories for one, other in history.moves)
    if not moves:
        return []
    ends = [(places[one], places[other]) for one, other in moves]
    return [
        line(
            [x for (x0, _), (x1, _) in ends for x in (x0, x1, x1)],
            [y for (_, y0), (_, y1) in ends for y in (y0, y1, None)],
            name=gettext("moving goalposts"),
            role="goalposts",
            colour=LIGHT.earlier,
            width=1.25,
            dash="dot",
        )
    ]


def _told(row: Row) -> str:
    target = row.target
    stated = gettext("first stated %(date)s") % {"date": partial_date(target.first_stated)}
    return " · ".join([row.words, stated, measure_words(target), word(target.strength)])


def _labels(rows: Sequence[Row], start: float, end: float) -> list[Piece]:
    """The words of each target above its line, beginning with it, or ending with it where it begins late."""
    middle = (start + end) / 2
    pieces = []
    for row in rows:
        begins = row.start if row.start is not None else row.end
        late = begins > middle
        pieces.append(
            label(
                f"row:{row.target.slug}",
                row.words,
                x=row.end if late else begins,
                y=row.y,
                colour=LIGHT.earlier if row.target.replaced else LIGHT.target,
                xanchor="right" if late else "left",
                yanchor="bottom",
                yshift=6,
            )
        )
    return pieces


def _today_label(today: float | None) -> list[Piece]:
    if today is None:
        return []
    return [
        label(
            "row:today",
            gettext("today"),
            x=today,
            y=1,
            yref="paper",
            colour=LIGHT.muted,
            xanchor="center",
            yanchor="bottom",
        )
    ]


def _line_key(rows: Sequence[Row]) -> list[dict[str, str]]:
    if all(row.start is None for row in rows):
        return []
    return [{"symbol": "line-ns-open", "role": "target", "text": gettext("first stated")}]


def _footer(page: PairPage) -> str:
    as_of = page.as_of or (page.through.date() if page.through else None)
    told = [gettext("As of %(day)s.") % {"day": day(as_of).removesuffix(".")}] if as_of else []
    return " ".join([*told, "Tradewatch"])


def _description(histories: Sequence[GoalHistory]) -> str:
    """The goals in words, one sentence each."""
    return " ".join(
        gettext("%(goal)s: %(words)s.") % {"goal": goal_words(history.goal), "words": goalposts_words(history)}
        for history in histories
    )
