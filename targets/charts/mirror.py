"""The mirror chart of a pair: what both sides count of the same trade, and below it the gap, year by year.

Where no year is known from both sides there is no gap, and no panel for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from targets.charts.evidence import Mark
from targets.charts.scale import Scale, scale_for, turnover_of
from targets.charts.series import series_line
from targets.charts.telling import amount_in_year, footer, hover, soft_key, whose
from targets.charts.theme import LIGHT, PALETTE
from targets.charts.traces import BASE_LAYOUT, YEARS, Chart, Piece, bars, below, heading, label, plain
from targets.progress import MirrorYear, Series
from targets.records import FigureRecord, PairPage
from targets.wording import gap_sentence, gap_words, language, mirror_sentences, money, money_exact, share, side_name

UPPER, LOWER = (0.36, 1.0), (0.0, 0.26)
"""Which parts of the plot the two panels take, from its foot to its top."""

STEPS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Shares between which the lines of the gap's axis may lie; the largest gap there can be is 2."""

LINES = 2
"""The most lines on either side of no gap."""

ROOM = 0.28
"""How much of the gaps' reach is left free beyond the longest bar."""

AIR = 0.6
SOME_YEAR = 2000


def mirror(page: PairPage) -> Chart:
    """The chart as a Plotly figure: both sides' lines on the axis ``y``, bars of the gap on ``y2`` below it, if any.

    The x axis counts calendar years. Amounts are in the mirror's currency and the unit that the subtitle names, gaps
    shares of the mean of both sides: above zero where the first side counts more, below where the second does.
    ``layout.meta`` has kind, pair (slug), language, as_of, unit, title, description, key and palette.
    """
    record = page.mirror
    by_id = {figure.id: figure for figure in page.figures}
    sides = [(one, _marks(one, by_id)) for one in (record.first, record.second)]
    colours = {record.first.by: LIGHT.first, record.second.by: LIGHT.second}
    amounts = [mark.amount for _, marks in sides for mark in marks]
    scale = scale_for(max(amounts, default=0.0), record.currency)
    known = record.known or (SOME_YEAR,)
    title = gap_sentence(record)
    return {
        "data": [
            *(
                trace
                for one, marks in reversed(sides)
                for trace in series_line(
                    marks,
                    scale,
                    name=whose(page.pair, one.by),
                    colour=colours[one.by],
                    by=one.by,
                    told=lambda mark: hover(page.pair, record.measure, record.currency, mark),
                )
            ),
            *_gaps(page),
        ],
        "layout": {
            **BASE_LAYOUT,
            "title": heading(title, _subtitle(page, scale)),
            "barmode": "overlay",
            "xaxis": {
                "range": [known[0] - AIR, known[-1] + AIR],
                **YEARS,
                "anchor": "y2" if record.years else "y",
            },
            "yaxis": {
                **({"domain": list(UPPER)} if record.years else {}),
                "range": [0, scale.top],
                "tickvals": list(scale.ticks),
                "ticktext": [plain(text) for text in scale.labels],
                "gridcolor": LIGHT.rule,
                "zeroline": False,
            },
            **({"yaxis2": _gap_axis([one.mirror_gap_share or 0.0 for one in record.years])} if record.years else {}),
            "shapes": [],
            "annotations": [
                *(piece for one, marks in sides for piece in _labels(page, one, marks, scale, colours[one.by])),
                *_gap_labels(page),
                below(footer((mark for _, marks in sides for mark in marks), page.as_of, page.through)),
            ],
            "meta": {
                "kind": "mirror",
                "pair": page.pair.slug,
                "language": language(),
                "as_of": page.as_of.isoformat() if page.as_of else None,
                "unit": {"amount": scale.unit, "currency": record.currency},
                "title": title,
                "description": _description(page),
                "key": _key(page, [mark for _, marks in sides for mark in marks]),
                "palette": {name: dict(colours) for name, colours in PALETTE.items()},
            },
        },
    }


def _marks(series: Series, by_id: dict[int, FigureRecord]) -> tuple[Mark, ...]:
    return tuple(
        Mark(point.year, point.amount, by_id[int(point.key)], point.converted_from != "") for point in series.points
    )


def _gaps(page: PairPage) -> list[Piece]:
    """The bars: one trace for the years in which the first side counts more, one for the others."""
    record = page.mirror
    sides = ((record.first.by, LIGHT.first, 1), (record.second.by, LIGHT.second, -1))
    return [
        bars(
            [one.year for one in years],
            [round(one.mirror_gap_share or 0.0, 4) for one in years],
            name=_more(page, by),
            role="gap",
            colour=colour,
            told=[_gap_told(page, one) for one in years],
            yaxis="y2",
            by=by,
        )
        for by, colour, sign in sides
        if (years := [one for one in record.years if one.mirror_gap * sign > 0])
    ]


def _more(page: PairPage, by: str) -> str:
    return gettext("%(side)s counts more") % {"side": side_name(page.pair, by)}


def _gap_told(page: PairPage, one: MirrorYear) -> str:
    """One year in full: both amounts and the gap."""
    record = page.mirror
    words = {
        "year": one.year,
        "first_side": side_name(page.pair, record.first.by),
        "first": money(one.first, record.currency),
        "second_side": side_name(page.pair, record.second.by),
        "second": money(one.second, record.currency),
        "gap": money(abs(one.mirror_gap), record.currency),
        "share": gap_words(one),
    }
    return (
        gettext("%(year)s: %(first_side)s %(first)s, %(second_side)s %(second)s; gap %(gap)s, %(share)s of their mean")
        % words
    )


def _gap_axis(shares: Sequence[float]) -> Piece:
    """The axis of gaps: no gap is always on it, and its lines are named without a sign."""
    low, high = min(0.0, *shares, 0.0), max(0.0, *shares, 0.0)
    step = next((step for step in STEPS if max(high, -low) / step <= LINES), STEPS[-1])
    # Room for the number at the end of a bar, and for one line at least.
    air = ROOM * max(high - low, step)
    bottom, top = (low - air if low < 0 else 0.0), (high + air if high > 0 or low == 0 else 0.0)
    if not any(bottom <= sign * step <= top for sign in (1, -1)):
        bottom, top = (bottom, step) if high >= -low else (-step, top)
    ticks = [step * number for number in range(-LINES, LINES + 1) if bottom <= step * number <= top]
    return {
        "domain": list(LOWER),
        "range": [round(bottom, 4), round(top, 4)],
        "tickvals": ticks,
        "ticktext": [plain(share(abs(tick))) for tick in ticks],
        "gridcolor": LIGHT.rule,
        "zeroline": True,
        "zerolinecolor": LIGHT.axis,
    }


def _labels(page: PairPage, one: Series, marks: Sequence[Mark], scale: Scale, colour: str) -> list[Piece]:
    """The side with its last amount beside its line, and the first amount."""
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    pieces = [
        label(
            f"last:{one.by}",
            side_name(page.pair, one.by),
            *amount_in_year(last, page.mirror.currency),
            x=last.x,
            y=scale.of(last.amount),
            colour=colour,
            xshift=8,
            strong=True,
        )
    ]
    if first is not last:
        pieces.append(
            label(
                f"first:{one.by}",
                *amount_in_year(first, page.mirror.currency),
                x=first.x,
                y=scale.of(first.amount),
                colour=colour,
                yanchor="bottom",
                yshift=6,
            )
        )
    return pieces


def _gap_labels(page: PairPage) -> list[Piece]:
    """The gap written at the newest bar and at the longest."""
    record = page.mirror
    chosen = {one.year: one for one in (record.newest, record.widest) if one is not None and one.mirror_gap}
    return [
        label(
            f"gap:{one.year}",
            gap_words(one),
            x=one.year,
            y=round(one.mirror_gap_share or 0.0, 4),
            yref="y2",
            colour=LIGHT.first if one.mirror_gap > 0 else LIGHT.second,
            xanchor="center",
            yanchor="bottom" if one.mirror_gap > 0 else "top",
            yshift=3 if one.mirror_gap > 0 else -3,
        )
        for one in chosen.values()
    ]


def _subtitle(page: PairPage, scale: Scale) -> str:
    words = {"measure": turnover_of(page.mirror.measure), "unit": scale.words}
    if page.mirror.years:
        return gettext("%(measure)s, %(unit)s; below, the gap as a share of the mean of both") % words
    return gettext("%(measure)s, %(unit)s") % words


def _key(page: PairPage, marks: Sequence[Mark]) -> list[dict[str, str]]:
    record = page.mirror
    told = [
        {"symbol": "square", "role": role, "text": _more(page, by)}
        for by, role, there in (
            (record.first.by, "first", any(one.mirror_gap > 0 for one in record.years)),
            (record.second.by, "second", any(one.mirror_gap < 0 for one in record.years)),
        )
        if there
    ]
    return [*soft_key(marks), *told]


def _description(page: PairPage) -> str:
    """The chart in words: each side's reach, and the gap where both know it."""
    record = page.mirror
    sentences = []
    for one in (record.first, record.second):
        words = {"name": side_name(page.pair, one.by)}
        if not one.points:
            sentences.append(gettext("%(name)s: no figures for full years.") % words)
            continue
        for place, point in (("first", one.points[0]), ("last", one.points[-1])):
            words |= {place: money_exact(round(point.amount), record.currency), f"{place}_year": str(point.year)}
        message = gettext("%(name)s: from %(first)s (%(first_year)s) to %(last)s (%(last_year)s).")
        if len(one.points) == 1:
            message = gettext("%(name)s: %(last)s (%(last_year)s).")
        sentences.append(message % words)
    return " ".join([*sentences, *mirror_sentences(record)])
