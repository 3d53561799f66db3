"""Exchange rates, and the descriptions of the trade extract."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from targets.importers import UnreadableFile, flows, read_dataset, read_datasets, read_rates
from targets.records import SourceKind, Valuation
from tests.catalogues import RATES, described

DATA = Path(__file__).parents[2] / "data"


def rates(tmp_path, text):
    path = tmp_path / "exchange_rates.csv"
    path.write_text(text, "utf-8")
    return read_rates(path)


def test_rates_are_read_as_dollars_for_one_unit(tmp_path):
    found, rejections = rates(tmp_path, RATES + "TRL,1999,2.420844e-06,255\n")
    assert rejections == ()
    assert [(rate.currency, rate.year, rate.usd_per_unit) for rate in found] == [
        ("EUR", 2023, Decimal("1.08")),
        ("EUR", 2024, Decimal("1.09")),
        ("TRL", 1999, Decimal("0.000002420844")),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("euro,2020,1.1,255", "currency = euro: must be three capital letters"),
        ("EUR,20,1.1,255", "year = 20: must be a year"),
        ("EUR,2020,0,255", "usd_per_unit = 0: must be a number of US dollars above zero"),
        ("EUR,2020,-1,255", "usd_per_unit = -1: must be a number"),
        ("EUR,2020,1e-99,255", "usd_per_unit = 1e-99: must be a number"),
        ("EUR,2020,nan,255", "usd_per_unit = nan: must be a number"),
        ("EUR,2020,1.1,0", "observations = 0: must be the number of days"),
        ("EUR,2023,1.1,255", "year = 2023: a second rate for EUR in this year; keep one"),
        ("EUR,2020", "usd_per_unit = : must be a number"),
    ],
)
def test_a_broken_rate_is_rejected_by_line_and_the_rest_is_taken(tmp_path, line, reason):
    found, rejections = rates(tmp_path, RATES + line + "\n")
    assert len(found) == 2
    assert [str(rejection) for rejection in rejections] == [
        f"exchange_rates.csv, line 4, {str(rejections[0]).split(', ', 2)[2]}"
    ]
    assert reason in str(rejections[0])


def test_a_table_without_the_columns_is_told_by_name(tmp_path):
    with pytest.raises(UnreadableFile, match=r"exchange_rates\.csv: the first line must name the columns"):
        rates(tmp_path, "currency,year\n")


def test_the_shipped_rates_are_sound():
    found, rejections = read_rates(DATA / "exchange_rates.csv")
    assert (len(found), rejections) == (835, ())
    assert read_dataset(DATA / "exchange_rates.json").source.publisher == "European Central Bank"


def test_the_shipped_extract_is_described_dataset_by_dataset(directory):
    described, rejections = read_datasets(DATA / "trade" / "datasets.json")
    file = flows.read((DATA / "trade" / "open_pairs.csv.gz").read_bytes(), "open_pairs.csv.gz", directory)
    assert rejections == ()
    assert described.keys() == file.figures.keys()
    assert all(one.source.terms and one.source.shareable for one in described.values())
    assert len({one.source.url for one in described.values()}) == 7


def test_quirks_travel_with_the_terms(tmp_path):
    path = tmp_path / "datasets.json"
    path.write_text(json.dumps([described("office", note="Thousands.", valuation="cif", kind="compilation")]))
    found, _ = read_datasets(path)
    assert found["office"].source.terms == "Free use with attribution. Thousands."
    assert (found["office"].valuation, found["office"].source.kind) == (Valuation.CIF, SourceKind.COMPILATION)


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([described("office"), described("office")], "record 2 (office), dataset = office: described twice; keep one"),
        ([described("office"), described("new", kind="friend")], 'record 2 (new), kind = "friend": must be one of'),
        ([described("office"), described("new", terms="")], 'record 2 (new), terms = "": must not be empty'),
    ],
)
def test_a_broken_description_is_rejected_by_name(tmp_path, records, reason):
    path = tmp_path / "datasets.json"
    path.write_text(json.dumps(records))
    found, rejections = read_datasets(path)
    assert list(found) == ["office"]
    assert reason in str(rejections[0])


def test_a_description_alone_that_is_broken_is_told_by_name(tmp_path):
    path = tmp_path / "exchange_rates.json"
    path.write_text(json.dumps(described("rates", url="nowhere")))
    with pytest.raises(UnreadableFile, match=r'exchange_rates\.json, url = "nowhere": must be an address'):
        read_dataset(path)
