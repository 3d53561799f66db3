"""How many SQL queries a list takes: at most four, whatever it is asked and however many rows there are.

In transactions that are really committed, as readers' requests find them: what is remembered of one version of the data
is read once after a change (the lines of all targets, their texts, the names of economies), by whoever comes first.
Rows that a page before had read too are forgotten, so that each list is asked for all of its own.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from targets import queries
from targets.queries.journal import remembered
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = [
    "/targets/",
    "/targets/?page=2",
    "/targets/?economy=XAR&status=far_too_slow&sort=-amount",
    "/targets/?q=arlandia",
    "/targets/?disagree=on",
    "/targets/?q=nowhere",
    "/targets/?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030&q=borovia",
    "/ru/targets/?replaced=on&sort=deadline",
    "/targets.csv",
    "/targets.csv?disagree=on&replaced=on",
    "/economies/",
    "/deadlines/",
    "/deadlines/?year=2030",
    "/changes/",
    "/changes/?economy=XAR",
    "/coverage/",
    "/coverage/?economy=XAR",
    "/search/?q=arlandia",
    "/search/?q=arlandia&in=targets",
    "/methodology/",
    "/",
]


@pytest.fixture
def asked(client, monkeypatch):
    """Asks for an address and gives the number of queries; the version of the data is read once, not once a second."""
    monkeypatch.setattr("targets.queries.journal.SECONDS", 3600.0)
    # Found out by a query, once in a process.
    assert connection.features.supports_json_field

    def ask(address):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200, address
        return len(found)

    return ask


def crowd(number):
    pair = world.make_pair("XAR", "XBO")
    for place in range(number):
        world.make_statement(world.make_target(pair, slug=f"goal-{number}-{place}", deadline_year=2030))
    world.make_years(pair, "XAR", {2019: 100, 2024: 130})
    world.make_years(pair, "XBO", {2019: 100, 2024: 900})
    world.refresh()
    queries.forget_data_version()


def test_a_list_is_at_most_four_queries_and_as_many_with_ten_times_the_rows(asked):

    def warm():
        asked("/targets/")
        asked("/search/?q=borovia")

    def asked_alone(address):
        remembered("rows", dict).clear()
        return asked(address)

    world.make_world()
    crowd(45)
    warm()
    few = {address: asked_alone(address) for address in LISTS}
    assert max(few.values()) <= 4, few
    crowd(400)
    warm()
    assert {address: asked_alone(address) for address in LISTS} == few


def test_the_first_reader_after_a_change_reads_what_all_share(asked):
    world.make_world()
    crowd(3)
    # The version of the data, the names of economies, the lines of all targets, the page's own two.
    assert asked("/targets/") == 5
    assert asked("/targets/") == 0
