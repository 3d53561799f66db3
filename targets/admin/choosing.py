"""Fields that choose a record by typing, whatever they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Field, Model


def may_be(field: Field[Any, Any], value: Any) -> bool:
    """Whether the field, a key, can have the value at all: asked for any other, databases raise errors of their own."""
    try:
        field.clean(value, None)  # type: ignore[arg-type]
    except ValidationError:
        return False
    return True


def name_of(record: Model) -> str:
    """What the record is called where it is chosen: by the ``called`` of its list at the desk, if that has one."""
    lists = admin.site._registry.get(type(record))
    return str(getattr(lists, "called", str)(record))


class FoundRecords(AutocompleteJsonView):
    """The records found while somebody types, named as the fields name them."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": name_of(obj)}


class _ShownAgain:
    """Shows again what was chosen, without the values that no key can be: the field's error tells of these."""

    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._may_be_a_key(one)], attr)  # type: ignore[misc]

    def _may_be_a_key(self, value: Any) -> bool:
        related: Any = self.field.remote_field  # type: ignore[attr-defined]
        name = getattr(related, "field_name", related.model._meta.pk.attname)
        return may_be(related.model._meta.get_field(name), value)


class ChooseOne(_ShownAgain, AutocompleteSelect):
    pass


class ChooseSome(_ShownAgain, AutocompleteSelectMultiple):
    pass


class _Named:
    """Names the records to choose from as their list at the desk does."""

    def label_from_instance(self, obj: Model) -> str:
        return name_of(obj)


class OneRecord(_Named, forms.ModelChoiceField):
    """One record by its key."""


class SomeRecords(_Named, forms.ModelMultipleChoiceField):
    """Several records by their keys; what can be no key is refused before a database is asked for it."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list) else ():
            if isinstance(key, str) and not may_be(self.queryset.model._meta.pk, key):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key[:80]})
        return super().clean(value)
