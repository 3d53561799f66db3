"""The files of a target: formats, names, sizes, themes, past days, what is withheld."""

import csv
import html
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from targets.models import SlugRedirect, Source
from targets.wording import money_exact
from tests import world

pytestmark = pytest.mark.django_db

SLUG = "xar-xbo-500mn-usd-2030"
FILES = [
    "chart.svg",
    "chart.json",
    "figures.csv",
    "figures.xlsx",
    "figures.json",
    "cite.txt",
    "cite.bib",
    "factsheet.pdf",
]
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
        ("chart.png?theme=dark", f'inline; filename="tradewatch-{SLUG}-dark.png"'),
        ("chart.json", f'inline; filename="tradewatch-{SLUG}.json"'),
        ("chart.json?theme=dark", f'inline; filename="tradewatch-{SLUG}.json"'),
        ("figures.csv", f'attachment; filename="tradewatch-{SLUG}-figures.csv"'),
        ("figures.xlsx", f'attachment; filename="tradewatch-{SLUG}-figures.xlsx"'),
        ("figures.json", f'inline; filename="tradewatch-{SLUG}-figures.json"'),
        ("cite.txt", f'inline; filename="tradewatch-{SLUG}-cite.txt"'),
        ("factsheet.pdf", f'inline; filename="tradewatch-{SLUG}-factsheet.pdf"'),
        ("cite.bib", f'inline; filename="tradewatch-{SLUG}-cite.bib"'),
    ],
)
def test_files_are_named_after_the_target(client, file, name):
    assert client.get(f"/targets/{SLUG}/{file}")["Content-Disposition"] == name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("chart.png", f"{SLUG}-ru.png"),
        ("chart.pdf?theme=dark&size=print", f"{SLUG}-print-ru-dark.pdf"),
        ("chart.json", f"{SLUG}-ru.json"),
        ("factsheet.pdf", f"{SLUG}-factsheet-ru.pdf"),
        ("cite.txt", f"{SLUG}-cite-ru.txt"),
        ("card.png", f"{SLUG}-card-ru.png"),
        ("card.png?theme=dark&size=web", f"{SLUG}-card-web-ru-dark.png"),
    ],
)
def test_the_name_of_a_file_tells_its_language_and_its_look(client, file, name):
    assert client.get(f"/ru/targets/{SLUG}/{file}")["Content-Disposition"] == f'inline; filename="tradewatch-{name}"'
    # A table in Russian has other separators.
    table = client.get(f"/ru/targets/{SLUG}/figures.csv")["Content-Disposition"]
    assert table == f'attachment; filename="tradewatch-{SLUG}-figures-ru.csv"'


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


@pytest.mark.parametrize("file", FILES)
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
        ("factsheet.pdf?as_of=soon", "as_of", "YYYY-MM-DD"),
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


@pytest.mark.parametrize("file", FILES)
def test_an_unchanged_file_is_not_sent_twice(client, file):
    mark = client.get(f"/targets/{SLUG}/{file}")["ETag"]
    assert client.get(f"/targets/{SLUG}/{file}", headers={"If-None-Match": mark}).status_code == 304


def test_page_tables_and_chart_tell_the_same_numbers(client):
    told = rows(client.get(f"/targets/{SLUG}/figures.csv"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/targets/{SLUG}/figures.xlsx").content))
    header, *cells = sheet.get_sheet_by_name("figures").to_python()
    content = json.loads(client.get(f"/targets/{SLUG}/figures.json").content)
    booked = [dict(zip(header, row, strict=True)) for row in cells]
    amounts = [(row["reporter"], int(row["year"]), int(row["turnover"])) for row in told]
    assert [(row["reporter"], row["year"], row["turnover"]) for row in booked] == amounts
    assert [(row["reporter"], row["year"], row["turnover"]) for row in content["figures"]] == amounts
    drawn = json.loads(client.get(f"/targets/{SLUG}/chart.json").content)["data"]
    whole = sorted(amount for _reporter, year, amount in amounts if year < 2026)
    lines = [line["y"] for line in drawn if line["meta"]["role"] == "series"]
    assert sorted(round(y * 1_000_000) for line in lines for y in line if y is not None) == whole  # drawn in millions
    page = client.get(f"/targets/{SLUG}/").content.decode()
    assert all(f'title="{money_exact(amount, "USD")}"' in page for _reporter, _year, amount in amounts)


@LANGUAGES
def test_a_page_and_its_files_cite_it_alike_with_its_whole_address(client, prefix):
    page = html.unescape(client.get(f"{prefix}/targets/{SLUG}/").content.decode())
    line = client.get(f"{prefix}/targets/{SLUG}/cite.txt").content.decode().strip()
    assert line in page
    assert f"http://testserver{prefix}/targets/{SLUG}/" in line
    past = client.get(f"{prefix}/targets/{SLUG}/cite.bib?as_of={world.TODAY}").content.decode()
    assert f"url = {{http://testserver{prefix}/targets/{SLUG}/?as_of={world.TODAY}}}" in past


@LANGUAGES
def test_a_page_offers_its_text_for_an_article_to_be_selected_and_copied(client, prefix):
    page = html.unescape(client.get(f"{prefix}/targets/{SLUG}/").content.decode())
    text = re.search(r'<p id="story-text">(.+?)</p>', page).group(1)
    assert len(text.split(". ")) >= 4
    for of in ("story-text", "cite-text"):
        # Without a script there is no button: the text itself stands there.
        assert re.search(rf'<button type="button" class="button" data-copy-text="{of}"[^>]* hidden>', page)


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
    assert drawing["Content-Disposition"] == 'inline; filename="tradewatch-xar-xbo-mirror-social-dark.svg"'
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
