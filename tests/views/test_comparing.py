"""The comparison over HTTP: what it needs, what it refuses, and that page, chart and table agree."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from targets.models import SlugRedirect, Source
from targets.records import SourceKind
from targets.wording import percent, share
from tests import world

pytestmark = pytest.mark.django_db
TWO = "t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030"
FILES = ["/compare/chart.svg", "/compare/chart.json", "/compare.csv"]
PLACES = ["/compare/", *FILES]


@pytest.fixture(autouse=True)
def targets(monkeypatch):
    for module in ("pages", "comparing"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)
    return world.make_world()


@pytest.mark.parametrize("place", PLACES)
def test_two_targets_can_be_compared_in_either_language(client, place):
    for prefix in ("", "/ru"):
        answer = client.get(f"{prefix}{place}?{TWO}")
        assert answer.status_code == 200
        assert answer["Content-Language"] == prefix.strip("/") or "en"


STRANGE = ["nowhere", "xbo-xca-3bn-usd-open", "%00", "%3Cscript%3E", "x" * 10_000, "%F0%9F%99%82"]
NINE = "&".join(f"t=goal-{number}" for number in range(9))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("query", [NINE, *(f"{TWO}&t={slug}" for slug in STRANGE)])
def test_too_many_or_unknown_targets_are_refused_in_words(client, place, query):
    answer = client.get(f"{place}?{query}")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "2 to 8 published targets" in text
    assert "<script>" not in text or not answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("place", FILES)
@pytest.mark.parametrize("query", ["", "t=xbo-xca-1bn-usd-2022", "t=xbo-xca-1bn-usd-2022&t=xbo-xca-1bn-usd-2022"])
def test_a_file_needs_two(client, place, query):
    assert client.get(f"{place}?{query}").status_code == 400


def test_a_page_with_fewer_says_how_to_choose_more(client):
    none, one = (client.get(f"/compare/?{query}").content.decode() for query in ("", TWO.split("&")[0]))
    assert "No target is chosen yet" in none
    assert "One target is chosen" in one
    assert f"/compare/?{TWO}" in one.replace("&amp;", "&"), "the other target is offered"
    assert "<figure" not in none + one


def test_a_former_address_leads_to_the_present_one_and_keeps_the_others(client, targets):
    SlugRedirect.objects.create(slug="once", target=targets["going"])
    answer = client.get("/ru/compare/?t=once&t=xbo-xca-1bn-usd-2022&x=1")
    assert answer.status_code == 301
    assert answer.url == "/ru/compare/?t=xar-xbo-500mn-usd-2030&t=xbo-xca-1bn-usd-2022&x=1"


def test_page_chart_and_table_agree(client):
    page = client.get(f"/compare/?{TWO}").content.decode()
    figure = json.loads(client.get(f"/compare/chart.json?{TWO}").content)
    answer = client.get(f"/compare.csv?{TWO}")
    assert answer["Content-Disposition"] == 'attachment; filename="tradewatch-comparison.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    leading = [row for row in rows if row["leads"] == "true"]
    assert [row["target"] for row in leading] == ["xbo-xca-1bn-usd-2022", "xar-xbo-500mn-usd-2030"]
    lines = [trace for trace in figure["data"] if trace["meta"]["role"] == "series"]
    for row, line in zip(leading, lines, strict=True):
        told = float(row["share_of_way"])
        assert share(told) in page
        assert line["y"][-1] == round(100 * told, 2)
        assert int(row["latest_year"]) == line["x"][-1]
    needed = float(leading[1]["catch_up_growth"])
    assert percent(needed) in page
    assert percent(needed) in figure["layout"]["meta"]["description"]


def test_the_table_has_a_row_for_each_reading_the_leading_one_first(client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/compare.csv?{TWO}").content.decode("utf-8-sig"))))
    assert [(row["number"], row["leads"]) for row in rows] == [
        ("1", "true"),
        ("1", "false"),
        ("2", "true"),
        ("2", "false"),
    ]
    assert {row["by"] for row in rows if row["number"] == "2"} == {"XAR", "XBO"}
    assert rows[2]["verdict"] == "far_too_slow"
    assert rows[2]["amount"] == "500000000"


def table(client, query=TWO):
    answer = client.get(f"/compare.csv?{query}")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return int(answer["Tradewatch-Figures-Withheld"]), {(row["target"], row["by"]): row for row in rows}


OF_YEARS = ["share_of_way", "catch_up_growth", "observed_cagr", "required_cagr", "growth_ratio", "recent_cagr"]


def test_the_table_leaves_out_amounts_that_may_not_be_passed_on_and_what_would_tell_them(client):
    withheld, before = table(client)
    assert withheld == 0
    Source.objects.filter(key="office-xbo").update(shareable=False)
    withheld, after = table(client)
    closed = [whose for whose in after if whose[1] == "XBO"]
    assert withheld == 2 * len(closed) == 4
    for whose, row in after.items():
        if whose in closed:
            assert [row[name] for name in ("base_amount", "latest_amount", *OF_YEARS)] == [""] * 8
            assert (row["status"], row["latest_year"]) == (before[whose]["status"], before[whose]["latest_year"])
        else:
            assert row == before[whose]


def test_the_table_leaves_out_a_base_that_may_not_be_passed_on_and_the_multiple_of_it(client, targets):
    pair = targets["going"].pair
    closed = world.make_source("closed", SourceKind.NATIONAL_OFFICE, shareable=False)
    world.make_years(pair, "XBO", {2019: 87}, release=world.make_release(closed, vintage=date(2026, 11, 1)))
    world.make_target(pair, slug="doubled", amount=None, factor=Decimal(2), deadline_year=2030)
    world.refresh()
    withheld, rows = table(client, f"{TWO}&t=doubled")
    assert withheld == 2
    for slug in ("doubled", targets["going"].slug):
        row = rows[slug, "XBO"]
        assert row["base_year"] == "2019"
        assert [row[name] for name in ("base_amount", *OF_YEARS)] == [""] * 7
        assert row["latest_amount"]
        assert bool(row["target_amount"]) == (slug != "doubled")
        assert rows[slug, "XAR"]["base_amount"]


def test_a_target_without_any_reading_still_has_its_row(client):
    world.make_target(world.make_pair("XAR", "XCA"), slug="silent")
    world.refresh()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/compare.csv?{TWO}&t=silent").content.decode("utf-8-sig"))))
    assert "silent" in {row["target"] for row in rows}


def test_the_list_carries_what_was_chosen_through_its_filters_and_pages(client):
    page = client.get("/targets/?t=xbo-xca-1bn-usd-2022&economy=XBO").content.decode()
    assert page.count('<input type="hidden" name="t" value="xbo-xca-1bn-usd-2022">') == 2, "filters and comparison"
    assert 'value="xbo-xca-1bn-usd-2022" checked disabled' in page
    assert "Chosen already" in page
    assert client.get("/targets/?" + "&".join(f"t=a{number}" for number in range(9))).status_code == 400


def test_no_cookie_is_set(client):
    for address in (f"/compare/?{TWO}", f"/targets/?{TWO}", "/search/?q=arl", "/changes/", "/deadlines/"):
        assert not client.get(address).cookies
