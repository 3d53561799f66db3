"""Which figures stand: the newest release of each, without those withdrawn, today and as of a past day."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter

import pytest

from targets import queries
from targets.models import Release, TurnoverFigure
from targets.progress import Measure
from targets.queries.judging import judged_voices, voices
from targets.records import FigureStanding, SourceKind
from tests import world

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 5, 2, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def released(on=world.NOON, source=None, **fields):
    return world.make_release(source or world.make_office("XAR"), recorded_at=on, **fields)


def withdraw(release, at):
    release.withdrawn_at, release.withdrawn_by = at, world.make_user()
    release.save()


def amounts(pair, **asked):
    return [figure.turnover for figure in queries.current_figures([pair.slug], **asked)]


def test_the_figure_recorded_last_replaces_the_one_before():
    pair = world.make_pair()
    world.make_figure(pair, turnover=Decimal(1), release=released(MIDNIGHT))
    world.make_figure(pair, turnover=Decimal(2), release=released(MIDNIGHT + A_MOMENT))
    assert amounts(pair) == [2]


def test_an_older_vintage_recorded_later_replaces_too():
    pair = world.make_pair()
    world.make_figure(pair, turnover=Decimal(1), release=released(MIDNIGHT, vintage=date(2026, 3, 1)))
    world.make_figure(pair, turnover=Decimal(2), release=released(MIDNIGHT + A_MOMENT, vintage=date(2025, 3, 1)))
    assert amounts(pair) == [2]


def test_of_two_releases_of_one_moment_the_later_one_stands():
    pair = world.make_pair()
    for amount in (1, 2, 3):
        world.make_figure(pair, turnover=Decimal(amount), release=released(MIDNIGHT))
    assert amounts(pair) == [3]


def test_a_newer_release_without_a_year_leaves_the_older_one_standing():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2022: 10, 2023: 20}, release=released(MIDNIGHT))
    world.make_years(pair, "XAR", {2023: 21, 2024: 30}, release=released(MIDNIGHT + A_MOMENT))
    assert amounts(pair) == [10_000_000, 21_000_000, 30_000_000]


def test_a_withdrawn_release_gives_way_to_the_one_before():
    pair = world.make_pair()
    world.make_figure(pair, turnover=Decimal(1), release=released(MIDNIGHT))
    slip = released(MIDNIGHT + A_MOMENT)
    world.make_figure(pair, turnover=Decimal(2), release=slip)
    withdraw(slip, world.NOON)
    assert amounts(pair) == [1]


def test_a_level_without_a_period_replaces_a_level_without_a_period():
    pair = world.make_pair()
    for amount in (1, 2):
        moment = MIDNIGHT + amount * A_MOMENT
        world.make_figure(pair, year=None, turnover=Decimal(amount), release=released(moment))
    assert amounts(pair) == [2]


@pytest.mark.parametrize(
    "other",
    [
        {"reporter": "XBO"},
        {"year": 2023},
        {"through_month": 9},
        {"from_month": 2},
        {"from_month": None, "through_month": None},
        {"fiscal": "XAR"},
        {"measure": Measure.NON_OIL_TURNOVER},
        {"currency": "EUR"},
        {"reporter": "", "compiler": "press"},
    ],
    ids=str,
)
def test_figures_of_different_things_stand_side_by_side(other):
    pair = world.make_pair()
    source = world.make_office("XAR")
    world.make_figure(pair, release=released(source=source))
    world.make_figure(pair, release=released(source=source), **other)
    assert len(amounts(pair)) == 2


def test_figures_of_two_compilers_and_of_two_sources_stand_side_by_side():
    pair = world.make_pair()
    press = world.make_source("press")
    world.make_figure(pair, "", compiler="one paper", release=released(source=press))
    world.make_figure(pair, "", compiler="another paper", release=released(source=press))
    world.make_figure(pair, "", compiler="one paper", release=released(source=world.make_source("agency")))
    assert len(amounts(pair)) == 3


def test_a_past_day_knows_what_was_recorded_by_its_end_in_utc():
    pair = world.make_pair()
    world.make_figure(pair, turnover=Decimal(1), release=released(MIDNIGHT - A_MOMENT))
    world.make_figure(pair, turnover=Decimal(2), release=released(MIDNIGHT))
    assert amounts(pair, as_of=date(2026, 4, 30)) == []
    assert amounts(pair, as_of=date(2026, 5, 1)) == [1]
    assert amounts(pair, as_of=date(2026, 5, 2)) == [2]
    assert amounts(pair) == [2]


def test_a_past_day_does_not_know_of_a_later_withdrawal():
    pair = world.make_pair()
    world.make_figure(pair, turnover=Decimal(1), release=released(MIDNIGHT - timedelta(days=9)))
    slip = released(MIDNIGHT - timedelta(days=3))
    world.make_figure(pair, turnover=Decimal(2), release=slip)
    withdraw(slip, MIDNIGHT)
    assert amounts(pair, as_of=date(2026, 5, 1)) == [2]
    assert amounts(pair, as_of=date(2026, 5, 2)) == [1]


def test_a_record_says_who_reports_of_whom_from_which_source():
    pair = world.make_pair("XAR", "XBO")
    figure = world.make_figure(pair, "XBO", exports=Decimal(30), imports=Decimal(12), approximate=True, note="rounded")
    (found,) = queries.current_figures([pair.slug])
    assert (found.id, found.pair, found.reporter, found.partner, found.compiler) == (
        figure.pk,
        "xar-xbo",
        "XBO",
        "XAR",
        "",
    )
    assert (found.exports, found.imports, found.stated_turnover, found.turnover) == (30, 12, None, 42)
    assert (found.measure, found.standing) == (Measure.GOODS_TURNOVER, FigureStanding.FINAL)
    assert (found.approximate, found.note, found.full_year) == (True, "rounded", True)
    assert (found.source.kind, found.source.publisher) == (SourceKind.NATIONAL_OFFICE, "Statistics of Borovia")
    assert found.recorded_at == world.NOON


def test_figures_come_by_pair_oldest_year_first_and_whole_years_before_parts():
    first, second = world.make_pair("XAR", "XBO"), world.make_pair("XBO", "XCA")
    world.make_figure(second, "XBO", 2020)
    world.make_figure(first, "XAR", None)
    world.make_figure(first, "XAR", 2024, through_month=9)
    world.make_figure(first, "XBO", 2024)
    world.make_figure(first, "XAR", 2024)
    world.make_figure(first, "XAR", 2019)
    found = queries.current_figures(None)
    assert [(figure.pair, figure.year, figure.through_month, figure.by) for figure in found] == [
        ("xar-xbo", 2019, 12, "XAR"),
        ("xar-xbo", 2024, 12, "XAR"),
        ("xar-xbo", 2024, 12, "XBO"),
        ("xar-xbo", 2024, 9, "XAR"),
        ("xar-xbo", None, None, "XAR"),
        ("xbo-xca", 2020, 12, "XBO"),
    ]


def test_only_the_pairs_asked_for_are_read_and_none_without_a_query(django_assert_num_queries):
    first, second = world.make_pair("XAR", "XBO"), world.make_pair("XBO", "XCA")
    world.make_figure(first)
    world.make_figure(second, "XBO")
    assert {figure.pair for figure in queries.current_figures([second.slug])} == {"xbo-xca"}
    with django_assert_num_queries(0):
        assert queries.current_figures([]) == ()


@pytest.mark.parametrize("years", [3, 30])
def test_current_figures_are_one_query(years, django_assert_num_queries):
    pair = world.make_pair()
    for reporter in ("XAR", "XBO"):
        world.make_years(pair, reporter, dict.fromkeys(range(1990, 1990 + years), 5))
    with django_assert_num_queries(1):
        assert len(queries.current_figures([pair.slug])) == 2 * years


def test_a_second_plain_way_to_find_what_stands_finds_the_same():
    """Forty releases at random, some withdrawn: read release by release, each figure overwriting its forerunner."""
    chance = random.Random(20261122)  # noqa: S311
    pair = world.make_pair()
    sources = [world.make_office("XAR"), world.make_source("agency")]
    for _ in range(40):
        release = released(MIDNIGHT + timedelta(hours=chance.randrange(240)), source=chance.choice(sources))
        if chance.random() < 0.3:
            withdraw(release, release.recorded_at + timedelta(hours=chance.randrange(1, 120)))
        for year in chance.sample([2021, 2022, 2023, None], 2):
            world.make_figure(
                pair, chance.choice(["XAR", "XBO"]), year, release, turnover=Decimal(chance.randrange(99))
            )
    for day in [None, *(date(2026, 5, 1) + timedelta(days=days) for days in range(14))]:
        end = day and datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
        standing: dict[tuple, int] = {}
        for release in sorted(Release.objects.all(), key=lambda release: (release.recorded_at, release.pk)):
            known = end is None or release.recorded_at < end
            gone = release.withdrawn_at is not None and (end is None or release.withdrawn_at < end)
            for figure in TurnoverFigure.objects.filter(release=release) if known and not gone else ():
                standing[release.source_id, figure.reporter_id, figure.year] = figure.pk
        assert {figure.id for figure in queries.current_figures([pair.slug], as_of=day)} == set(standing.values())


def test_judging_looks_at_the_very_figures_that_pages_show(django_assert_num_queries):
    """The short way to the database and the one by records: amounts, ranks, days and who speaks."""
    one, other = world.make_pair(), world.make_pair("XBO", "XCA")
    for pair in (one, other):
        amounts = {"exports": Decimal("9999999999999.99"), "imports": Decimal("0.01"), "turnover": None}
        words = world.make_release(world.make_source("words", kind=SourceKind.WORDS), vintage=date(2026, 3, 1))
        for number, standing in enumerate(FigureStanding):
            world.make_figure(pair, "XBO", 2000 + number, released(), standing=standing, **amounts)
            world.make_figure(pair, "", 2000 + number, words, standing=standing, approximate=True)
        world.make_figure(pair, "XBO", None, released(), from_month=None, through_month=None)
        world.make_figure(pair, "XBO", 2024, released(), fiscal="XBO", currency="EUR", measure=Measure.NON_OIL_TURNOVER)
        withdraw(gone := released(MIDNIGHT), MIDNIGHT + A_MOMENT)
        world.make_figure(pair, "XBO", 2000, gone)
    with django_assert_num_queries(1):
        found = judged_voices([one.pk, other.pk])
    for pair in (one, other):
        shown = voices(queries.current_figures([pair.slug]))
        assert len(shown[True, "XBO"]) == len(FigureStanding) + 2
        key = attrgetter("key")
        assert {who: sorted(said, key=key) for who, said in found[pair.pk].items()} == {
            who: sorted(said, key=key) for who, said in shown.items()
        }


def test_rates_are_read_only_where_a_currency_must_be_converted(django_assert_num_queries):
    pair = world.make_pair()
    world.make_rate("EUR", 2024, "1.08")
    world.make_rate("NZD", 2024, "0.61")
    world.make_figure(pair, currency="EUR")
    figures = queries.current_figures([pair.slug])
    with django_assert_num_queries(1):
        assert [rate.currency for rate in queries.exchange_rates(figures, ["USD", ""])] == ["EUR"]
    with django_assert_num_queries(1):
        assert [rate.currency for rate in queries.exchange_rates((), ["NZD"])] == ["NZD"]
    with django_assert_num_queries(0):
        assert queries.exchange_rates((), ["USD", ""]) == ()
