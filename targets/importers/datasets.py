"""Who is behind the parts of the shipped trade extract: one record of JSON for each dataset, with terms and quirks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from targets.importers.rows import ShippedDataset, ShippedSource, UnreadableFile
from targets.importers.rules import problems, read_list, validator
from targets.records import DatePrecision, Rejection, SourceGrade, SourceKind, Valuation


def read_datasets(path: Path) -> tuple[dict[str, ShippedDataset], tuple[Rejection, ...]]:
    """The descriptions in a file by the name of their dataset, and the records not taken.

    Raises UnreadableFile for a file that is no list of records.
    """
    found: dict[str, ShippedDataset] = {}
    rejections = []
    for number, record in enumerate(read_list(path), 1):
        wrong = problems(_checker(), record)
        name = record.get("dataset") if isinstance(record, dict) else None
        place = f"record {number} ({name})" if isinstance(name, str) else f"record {number}"
        if not wrong and name in found:
            wrong = [("dataset", str(name), "described twice; keep one")]
        if wrong:
            rejections += [Rejection(path.name, place, *problem) for problem in wrong]
        else:
            found[record["dataset"]] = _dataset(record, place)
    return found, tuple(rejections)


def read_dataset(path: Path) -> ShippedDataset:
    """The one description in a file. Raises UnreadableFile, naming the field, for anything else."""
    try:
        record = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error}") from None
    for field, value, reason in problems(_checker(), record):
        raise UnreadableFile(f"{path.name}, {field} = {value}: {reason}")
    return _dataset(record, path.name)


def _checker() -> Draft202012Validator:
    return validator("datasets")


def _dataset(record: dict[str, Any], place: str) -> ShippedDataset:
    quirks = record["note"] or ""
    source = ShippedSource(
        key=record["key"],
        kind=SourceKind(record["kind"]),
        grade=SourceGrade(record["grade"]),
        publisher=record["publisher"],
        title=record["title"],
        url=record["url"],
        language=record["language"],
        published_on=None,
        published_on_precision=DatePrecision.UNKNOWN,
        terms=f"{record['terms']} {quirks}".strip(),
        shareable=record["shareable"],
        place=place,
    )
    return ShippedDataset(dataset=record["dataset"], source=source, valuation=Valuation(record["valuation"]))
