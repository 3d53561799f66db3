"""The mirror gap, what words leave open, rates of exchange and coverage, as sentences in both languages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from targets import wording
from targets.progress import (
    Assessment,
    Measure,
    Point,
    Reason,
    Series,
    SourceRank,
    Status,
    Verdict,
    Wording,
    mirror_years,
)
from targets.records import MeasureBasis, MirrorRecord, RatePoint, ReporterRow, RewordedRecord, Years
from tests.charts.pages import source
from tests.wording.made_up import FREEDONIA, PAIR, assessment, reading, silent, target


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def series(by, amounts):
    """The years of a side; an amount below zero stands for an approximate one."""
    points = (
        Point(year, abs(amount), amount < 0, Measure.GOODS_TURNOVER, "", year, SourceRank.PRESS)
        for year, amount in amounts.items()
    )
    return Series(by, True, "", tuple(points))


def mirror(first, second, fiscal=(), measure=Measure.GOODS_TURNOVER):
    one, other = series("XFR", first), series("XIS", second)
    return MirrorRecord(PAIR, measure, "USD", one, other, mirror_years(one, other), fiscal)


GAPS = [
    (
        mirror({2020: 30e9, 2024: 22.7e9}, {2020: 3e9, 2024: 5.5e9}),
        [
            "In 2024 trade came to $22.7bn by Freedonia's figures and to $5.5bn by the Calm Isles' figures: a gap of "
            "122 % of their mean.",
            "It was widest in 2020: $30bn against $3bn, 164 %.",
        ],
        [
            "В 2024 году товарооборот составил 22,7 млрд долларов по данным Фридонии и 5,5 млрд долларов по данным "
            "Тихих островов: разрыв — 122 % от среднего.",
            "Шире всего разрыв был в 2020 году: 30 млрд долларов против 3 млрд долларов, 164 %.",
        ],
    ),
    (
        mirror({2024: 100e6}, {2024: 100.2e6}, measure=Measure.GOODS_SERVICES_TURNOVER),
        [
            "In 2024 trade in goods and services came to $100m by Freedonia's figures and to $100.2m by the Calm "
            "Isles' figures: a gap of less than 1 % of their mean."
        ],
        [
            "В 2024 году оборот товаров и услуг составил 100 млн долларов по данным Фридонии и 100,2 млн долларов по "
            "данным Тихих островов: разрыв меньше 1 % от среднего."
        ],
    ),
    (
        mirror({2022: 8e9, 2024: -10e9}, {2022: -20e9, 2024: 11e9}),
        [
            "In 2024 trade came to about $10bn by Freedonia's figures and to $11bn by the Calm Isles' figures: a gap "
            "of about 10 % of their mean.",
            "It was widest in 2022: $8bn against about $20bn, about 86 %.",
        ],
        [
            "В 2024 году товарооборот составил примерно 10 млрд долларов по данным Фридонии и 11 млрд долларов по "
            "данным Тихих островов: разрыв — примерно 10 % от среднего.",
            "Шире всего разрыв был в 2022 году: 8 млрд долларов против примерно 20 млрд долларов, примерно 86 %.",
        ],
    ),
    (
        mirror({2024: 100e6}, {2024: 100e6}),
        ["In 2024 trade came to $100m by Freedonia's figures and to $100m by the Calm Isles' figures: no gap."],
        [
            "В 2024 году товарооборот составил 100 млн долларов по данным Фридонии и 100 млн долларов по данным "
            "Тихих островов: разрыва нет."
        ],
    ),
    (
        mirror({2023: 1e6}, {2024: 1e6}, fiscal=("XIS",)),
        [
            "There is no full calendar year for which both sides’ figures are known.",
            "The Calm Isles' figures for fiscal years are not compared with calendar years.",
        ],
        [
            "Нет ни одного полного календарного года, за который известны данные обеих сторон.",
            "Данные Тихих островов за финансовые годы с календарными годами не сравниваются.",
        ],
    ),
]


@pytest.mark.parametrize(("one", "english", "russian"), GAPS)
def test_the_gap_is_told_with_both_sides_and_their_numbers(one, english, russian):
    with override("en"):
        assert list(map(plain, wording.mirror_sentences(one))) == english
    with override("ru"):
        assert list(map(plain, wording.mirror_sentences(one))) == russian


def test_amounts_that_differ_are_never_printed_the_same():
    text = plain(wording.gap_sentence(mirror({2024: 499.4e6}, {2024: 496.6e6})))
    assert "$499m" in text
    assert "$497m" in text


def reworded(how, one, *readings, amount=None, **verdict):
    return RewordedRecord(how, assessment(one, *readings, **verdict), amount)


def told(one, judged, *others):
    return [
        (plain(said.taken), [plain(text) for text in said.otherwise], said.depends)
        for said in wording.openness(one, judged, others)
    ]


MISSED = {"decided_year": 2030, "decided_amount": 133e6, "latest_year": 2030}


def test_a_range_on_which_the_verdict_does_not_depend():
    one = target(amount_high=Decimal(900_000_000))
    judged = assessment(one, reading(Status.MISSED, **MISSED), silent("XIS"))
    other = reworded(Wording.UPPER_END, one, reading(Status.MISSED, **MISSED), silent("XIS"), amount=900e6)
    assert told(one, judged, other) == [
        (
            "A range was named, $500–900m; the lower end is judged.",
            ["By the upper end of the range ($900m), the verdict is the same: missed."],
            False,
        )
    ]
    with override("ru"):
        ((taken, otherwise, _),) = told(one, judged, other)
    assert taken == "Назван диапазон, 500–900 млн долларов; судим по нижней границе."
    assert otherwise == ["Если судить по верхней границе диапазона (900 млн долларов), вердикт тот же: не достигнута."]


def test_a_base_of_double_on_which_the_verdict_depends_names_side_and_number():
    one = target(factor=Decimal(2), baseline_year=2023)
    judged = assessment(one, reading(Status.ON_TRACK), silent("XIS"))
    other = reworded(Wording.BASE_OWN, one, reading(Status.TOO_SLOW), silent("XIS"))
    assert told(one, judged, other) == [
        (
            "The amount was said to be twice the 2023 level; the amount itself is judged.",
            [
                "Counted from each side’s own figures instead of the amount named, the verdict would be another: too "
                "slow, $133m in 2024 by Freedonia's figures."
            ],
            True,
        )
    ]


def test_a_dispute_names_both_sides():
    one = target(measure_basis=MeasureBasis.WORDING)
    judged = assessment(one, reading(Status.MET), reading(Status.MET, by="XIS"))
    other = reworded(
        Wording.GOODS_AND_SERVICES,
        one,
        reading(Status.MET, decided_amount=600e6, decided_year=2024),
        reading(Status.NO_DEADLINE, by="XIS"),
        status=Status.DISPUTED,
    )
    ((taken, (text,), depends),) = told(one, judged, other)
    assert taken == "The source does not say outright that goods alone count; goods alone are judged."
    assert text.startswith("With services counted too, the verdict would be another: disputed, ")
    assert "$600m by Freedonia's figures (2024) and $133m by the Calm Isles' figures (2024)" in text
    assert depends


def test_without_figures_for_the_other_way_nobody_can_tell():
    one = target(measure=Measure.UNSPECIFIED_TURNOVER, measure_basis=MeasureBasis.NONE)
    judged = assessment(one, reading(Status.MET), silent("XIS"))
    nothing = RewordedRecord(
        Wording.GOODS_AND_SERVICES,
        Assessment(one.terms(), (silent("XFR"), silent("XIS")), Verdict(Status.NOT_ASSESSABLE, Reason.NO_FIGURES)),
        500e6,
    )
    old = reworded(
        Wording.GOODS_AND_SERVICES, one, reading(Status.NOT_ASSESSABLE, reason=Reason.FIGURES_TOO_OLD), silent("XIS")
    )
    assert told(one, judged, nothing)[0][1:] == (
        ["With services counted too, nobody can tell: no such figures for full years are known."],
        False,
    )
    assert told(one, judged, old)[0][1:] == (
        ["With services counted too, nobody can tell: the figures are too old."],
        False,
    )


def test_what_cannot_be_judged_either_way_is_the_same_verdict():
    one = target(factor=Decimal(2), amount=None)
    lost = reading(Status.NOT_ASSESSABLE, reason=Reason.AMOUNT_UNKNOWN)
    judged = assessment(one, lost, silent("XIS"))
    other = reworded(Wording.BASE_YEAR_STATED, one, lost, silent("XIS"))
    assert told(one, judged, other) == [
        (
            "The target is twice the starting level; each side’s own figures say how much that is.",
            ["Counted from the year of the statement, the verdict is the same: not assessable."],
            False,
        )
    ]


def test_clear_words_leave_nothing_to_say():
    one = target()
    assert told(one, assessment(one, reading(Status.MET), silent("XIS"))) == []


@pytest.mark.parametrize(
    ("rate", "english", "russian"),
    [
        (
            RatePoint("EUR", 2024, Decimal("1.082400000000"), source()),
            "2024: 1 EUR = 1.0824 USD",
            "2024 г.: 1 EUR = 1,0824 USD",
        ),
        (
            RatePoint("IDR", 2013, Decimal("0.000096518"), source()),
            "2013: 100 IDR = 0.0096518 USD",
            "2013 г.: 100 IDR = 0,0096518 USD",
        ),
        (
            RatePoint("KWD", 2020, Decimal("3.2612349"), source()),
            "2020: 1 KWD = 3.2612 USD",
            "2020 г.: 1 KWD = 3,2612 USD",
        ),
    ],
)
def test_a_rate_is_told_with_its_year_and_as_many_digits_as_sources_print(rate, english, russian):
    assert plain(wording.rate_words(rate)) == english
    with override("ru"):
        assert plain(wording.rate_words(rate)) == russian


def row(tables, words):
    return ReporterRow(FREEDONIA, 3, 2, 1, tables, words, (Measure.GOODS_TURNOVER,))


@pytest.mark.parametrize(
    ("tables", "words", "english", "russian"),
    [
        (Years(1994, 2020), None, "Freedonia: no full year after 2020", "Фридония: после 2020 года полных лет нет"),
        (
            Years(1994, 2020),
            Years(2019, 2024),
            "Freedonia: tables until 2020, then only what officials or the press said, until 2024",
            "Фридония: таблицы до 2020 года, затем только слова чиновников или прессы, до 2024 года",
        ),
        (None, Years(2019, 2024), "", ""),
        (Years(1994, 2023), Years(2019, 2024), "", ""),
        (None, None, "", ""),
    ],
)
def test_who_fell_silent_is_told_since_when(tables, words, english, russian):
    assert wording.silence_words(row(tables, words), 2026) == english
    with override("ru"):
        assert wording.silence_words(row(tables, words), 2026) == russian


def test_a_span_of_years_is_as_short_as_it_can_be():
    assert [wording.years_span(one) for one in (Years(1994, 2023), Years(2017, 2017), None)] == [
        "1994–2023",
        "2017",
        "–",
    ]
