"""Every chart as a file: formats, sizes, themes, languages, days; what is refused; what is kept."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from targets.exports import images
from targets.models import AuditEvent
from targets.queries import forget_data_version
from tests import world
from tests.exports import files

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
CHARTS = {
    "trajectory": (f"/targets/{SLUG}/chart", f"{SLUG}"),
    "mirror": ("/pairs/xar-xbo/mirror", "xar-xbo-mirror"),
    "goalposts": ("/pairs/xar-xbo/goalposts", "xar-xbo-goalposts"),
    "scoreboard": ("/economies/XAR/scoreboard", "XAR-scoreboard"),
    "comparison": ("/compare/chart", "comparison"),
}
COMPARED = f"t={SLUG}&t=xbo-xca-1bn-usd-2022"
TYPES = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml; charset=utf-8"}


@pytest.fixture(autouse=True)
def targets():
    return world.make_world()


def address(kind, ext, query=""):
    more = COMPARED if kind == "comparison" else ""
    return f"{CHARTS[kind][0]}.{ext}?{'&'.join(filter(None, (more, query)))}"


def read(drawing):
    """The texts of a drawing as they are read."""
    return " ".join(re.sub("<[^>]*>", "", drawing.content.decode()).split())


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
@pytest.mark.parametrize("ext", TYPES)
@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_is_a_file_with_its_address_and_its_code(client, kind, ext, prefix):
    answer = client.get(prefix + address(kind, ext, "size=social&theme=dark"))
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[ext])
    look = f"social{prefix.replace('/', '-')}-dark"
    assert answer["Content-Disposition"] == f'inline; filename="tradewatch-{CHARTS[kind][1]}-{look}.{ext}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    content = answer.content
    if ext == "png":
        told = " ".join(text for _, text in files.png(content).texts.values())
    elif ext == "pdf":
        page = files.pdf(content)
        told = f"{page.words} {page.properties['/Keywords']}"
    else:
        told = content.decode()
    (code,) = set(re.findall(rf"testserver{prefix}/verify/([0-9A-Z-]+)/", told))
    assert client.get(f"{prefix}/verify/{code}/").status_code == 200
    home = {"trajectory": f"targets/{SLUG}/", "comparison": "compare/?t="}.get(kind, CHARTS[kind][0].rpartition("/")[0])
    assert f"http://testserver{prefix}/{home.strip('/')}" in told.replace("&amp;", "&")


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("ext", ["svg", "png", "json"])
def test_every_chart_knows_past_days(client, kind, ext):
    assert client.get(address(kind, ext, f"as_of={world.TODAY}")).status_code == 200
    refused = client.get(address(kind, ext, "as_of=yesterday"))
    assert refused.status_code == 400
    assert "as_of" in refused.content.decode()
    assert "YYYY-MM-DD" in refused.content.decode()


def test_a_chart_of_a_past_day_says_so_and_leads_to_the_page_of_that_day(client):
    drawing = read(client.get(address("trajectory", "svg", f"as_of={world.TODAY}")))
    assert f"/targets/{SLUG}/?as_of={world.TODAY}" in drawing
    assert "As of 22 November 2026" in drawing
    board = read(client.get(address("scoreboard", "svg", f"as_of={world.TODAY - timedelta(days=1)}")))
    assert "As of 21 November 2026" in board
    assert "0 targets" in board


@pytest.mark.parametrize("ext", ["svg", "png", "pdf"])
@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("size=poster", "size", "web, social, print"),
        ("theme=sepia", "theme", "light, dark"),
        ("as_of=2999-01-01", "as_of", "YYYY-MM-DD"),
    ],
)
def test_a_senseless_parameter_is_refused_with_what_is_allowed(client, ext, query, parameter, allowed):
    answer = client.get(address("trajectory", ext, query))
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert f"“{parameter}”" in answer.content.decode()
    assert allowed in answer.content.decode()


@pytest.mark.parametrize("ext", ["gif", "webp", "jpeg", "PNG"])
def test_there_is_no_other_format(client, ext):
    assert client.get(address("trajectory", ext)).status_code == 404


def counted(monkeypatch):
    """Counts how often a picture is really made."""
    made = []
    for ext, make in images.MAKERS.items():
        monkeypatch.setitem(
            images.MAKERS, ext, lambda *given, make=make, **more: made.append(1) or make(*given, **more)
        )
    return made


def test_a_second_request_is_answered_from_what_was_kept_without_asking_for_the_data(
    client, monkeypatch, django_assert_max_num_queries
):
    made = counted(monkeypatch)
    first = client.get(address("trajectory", "png"))
    with django_assert_max_num_queries(1):
        again = client.get(address("trajectory", "png", "utm_source=anywhere"))
    assert again.content == first.content
    assert made == [1]
    assert client.get(address("trajectory", "png"), headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "other",
    [
        "?size=print",
        "?theme=dark",
        f"?as_of={world.TODAY}",
    ],
)
def test_what_was_kept_is_never_given_for_something_else(client, monkeypatch, other):
    made = counted(monkeypatch)
    plain = client.get(address("trajectory", "png")).content
    asked = [
        client.get(f"{CHARTS['trajectory'][0]}.png{other}"),
        client.get(f"/ru{CHARTS['trajectory'][0]}.png"),
        client.get(f"{CHARTS['trajectory'][0]}.pdf"),
        client.get(f"/targets/xbo-xca-1bn-usd-2022/chart.png{other}"),
        client.get(f"{CHARTS['trajectory'][0]}.png", SERVER_NAME="localhost"),
    ]
    assert len({plain, *(answer.content for answer in asked)}) == 6
    assert len(made) == 6


def test_two_comparisons_are_kept_apart(client):
    one = client.get(f"/compare/chart.png?{COMPARED}").content
    other = client.get(f"/compare/chart.png?t=xbo-xca-1bn-usd-2022&t={SLUG}").content
    assert one != other


def test_what_an_address_says_beside_what_its_chart_is_drawn_of_makes_no_second_picture(client, monkeypatch):
    made = counted(monkeypatch)
    plain = client.get(address("trajectory", "png")).content
    assert client.get(address("trajectory", "png", "t=xbo-xca-1bn-usd-2022")).content == plain
    compared = client.get(address("comparison", "png")).content
    assert client.get(address("comparison", "png", f"t={SLUG}&t=")).content == compared
    assert len(made) == 2


def test_a_comparison_of_what_cannot_be_compared_is_refused_also_where_one_is_kept(client):
    assert client.get(address("comparison", "png")).status_code == 200
    assert client.get(f"/compare/chart.png?t={SLUG}").status_code == 400
    assert client.get(f"/compare/chart.png?{COMPARED}&t=No%20slug").status_code == 400


def test_after_a_change_of_the_data_the_chart_is_made_anew(client, monkeypatch):
    made = counted(monkeypatch)
    before = client.get(address("trajectory", "png")).content
    AuditEvent.objects.create(by=world.make_user(), verb="record", object_kind="release", object_key="1")
    forget_data_version()
    assert client.get(address("trajectory", "png")).content != before, "it has another code"
    assert len(made) == 2


def test_a_full_disk_costs_time_and_not_the_answer(client, monkeypatch, caplog):
    def full(*_given, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caches["charts"], "set", full)
    assert client.get(address("trajectory", "png")).status_code == 200
    assert "could not be kept" in caplog.text


def test_nothing_is_kept_of_what_is_not_found(client):
    for asked in (f"{CHARTS['trajectory'][0]}-none.png", "/targets/xbo-xca-3bn-usd-open/chart.png"):
        assert client.get(asked).status_code == 404
        assert client.get(asked).status_code == 404


def test_what_was_kept_goes_with_its_target(client, targets):
    asked = address("trajectory", "png")
    assert client.get(asked).status_code == 200
    type(targets["going"]).objects.filter(slug=SLUG).update(state="draft", published_at=None, published_by=None)
    AuditEvent.objects.create(by=world.make_user(), verb="return", object_kind="target", object_key=SLUG)
    forget_data_version()
    assert client.get(asked).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_eight_readers_at_once_each_get_their_own_chart():
    asked = [address(kind, ext, f"theme={theme}") for kind in CHARTS for ext in TYPES for theme in ("light", "dark")]

    def answer(one):
        try:
            return Client().get(one).content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(answer, asked))
    caches["charts"].clear()
    assert together == [answer(one) for one in asked]
    assert len(set(together)) == len(asked)
