"""Deadlines by year, and what changed lately: which kinds, in what order, of whom, in how many queries."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from targets import queries
from targets.actions import releases
from targets.models import Release, Target, VerdictChange
from targets.progress import Measure, Status
from targets.queries import changes as changes_module
from targets.queries import deadlines as deadlines_module
from targets.records import ChangeCause, ChangeKind, FigureRow, FigureStanding, ReleaseKind, Valuation
from tests import world

pytestmark = pytest.mark.django_db
LATER = world.NOON + timedelta(days=3)


@pytest.fixture
def targets():
    return world.make_world()


def due(**asked):
    return queries.deadlines_page(today=world.TODAY, **asked)


def test_years_to_come_are_nearest_first_and_past_ones_latest_first(targets):
    for year in (2026, 2027, 2025, 2010):
        world.make_target(slug=f"due-{year}", deadline_year=year)
    world.make_target(slug="undated", deadline_year=None)
    world.refresh()
    page = due()
    assert [one.year for one in page.coming] == [2026, 2027, 2030]
    assert [one.year for one in page.past] == [2025, 2022, 2010]
    assert (page.year, page.undated, page.most) == (2026, 1, 1)
    assert [row.target.slug for row in page.rows] == ["due-2026"]


def test_a_year_counts_how_its_targets_stand_without_replaced_versions_and_drafts(targets):
    page = due(year=2022)
    (kept,) = [one for one in page.past if one.year == 2022]
    assert kept.statuses == ((Status.MET, 1),)
    assert [row.target.slug for row in page.rows] == ["xbo-xca-1bn-usd-2022"]
    assert 2023 not in {one.year for one in (*page.past, *page.coming)}


@pytest.mark.parametrize("asked", [{"year": 2023}, {"year": 1900}, {"page": 2}, {"year": 2022, "page": 2}, {"page": 0}])
def test_there_is_no_year_without_targets_and_no_page_beyond_the_last(targets, asked):
    assert due(**asked) is None


def test_without_targets_the_page_is_empty():
    page = due()
    assert (page.year, page.rows, page.coming, page.past, page.pages) == (None, (), (), (), 1)


@pytest.mark.parametrize("times", [1, 8])
def test_deadlines_are_three_queries(times, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(deadlines_module, "ROWS_A_PAGE", 5)
    for number in range(times):
        world.make_target(slug=f"goal-{number}")
    world.refresh()
    with django_assert_num_queries(3):
        page = due(year=2030)
    assert (page.total, len(page.rows), page.pages) == (times, min(times, 5), -(-times // 5))


# What changed


def changes(*asked, **named):
    return queries.change_list(*asked, **named).rows


def row(year, turnover):
    return FigureRow(
        first="XAR", second="XBO", reporter="XAR", compiler="", year=year, from_month=1, through_month=12, fiscal="",
        measure=Measure.GOODS_TURNOVER, exports=None, imports=None, turnover=Decimal(turnover), currency="USD",
        valuation=Valuation.UNKNOWN, standing=FigureStanding.FINAL, approximate=False, note="", place="",
    )  # fmt: skip


def changed(target, before, after, cause=ChangeCause.NEW_YEAR, at=LATER):
    return VerdictChange.objects.create(target=target, from_status=before, to_status=after, cause=cause, changed_at=at)


def test_new_and_restated_targets_are_changes_and_drafts_are_not(targets):
    kinds = [(change.kind, change.target.slug) for change in changes()]
    assert sorted(kinds) == [
        (ChangeKind.RESTATED, "xar-xbo-500mn-usd-2023"),
        (ChangeKind.TARGET, "xar-xbo-500mn-usd-2023"),
        (ChangeKind.TARGET, "xar-xbo-500mn-usd-2030"),
        (ChangeKind.TARGET, "xbo-xca-1bn-usd-2022"),
    ]
    (restated,) = changes(ChangeKind.RESTATED)
    assert (restated.successor.slug, restated.relation) == ("xar-xbo-500mn-usd-2030", "postponed")


def test_a_restatement_happens_when_the_later_version_is_published(targets):
    Target.objects.filter(pk=targets["going"].pk).update(published_at=LATER)
    assert [(one.kind, one.at) for one in changes()][:2] == [(ChangeKind.TARGET, LATER), (ChangeKind.RESTATED, LATER)]
    Target.objects.filter(pk=targets["going"].pk).update(state="draft", published_at=None, published_by=None)
    assert changes(ChangeKind.RESTATED) == ()


def test_a_verdict_that_became_another_is_told_with_its_cause(targets):
    changed(targets["going"], Status.TOO_SLOW, Status.FAR_TOO_SLOW)
    (change,) = changes(ChangeKind.VERDICT)
    assert (change.before, change.after, change.cause) == (Status.TOO_SLOW, Status.FAR_TOO_SLOW, ChangeCause.NEW_YEAR)
    assert change.on == LATER.date()


def test_verdicts_before_publication_on_drafts_and_first_ones_are_no_changes(targets):
    changed(targets["going"], Status.TOO_EARLY, Status.TOO_SLOW, at=world.NOON - timedelta(days=9))
    changed(targets["draft"], Status.TOO_EARLY, Status.TOO_SLOW)
    changed(targets["kept"], "", Status.MET, cause=ChangeCause.FIRST)
    assert changes(ChangeKind.VERDICT) == ()


def test_figures_that_say_something_else_are_a_change_and_new_ones_are_not(targets):
    analyst, source = world.make_user(), world.make_office("XAR")
    releases.record_release(by=analyst, source=source, rows=[row(2016, 80)], kind=ReleaseKind.ENTRY)
    assert changes(ChangeKind.FIGURES) == ()
    releases.record_release(by=analyst, source=source, rows=[row(2016, 81), row(2015, 7)], kind=ReleaseKind.IMPORT)
    (change,) = changes(ChangeKind.FIGURES)
    assert (change.publisher, change.pair.slug, change.figures) == (source.publisher, "xar-xbo", 1)
    assert (change.others, change.withdrawn, change.ours) == (False, False, False)
    assert change.pair.name("ru") == "Арландия – Боровия"
    releases.record_release(
        by=analyst, source=source, rows=[row(2016, 82)], kind=ReleaseKind.CORRECTION, reason="misread"
    )
    assert changes(ChangeKind.FIGURES)[0].ours


def test_a_withdrawal_is_a_change_at_its_own_moment(targets):
    releases.withdraw_release(by=world.make_user("edo", "editor"), release=Release.objects.earliest("pk"), reason="bad")
    (change,) = changes(ChangeKind.FIGURES)
    assert change.withdrawn
    assert change.at > world.NOON - timedelta(days=1)


def test_changes_are_narrowed_to_an_economy(targets):
    changed(targets["going"], Status.TOO_SLOW, Status.FAR_TOO_SLOW)
    changed(targets["kept"], Status.MET, Status.MET_THEN_LOST)
    world.make_release(world.make_office("XAR"), kind=ReleaseKind.REVISION).figures.set([])
    release = world.make_release(world.make_office("XCA"), kind=ReleaseKind.REVISION)
    world.make_figure(world.make_pair("XBO", "XCA"), "XCA", 2011, release)
    of_isles = queries.change_list(None, "XCA").rows
    assert {change.kind for change in of_isles} == {ChangeKind.VERDICT, ChangeKind.TARGET, ChangeKind.FIGURES}
    assert all((change.pair or change.target.pair).slug == "xbo-xca" for change in of_isles)


def test_a_release_of_many_pairs_is_named_by_one_of_the_economy_asked_for(targets):
    release = world.make_release(world.make_office("XBO"), kind=ReleaseKind.REVISION)
    for first, second in (("XAR", "XBO"), ("XBO", "XCA")):
        world.make_figure(world.make_pair(first, second), "XBO", 2011, release)
    assert {queries.change_list(ChangeKind.FIGURES, code).rows[0].pair.slug for code in ("XAR", "XCA")} == {
        "xar-xbo",
        "xbo-xca",
    }


def test_pages_follow_each_other_without_gap_or_repetition(targets, monkeypatch):
    monkeypatch.setattr(changes_module, "ROWS_A_PAGE", 2)
    for number in range(3):
        changed(targets["kept"], Status.MET, Status.MISSED, at=LATER + timedelta(hours=number))
    pages = [queries.change_list(page=page) for page in (1, 2, 3, 4)]
    assert [page.older for page in pages] == [True, True, True, False]
    moments = [change.at for page in pages for change in page.rows]
    assert len(moments) == 7
    assert moments == sorted(moments, reverse=True)
    assert queries.change_list(page=5) is None
    assert queries.change_list(page=10**12) is None
    assert queries.change_list(page=0) is None


@pytest.mark.parametrize("times", [1, 6])
def test_changes_are_three_queries(times, django_assert_num_queries):
    for number in range(times):
        target = world.make_target(slug=f"goal-{number}", published_at=datetime(2026, 1, 1, tzinfo=UTC))
        changed(target, Status.TOO_SLOW, Status.FAR_TOO_SLOW)
        world.make_figure(year=2000 + number, release=world.make_release(kind=ReleaseKind.REVISION))
    with django_assert_num_queries(3):
        assert len(queries.change_list().rows) == 3 * times
    assert date(2026, 1, 1) in {change.on for change in changes(ChangeKind.TARGET)}
