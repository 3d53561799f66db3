"""Two people at once, on the database that lets them: the second waits for the first, and then sees what it did."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from targets.actions import accounts, second_factor
from targets.actions.entry import enter_figures
from targets.actions.journal import ActionRefused
from targets.actions.releases import record_release, withdraw_release
from targets.models import CountryPair, Release, Source, TurnoverFigure
from targets.progress import Measure
from targets.queries import current_figures
from targets.records import FigureRow, FigureStanding, ReleaseKind, Valuation
from tests.factors import App
from tests.world import TODAY, make_economy, make_pair, make_source, make_user

# SQLite lets one writer in at a time, and takes its lock as a transaction begins: there is nothing to see.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def row(turnover: int) -> FigureRow:
    return FigureRow(
        first="XAR", second="XBO", reporter="XAR", compiler="", year=2024, from_month=1, through_month=12, fiscal="",
        measure=Measure.GOODS_TURNOVER, exports=None, imports=None, turnover=Decimal(turnover), currency="USD",
        valuation=Valuation.UNKNOWN, standing=FigureStanding.FINAL, approximate=False, note="", place="",
    )  # fmt: skip


def enter(source: Source, username: str, turnover: int) -> Release | None:
    return enter_figures(by=make_user(username), source=source, rows=[row(turnover)], today=TODAY)


def take(source: Source, username: str) -> Release | None:
    """What an import of a file with that figure does."""
    return record_release(by=make_user(username), source=source, rows=[row(100)], kind=ReleaseKind.IMPORT, today=TODAY)


def waiting() -> int:
    """How many sessions of this database wait for a lock."""
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL otherwise shows what the first look saw.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                       "AND wait_event_type = 'Lock'")  # fmt: skip
        return int(cursor.fetchone()[0])


def beside(first: Callable[[], Any], second: Callable[[], Any]) -> Future[Any]:
    """What becomes of ``second``, begun after ``first`` was done and before it was committed."""

    def in_a_thread() -> Any:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            told = pool.submit(in_a_thread)
            until = time.monotonic() + 20
            while not (waiting() or told.done()) and time.monotonic() < until:
                time.sleep(0.01)
        told.exception(timeout=20)
    return told


def test_a_figure_that_a_colleague_enters_meanwhile_is_not_replaced_unseen():
    make_pair()
    source = make_source()
    make_user("ana")
    make_user("ben")
    told = beside(lambda: enter(source, "ana", 100), lambda: enter(source, "ben", 900))
    with pytest.raises(ActionRefused, match="another figure for this period"):
        told.result()
    assert [figure.turnover for figure in TurnoverFigure.objects.all()] == [100]


def test_the_same_figure_entered_twice_at_once_is_one_release():
    make_pair()
    source = make_source()
    make_user("ana")
    make_user("ben")
    told = beside(lambda: enter(source, "ana", 100), lambda: enter(source, "ben", 100))
    assert told.result() is None
    assert Release.objects.count() == 1


def test_figures_that_are_withdrawn_and_imported_again_at_once_are_not_lost():
    make_pair()
    source = make_source()
    first = enter(source, "ana", 100)
    editor = make_user("eva", "editor")
    told = beside(
        lambda: withdraw_release(by=editor, release=first, reason="wrong file", today=TODAY),
        lambda: take(source, "ana"),
    )
    assert told.result() is not None
    assert [(figure.year, figure.turnover) for figure in current_figures(["xar-xbo"])] == [(2024, 100)]


def test_a_release_that_is_withdrawn_twice_at_once_is_withdrawn_once():
    make_pair()
    first = enter(make_source(), "ana", 100)
    editor = make_user("eva", "editor")

    def withdraw() -> bool:
        return withdraw_release(by=editor, release=first, reason="wrong file", today=TODAY)

    assert beside(withdraw, withdraw).result() is False


def test_a_pair_that_two_sources_name_first_at_once_is_one_pair():
    make_economy("XAR")
    make_economy("XBO")
    make_user("ana")
    one, other = make_source(), make_source()
    assert beside(lambda: take(one, "ana"), lambda: take(other, "ana")).result() is not None
    assert CountryPair.objects.count() == 1
    assert len(current_figures(["xar-xbo"])) == 2


def test_two_superusers_who_retire_each_other_leave_one():
    people = get_user_model().objects
    sue, sam = (people.create_superuser(name) for name in ("sue", "sam"))
    told = beside(lambda: accounts.retire(by=sue, person=sam), lambda: accounts.retire(by=sam, person=sue))
    with pytest.raises(ActionRefused, match="last superuser"):
        told.result()
    assert [person.username for person in people.filter(is_superuser=True, is_active=True)] == ["sue"]


@pytest.mark.parametrize("paper", [False, True])
def test_one_code_given_twice_at_once_is_believed_once(paper):
    ana = make_user("ana")
    app = App(ana)
    code = app.paper[0] if paper else app.code()
    told = beside(
        lambda: second_factor.spend(person=ana, code=code), lambda: second_factor.spend(person=ana, code=code)
    )
    with pytest.raises(second_factor.WrongCode):
        told.result()


def test_a_second_factor_set_up_twice_at_once_is_one():
    ana = make_user("ana")
    told = beside(lambda: App(ana), lambda: App(ana))
    with pytest.raises(ActionRefused, match="already"):
        told.result()
