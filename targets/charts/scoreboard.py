"""The scoreboard of an economy: all its targets by deadline and size, and what became of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from targets.charts.outcomes import Place, colour_of, outcome_key, outcome_marks, upright
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, below, heading, label, plain
from targets.records import EconomyPage, Scored
from targets.wording import language, money, status_word, tally_words, target_title, word

NAMED = 10
"""How many of the largest targets are named where there is room."""

COLUMN = 3.0
"""How wide the place for targets without a deadline is, in years."""

APART = 0.22
"""How far marks on one spot are moved apart, in years."""

SOME_YEAR = 2020


@dataclass(frozen=True, slots=True)
class Frame:
    """The axes: years from ``first`` to ``last``, ``column`` for targets without a deadline, amounts by tens.

    ``lowest`` is the power of ten that stands at zero, ``top`` the highest amount in powers above it.
    """

    first: int
    last: int
    column: float | None
    lowest: int
    top: float

    def y(self, dollars: float) -> float:
        return round(math.log10(dollars) - self.lowest, 3)


def scoreboard(page: EconomyPage) -> Chart:
    """The chart as a Plotly figure: a mark for each target at its deadline and its amount in US dollars, by outcome.

    The y axis counts powers of ten above the lowest line, the x axis years; targets without a deadline stand in a
    column of their own, right of the last year. ``layout.meta`` has kind, economy (code), language, title, description,
    key and palette.
    """
    shown = [one for one in page.board.targets if one.dollars]
    frame = _frame(shown)
    places = _places(shown, frame)
    title = tally_words(page.economy, page.board.tally)
    return {
        "data": outcome_marks([place for _, place in places]),
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, _subtitle(page, shown)),
            "xaxis": {
                "range": [frame.first - 1, (frame.column + COLUMN / 2 if frame.column else frame.last + 1)],
                "tickvals": [year for year in range(frame.first, frame.last + 1) if year % 5 == 0],
                **YEARS,
            },
            "yaxis": {
                "range": [0, frame.top],
                "tickvals": list(range(math.floor(frame.top) + 1)),
                "ticktext": [
                    plain(money(10 ** (frame.lowest + power), "USD")) for power in range(math.floor(frame.top) + 1)
                ],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            "shapes": [] if frame.column is None else [upright("column", frame.column - COLUMN / 2)],
            "annotations": [
                *_column_label(frame),
                *_names(page, places),
                below("Tradewatch"),
            ],
            "meta": {
                "kind": "scoreboard",
                "economy": page.economy.code,
                "language": language(),
                "title": title,
                "description": _description(page),
                "key": outcome_key(one.outcome for one in shown),
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _frame(shown: Sequence[Scored]) -> Frame:
    years = [year for one in shown if (year := one.row.target.deadline_year) is not None] or [SOME_YEAR]
    amounts = [one.dollars for one in shown if one.dollars] or [1e9]
    first, last = min(years), max(years)
    # Fewer than ten years would spread a handful of marks over the whole width.
    first = min(first, last - 9)
    endless = any(one.row.target.deadline_year is None for one in shown)
    lowest = math.floor(math.log10(min(amounts)))
    top = math.log10(max(amounts)) - lowest
    return Frame(
        first,
        last,
        column=last + 1 + COLUMN / 2 if endless else None,
        lowest=lowest,
        top=round(max(top, 1.0) + 0.25, 3),
    )


def _places(shown: Sequence[Scored], frame: Frame) -> list[tuple[Scored, Place]]:
    """Where each target stands; those on one spot stand beside each other, in the order of the scoreboard."""
    together: defaultdict[tuple[int | None, float], list[Scored]] = defaultdict(list)
    for one in shown:
        together[one.row.target.deadline_year, round(frame.y(one.dollars or 1.0), 1)].append(one)
    found = []
    for (year, _), alike in together.items():
        middle = float(year) if year is not None else frame.column or 0.0
        room = COLUMN - 0.6 if year is None else 0.9
        apart = min(APART * (3 if year is None else 1), room / len(alike))
        for number, one in enumerate(alike):
            x = round(middle + (number - (len(alike) - 1) / 2) * apart, 2)
            found.append((one, Place(x, frame.y(one.dollars or 1.0), one.outcome, _told(one))))
    return found


def _told(one: Scored) -> str:
    stands = status_word(one.row.assessment.verdict.status)
    words = [target_title(one.row.target), word(one.outcome) if one.row.target.replaced else stands]
    return " · ".join(words)


def _subtitle(page: EconomyPage, shown: Sequence[Scored]) -> str:
    told = gettext("Targets by deadline and amount in US dollars, each line ten times the one below")
    missing = len(page.board.targets) - len(shown)
    if not missing:
        return told
    more = ngettext(
        "%(count)s target is not drawn: its amount is not known.",
        "%(count)s targets are not drawn: their amounts are not known.",
        missing,
    )
    return f"{told}. {more % {'count': missing}}"


def _names(page: EconomyPage, places: Sequence[tuple[Scored, Place]]) -> list[Piece]:
    """The partners of the largest targets that were not replaced, each at the largest of its own."""
    standing = [(one, place) for one, place in places if not one.row.target.replaced]
    largest: dict[str, tuple[Scored, Place]] = {}
    for one, place in sorted(standing, key=lambda item: (-item[1].y, item[1].x)):
        largest.setdefault(one.row.target.pair.slug, (one, place))
    pieces = []
    for one, place in list(largest.values())[:NAMED]:
        pair = one.row.target.pair
        partner = pair.second if pair.first.code == page.economy.code else pair.first
        pieces.append(
            label(
                f"name:{one.row.target.slug}",
                partner.name(language()),
                x=place.x,
                y=place.y,
                colour=colour_of(place.outcome),
                xanchor="center",
                yanchor="bottom",
                yshift=6,
            )
        )
    return pieces


def _column_label(frame: Frame) -> list[Piece]:
    if frame.column is None:
        return []
    return [
        label(
            "row:column",
            gettext("no deadline"),
            x=frame.column,
            y=1,
            yref="paper",
            colour=LIGHT.muted,
            xanchor="center",
            yanchor="bottom",
        )
    ]


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
