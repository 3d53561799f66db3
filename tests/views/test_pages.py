"""Every page in both languages: what it answers to what exists, to what does not, and to a senseless parameter."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from targets.models import AuditEvent, SlugRedirect, Target
from tests import world

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/targets/",
    "/targets/?q=арланд&economy=XAR&status=far_too_slow&status=met&deadline_to=2030&replaced=on&sort=-needed",
    "/targets/?q=nothing+of+the+kind",
    "/targets/?disagree=on",
    "/targets/xar-xbo-500mn-usd-2030/",
    "/targets/xar-xbo-500mn-usd-2030/?as_of=2026-11-22",
    "/targets/xar-xbo-500mn-usd-2023/",
    "/targets/xbo-xca-1bn-usd-2022/",
    "/compare/",
    "/compare/?t=xar-xbo-500mn-usd-2030",
    "/compare/?t=xar-xbo-500mn-usd-2030&t=xbo-xca-1bn-usd-2022",
    "/deadlines/",
    "/deadlines/?year=2022&page=1",
    "/changes/",
    "/changes/?kind=restated&economy=XAR",
    "/changes/?kind=verdict",
    "/search/",
    "/search/?q=арланд",
    "/search/?q=minister&in=statements&page=1",
    "/search/?q=nothing+of+the+kind",
    "/pairs/xar-xbo/",
    "/pairs/xar-xbo/?as_of=2026-11-22",
    "/economies/",
    "/economies/XBO/",
    "/coverage/",
    "/coverage/?economy=XBO",
    "/methodology/",
    "/about/",
]
UNKNOWN = [
    "/targets/no-such-target/",
    "/targets/xbo-xca-3bn-usd-open/",
    "/targets/xar-xbo-500mn-usd-2030/?as_of=2001-01-01",
    "/targets/?page=2",
    "/targets/?page=1000000000",
    "/targets/?page=9999999999999999999999",
    "/search/?q=minister&in=statements&page=2",
    "/deadlines/?year=1999",
    "/deadlines/?page=2",
    "/changes/?page=2",
    "/coverage/?page=2",
    "/coverage/?economy=XBO&page=2",
    "/changes/?page=99999999999999999999",
    "/search/?q=minister&page=1000000000000000000000",
    "/pairs/xar-xca/",
    "/pairs/xbo-xar/",
    "/economies/NONE/",
    "/economies/nothing/",
    "/nowhere/",
]
SENSELESS = [
    ("/targets/?status=great", "status", "met_then_lost"),
    ("/targets/?sort=name", "sort", "-deadline"),
    ("/targets/?economy=ZZZ", "economy", "XAR"),
    ("/targets/?page=one", "page", "1"),
    ("/targets/?disagree=perhaps", "disagree", "on"),
    ("/coverage/?economy=ZZZ", "economy", "XAR"),
    ("/coverage/?page=0", "page", "1"),
    ("/targets/?deadline_to=3000", "deadline_to", "2200"),
    ("/targets/xar-xbo-500mn-usd-2030/?as_of=soon", "as_of", "2026-11-22"),
    ("/search/?in=people", "in", "statements"),
    ("/compare/?t=nowhere&t=xbo-xca-1bn-usd-2022", "t", "2"),
    ("/deadlines/?year=soon", "year", "2200"),
    ("/deadlines/?year=1", "year", "1900"),
    ("/deadlines/?page=0", "page", "1"),
    ("/changes/?kind=great", "kind", "restated"),
    ("/changes/?economy=%00", "economy", "XAR"),
    ("/changes/?page=x", "page", "1"),
    ("/search/?page=none", "page", "1"),
    ("/search/?q=" + "x" * 10_000, "q", "100"),
    ("/search/?q=%00", "q", "100"),
    ("/pairs/xar-xbo/?as_of=2099-01-01", "as_of", "2026-11-22"),
]
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


@pytest.fixture
def targets(monkeypatch):
    monkeypatch.setattr("targets.views.pages.utc_today", lambda: world.TODAY)
    return world.make_world()


@LANGUAGES
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_its_language(client, targets, prefix, address):
    answer = client.get(prefix + address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Language"] == (prefix.strip("/") or "en")
    assert f'<html lang="{prefix.strip("/") or "en"}"' in answer.content.decode()


@LANGUAGES
@pytest.mark.parametrize("address", UNKNOWN)
def test_what_does_not_exist_is_a_page_that_says_so(client, targets, prefix, address):
    answer = client.get(prefix + address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "ETag" not in answer
    assert "<h1>" in answer.content.decode()


@LANGUAGES
@pytest.mark.parametrize(("address", "parameter", "allowed"), SENSELESS)
def test_a_senseless_parameter_is_named_with_what_is_allowed(client, targets, prefix, address, parameter, allowed):
    answer = client.get(prefix + address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    page = answer.content.decode()
    assert f"“{parameter}”" in page or f"«{parameter}»" in page
    assert allowed in page


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_only_read(client, targets, address):
    assert client.post(address).status_code == 405
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_the_list_answers_the_filter_in_words(client, targets):
    page = client.get("/targets/?economy=XBO&deadline_to=2030").content.decode()
    assert "2 targets of Borovia, due by 2030" in page


def test_a_list_opens_with_the_newest_target(client, targets):
    page = client.get("/targets/").content.decode()
    assert page.index("xar-xbo-500mn-usd-2030") < page.index("xbo-xca-1bn-usd-2022")
    assert "xar-xbo-500mn-usd-2023" not in page


@pytest.mark.parametrize("words", ["боров", "БОРОВИЯ", "BOROVIA", "Ильва марн"])
def test_search_finds_cyrillic_whatever_the_case(client, targets, words):
    from targets.actions.search import refresh_search_text

    refresh_search_text()
    page = client.get("/ru/targets/", {"q": words}).content.decode()
    assert "xar-xbo-500mn-usd-2030" in page


def test_htmx_gets_the_table_alone_and_everybody_else_the_page(client, targets):
    whole = client.get("/targets/?status=met")
    part = client.get("/targets/?status=met", headers={"HX-Request": "true"})
    restored = client.get("/targets/?status=met", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    title, table = part.content.decode().strip().split("\n", 1)
    assert table.startswith('<section id="target-table"')
    assert table in whole.content.decode()
    assert title.startswith("<title>1 ")
    assert title in whole.content.decode()
    assert restored.content == whole.content
    for answer in (whole, part, restored):
        assert {"HX-Request", "HX-History-Restore-Request"} <= set(answer["Vary"].split(", "))


def test_nothing_unpublished_is_on_any_page(client, targets):
    going = targets["going"]
    hidden = world.make_target(
        going.pair, published=False, slug="hidden-target", notes="SECRET", first_stated_on=date(2025, 1, 1)
    )
    Target.objects.filter(pk=going.pk).update(superseded_by=hidden, relation="lowered")
    world.make_statement(going, published=False, speaker="SECRET", summary_en="SECRET", summary_ru="SECRET")
    world.make_document(going, published=False, title="SECRET", title_ru="SECRET")
    SlugRedirect.objects.create(slug="hidden-once", target=hidden)
    world.refresh(world.TODAY)
    for prefix in ("", "/ru"):
        for address in [*PAGES, "/targets/?replaced=on&q=secret", "/targets/?replaced=on"]:
            page = client.get(prefix + address).content.decode()
            assert "hidden-target" not in page, address
            assert "SECRET" not in page, address
            assert targets["draft"].slug not in page, address
        assert client.get(f"{prefix}/targets/hidden-target/").status_code == 404
        assert client.get(f"{prefix}/targets/hidden-once/").status_code == 404


@LANGUAGES
def test_a_former_slug_leads_on_for_good_with_its_query(client, targets, prefix):
    SlugRedirect.objects.create(slug="once", target=targets["kept"])
    answer = client.get(f"{prefix}/targets/once/?as_of=2026-11-22")
    assert answer.status_code == 301
    assert answer["Location"] == f"{prefix}/targets/{targets['kept'].slug}/?as_of=2026-11-22"


@LANGUAGES
@pytest.mark.parametrize("code", ["xbo", "Xbo"])
def test_a_code_in_small_letters_leads_on_for_good(client, targets, prefix, code):
    answer = client.get(f"{prefix}/economies/{code}/?from=there")
    assert answer.status_code == 301
    assert answer["Location"] == f"{prefix}/economies/XBO/?from=there"


def test_a_list_says_how_many_replaced_versions_it_leaves_out_and_how_to_see_them(client, targets):
    page = client.get("/targets/?sort=amount&page=1").content.decode()
    assert "1 replaced version is left out" in page
    assert 'href="?sort=amount&amp;replaced=on"' in page
    assert "left out" not in client.get("/targets/?replaced=on").content.decode()


@LANGUAGES
@pytest.mark.parametrize(
    "address", ["/targets/", "/pairs/xar-xbo/", "/economies/XBO/", "/", "/targets/xar-xbo-500mn-usd-2030/"]
)
def test_both_sides_readings_stand_in_every_row_and_on_every_page(client, targets, prefix, address):
    page = client.get(prefix + address).content.decode()
    for exact in ("$140,000,000", "$110,000,000") if not prefix else ("140 000 000 $", "110 000 000 $"):
        assert exact in page.replace("\u00a0", " ")
    for side in ("Arlandia", "Borovia") if not prefix else ("Арландия", "Боровия"):
        assert side in page


def test_a_pair_shows_the_gap_of_the_newest_common_year_and_every_year_in_a_table(client, targets):
    page = client.get("/pairs/xar-xbo/").content.decode().replace("\u00a0", " ").replace("\u202f", "")
    assert "In 2024 trade came to $133m by Arlandia&#x27;s figures and to $110m by Borovia&#x27;s figures" in page
    assert "a gap of 19% of their mean" in page
    assert "It was widest in 2023: $125m against $100m, 22%." in page
    table = page[page.index("figures-mirror") :]
    assert table.index('rowheader">2025<') < table.index('rowheader">2018<')
    chart = page.index('id="mirror-chart"')
    assert page.count("<svg", chart, page.index("data-figure", chart)) == 2


def test_a_page_says_what_the_words_leave_open_and_points_it_out_when_the_verdict_depends(client, targets):
    pair = world.make_pair("XAR", "XDO")
    world.make_years(pair, "XAR", {2019: 400, 2020: 450, 2025: 600})
    world.make_target(pair, slug="ranged", amount_high=Decimal(900_000_000), deadline_year=2025)
    world.refresh(world.TODAY)
    page = client.get("/targets/ranged/").content.decode().replace("\u00a0", " ")
    assert 'href="#wording"' in page
    assert "A range was named, $500–900m; the lower end is judged." in page
    told = "By the upper end of the range ($900m), the verdict would be another: missed, $600m in 2025 by Arlandia"
    assert told in page
    clear = client.get("/targets/xar-xbo-500mn-usd-2030/").content.decode()
    assert 'id="wording"' not in clear
    assert 'href="#wording"' not in clear


@LANGUAGES
def test_converted_amounts_show_rate_year_and_source(client, targets, prefix):
    pair = world.make_pair("XAR", "XDO")
    world.make_figure(pair, "XAR", 2024, currency="EUR")
    world.make_rate("EUR", 2024, "1.0824")
    world.make_target(pair, slug="converted")
    world.refresh(world.TODAY)
    row = client.get(f"{prefix}/targets/?economy=XDO").content.decode()
    assert f'href="{prefix}/targets/converted/#converted"' in row
    for address in ("/targets/converted/", "/pairs/xar-xdo/"):
        page = client.get(prefix + address).content.decode()
        part = page[page.index('id="converted"') :].replace("\u00a0", " ")
        for said in ("2024", "1 EUR = 1.0824 USD" if not prefix else "1 EUR = 1,0824 USD", "Central Bank of Borovia"):
            assert said in part
        assert ("$108m" if not prefix else "108 млн $") in part
    assert 'id="converted"' not in client.get(f"{prefix}/targets/xar-xbo-500mn-usd-2030/").content.decode()


def test_an_economy_shows_the_gap_where_both_newest_figures_are_of_one_year(client, targets):
    page = client.get("/economies/XCA/").content.decode().replace("\u202f", "")
    assert ">4.4%</a>" in page or ">4%</a>" in page
    assert 'href="/pairs/xbo-xca/#mirror"' in page
    assert 'href="/pairs/xar-xbo/#mirror"' not in client.get("/economies/XAR/").content.decode()


def test_coverage_says_who_reports_until_when_and_who_fell_silent(client, targets):
    page = client.get("/coverage/").content.decode()
    assert "Calder Isles: no full year after 2022" in page
    assert "Borovia: no full year" not in page
    assert 'href="/coverage/?economy=XCA"' in page
    one = client.get("/coverage/?economy=XCA").content.decode()
    assert "2018–2022" in one
    assert "Statistics of Calder Isles" in one


def test_a_page_is_the_same_for_who_signed_in(client, targets):
    for address in PAGES:
        client.logout()
        stranger = client.get(address)
        client.force_login(world.make_user())
        colleague = client.get(address)
        assert stranger.content == colleague.content, address
        assert "Cookie" not in stranger["Vary"], address
        assert not stranger.cookies, address


def test_nobody_who_writes_is_named(client, targets):
    writer = world.make_user("verity-inkwell")
    AuditEvent.objects.create(by=writer, verb="record", object_kind="release", object_key="1")
    Target.objects.filter(slug=targets["going"].slug).update(published_by=writer)
    for address in PAGES:
        assert "inkwell" not in client.get(address).content.decode()


# Inside of a test's transaction nothing is remembered, so what all pages share counts each time it is asked for; what
# readers' lists take is held in tests/views/test_query_counts.py.
BUDGET = {"/": 6, "/targets/": 6, "/targets/xar-xbo-500mn-usd-2030/": 12, "/pairs/xar-xbo/": 10}
BUDGET |= {"/coverage/": 5, "/coverage/?economy=XBO": 5}
BUDGET |= {"/economies/XBO/": 13, "/economies/": 4, "/methodology/": 5, "/about/": 1}


@LANGUAGES
@pytest.mark.parametrize("address", BUDGET)
def test_a_request_keeps_to_its_budget_of_queries_at_ten_times_the_rows(
    client, targets, django_assert_max_num_queries, monkeypatch, prefix, address
):
    from targets.queries import forget_data_version

    # However slow the machine is, the version of the data is asked for once a request.
    monkeypatch.setattr("targets.queries.journal.SECONDS", 3600.0)
    forget_data_version()
    with django_assert_max_num_queries(BUDGET[address]) as few:
        assert client.get(prefix + address).status_code == 200
    going = targets["going"]
    for number in range(30):
        world.make_target(going.pair, deadline_year=2027 + number % 5)
        world.make_target(targets["kept"].pair, deadline_year=2022)
        statement = world.make_statement(going, speaker=f"Speaker {number}", sides=("XAR", "XBO"))
        world.make_document(going, source=statement.source)
        world.make_years(going.pair, "XAR", {1990 + number: 10})
    world.refresh(world.TODAY)
    forget_data_version()
    with django_assert_max_num_queries(BUDGET[address]) as many:
        assert client.get(prefix + address).status_code == 200
    assert len(few) == len(many)


@override("en")
def test_every_name_of_an_address_that_templates_use_is_there():
    assert reverse("target-chart", args=["a-b", "svg"]) == "/targets/a-b/chart.svg"
    assert reverse("target-figures", args=["a-b", "csv"]) == "/targets/a-b/figures.csv"
    assert [reverse(name) for name in ("home", "targets", "economies", "methodology", "about")] == [
        "/",
        "/targets/",
        "/economies/",
        "/methodology/",
        "/about/",
    ]


@LANGUAGES
def test_the_methodology_reads_aloud_a_status_that_only_one_side_sees(client, prefix):
    torn = world.make_target(deadline_year=None, amount=1_000_000_000)
    world.make_years(torn.pair, "XAR", {2019: 800, 2022: 1200, 2025: 900})
    world.make_years(torn.pair, "XBO", {2019: 800, 2022: 1100, 2025: 1300})
    world.refresh()
    page = client.get(f"{prefix}/methodology/").content.decode().replace("\u00a0", " ")
    told = {
        "": "Trade reached its target of $1bn in 2022 but fell back to $900m in 2025 by Arlandia&#x27;s figures.",
        "/ru": "Товарооборот в 2022 году достиг цели в 1 млрд долларов, но затем снизился до 900 млн долларов "
        "в 2025 году по данным Арландии.",
    }
    assert told[prefix] in page


@LANGUAGES
@pytest.mark.parametrize("address", ["/targets/xar-xbo-500mn-usd-2030/", "/pairs/xar-xbo/"])
def test_a_page_of_a_past_day_says_so_and_leads_back_to_the_present(client, targets, prefix, address):
    said = {"": "This is how the page stood on 22\u00a0November", "/ru": "Так страница выглядела 22\u00a0ноября"}
    past = client.get(f"{prefix}{address}?as_of=2026-11-22").content.decode()
    assert said[prefix] in past
    assert f'<a href="{prefix}{address}">' in past.split(said[prefix])[1].split("</p>")[0]
    assert said[prefix] not in client.get(prefix + address).content.decode()


def test_a_target_shows_whose_side_spoke_and_who_signed(client, targets):
    for sides in (("XBO",), ("XAR", "XBO")):
        world.make_statement(targets["going"], speaker=f"Speaker for {len(sides)}", sides=sides)
    world.make_document(targets["going"], signatories="Ilva Marn, Oto Brek", signed_on_inferred=True)
    page = client.get("/targets/xar-xbo-500mn-usd-2030/").content.decode()
    statements = {part.split("<b>")[1].split("</b>")[0]: part for part in page.split('<li class="statement">')[1:]}
    assert re.findall(r"</svg>\s+(\w+)</small>", statements["Speaker for 1"]) == ["Borovia"]
    assert re.findall(r"</svg>\s+(\w+)</small>", statements["Speaker for 2"]) == ["Arlandia", "Borovia"]
    assert "statement-side" not in statements["Ilva Marn"]
    assert "Signed by: Ilva Marn, Oto Brek" in page
    assert page.count("date deduced") == 1


def test_a_pair_with_figures_and_no_published_target_shows_no_empty_table(client):
    world.make_years(world.make_pair("XAR", "XDO"), "XAR", {2024: 10})
    page = client.get("/pairs/xar-xdo/").content.decode()
    assert "<h1>Arlandia – Doria</h1>" in page
    assert 'class="targets"' not in page
    assert "No target of this pair has been published." in page


def test_a_pair_without_a_full_year_shows_no_empty_table(client):
    world.make_figure(world.make_pair("XAR", "XDO"), "XAR", 2026, through_month=9)
    page = client.get("/pairs/xar-xdo/").content.decode()
    assert "There are no figures for full years." in page
    assert page.count('class="figures"') == 1


def test_the_lists_of_home_lead_to_the_same_lists_in_full(client, targets):
    world.make_target(targets["kept"].pair, amount=Decimal(1_100_000_000), slug="ahead-of-time")
    world.make_target(targets["kept"].pair, amount=Decimal(1_200_000_000), deadline_year=2021, slug="missed")
    world.refresh()
    home = client.get("/")
    due, decided = (
        client.get(html.unescape(re.search(rf'class="more"><a href="([^"]*sort={order})"', home.content.decode())[1]))
        for order in ("deadline", "-deadline")
    )
    assert [row.target.slug for row in home.context["page"].decided] == ["xbo-xca-1bn-usd-2022", "missed"]
    assert decided.context["list"].rows == home.context["page"].decided
    assert {row.target.slug for row in due.context["list"].rows} == {"xar-xbo-500mn-usd-2030", "ahead-of-time"}


def test_an_empty_list_names_each_condition_with_what_is_found_without_it(client, targets):
    page = client.get("/targets/?economy=XBO&status=met&deadline_from=2030&view=cards").content.decode()
    shown = re.search(r'<ul class="conditions.*?</ul>', page, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)".*?conditions-words">([^<]+)<.*?muted">([^<]+)<', shown)
    assert [(words, found) for _link, words, found in links] == [
        ("Borovia", "0 targets"),
        ("due in 2030 or later", "1 target"),
        ("met", "1 target"),
    ]
    for link, _words, found in links:
        looser = client.get("/targets/" + html.unescape(link))
        assert looser.context["list"].total == int(found.split()[0])
        assert "view=cards" in link


def test_nothing_found_by_words_leads_to_the_search_of_everything(client, targets):
    page = client.get("/targets/?q=nothing%26of").content.decode()
    assert 'href="/search/?q=nothing%26of"' in page
    assert 'href="/search/' not in page.split('<section id="target-table"')[0].split("</header>")[1]


def test_the_three_paces_that_do_not_suffice_have_one_word(client, targets):
    page = client.get("/targets/?status=too_slow&status=far_too_slow&status=moving_away").content.decode()
    assert "1 target, off track" in page


@LANGUAGES
def test_the_address_says_whether_the_list_is_a_table_or_cards(client, targets, prefix):
    def sheet(query):
        page = client.get(f"{prefix}/targets/{query}").content.decode()
        return re.search(r'css/cards[^"]*" media="([^"]+)"', page)[1], page

    fits, page = sheet("?economy=XBO&page=1")
    assert fits == "(max-width: 61.99rem), print"
    links = [html.unescape(one) for one in re.findall(r'href="([^"]*view=[^"]*)"', page)]
    assert links == ["?economy=XBO&page=1&view=table", "?economy=XBO&page=1&view=cards"]
    cards, page = sheet(links[1])
    assert cards == "all"
    # The filters keep it, and so does every other way on.
    assert '<input type="hidden" name="view" value="cards"' in page
    table, page = sheet(links[0])
    assert table == "print"
    assert re.search(r'<div class="listing-scroll" role="group" tabindex="0" aria-label="', page)
    assert "Set-Cookie" not in client.get(f"{prefix}/targets/?view=cards")
    assert client.get(f"{prefix}/targets/?view=tiles").status_code == 400
    for query, bare in (("view=cards", ""), ("view=table&economy=XBO", "?economy=XBO")):
        back = re.search(r'href="([^"]*)">(?:As it fits|По ширине экрана)</a>', sheet(f"?{query}")[1])
        assert html.unescape(back[1]) == f"{prefix}/targets/{bare}"


def test_both_sides_lines_stand_in_every_row_of_every_list(client, targets):
    for address in ("/", "/targets/", "/pairs/xar-xbo/", "/economies/XBO/", "/deadlines/"):
        page = client.get(address).content.decode()
        rows = page.count('<th class="targets-name"')
        assert rows > 0
        assert page.count('class="line-first"') == page.count('class="line-second"') == rows, address
