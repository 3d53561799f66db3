"""Review: a draft is submitted, and an editor publishes it or returns it with a note."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from targets.actions import editing, journal
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.models.targets import Reviewed
from targets.records import ReviewState


def may_publish(person: AbstractBaseUser) -> bool:
    """Whether this person is an editor."""
    return may(person, "targets.publish_target")


@transaction.atomic
def submit(*, by: AbstractBaseUser, record: Reviewed) -> bool:
    """Whether the record went from draft or returned to submitted; False where it was submitted already."""
    stored = _locked(record)
    if stored.state == ReviewState.SUBMITTED:
        return False
    if not may(by, f"targets.change_{stored._meta.model_name}"):
        raise ActionRefused(_("You may not submit this."))
    if stored.state == ReviewState.PUBLISHED:
        raise ActionRefused(_("It is published already."))
    stored.state = ReviewState.SUBMITTED
    stored.submitted_at = timezone.now()
    stored.submitted_by = by  # type: ignore[assignment]
    _store(stored, record, by=by, verb="submit")
    return True


@transaction.atomic
def publish(*, by: AbstractBaseUser, record: Reviewed, today: date | None = None) -> bool:
    """Whether the record became public now; False where it was already. For editors."""
    stored = _locked(record)
    if stored.state == ReviewState.PUBLISHED:
        return False
    if not may_publish(by):
        raise ActionRefused(_("Only an editor may publish."))
    stored.state = ReviewState.PUBLISHED
    stored.published_at = timezone.now()
    stored.published_by = by  # type: ignore[assignment]
    stored.review_note = ""
    if hasattr(stored, "hold_reason"):
        stored.hold_reason = ""
    _store(stored, record, by=by, verb="publish", today=today)
    return True


@transaction.atomic
def return_(*, by: AbstractBaseUser, record: Reviewed, note: str) -> bool:
    """Whether a submitted record went back to its author, with a note on what to do; False where it is back already."""
    stored = _locked(record)
    if stored.state == ReviewState.RETURNED and stored.review_note == note.strip():
        return False
    if not may_publish(by):
        raise ActionRefused(_("Only an editor may return a record."))
    if stored.state != ReviewState.SUBMITTED:
        raise ActionRefused(_("Only what was submitted can be returned."))
    if not note.strip():
        raise ActionRefused(_("Say what should be done about it."), field="note")
    stored.state = ReviewState.RETURNED
    stored.review_note = note.strip()
    _store(stored, record, by=by, verb="return", reason=note.strip())
    return True


def _locked(record: Reviewed) -> Reviewed:
    """The record as it is stored now, held until the transaction ends."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _store(
    stored: Reviewed, record: Reviewed, *, by: AbstractBaseUser, verb: str, reason: str = "", today: date | None = None
) -> None:
    """Keeps the step in the history and in the journal, and shows it in the caller's own copy of the record."""
    stored._history_user = by  # type: ignore[attr-defined]
    stored._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    stored.save()
    event = journal.record(by=by, verb=verb, record=stored, reason=reason)
    if stored.state == ReviewState.PUBLISHED:
        editing.refresh(stored, by=by, event=event, today=today)
    for field in Reviewed._meta.fields:
        setattr(record, field.attname, getattr(stored, field.attname))
