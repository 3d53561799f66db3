from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets.models.economies import CountryPair, Economy
from targets.models.fields import WordField, money
from targets.models.sources import Source
from targets.progress import Measure
from targets.records import FigureStanding, ReleaseKind, Valuation


class Release(models.Model):
    """A batch of figures from one source. Never edited: a newer release supersedes it, or it is withdrawn."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="releases", verbose_name=_("source"))
    vintage = models.DateField(
        _("vintage"), null=True, blank=True, help_text=_("The day the source said it, if known.")
    )
    kind = WordField(ReleaseKind, verbose_name=_("kind"))
    file = models.FileField(_("file as received"), upload_to="releases/%Y/", blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_index=True)
    reason = models.TextField(_("reason"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, db_index=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
    )
    withdrawn_reason = models.TextField(_("reason of withdrawal"), blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-recorded_at", "-id"]
        permissions = [("withdraw_release", _("Can withdraw releases"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="release_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        day = date_format(self.recorded_at, "DATE_FORMAT")
        number = gettext("no. %(number)s") % {"number": self.pk}
        return f"{self.source.publisher}, {day} ({number})"


_PERIOD = (Coalesce("year", 0), Coalesce("from_month", 0), Coalesce("through_month", 0), F("fiscal"))
_MONTH = [MinValueValidator(1), MaxValueValidator(12)]


class TurnoverFigure(models.Model):
    """Trade of one pair in one period as one reporter or compiler gives it; amounts in whole units of the currency."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="figures", verbose_name=_("release"), db_index=False
    )
    pair = models.ForeignKey(CountryPair, models.PROTECT, related_name="figures", verbose_name=_("pair"))
    reporter = models.ForeignKey(
        Economy, models.PROTECT, related_name="reported_figures", verbose_name=_("reporter"), null=True, blank=True
    )
    compiler = models.CharField(
        _("compiler"), max_length=80, blank=True, help_text=_("Who put it together, if no side did.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Of a fiscal year, the calendar year in which it starts.")
    )
    from_month = models.PositiveSmallIntegerField(_("from month"), null=True, blank=True, validators=_MONTH)
    through_month = models.PositiveSmallIntegerField(_("through month"), null=True, blank=True, validators=_MONTH)
    fiscal = models.CharField(
        _("fiscal calendar"), max_length=3, blank=True, help_text=_("Code of the economy whose fiscal year it is.")
    )
    measure = WordField(Measure, verbose_name=_("measure"))
    exports = money(_("exports"), help_text=_("As the reporter sees them."))
    imports = money(_("imports"), help_text=_("As the reporter sees them."))
    turnover = money(_("turnover"), help_text=_("As stated; counted from both flows where they are known."))
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    valuation = WordField(Valuation, verbose_name=_("valuation"), default=Valuation.UNKNOWN)
    standing = WordField(FigureStanding, verbose_name=_("standing"), default=FigureStanding.UNKNOWN)
    approximate = models.BooleanField(_("approximate"), default=False, help_text=_("“about”, “almost”, “over”"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["pair", "year", "id"]
        indexes = [
            # In their order: asked for the first figure of a release, PostgreSQL walks all figures in theirs otherwise.
            models.Index(fields=["release", "id"], name="figure_of_release"),
            # Few of millions have one, and these are counted.
            models.Index(fields=["release"], condition=~Q(note=""), name="figure_noted"),
        ]
        constraints = [
            models.UniqueConstraint(
                F("release"),
                F("pair"),
                F("reporter"),
                *_PERIOD,
                F("measure"),
                F("currency"),
                condition=Q(reporter__isnull=False),
                name="figure_once_a_reporter",
            ),
            models.UniqueConstraint(
                F("release"),
                F("pair"),
                F("compiler"),
                *_PERIOD,
                F("measure"),
                F("currency"),
                condition=Q(reporter__isnull=True),
                name="figure_once_a_compiler",
            ),
            models.CheckConstraint(
                condition=Q(reporter__isnull=False, compiler="") | (Q(reporter__isnull=True) & ~Q(compiler="")),
                name="figure_reporter_or_compiler",
                violation_error_message=_("Name a reporter or a compiler, not both."),
            ),
            models.CheckConstraint(
                condition=(Q(exports__isnull=True) | Q(exports__gte=0))
                & (Q(imports__isnull=True) | Q(imports__gte=0))
                & (Q(turnover__isnull=True) | Q(turnover__gte=0)),
                name="figure_not_negative",
                violation_error_message=_("Amounts cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(exports__isnull=False) | Q(imports__isnull=False) | Q(turnover__isnull=False),
                name="figure_has_an_amount",
                violation_error_message=_("Give exports, imports or the total."),
            ),
            models.CheckConstraint(
                condition=Q(from_month__isnull=True, through_month__isnull=True)
                # Said in full: a comparison with an empty month is unknown, and what is unknown passes a check.
                | Q(
                    year__isnull=False,
                    from_month__isnull=False,
                    through_month__isnull=False,
                    from_month__gte=1,
                    through_month__lte=12,
                    from_month__lte=F("through_month"),
                ),
                name="figure_months_in_order",
                violation_error_message=_("Months run from 1 to 12, in order, both or none, and need a year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair.slug} {self.year} {self.reporter_id or self.compiler}"


class Reach(models.Model):
    """The first and the last full year of one measure that an economy itself has for a pair with targets.

    Kept beside the judgements by the action that refreshes them, and worked out of the figures that stand: of millions
    of them a page asks only how far they reach.
    """

    pair = models.ForeignKey(CountryPair, models.CASCADE, related_name="reaches", verbose_name=_("pair"))
    economy = models.ForeignKey(
        Economy, models.CASCADE, related_name="reaches", verbose_name=_("economy"), db_index=False
    )
    measure = WordField(Measure, verbose_name=_("measure"))
    told = models.BooleanField(_("said or printed"), help_text=_("Not from a table of statistics."))
    first = models.PositiveSmallIntegerField(_("first year"))
    last = models.PositiveSmallIntegerField(_("last year"))
    figures = models.PositiveIntegerField(_("figures"), help_text=_("That stand and that the economy gave itself."))

    class Meta:
        verbose_name = _("reach of figures")
        verbose_name_plural = _("reaches of figures")
        ordering = ["pair", "economy", "measure", "told"]
        constraints = [
            models.UniqueConstraint(fields=["economy", "pair", "measure", "told"], name="reach_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="reach_years_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pair.slug} {self.economy_id} {self.first}–{self.last}"
