"""What a page says of itself where it is only named: in a tab, in a list of results, on a share card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from targets.records import (
    EconomyPage,
    EconomyRecord,
    HomePage,
    Outcome,
    PairPage,
    Tally,
    TargetPage,
    TargetRow,
)
from targets.wording.clauses import status_word
from targets.wording.goalposts import goalposts_sentence
from targets.wording.goals import target_title
from targets.wording.mirror import gap_sentence
from targets.wording.numbers import language, number
from targets.wording.scoreboards import outcomes_words, promise_sentence
from targets.wording.sentences import verdict_sentence
from targets.wording.sides import capital

SITE = "Tradewatch"


class Head(NamedTuple):
    """A page's title without the name of the site, and what it shows, in a sentence or a few."""

    title: str
    description: str
    on_card: str = ""
    """What its card says where that is not the description."""

    @property
    def pictured(self) -> str:
        """What its card shows, for who cannot see it."""
        return self.on_card or self.description

    @property
    def tab(self) -> str:
        """The title beside those of other sites."""
        return self.title if SITE in self.title else f"{self.title} – {SITE}"


def tagline() -> str:
    """What the site is about."""
    return gettext("What governments said their trade would reach, and what it did reach.")


def home_head(page: HomePage) -> Head:
    """The home page: what became of all targets."""
    title = gettext("Tradewatch: trade targets and what became of them")
    return Head(title, f"{tagline()} {_sentence(outcomes_words(home_tally(page)))}")


def home_tally(page: HomePage) -> Tally:
    """What became of all targets, with the versions that a later one replaced."""
    found = Counter(dict.fromkeys(Outcome, 0))
    for _year, tally in page.by_deadline:
        found.update(dict(tally))
    found[Outcome.REPLACED] = page.targets - found.total()
    return tuple((outcome, found[outcome]) for outcome in Outcome if found[outcome] > 0)


def list_head(words: str, *, narrowed: bool, page: int = 1) -> Head:
    """The list of targets; ``words`` say how many there are, and what it is ``narrowed`` to where it is."""
    description = gettext("%(words)s: what was said, by when, what each side’s figures say, and how it stands.")
    title = capital(words) if narrowed else gettext("Trade targets")
    on_card = gettext("What was said, by when, what each side’s figures say, and how it stands.")
    return Head(_paged(title, page), description % {"words": words}, on_card)


def target_head(page: TargetPage) -> Head:
    """A target: its goal, and the verdict in one sentence."""
    return Head(target_title(page.target), verdict_sentence(page.target, page.assessment))


def pair_head(page: PairPage) -> Head:
    """A pair: the verdict on its goal or, of several, how they moved, and how far the two sides' figures lie apart."""
    words = {"pair": page.pair.name(language())}
    title = gettext("%(pair)s: trade targets and figures") % words
    only = only_goal(page)
    verdict = verdict_sentence(only.target, only.assessment) if only else ""
    told = [goalposts_sentence(page.pair, page.goals)] if page.goals else []
    if page.mirror.newest:
        told.append(gap_sentence(page.mirror))
    if told:
        return Head(title, " ".join(told), verdict)
    description = gettext(
        "%(pair)s: what both governments said their trade would reach, and what each side’s figures show."
    )
    return Head(title, description % words)


def only_goal(page: PairPage) -> TargetRow | None:
    """The goal that stands, of a pair that has one alone."""
    return page.goals[0].versions[-1] if len(page.goals) == 1 else None


def economies_head(page: int = 1) -> Head:
    return Head(
        _paged(gettext("Economies with trade targets"), page),
        gettext("Every country and bloc with a public trade target, and how its targets stand."),
    )


def economy_head(page: EconomyPage) -> Head:
    """An economy: what became of its targets, and its open promises against today's trade."""
    words = {"economy": page.economy.name(language())}
    told = [gettext("%(economy)s: public trade targets with other economies and how they stand.") % words]
    if page.board.tally:
        told += [_sentence(outcomes_words(page.board.tally)), promise_words(page)]
    title = gettext("%(economy)s: trade targets and what became of them") % words
    return Head(title, " ".join(filter(None, told)))


def promise_words(page: EconomyPage) -> str:
    """An economy's open promises against today's trade, by its own figures where it has some; empty without any."""
    side = page.board.promises.own or page.board.promises.other
    return promise_sentence(side) if side else ""


def comparison_head(rows: Sequence[TargetRow]) -> Head:
    """Targets beside each other: named in the title by their pairs, below with goal and status."""
    title = gettext("Comparison of trade targets")
    if not rows:
        told = gettext(
            "Two to eight trade targets on common scales: share of the way, growth needed against growth had."
        )
        return Head(title, told)
    each = (f"{target_title(row.target)} – {status_word(row.assessment.verdict.status)}" for row in rows)
    pairs = ", ".join(row.target.pair.name(language()) for row in rows)
    return Head(f"{title}: {pairs}", f"{'; '.join(each)}.")


def deadlines_head(year: int | None = None, page: int = 1) -> Head:
    """The deadlines of all years or of one."""
    if year is None:
        title = gettext("Deadlines of trade targets")
        told = gettext("How many trade targets are due in each year, and what became of those whose year is over.")
        return Head(_paged(title, page), told)
    words = {"year": year}
    told = gettext("The trade targets whose deadline is %(year)s, the largest first, and how each of them stands.")
    return Head(_paged(gettext("Trade targets due in %(year)s") % words, page), told % words)


def changes_head(page: int = 1) -> Head:
    return Head(
        _paged(gettext("Changes of verdicts, targets and figures"), page),
        gettext("What changed lately: verdicts and why, new and restated targets, figures that were revised."),
    )


def coverage_head(economy: EconomyRecord | None = None, page: int = 1) -> Head:
    """Who reports which years; of an economy, which years it reports of whom."""
    if economy is None:
        return Head(
            _paged(gettext("Coverage: who reports which years"), page),
            gettext(
                "Who reports which years of the trade that targets were set for, who fell silent, and which texts are "
                "in one language only."
            ),
        )
    words = {"economy": economy.name(language())}
    told = gettext(
        "%(economy)s: which full years of the trade with each partner are known by its own figures, and where from."
    )
    return Head(_paged(gettext("Coverage: %(economy)s") % words, page), told % words)


def search_head(words: str, page: int = 1) -> Head:
    """The search, or what it found for the reader's words."""
    title = gettext("Search: %(q)s") % {"q": words} if words else gettext("Search")
    told = gettext("Targets, pairs, economies, statements and documents by any word, in English and Russian.")
    return Head(_paged(title, page), told)


def methodology_head() -> Head:
    return Head(
        gettext("Method: how a trade target is judged"),
        gettext(
            "Every rule, formula and threshold by which Tradewatch says whether a trade target was met, is on track or "
            "cannot be judged."
        ),
    )


def about_head() -> Head:
    return Head(
        gettext("About Tradewatch"),
        gettext(
            "What Tradewatch is, where its figures come from, on what terms they may be used, and what should not be "
            "read into them."
        ),
    )


def _paged(title: str, page: int) -> str:
    """The title of a later page of a list, told from the first one's."""
    return title if page < 2 else title + gettext(", page %(number)s") % {"number": number(page)}


def _sentence(text: str) -> str:
    return f"{capital(text)}."
