"""What is read from files: publishers' figures and the shipped catalogue. Pure: a file in, rows and rejections out.

``FORMATS`` is the registry of figure formats by the name that people type; ``read_catalogue``, ``read_datasets`` and
``read_rates`` read what ships beside the code.
"""

from __future__ import annotations

from collections.abc import Callable

from targets.importers import flows
from targets.importers.acceptance import merged, objection
from targets.importers.catalogue import read_catalogue
from targets.importers.datasets import read_dataset, read_datasets
from targets.importers.rates import read_rates
from targets.importers.rows import (
    Catalogue,
    FigureFile,
    ShippedDataset,
    ShippedDocument,
    ShippedEconomy,
    ShippedRate,
    ShippedSource,
    ShippedStatement,
    ShippedTarget,
    UnreadableFile,
)

FORMATS: dict[str, Callable[[bytes, str], FigureFile]] = {"flows": flows.read}
"""Readers of figure files by name; each takes the bytes and the file's name for messages."""

__all__ = [
    "FORMATS",
    "Catalogue",
    "FigureFile",
    "ShippedDataset",
    "ShippedDocument",
    "ShippedEconomy",
    "ShippedRate",
    "ShippedSource",
    "ShippedStatement",
    "ShippedTarget",
    "UnreadableFile",
    "merged",
    "objection",
    "read_catalogue",
    "read_dataset",
    "read_datasets",
    "read_rates",
]
