"""Tables of figures and the files of documents. Charts as files stand in ``charts``."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.exports import tables
from targets.views.freshness import fresh, utc_today
from targets.views.pages import moved_target

TYPES = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
}


@fresh
def target_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures behind a target as CSV; how many were left out for their sources' terms stands in a header."""
    today = utc_today()
    page = queries.target_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    if page is None:
        return moved_target(request, slug)
    return _table(tables.figures_csv(page.figures), f"{slug}-figures")


@fresh
def pair_gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """Both sides of a pair and the gap by year as CSV, with the same header."""
    today = utc_today()
    page = queries.pair_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    if page is None:
        raise Http404(_("No pair of economies has this address."))
    return _table(tables.mirror_csv(page.mirror, page.figures), f"{slug}-mirror")


@fresh
def document_file(request: HttpRequest, number: int) -> FileResponse:
    """The file of a published document, to be saved: whatever is in it runs nowhere."""
    try:
        file = queries.document_file(number)
        opened = file.open("rb") if file is not None else None
    except FileNotFoundError:
        opened = None
    if opened is None:
        raise Http404(_("No document has this address."))
    answer = FileResponse(opened, as_attachment=True, filename=f"tradewatch-document-{number}.pdf")
    answer["Content-Type"] = "application/pdf"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _table(table: tables.Table, name: str) -> HttpResponse:
    """The table; how many figures were left out for their sources' terms stands in a header."""
    answer = as_file(table.content, "csv", name)
    answer["Tradewatch-Figures-Withheld"] = str(table.withheld)
    return answer


def as_file(content: bytes, ext: str, name: str) -> HttpResponse:
    """The file under a name that tells where it is from. A chart opens in the browser, a table is saved."""
    place = "attachment" if ext == "csv" else "inline"
    headers = {"Content-Disposition": f'{place}; filename="tradewatch-{name}.{ext}"'}
    return HttpResponse(content, content_type=TYPES[ext], headers=headers)
