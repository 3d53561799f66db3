"""Copies: when one may be used again, and what makes it stale."""

from datetime import date, timedelta

import pytest

from targets.actions import journal
from targets.actions.search import refresh_search_text
from targets.queries import forget_data_version
from targets.views import freshness
from tests import world

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/targets/", "/targets/xar-xbo-500mn-usd-2030/", "/pairs/xar-xbo/", "/economies/", "/about/", "/ru/"]


@pytest.fixture(autouse=True)
def targets():
    return world.make_world()


def again(client, address, mark, **headers):
    return client.get(address, headers={"If-None-Match": mark, **headers})


def something_happens(run_after_commit):
    with run_after_commit(execute=True):
        journal.record(by=world.make_user(), verb="record")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_page_is_not_sent_twice(client, address, django_assert_num_queries):
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(0):
        second = again(client, address, first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    assert (second["ETag"], second["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert set(second["Vary"].split(", ")) == set(first["Vary"].split(", "))


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_new_entry_in_the_journal_makes_every_copy_stale(client, address, django_capture_on_commit_callbacks):
    mark = client.get(address)["ETag"]
    something_happens(django_capture_on_commit_callbacks)
    answer = again(client, address, mark)
    assert answer.status_code == 200
    assert answer["ETag"] != mark


def test_copies_are_for_everybody_and_asked_about_before_each_use(client):
    assert set(client.get("/")["Cache-Control"].split(", ")) == {"public", "no-cache"}


def test_the_mark_differs_by_language(client):
    assert client.get("/targets/")["ETag"] != client.get("/ru/targets/")["ETag"]


def test_a_copy_of_the_page_is_never_confirmed_as_the_part(client):
    page = client.get("/targets/")["ETag"]
    part = client.get("/targets/", headers={"HX-Request": "true"})["ETag"]
    assert page != part
    assert again(client, "/targets/", page, **{"HX-Request": "true"}).status_code == 200
    assert again(client, "/targets/", part).status_code == 200
    assert again(client, "/targets/", part, **{"HX-Request": "true"}).status_code == 304


def test_a_new_day_makes_copies_stale(client, monkeypatch):
    mark = client.get("/")["ETag"]
    tomorrow = freshness.utc_today() + timedelta(days=1)
    monkeypatch.setattr(freshness, "utc_today", lambda: tomorrow)
    assert again(client, "/", mark).status_code == 200


def test_a_compressed_copy_is_confirmed_too(client):
    first = client.get("/targets/", headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in first["Vary"]
    assert again(client, "/targets/", first["ETag"], **{"Accept-Encoding": "gzip"}).status_code == 304


@pytest.mark.parametrize(
    "address", ["/targets/nowhere/", "/targets/?status=great", "/targets/?page=99", "/economies/NO/"]
)
def test_errors_are_not_kept(client, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "ETag" not in answer
    assert "public" not in answer.get("Cache-Control", "")


def test_while_debugging_nothing_is_confirmed(client, settings):
    mark = client.get("/about/")["ETag"]
    settings.DEBUG = True
    assert again(client, "/about/", mark).status_code == 200


def test_the_version_of_the_data_is_asked_for_once_a_second_not_once_a_page(client, django_assert_num_queries):
    client.get("/about/")
    with django_assert_num_queries(0):
        client.get("/about/")
    forget_data_version()
    with django_assert_num_queries(1):
        client.get("/about/")


def test_the_mark_of_the_program_follows_its_files(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    page = tmp_path / "templates" / "home.html"
    page.parent.mkdir()
    marks = []
    for words in ("one", "another", "one"):
        page.write_text(words)
        (tmp_path / "targets" / "__pycache__").mkdir(parents=True, exist_ok=True)
        (tmp_path / "targets" / "__pycache__" / "views.pyc").write_text(str(len(marks)))
        marks.append(freshness.code_version.__wrapped__())
    assert marks[0] == marks[2] != marks[1]
    page.rename(page.with_name("about.html"))
    assert freshness.code_version.__wrapped__() not in marks


def test_today_is_a_utc_day(monkeypatch):
    from datetime import UTC, datetime

    monkeypatch.setattr(freshness.timezone, "now", lambda: datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    assert freshness.utc_today() == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("address", "status"), [("/", 200), ("/targets/nowhere/", 404), ("/targets/?status=great", 400)]
)
def test_whatever_there_is_is_confirmed_of_nothing_unseen(client, address, status):
    assert again(client, address, "*").status_code == status


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["/search/?q=w", "/search/?q=w&in=economies", "/economies/"])
def test_an_economy_that_another_process_stored_within_the_second_breaks_no_page(client, monkeypatch, before):
    monkeypatch.setattr("targets.queries.journal.SECONDS", 3600.0)
    forget_data_version()
    client.get(before)
    # What another process commits, this one hears of when it next asks for the version.
    monkeypatch.setattr("targets.actions.journal.forget_data_version", lambda: None)
    target = world.make_target(world.make_pair("XBO", "XDO"), notes="quartz")
    world.make_statement(target, summary_en="quartz")
    world.make_document(target, title="quartz")
    world.refresh()
    refresh_search_text()
    searches = [f"/search/?q={words}" for words in ("quartz", "doria", "borovia")]
    addresses = [*searches, "/search/?q=borovia&in=pairs", "/coverage/?economy=XBO", "/coverage/"]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    forget_data_version()
    assert client.get("/search/?q=quartz").content.count(b"quartz") > 2
    assert b"Doria" in client.get("/coverage/?economy=XBO").content
