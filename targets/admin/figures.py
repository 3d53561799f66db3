"""Releases and their figures: to look at, and for editors to withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.actions import releases
from targets.actions.journal import ActionRefused
from targets.admin import imports
from targets.admin.amounts import written
from targets.admin.records import ReadOnlyAdmin
from targets.admin.reviewed import ask
from targets.models import Release, TurnoverFigure
from targets.progress import Measure
from targets.queries.shapes import figure_record, source_record


class Withdrawn(admin.SimpleListFilter):
    title = _("withdrawn")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, Any], ...]:
        return (("no", _("no, it counts")), ("yes", _("yes")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        field = "withdrawn_at" if queryset.model is Release else "release__withdrawn_at"
        return queryset.filter((f"{field}__isnull", self.value() == "no"))


def _short(amount: Any, currency: str) -> str:
    """The amount as a row of a list has room for it; its own page says it to the last unit."""
    return "–" if amount is None else wording.money(amount, currency, 6)


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    group = _("Figures")
    list_display = ("number", "source", "kind", "vintage", "recorded_at", "recorded_by", "figures_link", "withdrawn_at")
    list_filter = (Withdrawn, "kind", "recorded_at")
    list_select_related: Any = ("source", "recorded_by")
    search_fields = ("source__publisher", "source__title", "source__key", "reason", "recorded_by__username")
    date_hierarchy = "recorded_at"
    actions = ("withdraw_selected",)
    change_form_template = "admin/targets/release.html"
    fieldsets = (
        (None, {"fields": ("source", "kind", "vintage", "reason", "recorded_at", "recorded_by", "figures_link")}),
        (_("File as received"), {"fields": ("received", "sha256")}),
        (_("Withdrawn"), {"fields": ("withdrawn_at", "withdrawn_by", "withdrawn_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        # Counted for the releases on the page only: an import may hold a hundred thousand figures.
        own = TurnoverFigure.objects.filter(release=OuterRef("pk")).order_by().values("release")
        return (
            super()
            .get_queryset(request)
            .annotate(figure_count=Subquery(own.annotate(count=Count("pk")).values("count")))
        )

    def get_urls(self) -> list[Any]:
        site = self.admin_site
        own = [
            path("<int:pk>/withdraw/", site.admin_view(self.withdraw_view), name="targets_release_withdraw"),
            path("<int:pk>/file/", site.admin_view(self.file_view), name="targets_release_file"),
        ]
        return [*imports.addresses(self), *own, *super().get_urls()]

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("targets.withdraw_release")

    @admin.display(description=_("no."), ordering="id")
    def number(self, release: Release) -> int:
        return release.pk

    @admin.display(description=_("figures"))
    def figures_link(self, release: Any) -> SafeString:
        listed = reverse("admin:targets_turnoverfigure_changelist")
        return format_html('<a href="{}?release__id__exact={}">{}</a>', listed, release.pk, release.figure_count or 0)

    @admin.display(description=_("file"))
    def received(self, release: Release) -> str:
        if not release.file:
            return "–"
        name = release.file.name.rpartition("/")[2]
        return format_html('<a href="{}">{}</a>', reverse("admin:targets_release_file", args=[release.pk]), name)

    @admin.action(description=_("Withdraw, with a reason"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Release]) -> HttpResponse | None:
        reason = ask(
            self,
            request,
            queryset.select_related("source"),
            action="withdraw_selected",
            title=gettext("Withdraw releases"),
            label=gettext("Why are they withdrawn?"),
            button=gettext("Withdraw"),
        )
        if isinstance(reason, TemplateResponse):
            return reason
        count = 0
        for release in queryset:
            try:
                count += bool(releases.withdraw_release(by=request.user, release=release, reason=reason))
            except ActionRefused as refusal:
                self.message_user(request, f"{release}: {refusal}", messages.ERROR)
        said = ngettext("%(count)d release withdrawn.", "%(count)d releases withdrawn.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes one release back, with a reason."""
        release = self._found(request, pk)
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        shown = HttpResponseRedirect(reverse("admin:targets_release_change", args=[pk]))
        if release.withdrawn_at is not None:
            self.message_user(request, gettext("It is withdrawn already."), messages.WARNING)
            return shown
        count = release.figure_count or 0  # type: ignore[attr-defined]
        effect = ngettext(
            "Its %(count)s figure is kept and counts no more: what stood before stands again.",
            "Its %(count)s figures are kept and count no more: what stood before stands again.",
            count,
        )
        reason = ask(
            self,
            request,
            self.get_queryset(request).filter(pk=pk).select_related("source"),
            action="withdraw",
            title=gettext("Withdraw release no. %(number)d") % {"number": pk},
            label=gettext("Why is it withdrawn?"),
            button=gettext("Withdraw"),
            effect=effect % {"count": wording.number(count)},
        )
        if isinstance(reason, TemplateResponse):
            return reason
        try:
            releases.withdraw_release(by=request.user, release=release, reason=reason)
        except ActionRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            told = gettext("Release no. %(number)d is withdrawn: what stood before stands again.") % {"number": pk}
            self.message_user(request, told, messages.SUCCESS)
        return shown

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file as received, to be saved: never shown, whatever it is."""
        release = self._found(request, pk)
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            file = release.file.open("rb")
        except (ValueError, FileNotFoundError):
            raise Http404 from None
        name = release.file.name.rpartition("/")[2]
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")

    def _found(self, request: HttpRequest, pk: int) -> Release:
        release = self.get_queryset(request).filter(pk=pk).first()
        if release is None:
            raise Http404
        return release


@admin.register(TurnoverFigure)
class TurnoverFigureAdmin(ReadOnlyAdmin):
    group = _("Figures")
    list_display = (
        "pair_slug",
        "speaks",
        "period",
        "short_exports",
        "short_imports",
        "short_total",
        "standing",
        "source",
    )
    list_filter = (Withdrawn, "measure", "standing", "valuation", "approximate", "currency")
    list_select_related: Any = ("pair", "release__source")
    fields: Any = (
        "release",
        "pair",
        ("reporter", "compiler"),
        ("year", "from_month", "through_month", "fiscal"),
        "measure",
        ("exported", "imported", "total", "currency"),
        ("valuation", "standing", "approximate"),
        "note",
    )
    readonly_fields = ("exported", "imported", "total")
    search_fields = ("pair__slug", "compiler", "release__source__publisher", "release__source__key")
    search_economies = ("pair__first", "pair__second")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in ("release__id__exact", "pair__id__exact") or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("pair"), ordering="pair__slug")
    def pair_slug(self, figure: TurnoverFigure) -> str:
        return figure.pair.slug

    @admin.display(description=_("by"), ordering="reporter")
    def speaks(self, figure: TurnoverFigure) -> str:
        return figure.reporter_id or figure.compiler

    @admin.display(description=_("period"), ordering="year")
    def period(self, figure: TurnoverFigure) -> SafeString:
        # In a row of a list words may break, and what most figures count goes without saying.
        words = wording.period(figure_record(figure, source_record(figure.release.source))).replace("\u00a0", " ")
        measure = "" if figure.measure is Measure.GOODS_TURNOVER else wording.word(figure.measure)
        return (
            format_html('{}<br><span class="quiet">{}</span>', words, measure) if measure else format_html("{}", words)
        )

    @admin.display(description=_("exports"), ordering="exports")
    def exported(self, figure: TurnoverFigure) -> str:
        return written(figure.exports)

    @admin.display(description=_("imports"), ordering="imports")
    def imported(self, figure: TurnoverFigure) -> str:
        return written(figure.imports)

    @admin.display(description=_("total as stated"), ordering="turnover")
    def total(self, figure: TurnoverFigure) -> str:
        return written(figure.turnover)

    @admin.display(description=_("exports"), ordering="exports")
    def short_exports(self, figure: TurnoverFigure) -> str:
        return _short(figure.exports, figure.currency)

    @admin.display(description=_("imports"), ordering="imports")
    def short_imports(self, figure: TurnoverFigure) -> str:
        return _short(figure.imports, figure.currency)

    @admin.display(description=_("total as stated"), ordering="turnover")
    def short_total(self, figure: TurnoverFigure) -> str:
        return _short(figure.turnover, figure.currency)

    @admin.display(description=_("source"), ordering="release__source__publisher")
    def source(self, figure: TurnoverFigure) -> str:
        return str(figure.release.source)
