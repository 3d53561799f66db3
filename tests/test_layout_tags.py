"""The tags of the pages' layout that say more than they look."""

import html
import json
import re
from datetime import date
from types import SimpleNamespace

from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override

from targets.progress import Status
from targets.records import DatePrecision, PartialDate
from targets.templatetags import layout
from tests.wording.made_up import assessment, reading, silent, target


def shown(source, **context):
    return Template("{% load layout %}" + source).render(Context(context))


def test_a_bar_is_cut_in_proportion_without_gaps():
    drawn = shown("{% status_bar statuses %}", statuses=[(Status.MET, 3), (Status.MISSED, 1), (Status.DISPUTED, 6)])
    assert re.findall(r'status-(\w+)" x="(\d+)" width="(\d+)"', drawn) == [
        ("met", "0", "3"),
        ("missed", "3", "1"),
        ("disputed", "4", "6"),
    ]
    assert 'viewBox="0 0 10 10"' in drawn
    assert 'width="100%"' in drawn


def test_a_bar_says_in_words_what_it_shows():
    drawn = shown("{% status_bar statuses %}", statuses=[(Status.MET, 1), (Status.MISSED, 12)])
    assert 'role="img" aria-label="met: 1 target; missed: 12 targets"' in drawn


def test_a_bar_may_be_as_long_as_its_targets_are_many():
    assert 'width="20"' in shown("{% status_bar statuses 5 %}", statuses=[(Status.MET, 4)])


def test_no_targets_make_no_bar():
    assert shown("{% status_bar statuses %}", statuses=[]) == ""


def test_the_files_of_a_page_as_of_a_day_are_as_of_that_day():
    assert shown("{% query as_of=page.as_of %}", page=SimpleNamespace(as_of=date(2026, 3, 1))) == "?as_of=2026-03-01"
    assert shown("{% query as_of=page.as_of %}", page=SimpleNamespace(as_of=None)) == ""


def test_turning_the_page_keeps_every_filter():
    request = RequestFactory().get("/targets/?status=met&status=missed&q=a%26b&page=2")
    source = Template('{% include "targets/partials/pages.html" %}')
    drawn = source.render(RequestContext(request, {"list": SimpleNamespace(page=2, pages=3)}))
    assert re.findall('rel="([^"]+)" href="([^"]+)"', drawn) == [
        ("prev", "?status=met&amp;status=missed&amp;q=a%26b&amp;page=1"),
        ("next", "?status=met&amp;status=missed&amp;q=a%26b&amp;page=3"),
    ]


PACED = {
    "base_year": 2023,
    "base_amount": 1e8,
    "latest_year": 2025,
    "latest_amount": 1.1e8,
    "observed_cagr": 0.044,
    "recent_cagr": 0.202,
    "recent_since": 2020,
}


def test_with_a_pace_the_growth_since_the_base_decides_and_the_recent_one_stands_beside():
    one = reading(Status.TOO_SLOW, **PACED, growth_ratio=0.7)
    assert layout.deciding_growth(target(), one) == (0.044, "2023–2025")
    assert layout.other_growth(target(), one) == (0.202, "2020–2025")


def test_without_a_pace_the_recent_growth_stands_alone():
    one = reading(Status.TOO_EARLY, **PACED)
    assert layout.deciding_growth(target(), one) == (0.202, "2020–2025")
    assert layout.other_growth(target(), one) is None


def test_where_nothing_can_be_assessed_no_growth_decides():
    one = reading(Status.NOT_ASSESSABLE, **PACED)
    assert layout.deciding_growth(target(), one) is None
    assert layout.other_growth(target(), one) == (0.202, "2020–2025")
    assert layout.deciding_growth(target(), None) is None


def test_the_years_of_a_growth_are_those_of_its_calendar():
    one = reading(Status.TOO_SLOW, **PACED, growth_ratio=0.7, fiscal="IND")
    assert layout.deciding_growth(target(), one).years == "2022/23–2024/25"


def moved(slug, day, successor="", **fields):
    stated = PartialDate(date(2025, 9, day), DatePrecision.DAY)
    return target(slug=slug, first_stated=stated, successor=successor, **fields)


def noted(*versions):
    *earlier, here = versions
    return [
        (post.version.slug, post.here, post.noted and post.noted.slug)
        for post in layout.goalposts(SimpleNamespace(earlier=earlier, target=here, later=None))
    ]


def test_of_two_versions_of_one_day_a_note_tells_how_the_goal_moved():
    first, here = moved("first", 30, "here", notes="Corrected the same evening."), moved("here", 30)
    assert noted(first, here) == [("first", False, "first"), ("here", True, None)]
    first, here = moved("first", 30, "here", notes=""), moved("here", 30, notes="Corrected the same evening.")
    assert noted(first, here) == [("first", False, "here"), ("here", True, None)]


def test_versions_of_different_days_need_no_note():
    first, here = moved("first", 1, "here", notes="Long ago."), moved("here", 30, notes="Lately.")
    assert noted(first, here) == [("first", False, None), ("here", True, None)]


STANDS = {"target_amount": 5e8, "base_year": 2019, "base_amount": 1e8, "share_of_way": 0.2}


def test_an_approximate_amount_beside_the_rail_is_said_to_be_one():
    way = '{% include "targets/partials/way.html" %}'
    for approximate, told in ((False, ">$180m</b>"), (True, ">about $180m</b>")):
        own = {**STANDS, "latest_year": 2025, "latest_amount": 1.8e8, "latest_approximate": approximate}
        page = SimpleNamespace(assessment=assessment(target(), reading(Status.TOO_SLOW, **own)))
        with override("en"):
            assert told in shown(way, page=page, target=target(), currency="USD")


def key_of(*readings, **verdict):
    standings = layout.rail_key(target(), assessment(target(), *readings, **verdict))
    return [(standing.reading.by, standing.drawn, standing.why) for standing in standings]


def test_the_key_of_the_rail_says_why_a_side_with_figures_is_not_on_it():
    fresh = reading(Status.TOO_SLOW, **STANDS, latest_year=2025, latest_amount=1.8e8, growth_ratio=0.7)
    stale = reading(Status.MET, "XIS", **STANDS, latest_year=2021, latest_amount=6e8)
    assert key_of(fresh, stale, voters=("XFR",), abstained=("XIS",), lead="XFR") == [
        ("XFR", True, ""),
        ("XIS", False, "not on the bar: figures much older than the other side's"),
    ]
    assert key_of(fresh, stale, voters=("XFR", "XIS"), lead="XFR") == [("XFR", True, ""), ("XIS", True, "")]


def test_the_key_of_the_rail_names_neither_who_is_silent_nor_compilers_who_were_not_asked():
    one = reading(Status.TOO_SLOW, **STANDS, latest_year=2025, latest_amount=1.8e8, growth_ratio=0.7)
    press = reading(Status.MET, "press", **STANDS, reporter=False, latest_year=2025, latest_amount=6e8)
    assert key_of(one, silent("XIS"), press, voters=("XFR",), abstained=("XIS",), lead="XFR") == [("XFR", True, "")]


def sides_of(one, *readings, **verdict):
    return shown("{% sides assessment target %}", assessment=assessment(one, *readings, **verdict), target=one)


def test_a_row_names_each_side_with_amount_year_and_status():
    drawn = sides_of(target(), reading(Status.MET), reading(Status.MISSED, by="XIS", latest_amount=99e6))
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn))
    assert told.strip() == "Freedonia $133m 2024 met Calm Isles $99m 2024 missed"
    assert re.findall(r'title="([^"]+)"', drawn) == ["$133,000,000", "$99,000,000"]
    assert "rail-first" in drawn.split("<li")[1]
    assert "rail-second" in drawn.split("<li")[2]


def test_an_approximate_amount_says_so():
    assert ">about $133m<" in sides_of(target(), reading(Status.MET, latest_approximate=True), silent("XIS"))


def test_a_side_without_figures_says_so_and_a_compiler_is_named_only_where_it_counts():
    press = reading(Status.MET, by="press")
    drawn = sides_of(target(), silent("XFR"), silent("XIS"), press, voters=("press",), lead="press")
    assert drawn.count("no full-year figures") == 2
    assert drawn.count("<li") == 3
    assert sides_of(target(), reading(Status.MET), silent("XIS"), press, voters=("XFR",), lead="XFR").count("<li") == 2


def test_a_converted_amount_leads_to_its_rate():
    drawn = sides_of(target(), reading(Status.MET, converted=True), silent("XIS"))
    assert drawn.count('href="/targets/xfr-xis-500m-usd-2030/#converted"') == 1


def test_the_buttons_over_the_chart_are_named_in_the_readers_language():
    with override("ru"):
        drawn = shown('<button data-buttons="{% chart_buttons %}">')
    words = json.loads(html.unescape(re.search('"(.*)"', drawn)[1]))
    assert words["Zoom in"] == "Ближе"
    assert len(words) == 5
