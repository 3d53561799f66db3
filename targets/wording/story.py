"""What a journalist may print of a target: one paragraph, with the caveats that a careful editor would ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext, pgettext

from targets.progress import MirrorYear, Reading, alone
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    FigureRecord,
    PartialDate,
    StatementRecord,
    Strength,
    TargetPage,
)
from targets.wording.dates import day, partial_date, period
from targets.wording.goalposts import goalposts_words
from targets.wording.goals import goal_words
from targets.wording.mirror import gap_sentence
from targets.wording.numbers import about, language, money_in_text
from targets.wording.openness import openness
from targets.wording.sentences import verdict_sentence
from targets.wording.sides import by_figures_of, capital

RECENT = 3
"""Parts of years so far back tell nothing of where a target stands."""


def story(page: TargetPage, today: date) -> str:
    """The paragraph: the verdict; how firmly, when and by whom the goal was stated; how it moved; the other side's
    number; the year that runs; what the words leave open; what the amounts are worth; of which day all this is.
    """
    return " ".join(_stopped(sentence) for sentence in _sentences(page, today))


def _sentences(page: TargetPage, today: date) -> Iterator[str]:
    yield verdict_sentence(page.target, page.assessment)
    yield _stated(page)
    yield from _moved(page)
    compared = _compared(page, today)
    if page.mirror is not None and compared is not None and not _both_told(page, compared):
        yield gap_sentence(page.mirror, compared)
    yield from _so_far(page, today)
    for one in openness(page.target, page.assessment, page.reworded):
        if one.depends:
            yield from (one.taken, *one.otherwise)
    if any(reading.converted for reading in page.assessment.readings):
        yield gettext("Amounts in other currencies are converted at the year's average rate.")
    yield (
        gettext("Amounts are in current dollars: inflation is not taken out.")
        if page.target.currency in ("USD", "")
        else gettext("Amounts are in current prices: inflation is not taken out.")
    )
    yield gettext("Source: Tradewatch, as known on %(day)s") % {"day": day(page.as_of or today)}


def _stated(page: TargetPage) -> str:
    """How firmly the goal was put, the earliest statement of it, and whether its year was worked out."""
    target = page.target
    clauses = [
        {
            Strength.AGREED_DOCUMENT: gettext("the goal stands in a document"),
            Strength.COMMITMENT: gettext("the goal was stated as a commitment"),
            Strength.ASPIRATION: gettext("the goal is an aspiration, not a commitment"),
            Strength.EXPECTATION: gettext("the goal is an expectation, not a commitment"),
        }[target.strength]
    ]
    clauses += _first(page)
    if target.deadline_basis is DeadlineBasis.COMPUTED:
        clauses.append(gettext("the year was worked out from the words of the statement"))
    text = "; ".join(clauses)
    return capital(text)


def _first(page: TargetPage) -> Iterator[str]:
    """When the goal was first stated, and by whom; the earliest statement listed where none of that date is."""
    stated = page.target.first_stated
    if stated.on is None:
        return
    said = page.first_said or page.earliest_said
    words = {"date": _date(said.stated if said else stated), "speaker": _speaker(said)}
    if page.first_said is None:
        yield gettext("first stated: %(date)s") % {"date": _date(stated)}
        if said is not None and words["speaker"]:
            yield gettext("the earliest statement that we list: %(speaker)s, %(date)s") % words
        elif said is not None:
            yield gettext("the earliest statement that we list dates from %(date)s") % words
    elif words["speaker"]:
        yield gettext("the earliest statement we know of: %(speaker)s, %(date)s") % words
    else:
        yield gettext("the earliest statement we know of dates from %(date)s") % words
    if said is not None and said.hedged:
        yield gettext("the number was named without a promise to reach it")


def _speaker(said: StatementRecord | None) -> str:
    """Who spoke, with the office; nothing where it is not written in the reader's language."""
    if said is None:
        return ""
    if language() != "ru":
        return f"{said.speaker} ({said.role})" if said.speaker and said.role else said.speaker
    # An office begins with a capital in its own field, and within a sentence with a small letter.
    role = said.role_ru if said.role_ru[1:2].isupper() else said.role_ru[:1].lower() + said.role_ru[1:]
    return f"{said.speaker_ru} ({role})" if said.speaker_ru and role else said.speaker_ru


def _date(when: PartialDate) -> str:
    """The date inside a sentence, where a year alone needs a noun in some languages."""
    if when.precision is DatePrecision.YEAR:
        return pgettext("a year inside a sentence", "%(year)s") % {"year": when.year}
    return partial_date(when)


def _moved(page: TargetPage) -> Iterator[str]:
    for history in page.goals:
        words = {"words": goalposts_words(history), "goal": goal_words(history.first)}
        yield (
            gettext("How the goal moved: %(words)s") % words
            if len(page.goals) == 1
            # Two goals may have become one: each is told from its own beginning.
            else gettext("How the goal moved (at first %(goal)s): %(words)s") % words
        )
    if page.later is not None:
        yield gettext("The goal that followed: %(goal)s") % {"goal": goal_words(page.later)}


def _compared(page: TargetPage, today: date) -> MirrorYear | None:
    """The newest year that both sides know; of a target whose time is over, one of its time where there is one."""
    if page.mirror is None:
        return None
    deadline = page.target.deadline_year
    years = page.mirror.years
    if deadline is not None and deadline < today.year:
        years = tuple(one for one in years if one.year <= deadline) or years
    return years[-1] if years else None


def _both_told(page: TargetPage, compared: MirrorYear) -> bool:
    """Whether the verdict names both sides' amounts for that year."""
    votes = [reading for by in page.assessment.verdict.voters if (reading := page.assessment.reading(by))]
    told = {reading.by for reading in votes if _told_year(reading) == compared.year and not reading.fiscal}
    return {page.target.pair.first.code, page.target.pair.second.code} <= told


def _told_year(reading: Reading) -> int | None:
    return reading.latest_year if reading.decided_year is None else reading.decided_year


def _so_far(page: TargetPage, today: date) -> Iterator[str]:
    """What is known of a year that no whole figure covers yet, by each side; never counted as a year."""
    known = max((reading.latest_year or 0 for reading in page.assessment.readings), default=0)
    found = [told for reading in page.assessment.readings if (told := _part(page, reading, known, today))]
    if found:
        text = gettext("%(parts)s (part of a year is never compared with whole ones)") % {"parts": "; ".join(found)}
        yield capital(text)


def _part(page: TargetPage, reading: Reading, after: int, today: date) -> str:
    """The longest part known of the newest year after the last full one: "January–September 2026: $101m by …"."""
    target = page.target
    rates = {(rate.currency, rate.year): float(rate.usd_per_unit) for rate in page.rates}
    last = min(target.deadline_year or today.year, today.year)
    known: list[tuple[int, int, float, FigureRecord]] = []
    for figure in page.partial_periods:
        if figure.by != reading.by or figure.from_month != 1 or figure.through_month is None:
            continue
        point = alone(target.terms(), reading.by, reading.reporter, figure.for_progress(), rates)
        if point is not None and max(after, today.year - RECENT) < point.year <= last + bool(figure.fiscal):
            known.append((point.year, figure.through_month, point.amount, figure))
    if not known:
        return ""
    _year, _month, amount, figure = max(known, key=lambda one: one[:2])
    text = money_in_text(amount, target.currency or "USD")
    words = {
        "period": period(figure),
        "amount": about(text, figure.approximate),
        "by": by_figures_of(target.pair, reading.by),
    }
    return gettext("%(period)s: %(amount)s %(by)s") % words


def _stopped(sentence: str) -> str:
    """With a full stop, which a date in Russian brings along."""
    return sentence if sentence.endswith(".") else f"{sentence}."
