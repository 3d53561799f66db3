"""What an address asks for: the list of targets as a frozen filter, which can say itself in words, and the rest."""

from targets.filters.forms import ChangesForm, TargetFilterForm, due, order_value, page, searched
from targets.filters.parameters import (
    BadParameter,
    choice,
    comparable,
    compared,
    of_the_present,
    past_day,
    query,
    whole,
)
from targets.filters.words import ORDINARY, conditions, in_words

__all__ = [
    "ORDINARY",
    "BadParameter",
    "ChangesForm",
    "TargetFilterForm",
    "choice",
    "comparable",
    "compared",
    "conditions",
    "due",
    "in_words",
    "of_the_present",
    "order_value",
    "page",
    "past_day",
    "query",
    "searched",
    "whole",
]
