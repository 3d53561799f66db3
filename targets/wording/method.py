"""What a target shows of a rule, in a sentence with its numbers: the examples on the page about the method."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.progress import Reading, path_amount
from targets.records import Example, FigureRecord, ServedFigure, ShownDoubt, TargetRecord
from targets.wording.clauses import aim_approximate, base_label, word
from targets.wording.dates import period, year_label
from targets.wording.doubts import doubt_sentence
from targets.wording.goals import multiple_words
from targets.wording.numbers import about, money_in_text, percent, share
from targets.wording.openness import openness
from targets.wording.rates import rate_words
from targets.wording.sentences import reading_sentence, verdict_sentence
from targets.wording.sides import capital, figures_of, listed, side_name


def example_sentence(rule: str, example: Example) -> str:
    """What the target shows of the rule."""
    target, reading = example.target, example.reading
    kind, _dash, name = rule.partition("-")
    if kind in ("ambiguity", "wording"):
        return _open(rule, example)
    if reading is None:
        return verdict_sentence(target, example.assessment)
    if kind == "weather" and example.opinion and example.opinion.ratio is not None:
        words = {"figures": figures_of(target.pair, reading.by), "share": share(example.opinion.ratio)}
        return _begun(gettext("%(figures)s: the trend covers %(share)s of what is left.") % words)
    if rule == "converted" and example.conversion:
        made = example.conversion
        words = {
            "figures": figures_of(target.pair, reading.by),
            "year": year_label(made.year, made.figure.fiscal),
            "original": money_in_text(made.original, made.figure.currency),
            "amount": money_in_text(made.amount, made.currency),
            "rates": listed(rate_words(rate) for rate in made.rates),
        }
        return _begun(gettext("%(figures)s for %(year)s: %(original)s became %(amount)s; %(rates)s.") % words)
    if kind == "base" and name in ("named", "before", "after", "stated", "multiple"):
        return _base(target, reading)
    if rule == "recent" and reading.recent_cagr is not None:
        years = f"{year_label(reading.recent_since or 0, reading.fiscal)}–{_latest(reading)}"
        words = {
            "figures": figures_of(target.pair, reading.by),
            "years": years,
            "rate": percent(reading.recent_cagr, signed=True),
        }
        return _begun(gettext("%(figures)s, %(years)s: %(rate)s a year.") % words)
    if rule in ("guard-required_growth", "guard-share_of_way"):
        return _base(target, reading)
    told = reading_sentence(target, reading)
    if kind == "open" and reading.growth_ratio is not None and target.deadline_year is not None:
        return f"{told} {gettext('Growth ratio: %(share)s.') % {'share': share(reading.growth_ratio)}}"
    return told


def served_sentence(served: ServedFigure) -> str:
    """Which figure serves for its year and which others of the same side do not."""
    one = served.figure
    sentence = _begun(gettext("%(figures)s for %(period)s: %(amount)s serves.") % _figure_words(served.target, one))
    if not served.others:
        return sentence
    others = listed(
        gettext("%(amount)s (%(publisher)s)") % _figure_words(served.target, other) for other in served.others
    )
    return f"{sentence} {gettext('Left aside: %(others)s.') % {'others': others}}"


def flows_sentence(served: ServedFigure) -> str:
    """How a turnover was added up."""
    one = served.figure
    words = _figure_words(served.target, one)
    words |= {
        "exports": money_in_text(one.exports or 0, one.currency),
        "imports": money_in_text(one.imports or 0, one.currency),
    }
    told = gettext("%(figures)s for %(period)s: exports %(exports)s and imports %(imports)s make %(amount)s.") % words
    if one.stated_turnover is None:
        return _begun(told)
    stated = {"stated": money_in_text(one.stated_turnover, one.currency)}
    return _begun(f"{told} {gettext('The total that its source states beside them: %(stated)s.') % stated}")


def uncounted_sentence(target: TargetRecord, figure: FigureRecord) -> str:
    """A figure that is shown and by which nothing is judged."""
    return _begun(gettext("%(figures)s for %(period)s: %(amount)s.") % _figure_words(target, figure))


def shown_doubt(shown: ShownDoubt) -> str:
    """The doubt that figures which stand would raise if they were entered today."""
    sides = {shown.pair.first.code: shown.pair.second.code, shown.pair.second.code: shown.pair.first.code}
    told = doubt_sentence(
        shown.doubt,
        shown.pair,
        partner=sides.get(shown.by, ""),
        currency=shown.currency,
        sources=shown.sources,
        fiscal=shown.fiscal,
    )
    return f"{side_name(shown.pair, shown.by)}: {told}"


def path_now(target: TargetRecord, reading: Reading) -> float | None:
    """The amount that the required path has in the reading's latest year; None without a pace."""
    if reading.growth_ratio is None or reading.base_year is None or reading.latest_year is None:
        return None
    base, aim = reading.base_amount or 0.0, reading.target_amount or 0.0
    return path_amount(reading.base_year, base, target.deadline_year or 0, aim, reading.latest_year)


def _open(rule: str, example: Example) -> str:
    """How the words were taken and what the other way would make of the target."""
    _kind, _dash, name = rule.partition("-")
    wanted = [one for one in example.reworded if name in (one.wording, one.wording.of)]
    (found,) = openness(example.target, example.assessment, wanted)
    return " ".join([found.taken, *found.otherwise])


def _base(target: TargetRecord, reading: Reading) -> str:
    currency = target.currency or "USD"
    words: dict[str, object] = {
        "figures": figures_of(target.pair, reading.by),
        "base": base_label(target, reading),
        "amount": about(money_in_text(reading.base_amount or 0.0, currency), reading.base_approximate),
        "stated": target.first_stated.year,
    }
    if reading.base_stated:
        told = (
            gettext("%(figures)s lack %(base)s; the base is the amount that the statement names, %(amount)s.") % words
        )
    elif reading.base_year is None:
        told = gettext("%(figures)s give no base year.") % words
    elif target.first_stated.year is None or reading.base_year == target.baseline_year:
        told = gettext("%(figures)s: the base is %(base)s, %(amount)s.") % words
    else:
        told = gettext("%(figures)s: the base is %(base)s, %(amount)s; first stated in %(stated)s.") % words
    if target.amount is None and reading.target_amount is not None:
        aim = about(money_in_text(reading.target_amount, currency), aim_approximate(target, reading))
        more = {"multiple": multiple_words(target), "aim": aim}
        told = f"{told} {gettext('To be reached, %(multiple)s: %(aim)s.') % more}"
    return _begun(told)


def _figure_words(target: TargetRecord, figure: FigureRecord) -> dict[str, str]:
    return {
        "figures": figures_of(target.pair, figure.by),
        "period": period(figure),
        "amount": money_in_text(figure.turnover or figure.exports or figure.imports or 0, figure.currency),
        "publisher": figure.source.publisher or word(figure.source.kind),
    }


def _latest(reading: Reading) -> str:
    return year_label(reading.latest_year or 0, reading.fiscal)


def _begun(sentence: str) -> str:
    return capital(sentence)
