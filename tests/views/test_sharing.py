"""The panel from which charts are taken: every choice leads somewhere, and a senseless one is refused in words."""

import html
import re
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import world

pytestmark = pytest.mark.django_db

TARGET = "/targets/xar-xbo-500mn-usd-2030/"
PAIR = "/pairs/xar-xbo/"
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
DAY = world.TODAY.isoformat()


@pytest.fixture(autouse=True)
def targets(monkeypatch):
    for module in ("charts", "embeds", "pages", "sharing"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)
    return world.make_world()


def page_of(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return html.unescape(answer.text)


def code_in(page):
    return re.search(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]


def file_in(page):
    return re.search(r'<a class="button button-strong" href="([^"]+)" download>', page)[1]


def offered(page):
    """The values of each choice in a page, the chosen one by itself."""
    form = re.search(r'<form class="taking".*?</form>', page, re.DOTALL)[0]
    radios = re.findall(r'<input type="radio" name="(\w+)" value="([^"]*)"( checked)?>', form)
    values, chosen = {}, {}
    for name, value, checked in radios:
        values.setdefault(name, []).append(value)
        if checked:
            chosen[name] = value
    return values, chosen


def local(address):
    """The path and query of an address of the site."""
    return address.removeprefix("http://testserver")


@LANGUAGES
@pytest.mark.parametrize("address", [TARGET, PAIR])
def test_the_page_itself_offers_what_its_panel_offers(client, prefix, address):
    page, panel = page_of(client, prefix + address), page_of(client, f"{prefix}{address}share/")
    assert offered(page) == offered(panel)
    assert code_in(page) == code_in(panel)
    assert file_in(page) == file_in(panel)
    assert f'<form class="taking" action="{prefix}{address}share/" method="get"' in page


@LANGUAGES
def test_the_usual_choice_is_a_png_for_an_article_in_the_language_of_the_page(client, prefix):
    page = page_of(client, prefix + TARGET)
    assert offered(page)[1] == {
        "lang": prefix.strip("/") or "en",
        "as_of": "",
        "theme": "light",
        "format": "png",
        "size": "web",
    }
    assert file_in(page) == f"{prefix}{TARGET}chart.png"
    # The same one tap away, beneath the chart.
    assert f'<a class="button" href="{prefix}{TARGET}chart.png" download>' in page


@pytest.mark.parametrize("address", [TARGET, PAIR])
def test_every_choice_leads_to_a_file_an_embed_and_a_page(client, address):
    values, _ = offered(page_of(client, f"{address}share/"))
    seen = set()
    for number, chosen in enumerate(product(*values.values())):
        asked = dict(zip(values, chosen, strict=True))
        page = page_of(client, f"{address}share/?{'&'.join(f'{key}={value}' for key, value in asked.items())}")
        assert offered(page)[1] == asked
        file, code = file_in(page), code_in(page)
        look = dict(parse_qsl(urlsplit(file).query))
        assert look == {
            name: value
            for name, value in asked.items()
            if name in ("as_of", "size", "theme") and value not in ("", "web", "light", "auto")
        }
        assert urlsplit(file).path.endswith(f".{asked['format']}")
        assert file.startswith("/ru/") == (asked["lang"] == "ru")
        framed = re.search(r'src="([^"]+)" title', code)[1]
        assert framed.startswith("http://testserver/ru/embed/") == (asked["lang"] == "ru")
        assert dict(parse_qsl(urlsplit(html.unescape(framed)).query)).get("as_of", "") == asked["as_of"]
        seen.add((file, framed))
        # Each tenth is asked for: a picture takes time.
        if number % 10 == 0:
            link = re.search(r'id="share-link">(.*?)</p>', page)[1]
            for one in (file, framed, link):
                assert client.get(local(html.unescape(one))).status_code == 200, one
    assert len(seen) > 20


@pytest.mark.parametrize("address", [TARGET, PAIR])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "exe"),
        ("size", "huge"),
        ("theme", "<script>"),
        ("lang", "de"),
        ("chart", "scoreboard"),
        ("as_of", "2999-01-01"),
        ("as_of", "yesterday"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_with_those_that_there_are(client, address, name, value):
    answer = client.get(f"{address}share/", {name: value})
    assert answer.status_code == 400
    assert f"The parameter “{name}” cannot be “{value}”. Allowed:" in html.unescape(answer.text)
    assert "<script>" not in answer.text


@LANGUAGES
def test_a_page_of_a_past_day_gives_what_is_pinned_to_it(client, prefix):
    page = page_of(client, f"{prefix}{TARGET}?as_of={DAY}")
    assert offered(page)[1]["as_of"] == DAY
    assert file_in(page) == f"{prefix}{TARGET}chart.png?as_of={DAY}"
    assert f"{TARGET}?as_of={DAY}" in re.search(r'id="share-link">(.*?)</p>', page)[1]
    assert f"?as_of={DAY}" in code_in(page)
    told = "Закреплено:" if prefix else "Pinned:"
    assert told in page


def test_the_panel_says_that_the_day_it_is_pinned_to_may_not_be_over(client, monkeypatch):
    assert "That day is not over" in page_of(client, f"{TARGET}share/?as_of={DAY}")
    for module in ("pages", "sharing"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY.replace(day=23))
    past = page_of(client, f"{TARGET}share/?as_of={DAY}")
    assert "That day is not over" not in past
    assert f'value="{DAY}" checked' in past


def test_htmx_is_given_what_the_choice_gives_and_words_to_say_it_aloud(client):
    part = page_of(client, f"{TARGET}share/?theme=dark&format=pdf", **{"HX-Request": "true"})
    assert part.strip().startswith('<div class="taken" id="taken">')
    assert "<form" not in part
    told = "English · Live · Dark · PDF · For an article (1,440 pixels wide)"
    assert f'<div hx-swap-oob="innerHTML:#taken-said">{told}</div>' in part
    assert file_in(part) == f"{TARGET}chart.pdf?theme=dark"
    # Only a PNG can be put in the clipboard.
    assert "data-copy=" not in part
    assert "hx-swap-oob" not in page_of(client, f"{TARGET}share/")


def test_a_pair_offers_the_charts_that_its_page_shows(client):
    values, chosen = offered(page_of(client, PAIR))
    assert (values["chart"], chosen["chart"]) == (["mirror", "goalposts"], "mirror")
    assert file_in(page_of(client, f"{PAIR}share/?chart=goalposts&format=svg")) == f"{PAIR}goalposts.svg"
    assert "chart=goalposts" in code_in(page_of(client, f"{PAIR}share/?chart=goalposts"))


@LANGUAGES
@pytest.mark.parametrize("chart", ["mirror", "goalposts"])
def test_each_chart_of_a_pair_leads_to_the_panel_with_itself_chosen(client, prefix, chart):
    for asked in ("", f"&as_of={DAY}"):
        page = page_of(client, f"{prefix}{PAIR}?{asked.strip('&')}")
        address = f"{prefix}{PAIR}share/?chart={chart}{asked}"
        assert f'<a href="{address}">' in page
        assert offered(page_of(client, address))[1]["chart"] == chart


def test_a_pair_of_which_too_little_is_known_for_a_chart_has_no_panel(client):
    world.make_target(world.make_pair("XAR", "XDO"), slug="xar-xdo-only")
    world.refresh()
    assert 'class="taking"' not in page_of(client, "/pairs/xar-xdo/")
    assert client.get("/pairs/xar-xdo/share/").status_code == 404


def test_the_panel_of_a_target_that_has_moved_is_found_with_what_was_asked(client, targets):
    from targets.models import SlugRedirect

    SlugRedirect.objects.create(slug="formerly-so", target=next(iter(targets.values())))
    answer = client.get("/targets/formerly-so/share/?theme=dark")
    assert answer.status_code == 301
    assert answer["Location"].endswith("/share/?theme=dark")
    assert client.get("/targets/nowhere/share/").status_code == 404


def test_search_engines_are_not_told_of_panels(client):
    page = page_of(client, f"{TARGET}share/")
    assert '<meta name="robots" content="noindex, follow">' in page
    assert 'rel="canonical"' not in page


def test_the_panel_costs_a_page_no_query(client, django_assert_num_queries, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(TARGET)
    with CaptureQueriesContext(connection) as with_panel:
        client.get(TARGET)
    monkeypatch.setattr("targets.views.pages.panel", lambda *_: None)
    with django_assert_num_queries(len(with_panel)):
        client.get(TARGET)
