"""The scoreboard of an economy: all its targets by deadline and size, and what became of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import wrap

from django.utils.translation import gettext, ngettext

from targets.charts.outcomes import Place, colour_of, outcome_key, outcome_marks
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, below, heading, label, plain
from targets.records import EconomyPage, Outcome, Scored
from targets.wording import day, language, money, number, status_word, tally_words, target_title, word

LANE = 0.45
"""The height of a lane, in rows of a chart of rows: a mark and a line of its name, no more."""

LETTER, CAPITAL, SIGN, BEFORE = 0.03, 0.036, 0.045, 0.03
"""What a letter takes of the axis on a phone, a capital, a mark with the space to its name, and a mark alone."""

LETTERS = (24, 15)
"""A name goes on in another lane from so many letters on, where there is no room sooner: so it has some on one side."""

ASIDE, LINE = 9.0, 16.0
"""From the middle of a mark to its name, and from one line of that to the next."""

AIR = 0.04
"""What the axis of amounts has left of its first line, and right of the largest amount, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Named:
    """A target's name beside its mark: its lines, on which side, and from where to where it and the mark reach.

    Both ends are shares of the axis of amounts.
    """

    lines: tuple[str, ...]
    side: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """The targets of one deadline: ``year`` is None for those without; each in its lane, 0 on top, with its name.

    ``y`` is where the first lane stands; lanes are one apart.
    """

    year: int | None
    marks: Sequence[tuple[Scored, int, Named]]
    y: float


@dataclass(frozen=True, slots=True)
class Amounts:
    """The axis of amounts by tens: ``lowest`` is the power of ten at zero, ``span`` how many powers above it end it."""

    lowest: int
    span: float

    def of(self, one: Scored) -> float:
        return round(math.log10(one.dollars or 1.0) - self.lowest, 3)


def scoreboard(page: EconomyPage) -> Chart:
    """The chart as a Plotly figure: a mark for each target in the row of its deadline, at its amount in US dollars.

    The x axis counts powers of ten from the lowest upright line on, the y axis lanes from the foot up. A row has as
    many lanes as its marks and their names need to stand apart on a phone; the oldest deadline is on top, targets
    without one come last.
    ``layout.meta`` has kind, economy (code), rows (the height, in rows of a chart of rows), language, title,
    description, key and palette.
    """
    shown = [one for one in page.board.targets if one.dollars]
    amounts = _amounts(shown)
    rows, lanes = _rows(page, shown, amounts)
    places = [
        (one, Place(amounts.of(one), row.y - lane, one.outcome, _told(one)), named)
        for row in rows
        for one, lane, named in row.marks
    ]
    title = tally_words(page.economy, page.board.tally)
    powers = range(math.floor(amounts.span) + 1)
    return {
        "data": outcome_marks([place for _, place, _ in places]),
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, _subtitle(page, shown)),
            "xaxis": {
                **YEARS,
                "range": [round(-AIR * amounts.span, 3), round(amounts.span * (1 + AIR), 3)],
                "tickvals": list(powers),
                "ticktext": [plain(money(10 ** (amounts.lowest + power), "USD")) for power in powers],
                "showgrid": True,
                "gridcolor": LIGHT.rule,
            },
            "yaxis": {
                "range": [0, max(lanes, 1)],
                "tickvals": [row.y for row in rows],
                "ticktext": [gettext("no deadline") if row.year is None else str(row.year) for row in rows],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            "shapes": [],
            "annotations": [*(_name(*one) for one in places), below(_footer(page))],
            "meta": {
                "kind": "scoreboard",
                "economy": page.economy.code,
                "rows": round(max(lanes, 1) * LANE, 2),
                "language": language(),
                "title": title,
                "description": _description(page),
                "key": outcome_key(one.outcome for one in shown),
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _amounts(shown: Sequence[Scored]) -> Amounts:
    amounts = [one.dollars for one in shown if one.dollars] or [1e9]
    lowest = math.floor(math.log10(min(amounts)))
    return Amounts(lowest, round(max(math.log10(max(amounts)) - lowest, 1.0), 3))


def _rows(page: EconomyPage, shown: Sequence[Scored], amounts: Amounts) -> tuple[list[Row], int]:
    """A row for each deadline that occurs, and how many lanes there are in all."""
    by_year: defaultdict[int | None, list[Scored]] = defaultdict(list)
    for one in shown:
        by_year[one.row.target.deadline_year].append(one)
    years = sorted(by_year, key=lambda year: (year is None, year))
    filled = [(year, *_lanes(page, by_year[year], amounts)) for year in years]
    total = sum(lanes for _, _, lanes in filled)
    rows, above = [], 0
    for year, marks, lanes in filled:
        rows.append(Row(year, marks, total - above - 0.5))
        above += lanes
    return rows, total


def _lanes(
    page: EconomyPage, alike: Sequence[Scored], amounts: Amounts
) -> tuple[Sequence[tuple[Scored, int, Named]], int]:
    """The targets of a row, each in the first lane with room for it and its name, and how many lanes they take.

    What is decided comes first.
    """
    taken: list[list[Named]] = []
    marks = []
    order = list(Outcome)
    for one in sorted(alike, key=lambda one: (order.index(one.outcome), -(one.dollars or 0), one.row.target.slug)):
        sides = _sides(_partner(page, one), amounts.of(one) / amounts.span)
        lane, named = next((lane, named) for lane in count() for named in sides if _free(taken[lane:], named))
        taken += [[] for _ in range(lane + len(named.lines) - len(taken))]
        for line in taken[lane : lane + len(named.lines)]:
            line.append(named)
        marks.append((one, lane, named))
    return marks, len(taken)


def _partner(page: EconomyPage, one: Scored) -> str:
    pair = one.row.target.pair
    return (pair.second if pair.first.code == page.economy.code else pair.first).name(language())


def _sides(name: str, at: float) -> Sequence[Named]:
    """The name right and left of its mark as far as there is room, in more lines where there is none; at least one."""
    for letters in LETTERS:
        lines = tuple(wrap(name, letters, break_long_words=False)) or (name,)
        wide = SIGN + max(sum(CAPITAL if letter.isupper() else LETTER for letter in line) for line in lines)
        right, left = Named(lines, "left", at - BEFORE, at + wide), Named(lines, "right", at - wide, at + BEFORE)
        found = [*[right] * (right.end <= 1 + 2 * AIR), *[left] * (left.start >= -AIR)]
        if found:
            return found
    return [right if at < 0.5 else left]


def _free(lanes: Sequence[Sequence[Named]], named: Named) -> bool:
    """Whether the name has room in the first of these lanes, and its further lines in those below."""
    there = (other for lane in lanes[: len(named.lines)] for other in lane)
    return all(other.end <= named.start or named.end <= other.start for other in there)


def _told(one: Scored) -> str:
    stands = status_word(one.row.assessment.verdict.status)
    words = [target_title(one.row.target), word(one.outcome) if one.row.target.replaced else stands]
    return " · ".join(words)


def _subtitle(page: EconomyPage, shown: Sequence[Scored]) -> str:
    told = gettext("Targets by deadline and amount in US dollars; each upright line is ten times the one before")
    if page.board.number > len(page.board.targets):
        part = gettext("the %(shown)s targets stated last, of %(total)s")
        told = f"{told} – {part % {'shown': number(len(page.board.targets)), 'total': number(page.board.number)}}"
    missing = len(page.board.targets) - len(shown)
    if not missing:
        return told
    more = ngettext(
        "%(count)s target is not drawn: its amount is not known.",
        "%(count)s targets are not drawn: their amounts are not known.",
        missing,
    )
    return f"{told}. {more % {'count': missing}}"


def _name(one: Scored, place: Place, named: Named) -> Piece:
    """The name of the partner; its first line stands at the height of the mark."""
    return label(
        f"name:{one.row.target.slug}",
        *named.lines,
        x=place.x,
        y=place.y,
        colour=colour_of(place.outcome),
        xanchor=named.side,
        xshift=ASIDE if named.side == "left" else -ASIDE,
        yshift=-(len(named.lines) - 1) * LINE / 2,
    )


def _footer(page: EconomyPage) -> str:
    return " ".join([gettext("As of %(day)s.") % {"day": day(page.day).removesuffix(".")}, "Tradewatch"])


def _description(page: EconomyPage) -> str:
    """Between which years the deadlines lie, and how many targets have none."""
    years = [year for one in page.board.targets if (year := one.row.target.deadline_year) is not None]
    endless = len(page.board.targets) - len(years)
    told = []
    if years:
        told.append(gettext("Deadlines from %(first)s to %(last)s.") % {"first": min(years), "last": max(years)})
    if endless:
        more = ngettext("%(count)s target without a deadline.", "%(count)s targets without a deadline.", endless)
        told.append(more % {"count": endless})
    return " ".join(told)
