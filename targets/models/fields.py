"""Fields that the domain needs and Django lacks."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from targets.progress import Word


class WordField(models.CharField):
    """A code value of one enumeration; gives back its member. Blank is stored as an empty text and given back as one.

    The choices stay out of the migrations: a new word of the vocabulary is not a change of the table.
    """

    def __init__(self, words: type[Word] | None = None, **options: Any) -> None:
        self.words = words
        # Asked for every word of every row that is read: a plain dictionary answers fastest.
        self._members = {word.value: word for word in words or ()}
        if words is not None:
            options["choices"] = [(word.value, gettext_lazy(word.label)) for word in words]
        options.setdefault("max_length", 40)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, options = super().deconstruct()
        options.pop("choices", None)
        if isinstance(options.get("default"), Word):
            options["default"] = options["default"].value
        return name, "django.db.models.CharField", args, options

    def from_db_value(self, value: str | None, *_: object) -> Word | str | None:
        # A value outside the vocabulary is left as it is: full_clean() then refuses it by name.
        return self._members.get(value, value)  # type: ignore[arg-type]

    def to_python(self, value: Any) -> Any:
        return self.from_db_value(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.value if isinstance(value, Word) else value


def money(label: Any, **options: Any) -> models.DecimalField:
    """An amount in whole units of its currency (never thousands), to the hundredth."""
    return models.DecimalField(label, max_digits=22, decimal_places=2, null=True, blank=True, **options)
