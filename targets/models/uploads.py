from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from targets.models.fields import WordField
from targets.models.sources import Source
from targets.records import ReleaseKind, UploadState


class Upload(models.Model):
    """A file on its way into releases: received, looked at, confirmed. Forgotten after a week, whatever became of it.

    The file itself and the full lists of what is in it lie in a folder of its own, which nothing serves to readers.
    """

    key = models.CharField(max_length=32, unique=True)
    """Name of the folder."""
    name = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField()
    """Bytes."""
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    format_name = models.CharField(max_length=40)
    """How it is to be read: the name of a format, or "auto"."""
    source = models.ForeignKey(Source, models.CASCADE, related_name="+", null=True, blank=True)
    """Whose figures they are, where the format does not say it."""
    vintage = models.DateField(_("vintage"), null=True, blank=True)
    state = WordField(UploadState, default=UploadState.RECEIVED)
    told = models.TextField(blank=True)
    """Why it cannot be read, or was not recorded, for whoever opens it."""
    report = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    """What it would do, or did; long lists are cut."""
    digest = models.CharField(max_length=64, blank=True)
    """Mark of all that it would write."""
    seen_at = models.CharField(max_length=40, blank=True)
    """Mark of the data beside which it was looked at."""
    kind = WordField(ReleaseKind, default=ReleaseKind.IMPORT)
    reason = models.TextField(_("reason"), blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["-uploaded_at", "-id"]
        # Who may record figures may import them: there is nothing else to permit.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.uploaded_at:%Y-%m-%d %H:%M})"
