"""Files on their way into releases through the desk: received, looked at, confirmed and recorded, or thrown away.

A small file is dealt with at once. A large one is handed to a process of its own (``import_uploaded``), which tells
how far it is in a file beside the uploaded one: that way every worker of the server knows, and with SQLite, too, where
nobody else can write while figures are being recorded.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from targets.actions import jobs, previews
from targets.actions.desk import SYSTEM, system_account
from targets.actions.importing import Imported, Overtaken, Plan, import_figures, plan_import
from targets.actions.journal import ActionRefused
from targets.actions.releases import check_may_record
from targets.actions.storing import Progress
from targets.importers import UnreadableFile
from targets.models import Source, Upload
from targets.queries import data_mark, forget_data_version
from targets.records import ReleaseKind, UploadState

KEPT = timedelta(days=7)
"""After this an uploaded file is forgotten, whether it was recorded or not."""

AT_ONCE = 512 * 1024
"""Bytes that are read, compared and recorded while the browser waits."""

BEFORE_ITS_END = (UploadState.RECEIVED, UploadState.CONFIRMED)
"""States in which something is being done, or was when its process came to its end before its time."""

REPLACING = (ReleaseKind.REVISION, ReleaseKind.CORRECTION)
"""Why figures that stand are replaced: the source changed, or we erred."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: the format's name or "auto", whose figures they are, and when the source said them.

    Without a ``source`` the format says whose they are.
    """

    format_name: str
    source: Source | None = None
    vintage: date | None = None


def receive(*, by: AbstractBaseUser, file: UploadedFile, reading: Reading, today: date | None = None) -> Upload:
    """The upload made of a file, kept as received: with what it would do if it is small, else being looked at.

    Files that were uploaded long ago are forgotten on this occasion. Raises UnreadableFile for a small file that
    cannot be read, and ActionRefused for somebody who may not import; nothing is kept then.
    """
    check_may_record(by)
    upload = Upload(key=secrets.token_hex(8), name=(file.name or "")[-255:], size=file.size or 0, uploaded_by=by)
    _set(upload, reading)
    small = upload.size <= AT_ONCE
    if small:
        data = file.read()
        _look(upload, data, today, None)
        _store(upload, [data])
    else:
        _store(upload, file.chunks())
    forget_old()
    upload.save()
    if not small:
        go_on(upload)
    return upload


def look_again(*, by: AbstractBaseUser, upload: Upload, reading: Reading, today: date | None = None) -> None:
    """Has the file looked at anew, perhaps read otherwise. Raises ActionRefused once it is being recorded."""
    check_may_record(by)
    with transaction.atomic():
        stored = _free(upload)
        _set(stored, reading)
        stored.state, stored.told, stored.report = UploadState.RECEIVED, "", {}
        stored.save()
    go_on(stored, today)


def confirm(
    *,
    by: AbstractBaseUser,
    upload: Upload,
    digest: str,
    kind: ReleaseKind | None = None,
    reason: str = "",
    today: date | None = None,
) -> bool:
    """Whether what the person saw (its digest) is recorded, or for a large file being recorded; False where the file
    says something else by now.

    Where figures that stand are replaced, ``kind`` and ``reason`` say why. Raises ActionRefused, naming the field.
    """
    check_may_record(by)
    if upload.report.get("changed"):
        if kind not in REPLACING:
            raise ActionRefused(_("Choose correction if we erred, revision if the source changed."), field="kind")
        if not reason.strip():
            raise ActionRefused(_("Say what was wrong, or what the source changed."), field="reason")
    elif not upload.report.get("new"):
        raise ActionRefused(_("There is nothing in the file that would be new."))
    else:
        kind = ReleaseKind.IMPORT
    now = {"state": UploadState.CONFIRMED, "kind": kind, "reason": reason.strip(), "confirmed_by": by, "told": ""}
    if not Upload.objects.filter(pk=upload.pk, state=UploadState.READY, digest=digest).update(**now):
        return False
    upload.refresh_from_db()
    go_on(upload, today)
    upload.refresh_from_db()
    return upload.state in (UploadState.CONFIRMED, UploadState.DONE)


def resume(*, by: AbstractBaseUser, upload: Upload) -> None:
    """Goes on with a file whose process came to its end before its time; nothing was recorded of it."""
    check_may_record(by)
    if upload.state in BEFORE_ITS_END:
        go_on(upload)


def discard(*, by: AbstractBaseUser, upload: Upload) -> None:
    """Throws the file away. Raises ActionRefused while it is being recorded."""
    check_may_record(by)
    with transaction.atomic():
        _free(upload).delete()
    shutil.rmtree(jobs.folder(upload.key), ignore_errors=True)


def forget_old(now: datetime | None = None) -> int:
    """How many uploads were forgotten because they were old, with their files; nobody's work under way is."""
    before = (now or datetime.now(UTC)) - KEPT
    old = [one for one in Upload.objects.filter(uploaded_at__lt=before) if not jobs.working(one.key)]
    Upload.objects.filter(pk__in=[one.pk for one in old]).delete()
    for one in old:
        shutil.rmtree(jobs.folder(one.key), ignore_errors=True)
    jobs.sweep(set(Upload.objects.values_list("key", flat=True)), before)
    return len(old)


def go_on(upload: Upload, today: date | None = None) -> None:
    """Has done what comes next for the file: at once where it is small, else by a process of its own."""
    if upload.size <= AT_ONCE:
        with jobs.held(upload.key):
            try:
                # Whoever was at it before may have done it, or thrown it away, since it was read.
                upload.refresh_from_db()
            except Upload.DoesNotExist:
                raise ActionRefused(_gone()) from None
            work(upload, today)
    else:
        jobs.start(upload.key, upload.pk)


def go_on_as_a_job(number: int) -> bool:
    """Whether there is an upload of this number; what comes next for it was done, with word on how far it is."""
    upload = Upload.objects.filter(pk=number).first()
    if upload is None:
        return False
    work(upload, progress=jobs.Teller(upload.key))
    return True


def work(upload: Upload, today: date | None = None, progress: Progress | None = None) -> None:
    """Does what comes next for the file: looks at it, or records what somebody confirmed, whole or not at all.

    Nothing where nothing is to be done by now.
    """
    if upload.state not in BEFORE_ITS_END:
        return
    try:
        data = (jobs.folder(upload.key) / "file").read_bytes()
        step = _look if upload.state == UploadState.RECEIVED else _record
        step(upload, data, today, progress)
    except UnreadableFile as unreadable:
        upload.state, upload.told = UploadState.REFUSED, previews.storable(str(unreadable))
    except FileNotFoundError:
        upload.state, upload.told = UploadState.REFUSED, _gone()
    except ActionRefused as refusal:
        # Without a preview there is nothing to confirm.
        upload.state, upload.told = UploadState.READY if upload.report else UploadState.REFUSED, str(refusal)
    upload.save()


def _look(upload: Upload, data: bytes, today: date | None, progress: Progress | None) -> None:
    """Notes what the file would do."""
    forget_data_version()
    upload.seen_at = data_mark()
    plan = plan_import(
        # Who asks was looked at before; whoever uploaded it may have left the desk since.
        by=system_account(SYSTEM),
        data=data,
        name=upload.name,
        format_name=upload.format_name,
        source=upload.source,
        vintage=upload.vintage,
        today=today,
        progress=progress,
    )
    if progress:
        progress("list", 0, plan.counts.new + plan.counts.changed)
    _note(upload, plan)


def _note(upload: Upload, plan: Plan) -> None:
    upload.report = previews.report(plan)
    upload.digest = plan.digest
    upload.state = UploadState.READY
    upload.sha256 = plan.contents.sha256
    place = jobs.folder(upload.key, make=True)
    previews.write_left_out(plan, place / "left-out.csv")
    previews.write_changes(plan, place / "changes.csv")


def _record(upload: Upload, data: bytes, today: date | None, progress: Progress | None) -> None:
    """Records what was confirmed, unless it would be something else by now: then that is noted and waits anew."""
    forget_data_version()
    if data_mark() != upload.seen_at:
        before = upload.digest, upload.report.get("verdicts")
        _look(upload, data, today, progress)
        if before != (upload.digest, upload.report["verdicts"]):
            upload.told = _overtaken()
            return

    def concluded(imported: Imported) -> None:
        upload.report = {**upload.report, "releases": [release.pk for release in imported.releases]}
        upload.state = UploadState.DONE
        upload.save()

    try:
        import_figures(
            by=upload.confirmed_by,
            data=data,
            name=upload.name,
            format_name=upload.format_name,
            source=upload.source,
            vintage=upload.vintage,
            kind=upload.kind,
            reason=upload.reason,
            today=today,
            progress=progress,
            agreed=upload.digest,
            concluded=concluded,
        )
    except Overtaken:
        _look(upload, data, today, progress)
        upload.told = _overtaken()
    else:
        (jobs.folder(upload.key) / "file").unlink(missing_ok=True)


def _gone() -> str:
    return _("The file is no longer there. Upload it again.")


def _overtaken() -> str:
    return _("Somebody recorded figures meanwhile, and the file would now do something else. Look at it anew.")


def _set(upload: Upload, reading: Reading) -> None:
    upload.format_name, upload.source, upload.vintage = reading.format_name, reading.source, reading.vintage


def _free(upload: Upload) -> Upload:
    """The upload as stored, locked. Raises ActionRefused while it is being recorded, or once it is."""
    stored = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if stored is None:
        raise ActionRefused(_gone())
    # A process that has come to its end may take a moment to go.
    under_way = stored.state in BEFORE_ITS_END and jobs.working(stored.key)
    if stored.state == UploadState.DONE or under_way:
        raise ActionRefused(_("The file is being recorded, or is recorded already."))
    return stored


def _store(upload: Upload, chunks: Iterable[bytes]) -> None:
    mark = sha256()
    with (jobs.folder(upload.key, make=True) / "file").open("wb") as kept:
        for chunk in chunks:
            mark.update(chunk)
            kept.write(chunk)
    upload.sha256 = mark.hexdigest()
