"""Home, pairs, economies and the version of the data."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from targets import queries
from targets.models import AuditEvent
from targets.progress import Measure, Status
from targets.queries import home, journal
from targets.records import FigureStanding
from tests import world

pytestmark = pytest.mark.django_db


def slugs(rows):
    return [row.target.slug for row in rows]


# Home


def test_home_counts_what_readers_can_see():
    world.make_world()
    page = queries.home_page(today=world.TODAY)
    assert (page.targets, page.pairs, page.economies) == (3, 2, 3)
    assert page.figures == len([figure for figure in queries.current_figures(None) if figure.full_year]) == 22
    assert page.through == world.NOON
    assert page.statuses == ((Status.MET, 1), (Status.FAR_TOO_SLOW, 1))


def test_home_counts_the_figures_that_targets_are_held_against():
    pair = world.make_target().pair
    world.make_years(pair, "XAR", {2024: 10, 2025: 11, 2026: 12})
    world.make_years(pair, "XBO", {2025: 10}, fiscal="XBO")
    world.make_figure(pair, "XAR", 2024)
    world.make_figure(pair, "XAR", 2025, through_month=9)
    world.make_figure(pair, "", 2024)
    world.make_figure(pair, "XAR", None)
    world.make_figure(world.make_target(world.make_pair("XAR", "XCA"), published=False).pair, "XAR", 2024)
    world.make_figure(world.make_pair("XAR", "XDO"), "XAR", 2024)
    world.refresh()
    assert queries.home_page(today=world.TODAY).figures == 3


def test_home_shows_open_targets_that_figures_speak_of_by_deadline_and_decided_ones_newest_first():
    targets = world.make_world()
    soon = world.make_target(world.make_pair("XAR", "XCA"), deadline_year=2027)
    missed = world.make_target(targets["kept"].pair, deadline_year=2021, amount=Decimal(5_000_000_000))
    world.make_target(world.make_pair("XAR", "XCA"), deadline_year=None)
    world.make_years(world.make_pair("XAR", "XCA"), "XAR", {2019: 50, 2025: 60})
    world.make_target(world.make_pair("XAR", "XDO"), deadline_year=2026)
    world.refresh()
    page = queries.home_page(today=world.TODAY)
    assert slugs(page.due_next) == [soon.slug, targets["going"].slug]
    assert slugs(page.decided) == [targets["kept"].slug, missed.slug]


def test_home_lists_no_replaced_version_and_no_draft():
    targets = world.make_world()
    page = queries.home_page(today=world.TODAY)
    shown = {*slugs(page.due_next), *slugs(page.decided)}
    assert shown == {targets["going"].slug, targets["kept"].slug}


def test_home_lists_are_short():
    for number in range(2 * home.ROWS):
        world.make_target(deadline_year=2030 + number)
    world.make_years(world.make_pair(), "XAR", {2019: 50, 2025: 60})
    world.refresh()
    assert len(queries.home_page(today=world.TODAY).due_next) == home.ROWS


def test_home_of_an_empty_database_says_nothing():
    page = queries.home_page(today=world.TODAY)
    assert (page.targets, page.pairs, page.economies, page.figures, page.through) == (0, 0, 0, 0, None)
    assert (page.statuses, page.due_next, page.decided) == ((), (), ())


def test_figures_of_a_withdrawn_release_are_neither_counted_nor_dated():
    world.make_target()
    world.make_figure(release=world.make_release(recorded_at=world.NOON - timedelta(days=1)))
    slip = world.make_release(withdrawn_at=world.NOON, withdrawn_by=world.make_user())
    world.make_figure(year=2025, release=slip)
    world.refresh()
    page = queries.home_page(today=world.TODAY)
    assert (page.figures, page.through) == (1, world.NOON - timedelta(days=1))


@pytest.mark.parametrize("times", [1, 10])
def test_home_is_four_queries(times, django_assert_num_queries):
    for number in range(times):
        pair = world.make_pair(*(("XAR", "XBO"), ("XBO", "XCA"))[number % 2])
        world.make_target(pair)
        world.make_target(pair, deadline_year=2024)
        world.make_years(pair, "XBO", {2018: 50 + number, 2019: 70, 2023: 480, 2024: 505})
    world.refresh()
    with django_assert_num_queries(4):
        page = queries.home_page(today=world.TODAY)
    assert page.decided


# Pair


def test_a_pair_shows_all_its_targets_oldest_first_and_its_figures():
    targets = world.make_world()
    page = queries.pair_page("xar-xbo", today=world.TODAY)
    assert (page.pair.slug, page.pair.first.code) == ("xar-xbo", "XAR")
    assert slugs(page.targets) == [targets["earlier"].slug, targets["going"].slug]
    assert [row.assessment.verdict.status for row in page.targets] == [Status.MISSED, Status.FAR_TOO_SLOW]
    assert page.figures == queries.current_figures(["xar-xbo"])
    assert [figure.year for figure in page.partial_periods] == [2026]


def test_tables_show_the_newest_year_first_and_within_it_the_sides_and_the_better_source():
    pair = world.make_pair()
    press = world.make_release(world.make_source("press"))
    for year in (2023, 2024):
        world.make_figure(pair, "XBO", year)
        world.make_figure(pair, "XAR", year, release=press, standing=FigureStanding.PRESS)
        world.make_figure(pair, "XAR", year)
    world.make_figure(pair, "XAR", None)
    world.make_figure(pair, "XAR", 2026, through_month=6)
    world.make_figure(pair, "XAR", 2026, through_month=9)
    page = queries.pair_page(pair.slug, today=world.TODAY)
    shown = [(figure.year, figure.reporter, figure.standing.value) for figure in page.full_years]
    of_a_year = [("XAR", "final"), ("XAR", "press"), ("XBO", "final")]
    assert shown == [(year, *said) for year in (2024, 2023) for said in of_a_year]
    parts = [(figure.year, figure.through_month) for figure in page.partial_periods]
    assert parts == [(2026, 9), (2026, 6), (None, None)]


def test_targets_of_a_pair_that_nobody_can_date_come_last():
    pair = world.make_pair()
    world.make_target(pair, slug="undated", first_stated_on=None)
    world.make_target(pair, slug="late", first_stated_on=date(2024, 5, 1))
    world.make_target(pair, slug="early", first_stated_on=date(2019, 5, 1))
    page = queries.pair_page(pair.slug, today=world.TODAY)
    assert [row.target.slug for row in page.targets] == ["early", "late", "undated"]


def test_a_pair_shows_what_the_pages_of_its_targets_show():
    world.make_world()
    for row in queries.pair_page("xar-xbo", today=world.TODAY).targets:
        assert row.assessment == queries.target_page(row.target.slug, today=world.TODAY).assessment


def test_a_pair_of_drafts_alone_has_no_page():
    world.make_target(published=False)
    assert queries.pair_page("xar-xbo", today=world.TODAY) is None
    assert queries.pair_page("xbo-xar", today=world.TODAY) is None
    world.make_figure()
    assert queries.pair_page("xar-xbo", today=world.TODAY).targets == ()


def test_a_pair_as_of_a_day_knows_what_was_recorded_by_then():
    moment = datetime(2026, 5, 1, 8, tzinfo=UTC)
    pair = world.make_pair()
    world.make_target(pair, published_at=moment)
    world.make_figure(pair, release=world.make_release(recorded_at=moment + timedelta(days=1)))
    page = queries.pair_page(pair.slug, today=world.TODAY, as_of=date(2026, 5, 1))
    assert (len(page.targets), page.figures, page.as_of) == (1, (), date(2026, 5, 1))
    assert queries.pair_page(pair.slug, today=world.TODAY, as_of=date(2026, 4, 30)) is None


@pytest.mark.parametrize("times", [1, 10])
def test_a_pair_is_four_queries(times, django_assert_num_queries):
    pair = world.make_pair()
    for number in range(times):
        world.make_target(pair)
        world.make_figure(pair, year=2000 + number, currency="EUR")
    with django_assert_num_queries(4):
        assert len(queries.pair_page(pair.slug, today=world.TODAY).targets) == times


# Economies


def test_economies_come_by_name_in_the_language():
    world.make_target(world.make_pair("XCA", "XDO"))
    world.make_target(world.make_pair("XAR", "XBO"))
    world.refresh()
    assert [economy.code for economy in queries.economies("en")] == ["XAR", "XBO", "XCA", "XDO"]
    assert [economy.name_ru for economy in queries.economies("ru")] == ["Арландия", "Боровия", "Дория", "Калдеры"]


def test_only_economies_that_published_targets_name_are_offered_and_the_one_asked_for(django_assert_num_queries):
    world.make_target(world.make_pair("XAR", "XBO"))
    world.make_target(world.make_pair("XBO", "XCA"), published=False)
    world.make_economy("XDO")
    world.refresh()
    with django_assert_num_queries(1):
        assert [economy.code for economy in queries.economies("en")] == ["XAR", "XBO"]
    assert [economy.code for economy in queries.economies("en", "XDO")] == ["XAR", "XBO", "XDO"]
    assert [economy.code for economy in queries.economies("en", "NONE")] == ["XAR", "XBO"]


def test_economies_with_targets_are_listed_with_how_these_stand():
    world.make_world()
    world.make_economy("XDO")
    rows = queries.economy_rows("en")
    assert [(row.economy.code, row.targets, row.statuses) for row in rows] == [
        ("XAR", 1, ((Status.FAR_TOO_SLOW, 1),)),
        ("XBO", 2, ((Status.MET, 1), (Status.FAR_TOO_SLOW, 1))),
        ("XCA", 1, ((Status.MET, 1),)),
    ]


def test_an_economy_of_drafts_alone_is_not_listed():
    world.make_target(published=False)
    world.refresh()
    assert queries.economy_rows("en") == ()


def test_an_economy_shows_its_targets_newest_first_without_replaced_versions():
    targets = world.make_world()
    page = queries.economy_page("XBO", "en", today=world.TODAY)
    assert slugs(page.targets) == [targets["going"].slug, targets["kept"].slug]
    assert page.replaced == 1
    assert page.statuses == ((Status.MET, 1), (Status.FAR_TOO_SLOW, 1))


def test_an_economy_knows_its_blocs_and_a_bloc_its_members_by_name():
    world.make_economy("XUNION", members=("XDO", "XCA"))
    assert [bloc.code for bloc in queries.economy_page("XCA", "en", today=world.TODAY).blocs] == ["XUNION"]
    assert [member.code for member in queries.economy_page("XUNION", "en", today=world.TODAY).members] == ["XCA", "XDO"]
    assert [member.code for member in queries.economy_page("XUNION", "ru", today=world.TODAY).members] == ["XDO", "XCA"]
    assert queries.economy_page("NONE", "en", today=world.TODAY) is None


def test_partners_come_largest_first_with_the_newest_full_year_of_each_reporter():
    small, large = world.make_pair("XAR", "XBO"), world.make_pair("XBO", "XCA")
    world.make_years(small, "XAR", {2022: 10, 2023: 20})
    world.make_years(small, "XBO", {2021: 15})
    world.make_figure(small, "XAR", 2024, through_month=9)
    world.make_figure(small, "XAR", 2025, measure=Measure.NON_OIL_TURNOVER)
    world.make_years(large, "XCA", {2019: 900})
    (first, its), (second, theirs) = queries.economy_page("XBO", "en", today=world.TODAY).latest
    assert (first.slug, [(figure.by, figure.year) for figure in its]) == ("xbo-xca", [("XCA", 2019)])
    assert (second.slug, [(figure.by, figure.year) for figure in theirs]) == ("xar-xbo", [("XAR", 2023), ("XBO", 2021)])


def test_of_several_figures_for_the_newest_year_the_better_source_stands():
    pair = world.make_pair()
    press = world.make_release(world.make_source("paper"))
    world.make_figure(pair, "XAR", 2024, press, turnover=Decimal(7))
    world.make_figure(pair, "XAR", 2024, turnover=Decimal(5))
    ((_, (figure,)),) = queries.economy_page("XAR", "en", today=world.TODAY).latest
    assert figure.turnover == 5


def test_a_withdrawn_year_does_not_hide_the_year_before():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2022: 10})
    slip = world.make_release(world.make_office(), withdrawn_at=world.NOON, withdrawn_by=world.make_user())
    world.make_years(pair, "XAR", {2024: 10}, release=slip)
    ((_, (figure,)),) = queries.economy_page("XAR", "en", today=world.TODAY).latest
    assert figure.year == 2022


def latest(code="XAR"):
    return [
        (figure.by, figure.year, figure.fiscal)
        for _pair, figures in queries.economy_page(code, "en", today=world.TODAY).latest
        for figure in figures
    ]


def test_a_reporter_of_fiscal_years_is_among_the_latest():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2020: 10, 2024: 12}, fiscal="XAR")
    world.make_years(pair, "XBO", {2023: 15})
    assert latest() == [("XAR", 2024, "XAR"), ("XBO", 2023, "")]


def test_of_a_calendar_and_a_fiscal_year_the_one_that_ended_last_is_the_newest():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2024: 12}, fiscal="XAR")
    world.make_years(pair, "XAR", {2024: 11})
    assert latest() == [("XAR", 2024, "XAR")]
    world.make_years(pair, "XAR", {2025: 13})
    assert latest() == [("XAR", 2025, "")]


def test_a_year_of_which_one_flow_is_known_does_not_hide_the_last_turnover():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2023: 10})
    world.make_figure(pair, "XAR", 2024, exports=Decimal(4), imports=Decimal(5))
    world.make_figure(pair, "XAR", 2025, exports=Decimal(4))
    assert latest() == [("XAR", 2024, "")]


def test_a_turnover_that_was_taken_back_does_not_stand_again():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2023: 10, 2024: 12})
    later = world.make_release(world.make_office(), recorded_at=world.NOON + timedelta(hours=1))
    world.make_figure(pair, "XAR", 2024, later, exports=Decimal(4))
    assert latest() == [("XAR", 2023, "")]


def test_a_year_that_is_not_over_is_not_the_latest():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2025: 10, 2026: 12})
    world.make_years(pair, "XBO", {2024: 10, 2025: 11, 2026: 12}, fiscal="XBO")
    assert latest() == [("XAR", 2025, ""), ("XBO", 2025, "XBO")]


@pytest.mark.parametrize("times", [1, 10])
def test_an_economy_is_eleven_queries_and_the_list_two(times, django_assert_num_queries):
    world.make_economy("XUNION", members=("XAR", "XBO"))
    for number in range(times):
        other = world.make_economy(f"X{number}")
        pair = world.make_pair("XAR", other.code)
        world.make_target(pair)
        world.make_years(pair, "XAR", {2010 + number: 10 + number})
    world.refresh()
    with django_assert_num_queries(11):
        page = queries.economy_page("XAR", "en", today=world.TODAY)
    assert len(page.targets) == len(page.latest) == times
    with django_assert_num_queries(2):
        assert len(queries.economy_rows("en")) == times + 1


# The version of the data


def note():
    return AuditEvent.objects.create(by=world.make_user(), verb="record", object_kind="release", object_key="1")


def test_an_empty_journal_is_version_zero():
    assert queries.data_version() == 0


def test_the_version_is_the_newest_entry_and_read_at_most_once_a_second(monkeypatch, django_assert_num_queries):
    now = 1000.0
    monkeypatch.setattr(journal, "monotonic", lambda: now)
    first = note()
    with django_assert_num_queries(1):
        assert {queries.data_version() for _ in range(5)} == {first.pk}
    second = note()
    now += 0.9
    assert queries.data_version() == first.pk
    now += 0.1
    with django_assert_num_queries(1):
        assert queries.data_version() == second.pk


def test_who_wrote_sees_the_new_version_at_once():
    queries.data_version()
    event = note()
    queries.forget_data_version()
    assert queries.data_version() == event.pk


def test_an_entry_that_is_committed_behind_a_newer_one_changes_the_mark_and_not_the_version():
    newer = note()
    version, mark = queries.data_version(), queries.data_mark()
    AuditEvent.objects.create(
        pk=newer.pk - 1, by=newer.by, verb="record", object_kind="release", object_key="2", at=newer.at
    )
    queries.forget_data_version()
    assert queries.data_version() == version == newer.pk
    assert queries.data_mark() != mark


def test_version_and_mark_are_one_query_however_long_the_journal_is(django_assert_num_queries):
    by = world.make_user()
    AuditEvent.objects.bulk_create([AuditEvent(by=by, verb="record") for _ in range(journal._NEWEST + 1)])
    with django_assert_num_queries(1) as asked:
        queries.data_mark()
        queries.data_version()
    assert f"LIMIT {journal._NEWEST}" in asked.captured_queries[0]["sql"]


def test_very_many_economies_come_in_pages_with_those_that_move_goals_most_first(monkeypatch):
    world.make_world()
    monkeypatch.setattr("targets.records.pages.ECONOMIES_A_PAGE", 2)
    whole = [*queries.economy_rows("en", 1), *queries.economy_rows("en", 2)]
    assert [row.economy.code for row in whole] == ["XAR", "XBO", "XCA"]
    first, second = (queries.economy_rows("en", page) for page in (1, 2))
    assert (first.page, first.pages, second.page, second.pages) == (1, 2, 2, 2)
    assert first.kinds == second.kinds
    assert [*first.moved, *second.moved] == sorted(
        (row for row in whole if row.moves), key=lambda row: -sum(number for _, number in row.moves)
    )
    assert queries.economy_rows("en", 3) is None
