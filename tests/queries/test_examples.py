"""What the page about the method shows of the data: for each rule a published target that really shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from targets import queries
from targets.models import Judgement, Target
from targets.progress import Status
from targets.queries import forget_data_version
from targets.records import OF_A_READING, OF_A_VERDICT, Case
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew(monkeypatch):
    # However slow the machine is, the version of the data is asked for when a test says so.
    monkeypatch.setattr("targets.queries.journal.SECONDS", 3600.0)
    forget_data_version()


def billions(first, second, slug, amount=1, **fields):
    """A target without a deadline, stated in 2020."""
    fields = {"deadline_year": None, "first_stated_on": date(2020, 5, 1), **fields}
    return world.make_target(
        world.make_pair(first, second), slug=slug, amount=Decimal(amount) * 1_000_000_000, **fields
    )


def page():
    forget_data_version()
    return queries.method_page(today=world.TODAY)


def shown(rule):
    """The slug of the target that shows the rule; None where none does."""
    found = page().examples.get(rule)
    return found and found.target.slug


def assert_each_shows_its_rule(found):
    for rule, example in found.examples.items():
        if rule.startswith("weather-"):
            assert example.opinion.weather == rule.removeprefix("weather-")
            continue
        fresh = queries.target_page(example.target.slug, today=world.TODAY)
        reading = fresh.assessment.reading(example.by) if example.by else None
        rules = OF_A_READING if example.by else OF_A_VERDICT
        assert rules[rule](Case(fresh.target, fresh.assessment, reading)), rule


def test_every_example_is_a_published_target_that_shows_its_rule(django_assert_num_queries):
    targets = world.make_world()
    world.make_target(world.make_pair("XAR", "XCA"), slug="silent")
    torn = billions("XAR", "XDO", "torn")
    world.make_years(torn.pair, "XAR", {2019: 800, 2022: 1200, 2025: 900})
    world.make_years(torn.pair, "XDO", {2019: 800, 2022: 1100, 2025: 1300})
    world.refresh()
    forget_data_version()
    with django_assert_num_queries(4):
        found = queries.method_page(today=world.TODAY)
    assert_each_shows_its_rule(found)
    slugs = {rule: example.target.slug for rule, example in found.examples.items()}
    assert slugs["open-far_too_slow"] == targets["going"].slug
    assert slugs["over-met"] == targets["kept"].slug
    assert slugs["flag-replaced"] == slugs["relation-postponed"] == targets["earlier"].slug
    assert slugs["reason-no_figures"] == "silent"
    assert slugs["status-disputed"] == slugs["open-met_then_lost"] == slugs["open-met"] == "torn"
    assert not {"converted", "fiscal", "reason-cumulative", "over-awaiting_figures"} & slugs.keys()
    assert found.gap.pair.slug in ("xbo-xca", "xar-xdo")


@pytest.mark.django_db(transaction=True)
def test_examples_are_made_once_for_each_version_of_the_data(django_assert_num_queries):
    world.make_world()
    first = page()
    with django_assert_num_queries(0):
        assert queries.method_page(today=world.TODAY) is first


def test_of_several_targets_the_one_of_the_largest_amount_shows_the_rule():
    for slug, pair, amount in [("small", ("XAR", "XBO"), 1), ("large", ("XCA", "XDO"), 2)]:
        target = billions(*pair, slug, amount)
        world.make_years(target.pair, pair[0], {2022: 2200, 2025: 2300})
    world.refresh()
    assert shown("open-met") == "large"


@pytest.mark.parametrize(
    "fields", [{"approximate": True}, {"currency": "EUR"}], ids=["approximate figures", "converted figures"]
)
def test_a_target_judged_by_exact_figures_goes_before_a_larger_one_judged_by_others(fields):
    for year in (2019, 2022, 2025):
        world.make_rate("EUR", year, "1")
    for slug, pair, amount, told in [("exact", ("XAR", "XBO"), 1, {}), ("other", ("XCA", "XDO"), 2, fields)]:
        target = billions(*pair, slug, amount)
        world.make_years(target.pair, pair[0], {2019: 900, 2022: 2200, 2025: 900}, **told)
        world.make_years(target.pair, pair[1], {2019: 900, 2022: 2100, 2025: 2300})
    world.refresh()
    assert shown("open-met_then_lost") == "exact"


def test_neither_a_draft_nor_a_judgement_that_holds_no_more_is_an_example():
    torn = billions("XAR", "XBO", "torn", published=False)
    figures = world.make_years(torn.pair, "XAR", {2019: 800, 2022: 1200, 2025: 900})
    world.refresh()
    assert page().examples == {}
    Target.objects.filter(pk=torn.pk).update(state="published", published_at=world.NOON, published_by=world.make_user())
    assert shown("open-met_then_lost") == "torn"
    # The figures went and nobody has judged the target again yet: what is stored shows nothing that is there.
    figures[0].release.delete()
    assert Judgement.objects.filter(status=Status.MET_THEN_LOST).exists()
    assert shown("open-met_then_lost") is None


def test_the_widest_gap_is_that_of_the_newest_year_of_both():
    world.make_world()
    target = billions("XAR", "XDO", "far")
    world.make_years(target.pair, "XAR", {2024: 10, 2025: 100})
    world.make_years(target.pair, "XDO", {2024: 900, 2025: 300})
    world.refresh()
    gap = page().gap
    assert (gap.pair.slug, gap.year.year, gap.year.mirror_gap_share) == ("xar-xdo", 2025, -1.0)


def test_figures_show_which_source_serves_and_what_is_never_counted():
    target = billions("XAR", "XBO", "known")
    (table,) = world.make_years(target.pair, "XAR", {2025: 500})
    press = world.make_release(world.make_source("paper"))
    (said,) = world.make_years(target.pair, "XAR", {2025: 700}, release=press)
    part = world.make_figure(target.pair, "XAR", 2026, through_month=9)
    forecast = world.make_figure(target.pair, "XAR", 2026, release=press)
    level = world.make_figure(target.pair, "XAR", None, release=press)
    flows = world.make_figure(target.pair, "XBO", 2025, exports=Decimal(5), imports=Decimal(7))
    world.refresh()
    found = page()
    served = found.served["rank-national_office"]
    assert (served.figure.id, [one.id for one in served.others]) == (table.pk, [said.pk])
    assert found.served["flows"].figure.id == flows.pk
    shown_only = {why: figure.id for why, (_target, figure) in found.shown.items()}
    assert shown_only == {"partial": part.pk, "not-over": forecast.pk, "level": level.pk}


def test_a_doubt_is_shown_by_the_figures_that_raise_it_most():
    target = billions("XAR", "XBO", "doubtful")
    world.make_years(target.pair, "XAR", {2022: 100, 2023: 110, 2024: 120, 2025: 130})
    press = world.make_release(world.make_source("paper"))
    world.make_years(target.pair, "XAR", {2024: 135, 2025: 200}, release=press)
    world.refresh()
    doubt = page().doubts["suspicion-known_otherwise"].doubt
    assert doubt.years[-1] == 2025
    assert "suspicion-swapped" not in page().doubts
