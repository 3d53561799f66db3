"""Words: numbers, dates and sentences in the active language, the same on every page, chart and file."""

from targets.wording.basis import basis_sentences
from targets.wording.citation import bibtex, citation
from targets.wording.clauses import aim_approximate, base_label, flag_word, status_word, word
from targets.wording.complaints import complaint, place_words
from targets.wording.coverage import silence_words, years_span
from targets.wording.dates import day, in_year, partial_date, period, period_words, since_year, year_label
from targets.wording.doubts import doubt_sentence, years_words
from targets.wording.editions import change_sentences
from targets.wording.first_stated import first_note
from targets.wording.goalposts import goalposts_sentence, goalposts_words
from targets.wording.goals import goal_words, measure_words, target_title
from targets.wording.growth import Growth, deciding_growth, other_growth
from targets.wording.heads import (
    SITE,
    Head,
    about_head,
    changes_head,
    comparison_head,
    coverage_head,
    deadlines_head,
    economies_head,
    economy_head,
    home_head,
    home_tally,
    list_head,
    methodology_head,
    only_goal,
    pair_head,
    promise_words,
    search_head,
    tagline,
    target_head,
)
from targets.wording.mirror import gap_sentence, gap_words, mirror_sentences
from targets.wording.numbers import about, language, money, money_exact, money_in_text, number, percent, share, times
from targets.wording.openness import openness
from targets.wording.rail import Standing, rail_ends, rail_key, rail_words
from targets.wording.rates import rate_words
from targets.wording.scoreboards import promise_sentence, tally_words
from targets.wording.sentences import reading_sentence, verdict_sentence
from targets.wording.sides import by_figures_of, capital, listed, side_name
from targets.wording.story import story
from targets.wording.taking import PICTURES, size_words

__all__ = [
    "PICTURES",
    "SITE",
    "Growth",
    "Head",
    "Standing",
    "about",
    "about_head",
    "aim_approximate",
    "base_label",
    "basis_sentences",
    "bibtex",
    "by_figures_of",
    "capital",
    "change_sentences",
    "changes_head",
    "citation",
    "comparison_head",
    "complaint",
    "coverage_head",
    "day",
    "deadlines_head",
    "deciding_growth",
    "doubt_sentence",
    "economies_head",
    "economy_head",
    "first_note",
    "flag_word",
    "gap_sentence",
    "gap_words",
    "goal_words",
    "goalposts_sentence",
    "goalposts_words",
    "home_head",
    "home_tally",
    "in_year",
    "language",
    "list_head",
    "listed",
    "measure_words",
    "methodology_head",
    "mirror_sentences",
    "money",
    "money_exact",
    "money_in_text",
    "number",
    "only_goal",
    "openness",
    "other_growth",
    "pair_head",
    "partial_date",
    "percent",
    "period",
    "period_words",
    "place_words",
    "promise_sentence",
    "promise_words",
    "rail_ends",
    "rail_key",
    "rail_words",
    "rate_words",
    "reading_sentence",
    "search_head",
    "share",
    "side_name",
    "silence_words",
    "since_year",
    "size_words",
    "status_word",
    "story",
    "tagline",
    "tally_words",
    "target_head",
    "target_title",
    "times",
    "verdict_sentence",
    "word",
    "year_label",
    "years_span",
    "years_words",
]
