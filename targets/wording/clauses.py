"""Clauses that sentences share: numbers with their year and whose they are, growth, silence, what flags add."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from targets.progress import Assessment, Flag, Reading, Reason, Status, Word
from targets.records import TargetRecord
from targets.wording.dates import by_year, in_year, since_year, year_label
from targets.wording.numbers import about, distinct_digits, money_in_text, percent
from targets.wording.sides import by_figures_of, figures_of, listed

FLAT = 0.0005
"""Growth that rounds to nothing."""


def word(member: Word) -> str:
    """The label of an enumeration's member in the active language."""
    return gettext(member.label)


def flag_word(flag: Flag, target: TargetRecord) -> str:
    """The remark in the active language. A target without a deadline was not replaced before one."""
    if flag is Flag.REPLACED and target.deadline_year is None:
        return gettext("replaced by a later version")
    return word(flag)


def status_word(status: Status) -> str:
    """The status in the active language: "too slow", "слишком медленно"."""
    return word(status)


def base_label(target: TargetRecord, reading: Reading) -> str:
    """The year a reading starts from, as the target itself or else the calendar names it; "" without one."""
    if reading.base_year is None:
        return "" if target.baseline_year is None else str(target.baseline_year)
    calendar = "" if reading.base_stated or reading.base_year == target.baseline_year else reading.fiscal
    return year_label(reading.base_year, calendar)


def aim_approximate(target: TargetRecord, reading: Reading) -> bool:
    """Whether the amount to reach is no exact one: a multiple of an approximate base."""
    return target.amount is None and reading.base_approximate


def flag_clauses(target: TargetRecord, flags: Sequence[Flag], votes: Sequence[Reading]) -> list[str]:
    """What the flags, of a reading or of a verdict over several votes, add to the numbers."""
    clauses = []
    if Flag.NARROW in flags:
        clauses.append(_narrow(target, votes))
    if Flag.ALREADY_THERE in flags:
        clauses.append(gettext("it had been at the target level before the target was stated"))
    return clauses


def _narrow(target: TargetRecord, votes: Sequence[Reading]) -> str:
    """That an approximate figure decides, and whose where not everybody's is."""
    if len(votes) == 1:
        return gettext("the figure is approximate, so “about there” says it best")
    narrow = [reading for reading in votes if Flag.NARROW in reading.flags]
    if len(narrow) == len(votes):
        return gettext("the figures are approximate, so “about there” says it best")
    words = {"figures": figures_of(target.pair, narrow[0].by)}
    return gettext("%(figures)s are approximate, so “about there” says it best") % words


def abstention_clauses(target: TargetRecord, assessment: Assessment) -> list[str]:
    """Whose figures had no vote, and why; nothing where there was no vote at all."""
    verdict = assessment.verdict
    if not verdict.voters:
        return []
    silent = [reading for reading in assessment.readings if reading.reporter and reading.by not in verdict.voters]
    if len(silent) == 2:
        if all(reading.reason is Reason.NO_FIGURES for reading in silent):
            return [gettext("neither side's own figures are known")]
        return [gettext("neither side's own figures can decide it")]
    return [silence(target, reading) for reading in silent]


def silence(target: TargetRecord, reading: Reading) -> str:
    """Why a side's figures had no vote: "Belarus' figures are not known"."""
    words: dict[str, object] = {"figures": figures_of(target.pair, reading.by), "deadline": target.deadline_year}
    if reading.latest_year is not None:
        number = number_words(target, reading, decided=False)
        words |= {"when": number["when"], "amount": number["amount"]}
    match (reading.status, reading.reason):
        case (_, Reason.NO_FIGURES):
            return gettext("%(figures)s are not known") % words
        case (_, Reason.NO_EXCHANGE_RATE):
            return gettext("%(figures)s could not be converted") % words
        case (_, Reason.AMOUNT_UNKNOWN):
            return gettext("%(figures)s have no level to start from") % words
        case (_, Reason.NO_DEADLINE_FIGURE) | (Status.AWAITING_FIGURES, _):
            return gettext("%(figures)s lack the year %(deadline)s") % words
        case (Status.TOO_EARLY, _) | (_, Reason.NO_PACE):
            return gettext("%(figures)s allow no pace") % words
        case _:
            return gettext("%(figures)s end %(when)s at %(amount)s") % words


def late_by(target: TargetRecord, reading: Reading) -> int:
    """The years between the deadline and the first later year known to have the amount; 0 without one."""
    if reading.reached_in is None or target.deadline_year is None:
        return 0
    return max(reading.reached_in - target.deadline_year, 0)


def reached_later(target: TargetRecord, lead: Reading) -> list[str]:
    """That the amount was reached after the deadline, by when, and whether it has been lost again.

    "By" a year and not "in" it: the years before it may be unknown.
    """
    late = late_by(target, lead)
    if not late:
        return []
    clause = ngettext(
        "it got there %(when)s, %(late)s year after the deadline",
        "it got there %(when)s, %(late)s years after the deadline",
        late,
    ) % {"when": by_year(lead.reached_in or 0, lead.fiscal), "late": late}
    return [clause] if reaches(lead) else [clause, gettext("it has since fallen below the target again")]


def there_later(target: TargetRecord, readings: Sequence[Reading]) -> str:
    """That years after the deadline had the amount, where nobody knows how many before them had it too."""
    there = [reading for reading in readings if late_by(target, reading)]
    years = {in_year(reading.reached_in or 0, reading.fiscal) for reading in there}
    if len(there) == 2 and len(years) == 1 and all(reading.reporter for reading in there):
        told = [gettext("%(when)s by both sides' figures") % {"when": years.pop()}]
    else:
        told = [
            gettext("%(when)s %(by)s")
            % {"when": in_year(reading.reached_in or 0, reading.fiscal), "by": by_figures_of(target.pair, reading.by)}
            for reading in there
        ]
    return gettext("it was at the target level %(told)s") % {"told": listed(told)} if told else ""


def reaches(reading: Reading) -> bool:
    """Whether the latest amount is at the target's, whatever that is worth."""
    latest, wanted = reading.latest_amount, reading.target_amount
    return latest is not None and wanted is not None and latest >= wanted


def flat(rate: float | None) -> bool:
    """Whether growth rounds to nothing."""
    return rate is not None and abs(rate) < FLAT


def why_not_judged(lead: Reading) -> str:
    """Why a target cannot be judged."""
    match lead.reason:
        case Reason.AMOUNT_UNKNOWN:
            return gettext("the level to start from is not known")
        case Reason.NO_DEADLINE_FIGURE:
            return gettext("no figure for that year is known")
        case Reason.FIGURES_TOO_OLD:
            return gettext("the figures are too old")
        case Reason.NO_PACE:
            return gettext("the figures allow no pace to be worked out")
        case Reason.NO_EXCHANGE_RATE:
            return gettext("there is no exchange rate for the figures")
        case _:
            return gettext("no figures for full years are known")


def grew(rate: float | None, since: int | None, fiscal: str) -> str:
    """Growth a year since a year: "since 2019 it has grown 9.1 % a year"."""
    if rate is None or since is None:
        return ""
    words = {"since": since_year(since, fiscal), "rate": percent(abs(rate))}
    if flat(rate):
        return gettext("%(since)s it has stayed where it was") % words
    if rate < 0:
        return gettext("%(since)s it has fallen %(rate)s a year") % words
    return gettext("%(since)s it has grown %(rate)s a year") % words


def amounts_told(target: TargetRecord, votes: Sequence[Reading], decided: bool = False) -> str:
    """The amounts of the readings: "$133m in 2024 by Kyrgyzstan's figures"; of several, each with its year."""
    numbers = [number_words(target, reading, decided) for reading in votes if reading.latest_amount is not None]
    if len(numbers) == 1:
        return gettext("%(amount)s %(when)s %(by)s") % numbers[0]
    return listed(gettext("%(amount)s %(by)s (%(year)s)") % number for number in numbers)


def number_words(target: TargetRecord, reading: Reading, decided: bool) -> dict[str, str]:
    """The latest or the deciding amount of a reading, when it was and by whose figures."""
    chosen = decided and reading.decided_amount is not None
    amount = (reading.decided_amount if chosen else reading.latest_amount) or 0.0
    year = (reading.decided_year if chosen else reading.latest_year) or 0
    approximate = reading.decided_approximate if chosen else reading.latest_approximate
    text = money_in_text(amount, target.currency or "USD", digits_of(reading))
    return {
        "amount": about(text, approximate),
        "when": in_year(year, reading.fiscal),
        "year": year_label(year, reading.fiscal),
        "by": by_figures_of(target.pair, reading.by),
    }


def latest_words(target: TargetRecord, reading: Reading) -> dict[str, str]:
    return number_words(target, reading, decided=False)


def digits_of(reading: Reading) -> int:
    """Digits that keep the reading's amounts and its target apart."""
    amounts = (reading.target_amount, reading.latest_amount, reading.decided_amount)
    return distinct_digits(*(amount for amount in amounts if amount is not None))
