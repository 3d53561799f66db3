"""The words of the rules."""

import pytest

from targets.progress import Flag, Measure, Reason, SourceRank, Status, Weather


@pytest.mark.parametrize("words", [Flag, Measure, Reason, Status, Weather])
def test_every_word_has_its_own_value_and_an_english_label(words):
    labels = [word.label for word in words]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert [words(str(word)) for word in words] == list(words)
    assert all(word.value == word.name.lower() for word in words)


def test_a_word_is_its_code_value_in_text():
    assert f"{Status.MET_THEN_LOST}" == "met_then_lost"


def test_sources_rank_from_the_national_office_to_the_press():
    assert sorted(SourceRank) == [
        SourceRank.NATIONAL_OFFICE,
        SourceRank.COMPILATION,
        SourceRank.WORDS,
        SourceRank.PRESS,
    ]


def test_only_exports_are_one_way():
    assert [measure for measure in Measure if measure.one_way] == [
        Measure.EXPORTS_FIRST_TO_SECOND,
        Measure.EXPORTS_SECOND_TO_FIRST,
    ]
