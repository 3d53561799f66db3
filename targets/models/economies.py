from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from targets.models.fields import WordField
from targets.models.sources import Source
from targets.records import EconomyKind


class Economy(models.Model):
    """A country, customs territory or bloc that has trade statistics."""

    code = models.CharField(
        _("code"),
        max_length=8,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{1,7}\Z", _("Capital letters and digits, two to eight of them."))],
        help_text=_("ISO 3166-1 alpha-3, or the bloc's short name."),
    )
    kind = WordField(EconomyKind, verbose_name=_("kind"), default=EconomyKind.COUNTRY)
    iso2 = models.CharField(_("ISO alpha-2"), max_length=2, blank=True)
    m49 = models.PositiveSmallIntegerField(_("UN M49 number"), null=True, blank=True)
    name_en = models.CharField(_("name, English"), max_length=120)
    name_en_text = models.CharField(
        _("name in running text, English"), max_length=120, help_text=_("With “the” where it belongs.")
    )
    name_ru = models.CharField(_("name, Russian"), max_length=120)
    name_ru_gen = models.CharField(_("Russian genitive"), max_length=120, help_text=_("by the figures of whom?"))
    name_ru_ins = models.CharField(_("Russian instrumental"), max_length=120, help_text=_("trade with whom?"))
    name_ru_prep = models.CharField(_("Russian prepositional"), max_length=120, help_text=_("about or in what?"))
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One a line, any language; found by search.")
    )
    members = models.ManyToManyField(
        "self", verbose_name=_("members"), symmetrical=False, related_name="blocs", blank=True
    )
    members_known = models.BooleanField(
        _("member list known"), default=False, help_text=_("Off for a group that has no list.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("economy")
        verbose_name_plural = _("economies")
        ordering = ["name_en"]
        constraints = [
            models.UniqueConstraint(fields=["m49"], condition=Q(m49__isnull=False), name="economy_m49_unique"),
        ]

    def __str__(self) -> str:
        return self.name_ru if (get_language() or "").startswith("ru") else self.name_en


class CountryPair(models.Model):
    """Two economies, order-free: the first has the smaller code."""

    first = models.ForeignKey(Economy, models.PROTECT, related_name="pairs_as_first", verbose_name=_("first economy"))
    second = models.ForeignKey(
        Economy, models.PROTECT, related_name="pairs_as_second", verbose_name=_("second economy")
    )
    slug = models.SlugField(_("slug"), max_length=20, unique=True, editable=False)

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="pair_in_order",
                violation_error_message=_("The first economy's code must come before the second's in the alphabet."),
            ),
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class ExchangeRate(models.Model):
    """Yearly average of a currency in US dollars."""

    currency = models.CharField(_("currency"), max_length=3)
    year = models.PositiveSmallIntegerField(_("year"))
    usd_per_unit = models.DecimalField(_("US dollars per unit"), max_digits=20, decimal_places=12)
    observations = models.PositiveSmallIntegerField(_("days averaged"), help_text=_("A full year has about 255."))
    source = models.ForeignKey(Source, models.PROTECT, related_name="exchange_rates", verbose_name=_("source"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "year"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "year"], name="rate_once"),
            models.CheckConstraint(condition=Q(usd_per_unit__gt=0), name="rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.year}"
