"""A file of flows to measure with: economies of the catalogue, plainly made-up amounts, the same at every run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

HEADER = "year,reporter,partner,flow,value_usd"
NEWEST = 2024
ECONOMIES = Path(__file__).resolve().parent.parent / "data" / "catalogue" / "economies.json"


def lines(number: int, flows: tuple[str, ...]) -> Iterator[str]:
    """That many lines as publishers order them: by year, reporter and partner, each with all ``flows``.

    An amount follows from its place by arithmetic, so that nobody can take it for a statistic.
    """
    codes = sorted(one["code"] for one in json.loads(ECONOMIES.read_text("utf-8")) if one["kind"] == "country")
    years = range(NEWEST, 0, -1)
    rows = ((*row,) for row in product(years, codes, codes, flows) if row[1] != row[2])
    for place, (year, reporter, partner, flow) in enumerate(islice(rows, number), start=1):
        yield f"{year},{reporter},{partner},{flow},{place * 7_919_993 % 9_999_999_967}"


def table(number: int, flows: tuple[str, ...] = ("export", "import")) -> bytes:
    """The lines under their header, as a file."""
    return "\n".join([HEADER, *lines(number, flows), ""]).encode()
