"""Doubts about figures before they are stored, each in a sentence that says what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext

from targets.progress import Against, Doubt, Suspicion
from targets.records import PairRecord
from targets.wording.dates import period_words, year_label
from targets.wording.numbers import money_in_text, number, percent
from targets.wording.sides import by_figures_of

THOUSANDS = 3
"""A power of ten from which the unit is more often wrong than a digit."""


def doubt_sentence(
    doubt: Doubt, pair: PairRecord, *, partner: str, currency: str, sources: Mapping[str, str], fiscal: str = ""
) -> str:
    """What is doubted, with its numbers, and the question to ask oneself.

    ``partner`` is the other side's code, empty beside a compiler; ``sources`` are publishers by the key of the source.
    """
    words = {
        "years": years_words(doubt.years, fiscal),
        "year": _year(doubt.years[-1], fiscal),
        "entered": _money(doubt.entered, currency),
        "other": _money(doubt.other, currency),
        "source": sources.get(doubt.source, doubt.source),
        "side": by_figures_of(pair, partner) if partner else gettext("by the figures of both sides"),
        "apart": percent(doubt.share),
    }
    match doubt.suspicion:
        case Suspicion.SUM:
            return gettext("%(years)s: exports and imports make %(other)s, the total says %(entered)s.") % words
        case Suspicion.UNIT | Suspicion.JUMP:
            return _jump(doubt, words)
        case Suspicion.SWAPPED if doubt.against is Against.MIRROR:
            told = gettext(
                "%(years)s: exports and imports fit the other way round %(side)s: in %(year)s exports of %(entered)s "
                "and imports of %(other)s are entered. Are the columns swapped?"
            )
            return told % words
        case Suspicion.SWAPPED:
            told = gettext(
                "%(years)s: exports and imports fit the known years beside them the other way round: in %(year)s "
                "exports of %(entered)s and imports of %(other)s are entered. Are the columns swapped?"
            )
            return told % words
        case Suspicion.PART_LARGER:
            other = {**words, "period": period_words(doubt.years[-1], *doubt.span, fiscal)}
            return (
                gettext("%(years)s: %(entered)s and %(other)s for %(period)s: a part cannot be more than the whole.")
                % other
            )
        case Suspicion.KNOWN_OTHERWISE:
            told = gettext(
                "%(source)s has other figures for %(years)s, up to %(apart)s apart: in %(year)s %(entered)s here and "
                "%(other)s there."
            )
            return told % words
        case _ if doubt.share:
            return gettext("%(source)s has nearly the same figures for %(years)s.") % words
        case _:
            return gettext("%(source)s has the same figures for %(years)s.") % words


def _jump(doubt: Doubt, words: dict[str, str]) -> str:
    what = {
        "exports": gettext("exports"),
        "imports": gettext("imports"),
        "turnover": gettext("the total"),
        "": gettext("the amounts"),
    }[doubt.column]
    than = {
        Against.OWN: gettext("in the known years beside"),
        Against.MIRROR: words["side"],
    }.get(doubt.against, gettext("in the years beside"))
    size = gettext("%(times)s times larger") if doubt.power > 0 else gettext("%(times)s times smaller")
    size %= {"times": number(10 ** abs(doubt.power))}
    ask = (
        gettext("Is the unit right?")
        if abs(doubt.power) >= THOUSANDS
        else gettext("Is a digit or the decimal sign out of place?")
    )
    told = gettext("%(years)s: %(what)s about %(size)s than %(than)s: %(entered)s against %(other)s. %(ask)s")
    return told % {**words, "what": what, "than": than, "size": size, "ask": ask}


def years_words(years: Iterable[int | None], fiscal: str = "") -> str:
    """The years as people write them: "2016–2020, 2022"; "2023/24, 2024/25"; a level without a year by its name."""
    known = sorted({year for year in years if year is not None})
    if not known:
        return period_words(None, None, None)
    runs: list[list[int]] = []
    for year in known:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(
        _year(run[0], fiscal) if len(run) == 1 else f"{_year(run[0], fiscal)}–{_year(run[-1], fiscal)}" for run in runs
    )


def _year(year: int | None, fiscal: str) -> str:
    # Entered years are named by their beginning, labels by their end.
    return period_words(None, None, None) if year is None else year_label(year + 1 if fiscal else year, fiscal)


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else money_in_text(amount, currency)
