"""Charts asked for the first and the last days that there are: an answer or a clear refusal, never an error."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import world
from tests.views.test_chart_files import CHARTS, address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def targets():
    return world.make_world()


@pytest.mark.parametrize("ext", ["svg", "png", "pdf", "json"])
@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("day", ["0001-01-01", "2019-12-31"])
def test_a_chart_of_a_day_before_all_data_is_drawn_empty_or_not_there(client, kind, ext, day):
    answer = client.get(address(kind, ext, f"as_of={day}"))
    # Where nothing was known of a scoreboard, it says that there were no targets.
    assert answer.status_code == (200 if kind == "scoreboard" else 400 if kind == "comparison" else 404)


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("day", ["9999-12-31", "10000-01-01", "0000-01-01", "-001-01-01", "2026-02-30", "٢٠٢٦-٠١-٠١"])
def test_a_day_to_come_or_none_is_refused(client, kind, day, prefix):
    answer = client.get(prefix + address(kind, "svg", f"as_of={day}"))
    assert answer.status_code == 400
    assert "as_of" in answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("kind", ["targets/xar-xbo-500mn-usd-2030", "pairs/xar-xbo"])
def test_a_page_of_the_first_day_is_not_there(client, kind, prefix):
    assert client.get(f"{prefix}/{kind}/?as_of=0001-01-01").status_code == 404


def test_a_chart_of_the_first_day_has_a_code_that_can_be_asked_for(client):
    answer = client.get(address("scoreboard", "svg", "as_of=0001-01-01"))
    code = answer.content.decode().split("/verify/")[1].split("/")[0]
    assert client.get(f"/verify/{code}/").status_code == 200
    yesterday = client.get(address("scoreboard", "svg", f"as_of={world.TODAY - timedelta(days=400)}"))
    assert yesterday.status_code == 200
