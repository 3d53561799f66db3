"""The paragraph for an article: what it says, in what order, and of what it warns."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from targets.progress import Measure
from targets.queries.sides import mirror_on
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    PartialDate,
    RatePoint,
    Relation,
    StatementRecord,
    Strength,
    TargetRow,
)
from targets.wording import story, verdict_sentence
from tests.charts.pages import PAIR, PRESS, TODAY, figure, page, source, target, years

DAY = PartialDate(date(2024, 11, 28), DatePrecision.DAY)


def told(one, today=TODAY, language="en"):
    with override(language):
        return story(one, today).replace("\u00a0", " ").replace("\u202f", " ")


def said(**fields):
    given = {
        "id": 1, "stated": DAY, "speaker": "Ilva Marn", "speaker_ru": "Ильва Марн",
        "role": "Trade Minister of Arlandia", "role_ru": "Министр торговли Арландии", "sides": ("XAR",),
        "occasion": "", "occasion_ru": "", "hedged": False, "quote": "", "quote_language": "",
        "summary_en": "", "summary_ru": "", "context_only": False, "source": PRESS,
    }  # fmt: skip
    return StatementRecord(**given | fields)


def both(goal=None, **fields):
    """A page on which both sides have figures, with the mirror that a page of the site has."""
    goal = goal or target()
    figures = [*years("XAR", 2019, 100e6, 80e6, 95e6, 120e6, 125e6, 133e6), *years("XBO", 2019, 85e6, None, 90e6)]
    figures += fields.pop("more", [])
    one = page(goal, figures, **fields)
    return replace(one, mirror=mirror_on(PAIR, goal.terms(), one.figures, one.rates, TODAY))


def test_it_begins_with_the_verdict_and_ends_with_prices_source_and_day():
    one = both()
    text = told(one)
    assert text.startswith(verdict_sentence(one.target, one.assessment).replace("\u00a0", " ").replace("\u202f", " "))
    assert text.endswith(
        "Amounts are in current dollars: inflation is not taken out. Source: Tradewatch, as known on 22 November 2026."
    )
    assert told(one, language="ru").endswith("по данным на 22 ноября 2026 г.")


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        (Strength.COMMITMENT, "The goal was stated as a commitment"),
        (Strength.ASPIRATION, "The goal is an aspiration, not a commitment"),
        (Strength.EXPECTATION, "The goal is an expectation, not a commitment"),
        (Strength.AGREED_DOCUMENT, "The goal stands in a document"),
    ],
)
def test_it_says_how_firmly_the_goal_was_put(strength, words):
    assert words in told(both(target(strength=strength)))


def test_it_names_who_spoke_first_and_when():
    one = both(statements=(said(),))
    assert "the earliest statement we know of: Ilva Marn (Trade Minister of Arlandia), 28 November 2024." in told(one)
    assert "заявление: Ильва Марн (министр торговли Арландии), 28 ноября 2024 г. " in told(one, language="ru")


@pytest.mark.parametrize("role", ["ОАЭ: посол", "и. о. министра"])
def test_an_abbreviation_keeps_its_capitals_within_a_sentence(role):
    assert f"Ильва Марн ({role})" in told(both(statements=(said(role_ru=role),)), language="ru")


def test_a_statement_of_another_day_or_for_context_is_not_taken_for_the_first():
    later = PartialDate(date(2025, 1, 1), DatePrecision.DAY)
    one = both(statements=(said(stated=later), said(context_only=True)))
    words = (
        "first stated: 28 November 2024; the earliest statement that we list: Ilva Marn (Trade Minister of Arlandia), "
    )
    assert f"{words}1 January 2025." in told(one)
    assert "впервые заявлено: 28 ноября 2024 г.; самое раннее из приведённых заявлений: " in told(one, language="ru")


def test_of_a_date_that_no_statement_bears_nothing_more_is_said_than_the_date():
    one = both(statements=(said(context_only=True), said(stated=PartialDate(None, DatePrecision.UNKNOWN), speaker="")))
    assert "a commitment; first stated: 28 November 2024." in told(one)


def test_a_statement_within_the_month_of_the_first_one_is_the_first_and_has_its_own_day():
    month = target(first_stated=PartialDate(date(2024, 11, 1), DatePrecision.MONTH, inferred=True))
    words = "the earliest statement we know of: Ilva Marn (Trade Minister of Arlandia), 28 November 2024."
    assert words in told(both(month, statements=(said(),)))


def test_a_speaker_whose_name_is_not_known_in_russian_is_not_named_in_russian():
    one = both(statements=(said(speaker_ru="", role_ru=""),))
    assert "известное нам заявление — 28 ноября 2024 г. " in told(one, language="ru")
    assert "Ilva" not in told(one, language="ru")


def test_a_date_is_no_finer_than_known():
    year = PartialDate(date(2024, 1, 1), DatePrecision.YEAR)
    one = both(target(first_stated=year), statements=(said(stated=year, speaker="", speaker_ru=""),))
    assert "dates from 2024." in told(one)
    assert "известное нам заявление — 2024 год." in told(one, language="ru")
    unknown = both(target(first_stated=PartialDate(None, DatePrecision.UNKNOWN)))
    assert "stated: " not in told(unknown)


def test_a_number_without_a_promise_and_a_year_that_was_worked_out_are_said_to_be():
    one = both(target(deadline_basis=DeadlineBasis.COMPUTED), statements=(said(hedged=True),))
    assert "; the number was named without a promise to reach it; the year was worked out from" in told(one)
    assert "promise" not in told(both(statements=(said(),)))
    assert "worked out" not in told(both())


def test_the_two_sides_numbers_stand_beside_each_other_with_the_gap():
    assert "In 2021 trade came to $95m by Arlandia's figures and to $90m by the Borovia's figures: a gap of 5 % " in (
        told(both())
    )


def test_what_the_verdict_has_said_of_both_sides_is_not_said_twice():
    met = target(amount=Decimal("90e6"), deadline_year=2021, first_stated=PartialDate(date(2019, 5, 1), DAY.precision))
    one = both(met)
    assert "$95m by Arlandia's figures (2021) and $90m by the Borovia's figures (2021)" in told(one)
    assert "gap" not in told(one)


def test_a_target_whose_time_is_over_is_set_beside_a_year_of_its_time():
    over = target(deadline_year=2020, first_stated=PartialDate(date(2018, 5, 1), DAY.precision))
    assert "In 2019 trade came to" in told(both(over))


def test_part_of_the_year_that_runs_is_told_as_that():
    part = figure("XAR", 2026, 101e6, through_month=9)
    shorter = figure("XAR", 2026, 50e6, through_month=4)
    text = told(both(more=[part, shorter]))
    assert (
        "January–September 2026: $101m by Arlandia's figures (part of a year is never compared with whole ones)."
        in (text)
    )
    assert "$50m" not in text
    assert "Январь–сентябрь 2026: 101 млн долларов по данным Арландии (часть года" in told(
        both(more=[part]), language="ru"
    )


@pytest.mark.parametrize(
    "part",
    [
        figure("XAR", 2024, 101e6, through_month=9),
        figure("XAR", 2026, 101e6, from_month=4, through_month=9),
        figure("XAR", 2026, 101e6, through_month=9, measure=Measure.NON_OIL_TURNOVER),
        figure("XAR", 2026, 101e6, through_month=9, currency="EUR"),
    ],
    ids=["of a year known whole", "from the middle", "of something else", "without a rate"],
)
def test_a_part_that_says_nothing_new_of_the_goal_is_left_out(part):
    assert "part of a year" not in told(both(more=[part]))


def test_a_part_after_the_deadline_or_of_long_ago_is_left_out():
    part = figure("XAR", 2026, 101e6, through_month=9)
    assert "part of a year" not in told(both(target(deadline_year=2025), more=[part]))
    assert "part of a year" in told(both(target(deadline_year=2026), more=[part]))
    assert "part of a year" not in told(both(more=[part]), today=date(2030, 1, 1))


def test_a_goal_that_two_earlier_ones_became_tells_of_each_from_its_beginning():
    goal = target()
    earlier = [
        target(slug=slug, amount=Decimal(amount), deadline_year=year, successor=goal.slug, relation=Relation.RAISED)
        for slug, amount, year in (("first", "400e6", 2020), ("second", "300e6", None))
    ]
    rows = tuple(TargetRow(one, both(one).assessment, rail={}) for one in earlier)
    text = told(both(goal, siblings=rows))
    assert "How the goal moved (at first $400m by 2020): restated once" in text
    assert "How the goal moved (at first $300m, no deadline): restated once" in text
    assert "How the goal moved:" not in text
    assert "How the goal moved: restated once" in told(both(goal, siblings=rows[:1]))


def test_a_goal_that_another_followed_says_so():
    assert "The goal that followed: $800m by 2035." in told(
        both(later=target(amount=Decimal("800e6"), deadline_year=2035))
    )


def test_converted_amounts_and_prices_of_another_currency_are_said_to_be():
    rates = [RatePoint("EUR", year, Decimal("1.1"), source()) for year in range(2019, 2025)]
    text = told(both(target(currency="EUR"), rates=rates))
    assert "Amounts in other currencies are converted at the year's average rate. Amounts are in current prices" in text


def test_a_past_day_is_the_day_of_the_text():
    assert told(both(as_of=date(2026, 5, 1))).endswith("as known on 1 May 2026.")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_sentences_stand_apart_by_one_space_and_end_with_one_stop(language):
    text = told(both(statements=(said(),), more=[figure("XAR", 2026, 101e6, through_month=9)]), language=language)
    assert "  " not in text
    assert ".." not in text
    assert "%(" not in text
    assert text[-1] == "."
