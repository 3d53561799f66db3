"""oEmbed 1.0 (https://oembed.com): what the answer must hold, and what is refused how."""

from __future__ import annotations

import html
import json
import re

import pytest

from targets.actions.targets import rename
from targets.queries import forget_data_version
from tests import world

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
TARGET = f"{SITE}/targets/xar-xbo-500mn-usd-2030/"
PAIR = f"{SITE}/pairs/xar-xbo/"


@pytest.fixture(autouse=True)
def targets(monkeypatch):
    for module in ("embeds", "oembed", "freshness", "pages"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)
    return world.make_world()


@pytest.fixture
def ask(client):
    def asked(url, **more):
        return client.get("/oembed", {"url": url, **more})

    return asked


def source_of(answer):
    return html.unescape(re.search(r'<iframe src="([^"]+)"', answer["html"])[1])


@pytest.mark.parametrize("url", [TARGET, PAIR, f"{SITE}/ru/targets/xar-xbo-500mn-usd-2030/"])
def test_an_answer_has_all_that_the_type_rich_must_have(ask, url):
    response = ask(url, format="json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    answer = json.loads(response.content)
    assert (answer["type"], answer["version"]) == ("rich", "1.0")
    assert isinstance(answer["width"], int)
    assert isinstance(answer["height"], int)
    assert answer["html"].startswith("<iframe ")
    assert answer["title"]
    assert (answer["provider_name"], answer["cache_age"]) == ("Tradewatch", 86400)


def test_the_format_is_json_when_it_is_not_named(ask):
    assert ask(TARGET).json() == ask(TARGET, format="json").json()


@pytest.mark.parametrize("known", ["xml", "yaml"])
def test_another_format_is_not_implemented(ask, known):
    response = ask(TARGET, format=known)
    assert response.status_code == 501
    assert response.json()["error"]["code"] == "not_implemented"


def test_the_frame_in_the_answer_opens(ask, client):
    for url in (TARGET, PAIR):
        response = client.get(source_of(ask(url).json()).removeprefix(SITE))
        assert response.status_code == 200
        assert "X-Frame-Options" not in response


def test_the_language_is_that_of_the_address(ask):
    english, russian = ask(TARGET).json(), ask(TARGET.replace("/targets", "/ru/targets")).json()
    assert source_of(russian) == f"{SITE}/ru/embed/targets/xar-xbo-500mn-usd-2030/"
    assert (english["title"][:8], russian["title"][:8]) == ("Arlandia", "Арландия")
    assert russian["provider_url"] == f"{SITE}/ru/"


def test_a_past_day_a_theme_and_a_chart_in_the_address_are_kept(ask):
    assert source_of(ask(f"{TARGET}?as_of=2026-11-22").json()).endswith("/?as_of=2026-11-22")
    assert source_of(ask(f"{PAIR}?chart=goalposts&theme=dark").json()).endswith("/?theme=dark&chart=goalposts")


def test_the_address_of_an_embed_is_answered_as_that_of_its_page(ask):
    assert ask(TARGET.replace("/targets", "/embed/targets")).json() == ask(TARGET).json()


def test_an_address_without_its_last_slash_is_that_of_the_page_it_leads_to(ask):
    for url in (TARGET, PAIR):
        assert ask(url.rstrip("/")).json() == ask(url).json()


def test_a_pair_without_a_year_of_both_sides_is_embedded_with_the_chart_that_it_has(ask):
    world.make_target(world.make_pair("XAR", "XDO"), slug="alone")
    answer = ask(f"{SITE}/pairs/xar-xdo/").json()
    assert source_of(answer) == f"{SITE}/embed/pairs/xar-xdo/?chart=goalposts"
    assert answer["height"] == ask(f"{PAIR}?chart=goalposts").json()["height"]
    assert source_of(ask(f"{SITE}/pairs/xar-xdo/?chart=mirror").json()) == f"{SITE}/embed/pairs/xar-xdo/"


def test_an_address_with_more_parameters_than_anybody_has_is_not_found(ask):
    response = ask(f"{TARGET}?{'a=1&' * 1001}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_sizes_are_never_more_than_allowed(ask):
    free, tight, roomy = ask(TARGET).json(), ask(TARGET, maxwidth=300, maxheight=200).json(), ask(TARGET, maxwidth=9999)
    assert (tight["width"], tight["height"]) == (300, 200)
    assert 'height="200"' in tight["html"]
    assert (free["width"], free["height"]) == (720, 800)
    assert roomy.json() == free


@pytest.mark.parametrize("value", ["0", "-5", "wide", "1.5", "٣"])
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
def test_a_size_that_is_none_is_refused_by_name(ask, name, value):
    response = ask(TARGET, **{name: value})
    assert response.status_code == 400
    assert response.json()["error"]["fields"] == {name: ["a whole number of pixels"]}


def test_without_an_address_the_parameter_is_named(client):
    response = client.get("/oembed")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["url"]


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/targets/never-was/",
        f"{SITE}/targets/xbo-xca-3bn-usd-open/",  # a draft
        f"{SITE}/pairs/xar-xca/",
        f"{SITE}/about/",
        f"{SITE}/targets/xar-xbo-500mn-usd-2030/chart.svg",
        f"{SITE}/admin/",
        SITE,
        TARGET.replace("testserver", "elsewhere.example"),
        TARGET.replace("http://testserver", "http://testserver@elsewhere.example"),
        TARGET.replace("testserver", "testserver:81"),
        TARGET.replace("http:", "ftp:"),
        "/targets/xar-xbo-500mn-usd-2030/",
        "http://[/targets/x/",
        "javascript:alert(1)",
        "\x00",
        f"{SITE}/targets/%00/",
    ],
)
def test_an_address_that_is_no_page_of_ours_to_be_embedded_is_not_found(ask, url):
    response = ask(url)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_a_bad_day_in_the_address_is_named(ask):
    response = ask(f"{TARGET}?as_of=soon")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["as_of"]


def test_a_former_address_is_answered_with_the_present_one(ask, targets):
    rename(by=world.make_user("edo", "editor"), target=targets["going"], slug="renamed", reason="a better name")
    forget_data_version()
    assert source_of(ask(f"{TARGET}?as_of=2026-11-22").json()) == f"{SITE}/embed/targets/renamed/?as_of=2026-11-22"


def test_a_page_of_another_site_may_ask_and_gets_no_cookie(ask):
    for response in (ask(TARGET), ask("nowhere")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.cookies == {}


@pytest.mark.parametrize("address", ["/targets/xar-xbo-500mn-usd-2030/", "/ru/pairs/xar-xbo/?as_of=2026-11-22"])
def test_a_page_says_where_its_code_is_and_what_is_there_is_of_this_page(client, address):
    head = client.get(address).text.partition("</head>")[0]
    link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)" title="([^"]+)">', head)
    answer = client.get(html.unescape(link[1]).removeprefix(SITE)).json()
    assert source_of(answer) == f"{SITE}{address}".replace("/targets/", "/embed/targets/").replace(
        "/pairs/", "/embed/pairs/"
    )
    assert answer["title"] == html.unescape(link[2])


def test_pages_that_cannot_be_embedded_name_no_code(client):
    assert "json+oembed" not in client.get("/about/").text
