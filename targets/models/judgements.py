from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from targets.models.fields import WordField
from targets.models.journal import AuditEvent
from targets.models.targets import Target
from targets.progress import Reason, Status
from targets.records import ChangeCause


class Judgement(models.Model):
    """The current assessment of a target, stored: one row for each reading and one for the verdict over them.

    The columns are the fields of ``progress.Reading``; the verdict's row carries the numbers of its lead reading, so
    that a list is one indexed query. Written only by the action that refreshes it. Shares and rates are fractions,
    amounts in the target's currency.
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="judgements")
    is_verdict = models.BooleanField()
    by = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("Code of the reporter or name of the compiler; the lead reading of a verdict."),
    )
    reporter = models.BooleanField(default=False, help_text=_("Whether a side of the pair speaks."))
    status = WordField(Status)
    reason = WordField(Reason, blank=True)
    flags = models.JSONField(default=list)
    voters = models.JSONField(default=list)
    abstained = models.JSONField(default=list)
    fiscal = models.CharField(max_length=3, blank=True)
    measures = models.JSONField(default=list)
    converted = models.BooleanField(default=False)
    target_amount = models.FloatField(null=True)
    base_year = models.PositiveSmallIntegerField(null=True)
    base_amount = models.FloatField(null=True)
    base_stated = models.BooleanField(default=False)
    latest_year = models.PositiveSmallIntegerField(null=True)
    latest_amount = models.FloatField(null=True)
    latest_approximate = models.BooleanField(default=False)
    decided_year = models.PositiveSmallIntegerField(null=True)
    decided_amount = models.FloatField(null=True)
    decided_approximate = models.BooleanField(default=False)
    reached_in = models.PositiveSmallIntegerField(null=True)
    observed_cagr = models.FloatField(null=True)
    required_cagr = models.FloatField(null=True)
    growth_ratio = models.FloatField(null=True)
    catch_up_growth = models.FloatField(null=True)
    catch_up_step = models.FloatField(null=True)
    recent_cagr = models.FloatField(null=True)
    recent_since = models.PositiveSmallIntegerField(null=True)
    share_of_way = models.FloatField(null=True)
    years = models.PositiveSmallIntegerField(default=0)
    chance = models.FloatField(null=True)
    amount_usd = models.FloatField(
        null=True, help_text=_("The target's amount in US dollars, for sorting only; verdict rows.")
    )
    replaced = models.BooleanField(
        default=False, help_text=_("A later version took its place; left out of default lists.")
    )
    rail = models.JSONField(default=dict)
    sparkline = models.TextField(blank=True)
    assessed_on = models.DateField()

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["target", "-is_verdict", "by"]
        constraints = [
            models.UniqueConstraint(fields=["target"], condition=Q(is_verdict=True), name="judgement_one_verdict"),
            models.UniqueConstraint(
                fields=["target", "by"], condition=Q(is_verdict=False), name="judgement_one_a_reading"
            ),
        ]
        indexes = [
            models.Index(fields=["status"], condition=Q(is_verdict=True), name="verdict_status"),
            models.Index(fields=["share_of_way"], condition=Q(is_verdict=True), name="verdict_share"),
            models.Index(fields=["catch_up_growth"], condition=Q(is_verdict=True), name="verdict_needed"),
            models.Index(fields=["amount_usd"], condition=Q(is_verdict=True), name="verdict_amount"),
            models.Index(fields=["chance"], condition=Q(is_verdict=True), name="verdict_chance"),
        ]

    def __str__(self) -> str:
        # Not inside the f-string: the extraction of messages does not look there.
        by = self.by or _("verdict")
        return f"{self.target} / {by}: {self.status}"


class VerdictChange(models.Model):
    """A verdict that became another, when and why."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="verdict_changes")
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    from_status = WordField(Status, blank=True)
    to_status = WordField(Status)
    cause = WordField(ChangeCause)
    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("change of verdict")
        verbose_name_plural = _("changes of verdict")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.target}: {self.from_status or '–'} → {self.to_status}"
