"""Records as people edit them: sources, economies, pairs, targets, statements, documents and their measures.

Every save keeps who, when and why in the record's history and in the journal, and refreshes what depends on the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from targets.actions import journal, judgements
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.actions.search import refresh_search_text
from targets.actions.slugs import check_slug, free_slug, target_slug
from targets.importers import LARGEST_PDF, PdfFault, UnreadablePdf, read_pdf
from targets.models import (
    AuditEvent,
    CountryPair,
    Economy,
    RoadmapDocument,
    RoadmapMeasure,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.models.targets import Reviewed
from targets.queries import values_of, version_of, versions_of
from targets.records import ChangeCause, ReviewState

Related = Mapping[str, Sequence[Model]]
"""What a record's many-to-many fields shall hold, by field name."""


class Overtaken(ActionRefused):
    """Somebody else saved the record since it was read; nothing of theirs was written over."""


OPEN_TO_ANALYSTS = (ReviewState.DRAFT, ReviewState.RETURNED)

LASTING = frozenset({"slug", "key", "pair", "target", "document"})
"""Fields that are chosen once, when a record is made."""


def may_edit(person: AbstractBaseUser, record: Model) -> bool:
    """Whether this person may change the record as it stands: what is submitted or published is for editors."""
    if isinstance(record, RoadmapMeasure):
        return may_edit(person, record.document)
    if isinstance(record, Reviewed):
        return record.state in OPEN_TO_ANALYSTS or may(person, "targets.publish_target")
    return True


def check(*, by: AbstractBaseUser, record: Model, reason: str = "", related: Related | None = None) -> None:
    """Nothing, or ActionRefused with the reason and the field: what :func:`save` looks at before it writes.

    Fills in what a new record leaves to us: slug, key, the order of a pair.
    """
    adding = record._state.adding
    kind = record._meta.model_name
    if not may(by, f"targets.{'add' if adding else 'change'}_{kind}"):
        raise ActionRefused(_("You may not do this."))
    stored = record if adding else type(record)._default_manager.get(pk=record.pk)
    if not may_edit(by, stored):
        raise ActionRefused(_("This record is submitted or published: only an editor may change it."))
    # A new record is a draft, but for a measure of a document that is published already.
    if seen_by_readers(stored) and not reason.strip():
        if isinstance(record, RoadmapMeasure) if adding else _changes(stored, record, related or {}):
            raise ActionRefused(unexplained(), field="change_reason")
    _fill_in(record)
    if isinstance(record, Target):
        if adding:
            check_slug(record)
        _check_target(record)
    if isinstance(record, RoadmapDocument):
        strangers = [one.slug for one in (related or {}).get("targets", ()) if one.pair_id != record.pair_id]
        if strangers:
            raise ActionRefused(
                _("Targets of another pair: %(slugs)s.") % {"slugs": ", ".join(strangers)}, field="targets"
            )
        _take_file(record)
    try:
        record.full_clean()
    except ValidationError as invalid:
        field, messages = next(iter(invalid.message_dict.items()))
        raise ActionRefused(" ".join(messages), field=field) from invalid


@transaction.atomic
def save(
    *,
    by: AbstractBaseUser,
    record: Model,
    reason: str = "",
    related: Related | None = None,
    today: date | None = None,
    version: str | None = None,
    verb: str = "",
) -> bool:
    """Whether anything changed: the record is stored, with its history, a line in the journal and what follows from it.

    ``related`` sets many-to-many fields. ``version`` is the mark (``queries.version_of``) that the record had when its
    author read it: Overtaken is raised if it has another by now. Without one the last writer wins, which is right only
    for a record read in the same transaction. ``verb`` is what the journal calls it. Raises ActionRefused where
    :func:`check` does.
    """
    related = related or {}
    adding = record._state.adding
    changes = []
    if not adding:
        # Whoever saves the same record at the same time waits here, and then sees what was saved before.
        stored = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if version is not None and version_of(stored) != version:
            raise Overtaken(_("Somebody else has saved this record since you opened it."))
    check(by=by, record=record, reason=reason, related=related)
    if not adding:
        changes = _changes(stored, record, related)
        if not changes:
            return False
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason.strip()[:100] or None  # type: ignore[attr-defined]
    if adding:
        _add(record)
        for name, rows in related.items():
            getattr(record, name).set(rows)
    else:
        # Related rows first: the line that the history then writes holds them too.
        _relate(record, related)
        record.save()
    event = journal.record(
        by=by,
        verb=verb or ("add" if adding else "change"),
        record=record,
        reason=reason.strip(),
        counts={"fields": changes} if changes else {},
    )
    refresh(record, by=by, event=event, today=today)
    return True


def _add(record: Model) -> None:
    """Nothing: the new record is stored; Overtaken where somebody else stored one like it since it was checked."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as taken:
        raise Overtaken(_("Somebody else has just stored the same. Look at what is there, then save again.")) from taken


def _relate(record: Model, related: Related) -> None:
    """Nothing: the many-to-many fields hold these rows, without a line in the history for each step of it."""
    record.skip_history_when_saving = True  # type: ignore[attr-defined]
    for name, rows in related.items():
        getattr(record, name).set(rows)
    del record.skip_history_when_saving  # type: ignore[attr-defined]


@transaction.atomic
def revert(
    *,
    by: AbstractBaseUser,
    record: Model,
    number: int,
    reason: str = "",
    version: str | None = None,
    today: date | None = None,
) -> bool:
    """Whether anything changed: the record says again what it said in its version of that number (a history id).

    Many-to-many fields go back with the rest. Stays as it is: where it stands in review, its address or key, and what
    it belongs to. The versions between are kept. Raises ActionRefused where :func:`save` does, and for a number that
    is no version of this record.
    """
    past = versions_of(record).filter(history_id=number).first()
    if past is None:
        raise ActionRefused(_("This record has no version of that number."))
    values = values_of(past)
    related: dict[str, Sequence[Model]] = {}
    for name, value in values.items():
        field = record._meta.get_field(name)
        if name in LASTING:
            continue
        if field.many_to_many:
            related[name] = list(field.related_model._default_manager.filter(pk__in=value))
        else:
            setattr(record, field.attname, value)
    return save(by=by, record=record, reason=reason, related=related, version=version, verb="revert", today=today)


@transaction.atomic
def remove(*, by: AbstractBaseUser, record: RoadmapMeasure, reason: str = "") -> None:
    """Nothing: takes one measure out of a document; the history keeps it. No other record is ever deleted."""
    if not may(by, "targets.delete_roadmapmeasure") or not may_edit(by, record):
        raise ActionRefused(_("You may not do this."))
    if seen_by_readers(record) and not reason.strip():
        raise ActionRefused(unexplained(), field="change_reason")
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason.strip()[:100] or None  # type: ignore[attr-defined]
    event = journal.record(by=by, verb="remove", record=record, reason=reason.strip())
    document = record.document
    record.delete()
    refresh(document, by=by, event=event)


# What follows from a change


def refresh(record: Model, *, by: AbstractBaseUser, event: AuditEvent, today: date | None = None) -> None:
    """Nothing: what search finds and how targets are judged is put right after a change of the record."""
    if isinstance(record, Economy):
        named = Target.objects.filter(Q(pair__first=record) | Q(pair__second=record))
        refresh_search_text(named.values_list("pk", flat=True))
    elif isinstance(record, Target):
        refresh_search_text([record.pk])
        judgements.refresh(by=by, pairs=[record.pair_id], today=today, cause=ChangeCause.TARGET, event=event)
    elif isinstance(record, Statement):
        refresh_search_text([record.target_id])
    elif isinstance(record, RoadmapDocument | RoadmapMeasure):
        document = record.document if isinstance(record, RoadmapMeasure) else record
        # All of the pair's: a target that the document no longer names must not be found by it.
        refresh_search_text(Target.objects.filter(pair=document.pair_id).values_list("pk", flat=True))
    elif isinstance(record, Source):
        # The kind of a source decides which of several figures for one year is used.
        pairs = TurnoverFigure.objects.filter(release__source=record).values_list("pair", flat=True).distinct()
        judgements.refresh(by=by, pairs=set(pairs), today=today, cause=ChangeCause.REVISION, event=event)


# What a record is made of


def seen_by_readers(record: Model) -> bool:
    """Whether the record, or the document that it is a measure of, is published."""
    if isinstance(record, RoadmapMeasure):
        record = record.document
    return isinstance(record, Reviewed) and record.state == ReviewState.PUBLISHED


def unexplained() -> str:
    """What is said to who changes something that readers see, and gives no reason."""
    return _("Readers see this record. Say why it is changed.")


def _changes(stored: Model, record: Model, related: Related) -> list[str]:
    """Names of the fields in which the record differs from what is stored."""
    fields = [field for field in record._meta.concrete_fields if not field.primary_key]
    changed = [field.name for field in fields if getattr(stored, field.attname) != getattr(record, field.attname)]
    for name, rows in related.items():
        if set(getattr(stored, name).values_list("pk", flat=True)) != {row.pk for row in rows}:
            changed.append(name)
    return changed


def _fill_in(record: Model) -> None:
    """Gives a new record what follows from the rest of it."""
    if isinstance(record, CountryPair):
        if record.first_id and record.second_id and record.first_id > record.second_id:
            record.first, record.second = record.second, record.first
        record.slug = f"{record.first_id}-{record.second_id}".lower()
    elif isinstance(record, Source) and not record.key:
        record.key = source_key(record)
    elif isinstance(record, Target) and not record.slug and record.pair_id:
        record.slug = free_slug(target_slug(record))


def source_key(source: Source) -> str:
    """A short lasting name: the site or the publisher, and a mark that tells its pages apart, "tazabek-5a0c9fd1"."""
    host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    name = slugify(host.split(".")[0] or source.publisher)[:60] or "source"
    told = source.url or f"{source.publisher}\n{source.title}\n{source.published_on or ''}"
    return f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _check_target(target: Target) -> None:
    """Nothing, or ActionRefused: a target is followed by one of its own pair, and never in a circle."""
    if target.superseded_by_id is None:
        return
    if target.superseded_by.pair_id != target.pair_id:
        raise ActionRefused(_("The next target must be of the same pair."), field="superseded_by")
    seen = {target.pk}
    after = target.superseded_by
    while after is not None:
        if after.pk in seen:
            raise ActionRefused(_("The targets would follow each other in a circle."), field="superseded_by")
        seen.add(after.pk)
        after = after.superseded_by


def _take_file(document: RoadmapDocument) -> None:
    """Nothing, or ActionRefused for a file that is no document: a new file is parsed, hashed and its pages counted."""
    file = document.file
    if not file:
        document.sha256, document.pages = "", None
    elif not file._committed:
        if file.size > LARGEST_PDF:
            raise ActionRefused(_(PdfFault.TOO_LARGE.label), field="file")
        file.seek(0)
        try:
            pdf = read_pdf(file.read())
        except UnreadablePdf as unreadable:
            raise ActionRefused(_(unreadable.fault.label), field="file") from unreadable
        file.seek(0)
        document.sha256, document.pages = pdf.sha256, pdf.pages
