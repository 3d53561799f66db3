"""What is remembered of one version of the data: only what readers still ask for, and nothing of the version before."""

import pytest

from targets.actions import journal
from targets.queries import journal as remembering
from targets.queries.journal import remembered
from tests.world import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(monkeypatch):
    """Asks for things by name and tells which had to be made, in order; only three of them are kept."""
    monkeypatch.setattr(remembering, "MOST", 3)
    monkeypatch.setattr(remembering, "SECONDS", 3600.0)
    names = []

    def ask(*wanted):
        names.clear()
        for name in wanted:
            assert remembered(name, lambda name=name: names.append(name) or f"made of {name}") == f"made of {name}"
        return names

    return ask


def test_what_is_asked_again_is_made_once_and_what_nobody_asks_for_goes_first(made):
    assert made("lines", "a", "b", "lines", "c") == ["lines", "a", "b", "c"]
    assert made("lines", "b", "c") == []
    assert made("a") == ["a"]


def test_nothing_of_the_version_before_is_remembered(made):
    made("lines")
    journal.record(by=make_user(), verb="refresh")
    assert made("lines") == ["lines"]
