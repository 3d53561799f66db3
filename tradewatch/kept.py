"""Readers' pages kept as bytes in front of Django: the same page is made once for each version of the data.

What may be kept a page says itself: anybody may have it (``public``), after asking whether it is fresh (``no-cache``),
by a mark (``ETag``) that names the version of program, data and day it was made of. A kept page goes out as long as
that is the present version, which costs a look at a clock and, once a second, one short query. Nothing of a reader is
in such a page: it answers to its address, the part that htmx asks for, and whether it may be compressed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, close_old_connections
from django.utils.http import parse_etags

Headers = list[tuple[str, str]]

BYTES = 32 * 1024**2
"""As much as one process keeps, addresses and headers with it; the page asked for longest ago goes first."""

OVERHEAD = 1024
"""What keeping a page takes beside its bytes: the objects that hold them, generously."""

LARGEST = 1024**2
"""Pages of more bytes are made anew each time."""

_MAY_DIFFER = {"accept-encoding", "accept-language", "hx-request", "hx-history-restore-request"}
"""What a kept page may differ by. The language is in the address, and a wish for another one changes no page."""

_OTHER_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
_GZIP = re.compile(r"\bgzip\b")
_WITH_CONFIRMATION = {"cache-control", "content-language", "content-location", "date", "etag", "expires", "vary"}


@dataclass(frozen=True, slots=True)
class _Page:
    headers: Headers
    body: bytes
    etag: str
    weight: int


class Kept:
    """The application with what it answered before it; ``version`` says how the marks of the present day begin."""

    def __init__(self, application: WSGIHandler, version: Callable[[], str]) -> None:
        self.application = application
        self.version = version
        self.pages: OrderedDict[tuple[Any, ...], _Page] = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self._fresh(key)
        if page is None:
            return self._made(key, environ, start_response)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and page.etag.removeprefix("W/") in {etag.removeprefix("W/") for etag in parse_etags(asked)}:
            start_response("304 Not Modified", [one for one in page.headers if one[0].lower() in _WITH_CONFIRMATION])
            return []
        start_response("200 OK", list(page.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    def _fresh(self, key: tuple[Any, ...]) -> _Page | None:
        """The page of this key, None where it is not kept or of a version that is past."""
        if key not in self.pages:
            return None
        try:
            # As Django does before each answer of its own.
            close_old_connections()
            begins = f'"{self.version()}'
        except DatabaseError:
            # It is Django's to say what that means for a reader.
            return None
        with self.lock:
            page = self.pages.get(key)
            if page is None or page.etag.removeprefix("W/").startswith(begins):
                if page is not None:
                    self.pages.move_to_end(key)
                return page
            # All others are as old or will be made again.
            self.pages.clear()
            self.bytes = 0
            return None

    def _made(
        self, key: tuple[Any, ...], environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said: list[Any] = []

        def started(status: str, headers: Headers, *error: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *error)

        answer: Any = self.application(environ, started)
        if environ["REQUEST_METHOD"] == "GET" and not getattr(answer, "streaming", True) and _keepable(*said):
            headers = {name.lower(): value for name, value in said[1]}
            texts = (*(text for pair in said[1] for text in pair), *(text for text in key if isinstance(text, str)))
            weight = OVERHEAD + len(answer.content) + sum(map(len, texts))
            self._keep(key, _Page(said[1], answer.content, headers["etag"], weight))
        return answer  # type: ignore[no-any-return]

    def _keep(self, key: tuple[Any, ...], page: _Page) -> None:
        if len(page.body) > LARGEST:
            return
        with self.lock:
            before = self.pages.pop(key, None)
            self.pages[key] = page
            self.bytes += page.weight - (before.weight if before else 0)
            while self.bytes > BYTES:
                _oldest, gone = self.pages.popitem(last=False)
                self.bytes -= gone.weight


def _key(environ: dict[str, Any]) -> tuple[Any, ...] | None:
    """What the answer depends on; None for a question that only Django can answer."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(environ.get(name) for name in _OTHER_CONDITIONS):
        return None
    if environ.get("HTTP_IF_NONE_MATCH", "").strip() == "*":
        return None
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        environ.get("HTTP_HX_REQUEST"),
        environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST"),
        bool(_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", ""))),
    )


def _keepable(status: str, told: Headers) -> bool:
    """Whether the answer says of itself that anybody may keep it, by a mark, and differs by nothing unexpected."""
    headers = {name.lower(): value for name, value in told}
    control = {word.strip() for word in headers.get("cache-control", "").split(",")}
    differs = {word.strip().lower() for word in headers.get("vary", "").split(",") if word.strip()}
    return (
        status.startswith("200 ")
        and {"public", "no-cache"} <= control
        and "etag" in headers
        and "set-cookie" not in headers
        and differs <= _MAY_DIFFER
    )
