"""Goalposts and scoreboards on the pages, and their charts as files."""

import html
import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from tests import world

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
FILES = ["/pairs/xar-xbo/goalposts", "/economies/XBO/scoreboard"]


@pytest.fixture(autouse=True)
def targets(monkeypatch):
    for module in ("pages", "files", "charts"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)
    return world.make_world()


def text(answer):
    """What the page says, without tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))).replace("\u00a0", " ")


def test_a_pair_says_how_its_goals_moved_and_what_became_of_each_version(client):
    said = text(client.get("/pairs/xar-xbo/"))
    assert "Restated once; deadline moved from 2023 to 2030; the amount stayed at $500m." in said
    assert re.search(r"1 March 2018 \$500m by 2023 missed postponed", said)
    assert re.search(r"1 May 2020 \$500m by 2030 far too slow", said)


def test_a_pair_says_it_in_russian(client):
    said = text(client.get("/ru/pairs/xar-xbo/"))
    assert "Пересмотрена 1 раз; срок перенесён с 2023 на 2030 год; сумма прежняя: 500 млн долларов." in said


def test_a_target_says_how_its_goal_moved(client):
    for slug in ("xar-xbo-500mn-usd-2030", "xar-xbo-500mn-usd-2023"):
        assert "Restated once; deadline moved from 2023 to 2030" in text(client.get(f"/targets/{slug}/"))
    assert "Restated" not in text(client.get("/targets/xbo-xca-1bn-usd-2022/"))


def test_a_pair_with_one_target_has_nothing_to_compare(client):
    assert "goalposts-chart" not in client.get("/pairs/xbo-xca/").content.decode()


def test_an_economy_has_its_scoreboard_promises_and_moves(client):
    answer = client.get("/economies/XBO/")
    said = text(answer)
    assert "kept 1 pending 1 replaced 1" in said
    assert "1 open promise adds up to $500m a year." in said
    assert "With 1 partner $500m is promised and $110m traded (2024): that is 4.5 times today's trade." in said
    assert "With 1 partner $500m is promised and $140m traded (2025)" in said
    assert "Arlandia $500m by 2030 Restated once" in said
    assert '<figure class="chart" id="scoreboard-chart">' in answer.content.decode()


def test_two_goals_that_became_one_are_told_apart_by_what_each_began_with(client):
    pair = world.make_pair("XAR", "XDO")
    both = world.make_target(pair, first_stated_on=date(2022, 5, 1))
    for deadline in (2023, None):
        earlier = {"deadline_year": deadline, "first_stated_on": date(2021, 5, 1)}
        world.make_target(pair, **earlier, superseded_by=both, relation="restated")
    world.refresh()
    said = text(client.get("/economies/XAR/"))
    assert "at first: $500m by 2023" in said
    assert "at first: $500m, no deadline" in said
    assert said.count("at first:") == 2, "the goal that stands alone says what it began with in its words"
    assert "вначале: 500 млн $ к 2023 году" in text(client.get("/ru/economies/XAR/"))


def test_economies_say_who_moves_the_goalposts(client):
    said = text(client.get("/economies/"))
    assert "Who moves the goalposts" in said
    assert re.search(r"Arlandia 1 postponed 1 Borovia 1 postponed 1", said)


def test_home_counts_by_deadline_strength_step_and_move(client):
    said = text(client.get("/"))
    assert "2022 1 kept: 1" in said
    assert "commitment 2" in said
    assert "up to double 1" in said
    assert "1 time a later version took the place of a goal. postponed 1" in said


@LANGUAGES
@pytest.mark.parametrize("address", ["/", "/economies/", "/economies/XBO/", "/economies/XAR/"])
def test_every_count_leads_to_the_list_of_what_it_counts(client, prefix, address):
    page = client.get(prefix + address).content.decode()
    links = {html.unescape(link) for link in re.findall(rf'href="({prefix}/targets/\?[^"]+)"', page)}
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    ("link", "total"),
    [
        ("?relation=postponed&replaced=on", 1),
        ("?relation=postponed&economy=XCA&replaced=on", 0),
        ("?relation=raised", 0),
    ],
)
def test_the_list_can_be_asked_what_the_next_version_did(client, link, total):
    said = text(client.get(f"/targets/{link}"))
    counted = "1 target" if total == 1 else f"{total} targets"
    assert counted in said
    assert link.partition("relation=")[2].partition("&")[0] in said


def test_a_senseless_move_is_refused(client):
    answer = client.get("/targets/?relation=vanished")
    assert answer.status_code == 400
    assert "“relation”" in html.unescape(answer.content.decode())


@LANGUAGES
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("look", ["", "?size=social&theme=dark", "?size=print"])
def test_the_charts_are_drawings_and_plotly_figures(client, prefix, file, look):
    drawing = client.get(f"{prefix}{file}.svg{look}")
    assert drawing["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert ElementTree.fromstring(drawing.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    assert not any(refused in drawing.content.decode() for refused in ("<style", " style=", "<script", "url(http"))
    figure = json.loads(client.get(f"{prefix}{file}.json{look}").content)
    assert figure["layout"]["meta"]["kind"] == file.rpartition("/")[2]
    assert figure["data"]


@pytest.mark.parametrize("file", FILES)
def test_files_have_names_and_are_not_sent_twice(client, file):
    answer = client.get(f"{file}.svg?size=social")
    name = "-".join(file.split("/")[2:])
    assert answer["Content-Disposition"] == f'inline; filename="tradewatch-{name}-social.svg"'
    assert client.get(f"{file}.svg?size=social", headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pairs/xar-xbo/goalposts.gif", 404),
        ("/pairs/xar-xca/goalposts.svg", 404),
        ("/economies/NONE/scoreboard.json", 404),
        ("/pairs/xar-xbo/goalposts.svg?size=huge", 400),
        ("/pairs/xar-xbo/goalposts.json?as_of=soon", 400),
        ("/pairs/xar-xbo/goalposts.json?as_of=2026-11-21", 404),
    ],
)
def test_what_there_is_not_is_refused(client, address, status):
    assert client.get(address).status_code == status


def test_the_goalposts_of_a_past_day_know_what_was_published_then(client, targets):
    late = targets["going"]
    late.published_at = world.NOON.replace(day=22)
    targets["earlier"].published_at = world.NOON.replace(day=20)
    for target in (late, targets["earlier"]):
        target.save()
    figure = json.loads(client.get("/pairs/xar-xbo/goalposts.json?as_of=2026-11-21").content)
    assert figure["layout"]["meta"]["rows"] == 1
    assert "never restated" in figure["layout"]["meta"]["title"]


@pytest.mark.parametrize(("address", "most"), [("/", 6), ("/economies/", 4), ("/targets/?relation=postponed", 6)])
def test_lists_stay_within_their_queries(client, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most + 1):
        # One more for the version of the data, by which an unchanged page is known.
        client.get(address)


def test_very_many_economies_come_in_pages_and_none_is_beyond_the_last(client, targets, monkeypatch):
    monkeypatch.setattr("targets.records.pages.ECONOMIES_A_PAGE", 2)
    second = client.get("/economies/?page=2").content.decode()
    assert "/economies/XCA/" in second
    assert "/economies/XBO/" not in second.partition('class="pages"')[0]
    assert "Page 2 of 2" in second
    assert client.get("/economies/?page=3").status_code == 404
    assert client.get("/economies/?page=x").status_code == 400
