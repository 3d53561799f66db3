"""The files of a target: formats, names, sizes, themes, past days, what is withheld."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from targets.models import SlugRedirect, Source
from tests import world

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


@pytest.fixture(autouse=True)
def targets():
    return world.make_world()


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@LANGUAGES
@pytest.mark.parametrize("size", ["web", "social", "print"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chart_is_a_drawing_in_every_size_and_theme(client, prefix, size, theme):
    answer = client.get(f"{prefix}/targets/{SLUG}/chart.svg?size={size}&theme={theme}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314


def test_a_drawing_needs_nothing_that_the_policy_refuses(client):
    drawing = client.get(f"/targets/{SLUG}/chart.svg").content.decode()
    assert not any(refused in drawing for refused in ("<style", " style=", "<script", " onload=", "url(http"))


def test_sizes_and_themes_differ_and_the_first_of_each_is_the_usual_one(client):
    plain = client.get(f"/targets/{SLUG}/chart.svg").content
    assert client.get(f"/targets/{SLUG}/chart.svg?size=web&theme=light").content == plain
    assert client.get(f"/targets/{SLUG}/chart.svg?size=print").content != plain
    assert client.get(f"/targets/{SLUG}/chart.svg?theme=dark").content != plain


@LANGUAGES
def test_the_chart_is_a_plotly_figure_too(client, prefix):
    answer = client.get(f"{prefix}/targets/{SLUG}/chart.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    figure = json.loads(answer.content)
    assert figure["data"]
    assert figure["layout"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("chart.svg", f'inline; filename="tradewatch-{SLUG}.svg"'),
        ("chart.svg?size=social", f'inline; filename="tradewatch-{SLUG}-social.svg"'),
        ("chart.json", f'inline; filename="tradewatch-{SLUG}.json"'),
        ("figures.csv", f'attachment; filename="tradewatch-{SLUG}-figures.csv"'),
    ],
)
def test_files_are_named_after_the_target(client, file, name):
    assert client.get(f"/targets/{SLUG}/{file}")["Content-Disposition"] == name


def test_the_figures_are_a_table_of_all_that_the_page_shows(client):
    answer = client.get(f"/targets/{SLUG}/figures.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Tradewatch-Figures-Withheld"] == "0"
    table = rows(answer)
    assert len(table) == 13
    assert (table[0]["pair"], table[0]["reporter"], table[0]["year"], table[0]["turnover"]) == (
        "xar-xbo",
        "XAR",
        "2018",
        "90000000",
    )


def test_figures_that_may_not_be_passed_on_are_left_out_and_counted(client):
    Source.objects.filter(key="office-xbo").update(shareable=False)
    answer = client.get(f"/targets/{SLUG}/figures.csv")
    assert {row["reporter"] for row in rows(answer)} == {"XAR"}
    assert answer["Tradewatch-Figures-Withheld"] == "4"


@pytest.mark.parametrize("file", ["chart.svg", "chart.json", "figures.csv"])
def test_files_know_past_days_moved_targets_and_unpublished_ones(client, targets, file):
    SlugRedirect.objects.create(slug="once", target=targets["going"])
    assert client.get(f"/targets/{SLUG}/{file}?as_of=2026-11-22").status_code == 200
    assert client.get(f"/targets/{SLUG}/{file}?as_of=2026-11-21").status_code == 404
    assert client.get(f"/targets/{targets['draft'].slug}/{file}").status_code == 404
    moved = client.get(f"/ru/targets/once/{file}?as_of=2026-11-22")
    assert (moved.status_code, moved["Location"]) == (301, f"/ru/targets/{SLUG}/{file}?as_of=2026-11-22")


@pytest.mark.parametrize(
    ("file", "parameter", "allowed"),
    [
        ("chart.svg?size=huge", "size", "web, social, print"),
        ("chart.json?theme=pink", "theme", "light, dark"),
        ("chart.json?as_of=soon", "as_of", "YYYY-MM-DD"),
        ("figures.csv?as_of=soon", "as_of", "YYYY-MM-DD"),
    ],
)
def test_a_senseless_parameter_is_refused_in_the_format_of_the_file(client, file, parameter, allowed):
    answer = client.get(f"/targets/{SLUG}/{file}")
    assert answer.status_code == 400
    told = answer.content.decode()
    assert f"“{parameter}”" in told or f"“{parameter}”" in json.loads(told)["error"]["message"]
    assert allowed in told
    if ".json" in file:
        assert answer["Content-Type"] == "application/json"
        assert list(json.loads(told)["error"]["fields"]) == [parameter]
    else:
        assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_format_that_does_not_exist_is_not_found(client):
    assert client.get(f"/targets/{SLUG}/chart.gif").status_code == 404


@pytest.mark.parametrize("file", ["chart.svg", "chart.json", "figures.csv"])
def test_an_unchanged_file_is_not_sent_twice(client, file):
    mark = client.get(f"/targets/{SLUG}/{file}")["ETag"]
    assert client.get(f"/targets/{SLUG}/{file}", headers={"If-None-Match": mark}).status_code == 304


def test_page_and_files_tell_the_same_verdict(client, targets):
    from targets import queries
    from targets.wording import verdict_sentence

    page = queries.target_page(SLUG, today=world.TODAY)
    with override("ru"):
        sentence = verdict_sentence(page.target, page.assessment)
    assert sentence in client.get(f"/ru/targets/{SLUG}/").content.decode()
    assert sentence in json.loads(client.get(f"/ru/targets/{SLUG}/chart.json").content)["layout"]["meta"]["title"]


# The mirror of a pair


def test_the_mirror_of_a_pair_is_a_drawing_a_figure_and_a_table(client):
    drawing = client.get("/pairs/xar-xbo/mirror.svg?size=social&theme=dark")
    assert (drawing.status_code, drawing["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert drawing["Content-Disposition"] == 'inline; filename="tradewatch-xar-xbo-mirror-social.svg"'
    assert ElementTree.fromstring(drawing.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    figure = client.get("/ru/pairs/xar-xbo/mirror.json").json()
    assert figure["layout"]["meta"]["kind"] == "mirror"
    answer = client.get("/pairs/xar-xbo/mirror.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="tradewatch-xar-xbo-mirror.csv"'
    table = {row["year"]: row for row in rows(answer)}
    assert list(table) == [str(year) for year in range(2018, 2026)]
    assert (table["2024"]["first_turnover"], table["2024"]["second_turnover"]) == ("133000000", "110000000")
    assert (table["2024"]["first_reporter"], table["2024"]["second_reporter"]) == ("XAR", "XBO")
    assert table["2024"]["mirror_gap"] == "23000000"
    assert float(table["2024"]["mirror_gap_share"]) == pytest.approx(23 / 121.5)
    assert (table["2025"]["second_turnover"], table["2025"]["mirror_gap_share"]) == ("", "")


def test_a_mirror_leaves_out_what_may_not_be_passed_on_and_the_gap_that_would_tell_it(client):
    Source.objects.filter(key="office-xbo").update(shareable=False)
    answer = client.get("/pairs/xar-xbo/mirror.csv")
    assert answer["Tradewatch-Figures-Withheld"] == "4"
    for row in rows(answer):
        assert row["first_turnover"]
        assert row["second_turnover"] == row["mirror_gap"] == row["mirror_gap_share"] == row["second_source"] == ""


@pytest.mark.parametrize("ext", ["svg", "json", "csv"])
def test_a_mirror_knows_past_days_and_pairs_that_are_not_there(client, ext):
    assert client.get(f"/pairs/xar-xbo/mirror.{ext}?as_of=2026-11-22").status_code == 200
    assert client.get(f"/pairs/xar-xbo/mirror.{ext}?as_of=2026-11-21").status_code == 404
    assert client.get(f"/pairs/xbo-xar/mirror.{ext}").status_code == 404


def test_a_chart_is_refused_in_a_format_a_size_or_a_theme_that_there_is_not(client):
    for chart in (
        f"/targets/{SLUG}/chart",
        "/pairs/xar-xbo/mirror",
        "/pairs/xar-xbo/goalposts",
        "/economies/XBO/scoreboard",
    ):
        assert client.get(f"{chart}.gif").status_code == 404
        for parameter in ("size", "theme"):
            refused = client.get(f"{chart}.json?{parameter}=huge")
            assert refused.status_code == 400
            assert parameter in refused.json()["error"]["fields"]
