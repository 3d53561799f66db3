"""The list of targets as CSV: the rows, the order and the numbers of the page, and who published them."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from targets import queries
from targets.exports.listing import LISTING_FIELDS
from targets.models import Judgement, Source, Target
from targets.queries import sourced
from targets.records import DatePrecision, Sort, SourceKind, TargetFilter
from targets.wording import deciding_growth, percent
from tests import world

pytestmark = pytest.mark.django_db


def table(client, query="", prefix=""):
    answer = client.get(f"{prefix}/targets.csv{query}")
    assert answer.status_code == 200, answer.content.decode()
    delimiter = ";" if prefix == "/ru" else ","
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def row_of(client, slug, query=""):
    return next(row for row in table(client, query) if row["target"] == slug)


def many(number):
    """So many targets of one pair, each by another year and amount, some replaced; judged."""
    pair = world.make_pair("XAR", "XBO")
    for place in range(number):
        world.make_target(
            pair,
            slug=f"goal-{place:02}",
            amount=Decimal(200_000_000 + place % 7 * 50_000_000),
            deadline_year=2027 + place % 9 if place % 5 else None,
            first_stated_on=date(2019 + place % 5, 3, 1),
        )
    world.make_years(pair, "XAR", {2018: 90, 2021: 120, 2024: 150})
    world.make_years(pair, "XBO", {2018: 80, 2021: 70, 2024: 400})
    world.refresh()


@pytest.mark.parametrize(
    "query",
    ["", "?sort=amount", "?sort=-share&replaced=on", "?disagree=on", "?deadline_to=2030&sort=deadline", "?q=arlandia"],
)
def test_the_table_has_every_row_of_every_page_in_the_order_of_the_list(client, query):
    many(90)
    world.make_world()
    listed, number, more = [], 1, True
    while more:
        shown = client.get(f"/targets/{query}{'&' if query else '?'}page={number}").content.decode()
        listed += re.findall(r'<th class="targets-name".*?href="/targets/([\w-]+)/"', shown, re.DOTALL)
        number += 1
        more = f"page={number}" in shown
    assert len(listed) > (40 if not query else 20)
    assert [row["target"] for row in table(client, query)] == listed


def test_a_row_says_what_the_row_of_the_list_says(client):
    world.make_world()
    for shown in queries.target_list(TargetFilter(replaced=True)).rows:
        target, lead = shown.target, shown.assessment.lead
        told = row_of(client, target.slug, "?replaced=on")
        assert (told["first"], told["second"]) == (target.pair.first.code, target.pair.second.code)
        assert (told["first_name"], told["second_name"]) == (target.pair.first.name_en, target.pair.second.name_en)
        assert Decimal(told["amount"]) == target.amount
        assert told["status"] == shown.assessment.verdict.status
        assert told["by"] == lead.by
        assert told["replaced"] == ("true" if target.replaced else "false")
        assert (told["share_of_way"] and float(told["share_of_way"])) == (lead.share_of_way or "")
        grew = deciding_growth(target, lead)
        assert (told["growth"] and float(told["growth"])) == (grew.rate if grew else "")
        assert told["growth_years"] == (grew.years if grew else "")
        for side, code in (("first", target.pair.first.code), ("second", target.pair.second.code)):
            reading = shown.assessment.reading(code)
            assert told[f"{side}_status"] == reading.status
            assert told[f"{side}_latest_year"] == str(reading.latest_year)
            assert float(told[f"{side}_latest_amount"]) == reading.latest_amount
            assert told[f"{side}_source"] == f"Statistics of {target.pair.economy(code).name_en}"
        assert told["address"] == f"http://testserver/targets/{target.slug}/"


def test_growth_needed_and_had_are_those_that_the_page_prints(client):
    world.make_world()
    page = client.get("/targets/").content.decode()
    going = row_of(client, "xar-xbo-500mn-usd-2030")
    for rate in (going["catch_up_growth"], going["growth"]):
        assert percent(float(rate)) in page
    assert f"<small>{going['growth_years']}</small>" in page


def test_names_addresses_and_separators_are_those_of_the_language(client):
    world.make_world()
    row = table(client, prefix="/ru")[0]
    assert (row["first_name"], row["second_name"]) == ("Арландия", "Боровия")
    assert row["address"] == "http://testserver/ru/targets/xar-xbo-500mn-usd-2030/"
    assert re.fullmatch(r"-?0,\d+", row["share_of_way"])
    assert client.get("/ru/targets.csv")["Content-Disposition"] == 'attachment; filename="tradewatch-targets-ru.csv"'


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        (DatePrecision.DAY, "2021-03-01"),
        (DatePrecision.MONTH, "2021-03"),
        (DatePrecision.YEAR, "2021"),
        (DatePrecision.UNKNOWN, ""),
    ],
)
def test_a_date_is_no_finer_than_it_is_known_in_the_list_and_in_a_comparison(client, precision, told):
    world.make_world()
    Target.objects.filter(slug="xar-xbo-500mn-usd-2030").update(
        first_stated_on=date(2021, 3, 1), first_stated_on_precision=precision
    )
    queries.forget_data_version()
    assert row_of(client, "xar-xbo-500mn-usd-2030")["first_stated_on"] == told
    compared = client.get("/compare.csv?t=xar-xbo-500mn-usd-2030&t=xbo-xca-1bn-usd-2022").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(compared)))["first_stated_on"] == told


def test_an_amount_is_told_with_the_source_it_is_from_also_where_a_newer_one_took_its_place(client):
    world.make_world()
    pair = world.make_pair("XAR", "XBO")
    bulletin = world.make_source("bulletin", SourceKind.NATIONAL_OFFICE, publisher="=Bulletin", title="Yearbook, no. 7")
    newest = world.make_release(bulletin, vintage=date(2026, 11, 1))
    world.make_years(pair, "XAR", {2025: 260}, release=newest)
    world.refresh()
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert (told["first_latest_year"], told["first_latest_amount"]) == ("2025", "260000000")
    assert told["first_source"] == "'=Bulletin: Yearbook, no. 7", "no formula for a spreadsheet"
    assert told["first_source_url"] == bulletin.url
    assert told["second_source"] == "Statistics of Borovia"


def test_what_a_source_does_not_let_us_pass_on_is_left_out_and_so_is_what_would_tell_it(client):
    world.make_world()
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert (told["by"], bool(told["catch_up_growth"])) == ("XBO", True)
    Source.objects.filter(key="office-xbo").update(shareable=False)
    queries.forget_data_version()
    answer = client.get("/targets.csv?economy=XAR")
    assert answer["Tradewatch-Figures-Withheld"] == "1"
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert told["second_status"]
    assert told["second_latest_year"]
    for name in (
        "second_latest_amount", "second_share_of_way", "second_source",
        "share_of_way", "catch_up_growth", "growth", "growth_years",
    ):  # fmt: skip
        assert told[name] == "", name
    assert told["first_latest_amount"]
    assert told["first_share_of_way"]


@pytest.mark.parametrize("few", [500, 0])
def test_a_first_year_that_may_not_be_passed_on_is_not_told_by_a_share_or_a_rate(client, monkeypatch, few):
    monkeypatch.setattr(sourced, "_FEW", few)
    world.make_world()
    pair = world.make_pair("XAR", "XBO")
    closed = world.make_source("closed", SourceKind.NATIONAL_OFFICE, shareable=False)
    release = world.make_release(closed, vintage=date(2026, 11, 1))
    world.make_years(pair, "XBO", {2019: 87}, release=release)
    world.refresh()
    answer = client.get("/targets.csv")
    assert answer["Tradewatch-Figures-Withheld"] == "0", "every latest amount is told"
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert told["by"] == "XBO"
    assert told["second_latest_amount"]
    for name in ("second_share_of_way", "share_of_way", "catch_up_growth", "growth", "growth_years"):
        assert told[name] == "", name
    assert told["first_share_of_way"]


def test_a_compiler_whose_figures_stand_for_the_target_has_columns_of_its_own(client):
    pair = world.make_pair("XAR", "XCA")
    world.make_target(pair, slug="compiled")
    world.make_years(
        pair, "", {2019: 100, 2024: 180}, release=world.make_release(world.make_source("c", publisher="Compilers"))
    )
    world.refresh()
    told = row_of(client, "compiled")
    assert told["by"] == told["compiler"] == "press"
    assert (told["compiler_latest_year"], told["compiler_latest_amount"]) == ("2024", "180000000")
    assert told["compiler_source"] == "Compilers"
    assert (told["first_latest_year"], told["first_latest_amount"], told["first_source"]) == ("", "", "")


def test_a_reading_stored_before_readings_told_their_figure_keeps_its_amount(client):
    world.make_world()
    Judgement.objects.update(latest_figure=None)
    queries.forget_data_version()
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert told["first_latest_amount"]
    assert told["first_source"] == ""


def test_a_reading_that_does_not_tell_its_figure_keeps_back_an_amount_that_may_be_a_closed_one(client):
    world.make_world()
    Judgement.objects.update(latest_figure=None)
    Source.objects.filter(key="office-xbo").update(shareable=False)
    queries.forget_data_version()
    told = row_of(client, "xar-xbo-500mn-usd-2030")
    assert told["first_latest_amount"]
    assert told["second_latest_amount"] == ""


def test_few_targets_are_asked_for_by_number_and_many_are_not_with_the_same_rows(client, monkeypatch):
    world.make_world()
    many(12)
    asked = TargetFilter(replaced=True, sort=Sort.AMOUNT)
    few = queries.sourced_targets(asked)
    monkeypatch.setattr(sourced, "_FEW", 0)
    assert queries.sourced_targets(asked) == few
    assert queries.sourced_targets(TargetFilter(economy="XCA")) == tuple(
        one for one in queries.sourced_targets(TargetFilter()) if one.target.pair.slug == "xbo-xca"
    )


@pytest.mark.parametrize("query", ["?page=2", "?page=1", "?view=cards", "?t=xar-xbo-500mn-usd-2030"])
def test_what_says_how_a_page_of_the_list_looks_is_refused_in_words(client, query):
    world.make_world()
    answer = client.get(f"/targets.csv{query}")
    assert answer.status_code == 400
    assert "the table holds the whole list" in answer.content.decode()


def test_a_filter_that_means_nothing_is_refused_as_on_the_page(client):
    for query in ("?status=great", "?deadline_to=soon", "?economy=NOWHERE", "?sort=size"):
        assert client.get(f"/targets.csv{query}").status_code == client.get(f"/targets/{query}").status_code == 400


def test_an_empty_list_is_a_table_of_its_header(client):
    world.make_world()
    text = client.get("/targets.csv?q=nowhere").content.decode("utf-8-sig")
    assert text == ",".join(LISTING_FIELDS) + "\r\n"


@pytest.mark.parametrize(("prefix", "words"), [("", "2 targets as CSV"), ("/ru", "2 цели в CSV")])
def test_the_list_links_to_its_whole_table_and_says_how_much_it_takes(client, prefix, words):
    world.make_world()
    query = "?economy=XBO&status=&sort=-amount&view=table&page=1&t=xbo-xca-1bn-usd-2022"
    for headers in ({}, {"HX-Request": "true"}):
        page = html.unescape(client.get(f"{prefix}/targets/{query}", headers=headers).content.decode())
        link = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>{words}</a>', page)
        assert link[1] == f"{prefix}/targets.csv?economy=XBO&sort=-amount"
        assert client.get(link[1]).status_code == 200
    assert "CSV" not in client.get(f"{prefix}/targets/?q=nowhere").content.decode()


def test_the_table_is_confirmed_as_unchanged_until_the_data_are_others(client):
    world.make_world()
    first = client.get("/targets.csv")
    assert client.get("/targets.csv", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Tradewatch-Figures-Withheld"] == "0"
    with override("en"):
        assert first["Content-Disposition"] == 'attachment; filename="tradewatch-targets.csv"'
