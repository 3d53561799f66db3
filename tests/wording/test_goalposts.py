"""What the words of goalposts say, of made-up goals; the catalogue's own are held in tests/queries."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.utils.translation import override

from targets.progress import Measure
from targets.records import DatePrecision, PartialDate, Relation, TargetRow, goal_histories, is_replaced
from targets.wording import goalposts_sentence, goalposts_words
from tests.wording.made_up import PAIR, assessment, silent, target

_number = count(1)
BILLION = Decimal(10**9)


def stated(year, month=5, day=1):
    return PartialDate(date(year, month, day), DatePrecision.DAY)


def chain(*versions):
    """Rows of versions, each with the relation to the next: (relation, fields), the last relation None."""
    slugs = [f"version-{next(_number)}" for _ in versions]
    rows = []
    for place, (relation, fields) in enumerate(versions):
        following = versions[place + 1][1] if place + 1 < len(versions) else None
        deadline = fields.get("deadline_year", 2030)
        after = following["first_stated"].year if following and "first_stated" in following else 2024
        one = target(
            slug=slugs[place],
            successor=slugs[place + 1] if following is not None else "",
            relation=relation,
            replaced=is_replaced(relation, deadline, after),
            **fields,
        )
        rows.append(TargetRow(one, assessment(one, silent("XFR"), silent("XIS")), {}, ""))
    return rows


def told(*versions, language="en"):
    (history,) = goal_histories(chain(*versions))
    with override(language):
        return goalposts_words(history).replace("\u00a0", " ")


def test_a_goal_with_one_version_was_never_restated():
    assert told((None, {})) == "never restated"
    assert told((None, {}), language="ru") == "ни разу не пересматривалась"


def test_restatements_are_counted_and_deadline_and_amount_told_from_first_to_last():
    moves = [
        (Relation.POSTPONED, {"deadline_year": 2025, "amount": BILLION}),
        (Relation.POSTPONED, {"deadline_year": 2027, "amount": BILLION}),
        (Relation.RAISED, {"deadline_year": 2028, "amount": BILLION}),
        (Relation.POSTPONED, {"deadline_year": 2028, "amount": 2 * BILLION}),
        (None, {"deadline_year": 2030, "amount": 2 * BILLION}),
    ]
    dated = [
        (relation, fields | {"first_stated": stated(2020 + place)}) for place, (relation, fields) in enumerate(moves)
    ]
    assert told(*dated) == "restated 4 times; deadline moved from 2025 to 2030; amount doubled, from $1bn to $2bn"
    assert told(*dated, language="ru") == (
        "пересмотрена 4 раза; срок перенесён с 2025 на 2030 год; "
        "сумма удвоена: было 1 млрд долларов, стало 2 млрд долларов"
    )


@pytest.mark.parametrize(
    ("moves", "russian"), [(1, "пересмотрена 1 раз;"), (3, "пересмотрена 3 раза;"), (5, "пересмотрена 5 раз;")]
)
def test_russian_counts_as_russian_does(moves, russian):
    versions = [(Relation.RESTATED, {"first_stated": stated(2015 + place)}) for place in range(moves)]
    assert told(*versions, (None, {"first_stated": stated(2023)}), language="ru").startswith(russian)


@pytest.mark.parametrize(
    ("before", "after", "relation", "said"),
    [
        (BILLION, 3 * BILLION, Relation.RAISED, "amount tripled, from $1bn to $3bn"),
        (2 * BILLION, 3 * BILLION, Relation.RAISED, "amount raised from $2bn to $3bn"),
        (4 * BILLION, 2 * BILLION, Relation.LOWERED, "amount halved, from $4bn to $2bn"),
        (3 * BILLION, BILLION, Relation.LOWERED, "amount lowered from $3bn to $1bn"),
        (3 * BILLION, BILLION, Relation.REMEASURED, "the goal went from $3bn to $1bn"),
        (BILLION, BILLION, Relation.POSTPONED, "the amount stayed at $1bn"),
    ],
)
def test_an_amount_is_told_by_where_it_went(before, after, relation, said):
    words = told(
        (relation, {"amount": before, "first_stated": stated(2020)}),
        (None, {"amount": after, "first_stated": stated(2021)}),
    )
    assert words.split("; ")[-1] == said


def test_amounts_in_two_currencies_are_named_and_not_compared():
    words = told(
        (Relation.REMEASURED, {"amount": BILLION, "first_stated": stated(2020)}),
        (None, {"amount": BILLION, "currency": "EUR", "first_stated": stated(2021)}),
    )
    assert "the goal went from $1bn to €1bn" in words


def test_a_multiple_that_became_an_amount_is_told_as_the_record_has_it():
    words = told(
        (Relation.RAISED, {"amount": None, "factor": Decimal(2), "first_stated": stated(2020)}),
        (None, {"amount": BILLION, "first_stated": stated(2021)}),
    )
    assert "amount raised from “double” to $1bn" in words


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2025, 2027, 2030), "deadline moved from 2025 to 2030"),
        ((2030, 2026), "deadline brought forward from 2030 to 2026"),
        ((2025, 2027, None), "deadline moved from 2025 to 2027; the deadline of 2027 dropped"),
        ((2025, None, 2029), "the deadline of 2025 dropped; a deadline named: 2029"),
        ((None, 2030), "a deadline named: 2030"),
        ((None, None), "it never had a deadline"),
        ((2030, 2030), "the deadline stayed 2030"),
    ],
)
def test_a_deadline_is_told_by_where_it_went(years, said):
    versions = [
        (
            Relation.RESTATED if place + 1 < len(years) else None,
            {"deadline_year": year, "first_stated": stated(2018 + place)},
        )
        for place, year in enumerate(years)
    ]
    assert told(*versions).split("; ", 1)[1].startswith(said)


def test_what_is_counted_is_named_where_that_changed():
    words = told(
        (Relation.REMEASURED, {"measure": Measure.GOODS_SERVICES_TURNOVER, "first_stated": stated(2020)}),
        (None, {"measure": Measure.NON_OIL_TURNOVER, "first_stated": stated(2021)}),
    )
    assert "measured differently: trade in goods and services, then non-oil trade" in words
    same = told((Relation.REMEASURED, {"first_stated": stated(2020)}), (None, {"first_stated": stated(2021)}))
    assert "measured differently;" in same
    unsaid = told(
        (Relation.POSTPONED, {"measure": Measure.UNSPECIFIED_TURNOVER, "first_stated": stated(2020)}),
        (None, {"first_stated": stated(2021)}),
    )
    assert "measured" not in unsaid


def test_a_goal_restated_after_its_deadline_says_so():
    once = told(
        (Relation.POSTPONED, {"deadline_year": 2020, "first_stated": stated(2015)}),
        (None, {"deadline_year": 2025, "first_stated": stated(2021)}),
    )
    assert once.startswith("restated once, after the deadline had passed; deadline moved from 2020 to 2025")
    twice = told(
        (Relation.POSTPONED, {"deadline_year": 2020, "first_stated": stated(2015)}),
        (Relation.POSTPONED, {"deadline_year": 2022, "first_stated": stated(2018)}),
        (None, {"deadline_year": 2030, "first_stated": stated(2024)}),
    )
    assert twice.startswith("restated 2 times, 1 of them after the deadline had passed;")


def test_versions_of_one_date_say_that_the_date_cannot_tell_them_apart():
    words = told(
        (Relation.POSTPONED, {"deadline_year": 2027, "first_stated": stated(2024)}),
        (None, {"deadline_year": 2030, "first_stated": stated(2024)}),
    )
    assert words.endswith("; both versions bear the same date")


def test_a_next_step_is_another_goal():
    first, second = goal_histories(
        chain((Relation.NEXT_STEP, {"first_stated": stated(2020)}), (None, {"first_stated": stated(2022)}))
    )
    assert not first.moves
    assert not second.moves
    assert first.next_step == second.goal
    assert second.follows == (first.goal,)


def test_two_versions_that_became_one_begin_two_histories():
    rows = chain((Relation.RAISED, {"first_stated": stated(2020)}), (None, {"first_stated": stated(2023)}))
    other = target(slug="other", successor=rows[1].target.slug, relation=Relation.POSTPONED, first_stated=stated(2019))
    rows.append(TargetRow(other, rows[0].assessment, {}, ""))
    older, younger = goal_histories(rows)
    assert (older.first.slug, younger.first) == ("other", rows[0].target)
    assert older.goal == younger.goal == rows[1].target


def test_versions_that_run_in_a_circle_end_all_the_same():
    rows = chain((Relation.RAISED, {}), (Relation.RAISED, {}), (Relation.POSTPONED, {}))
    first, second, third = (row.target for row in rows)
    ring = target(slug=third.slug, successor=second.slug, relation=Relation.POSTPONED)
    (history,) = goal_histories([*rows[:2], TargetRow(ring, rows[2].assessment, {}, "")])
    assert [row.target.slug for row in history.versions] == [first.slug, second.slug, third.slug]


def test_a_pair_is_summed_up_by_the_goal_that_moved_most():
    moved = chain(
        (Relation.POSTPONED, {"deadline_year": 2025, "first_stated": stated(2020)}),
        (None, {"first_stated": stated(2021)}),
    )
    alone = chain((None, {"amount": 2 * BILLION, "first_stated": stated(2022)}))
    say = lambda rows: goalposts_sentence(PAIR, goal_histories(rows)).replace("\u00a0", " ")  # noqa: E731
    assert say([*moved, *alone]) == (
        "Freedonia – Calm Isles, $500m by 2030: restated once; deadline moved from 2025 to 2030; "
        "the amount stayed at $500m. 1 more goal is on record."
    )
    assert say(alone) == "Freedonia – Calm Isles: 1 goal, never restated."
    assert say([]) == "Freedonia – Calm Isles: 0 goals, none ever restated."
    with override("ru"):
        assert say([*alone, *chain((None, {}))]) == "Фридония – Тихие острова: 2 цели, ни одна не пересматривалась."
