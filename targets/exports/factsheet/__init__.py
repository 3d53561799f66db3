"""The fact sheet of a target: one or two pages of A4 as PDF, laid out by typst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from targets.exports import images, svg
from targets.exports.factsheet.content import Content
from targets.exports.factsheet.cutting import Kept, editions
from targets.exports.factsheet.rail import rail_svg
from targets.exports.letters import FAMILIES, printable
from targets.exports.qr import qr_svg
from targets.exports.svg.frame import MAKER
from targets.exports.svg.imprint import Facts, Imprint, facts, short
from targets.records import TargetPage
from targets.wording import citation, day, language, rail_words, target_title

PAGES = 2
"""What does not fit on so many is left to the site, and the sheet says what and where."""

_TEMPLATE = Path(__file__).with_name("sheet.typ").read_bytes()
_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet tells beside the target itself: where it is from, and where more stands."""

    imprint: Imprint
    table: str
    """The address of all figures as CSV."""
    method: str
    """The address of the rules."""
    signs: Mapping[str, tuple[str, str]]
    """Path data and colour of each status, by its code."""


def pdf(page: TargetPage, figure: Mapping[str, Any], told: Told) -> bytes:
    """The sheet of a target as PDF/UA: tagged, with title, language and bookmarks; ``figure`` is its trajectory.

    At most two pages: of what has no room the newest stays. The same page, figure and facts give the same bytes.
    """
    try:
        return _fitting(page, figure, told, own=False)
    except images.TypesettingError:
        # Letters can be in a typeface one by one and not in each other's company; the shipped one has them all alone.
        return _fitting(page, figure, told, own=True)


def _fitting(page: TargetPage, figure: Mapping[str, Any], told: Told, *, own: bool) -> bytes:
    """The fullest edition that has no more pages than a sheet may have."""
    made: dict[Kept, bytes] = {}

    def fits(kept: Kept) -> bool:
        made[kept] = _set(page, figure, told, kept, own)
        return len(_PAGE.findall(made[kept])) <= PAGES

    steps = editions(page)
    if fits(steps[0]):
        return made[steps[0]]
    first, last = 1, len(steps) - 1
    while first < last:
        middle = (first + last) // 2
        if fits(steps[middle]):
            last = middle
        else:
            first = middle + 1
    chosen = steps[last]
    return made[chosen] if chosen in made else _set(page, figure, told, chosen, own)


def _set(page: TargetPage, figure: Mapping[str, Any], told: Told, kept: Kept, own: bool) -> bytes:
    about = facts(figure, told.imprint)
    return images.compiled(
        _TEMPLATE,
        "sheet",
        _given(page, figure, told, about, kept, own),
        told.imprint.day,
        format="pdf",
        pdf_standards=["ua-1"],
    )


def _given(
    page: TargetPage, figure: Mapping[str, Any], told: Told, about: Facts, kept: Kept, own: bool
) -> dict[str, Any]:
    """All that the template reads."""
    content = Content(page, told.signs, kept, own=own)
    palette = figure["layout"]["meta"]["palette"]["light"]
    sections = content.sections()
    imprint = told.imprint
    drawn = page.rail
    return {
        **sections,
        "title": content.set(gettext("Fact sheet: %(title)s") % {"title": target_title(page.target)}),
        "author": MAKER,
        "language": language(),
        "families": FAMILIES[:1] if own else FAMILIES,
        "palette": palette,
        "date": [imprint.day.year, imprint.day.month, imprint.day.day],
        "day": gettext("as of %(day)s") % {"day": day(imprint.day)},
        "description": f"{sections['verdict']} {about.comment}",
        "keywords": [imprint.code, imprint.address, imprint.verify],
        "address": imprint.address,
        "printed_address": imprint.printed[0],
        "verify": imprint.verify,
        "check": imprint.printed[1],
        "code": imprint.code,
        "qr": qr_svg(imprint.verify, ""),
        "rights": about.rights,
        "cite": [content.set(part) for part in citation(page, imprint.address, imprint.day).partition(imprint.address)],
        "table": told.table,
        "printed_table": short(told.table),
        "method": told.method,
        "printed_method": short(told.method),
        "chart": printable(svg.on_paper(figure), own),
        "chart_alt": f"{about.title} {about.description}",
        "rail": rail_svg(drawn, page.target, palette) if drawn else "",
        "rail_alt": content.set(rail_words(drawn, page.target)) if drawn else "",
        "left_out": gettext("“[…]” stands where a text was shortened, or is in letters that this file cannot print.")
        if content.left_out
        else "",
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """The fixed words of the sheet."""
    return {
        "kind": gettext("Fact sheet"),
        "chart": gettext("The chart"),
        "readings": gettext("What each side’s figures say"),
        "open": gettext("What the words leave open"),
        "promise": gettext("What was promised"),
        "moved": gettext("How the goal moved"),
        "statements": gettext("Who said it"),
        "around": gettext("Around it: said about this trade without naming the target"),
        "documents": gettext("Documents"),
        "figures": gettext("Figures"),
        "full_years": gettext("Full years, newest first"),
        "parts": gettext("Parts of years and levels quoted without a year: shown, never counted as a year"),
        "reporters": gettext("Exports and imports are as the reporter sees them."),
        "marked": gettext("The marked figures were used for the judgement."),
        "period": gettext("Period"),
        "by": gettext("By"),
        "exports": gettext("Exports"),
        "imports": gettext("Imports"),
        "turnover": gettext("Turnover"),
        "about": gettext("What it is"),
        "source": gettext("Source"),
        "sources": gettext("Sources of the figures"),
        "converted": gettext("Converted amounts: at the average rate of their year"),
        "original": gettext("As published"),
        "amount": gettext("Converted"),
        "rate": gettext("Average rate of the year"),
        "judged": gettext("How this was judged"),
        "method": gettext("All the rules"),
        "cite": gettext("Citation"),
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
