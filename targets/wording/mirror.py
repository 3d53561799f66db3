"""The mirror gap in sentences: what each side counts of the same trade in the same year, and how far apart that is."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.progress import MirrorYear
from targets.records import MirrorRecord
from targets.wording.dates import in_year, year_label
from targets.wording.goals import subject_of
from targets.wording.numbers import about, distinct_digits, money_in_text, share
from targets.wording.sides import by_figures_of, capital, figures_of

SLIGHT = 0.005
"""Gaps below it round to no per cent."""


def mirror_sentences(mirror: MirrorRecord) -> tuple[str, ...]:
    """The gap in the newest year that both sides know, where it was widest, and what is compared with nothing."""
    return (gap_sentence(mirror), *_widest(mirror), *_fiscal(mirror))


def gap_sentence(mirror: MirrorRecord, year: MirrorYear | None = None) -> str:
    """That year or else the newest that both sides know, with both amounts and the gap; or that there is none."""
    newest = year or mirror.newest
    if newest is None:
        return gettext("There is no full calendar year for which both sides’ figures are known.")
    words = {
        "when": in_year(newest.year),
        "subject": subject_of(mirror.measure),
        **_amounts(mirror, newest),
        "first_by": by_figures_of(mirror.pair, mirror.first.by),
        "second_by": by_figures_of(mirror.pair, mirror.second.by),
        "gap": about(gap_words(newest), newest.approximate),
    }
    if not newest.mirror_gap:
        text = gettext("%(when)s %(subject)s came to %(first)s %(first_by)s and to %(second)s %(second_by)s: no gap")
    elif abs(newest.mirror_gap_share or 0.0) < SLIGHT:
        text = gettext(
            "%(when)s %(subject)s came to %(first)s %(first_by)s and to %(second)s %(second_by)s: "
            "a gap of less than 1 %% of their mean"
        )
    else:
        text = gettext(
            "%(when)s %(subject)s came to %(first)s %(first_by)s and to %(second)s %(second_by)s: "
            "a gap of %(gap)s of their mean"
        )
    return f"{capital(text % words)}."


def gap_words(one: MirrorYear) -> str:
    """The gap without its direction, as a share of the mean of both: "122 %"; a dash where there is no mean."""
    return "–" if one.mirror_gap_share is None else share(abs(one.mirror_gap_share))


def _widest(mirror: MirrorRecord) -> list[str]:
    widest, newest = mirror.widest, mirror.newest
    if widest is None or newest is None or widest == newest or abs(widest.mirror_gap_share or 0.0) < SLIGHT:
        return []
    gap = about(gap_words(widest), widest.approximate)
    words = {"when": in_year(widest.year), **_amounts(mirror, widest), "gap": gap}
    return [gettext("It was widest %(when)s: %(first)s against %(second)s, %(gap)s.") % words]


def _fiscal(mirror: MirrorRecord) -> list[str]:
    return [
        gettext("%(figures)s for fiscal years are not compared with calendar years.") % {"figures": capital(figures)}
        for figures in (figures_of(mirror.pair, code) for code in mirror.fiscal)
    ]


def _amounts(mirror: MirrorRecord, one: MirrorYear) -> dict[str, str]:
    digits = distinct_digits(one.first, one.second)
    return {
        "first": about(money_in_text(one.first, mirror.currency, digits), one.first_approximate),
        "second": about(money_in_text(one.second, mirror.currency, digits), one.second_approximate),
        "year": year_label(one.year),
    }
