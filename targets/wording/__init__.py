"""Words: numbers, dates and sentences in the active language, the same on every page, chart and file."""

from targets.wording.dates import day, in_year, partial_date, period, year_label
from targets.wording.numbers import language, money, money_exact, money_in_text, number, percent, share, times
from targets.wording.sentences import (
    goal_words,
    reading_sentence,
    side_name,
    status_word,
    target_title,
    verdict_sentence,
    word,
)

__all__ = [
    "day",
    "goal_words",
    "in_year",
    "language",
    "money",
    "money_exact",
    "money_in_text",
    "number",
    "partial_date",
    "percent",
    "period",
    "reading_sentence",
    "share",
    "side_name",
    "status_word",
    "target_title",
    "times",
    "verdict_sentence",
    "word",
    "year_label",
]
