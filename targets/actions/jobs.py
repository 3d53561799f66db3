"""Processes of their own for what takes longer than a browser should wait, and how far each of them is.

A job's folder has its lock and its progress. The lock belongs to the process: however that ends, also by being killed,
nobody holds it any more, and everybody can see so.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from targets.actions.journal import ActionRefused

_EVERY = 0.3
"""Seconds between two words on how far a job is."""
_PATIENCE = 3.0
"""Seconds after which whoever has the lock is taken to be at work."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: its step ("read", "compare", "judge", "list", "store"), what is done of it, and of how much."""

    name: str
    done: int
    total: int


def folder(key: str, *, make: bool = False) -> Path:
    """The folder of a job, which only the site itself can read."""
    place = Path(settings.MEDIA_ROOT) / "incoming" / key
    if make:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def start(key: str, number: int) -> int | None:
    """The id of a process, started now, that does what comes next for the upload of this number; None where one is at
    it already.
    """
    lock = _lock(key)
    if lock is None:
        return None
    (folder(key) / "progress").unlink(missing_ok=True)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_uploaded", str(number)]
    try:
        # The process inherits the lock: there is no moment in which nobody has it.
        process = subprocess.Popen(
            [*command, "--language", get_language() or settings.LANGUAGE_CODE],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[lock],
            start_new_session=True,
        )
    finally:
        os.close(lock)
    # Somebody must take note of its end, or it stays in the system's list of processes.
    threading.Thread(target=process.wait, daemon=True).start()
    return process.pid


def working(key: str) -> bool:
    """Whether a process is at it."""
    try:
        lock = os.open(folder(key) / "lock", os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


@contextmanager
def held(key: str) -> Iterator[None]:
    """While it lasts, this process is at it. Raises ActionRefused where another one is."""
    lock = _lock(key)
    if lock is None:
        raise ActionRefused(_("The file is being recorded, or is recorded already."))
    try:
        yield
    finally:
        os.close(lock)


class Teller:
    """Tells how far a job is; to be called as a ``Progress``."""

    def __init__(self, key: str) -> None:
        self.place = folder(key)
        self.step, self.told = "", 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step == self.step and now - self.told < _EVERY:
            return
        self.step, self.told = step, now
        draft = self.place / "progress.new"
        draft.write_text(json.dumps([step, done, total]))
        draft.replace(self.place / "progress")


def step_of(key: str) -> Step | None:
    """How far the job is; None before it has said anything."""
    try:
        return Step(*json.loads((folder(key) / "progress").read_text()))
    except FileNotFoundError:
        return None


def sweep(known: Collection[str], before: datetime) -> None:
    """Removes folders of no known key that were made before then: what is left of a process that was killed."""
    for place in folder("").glob("*/"):
        with suppress(FileNotFoundError):  # somebody else may sweep at the same time
            if place.name not in known and place.stat().st_mtime < before.timestamp():
                shutil.rmtree(place, ignore_errors=True)


def _lock(key: str) -> int | None:
    """An open file that holds the job's lock; None where another process has it."""
    lock = os.open(folder(key, make=True) / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Who only looks whether somebody is at it has the lock for a moment, a process that is done for one more.
            time.sleep(0.01)
        else:
            return lock
    os.close(lock)
    return None
