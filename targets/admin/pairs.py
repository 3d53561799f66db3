"""Pairs: found by any name, with their figures and targets, and the page on which figures are entered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from targets.actions import editing
from targets.admin.grid import EntryGrid
from targets.admin.journaled import JournaledAdmin
from targets.admin.records import RecordForm
from targets.models import AuditEvent, CountryPair, Judgement, Target, TurnoverFigure
from targets.queries import current_figures
from targets.records import FigureRecord


@admin.register(CountryPair)
class CountryPairAdmin(JournaledAdmin):
    group = _("Figures")
    form = RecordForm
    change_form_template = "admin/targets/pair.html"
    list_display = ("name", "slug", "targets_count", "enter_link")
    list_display_links = ("name",)
    list_select_related: Any = ("first", "second")
    search_fields = ("slug",)
    search_economies = ("first", "second")
    autocomplete_fields = ("first", "second")
    fieldsets = ((None, {"fields": (("first", "second"),)}),)
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_enter_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("targets.add_release")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CountryPair]:
        targets = Target.objects.filter(pair=OuterRef("pk")).order_by().values("pair")
        counted = super().get_queryset(request).select_related("first", "second")
        return counted.annotate(target_count=Subquery(targets.annotate(count=Count("pk")).values("count")))

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        shown = tuple(super().get_list_display(request))
        return shown if self.has_enter_permission(request) else tuple(one for one in shown if one != "enter_link")

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    @admin.display(description=_("pair"), ordering="slug")
    def name(self, pair: CountryPair) -> str:
        return str(pair)

    @admin.display(description=_("targets"), ordering="target_count")
    def targets_count(self, pair: Any) -> int:
        return pair.target_count or 0

    @admin.display(description=_("figures"))
    def enter_link(self, pair: CountryPair) -> SafeString:
        address = reverse("admin:targets_countrypair_enter", args=[pair.pk])
        return format_html('<a href="{}" class="addlink">{}</a>', address, _("Enter figures"))

    def view_on_site(self, obj: CountryPair) -> str:
        return reverse("pair", args=[obj.slug])

    def journal_of(self, obj: CountryPair) -> QuerySet[AuditEvent]:
        """The lines about the pair and about the releases that brought figures of it."""
        releases = TurnoverFigure.objects.filter(pair=obj).order_by().values_list("release", flat=True).distinct()
        brought = Q(object_kind="release", object_key__in=list(map(str, releases)))
        return AuditEvent.objects.filter(Q(object_kind="countrypair", object_key=obj.slug) | brought)

    def save_model(self, request: HttpRequest, obj: CountryPair, form: Any, change: bool) -> None:
        editing.save(by=request.user, record=obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        pair = self.get_object(request, object_id)
        extra = {"title": str(pair), "subtitle": None, **desk_of(pair)} if pair else {}
        extra["may_enter"] = self.has_enter_permission(request)
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        own = self.admin_site.admin_view
        return [
            path("find/", own(self.find_view), name="targets_countrypair_find"),
            path("<int:pk>/enter/", own(self.enter_view), name="targets_countrypair_enter"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """The table of figures of the one pair that is meant, or the list of those that may be."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("q", "")
        found, _several = self.get_search_results(request, self.get_queryset(request), asked)
        keys = list(found.values_list("pk", flat=True)[:2]) if asked.strip() else []
        if len(keys) == 1 and self.has_enter_permission(request):
            return HttpResponseRedirect(reverse("admin:targets_countrypair_enter", args=keys))
        return HttpResponseRedirect(f"{reverse('admin:targets_countrypair_changelist')}?{urlencode({'q': asked})}")

    def enter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The table in which figures of the pair are entered; ``?figure=<id>`` begins with a known one to be corrected,
        ``?target=<slug>`` shows what becomes of that target.
        """
        pair = self.get_queryset(request).filter(pk=pk).first()
        if pair is None:
            raise Http404
        if not self.has_enter_permission(request):
            raise PermissionDenied
        return EntryGrid(self, request, pair, datetime.now(UTC).date()).response()


def newest_first(figures: tuple[FigureRecord, ...]) -> list[FigureRecord]:
    return sorted(figures, key=lambda figure: (figure.year is None, -(figure.year or 0)))


def desk_of(pair: CountryPair) -> dict[str, Any]:
    """What the desk shows of a pair beneath its names: every target with its verdict, and the current figures."""
    verdicts = dict(Judgement.objects.filter(is_verdict=True, target__pair=pair).values_list("target", "status"))
    targets = [
        (target, verdicts.get(target.pk))
        for target in Target.objects.filter(pair=pair).order_by("first_stated_on", "id")
    ]
    return {"pair": pair, "pair_targets": targets, "figures": newest_first(current_figures([pair.slug]))}
