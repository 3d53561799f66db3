"""How a target was judged, in sentences: rule, figures, base, who voted and who abstained and why."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext, pgettext

from targets.progress import Assessment, Measure, Reading, Reason, Status, over
from targets.progress.status import ON_TRACK_FROM, PACE_YEARS, TOO_SLOW_FROM
from targets.records import TargetRecord
from targets.wording.clauses import base_label, word
from targets.wording.dates import year_label
from targets.wording.goals import measure_words
from targets.wording.numbers import about, money_in_text, number, percent
from targets.wording.sentences import PACES
from targets.wording.sides import capital, figures_of, listed, side_name


def basis_sentences(target: TargetRecord, assessment: Assessment) -> tuple[str, ...]:
    """The sentences under "How this was judged", the rule first, the caveat about prices last."""
    sentences = [rule_sentence(assessment)]
    if target.amount_high is not None:
        sentences.append(gettext("Of a range the lower end is judged."))
    for reading in assessment.readings:
        if reading.latest_year is not None:
            sentences.append(figures_sentence(target, reading))
            sentences += ratio_sentences(target, reading)
    sentences += votes_sentences(target, assessment)
    sentences.append(
        gettext("Amounts are in current dollars: inflation is not taken out.")
        if target.currency in ("USD", "")
        else gettext("Amounts are in current prices: inflation is not taken out.")
    )
    return tuple(sentences)


def rule_sentence(assessment: Assessment) -> str:
    """By which rule the verdict came about."""
    if any(reading.status in PACES for reading in assessment.readings):
        return gettext(
            "Pace is judged by the growth-ratio rule (Open SDG): growth since the base year divided by the growth that "
            "the target asked for; from %(on_track)s on track, from %(too_slow)s too slow, below that far too slow, "
            "below zero moving away."
        ) % {"on_track": number(ON_TRACK_FROM, 2), "too_slow": number(TOO_SLOW_FROM, 2)}
    match assessment.verdict.status:
        case Status.MET | Status.MET_THEN_LOST | Status.MISSED | Status.DISPUTED:
            if assessment.today is not None and not over(assessment.terms, assessment.today):
                return gettext(
                    "While its deadline is ahead or not set, a target is met when the latest full year has reached the "
                    "amount; it is lost again when a full year since its statement reached it and the latest has not."
                )
            return gettext(
                "A target is met when a full year from its statement to its deadline reaches the amount and the last "
                "known year of that span still has it; it is missed only by the figure for the deadline year itself."
            )
        case Status.AWAITING_FIGURES:
            return gettext("A target is never called missed before the figure for its deadline year is known.")
        case Status.TOO_EARLY:
            return ngettext(
                "Pace is judged when at least %(years)s year lies between the base year and the latest one.",
                "Pace is judged when at least %(years)s years lie between the base year and the latest one.",
                PACE_YEARS,
            ) % {"years": number(PACE_YEARS)}
        case Status.NO_DEADLINE:
            return gettext("Without a deadline there is no pace to ask for: only the share of the way is counted.")
        case _:
            return gettext("What cannot be judged from full-year figures is not judged.")


def figures_sentence(target: TargetRecord, reading: Reading) -> str:
    """What one reading counts: measure, years, base, latest; fiscal years and conversion where they apply."""
    currency = target.currency or "USD"
    words = {
        "figures": figures_of(target.pair, reading.by),
        "measures": listed(_measures(target, reading.measures)),
        "latest": year_label(reading.latest_year or 0, reading.fiscal),
        "amount": about(money_in_text(reading.latest_amount or 0.0, currency), reading.latest_approximate),
    }
    sentences = [
        ngettext(
            "%(figures)s: %(measures)s, one full year, %(latest)s (%(amount)s).",
            "%(figures)s: %(measures)s, %(count)s full years, the latest %(latest)s (%(amount)s).",
            reading.years,
        )
        % {**words, "count": number(reading.years)}
    ]
    if reading.base_year is not None and reading.base_amount is not None and not target.cumulative:
        base = {
            "base": base_label(target, reading),
            "amount": about(money_in_text(reading.base_amount, currency), reading.base_approximate),
        }
        sentences.append(
            gettext("Base %(base)s (%(amount)s), an amount taken from the statement.") % base
            if reading.base_stated
            else gettext("Base year %(base)s (%(amount)s).") % base
        )
    if reading.fiscal:
        sentences.append(gettext("The years are fiscal ones, named by the two calendar years they touch."))
    if reading.converted:
        sentences.append(gettext("Amounts in other currencies are converted at the year's average rate."))
    text = " ".join(sentences)
    return capital(text)


def ratio_sentences(target: TargetRecord, reading: Reading) -> list[str]:
    """Observed over required growth of a reading that has a pace; the plain rates where it has no ratio."""
    if reading.base_year is None or reading.required_cagr is None or reading.observed_cagr is None:
        return []
    words = {
        "base": base_label(target, reading),
        "latest": year_label(reading.latest_year or 0, reading.fiscal),
        "observed": percent(reading.observed_cagr, signed=True),
        "required": percent(reading.required_cagr, signed=True),
    }
    if reading.growth_ratio is None:
        return [gettext("Growth %(base)s–%(latest)s: %(observed)s a year; asked for: %(required)s.") % words]
    words["ratio"] = number(reading.growth_ratio, 2)
    return [
        gettext("Growth %(base)s–%(latest)s: %(observed)s a year; asked for: %(required)s; ratio %(ratio)s.") % words
    ]


def votes_sentences(target: TargetRecord, assessment: Assessment) -> list[str]:
    """Who voted and who abstained, each with the reason."""
    verdict, pair = assessment.verdict, target.pair
    sentences = []
    if verdict.voters:
        voted = listed(side_name(pair, by) for by in verdict.voters)
        sentences.append(pgettext("votes", "By whose figures: %(voters)s.") % {"voters": voted})
    for reading in assessment.readings:
        if reading.by not in verdict.voters and (reading.reporter or reading.by in verdict.abstained):
            words = {"side": side_name(pair, reading.by), "reason": abstention_words(reading)}
            sentences.append(pgettext("votes", "No vote: %(side)s (%(reason)s).") % words)
    return sentences


def abstention_words(reading: Reading) -> str:
    """Why a reading did not vote: its reason, else its status, else that its figures are much older."""
    if reading.reason is not None and reading.status in (Status.NOT_ASSESSABLE, Status.TOO_EARLY):
        return word(reading.reason)
    if reading.status in (Status.AWAITING_FIGURES, Status.NOT_ASSESSABLE):
        return word(Reason.NO_DEADLINE_FIGURE)
    return gettext("figures much older than the other side's")


def _measures(target: TargetRecord, measures: Iterable[Measure]) -> list[str]:
    """What the figures count; figures of total trade serve a one-way target by one of their columns."""
    if target.measure.one_way:
        return [measure_words(target)]
    return [
        pgettext("in a list", "trade of an unstated kind")
        if measure is Measure.UNSPECIFIED_TURNOVER
        else measure_words(target, measure)
        for measure in measures
    ]
