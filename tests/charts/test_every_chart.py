"""Every chart and fact sheet of the shipped catalogue, in every format, size, theme, language: ``make check-charts``.

Minutes of work, so an ordinary run leaves it out; there a sample covers every layout.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from targets import gallery, queries
from targets.actions.catalogue import load
from targets.exports import cards as exported
from targets.exports import factsheet, images, svg
from targets.exports.svg.frame import SIZES, framed
from targets.exports.svg.imprint import Imprint
from targets.models import CountryPair, Economy, Target
from targets.records import MOST, ReviewState
from targets.wording import reading_sentence, verdict_sentence
from tests.charts.measuring import WRONG, flaws
from tests.exports import cards, files
from tests.exports.svgs import SVG, elsewhere, points, root

pytestmark = [pytest.mark.django_db, pytest.mark.every_chart]

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
TODAY = datetime.now(UTC).date()
LEAST_INK = 0.004
LARGEST_CARD = 150_000


@pytest.fixture(scope="module", autouse=True)
def catalogue(django_db_setup, django_db_blocker):
    """The shipped catalogue in the database of this run, which ends with it."""
    with django_db_blocker.unblock():
        load(folder=Path(__file__).parents[2] / "data")
        yield


def drawings(kinds: str = "") -> Iterator[tuple[str, gallery.Page, gallery.Figure]]:
    """Every chart there is, or those of one kind: its name, what it is drawn from, the figure."""
    found: dict[str, Iterator[tuple[str, Callable]]] = {
        "trajectory": ((slug, gallery.trajectory) for slug in slugs()),
        "mirror": ((slug, gallery.mirror) for slug in CountryPair.objects.values_list("slug", flat=True)),
        "goalposts": ((slug, gallery.goalposts) for slug in CountryPair.objects.values_list("slug", flat=True)),
        "scoreboard": ((code, gallery.scoreboard) for code in Economy.objects.values_list("code", flat=True)),
    }
    for kind, asked in found.items():
        for name, draw in asked if kinds in ("", kind) else ():
            drawn = draw(name, today=TODAY)
            if drawn is not None:
                yield f"{kind} {name}", *drawn
    if not kinds:
        every = slugs()
        for number, start in enumerate(range(0, len(every) - MOST, MOST)):
            chosen = every[start : start + 2 + number % (MOST - 1)]
            page = queries.comparison(chosen, today=TODAY)
            yield f"comparison {chosen}", page, gallery.comparison_of(page)


def slugs() -> list[str]:
    return list(Target.objects.filter(state=ReviewState.PUBLISHED).order_by("slug").values_list("slug", flat=True))


def imprint(page: gallery.Page, figure: gallery.Figure) -> Imprint:
    code = gallery.code_of(page, gallery.kind_of(figure), day=TODAY, version=queries.data_version()).text
    site = "https://tradewatch.example"
    return Imprint(f"{site}/targets/{'long-' * 12}usd-2030/", f"{site}/ru/verify/{code}/", code, TODAY)


def told(wrong: list[str], looked: int) -> None:
    print(f"{looked} looked at, {len(wrong)} with something wrong")  # noqa: T201
    assert looked > 300
    assert not wrong, f"{len(wrong)}: " + "\n".join(wrong[:30])


@LANGUAGES
def test_no_text_is_cut_off_on_another_or_under_a_leader_and_each_stands_by_its_point(language):
    wrong, looked = [], 0
    with translation.override(language):
        for name, page, figure in drawings():
            mark = imprint(page, figure)
            for size, reserve in itertools.product(svg.SIZES, (True, False)):
                image = svg.render(figure, size=size, imprint=mark, reserve=reserve)
                found = [flaw for flaw in flaws(figure, image) if flaw.kind in WRONG]
                if reserve:
                    found += [flaw for flaw in flaws(figure, image, elsewhere) if flaw.kind == "cut off"]
                wrong += [f"{name}, {size}{' with reserve' * reserve}: {flaw}" for flaw in found]
                looked += 1
            if name.startswith("trajectory"):
                found = [flaw for flaw in flaws(figure, svg.on_paper(figure)) if flaw.kind in WRONG]
                wrong += [f"{name}, on the fact sheet: {flaw}" for flaw in found]
    told(wrong, looked)


@LANGUAGES
@pytest.mark.parametrize("theme", svg.THEMES)
def test_every_trajectory_has_ink_and_words_in_every_format(language, theme):
    def checked(job: tuple[str, Imprint, gallery.Figure, str]) -> str:
        name, mark, figure, size = job
        # Each thread speaks a language of its own.
        with translation.override(language):
            picture = files.png(images.png(figure, mark, size=size, theme=theme))
            page = files.pdf(images.pdf(figure, mark, size=size, theme=theme))
        meta = figure["layout"]["meta"]
        faults = []
        if picture.ink < LEAST_INK:
            faults.append(f"only {picture.ink:.4f} of the picture is ink")
        if picture.texts["Title"][1] != meta["title"]:
            faults.append("the PNG does not know its title")
        if "".join(meta["title"].split()) not in "".join(page.words.split()):
            faults.append("the title cannot be read out of the PDF")
        if mark.code not in page.words or mark.code not in page.properties["/Keywords"]:
            faults.append("the code cannot be read out of the PDF")
        if (page.language, page.tagged, page.properties["/Title"]) != (language, True, meta["title"]):
            faults.append("the PDF does not say what it is")
        return f"{name}, {size}: {'; '.join(faults)}" if faults else ""

    with translation.override(language):
        jobs = [
            (name, imprint(page, figure), figure, size)
            for name, page, figure in drawings("trajectory")
            for size in svg.SIZES
        ]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(checked, jobs))
    told([fault for fault in found if fault], len(jobs))


@LANGUAGES
def test_json_and_drawing_have_the_figures_of_the_chart(language, client):
    wrong, looked = [], 0
    prefix = "/ru" if language == "ru" else ""
    with translation.override(language):
        for name, page, figure in drawings("trajectory"):
            answer = client.get(f"{prefix}/targets/{page.target.slug}/chart.json")
            if json.loads(answer.content)["data"] != json.loads(gallery.as_json(figure))["data"]:
                wrong.append(f"{name}: the JSON has other figures")
            if drawn_lines(figure) != wished_lines(figure):
                wrong.append(f"{name}: the drawing has other figures")
            looked += 1
    told(wrong, looked)


@LANGUAGES
def test_every_target_has_a_whole_sheet_of_one_or_two_pages(language):
    def checked(job: tuple[str, gallery.Page, gallery.Figure, factsheet.Told]) -> str:
        name, page, figure, told = job
        with translation.override(language):
            sheet = files.sheet(factsheet.pdf(page, figure, told))
            verdict = files.plain(verdict_sentence(page.target, page.assessment))
            readings = [files.plain(reading_sentence(page.target, one)) for one in page.assessment.readings]
        faults = []
        if len(sheet.pages) not in (1, 2):
            faults.append(f"{len(sheet.pages)} pages")
        if verdict not in sheet.words or not all(said in sheet.words for said in readings):
            faults.append("the verdict or a reading cannot be read out of it")
        if not all(told.imprint.code in words for words in sheet.pages):
            faults.append("the code is missing on a page")
        if (sheet.language, sheet.tagged, bool(sheet.bookmarks)) != (language, True, True):
            faults.append("it does not say what it is")
        return f"{name}: {'; '.join(faults)}" if faults else ""

    site = "https://tradewatch.example"
    with translation.override(language):
        jobs = [
            (name, page, figure, factsheet.Told(imprint(page, figure), f"{site}/f.csv", f"{site}/m/", gallery.signs()))
            for name in slugs()
            for page, figure in [gallery.sheet(name, today=TODAY)]
        ]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(checked, jobs))
    told([fault for fault in found if fault], len(jobs))


@LANGUAGES
def test_every_card_holds_its_whole_sentence_and_keeps_its_margins(language):
    wrong, looked = [], 0
    with translation.override(language):
        asked = [(name, queries.target_page(name, today=TODAY)) for name in slugs()]
        asked += [
            (name, queries.pair_page(name, today=TODAY)) for name in CountryPair.objects.values_list("slug", flat=True)
        ]
        for name, page in asked:
            if page is None:
                continue
            looked += 1
            card = gallery.card_of(page)
            image = exported.png(card, address=cards.ADDRESS, day=TODAY)
            said = cards.words(card)
            lost = [card[part] for part in ("name", "goal", "text") if cards.plain(card[part]) not in said]
            if lost or cards.outside(image) or len(image) > LARGEST_CARD:
                wrong.append(f"{name}: {lost}, {len(image)} bytes")
    told(wrong, looked)


def wished_lines(figure: gallery.Figure) -> list[list[tuple[float, float]]]:
    """The points of every line of the figure where they fall in the drawing for an article, by the figure alone."""
    frame = framed(figure, SIZES["web"])
    found = []
    for trace in figure["data"]:
        if trace["type"] == "scatter" and "lines" in trace["mode"]:
            run: list[tuple[float, float]] = []
            for x, y in [*zip(trace["x"], trace["y"], strict=True), (0, None)]:
                if y is not None:
                    run.append((round(frame.x(x), 1), round(frame.y(y), 1)))
                elif len(run) > 1:
                    found.append(run)
                    run = []
                else:
                    run = []
    return found


def drawn_lines(figure: gallery.Figure) -> list[list[tuple[float, float]]]:
    """The same, read out of the drawing."""
    paths = [path for path in root(svg.render(figure)).iter(SVG + "path") if path.get("stroke-linejoin") == "round"]
    return [run for path in paths for run in points(path.get("d", ""))]
