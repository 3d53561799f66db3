"""Editions of charts: when two are the same, and what makes them differ."""

from dataclasses import replace
from decimal import Decimal

import pytest

from targets.progress import Reading, Status
from targets.records import FigureStanding, RatePoint, TargetRow, edition
from tests.charts.pages import OFFICE, PRESS, figure, target
from tests.wording.made_up import assessment

FIGURE = figure("XAR", 2024, 133e6)
TARGET = target()


def judged(status=Status.TOO_SLOW, one=TARGET):
    return TargetRow(one, assessment(one, Reading("XAR", True, status)), {})


def test_the_same_facts_are_the_same_edition_whatever_stands_around_them():
    later = replace(
        FIGURE, id=FIGURE.id + 7, release_id=99, note="typed again", stated_turnover=Decimal("133000000.00")
    )
    assert edition(figures=[FIGURE]).state == edition(figures=[later]).state
    assert edition(figures=[FIGURE]).changes_to(edition(figures=[later])) == ()
    other = figure("XBO", 2024, 110e6)
    assert edition(figures=[FIGURE, other]).state == edition(figures=[other, FIGURE]).state


@pytest.mark.parametrize(
    "other",
    [
        replace(FIGURE, stated_turnover=Decimal(137_000_000)),
        replace(FIGURE, standing=FigureStanding.PRELIMINARY),
        replace(FIGURE, approximate=True),
    ],
)
def test_a_figure_that_says_something_else_is_a_change_of_that_figure(other):
    then, now = edition(figures=[FIGURE]), edition(figures=[other])
    assert then.state != now.state
    (change,) = then.changes_to(now)
    assert (change.before.record, change.after.record) == (FIGURE, other)


def test_a_figure_of_another_source_or_year_is_a_new_one_and_the_old_one_is_gone():
    for other in (replace(FIGURE, source=PRESS), figure("XAR", 2025, 133e6)):
        gone, new = edition(figures=[FIGURE]).changes_to(edition(figures=[other]))
        assert (gone.before.record, gone.after, new.before, new.after.record) == (FIGURE, None, None, other)
    assert OFFICE != PRESS


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": Decimal(600_000_000)},
        {"deadline_year": 2032},
        {"currency": "EUR"},
        {"replaced": True},
        {"successor_id": 7},
    ],
)
def test_a_target_with_other_terms_is_a_change_of_the_target(fields):
    (change,) = edition(rows=[judged()]).changes_to(edition(rows=[judged(one=replace(TARGET, **fields))]))
    assert change.after.record == replace(TARGET, **fields)


def test_another_text_or_address_of_a_target_is_no_change():
    other = replace(TARGET, slug="elsewhere", notes="Explained.", deadline_note="Said aside.")
    assert edition(rows=[judged()]).state == edition(rows=[judged(one=other)]).state


def test_a_verdict_that_the_calendar_changed_is_a_change():
    (change,) = edition(rows=[judged()]).changes_to(edition(rows=[judged(Status.MISSED)]))
    assert change.after.record.assessment.verdict.status is Status.MISSED


def test_a_corrected_rate_is_a_change():
    one = RatePoint("EUR", 2024, Decimal("1.08"), OFFICE)
    assert edition(rates=[one]).changes_to(edition(rates=[replace(one, usd_per_unit=Decimal("1.0800"))])) == ()
    (change,) = edition(rates=[one]).changes_to(edition(rates=[replace(one, usd_per_unit=Decimal("1.09"))]))
    assert change.before.record is one
