"""What a chart says in words: under the pointer, in its key and footer, and to readers who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from targets.charts.evidence import Evidence, Mark
from targets.charts.flags import Goal
from targets.charts.scale import Scale, measured
from targets.progress import Measure
from targets.records import FigureStanding, PairRecord, TargetPage
from targets.wording import about, day, goal_words, language, money, money_exact, period, side_name, word

SOURCES_NAMED = 3


def whose(pair: PairRecord, by: str) -> str:
    """Whose figures: "Kyrgyzstan's figures"; a compiler's name as it is."""
    economy = pair.economy(by)
    if economy is None:
        return side_name(pair, by)
    return gettext("%(whose)s figures") % {"whose": economy.possessive(language())}


def hover(pair: PairRecord, measure: Measure, currency: str, mark: Mark) -> str:
    """One figure in full, counted in the measure and currency: who, when, how much, how firm, from where."""
    figure = mark.figure
    amount = about(money(mark.amount, currency), figure.approximate)
    details = [f"{side_name(pair, figure.by)}, {period(figure)}: {amount}"]
    if figure.measure is Measure.UNSPECIFIED_TURNOVER and measure is not figure.measure:
        details.append(word(figure.measure))
    if figure.standing is not FigureStanding.UNKNOWN:
        details.append(word(figure.standing))
    if mark.converted:
        details.append(gettext("converted from %(currency)s") % {"currency": figure.currency})
    return " · ".join([*details, figure.source.publisher])


def amount_in_year(mark: Mark, currency: str) -> tuple[str, ...]:
    """The lines of a direct label: "2024: about $133m"; a part of a year takes a line of its own before the amount."""
    amount = about(money(mark.amount, currency), mark.figure.approximate)
    when = f"{period(mark.figure)}:"
    return (f"{when} {amount}",) if mark.figure.full_year else (when, amount)


def subtitle(page: TargetPage, found: Sequence[Evidence], aims: Sequence[Goal], scale: Scale) -> str:
    """What is measured and in which unit, and why something that readers may look for is not drawn."""
    sentences = [gettext("%(measure)s, %(unit)s") % {"measure": measured(page.target), "unit": scale.words}]
    target = page.target
    if target.cumulative and target.amount is not None:
        amount = money(target.amount, target.currency)
        sentences.append(
            gettext("The target is a sum over several years (%(amount)s) and cannot be drawn beside yearly amounts.")
            % {"amount": amount}
        )
    elif not any(not goal.earlier for goal in aims):
        sentences.append(
            gettext("The target (%(goal)s) is not drawn: its base is not known.") % {"goal": goal_words(target)}
        )
    if not any(one.series for one in found):
        sentences.append(gettext("There are no figures for full years."))
    return ". ".join(sentence.removesuffix(".") for sentence in sentences) + ("." if len(sentences) > 1 else "")


def soft_key(marks: Iterable[Mark]) -> list[dict[str, str]]:
    """What the other shape of marks means that are not firm, if there are any."""
    if all(mark.firm for mark in marks):
        return []
    text = gettext("preliminary, said by officials or the press, or approximate")
    return [{"symbol": "diamond", "role": "muted", "text": text}]


def key(page: TargetPage, found: Sequence[Evidence]) -> list[dict[str, str]]:
    """What the shapes mean, of those that are drawn: ``symbol``, ``role`` of its colour, ``text``."""
    entries = soft_key(mark for one in found for mark in one.series)
    if any(one.partial for one in found):
        text = gettext("part of a year, or no period named")
        entries.append({"symbol": "circle-open", "role": "muted", "text": text})
    if any(one.others for one in found):
        text = gettext("another figure for the same year")
        entries.append({"symbol": "circle-faint", "role": "muted", "text": text})
    compilers = [whose(page.target.pair, one.by) for one in found if not one.reporter and one.marks]
    if compilers:
        entries.append({"symbol": "triangle-up", "role": "compiler", "text": ", ".join(compilers)})
    return entries


def footer(marks: Iterable[Mark], as_of: date | None, through: datetime | None) -> str:
    """Where the drawn figures come from, the most used first, as of when, and who made the chart."""
    counted = Counter(mark.figure.source.publisher for mark in marks)
    publishers = sorted(counted, key=lambda publisher: (-counted[publisher], publisher))
    named, rest = publishers[:SOURCES_NAMED], len(publishers) - SOURCES_NAMED
    sentences = []
    if named:
        sources = ", ".join(named)
        if rest > 0:
            more = ngettext("%(sources)s and %(count)s more", "%(sources)s and %(count)s more", rest)
            sources = more % {"sources": sources, "count": rest}
        sentences.append(gettext("Sources: %(sources)s.") % {"sources": sources})
    known = as_of or (through.date() if through else None)
    if known:
        sentences.append(gettext("As of %(day)s.") % {"day": day(known).removesuffix(".")})
    return " ".join([*sentences, "Tradewatch"])


def description(page: TargetPage, found: Sequence[Evidence], aims: Sequence[Goal]) -> str:
    """The chart in words: how far each side's figures reach, from what to what, and the goals."""
    sentences = [_series_words(page, one) for one in found if one.series]
    if not sentences:
        sentences = [gettext("There are no figures for full years.")]
    earlier = [goal.words for goal in aims if goal.earlier]
    if earlier:
        sentences.append(gettext("Stated earlier: %(goals)s.") % {"goals": "; ".join(earlier)})
    own = [goal.words for goal in aims if not goal.earlier] or [goal_words(page.target)]
    sentences.append(gettext("Target: %(goal)s.") % {"goal": "; ".join(own)})
    return " ".join(sentences)


def _series_words(page: TargetPage, one: Evidence) -> str:
    currency = page.target.currency or "USD"
    first, last = one.series[0], one.series[-1]
    words = {
        "name": side_name(page.target.pair, one.by),
        "first": money_exact(round(first.amount), currency),
        "first_year": period(first.figure),
        "last": money_exact(round(last.amount), currency),
        "last_year": period(last.figure),
    }
    if first is last:
        return gettext("%(name)s: %(last)s (%(last_year)s).") % words
    return gettext("%(name)s: from %(first)s (%(first_year)s) to %(last)s (%(last_year)s).") % words
