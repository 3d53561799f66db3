"""Answers sent again only if something changed since the reader's copy: the code, the data, the language or the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from hashlib import blake2b
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from targets import queries
from targets.filters import BadParameter, of_the_present
from targets.views.errors import bad_request

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_CODE = ("targets", "templates", "static", "tradewatch")
"""Folders whose files decide what a page looks like."""


def fresh(view: View[P]) -> View[P]:
    """The view, for GET and HEAD only; anyone may keep its answer, but must ask whether it is fresh before each use."""
    conditional = condition(etag_func=_etag)(view)

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = (view if settings.DEBUG else conditional)(request, *args, **kwargs)
        except BadParameter as refusal:
            # A reader's slip: one line in the log, not the trace that a raised error leaves there.
            return bad_request(request, refusal)
        patch_cache_control(response, public=True, no_cache=True)
        # Compression names its header on whole answers only, but a cache must hear the same of a confirmation.
        patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request", "Accept-Encoding"))
        return response

    return answer


def fresh_now(view: View[P]) -> View[P]:
    """The view as :func:`fresh` makes it, of something that has no past: asked for a day, it says so."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        of_the_present(request.GET)
        return view(request, *args, **kwargs)

    return fresh(answer)


def utc_today() -> date:
    """The UTC day it is."""
    return timezone.now().date()


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the part of a page that it replaces, and not for a page it lost from its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]


def _etag(request: HttpRequest, *_args: object, **_kwargs: object) -> str | None:
    if request.headers.get("If-None-Match", "").strip() == "*":
        # "Whatever there is" can only be confirmed of a page that is there, which is known once it has been made.
        return None
    # Page and part have one address: a copy of the one must never be confirmed as the other.
    part = "part" if wants_part(request) else "page"
    # The mark is read before the page: a page may be newer than its mark, never older.
    return f'"{mark()}-{part}"'


def mark() -> str:
    """A text that is another one as soon as code, data, language or day are."""
    return f"{version()}-{get_language()}"


def version() -> str:
    """What every mark begins with: it is another one as soon as code, data or day are."""
    return f"{code_version()}-{queries.data_mark()}-{utc_today()}"


@cache
def code_version() -> str:
    """A mark of the program's files, the same in every process that runs the same program."""
    mark = blake2b(digest_size=6)
    files = (file for folder in _CODE for file in (settings.BASE_DIR / folder).rglob("*") if file.is_file())
    for file in sorted(file for file in files if "__pycache__" not in file.parts):
        mark.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
        mark.update(blake2b(file.read_bytes()).digest())
    return mark.hexdigest()
