"""Small PDF files, good and bad, made on the spot."""

from __future__ import annotations

import io

from pypdf import PdfWriter


def pdf(pages: int = 2, password: str = "") -> bytes:
    """A document of empty pages; encrypted where a password is given."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
