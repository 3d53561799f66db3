"""Sentences about targets in the active language: the goal, the verdict, one side's reading."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.progress import Assessment, Reading, Status, Word
from targets.records import PairRecord, TargetRecord
from targets.wording.numbers import language, money, times


def word(member: Word) -> str:
    """The label of an enumeration's member in the active language."""
    return gettext(member.label)


def status_word(status: Status) -> str:
    return word(status)


def goal_words(target: TargetRecord) -> str:
    """The goal in a few words: "$500m by 2030", "double by 2030"."""
    if target.amount is not None:
        amount = money(target.amount, target.currency)
    else:
        amount = gettext("×%(factor)s") % {"factor": times(target.factor or 0)}
    if target.deadline_year is None:
        return gettext("%(amount)s, no deadline") % {"amount": amount}
    return gettext("%(amount)s by %(year)s") % {"amount": amount, "year": target.deadline_year}


def target_title(target: TargetRecord) -> str:
    """The pair and its goal: "Belarus – Kyrgyzstan: $500m by 2030"."""
    return f"{target.pair.name(language())}: {goal_words(target)}"


def verdict_sentence(target: TargetRecord, assessment: Assessment) -> str:
    return f"{target_title(target)}: {status_word(assessment.verdict.status)}."


def reading_sentence(target: TargetRecord, reading: Reading) -> str:
    return f"{target_title(target)}: {status_word(reading.status)}."


def side_name(pair: PairRecord, by: str) -> str:
    """Who speaks in a reading: the economy's name, or the compiler in words."""
    economy = pair.economy(by)
    return economy.name(language()) if economy else by or gettext("figures that name no side")
