"""The main chart of a target: what both sides count, what was promised, and the way between."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from targets.charts.evidence import Evidence, Mark, evidence
from targets.charts.flags import Goal, flags, goals, place
from targets.charts.scale import Scale, scale_for
from targets.charts.series import series_line
from targets.charts.telling import amount_in_year, description, footer, hover, key, subtitle, whose
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, below, heading, label, line, marks, plain
from targets.progress import GrowthUndefined, required_growth, required_path
from targets.records import TargetPage
from targets.wording import language, partial_date, side_name, verdict_sentence

FEW = 2
"""A compiler with so few figures beside a reporting side's line is named in the key only."""

SOME_YEAR = 2000


def trajectory(page: TargetPage) -> Chart:
    """The chart as a Plotly figure: traces from back to front, layout, and in ``layout.meta`` what cannot be drawn.

    The x axis counts years, each reaching half a unit to either side of its number: full years and deadlines stand at
    the number, parts of a year and days at their own place around it. The y axis counts the target's currency in the
    unit that the subtitle names. A year without a figure is None and stays open. ``layout.meta`` has kind, target
    (slug), language, as_of, unit (amount and currency), title, description (the figures in words), key (what the shapes
    mean) and palette.
    """
    target = page.target
    currency = target.currency or "USD"
    found = evidence(page)
    aims = goals(page)
    way = _way(page)
    start, end = _years(page, found, aims, way)
    amounts = [mark.amount for one in found for mark in one.marks] + [goal.highest for goal in aims]
    scale = scale_for(max(amounts, default=0.0), currency)
    promised, bands, promised_labels = flags(page, aims, scale, start, end)
    stated_shapes, stated_labels = _stated(page)
    path, path_labels = _path(page, way, scale)
    title = verdict_sentence(target, page.assessment)
    return {
        "data": [
            *path,
            *(trace for one in found for trace in _others(page, one, scale)),
            *(trace for one in reversed(found) for trace in _series(page, one, scale)),
            *(trace for one in found for trace in _partial(page, one, scale)),
            *promised,
        ],
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, subtitle(page, found, aims, scale)),
            "xaxis": {
                "range": [start, end],
                **YEARS,
            },
            "yaxis": {
                "range": [0, scale.top],
                "tickvals": list(scale.ticks),
                "ticktext": [plain(text) for text in scale.labels],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            "shapes": [*bands, *stated_shapes],
            "annotations": [
                *promised_labels,
                *_last_labels(page, found, scale),
                *_first_labels(page, found, scale),
                *stated_labels,
                *path_labels,
                below(footer((mark for one in found for mark in one.marks), page.as_of, page.through)),
            ],
            "meta": {
                "kind": "trajectory",
                "target": target.slug,
                "language": language(),
                "as_of": page.as_of.isoformat() if page.as_of else None,
                "unit": {"amount": scale.unit, "currency": currency},
                "title": title,
                "description": description(page, found, aims),
                "key": key(page, found),
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _years(
    page: TargetPage, found: Sequence[Evidence], aims: Sequence[Goal], way: Sequence[tuple[int, float]]
) -> tuple[float, float]:
    """Both ends of the axis of years, with some air: everything drawn lies inside."""
    years: list[float] = [mark.x for one in found for mark in one.marks]
    years += [float(goal.deadline) for goal in aims if goal.deadline is not None]
    years += [goal.stated for goal in aims if goal.stated is not None]
    years += [float(year) for year, _ in way]
    stated = place(page.target.first_stated)
    years += [stated] if stated is not None else []
    years += [float(page.target.deadline_year)] if page.target.deadline_year else []
    if not years:
        # Only a target without date, deadline and figures: any year serves, the one of the assessment surprises nobody.
        today = page.assessment.today
        years = [float(today.year if today else SOME_YEAR)]
    low, high = min(years), max(years)
    open_ended = any(goal.deadline is None and not goal.earlier for goal in aims)
    air = max(0.6, (high - low) / 50)
    # A goal without a deadline goes on: its line needs room to show that.
    return round(low - air, 2), round(high + (max(1.0, 4 * air) if open_ended else air), 2)


def _hover(page: TargetPage, mark: Mark) -> str:
    target = page.target
    return hover(target.pair, target.measure, target.currency or "USD", mark)


def _colour(page: TargetPage, one: Evidence) -> str:
    sides = {page.target.pair.first.code: LIGHT.first, page.target.pair.second.code: LIGHT.second}
    return sides[one.by] if one.reporter else LIGHT.compiler


def _series(page: TargetPage, one: Evidence, scale: Scale) -> list[Piece]:
    """The line of one side, or of a compiler, thinner."""
    return series_line(
        one.series,
        scale,
        name=whose(page.target.pair, one.by),
        colour=_colour(page, one),
        by=one.by,
        told=lambda mark: _hover(page, mark),
        reporter=one.reporter,
    )


def _others(page: TargetPage, one: Evidence, scale: Scale) -> list[Piece]:
    """Figures that the series passed over, faint."""
    return _apart(
        page,
        one,
        one.others,
        scale,
        role="other",
        name=gettext("%(name)s, other figures for the same year"),
        symbol="circle",
        opacity=0.45,
    )


def _partial(page: TargetPage, one: Evidence, scale: Scale) -> list[Piece]:
    """Parts of a year, hollow, before the end of their year and joined to nothing."""
    return _apart(
        page,
        one,
        one.partial,
        scale,
        role="partial",
        name=gettext("%(name)s, parts of a year"),
        symbol="circle-open",
        opacity=1.0,
    )


def _apart(
    page: TargetPage,
    one: Evidence,
    chosen: Sequence[Mark],
    scale: Scale,
    *,
    role: str,
    name: str,
    symbol: str,
    opacity: float,
) -> list[Piece]:
    if not chosen:
        return []
    return [
        marks(
            [mark.x for mark in chosen],
            [scale.of(mark.amount) for mark in chosen],
            name=name % {"name": whose(page.target.pair, one.by)},
            role=role,
            colour=_colour(page, one),
            symbol=symbol,
            size=7,
            told=[_hover(page, mark) for mark in chosen],
            opacity=opacity,
            by=one.by,
        )
    ]


def _way(page: TargetPage) -> list[tuple[int, float]]:
    """The required path of the reading whose numbers stand for the target; nothing where no growth leads there."""
    lead, deadline = page.assessment.lead, page.target.deadline_year
    if lead is None or deadline is None or lead.base_year is None:
        return []
    if lead.base_amount is None or lead.target_amount is None or page.target.cumulative:
        return []
    try:
        required_growth(lead.base_year, lead.base_amount, deadline, lead.target_amount)
        return required_path(lead.base_year, lead.base_amount, deadline, lead.target_amount)
    except GrowthUndefined:
        return []


def _path(page: TargetPage, way: Sequence[tuple[int, float]], scale: Scale) -> tuple[list[Piece], list[Piece]]:
    """The required path as a line with its label."""
    if not way:
        return [], []
    words = gettext("required path")
    years = [year for year, _ in way]
    amounts = [scale.of(amount) for _, amount in way]
    by = page.assessment.verdict.lead or ""
    trace = line(years, amounts, name=words, role="path", colour=LIGHT.path, width=1.25, dash="dash", by=by)
    middle = len(way) // 2
    text = label("path", words, x=years[middle], y=amounts[middle], colour=LIGHT.path, xanchor="right", xshift=-6)
    return [trace], [text]


def _stated(page: TargetPage) -> tuple[list[Piece], list[Piece]]:
    """A thin upright line where the target was first stated."""
    at = place(page.target.first_stated)
    if at is None:
        return [], []
    shape: Piece = {
        "type": "line",
        "name": "stated",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "xref": "x",
        "yref": "paper",
        "line": {"color": LIGHT.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }
    words = label(
        "stated",
        gettext("first stated"),
        partial_date(page.target.first_stated),
        x=at,
        y=1,
        yref="paper",
        colour=LIGHT.muted,
        xanchor="right",
        yanchor="top",
        xshift=-5,
    )
    return [shape], [words]


def _labelled(found: Sequence[Evidence]) -> list[Evidence]:
    """Who is named on the chart: both sides, a compiler if its line is long or stands alone."""
    sides = any(one.series for one in found if one.reporter)
    return [
        one for one in found if one.marks and (one.reporter or (one.series and (not sides or len(one.series) > FEW)))
    ]


def _newest(one: Evidence) -> Mark:
    """The mark that is named: the last of the series; of a side without one, the last of what it has."""
    return one.series[-1] if one.series else max(one.marks, key=lambda mark: (mark.x, mark.figure.id))


def _last_labels(page: TargetPage, found: Sequence[Evidence], scale: Scale) -> list[Piece]:
    currency = page.target.currency or "USD"
    return [
        label(
            f"last:{one.by}",
            side_name(page.target.pair, one.by),
            *amount_in_year(newest, currency),
            x=newest.x,
            y=scale.of(newest.amount),
            colour=_colour(page, one),
            xshift=8,
            strong=True,
        )
        for one in _labelled(found)
        for newest in [_newest(one)]
    ]


def _first_labels(page: TargetPage, found: Sequence[Evidence], scale: Scale) -> list[Piece]:
    currency = page.target.currency or "USD"
    return [
        label(
            f"first:{one.by}",
            *amount_in_year(one.series[0], currency),
            x=one.series[0].x,
            y=scale.of(one.series[0].amount),
            colour=_colour(page, one),
            yanchor="bottom",
            yshift=6,
        )
        for one in _labelled(found)
        if len(one.series) > 1
    ]
