"""The pages that other sites frame: what is on them, what they weigh, what they never give away."""

from __future__ import annotations

import gzip
import html
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import override

from targets.actions.targets import rename
from targets.models import Target
from targets.queries import forget_data_version, pair_page, target_page
from targets.records import ReviewState
from targets.views.embedding import Look, embed_address, embed_code, embed_title
from tests import world

pytestmark = pytest.mark.django_db

GOING = "/embed/targets/xar-xbo-500mn-usd-2030/"
PAIR = "/embed/pairs/xar-xbo/"
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
EMBEDS = pytest.mark.parametrize("address", [GOING, PAIR, f"{PAIR}?chart=goalposts"], ids=["target", "mirror", "goals"])


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in ("embeds", "oembed", "freshness", "pages", "charts"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)


@pytest.fixture
def targets(db):
    return world.make_world()


def weight(response) -> int:
    """Bytes on their way to a reader who sees the chart: the page and every style sheet it names, compressed."""
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', response.text)
    assert "css/embed.css" in sheets
    files = [Path(finders.find(name)).read_bytes() for name in sheets]
    return sum(len(gzip.compress(content, 6)) for content in (response.content, *files))


def told(response) -> str:
    """The page's text with plain blanks and without escapes, tags and all."""
    return html.unescape(response.text).replace("\xa0", " ")


# What is on it


@LANGUAGES
def test_a_target_shows_its_verdict_rail_chart_sources_day_code_and_the_way_to_its_page(client, targets, prefix):
    page = client.get(prefix + GOING).text
    assert page.count("<h1") == 1
    assert 'class="rail"' in page
    assert 'class="chart-wide"' in page
    assert 'class="chart-narrow"' in page
    whole = f"http://testserver{prefix}/targets/xar-xbo-500mn-usd-2030/"
    assert f'<a href="{whole}" target="_blank" rel="noopener">' in page
    assert re.search(rf'<a href="http://testserver{prefix}/verify/[0-9A-Z-]+/" target="_blank" rel="noopener">', page)
    shown = told(client.get(prefix + GOING))
    assert ("Sources:" if not prefix else "Источники:") in shown
    assert ("22 November 2026" if not prefix else "22 ноября 2026") in shown


@LANGUAGES
def test_the_heading_of_an_embed_is_the_verdict_that_its_page_and_its_chart_file_say(client, targets, prefix):
    def heading(address):
        return html.unescape(re.search(r"<h1>(.*?)</h1>", client.get(prefix + address).text)[1])

    figure = client.get(f"{prefix}/targets/xar-xbo-500mn-usd-2030/chart.json").json()
    assert heading(GOING) == figure["layout"]["meta"]["title"]
    assert heading(GOING) in html.unescape(client.get(f"{prefix}/targets/xar-xbo-500mn-usd-2030/").text)


def test_the_code_on_an_embed_is_the_one_in_the_chart_file(client, targets):
    drawing = client.get("/targets/xar-xbo-500mn-usd-2030/chart.svg").text
    code = re.search(r"/verify/([0-9A-Z-]+)/", drawing)[1]
    assert f"/verify/{code}/" in client.get(GOING).text


def test_a_pair_shows_the_chart_that_is_asked_for_and_the_mirror_unasked(client, targets):
    mirror, asked, goalposts = (client.get(PAIR + more).text for more in ("", "?chart=mirror", "?chart=goalposts"))
    assert mirror == asked
    assert "/pairs/xar-xbo/mirror.json" in mirror
    assert "goalposts" not in mirror
    assert "/pairs/xar-xbo/goalposts.json" in goalposts
    assert "mirror.json" not in goalposts


def test_a_pair_without_figures_says_so_and_offers_nothing_to_explore_or_check(client, targets):
    world.make_target(world.make_pair("XAR", "XDO"), slug="alone")
    page = client.get("/embed/pairs/xar-xdo/").text
    assert "There is no full calendar year" in html.unescape(page)
    assert "<svg" not in page
    assert "data-explore" not in page
    assert "/verify/" not in page
    assert 'class="chart-wide"' in client.get("/embed/pairs/xar-xdo/?chart=goalposts").text


@EMBEDS
def test_an_embed_is_not_listed_by_search_engines_and_names_the_page_it_is_of(client, targets, address):
    head = client.get(address).text.partition("</head>")[0]
    page = address.partition("?")[0].replace("/embed", "")
    assert '<meta name="robots" content="noindex">' in head
    assert f'<link rel="canonical" href="http://testserver{page}">' in head
    assert "/embed/" not in client.get("/robots.txt").text  # or nobody would read that it is not to be listed


@pytest.mark.parametrize(
    ("asked", "element"),
    [("", ""), ("auto", ""), ("light", ' data-theme="light"'), ("dark", ' data-theme="dark"')],
)
def test_an_embed_follows_the_readers_system_unless_it_is_told_a_theme(client, targets, asked, element):
    page = client.get(GOING, {"theme": asked} if asked else {}).text
    assert f'<html lang="en"{element}>' in page


# What it weighs and leaves


@LANGUAGES
@EMBEDS
def test_an_embed_weighs_at_most_25_kilobytes_until_its_chart_is_seen(client, targets, prefix, address):
    assert weight(client.get(prefix + address)) <= 25_000


@LANGUAGES
def test_an_embed_full_of_figures_and_goals_weighs_no_more(client, prefix):
    pair = world.make_pair()
    world.make_years(pair, "XAR", {year: 100 + 7.3 * (year - 1990) for year in range(1990, 2026)})
    world.make_years(pair, "XBO", {year: 90 + 6.1 * (year - 1990) for year in range(1990, 2026)})
    later = None
    for year in range(2034, 2012, -2):
        later = world.make_target(
            pair,
            slug=f"by-{year}",
            deadline_year=year,
            first_stated_on=date(year - 9, 3, 1),
            **({"superseded_by": later, "relation": "postponed"} if later else {}),
        )
    for address in ("/embed/targets/by-2034/", PAIR, f"{PAIR}?chart=goalposts"):
        assert weight(client.get(prefix + address)) <= 25_000, address


@EMBEDS
def test_all_that_an_embed_asks_for_comes_from_this_site(client, targets, address):
    page = client.get(address).text
    asked = re.findall(r'(?:src|data-explore|data-plotly|data-plotly-style)="([^"]+)"', page)
    asked += re.findall(r'<link rel="(?:stylesheet|icon|preload)" href="([^"]+)"', page)
    assert len(asked) > 8
    assert [one for one in asked if not one.startswith("/") or one.startswith("//")] == []


@EMBEDS
def test_an_embed_leaves_no_cookie_and_may_be_kept_by_anybody_who_asks_whether_it_is_fresh(client, targets, address):
    response = client.get(address)
    assert response.cookies == {}
    assert "Cookie" not in response["Vary"]
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


# A past day


@EMBEDS
def test_a_pinned_embed_says_its_day_and_keeps_it_in_all_that_it_leads_to(client, targets, address):
    joined = f"{address}{'&' if '?' in address else '?'}as_of=2026-11-22"
    page = told(client.get(joined))
    assert "As of 22 November 2026;" in page
    assert ".json?as_of=2026-11-22" in page
    assert f'href="http://testserver{address.partition("?")[0].replace("/embed", "")}?as_of=2026-11-22"' in page
    assert "As of 22 November 2026;" not in told(client.get(address))


def test_a_pinned_embed_stays_as_it_was_when_figures_are_revised(client, monkeypatch):
    long_ago = world.NOON.replace(year=2025)
    pair = world.make_pair()
    target = world.make_target(pair, slug="pinned", published_at=long_ago)
    release = world.make_release(world.make_office("XAR"), recorded_at=long_ago)
    world.make_years(pair, "XAR", {2019: 100, 2024: 133}, release=release)
    world.refresh()

    def drawn(query):
        forget_data_version()
        page = client.get("/embed/targets/pinned/" + query).text
        return page[page.index("<main") : page.index("</main>")]

    pinned, live = drawn("?as_of=2025-12-31"), drawn("")
    world.make_figure(pair, "XAR", 2024, turnover=Decimal(233_000_000))
    assert drawn("?as_of=2025-12-31") == pinned
    assert drawn("") != live
    assert target.slug in pinned


# What there is not


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("?theme=blue", "theme", "auto, light, dark"),
        ("?as_of=yesterday", "as_of", "YYYY-MM-DD"),
        ("?as_of=2999-01-01", "as_of", "not after"),
        ("?chart=pie", "chart", "mirror, goalposts"),
    ],
)
def test_a_bad_parameter_is_named_on_a_small_page_that_can_be_framed_too(client, targets, query, parameter, allowed):
    response = client.get(PAIR + query)
    assert response.status_code == 400
    assert parameter in response.text
    assert allowed in response.text
    assert "X-Frame-Options" not in response
    assert "masthead" not in response.text


def test_what_is_refused_is_said_in_the_theme_that_was_asked_for(client, targets):
    for address in (f"{PAIR}?theme=dark&as_of=yesterday", "/embed/targets/never-was/?theme=dark"):
        assert 'data-theme="dark"' in client.get(address).text
    assert "data-theme" not in client.get(f"{PAIR}?theme=blue").text


@LANGUAGES
def test_what_readers_may_not_see_is_the_same_as_what_never_was(client, targets, prefix):
    draft = client.get(f"{prefix}/embed/targets/{targets['draft'].slug}/")
    never = client.get(f"{prefix}/embed/targets/never-was/")
    assert (draft.status_code, never.status_code) == (404, 404)
    assert draft.content == never.content
    assert ("This chart is not available" if not prefix else "Этот график недоступен") in draft.text
    assert "X-Frame-Options" not in draft
    assert client.get(f"{prefix}/embed/pairs/xdo-xunion/").content == never.content


def test_an_embed_whose_target_was_withdrawn_shows_nothing_of_it_any_more(client, targets):
    assert client.get(GOING).status_code == 200
    Target.objects.filter(pk=targets["going"].pk).update(state=ReviewState.DRAFT, published_at=None, published_by=None)
    forget_data_version()
    for query in ("", "?as_of=2026-11-22"):
        response = client.get(GOING + query)
        assert response.status_code == 404
        assert "Arlandia" not in response.text
        assert "500" not in response.text


@LANGUAGES
def test_an_embed_under_a_former_name_leads_on_with_day_and_theme(client, targets, prefix):
    rename(by=world.make_user("edo", "editor"), target=targets["going"], slug="renamed", reason="a better name")
    forget_data_version()
    response = client.get(f"{prefix}{GOING}?as_of=2026-11-22&theme=dark")
    assert response.status_code == 301
    assert response["Location"] == f"{prefix}/embed/targets/renamed/?as_of=2026-11-22&theme=dark"


# The code to be pasted


def page_of(kind):
    return (
        target_page("xar-xbo-500mn-usd-2030", today=world.TODAY)
        if kind == "target"
        else pair_page("xar-xbo", today=world.TODAY)
    )


def test_the_code_names_the_chart_keeps_the_look_and_calls_the_helper(targets, rf):
    request = rf.get("/targets/")
    code = embed_code(request, page_of("target"), Look(theme="dark", as_of=date(2026, 3, 1), language="ru"))
    frame, script = code.split("\n")
    assert 'src="http://testserver/ru/embed/targets/xar-xbo-500mn-usd-2030/?as_of=2026-03-01&amp;theme=dark"' in frame
    assert 'title="График Tradewatch: Арландия – Боровия' in frame
    assert 'width="100%" height="800"' in frame
    assert 'loading="lazy"' in frame
    assert "style=" not in frame
    assert script == '<script src="http://testserver/embed.js" async></script>'


def test_the_code_is_plain_text_that_a_template_escapes_once_more(targets, rf):
    from django.template import engines

    shown = engines["django"].from_string("{{ code }}").render({"code": embed_code(rf.get("/"), page_of("pair"))})
    assert shown.startswith("&lt;iframe src=")


def test_the_code_of_a_pair_leaves_out_what_is_shown_unasked(targets, rf):
    request, page = rf.get("/"), page_of("pair")
    assert embed_address(request, page) == "http://testserver/embed/pairs/xar-xbo/"
    goalposts = Look(chart="goalposts")
    assert embed_address(request, page, goalposts).endswith("/embed/pairs/xar-xbo/?chart=goalposts")
    assert embed_title(page) != embed_title(page, goalposts)
    with override("ru"):
        assert embed_address(request, page) == "http://testserver/ru/embed/pairs/xar-xbo/"


def test_a_name_that_looks_like_markup_stays_a_name(targets, rf):
    first = targets["going"].pair.first
    first.name_en = 'Arl"andia <script>'
    first.save()
    code = embed_code(rf.get("/"), page_of("target"))
    assert "Arl&quot;andia &lt;script&gt;" in code
    assert code.count("<script") == 1


# The helper script


def test_the_helper_is_a_kilobyte_under_an_address_for_good_that_any_site_may_use(client):
    response = client.get("/embed.js")
    assert response.status_code == 200
    assert len(response.content) <= 1024
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert client.get("/embed.js", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_helper_is_the_same_whatever_language_is_wished_for(client):
    assert client.get("/embed.js", headers={"Accept-Language": "ru"}).content == client.get("/embed.js").content
