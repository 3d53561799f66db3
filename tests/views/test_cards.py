"""What networks are told of a shared page, and the card that they show: on every page, in its language, of its day."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.utils.translation import override

from targets import gallery, queries
from targets.exports import cards
from targets.models import AuditEvent, Economy
from targets.queries import forget_data_version
from targets.records import NARROWING
from targets.templatetags import addresses
from targets.wording import verdict_sentence
from tests import world
from tests.exports import files
from tests.exports.cards import plain
from tests.test_permissions import MATRIX, names  # noqa: F401

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
OTHER = "xbo-xca-1bn-usd-2022"
NOT_SHARED = {
    "admin/": "the desk is nobody's to see",
    "search/?q=arl": "the answer to words that anybody could have written",
    "targets/{slug}/share/": "the tool by which another page is shared",
    "pairs/{pair_slug}/share/": "the tool by which another page is shared",
    "embed/targets/{slug}/": "a part of another site's page",
    "embed/pairs/{pair_slug}/": "a part of another site's page",
}
"""Pages of the matrix without a card, and why."""

LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
FIXED = ("og:type", "og:site_name", "og:image:type", "og:image:width", "og:image:height", "twitter:card")
SAID = {
    "og:title", "og:description", "og:url", "og:locale", "og:locale:alternate", "og:image", "og:image:alt",
    "twitter:title", "twitter:description", "twitter:image", "twitter:image:alt", *FIXED,
}  # fmt: skip


def tags(page):
    """Every Open Graph and Twitter property of a page, each of which stands there once."""
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', page)
    assert len(found) == len(dict(found))
    return {name: html.unescape(content) for name, content in found}


def told(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return tags(answer.content.decode())


def asked(image):
    """The address of an image as this site's client asks for it."""
    parts = urlsplit(image)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def shared_pages(names):  # noqa: F811
    """The addresses of the matrix that anybody is answered a page, without those that are not to be shared."""
    for address, (get, _post) in MATRIX.items():
        if get[0] == 200 and address not in NOT_SHARED and not address.startswith("admin/"):
            yield f"/{address.format(**names)}"


@LANGUAGES
def test_every_page_of_readers_has_its_tags_and_a_card_that_is_there(client, names, prefix):  # noqa: F811
    looked = 0
    for address in shared_pages(names):
        answer = client.get(f"{prefix}{address}")
        if answer.streaming:
            list(answer.streaming_content)  # closes the file
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        looked += 1
        said = tags(answer.content.decode())
        assert set(said) == SAID, f"{address} says nothing of itself: give it a card, or a reason in NOT_SHARED"
        assert [said[name] for name in FIXED] == [
            "website", "Tradewatch", "image/png", "1200", "630", "summary_large_image",
        ]  # fmt: skip
        assert said["og:url"].startswith(f"http://testserver{prefix}/")
        assert said["og:image"].startswith(f"http://testserver{prefix}/")
        assert [said["og:locale"], said["og:locale:alternate"]] == (
            ["ru_RU", "en_GB"] if prefix else ["en_GB", "ru_RU"]
        )
        assert said["twitter:image"] == said["og:image"]
        assert (said["og:image:alt"], said["og:description"]) == (
            said["twitter:image:alt"],
            said["twitter:description"],
        )
        assert said["twitter:title"] == said["og:title"]
        assert bool(re.search("[А-яЁё]", said["og:description"])) == bool(prefix), address
        image = client.get(asked(said["og:image"]))
        assert (image.status_code, image["Content-Type"]) == (200, "image/png"), address
        read = files.png(image.content)
        assert (read.width, read.height) == (1200, 630)
        assert len(image.content) < 150_000
        # The card says what the page says: their words come from one place.
        assert read.texts["Title"] == (prefix.strip("/") or "en", said["og:title"])
        assert read.texts["Description"][1] == said["og:image:alt"]
        assert read.texts["URL"][1] == said["og:url"]
    assert looked == 12


def test_every_page_that_is_not_shared_says_nothing_and_is_there(client, names):  # noqa: F811
    for address in NOT_SHARED:
        answer = client.get(f"/{address.format(**names)}", follow=True)
        assert answer.status_code == 200
        assert tags(answer.content.decode()) == {}, address


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/targets/nothing/", "/targets/?page=one", "/verify/0VV2-JV2N-4C1S-SR/", "/targets/?q=arl"]
)
def test_errors_codes_and_words_of_the_reader_have_no_card(client, address):
    world.make_world()
    assert tags(client.get(address).content.decode()) == {}


@LANGUAGES
def test_the_verdict_sentence_is_what_is_said_of_a_target(client, prefix):
    world.make_world()
    said = told(client, f"{prefix}/targets/{SLUG}/")
    with override(prefix.strip("/") or "en"):
        page = queries.target_page(SLUG, today=world.TODAY)
        sentence = verdict_sentence(page.target, page.assessment)
    assert said["og:image:alt"] == said["og:description"] == sentence
    assert told(client, f"{prefix}/pairs/xar-xbo/")["og:image:alt"] == sentence, "the pair has one goal"
    named = {"": "Arlandia – Borovia: $500m by 2030", "/ru": "Арландия – Боровия: 500 млн $ к 2030 году"}
    assert plain(said["og:title"]) == named[prefix]
    assert said["og:url"] == f"http://testserver{prefix}/targets/{SLUG}/"
    assert said["og:image"] == f"http://testserver{prefix}/targets/{SLUG}/card.png?v={queries.data_version()}"


def test_behind_a_proxy_that_speaks_https_every_address_is_of_https(client):
    world.make_world()
    page = client.get(f"/targets/{SLUG}/", secure=True).content.decode()
    assert all(tags(page)[name].startswith("https://testserver/") for name in ("og:url", "og:image", "twitter:image"))


@pytest.mark.parametrize("address", [f"/targets/{SLUG}/", "/pairs/xar-xbo/"])
def test_a_page_of_a_past_day_has_the_card_of_that_day(client, address):
    world.make_world()
    day = world.TODAY.isoformat()
    said = told(client, f"{address}?as_of={day}&utm_source=x")
    assert said["og:url"] == f"http://testserver{address}?as_of={day}"
    assert said["og:image"] == f"http://testserver{address}card.png?as_of={day}", "the day says all: no version"
    read = files.png(client.get(asked(said["og:image"])).content)
    assert read.texts["Creation Time"][1] == day
    assert read.texts["URL"][1] == said["og:url"]


@pytest.mark.parametrize(
    ("page", "query"), [("/economies/XBO/", ""), ("/compare/", f"?t={SLUG}&t={OTHER}")], ids=["economy", "comparison"]
)
def test_a_card_of_a_past_day_names_the_page_as_it_can_be_asked_for(client, page, query):
    world.make_world()
    day = world.TODAY.isoformat()
    image = client.get(f"{page}card.png{query}{'&' if query else '?'}as_of={day}")
    read = files.png(image.content)
    assert read.texts["Creation Time"][1] == day
    assert read.texts["URL"][1] == f"http://testserver{page}{query}", "it shows today alone"
    assert client.get(f"{page}card.png{query}{'&' if query else '?'}as_of=x").status_code == 400


@pytest.mark.parametrize(
    ("page", "query", "title"),
    [
        ("/targets/", "economy=XBO&deadline_to=2030", "2 targets of Borovia, due by 2030"),
        ("/deadlines/", "year=2022", "Trade targets due in 2022"),
        ("/coverage/", "economy=XBO", "Coverage: Borovia"),
        ("/compare/", f"t={SLUG}&t={OTHER}", "Comparison of trade targets: Arlandia – Borovia, Borovia – Calder Isles"),
    ],
)
def test_what_a_page_is_narrowed_to_stays_with_its_card(client, page, query, title):
    world.make_world()
    said = told(client, f"{page}?{query}&fbclid=abc&sort=")
    assert said["og:title"] == title
    assert said["og:url"] == f"http://testserver{page}?{query}"
    assert said["og:image"] == f"http://testserver{page}card.png?{query}&v={queries.data_version()}"
    image = client.get(asked(said["og:image"]))
    assert files.png(image.content).texts["Title"][1] == title
    assert image.content != client.get(f"{page}card.png").content


def test_the_parameters_of_a_shared_list_are_those_that_narrow_it():
    assert set(NARROWING) == {
        "economy", "status", "measure", "strength", "relation", "deadline_from", "deadline_to", "replaced", "disagree",
    }  # fmt: skip
    assert addresses._SHARED["targets"] == NARROWING


def test_nobody_writes_own_words_on_a_card(client):
    world.make_world()
    usual = client.get("/targets/card.png").content
    for query in ("q=Trade+war+declared", "utm_campaign=Trade+war", "page=2", "sort=deadline"):
        assert client.get(f"/targets/card.png?{query}").content == usual


def test_quotes_and_marks_in_names_stay_inside_their_attributes(client):
    world.make_world()
    Economy.objects.filter(code="XAR").update(name_en='"><script>x</script> & #panic("read")')
    AuditEvent.objects.create(by=world.make_user(), verb="edit", object_kind="economy", object_key="XAR")
    forget_data_version()
    page = client.get(f"/targets/{SLUG}/").content.decode()
    assert "<script>x" not in page
    said = tags(page)
    assert said["og:title"].startswith('"><script>x</script> & #panic("read") – Borovia')
    image = client.get(asked(said["og:image"]))
    assert files.png(image.content).texts["Title"][1] == said["og:title"]


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("size=poster", "size", "social, web, print"),
        ("theme=sepia", "theme", "light, dark"),
        ("as_of=2999-01-01", "as_of", "YYYY-MM-DD"),
    ],
)
def test_a_senseless_parameter_is_refused_with_what_is_allowed(client, query, parameter, allowed):
    world.make_world()
    answer = client.get(f"/targets/{SLUG}/card.png?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert f"“{parameter}”" in answer.content.decode()
    assert allowed in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/targets/xbo-xca-3bn-usd-open/card.png", 404),
        ("/targets/nothing/card.png", 404),
        ("/pairs/xdo-xar/card.png", 404),
        ("/economies/XDO/card.png", 404),
        ("/deadlines/card.png?year=1901", 404),
        ("/deadlines/card.png?year=x", 400),
        ("/coverage/card.png?economy=XDO", 400),
        ("/targets/card.png?status=great", 400),
        ("/compare/card.png?t=nothing", 400),
    ],
)
def test_what_is_no_page_has_no_card(client, address, status):
    world.make_world()
    assert client.get(address).status_code == status


def test_the_former_address_of_a_target_leads_to_its_card(client):
    targets = world.make_world()
    targets["going"].former_slugs.create(slug="former")
    answer = client.get("/targets/former/card.png?theme=dark")
    assert (answer.status_code, answer["Location"]) == (301, f"/targets/{SLUG}/card.png?theme=dark")


def test_a_card_is_a_file_with_a_name_that_is_made_once(client, monkeypatch, django_assert_max_num_queries):
    world.make_world()
    made = []
    monkeypatch.setattr(cards, "png", lambda *given, make=cards.png, **look: made.append(1) or make(*given, **look))
    first = client.get(f"/targets/{SLUG}/card.png")
    assert first["Content-Disposition"] == f'inline; filename="tradewatch-{SLUG}-card.png"'
    assert set(first["Cache-Control"].split(", ")) == {"public", "no-cache"}
    with django_assert_max_num_queries(1):
        again = client.get(f"/targets/{SLUG}/card.png?v=12&utm_source=anywhere")
    assert again.content == first.content
    assert made == [1]
    copy = client.get(f"/targets/{SLUG}/card.png", headers={"If-None-Match": first["ETag"]})
    assert (copy.status_code, copy.content) == (304, b"")
    others = [client.get(f"{address}/targets/{SLUG}/card.png{query}").content for address, query in (
        ("", "?theme=dark"), ("/ru", ""), ("", "?size=web"), ("", f"?as_of={world.TODAY}"),
    )]  # fmt: skip
    assert len({first.content, *others}) >= 4
    assert len(made) == 5


def test_a_change_of_the_data_gives_the_card_another_address_and_another_copy(client):
    world.make_world()
    before = told(client, f"/targets/{SLUG}/")["og:image"]
    first = client.get(asked(before))
    AuditEvent.objects.create(by=world.make_user(), verb="record", object_kind="release", object_key="1")
    forget_data_version()
    after = told(client, f"/targets/{SLUG}/")["og:image"]
    assert after != before
    assert parse_qs(urlsplit(after).query).keys() == {"v"}
    assert client.get(asked(before), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_full_disk_costs_time_and_not_the_card(client, monkeypatch, caplog):
    world.make_world()

    def full(*_given, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caches["charts"], "set", full)
    assert client.get(f"/targets/{SLUG}/card.png").status_code == 200
    assert "could not be kept" in caplog.text


def test_the_card_of_the_home_page_counts_every_target_once(client):
    world.make_world()
    said = told(client, "/")
    assert said["og:description"].startswith("What governments said their trade would reach")
    assert "3 targets: 1 kept, 1 pending, 1 replaced." in said["og:description"]


def test_an_economy_without_open_promises_has_words_on_its_card_too():
    world.make_world()
    page = queries.economy_page("XCA", "en", today=world.TODAY)
    assert "public trade targets with other economies" in gallery.card_of(page)["text"]
