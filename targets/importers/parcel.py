"""What is shipped in a folder, read whole before anything is stored: catalogue, exchange rates and trade extract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from targets.importers.catalogue import read_catalogue
from targets.importers.datasets import read_dataset, read_datasets
from targets.importers.directory import Directory, KnownEconomy
from targets.importers.rates import read_rates
from targets.importers.registry import FORMATS
from targets.importers.rows import (
    Catalogue,
    ShippedDataset,
    ShippedEconomy,
    ShippedRate,
    ShippedSource,
    UnreadableFile,
)
from targets.records import EconomyKind, FigureRow, Rejection

EXTRACT = "trade/open_pairs.csv.gz"
FIGURES = "figures.json"
DESCRIPTIONS = "trade/datasets.json"
RATES = "exchange_rates.csv"
RATES_SOURCE = "exchange_rates.json"


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that a folder holds, read and found sound."""

    catalogue: Catalogue
    rates: tuple[ShippedRate, ...]
    rates_source: ShippedSource | None
    datasets: Mapping[str, ShippedDataset]
    trade: Mapping[str, tuple[FigureRow, ...]]
    digest: str
    rejections: tuple[Rejection, ...]


def read_parcel(folder: Path) -> Parcel:
    """All that the folder holds, with what was not sound; raises UnreadableFile where a file cannot be read at all."""
    if not folder.is_dir():
        raise UnreadableFile(f"{folder} is not a folder")
    inner = folder / "catalogue"
    catalogue = read_catalogue(inner if inner.is_dir() else folder)
    rejections = list(catalogue.rejections)
    rates: tuple[ShippedRate, ...] = ()
    rates_source = None
    if (folder / RATES).exists():
        rates, wrong = read_rates(folder / RATES)
        rates_source = read_dataset(folder / RATES_SOURCE).source
        rejections += wrong
    datasets: dict[str, ShippedDataset] = {}
    trade: dict[str, tuple[FigureRow, ...]] = {}
    digest = ""
    extract = folder / EXTRACT
    if extract.exists():
        datasets, wrong = read_datasets(folder / DESCRIPTIONS)
        rejections += wrong
        data = extract.read_bytes()
        digest = sha256(data).hexdigest()
        file = FORMATS["flows"].read(data, extract.name, _directory(catalogue.economies))
        rejections += file.rejections
        unknown = "not in economies.json, or rejected there"
        rejections += [Rejection(extract.name, one.place, one.field, one.value, unknown) for one in file.unknown]
        for name, rows in file.figures.items():
            if name in datasets:
                trade[name] = tuple(row._replace(valuation=datasets[name].valuation) for row in rows)
            else:
                reason = (
                    f"datasets.json does not describe it, so {len(rows)} of its figures are left out; describe it there"
                )
                rejections.append(Rejection(extract.name, rows[0].place, "dataset", name or "none", reason))
    return Parcel(catalogue, rates, rates_source, datasets, trade, digest, tuple(rejections))


def _directory(economies: Iterable[ShippedEconomy]) -> Directory:
    """The economies of the catalogue as a table of flows may name them."""
    return Directory.of(
        KnownEconomy(economy.code, economy.kind is EconomyKind.BLOC, economy.iso2, economy.m49, (economy.name_en,))
        for economy in economies
    )
