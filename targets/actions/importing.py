"""Publishers' files into releases: what a file would do, and doing it. The command and the desk both come here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from targets.actions import editing, judgements
from targets.actions.comparing import Compared, Known, Said, compared, distinct
from targets.actions.journal import ActionRefused
from targets.actions.judgements import Foreseen
from targets.actions.releases import Batch, Recorded, check_may_record, record_releases
from targets.actions.storing import Progress
from targets.importers import (
    AUTO,
    Directory,
    FigureFile,
    Format,
    KnownEconomy,
    LeftOut,
    ShippedSource,
    UnreadableFile,
    read_datasets,
    read_figures,
)
from targets.models import Economy, Release, Source
from targets.records import (
    DatePrecision,
    EconomyKind,
    FigureRow,
    Rejection,
    ReleaseKind,
    SourceGrade,
    SourceKind,
)

DESCRIPTIONS = ("publishers.json", "trade/datasets.json")
"""Under the folder data/: whose figures a format or a named dataset holds."""

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

LARGEST_FILE = 512 * 1024**2
"""Bytes: as much as the readers take, unpacked. More is looked at no further."""
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Part:
    """What a file would do to the figures of one source, which is not saved yet where it is new."""

    source: Source
    said: Compared
    vintage: date | None

    @property
    def older(self) -> tuple[tuple[FigureRow, Known], ...]:
        """Changes that would put an older word of the source in place of a newer one."""
        if self.vintage is None:
            return ()
        return tuple(one for one in self.said.changed if one[1].vintage is not None and one[1].vintage > self.vintage)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. Nothing is written for it, and it is as old as the moment it was made."""

    name: str
    format: Format
    sha256: str
    parts: tuple[Part, ...]
    rejections: tuple[Rejection, ...]
    unknown: tuple[LeftOut, ...]
    """Values of economies that the site does not know, together for each economy."""
    skipped: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    verdicts: tuple[Foreseen, ...]

    @property
    def new(self) -> int:
        return sum(len(part.said.new) for part in self.parts)

    @property
    def changed(self) -> int:
        return sum(len(part.said.changed) for part in self.parts)

    @property
    def unchanged(self) -> int:
        """Figures that stand as the file gives them, or were corrected here since this very file was taken."""
        return sum(part.said.unchanged + part.said.kept for part in self.parts)

    @property
    def kept(self) -> int:
        return sum(part.said.kept for part in self.parts)

    @property
    def rejected(self) -> int:
        return _rejected(self.rejections, self.unknown)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: one release for each source with something new."""

    name: str
    format: Format
    done: tuple[Recorded, ...]
    rejections: tuple[Rejection, ...]
    unknown: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]
    warnings: tuple[str, ...]

    @property
    def releases(self) -> tuple[Release, ...]:
        return tuple(one.release for one in self.done if one.release is not None)

    @property
    def new(self) -> int:
        return sum(one.new for one in self.done)

    @property
    def changed(self) -> int:
        return sum(one.changed for one in self.done)

    @property
    def unchanged(self) -> int:
        return sum(one.unchanged + one.kept for one in self.done)

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.done)

    @property
    def rejected(self) -> int:
        return _rejected(self.rejections, self.unknown)


def plan_import(
    *,
    by: AbstractBaseUser,
    data: bytes,
    name: str,
    format_name: str = AUTO,
    source: Source | None = None,
    vintage: date | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing these bytes would do, verdicts included; nothing is written.

    ``name`` is the file's, for messages; without a ``source`` the format says whose figures they are. Raises
    UnreadableFile for what cannot be read and ActionRefused for somebody who may not import.
    """
    file = _read(by, data, name, format_name, source, today, progress)
    if progress:
        progress("compare", 0, sum(len(rows) for _source, rows in file.figures))
    said = compared([Said(one.pk, rows, file.sha256, partial=True) for one, rows in file.figures])
    parts = tuple(Part(one, found, vintage) for (one, _rows), found in zip(file.figures, said, strict=True))
    if progress:
        progress("judge", 0, 1)
    fresh = [(part.source, part.said.fresh) for part in parts]
    return Plan(
        name=name,
        format=file.format,
        sha256=file.sha256,
        parts=parts,
        rejections=file.rejections,
        unknown=file.unknown,
        skipped=file.skipped,
        warnings=file.warnings,
        verdicts=tuple(judgements.foreseen(said=fresh, vintage=vintage, today=today)),
    )


def import_figures(
    *,
    by: AbstractBaseUser,
    data: bytes,
    name: str,
    format_name: str = AUTO,
    source: Source | None = None,
    vintage: date | None = None,
    reason: str = "",
    today: date | None = None,
    progress: Progress | None = None,
) -> Imported:
    """What was done with these bytes: what is new or different is stored, in one release a source, or nothing at all.

    Read and compared anew, so that it does what :func:`plan_import` would say now. The file is kept as received.
    Importing it again changes nothing, nor does it undo what was corrected since. Arguments and errors are those of
    the plan.
    """
    file = _read(by, data, name, format_name, source, today, progress)
    day = today or datetime.now(UTC).date()
    kept = f"releases/{day:%Y}/{file.sha256[:16]}/{get_valid_filename(Path(name).name)[-_LONGEST_NAME:]}"
    with transaction.atomic():
        batches = [
            Batch(
                source=one if one.pk else _made(by, one),
                rows=rows,
                vintage=vintage,
                file=kept,
                sha256=file.sha256,
                partial=True,
                checked=True,
            )
            for one, rows in file.figures
        ]
        done = record_releases(
            by=by, batches=batches, kind=ReleaseKind.IMPORT, reason=reason, today=day, progress=progress
        )
        if any(one.release for one in done):
            _keep(kept, data)
    return Imported(name, file.format, tuple(done), file.rejections, file.unknown, file.skipped, file.warnings)


def received(path: Path) -> bytes:
    """The bytes of a file on this machine. Raises UnreadableFile where there is none, or one far too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile(
                f"{path.name} has {size // 1024**2:,} MB; at most {LARGEST_FILE // 1024**2} MB are read"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from None


def source_of_key(key: str) -> Source:
    """The source of this key, the one that a format would make included. Raises ActionRefused where there is none."""
    known = Source.objects.filter(key=key).first()
    if known is not None:
        return known
    for described in (PLAIN, *_described().values()):
        if described.key == key:
            return _source(described)
    raise ActionRefused(_("There is no source with the key %(key)s.") % {"key": key}, field="source")


def directory() -> Directory:
    """The economies of this site, by all the ways in which files write them. One query."""
    rows = Economy.objects.values_list(
        "code", "kind", "iso2", "m49", "name_en", "name_en_text", "name_ru", "other_names"
    )
    return Directory.of(
        KnownEconomy(code, kind == EconomyKind.BLOC, iso2, m49, (*names, *other.splitlines()))
        for code, kind, iso2, m49, *names, other in rows
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A file read and sorted: the rows of each source that can be stored, and all that cannot."""

    format: Format
    sha256: str
    figures: tuple[tuple[Source, tuple[FigureRow, ...]], ...]
    rejections: tuple[Rejection, ...]
    unknown: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]
    warnings: tuple[str, ...]


def _read(
    by: AbstractBaseUser,
    data: bytes,
    name: str,
    format_name: str,
    source: Source | None,
    today: date | None,
    progress: Progress | None,
) -> _Read:
    check_may_record(by)
    if progress:
        progress("read", 0, len(data))
    found, file = read_figures(data, name, directory(), format_name)
    rejections = list(file.rejections)
    by_source: dict[str, tuple[Source, list[FigureRow]]] = {}
    for one, rows in _by_source(file, found, source, name, rejections):
        by_source.setdefault(one.key, (one, []))[1].extend(rows)
    day = today or datetime.now(UTC).date()
    figures = []
    for one, rows in by_source.values():
        sound, faults = distinct(rows, day)
        for fault in faults:
            rejections += [Rejection(name, row.place, fault.field, fault.value, fault.why) for row in fault.rows]
        if sound:
            figures.append((one, tuple(sound)))
    return _Read(
        format=found,
        sha256=sha256(data).hexdigest(),
        figures=tuple(figures),
        rejections=tuple(rejections),
        unknown=file.unknown,
        skipped=file.skipped,
        warnings=file.warnings,
    )


def _by_source(
    file: FigureFile, found: Format, source: Source | None, name: str, rejections: list[Rejection]
) -> Iterator[tuple[Source, Sequence[FigureRow]]]:
    """The rows of each dataset with their source; those of a dataset nobody described are rejected."""
    described = _described()
    for dataset, rows in file.figures.items():
        if source is not None:
            yield source, rows
        elif dataset and dataset not in described:
            reason = f"no source is known for this dataset, so {len(rows)} of its figures are left out; name the source"
            rejections.append(Rejection(name, rows[0].place, "dataset", dataset, reason))
        else:
            yield _source(described[dataset] if dataset else _publisher(found, described)), rows


def _publisher(found: Format, described: Mapping[str, ShippedSource]) -> ShippedSource:
    """Whose figures files of this format hold: the longest name described with which its own begins."""
    begins = [name for name in described if found.name.startswith(name)]
    return described[max(begins, key=len)] if begins else PLAIN


@cache
def _described() -> dict[str, ShippedSource]:
    """The sources that are described in what is shipped, by the name of a format or dataset."""
    folder = settings.BASE_DIR / "data"
    return {name: one.source for file in DESCRIPTIONS for name, one in read_datasets(folder / file)[0].items()}


def _source(described: ShippedSource) -> Source:
    """The stored source that is described, by its key or its address; one not saved yet where there is none."""
    stored = Source.objects.filter(key=described.key).first()
    if stored is None and described.url:
        stored = Source.objects.filter(url=described.url).first()
    fields = {name: getattr(described, name) for name in described.__dataclass_fields__ if name != "place"}
    return stored or Source(**fields)


def _made(by: AbstractBaseUser, source: Source) -> Source:
    editing.save(by=by, record=source)
    return source


def _keep(kept: str, data: bytes) -> None:
    """Stores the file under this name; one that a killed import left there, whole or in part, is made good."""
    if default_storage.exists(kept):
        with default_storage.open(kept) as stored:
            if sha256(stored.read()).digest() == sha256(data).digest():
                return
        default_storage.delete(kept)
    default_storage.save(kept, ContentFile(data))


def _rejected(rejections: Sequence[Rejection], unknown: Sequence[LeftOut]) -> int:
    """How many values of a file were not taken although somebody meant them to be."""
    return len(rejections) + sum(one.count for one in unknown)
