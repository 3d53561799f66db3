"""Scoreboards in words: how many targets had which outcome."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from targets.records import EconomyRecord, Sum, Tally
from targets.wording.clauses import word
from targets.wording.numbers import language, money_in_text, number


def tally_words(economy: EconomyRecord, tally: Tally) -> str:
    """What became of an economy's targets: "India: 83 targets: 9 kept, 4 missed, 70 pending"."""
    return gettext("%(economy)s: %(targets)s") % {"economy": economy.name(language()), "targets": outcomes_words(tally)}


def outcomes_words(tally: Tally) -> str:
    """The same without whose: "83 targets: 9 kept, 4 missed, 70 pending"."""
    total = sum(count for _, count in tally)
    targets = ngettext("%(number)s target", "%(number)s targets", total) % {"number": number(total)}
    outcomes = ", ".join(
        gettext("%(number)s %(outcome)s") % {"number": number(count), "outcome": word(outcome)}
        for outcome, count in tally
    )
    return f"{targets}: {outcomes}" if outcomes else targets


def promise_sentence(side: Sum) -> str:
    """What the open promises ask for beside what is traded now, over the pairs that one side has figures for."""
    years = str(side.last_year)
    if side.first_year != side.last_year:
        years = f"{side.first_year}–{side.last_year}"
    words = {
        "count": side.pairs,
        "promised": money_in_text(side.promised, "USD"),
        "traded": money_in_text(side.traded, "USD"),
        "years": years,
    }
    told = ngettext(
        "With %(count)s partner %(promised)s is promised and %(traded)s traded (%(years)s)",
        "With %(count)s partners %(promised)s is promised and %(traded)s traded (%(years)s)",
        side.pairs,
    )
    if side.traded <= 0:
        return f"{told % words}."
    more = gettext("that is %(times)s times today's trade") % {"times": number(side.promised / side.traded, 1)}
    return f"{told % words}: {more}."
