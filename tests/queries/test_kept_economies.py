"""What is kept of the pages of economies: one version of the data, one language, one day, and not too many."""

import html
import re
from datetime import timedelta
from importlib import import_module

import pytest

from targets import queries
from targets.actions import journal
from targets.models import Economy
from targets.queries import journal as remembering
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _believed_for_long(monkeypatch):
    """Only a change makes what is kept go."""
    monkeypatch.setattr(remembering, "SECONDS", 3600.0)
    world.make_world()


def page(code="XBO", language="en", **asked):
    return queries.economy_page(code, language, **({"today": world.TODAY} | asked))


def main(client, address):
    """What a page says between its head and its foot, without the marks by which drawings tell their parts apart."""
    answer = client.get(address).content.decode()
    return re.sub(r"\bc[0-9a-f]{8}(?=[td]\b)", "", re.search(r"<main.*</main>", answer, re.DOTALL)[0])


def changed():
    journal.record(by=world.make_user(), verb="refresh")
    queries.forget_data_version()


def test_a_page_is_made_once_for_a_version_a_language_and_a_day(django_assert_num_queries):
    first = page()
    with django_assert_num_queries(0):
        assert page() is first
    assert page(language="ru") is not first
    assert page(today=world.TODAY + timedelta(days=1)).day > first.day
    changed()
    assert page() is not first


def test_a_page_of_a_day_in_the_past_is_neither_kept_nor_taken_for_the_present(django_assert_num_queries):
    first = page()
    past = page(as_of=world.TODAY - timedelta(days=400))
    assert past.day < first.day
    assert page(as_of=world.TODAY - timedelta(days=400)) is not past
    assert page() is first


def test_nothing_is_kept_of_an_economy_that_there_is_not():
    assert page("NONE") is None
    assert remembering.remembered("economy pages", dict) == {}


def test_no_more_pages_are_kept_than_there_is_room_for(monkeypatch):
    # By its name: what the package gives out under it is a function.
    monkeypatch.setattr(import_module("targets.queries.economies"), "PAGES_KEPT", 2)
    for code in ("XAR", "XBO", "XCA", "XAR", "XBO"):
        page(code)
    kept = remembering.remembered("economy pages", dict)
    assert len(kept) <= 2
    assert page() is kept["XBO", "en", world.TODAY]


@pytest.mark.parametrize("address", ["/economies/", "/economies/XBO/"])
def test_each_language_has_its_own_writing_whatever_was_read_before(client, address):
    english = main(client, address)
    russian = main(client, "/ru" + address)
    assert not re.search("[А-Яа-яЁё]", html.unescape(english))
    assert "Борови" in russian
    assert 'href="/ru/economies/' in russian
    assert not re.search(r'href="/economies/', russian)
    assert (main(client, address), main(client, "/ru" + address)) == (english, russian)


@pytest.mark.parametrize("address", ["/economies/", "/economies/XBO/"])
def test_a_change_is_written_in_the_next_answer(client, address):
    before = main(client, address)
    # As wide as before, so that the drawings stay what they were.
    Economy.objects.filter(code="XBO").update(name_en="Borovai", name_en_text="Borovai")
    assert main(client, address) == before
    changed()
    after = main(client, address)
    assert after != before
    assert after.replace("Borovai", "Borovia") == before
