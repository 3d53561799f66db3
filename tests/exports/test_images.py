"""Charts as PNG and PDF: ink, words, what the files say of themselves, the same bytes, eight threads at once."""

import itertools
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.utils import translation

from targets.charts import mirror, trajectory
from targets.charts.theme import DARK, LIGHT
from targets.exports import images, svg
from targets.exports.svg.imprint import Imprint
from tests.charts import test_goalposts, test_scoreboard
from tests.charts.pages import busy, page, source, two_sides, years
from tests.exports import files
from tests.exports.svgs import box, elsewhere, font, measured, root, texts

DAY = date(2026, 11, 20)
CODE = "0VV2-JV2N-4C1S-SR"
IMPRINT = Imprint(
    "https://tradewatch.example/targets/xar-xbo-500m-usd-2030/", f"https://tradewatch.example/verify/{CODE}/", CODE, DAY
)
LOOKS = list(itertools.product(svg.SIZES, svg.THEMES))


def drawn(kind, language="en"):
    """A made-up chart of each kind."""
    with translation.override(language):
        return {
            "trajectory": lambda: trajectory(busy()),
            "empty": lambda: trajectory(page()),
            "mirror": lambda: mirror(two_sides()),
            "goalposts": lambda: test_goalposts.drawn(),
            "scoreboard": lambda: test_scoreboard.drawn(),
        }[kind]()


KINDS = ("trajectory", "empty", "mirror", "goalposts", "scoreboard")


@pytest.mark.parametrize(("size", "theme"), LOOKS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_png_has_its_size_its_ground_and_ink_and_says_what_it_is(language, size, theme):
    figure = drawn("trajectory", language)
    with translation.override(language):
        image = files.png(images.png(figure, IMPRINT, size=size, theme=theme))
        width, height = svg.extent(svg.render(figure, size=size, imprint=IMPRINT, reserve=False))
    assert image.width == {"web": 1440, "social": 1080, "print": 2126}[size]
    assert image.height == pytest.approx(image.width * height / width, abs=1)
    paper = {"light": LIGHT.paper if size != "print" else "#ffffff", "dark": DARK.paper}[theme]
    assert image.ground == bytes.fromhex(paper[1:])
    assert image.ink > 0.02
    scheme = LIGHT if theme == "light" else DARK
    for part in (scheme.first, scheme.second, scheme.target):
        assert image.colours.get(bytes.fromhex(part[1:]), 0) > 20, "both lines and the flag are drawn"
    meta = figure["layout"]["meta"]
    assert image.texts["Title"] == (language, meta["title"])
    assert image.texts["Description"] == (language, meta["description"])
    assert image.texts["URL"] == (language, IMPRINT.address)
    assert image.texts["Creation Time"] == (language, "2026-11-20")
    assert image.texts["Author"][1] == "Tradewatch"
    assert "Tradewatch" in image.texts["Copyright"][1]
    assert CODE in image.texts["Comment"][1]
    assert "Office of Numbers" in image.texts["Comment"][1]
    metadata = ET.fromstring(image.texts["XML:com.adobe.xmp"][1])  # noqa: S314 (our own output)
    told = " ".join(metadata.itertext())
    for fact in (meta["title"], IMPRINT.address, IMPRINT.verify, "2026-11-20", language):
        assert fact in told


@pytest.mark.parametrize(("size", "theme"), LOOKS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_pdf_holds_its_words_as_text_and_says_what_it_is(language, size, theme):
    figure = drawn("trajectory", language)
    with translation.override(language):
        page = files.pdf(images.pdf(figure, IMPRINT, size=size, theme=theme))
    meta = figure["layout"]["meta"]
    words = page.words.replace("\u00a0", " ").replace("\u202f", " ")
    for said in (meta["title"], "tradewatch.example/verify/" + CODE, "Tradewatch", "2024:", "Office of Numbers"):
        assert " ".join(said.split()) in words
    if language == "ru":
        assert "Арландия" in words
        assert "Можно использовать, указав имя, дату и адрес" in words
    assert page.properties["/Title"] == meta["title"]
    assert meta["description"] in page.properties["/Subject"]
    assert CODE in page.properties["/Keywords"]
    assert IMPRINT.address in page.properties["/Keywords"]
    assert page.properties["/Author"] == "Tradewatch"
    assert page.properties["/CreationDate"].startswith("D:20261120")
    assert (page.language, page.tagged) == (language, True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in page.identified
    assert page.fonts == {"TradewatchSans-Regular", "TradewatchSans-SemiBold"}
    assert page.size[0] == pytest.approx({"web": 540, "social": 810, "print": 180 / 25.4 * 72}[size], abs=0.5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_chart_can_be_had_as_png_and_pdf(kind, language):
    figure = drawn(kind, language)
    with translation.override(language):
        assert files.png(images.png(figure, IMPRINT, size="social", theme="dark")).ink > 0.005
        words = files.pdf(images.pdf(figure, IMPRINT)).words
    assert " ".join(figure["layout"]["meta"]["title"].split()) in words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", svg.SIZES)
@pytest.mark.parametrize("reserve", [True, False])
def test_with_its_imprint_too_every_text_stands_inside_and_none_lies_on_another(kind, language, size, reserve):
    with translation.override(language):
        image = svg.render(drawn(kind, language), size=size, imprint=IMPRINT, reserve=reserve)
    width, height = box(image)
    found = texts(image, elsewhere if reserve else measured)
    for text in found:
        assert -0.5 <= text.left <= text.right <= width + 0.5, text
        assert 0 <= text.top <= text.bottom <= height, text
    for one, other in itertools.combinations(texts(image), 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        assert apart or one.block == other.block, (one, other)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_typeface_has_every_letter(language):
    for kind in KINDS:
        with translation.override(language):
            image = svg.render(drawn(kind, language), imprint=IMPRINT)
        for element in root(image).iter():
            if element.tag.endswith(("}text", "}tspan")):
                letters, _, _ = font(element.get("font-weight") == "600")
                assert {letter for letter in element.text or "" if ord(letter) not in letters} <= {"\n"}, kind


def test_the_picture_of_a_name_or_address_of_any_length_stays_inside():
    long = Imprint(
        "https://" + "sub." * 60 + "example/" + "a-" * 45, "https://" + "sub." * 60 + "example/v/", CODE, DAY
    )
    for size in svg.SIZES:
        image = svg.render(drawn("trajectory"), size=size, imprint=long)
        width, height = box(image)
        assert all(text.right <= width and text.bottom <= height for text in texts(image, elsewhere))


def test_the_address_of_many_targets_is_printed_without_them_and_stands_whole_in_the_metadata():
    address = "https://tradewatch.example/compare/?" + "&".join(f"t=xar-xbo-{number}bn-usd-2030" for number in range(8))
    image = svg.render(drawn("trajectory"), imprint=Imprint(address, IMPRINT.verify, CODE, DAY))
    picture = " ".join(text.text for text in texts(image))
    assert "tradewatch.example/compare/ " in picture
    assert "t=xar" not in picture
    assert address in " ".join(root(image).find("{http://www.w3.org/2000/svg}metadata").itertext())


def test_an_svg_says_in_its_metadata_what_its_picture_says():
    image = svg.render(drawn("trajectory"), imprint=IMPRINT)
    metadata = root(image).find("{http://www.w3.org/2000/svg}metadata")
    told = " ".join(metadata.itertext())
    picture = " ".join(text.text for text in texts(image))
    for fact in (CODE, "tradewatch.example/targets/xar-xbo-500m-usd-2030/"):
        assert fact in told
        assert fact in picture
    assert "<metadata" not in svg.render(drawn("trajectory"))
    assert "<metadata" not in svg.inline(drawn("trajectory"))


def test_the_same_chart_gives_the_same_bytes_in_every_thread():
    figures = [drawn(kind, language) for kind in KINDS for language in ("en", "ru")]
    jobs = [(make, figure) for figure in figures for make in (images.png, images.pdf)]
    alone = [make(figure, IMPRINT, size="social") for make, figure in jobs]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: job[0](job[1], IMPRINT, size="social"), jobs * 2))
    assert together == alone * 2
    assert len(set(alone)) == len(alone)


def test_texts_that_look_like_typst_are_text():
    figure = drawn("trajectory")
    figure["layout"]["meta"]["title"] = '#panic("no") $x$ \\u{41} "] // *b* @ref <label>'
    figure["layout"]["title"]["text"] = "#panic($x$) *b*"
    page = files.pdf(images.pdf(figure, IMPRINT))
    assert page.properties["/Title"] == figure["layout"]["meta"]["title"]
    assert "#panic($x$) *b*" in page.words


def test_a_source_in_letters_that_no_typeface_has_is_marked_as_left_out_and_not_refused():
    shown = page(figures=years("XAR", 2019, 1e8, 1.2e8, source=source("x", publisher="Xinhua 新华社")))
    assert "Xinhua […]" in files.pdf(images.pdf(trajectory(shown), IMPRINT)).words
    assert files.png(images.png(trajectory(shown), IMPRINT)).ink > 0.005


def test_an_unknown_size_or_theme_is_refused_with_the_known_ones():
    for make in images.MAKERS.values():
        with pytest.raises(ValueError, match="size: 'poster' is not one of web, social, print"):
            make(drawn("trajectory"), IMPRINT, size="poster")
        with pytest.raises(ValueError, match="theme: 'sepia' is not one of light, dark"):
            make(drawn("trajectory"), IMPRINT, theme="sepia")
