"""Who votes, who abstains, and what the votes say together."""

import dataclasses
import itertools

import pytest

from targets.progress import Flag, Reason, Status, assess
from targets.progress.status import PACES
from targets.progress.verdict import CAUTION, TELLING, class_of, verdict_over
from tests.progress.make import TODAY, reading, series, terms

OPEN = terms(deadline=2030)
CLOSED = terms(stated=2015, deadline=2020)


def together(*readings, target=OPEN):
    return verdict_over(target, readings, TODAY)


def test_every_status_has_its_place_in_the_order_of_caution_and_every_reason_in_the_order_of_telling():
    assert set(CAUTION) == set(Status) - {Status.DISPUTED}
    assert set(TELLING) == set(Reason) - {Reason.TOO_FEW_YEARS, Reason.NO_BASE}


def test_only_reporters_vote_while_one_of_them_can_be_assessed():
    found = together(
        reading(Status.MISSED, "AAA"),
        reading(Status.NOT_ASSESSABLE, "BBB"),
        reading(Status.MET, "press", reporter=False),
        target=CLOSED,
    )
    assert (found.status, found.voters, found.abstained) == (Status.MISSED, ("AAA",), ("BBB",))


def test_a_reporter_awaiting_figures_is_not_overruled_by_the_press():
    found = together(
        reading(Status.AWAITING_FIGURES, "AAA"),
        reading(Status.MISSED, "press", reporter=False),
        target=terms(deadline=2025),
    )
    assert (found.status, found.voters) == (Status.AWAITING_FIGURES, ("AAA",))


def test_a_compiler_votes_when_no_reporter_can_be_assessed():
    found = together(
        reading(Status.NOT_ASSESSABLE, "AAA", reason=Reason.NO_FIGURES),
        reading(Status.NOT_ASSESSABLE, "BBB", reason=Reason.NO_DEADLINE_FIGURE),
        reading(Status.MET, "press", reporter=False),
        target=CLOSED,
    )
    assert (found.status, found.voters, found.abstained) == (Status.MET, ("press",), ("AAA", "BBB"))
    assert found.lead == "press"


def test_not_assessable_and_awaiting_abstain_beside_a_status():
    for undecided in (Status.NOT_ASSESSABLE, Status.AWAITING_FIGURES):
        found = together(reading(undecided, "AAA"), reading(Status.MET, "BBB"), target=terms(deadline=2025))
        assert (found.status, found.voters, found.abstained) == (Status.MET, ("BBB",), ("AAA",))


def test_awaiting_speaks_for_all_beside_not_assessable():
    found = together(reading(Status.NOT_ASSESSABLE, "AAA"), reading(Status.AWAITING_FIGURES, "BBB"))
    assert (found.status, found.voters, found.abstained) == (Status.AWAITING_FIGURES, ("BBB",), ("AAA",))


@pytest.mark.parametrize("status", PACES)
def test_too_early_abstains_beside_a_pace(status):
    found = together(reading(Status.TOO_EARLY, "AAA"), reading(status, "BBB"))
    assert (found.status, found.voters, found.abstained) == (status, ("BBB",), ("AAA",))


def test_too_early_contradicts_a_side_that_says_met():
    found = together(reading(Status.TOO_EARLY, "AAA"), reading(Status.MET, "BBB"))
    assert (found.status, found.voters) == (Status.DISPUTED, ("AAA", "BBB"))


def test_a_stale_reading_of_an_open_target_abstains():
    stale = reading(Status.MET, "AAA", latest_year=2021)
    found = together(stale, reading(Status.TOO_SLOW, "BBB", latest_year=2025))
    assert (found.status, found.voters, found.abstained) == (Status.TOO_SLOW, ("BBB",), ("AAA",))


def test_three_years_older_is_not_stale():
    found = together(
        reading(Status.MET, "AAA", latest_year=2022),
        reading(Status.NO_DEADLINE, "BBB", latest_year=2025),
        target=terms(deadline=None),
    )
    assert found.status is Status.DISPUTED


def test_a_closed_target_knows_no_stale_readings():
    found = together(
        reading(Status.MET, "AAA", latest_year=2020), reading(Status.MISSED, "BBB", latest_year=2025), target=CLOSED
    )
    assert found.status is Status.DISPUTED


def test_a_reading_that_abstains_makes_no_other_stale():
    found = together(
        reading(Status.MET, "AAA", latest_year=2020),
        reading(Status.NOT_ASSESSABLE, "BBB", latest_year=2025, reason=Reason.NO_PACE),
    )
    assert (found.status, found.voters) == (Status.MET, ("AAA",))


def test_classes_of_votes():
    kinds = {class_of(status) for status in CAUTION}
    assert kinds == {"kept", "lost", "not_kept", "open"}
    assert [status for status in CAUTION if class_of(status) != "open"] == [
        Status.MISSED,
        Status.MET_THEN_LOST,
        Status.MET,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *itertools.combinations([Status.MET, Status.MET_THEN_LOST, Status.MISSED, Status.ON_TRACK], 2),
        (Status.MET, Status.NO_DEADLINE),
    ],
)
def test_votes_in_different_classes_are_disputed_and_led_by_the_lower_amount(one, other):
    found = together(reading(one, "AAA", latest_amount=120.0), reading(other, "BBB", latest_amount=80.0))
    assert (found.status, found.reason, found.lead) == (Status.DISPUTED, None, "BBB")
    assert found.voters == ("AAA", "BBB")


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(PACES, 2)))
def test_two_paces_two_or_more_steps_apart_are_disputed_and_neighbours_take_the_more_cautious(one, other):
    found = together(reading(one, "AAA"), reading(other, "BBB"))
    if PACES.index(other) - PACES.index(one) >= 2:
        assert found.status is Status.DISPUTED
    else:
        assert (found.status, found.lead, found.voters) == (other, "BBB", ("AAA", "BBB"))


def test_of_one_pace_the_slower_reading_leads():
    found = together(
        reading(Status.TOO_SLOW, "AAA", growth_ratio=0.9, latest_amount=10.0),
        reading(Status.TOO_SLOW, "BBB", growth_ratio=0.7, latest_amount=90.0),
    )
    assert found.lead == "BBB"


def test_of_one_status_the_reading_lower_by_its_own_target_leads():
    found = together(
        reading(Status.MET, "AAA", latest_amount=110.0, target_amount=50.0, growth_ratio=1.1),
        reading(Status.MET, "BBB", latest_amount=120.0, target_amount=100.0, growth_ratio=3.0),
    )
    assert found.lead == "BBB"
    found = together(reading(Status.MET, "BBB", target_amount=0.0), reading(Status.MET, "AAA", target_amount=0.0))
    assert found.lead == "AAA"


def test_the_verdict_carries_the_reason_of_its_lead():
    found = together(reading(Status.TOO_EARLY, "AAA", reason=Reason.NO_BASE))
    assert (found.status, found.reason) == (Status.TOO_EARLY, Reason.NO_BASE)


def test_nobody_votes_when_nothing_can_be_assessed_and_the_most_telling_reason_stands():
    found = together(
        reading(Status.NOT_ASSESSABLE, "AAA", reason=Reason.NO_FIGURES, latest_year=None, latest_amount=None),
        reading(Status.NOT_ASSESSABLE, "BBB", reason=Reason.FIGURES_TOO_OLD, latest_year=2015),
        reading(Status.NOT_ASSESSABLE, "press", reporter=False, reason=Reason.FIGURES_TOO_OLD, latest_year=2014),
    )
    assert (found.status, found.reason, found.lead) == (Status.NOT_ASSESSABLE, Reason.FIGURES_TOO_OLD, "BBB")
    assert (found.voters, found.abstained) == ((), ("AAA", "BBB", "press"))


def test_of_equally_telling_and_equally_new_readings_the_longer_series_leads():
    old = {"reason": Reason.FIGURES_TOO_OLD, "latest_year": 2020}
    for longer, shorter in itertools.permutations(("AAA", "BBB")):
        found = together(
            reading(Status.NOT_ASSESSABLE, longer, years=9, **old),
            reading(Status.NOT_ASSESSABLE, shorter, years=2, **old),
        )
        assert found.lead == longer


def test_no_lead_when_nobody_has_figures():
    found = assess(terms(), [], TODAY).verdict
    assert (found.status, found.reason, found.lead) == (Status.NOT_ASSESSABLE, Reason.NO_FIGURES, None)


def test_without_readings_there_are_no_figures():
    found = together(target=terms(replaced=True))
    assert (found.status, found.reason, found.flags) == (
        Status.NOT_ASSESSABLE,
        Reason.NO_FIGURES,
        (Flag.REPLACED,),
    )


def test_narrow_if_any_vote_is_and_already_there_only_if_all_are():
    both = (Flag.ALREADY_THERE, Flag.NARROW)
    found = together(reading(Status.MET, "AAA", flags=both), reading(Status.MET, "BBB"))
    assert found.flags == (Flag.NARROW,)
    found = together(reading(Status.MET, "AAA", flags=both), reading(Status.MET, "BBB", flags=(Flag.ALREADY_THERE,)))
    assert found.flags == both


def test_flags_of_a_reading_that_abstains_do_not_count():
    found = together(
        reading(Status.MET, "AAA"), reading(Status.NOT_ASSESSABLE, "BBB", flags=(Flag.NARROW, Flag.ALREADY_THERE))
    )
    assert found.flags == ()


def test_replaced_comes_from_the_target():
    assert together(reading(Status.MET), target=terms(replaced=True)).flags == (Flag.REPLACED,)


# assess(): the readings and the verdict in one


def test_both_sides_have_a_reading_also_without_figures():
    found = assess(terms(), [series({2019: 50, 2024: 60}, "BBB")], TODAY)
    assert [one.by for one in found.readings] == ["AAA", "BBB"]
    silent = found.reading("AAA")
    assert silent is not None
    assert (silent.status, silent.reason, silent.reporter) == (Status.NOT_ASSESSABLE, Reason.NO_FIGURES, True)
    assert (found.verdict.voters, found.verdict.abstained) == (("BBB",), ("AAA",))
    assert found.lead is found.reading("BBB")
    assert found.reading("CCC") is None
    assert found.today == TODAY


def test_a_pair_without_named_sides_has_only_the_readings_of_its_series():
    nameless = dataclasses.replace(terms(), first="", second="")
    assert [one.by for one in assess(nameless, [series({2024: 1.0}, "CCC")], TODAY).readings] == ["CCC"]


def test_readings_come_in_the_order_of_the_pair_then_compilers_by_name():
    given = [
        series({2024: 1.0}, "press", reporter=False),
        series({2024: 1.0}, "BBB"),
        series({2024: 1.0}, "ADB", reporter=False),
        series({2024: 1.0}, "AAA"),
    ]
    assert [one.by for one in assess(terms(), given, TODAY).readings] == ["AAA", "BBB", "ADB", "press"]


def test_a_compiler_without_a_full_year_has_no_reading():
    given = [series({}, "press", reporter=False, skipped=(2024,)), series({}, "ADB", reporter=False)]
    assert [one.by for one in assess(terms(), given, TODAY).readings] == ["AAA", "BBB"]


def test_of_two_series_under_one_name_the_reporters_and_then_the_newest_serves():
    given = [
        series({2025: 9.0}, "AAA", reporter=False),
        series({2023: 2.0}, "AAA"),
        series({2022: 3.0}, "AAA"),
    ]
    found = assess(terms(), given, TODAY).reading("AAA")
    assert found is not None
    assert (found.reporter, found.latest_amount) == (True, 2.0)


def test_china_tajikistan_is_disputed_with_both_sides_named():
    target = terms(3e9, stated=2023, deadline=None)
    found = assess(target, [series({2024: 3.8e9, 2025: 4.3e9}, "AAA"), series({2024: 1.96e9}, "BBB")], TODAY)
    assert (found.verdict.status, found.verdict.voters, found.verdict.lead) == (
        Status.DISPUTED,
        ("AAA", "BBB"),
        "BBB",
    )
