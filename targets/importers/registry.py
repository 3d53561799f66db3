"""The formats of publishers' files by the name that people type, and the one that a file turns out to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from targets.importers import (
    armenia,
    baci,
    comext,
    comtrade,
    comtrade_old,
    flows,
    imf,
    kazakhstan,
    kyrgyzstan,
    template,
    uzbekistan,
    wits,
    wits_api,
)
from targets.importers.directory import Directory
from targets.importers.opening import Glimpse, glimpse_of_text, kind_of
from targets.importers.rows import FigureFile, UnreadableFile
from targets.importers.workbooks import glimpse_of_workbook
from targets.progress.vocabulary import gettext_noop as _

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which a publisher hands out figures.

    ``read`` takes the bytes, the file's name for messages and the directory of economies; ``recognises`` tells the
    format by a glimpse. ``documented_only``: written from the documented header, not seen in the wild.
    """

    name: str
    title: str
    read: Callable[[bytes, str, Directory], FigureFile]
    recognises: Callable[[Glimpse], bool]
    documented_only: bool = False


def never(_glimpse: Glimpse) -> bool:
    """Recognises nothing: for a second way to read what another format recognises."""
    return False


FORMATS = {
    one.name: one
    for one in (
        Format("flows", _("Plain table of yearly flows (CSV)"), flows.read, flows.recognises),
        Format("template", _("Our own template or a table of figures of this site (CSV, XLSX)"), template.read,
               template.recognises),
        Format("comtrade", _("UN Comtrade, answer of the API (JSON)"), comtrade.read_json, comtrade.recognises_json),
        Format("comtradeplus", _("UN Comtrade, download of comtradeplus (CSV)"), comtrade.read_csv,
               comtrade.recognises_csv, documented_only=True),
        Format("comtrade-old", _("UN Comtrade, download of the old site, to 2022 (CSV)"), comtrade_old.read,
               comtrade_old.recognises),
        Format("imts", _("IMF IMTS, answer of the API or the portal's long table (CSV)"), imf.read_long,
               imf.recognises_long, documented_only=True),
        Format("imts-wide", _("IMF IMTS, the portal's table with years as columns (CSV)"), imf.read_wide,
               imf.recognises_wide, documented_only=True),
        Format("wits-summary", _("World Bank WITS, trade summary of a country (CSV)"), wits.read_summary,
               wits.recognises_summary),
        Format("wits-partners", _("World Bank WITS, partners in a year (XLSX)"), wits.read_partners,
               wits.recognises_partners),
        Format("wits-xml", _("World Bank WITS, answer of the API (XML)"), wits_api.read_xml, wits_api.recognises_xml),
        Format("wits-json", _("World Bank WITS, answer of the API (JSON)"), wits_api.read_json,
               wits_api.recognises_json, documented_only=True),
        Format("baci", _("CEPII BACI, one year (CSV), summed over products"), baci.read, baci.recognises),
        Format("comext", _("Eurostat Comext, relational view (CSV)"), comext.read, comext.recognises),
        Format("armenia", _("Armstat: exports, imports by country of origin (CSV)"), armenia.read, armenia.recognises),
        Format("armenia-consignment", _("Armstat: imports by country of consignment (CSV)"), armenia.read_consignment,
               never),
        Format("kazakhstan", _("Kazakhstan, Bureau of National Statistics (XLS, XLSX, CSV)"), kazakhstan.read,
               kazakhstan.recognises),
        Format("kyrgyzstan", _("Kyrgyzstan, tables 4.03.00.18 and 4.03.00.20 (XLSX, CSV)"), kyrgyzstan.read,
               kyrgyzstan.recognises),
        Format("uzbekistan", _("Uzbekistan, table 1105 or 1176 by the file's name (CSV)"), uzbekistan.read,
               uzbekistan.recognises),
        Format("uzbekistan-exports", _("Uzbekistan, exports whatever the file's name (CSV)"), uzbekistan.read_exports,
               never),
        Format("uzbekistan-imports", _("Uzbekistan, imports whatever the file's name (CSV)"), uzbekistan.read_imports,
               never),
    )
}  # fmt: skip
"""Every format by name, in the order in which they are offered."""


def recognised(data: bytes, name: str) -> Format:
    """The one format whose marks a file bears. Raises UnreadableFile, naming the known ones, for none or several."""
    kind = kind_of(data, name)
    glimpse = glimpse_of_workbook(data, name) if kind == "workbook" else glimpse_of_text(data, name, kind)
    found = [one for one in FORMATS.values() if one.recognises(glimpse)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadableFile(
            f"{name}, line 1: it may be any of {', '.join(one.name for one in found)}; say which it is"
        )
    raise UnreadableFile(f"{name}, line 1: the header is of no known format; known are {', '.join(FORMATS)}")


def read_figures(data: bytes, name: str, directory: Directory, format_name: str = AUTO) -> tuple[Format, FigureFile]:
    """The format of a file and what it holds; ``auto`` recognises the format by the header.

    Raises UnreadableFile for an unknown format's name, and for a file that cannot be read or holds not one value.
    """
    if format_name == AUTO:
        one = recognised(data, name)
    elif format_name in FORMATS:
        one = FORMATS[format_name]
    else:
        raise UnreadableFile(f"{name}: no format is called {format_name!r}; known are {AUTO}, {', '.join(FORMATS)}")
    return one, one.read(data, name, directory)
