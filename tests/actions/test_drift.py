"""Every stored judgement of the shipped catalogue is what its figures say, whatever was done to them since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from targets.actions import editing, judgements
from targets.actions.catalogue import load
from targets.actions.desk import SYSTEM, system_account
from targets.actions.importing import import_figures
from targets.actions.releases import withdraw_release
from targets.models import CountryPair, Judgement, Reach, Target
from targets.queries import assessed, current_figures, exchange_rates, series_for
from targets.queries.judging import target_rows, verdicts
from targets.records import FigureStanding, SourceKind
from tests.queries.test_shipped_goalposts import CATALOGUE
from tests.world import TODAY

pytestmark = pytest.mark.django_db

TABLES = (SourceKind.NATIONAL_OFFICE, SourceKind.COMPILATION)
SPOKEN = (FigureStanding.SAID, FigureStanding.PRESS, FigureStanding.ESTIMATE)


def drifted():
    """Slugs of the targets whose stored rows differ from what their own page works out of the figures."""
    figures = defaultdict(list)
    for figure in current_figures(None):
        figures[figure.pair].append(figure)
    found = []
    (rows,) = target_rows(list(verdicts()))
    for row in rows:
        own = figures[row.target.pair.slug]
        series = series_for(row.target, own, exchange_rates(own, [row.target.currency]), TODAY)
        fresh = assessed(row.target, series, TODAY)
        if replace(row, assessment=replace(row.assessment, today=TODAY)) != fresh:
            found.append(row.target.slug)
    assert len(rows) > 0
    return found


def reaching():
    """How far the sides' own figures reach, out of the figures that pages show."""
    years = defaultdict(list)
    pairs = {pair.slug: pair for pair in CountryPair.objects.filter(targets__isnull=False).distinct()}
    for figure in current_figures(pairs):
        pair = pairs[figure.pair]
        if figure.full_year and figure.year < TODAY.year and figure.by in (pair.first_id, pair.second_id):
            told = figure.standing in SPOKEN or figure.source.kind not in TABLES
            whose = (figure.pair, figure.by, figure.measure, told)
            years[whose].append((figure.year + bool(figure.fiscal), figure.reporter != ""))
    return {(*whose, min(known)[0], max(known)[0], sum(own for _y, own in known)) for whose, known in years.items()}


def kept():
    columns = ("pair__slug", "economy", "measure", "told", "first", "last", "figures")
    return set(Reach.objects.values_list(*columns))


def imported(*lines):
    table = "\n".join(["year,reporter,partner,flow,value_usd", *lines, ""]).encode()
    (release,) = import_figures(by=system_account(SYSTEM), data=table, name="flows.csv", today=TODAY).releases
    return release


def test_no_judgement_drifts_from_its_figures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(folder=CATALOGUE, today=TODAY)
    assert drifted() == judgements.stale(today=TODAY) == []
    assert kept() == reaching() != set()
    assert Judgement.objects.filter(is_verdict=True).count() == Target.objects.count() > 300

    before = set(Judgement.objects.filter(target__pair__slug="chn-ind").values_list("pk", flat=True))
    flows = [(year, flow) for year in (2023, 2024, 2025) for flow in ("export", "import")]
    release = imported(*(f"{year},IND,CHN,{flow},{year}000000" for year, flow in flows))
    assert set(Judgement.objects.filter(target__pair__slug="chn-ind").values_list("pk", flat=True)) != before
    assert drifted() == judgements.stale(today=TODAY) == []
    assert kept() == reaching()

    withdraw_release(by=system_account(SYSTEM), release=release, reason="a trial", today=TODAY)
    assert drifted() == judgements.stale(today=TODAY) == []
    assert kept() == reaching()

    restated = Target.objects.filter(relation="postponed").exclude(superseded_by=None).first()
    restated.relation = "restated"
    editing.save(by=system_account(SYSTEM), record=restated, reason="a trial", today=TODAY)
    assert drifted() == judgements.stale(today=TODAY) == []


def test_what_drifted_is_named():
    load(folder=CATALOGUE, today=TODAY)
    reach = Reach.objects.filter(pair__targets__isnull=False).first()
    Reach.objects.filter(pk=reach.pk).update(last=reach.last + 1, figures=reach.figures + 1)
    assert judgements.stale(today=TODAY) == sorted(
        Target.objects.filter(pair=reach.pair).values_list("slug", flat=True)
    )
    judgements.refresh(by=system_account(SYSTEM), pairs=[reach.pair_id], today=TODAY)
    assert judgements.stale(today=TODAY) == []
    lost = Judgement.objects.filter(is_verdict=True, target__state="published").exclude(latest_amount=None).first()
    Judgement.objects.filter(pk=lost.pk).update(latest_amount=lost.latest_amount + 1)
    assert judgements.stale(today=TODAY) == [lost.target.slug]
