from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from targets.models.fields import WordField
from targets.records import DatePrecision, SourceGrade, SourceKind


class Source(models.Model):
    """Where a statement, document or figure was read."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Short and lasting; never changes."))
    kind = WordField(SourceKind, verbose_name=_("kind"))
    grade = WordField(
        SourceGrade, verbose_name=_("grade"), help_text=_("Mirrors and reposts are named but never linked.")
    )
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(
        _("title"), max_length=500, blank=True, help_text=_("As printed; empty when it was not seen.")
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archive_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("Language code, for example “ru”.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_on_precision = WordField(DatePrecision, verbose_name=_("precision"), default=DatePrecision.UNKNOWN)
    terms = models.TextField(_("terms"), blank=True, help_text=_("Under which terms its figures may be passed on."))
    shareable = models.BooleanField(
        _("may be passed on"), default=True, help_text=_("Off: left out of downloads, and counted there.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="source_url_once",
                violation_error_message=_("Another source has this address already; use that one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.title else f"{self.publisher} ({self.key})"
