"""Economies and exchange rates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from targets.admin.desk import economies_named
from targets.admin.records import ReadOnlyAdmin, RecordAdmin
from targets.models import Economy, ExchangeRate


@admin.register(Economy)
class EconomyAdmin(RecordAdmin):
    group = _("Reference")
    list_display = ("code", "name_en", "name_ru", "kind", "m49")
    list_filter = ("kind",)
    search_fields = ("code",)
    filter_horizontal = ("members",)
    fixed = ("code",)
    fieldsets = (
        (None, {"fields": (("code", "iso2", "m49"), "kind")}),
        (
            _("Names"),
            {
                "fields": (
                    ("name_en", "name_en_text"),
                    "name_ru",
                    ("name_ru_gen", "name_ru_ins", "name_ru_prep"),
                    "other_names",
                )
            },
        ),
        (_("Bloc"), {"fields": ("members_known", "members"), "classes": ("collapse",)}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Economy], search_term: str
    ) -> tuple[QuerySet[Economy], bool]:
        for word in search_term.split():
            queryset = queryset.filter(code__in=economies_named(word))
        return queryset, False

    def view_on_site(self, obj: Economy) -> str:
        return reverse("economy", args=[obj.code])


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReadOnlyAdmin):
    group = _("Reference")
    list_display = ("currency", "year", "usd_per_unit", "observations", "source")
    list_filter = ("currency",)
    list_select_related: Any = ("source",)
    search_fields = ("currency", "year")
