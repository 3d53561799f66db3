"""What a target's wording leaves open, and whether the verdict depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from targets.progress import Ambiguity, Assessment, Measure, Reason, Status, Wording
from targets.records import RewordedRecord, TargetRecord
from targets.wording.clauses import amounts_told, status_word, why_not_judged, word
from targets.wording.goals import multiple_words
from targets.wording.numbers import money_in_text, money_range_in_text
from targets.wording.sides import capital


@dataclass(frozen=True, slots=True)
class Openness:
    """One thing that the words leave open, how it was taken, and what each other way to take it would make of it."""

    taken: str
    otherwise: tuple[str, ...]
    depends: bool
    """Whether the verdict would be another if it were taken otherwise."""


def openness(target: TargetRecord, assessment: Assessment, reworded: Sequence[RewordedRecord]) -> tuple[Openness, ...]:
    """What the words leave open, in the order of the ambiguities; nothing for words that are clear."""
    found = {one: [other for other in reworded if other.wording.of is one] for one in Ambiguity}
    return tuple(
        Openness(
            taken=_taken(target, ambiguity),
            otherwise=tuple(_otherwise(target, assessment, other) for other in others),
            depends=any(_differs(assessment, other) for other in others),
        )
        for ambiguity, others in found.items()
        if others
    )


def _taken(target: TargetRecord, ambiguity: Ambiguity) -> str:
    """What is open, and how the words were taken here."""
    match ambiguity:
        case Ambiguity.RANGE:
            low, high = target.amount or 0, target.amount_high or 0
            words = {"range": money_range_in_text(low, high, target.currency or "USD")}
            return gettext("A range was named, %(range)s; the lower end is judged.") % words
        case Ambiguity.SERVICES:
            if target.measure is Measure.GOODS_SERVICES_TURNOVER:
                return gettext("The source does not say outright that services count; they are counted.")
            if target.measure is Measure.UNSPECIFIED_TURNOVER:
                return gettext(
                    "The source only says “trade”; it is judged by figures for goods and by figures that do not say "
                    "what they count."
                )
            return gettext("The source does not say outright that goods alone count; goods alone are judged.")
        case Ambiguity.BASE:
            multiple = {"multiple": multiple_words(target)}
            if target.amount is not None:
                return gettext("The amount was said to be %(multiple)s; the amount itself is judged.") % multiple
            return gettext("The target is %(multiple)s; each side’s own figures say how much that is.") % multiple


def _otherwise(target: TargetRecord, assessment: Assessment, other: RewordedRecord) -> str:
    """What the verdict would be if the words were taken that way."""
    verdict = other.assessment.verdict
    lead = other.assessment.lead
    words: dict[str, object] = {"how": _how(target, other), "status": status_word(verdict.status)}
    if not _differs(assessment, other):
        if verdict.status is assessment.verdict.status:
            return gettext("%(how)s, the verdict is the same: %(status)s.") % words
        if verdict.reason in (None, Reason.NO_FIGURES) and other.wording.of is Ambiguity.SERVICES:
            return gettext("%(how)s, nobody can tell: no such figures for full years are known.") % words
        why = why_not_judged(lead) if lead else word(verdict.reason or Reason.NO_FIGURES)
        return gettext("%(how)s, nobody can tell: %(why)s.") % {**words, "why": why}
    votes = [reading for by in verdict.voters if (reading := other.assessment.reading(by))] or ([lead] if lead else [])
    told = amounts_told(target, votes, decided=True)
    return gettext("%(how)s, the verdict would be another: %(status)s, %(told)s.") % {**words, "told": told}


def _how(target: TargetRecord, other: RewordedRecord) -> str:
    """The other way to take the words, beginning a sentence, with the amount that it leads to."""
    text = word(other.wording)
    text = capital(text)
    if other.wording not in (Wording.UPPER_END, Wording.BASE_OF_STATEMENT) or other.amount is None:
        return text
    return f"{text} ({money_in_text(other.amount, target.currency or 'USD')})"


def _differs(assessment: Assessment, other: RewordedRecord) -> bool:
    """Whether the words taken that way give a verdict that is another; figures that cannot judge give none."""
    status = other.assessment.verdict.status
    return status not in (assessment.verdict.status, Status.NOT_ASSESSABLE)
