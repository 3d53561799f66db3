"""Releases of figures: the one way in for whatever is entered, imported or shipped, and the way back out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from targets.actions import journal, judgements
from targets.actions.comparing import VALUES, Compared, Fault, Key, Said, compared, distinct, known_of
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.actions.storing import Progress, store_figures
from targets.models import CountryPair, Economy, Release, Source, TurnoverFigure
from targets.queries.figures import newest, standing
from targets.records import ChangeCause, FigureRow, ReleaseKind

__all__ = ["VALUES", "Batch", "Recorded", "current_values", "record_release", "record_releases"]

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one source on their way into a release; ``vintage`` is the day the source said it, if known."""

    source: Source
    rows: Sequence[FigureRow]
    vintage: date | None = None
    file: File[bytes] | str | None = None
    """What was received, or the name under which the store of uploaded files holds it already."""
    sha256: str = ""
    """Of the file the rows come from, also where the file itself is not kept."""
    partial: bool = False
    """Whether an amount that a row leaves out goes on standing as the source gave it before."""
    checked: bool = False
    """Whether the rows are known to be sound and each figure to be there once, as :func:`distinct` gives them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch: its release, None where nothing was new, and how many figures were what.

    ``kept`` came from the very same file before and were replaced since, by a correction for instance: they stay.
    """

    release: Release | None
    new: int
    changed: int
    unchanged: int
    kept: int = 0


def record_release(
    *,
    by: AbstractBaseUser,
    source: Source,
    rows: Sequence[FigureRow],
    kind: ReleaseKind,
    reason: str = "",
    vintage: date | None = None,
    file: File[bytes] | None = None,
    recorded_at: datetime | None = None,
    today: date | None = None,
) -> Release | None:
    """The release that holds what is new or different in these rows; None where the source's current figures say the
    same already. See :func:`record_releases`.
    """
    batch = Batch(source=source, rows=rows, vintage=vintage, file=file)
    (done,) = record_releases(by=by, batches=[batch], kind=kind, reason=reason, recorded_at=recorded_at, today=today)
    return done.release


@transaction.atomic
def record_releases(
    *,
    by: AbstractBaseUser,
    batches: Sequence[Batch],
    kind: ReleaseKind,
    reason: str = "",
    recorded_at: datetime | None = None,
    today: date | None = None,
    refresh: bool = True,
    progress: Progress | None = None,
    approve: Callable[[Sequence[Compared]], None] | None = None,
) -> list[Recorded]:
    """What became of each batch, in order; each makes at most one release, and none where nothing is new.

    Only rows that are new or differ from the source's current figure of the same pair, reporter, period, measure and
    currency are stored; a release never takes a figure away, and a file that was taken before never undoes what was
    corrected since. Pairs that do not exist yet are made. The judgements of the pairs concerned are refreshed, unless
    ``refresh`` is off because the caller does it. ``recorded_at`` is now. ``approve`` sees what each batch does
    before anything is written, while nobody else can record figures of these sources, and may refuse it. Raises
    ActionRefused, naming the row, for rows that cannot be stored, those of a period that is not over on ``today`` among
    them, and then changes nothing.
    """
    check_may_record(by)
    sources = [batch.source.pk for batch in batches]
    if len(set(sources)) < len(sources):
        raise ActionRefused(_("Figures of one source belong into one release."), field="source")
    # Who records figures of the same source at the same time waits, or both would store the same rows.
    list(Source.objects.select_for_update().filter(pk__in=sources).order_by("pk"))
    day = today or datetime.now(UTC).date()
    for batch in batches:
        check_vintage(batch.vintage, day)
    rows = [batch.rows if batch.checked else _sound(batch.rows, day) for batch in batches]
    if progress:
        progress("compare", 0, sum(map(len, rows)))
    said = compared(
        [Said(batch.source.pk, one, _digest(batch), batch.partial) for batch, one in zip(batches, rows, strict=True)]
    )
    if approve:
        approve(said)
    concerned = {row[:2] for one in said for row in one.fresh}
    pairs = ensure_pairs(sorted(concerned))
    moment = recorded_at or timezone.now()
    done = [_recorded(batch, one, by, kind, reason, moment) for batch, one in zip(batches, said, strict=True)]
    fresh = [(one.release, rows.fresh) for one, rows in zip(done, said, strict=True) if one.release is not None]
    Release.objects.bulk_create([release for release, _rows in fresh], batch_size=_ROWS_AT_ONCE)
    store_figures(fresh, pairs, progress)
    for outcome in done:
        if outcome.release is not None:
            counts = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
            counts |= {"kept": outcome.kept} if outcome.kept else {}
            event = journal.record(by=by, verb="record", record=outcome.release, reason=reason, counts=counts)
    if refresh and fresh:
        if progress:
            progress("judge", 0, len(concerned))
        judgements.refresh(by=by, pairs=[pairs[one] for one in concerned], today=today, event=event)
    return done


def check_may_record(by: AbstractBaseUser) -> None:
    """Nothing, or ActionRefused for somebody who may not enter or import figures."""
    if not may(by, "targets.add_release"):
        raise ActionRefused(_("You may not enter figures."))


def check_vintage(vintage: date | None, today: date) -> None:
    """Nothing, or ActionRefused for a day that is still to come: such a release would outrank all later ones."""
    # East of us the next day has begun.
    if vintage is not None and vintage > today + timedelta(days=1):
        raise ActionRefused(_("Give the day on which the source said it, today at the latest."), field="vintage")


@transaction.atomic
def withdraw_release(*, by: AbstractBaseUser, release: Release | int, reason: str, today: date | None = None) -> bool:
    """Whether the release (or the one of this number) was withdrawn now; False where it was already.

    Its figures stay stored and count no more, so that what stood before stands again. Raises ActionRefused without a
    reason or the right to, and for a number that no release has.
    """
    if not may(by, "targets.withdraw_release"):
        raise ActionRefused(_("You may not withdraw a release."))
    if not reason.strip():
        raise ActionRefused(_("Say why the release is withdrawn."), field="reason")
    number = release if isinstance(release, int) else release.pk
    # Who records the same figures meanwhile would find them known, and lose them with this release: one waits here.
    Source.objects.select_for_update().filter(releases=number).first()
    stored = Release.objects.select_for_update().filter(pk=number).first()
    if stored is None:
        raise ActionRefused(_("There is no release no. %(number)s.") % {"number": number})
    if stored.withdrawn_at is not None:
        return False
    stored.withdrawn_at = timezone.now()
    stored.withdrawn_by = by  # type: ignore[assignment]
    stored.withdrawn_reason = reason.strip()
    stored.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    pairs = set(stored.figures.values_list("pair", flat=True))
    event = journal.record(
        by=by, verb="withdraw", record=stored, reason=reason.strip(), counts={"figures": stored.figures.count()}
    )
    judgements.refresh(by=by, pairs=pairs, today=today, cause=ChangeCause.WITHDRAWAL, event=event)
    return True


def current_values(sources: Collection[int]) -> dict[int, dict[Key, Key]]:
    """What each of the sources (ids) says now: the :data:`VALUES` of a figure by its ``FigureRow.key``. One query."""
    return {
        source: {key: one.values for key, one in known.items()}
        for source, known in known_of(sources).items()
        if source is not None
    }


def current_figures_of(sources: Collection[int]) -> dict[Key, TurnoverFigure]:
    """What each of the sources (ids) says now: its figures by source and ``FigureRow.key``. One query."""
    return by_source_and_key(standing().filter(release__source__in=sources))


def by_source_and_key(figures: QuerySet[TurnoverFigure]) -> dict[Key, TurnoverFigure]:
    """The newest of these figures by the id of their source and ``FigureRow.key``, with pair and release. One query."""
    found = newest(figures).select_related("pair", "release").order_by()
    return {(figure.release.source_id, *key_of(figure)): figure for figure in found}


def key_of(figure: TurnoverFigure) -> Key:
    """The stored figure's key in the form of ``FigureRow.key``; needs its pair."""
    period = (figure.year, figure.from_month, figure.through_month, figure.fiscal)
    who = (figure.pair.first_id, figure.pair.second_id, figure.reporter_id or "", figure.compiler)
    return (*who, *period, figure.measure, figure.currency)


def values_of(figure: TurnoverFigure) -> Key:
    """What the stored figure says, in the form of ``FigureRow.values``."""
    return tuple(getattr(figure, name) for name in VALUES)


def ensure_pairs(wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of the pairs of these codes (first before second), made where missing. Two queries, or four.

    One that somebody else makes at the same time is waited for. Raises ActionRefused for a code that no economy has.
    """
    codes = {code for pair in wanted for code in pair}
    unknown = sorted(codes - set(Economy.objects.filter(pk__in=codes).values_list("pk", flat=True)))
    if unknown:
        raise ActionRefused(_("Unknown economies: %(codes)s.") % {"codes": ", ".join(unknown)}, field="economies")
    known = _pairs_of(codes)
    missing = [pair for pair in dict.fromkeys(wanted) if pair not in known]
    if not missing:
        return known
    CountryPair.objects.bulk_create(
        [CountryPair(first_id=first, second_id=second, slug=f"{first}-{second}".lower()) for first, second in missing],
        batch_size=_ROWS_AT_ONCE,
        ignore_conflicts=True,
    )
    return _pairs_of(codes)


def _pairs_of(codes: Collection[str]) -> dict[tuple[str, str], int]:
    pairs = CountryPair.objects.filter(first__in=codes, second__in=codes).values_list("first_id", "second_id", "pk")
    return {(first, second): pk for first, second, pk in pairs}


def _recorded(
    batch: Batch, said: Compared, by: AbstractBaseUser, kind: ReleaseKind, reason: str, moment: datetime
) -> Recorded:
    """What becomes of a batch, its release not saved yet."""
    release = None
    if said.fresh:
        release = Release(
            source=batch.source,
            vintage=batch.vintage,
            kind=kind,
            file=batch.file or "",
            sha256=_digest(batch),
            reason=reason,
            recorded_at=moment,
            recorded_by=by,
        )
    return Recorded(release, len(said.new), len(said.changed), said.unchanged, said.kept)


def _sound(rows: Sequence[FigureRow], today: date) -> list[FigureRow]:
    """The rows, those of one figure as one. Raises ActionRefused for a row that cannot be stored."""
    sound, faults = distinct(rows, today)
    if faults:
        raise ActionRefused(_told(faults[0]), field=faults[0].field)
    return sound


def _told(fault: Fault) -> str:
    if not fault.field:
        told = {"places": ", ".join(row.place for row in fault.rows)}
        return _("%(places)s: two different figures for the same period") % told
    told = {"place": fault.rows[0].place, "field": fault.field, "value": fault.value, "why": fault.why}
    return _("%(place)s, %(field)s = %(value)s: %(why)s") % told


def _digest(batch: Batch) -> str:
    """SHA-256 of the file the rows come from; empty where there is none."""
    if batch.sha256 or not isinstance(batch.file, File):
        return batch.sha256
    digest = hashlib.sha256()
    for chunk in batch.file.chunks():
        digest.update(chunk)
    batch.file.seek(0)
    return digest.hexdigest()
