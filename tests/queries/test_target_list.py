"""The list of targets: what passes a filter, in what order, on which page, out of stored judgements."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from targets import queries
from targets.models import Judgement
from targets.progress import Measure, Status
from targets.queries import targets as module
from targets.records import Sort, Strength, TargetFilter
from tests import world

pytestmark = pytest.mark.django_db


def slugs(page=1, **asked):
    return [row.target.slug for row in queries.target_list(TargetFilter(**asked), page).rows]


def numbered(values, **fields):
    """A target for each name, all judged."""
    for name, fitting in values.items():
        world.make_target(slug=name, **fields, **fitting)
    world.refresh()


def test_stored_judgements_come_back_as_the_assessment_they_were_stored_from():
    world.make_world()
    rows = queries.target_list(TargetFilter(replaced=True)).rows
    assert len(rows) == 3
    for row in rows:
        live = queries.target_page(row.target.slug, today=world.TODAY)
        assert row.target == live.target
        assert row.assessment == live.assessment
        fresh = queries.assessed(live.target, live.series, world.TODAY)
        assert json.loads(json.dumps(fresh.rail)) == row.rail
        assert fresh.sparklines == row.sparklines
        assert [by for by, _line in row.sparklines] == [live.target.pair.first.code, live.target.pair.second.code]


def test_replaced_versions_and_drafts_are_left_out_unless_versions_are_asked_for():
    world.make_world()
    assert slugs() == ["xar-xbo-500mn-usd-2030", "xbo-xca-1bn-usd-2022"]
    assert set(slugs(replaced=True)) == {*slugs(), "xar-xbo-500mn-usd-2023"}


@pytest.mark.parametrize(
    ("asked", "total", "left_out"),
    [
        ({}, 2, 1),
        ({"replaced": True}, 3, 0),
        ({"economy": "XCA"}, 1, 0),
        ({"deadline_to": 2022}, 1, 0),
        ({"deadline_from": 2023, "deadline_to": 2023}, 0, 1),
        ({"q": "nowhere"}, 0, 0),
    ],
    ids=str,
)
def test_a_list_knows_how_many_replaced_versions_it_leaves_out(asked, total, left_out):
    world.make_world()
    found = queries.target_list(TargetFilter(**asked))
    assert (found.total, found.left_out) == (total, left_out)


def test_a_draft_with_a_stored_judgement_is_not_listed_and_not_found():
    targets = world.make_world()
    draft = targets["draft"]
    assert not any(draft.slug in slugs(q=words, replaced=True) for words in ("", "3bn", draft.slug))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"economy": "XAR"}, {"a", "b"}),
        ({"economy": "XCA"}, {"c"}),
        ({"economy": "XBO"}, {"a", "b", "c"}),
        ({"economy": "XDO"}, set()),
        ({"measure": (Measure.NON_OIL_TURNOVER,)}, {"b"}),
        ({"measure": (Measure.NON_OIL_TURNOVER, Measure.GOODS_TURNOVER)}, {"a", "b", "c"}),
        ({"strength": (Strength.ASPIRATION,)}, {"c"}),
        ({"deadline_from": 2030}, {"a"}),
        ({"deadline_to": 2029}, {"b"}),
        ({"deadline_from": 2025, "deadline_to": 2030}, {"a", "b"}),
        ({"status": (Status.NOT_ASSESSABLE,)}, {"a", "b", "c"}),
        ({"status": (Status.MET,)}, set()),
        ({"q": "arlandia", "deadline_to": 2029}, {"b"}),
    ],
    ids=str,
)
def test_each_filter_narrows_the_list(asked, found):
    first, second = world.make_pair("XAR", "XBO"), world.make_pair("XBO", "XCA")
    world.make_economy("XDO")
    world.make_target(first, slug="a")
    world.make_target(first, slug="b", measure=Measure.NON_OIL_TURNOVER, deadline_year=2025)
    world.make_target(second, slug="c", strength=Strength.ASPIRATION, deadline_year=None)
    world.refresh()
    assert set(slugs(**asked)) == found


@pytest.mark.parametrize(
    "words",
    ["арланд", "АРЛАНДИЯ", "арландия боровия", "Боровия  Арландия", "Borovia", "BOROVIA arl", "xar", "xar-xbo"],
)
def test_search_finds_names_in_both_alphabets_whatever_the_case(words):
    world.make_target(world.make_pair("XAR", "XBO"), slug="xar-xbo-1")
    world.refresh()
    assert slugs(q=words) == ["xar-xbo-1"]


def test_search_folds_accents_and_yo():
    world.make_target(slug="a", search_text=" turkiye лукашенок")
    world.refresh()
    assert slugs(q="TÜRKİYE") == slugs(q="Türkiye") == slugs(q="Лукашёнок") == slugs(q="ЛУКАШЕНОК") == ["a"]


@pytest.mark.parametrize("words", ["арландия калдеры", "%", "_", "\\", "'", '"', "x%z", "*", "рландия"])
def test_search_wants_every_word_from_its_beginning_and_finds_nothing_by_signs(words):
    world.make_target(world.make_pair("XAR", "XBO"), slug="xar-xbo-1")
    world.refresh()
    assert slugs(q=words) == []


AMOUNTS = {"none": None, "small": 1.0, "large": 3.0, "middle": 2.0}


@pytest.mark.parametrize(
    ("sort", "column"),
    [
        (Sort.AMOUNT, "amount_usd"),
        (Sort.SHARE, "share_of_way"),
        (Sort.NEEDED, "catch_up_growth"),
        (Sort.CHANCE, "chance"),
    ],
)
def test_targets_without_the_number_come_last_both_ways(sort, column):
    numbered({name: {} for name in AMOUNTS})
    for name, number in AMOUNTS.items():
        Judgement.objects.filter(target__slug=name, is_verdict=True).update(**{column: number})
    assert slugs(sort=sort, descending=False) == ["small", "middle", "large", "none"]
    assert slugs(sort=sort, descending=True) == ["large", "middle", "small", "none"]


def test_targets_without_a_deadline_or_a_day_come_last_both_ways():
    numbered(
        {
            "none": {"deadline_year": None, "first_stated_on": None},
            "early": {"deadline_year": 2027, "first_stated_on": date(2019, 5, 1)},
            "late": {"deadline_year": 2035, "first_stated_on": date(2024, 5, 1)},
        }
    )
    for sort in (Sort.DEADLINE, Sort.STATED):
        assert slugs(sort=sort, descending=False) == ["early", "late", "none"]
        assert slugs(sort=sort, descending=True) == ["late", "early", "none"]


def test_equals_come_by_slug():
    numbered({name: {} for name in ("b", "c", "a")})
    assert slugs(sort=Sort.DEADLINE, descending=True) == slugs(sort=Sort.AMOUNT, descending=False) == ["a", "b", "c"]


def test_pages_follow_each_other_without_gap_or_repetition(monkeypatch):
    monkeypatch.setattr(module, "ROWS_A_PAGE", 3)
    numbered({f"target-{number}": {} for number in range(7)})
    pages = [queries.target_list(TargetFilter(), page) for page in (1, 2, 3)]
    assert [row.target.slug for page in pages for row in page.rows] == [f"target-{number}" for number in range(7)]
    assert [(page.total, page.page, page.pages) for page in pages] == [(7, 1, 3), (7, 2, 3), (7, 3, 3)]


@pytest.mark.parametrize("page", [2, 3, 10**6, 10**6 + 1, 10**9, 10**30, 0, -1])
def test_there_is_no_page_beyond_the_last_or_before_the_first(page):
    numbered({"only": {}})
    assert queries.target_list(TargetFilter(), page) is None


def test_a_list_of_nothing_has_one_empty_page():
    found = queries.target_list(TargetFilter(q="nowhere"))
    assert (found.rows, found.total, found.page, found.pages) == ((), 0, 1, 1)


@pytest.mark.parametrize("times", [1, 10])
def test_a_list_is_four_queries_with_what_is_remembered_of_all_targets(times, django_assert_num_queries):
    for number in range(3 * times):
        world.make_target(slug=f"target-{number}")
    world.make_years(world.make_pair(), "XAR", {2019: 100, 2024: 133})
    world.refresh()
    asked = TargetFilter(q="arlandia", economy="XAR", deadline_from=2020, sort=Sort.NEEDED)
    with django_assert_num_queries(4):
        assert len(queries.target_list(asked).rows) == 3 * times


def test_the_orders_of_a_list_have_indexes_of_the_verdicts():
    with connection.cursor() as cursor:
        names = {
            name
            for name, about in connection.introspection.get_constraints(cursor, Judgement._meta.db_table).items()
            if about["index"]
        }
    assert {"verdict_status", "verdict_share", "verdict_needed", "verdict_amount", "verdict_chance"} <= names


def test_an_empty_list_says_how_many_pass_looser_filters(django_assert_num_queries):
    world.make_world()
    asked = TargetFilter(economy="XBO", status=(Status.MET,), deadline_from=2030)
    looser = [replace(asked, status=()), replace(asked, deadline_from=None), replace(asked, economy="XCA")]
    # Nothing but the lines of all targets is read; inside of a test's transaction once for each question.
    with django_assert_num_queries(4):
        found = queries.target_list(asked, looser=looser)
    assert (found.rows, found.total, found.left_out, found.looser) == ((), 0, 0, (1, 1, 0))


def test_a_list_that_is_not_empty_counts_nothing_else(django_assert_num_queries):
    world.make_world()
    with django_assert_num_queries(3):
        found = queries.target_list(TargetFilter(economy="XBO"), looser=[TargetFilter()])
    assert (found.total, found.looser) == (2, ())


def test_a_line_stored_before_both_sides_had_one_is_still_drawn():
    world.make_world()
    Judgement.objects.filter(is_verdict=True).update(sparkline="M0.0 5.0L10.0 0.0")
    (row, _other) = queries.target_list(TargetFilter()).rows
    assert row.sparklines == (("", "M0.0 5.0L10.0 0.0"),)
