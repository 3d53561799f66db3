from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One line of the journal of actions. The newest id is the version of the data."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    verb = models.CharField(_("did"), max_length=40)
    object_kind = models.CharField(_("to what"), max_length=40)
    object_key = models.CharField(_("which"), max_length=200)
    reason = models.TextField(_("why"), blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind} {self.object_key}"
