"""Doubts in sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from targets.progress import Against, Doubt, Suspicion
from targets.wording import doubt_sentence, years_words
from tests.wording.made_up import PAIR

MILLION = 1_000_000


def doubt(suspicion, *years, entered=121_000, other=110, **fields):
    amounts = (Decimal(entered) * MILLION, Decimal(other) * MILLION)
    return Doubt(suspicion, years, fields.pop("column", ""), fields.pop("against", Against.OWN), *amounts, **fields)


def said(one, language="en", fiscal=""):
    with override(language):
        text = doubt_sentence(
            one, PAIR, partner=PAIR.second.code, currency="USD", sources={"comtrade": "UN Comtrade"}, fiscal=fiscal
        )
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("against", list(Against))
@pytest.mark.parametrize("suspicion", list(Suspicion))
def test_every_doubt_has_a_sentence_without_holes(suspicion, against, language):
    one = doubt(suspicion, 2023, 2024, against=against, power=3, share=0.12, source="comtrade", span=(1, 9))
    text = said(one, language)
    assert text[-1] in ".?"
    assert not {"%", "(", "  "} & set(text.replace("12.0 %", "").replace("12,0 %", ""))
    assert "None" not in text


def test_a_wrong_unit_is_told_with_both_amounts():
    assert said(doubt(Suspicion.UNIT, 2016, 2017, 2018, power=3)) == (
        "2016–2018: the amounts about 1,000 times larger than in the known years beside: $121bn against $110m. "
        "Is the unit right?"
    )
    assert said(doubt(Suspicion.UNIT, 2016, 2017, 2018, power=3), "ru") == (
        "2016–2018: суммы примерно в 1 000 раз больше, чем в известные соседние годы: 121 млрд долларов против "
        "110 млн долларов. Та ли единица?"
    )


def test_a_digit_out_of_place_is_another_question():
    text = said(doubt(Suspicion.JUMP, 2024, power=-1, column="exports", against=Against.BLOCK))
    assert text.startswith("2024: exports about 10 times smaller than in the years beside")
    assert text.endswith("Is a digit or the decimal sign out of place?")


@pytest.mark.parametrize(("share", "words"), [(0.0, "has the same figures"), (0.002, "has nearly the same figures")])
def test_figures_that_are_only_near_are_not_called_the_same(share, words):
    assert said(doubt(Suspicion.KNOWN_SAME, 2021, share=share, source="comtrade")) == f"UN Comtrade {words} for 2021."


def test_a_part_names_its_months():
    text = said(doubt(Suspicion.PART_LARGER, 2024, entered=90, other=101, span=(1, 9)))
    assert text == "2024: $90m and $101m for January–September 2024: a part cannot be more than the whole."


@pytest.mark.parametrize(
    ("years", "fiscal", "words"),
    [
        ([2024], "", "2024"),
        ([2016, 2017, 2018, 2020], "", "2016–2018, 2020"),
        ([2020, 2016], "", "2016, 2020"),
        ([2023], "IND", "2023/24"),
        ([None], "", "current level, no year named"),
    ],
)
def test_years_are_told_in_runs(years, fiscal, words):
    assert years_words(years, fiscal) == words
