"""The directory of the shipped economies, as whoever imports a file has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from targets.importers import Directory, KnownEconomy

ECONOMIES = Path(__file__).parents[2] / "data" / "catalogue" / "economies.json"


@pytest.fixture(scope="session")
def directory():
    return Directory.of(
        KnownEconomy(
            record["code"],
            record["kind"] == "bloc",
            record["iso2"] or "",
            record["m49"],
            (record["name_en"], record["name_en_text"], record["name_ru"], *record.get("other_names", ())),
        )
        for record in json.loads(ECONOMIES.read_text("utf-8"))
    )
