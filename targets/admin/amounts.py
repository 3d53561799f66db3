"""Amounts in forms and in what is only looked at: written as people write them, and read back the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.admin.sheet import decimal_of_language
from targets.importers import UnreadableAmount, Why, read_amount

DECIMALS = 3
"""As many as a multiple has; an amount has fewer."""


def written(value: Decimal | None) -> str:
    """The amount with its thousands apart and without zeros that say nothing; a dash for none."""
    return "–" if value is None else wording.number(value, DECIMALS)


def read(text: str, ours: bool = False) -> Any:
    """What ``importers.read_amount`` makes of the text; refuses, as a field does, what is no amount or may be two.

    ``ours`` takes of the two the one that we ourselves write so in this language: "1,300" stood in the form already.
    """
    try:
        return read_amount(text)
    except UnreadableAmount as unreadable:
        if ours and text in map(written, unreadable.meanings):
            return read_amount(text, decimal_of_language())
        if unreadable.why is Why.NEGATIVE:
            raise forms.ValidationError(_("Amounts cannot be negative.")) from None
        if unreadable.meanings:
            raise forms.ValidationError(
                _("This may mean either of: %(meanings)s. Write it without groups of digits."),
                params={"meanings": " / ".join(map(written, unreadable.meanings))},
            ) from None
        raise forms.ValidationError(_("Write a number, for example 500 or 4.3 billion.")) from None


class WrittenNumber(forms.DecimalField):
    """A number that stands in its form as people write it: "700,000,000"; "700 million" is understood as well."""

    widget = forms.TextInput(attrs={"class": "amount", "inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if not isinstance(value, str):
            return super().to_python(value)
        amount = read(value.strip(), ours=True)
        if amount is None:
            return None
        if amount.currency:
            raise forms.ValidationError(_("Write the currency into its own field."))
        return super().to_python(amount.whole(0))
