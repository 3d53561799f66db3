"""Whose figures a file holds: the sources that formats of publishers and datasets of tables stand for."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from targets.actions.journal import ActionRefused
from targets.importers import Format, ShippedSource, read_datasets
from targets.models import Source
from targets.records import DatePrecision, SourceGrade, SourceKind

DESCRIPTIONS = ("publishers.json", "trade/datasets.json")
"""Under the folder data/: the source of each format and of each dataset that a table may name."""

PLAIN = ShippedSource(
    key="imported-tables",
    kind=SourceKind.COMPILATION,
    grade=SourceGrade.SECONDARY,
    publisher="Imported tables",
    title="Tables imported without a source named",
    url="",
    language="",
    published_on=None,
    published_on_precision=DatePrecision.UNKNOWN,
    terms="",
    shareable=True,
    place="",
)
"""Where figures belong that come in a table of no publisher, and for which nobody named a source."""


def source_of_key(key: str) -> Source:
    """The source of this key, or the one not saved yet that a format stands for. ActionRefused where there is none."""
    known = Source.objects.filter(key=key).first()
    if known is not None:
        return known
    for told in (PLAIN, *described().values()):
        if told.key == key:
            return source_of(told)
    raise ActionRefused(_("There is no source with the key %(key)s.") % {"key": key}, field="source")


def source_of_dataset(name: str) -> Source | None:
    """The source of a dataset that a table names; None where nobody described it."""
    return source_of(described()[name]) if name in described() else None


def publisher_of(one: Format) -> ShippedSource:
    """Whose figures files of this format hold: the longest name described with which its own begins."""
    begins = [name for name in described() if one.name.startswith(name)]
    return described()[max(begins, key=len)] if begins else PLAIN


def source_of(told: ShippedSource) -> Source:
    """The stored source that is described, by its key or its address; one not saved yet where there is none."""
    known = Source.objects.filter(key=told.key).first()
    if known is None and told.url:
        known = Source.objects.filter(url=told.url).first()
    return known or Source(**{name: getattr(told, name) for name in told.__dataclass_fields__ if name != "place"})


@cache
def described() -> dict[str, ShippedSource]:
    """The sources that are described in what is shipped, by the name of a format or dataset."""
    folder = settings.BASE_DIR / "data"
    return {name: one.source for file in DESCRIPTIONS for name, one in read_datasets(folder / file)[0].items()}
