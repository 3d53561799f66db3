"""Two readings of the shipped catalogue: list, pair and target pages show both; page, CSV and chart agree."""

import csv
import html
import io
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from targets import queries
from targets.actions.catalogue import load
from targets.models import CountryPair
from targets.records import ReviewState
from targets.wording import money_exact, status_word
from tests.world import TODAY

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[1] / "data"
WIDEST = 10
SIDES, SIDE = re.compile(r'<ul class="sides">(.*?)</ul>', re.DOTALL), re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
SILENT = {
    "en": ("no full-year figures", "for full years are not known"),
    "ru": ("данных за полные годы нет", "за полные годы неизвестны"),
}
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def text_of(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode("utf-8-sig")).translate(SPACES)


def table_of(text, language):
    """The rows of a CSV; the Russian one is written as a Russian spreadsheet reads it, with decimal commas."""
    if language == "en":
        return list(csv.DictReader(io.StringIO(text)))
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [{name: re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", told) for name, told in row.items()} for row in rows]


def exactly(amount):
    """An amount as pages print it in full, under the pointer."""
    return money_exact(amount, "USD").translate(SPACES)


def widest():
    """The pages of the pairs with published targets whose sides lie furthest apart in the newest year of both."""
    slugs = CountryPair.objects.filter(targets__state=ReviewState.PUBLISHED).distinct().values_list("slug", flat=True)
    pages = [queries.pair_page(slug, today=TODAY) for slug in slugs]
    gaps = {page.pair.slug: abs(page.mirror.newest.mirror_gap_share) for page in pages if page.mirror.newest}
    found = sorted((page for page in pages if page.pair.slug in gaps), key=lambda page: -gaps[page.pair.slug])
    return found[:WIDEST]


def rows_of(page_text):
    """The rows of targets on a page, by the target's slug."""
    rows = re.findall(r"<tr\b.*?</tr>", page_text, re.DOTALL)
    return {found[1]: row for row in rows if (found := re.search(r'href="(?:/ru)?/targets/([\w-]+)/"', row))}


def listed(client, prefix, pair):
    """The rows of every target of the pair in the list, on whatever page of it."""
    rows, number, more = {}, 1, True
    while more:
        shown = text_of(client.get(f"{prefix}/targets/?economy={pair.first.code}&replaced=on&page={number}"))
        rows |= rows_of(shown)
        number += 1
        more = f"page={number}" in shown
    return rows


def assert_each_side_has_its_own(parts, row, language):
    """Each part tells one side: its name, the amount and the year of its latest figure, and its status; in order."""
    pair = row.target.pair
    sides = [reading for reading in row.assessment.readings if reading.reporter]
    assert [reading.by for reading in sides] == [pair.first.code, pair.second.code]
    assert len(parts) == len(sides)
    for part, reading in zip(parts, sides, strict=True):
        told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)).strip()
        assert told.startswith(pair.economy(reading.by).name(language))
        if reading.latest_amount is None:
            assert any(words in told for words in SILENT[language]), told
            assert not re.search(r'title="[^"]*\d{3}', part), told
        else:
            assert status_word(reading.status) in told
            amount = money_exact(reading.latest_amount, row.target.currency or "USD").translate(SPACES)
            assert f'title="{amount}"' in part
            assert re.search(rf"\b{reading.latest_year % 100:02}\b|{reading.latest_year}", told), told


def assert_the_chart_ends_where_the_readings_do(figure, row):
    """The last point of each side's line is its latest figure."""
    unit = figure["layout"]["meta"]["unit"]["amount"]
    lines = {one["meta"]["by"]: one for one in figure["data"] if one["meta"]["role"] == "series"}
    for reading in row.assessment.readings:
        if not reading.reporter:
            continue
        if reading.latest_amount is None:
            assert reading.by not in lines
            continue
        line = lines[reading.by]
        assert line["x"][-1] == reading.latest_year
        assert line["y"][-1] * unit == pytest.approx(reading.latest_amount, rel=1e-5)


def test_the_ten_widest_gaps_are_shown_with_both_readings_and_page_csv_and_chart_agree(client, monkeypatch):
    for module in ("pages", "files", "charts"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: TODAY)
    load(folder=SHIPPED, today=TODAY)
    pages = widest()
    assert len(pages) == WIDEST
    for language, prefix in (("en", ""), ("ru", "/ru")):
        with override(language):
            for page in pages:
                assert_two_readings(client, prefix, page, language)


def assert_two_readings(client, prefix, page, language):
    """Of one pair: the rows of its targets in both lists, their pages and charts, and the mirror in all its forms."""
    slug = page.pair.slug
    pair_text = text_of(client.get(f"{prefix}/pairs/{slug}/"))
    pair_rows, list_rows = rows_of(pair_text), listed(client, prefix, page.pair)
    assert page.targets
    for row in page.targets:
        for shown in (list_rows[row.target.slug], pair_rows[row.target.slug]):
            assert_each_side_has_its_own(SIDE.findall(SIDES.search(shown)[1])[:2], row, language)
        address = f"{prefix}/targets/{row.target.slug}/"
        parts = re.findall(r'<section class="reading">(.*?)</section>', text_of(client.get(address)), re.DOTALL)
        assert_each_side_has_its_own(parts[:2], row, language)
        assert_the_chart_ends_where_the_readings_do(client.get(f"{address}chart.json").json(), row)
    assert_the_mirror_is_one(client, f"{prefix}/pairs/{slug}/", pair_text, language)


def assert_the_mirror_is_one(client, address, pair_text, language):
    """The years and gaps of page, CSV and chart, and the arithmetic that leads from the figures to the gap."""
    table = table_of(text_of(client.get(f"{address}mirror.csv")), language)
    figure = client.get(f"{address}mirror.json").json()
    unit = figure["layout"]["meta"]["unit"]["amount"]
    drawn = {
        (trace["meta"]["by"], trace["meta"]["role"]): dict(zip(trace["x"], trace["y"], strict=True))
        for trace in figure["data"]
    }
    shown = re.search(r'<table class="[^"]*figures-mirror.*?</table>', pair_text, re.DOTALL)[0]
    cells = {int(year): row for year, row in re.findall(r'rowheader">(\d{4})</th>(.*?)</tr>', shown, re.DOTALL)}
    assert sorted(cells) == [int(row["year"]) for row in table]
    for row in table:
        year = int(row["year"])
        for side in ("first", "second"):
            told = row[f"{side}_turnover"]
            point = drawn.get((row[f"{side}_reporter"], "series"), {}).get(year)
            assert (told == "") == (point is None)
            if told:
                assert point * unit == pytest.approx(float(told), rel=1e-5)
                assert f'title="{exactly(float(told))}"' in cells[year]
        bars = {key[0]: drawn[key][year] for key in drawn if key[1] == "gap" and year in drawn[key]}
        assert bool(row["mirror_gap"]) == bool(row["first_turnover"] and row["second_turnover"])
        if not row["mirror_gap"]:
            assert bars == {}
            continue
        first, second = float(row["first_turnover"]), float(row["second_turnover"])
        assert float(row["mirror_gap"]) == pytest.approx(first - second, rel=1e-9, abs=1e-3)
        assert float(row["mirror_gap_share"]) == pytest.approx((first - second) / ((first + second) / 2), abs=1e-6)
        if first != second:
            more = row["first_reporter"] if first > second else row["second_reporter"]
            assert bars == {more: pytest.approx(float(row["mirror_gap_share"]), abs=1e-4)}
            assert f'title="{exactly(abs(first - second))}"' in cells[year]
    newest = [row for row in table if row["mirror_gap_share"]][-1]
    assert figure["layout"]["meta"]["title"].translate(SPACES) in pair_text
    assert {"en": f"In {newest['year']} ", "ru": f"{newest['year']} год"}[language] in pair_text
