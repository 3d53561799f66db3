from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from targets.models.economies import CountryPair, Economy
from targets.models.fields import WordField, money
from targets.models.sources import Source
from targets.progress import Measure
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    DocumentKind,
    MeasureBasis,
    MeasureState,
    Relation,
    ReviewState,
    Strength,
)

_YEAR = [MinValueValidator(1900), MaxValueValidator(2200)]


class Reviewed(models.Model):
    """What goes from draft to published; only published records appear on a public page."""

    state = WordField(ReviewState, verbose_name=_("state"), default=ReviewState.DRAFT, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("submitted by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("published by"),
    )
    review_note = models.TextField(_("reviewer's note"), blank=True, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def published_by_somebody(name: str) -> models.CheckConstraint:
        """The rule that published records, and no others, say when and by whom."""
        return models.CheckConstraint(
            condition=Q(state=ReviewState.PUBLISHED.value, published_at__isnull=False, published_by__isnull=False)
            | (~Q(state=ReviewState.PUBLISHED.value) & Q(published_at__isnull=True, published_by__isnull=True)),
            name=name,
        )


class Target(Reviewed):
    """One stated amount for a pair and a measure, with or without a deadline."""

    slug = models.SlugField(
        _("slug"), max_length=90, unique=True, help_text=_("Part of the address; never changes by itself.")
    )
    pair = models.ForeignKey(CountryPair, models.PROTECT, related_name="targets", verbose_name=_("pair"))
    measure = WordField(Measure, verbose_name=_("measure"))
    measure_basis = WordField(MeasureBasis, verbose_name=_("how the measure is known"), default=MeasureBasis.NONE)
    amount = money(_("amount"), help_text=_("A year, in the currency below; of a range the lower end."))
    amount_high = money(_("upper end"), help_text=_("Of a range only."))
    currency = models.CharField(_("currency"), max_length=3, default="USD", blank=True)
    factor = models.DecimalField(
        _("multiple"),
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("2 for “double”, 1.5 for “half as much again”."),
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("base year of the multiple"), null=True, blank=True, validators=_YEAR
    )
    baseline_amount = money(_("base amount of the multiple"))
    cumulative = models.BooleanField(
        _("summed over years"), default=False, help_text=_("Never compared with a yearly figure.")
    )
    deadline_year = models.PositiveSmallIntegerField(
        _("deadline"), null=True, blank=True, validators=_YEAR, db_index=True
    )
    deadline_basis = WordField(DeadlineBasis, verbose_name=_("how the deadline is known"), default=DeadlineBasis.NONE)
    deadline_note = models.TextField(_("note on the deadline"), blank=True)
    deadline_note_ru = models.TextField(_("note on the deadline, Russian"), blank=True)
    strength = WordField(Strength, verbose_name=_("strength"), db_index=True)
    first_stated_on = models.DateField(_("first stated on"), null=True, blank=True, db_index=True)
    first_stated_on_precision = WordField(DatePrecision, verbose_name=_("precision"), default=DatePrecision.UNKNOWN)
    first_stated_on_inferred = models.BooleanField(_("date inferred"), default=False)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    notes_ru = models.TextField(_("notes, Russian"), blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, related_name="supersedes", null=True, blank=True, verbose_name=_("followed by")
    )
    relation = WordField(Relation, verbose_name=_("what the next one did to it"), blank=True)
    hold_reason = models.TextField(_("held because"), blank=True)
    search_text = models.TextField(blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["slug"]
        permissions = [("publish_target", _("Can publish targets, statements and documents"))]
        constraints = [
            Reviewed.published_by_somebody("target_published_by_somebody"),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gt=0))
                & (Q(baseline_amount__isnull=True) | Q(baseline_amount__gt=0))
                & (Q(factor__isnull=True) | Q(factor__gt=1)),
                name="target_amounts_positive",
                violation_error_message=_("Amounts must be above zero and a multiple above one."),
            ),
            models.CheckConstraint(
                condition=Q(amount_high__isnull=True) | Q(amount__isnull=False, amount_high__gt=F("amount")),
                name="target_range_in_order",
                violation_error_message=_("The upper end of a range must lie above its lower end."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(factor__isnull=False),
                name="target_amount_or_multiple",
                violation_error_message=_("Give an amount or a multiple."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(currency=""),
                name="target_amount_has_currency",
                violation_error_message=_("An amount needs a currency."),
            ),
            models.CheckConstraint(
                condition=Q(deadline_year__isnull=True, deadline_basis=DeadlineBasis.NONE.value)
                | (Q(deadline_year__isnull=False) & ~Q(deadline_basis=DeadlineBasis.NONE.value)),
                name="target_deadline_with_basis",
                violation_error_message=_(
                    "A deadline needs its basis, stated or computed; without a deadline the basis is “none”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True, relation="")
                | (Q(superseded_by__isnull=False) & ~Q(relation="")),
                name="target_superseded_with_relation",
                violation_error_message=_("Say what the next target did to this one, or leave both empty."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="target_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("target", args=[self.slug])


class SlugRedirect(models.Model):
    """An address a target once had; leads to where it is now."""

    slug = models.SlugField(_("former slug"), max_length=90, unique=True)
    target = models.ForeignKey(Target, models.CASCADE, related_name="former_slugs", verbose_name=_("target"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return f"{self.slug} → {self.target.slug}"


class Statement(Reviewed):
    """Who said it, when, where, for which side, in what words."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="statements", verbose_name=_("target"))
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
    stated_on_precision = WordField(DatePrecision, verbose_name=_("precision"), default=DatePrecision.UNKNOWN)
    stated_on_inferred = models.BooleanField(_("date inferred"), default=False)
    speaker = models.CharField(_("speaker"), max_length=300, blank=True)
    speaker_ru = models.CharField(_("speaker, Russian"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=300, blank=True)
    role_ru = models.CharField(_("role, Russian"), max_length=300, blank=True)
    sides = models.ManyToManyField(Economy, related_name="+", blank=True, verbose_name=_("speaks for"))
    occasion = models.CharField(_("occasion"), max_length=400, blank=True)
    occasion_ru = models.CharField(_("occasion, Russian"), max_length=400, blank=True)
    hedged = models.BooleanField(_("hedged"), default=False, help_text=_("Names the number and refuses to promise it."))
    quote = models.TextField(_("quote"), blank=True, help_text=_("In the original language, word for word."))
    quote_language = models.CharField(_("language of the quote"), max_length=12, blank=True)
    summary_en = models.TextField(_("summary, English"))
    summary_ru = models.TextField(_("summary, Russian"), blank=True)
    context_only = models.BooleanField(
        _("context only"), default=False, help_text=_("About the goal, without stating it.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements", verbose_name=_("source"))
    search_text = models.TextField(blank=True, editable=False)
    history = HistoricalRecords(m2m_fields=[sides], excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["stated_on", "id"]
        constraints = [
            Reviewed.published_by_somebody("statement_published_by_somebody"),
            models.UniqueConstraint(
                fields=["target", "source", "stated_on", "speaker"],
                name="statement_once",
                violation_error_message=_(
                    "This target already has a statement by this speaker, on this day, from this source."
                ),
            ),
            models.UniqueConstraint(
                fields=["target", "source", "speaker"],
                condition=Q(stated_on__isnull=True),
                name="statement_once_undated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or '–'}, {self.stated_on or '–'}"


class RoadmapDocument(Reviewed):
    """A signed or published programme behind targets."""

    pair = models.ForeignKey(CountryPair, models.PROTECT, related_name="documents", verbose_name=_("pair"))
    targets = models.ManyToManyField(Target, related_name="documents", blank=True, verbose_name=_("targets"))
    kind = WordField(DocumentKind, verbose_name=_("kind"))
    title = models.CharField(_("title"), max_length=400)
    title_ru = models.CharField(_("title, Russian"), max_length=400, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_on_precision = WordField(DatePrecision, verbose_name=_("precision"), default=DatePrecision.UNKNOWN)
    signed_on_inferred = models.BooleanField(_("date inferred"), default=False)
    valid_until = models.PositiveSmallIntegerField(_("valid until"), null=True, blank=True, validators=_YEAR)
    signatories = models.TextField(_("signatories"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    file = models.FileField(
        _("file"), upload_to="documents/%Y/", blank=True, validators=[FileExtensionValidator(["pdf"])]
    )
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="documents", verbose_name=_("source"))
    search_text = models.TextField(blank=True, editable=False)
    history = HistoricalRecords(m2m_fields=[targets], excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-signed_on", "title"]
        constraints = [
            Reviewed.published_by_somebody("document_published_by_somebody"),
            models.UniqueConstraint(fields=["pair", "kind", "title"], name="document_once"),
        ]

    def __str__(self) -> str:
        return self.title


class RoadmapMeasure(models.Model):
    """One measure of a document, with its due date and what became of it."""

    document = models.ForeignKey(RoadmapDocument, models.CASCADE, related_name="measures", verbose_name=_("document"))
    text = models.TextField(pgettext_lazy("of a document", "measure"))
    text_ru = models.TextField(_("measure, Russian"), blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = WordField(MeasureState, verbose_name=_("state"), default=MeasureState.UNKNOWN)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measure of a document")
        verbose_name_plural = _("measures of a document")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text[:80]
