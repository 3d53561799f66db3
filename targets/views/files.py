"""Tables of figures, citations and the files of documents. Charts as files stand in ``charts``."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from targets import filters, queries
from targets.exports import tables, workbook
from targets.exports.listing import targets_csv
from targets.exports.svg import THEMES
from targets.views.freshness import fresh, fresh_now, utc_today
from targets.views.pages import address_of, moved_target
from targets.wording import bibtex, citation, language, target_title, verdict_sentence

TYPES = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
}


@fresh
def target_figures(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The figures behind a target as a table; how many were left out for their sources' terms stands in a header."""
    if ext not in ("csv", "xlsx", "json"):
        raise Http404(_("There is no table in this format."))
    today = utc_today()
    page = queries.target_page(slug, today=today, as_of=filters.past_day(request.GET, today), whole=False)
    if page is None:
        return moved_target(request, slug)
    about = tables.About(
        slug=slug,
        title=target_title(page.target),
        verdict=verdict_sentence(page.target, page.assessment),
        address=address_of(request, page),
        day=page.as_of or today,
        data_version=page.data_version,
    )
    match ext:
        case "csv":
            table = tables.figures_csv(page.figures)
        case "xlsx":
            table = workbook.figures_xlsx(page.figures, about)
        case _:
            table = tables.figures_json(page.figures, about)
    return as_table(table, f"{slug}-figures", ext)


@fresh_now
def target_list(request: HttpRequest) -> HttpResponse:
    """The targets that pass the filters of the address as CSV: the whole list, in its order, with the same header."""
    form = filters.TargetFilterForm(request.GET, queries.economies(language(), request.GET.get("economy", "")))
    asked, _page = form.asked()
    filters.whole(request.GET)
    root = request.build_absolute_uri("/").rstrip("/")
    table = targets_csv(queries.sourced_targets(asked), lambda slug: root + reverse("target", args=[slug]))
    return as_table(table, "targets", "csv")


@fresh
def citation_file(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """How a target is cited: a line of text in the style of the APA, or an entry for BibTeX."""
    if ext not in ("txt", "bib"):
        raise Http404(_("There is no citation in this format."))
    today = utc_today()
    page = queries.target_page(slug, today=today, as_of=filters.past_day(request.GET, today), whole=False)
    if page is None:
        return moved_target(request, slug)
    told = bibtex if ext == "bib" else citation
    return as_file(f"{told(page, address_of(request, page), today).rstrip()}\n".encode(), ext, f"{slug}-cite")


@fresh
def pair_gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """Both sides of a pair and the gap by year as CSV, with the same header."""
    today = utc_today()
    page = queries.pair_page(slug, today=today, as_of=filters.past_day(request.GET, today))
    if page is None:
        raise Http404(_("No pair of economies has this address."))
    return as_table(tables.mirror_csv(page.mirror, page.figures), f"{slug}-mirror", "csv")


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
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


def as_table(table: tables.Table, name: str, ext: str) -> HttpResponse:
    """The table; how many figures were left out for their sources' terms stands in a header."""
    answer = as_file(table.content, ext, name)
    answer["Tradewatch-Figures-Withheld"] = str(table.withheld)
    return answer


def as_file(content: bytes, ext: str, name: str, *, size: str = "", theme: str = THEMES[0]) -> HttpResponse:
    """The file under a name that tells where it is from, with size, language and theme where they are not the usual.

    A chart opens in the browser, a table is saved.
    """
    spoken = "" if language() == settings.LANGUAGE_CODE else language()
    name = "-".join(filter(None, (name, size, spoken, "" if theme == THEMES[0] else theme)))
    place = "attachment" if ext in ("csv", "xlsx") else "inline"
    headers = {"Content-Disposition": f'{place}; filename="tradewatch-{name}.{ext}"'}
    return HttpResponse(content, content_type=TYPES[ext], headers=headers)
