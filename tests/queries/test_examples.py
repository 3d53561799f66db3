"""What the methodology shows for each status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from targets import queries
from targets.models import Target
from targets.progress import Status
from targets.records import WorkedExamples
from tests import world

pytestmark = pytest.mark.django_db


def billions(first, second, slug, amount=1, **fields):
    """A target without a deadline, stated in 2020."""
    fields = {"deadline_year": None, "first_stated_on": date(2020, 5, 1), **fields}
    return world.make_target(
        world.make_pair(first, second), slug=slug, amount=Decimal(amount) * 1_000_000_000, **fields
    )


def test_for_each_status_there_is_one_target_in_the_order_of_the_statuses(django_assert_num_queries):
    targets = world.make_world()
    world.make_target(world.make_pair("XAR", "XCA"), slug="silent")
    world.refresh()
    with django_assert_num_queries(3):
        examples = queries.worked_examples()
    statuses = [row.assessment.verdict.status for row in examples.targets]
    assert statuses == [Status.MET, Status.FAR_TOO_SLOW, Status.NOT_ASSESSABLE]
    assert [row.target.slug for row in examples.targets] == [targets["kept"].slug, targets["going"].slug, "silent"]
    assert all(row.assessment.readings for row in examples.targets)


def test_a_status_that_no_target_has_as_a_whole_is_shown_by_the_reading_of_one_side():
    target = billions("XAR", "XBO", "torn")
    world.make_years(target.pair, "XAR", {2019: 800, 2022: 1200, 2025: 900})
    world.make_years(target.pair, "XBO", {2019: 800, 2022: 1100, 2025: 1300})
    world.refresh()
    examples = queries.worked_examples()
    assert [row.assessment.verdict.status for row in examples.targets] == [Status.DISPUTED]
    shown = [(target.slug, reading.by, reading.status) for target, reading in examples.readings]
    assert shown == [("torn", "XBO", Status.MET), ("torn", "XAR", Status.MET_THEN_LOST)]
    # Once a target has it as a whole, nobody's reading is needed for it.
    lost = billions("XCA", "XDO", "lost")
    world.make_years(lost.pair, "XCA", {2019: 800, 2022: 1200, 2025: 900})
    world.refresh()
    shown = [(target.slug, reading.by, reading.status) for target, reading in queries.worked_examples().readings]
    assert shown == [("torn", "XBO", Status.MET), ("lost", "XDO", Status.NOT_ASSESSABLE)]


@pytest.mark.parametrize(
    "fields", [{"approximate": True}, {"currency": "EUR"}], ids=["approximate figures", "converted figures"]
)
def test_a_reading_by_exact_figures_goes_before_a_larger_one_by_others(fields):
    for year in (2019, 2022, 2025):
        world.make_rate("EUR", year, "1")
    for slug, pair, amount, told in [("exact", ("XAR", "XBO"), 1, {}), ("other", ("XCA", "XDO"), 2, fields)]:
        target = billions(*pair, slug, amount)
        world.make_years(target.pair, pair[0], {2019: 900, 2022: 2200, 2025: 900}, **told)
        world.make_years(target.pair, pair[1], {2019: 900, 2022: 2100, 2025: 2300})
    world.refresh()
    lost = [target.slug for target, reading in queries.worked_examples().readings if reading.status == "met_then_lost"]
    assert lost == ["exact"]


def test_neither_a_draft_nor_a_replaced_version_is_an_example():
    torn = billions("XAR", "XBO", "torn", published=False)
    world.make_years(torn.pair, "XAR", {2019: 800, 2022: 1200, 2025: 900})
    world.make_years(torn.pair, "XBO", {2019: 800, 2022: 1100, 2025: 1300})
    later = billions("XAR", "XBO", "later", amount=9, published=False)
    world.refresh()
    assert queries.worked_examples() == WorkedExamples(targets=(), readings=())
    Target.objects.filter(pk__in=(torn.pk, later.pk)).update(
        state="published", published_at=world.NOON, published_by=world.make_user()
    )
    Target.objects.filter(pk=torn.pk).update(superseded_by=later, relation="raised")
    world.refresh()
    examples = queries.worked_examples()
    assert [row.target.slug for row in examples.targets] == ["later"]
    assert examples.readings == ()


@pytest.mark.parametrize(
    "fields", [{"approximate": True}, {"currency": "EUR"}], ids=["approximate figures", "converted figures"]
)
def test_a_target_judged_by_exact_figures_goes_before_a_larger_one_judged_by_others(fields):
    world.make_rate("EUR", 2025, "1")
    for slug, pair, amount, told in [("exact", ("XAR", "XBO"), 1, {}), ("other", ("XCA", "XDO"), 2, fields)]:
        world.make_years(billions(*pair, slug, amount).pair, pair[0], {2025: 2200}, **told)
    world.refresh()
    assert [row.target.slug for row in queries.worked_examples().targets] == ["exact"]
