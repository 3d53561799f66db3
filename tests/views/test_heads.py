"""What a page says of itself to search engines and in a list of tabs: title, description, addresses, sitemap."""

import html
import re
from xml.etree import ElementTree

import pytest

from targets.models import Judgement
from targets.views import robots
from tests import world

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
# Each with the address that it names as its own: views of a page are not pages.
PAGES = {
    "/": "/",
    "/targets/": "/targets/",
    "/targets/?sort=deadline&view=cards": "/targets/",
    "/targets/?economy=XBO&status=met&page=1": "/targets/",
    "/targets/xar-xbo-500mn-usd-2030/": "/targets/xar-xbo-500mn-usd-2030/",
    "/targets/xbo-xca-1bn-usd-2022/?as_of=2026-11-22": "/targets/xbo-xca-1bn-usd-2022/",
    "/pairs/xar-xbo/": "/pairs/xar-xbo/",
    "/pairs/xbo-xca/?as_of=2026-11-22": "/pairs/xbo-xca/",
    "/economies/": "/economies/",
    "/economies/XBO/": "/economies/XBO/",
    "/economies/XCA/": "/economies/XCA/",
    "/deadlines/": "/deadlines/",
    "/deadlines/?year=2022&page=1": "/deadlines/?year=2022",
    "/changes/": "/changes/",
    "/changes/?kind=verdict": "/changes/",
    "/coverage/": "/coverage/",
    "/coverage/?economy=XBO": "/coverage/?economy=XBO",
    "/compare/": "/compare/",
    "/search/": "/search/",
    "/methodology/": "/methodology/",
    "/about/": "/about/",
}
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


@pytest.fixture
def targets(monkeypatch):
    monkeypatch.setattr("targets.views.pages.utc_today", lambda: world.TODAY)
    return world.make_world()


def head(client, address):
    page = client.get(address).content.decode()
    return html.unescape(page[: page.index("</head>")])


def title_of(page):
    return re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


def description_of(page):
    return re.search(r'<meta name="description" content="(.*?)">', page)[1]


@LANGUAGES
@pytest.mark.parametrize(("address", "own"), PAGES.items())
def test_a_page_names_its_own_address_and_those_in_each_language(client, targets, prefix, address, own):
    page = head(client, prefix + address)
    assert re.findall(r'<link rel="canonical" href="(.*?)">', page) == [f"http://testserver{prefix}{own}"]
    others = dict(re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', page))
    present = f"http://testserver{own}"
    assert others == {"en": present, "ru": f"http://testserver/ru{own}", "x-default": present}


@LANGUAGES
def test_a_later_page_of_a_list_is_a_page_of_its_own_unless_the_list_is_filtered(client, prefix):
    for number in range(41):
        world.make_target(slug=f"target-{number}")
    world.refresh()
    second = head(client, f"{prefix}/targets/?page=2&sort=deadline")
    assert f'rel="canonical" href="http://testserver{prefix}/targets/?page=2"' in second
    assert title_of(second) != title_of(head(client, f"{prefix}/targets/"))
    assert re.search(r", (page|страница) 2 – Tradewatch", title_of(second))
    filtered = head(client, f"{prefix}/targets/?page=2&economy=XAR")
    assert f'rel="canonical" href="http://testserver{prefix}/targets/"' in filtered


@LANGUAGES
@pytest.mark.parametrize(
    "address", ["/search/?q=marn", "/compare/?t=xbo-xca-1bn-usd-2022", "/search/?q=nothing+of+the+kind"]
)
def test_answers_that_a_reader_put_together_are_not_to_be_listed(client, targets, prefix, address):
    page = head(client, prefix + address)
    assert '<meta name="robots" content="noindex, follow">' in page
    assert "canonical" not in page


@pytest.mark.parametrize("address", ["/nowhere/", "/targets/nothing/", "/targets/?page=one"])
def test_what_is_no_page_names_no_address_of_its_own(client, targets, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "canonical" not in answer.content.decode()


@LANGUAGES
def test_every_page_has_a_title_and_a_description_of_its_own(client, targets, prefix):
    titles, descriptions = {}, {}
    for address, own in PAGES.items():
        if "as_of" in address or address == "/targets/?sort=deadline&view=cards":
            continue
        page = head(client, prefix + address)
        titles.setdefault(title_of(page), []).append(address)
        descriptions.setdefault(description_of(page), []).append(own)
    repeated = [pages for pages in titles.values() if len(pages) > 1]
    assert [pages for pages in repeated if pages != ["/changes/", "/changes/?kind=verdict"]] == []
    assert [own for own in descriptions.values() if len(set(own)) > 1] == []
    assert all(15 <= len(title) <= 120 for title in titles)
    assert all(40 <= len(words) <= 320 for words in descriptions), [w for w in descriptions if not 40 <= len(w) <= 320]


def test_the_tab_follows_what_is_typed_into_the_search(client, targets):
    for address, words in (("/search/", "Search"), ("/search/?q=marn", "Search: marn")):
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert title_of(part) == title_of(head(client, address)) == f"{words} – Tradewatch"


def test_a_filtered_list_says_its_filter_in_its_title(client, targets):
    assert title_of(head(client, "/targets/?economy=XBO&deadline_to=2030")) == (
        "2 targets of Borovia, due by 2030 – Tradewatch"
    )
    assert "2 targets of Borovia, due by 2030" in description_of(head(client, "/targets/?economy=XBO&deadline_to=2030"))


def entries(client, address):
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  # our own answer
    return {one.find(f"{SITEMAP}loc").text: one for one in root}


def test_the_sitemap_names_every_published_page_in_every_language_with_the_others(client, targets):
    parts = entries(client, "/sitemap.xml")
    assert list(parts) == [
        f"http://testserver/sitemap-{part}.xml" for part in ("pages", "targets", "pairs", "economies")
    ]
    found = {address: one for part in parts for address, one in entries(client, part).items()}
    for address, entry in found.items():
        own = address.replace("http://testserver/ru/", "http://testserver/")
        others = {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)}
        assert others == {
            "en": own,
            "ru": own.replace("http://testserver/", "http://testserver/ru/"),
            "x-default": own,
        }
        page = client.get(address)
        assert page.status_code == 200
        # What the list of pages names, each page names of itself.
        assert f'<link rel="canonical" href="{address}">' in page.content.decode()
    named = {address.removeprefix("http://testserver") for address in found}
    assert {"/", "/ru/", "/methodology/", "/ru/targets/xar-xbo-500mn-usd-2030/", "/pairs/xbo-xca/"} <= named
    assert {"/economies/XAR/", "/ru/economies/XCA/", "/targets/xar-xbo-500mn-usd-2023/"} <= named
    assert not any(targets["draft"].slug in address for address in named)


def test_the_sitemap_says_when_the_judgements_of_a_page_changed(client, targets):
    slug = targets["kept"].slug
    Judgement.objects.filter(target__slug=slug, is_verdict=True).update(assessed_on="2026-03-05")
    address = f"http://testserver/targets/{slug}/"
    assert entries(client, "/sitemap-targets.xml")[address].find(f"{SITEMAP}lastmod").text == "2026-03-05"
    pairs = entries(client, "/sitemap-pairs.xml")
    assert pairs["http://testserver/pairs/xbo-xca/"].find(f"{SITEMAP}lastmod").text == "2026-03-05"
    assert pairs["http://testserver/pairs/xar-xbo/"].find(f"{SITEMAP}lastmod").text == world.TODAY.isoformat()


def test_many_targets_fill_several_files_in_two_queries(client, targets, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(robots._InEachLanguage, "limit", 2)
    assert "http://testserver/sitemap-targets.xml?p=3" in entries(client, "/sitemap.xml")
    whole = {address for number in (1, 2, 3) for address in entries(client, f"/sitemap-targets.xml?p={number}")}
    assert len(whole) == 6
    for number in ("4", "0", "x"):
        assert client.get(f"/sitemap-targets.xml?p={number}").status_code == 404
    assert client.get("/sitemap-people.xml").status_code == 404
    world.make_user("another")
    from targets.queries import forget_data_version

    forget_data_version()
    with django_assert_num_queries(3):
        client.get("/sitemap-targets.xml")


def test_a_copy_of_the_sitemap_is_confirmed_while_nothing_changed(client, targets):
    first = client.get("/sitemap-targets.xml")
    again = client.get("/sitemap-targets.xml", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_search_engines_may_read_all_but_the_desk_and_are_told_where_the_list_is(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /ru/admin/\n\nSitemap: http://testserver/sitemap.xml\n"
    )
    assert client.get("/ru/robots.txt").status_code == 404
