"""What differs between a chart as it was printed and as it would be drawn now, one sentence for each fact."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from targets.records import (
    Counts,
    DocumentRecord,
    FactChange,
    FigureRecord,
    PairRecord,
    RatePoint,
    Scored,
    StatementRecord,
    TargetRecord,
    TargetRow,
    in_language,
)
from targets.wording.clauses import status_word, word
from targets.wording.dates import partial_date, period
from targets.wording.goals import goal_words, target_title
from targets.wording.numbers import language, money, money_exact, number
from targets.wording.scoreboards import tally_words
from targets.wording.sides import side_name


def change_sentences(changes: Iterable[FactChange], pairs: Iterable[PairRecord]) -> list[str]:
    """What changed, one sentence a fact, in their order; ``pairs`` name the sides of the figures."""
    by_slug = {pair.slug: pair for pair in pairs}
    return [_sentence(change, by_slug) for change in changes]


def _sentence(change: FactChange, pairs: dict[str, PairRecord]) -> str:
    before = change.before.record if change.before else None
    after = change.after.record if change.after else None
    match after or before:
        case FigureRecord() as figure:
            told = _figure(figure, pairs[figure.pair])
            return _said(told, _amount(before), _amount(after))
        case TargetRecord() as target:
            return _target(target, before, after)
        case StatementRecord() as statement:
            speaker, _ = in_language(statement.speaker, statement.speaker_ru, language())
            words = {"day": partial_date(statement.stated), "speaker": speaker or gettext("speaker not named")}
            return _said(gettext("Statement, %(day)s, %(speaker)s") % words, _summary(before), _summary(after))
        case DocumentRecord() as document:
            about = gettext("Document, %(day)s") % {"day": partial_date(document.signed)}
            return _said(about, _document(before), _document(after))
        case TargetRow() as row:
            about = gettext("Verdict on “%(target)s”") % {"target": target_title(row.target)}
            return _said(about, _verdict(before), _verdict(after))
        case Scored() as one:
            about = gettext("Amount of “%(target)s” in US dollars") % {"target": target_title(one.row.target)}
            return _said(about, _dollars(before), _dollars(after))
        case Counts():
            return _said(gettext("The title"), _counted(before), _counted(after))
        case RatePoint() as rate:
            about = gettext("Exchange rate of %(currency)s, %(year)s") % {"currency": rate.currency, "year": rate.year}
            return _said(about, _rate(before), _rate(after))
        case _:
            raise TypeError(f"no words for {type(after or before).__name__}")


def _said(about: str, before: str, after: str) -> str:
    words = {"about": about, "before": before, "after": after}
    if not before:
        return gettext("%(about)s: new, %(after)s") % words
    if not after:
        return gettext("%(about)s: withdrawn, it was %(before)s") % words
    return gettext("%(about)s: was %(before)s, is now %(after)s") % words


def _figure(figure: FigureRecord, pair: PairRecord) -> str:
    words = {"side": side_name(pair, figure.by), "period": period(figure), "source": figure.source.publisher}
    return gettext("%(side)s, %(period)s (%(source)s)") % words


def _amount(record: object) -> str:
    """The turnover with what it is made of, and how sure it is."""
    if not isinstance(record, FigureRecord):
        return ""
    told = []
    if record.turnover is not None:
        told.append(money_exact(record.turnover, record.currency))
    for name, amount in ((gettext("exports"), record.exports), (gettext("imports"), record.imports)):
        if amount is not None:
            told.append(f"{name} {money_exact(amount, record.currency)}")
    return f"{', '.join(told)} ({word(record.standing)})"


def _target(target: TargetRecord, before: object, after: object) -> str:
    was = goal_words(before) if isinstance(before, TargetRecord) else ""
    now = goal_words(after) if isinstance(after, TargetRecord) else ""
    if was == now:
        return gettext("The terms of “%(target)s” were changed") % {"target": target_title(target)}
    return _said(gettext("Target, %(pair)s") % {"pair": target.pair.name(language())}, was, now)


def _summary(record: object) -> str:
    return _quoted(record.summary_en, record.summary_ru) if isinstance(record, StatementRecord) else ""


def _document(record: object) -> str:
    return _quoted(record.title, record.title_ru) if isinstance(record, DocumentRecord) else ""


def _quoted(english: str, russian: str) -> str:
    return gettext("“%(words)s”") % {"words": in_language(english, russian, language())[0].removesuffix(".")}


def _verdict(record: object) -> str:
    return status_word(record.assessment.verdict.status) if isinstance(record, TargetRow) else ""


def _dollars(record: object) -> str:
    return money(record.dollars or 0.0, "USD") if isinstance(record, Scored) else ""


def _counted(record: object) -> str:
    if not isinstance(record, Counts):
        return ""
    return gettext("“%(words)s”") % {"words": tally_words(record.economy, record.tally)}


def _rate(record: object) -> str:
    return f"{number(record.usd_per_unit, 4)} USD" if isinstance(record, RatePoint) else ""
