"""The progress rail in words: what its picture shows."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.progress import Rail, RailMark
from targets.records import TargetRecord
from targets.wording.dates import year_label
from targets.wording.numbers import money, share
from targets.wording.sides import side_name


def rail_words(bar: Rail, target: TargetRecord) -> str:
    """What the picture shows, in sentences: its accessible name."""
    currency = target.currency or "USD"
    words = {"base": money(bar.base, currency), "target": money(bar.target, currency)}
    if bar.from_base:
        parts = [gettext("From %(base)s to the target of %(target)s.") % words]
    elif target.cumulative:
        parts = [gettext("Summed up towards the target of %(target)s.") % words]
    else:
        parts = [gettext("No base below the target of %(target)s is known.") % words]
    parts += [_mark(mark, target, bar.from_base) for mark in bar.marks]
    if bar.notch is not None:
        parts.append(gettext("The path asks for %(share)s by now.") % {"share": share(bar.notch)})
    return " ".join(parts)


def _mark(mark: RailMark, target: TargetRecord, from_base: bool) -> str:
    words = {
        "side": side_name(target.pair, mark.by),
        "share": share(mark.share),
        "year": "" if mark.latest_year is None else year_label(mark.latest_year, mark.fiscal),
    }
    if mark.over:
        return gettext("%(side)s, %(year)s: above the target.") % words
    if mark.under:
        return gettext("%(side)s, %(year)s: below the base.") % words
    if not from_base:
        return gettext("%(side)s, %(year)s: %(share)s of the target.") % words
    if not mark.share:
        # No year after the one from which the way is counted is known yet, or trade is back where it began.
        return gettext("%(side)s, %(year)s: where the way begins.") % words
    return gettext("%(side)s, %(year)s: %(share)s of the way.") % words
