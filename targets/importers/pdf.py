"""An uploaded document: whether it is a PDF through and through, how many pages it has, and its hash."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from targets.importers.rows import UnreadableFile
from targets.progress import Word
from targets.progress.vocabulary import gettext_noop

LARGEST_PDF = 20 * 1024**2
"""Bytes; a scanned agreement of a hundred pages stays below."""
MOST_PAGES = 5_000
MOST_UNFOLDED = 16 * 1024**2
"""Bytes that one compressed table of places or objects may unfold to; that of a thousand pages needs one."""

# A damaged file is whatever its bytes make of it: the library then meets numbers where it expects names.
_DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


class PdfFault(Word):
    """Why a file is not taken as a document."""

    EMPTY = "empty", gettext_noop("The file is empty.")
    TOO_LARGE = "too_large", gettext_noop("The file is larger than 20 MB. Make the scan smaller, or give its address.")
    NOT_PDF = "not_pdf", gettext_noop("This is not a PDF file, whatever its name says.")
    ENCRYPTED = "encrypted", gettext_noop("The PDF is encrypted. Save it without a password first.")
    MALFORMED = "malformed", gettext_noop("The PDF is damaged, or something else in the clothes of one.")
    NO_PAGES = "no_pages", gettext_noop("The PDF has no pages.")
    TOO_MANY_PAGES = "too_many_pages", gettext_noop("The PDF has more than 5,000 pages.")


class UnreadablePdf(UnreadableFile):
    """A file that is no document; ``fault`` says why."""

    def __init__(self, fault: PdfFault) -> None:
        super().__init__(fault.label)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Pdf:
    pages: int
    sha256: str


def read_pdf(data: bytes) -> Pdf:
    """Pages and hash of the document. Raises UnreadablePdf for what is no whole, open PDF.

    It is parsed strictly to its last page: a script behind the five letters of the header is no PDF, though many
    programs take it for one.
    """
    if not data:
        raise UnreadablePdf(PdfFault.EMPTY)
    if len(data) > LARGEST_PDF:
        raise UnreadablePdf(PdfFault.TOO_LARGE)
    if not data.startswith(b"%PDF-"):
        raise UnreadablePdf(PdfFault.NOT_PDF)
    if b"startxref" not in data:  # found in no time, and where it is not the library looks at every byte
        raise UnreadablePdf(PdfFault.MALFORMED)
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_UNFOLDED):
            encrypted, pages = _looked_through(data)
    except _DAMAGED as error:
        raise UnreadablePdf(PdfFault.MALFORMED) from error
    if encrypted:
        raise UnreadablePdf(PdfFault.ENCRYPTED)
    if pages == 0:
        raise UnreadablePdf(PdfFault.NO_PAGES)
    if pages > MOST_PAGES:
        raise UnreadablePdf(PdfFault.TOO_MANY_PAGES)
    return Pdf(pages=pages, sha256=hashlib.sha256(data).hexdigest())


def _looked_through(data: bytes) -> tuple[bool, int]:
    """Whether the document is encrypted, and the number of its pages, each looked at; of far too many, none is."""
    reader = PdfReader(io.BytesIO(data), strict=True)
    if reader.is_encrypted:
        return True, 0
    said = reader.root_object["/Pages"]["/Count"]  # type: ignore[index]  # it may be anything, and that is caught
    if said > MOST_PAGES:
        return False, said
    pages = len(reader.pages)
    for number in range(min(pages, MOST_PAGES)):
        reader.pages[number].mediabox  # noqa: B018 (a page that is not there fails here)
    return False, pages
