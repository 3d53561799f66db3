"""Mirror figures, converted amounts, other wordings, and the filter for targets on which the two sides disagree."""

from datetime import date
from decimal import Decimal

import pytest

from targets import progress, queries
from targets.models import Judgement
from targets.progress import Measure, MirrorYear, Status, Wording
from targets.queries.judging import target_rows, verdicts
from targets.records import MeasureBasis, TargetFilter
from tests import world

pytestmark = pytest.mark.django_db


def mirror_of(pair):
    return queries.pair_page(pair.slug, today=world.TODAY).mirror


def test_a_pair_has_the_years_that_both_sides_know():
    world.make_world()
    mirror = mirror_of(world.make_pair("XBO", "XCA"))
    assert (mirror.measure, mirror.currency) == (Measure.GOODS_TURNOVER, "USD")
    assert mirror.newest == MirrorYear(2022, 1150e6, 1100e6)
    assert [one.year for one in mirror.years] == list(mirror.known) == [2018, 2019, 2020, 2021, 2022]
    assert mirror.widest.year == 2018


def test_the_mirror_of_a_target_is_counted_in_its_measure_and_currency():
    pair = world.make_pair()
    for reporter, exports, imports in (("XAR", 60, 40), ("XBO", 30, 50)):
        world.make_figure(pair, reporter, 2024, exports=Decimal(exports) * 10**6, imports=Decimal(imports) * 10**6)
    world.make_rate("EUR", 2024, "1.25")
    slug = world.make_target(pair, measure=Measure.EXPORTS_FIRST_TO_SECOND, currency="EUR").slug
    mirror = queries.target_page(slug, today=world.TODAY).mirror
    assert (mirror.measure, mirror.currency) == (Measure.EXPORTS_FIRST_TO_SECOND, "EUR")
    assert mirror.newest == MirrorYear(2024, 48e6, 40e6)
    assert mirror_of(pair).newest == MirrorYear(2024, 100e6, 80e6)


def test_fiscal_years_are_compared_with_nothing_and_named():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2023: 5, 2024: 6}, fiscal="XAR")
    world.make_years(pair, "XBO", {2023: 4, 2024: 7})
    mirror = mirror_of(pair)
    assert (mirror.years, mirror.fiscal, mirror.first.points) == ((), ("XAR",), ())
    world.make_years(pair, "XAR", {2023: 9})
    assert [one.year for one in mirror_of(pair).years] == [2023]


def test_what_both_sides_know_goes_before_goods_that_one_alone_knows():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2023: 5})
    for reporter in ("XAR", "XBO"):
        world.make_years(pair, reporter, {2022: 9}, measure=Measure.NON_OIL_TURNOVER)
    assert mirror_of(pair).measure is Measure.NON_OIL_TURNOVER


def test_a_year_that_is_not_over_and_parts_of_years_have_no_gap():
    pair = world.make_pair()
    for reporter in ("XAR", "XBO"):
        world.make_years(pair, reporter, {2026: 5})
        world.make_figure(pair, reporter, 2025, through_month=9)
    assert mirror_of(pair).known == ()


def test_the_mirror_of_a_past_day_knows_what_was_recorded_then():
    world.make_world()
    page = queries.pair_page("xar-xbo", today=world.TODAY, as_of=date(2026, 11, 22))
    assert page.mirror.years
    assert queries.pair_page("xar-xbo", today=world.TODAY, as_of=date(2026, 11, 21)) is None


def test_a_converted_amount_keeps_its_original_and_names_every_rate():
    pair = world.make_pair()
    world.make_figure(pair, "XAR", 2024, currency="EUR", turnover=Decimal(80_000_000))
    world.make_figure(pair, "XBO", 2024)
    world.make_figure(pair, "XBO", 2023, fiscal="XBO", currency="EUR")
    for currency, year, price in (
        ("EUR", 2024, "1.25"),
        ("NZD", 2024, "0.5"),
        ("EUR", 2023, "1.1"),
        ("NZD", 2023, "0.55"),
    ):
        world.make_rate(currency, year, price)
    slug = world.make_target(pair, currency="NZD").slug
    made = queries.target_page(slug, today=world.TODAY).conversions
    euro, dollar = made
    assert (euro.figure.reporter, euro.year, euro.original, euro.amount) == ("XAR", 2024, 80e6, 200e6)
    assert [(rate.currency, rate.year, rate.source.publisher) for rate in euro.rates] == [
        ("EUR", 2024, "Central Bank of Borovia"),
        ("NZD", 2024, "Central Bank of Borovia"),
    ]
    assert (dollar.original, dollar.amount, [rate.currency for rate in dollar.rates]) == (100e6, 200e6, ["NZD"])
    in_dollars = queries.pair_page(pair.slug, today=world.TODAY).conversions
    assert [(one.original, one.amount) for one in in_dollars] == [(80e6, 100e6)]


def test_a_fiscal_year_is_converted_at_the_rate_of_the_year_in_which_it_starts():
    pair = world.make_pair()
    world.make_figure(pair, "XAR", 2023, fiscal="XAR", currency="EUR")
    world.make_rate("EUR", 2023, "1.1")
    world.make_rate("EUR", 2024, "9")
    (made,) = queries.target_page(world.make_target(pair).slug, today=world.TODAY).conversions
    assert (made.year, made.amount, [rate.year for rate in made.rates]) == (2024, pytest.approx(110e6), [2023])


def test_words_that_leave_something_open_are_judged_the_other_way_too():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2019: 400, 2025: 450})
    world.make_years(pair, "XAR", {2019: 400, 2025: 600}, measure=Measure.GOODS_SERVICES_TURNOVER)
    slug = world.make_target(pair, measure_basis=MeasureBasis.WORDING, deadline_year=2025).slug
    page = queries.target_page(slug, today=world.TODAY)
    assert page.assessment.verdict.status is Status.MISSED
    (other,) = page.reworded
    assert (other.wording, other.assessment.verdict.status) == (Wording.GOODS_AND_SERVICES, Status.MET)
    said = world.make_target(pair, deadline_year=2025).slug
    assert queries.target_page(said, today=world.TODAY).reworded == ()


def disagreeing():
    """Targets on which both sides agree, differ in pace, are in dispute, or of which one side is silent."""
    for number, (first, second, amount) in enumerate(
        [
            ({2019: 100, 2025: 600}, {2019: 100, 2025: 700}, 500),
            ({2019: 100, 2025: 600}, {2019: 100, 2025: 300}, 500),
            ({2019: 100, 2025: 230}, {2019: 100, 2025: 130}, 500),
            ({2019: 100, 2025: 300}, {}, 500),
            ({}, {}, 500),
            ({2019: 100, 2025: 200}, {2020: 100, 2021: 90}, 500),
            ({2019: 100, 2025: 200}, {2024: 100, 2025: 90}, 500),
        ]
    ):
        pair = world.make_pair("XAR", f"XQ{number}")
        for code, amounts in (("XAR", first), (f"XQ{number}", second)):
            if amounts:
                world.make_years(pair, code, amounts, release=world.make_release())
        world.make_target(pair, slug=f"target-{number}", amount=Decimal(amount) * 10**6)
        pressed = world.make_release()
        for compiler, amount_of in (("press", 900), ("paper", 100)):
            world.make_figure(pair, "", 2025, pressed, compiler=compiler, turnover=Decimal(amount_of) * 10**6)
    world.refresh()


def test_the_filter_finds_exactly_the_targets_on_which_the_sides_differ():
    disagreeing()
    found = {row.target.slug for row in queries.target_list(TargetFilter(disagree=True)).rows}
    (rows,) = target_rows(verdicts())
    assert found == {row.target.slug for row in rows if progress.sides_differ(row.assessment)}
    assert found == {"target-1", "target-2"}
    press = Judgement.objects.get(target__slug="target-4", is_verdict=True)
    assert press.status is Status.DISPUTED, "compilers disagree there, and they are no sides"


@pytest.mark.parametrize("times", [1, 4])
def test_a_list_of_disagreements_is_four_queries(times, django_assert_num_queries):
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2019: 100, 2025: 600})
    world.make_years(pair, "XBO", {2019: 100, 2025: 300})
    for _ in range(times):
        world.make_target(pair)
    world.refresh()
    with django_assert_num_queries(4):
        assert queries.target_list(TargetFilter(disagree=True)).total == times
