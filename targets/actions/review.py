"""Review: a draft is submitted, and an editor publishes it or returns it with a note.

With four eyes (the setting ``FOUR_EYES``) that is not the person who submitted it or edited it last.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from targets.actions import editing, journal
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.models.targets import Reviewed
from targets.queries import last_edit, version_of
from targets.records import ReviewState


def may_publish(person: AbstractBaseUser) -> bool:
    """Whether this person is an editor."""
    return may(person, "targets.publish_target")


def own_work(person: AbstractBaseUser, record: Reviewed, edit: Any = None) -> str:
    """Why this person may not be the one who publishes the record as it stands; empty where nothing speaks against it.

    ``edit`` is its ``queries.last_edit`` where that is known; otherwise two queries or more.
    """
    if not settings.FOUR_EYES:
        return ""
    if record.submitted_by_id is not None and record.submitted_by_id == person.pk:
        return _("You submitted this yourself: somebody else must publish it.")
    edit = edit or last_edit(record)
    if edit is not None and edit.history_user_id == person.pk:
        return _("You edited this last: somebody else must publish it.")
    return ""


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
def publish(*, by: AbstractBaseUser, record: Reviewed, today: date | None = None, version: str | None = None) -> bool:
    """Whether the record became public now; False where it was already. For editors, and not for their own work.

    ``version`` is the mark (``queries.version_of``) of what the editor saw: another one is not published unseen.
    """
    stored = _locked(record)
    if stored.state == ReviewState.PUBLISHED:
        return False
    if not may_publish(by):
        raise ActionRefused(_("Only an editor may publish."))
    _same_as_seen(stored, version)
    own = own_work(by, stored)
    if own:
        raise ActionRefused(own)
    stored.state = ReviewState.PUBLISHED
    stored.published_at = timezone.now()
    stored.published_by = by  # type: ignore[assignment]
    stored.review_note = ""
    if hasattr(stored, "hold_reason"):
        stored.hold_reason = ""
    _store(stored, record, by=by, verb="publish", today=today)
    return True


@transaction.atomic
def return_(*, by: AbstractBaseUser, record: Reviewed, note: str, version: str | None = None) -> bool:
    """Whether a submitted record went back to its author, with a note on what to do; False where it is back already.

    ``version`` as in :func:`publish`.
    """
    stored = _locked(record)
    if stored.state == ReviewState.RETURNED and stored.review_note == note.strip():
        return False
    if not may_publish(by):
        raise ActionRefused(_("Only an editor may return a record."))
    if stored.state != ReviewState.SUBMITTED:
        raise ActionRefused(_("Only what was submitted can be returned."))
    if not note.strip():
        raise ActionRefused(_("Say what should be done about it."), field="note")
    _same_as_seen(stored, version)
    stored.state = ReviewState.RETURNED
    stored.review_note = note.strip()
    _store(stored, record, by=by, verb="return", reason=note.strip())
    return True


def _same_as_seen(stored: Reviewed, version: str | None) -> None:
    """Nothing, or Overtaken: somebody changed the record after this version of it was shown."""
    if version is not None and version_of(stored) != version:
        raise editing.Overtaken(_("Somebody changed this record while you read it. Look again before you decide."))


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
