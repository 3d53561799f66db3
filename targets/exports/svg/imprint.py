"""What every chart that leaves the site carries with it: where it is from, on what terms, and how to check it.

The same facts stand in the picture, for people, and in the file's metadata, for programs.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from targets.exports.svg.frame import MAKER
from targets.exports.svg.text import lines_of

LONGEST = 120
"""Characters of an address that is printed whole."""

_RDF = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"'
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where a chart is from: addresses in full, the code under which it can be checked, the day whose data it shows."""

    address: str
    verify: str
    code: str
    day: date

    @property
    def printed(self) -> tuple[str, ...]:
        """What stands in the picture, one item each: the address, the terms, where to check it."""
        address = short(self.address)
        return (
            # The address of a comparison names all of its targets; the code leads there too.
            address if len(address) <= LONGEST else address.partition("?")[0],
            gettext("Still current? %(address)s") % {"address": short(self.verify)},
            gettext("May be used with name, date and address"),
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the metadata of a file say; texts in the language of the chart."""

    title: str
    description: str
    language: str
    sources: str
    rights: str
    imprint: Imprint

    @property
    def rdf(self) -> str:
        """The facts in Dublin Core, as ``<rdf:RDF>``: for the metadata of SVG and, as XMP, of PNG."""
        one = self.imprint
        told = "".join(
            f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{html.escape(text)}</rdf:li></rdf:Alt></dc:{name}>'
            for name, text in (("title", self.title), ("description", self.description), ("rights", self.rights))
        )
        return (
            f'<rdf:RDF {_RDF}><rdf:Description rdf:about="">{told}'
            f"<dc:creator><rdf:Seq><rdf:li>{MAKER}</rdf:li></rdf:Seq></dc:creator>"
            f"<dc:date><rdf:Seq><rdf:li>{one.day.isoformat()}</rdf:li></rdf:Seq></dc:date>"
            f"<dc:language><rdf:Bag><rdf:li>{html.escape(self.language)}</rdf:li></rdf:Bag></dc:language>"
            f"<dc:source>{html.escape(self.sources)}</dc:source>"
            f"<dc:identifier>{html.escape(one.address)}</dc:identifier>"
            f"<dcterms:isVersionOf>{html.escape(one.verify)}</dcterms:isVersionOf>"
            "</rdf:Description></rdf:RDF>"
        )

    @property
    def comment(self) -> str:
        """Sources, terms, and where to check the chart, as running text."""
        return " ".join([self.sources, self.rights, self.imprint.printed[1]])


def rights() -> str:
    """On what terms a picture may be used."""
    return gettext(
        "Charts of Tradewatch may be used with the name Tradewatch, the date and the address; figures stay "
        "under the terms of their publishers."
    )


def facts(figure: Mapping[str, Any], imprint: Imprint) -> Facts:
    """The facts about a chart, out of its figure and its imprint."""
    layout = figure["layout"]
    meta = layout["meta"]
    footers = [note["text"] for note in layout["annotations"] if note.get("name") == "footer"]
    return Facts(
        title=meta["title"],
        description=meta["description"],
        language=meta["language"],
        sources=" ".join(line.text for text in footers for line in lines_of(text)),
        rights=rights(),
        imprint=imprint,
    )


def short(address: str) -> str:
    """The address as people write it, without what every browser adds."""
    return address.removeprefix("https://").removeprefix("http://")
