"""World Bank WITS, answers of the API ``tradestats-trade``: SDMX generic data as XML, and SDMX-JSON.

Both give one series for each reporter, partner, product and indicator, in thousands of dollars; the total has the
product ``Total``. Economies have the letters of their time: ``SDN`` is Sudan to 2011, ``SUD`` the one of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from targets.importers.directory import Directory, Party
from targets.importers.documents import json_document, xml_elements
from targets.importers.ledger import EXPORTS, IMPORTS, Ledger
from targets.importers.opening import Glimpse
from targets.importers.rows import FigureFile, UnreadableFile
from targets.importers.wits import THOUSAND, in_year
from targets.records import Valuation

FLOWS = {"XPRT-TRD-VL": EXPORTS, "MPRT-TRD-VL": IMPORTS}
SUDAN_TO_2011 = Party("", "SDN", former=True)

Observation = tuple[Mapping[str, str], str, str]
"""The key of the series, the period and the value as written."""


def recognises_xml(glimpse: Glimpse) -> bool:
    """Whether it is generic data of WITS's statistics of trade."""
    return glimpse.kind == "xml" and "GenericData" in glimpse.start and "TRADESTATS" in glimpse.start.upper()


def recognises_json(glimpse: Glimpse) -> bool:
    """Whether it is SDMX-JSON with WITS's dimensions."""
    return glimpse.kind == "json" and "-TRD-VL" in glimpse.start and '"dataSets"' in glimpse.start


def read_xml(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of an XML answer, exports FOB and imports CIF. Raises UnreadableFile for another document."""
    return _figures(name, directory, _of_xml(data, name))


def read_json(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a JSON answer, exports FOB and imports CIF.

    From the documented structure of SDMX-JSON, not seen in the wild. Raises UnreadableFile for another document.
    """
    found = json_document(data, name)
    inner = found.get("data", found) if isinstance(found, dict) else None
    try:
        observations = list(_of_json(inner))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise UnreadableFile(f"{name}, line 1: not SDMX-JSON with series and their dimensions") from None
    return _figures(name, directory, iter(observations))


def _figures(name: str, directory: Directory, observations: Iterator[Observation]) -> FigureFile:
    ledger = Ledger(name, Valuation.FOB_CIF, unit="observation")
    for number, (key, period, value) in enumerate(observations, 1):
        if key.get("FREQ", "A") != "A":
            ledger.skip(number, "months; only years become figures", "")
        elif key.get("PRODUCTCODE", "").lower() != "total":
            ledger.skip(number, "one group of products, not the total", key.get("PRODUCTCODE", ""))
        elif key.get("INDICATOR") not in FLOWS:
            ledger.skip(number, "another indicator than the value of trade", key.get("INDICATOR", ""))
        else:
            year = ledger.year(number, period, "TIME_PERIOD")
            amount = None if year is None else ledger.number(number, value, "ObsValue")
            if year is not None and amount is not None:
                reporter, partner = (_party(directory, key.get(side, ""), year) for side in ("REPORTER", "PARTNER"))
                ledger.add(number, reporter, partner, year, FLOWS[key["INDICATOR"]], amount * THOUSAND)
    if not ledger.read:
        raise UnreadableFile(f"{name}, line 1: the answer holds not one observation")
    return ledger.close()


def _party(directory: Directory, letters: str, year: int) -> Party:
    if letters == SUDAN_TO_2011.said:
        return SUDAN_TO_2011
    return in_year(directory.code(letters), year)


def _of_xml(data: bytes, name: str) -> Iterator[Observation]:
    for series in xml_elements(data, name, "Series"):
        key = {value.get("id", ""): value.get("value", "") for value in series.iterfind("SeriesKey/Value")}
        for observation in series.iterfind("Obs"):
            period, value = observation.find("ObsDimension"), observation.find("ObsValue")
            said = "" if value is None else value.get("value", "")
            yield key, "" if period is None else period.get("value", ""), said


def _of_json(found: Any) -> Iterator[Observation]:
    structure = found["structure"] if "structure" in found else found["structures"][0]
    dimensions = structure["dimensions"]
    (periods,) = (dimension["values"] for dimension in dimensions["observation"] if dimension["id"] == "TIME_PERIOD")
    for data_set in found["dataSets"]:
        for places, series in data_set["series"].items():
            key = {
                dimension["id"]: str(dimension["values"][int(place)]["id"])
                for dimension, place in zip(dimensions["series"], places.split(":"), strict=True)
            }
            for place, values in series["observations"].items():
                yield key, str(periods[int(place)]["id"]), "" if values[0] is None else str(values[0])
