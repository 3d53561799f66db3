"""Records as people edit them: sources, economies, pairs, targets, statements, documents and their measures.

Every save keeps who, when and why in the record's history and in the journal, and refreshes what depends on the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, count
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from targets.actions import journal, judgements
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.actions.search import refresh_search_text
from targets.models import (
    AuditEvent,
    CountryPair,
    Economy,
    RoadmapDocument,
    RoadmapMeasure,
    SlugRedirect,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.models.targets import Reviewed
from targets.progress import Measure
from targets.records import ChangeCause, ReviewState

Related = Mapping[str, Sequence[Model]]
"""What a record's many-to-many fields shall hold, by field name."""

OPEN_TO_ANALYSTS = (ReviewState.DRAFT, ReviewState.RETURNED)


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
    if not adding and _seen_by_readers(stored) and not reason.strip() and _changes(stored, record, related or {}):
        raise ActionRefused(_("Readers see this record. Say why it is changed."), field="change_reason")
    _fill_in(record)
    if isinstance(record, Target):
        _check_target(record)
    if isinstance(record, RoadmapDocument):
        strangers = [one.slug for one in (related or {}).get("targets", ()) if one.pair_id != record.pair_id]
        if strangers:
            raise ActionRefused(
                _("Targets of another pair: %(slugs)s.") % {"slugs": ", ".join(strangers)}, field="targets"
            )
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
) -> bool:
    """Whether anything changed: the record is stored, with its history, a line in the journal and what follows from it.

    ``related`` sets many-to-many fields. Raises ActionRefused where :func:`check` does.
    """
    related = related or {}
    check(by=by, record=record, reason=reason, related=related)
    adding = record._state.adding
    changes = [] if adding else _changes(type(record)._default_manager.get(pk=record.pk), record, related)
    if not adding and not changes:
        return False
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason.strip() or None  # type: ignore[attr-defined]
    record.save()
    for name, rows in related.items():
        getattr(record, name).set(rows)
    event = journal.record(
        by=by,
        verb="add" if adding else "change",
        record=record,
        reason=reason.strip(),
        counts={"fields": changes} if changes else {},
    )
    refresh(record, by=by, event=event, today=today)
    return True


@transaction.atomic
def remove(*, by: AbstractBaseUser, record: RoadmapMeasure, reason: str = "") -> None:
    """Nothing: takes one measure out of a document; the history keeps it. No other record is ever deleted."""
    if not may(by, "targets.delete_roadmapmeasure"):
        raise ActionRefused(_("You may not do this."))
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason.strip() or None  # type: ignore[attr-defined]
    journal.record(by=by, verb="remove", record=record, reason=reason.strip())
    record.delete()


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
    elif isinstance(record, RoadmapDocument):
        refresh_search_text(record.targets.values_list("pk", flat=True))
    elif isinstance(record, Source):
        # The kind of a source decides which of several figures for one year is used.
        pairs = TurnoverFigure.objects.filter(release__source=record).values_list("pair", flat=True).distinct()
        judgements.refresh(by=by, pairs=set(pairs), today=today, cause=ChangeCause.REVISION, event=event)


# What a record is made of


def _seen_by_readers(record: Model) -> bool:
    if isinstance(record, RoadmapMeasure):
        record = record.document
    return isinstance(record, Reviewed) and record.state == ReviewState.PUBLISHED


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
        record.slug = _free(target_slug(record))


def source_key(source: Source) -> str:
    """A short lasting name: the site or the publisher, and a mark that tells its pages apart, "tazabek-5a0c9fd1"."""
    host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    name = slugify(host.split(".")[0] or source.publisher)[:60] or "source"
    told = source.url or f"{source.publisher}\n{source.title}\n{source.published_on or ''}"
    return f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


_MULTIPLES = {"2": "double", "3": "triple", "10": "tenfold"}


def target_slug(target: Target) -> str:
    """The address a new target is given: pair, goal, deadline and what is special, "blr-kgz-500m-usd-2030-nonoil"."""
    parts = [target.pair.slug]
    if target.amount is None:
        factor = f"{(target.factor or 0):f}".rstrip("0").rstrip(".")
        parts.append(_MULTIPLES.get(factor, f"times{factor.replace('.', '-')}"))
    else:
        amounts = [_short(amount) for amount in (target.amount, target.amount_high) if amount is not None]
        parts += ["-to-".join(amounts), target.currency.lower()]
    parts.append(str(target.deadline_year or "open"))
    if target.measure == Measure.NON_OIL_TURNOVER:
        parts.append("nonoil")
    elif target.measure == Measure.GOODS_SERVICES_TURNOVER:
        parts.append("services")
    elif target.measure == Measure.EXPORTS_FIRST_TO_SECOND:
        parts.append(f"exports-{target.pair.first_id.lower()}")
    elif target.measure == Measure.EXPORTS_SECOND_TO_FIRST:
        parts.append(f"exports-{target.pair.second_id.lower()}")
    if target.cumulative:
        parts.append("cumulative")
    return "-".join(parts)


def _short(amount: Any) -> str:
    """500m, 10bn, 1500m: the amount in the largest unit that leaves it whole."""
    for unit, name in ((10**9, "bn"), (10**6, "m")):
        if amount % unit == 0:
            return f"{amount // unit:f}{name}"
    return f"{amount:.0f}"


def _free(slug: str) -> str:
    """The slug, with a number behind it where another target has it."""
    taken = set(Target.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken |= set(SlugRedirect.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


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
