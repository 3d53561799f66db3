"""What became of targets, who moves the goalposts, open promises against today's trade."""

from datetime import date
from decimal import Decimal

import pytest

from targets import queries
from targets.progress import Measure
from targets.records import Omission, Outcome, Relation, Step, Strength, TargetFilter
from tests import world

pytestmark = pytest.mark.django_db

BILLION = Decimal(10**9)


def board(code="XAR"):
    return queries.economy_page(code, "en", today=world.TODAY).board


def promises(code="XAR"):
    return board(code).promises


def left_out(found):
    return [(row.target.slug, why) for row, why in found.left_out]


# Outcomes


def test_a_scoreboard_counts_replaced_versions_as_that_and_nothing_else():
    world.make_world()
    assert board("XBO").tally == ((Outcome.KEPT, 1), (Outcome.PENDING, 1), (Outcome.REPLACED, 1))
    assert board("XAR").tally == ((Outcome.PENDING, 1), (Outcome.REPLACED, 1))


def test_a_scoreboard_has_every_published_target_by_deadline_with_its_amount():
    world.make_world()
    endless = world.make_target(deadline_year=None, slug="endless", amount=None, factor=Decimal(2))
    world.refresh()
    shown = board("XBO").targets
    assert [one.row.target.deadline_year for one in shown] == [2022, 2023, 2030, None]
    assert shown[0].dollars == 1e9
    assert shown[-1].row.target.slug == endless.slug


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.REPLACED])
def test_every_status_counts_as_one_outcome(outcome):
    others = [status for other in Outcome if other is not outcome for status in other.statuses]
    assert outcome.statuses
    assert not set(outcome.statuses) & set(others)


# Moves


def moved(relation, pair=None, **fields):
    later = world.make_target(pair, first_stated_on=date(2022, 5, 1), **fields)
    world.make_target(pair, first_stated_on=date(2021, 5, 1), superseded_by=later, relation=relation)
    return later


def test_moves_are_counted_for_both_sides_and_next_steps_are_none():
    moved("postponed")
    moved("raised", world.make_pair("XAR", "XCA"))
    moved("next_step", world.make_pair("XAR", "XDO"))
    world.refresh()
    rows = {row.economy.code: row.moves for row in queries.economy_rows("en")}
    assert rows == {
        "XAR": ((Relation.RAISED, 1), (Relation.POSTPONED, 1)),
        "XBO": ((Relation.POSTPONED, 1),),
        "XCA": ((Relation.RAISED, 1),),
        "XDO": (),
    }
    assert board().moves == rows["XAR"]
    assert queries.home_page(today=world.TODAY).moves == rows["XAR"]


def test_a_move_to_a_version_that_readers_cannot_see_is_none():
    moved("lowered", published=False)
    world.refresh()
    assert [row.moves for row in queries.economy_rows("en")] == [(), ()]
    assert board().moves == board().moved == queries.home_page(today=world.TODAY).moves == ()


def test_the_goals_that_were_restated_come_most_often_restated_first():
    once = moved("postponed", world.make_pair("XAR", "XCA"))
    twice = moved("raised")
    earlier = world.make_target(
        first_stated_on=date(2019, 5, 1), superseded_by=twice.supersedes.get(), relation="raised"
    )
    world.refresh()
    first, second = board().moved
    assert first.first.slug == earlier.slug
    assert (first.goal.slug, second.goal.slug) == (twice.slug, once.slug)


def test_the_list_finds_targets_by_what_the_next_version_did():
    world.make_world()
    found = queries.target_list(TargetFilter(relation=(Relation.POSTPONED,), replaced=True))
    assert [row.target.slug for row in found.rows] == ["xar-xbo-500mn-usd-2023"]
    assert queries.target_list(TargetFilter(relation=(Relation.RAISED,), replaced=True)).total == 0


def test_a_successor_that_readers_cannot_see_leaves_no_trace_in_the_filter():
    moved("lowered", published=False)
    world.refresh()
    assert queries.target_list(TargetFilter(relation=(Relation.LOWERED,), replaced=True)).total == 0


# Open promises


def test_open_promises_are_summed_beside_what_each_side_says_is_traded():
    near, far = world.make_pair("XAR", "XBO"), world.make_pair("XAR", "XCA")
    world.make_target(near, amount=BILLION)
    world.make_target(far, amount=3 * BILLION, deadline_year=None)
    world.make_years(near, "XAR", {2024: 400})
    world.make_years(near, "XBO", {2025: 300})
    world.make_years(far, "XAR", {2025: 1000})
    world.refresh()
    found = promises()
    assert [promise.row.target.pair.slug for promise in found.counted] == ["xar-xca", "xar-xbo"]
    assert found.dollars == 4e9
    assert (found.own.pairs, found.own.promised, found.own.traded) == (2, 4e9, 1.4e9)
    assert (found.own.first_year, found.own.last_year) == (2024, 2025)
    assert (found.other.pairs, found.other.promised, found.other.traded) == (1, 1e9, 0.3e9)
    assert (found.left_out, found.rates) == ((), ())
    assert found.measures == ((Measure.GOODS_TURNOVER, 2),)


def test_kept_closed_and_replaced_targets_are_no_open_promises():
    pair = world.make_pair()
    world.make_target(pair, deadline_year=2025)
    world.make_target(pair, amount=Decimal(1_000_000))
    moved("postponed", world.make_pair("XAR", "XCA"), slug="standing")
    world.make_years(pair, "XAR", {2019: 1, 2025: 400})
    world.refresh()
    assert left_out(promises()) == [("standing", Omission.NO_FIGURES)]
    assert (promises().counted, promises().own, promises().other, promises().dollars) == ((), None, None, 0)


def test_of_several_open_promises_of_a_pair_the_largest_counts():
    pair = world.make_pair()
    world.make_target(pair, slug="small", amount=BILLION)
    world.make_target(pair, slug="large", amount=2 * BILLION, deadline_year=None)
    world.make_years(pair, "XAR", {2025: 400})
    world.refresh()
    assert [promise.row.target.slug for promise in promises().counted] == ["large"]
    assert left_out(promises()) == [("small", Omission.LESSER)]


def test_what_cannot_be_compared_is_left_out_with_the_reason():
    world.make_economy("XUNION", members=("XCA", "XDO"))
    union = world.make_pair("XAR", "XUNION")
    world.make_target(union, slug="with-bloc")
    world.make_years(union, "XAR", {2025: 400})
    pair = world.make_pair()
    world.make_target(pair, slug="summed", cumulative=True)
    world.make_target(pair, slug="multiple", factor=Decimal(2), amount=None, currency="")
    old = world.make_pair("XAR", "XCA")
    world.make_target(old, slug="too-old", deadline_year=None)
    world.make_years(old, "XAR", {2022: 400})
    rated = world.make_pair("XAR", "XDO")
    world.make_target(rated, slug="no-rate", currency="NZD")
    world.make_years(rated, "XAR", {2025: 400})
    world.refresh()
    assert dict(left_out(promises())) == {
        "with-bloc": Omission.BLOC,
        "summed": Omission.SUM,
        "multiple": Omission.NO_AMOUNT,
        "too-old": Omission.NO_FIGURES,
        "no-rate": Omission.NO_RATE,
    }
    assert [promise.row.target.slug for promise in promises("XUNION").counted] == ["with-bloc"]


def test_other_currencies_are_converted_at_the_newest_rate_which_is_named():
    pair = world.make_pair()
    world.make_target(pair, amount=BILLION, currency="EUR")
    world.make_years(pair, "XAR", {2024: 500}, currency="EUR")
    world.make_rate("EUR", 2023, "1.08")
    newest = world.make_rate("EUR", 2024, "1.1")
    world.refresh()
    found = promises()
    assert found.dollars == pytest.approx(1.1e9)
    assert (found.own.promised, found.own.traded) == (pytest.approx(1.1e9), pytest.approx(0.55e9))
    assert [(rate.currency, rate.year, rate.usd_per_unit) for rate in found.rates] == [
        ("EUR", 2024, newest.usd_per_unit)
    ]


@pytest.mark.parametrize("times", [1, 8])
def test_a_scoreboard_in_other_currencies_is_one_query_more_however_many_targets(times, django_assert_num_queries):
    world.make_rate("EUR", 2024, "1.1")
    for number in range(times):
        pair = world.make_pair("XAR", world.make_economy(f"X{number}").code)
        moved("postponed", pair, currency="EUR")
        world.make_years(pair, "XAR", {2024: 10 + number})
    world.refresh()
    with django_assert_num_queries(12):
        found = board()
    assert len(found.moved) == len(found.promises.counted) == times


# Home


def test_home_counts_by_deadline_strength_and_step():
    world.make_world()
    world.make_target(world.make_pair("XAR", "XCA"), deadline_year=None, strength=Strength.ASPIRATION)
    world.refresh()
    page = queries.home_page(today=world.TODAY)
    assert page.by_deadline == (
        (2022, ((Outcome.KEPT, 1),)),
        (2030, ((Outcome.PENDING, 1),)),
        (None, ((Outcome.UNASSESSABLE, 1),)),
    )
    assert page.by_strength == (
        (Strength.COMMITMENT, ((Outcome.KEPT, 1), (Outcome.PENDING, 1))),
        (Strength.ASPIRATION, ((Outcome.UNASSESSABLE, 1),)),
    )
    # 1000 against 650 or 700 of 2018; 500 against 85 of 2019; nothing known of the third.
    assert page.by_step == (
        (Step.DOUBLE, ((Outcome.KEPT, 1),)),
        (Step.MORE, ((Outcome.PENDING, 1),)),
        (Step.UNKNOWN, ((Outcome.UNASSESSABLE, 1),)),
    )


@pytest.mark.parametrize(
    ("amount", "step"),
    [(90, Step.THERE), (100, Step.THERE), (150, Step.HALF), (151, Step.DOUBLE), (200, Step.DOUBLE),
     (300, Step.TRIPLE), (500, Step.FIVEFOLD), (501, Step.MORE)],
)  # fmt: skip
def test_a_step_is_as_large_as_the_amount_against_the_base(amount, step):
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2019: 100, 2023: 110})
    world.make_target(pair, amount=Decimal(amount) * 1_000_000)
    world.refresh()
    assert [found for found, _tally in queries.home_page(today=world.TODAY).by_step] == [step]


def test_a_sum_over_years_has_no_step():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2019: 100, 2023: 110})
    world.make_target(pair, cumulative=True)
    world.refresh()
    assert [found for found, _tally in queries.home_page(today=world.TODAY).by_step] == [Step.UNKNOWN]
