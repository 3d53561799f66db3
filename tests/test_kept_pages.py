"""Readers' pages are kept as bytes until something changes; nothing that is one reader's own ever is."""

from __future__ import annotations

import gzip

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections
from django.test import RequestFactory

from targets import queries
from targets.actions import journal
from targets.views.freshness import version
from tests.world import make_user, make_world
from tradewatch import kept
from tradewatch.kept import Kept

pytestmark = pytest.mark.django_db


class Site:
    """The site behind its keeper, and how often Django was asked."""

    def __init__(self):
        self.made = 0
        self.version = version
        self.django = get_wsgi_application()
        self.kept = Kept(self.answer, lambda: self.version())

    def answer(self, environ, start_response):
        self.made += 1
        return self.django(environ, start_response)

    def ask(self, address, method="get", **headers):
        environ = getattr(RequestFactory(), method)(address, headers=headers).environ
        said = []
        answer = self.kept(environ, lambda *status_and_headers: said.append(status_and_headers))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        status, told = said[0]
        return int(status.split()[0]), dict(told), body


@pytest.fixture
def site(monkeypatch):
    make_world()
    # As the test client does: the tests' own connection, inside of a transaction, must stay open.
    monkeypatch.setattr(kept, "close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Site()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    "address",
    ["/", "/ru/targets/", "/coverage/", "/economies/XAR/scoreboard.svg", "/embed/targets/xbo-xca-1bn-usd-2022/"],
)
def test_a_page_is_made_once_and_then_goes_out_as_it_was(site, address, django_assert_num_queries):
    first = site.ask(address)
    assert first[0] == 200
    with django_assert_num_queries(0):
        assert site.ask(address) == first
    assert site.made == 1


def test_a_change_of_the_data_is_seen_in_the_next_answer(site):
    site.ask("/")
    site.ask("/coverage/")
    journal.record(by=make_user(), verb="refresh")
    queries.forget_data_version()
    site.ask("/")
    assert site.made == 3
    assert len(site.kept.pages) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"address": "/targets/"}, {"address": "/targets/", "HX-Request": "true"}),
        ({"address": "/targets/"}, {"address": "/targets/?page=1"}),
        ({"address": "/targets/"}, {"address": "/ru/targets/"}),
        ({"address": "/targets/"}, {"address": "/targets/", "Accept-Encoding": "gzip"}),
        ({"address": "/targets/", "Host": "localhost"}, {"address": "/targets/", "Host": "127.0.0.1"}),
    ],
)
def test_what_differs_is_kept_apart(site, first, second):
    one, other = site.ask(**first), site.ask(**second)
    assert site.made == 2
    assert one != other or first["address"] != second["address"] or "Host" in first
    assert (site.ask(**first), site.ask(**second), site.made) == (one, other, 2)


def test_a_compressed_page_is_kept_compressed(site):
    plain = site.ask("/targets/")[2]
    for _ in range(2):
        _status, headers, body = site.ask("/targets/", **{"Accept-Encoding": "br, gzip;q=0.5"})
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body) == plain


def test_a_kept_page_is_confirmed_and_its_head_alone_is_told(site):
    _status, headers, body = site.ask("/targets/")
    status, told, nothing = site.ask("/targets/", **{"If-None-Match": f'"other", {headers["ETag"]}'})
    assert (status, nothing, site.made) == (304, b"", 1)
    assert told["ETag"] == headers["ETag"]
    assert told["Cache-Control"] == "public, no-cache"
    assert site.ask("/targets/", **{"If-None-Match": '"other"'})[2] == body
    assert site.ask("/targets/", "head") == (200, headers, b"")
    assert site.made == 1


@pytest.mark.parametrize(
    ("address", "method", "headers"),
    [
        ("/admin/login/", "get", {}),
        ("/healthz", "get", {}),
        ("/targets/?page=no", "get", {}),
        ("/nowhere/", "get", {}),
        ("/targets/", "head", {}),
        ("/targets/", "post", {}),
        ("/targets/", "get", {"If-None-Match": "*"}),
        ("/targets/", "get", {"Host": "elsewhere.example"}),
        ("/targets/", "get", {"Range": "bytes=0-1"}),
    ],
)
def test_all_else_is_left_to_django_each_time(site, address, method, headers):
    for _ in range(2):
        site.ask(address, method, **headers)
    assert site.made == 2
    assert not site.kept.pages


def test_without_a_database_django_says_so(site):
    site.ask("/")

    def broken():
        raise DatabaseError

    site.version = broken
    assert site.ask("/")[0] == 200
    assert site.made == 2


def test_no_more_is_kept_than_there_is_room_for(site, monkeypatch):
    size = len(site.ask("/about/")[2])
    (page,) = site.kept.pages.values()
    monkeypatch.setattr(kept, "BYTES", 3 * page.weight + 100)
    for number in range(6):
        site.ask(f"/about/?{number}")
    site.ask("/about/?4")
    assert len(site.kept.pages) <= 3
    assert site.kept.bytes == sum(page.weight for page in site.kept.pages.values()) <= kept.BYTES
    monkeypatch.setattr(kept, "LARGEST", size - 1)
    site.ask("/about/?last")
    assert not any("last" in (key[5] or "") for key in site.kept.pages)


def test_a_long_address_weighs_what_it_holds(site):
    site.ask("/about/")
    before = site.kept.bytes
    site.ask("/about/?" + "x" * 4000)
    assert site.kept.bytes - before > before + 4000 - 100
