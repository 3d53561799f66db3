"""Importing a publisher's file at the desk: upload, preview, confirmation, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from targets.actions import jobs, uploads
from targets.actions.journal import ActionRefused
from targets.actions.uploads import Reading
from targets.admin.entry import choices
from targets.admin.preview import Preview, complaint
from targets.exports.template import template_csv, template_xlsx
from targets.importers import AUTO, FORMATS, UnreadableFile
from targets.models import Release, Source, Upload, VerdictChange
from targets.records import ReleaseKind, SourceKind, UploadState

WAITING = 20
"""Uploaded files that the first page shows; more are hardly ever left lying."""

TABLES = {"left-out.csv": _("What was left out"), "changes.csv": _("What would be recorded")}
TEMPLATES = {
    "template.csv": (template_csv, "text/csv; charset=utf-8"),
    "template.xlsx": (template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class ReadingForm(forms.Form):
    """How a file is to be read."""

    format_name = forms.ChoiceField(label=_("Format"))
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("as the format says"),
        help_text=_("Whose figures these are. A table of your own names none: choose it here."),
    )
    vintage = forms.DateField(
        label=_("The source said it on"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("The day of the publication, if known; decides between figures of one rank."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        named = [(name, gettext_lazy(one.title)) for name, one in FORMATS.items()]
        self.fields["format_name"].choices = [(AUTO, _("recognised by its header")), *named]
        # Press reports and officials hand out no tables; sources that did are offered whatever they are.
        tables = Q(kind__in=[SourceKind.NATIONAL_OFFICE, SourceKind.COMPILATION]) | Q(releases__kind=ReleaseKind.IMPORT)
        self.fields["source"].queryset = Source.objects.filter(tables).order_by("publisher", "title", "key").distinct()

    def reading(self) -> Reading:
        given = self.cleaned_data
        return Reading(given["format_name"], given["source"], given["vintage"])


class UploadForm(ReadingForm):
    """A file and how it is to be read."""

    file = forms.FileField(label=_("File"), max_length=255)
    field_order = ("file",)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_IMPORT:
            told = gettext("The file has %(size)s; at most %(limit)s can be uploaded here. Whoever runs the site can "
                           "import a larger one with the command import_figures.")  # fmt: skip
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(settings.LARGEST_IMPORT)}
            raise forms.ValidationError(told % sizes)
        return file


class ConfirmForm(forms.Form):
    """Why figures that stand are replaced, asked only where some are; and which preview was seen."""

    kind = forms.ChoiceField(
        label=_("Why do they change?"), choices=choices(uploads.REPLACING), required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What was wrong, or what did the source change?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the journal beside your name."),
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, changed: int, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        if not changed:
            del self.fields["kind"]
            self.fields["reason"].label = _("A remark, if there is something to say of it")


def addresses(model_admin: admin.ModelAdmin) -> list[Any]:
    """The pages of importing, beneath those of the releases."""

    def desk(view: Any) -> Any:
        def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm("targets.add_release"):
                raise PermissionDenied
            return view(model_admin, request, *args, **kwargs)

        return model_admin.admin_site.admin_view(allowed)

    return [
        path("import/", desk(begin_view), name="targets_import"),
        *(path(f"import/{name}", desk(template_view), {"name": name}, f"targets_import_{name}") for name in TEMPLATES),
        path("import/<int:pk>/", desk(upload_view), name="targets_import_file"),
        *(
            path(f"import/<int:pk>/{name}", desk(table_view), {"name": name}, f"targets_import_{name}")
            for name in TABLES
        ),
    ]


def begin_view(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page on which a file is uploaded, with those that wait."""
    form = (
        UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm(initial=_beginning(request))
    )
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.receive(by=request.user, file=form.cleaned_data["file"], reading=form.reading())
        except UnreadableFile as unreadable:
            form.add_error("file", complaint(str(unreadable)))
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return HttpResponseRedirect(_address(upload))
    # Without their previews, hundreds of lines each, of which the list shows nothing.
    waiting = Upload.objects.exclude(state=UploadState.DONE).select_related("uploaded_by").defer("report")
    context = {
        "title": gettext("Import a file"),
        "form": form,
        "limit": settings.LARGEST_IMPORT,
        "formats": FORMATS.values(),
        "waiting": waiting[:WAITING],
        "kept_days": uploads.KEPT.days,
    }
    return _page(model_admin, request, "begin", context, form)


def _beginning(request: HttpRequest) -> dict[str, Any]:
    return {
        "format_name": AUTO,
        **{name: request.GET[name] for name in ("source", "format_name") if name in request.GET},
    }


def upload_view(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """An uploaded file as far as it is: being looked at or recorded, waiting to be confirmed, recorded, refused."""
    upload = _found(pk)
    if request.method == "POST":
        return _act(model_admin, request, upload)
    return _shown(model_admin, request, upload)


def _act(model_admin: admin.ModelAdmin, request: HttpRequest, upload: Upload) -> HttpResponse:
    try:
        if "_discard" in request.POST:
            uploads.discard(by=request.user, upload=upload)
            told = gettext("%(file)s was thrown away; nothing of it was recorded.") % {"file": upload.name}
            model_admin.message_user(request, told, "SUCCESS")
            return HttpResponseRedirect(reverse("admin:targets_import"))
        if "_again" in request.POST:
            form = ReadingForm(request.POST)
            if not form.is_valid():
                return _shown(model_admin, request, upload, reading=form)
            uploads.look_again(by=request.user, upload=upload, reading=form.reading())
        elif "_resume" in request.POST:
            uploads.resume(by=request.user, upload=upload)
        elif "_confirm" in request.POST:
            return _confirm(model_admin, request, upload)
    except ActionRefused as refusal:
        model_admin.message_user(request, str(refusal), "ERROR")
    return HttpResponseRedirect(_address(upload))


def _confirm(model_admin: admin.ModelAdmin, request: HttpRequest, upload: Upload) -> HttpResponse:
    form = ConfirmForm(request.POST, changed=upload.report.get("changed", 0))
    if not form.is_valid():
        return _shown(model_admin, request, upload, confirming=form)
    given = form.cleaned_data
    kind = ReleaseKind(given["kind"]) if given.get("kind") else None
    try:
        done = uploads.confirm(
            by=request.user, upload=upload, digest=given["digest"], kind=kind, reason=given["reason"]
        )
    except ActionRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown(model_admin, request, _found(upload.pk), confirming=form)
    upload = _found(upload.pk)
    if not done and upload.state == UploadState.READY:
        # What was typed stays; the mark is that of the preview shown now.
        data = {**form.data.dict(), "digest": upload.digest}
        again = ConfirmForm(data, changed=upload.report["changed"])
        again.is_valid()
        return _shown(model_admin, request, upload, confirming=again, overtaken=True)
    return HttpResponseRedirect(_address(upload))


def _shown(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    upload: Upload,
    *,
    reading: ReadingForm | None = None,
    confirming: ConfirmForm | None = None,
    overtaken: bool = False,
) -> HttpResponse:
    working = upload.state in uploads.BEFORE_ITS_END and jobs.working(upload.key)
    if upload.state in uploads.BEFORE_ITS_END and not working:
        upload = _found(upload.pk)  # it may have come to its end since it was read
    under_way = upload.state in uploads.BEFORE_ITS_END
    if request.headers.get("HX-Request") and not under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    reading = reading or ReadingForm(
        initial={"format_name": upload.format_name, "source": upload.source_id, "vintage": upload.vintage}
    )
    context = {
        "title": upload.name,
        "upload": upload,
        "told": complaint(upload.told),
        "wrong": bool((confirming and confirming.errors) or reading.errors),
        "reading": reading,
        "working": working,
        "step": jobs.step_of(upload.key) if working else None,
        "recording": upload.state == UploadState.CONFIRMED,
        "overtaken": overtaken,
    }
    if under_way:
        part = "working_part" if request.headers.get("HX-Request") else "working"
        return _page(model_admin, request, part, context, reading)
    if upload.report:
        context["preview"] = Preview(upload.report)
    if upload.state == UploadState.DONE:
        context |= _outcome(upload)
        return _page(model_admin, request, "done", context, reading)
    if upload.state == UploadState.READY:
        context["confirming"] = confirming or ConfirmForm(
            changed=upload.report["changed"],
            initial={"digest": upload.digest, "kind": ReleaseKind.REVISION.value, "reason": upload.reason},
        )
        return _page(model_admin, request, "preview", context, reading)
    return _page(model_admin, request, "refused", context, reading)


def _outcome(upload: Upload) -> dict[str, Any]:
    """The releases that were made, and the verdicts that became others through them."""
    numbers = upload.report.get("releases", [])
    made = Release.objects.filter(pk__in=numbers).select_related("source").annotate(count=Count("figures"))
    events = {"event__object_kind": "release", "event__object_key__in": [str(number) for number in numbers]}
    changes = VerdictChange.objects.filter(**events).select_related("target__pair__first", "target__pair__second")
    return {"releases": made.order_by("pk"), "verdict_changes": changes.order_by("target__slug")}


def table_view(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A whole list of the preview, as a table to be taken away."""
    upload = _found(pk)
    try:
        table = (jobs.folder(upload.key) / name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        table, as_attachment=True, filename=f"{upload.key[:6]}-{name}", content_type="text/csv; charset=utf-8"
    )


def template_view(model_admin: admin.ModelAdmin, request: HttpRequest, name: str) -> HttpResponse:
    """The empty table for figures of one's own."""
    write, kind = TEMPLATES[name]
    attachment = {"Content-Disposition": f'attachment; filename="tradewatch-{name}"'}
    return HttpResponse(write(), content_type=kind, headers=attachment)


def _found(pk: int) -> Upload:
    upload = Upload.objects.select_related("uploaded_by", "confirmed_by", "source").filter(pk=pk).first()
    if upload is None:
        raise Http404
    return upload


def _address(upload: Upload) -> str:
    return reverse("admin:targets_import_file", args=[upload.pk])


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any], form: forms.Form
) -> HttpResponse:
    common = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media + form.media,
        "may_withdraw": request.user.has_perm("targets.withdraw_release"),
    }
    return TemplateResponse(request, f"admin/targets/import/{name}.html", {**common, **context})
