"""Amounts as people write them, and the two that look alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.importers.amounts import UnreadableAmount, Why, decimal_sign, read_amount, unit_words, write_amount

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("133", "133"),
        ("133.5", "133.5"),
        ("133,5", "133.5"),
        ("0.705", "0.705"),
        ("0,705", "0.705"),
        (".5", "0.5"),
        (",25", "0.25"),
        ("..5", None),
        ("1 234", "1234"),
        ("1 234 567", "1234567"),
        (f"1{NBSP}234,5", "1234.5"),
        (f"1{NARROW}234{NARROW}567.25", "1234567.25"),
        (f"12{THIN}345", "12345"),
        ("1'234'567", "1234567"),
        ("1’234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234.567", "1234.567"),
        ("12345.678", "12345.678"),
        ("1234,567", "1234.567"),
        ("12,34", "12.34"),
        ("+5", "5"),
        ("  70.5\t", "70.5"),
        ("133*", "133"),
        ("133.5²", "133.5"),
        ("133.5 (p)", "133.5"),
        ("12,34,567", None),
        ("1 23 456", None),
        ("1.23.456", None),
        ("5.", None),
        ("seventy", None),
        ("NaN5", None),
        ("1e9", None),
        ("12 years", None),
        ("2019/20", None),
        ("٣٤", None),
        ("9" * 60, None),
        ("1,234.567,8", None),
    ],
)
def test_a_number_is_read_as_it_was_meant_or_not_at_all(text, number):
    if number is None:
        with pytest.raises(UnreadableAmount) as refused:
            read_amount(text)
        assert refused.value.why is Why.NOT_A_NUMBER
    else:
        assert read_amount(text).number == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", NBSP, "-", "–", "—", "...", "…", ":", "n/a", "N.A.", "na", "н/д", "нд", "x"])
def test_what_stands_for_no_figure_is_none(text):
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "whole", "currency"),
    [
        ("4.3bn", 4_300_000_000, ""),
        ("4.3 bn", 4_300_000_000, ""),
        ("$133m", 133_000_000, "USD"),
        ("$ 133 m", 133_000_000, "USD"),
        ("US$ 4.3 billion", 4_300_000_000, "USD"),
        ("24,7 млн", 24_700_000, ""),
        (f"24,7{NBSP}млн{NBSP}$", 24_700_000, "USD"),
        ("24,7 млн. долл. США", 24_700_000, "USD"),
        ("1 234,5 тыс. долларов", 1_234_500, "USD"),
        ("4,3 млрд руб.", 4_300_000_000, "RUB"),
        ("AED 1.2bn", 1_200_000_000, "AED"),
        ("1.2 млрд", 1_200_000_000, ""),
        ("0,5 трлн", 500_000_000_000, ""),
        ("12 k", 12_000, ""),
        ("3 mrd €", 3_000_000_000, "EUR"),
    ],
)
def test_words_for_powers_of_ten_and_currencies_are_understood(text, whole, currency):
    amount = read_amount(text)
    assert (amount.whole(0), amount.currency) == (whole, currency)


def test_a_number_without_a_word_counts_in_the_unit_of_the_table():
    assert read_amount("133.5").whole(6) == 133_500_000
    assert read_amount("133.5 bn").whole(6) == 133_500_000_000


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "999.000", "1,234 млн"])
def test_what_may_be_a_thousand_times_more_is_not_guessed(text):
    with pytest.raises(UnreadableAmount) as refused:
        read_amount(text)
    assert refused.value.why is Why.AMBIGUOUS
    whole, parts = refused.value.meanings
    assert whole == parts * 1000


@pytest.mark.parametrize(
    ("others", "text", "number"),
    [
        (["1,234.5"], "1,234", "1234"),
        (["70,5", "–"], "1,234", "1.234"),
        (["70.5"], "1,234", "1234"),
        (["1.234.567"], "1.234", "1234"),
        (["70,5"], "1.234", "1234"),
        (["1 234,5 млн"], "1.234 млн", "1234"),
        (["$1,234,567"], "1.234", "1.234"),
    ],
)
def test_the_other_cells_of_the_table_tell_the_decimal_sign(others, text, number):
    assert read_amount(text, decimal_sign([*others, text])).number == Decimal(number)


@pytest.mark.parametrize("cells", [[], ["5", "7"], ["1,234"], ["70.5", "70,5"], ["n/a", "Exports"]])
def test_a_table_that_does_not_tell_its_decimal_sign_has_none(cells):
    assert decimal_sign(cells) == ""


@pytest.mark.parametrize("text", ["-5", "−5", "–1 234,5"])
def test_a_negative_amount_is_told_apart_from_nonsense(text):
    with pytest.raises(UnreadableAmount) as refused:
        read_amount(text)
    assert refused.value.why is Why.NEGATIVE


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Exports", (None, "")),
        ("Exports, mln USD", (6, "USD")),
        ("Импорт, тыс. долл. США", (3, "USD")),
        ("Товарооборот (млрд рублей)", (9, "RUB")),
        ("Value (billion €)", (9, "EUR")),
        ("Total, million US$", (6, "USD")),
        ("Exports (M)", (None, "")),
    ],
)
def test_a_heading_names_the_unit(heading, said):
    assert unit_words(heading) == said


amounts = st.decimals(0, 10**15, places=6, allow_nan=False, allow_infinity=False)


@given(amounts, st.sampled_from([".", ","]), st.sampled_from(["", ".", ","]))
def test_what_is_written_is_read_back_whatever_the_table_looks_like(number, decimal, table):
    assert read_amount(write_amount(number, decimal), table).number == number


@given(
    st.integers(0, 10**15), st.integers(0, 99), st.sampled_from([("\u00a0", ","), (" ", "."), (",", "."), (".", ",")])
)
def test_groups_and_decimals_of_every_style_are_read(whole, cents, style):
    grouping, decimal = style
    text = f"{whole:,}".replace(",", grouping) + f"{decimal}{cents:02}"
    assert read_amount(text).number == Decimal(whole) + Decimal(cents).scaleb(-2)


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_nothing_or_refused(text):
    try:
        amount = read_amount(text)
    except UnreadableAmount:
        return
    assert amount is None or amount.number >= 0


@given(amounts.filter(bool), st.sampled_from([3, 6, 9]))
def test_scaling_by_the_table_and_by_a_word_agree(number, power):
    word = {3: "тыс.", 6: "m", 9: "млрд"}[power]
    assert read_amount(f"{write_amount(number)} {word}").whole(0) == read_amount(write_amount(number)).whole(power)
