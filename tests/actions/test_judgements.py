"""Stored judgements say what a fresh assessment says, and nothing is written when nothing moved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from targets.actions import judgements
from targets.actions.judgements import refresh
from targets.models import AuditEvent, Judgement, Target, VerdictChange
from targets.progress import Measure, Reading, Status
from targets.queries import assessed, current_figures, exchange_rates, series_for
from targets.queries.shapes import target_record
from targets.records import ChangeCause
from tests.world import (
    TODAY,
    make_figure,
    make_pair,
    make_rate,
    make_target,
    make_user,
    make_world,
    make_years,
)

pytestmark = pytest.mark.django_db


def verdict(target):
    return Judgement.objects.get(target=target, is_verdict=True)


def snapshot():
    return sorted(map(repr, Judgement.objects.values_list()))


def test_a_judgement_has_a_column_for_every_field_of_a_reading():
    columns = {field.name for field in Judgement._meta.get_fields()}
    assert set(Reading._fields) <= columns


def test_what_is_stored_is_what_a_fresh_assessment_says():
    world = make_world()
    for target in Target.objects.select_related("pair__first", "pair__second", "superseded_by"):
        record = target_record(target)
        figures = current_figures([target.pair.slug])
        row = assessed(record, series_for(record, figures, exchange_rates(figures, [record.currency]), TODAY), TODAY)
        stored = {judgement.by: judgement for judgement in target.judgements.filter(is_verdict=False)}
        assert set(stored) == {reading.by for reading in row.assessment.readings}
        for reading in row.assessment.readings:
            for name in ("status", "base_amount", "latest_amount", "growth_ratio", "catch_up_growth", "share_of_way"):
                assert getattr(stored[reading.by], name) == getattr(reading, name), (target.slug, reading.by, name)
        told = verdict(target)
        assert (told.status, told.by) == (row.assessment.verdict.status, row.assessment.verdict.lead or "")
        assert tuple(told.voters) == row.assessment.verdict.voters
        assert told.sparkline.split("\n") == [f"{path}\t{by}" for by, path in row.sparklines]
        lead = row.assessment.lead
        assert told.growth_ratio == (lead.growth_ratio if lead else None)
        assert told.replaced == record.replaced
    assert verdict(world["earlier"]).replaced
    assert not verdict(world["going"]).replaced


def test_a_judgement_can_be_rebuilt_from_nothing():
    make_world()
    before = sorted(repr({**row, "id": 0}) for row in Judgement.objects.values())
    Judgement.objects.all().delete()
    refresh(by=make_user(), today=TODAY)
    assert sorted(repr({**row, "id": 0}) for row in Judgement.objects.values()) == before


def test_refreshing_again_writes_nothing():
    make_world()
    before, events = snapshot(), AuditEvent.objects.count()
    done = refresh(by=make_user(), today=TODAY)
    assert (done.assessed, done.changed, done.verdicts) == (4, 0, 0)
    assert snapshot() == before
    assert AuditEvent.objects.count() == events


def test_another_day_on_which_nothing_changes_writes_nothing_either():
    make_world()
    before = snapshot()
    refresh(by=make_user(), today=date(2026, 12, 31))
    assert snapshot() == before


def test_a_deadline_that_passes_changes_the_verdict_because_time_passed():
    target = make_target(deadline_year=2026)
    make_years(target.pair, "XAR", {2019: 100, 2025: 300})
    refresh(by=make_user(), today=TODAY)
    assert verdict(target).status is Status.TOO_SLOW
    refresh(by=make_user(), today=date(2027, 1, 1), cause=ChangeCause.TIME)
    change = VerdictChange.objects.latest("id")
    assert (change.from_status, change.to_status, change.cause) == (
        Status.TOO_SLOW,
        Status.AWAITING_FIGURES,
        ChangeCause.TIME,
    )
    assert change.event.verb == "refresh"
    assert change.event.counts == {"changed": 1, "verdicts": 1}


def test_only_rows_that_differ_are_written():
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2025: 200})
    make_years(target.pair, "XBO", {2019: 90, 2025: 190})
    refresh(by=make_user(), today=TODAY)
    of_borovia = target.judgements.get(is_verdict=False, by="XBO").pk
    make_years(target.pair, "XAR", {2025: 210})
    refresh(by=make_user(), today=TODAY)
    assert target.judgements.get(is_verdict=False, by="XBO").pk == of_borovia
    assert target.judgements.get(is_verdict=False, by="XAR").latest_amount == 210e6


def test_a_voice_that_falls_silent_loses_its_row():
    target = make_target()
    (figure,) = [make_figure(target.pair, "", 2024)]
    refresh(by=make_user(), today=TODAY)
    assert target.judgements.filter(by="press", is_verdict=False).exists()
    figure.release.delete()
    refresh(by=make_user(), today=TODAY)
    assert set(target.judgements.filter(is_verdict=False).values_list("by", flat=True)) == {"XAR", "XBO"}


def test_drafts_are_judged_too_and_a_draft_successor_replaces_nothing():
    draft = make_target(published=False)
    earlier = make_target(draft.pair, superseded_by=draft, relation="raised")
    refresh(by=make_user(), today=TODAY)
    assert verdict(draft).status is Status.NOT_ASSESSABLE
    assert not verdict(earlier).replaced
    assert "replaced" not in verdict(earlier).flags


def test_only_the_pairs_asked_for_are_judged():
    one, other = make_target(), make_target(make_pair("XBO", "XCA"))
    assert refresh(by=make_user(), pairs=[one.pair_id], today=TODAY).assessed == 1
    assert verdict(one)
    assert not other.judgements.exists()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"amount": Decimal(500_000_000)}, 500e6),
        ({"amount": Decimal(500_000_000), "amount_high": Decimal(700_000_000)}, 500e6),
        ({"amount": Decimal(100_000_000), "currency": "EUR"}, 120e6),
        ({"amount": Decimal(100_000_000), "currency": "CHF"}, None),
        ({"factor": Decimal(2), "currency": ""}, 180e6),
        ({"factor": Decimal(2), "currency": "", "measure": Measure.NON_OIL_TURNOVER}, None),
    ],
)
def test_targets_of_every_currency_have_one_amount_to_sort_by(fields, expected):
    make_rate("EUR", 2023, "1.1")
    make_rate("EUR", 2024, "1.2")
    target = make_target(**fields)
    make_years(target.pair, "XAR", {2019: 90, 2025: 140})
    refresh(by=make_user(), today=TODAY)
    assert verdict(target).amount_usd == expected


@pytest.mark.parametrize("amount", ["1000000000000000000", "12345678901234567890"])
def test_a_huge_amount_comes_back_from_the_database_as_it_went_in(amount):
    """A database may give 1e+16 back as a whole number; that is no change."""
    target = make_target(amount=Decimal(amount))
    make_years(target.pair, "XAR", {2019: 3.1e10, 2025: 7.7e10})
    refresh(by=make_user(), today=TODAY)
    assert refresh(by=make_user(), today=TODAY).changed == 0


def test_targets_are_judged_in_parts_as_all_at_once(monkeypatch):
    make_world()
    whole = sorted(repr({**row, "id": 0}) for row in Judgement.objects.values())
    Judgement.objects.all().delete()
    monkeypatch.setattr(judgements, "_TARGETS_AT_ONCE", 1)
    assert refresh(by=make_user(), today=TODAY).assessed == 4
    assert sorted(repr({**row, "id": 0}) for row in Judgement.objects.values()) == whole


@pytest.mark.parametrize("targets", [1, 10])
def test_the_number_of_queries_does_not_grow_with_the_targets(django_assert_max_num_queries, targets):
    for _ in range(targets):
        target = make_target()
    make_years(target.pair, "XAR", {2019: 90, 2025: 140})
    by = make_user()
    with django_assert_max_num_queries(15):
        assert refresh(by=by, today=TODAY).changed == targets
    with django_assert_max_num_queries(9):
        assert refresh(by=by, today=TODAY).changed == 0


def test_the_daily_command_prints_how_many_verdicts_changed():
    target = make_target(deadline_year=2026)
    make_years(target.pair, "XAR", {2019: 100, 2025: 400})
    out = StringIO()
    call_command("refresh_judgements", "--today=2026-11-22", stdout=out)
    call_command("refresh_judgements", "--today=2027-01-01", stdout=out)
    call_command("refresh_judgements", "--today=2027-01-02", stdout=out)
    assert [line.split(";")[0] for line in out.getvalue().splitlines()] == [
        "1 verdicts changed",
        "1 verdicts changed",
        "0 verdicts changed",
    ]
    assert judgements.VerdictChange.objects.latest("id").cause is ChangeCause.TIME
