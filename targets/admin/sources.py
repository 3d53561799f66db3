"""Sources: where a statement, document or figure was read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from targets.admin.dates import PartialDates
from targets.admin.records import RecordAdmin, RecordForm
from targets.models import Source
from targets.records import SourceKind

TABLES = (SourceKind.NATIONAL_OFFICE, SourceKind.COMPILATION)


class SourceForm(PartialDates, RecordForm):
    partial_dates = ("published_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _(
                "Short and lasting; made from the address or the publisher when left empty."
            )


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    group = _("Reference")
    form = SourceForm
    list_display = ("publisher", "title", "kind", "grade", "language", "published_on")
    list_filter = ("kind", "grade", "shareable", "language")
    search_fields = ("publisher", "title", "url", "key")
    fixed = ("key",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        found, several = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "release":
            # Whoever enters figures looks for a table: those who hand out tables stand before the press.
            place = Case(*(When(kind=kind.value, then=Value(number)) for number, kind in enumerate(TABLES)), default=9)
            found = found.order_by(place, *self.get_ordering(request) or Source._meta.ordering, "pk")
        return found, several

    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "grade"),
                    "publisher",
                    "title",
                    "url",
                    "archive_url",
                    ("published_on", "published_on_precision"),
                    "language",
                )
            },
        ),
        (_("Use"), {"fields": ("key", "shareable", "terms"), "classes": ("collapse",)}),
    )
