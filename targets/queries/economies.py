"""Economies: the list of them, and one with its targets and its partners."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Case, Exists, F, Max, OuterRef, Q, Value, When, Window

from targets.models import CountryPair, Economy, Target, TurnoverFigure
from targets.progress import Measure, Status
from targets.queries import lines
from targets.queries.figures import current_figures, exchange_rates, figure_records, newest, standing
from targets.queries.home import counted
from targets.queries.journal import remembered
from targets.queries.judging import assessed, dollars_of, newest_prices, series_for
from targets.queries.lines import Line
from targets.queries.scoreboards import (
    Promised,
    board_lines,
    moves_in_order,
    promised,
    scoreboard,
    sides_of,
    sides_told,
)
from targets.queries.shapes import AsOf, economy_record, judged_on, pair_record, target_record
from targets.queries.targets import published_targets
from targets.records import (
    EconomyKind,
    EconomyPage,
    EconomyRecord,
    EconomyRow,
    EconomyRows,
    FigureRecord,
    Moves,
    PairRecord,
    ReviewState,
    TargetRow,
    folded,
)

HEADLINE = (Measure.GOODS_TURNOVER, Measure.UNSPECIFIED_TURNOVER)
"""Measures of the figure that stands for a pair's trade, the better first."""

RECENT = 4
"""Years back within which most reporters have their newest figure."""

PAGES_KEPT = 24
"""So many pages of economies are remembered of one version of the data, with what was written of them: some two
megabytes each."""

ROWS_SHOWN = 40
"""Targets and partners that the page of an economy names; the list and the page of coverage have all of them."""


def economies(language: str, asked: str = "") -> tuple[EconomyRecord, ...]:
    """The economies that published targets name, and the one asked for by its code, by their name in the language.

    No SQL query but after a change of the data.
    """
    every = remembered("economies", _economies)
    # Nearly always one of those that are there anyway.
    also = asked if asked in every and not every[asked][1] else ""

    def in_order() -> tuple[EconomyRecord, ...]:
        return by_name((one for code, (one, named) in every.items() if named or code == also), language)

    return remembered(("economies", language, also), in_order)


def economy_records() -> dict[str, EconomyRecord]:
    """Every economy by its code. No SQL query but after a change of the data."""
    return {code: one for code, (one, _named) in remembered("economies", _economies).items()}


def _economies() -> dict[str, tuple[EconomyRecord, bool]]:
    """Every economy by its code, and whether a published target names it. One SQL query."""
    pairs = CountryPair.objects.filter(Exists(Target.objects.filter(pair=OuterRef("pk"), state=ReviewState.PUBLISHED)))
    named = Exists(pairs.filter(first=OuterRef("pk"))) | Exists(pairs.filter(second=OuterRef("pk")))
    found = Economy.objects.order_by().annotate(named=named)
    return {economy.code: (economy_record(economy), economy.named) for economy in found}


def something_known() -> Q:
    """What an economy is chosen by that has a page worth reading: a published target, a figure, or a bloc it is in.

    All others are there so that publishers' files find them.
    """
    pair = OuterRef("pk")
    public = Exists(Target.objects.filter(pair=pair, state=ReviewState.PUBLISHED))
    told = Exists(TurnoverFigure.objects.filter(pair=pair, release__withdrawn_at__isnull=True))
    # By either side, of which there are indexes: asked for both at once, every economy would look through all pairs.
    pairs = CountryPair.objects.filter(public | told)
    return (
        Q(Exists(pairs.filter(first=OuterRef("pk"))))
        | Q(Exists(pairs.filter(second=OuterRef("pk"))))
        | Q(Exists(Economy.members.through.objects.filter(to_economy=OuterRef("pk"))))
        | Q(kind=EconomyKind.BLOC)
    )


def economy_rows(language: str, page: int = 1) -> EconomyRows | None:
    """The economies that published targets name, by their name in the language: a page of them, None beyond the last.

    Versions that a later one replaced are not counted. No SQL query but after a change of the data.
    """
    first = remembered(("economy rows", language, 1), lambda: _economy_rows(language, 1))
    if page > first.pages:
        return None
    return first if page == 1 else remembered(("economy rows", language, page), lambda: _economy_rows(language, page))


def _economy_rows(language: str, page: int) -> EconomyRows:
    told = _told()
    every = economies(language)
    return EconomyRows([EconomyRow(one, *told[one.code]) for one in every if one.code in told], page)


def _told() -> dict[str, tuple[int, tuple[tuple[Status, int], ...], Moves]]:
    """How many targets each economy has, how they stand, and how often its goals were moved. No SQL query."""
    found = {}
    for code, own in lines.by_economy().items():
        statuses = counted(line.status for line in own if not line.replaced)
        moves = moves_in_order(Counter(line.relation for line in own if line.relation))
        found[code] = (sum(number for _status, number in statuses), statuses, moves)
    return found


def economy_page(code: str, language: str, *, today: date, as_of: AsOf | None = None) -> EconomyPage | None:
    """All that an economy's page shows on a UTC day; None for an unknown code. At most nine SQL queries.

    Members and blocs by their name in the language. ``as_of`` as in :func:`targets.queries.target_page`; the
    targets are then judged anew. No SQL query for a page that is kept.
    """
    if as_of is not None:
        return _economy_page(code, language, judged_on(today, as_of), as_of)
    # Asked for first: a page may be newer than the version of the data that it is kept with, never older.
    kept: dict[tuple[str, str, date], EconomyPage] = remembered("economy pages", dict)
    page = kept.get((code, language, today))
    if page is None and (page := _economy_page(code, language, today, None)):
        if len(kept) >= PAGES_KEPT:
            kept.clear()
        kept[code, language, today] = page
    return page


def _economy_page(code: str, language: str, day: date, as_of: AsOf | None) -> EconomyPage | None:
    economy = Economy.objects.filter(code=code).prefetch_related("members", "blocs").first()
    if economy is None:
        return None
    if as_of is None:
        own, promises, (latest, partners) = remembered(("economy", code, day), lambda: _standing(code, day))
        then = None
    else:
        own, promises, then = _then(code, day, as_of)
        latest, partners = _latest(code, day, as_of)
    standing_now = [line for line in own if not line.replaced]
    chosen = (standing_now[:ROWS_SHOWN], *board_lines(own, promises))
    if then is None:
        shown, *rest = lines.rows_of(*chosen)
    else:
        shown, *rest = (tuple(then[line.target] for line in part) for part in chosen)
    return EconomyPage(
        economy=economy_record(economy),
        members=by_name(map(economy_record, economy.members.all()), language),
        blocs=by_name(map(economy_record, economy.blocs.all()), language),
        targets=shown,
        total=len(standing_now),
        replaced=len(own) - len(standing_now),
        statuses=counted(line.status for line in standing_now),
        latest=latest,
        partners=partners,
        board=scoreboard(own, promises, *rest),
        day=day,
    )


_Latest = tuple[tuple[tuple[PairRecord, tuple[FigureRecord, ...]], ...], int]
"""The partners that are shown, with their newest figures, and how many there are."""


def _standing(code: str, today: date) -> tuple[list[Line], Promised, _Latest]:
    """The targets as their judgements are stored, newest statement first, the open promises, the partners.

    Five SQL queries.
    """
    own = sorted(lines.by_economy().get(code, []), key=_newest_first)
    rates = exchange_rates((), {line.currency for line in own})
    return own, promised(code, own, sides_told(own), rates, _blocs(), today), _latest(code, today, None)


def _then(code: str, day: date, as_of: AsOf) -> tuple[list[Line], Promised, dict[int, TargetRow]]:
    """The targets and promises as they were then, judged on a UTC day, and the rows by id. Four SQL queries."""
    stored = published_targets(Q(pair__first=code) | Q(pair__second=code), as_of=as_of)
    targets = [target_record(one, as_of=as_of) for one in stored]
    figures: defaultdict[str, list[FigureRecord]] = defaultdict(list)
    for figure in current_figures({target.pair.slug for target in targets}, as_of=as_of):
        figures[figure.pair].append(figure)
    every = [figure for own in figures.values() for figure in own]
    rates = exchange_rates(every, {target.currency for target in targets})
    rows = [assessed(one, series_for(one, figures[one.pair.slug], rates, day), day) for one in targets]
    prices = newest_prices(rates)
    own = sorted((lines.line_of(row, dollars_of(row, prices)) for row in rows), key=_newest_first)
    by_target = {row.target.id: row for row in rows}
    sides = {number: sides_of(row) for number, row in by_target.items()}
    return own, promised(code, own, sides, rates, _blocs(), day), by_target


def _blocs() -> set[str]:
    """The codes of all blocs."""
    return {code for code, one in economy_records().items() if one.kind is EconomyKind.BLOC}


def _newest_first(line: Line) -> tuple[int, str]:
    return (-(line.stated or date.min).toordinal(), line.slug)


def _latest(code: str, today: date, as_of: AsOf | None) -> _Latest:
    """For each partner the newest turnover of a full year by each reporter, the largest first. Three SQL queries.

    The year is a calendar or a fiscal one, whichever is newer.
    """
    pairs = {
        pair.pk: pair
        for pair in CountryPair.objects.filter(Q(first=code) | Q(second=code)).select_related("first", "second")
    }
    figures = _newest_of(list(pairs), today, as_of, since=today.year - RECENT)
    both = Counter(pair for pair, _reporter in {(figure.pair, figure.reporter) for figure in figures})
    silent = [key for key, pair in pairs.items() if both[pair.slug] < 2]
    if silent:
        # Who has said nothing for years is looked for among all years, of these pairs alone.
        left = {pairs[key].slug for key in silent}
        figures = tuple(figure for figure in figures if figure.pair not in left) + _newest_of(silent, today, as_of)
    best: defaultdict[str, dict[str, FigureRecord]] = defaultdict(dict)
    for figure in sorted(figures, key=_preference):
        best[figure.pair].setdefault(figure.reporter, figure)
    found = [(pair, _in_order(best[pair.slug])) for pair in pairs.values() if pair.slug in best]
    found.sort(key=lambda partner: (-_largest(partner[1]), partner[0].slug))
    return tuple((pair_record(pair), told) for pair, told in found[:ROWS_SHOWN]), len(found)


def _newest_of(pairs: Collection[int], today: date, as_of: AsOf | None, since: int = 0) -> tuple[FigureRecord, ...]:
    """The figures of the newest year of each pair (ids) and reporter that have a turnover, from a year on."""
    # Both kinds of year that begin in this one are not over.
    full_years = standing(as_of=as_of).filter(
        pair__in=pairs,
        measure__in=HEADLINE,
        from_month=1,
        through_month=12,
        reporter__isnull=False,
        year__lt=today.year,
        year__gte=since,
    )
    # What stands is found first: a figure that lost its turnover must not let the one before it stand again.
    whole = TurnoverFigure.objects.filter(
        Q(turnover__isnull=False) | Q(exports__isnull=False, imports__isnull=False),
        pk__in=newest(full_years).values("pk"),
    ).annotate(label=F("year") + Case(When(fiscal="", then=Value(0)), default=Value(1)))
    last = Window(Max("label"), partition_by=[F("pair"), F("reporter")])
    return figure_records(whole.annotate(last=last).filter(label=F("last")))


def _preference(figure: FigureRecord) -> tuple[bool, int, int, int]:
    """What makes one of a reporter's figures for a year stand for it: calendar, source, vintage, measure."""
    vintage = figure.vintage.toordinal() if figure.vintage else 0
    return (figure.fiscal != "", figure.rank, -vintage, HEADLINE.index(figure.measure))


def _in_order(figures: dict[str, FigureRecord]) -> tuple[FigureRecord, ...]:
    return tuple(figures[reporter] for reporter in sorted(figures))


def _largest(figures: Iterable[FigureRecord]) -> Decimal:
    """The largest turnover in US dollars; amounts in other currencies cannot be compared and count as nothing."""
    amounts = [figure.turnover for figure in figures if figure.currency == "USD" and figure.turnover is not None]
    return max(amounts, default=Decimal(0))


def by_name(economies: Iterable[EconomyRecord], language: str) -> tuple[EconomyRecord, ...]:
    """The economies by their name in the language. No SQL query."""
    # Sorted here, because databases disagree on the order of Cyrillic and of accents.
    return tuple(sorted(economies, key=lambda economy: (folded(economy.name(language)), economy.code)))
