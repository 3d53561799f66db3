"""Publishers' files into releases: what a file would do, and doing it. The command and the desk both come here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from targets.actions import editing, judgements
from targets.actions.collector import uncollected
from targets.actions.comparing import Compared, Known, Said, compared, distinct
from targets.actions.journal import ActionRefused
from targets.actions.judgements import Foreseen
from targets.actions.publishers import publisher_of, source_of, source_of_dataset
from targets.actions.releases import Batch, check_may_record, check_vintage, record_releases
from targets.actions.storing import Progress
from targets.importers import (
    AUTO,
    Directory,
    FigureFile,
    Format,
    KnownEconomy,
    LeftOut,
    UnreadableFile,
    read_figures,
)
from targets.models import Economy, Release, Source
from targets.records import EconomyKind, FigureRow, Rejection, ReleaseKind

LARGEST_FILE = 512 * 1024**2
"""Bytes: as much as the readers take, unpacked. More is looked at no further."""
_LONGEST_NAME = 50


class Overtaken(ActionRefused):
    """An import that would do something else than what was agreed to: others recorded figures meanwhile."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A file read and sorted: the rows of each source that can be stored, and all that cannot.

    A source that does not exist yet is not saved. ``unknown`` are values of economies that the site does not know,
    together for each economy.
    """

    name: str
    format: Format
    sha256: str
    figures: tuple[tuple[Source, tuple[FigureRow, ...]], ...]
    rejections: tuple[Rejection, ...]
    unknown: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]
    warnings: tuple[str, ...]

    @property
    def rejected(self) -> int:
        """How many values were not taken although somebody meant them to be."""
        return len(self.rejections) + sum(one.count for one in self.unknown)


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
class Counts:
    """How many figures of a file are what.

    ``kept``, which are among the unchanged, were taken from this very file before and corrected since.
    """

    new: int
    changed: int
    unchanged: int
    kept: int

    @property
    def taken(self) -> int:
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. Nothing is written for it, and it is as old as the moment it was made."""

    contents: Contents
    counts: Counts
    parts: tuple[Part, ...]
    verdicts: tuple[Foreseen, ...]

    @property
    def digest(self) -> str:
        """A mark of all that would be written, and of what would no longer stand: two plans of one mark do the same."""
        return _digest((part.source, part.said) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: one release for each source with something new."""

    contents: Contents
    counts: Counts
    releases: tuple[Release, ...]


@uncollected()
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
    day = today or datetime.now(UTC).date()
    check_vintage(vintage, day)
    contents = _read(by, data, name, format_name, source, day, progress)
    if progress:
        progress("compare", 0, sum(len(rows) for _source, rows in contents.figures))
    said = compared([Said(one.pk, rows, contents.sha256, partial=True) for one, rows in contents.figures])
    parts = tuple(Part(one, found, vintage) for (one, _rows), found in zip(contents.figures, said, strict=True))
    if progress:
        progress("judge", 0, sum(len(part.said.fresh) for part in parts))
    counts = Counts(
        new=sum(len(one.new) for one in said),
        changed=sum(len(one.changed) for one in said),
        unchanged=sum(one.unchanged + one.kept for one in said),
        kept=sum(one.kept for one in said),
    )
    fresh = [(part.source, part.said.fresh) for part in parts]
    return Plan(contents, counts, parts, tuple(judgements.foreseen(said=fresh, vintage=vintage, today=day)))


@uncollected()
def import_figures(
    *,
    by: AbstractBaseUser,
    data: bytes,
    name: str,
    format_name: str = AUTO,
    source: Source | None = None,
    vintage: date | None = None,
    kind: ReleaseKind = ReleaseKind.IMPORT,
    reason: str = "",
    today: date | None = None,
    progress: Progress | None = None,
    agreed: str = "",
    concluded: Callable[[Imported], None] | None = None,
) -> Imported:
    """What was done with these bytes: what is new or different is stored, in one release a source, or nothing at all.

    Read and compared anew, so that it does what :func:`plan_import` would say now. The file is kept as received.
    Importing it again changes nothing, nor does it undo what was corrected since. Arguments and errors are those of
    the plan. ``agreed`` is the digest of a plan: where it would do anything else by now, Overtaken is raised.
    ``concluded`` is told within the transaction, so that what it writes stands or falls with the import.
    """
    day = today or datetime.now(UTC).date()
    contents = _read(by, data, name, format_name, source, day, progress)
    kept = f"releases/{day:%Y}/{contents.sha256[:16]}/{_kept_name(name)}"
    with transaction.atomic():
        batches = [
            Batch(
                source=_saved(by, one),
                rows=rows,
                vintage=vintage,
                file=kept,
                sha256=contents.sha256,
                partial=True,
                checked=True,
            )
            for one, rows in contents.figures
        ]
        sources = [batch.source for batch in batches]

        def approve(said: Sequence[Compared]) -> None:
            if agreed and _digest(zip(sources, said, strict=True)) != agreed:
                raise Overtaken(_("Figures of this source were recorded meanwhile."))

        done = record_releases(
            by=by, batches=batches, kind=kind, reason=reason, today=day, progress=progress, approve=approve
        )
        releases = tuple(one.release for one in done if one.release is not None)
        if releases:
            _keep(kept, data)
        counts = Counts(
            new=sum(one.new for one in done),
            changed=sum(one.changed for one in done),
            unchanged=sum(one.unchanged + one.kept for one in done),
            kept=sum(one.kept for one in done),
        )
        imported = Imported(contents, counts, releases)
        if concluded:
            concluded(imported)
    return imported


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


def directory() -> Directory:
    """The economies of this site, by all the ways in which files write them. One query."""
    rows = Economy.objects.values_list(
        "code", "kind", "iso2", "m49", "name_en", "name_en_text", "name_ru", "other_names"
    )
    return Directory.of(
        KnownEconomy(code, kind == EconomyKind.BLOC, iso2, m49, (*names, *other.splitlines()))
        for code, kind, iso2, m49, *names, other in rows
    )


def _read(
    by: AbstractBaseUser,
    data: bytes,
    name: str,
    format_name: str,
    source: Source | None,
    today: date,
    progress: Progress | None,
) -> Contents:
    check_may_record(by)
    if progress:
        progress("read", 0, len(data))
    found, file = read_figures(data, name, directory(), format_name)
    rejections = list(file.rejections)
    by_source: dict[str, tuple[Source, list[FigureRow]]] = {}
    for one, rows in _by_source(file, found, source, name, rejections):
        by_source.setdefault(one.key, (one, []))[1].extend(rows)
    figures = []
    for one, together in by_source.values():
        sound, faults = distinct(together, today, accepted=True)
        for fault in faults:
            rejections += [Rejection(name, row.place, fault.field, fault.value, fault.why) for row in fault.rows]
        if sound:
            figures.append((one, tuple(sound)))
    return Contents(
        name=name,
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
    for dataset, rows in file.figures.items():
        whose = source or (source_of_dataset(dataset) if dataset else source_of(publisher_of(found)))
        if whose is None:
            reason = f"no source is known for this dataset, so {len(rows)} of its figures are left out; name the source"
            rejections.append(Rejection(name, rows[0].place, "dataset", dataset, reason))
        else:
            yield whose, rows


def _digest(said: Iterable[tuple[Source, Compared]]) -> str:
    mark = sha256()
    for source, one in said:
        mark.update(repr((source.key, one.unchanged, one.kept)).encode())
        for row in one.new:
            mark.update(repr((row.key, row.values)).encode())
        for row, known in one.changed:
            mark.update(repr((row.key, row.values, known.values)).encode())
    return mark.hexdigest()


def _saved(by: AbstractBaseUser, source: Source) -> Source:
    if source.pk is None:
        editing.save(by=by, record=source)
    return source


def _kept_name(name: str) -> str:
    """Under which a file is kept: the end of its own name, without what file systems mind."""
    try:
        return get_valid_filename(Path(name).name)[-_LONGEST_NAME:]
    except SuspiciousFileOperation:  # nothing is left of it
        return "file"


def _keep(kept: str, data: bytes) -> None:
    """Stores the file under this name; one that a killed import left there, whole or in part, is made good."""
    if default_storage.exists(kept):
        with default_storage.open(kept) as stored:
            if sha256(stored.read()).digest() == sha256(data).digest():
                return
        default_storage.delete(kept)
    default_storage.save(kept, ContentFile(data))
