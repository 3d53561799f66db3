"""Where words are found: the same records in the same order as by going through them one by one, however many."""

from itertools import islice

import pytest

from targets.queries import texts
from targets.records import SearchKind

NUMBERS = [70, 3, 65, 12, 9, 40, 41, 8, 1, 99]
PAIRS = [("XA", "XB"), ("XB", "XC"), ("XA", "XC"), ("XD", "XA"), ("XB", "XD")] * 2
TEXTS = ["trade plan", "plan", "trade", "tradewind", "untrade", "", "plan trade", "pla", "trade", "plans of trade"]
NAMED = {"alfa": {"XA"}, "bravo": {"XB", "XA"}, "delta": {"XD", "XE"}}


@pytest.fixture
def read(monkeypatch):
    """Looks words up among ten made-up texts."""
    every = texts.Texts(NUMBERS, texts.places_by_code(PAIRS, len(PAIRS)), [f" {text}".encode() for text in TEXTS])
    monkeypatch.setattr(texts, "remembered", lambda _what, _make: every)
    return lambda *words, **named: texts.found(SearchKind.STATEMENTS, words, named)


def one_by_one(words, named):
    """The same, asked of each text by itself."""
    for number, pair, text in zip(NUMBERS, PAIRS, TEXTS, strict=True):
        own = [f" {word}" in f" {text}" for word in words]
        meant = [bool(set(pair) & named.get(word, set())) for word in words]
        told = any(own) if all(named.get(word) for word in words) else True
        if told and all(said or here for said, here in zip(own, meant, strict=True)):
            yield number


@pytest.mark.parametrize(
    "words",
    [["trade"], ["plan", "trade"], ["trade", "plan"], ["pl"], ["nothing"], ["alfa"], ["plan", "alfa"],
     ["alfa", "trade", "plan"], ["bravo", "delta"], ["trade", "bravo", "delta"], ["trade", "nothing", "alfa"]],
)  # fmt: skip
def test_words_and_names_find_what_each_text_alone_would_say(read, words):
    for named in ({}, NAMED, {**NAMED, "trade": {"XC"}}, {**NAMED, "trade": {"XC"}, "plan": {"XD"}}):
        found = read(*words, **{word: named.get(word, set()) for word in words})
        assert list(found) == list(one_by_one(words, named))
        assert len(found) == len(list(found))


def test_a_part_of_what_was_found_is_that_part_of_all(read):
    found = read("trade")
    whole = [70, 65, 12, 41, 1, 99]
    assert list(found) == whole
    assert [list(islice(found, start, start + 4)) for start in (0, 4, 8)] == [whole[:4], whole[4:], []]


def test_no_more_words_are_kept_than_there_is_room_for(read, monkeypatch):
    monkeypatch.setattr(texts, "WORDS_KEPT", 3)
    first = list(read("trade"))
    for word in ("plan", "pl", "untrade", "nothing"):
        read(word)
    assert len(texts.remembered(None, None).known) <= 3
    assert list(read("trade")) == first


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 64, 1000])
def test_places_are_counted_and_told_in_order_whatever_their_number(size):
    every = range(size)
    for step in (1, 3, 8):
        found = texts.Found(every, texts.places_of(every[::step], size))
        assert list(found) == list(every[::step])
        assert len(found) == len(every[::step])
