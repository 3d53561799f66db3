"""The verdict and each side's reading, each as one plain sentence in the active language.

A sentence is a main clause and what must be said beside it, clauses set apart by semicolons. Every clause is a whole
message with named placeholders; what fills them keeps one form in every language: amounts, "in 2024", "by China's
figures". The subject is singular in English and masculine in Russian, and later clauses call it "it".
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from targets.progress import Assessment, Flag, Reading, Reason, Status
from targets.records import TargetRecord
from targets.wording.clauses import (
    abstention_clauses,
    aim_approximate,
    amounts_told,
    base_label,
    digits_of,
    flag_clauses,
    flat,
    grew,
    late_by,
    latest_words,
    number_words,
    reached_later,
    reaches,
    silence,
    status_word,
    there_later,
    why_not_judged,
)
from targets.wording.dates import in_year
from targets.wording.goals import short_subject, subject, target_amount_in_text
from targets.wording.numbers import SIGNIFICANT, percent, share
from targets.wording.sides import by_figures_of, capital, figures_of

PACES = (Status.ON_TRACK, Status.TOO_SLOW, Status.FAR_TOO_SLOW, Status.MOVING_AWAY)


def verdict_sentence(target: TargetRecord, assessment: Assessment) -> str:
    """What all figures together say of a target: names the sides, the numbers and whose figures decided."""
    verdict = assessment.verdict
    votes = [reading for by in verdict.voters if (reading := assessment.reading(by))]
    lead = assessment.lead
    if verdict.status is Status.DISPUTED:
        clauses = [_disputed(target, votes)]
    else:
        lead = lead or Reading("", False, verdict.status, reason=verdict.reason)
        heard = votes or [lead]
        if verdict.status is Status.NOT_ASSESSABLE:
            heard = [lead, *(side for side in assessment.readings if side.reporter and side.by != lead.by)]
        clauses = _clauses(target, lead, heard, subject(target), verdict.status)
        clauses += [_other_vote(target, reading, lead) for reading in votes if reading.by != lead.by]
        clauses += flag_clauses(target, verdict.flags, votes)
    clauses += abstention_clauses(target, assessment)
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
        return _sentence([silence(target, reading)])
    clauses = _clauses(target, reading, [reading], short_subject(target), reading.status)
    clauses += flag_clauses(target, reading.flags, [reading])
    if reading.converted:
        clauses.append(gettext("amounts are converted at each year's average rate"))
    return _sentence(clauses)


def _sentence(clauses: Sequence[str]) -> str:
    """The clauses as one sentence, with a capital and a full stop."""
    text = "; ".join(clause for clause in clauses if clause)
    return f"{capital(text)}."


def _clauses(target: TargetRecord, lead: Reading, votes: Sequence[Reading], about: str, status: Status) -> list[str]:
    """What a status says of the subject, the main clause first."""
    digits = digits_of(lead)
    words: dict[str, object] = {
        "subject": about,
        "target": _aim(target, lead, digits),
        "deadline": target.deadline_year,
    }
    match status:
        case Status.MET:
            return [_met(target, lead, {**words, "told": amounts_told(target, votes, decided=True)})]
        case Status.MET_THEN_LOST:
            return [_lost(target, lead, {**words, "told": amounts_told(target, votes, decided=True)})]
        case Status.MISSED:
            told = amounts_told(target, votes, decided=True)
            return [
                gettext("%(subject)s missed its target of %(target)s by %(deadline)s: it came to %(told)s")
                % {**words, "told": told},
                *reached_later(target, lead),
            ]
        case Status.AWAITING_FIGURES:
            return [
                _awaiting(target, votes, {**words, "told": amounts_told(target, votes)}),
                there_later(target, [lead]),
            ]
        case Status.TOO_EARLY:
            return [_too_early(target, lead, words), grew(lead.recent_cagr, lead.recent_since, lead.fiscal)]
        case Status.NO_DEADLINE:
            return [
                _no_deadline(target, lead, {**words, "told": amounts_told(target, [lead])}),
                grew(lead.recent_cagr, lead.recent_since, lead.fiscal),
            ]
        case Status.NOT_ASSESSABLE:
            return _not_assessable(target, votes, words)
        case _:
            return [
                _pace(target, lead, words, status),
                grew(lead.observed_cagr, lead.base_year, "" if lead.base_stated else lead.fiscal),
            ]


def _aim(target: TargetRecord, lead: Reading, digits: int = SIGNIFICANT) -> str:
    """What is to be reached by that reading."""
    approximate = aim_approximate(target, lead)
    return target_amount_in_text(target, lead.target_amount, base_label(target, lead), digits, approximate=approximate)


def _met(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    if target.deadline_year is None:
        return gettext("%(subject)s has reached its target of %(target)s, set without a deadline: %(told)s") % words
    if lead.decided_year is not None and lead.decided_year < target.deadline_year:
        return gettext("%(subject)s reached its target of %(target)s by %(deadline)s ahead of time: %(told)s") % words
    return gettext("%(subject)s met its target of %(target)s by %(deadline)s: it came to %(told)s") % words


def _lost(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    words["reached"] = "" if lead.reached_in is None else in_year(lead.reached_in, lead.fiscal)
    if target.deadline_year is None:
        return gettext("%(subject)s reached its target of %(target)s %(reached)s but fell back to %(told)s") % words
    return (
        gettext(
            "%(subject)s reached its target of %(target)s by %(deadline)s ahead of time, %(reached)s, "
            "but fell back to %(told)s"
        )
        % words
    )


def _awaiting(target: TargetRecord, votes: Sequence[Reading], words: dict[str, object]) -> str:
    lead = votes[0]
    if lead.reason is Reason.NO_EXCHANGE_RATE:
        return (
            gettext(
                "%(subject)s was to reach %(target)s by %(deadline)s, but there is no exchange rate for the figure "
                "of that year"
            )
            % words
        )
    stated = target.first_stated.year
    if lead.latest_year is not None and stated is not None and lead.latest_year < stated and reaches(lead):
        return (
            gettext(
                "%(subject)s was to reach %(target)s by %(deadline)s, but no figure for that year is known yet: "
                "the latest, %(told)s, is from before the target was set"
            )
            % words
        )
    if len(votes) > 1:
        return (
            gettext(
                "%(subject)s was to reach %(target)s by %(deadline)s, but no figure for that year is known yet: "
                "the latest are %(told)s"
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


def _too_early(target: TargetRecord, lead: Reading, words: dict[str, object]) -> str:
    words = {**words, **latest_words(target, lead)}
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
    words = {**words, **latest_words(target, lead)}
    words["needed"] = percent(lead.catch_up_growth or 0.0)
    match status:
        case Status.ON_TRACK if (lead.catch_up_growth or 0.0) > (lead.observed_cagr or 0.0):
            # The rule lets a pace pass that is a little below the one asked for.
            message = gettext(
                "%(subject)s is roughly on track for %(target)s by %(deadline)s: "
                "from %(amount)s %(when)s %(by)s it needs %(needed)s a year"
            )
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
        case Status.FAR_TOO_SLOW if flat(lead.observed_cagr):
            message = gettext(
                "%(subject)s is not growing, and its target is %(target)s by %(deadline)s: "
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
                "%(subject)s stood at %(told)s, further from the target of %(target)s, for which no deadline was set, "
                "than in %(base)s"
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


def _not_assessable(target: TargetRecord, readings: Sequence[Reading], words: dict[str, object]) -> list[str]:
    """Why nobody can say whether the target is reached; then what is known all the same, the lead's figures first."""
    lead = readings[0]
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
    words["why"] = why_not_judged(lead)
    message = (
        gettext("the target of %(target)s for %(subject)s cannot be judged: %(why)s")
        if target.deadline_year is None
        else gettext("the target of %(target)s by %(deadline)s for %(subject)s cannot be judged: %(why)s")
    )
    known = [_known(target, reading, reading is lead) for reading in readings if not late_by(target, reading)]
    arrived = there_later(target, readings)
    return [message % words, *((arrived, *known) if late_by(target, lead) else (*known, arrived))]


def _known(target: TargetRecord, reading: Reading, leads: bool) -> str:
    """What a reading that judges nothing knows: its latest amount."""
    if reading.latest_amount is None:
        return ""
    if leads:
        return gettext("the latest figure is %(told)s") % {"told": amounts_told(target, [reading])}
    return gettext("%(by)s it stood at %(amount)s %(when)s") % number_words(target, reading, decided=False)


def _share_summed(target: TargetRecord, lead: Reading) -> str:
    """The part of a sum that the known years add up to."""
    if lead.share_of_way is None:
        return ""
    words = {"share": share(lead.share_of_way), "by": by_figures_of(target.pair, lead.by)}
    return gettext("known years add up to %(share)s of it %(by)s") % words


def _disputed(target: TargetRecord, votes: Sequence[Reading]) -> str:
    """Who says what, with the numbers."""
    lead = votes[0]
    words: dict[str, object] = {
        "subject": subject(target),
        "target": _aim(target, lead),
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
        **number_words(target, reading, decided=True),
        "growth": percent(reading.observed_cagr or 0.0, signed=True),
    }
    match reading.status:
        case Status.MET:
            return gettext("met %(by)s (%(amount)s %(when)s)") % words
        case Status.MET_THEN_LOST:
            return gettext("met and then lost %(by)s (%(amount)s %(when)s)") % words
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
    words = number_words(target, reading, decided=False)
    if reading.status is lead.status is Status.NO_DEADLINE:
        return gettext("%(by)s it stood at %(amount)s %(when)s") % words
    if reading.status is lead.status and reading.status not in (*PACES, Status.TOO_EARLY):
        return ""
    if reading.status is lead.status and reading.catch_up_growth is not None:
        return gettext("%(by)s it needs %(needed)s a year") % {**words, "needed": percent(reading.catch_up_growth)}
    match reading.status:
        case Status.ON_TRACK:
            return gettext("%(by)s (%(amount)s %(when)s) it is on track") % words
        case Status.TOO_SLOW:
            return gettext("%(by)s (%(amount)s %(when)s) it is growing too slowly") % words
        case Status.FAR_TOO_SLOW:
            return gettext("%(by)s (%(amount)s %(when)s) it is growing far too slowly") % words
        case _:
            return gettext("%(by)s (%(amount)s %(when)s): %(status)s") % {
                **words,
                "status": status_word(reading.status),
            }
