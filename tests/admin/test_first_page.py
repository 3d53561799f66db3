"""The desk's first page: what waits for whom, what is late, what is near, what the last check found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from targets.actions import checking, editing, review
from targets.queries.desk import USUAL_DELAY, desk_page, overdue
from tests import world

EDITORS_QUERIES = 9


def released(pair, reporter, year, vintage, **fields):
    """One release with the full years from 2018 on."""
    release = world.make_release(world.make_office(reporter), vintage=vintage)
    world.make_years(pair, reporter, dict.fromkeys(range(2018, year + 1), 100), release=release, **fields)


def drafted(by, title):
    going = world.make_target(published=False)
    statement = world.make_statement(going, published=False)
    statement.pk, statement.speaker = None, title
    statement._state.adding = True
    editing.save(by=by, record=statement)
    return statement


def test_a_draft_stands_on_the_page_of_who_began_it_and_of_nobody_else(cast, desk, targets):
    drafted(cast["analyst"], "Begun by Ana")
    assert "Begun by Ana" in desk("analyst").get("/admin/").text
    assert "Begun by Ana" not in desk("editor").get("/admin/").text


def test_what_was_returned_comes_back_to_who_submitted_it_with_the_note(cast, desk, targets):
    statement = drafted(cast["analyst"], "Come back")
    review.submit(by=cast["analyst"], record=statement)
    waiting = desk("editor").get("/admin/").text
    assert "1 record waits for you" in waiting
    assert "waits for you" not in desk("analyst").get("/admin/").text
    review.return_(by=cast["editor"], record=statement, note="Name the day.")
    text = desk("analyst").get("/admin/").text
    assert "Come back" in text
    assert "Name the day." in text
    assert "waits for you" not in desk("editor").get("/admin/").text


class TestAFigureIsOverdue:
    @pytest.fixture
    def pair(self, db):
        pair = world.make_pair()
        world.make_target(pair)
        return pair

    def late(self, day):
        world.refresh()
        return [(one.reporter, one.newest, one.due_on, one.learnt) for one in overdue(day)]

    def test_after_eighteen_months_where_the_side_has_no_habit(self, pair):
        released(pair, "XAR", 2023, date(2024, 3, 1))
        due = date(2025, 1, 1) + USUAL_DELAY
        assert self.late(due) == []
        assert self.late(due.replace(day=due.day + 1)) == [("XAR", 2023, due, False)]

    def test_after_its_own_usual_delay_where_it_has_one(self, pair):
        for year in (2020, 2021, 2022, 2023, 2024):
            released(pair, "XAR", year, date(year + 1, 3, 2))
        assert self.late(date(2026, 3, 2)) == []
        assert self.late(date(2026, 3, 3)) == [("XAR", 2024, date(2026, 3, 2), True)]

    def test_no_more_once_the_year_is_there(self, pair):
        released(pair, "XAR", 2023, date(2024, 3, 1))
        released(pair, "XAR", 2025, date(2026, 3, 1))
        assert self.late(world.TODAY) == []

    def test_not_where_every_target_of_the_pair_is_over(self, pair):
        pair.targets.update(deadline_year=2020)
        released(pair, "XAR", 2018, date(2019, 3, 1))
        assert self.late(world.TODAY) == []

    def test_not_where_no_target_of_the_pair_is_published(self, db):
        hidden = world.make_target(published=False)
        released(hidden.pair, "XAR", 2018, date(2019, 3, 1))
        assert self.late(world.TODAY) == []


def test_a_deadline_of_this_year_or_the_next_is_ahead_and_a_later_one_is_not(db):
    for year in (2025, 2026, 2027, 2028):
        world.make_target(slug=f"xar-xbo-{year}", deadline_year=year)
    world.refresh()
    ahead = desk_page(world.make_user().pk, editor=False, today=world.TODAY).ahead
    assert [one.slug for one in ahead] == ["xar-xbo-2026", "xar-xbo-2027"]


def test_what_the_last_check_found_is_told_in_the_readers_language(desk, targets):
    assert "never checked" in desk("analyst").get("/admin/").text
    world.make_release(recorded_at=datetime(2026, 1, 1, tzinfo=UTC))
    checking.check_data(by=world.make_user(), today=world.TODAY)
    assert "a release without figures (1)" in desk("analyst").get("/admin/").text
    assert "выпуск без показателей (1)" in desk("analyst").get("/ru/admin/").text


def test_the_page_costs_the_same_for_much_as_for_little(cast, targets):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk_page(cast["editor"].pk, editor=True, today=world.TODAY)
        return len(queries)

    assert cost() == EDITORS_QUERIES
    for number in range(10):
        drafted(cast["editor"], f"Draft {number}")
        world.make_target(deadline_year=2027)
    world.refresh()
    assert cost() == EDITORS_QUERIES
