"""Targets, the statements that named them and the documents behind them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from targets import queries, wording
from targets.actions import targets as goals
from targets.admin.addresses import merge_view, rename_view, unlink_view
from targets.admin.amounts import written
from targets.admin.conflicts import PartsFormSet
from targets.admin.dates import PartialDates
from targets.admin.drafting import report_view
from targets.admin.queue import queue_view
from targets.admin.records import SHORT_TEXT, RecordForm
from targets.admin.reviewed import ReviewedAdmin
from targets.models import RoadmapDocument, RoadmapMeasure, Statement, Target
from targets.queries.shapes import target_record
from targets.records import PartialDate, ReviewState


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != list(initial or [])


SAID = {name: f"{name}_said" for name in ("amount", "amount_high", "factor", "baseline_amount")}
"""Fields of a target that hold amounts, and what says them to who only looks."""


def _said(fields: Any) -> tuple[Any, ...]:
    return tuple(_said(one) if isinstance(one, tuple) else SAID.get(one, one) for one in fields)


class TargetForm(PartialDates, RecordForm):
    partial_dates = ("first_stated_on",)
    sectors = LinesField(label=_("Sectors"), required=False, help_text=_("One a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "amount" in self.fields:
            # Beside it in one line, not below.
            self.fields["amount"].help_text = _("A year; of a range the lower end.")
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of the address; made from pair, amount and deadline when left empty. Never changes by itself."
            )


@admin.register(Target)
class TargetAdmin(ReviewedAdmin):
    group = _("Targets and evidence")
    form = TargetForm
    change_form_template = "admin/targets/target_form.html"
    list_display = ("slug", "pair_name", "goal", "deadline_year", "state", "statements_link")
    list_filter = ("state", "strength", "measure", "deadline_basis", "cumulative")
    list_select_related: Any = ("pair__first", "pair__second")
    search_fields = ("slug", "notes")
    search_folded = ("search_text",)
    search_economies = ("pair__first", "pair__second")
    autocomplete_fields = ("pair", "superseded_by")
    called_by = ("pair__first", "pair__second", "superseded_by")
    fixed = ("slug", "pair")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "pair",
                    ("amount", "currency", "amount_high"),
                    ("measure", "measure_basis"),
                    ("deadline_year", "deadline_basis"),
                    "deadline_note",
                    "deadline_note_ru",
                    "strength",
                    ("first_stated_on", "first_stated_on_precision", "first_stated_on_inferred"),
                )
            },
        ),
        (
            _("A multiple or a sum over years"),
            {"fields": (("factor", "baseline_year", "baseline_amount"), "cumulative"), "classes": ("collapse",)},
        ),
        (_("What came after"), {"fields": (("superseded_by", "relation"),), "classes": ("collapse",)}),
        (
            _("Notes and address"),
            {"fields": ("sectors", "notes", "notes_ru", "hold_reason", "slug"), "classes": ("collapse",)},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *SAID.values())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Who only looks at the target sees its amounts as people write them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [(title, {**told, "fields": _said(told["fields"])}) for title, told in fieldsets]

    @admin.display(description=_("amount"))
    def amount_said(self, target: Target) -> str:
        return written(target.amount)

    @admin.display(description=_("upper end"))
    def amount_high_said(self, target: Target) -> str:
        return written(target.amount_high)

    @admin.display(description=_("multiple"))
    def factor_said(self, target: Target) -> str:
        return written(target.factor)

    @admin.display(description=_("base amount of the multiple"))
    def baseline_amount_said(self, target: Target) -> str:
        return written(target.baseline_amount)

    def get_urls(self) -> list[Any]:
        own = self.admin_site.admin_view
        return [
            path("review/", own(self.queue_view), name="targets_review"),
            path("report/", own(self.report_view), name="targets_target_report"),
            path("<int:pk>/restate/", own(self.report_view), name="targets_target_restate"),
            path("<int:pk>/rename/", own(self.rename_view), name="targets_target_rename"),
            path("<int:pk>/unlink/", own(self.unlink_view), name="targets_target_unlink"),
            path("<int:pk>/merge/", own(self.merge_view), name="targets_target_merge"),
            *super().get_urls(),
        ]

    def report_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return report_view(self, request, pk)

    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return rename_view(self, request, pk)

    def unlink_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return unlink_view(self, request, pk)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return merge_view(self, request, pk)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        context["may_unlink"] = obj is not None and goals.may_unlink(request.user, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        return queue_view(request, self.admin_site)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        return super().get_queryset(request).select_related(*self.called_by)

    def called(self, target: Target) -> str:
        """What the target is called where it is chosen: "Arlandia – Borovia: $500m by 2030"; a draft is told."""
        state = "" if target.state == ReviewState.PUBLISHED else f" ({gettext(target.state.label)})"
        return f"{wording.target_title(target_record(target))}{state}"

    @admin.display(description=_("pair"), ordering="pair__slug")
    def pair_name(self, target: Target) -> str:
        return str(target.pair)

    @admin.display(description=_("goal"), ordering="amount")
    def goal(self, target: Target) -> str:
        if target.amount is None:
            return f"× {wording.number(target.factor, 3)}" if target.factor else "–"
        low = wording.money(target.amount, target.currency)
        return low if target.amount_high is None else f"{low} – {wording.money(target.amount_high, target.currency)}"

    @admin.display(description=_("statements"))
    def statements_link(self, target: Target) -> SafeString:
        add = reverse("admin:targets_statement_add")
        seen = reverse("admin:targets_statement_changelist")
        return format_html(
            '<a href="{}?target__id__exact={}">{}</a> · <a href="{}?target={}">{}</a>',
            seen,
            target.pk,
            _("see"),
            add,
            target.pk,
            _("add"),
        )

    def view_on_site(self, obj: Target) -> str | None:
        return obj.get_absolute_url() if obj.state == ReviewState.PUBLISHED else None


class StatementForm(PartialDates, RecordForm):
    partial_dates = ("stated_on",)


@admin.register(Statement)
class StatementAdmin(ReviewedAdmin):
    group = _("Targets and evidence")
    form = StatementForm
    list_display = ("target", "said", "speaker", "role", "hedged", "state")
    list_filter = ("state", "hedged", "context_only")
    list_select_related: Any = ("target",)
    search_fields = ("speaker", "speaker_ru", "occasion", "occasion_ru", "summary_en", "summary_ru", "target__slug")
    search_folded = ("target__search_text",)
    autocomplete_fields = ("target", "source", "sides")
    fixed = ("target",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "target",
                    ("stated_on", "stated_on_precision", "stated_on_inferred"),
                    "speaker",
                    "speaker_ru",
                    "role",
                    "role_ru",
                    "sides",
                    "occasion",
                    "occasion_ru",
                    "source",
                )
            },
        ),
        (
            _("What was said"),
            {"fields": ("summary_en", "summary_ru", ("hedged", "context_only"), ("quote", "quote_language"))},
        ),
    )

    def called(self, statement: Statement) -> str:
        """What the statement is called where it is named: "Ilva Marn, 1 May 2020", no finer than the date is known."""
        return f"{statement.speaker or '–'}, {self.said(statement)}"

    @admin.display(description=_("stated on"), ordering="stated_on")
    def said(self, statement: Statement) -> str:
        return wording.partial_date(PartialDate(statement.stated_on, statement.stated_on_precision))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).select_related("target", "source")

    def view_on_site(self, obj: Statement) -> str | None:
        seen = obj.state == ReviewState.PUBLISHED and obj.target.state == ReviewState.PUBLISHED
        return obj.target.get_absolute_url() if seen else None


class MeasureInline(admin.StackedInline):
    model = RoadmapMeasure
    formset = PartsFormSet
    fields = ("text", "text_ru", ("due_on", "state"))
    verbose_name = pgettext_lazy("of a document", "measure")
    verbose_name_plural = _("Measures")
    formfield_overrides = {models.TextField: {"widget": SHORT_TEXT}}
    extra = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stored file as the form shows it: by name, with the address that asks who is reading."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class DocumentFile(AdminFileWidget):
    """The kept file and the way to a new one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "application/pdf,.pdf", **(attrs or {})})

    def format_value(self, value: Any) -> KeptFile | None:
        if not self.is_initial(value):
            return None
        return KeptFile(
            PurePosixPath(value.name).name, reverse("admin:targets_roadmapdocument_file", args=[value.instance.pk])
        )


class DocumentForm(PartialDates, RecordForm):
    partial_dates = ("signed_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _("PDF, up to 20 MB. Readers get it once the document is published.")


@admin.register(RoadmapDocument)
class DocumentAdmin(ReviewedAdmin):
    group = _("Targets and evidence")
    form = DocumentForm
    list_display = ("title", "kind", "pair_name", "signed", "valid_until", "state")
    list_filter = ("state", "kind")
    list_select_related: Any = ("pair__first", "pair__second")
    search_fields = ("title", "title_ru", "signatories")
    search_economies = ("pair__first", "pair__second")
    autocomplete_fields = ("pair", "targets", "source")
    fixed = ("pair",)
    inlines = (MeasureInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "pair",
                    "targets",
                    "kind",
                    "title",
                    "title_ru",
                    ("signed_on", "signed_on_precision", "signed_on_inferred"),
                    ("valid_until", "language"),
                    "signatories",
                    "source",
                    "file",
                )
            },
        ),
    )
    formfield_overrides = {**ReviewedAdmin.formfield_overrides, models.FileField: {"widget": DocumentFile}}

    @admin.display(description=_("pair"), ordering="pair__slug")
    def pair_name(self, document: RoadmapDocument) -> str:
        return str(document.pair)

    @admin.display(description=_("signed on"), ordering="signed_on")
    def signed(self, document: RoadmapDocument) -> str:
        return wording.partial_date(PartialDate(document.signed_on, document.signed_on_precision))

    def view_on_site(self, obj: RoadmapDocument) -> str | None:
        return reverse("pair", args=[obj.pair.slug]) if obj.state == ReviewState.PUBLISHED else None

    def get_urls(self) -> list[Any]:
        kept = path(
            "<int:pk>/document.pdf", self.admin_site.admin_view(self.file_view), name="targets_roadmapdocument_file"
        )
        return [kept, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file of a document in any state of review, for people of the desk."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            file = queries.document_file(pk, unpublished=True)
            opened = file.open("rb") if file is not None else None
        except FileNotFoundError:
            opened = None
        if opened is None:
            raise Http404
        answer = FileResponse(opened, as_attachment=True, filename=f"tradewatch-document-{pk}.pdf")
        answer["Content-Type"] = "application/pdf"
        answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
        return answer
