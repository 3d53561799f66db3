"""``check_data``: a world in order passes; each thing that is put out of order is found, under its name."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from targets import queries
from targets.actions import checking
from targets.importers.acceptance import unfinished
from targets.models import AuditEvent, Judgement
from targets.queries import integrity
from targets.records import FigureRow, Invariant
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def targets():
    return world.make_world()


def found():
    return checking.check_data(by=world.make_user(), today=world.TODAY)


def command():
    """What the command prints, and with which status it ends."""
    out, status = StringIO(), 0
    try:
        call_command("check_data", today=world.TODAY, stdout=out)
    except SystemExit as end:
        status = end.code
    return out.getvalue(), status


def a_stranger_reports(targets):
    world.make_economy("XDO")
    world.make_figure(targets["going"].pair, "XDO")
    world.refresh()


def a_year_to_come(targets):
    world.make_figure(targets["going"].pair, "XAR", world.TODAY.year + 1)
    world.refresh()


def a_month_to_come(targets):
    month = world.TODAY.month + 1
    world.make_figure(targets["going"].pair, "XAR", world.TODAY.year, from_month=month, through_month=month)


def a_year_before_statistics(targets):
    world.make_figure(targets["kept"].pair, "XBO", 1066)
    world.refresh()


def a_judgement_written_over(targets):
    Judgement.objects.filter(target=targets["going"], is_verdict=True).update(status="met")


def a_judgement_lost(targets):
    Judgement.objects.filter(target=targets["kept"]).delete()


def a_quarter_above_its_year(targets):
    world.make_figure(targets["going"].pair, "XAR", 2024, through_month=3, turnover=Decimal(999_000_000))
    world.refresh()


def sides_far_apart(targets):
    world.make_figure(targets["going"].pair, "XBO", 2025, turnover=Decimal(1_500_000_000))
    world.refresh()


def flows_far_apart(targets):
    flows = {"exports": Decimal(900_000_000), "imports": Decimal(600_000_000)}
    world.make_figure(targets["going"].pair, "XBO", 2025, **flows)
    world.refresh()


def flows_of_a_quarter_above_their_year(targets):
    flows = {"exports": Decimal(600_000_000), "imports": Decimal(399_000_000)}
    world.make_figure(targets["going"].pair, "XAR", 2024, through_month=3, **flows)
    world.refresh()


def a_release_of_nothing(targets):
    world.make_release()


def a_target_nobody_stated(targets):
    targets["kept"].statements.all().delete()


@pytest.mark.parametrize(
    ("disorder", "invariant", "case"),
    [
        (a_stranger_reports, Invariant.ORPHAN, "xar-xbo XDO 2024"),
        (a_year_to_come, Invariant.IMPOSSIBLE_YEAR, "xar-xbo XAR 2027"),
        (a_month_to_come, Invariant.IMPOSSIBLE_YEAR, "xar-xbo XAR 2026"),
        (a_year_before_statistics, Invariant.IMPOSSIBLE_YEAR, "xbo-xca XBO 1066"),
        (a_judgement_written_over, Invariant.STALE_JUDGEMENT, "xar-xbo-500mn-usd-2030"),
        (a_judgement_lost, Invariant.STALE_JUDGEMENT, "xbo-xca-1bn-usd-2022"),
        (a_quarter_above_its_year, Invariant.PART_ABOVE_WHOLE, "xar-xbo XAR 2024, 1-3: 999000000 > 133000000"),
        (sides_far_apart, Invariant.MIRROR_GAP, "xar-xbo 2025: XAR 140000000, XBO 1500000000"),
        (
            flows_of_a_quarter_above_their_year,
            Invariant.PART_ABOVE_WHOLE,
            "xar-xbo XAR 2024, 1-3: 999000000 > 133000000",
        ),
        (flows_far_apart, Invariant.MIRROR_GAP, "xar-xbo 2025: XAR 140000000, XBO 1500000000"),
        (a_release_of_nothing, Invariant.EMPTY_RELEASE, "no. "),
        (a_target_nobody_stated, Invariant.UNSUPPORTED, "xbo-xca-1bn-usd-2022"),
    ],
)
def test_what_is_out_of_order_is_found(targets, disorder, invariant, case):
    assert found() == {}
    disorder(targets)
    broken = found()
    assert list(broken) == [invariant]
    assert len(broken[invariant]) == 1
    assert broken[invariant][0].startswith(case)
    text, status = command()
    assert (status, invariant.label in text, case in text) == (int(invariant.hard), True, True)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 11, 22), date(2026, 12, 31)])
def test_what_an_entry_takes_is_never_found_impossible_and_what_it_refuses_always(today):
    pair = world.make_pair()
    periods = itertools.product((2025, 2026, 2027), ((1, 1), (1, 11), (11, 11), (1, 12), (None, None)), ("", "XAR"))
    for year, (first, last), fiscal in periods:
        figure = world.make_figure(pair, "XAR", year, from_month=first, through_month=last, fiscal=fiscal)
        row = FigureRow(
            first="XAR", second="XBO", reporter="XAR", compiler="", year=year, from_month=first, through_month=last,
            fiscal=fiscal, measure=figure.measure, exports=None, imports=None, turnover=figure.turnover,
            currency="USD", valuation=figure.valuation, standing=figure.standing, approximate=False, note="", place="",
        )  # fmt: skip
        refused = unfinished(row, today) is not None
        assert bool(list(integrity.impossible_years(today))) is refused, (year, first, last, fiscal)
        figure.delete()


def test_a_world_in_order_ends_well(targets):
    text, status = command()
    assert (text, status) == ("9 invariants: 0 errors, 0 worth a look\n", 0)


def test_a_judgement_that_the_calendar_overtook_is_stale(targets):
    later = world.TODAY + timedelta(days=5 * 365)
    assert Invariant.STALE_JUDGEMENT in checking.check_data(by=world.make_user(), today=later)


def test_the_journal_keeps_how_much_was_found_and_the_first_of_it(targets):
    for _ in range(checking.KEPT + 5):
        world.make_release()
    found()
    event = AuditEvent.objects.latest("id")
    assert event.verb == checking.VERB
    kept = event.counts["empty_release"]
    assert (kept["number"], len(kept["first"])) == (checking.KEPT + 5, checking.KEPT)


def test_looking_changes_nothing_but_the_journal(targets):
    a_judgement_written_over(targets)
    before = list(Judgement.objects.order_by("pk").values_list())
    found()
    assert list(Judgement.objects.order_by("pk").values_list()) == before
    assert queries.data_version() == AuditEvent.objects.latest("id").pk
