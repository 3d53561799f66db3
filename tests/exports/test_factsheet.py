"""The fact sheet: what stands on it, what it is for programs, what gives way, hostile texts, the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from targets import gallery
from targets.charts import trajectory
from targets.charts.theme import PALETTE
from targets.exports import factsheet, images, letters
from targets.exports.factsheet.rail import rail_svg
from targets.exports.svg.imprint import Imprint
from targets.progress import Rail, RailMark
from targets.queries.sides import pair_mirror
from targets.records import (
    DatePrecision,
    DocumentKind,
    DocumentRecord,
    MeasureState,
    PartialDate,
    RatePoint,
    RoadmapMeasureRecord,
    SourceGrade,
    StatementRecord,
)
from targets.wording import verdict_sentence
from tests.charts import test_trajectory
from tests.charts.pages import OFFICE, PAIR, PRESS, TODAY, busy, figure, page, source, target, years
from tests.exports import files

SITE = "https://tradewatch.example"
CODE = "0VV2-JV2N-4C1S-SR"
DAY = date(2026, 11, 22)
TOLD = factsheet.Told(
    Imprint(f"{SITE}/targets/xar-xbo-500m-usd-2030/", f"{SITE}/verify/{CODE}/", CODE, DAY),
    table=f"{SITE}/targets/xar-xbo-500m-usd-2030/figures.csv",
    method=f"{SITE}/methodology/",
    signs=gallery.signs(),
)
SAID_ON = PartialDate(date(2024, 11, 28), DatePrecision.DAY)


def statement(number=1, **fields):
    """A minister who named the goal, in the paper."""
    given = {
        "id": number,
        "stated": SAID_ON,
        "speaker": "Ilva Marn",
        "speaker_ru": "Ильва Марн",
        "role": "Trade Minister",
        "role_ru": "Министр торговли",
        "sides": ("XAR",),
        "occasion": "Visit to the other capital",
        "occasion_ru": "Визит в соседнюю столицу",
        "hedged": False,
        "quote": "",
        "quote_language": "",
        "summary_en": f"She named the amount and the year, {number}.",
        "summary_ru": f"Она назвала сумму и год, {number}.",
        "context_only": False,
        "source": source(f"paper-{number}", publisher="The Arlandian", title="A goal is set"),
    }
    return StatementRecord(**given | fields)


def document(**fields):
    given = {
        "id": 1,
        "kind": DocumentKind.ROADMAP,
        "title": "Roadmap to 2030",
        "title_ru": "Дорожная карта до 2030 года",
        "signed": SAID_ON,
        "valid_until": 2030,
        "language": "en",
        "source": source("roadmap", publisher="Ministry of Trade"),
        "signatories": "Ilva Marn, Oro Tesk",
    }
    return DocumentRecord(**given | fields)


def full(**fields):
    """A page with something of everything."""
    figures = busy().figures
    told = {
        "mirror": pair_mirror(PAIR, figures, (), TODAY),
        "statements": (statement(hedged=True, quote="Dobro!", quote_language="xx"),),
        "documents": (document(),),
    }
    return replace(busy(), **told | fields)


def made(shown, language="en", told=TOLD):
    with translation.override(language):
        return factsheet.pdf(shown, trajectory(shown), told)


def read(shown, language="en", told=TOLD):
    return files.sheet(made(shown, language, told))


WORDS = {
    "en": (
        "Arlandia – Borovia", "$500m by 2030", "What each side’s figures say", "The Daily Ledger", "Ilva Marn",
        "She named the amount and the year, 1.", "names the number, does not promise it", "“Dobro!”",
        "28 November 2024", "The Arlandian", "A goal is set", "Roadmap to 2030", "valid until 2030",
        "Signed by: Ilva Marn, Oro Tesk", "September 2024 Arlandia – – $68m", "shown, never counted as a year",
        "nothing is averaged between the two", "tradewatch.example/methodology/", "as of 22 November 2026",
        "Page 1 of", "Office of Numbers",
    ),
    "ru": (
        "Арландия – Боровия", "500 млн $ к 2030", "Что говорят данные каждой стороны", "Ильва Марн",
        "Она назвала сумму и год, 1.", "называет число, но не обещает его", "«Dobro!»", "28 ноября 2024 г.",
        "Дорожная карта до 2030 года", "сентябрь 2024", "за год не считаются", "Страница 1 из",
        "по состоянию на 22 ноября 2026 г.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_sheet_holds_verdict_readings_statements_documents_figures_method_and_code_as_text(language):
    shown = full()
    sheet = read(shown, language)
    with translation.override(language):
        verdict = verdict_sentence(shown.target, shown.assessment)
    for said in (verdict, CODE, f"tradewatch.example/verify/{CODE}/", *WORDS[language]):
        assert files.plain(said) in sheet.words, said


def test_both_sides_stand_with_their_verdicts_and_numbers():
    shown = full()
    words = read(shown).words
    for reading in shown.assessment.readings:
        if reading.reporter:
            told = files.plain(factsheet.content.reading_sentence(shown.target, reading))
            assert told in words
    assert re.search(r"Base 20\d\d: \$\d+", words)
    assert "Latest full year" in words
    assert "a gap of" in words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_for_programs_it_is_a_tagged_document_with_title_language_headings_and_bookmarks(language):
    sheet = read(full(), language)
    assert (sheet.language, sheet.tagged, sheet.size) == (language, True, {(595, 842)})
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet.identified
    assert sheet.fonts == {"TradewatchSans-Regular", "TradewatchSans-SemiBold"}
    name = {"en": "Fact sheet: Arlandia – Borovia", "ru": "Справка: Арландия – Боровия"}[language]
    assert sheet.properties["/Title"].startswith(name)
    assert CODE in sheet.properties["/Keywords"]
    assert sheet.properties["/CreationDate"].startswith("D:20261122")
    parts = {
        "en": [
            "The chart",
            "What each side’s figures say",
            "Who said it",
            "Documents",
            "Figures",
            "How this was judged",
        ],
        "ru": [
            "График",
            "Что говорят данные каждой стороны",
            "Кто сказал",
            "Документы",
            "Данные",
            "Как это оценивалось",
        ],
    }
    assert sheet.bookmarks[0][0] == 0
    assert [title for depth, title in sheet.bookmarks if depth == 1 and title in parts[language]] == parts[language]
    kinds = [kind for kind, _ in sheet.tags]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == sum(depth == 1 for depth, _ in sheet.bookmarks)
    assert kinds.count("Table") == 2
    assert kinds.count("TH") >= 2 * 7, "the cells of both heads"


def test_its_pictures_say_in_words_what_they_show():
    shown = full()
    pictures = [told for kind, told in read(shown).tags if kind == "Figure"]
    assert len(pictures) == 3
    rail, chart, square = pictures
    assert "to the target of $500m" in rail
    with translation.override("en"):
        assert chart.startswith(verdict_sentence(shown.target, shown.assessment))
    assert CODE in square


@pytest.mark.parametrize("place", ["over", "under"])
def test_two_marks_above_the_target_or_below_the_base_do_not_hide_each_other(place):
    marks = tuple(RailMark(by, 0.0, place == "over", place == "under", 2024) for by in ("XAR", "XBO"))
    drawn = rail_svg(Rail(1e8, 5e8, marks, None), target(), PALETTE["light"])
    disc = float(re.search(r'<circle [^>]*cy="([\d.]+)" r="6.5"', drawn)[1])
    diamond = float(re.search(r"M[\d.]+ ([\d.]+)m0-8", drawn)[1])
    assert diamond - disc > 12


def test_figures_that_were_used_are_marked_for_who_hears_the_table_too():
    shown = page(target(), [*years("XAR", 2019, *[1e8] * 6), figure("XAR", 2024, 9e7, compiler="", source=PRESS)])
    used = {point.key for one in shown.series for point in one.points}
    assert 0 < len(used) < len(shown.figures)
    assert read(shown).words.count("•") == len(used)


def test_the_promise_says_what_it_starts_from_which_sectors_and_how_many_measures_a_document_has():
    goal = target(baseline_year=2019, baseline_amount=Decimal("90e6"), sectors=("food", "steel"))
    due = RoadmapMeasureRecord("Open the bridge", None, MeasureState.PLANNED)
    words = read(replace(full(), target=goal, documents=(document(measures=(due, due)),))).words
    for said in ("Starting point it names: 2019: $90m", "Sectors it names: food, steel", "2 measures"):
        assert said in words


def test_it_leads_to_the_page_the_sources_the_rules_and_to_where_it_can_be_checked():
    links = read(full()).links
    assert {TOLD.imprint.address, TOLD.imprint.verify, TOLD.method} <= links
    assert {"https://example.org/paper-1", "https://example.org/roadmap", OFFICE.url} <= links


def test_a_source_that_is_a_repost_is_named_without_a_link():
    said = statement(source=source("copied", publisher="Echo Blog", grade=SourceGrade.LOW))
    sheet = read(full(statements=(said,)))
    assert "Echo Blog" in sheet.words
    assert "https://example.org/copied" not in sheet.links


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("shape", test_trajectory.SHAPES)
def test_every_kind_of_target_has_its_sheet_on_one_or_two_pages(shape, language):
    with translation.override(language):
        shown = test_trajectory.SHAPES[shape]()
    sheet = read(shown, language)
    assert len(sheet.pages) in (1, 2)
    assert all(CODE in words for words in sheet.pages)
    assert "left out" not in sheet.words


def test_of_more_years_than_two_pages_hold_the_newest_stay_and_it_says_where_the_rest_is():
    said = tuple(statement(number) for number in range(3))
    sheet = read(page(target(), years("XAR", 1930, *[1e6 * (number + 1) for number in range(90)]), statements=said))
    assert len(sheet.pages) == 2
    left = int(re.search(r"The newest figures are shown; (\d+) more stand in the whole table: (\S+)", sheet.words)[1])
    assert "tradewatch.example/targets/xar-xbo-500m-usd-2030/figures.csv" in sheet.words
    assert TOLD.table in sheet.links
    shown_years = [int(year) for year in re.findall(r"\b(20[01]\d|19[3-9]\d) (?:•)?\s*Arlandia – –", sheet.words)]
    assert shown_years == list(range(2019, 2019 - 90 + left, -1))
    assert len(shown_years) >= 16


def test_of_more_statements_than_two_pages_hold_the_first_and_the_newest_stay():
    many = tuple(statement(number) for number in range(1, 41))
    sheet = read(full(statements=many))
    assert len(sheet.pages) == 2
    told = [int(number) for number in re.findall(r"She named the amount and the year, (\d+)\.", sheet.words)]
    left = int(re.search(r"(\d+) more statements stand on the target’s page", sheet.words)[1])
    assert len(told) + left == 40
    assert told == [1, *range(42 - len(told), 41)]
    assert len(told) >= 4


def test_statements_around_the_goal_stand_apart_and_give_way_first():
    around = tuple(statement(number, context_only=True) for number in range(2, 5))
    words = read(full(statements=(statement(1), *around))).words
    assert words.index("amount and the year, 1.") < words.index("Around it") < words.index("amount and the year, 4.")
    many = read(
        full(statements=(statement(1), *(statement(number, context_only=True) for number in range(2, 60))))
    ).words
    assert "amount and the year, 1." in many
    assert "more statements stand on the target’s page" in many


def test_converted_amounts_stand_with_rate_year_and_source():
    bank = source("bank", publisher="Central Bank of Borovia")
    rates = [RatePoint("EUR", year, Decimal("1.1"), bank) for year in range(2019, 2025)]
    shown = page(target(), years("XAR", 2019, *[1e8] * 6, currency="EUR"), rates=rates)
    words = read(shown).words
    assert "Converted amounts: at the average rate of their year" in words
    assert "€100m $110m 2024: 1 EUR = 1.1 USD" in words
    assert "Central Bank of Borovia" in words


def test_figures_that_may_not_be_passed_on_are_left_out_and_counted():
    closed = source("closed", publisher="Closed Office", shareable=False)
    shown = page(target(), [*years("XAR", 2019, 1e8, 1.1e8), *years("XBO", 2024, 1e8, 1.5e8, source=closed)])
    words = read(shown).words
    assert "2 figures are left out: the terms of their sources do not allow passing them on." in words
    assert "Arlandia – – $110m" in words
    assert "Borovia – –" not in words


HOSTILE = {
    "markup": '#panic("no") $x$ \\u{41} "] // *b* _i_ @ref <label> `raw` = head ] #import "x" \\ ~ ---',
    "long": "W" * 900,
    "right to left": "\u202egarbled\u202c اللغة العربية عام 2024 خیز ترکیه",
    "no letters for it": "新华社 😀👩‍👩‍👧 हिन्दी ᚠᚢᚦ",
    "marks": "a\u0301\u0323 ұ\u0301 \u200d\u200d\ufeff\u00ad\x07\n\tend",
    "many": "Слово " * 2000,
    "svg": "</text></svg><script>alert(1)</script>&amp;&lt;",
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_texts_on_two_pages(kind, language):
    text = HOSTILE[kind]
    texts = dict.fromkeys(
        ("speaker", "speaker_ru", "role", "role_ru", "occasion", "occasion_ru", "quote", "summary_en", "summary_ru"),
        text,
    )
    where = source(
        "odd", publisher=text[:200], title=text[:500], language="no language", url="https://example.org/ ü?a=«b»"
    )
    shown = page(
        target(notes=text, notes_ru=text, deadline_note=text),
        [*years("XAR", 2019, 1e8, 1.2e8, 1.3e8, note=text, source=where), figure("", 2020, 9e7, compiler=text[:60])],
        statements=tuple(statement(number, **texts, quote_language=text, source=where) for number in range(3)),
        documents=(document(title=text, title_ru=text, signatories=text, source=where),),
    )
    sheet = read(shown, language)
    assert len(sheet.pages) == 2
    if kind == "markup":
        assert files.plain('#panic("no") $x$') in sheet.words
    if kind == "no letters for it":
        told = {"en": "that this file cannot print", "ru": "которых нет в шрифтах этого файла"}[language]
        assert "[…]" in sheet.words
        assert told in sheet.words
    if kind == "many":
        assert "[…]" in sheet.words
    if kind == "right to left":
        assert "garbled" in sheet.words


def test_text_in_other_scripts_is_printed_where_a_typeface_has_it():
    sheet = read(full(statements=(statement(source=source("v", publisher="Tạp chí Công Thương", title="Ελλάδα")),)))
    assert "Tạp chí Công Thương: Ελλάδα" in sheet.words
    assert "[…]" not in sheet.words


def test_every_letter_that_is_said_to_be_printable_is():
    template = b"""
        #let given = json(bytes(sys.inputs.given))
        #set document(title: "x")
        #set text(lang: "en", font: given.fonts, fallback: false)
        #for letter in given.letters [#letter #strong(letter) ]
    """
    for families, ranges in ((letters.FAMILIES, letters.LETTERS), (letters.FAMILIES[:1], letters.OWN)):
        every = [chr(code) for first, last in ranges for code in range(first, last + 1)]
        given = {"fonts": families, "letters": every}
        assert images.compiled(template, "given", given, DAY, format="pdf", pdf_standards=["ua-1"])
        assert all(letters.printable(letter) != letters.LEFT_OUT for letter in every)


def test_letters_that_cannot_stand_together_leave_a_sheet_in_the_one_typeface(monkeypatch):
    monkeypatch.setattr(
        factsheet.texts, "printable", lambda text, own=False: letters.printable(text, True) if own else text
    )
    words = read(full(statements=(statement(summary_en="By 新华社 it was told."),))).words
    assert "By […] it was told." in words


def test_the_same_target_gives_the_same_bytes_in_every_thread():
    jobs = [(full(), "en"), (full(), "ru"), (page(), "en")]
    alone = [made(*job) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda job: made(*job), jobs * 4)) == alone * 4
    assert len(set(alone)) == 3


def test_the_same_target_gives_the_same_bytes_in_a_process_of_its_own():
    program = (
        "import django; django.setup()\n"
        "import hashlib, itertools\n"
        "from tests.charts import pages\n"
        "pages._number = itertools.count(1)\n"
        "from tests.exports import test_factsheet as sheets\n"
        "print(hashlib.sha256(sheets.made(sheets.full(), 'ru')).hexdigest())"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    run = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**env, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert run[0] == run[1]
    assert len(run[0].strip()) == 64
