"""Finds the static files that come inside Python packages which are not Django apps."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage


class PlotlyFinder(BaseFinder):
    """Serves the ``plotly`` wheel's script as ``plotly/plotly.min.js``.

    The package is located, never imported: importing it pulls in a lazy chain that races under threads.
    """

    url = "plotly/plotly.min.js"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        spec = find_spec("plotly")
        folders = list(spec.submodule_search_locations or []) if spec else []
        self.folder = Path(folders[0], "package_data") if folders else None

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | Sequence[str]:  # type: ignore[override]
        found = self.folder / "plotly.min.js" if self.folder and path == self.url else None
        if found is None or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        if self.find(self.url):
            storage = FileSystemStorage(location=self.folder)
            storage.prefix = "plotly"  # type: ignore[attr-defined]
            yield "plotly.min.js", storage

    def check(self, **kwargs: Any) -> builtins.list[CheckMessage]:
        if self.find(self.url):
            return []
        return [
            Error("The package plotly has no plotly.min.js.", hint="Install requirements.txt.", id="tradewatch.E001")
        ]
