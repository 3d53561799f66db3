"""How fast a chart becomes a file, beside plotly's own images.

    python -m bench.images [--rounds 5] [--targets 24] [--threads 8] [--chrome PATH]

Charts of the shipped catalogue are drawn in both languages. Ours starts from the record of a page and ends with the
file: figure, drawing, imprint and code, PNG or PDF, no cache. The peer is plotly's ``to_image`` of the very same figure
and pixels, as it comes, and with a browser kept open (``kaleido.start_sync_server``). All ways take turns in one
run; only the ratios mean anything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from tempfile import TemporaryDirectory
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BUDGET = {"PNG": 80.0, "PDF": 80.0}
"""Milliseconds that half of the files may take at most."""
PEER, KEPT = "plotly PNG", "plotly PNG, browser kept"
TIMES = 20
"""How many times as long as ours the peer's PNG takes at least."""


def main() -> int:
    """0 where both budgets and the ratio hold and eight threads make the same files as one, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--targets", type=int, default=24)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--chrome", default=next(filter(None, map(shutil.which, BROWSERS)), None))
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="tradewatch-bench-") as folder:
        os.environ["TRADEWATCH_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["TRADEWATCH_LOG_LEVEL"] = "WARNING"
        if asked.chrome:
            os.environ["BROWSER_PATH"] = asked.chrome
        os.environ["DJANGO_SETTINGS_MODULE"] = "tradewatch.settings"
        return measured(asked)


def measured(asked: argparse.Namespace) -> int:
    pages = prepared(asked.targets)
    figures = [(page, language, figure_of(page, language)) for page in pages for language in ("en", "ru")]
    print(f"{len(figures)} charts; typst {version('typst')}, plotly {version('plotly')}, kaleido {version('kaleido')}")
    ways: dict[str, Callable[[Any, str, Any], bytes]] = {
        "PNG": lambda page, language, _: ours(page, language, "png"),
        "PDF": lambda page, language, _: ours(page, language, "pdf"),
        "SVG": lambda page, language, _: ours(page, language, "svg"),
    }
    # Plotly passes an argument that its own kept browser does not take, and says so each time.
    warnings.filterwarnings("ignore", message="The kopts argument is ignored")
    import kaleido
    import plotly.graph_objects as go
    import plotly.io as pio

    ways[PEER] = lambda _page, _language, figure: pio.to_image(go.Figure(figure), "png", 720, 480, 2)
    times: dict[str, list[float]] = {way: [] for way in (*ways, KEPT)}
    busy = dict.fromkeys(times, 0.0)
    for number in range(asked.rounds + 1):
        for way, make in [*ways.items(), (KEPT, ways[PEER])]:
            if way == KEPT:
                kaleido.start_sync_server(path=asked.chrome, silence_warnings=True)
            # The peer is slow: some of the charts, others in every round, say as much.
            for page, language, figure in figures[number :: max(1, len(figures) // 4)] if PEER in way else figures:
                begun, worked = time.perf_counter(), time.process_time()
                make(page, language, figure)
                if number:
                    # The first round warms all of them up.
                    times[way].append(1000 * (time.perf_counter() - begun))
                    busy[way] += 1000 * (time.process_time() - worked)
            if way == KEPT:
                kaleido.stop_sync_server(silence_warnings=True)
    for way, taken in times.items():
        spread = statistics.quantiles(taken, n=20)
        own = "its browser works elsewhere" if PEER in way else f"{busy[way] / len(taken):6.1f} ms of processor"
        print(f"{way:>25}: median {statistics.median(taken):7.1f} ms, 95 % {spread[18]:7.1f} ms, {own}")
    ratio, kept_open = (statistics.median(times[way]) / statistics.median(times["PNG"]) for way in (PEER, KEPT))
    print(f"plotly's PNG takes {ratio:.0f} times as long as ours, {kept_open:.1f} times with a browser kept open")
    same = threads(figures, asked.threads)
    kept = all(statistics.median(times[way]) <= budget for way, budget in BUDGET.items())
    print(f"budget of {BUDGET['PNG']:.0f} ms {'kept' if kept else 'NOT KEPT'}")
    return 0 if kept and ratio >= TIMES and same else 1


def prepared(number: int) -> list[Any]:
    """The pages of so many targets, spread over the shipped catalogue, in a database of this run alone."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from targets import queries
    from targets.actions.catalogue import load
    from targets.models import Target

    call_command("migrate", verbosity=0)
    load(folder=settings.BASE_DIR / "data")
    slugs = list(Target.objects.filter(state="published").order_by("slug").values_list("slug", flat=True))
    chosen = slugs[:: max(1, len(slugs) // number)][:number]
    return [queries.target_page(slug, today=today()) for slug in chosen]


def today() -> Any:
    return datetime.now(UTC).date()


def figure_of(page: Any, language: str) -> Any:
    from django.utils import translation

    from targets import gallery

    with translation.override(language):
        return gallery.trajectory_of(page)


def ours(page: Any, language: str, ext: str) -> bytes:
    """One file of ours, from the record of the page on."""
    from django.utils import translation

    from targets import gallery
    from targets.exports import images, svg
    from targets.exports.svg.imprint import Imprint

    with translation.override(language):
        figure = gallery.trajectory_of(page)
        code = gallery.code_of(page, gallery.kind_of(figure), day=today(), version=1).text
        site = "https://tradewatch.example"
        imprint = Imprint(f"{site}/targets/{page.target.slug}/", f"{site}/verify/{code}/", code, today())
        if ext == "svg":
            return svg.render(figure, imprint=imprint).encode()
        return images.MAKERS[ext](figure, imprint)


def threads(figures: list[Any], number: int) -> bool:
    """Whether so many threads at once make the same files as one; says how long both take."""
    jobs = [(page, language, ext) for page, language, _ in figures for ext in ("png", "pdf")]
    begun = time.perf_counter()
    alone = [ours(*job) for job in jobs]
    one = time.perf_counter() - begun
    with ThreadPoolExecutor(number) as pool:
        begun = time.perf_counter()
        together = list(pool.map(lambda job: ours(*job), jobs))
        many = time.perf_counter() - begun
    same = together == alone
    print(f"{len(jobs)} files by one thread in {one:.1f} s, by {number} in {many:.1f} s: ", end="")
    print("the same" if same else "OTHER FILES")
    return same


if __name__ == "__main__":
    sys.exit(main())
