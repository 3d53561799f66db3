"""Codes of charts: what is in them, how people type them, what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from targets.records import KINDS, METHOD, ChartCode, UnknownCode, economy_code, economy_number, read_code
from targets.records.codes import EPOCH, STATES

CODE = ChartCode("trajectory", (69,), date(2026, 11, 22), 699, 12345)
codes = some.builds(
    ChartCode,
    kind=some.sampled_from(KINDS),
    subjects=some.lists(some.integers(0, 1 << 40), min_size=1, max_size=8).map(tuple),
    day=some.dates(EPOCH, date(2200, 1, 1)),
    version=some.integers(0, 1 << 40),
    state=some.integers(0, STATES - 1),
    method=some.integers(1, 40),
)


@given(codes)
def test_a_code_says_all_that_it_was_made_of(code):
    assert read_code(code.text) == code


@given(some.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ- ", max_size=90))
def test_whatever_is_typed_is_a_code_that_is_written_the_same_way_or_refused(text):
    try:
        code = read_code(text)
    except UnknownCode:
        return
    assert read_code(code.text) == code


def test_the_code_of_one_target_is_short():
    assert len(CODE.text.replace("-", "")) == 14


@pytest.mark.parametrize("change", [str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", " ")])
def test_it_does_not_matter_how_a_code_is_typed(change):
    assert read_code(change(CODE.text)) == CODE


def test_letters_that_look_like_figures_are_read_as_figures():
    text = next(
        code.text
        for version in range(1000)
        if "1" in (code := ChartCode("mirror", (1, 2), CODE.day, version, 0)).text and "0" in code.text
    )
    assert read_code(text.replace("0", "O").replace("1", "l")).text == text


def test_one_wrong_letter_is_noticed_nearly_always():
    wrong = taken = 0
    for at, letter in enumerate(CODE.text):
        for other in set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {letter, "-"}:
            if letter != "-":
                wrong += 1
                try:
                    read_code(CODE.text[:at] + other + CODE.text[at + 1 :])
                    taken += 1
                except UnknownCode:
                    pass
    assert wrong > 400
    assert taken / wrong < 0.01


@pytest.mark.parametrize(
    "text", ["", "0", "-", "0000", "КОД", CODE.text[:-1], CODE.text[1:], CODE.text + "0", "0" * 81]
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(UnknownCode):
        read_code(text)


@given(some.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True))
def test_an_economy_is_found_again_by_its_number(code):
    assert economy_code(economy_number(code)) == code


def test_a_code_knows_by_which_version_of_the_method_the_chart_was_judged():
    assert read_code(CODE.text).method == METHOD
    later = ChartCode("trajectory", (69,), CODE.day, 699, 12345, METHOD + 1)
    assert read_code(later.text).method == METHOD + 1
