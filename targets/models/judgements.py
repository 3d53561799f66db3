from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets.models.fields import WordField
from targets.models.journal import AuditEvent
from targets.models.targets import Target
from targets.progress import Reason, Status
from targets.records import ChangeCause


def _words(status: Status | str) -> str:
    """A status in the reader's language; one of a later version as it is stored."""
    return gettext(status.label) if isinstance(status, Status) else status


class Judgement(models.Model):
    """The current assessment of a target, stored: one row for each reading and one for the verdict over them.

    The columns are the fields of ``progress.Reading``; the verdict's row carries the numbers of its lead reading, so
    that a list is one indexed query. Written only by the action that refreshes it. Shares and rates are fractions,
    amounts in the target's currency.
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="judgements", verbose_name=_("target"))
    is_verdict = models.BooleanField(_("over all readings"))
    by = models.CharField(
        _("by the figures of"),
        max_length=80,
        blank=True,
        help_text=_("Code of the reporter or name of the compiler; the lead reading of a verdict."),
    )
    reporter = models.BooleanField(
        _("a side of the pair speaks"), default=False, help_text=_("Whether a side of the pair speaks.")
    )
    status = WordField(Status, verbose_name=_("status"))
    reason = WordField(Reason, verbose_name=_("reason of the status"), blank=True)
    flags = models.JSONField(_("remarks"), default=list)
    voters = models.JSONField(_("taken into account"), default=list)
    abstained = models.JSONField(_("not taken into account"), default=list)
    fiscal = models.CharField(_("fiscal year"), max_length=3, blank=True)
    measures = models.JSONField(_("what is counted"), default=list)
    converted = models.BooleanField(_("converted"), default=False)
    target_amount = models.FloatField(_("amount of the target"), null=True)
    base_year = models.PositiveSmallIntegerField(_("base year"), null=True)
    base_amount = models.FloatField(_("amount in the base year"), null=True)
    base_stated = models.BooleanField(_("base stated with the target"), default=False)
    base_approximate = models.BooleanField(_("amount in the base year is approximate"), default=False)
    latest_year = models.PositiveSmallIntegerField(_("latest year"), null=True)
    latest_amount = models.FloatField(_("latest amount"), null=True)
    latest_approximate = models.BooleanField(_("latest amount is approximate"), default=False)
    latest_figure = models.BigIntegerField(
        _("number of the latest figure"), null=True, help_text=_("Of the figure that the latest amount is from.")
    )
    decided_year = models.PositiveSmallIntegerField(_("deciding year"), null=True)
    decided_amount = models.FloatField(_("deciding amount"), null=True)
    decided_approximate = models.BooleanField(_("deciding amount is approximate"), default=False)
    reached_in = models.PositiveSmallIntegerField(_("reached in"), null=True)
    observed_cagr = models.FloatField(_("observed growth"), null=True)
    required_cagr = models.FloatField(_("required growth"), null=True)
    growth_ratio = models.FloatField(_("observed growth to required"), null=True)
    catch_up_growth = models.FloatField(_("growth needed from now"), null=True)
    catch_up_step = models.FloatField(_("yearly step needed from now"), null=True)
    recent_cagr = models.FloatField(_("recent growth"), null=True)
    recent_since = models.PositiveSmallIntegerField(_("recent growth since"), null=True)
    share_of_way = models.FloatField(_("share of the way"), null=True)
    years = models.PositiveSmallIntegerField(_("years with figures"), default=0)
    chance = models.FloatField(_("chance"), null=True)
    amount_usd = models.FloatField(
        _("amount in US dollars"),
        null=True,
        help_text=_("The target's amount in US dollars, for sorting only; verdict rows."),
    )
    replaced = models.BooleanField(
        _("replaced"), default=False, help_text=_("A later version took its place; left out of default lists.")
    )
    rail = models.JSONField(_("progress rail, drawn"), default=dict)
    sparkline = models.TextField(_("small chart, drawn"), blank=True)
    assessed_on = models.DateField(_("judged on"))

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
        status = _words(self.status)
        return f"{self.target} / {by}: {status}"


class VerdictChange(models.Model):
    """A verdict that became another, when and why."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="verdict_changes", verbose_name=_("target"))
    changed_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    from_status = WordField(Status, verbose_name=_("status before"), blank=True)
    to_status = WordField(Status, verbose_name=_("status after"))
    cause = WordField(ChangeCause, verbose_name=_("cause"))
    merged_from = models.CharField(
        _("of the merged target"),
        max_length=90,
        blank=True,
        default="",
        help_text=_("Former address of the target of which this was the verdict, before it became part of this one."),
    )
    event = models.ForeignKey(
        AuditEvent, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("journal entry")
    )

    class Meta:
        verbose_name = _("change of verdict")
        verbose_name_plural = _("changes of verdict")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        before = _words(self.from_status) if self.from_status else "–"
        after = _words(self.to_status)
        return f"{self.target}: {before} → {after}"
