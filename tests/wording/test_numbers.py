"""Numbers read as people say them, in both languages, and never break or lie by rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from targets import wording
from targets.wording.numbers import distinct_digits, money_range_in_text

SPACE = "\u00a0"
NARROW = "\u202f"

AMOUNTS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False, allow_infinity=False)
LANGUAGES = st.sampled_from(("en", "ru"))


def plain(text: str) -> str:
    """The text with ordinary spaces, for tables that people can read."""
    return text.replace(SPACE, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("amount", "currency", "english", "russian"),
    [
        (133e6, "USD", "$133m", "133 млн $"),
        (Decimal("4310000000"), "USD", "$4.31bn", "4,31 млрд $"),
        (20e9, "EUR", "€20bn", "20 млрд €"),
        (6e9, "NZD", "NZ$6bn", "6 млрд NZ$"),
        (1.2e9, "AED", "AED 1.2bn", "1,2 млрд AED"),
        (1e12, "USD", "$1tn", "1 трлн $"),
        (999_960_000, "USD", "$1bn", "1 млрд $"),
        (999_400_000, "USD", "$999m", "999 млн $"),
        (133_456, "USD", "$133,000", "133 000 $"),
        (0, "USD", "$0", "0 $"),
        (-0.0, "USD", "$0", "0 $"),
        (-5e6, "USD", "−$5m", "−5 млн $"),
    ],
)
def test_money_has_three_digits_and_its_sign_in_the_order_of_the_language(amount, currency, english, russian):
    with override("en"):
        assert plain(wording.money(amount, currency)) == english
    with override("ru"):
        assert plain(wording.money(amount, currency)) == russian


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (133e6, "USD", "133 млн долларов"),
        (21e6, "USD", "21 млн долларов"),
        (1e9, "GBP", "1 млрд фунтов стерлингов"),
        (2.36e9, "NZD", "2,36 млрд новозеландских долларов"),
        (20e9, "EUR", "20 млрд евро"),
        (1, "USD", "1 доллар"),
        (22, "USD", "22 доллара"),
        (25, "USD", "25 долларов"),
        (5000, "USD", "5000 долларов"),
    ],
)
def test_russian_sentences_spell_the_currency_out_and_decline_it(amount, currency, words):
    with override("ru"):
        said = plain(wording.money_in_text(amount, currency))
    assert said.replace(" 000", "000") == words


@pytest.mark.parametrize(
    ("low", "high", "english", "russian"),
    [
        (2e9, 3e9, "$2–3bn", "2–3 млрд долларов"),
        (1.5e9, 2e9, "$1.5–2bn", "1,5–2 млрд долларов"),
        (500e6, 1e9, "$500m–1bn", "500 млн–1 млрд долларов"),
    ],
)
def test_a_range_says_its_unit_once_when_both_ends_share_it(low, high, english, russian):
    with override("en"):
        assert plain(money_range_in_text(low, high, "USD")) == english
    with override("ru"):
        assert plain(money_range_in_text(low, high, "USD")) == russian


@pytest.mark.parametrize(
    ("fraction", "signed", "english", "russian"),
    [
        (0.2469, False, "24.7 %", "24,7 %"),
        (0.031, True, "+3.1 %", "+3,1 %"),
        (-0.031, True, "−3.1 %", "−3,1 %"),
        (-0.0001, True, "0.0 %", "0,0 %"),
        (-0.0, False, "0.0 %", "0,0 %"),
        (12.344, False, "1,234 %", "1 234 %"),
    ],
)
def test_growth_has_one_decimal_and_a_real_minus(fraction, signed, english, russian):
    with override("en"):
        assert plain(wording.percent(fraction, signed)) == english
    with override("ru"):
        assert plain(wording.percent(fraction, signed)) == russian


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        (0.27, "27 %"),
        (1, "100 %"),
        (0, "0 %"),
        (0.996, "99.6 %"),
        (0.99999, "99.99 %"),
        (0.002, "0.2 %"),
        (-0.3, "−30 %"),
    ],
)
def test_a_share_says_all_or_nothing_only_when_it_is(fraction, words):
    with override("en"):
        assert plain(wording.share(fraction)) == words


def test_exact_money_is_whole():
    with override("en"):
        assert wording.money_exact(Decimal("133456789.4"), "USD") == "$133,456,789"
    with override("ru"):
        assert plain(wording.money_exact(Decimal(133456789), "USD")) == "133 456 789 $"


def test_a_target_missed_by_a_hair_does_not_print_as_reached():
    digits = distinct_digits(500e6, 499.8e6)
    with override("en"):
        assert wording.money(499.8e6, "USD", digits) == "$499.8m"
        assert wording.money(500e6, "USD", digits) == "$500m"


def test_currencies_without_a_sign_go_by_their_code():
    with override("en"):
        assert wording.money(7e6, "THB") == f"THB{SPACE}7m"


@given(AMOUNTS, st.sampled_from(("USD", "EUR", "AED")), LANGUAGES)
def test_no_amount_breaks_across_lines_or_is_minus_nothing(amount, currency, spoken):
    with override(spoken):
        for said in (
            wording.money(amount, currency),
            wording.money_in_text(amount, currency).removesuffix(" ОАЭ"),
            wording.money_exact(amount, currency),
        ):
            assert "-" not in said
            assert not ("−" in said and not any(digit in said for digit in "123456789"))
            if spoken == "en":
                assert " " not in said


@given(st.floats(min_value=-100, max_value=100, allow_nan=False), LANGUAGES)
def test_per_cent_is_never_minus_nothing(fraction, spoken):
    with override(spoken):
        for said in (wording.percent(fraction), wording.percent(fraction, signed=True), wording.share(fraction)):
            assert said.endswith(f"{NARROW}%")
            assert " " not in said
            assert not (said.startswith(("−", "+")) and not any(digit in said for digit in "123456789"))
