"""A small made-up world for tests: builders that fill in all that a test does not care about.

Everything is written straight to the tables, past the actions, so that a test of a query does not depend on an action.
``refresh()`` stores the judgements afterwards, as the actions would. The economies' codes are of the range that
ISO 3166-1 leaves to its users, so none can be mistaken for a real one.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group

from targets.actions.search import statement_texts
from targets.models import (
    CountryPair,
    Economy,
    ExchangeRate,
    Release,
    RoadmapDocument,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.progress import Measure
from targets.records import (
    DatePrecision,
    DeadlineBasis,
    DocumentKind,
    EconomyKind,
    FigureStanding,
    MeasureBasis,
    ReleaseKind,
    ReviewState,
    SourceGrade,
    SourceKind,
    Strength,
    search_text,
)

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

# name, in running text, Russian nominative, genitive, instrumental, prepositional
NAMES = {
    "XAR": ("Arlandia", "Arlandia", "Арландия", "Арландии", "Арландией", "Арландии"),
    "XBO": ("Borovia", "Borovia", "Боровия", "Боровии", "Боровией", "Боровии"),
    "XCA": ("Calder Isles", "the Calder Isles", "Калдеры", "Калдер", "Калдерами", "Калдерах"),
    "XDO": ("Doria", "Doria", "Дория", "Дории", "Дорией", "Дории"),
    "XUNION": ("Quartz Union", "the Quartz Union", "Кварц-союз", "Кварц-союза", "Кварц-союзом", "Кварц-союзе"),
}  # fmt: skip

_number = itertools.count(1)


def make_user(username: str = "ana", group: str = "analyst", **fields: Any) -> AbstractUser:
    """A person of the cast: in the group named ("analyst", "editor"), or in none for a stranger (``group=""``)."""
    user, made = get_user_model().objects.get_or_create(username=username, defaults={"is_staff": bool(group), **fields})
    if made:
        user.set_password("made up for tests")
        user.save()
        if group:
            user.groups.add(Group.objects.get(name=group))
    return user


def make_economy(code: str = "XAR", members: tuple[str, ...] | None = None, **fields: Any) -> Economy:
    """The economy of this code; a bloc when it has members."""
    en, text, ru, gen, ins, prep = NAMES.get(code, (code.title(), code.title(), code, code, code, code))
    names = {
        "name_en": en,
        "name_en_text": text,
        "name_ru": ru,
        "name_ru_gen": gen,
        "name_ru_ins": ins,
        "name_ru_prep": prep,
    }
    bloc = members is not None or code == "XUNION"
    kind = EconomyKind.BLOC if bloc else EconomyKind.COUNTRY
    defaults = {"kind": kind, "members_known": members is not None, **names, **fields}
    economy, made = Economy.objects.get_or_create(code=code, defaults=defaults)
    if made and members:
        economy.members.set([make_economy(member) for member in members])
    return economy


def make_pair(first: str = "XAR", second: str = "XBO") -> CountryPair:
    first, second = sorted((first, second))
    fields = {"first": make_economy(first), "second": make_economy(second), "slug": f"{first}-{second}".lower()}
    return CountryPair.objects.get_or_create(slug=fields["slug"], defaults=fields)[0]


def make_source(key: str = "", kind: SourceKind = SourceKind.PRESS, **fields: Any) -> Source:
    """A source with an address of its own; the one of this key if it is there already."""
    key = key or f"source-{next(_number)}"
    defaults = {
        "kind": kind,
        "grade": SourceGrade.AGENCY,
        "publisher": "The Arlandian",
        "url": f"https://news.example/{key}",
        "language": "en",
        **fields,
    }
    return Source.objects.get_or_create(key=key, defaults=defaults)[0]


def make_office(reporter: str = "XAR", **fields: Any) -> Source:
    """The source of a national statistics office's own table."""
    fields = {"publisher": f"Statistics of {NAMES[reporter][0]}", "grade": SourceGrade.PRIMARY, **fields}
    return make_source(f"office-{reporter.lower()}", SourceKind.NATIONAL_OFFICE, **fields)


def make_target(pair: CountryPair | None = None, published: bool = True, **fields: Any) -> Target:
    """A target of 500 million dollars for 2030, first stated in May 2020, unless told otherwise.

    ``deadline_year=None`` makes one without a deadline. A published one carries the name of the account "catalogue".
    """
    pair = pair or make_pair()
    deadline = fields.get("deadline_year", 2030)
    stated = fields.get("first_stated_on", date(2020, 5, 1))
    values = {
        "slug": f"{pair.slug}-{next(_number)}",
        "measure": Measure.GOODS_TURNOVER,
        "measure_basis": MeasureBasis.EXPLICIT,
        "amount": None if "factor" in fields else Decimal(500_000_000),
        "currency": "USD",
        "deadline_year": deadline,
        "deadline_basis": DeadlineBasis.NONE if deadline is None else DeadlineBasis.STATED,
        "strength": Strength.COMMITMENT,
        "first_stated_on": stated,
        "first_stated_on_precision": DatePrecision.DAY if stated else DatePrecision.UNKNOWN,
        **_review(published),
        **fields,
    }
    target = Target(pair=pair, **values)
    names = (name for side in (pair.first, pair.second) for name in (side.name_en, side.name_ru, side.code))
    target.search_text = target.search_text or search_text([target.slug, *names])
    target.save()
    return target


def make_statement(target: Target, published: bool = True, sides: tuple[str, ...] = (), **fields: Any) -> Statement:
    values = {
        "stated_on": date(2020, 5, 1),
        "stated_on_precision": DatePrecision.DAY,
        "speaker": "Ilva Marn",
        "speaker_ru": "Ильва Марн",
        "role": "Trade Minister",
        "role_ru": "Министр торговли",
        "occasion": "Visit to the other capital",
        "occasion_ru": "Визит в соседнюю столицу",
        "summary_en": "The minister named the amount and the year.",
        "summary_ru": "Министр назвала сумму и год.",
        "source": fields.get("source") or make_source(),
        **_review(published),
        **fields,
    }
    statement = Statement(target=target, **values)
    statement.search_text = search_text(statement_texts(statement))
    statement.save()
    statement.sides.set([make_economy(code) for code in sides])
    return statement


def make_document(target: Target, published: bool = True, **fields: Any) -> RoadmapDocument:
    values = {
        "kind": DocumentKind.ROADMAP,
        "title": f"Roadmap of cooperation, no. {next(_number)}",
        "title_ru": "Дорожная карта сотрудничества",
        "signed_on": date(2020, 5, 1),
        "signed_on_precision": DatePrecision.DAY,
        "source": fields.get("source") or make_source(),
        **_review(published),
        **fields,
    }
    words = search_text([values["title"], values["title_ru"]])
    document = RoadmapDocument.objects.create(pair=target.pair, search_text=words, **values)
    document.targets.add(target)
    return document


def make_release(source: Source | None = None, by: AbstractUser | None = None, **fields: Any) -> Release:
    values = {"kind": ReleaseKind.ENTRY, "recorded_at": NOON, **fields}
    return Release.objects.create(source=source or make_source(), recorded_by=by or make_user(), **values)


def make_figure(
    pair: CountryPair | None = None,
    reporter: str = "XAR",
    year: int | None = 2024,
    release: Release | None = None,
    **fields: Any,
) -> TurnoverFigure:
    """A full calendar year of 100 million dollars of goods, by the reporter's own office, unless told otherwise.

    With ``reporter=""`` a compiler speaks; ``from_month=None, through_month=None`` makes a current level. Without a
    release each figure comes in one of its own, so a second figure for the same year supersedes the first.
    """
    pair = pair or make_pair()
    amounts = {"exports", "imports", "turnover"} & fields.keys()
    values = {
        "year": year,
        "from_month": 1 if year else None,
        "through_month": 12 if year else None,
        "measure": Measure.GOODS_TURNOVER,
        "turnover": None if amounts else Decimal(100_000_000),
        "currency": "USD",
        "standing": FigureStanding.FINAL,
        "compiler": "" if reporter else "press",
        **fields,
    }
    release = release or make_release(make_office(reporter) if reporter in NAMES else make_source())
    return TurnoverFigure.objects.create(pair=pair, reporter_id=reporter or None, release=release, **values)


def make_years(pair: CountryPair, reporter: str, amounts: dict[int, float], **fields: Any) -> list[TurnoverFigure]:
    """One release with a full year's turnover, in millions of dollars, for each year named."""
    release = fields.pop("release", None) or make_release(make_office(reporter))
    return [
        make_figure(pair, reporter, year, release, turnover=Decimal(str(amount)) * 1_000_000, **fields)
        for year, amount in amounts.items()
    ]


def make_rate(currency: str, year: int, usd_per_unit: str) -> ExchangeRate:
    source = make_source("central-bank", SourceKind.COMPILATION, publisher="Central Bank of Borovia")
    return ExchangeRate.objects.create(
        currency=currency, year=year, usd_per_unit=Decimal(usd_per_unit), observations=255, source=source
    )


def refresh(today: date = TODAY) -> None:
    """Stores the judgements of every target."""
    from targets.actions import judgements

    judgements.refresh(by=make_user(), today=today)


def make_world() -> dict[str, Target]:
    """Four targets that stand differently, judged; by a short name.

    ``going``: open, behind its pace by Arlandia's figures, with Borovia's lower ones beside; ``earlier``: the version
    that it replaced; ``kept``: met by both sides; ``draft``: not published. A statement each, a document for the first.
    """
    first, second = make_pair("XAR", "XBO"), make_pair("XBO", "XCA")
    make_years(first, "XAR", {2018: 90, 2019: 100, 2020: 80, 2021: 95, 2022: 120, 2023: 125, 2024: 133, 2025: 140})
    make_years(first, "XBO", {2019: 85, 2021: 90, 2023: 100, 2024: 110})
    make_figure(first, "XAR", 2026, through_month=9, turnover=Decimal(101_000_000))
    make_years(second, "XBO", {2018: 700, 2019: 800, 2020: 990, 2021: 1010, 2022: 1150})
    make_years(second, "XCA", {2018: 650, 2019: 760, 2020: 980, 2021: 1005, 2022: 1100})
    going = make_target(first, slug="xar-xbo-500mn-usd-2030")
    earlier = make_target(
        first,
        slug="xar-xbo-500mn-usd-2023",
        deadline_year=2023,
        first_stated_on=date(2018, 3, 1),
        superseded_by=going,
        relation="postponed",
    )
    kept = make_target(
        second,
        slug="xbo-xca-1bn-usd-2022",
        amount=Decimal(1_000_000_000),
        deadline_year=2022,
        first_stated_on=date(2019, 1, 15),
    )
    draft = make_target(
        second,
        published=False,
        slug="xbo-xca-3bn-usd-open",
        amount=Decimal(3_000_000_000),
        deadline_year=None,
        hold_reason="only rumours",
    )
    for target in (going, earlier, kept, draft):
        make_statement(target, published=target is not draft, stated_on=target.first_stated_on)
    make_document(going)
    refresh()
    return {"going": going, "earlier": earlier, "kept": kept, "draft": draft}


def _review(published: bool) -> dict[str, Any]:
    if not published:
        return {"state": ReviewState.DRAFT}
    # Inactive, as the loader makes it: the same account, should a test load a catalogue into this world.
    account, _ = get_user_model().objects.get_or_create(username="catalogue", defaults={"is_active": False})
    return {"state": ReviewState.PUBLISHED, "published_at": NOON, "published_by": account}
