"""Share cards: what a page says in a feed, as a plain dict that ``exports.cards`` lays out.

``name`` and ``goal`` are the heading, ``text`` a sentence or two that are never cut, ``status`` a verdict; below stand
``way``, a rail with its labels, or ``rows`` of targets with theirs, or ``bar``, outcomes with their numbers. ``title``
and ``description`` tell the card to who cannot see it. Colours are roles of the ``palette``, by theme.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from targets import progress
from targets.charts.outcomes import SYMBOLS
from targets.charts.theme import OUTCOMES, PALETTE, SHAPES, STATUS_DARK, STATUS_LIGHT
from targets.progress import Assessment, Rail, RailMark, Status
from targets.records import (
    Comparison,
    EconomyPage,
    HomePage,
    PairPage,
    PairRecord,
    Tally,
    TargetPage,
    TargetRecord,
    TargetRow,
)
from targets.wording import (
    Head,
    about,
    base_label,
    comparison_head,
    day,
    economy_head,
    goal_words,
    goalposts_sentence,
    home_head,
    home_tally,
    language,
    money,
    number,
    only_goal,
    pair_head,
    promise_words,
    rail_ends,
    rail_key,
    status_word,
    tagline,
    target_head,
    word,
)

Card = dict[str, Any]

ROWS = 5
"""Goals of a pair that its card names; how many more there are is said."""

_PALETTE = {
    "light": {**PALETTE["light"], **{status.value: colour for status, colour in STATUS_LIGHT.items()}},
    "dark": {**PALETTE["dark"], **{status.value: colour for status, colour in STATUS_DARK.items()}},
}


def card(page: TargetPage | PairPage | EconomyPage | Comparison | HomePage | Head) -> Card:
    """The card of a page; of one that has nothing to draw, its title and what it shows."""
    match page:
        case TargetPage():
            return target_card(page)
        case PairPage():
            return pair_card(page)
        case EconomyPage():
            return economy_card(page)
        case Comparison():
            return comparison_card(page)
        case HomePage():
            return home_card(page)
        case Head():
            return _card(page, name=page.title, text=page.pictured)


def target_card(page: TargetPage) -> Card:
    """The card of a target: its goal, its verdict in one sentence, its rail."""
    known = page.as_of or _day(page.through)
    return _judged(target_head(page), page.target, page.assessment, known)


def pair_card(page: PairPage) -> Card:
    """The card of a pair: the one of its goal or, of several, those that were stated last, each with its rail."""
    head, known = pair_head(page), page.as_of or _day(page.through)
    only = only_goal(page)
    if only:
        return _judged(head, only.target, only.assessment, known)
    # Where two goals became one, both histories end in it.
    newest = list({history.goal.slug: history.versions[-1] for history in reversed(page.goals)}.values())
    rows = [{**_row(row), "name": ""} for row in newest[:ROWS]]
    told = goalposts_sentence(page.pair, page.goals) if page.goals else head.description
    return _card(head, name=page.pair.name(language()), text=told, rows=rows, more=_more(len(newest)), known=known)


def economy_card(page: EconomyPage) -> Card:
    """The card of an economy: what became of its targets, its open promises against today's trade."""
    head, tally = economy_head(page), page.board.tally
    text = (promise_words(page) if tally else "") or head.description
    return _card(head, name=page.economy.name(language()), text=text, bar=_bar(tally), known=page.day)


def home_card(page: HomePage) -> Card:
    """The card of the home page: what the site is about, and what became of all targets."""
    text = gettext(
        "%(targets)s targets stated in public for %(pairs)s pairs of countries and blocs, held against %(figures)s "
        "full-year trade figures of both sides."
    ) % {"targets": number(page.targets), "pairs": number(page.pairs), "figures": number(page.figures)}
    return _card(home_head(page), name=tagline(), text=text, bar=_bar(home_tally(page)), known=_day(page.through))


def comparison_card(comparison: Comparison) -> Card:
    """The card of targets beside each other: each with its rail and status."""
    rows = [one.row for one in comparison.targets]
    known = comparison.as_of or _day(comparison.through)
    head, name = comparison_head(rows), gettext("Comparison of trade targets")
    text = "" if rows else head.description
    return _card(head, name=name, text=text, rows=[_row(row) for row in rows], known=known)


def _judged(head: Head, target: TargetRecord, assessment: Assessment, known: date | None) -> Card:
    bar = progress.rail(assessment)
    return _card(
        head,
        name=target.pair.name(language()),
        goal=goal_words(target),
        text=head.pictured,
        status=assessment.verdict.status,
        way=_labelled(bar, target, assessment) if bar else None,
        known=known,
    )


def _card(head: Head, *, name: str, status: Status | None = None, known: date | None = None, **more: Any) -> Card:
    return {
        "title": head.title,
        "description": head.pictured,
        "language": language(),
        "name": name,
        "goal": "",
        "text": "",
        "status": _status(status) if status else None,
        "accent": status.value if status else "ink",
        "way": None,
        "rows": [],
        "more": "",
        "bar": [],
        "known": _known(known) if known else "",
        "palette": _PALETTE,
        **more,
    }


def _known(on: date) -> str:
    """Of which day the data are, without the full stop that only a sentence needs."""
    told = gettext("As of %(day)s.") % {"day": day(on).removesuffix(".")}
    return told if day(on).endswith(".") else told.removesuffix(".")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _more(goals: int) -> str:
    rest = goals - ROWS
    return ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest} if rest > 0 else ""


def _status(status: Status) -> dict[str, str]:
    return {"word": status_word(status), "shape": SHAPES[status], "role": status.value}


def _row(row: TargetRow) -> dict[str, Any]:
    bar = progress.rail(row.assessment)
    return {
        "name": row.target.pair.name(language()),
        "goal": goal_words(row.target),
        "way": _way(bar, row.target.pair) if bar else None,
        "status": _status(row.assessment.verdict.status),
    }


def _way(bar: Rail, pair: PairRecord) -> dict[str, Any]:
    """The rail in shares of the way: how far it is filled (None without a base), its notch, its marks."""
    return {
        "filled": min((mark.share for mark in bar.marks), default=0.0) if bar.from_base else None,
        "notch": bar.notch,
        "marks": [_mark(*one, pair) for one in bar.stacked],
    }


def _labelled(bar: Rail, target: TargetRecord, assessment: Assessment) -> dict[str, Any]:
    """The rail with what its marks, its ends and its notch stand for."""
    currency, lead = target.currency or "USD", assessment.lead
    way = _way(bar, target.pair)
    key = {one.reading.by: one for one in rail_key(target, assessment)}
    for drawn, mark in zip(way["marks"], bar.marks, strict=True):
        drawn |= {"side": key[mark.by].side, "amount": key[mark.by].amount, "year": key[mark.by].year}
    base = base_label(target, lead) if lead and bar.from_base else ""
    start, goal = rail_ends(bar, target)
    due = about(money(bar.base + (bar.notch or 0.0) * (bar.target - bar.base), currency), bar.base_approximate)
    return {
        **way,
        "base": (f"{base}: {start}" if base else start) if bar.from_base else "",
        "due": gettext("on schedule: %(amount)s") % {"amount": due},
        "target": f"{target.deadline_year}: {goal}" if target.deadline_year else goal,
    }


def _mark(mark: RailMark, height: float, pair: PairRecord) -> dict[str, Any]:
    return {
        "kind": pair.side(mark.by),
        "share": mark.share,
        "over": mark.over,
        "under": mark.under,
        "height": height,
    }


def _bar(tally: Tally) -> list[dict[str, Any]]:
    """The parts of the bar, with what they stand for."""
    return [
        {
            "count": count,
            "number": number(count),
            "word": word(outcome),
            "symbol": SYMBOLS[outcome],
            "role": OUTCOMES[outcome],
        }
        for outcome, count in tally
    ]
