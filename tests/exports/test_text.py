import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.exports.svg.text import lines_of, width, wrapped
from tests.exports.svgs import measured

SAMPLES = [
    "Belarus and Kyrgyzstan must grow 24.7 % a year from about $133m in 2024",
    "Чтобы достичь 500 млн долларов к 2030 году, товарооборот должен расти",
    "Sources: National Statistical Committee of Kyrgyzstan, 24.kg and 3 more.",
    "1994: $6.34m",
    "Объединённые Арабские Эмираты",
]


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("bold", [False, True])
def test_a_width_is_what_the_font_needs_or_a_little_more(text, bold):
    real = measured(text, 13, bold)
    assert real <= width(text, 13, bold) <= real * 1.08


@given(st.text(alphabet="abcdefghij KLMNO абвгд 0123456789", max_size=80), st.floats(20, 400))
def test_wrapping_loses_no_word_and_keeps_to_the_room(text, room):
    lines = wrapped(text, room, 12)
    assert " ".join(lines).split() == text.split()
    assert all(width(line, 12) <= room or " " not in line for line in lines)


def test_markup_of_plotly_is_read_not_printed():
    assert [line.text for line in lines_of("<b>A &amp; B</b><br><i>c</i>")] == ["A & B", "c"]
