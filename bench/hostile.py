"""How fast, and in how little memory, ``import_figures`` and the reader of uploaded PDFs refuse hostile files.

    python -m bench.hostile [--database sqlite|postgresql] [PART OF A NAME …]

Each file is given to a process of its own; what the start of Python and Django takes is measured apart, by a file that
is not there. Ends with status 1 where a file was not refused, in a second of the processor beyond the start and 150 MB
with it, or the database was touched.
"""

from __future__ import annotations

import argparse
import atexit
import io
import json
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from bench.kills import seen
from bench.site import DATABASES, Site, peak, prepared

SECONDS, MEGABYTES = 1.0, 150.0
FORMATS_OF = {
    "table": ("auto", "flows"),
    "workbook": ("auto", "template"),
    "JSON": ("auto", "comtrade"),
    "XML": ("auto", "wits-xml"),
    "PDF": ("pdf",),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took once Django stood: seconds of the processor and of the clock; its largest memory in MB then
    and at the end; its exit status and the last it said.
    """

    cpu: float
    wall: float
    start: float
    peak: float
    status: int
    said: str


def cost(site: Site, format_name: str, file: Path) -> Cost:
    """What refusing the file costs, as the process itself tells at its end."""
    done = site.run("-m", "bench.hostile", "--format", format_name, file, check=False)
    *said, told = done.stderr.strip().splitlines()
    return Cost(**json.loads(told), status=done.returncode, said=said[-1] if said else "")


def act(format_name: str, file: str) -> None:
    """The command in this process, or the reader of PDFs, as it ends; tells at the end what it cost."""

    django.setup()
    cpu, wall, start = time.process_time(), time.perf_counter(), peak()

    def tell() -> None:
        spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "start": start, "peak": peak()}
        print(json.dumps(spent), file=sys.stderr)

    atexit.register(tell)
    if format_name != "pdf":
        execute_from_command_line(["manage.py", "import_figures", "--format", format_name, file])
        return
    from targets.importers import UnreadablePdf, read_pdf

    try:
        read_pdf(Path(file).read_bytes())
    except UnreadablePdf as error:
        print(f"{error}", file=sys.stderr)
        sys.exit(2)


def files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Kind, name and maker of each: what the tests of the readers refuse, and a few more."""
    from tests.importers.test_opening import BROKEN
    from tests.importers.test_workbooks import BOMBS

    for name, (data, _reason) in BROKEN.items():
        yield "table", name, lambda data=data: data
    for name, (make, _reason) in BOMBS.items():
        yield "workbook", name, make
    one = b'{"typeCode":"C","flowCode":"X","cmdCode":"TOTAL","primaryValue":1,"partnerCode":156,"reporterCode":398}'
    yield "JSON", "ten million objects", lambda: b'{"data":[' + one + b",{}" * 10_000_000 + b"]}"
    yield "JSON", "three million brackets", lambda: b'{"data":[' + one + b",[" * 3_000_000
    yield "XML", "eight million elements", lambda: b'<GenericData a="TradeStats">' + b"<a/>" * 8_000_000
    yield "XML", "entities of entities", _laughs
    yield "PDF", "random bytes", lambda: b"%PDF-1.7\n" + os.urandom(20_000_000)
    yield "PDF", "an endless number of brackets", lambda: b"%PDF-1.7\n" + b"[" * 20_000_000
    yield "PDF", "a table of places that unfolds to 1 GB", lambda: _xref(1024)
    yield "PDF", "cut in half", lambda: _pages(2_000)[: len(_pages(2_000)) // 2]
    yield "PDF", "20,000 pages", lambda: _pages(20_000)


def _laughs() -> bytes:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 10))
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + entities + b"]><GenericData>&a9;</GenericData>"


def _xref(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1024**2)) for _one in range(megabytes)) + packer.flush()
    head = b"%PDF-1.7\n"
    words = b"/Type /XRef /Size 300000000 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(packed)
    body = b"2 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (words, packed)
    return head + body + b"startxref\n%d\n%%%%EOF" % len(head)


def _pages(number: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _page in range(number):
        writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--format", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="PART OF A NAME")
    options = parser.parse_args()
    if options.format:
        act(options.format, *options.names)
        return
    bad = 0
    with prepared(options.database) as site, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        before = seen(site)
        print(f"{'kind':9} {'file':38} {'format':9} {'MB':>6} {'cpu s':>6} {'wall s':>7} {'peak MB':>9}  said")
        for kind, name, make in files():
            if options.names and not any(part in f"{kind} {name}" for part in options.names):
                continue
            path = Path(folder) / "hostile"
            path.write_bytes(make())
            for one in FORMATS_OF[kind]:
                spent = cost(site, one, path)
                well = spent.status == 2 and spent.cpu < SECONDS and spent.peak < MEGABYTES
                bad += not well
                size = path.stat().st_size / 1e6
                told = f"{kind:9} {name[:38]:38} {one:9} {size:6.1f} {spent.cpu:6.2f} {spent.wall:7.2f}"
                verdict = "" if well else f"NOT WELL ({spent.status}) "
                print(f"{told} {spent.peak:4.0f} ({spent.start:.0f})  {verdict}{spent.said[:150]}", flush=True)
        touched = seen(site) != before
    print("the database was touched" if touched else "the database is as it was")
    sys.exit(bool(bad or touched))


if __name__ == "__main__":
    main()
