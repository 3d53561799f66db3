"""Share cards laid out: the whole sentence, inside its margins, whatever the words; ink; the same bytes, and few."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from targets.charts import card
from targets.charts.theme import DARK, LIGHT, STATUS_DARK, STATUS_LIGHT
from targets.exports import cards as exported
from targets.progress import Status
from targets.records import DatePrecision, Outcome, PairRecord, PartialDate, Relation, TargetRow
from targets.wording import Head, target_title, verdict_sentence
from tests.charts.pages import ARLANDIA, BOROVIA, PAIR, busy, page, pair_page, target, years
from tests.exports import files
from tests.exports.cards import ADDRESS, DAY, colliding, outside, plain, said, words

LONGEST = 400
"""Letters; the longest verdict of the shipped catalogue has 360."""

HOSTILE = [
    '#panic("read as source") *bold* _it_ $x^2$ `raw` @ref <label> // gone /* gone */ = Heading \\ end',
    "“quotes” 'single' \"double\" & < > -- --- ~ ... #set text(size: 1pt)",
    "W" * 180,
    "Слово " * 70,
    "nothing \u0000 to be \u0007 seen \u200d here",
]


def going(**fields):
    stated = PartialDate(date(2020, 5, 1), DatePrecision.DAY)
    ours = years("XAR", 2019, 100e6, 80e6, 95e6, 120e6, 125e6, 133e6, 140e6)
    return page(
        target(first_stated=stated, **fields), [*ours, *years("XBO", 2019, 85e6, 99e6, 90e6, 95e6, 100e6, 110e6)]
    )


def png(given, **look):
    return exported.png(given, address=ADDRESS, day=DAY, **look)


def filled(**words):
    """A card with all its parts, and these words in some."""
    return {**card(busy()), "text": "A sentence.", **words}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_is_1200_by_630_with_ink_and_says_what_it_is(language, theme):
    with translation.override(language):
        given = card(going())
        image = png(given, theme=theme)
        title, verdict = target_title(going().target), verdict_sentence(going().target, going().assessment)
    read = files.png(image)
    assert (read.width, read.height) == (1200, 630)
    assert len(image) < 150_000
    scheme = LIGHT if theme == "light" else DARK
    assert all(
        abs(one - int(scheme.paper[at : at + 2], 16)) < 3 for one, at in zip(read.ground, (1, 3, 5), strict=True)
    )
    assert read.ink > 0.05
    assert read.texts["Title"] == (language, title)
    assert read.texts["Description"] == (language, verdict)
    assert read.texts["URL"] == (language, ADDRESS)
    assert read.texts["Creation Time"][1] == DAY.isoformat()
    assert "Tradewatch" in read.texts["Copyright"][1]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_card_names_the_pair_the_goal_the_verdict_and_what_the_rail_shows(language):
    with translation.override(language):
        told = words(card(going()))
    for part in {
        "en": "Arlandia – Borovia|$500m by 2030|far too slow|Borovia $110m 2024|Arlandia $140m 2025|2019: $85m|"
        "As of 20 November 2026",
        "ru": "Арландия – Боровия|500 млн $ к 2030 году|намного медленнее нужного|Боровия 110 млн $ 2024|"
        "Арландия 140 млн $ 2025|2019: 85 млн $|По состоянию на 20 ноября 2026 г.",
    }[language].split("|"):
        assert plain(part) in told
    assert "Tradewatch" in told
    assert "tradewatch.example" in told


@pytest.mark.parametrize(("size", "across"), exported.SIZES.items())
def test_a_card_has_the_size_asked_for_and_always_the_same_shape(size, across):
    read = files.png(png(card(going()), size=size))
    assert read.width == across
    assert read.height == pytest.approx(across * 630 / 1200, abs=1)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_colour_and_its_word_on_the_card(status):
    given = {**card(going()), "status": {"word": "a word", "shape": "M2 8h12", "role": status.value}}
    given["accent"] = status.value
    for theme, colours in (("light", STATUS_LIGHT), ("dark", STATUS_DARK)):
        read = files.png(png(given, theme=theme))
        wanted = bytes.fromhex(colours[status][1:])
        near = sum(
            number
            for colour, number in read.colours.items()
            if all(abs(a - b) < 6 for a, b in zip(colour, wanted, strict=True))
        )
        assert near > 1200 * 8, "the stripe at the top"


def test_the_longest_sentence_stands_whole_between_the_heading_and_the_rail():
    text = "Торговый оборот между Арландией и Боровией растёт слишком медленно. " * 6
    assert len(text) > LONGEST
    given = {**card(going()), "text": text.strip(), "language": "ru"}
    assert plain(text) in words(given)
    runs = said(given)
    body = [run for run in runs if plain(run.text) and plain(run.text) in plain(text) and len(plain(run.text)) > 12]
    assert min(run.size for run in body) >= 20, "it can be read in a feed"
    heading = min(run.y for run in runs if "by 2030" in run.text)
    rail = max(run.y for run in runs if "$140m" in run.text or "$110m" in run.text)
    assert heading > max(run.y for run in body) > min(run.y for run in body) > rail + 26, "nothing on another"
    assert outside(png(given)) == 0


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", ["text", "name", "goal"])
def test_whatever_the_words_they_are_words_and_stay_on_the_card(place, text):
    given = filled(**{place: text})
    assert outside(png(given)) == 0
    shown = "".join(sign for sign in text if sign.isprintable() or sign == " ")
    letters = [sign for sign in plain(shown) if sign.isalnum()]
    assert "".join(letters) in "".join(sign for sign in words(given) if sign.isalnum())


def test_no_line_ends_between_the_two_ends_of_a_span():
    for before in range(40, 75):
        given = filled(text=f"{'a' * 9} " * (before // 10) + "b" * (before % 10) + " 2023–2025 " + "and so on. " * 20)
        assert "2023–2025" in words(given), before


def test_the_same_card_has_the_same_bytes_and_eight_threads_at_once_make_each_its_own():
    given = [filled(text=f"Sentence number {number}.") for number in range(16)]
    alone = [png(one) for one in given]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(png, given)) == alone
    assert len(set(alone)) == len(given)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("long", [False, True], ids=["short names", "long names"])
@pytest.mark.parametrize("apart", [0, 20e6, 250e6])
def test_labels_of_marks_do_not_lie_on_each_other_however_close(apart, long, language):
    pair = PAIR
    if long:
        name, other = "The Confederated Provinces of Arlandia", "The Most Serene Republic of Borovia"
        pair = PairRecord("xar-xbo", replace(ARLANDIA, name_en=name), replace(BOROVIA, name_en=other))
    goal = target(pair=pair, first_stated=PartialDate(date(2020, 5, 1), DatePrecision.DAY))
    ours = years("XAR", 2019, *[100e6 + number * 10e6 for number in range(7)])
    with translation.override(language):
        given = card(page(goal, [*ours, *years("XBO", 2019, *[90e6] * 6, 161e6 + apart)]))
        told, runs = words(given), said(given)
        assert outside(png(given)) == 0
    assert len(given["way"]["marks"]) == 2
    for mark in given["way"]["marks"]:
        assert plain(f"{mark['side']} {mark['amount']} {mark['year']}") in told
    assert colliding(runs) == []


def test_a_target_without_figures_has_a_card_without_a_rail():
    given = card(page())
    assert given["way"] is None
    assert plain(verdict_sentence(page().target, page().assessment)) in words(given)


def test_a_bar_of_outcomes_says_each_number_once():
    bar = [
        {"count": count, "number": str(count), "word": outcome.value, "symbol": symbol, "role": role}
        for outcome, count, symbol, role in (
            (Outcome.KEPT, 11, "circle", "kept"),
            (Outcome.LOST, 12, "circle-open", "lost"),
            (Outcome.MISSED, 13, "x", "missed"),
            (Outcome.DISPUTED, 14, "diamond", "disputed"),
            (Outcome.REPLACED, 15, "diamond-open", "earlier"),
            (Outcome.UNASSESSABLE, 16, "square-open", "muted"),
        )
    ]
    given = {**card(Head("A title", "A description.")), "bar": bar}
    told = words(given)
    for part in bar:
        assert told.count(f"{part['number']} {part['word']}") == 1
    assert outside(png(given)) == 0


def test_amounts_of_an_open_range_and_a_target_without_a_deadline_have_cards_too():
    for fields in (
        {"amount_high": Decimal("900e6")},
        {"deadline_year": None},
        {"amount": None, "currency": "", "factor": Decimal(2)},
        {"cumulative": True},
    ):
        given = card(going(**fields))
        assert plain(given["text"]) in words(given)
        assert outside(png(given)) == 0


def test_a_target_that_two_goals_became_stands_on_the_card_of_its_pair_once():
    one = target(slug="a", deadline_year=2024, successor="both", relation=Relation.POSTPONED)
    two = target(slug="b", amount=Decimal("300e6"), successor="both", relation=Relation.RAISED)
    aims = (one, two, target(slug="both"), target(slug="more", amount=Decimal("2e9")))
    given = card(pair_page(targets=tuple(TargetRow(aim, page(aim).assessment, {}) for aim in aims)))
    assert [plain(row["goal"]) for row in given["rows"]] == ["$2bn by 2030", "$500m by 2030"]
    assert given["more"] == ""
    assert "1 more goal is on record." in given["text"]
