"""The goal in words: what is to reach how much by when, in titles and inside sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext, ngettext, pgettext

from targets.progress import Measure
from targets.records import EconomyRecord, TargetRecord
from targets.wording.numbers import SIGNIFICANT, about, language, money, money_in_text, money_range_in_text, times


def target_title(target: TargetRecord) -> str:
    """The pair and its goal: "Belarus – Kyrgyzstan: $500m by 2030"."""
    return f"{target.pair.name(language())}: {goal_words(target)}"


def goal_words(target: TargetRecord) -> str:
    """The goal in a few words: "$500m by 2030", "€2bn to €3bn, no deadline", "double by 2030"."""
    words = {"goal": _goal(target), "year": target.deadline_year}
    if target.deadline_year is None:
        return gettext("%(goal)s, no deadline") % words
    return gettext("%(goal)s by %(year)s") % words


def measure_words(target: TargetRecord, measure: Measure | None = None) -> str:
    """What is counted, one way named by its ends: "goods trade", "exports from Uzbekistan to Russia"."""
    measure = measure or target.measure
    if measure.one_way:
        exporter, importer = _direction(target, measure)
        return gettext("exports from %(exporter)s to %(importer)s") % {
            "exporter": _after_preposition(exporter),
            "importer": _after_preposition(importer),
        }
    return gettext(measure.label)


def subject(target: TargetRecord) -> str:
    """What is to grow, as the subject of a sentence in the singular: "trade between Belarus and Kyrgyzstan".

    Masculine in Russian whatever the measure, so that one translation of a sentence fits all: "товарооборот",
    "экспорт".
    """
    first, second = (_instrumental(side) for side in (target.pair.first, target.pair.second))
    sides = {"first": first, "second": second}
    match target.measure:
        case Measure.EXPORTS_FIRST_TO_SECOND | Measure.EXPORTS_SECOND_TO_FIRST:
            exporter, importer = _direction(target, target.measure)
            return gettext("the value of exports from %(exporter)s to %(importer)s") % {
                "exporter": _after_preposition(exporter),
                "importer": _after_preposition(importer),
            }
        case Measure.NON_OIL_TURNOVER:
            return gettext("non-oil trade between %(first)s and %(second)s") % sides
        case Measure.GOODS_SERVICES_TURNOVER:
            return gettext("trade in goods and services between %(first)s and %(second)s") % sides
        case Measure.GOODS_TURNOVER:
            return pgettext("goods", "trade between %(first)s and %(second)s") % sides
        case Measure.UNSPECIFIED_TURNOVER:
            return pgettext("not said of what", "trade between %(first)s and %(second)s") % sides


def short_subject(target: TargetRecord) -> str:
    """The same where the page has named the pair already: "trade"."""
    return subject_of(target.measure)


def subject_of(measure: Measure) -> str:
    """What is counted by a measure, as the subject of a sentence that names no pair: "trade"."""
    match measure:
        case Measure.EXPORTS_FIRST_TO_SECOND | Measure.EXPORTS_SECOND_TO_FIRST:
            return gettext("the value of exports")
        case Measure.NON_OIL_TURNOVER:
            return pgettext("subject", "non-oil trade")
        case Measure.GOODS_SERVICES_TURNOVER:
            return pgettext("subject", "trade in goods and services")
        case Measure.GOODS_TURNOVER:
            return pgettext("subject, goods", "trade")
        case Measure.UNSPECIFIED_TURNOVER:
            return pgettext("subject, not said of what", "trade")


def multiple_words(target: TargetRecord) -> str:
    """The multiple that a target was said to be: "twice the 2023 level", "10 times the starting level"."""
    return _multiple_of(target.factor or Decimal(1), "" if target.baseline_year is None else str(target.baseline_year))


def target_amount_in_text(
    target: TargetRecord,
    amount: float | None,
    base: str,
    digits: int = SIGNIFICANT,
    *,
    approximate: bool = False,
) -> str:
    """The amount to reach, as a reading counts it: "$500m", "$2–3bn", "$10bn (twice the 2020 level)".

    ``amount`` and the year of the ``base`` are the reading's; ``approximate`` is a multiple of such a base. Without an
    amount a multiple is all that can be said.
    """
    currency = target.currency or "USD"
    if target.amount is not None:
        if target.amount_high is not None:
            return money_range_in_text(target.amount, target.amount_high, currency)
        return money_in_text(target.amount, currency, digits)
    multiple = _multiple_of(target.factor or Decimal(1), base)
    if amount is None:
        # Translators: what is to be reached, as in "a target of twice the 2020 level"; may need a noun to lean on.
        return pgettext("to reach", "%(multiple)s") % {"multiple": multiple}
    return gettext("%(amount)s (%(multiple)s)") % {
        "amount": about(money_in_text(amount, currency, digits), approximate),
        "multiple": multiple,
    }


def _goal(target: TargetRecord) -> str:
    """The amount or the multiple, with the measure where it is not plain trade."""
    if target.amount is None:
        return factor_words(target.factor or Decimal(1))
    words = {"amount": money(target.amount, target.currency)}
    if target.amount_high is not None:
        words["amount"] = gettext("%(low)s to %(high)s") % {
            "low": words["amount"],
            "high": money(target.amount_high, target.currency),
        }
    if target.measure.one_way:
        words["exporter"] = _after_preposition(_direction(target, target.measure)[0])
        if target.cumulative:
            return gettext("%(amount)s of exports from %(exporter)s in total") % words
        return gettext("%(amount)s of exports from %(exporter)s") % words
    if target.cumulative:
        return gettext("%(amount)s in total") % words
    if target.measure is Measure.NON_OIL_TURNOVER:
        return gettext("%(amount)s of non-oil trade") % words
    return words["amount"]


def factor_words(factor: Decimal) -> str:
    """A multiple that stands alone: "double", "3.6 times as much"; "удвоение"."""
    match factor:
        case 2:
            return pgettext("goal", "double")
        case 3:
            return pgettext("goal", "triple")
        case _:
            # A fraction takes the form that two takes: "в 3,6 раза".
            count = int(factor) if factor == int(factor) else 2
            return ngettext("%(factor)s time as much", "%(factor)s times as much", count) % {"factor": times(factor)}


def _multiple_of(factor: Decimal, year: str) -> str:
    """A multiple of a level: "twice the 2020 level", "10 times the starting level"."""
    words: dict[str, object] = {"factor": times(factor), "year": year}
    count = int(factor) if factor == int(factor) else 2
    if not year:
        match factor:
            case 2:
                return gettext("twice the starting level")
            case 3:
                return gettext("three times the starting level")
            case _:
                return (
                    ngettext("%(factor)s time the starting level", "%(factor)s times the starting level", count) % words
                )
    match factor:
        case 2:
            return gettext("twice the %(year)s level") % words
        case 3:
            return gettext("three times the %(year)s level") % words
        case _:
            return ngettext("%(factor)s time the %(year)s level", "%(factor)s times the %(year)s level", count) % words


def _direction(target: TargetRecord, measure: Measure) -> tuple[EconomyRecord, EconomyRecord]:
    """Exporter and importer of a one-way measure."""
    pair = target.pair
    forth = measure is Measure.EXPORTS_FIRST_TO_SECOND
    return (pair.first, pair.second) if forth else (pair.second, pair.first)


def _instrumental(economy: EconomyRecord) -> str:
    """The name after "between": "the UAE"; "ОАЭ", "Индией"."""
    return economy.name_ru_ins if language() == "ru" else economy.text(language())


def _after_preposition(economy: EconomyRecord) -> str:
    """The name after "from", "of" or "to"; in Russian the genitive, for which translations are worded."""
    return economy.possessive("ru") if language() == "ru" else economy.text(language())
