"""Charts as files read back: the pixels and texts of a PNG, the words and properties of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from pypdf import PdfReader


@dataclass(frozen=True)
class Png:
    width: int
    height: int
    texts: dict[str, tuple[str, str]]
    """Language and text of each ``iTXt`` chunk, by keyword."""
    colours: dict[bytes, int]
    """How many pixels have which colour."""

    @property
    def ground(self) -> bytes:
        return max(self.colours, key=lambda colour: self.colours[colour])

    @property
    def ink(self) -> float:
        """The share of pixels that are not of the ground's colour."""
        return 1 - self.colours[self.ground] / sum(self.colours.values())


def png(file: bytes) -> Png:
    """The picture: its pixels are counted by colour."""
    with Image.open(BytesIO(file)) as image:
        assert image.format == "PNG"
        image.load()
        texts = {name: (str(text.lang), str(text)) for name, text in image.text.items()}
        counted = image.convert("RGB").getcolors(image.width * image.height)
        return Png(image.width, image.height, texts, {bytes(colour): number for number, colour in counted})


@dataclass(frozen=True)
class Pdf:
    words: str
    """All text of the page, spaces as single ones."""
    properties: dict[str, str]
    language: str
    tagged: bool
    bookmarked: bool
    size: tuple[float, float]
    fonts: set[str]
    identified: bytes


def pdf(file: bytes) -> Pdf:
    """The one page of the file."""
    reader = PdfReader(BytesIO(file), strict=True)
    (page,) = reader.pages
    root = reader.trailer["/Root"]
    return Pdf(
        words=" ".join(page.extract_text().split()),
        properties={name: str(value) for name, value in (reader.metadata or {}).items()},
        language=str(root.get("/Lang", "")),
        tagged="/StructTreeRoot" in root and bool(root["/MarkInfo"]["/Marked"]),
        bookmarked="/Outlines" in root,
        size=(float(page.mediabox.width), float(page.mediabox.height)),
        fonts=set(_fonts(page["/Resources"])),
        identified=root["/Metadata"].get_data(),
    )


@dataclass(frozen=True)
class Sheet:
    """A document of several pages."""

    pages: list[str]
    """The words of each page, spaces of every kind as single ones, without marks where a long word may break."""
    properties: dict[str, str]
    language: str
    tagged: bool
    bookmarks: list[tuple[int, str]]
    """Depth and title of each, in their order."""
    tags: list[tuple[str, str]]
    """Kind of each tagged part in reading order, and what stands for a picture."""
    links: set[str]
    size: set[tuple[float, float]]
    fonts: set[str]
    identified: bytes

    @property
    def words(self) -> str:
        return " ".join(self.pages)


def sheet(file: bytes) -> Sheet:
    """The whole document."""
    reader = PdfReader(BytesIO(file), strict=True)
    root = reader.trailer["/Root"]
    notes = (note.get_object() for page in reader.pages for note in page.get("/Annots", []))
    return Sheet(
        pages=[plain(page.extract_text()) for page in reader.pages],
        properties={name: str(value) for name, value in (reader.metadata or {}).items()},
        language=str(root.get("/Lang", "")),
        tagged="/StructTreeRoot" in root and bool(root["/MarkInfo"]["/Marked"]),
        bookmarks=list(_bookmarks(reader.outline, 0)),
        tags=list(_tags(root["/StructTreeRoot"])),
        links={str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})},
        size={(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages},
        fonts={name for page in reader.pages for name in _fonts(page["/Resources"])},
        identified=root["/Metadata"].get_data(),
    )


def plain(text: str) -> str:
    """The text as people read it."""
    return " ".join(text.replace("\u200b", "").split())


def _bookmarks(outline, depth: int) -> Iterator[tuple[int, str]]:
    for one in outline:
        if isinstance(one, list):
            yield from _bookmarks(one, depth + 1)
        else:
            yield depth, plain(str(one.title))


def _tags(part) -> Iterator[tuple[str, str]]:
    part = part.get_object()
    if isinstance(part, list):
        for one in part:
            yield from _tags(one)
    elif isinstance(part, dict):
        if "/S" in part:
            yield str(part["/S"])[1:], str(part.get("/Alt", ""))
        if "/K" in part:
            yield from _tags(part["/K"])


def _fonts(resources) -> Iterator[str]:
    for font in resources.get("/Font", {}).values():
        yield str(font.get_object()["/BaseFont"]).rpartition("+")[2].removeprefix("/")
    for thing in resources.get("/XObject", {}).values():
        yield from _fonts(thing.get_object().get("/Resources", {}))
