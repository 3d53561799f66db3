"""Targets beside each other: how much of its way each has gone, year by year, whatever their amounts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from targets.charts.theme import COMPARED, LIGHT, PALETTE
from targets.charts.traces import (
    BASE_LAYOUT,
    YEARS,
    Chart,
    Piece,
    below,
    heading,
    label,
    line,
    marked_line,
    marks,
    plain,
)
from targets.progress import Reading
from targets.records import Compared, Comparison
from targets.wording import day, deciding_growth, language, money, percent, share, target_title, year_label

NAMED = 4
"""Up to so many targets are named beside their lines; more would not fit there, and are named in the key alone."""

LOWEST, HIGHEST = -1.0, 2.5
"""Shares beyond these would flatten all others: they are drawn at the edge and said in numbers."""

LINES = 6
"""The most lines of the axis of shares above zero."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A target with its number, the role of its colour and its lead reading."""

    number: int
    role: str
    one: Compared
    lead: Reading

    @property
    def colour(self) -> str:
        return COMPARED["light"][self.role]


def compared(comparison: Comparison) -> Chart:
    """The chart as a Plotly figure: a line for each target that has a way from base to goal, in the order asked for.

    The x axis counts years; the y axis is the share of the way in per cent, 0 at each target's own base, 100 at its
    goal. Dashed lines lead from the latest year to the goal. ``layout.meta`` has kind, targets (slugs), language,
    title, description, key and palette.
    """
    drawn = _drawn(comparison)
    start, end = _years(drawn)
    low, high = _shares(drawn)
    step = next(step for step in (0.1, 0.2, 0.25, 0.5, 1.0) if (high - low) / step <= LINES + 1)
    ticks = [step * number for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    title = _title(comparison)
    return {
        "data": [
            *(_rest(one) for one in drawn if _rest_of(one)),
            *(_line(one) for one in drawn),
            *(_goal(one) for one in drawn if one.one.target.deadline_year),
        ],
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, _subtitle(comparison, drawn)),
            "xaxis": {
                "range": [start, end],
                **YEARS,
            },
            "yaxis": {
                "range": [_percent(low), _percent(high)],
                "tickvals": [_percent(tick) for tick in ticks],
                "ticktext": [plain(share(tick)) for tick in ticks],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            "shapes": [
                {
                    "type": "line",
                    "name": "goal",
                    "x0": 0,
                    "x1": 1,
                    "y0": 100,
                    "y1": 100,
                    "xref": "paper",
                    "yref": "y",
                    "line": {"color": LIGHT.target, "width": 1.5},
                    "layer": "below",
                }
            ],
            "annotations": [
                *(_label(one, len(drawn) <= NAMED) for one in drawn),
                below(_footer(comparison)),
            ],
            "meta": {
                "kind": "comparison",
                "targets": [one.target.slug for one in comparison.targets],
                "language": language(),
                "title": title,
                "description": _description(comparison),
                "key": [
                    {"symbol": "circle", "role": one.role, "text": f"{one.number}. {target_title(one.one.target)}"}
                    for one in drawn
                ],
                "palette": {name: {**colours, **COMPARED[name]} for name, colours in PALETTE.items()},
            },
        },
    }


def _drawn(comparison: Comparison) -> list[_Drawn]:
    roles = list(COMPARED["light"])
    return [
        _Drawn(number, roles[number - 1], one, lead)
        for number, one in enumerate(comparison.targets, start=1)
        if one.points and (lead := one.row.assessment.lead) is not None
    ]


def _percent(value: float) -> float:
    """The share in per cent, within the edges and finer than any line is drawn."""
    return round(100 * min(max(value, LOWEST), HIGHEST), 2)


def _years(drawn: Sequence[_Drawn]) -> tuple[float, float]:
    years = [point.year for one in drawn for point in one.one.points]
    years += [one.one.target.deadline_year for one in drawn if one.one.target.deadline_year]
    low, high = (min(years), max(years)) if years else (2000, 2001)
    air = max(0.6, (high - low) / 50)
    return round(low - air, 2), round(high + air, 2)


def _shares(drawn: Sequence[_Drawn]) -> tuple[float, float]:
    """Both ends of the axis: from zero to the goal at least, with some air above and below."""
    shares = [point.share for one in drawn for point in one.one.points]
    low, high = min(shares, default=0.0), max([1.0, *shares])
    air = 0.06 * (min(high, HIGHEST) - max(low, LOWEST))
    return max(low - air, LOWEST) if low < 0 else 0.0, min(high + air, HIGHEST)


def _line(one: _Drawn) -> Piece:
    """The years of one target joined; years without a figure are left open."""
    by_year = {point.year: point for point in one.one.points}
    years = list(range(min(by_year), max(by_year) + 1))
    there = [by_year.get(year) for year in years]
    trace = marks(
        years,
        [None if point is None else _percent(point.share) for point in there],
        name=f"{one.number}. {target_title(one.one.target)}",
        role="series",
        colour=one.colour,
        symbol=["circle" if point is None else _symbol(point.share) for point in there],
        size=[5.0 if point is None or _symbol(point.share) == "circle" else 9.0 for point in there],
        told=["" if point is None else _told(one, point.year, point.amount, point.share) for point in there],
        by=str(one.number),
    )
    return marked_line(trace, width=2.25)


def _symbol(value: float) -> str:
    return "triangle-up" if value > HIGHEST else "triangle-down" if value < LOWEST else "circle"


def _told(one: _Drawn, year: int, amount: float, value: float) -> str:
    """One year under the pointer: whose, when, how much, which share of the way."""
    words = {
        "target": f"{one.number}. {one.one.target.pair.name(language())}",
        "year": year_label(year, one.lead.fiscal),
        "amount": money(amount, one.one.target.currency or "USD"),
        "share": share(value),
    }
    return gettext("%(target)s, %(year)s: %(amount)s, %(share)s of the way") % words


def _rest_of(one: _Drawn) -> bool:
    """Whether something is left to go, and a year by which to have gone it."""
    last, deadline = one.one.points[-1], one.one.target.deadline_year
    return deadline is not None and deadline > last.year and last.share < 1


def _rest(one: _Drawn) -> Piece:
    last = one.one.points[-1]
    return line(
        [last.year, float(one.one.target.deadline_year or last.year)],
        [_percent(last.share), 100.0],
        name=gettext("%(number)s. what is left") % {"number": one.number},
        role="path",
        colour=one.colour,
        width=1.25,
        dash="dot",
        by=str(one.number),
    )


def _goal(one: _Drawn) -> Piece:
    """The goal: all of the way, in the year of the deadline."""
    target = one.one.target
    return marks(
        [float(target.deadline_year or 0)],
        [100.0],
        name=gettext("%(number)s. goal") % {"number": one.number},
        role="target",
        colour=one.colour,
        symbol="circle-open",
        size=9,
        told=[f"{one.number}. {target_title(target)}"],
        by=str(one.number),
    )


def _label(one: _Drawn, named: bool) -> Piece:
    last = one.one.points[-1]
    name = f"{one.number}. {one.one.target.pair.name(language())}" if named else str(one.number)
    standing = gettext("%(share)s in %(year)s") % {
        "share": share(last.share),
        "year": year_label(last.year, one.lead.fiscal),
    }
    return label(
        f"last:{one.number}",
        name,
        *([standing] if named else []),
        x=last.year,
        y=_percent(last.share),
        colour=one.colour,
        xshift=8,
        strong=True,
    )


def _title(comparison: Comparison) -> str:
    number = len(comparison.targets)
    return ngettext(
        "How far %(number)s trade target has come", "How far %(number)s trade targets have come", number
    ) % {"number": number}


def _subtitle(comparison: Comparison, drawn: Sequence[_Drawn]) -> str:
    sentences = [gettext("Share of the way from each target’s own base (0) to its goal (100), per cent.")]
    shown = {one.number for one in drawn}
    absent = [number for number in range(1, len(comparison.targets) + 1) if number not in shown]
    if len(absent) == 1:
        title = target_title(comparison.targets[absent[0] - 1].target)
        why = gettext("Not drawn, because no way from a base to the goal is known: %(target)s.")
        sentences.append(why % {"target": title})
    elif absent:
        why = gettext("Not drawn, because no way from a base to the goal is known: numbers %(numbers)s.")
        sentences.append(why % {"numbers": ", ".join(map(str, absent))})
    if any(_symbol(point.share) != "circle" for one in drawn for point in one.one.points):
        sentences.append(gettext("Triangles at the edge stand for shares beyond it."))
    return " ".join(sentences)


def _footer(comparison: Comparison) -> str:
    known = comparison.as_of or (comparison.through.date() if comparison.through else None)
    when = [gettext("As of %(day)s.") % {"day": day(known).removesuffix(".")}] if known else []
    return " ".join([*when, "Tradewatch"])


def _description(comparison: Comparison) -> str:
    """The chart in words: each target with its share, and growth needed beside growth had."""
    return " ".join(_said(number, one) for number, one in enumerate(comparison.targets, start=1))


def _said(number: int, one: Compared) -> str:
    lead = one.row.assessment.lead
    words: dict[str, object] = {"number": number, "target": target_title(one.target)}
    parts = []
    if one.points and lead is not None:
        last = one.points[-1]
        parts.append(
            gettext("%(share)s of the way in %(year)s")
            % {"share": share(last.share), "year": year_label(last.year, lead.fiscal)}
        )
    if lead is not None and lead.catch_up_growth is not None:
        parts.append(gettext("needs %(rate)s a year") % {"rate": percent(lead.catch_up_growth)})
    grew = deciding_growth(one.target, lead)
    if grew:
        parts.append(gettext("grew %(rate)s a year, %(years)s") % {"rate": percent(grew.rate), "years": grew.years})
    words["standing"] = "; ".join(parts) or gettext("no figures to judge it by")
    return gettext("%(number)s. %(target)s: %(standing)s.") % words
