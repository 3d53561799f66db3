"""The verdict and each side's reading, each as one plain sentence in the active language.

A sentence is a main clause and what must be said beside it, clauses set apart by semicolons. Every clause is a whole
message with named placeholders; what fills them keeps one form in every language: amounts, "in 2024", "by China's
figures". The subject is singular in English and masculine in Russian, and later clauses call it "it".
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from targets.progress import Assessment, Flag, Reading, Reason, Status, Word
from targets.records import TargetRecord
from targets.wording.dates import in_year, since_year, year_label
from targets.wording.goals import short_subject, subject, target_amount_in_text
from targets.wording.numbers import distinct_digits, money, money_in_text, percent, share
from targets.wording.sides import by_figures_of, figures_of, listed

PACES = (Status.ON_TRACK, Status.TOO_SLOW, Status.FAR_TOO_SLOW, Status.MOVING_AWAY)
FLAT = 0.0005
"""Growth that rounds to nothing."""


def word(member: Word) -> str:
    """The label of an enumeration's member in the active language."""
    return gettext(member.label)


def status_word(status: Status) -> str:
    """The status in the active language: "too slow", "слишком медленно"."""
    return word(status)


def verdict_sentence(target: TargetRecord, assessment: Assessment) -> str:
    """What all figures together say of a target: names the sides, the numbers and whose figures decided."""
    verdict = assessment.verdict
    votes = [reading for by in verdict.voters if (reading := assessment.reading(by))]
    lead = assessment.lead
    if verdict.status is Status.DISPUTED:
        clauses = [_disputed(target, votes)]
    else:
        lead = lead or Reading("", False, verdict.status, reason=verdict.reason)
        clauses = _clauses(target, lead, votes or [lead], subject(target), verdict.status)
        clauses += [_other_vote(target, reading, lead) for reading in votes if reading.by != lead.by]
        if verdict.status is Status.NOT_ASSESSABLE and not target.cumulative:
            clauses += _known_elsewhere(target, assessment, lead)
        clauses += _told_flags(verdict.flags)
    clauses += _told_abstentions(target, assessment)
    if Flag.REPLACED in verdict.flags:
        clauses.append(gettext("a later version has replaced this target"))
    return _sentence(clauses)


def reading_sentence(target: TargetRecord, reading: Reading) -> str:
    """What one side's figures say of a target, on a page that has named the pair."""
    if reading.reason is Reason.NO_FIGURES:
        return _sentence(
            [gettext("%(figures)s for full years are not known") % {"figures": figures_of(target.pair, reading.by)}]
        )
    if reading.reason is Reason.NO_EXCHANGE_RATE and reading.latest_year is None:
        return _sentence([_silence(target, reading)])
    clauses = _clauses(target, reading, [reading], short_subject(target), reading.status)
    clauses += _told_flags(reading.flags)
    if reading.converted:
        clauses.append(gettext("amounts are converted at each year's average rate"))
    return _sentence(clauses)


def base_label(target: TargetRecord, reading: Reading) -> str:
    """The year a reading starts from, as the target itself or else the calendar names it; "" without one."""
    if reading.base_year is None:
        return "" if target.baseline_year is None else str(target.baseline_year)
    calendar = "" if reading.base_stated or reading.base_year == target.baseline_year else reading.fiscal
    return year_label(reading.base_year, calendar)


def standing_words(target: TargetRecord, reading: Reading) -> str:
    """Where it stands, in a few words: "$133m of $500m"; empty without figures or an amount."""
    if reading.latest_amount is None or reading.target_amount is None:
        return ""
    currency = target.currency or "USD"
    digits = distinct_digits(reading.latest_amount, reading.target_amount)
    return gettext("%(amount)s of %(target)s") % {
        "amount": money(reading.latest_amount, currency, digits),
        "target": money(reading.target_amount, currency, digits),
    }


def pace_words(reading: Reading) -> str:
    """What it needs beside what it did: "needs 24.7 % a year, grew 9.1 %"; empty where neither is known."""
    needed = reading.catch_up_growth
    grew = reading.observed_cagr if reading.status in PACES else reading.recent_cagr
    if needed is None:
        return "" if grew is None else gettext("%(grew)s a year") % {"grew": percent(grew, signed=True)}
    words = {"needed": percent(needed), "grew": percent(abs(grew or 0.0))}
    if grew is None:
        return gettext("needs %(needed)s a year") % words
    if grew < 0:
        return gettext("needs %(needed)s a year, fell %(grew)s") % words
    return gettext("needs %(needed)s a year, grew %(grew)s") % words


def _sentence(clauses: Sequence[str]) -> str:
    """The clauses as one sentence, with a capital and a full stop."""
    text = "; ".join(clause for clause in clauses if clause)
    return f"{text[0].upper()}{text[1:]}."


def _clauses(target: TargetRecord, lead: Reading, votes: Sequence[Reading], about: str, status: Status) -> list[str]:
    """What a status says of the subject, the main clause first."""
    digits = _digits(lead)
    words: dict[str, object] = {
        "subject": about,
        "target": target_amount_in_text(target, lead.target_amount, base_label(target, lead), digits),
        "deadline": target.deadline_year,
    }
    match status:
        case Status.MET:
            return [_met(target, lead, {**words, "told": _told(target, votes, decided=True)})]
        case Status.MET_THEN_LOST:
            return [_lost(target, lead, {**words, "told": _told(target, votes, decided=True)})]
        case Status.MISSED:
            told = _told(target, votes, decided=True)
            return [
                gettext("%(subject)s missed its target of %(target)s by %(deadline)s: it came to %(told)s")
                % {**words, "told": told},
                _reached_later(target, lead),
            ]
        case Status.AWAITING_FIGURES:
            return [_awaiting(target, lead, {**words, "told": _told(target, votes)}), _there_later(target, lead)]
        case Status.TOO_EARLY:
            return [_too_early(target, lead, words), _grew(lead.recent_cagr, lead.recent_since, lead.fiscal)]
        case Status.NO_DEADLINE:
            return [
                _no_deadline(target, lead, {**words, "told": _told(target, [lead])}),
                _grew(lead.recent_cagr, lead.recent_since, lead.fiscal),
            ]
        case Status.NOT_ASSESSABLE:
            return _not_assessable(target, lead, words)
        case _:
            return [
                _pace(target, lead, words, status),
                _grew(lead.observed_cagr, lead.base_year, "" if lead.base_stated else lead.fiscal),
            ]


def _met(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    if target.deadline_year is None:
        return gettext("%(subject)s has reached its target of %(target)s, set without a deadline: %(told)s") % words
    if lead.decided_year is not None and lead.decided_year < target.deadline_year:
        return gettext("%(subject)s reached its target of %(target)s by %(deadline)s early: %(told)s") % words
    return gettext("%(subject)s met its target of %(target)s by %(deadline)s: it came to %(told)s") % words


def _lost(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    words["reached"] = "" if lead.reached_in is None else in_year(lead.reached_in, lead.fiscal)
    if target.deadline_year is None:
        return (
            gettext("%(subject)s reached its target of %(target)s %(reached)s but has fallen back to %(told)s") % words
        )
    return (
        gettext(
            "%(subject)s reached its target of %(target)s by %(deadline)s early, %(reached)s, but fell back to %(told)s"
        )
        % words
    )


def _awaiting(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    if lead.reason is Reason.NO_EXCHANGE_RATE:
        return (
            gettext(
                "%(subject)s was to reach %(target)s by %(deadline)s, but there is no exchange rate for the figure "
                "of that year"
            )
            % words
        )
    stated = target.first_stated.year
    if lead.latest_year is not None and stated is not None and lead.latest_year < stated and _reaches(lead):
        return (
            gettext(
                "%(subject)s was to reach %(target)s by %(deadline)s, but no figure for that year is known yet: "
                "the latest, %(told)s, is from before the target was set"
            )
            % words
        )
    return (
        gettext(
            "%(subject)s was to reach %(target)s by %(deadline)s, but no figure for that year is known yet: "
            "the latest is %(told)s"
        )
        % words
    )


def _reaches(reading: Reading) -> bool:
    """Whether the latest amount is at the target's, whatever that is worth."""
    latest, wanted = reading.latest_amount, reading.target_amount
    return latest is not None and wanted is not None and latest >= wanted


def _too_early(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    words = {**words, **_latest(target, lead)}
    if lead.catch_up_growth is None:
        return (
            gettext(
                "too early to tell whether %(subject)s will reach %(target)s by %(deadline)s: "
                "it stood at %(amount)s %(when)s %(by)s"
            )
            % words
        )
    words["needed"] = percent(lead.catch_up_growth)
    return (
        gettext(
            "too early to tell: to reach %(target)s by %(deadline)s, %(subject)s must grow %(needed)s a year "
            "from %(amount)s %(when)s, %(by)s"
        )
        % words
    )


def _pace(target: TargetRecord, lead: Reading, words: dict[str, object], status: Status) -> str:
    words = {**words, **_latest(target, lead)}
    words["needed"] = percent(lead.catch_up_growth or 0.0)
    match status:
        case Status.ON_TRACK:
            message = gettext(
                "%(subject)s is on track for %(target)s by %(deadline)s: "
                "from %(amount)s %(when)s %(by)s it needs %(needed)s a year"
            )
        case Status.TOO_SLOW:
            message = gettext(
                "%(subject)s is growing too slowly for %(target)s by %(deadline)s: "
                "from %(amount)s %(when)s %(by)s it needs %(needed)s a year"
            )
        case Status.FAR_TOO_SLOW:
            message = gettext(
                "%(subject)s is growing far too slowly for %(target)s by %(deadline)s: "
                "from %(amount)s %(when)s %(by)s it needs %(needed)s a year"
            )
        case _:
            message = gettext(
                "%(subject)s is moving away from %(target)s by %(deadline)s: "
                "from %(amount)s %(when)s %(by)s it needs %(needed)s a year"
            )
    return message % words


def _no_deadline(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    if lead.share_of_way is None or lead.base_year is None or lead.base_year == lead.latest_year:
        return gettext("%(subject)s is to reach %(target)s, no deadline set: it stood at %(told)s") % words
    words["base"] = base_label(target, lead)
    if lead.share_of_way < 0:
        return (
            gettext(
                "%(subject)s stood at %(told)s, further from the target of %(target)s (no deadline) than in %(base)s"
            )
            % words
        )
    words["share"] = share(lead.share_of_way)
    return (
        gettext(
            "%(subject)s stood at %(told)s, %(share)s of the way from its %(base)s level to %(target)s, "
            "for which no deadline was set"
        )
        % words
    )


def _not_assessable(target: TargetRecord, lead: Reading, words: dict[str, object]) -> list[str]:
    """Why nobody can say whether the target is reached; then what is known all the same."""
    if target.cumulative:
        message = (
            gettext("the target of %(target)s in total for %(subject)s is a sum over years, which has no yearly pace")
            if target.deadline_year is None
            else gettext(
                "the target of %(target)s in total by %(deadline)s for %(subject)s is a sum over years, "
                "which has no yearly pace"
            )
        )
        return [message % words, _share_summed(target, lead)]
    words["why"] = _reason(lead)
    message = (
        gettext("the target of %(target)s for %(subject)s cannot be judged: %(why)s")
        if target.deadline_year is None
        else gettext("the target of %(target)s by %(deadline)s for %(subject)s cannot be judged: %(why)s")
    )
    if lead.latest_amount is None:
        return [message % words]
    known = _there_later(target, lead) or gettext("the latest figure is %(told)s") % {"told": _told(target, [lead])}
    return [message % words, known]


def _known_elsewhere(target: TargetRecord, assessment: Assessment, lead: Reading) -> list[str]:
    """What the other side's figures know of a target that nobody's can judge."""
    return [
        _there_later(target, reading)
        or gettext("%(by)s it stood at %(amount)s %(when)s") % _number(target, reading, decided=False)
        for reading in assessment.readings
        if reading.reporter and reading.by != lead.by and reading.latest_amount is not None
    ]


def _share_summed(target: TargetRecord, lead: Reading) -> str:
    """The part of a sum that the known years add up to."""
    if lead.share_of_way is None:
        return ""
    words = {"share": share(lead.share_of_way), "by": by_figures_of(target.pair, lead.by)}
    return gettext("known years add up to %(share)s of it %(by)s") % words


def _reason(lead: Reading) -> str:
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


def _disputed(target: TargetRecord, votes: Sequence[Reading]) -> str:
    """Who says what, with the numbers."""
    lead = votes[0]
    words: dict[str, object] = {
        "subject": subject(target),
        "target": target_amount_in_text(target, lead.target_amount, base_label(target, lead)),
        "deadline": target.deadline_year,
        "votes": ", ".join(_vote(target, reading) for reading in votes),
    }
    if target.deadline_year is None:
        return gettext("the figures disagree on the target of %(target)s for %(subject)s: %(votes)s") % words
    return (
        gettext("the figures disagree on the target of %(target)s by %(deadline)s for %(subject)s: %(votes)s") % words
    )


def _vote(target: TargetRecord, reading: Reading) -> str:
    """One voice in a dispute: "met by China's figures ($4.3bn in 2025)"."""
    words = {
        **_number(target, reading, decided=True),
        "growth": percent(reading.observed_cagr or 0.0, signed=True),
    }
    match reading.status:
        case Status.MET:
            return gettext("met %(by)s (%(amount)s %(when)s)") % words
        case Status.MET_THEN_LOST:
            return gettext("met, then lost %(by)s (%(amount)s %(when)s)") % words
        case Status.MISSED:
            return gettext("missed %(by)s (%(amount)s %(when)s)") % words
        case Status.ON_TRACK:
            return gettext("on track %(by)s (%(growth)s a year, %(amount)s %(when)s)") % words
        case Status.TOO_SLOW:
            return gettext("too slow %(by)s (%(growth)s a year, %(amount)s %(when)s)") % words
        case Status.FAR_TOO_SLOW:
            return gettext("far too slow %(by)s (%(growth)s a year, %(amount)s %(when)s)") % words
        case Status.MOVING_AWAY:
            return gettext("moving away %(by)s (%(growth)s a year, %(amount)s %(when)s)") % words
        case _:
            return gettext("not yet met %(by)s (%(amount)s %(when)s)") % words


def _other_vote(target: TargetRecord, reading: Reading, lead: Reading) -> str:
    """What the other voter adds: its own need, or its own word where that differs; nothing where the lead told it."""
    words = _number(target, reading, decided=False)
    if reading.status is lead.status is Status.NO_DEADLINE:
        return gettext("%(by)s it stood at %(amount)s %(when)s") % words
    if reading.status is lead.status and reading.status not in (*PACES, Status.TOO_EARLY):
        return ""
    if reading.status is lead.status and reading.catch_up_growth is not None:
        return gettext("%(by)s it needs %(needed)s a year") % {**words, "needed": percent(reading.catch_up_growth)}
    match reading.status:
        case Status.ON_TRACK:
            return gettext("%(by)s it is on track") % words
        case Status.TOO_SLOW:
            return gettext("%(by)s it is growing too slowly") % words
        case Status.FAR_TOO_SLOW:
            return gettext("%(by)s it is growing far too slowly") % words
        case _:
            return gettext("%(by)s: %(status)s") % {**words, "status": status_word(reading.status)}


def _told_flags(flags: Sequence[Flag]) -> list[str]:
    """What the flags of a reading add to its numbers."""
    clauses = []
    if Flag.NARROW in flags:
        clauses.append(gettext("the figure is approximate, so “about there” says it best"))
    if Flag.ALREADY_THERE in flags:
        clauses.append(gettext("the target had been reached before it was stated"))
    return clauses


def _told_abstentions(target: TargetRecord, assessment: Assessment) -> list[str]:
    """Whose figures had no vote, and why; nothing where there was no vote at all."""
    verdict = assessment.verdict
    if not verdict.voters:
        return []
    silent = [reading for reading in assessment.readings if reading.reporter and reading.by not in verdict.voters]
    if len(silent) == 2:
        if all(reading.reason is Reason.NO_FIGURES for reading in silent):
            return [gettext("neither side's own figures are known")]
        return [gettext("neither side's own figures can decide it")]
    return [_silence(target, reading) for reading in silent]


def _silence(target: TargetRecord, reading: Reading) -> str:
    """Why a side's figures had no vote: "Belarus' figures are not known"."""
    words: dict[str, object] = {"figures": figures_of(target.pair, reading.by), "deadline": target.deadline_year}
    if reading.latest_year is not None:
        number = _number(target, reading, decided=False)
        words |= {"latest": number["year"], "amount": number["amount"]}
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
            return gettext("%(figures)s end in %(latest)s at %(amount)s") % words


def _reached_later(target: TargetRecord, lead: Reading) -> str:
    """That the amount was reached after the deadline, and how late."""
    if lead.reached_in is None or target.deadline_year is None or lead.reached_in <= target.deadline_year:
        return ""
    late = lead.reached_in - target.deadline_year
    return ngettext("it got there %(when)s, %(late)s year late", "it got there %(when)s, %(late)s years late", late) % {
        "when": in_year(lead.reached_in, lead.fiscal),
        "late": late,
    }


def _there_later(target: TargetRecord, lead: Reading) -> str:
    """That a year after the deadline had the amount, where nobody knows how many before it had it too."""
    if lead.reached_in is None or target.deadline_year is None or lead.reached_in <= target.deadline_year:
        return ""
    return gettext("it was at that level %(when)s, %(by)s") % {
        "when": in_year(lead.reached_in, lead.fiscal),
        "by": by_figures_of(target.pair, lead.by),
    }


def _grew(rate: float | None, since: int | None, fiscal: str) -> str:
    """Growth a year since a year: "since 2019 it has grown 9.1 % a year"."""
    if rate is None or since is None:
        return ""
    words = {"since": since_year(since, fiscal), "rate": percent(abs(rate))}
    if abs(rate) < FLAT:
        return gettext("%(since)s it has not grown") % words
    if rate < 0:
        return gettext("%(since)s it has fallen %(rate)s a year") % words
    return gettext("%(since)s it has grown %(rate)s a year") % words


def _told(target: TargetRecord, votes: Sequence[Reading], decided: bool = False) -> str:
    """The amounts of the readings: "$133m in 2024 by Kyrgyzstan's figures"; of several, each with its year."""
    numbers = [_number(target, reading, decided) for reading in votes if reading.latest_amount is not None]
    if len(numbers) == 1:
        return gettext("%(amount)s %(when)s %(by)s") % numbers[0]
    return listed(gettext("%(amount)s %(by)s (%(year)s)") % number for number in numbers)


def _latest(target: TargetRecord, reading: Reading) -> dict[str, str]:
    return _number(target, reading, decided=False)


def _number(target: TargetRecord, reading: Reading, decided: bool) -> dict[str, str]:
    """The latest or the deciding amount of a reading, when it was and by whose figures."""
    chosen = decided and reading.decided_amount is not None
    amount = (reading.decided_amount if chosen else reading.latest_amount) or 0.0
    year = (reading.decided_year if chosen else reading.latest_year) or 0
    approximate = reading.latest_approximate if year == reading.latest_year else Flag.NARROW in reading.flags
    text = money_in_text(amount, target.currency or "USD", _digits(reading))
    return {
        "amount": gettext("about %(amount)s") % {"amount": text} if approximate else text,
        "when": in_year(year, reading.fiscal),
        "year": year_label(year, reading.fiscal),
        "by": by_figures_of(target.pair, reading.by),
    }


def _digits(reading: Reading) -> int:
    """Digits that keep the reading's amounts and its target apart."""
    amounts = (reading.target_amount, reading.latest_amount, reading.decided_amount)
    return distinct_digits(*(amount for amount in amounts if amount is not None))
