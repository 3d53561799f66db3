"""What is taken as a document, and what only looks like one."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
import zlib

import pytest

from targets.importers import LARGEST_PDF, PdfFault, UnreadablePdf, read_pdf
from tests.pdfs import pdf


def test_a_document_has_pages_and_a_hash():
    data = pdf(3)
    read = read_pdf(data)
    assert (read.pages, read.sha256) == (3, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PdfFault.EMPTY),
        (b"%PDF-" + b"0" * LARGEST_PDF, PdfFault.TOO_LARGE),
        (b"<script>alert(1)</script>", PdfFault.NOT_PDF),
        (b"PK\x03\x04", PdfFault.NOT_PDF),
        (b"\n" + pdf(), PdfFault.NOT_PDF),
        (b"%PDF-1.7\n<script>", PdfFault.MALFORMED),
        (b"%PDF-1.7\n<script>alert(1)</script>\nstartxref\n0\n%%EOF", PdfFault.MALFORMED),
        (b"<html>".join([b"%PDF-1.7\n", b"</html>"]), PdfFault.MALFORMED),
        (pdf()[: len(pdf()) // 2], PdfFault.MALFORMED),
        (pdf().replace(b"/Kids [ 4 0 R", b"/Kids [ 2 0 R"), PdfFault.MALFORMED),
        (pdf(password="secret"), PdfFault.ENCRYPTED),
        (pdf(0), PdfFault.NO_PAGES),
    ],
    ids=["empty", "large", "html", "zip", "late header", "script", "script with an end", "html", "half", "circle",
         "encrypted", "no pages"],
)  # fmt: skip
def test_what_is_none_is_refused_with_the_reason(data, fault):
    with pytest.raises(UnreadablePdf) as refused:
        read_pdf(data)
    assert refused.value.fault is fault
    assert str(refused.value) == fault.label


def test_a_document_of_thousands_of_pages_is_too_long(monkeypatch):
    monkeypatch.setattr("targets.importers.pdf.MOST_PAGES", 2)
    assert read_pdf(pdf(2)).pages == 2
    with pytest.raises(UnreadablePdf) as refused:
        read_pdf(pdf(3))
    assert refused.value.fault is PdfFault.TOO_MANY_PAGES


def bomb(megabytes):
    """A document whose table of places unfolds to that much."""
    packed = zlib.compress(bytes(megabytes * 1024**2), 9)
    words = b"/Type /XRef /Size 9000000 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(packed)
    body = b"2 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (words, packed)
    return b"%PDF-1.7\n" + body + b"startxref\n9\n%%EOF"


def test_a_document_that_unfolds_without_end_is_damaged_and_takes_no_memory():
    data = bomb(200)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadablePdf) as refused:
            read_pdf(data)
        assert tracemalloc.get_traced_memory()[1] < 80 * 1024**2
    finally:
        tracemalloc.stop()
    assert refused.value.fault is PdfFault.MALFORMED


def test_five_hundred_damaged_files_are_read_or_refused_and_nothing_else():
    whole, chance = pdf(), random.Random(7)  # noqa: S311
    outcomes = set()
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            outcomes.add(read_pdf(bytes(data)).pages)
        except UnreadablePdf as refused:
            outcomes.add(refused.fault)
    assert PdfFault.MALFORMED in outcomes
