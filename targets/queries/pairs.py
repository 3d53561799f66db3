"""Pairs: all the targets of one, and both sides' figures."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from targets.models import CountryPair
from targets.queries.figures import current_figures, exchange_rates
from targets.queries.judging import assessed, prices, series_maker, voices
from targets.queries.shapes import AsOf, day_asked, judged_on, pair_record, target_record
from targets.queries.sides import pair_mirror
from targets.queries.targets import published_targets
from targets.records import PairPage


def pair_page(slug: str, *, today: date, as_of: AsOf | None = None) -> PairPage | None:
    """All that a pair's page shows; None for a pair that has neither a published target nor a figure. Four SQL queries.

    Judged on ``today``, with ``as_of`` as :func:`target_page` is.
    """
    stored = CountryPair.objects.select_related("first", "second").filter(slug=slug).first()
    if stored is None:
        return None
    pair = pair_record(stored)
    day = judged_on(today, as_of)
    targets = published_targets(Q(pair=stored), as_of=as_of)
    figures = current_figures([slug], as_of=as_of)
    if not targets and not figures:
        return None
    rates = exchange_rates(figures, [target.currency for target in targets])
    series = series_maker(voices(figures), prices(rates), day)
    # Oldest first: what nobody can date comes after all that somebody can.
    dated = sorted(targets, key=lambda target: target.first_stated_on is None)
    return PairPage(
        pair=pair,
        targets=tuple(
            assessed(record, series(record.terms()), day)
            for record in (target_record(target, pair, as_of) for target in dated)
        ),
        figures=figures,
        mirror=pair_mirror(pair, figures, rates, day),
        rates=rates,
        as_of=day_asked(as_of),
        through=max((figure.recorded_at for figure in figures), default=None),
    )
