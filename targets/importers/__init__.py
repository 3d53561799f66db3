"""What is read from files: publishers' figures and the shipped catalogue. Pure: a file in, rows and rejections out.

``FORMATS`` is the registry of figure formats by the name that people type; ``read_figures`` reads a file in one of
them, or recognises which it is, with the ``Directory`` of economies that the caller makes. ``read_pasted`` reads a
block of cells, ``read_amount`` one of them. ``read_parcel`` reads a folder of what ships beside the code,
``read_catalogue``, ``read_datasets`` and ``read_rates`` its parts.
"""

from __future__ import annotations

from targets.importers.acceptance import merged, objection, unfinished
from targets.importers.amounts import UnreadableAmount, Why, decimal_sign, read_amount, write_amount
from targets.importers.catalogue import read_catalogue
from targets.importers.datasets import read_dataset, read_datasets
from targets.importers.directory import Directory, KnownEconomy
from targets.importers.parcel import EXTRACT, FIGURES, Parcel, read_parcel
from targets.importers.pasted import Pasted, read_pasted
from targets.importers.pdf import LARGEST_PDF, Pdf, PdfFault, UnreadablePdf, read_pdf
from targets.importers.rates import read_rates
from targets.importers.registry import AUTO, FORMATS, Format, read_figures, recognised
from targets.importers.rows import (
    Catalogue,
    FigureFile,
    LeftOut,
    ShippedDataset,
    ShippedDocument,
    ShippedEconomy,
    ShippedRate,
    ShippedSource,
    ShippedStatement,
    ShippedTarget,
    UnreadableFile,
)

__all__ = [
    "AUTO",
    "EXTRACT",
    "FIGURES",
    "FORMATS",
    "LARGEST_PDF",
    "Catalogue",
    "Directory",
    "FigureFile",
    "Format",
    "KnownEconomy",
    "LeftOut",
    "Parcel",
    "Pasted",
    "Pdf",
    "PdfFault",
    "ShippedDataset",
    "ShippedDocument",
    "ShippedEconomy",
    "ShippedRate",
    "ShippedSource",
    "ShippedStatement",
    "ShippedTarget",
    "UnreadableAmount",
    "UnreadableFile",
    "UnreadablePdf",
    "Why",
    "decimal_sign",
    "merged",
    "objection",
    "read_amount",
    "read_catalogue",
    "read_dataset",
    "read_datasets",
    "read_figures",
    "read_parcel",
    "read_pasted",
    "read_pdf",
    "read_rates",
    "recognised",
    "unfinished",
    "write_amount",
]
