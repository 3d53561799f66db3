"""Two readings of the shipped catalogue: list, pair and target pages show both; page, CSV and chart agree."""

import csv
import html
import io
import re
from pathlib import Path

import pytest

from targets import queries
from targets.actions.catalogue import load
from targets.models import CountryPair
from targets.records import ReviewState
from targets.wording import money_exact
from tests.world import TODAY

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[1] / "data"
WIDEST = 10
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def text_of(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode("utf-8-sig")).translate(SPACES)


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
    return {found[1]: row for row in rows if (found := re.search(r'href="/targets/([\w-]+)/"', row))}


def listed(client, pair):
    """The rows of every target of the pair in the list, on whatever page of it."""
    rows, number, more = {}, 1, True
    while more:
        shown = text_of(client.get(f"/targets/?economy={pair.first.code}&replaced=on&page={number}"))
        rows |= rows_of(shown)
        number += 1
        more = f"page={number}" in shown
    return rows


def assert_both_readings(shown, row):
    """Both sides by name, each with its own amount of its own year, or that it has none."""
    for reading in row.assessment.readings:
        if reading.reporter:
            assert row.target.pair.economy(reading.by).name_en in shown
            if reading.latest_amount is None:
                assert "no full-year figures" in shown or "for full years are not known" in shown
            else:
                currency = row.target.currency or "USD"
                assert money_exact(reading.latest_amount, currency).translate(SPACES) in shown


def test_the_ten_widest_gaps_are_shown_with_both_readings_and_page_csv_and_chart_agree(client, monkeypatch):
    monkeypatch.setattr("targets.views.pages.utc_today", lambda: TODAY)
    monkeypatch.setattr("targets.views.files.utc_today", lambda: TODAY)
    monkeypatch.setattr("targets.views.charts.utc_today", lambda: TODAY)
    load(folder=SHIPPED, today=TODAY)
    pages = widest()
    assert len(pages) == WIDEST
    for page in pages:
        slug = page.pair.slug
        pair_text = text_of(client.get(f"/pairs/{slug}/"))
        pair_rows, list_rows = rows_of(pair_text), listed(client, page.pair)
        assert page.targets
        for row in page.targets:
            assert_both_readings(list_rows[row.target.slug], row)
            assert_both_readings(pair_rows[row.target.slug], row)
            target_text = text_of(client.get(f"/targets/{row.target.slug}/"))
            sides = re.findall(r'<section class="reading">.*?</section>', target_text, re.DOTALL)
            assert_both_readings("".join(sides), row)

        table = list(csv.DictReader(io.StringIO(text_of(client.get(f"/pairs/{slug}/mirror.csv")))))
        figure = client.get(f"/pairs/{slug}/mirror.json").json()
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
            bars = [drawn[key][year] for key in drawn if key[1] == "gap" and year in drawn[key]]
            if row["mirror_gap_share"] and float(row["mirror_gap_share"]):
                assert bars == [pytest.approx(float(row["mirror_gap_share"]), abs=1e-4)]
                assert f'title="{exactly(abs(float(row["mirror_gap"])))}"' in cells[year]
            else:
                assert bars == []
        newest = [row for row in table if row["mirror_gap_share"]][-1]
        assert figure["layout"]["meta"]["title"].translate(SPACES) in pair_text
        assert f"In {newest['year']} " in pair_text
