"""Verdict and reading sentences: what they say for every status, and that none of them is ever malformed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from targets import wording
from targets.progress import Flag, Measure, Point, Reason, Series, SourceRank, Status, assess
from targets.records import DatePrecision, DeadlineBasis, PartialDate
from tests.wording.made_up import FREEDONIA, TODAY, assessment, reading, silent, target

GROWING = {
    "catch_up_growth": 0.247,
    "observed_cagr": 0.0587,
    "required_cagr": 0.15,
    "growth_ratio": 0.4,
    "recent_cagr": 0.0587,
    "recent_since": 2019,
    "share_of_way": 0.0825,
}
MET = {"latest_amount": 520e6, "decided_year": 2024, "decided_amount": 520e6, "reached_in": 2024}
ABOUT = {"latest_approximate": True, "decided_approximate": True}
OPEN = {"deadline_year": None, "deadline_basis": DeadlineBasis.NONE}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


CASES = {
    "met in time": (
        target(deadline_year=2024),
        [reading(Status.MET, **MET), silent("XIS")],
        "Trade between Freedonia and the Calm Isles met its target of $500m by 2024: it came to $520m in 2024 by "
        "Freedonia's figures; the Calm Isles' figures are not known.",
        "Товарооборот между Фридонией и Тихими островами достиг цели в 500 млн долларов к 2024 году: он составил "
        "520 млн долларов в 2024 году по данным Фридонии; данные Тихих островов неизвестны.",
    ),
    "met by an approximate figure, and by an exact one since": (
        target(deadline_year=2023),
        [reading(Status.MET, **{**MET, "decided_year": 2023}, decided_approximate=True), silent("XIS")],
        "Trade between Freedonia and the Calm Isles met its target of $500m by 2023: it came to about $520m in 2023 by "
        "Freedonia's figures; the Calm Isles' figures are not known.",
        "Товарооборот между Фридонией и Тихими островами достиг цели в 500 млн долларов к 2023 году: он составил "
        "примерно 520 млн долларов в 2023 году по данным Фридонии; данные Тихих островов неизвестны.",
    ),
    "met before the deadline, by both": (
        target(),
        [
            reading(Status.MET, **MET),
            reading(Status.MET, by="XIS", **{**MET, "latest_year": 2023, "decided_year": 2023}),
        ],
        "Trade between Freedonia and the Calm Isles reached its target of $500m by 2030 ahead of time: $520m by "
        "Freedonia's figures (2024) and $520m by the Calm Isles' figures (2023).",
        "Товарооборот между Фридонией и Тихими островами досрочно достиг цели в 500 млн долларов к 2030 году: "
        "520 млн долларов по данным Фридонии (2024) и 520 млн долларов по данным Тихих островов (2023).",
    ),
    "met without a deadline, about": (
        target(**OPEN, measure=Measure.NON_OIL_TURNOVER),
        [reading(Status.MET, **MET, **ABOUT, flags=(Flag.ALREADY_THERE, Flag.NARROW)), silent("XIS")],
        "Non-oil trade between Freedonia and the Calm Isles has reached its target of $500m, set without a deadline: "
        "about $520m in 2024 by Freedonia's figures; the figure is approximate, so “about there” says it best; it had"
        " been at the target level before the target was stated; the Calm Isles' figures are not known.",
        "Ненефтяной товарооборот между Фридонией и Тихими островами достиг цели в 500 млн долларов, поставленной без "
        "срока: примерно 520 млн долларов в 2024 году по данным Фридонии; цифра приблизительная, вернее сказать "
        "«примерно у цели»; уровень цели был достигнут ещё до её объявления; данные Тихих островов неизвестны.",
    ),
    "met by both, about by one": (
        target(),
        [
            reading(Status.MET, **MET, **ABOUT, flags=(Flag.NARROW,)),
            reading(Status.MET, by="XIS", **{**MET, "latest_amount": 700e6, "decided_amount": 700e6}),
        ],
        "Trade between Freedonia and the Calm Isles reached its target of $500m by 2030 ahead of time: about $520m by "
        "Freedonia's figures (2024) and $700m by the Calm Isles' figures (2024); Freedonia's figures are approximate, "
        "so “about there” says it best.",
        "Товарооборот между Фридонией и Тихими островами досрочно достиг цели в 500 млн долларов к 2030 году: примерно "
        "520 млн долларов по данным Фридонии (2024) и 700 млн долларов по данным Тихих островов (2024); данные "
        "Фридонии приблизительные, вернее сказать «примерно у цели».",
    ),
    "met by both, about by both": (
        target(),
        [reading(Status.MET, by=by, **MET, **ABOUT, flags=(Flag.NARROW,)) for by in ("XFR", "XIS")],
        "Trade between Freedonia and the Calm Isles reached its target of $500m by 2030 ahead of time: about $520m by "
        "Freedonia's figures (2024) and about $520m by the Calm Isles' figures (2024); the figures are approximate, so "
        "“about there” says it best.",
        "Товарооборот между Фридонией и Тихими островами досрочно достиг цели в 500 млн долларов к 2030 году: примерно "
        "520 млн долларов по данным Фридонии (2024) и примерно 520 млн долларов по данным Тихих островов (2024); "
        "цифры приблизительные, вернее сказать «примерно у цели».",
    ),
    "met, then lost, deadline over": (
        target(deadline_year=2024),
        [reading(Status.MET_THEN_LOST, decided_year=2024, decided_amount=470e6, latest_amount=470e6, reached_in=2022)],
        "Trade between Freedonia and the Calm Isles reached its target of $500m by 2024 ahead of time, in 2022, but "
        "fell back to $470m in 2024 by Freedonia's figures.",
        "Товарооборот между Фридонией и Тихими островами досрочно, в 2022 году, достиг цели в 500 млн долларов к "
        "2024 году, но затем снизился до 470 млн долларов в 2024 году по данным Фридонии.",
    ),
    "met, then lost, no deadline": (
        target(**OPEN),
        [reading(Status.MET_THEN_LOST, decided_year=2024, decided_amount=470e6, latest_amount=470e6, reached_in=2022)],
        "Trade between Freedonia and the Calm Isles reached its target of $500m in 2022 but fell back to $470m in "
        "2024 by Freedonia's figures.",
        "Товарооборот между Фридонией и Тихими островами в 2022 году достиг цели в 500 млн долларов, но затем "
        "снизился до 470 млн долларов в 2024 году по данным Фридонии.",
    ),
    "missed by a hair, reached two years later": (
        target(deadline_year=2020),
        [reading(Status.MISSED, decided_year=2020, decided_amount=499.8e6, latest_amount=610e6, reached_in=2022)],
        "Trade between Freedonia and the Calm Isles missed its target of $500m by 2020: it came to $499.8m in 2020 by"
        " Freedonia's figures; it got there by 2022, 2 years after the deadline.",
        "Товарооборот между Фридонией и Тихими островами не достиг цели в 500 млн долларов к 2020 году: он составил "
        "499,8 млн долларов в 2020 году по данным Фридонии; цель достигнута к 2022 году, через 2 года после срока.",
    ),
    "on track, one side silent for too long": (
        target(),
        [
            reading(Status.ON_TRACK, **{**GROWING, "catch_up_growth": 0.05}),
            reading(
                Status.NOT_ASSESSABLE, by="XIS", reason=Reason.FIGURES_TOO_OLD, latest_year=2021, latest_amount=90e6
            ),
        ],
        "Trade between Freedonia and the Calm Isles is on track for $500m by 2030: from $133m in 2024 by "
        "Freedonia's figures it needs 5.0 % a year; since 2019 it has grown 5.9 % a year; the Calm Isles' figures end "
        "in 2021 at $90m.",
        "Товарооборот между Фридонией и Тихими островами растёт по графику для цели в 500 млн долларов к 2030 году: в"
        " 2024 году он составил 133 млн долларов по данным Фридонии, дальше нужно по 5,0 % в год; с 2019 года он рос "
        "на 5,9 % в год; данные Тихих островов заканчиваются в 2021 году (90 млн долларов).",
    ),
    "on track, one side silent since a fiscal year": (
        target(),
        [
            reading(Status.ON_TRACK, **{**GROWING, "catch_up_growth": 0.05}),
            reading(
                Status.NOT_ASSESSABLE,
                by="XIS",
                reason=Reason.FIGURES_TOO_OLD,
                latest_year=2022,
                latest_amount=90e6,
                fiscal="04-01",
            ),
        ],
        "Trade between Freedonia and the Calm Isles is on track for $500m by 2030: from $133m in 2024 by "
        "Freedonia's figures it needs 5.0 % a year; since 2019 it has grown 5.9 % a year; the Calm Isles' figures end "
        "in fiscal 2021/22 at $90m.",
        "Товарооборот между Фридонией и Тихими островами растёт по графику для цели в 500 млн долларов к 2030 году: в"
        " 2024 году он составил 133 млн долларов по данным Фридонии, дальше нужно по 5,0 % в год; с 2019 года он рос "
        "на 5,9 % в год; данные Тихих островов заканчиваются в 2021/22 финансовом году (90 млн долларов).",
    ),
    "too slow, the other side needs less": (
        target(),
        [
            reading(Status.TOO_SLOW, **GROWING),
            reading(Status.TOO_SLOW, by="XIS", **{**GROWING, "catch_up_growth": 0.2}),
        ],
        "Trade between Freedonia and the Calm Isles is growing too slowly for $500m by 2030: from $133m in 2024 by "
        "Freedonia's figures it needs 24.7 % a year; since 2019 it has grown 5.9 % a year; by the Calm Isles' figures "
        "it needs 20.0 % a year.",
        "Товарооборот между Фридонией и Тихими островами растёт слишком медленно для цели в 500 млн долларов к 2030 "
        "году: в 2024 году он составил 133 млн долларов по данным Фридонии, дальше нужно по 24,7 % в год; с 2019 года"
        " он рос на 5,9 % в год; по данным Тихих островов нужно 20,0 % в год.",
    ),
    "far too slow by a fiscal year, in euros": (
        target(currency="EUR"),
        [reading(Status.FAR_TOO_SLOW, **GROWING, fiscal="XFR"), reading(Status.TOO_SLOW, by="XIS", **GROWING)],
        "Trade between Freedonia and the Calm Isles is growing far too slowly for €500m by 2030: from €133m in fiscal "
        "2023/24 by Freedonia's figures it needs 24.7 % a year; since fiscal 2018/19 it has grown 5.9 % a year; by the "
        "Calm Isles' figures (€133m in 2024) it is growing too slowly.",
        "Товарооборот между Фридонией и Тихими островами растёт намного медленнее нужного для цели в 500 млн евро к "
        "2030 году: в 2023/24 финансовом году он составил 133 млн евро по данным Фридонии, дальше нужно по 24,7 % в "
        "год; с 2018/19 финансового года он рос на 5,9 % в год; по данным Тихих островов (133 млн евро в 2024 году) он "
        "растёт слишком медленно.",
    ),
    "moving away": (
        target(measure=Measure.EXPORTS_SECOND_TO_FIRST),
        [reading(Status.MOVING_AWAY, **{**GROWING, "observed_cagr": -0.032}), silent("XIS")],
        "The value of exports from the Calm Isles to Freedonia is moving away from $500m by 2030: from $133m in 2024 "
        "by Freedonia's figures it needs 24.7 % a year; since 2019 it has fallen 3.2 % a year; the Calm Isles' figures "
        "are not known.",
        "Экспорт Тихих островов на рынок Фридонии удаляется от цели в 500 млн долларов к 2030 году: в 2024 году он "
        "составил 133 млн долларов по данным Фридонии, дальше нужно по 24,7 % в год; с 2019 года он снижался на 3,2 %"
        " в год; данные Тихих островов неизвестны.",
    ),
    "too early, replaced": (
        target(replaced=True),
        [
            reading(
                Status.TOO_EARLY,
                reason=Reason.TOO_FEW_YEARS,
                latest_approximate=True,
                flags=(Flag.REPLACED,),
                **GROWING,
            ),
            silent("XIS"),
        ],
        "Too early to tell: to reach $500m by 2030, trade between Freedonia and the Calm Isles must grow 24.7 % a year "
        "from about $133m in 2024, by Freedonia's figures; since 2019 it has grown 5.9 % a year; the Calm Isles' "
        "figures are not known; a later version has replaced this target.",
        "Судить рано: чтобы к 2030 году достичь 500 млн долларов, товарооборот между Фридонией и Тихими островами "
        "должен расти на 24,7 % в год; в 2024 году он составил примерно 133 млн долларов по данным Фридонии; с 2019 "
        "года он рос на 5,9 % в год; данные Тихих островов неизвестны; позднее цель пересмотрели.",
    ),
    "no deadline, a range, the press alone": (
        target(**OPEN, amount=Decimal(2_000_000_000), amount_high=Decimal(3_000_000_000)),
        [
            silent("XFR"),
            silent("XIS"),
            reading(
                Status.NO_DEADLINE,
                by="press",
                target_amount=2e9,
                share_of_way=0.0174,
                recent_cagr=0.0,
                recent_since=2019,
            ),
        ],
        "Trade between Freedonia and the Calm Isles stood at $133m in 2024 by press reports, 2 % of the way from its "
        "2019 level to $2–3bn, for which no deadline was set; since 2019 it has stayed where it was; neither side's "
        "own figures are known.",
        "Товарооборот между Фридонией и Тихими островами составил 133 млн долларов в 2024 году по сообщениям прессы —"
        " это 2 % пути от уровня 2019 года к цели в 2–3 млрд долларов, поставленной без срока; с 2019 года он остался"
        " прежним; собственные данные обеих сторон неизвестны.",
    ),
    "no deadline, further off than before": (
        target(**OPEN, measure=Measure.UNSPECIFIED_TURNOVER),
        [reading(Status.NO_DEADLINE, share_of_way=-0.1), reading(Status.NO_DEADLINE, by="XIS", latest_amount=150e6)],
        "Trade between Freedonia and the Calm Isles stood at $133m in 2024 by Freedonia's figures, further from the "
        "target of $500m, for which no deadline was set, than in 2019; by the Calm Isles' figures it stood at $150m "
        "in 2024.",
        "Торговый оборот между Фридонией и Тихими островами составил 133 млн долларов в 2024 году по данным Фридонии "
        "— дальше от цели в 500 млн долларов, поставленной без срока, чем в 2019 году; по данным Тихих "
        "островов — 150 млн долларов в 2024 году.",
    ),
    "awaiting the figure of the deadline year": (
        target(deadline_year=2025),
        [reading(Status.AWAITING_FIGURES), silent("XIS")],
        "Trade between Freedonia and the Calm Isles was to reach $500m by 2025, but no figure for that year is known "
        "yet: the latest is $133m in 2024 by Freedonia's figures; the Calm Isles' figures are not known.",
        "Товарооборот между Фридонией и Тихими островами должен был достичь 500 млн долларов к 2025 году, но данных за "
        "этот год пока нет: последний известный объём — 133 млн долларов в 2024 году по данным Фридонии; данные Тихих "
        "островов неизвестны.",
    ),
    "no figure for a deadline long past": (
        target(deadline_year=2015),
        [reading(Status.NOT_ASSESSABLE, reason=Reason.NO_DEADLINE_FIGURE, latest_amount=510e6, reached_in=2024)],
        "The target of $500m by 2015 for trade between Freedonia and the Calm Isles cannot be judged: no figure for "
        "that year is known; it was at the target level in 2024 by Freedonia's figures.",
        "Цель довести к 2015 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя:"
        " данных за этот год нет; уровень цели отмечен в 2024 году по данным Фридонии.",
    ),
    "no figure for a deadline long past, both sides known since": (
        target(deadline_year=2019),
        [
            reading(Status.NOT_ASSESSABLE, reason=Reason.NO_DEADLINE_FIGURE, latest_amount=510e6, reached_in=2024),
            reading(Status.NOT_ASSESSABLE, by="XIS", reason=Reason.NO_DEADLINE_FIGURE),
        ],
        "The target of $500m by 2019 for trade between Freedonia and the Calm Isles cannot be judged: no figure for "
        "that year is known; it was at the target level in 2024 by Freedonia's figures; by the Calm Isles' figures it"
        " stood at $133m in 2024.",
        "Цель довести к 2019 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя:"
        " данных за этот год нет; уровень цели отмечен в 2024 году по данным Фридонии; по данным Тихих островов — 133"
        " млн долларов в 2024 году.",
    ),
    "missed, reached later, lost again": (
        target(deadline_year=2020),
        [reading(Status.MISSED, decided_year=2020, decided_amount=420e6, latest_amount=470e6, reached_in=2022)],
        "Trade between Freedonia and the Calm Isles missed its target of $500m by 2020: it came to $420m in 2020 by "
        "Freedonia's figures; it got there by 2022, 2 years after the deadline; it has since fallen below the target "
        "again.",
        "Товарооборот между Фридонией и Тихими островами не достиг цели в 500 млн долларов к 2020 году: он составил "
        "420 млн долларов в 2020 году по данным Фридонии; цель достигнута к 2022 году, через 2 года после срока; "
        "затем он снова опустился ниже цели.",
    ),
    "on track by the rule's margin": (
        target(),
        [reading(Status.ON_TRACK, **{**GROWING, "catch_up_growth": 0.06})],
        "Trade between Freedonia and the Calm Isles is roughly on track for $500m by 2030: from $133m in 2024 by "
        "Freedonia's figures it needs 6.0 % a year; since 2019 it has grown 5.9 % a year.",
        "Товарооборот между Фридонией и Тихими островами растёт примерно по графику для цели в 500 млн долларов к "
        "2030 году: в 2024 году он составил 133 млн долларов по данным Фридонии, дальше нужно по 6,0 % в год; с 2019 "
        "года он рос на 5,9 % в год.",
    ),
    "far too slow and flat": (
        target(),
        [reading(Status.FAR_TOO_SLOW, **{**GROWING, "observed_cagr": 0.0})],
        "Trade between Freedonia and the Calm Isles is not growing, and its target is $500m by 2030: from $133m in "
        "2024 by Freedonia's figures it needs 24.7 % a year; since 2019 it has stayed where it was.",
        "Товарооборот между Фридонией и Тихими островами не растёт, а цель — 500 млн долларов к 2030 году: в 2024 "
        "году он составил 133 млн долларов по данным Фридонии, дальше нужно по 24,7 % в год; с 2019 года он остался "
        "прежним.",
    ),
    "awaiting the deadline year of both sides": (
        target(deadline_year=2025),
        [reading(Status.AWAITING_FIGURES), reading(Status.AWAITING_FIGURES, by="XIS", latest_year=2023)],
        "Trade between Freedonia and the Calm Isles was to reach $500m by 2025, but no figure for that year is known "
        "yet: the latest are $133m by Freedonia's figures (2024) and $133m by the Calm Isles' figures (2023).",
        "Товарооборот между Фридонией и Тихими островами должен был достичь 500 млн долларов к 2025 году, но данных "
        "за этот год пока нет: последние известные объёмы — 133 млн долларов по данным Фридонии (2024) и 133 млн "
        "долларов по данным Тихих островов (2023).",
    ),
    "no figure for a deadline long past, both sides there since": (
        target(deadline_year=2015),
        [
            reading(Status.NOT_ASSESSABLE, reason=Reason.NO_DEADLINE_FIGURE, latest_amount=510e6, reached_in=2024),
            reading(
                Status.NOT_ASSESSABLE,
                by="XIS",
                reason=Reason.NO_DEADLINE_FIGURE,
                latest_amount=510e6,
                reached_in=2023,
                fiscal="XIS",
            ),
        ],
        "The target of $500m by 2015 for trade between Freedonia and the Calm Isles cannot be judged: no figure for "
        "that year is known; it was at the target level in 2024 by Freedonia's figures and in fiscal 2022/23 by the "
        "Calm Isles' figures.",
        "Цель довести к 2015 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя:"
        " данных за этот год нет; уровень цели отмечен в 2024 году по данным Фридонии и в 2022/23 финансовом году по "
        "данным Тихих островов.",
    ),
    "no figure for a deadline long past, both sides there in one year": (
        target(deadline_year=2015),
        [
            reading(
                Status.NOT_ASSESSABLE, by=side, reason=Reason.NO_DEADLINE_FIGURE, latest_amount=9e8, reached_in=2024
            )
            for side in ("XFR", "XIS")
        ],
        "The target of $500m by 2015 for trade between Freedonia and the Calm Isles cannot be judged: no figure for "
        "that year is known; it was at the target level in 2024 by both sides' figures.",
        "Цель довести к 2015 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя:"
        " данных за этот год нет; уровень цели отмечен в 2024 году по данным обеих сторон.",
    ),
    "no figure for a deadline long past, only the other side there since": (
        target(deadline_year=2015),
        [
            reading(Status.NOT_ASSESSABLE, reason=Reason.NO_DEADLINE_FIGURE),
            reading(
                Status.NOT_ASSESSABLE,
                by="XIS",
                reason=Reason.NO_DEADLINE_FIGURE,
                latest_amount=450e6,
                reached_in=2022,
            ),
        ],
        "The target of $500m by 2015 for trade between Freedonia and the Calm Isles cannot be judged: no figure for "
        "that year is known; the latest figure is $133m in 2024 by Freedonia's figures; it was at the target level in"
        " 2022 by the Calm Isles' figures.",
        "Цель довести к 2015 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя:"
        " данных за этот год нет; последний известный объём — 133 млн долларов в 2024 году по данным Фридонии; "
        "уровень цели отмечен в 2022 году по данным Тихих островов.",
    ),
    "a multiple of nothing known": (
        target(amount=None, factor=Decimal(2), currency="", measure=Measure.GOODS_SERVICES_TURNOVER),
        [reading(Status.NOT_ASSESSABLE, reason=Reason.AMOUNT_UNKNOWN, target_amount=None, base_year=None)],
        "The target of twice the starting level by 2030 for trade in goods and services between Freedonia and the Calm "
        "Isles cannot be judged: the level to start from is not known; the latest figure is $133m in 2024 by "
        "Freedonia's figures.",
        "Цель довести к 2030 году оборот товаров и услуг между Фридонией и Тихими островами до объёма вдвое больше "
        "исходного уровня оценить нельзя: исходный уровень неизвестен; последний известный объём — 133 млн долларов в"
        " 2024 году по данным Фридонии.",
    ),
    "a multiple of a known base": (
        target(amount=None, factor=Decimal("3.6"), currency="USD"),
        [reading(Status.TOO_EARLY, reason=Reason.TOO_FEW_YEARS, target_amount=360e6, catch_up_growth=0.18)],
        "Too early to tell: to reach $360m (3.6 times the 2019 level) by 2030, trade between Freedonia and the Calm "
        "Isles must grow 18.0 % a year from $133m in 2024, by Freedonia's figures.",
        "Судить рано: чтобы к 2030 году достичь 360 млн долларов (в 3,6 раза больше уровня 2019 года), товарооборот "
        "между Фридонией и Тихими островами должен расти на 18,0 % в год; в 2024 году он составил 133 млн долларов по"
        " данным Фридонии.",
    ),
    "a sum over years": (
        target(cumulative=True),
        [reading(Status.NOT_ASSESSABLE, reason=Reason.CUMULATIVE, share_of_way=0.266)],
        "The target of $500m in total by 2030 for trade between Freedonia and the Calm Isles is a sum over years, "
        "which has no yearly pace; known years add up to 27 % of it by Freedonia's figures.",
        "Цель довести к 2030 году суммарный товарооборот между Фридонией и Тихими островами до 500 млн долларов — это "
        "сумма за несколько лет, и годового темпа для неё нет; за известные годы по данным Фридонии набрано 27 % этой "
        "суммы.",
    ),
    "nothing known": (
        target(),
        [silent("XFR"), silent("XIS")],
        "The target of $500m by 2030 for trade between Freedonia and the Calm Isles cannot be judged: no figures for "
        "full years are known.",
        "Цель довести к 2030 году товарооборот между Фридонией и Тихими островами до 500 млн долларов оценить нельзя: "
        "данных за полные годы нет.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_of_every_kind_reads_as_an_editor_would_write_it(case):
    one, readings, english, russian = CASES[case]
    judged = assessment(one, *readings)
    with override("en"):
        assert plain(wording.verdict_sentence(one, judged)) == english
    with override("ru"):
        assert plain(wording.verdict_sentence(one, judged)) == russian


def test_a_dispute_names_both_sides_and_their_numbers():
    one = target(deadline_year=2024)
    kept = reading(Status.MET, latest_year=2025, latest_amount=4.3e9, decided_year=2024, decided_amount=4.3e9)
    missed = reading(Status.MISSED, by="XIS", decided_year=2024, decided_amount=196e6, latest_amount=196e6)
    judged = assessment(one, kept, missed, status=Status.DISPUTED)
    with override("en"):
        assert plain(wording.verdict_sentence(one, judged)) == (
            "The figures disagree on the target of $500m by 2024 for trade between Freedonia and the Calm Isles: met "
            "by Freedonia's figures ($4.3bn in 2024), missed by the Calm Isles' figures ($196m in 2024)."
        )
    with override("ru"):
        assert plain(wording.verdict_sentence(one, judged)) == (
            "Данные о цели довести к 2024 году товарооборот между Фридонией и Тихими островами до 500 млн долларов "
            "расходятся: по данным Фридонии она достигнута (4,3 млрд долларов в 2024 году), по данным Тихих островов "
            "она не достигнута (196 млн долларов в 2024 году)."
        )


def test_a_dispute_says_of_a_target_kept_and_lost_that_it_was_both():
    lost = reading(Status.MET_THEN_LOST, decided_year=2024, decided_amount=470e6, latest_amount=470e6, reached_in=2022)
    judged = assessment(target(**OPEN), lost, reading(Status.NO_DEADLINE, by="XIS"), status=Status.DISPUTED)
    with override("en"):
        assert (
            "met and then lost by Freedonia's figures ($470m in 2024), not yet met by the Calm Isles' figures"
            in plain(wording.verdict_sentence(target(**OPEN), judged))
        )
    with override("ru"):
        said = plain(wording.verdict_sentence(target(**OPEN), judged))
    assert "по данным Фридонии она была достигнута, но не удержана (470 млн долларов в 2024 году)" in said


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Freedonia", "Freedonia's"),
        ("the Calm Isles", "the Calm Isles'"),
        ("the Eastern countries (16+1)", "the Eastern countries' (16+1)"),
        ("the Union (of six)", "the Union's (of six)"),
    ],
)
def test_the_possessive_stands_before_what_a_name_has_in_brackets(name, whose):
    assert replace(FREEDONIA, name_en_text=name).possessive("en") == whose


def test_two_paces_far_apart_are_a_dispute_over_growth():
    fast = reading(Status.ON_TRACK, **{**GROWING, "observed_cagr": 0.3})
    slow = reading(Status.FAR_TOO_SLOW, by="XIS", **GROWING)
    with override("en"):
        said = plain(wording.verdict_sentence(target(), assessment(target(), fast, slow, status=Status.DISPUTED)))
    assert "on track by Freedonia's figures (+30.0 % a year, $133m in 2024)" in said
    assert "far too slow by the Calm Isles' figures (+5.9 % a year, $133m in 2024)" in said


def test_a_reading_does_not_repeat_the_pair_and_says_when_it_was_converted():
    with override("en"):
        said = plain(wording.reading_sentence(target(), reading(Status.TOO_SLOW, **GROWING, converted=True)))
    assert said == (
        "Trade is growing too slowly for $500m by 2030: from $133m in 2024 by Freedonia's figures it needs 24.7 % a "
        "year; since 2019 it has grown 5.9 % a year; amounts are converted at each year's average rate."
    )


def test_the_goal_in_a_title_carries_amount_measure_and_deadline():
    said = {
        "€2bn to €3bn, no deadline": target(
            **OPEN, currency="EUR", amount=Decimal(2 * 10**9), amount_high=Decimal(3 * 10**9)
        ),
        "$500m by 2030": target(),
        "double by 2030": target(amount=None, factor=Decimal(2)),
        "10 times as much by 2030": target(amount=None, factor=Decimal(10)),
        "$500m of non-oil trade by 2030": target(measure=Measure.NON_OIL_TURNOVER),
        "$500m of exports from the Calm Isles by 2030": target(measure=Measure.EXPORTS_SECOND_TO_FIRST),
        "$500m in total by 2030": target(cumulative=True),
    }
    with override("en"):
        assert [plain(wording.goal_words(one)) for one in said.values()] == list(said)
        assert wording.target_title(target()) == "Freedonia – Calm Isles: $500m by 2030"
    with override("ru"):
        assert plain(wording.goal_words(target(amount=None, factor=Decimal("1.5")))) == "рост в 1,5 раза к 2030 году"
        assert plain(wording.target_title(target())) == "Фридония – Тихие острова: 500 млн $ к 2030 году"


@pytest.mark.parametrize(
    ("factor", "russian"),
    [
        ("4", "рост в 4 раза"),
        ("5", "рост в 5 раз"),
        ("21", "рост в 21 раз"),
        ("3.6", "рост в 3,6 раза"),
        ("3", "утроение"),
    ],
)
def test_russian_multiples_take_the_form_of_their_number(factor, russian):
    with override("ru"):
        assert plain(wording.goal_words(target(amount=None, factor=Decimal(factor), **OPEN))) == f"{russian}, без срока"


@pytest.mark.parametrize(("late", "words"), [(1, "1 год"), (2, "2 года"), (5, "5 лет"), (11, "11 лет"), (21, "21 год")])
def test_russian_years_take_the_form_of_their_number(late, words):
    one = target(deadline_year=2000)
    missed = reading(Status.MISSED, decided_year=2000, decided_amount=1e6, reached_in=2000 + late)
    with override("ru"):
        assert f"через {words} после срока;" in plain(wording.verdict_sentence(one, assessment(one, missed)))


def test_how_it_was_judged_names_rule_figures_ratio_votes_and_prices():
    judged = assessment(
        target(), reading(Status.FAR_TOO_SLOW, measures=(Measure.GOODS_TURNOVER,), **GROWING), silent("XIS")
    )
    with override("en"):
        said = [plain(sentence) for sentence in wording.basis_sentences(target(), judged)]
        about = assessment(target(), reading(Status.FAR_TOO_SLOW, **GROWING, latest_approximate=True))
        assert "the latest 2024 (about $133m)" in plain(" ".join(wording.basis_sentences(target(), about)))
    assert "growth-ratio rule (Open SDG)" in said[0]
    assert said[1:] == [
        "Freedonia's figures: goods trade, 6 full years, the latest 2024 ($133m). Base year 2019 ($100m).",
        "Growth 2019–2024: +5.9 % a year; asked for: +15.0 %; ratio 0.4.",
        "By whose figures: Freedonia.",
        "No vote: Calm Isles (no figures for full years).",
        "Amounts are in current dollars: inflation is not taken out.",
    ]


@pytest.mark.parametrize("status", [Status.MET, Status.MET_THEN_LOST])
@pytest.mark.parametrize(
    ("deadline", "rule"),
    [
        (2025, "A target is met when a full year from its statement to its deadline"),
        (2026, "While its deadline is ahead or not set, a target is met when the latest full year"),
        (None, "While its deadline is ahead or not set, a target is met when the latest full year"),
    ],
)
def test_the_rule_told_is_the_one_for_the_deadline(status, deadline, rule):
    one = target(**OPEN) if deadline is None else target(deadline_year=deadline)
    with override("en"):
        said = wording.basis_sentences(one, assessment(one, reading(status, **MET)))
    assert said[0].startswith(rule)


def test_compilers_are_called_by_their_names():
    with override("ru"):
        assert wording.side_name(target().pair, "EEC") == "Евразийская экономическая комиссия"
        assert wording.by_figures_of(target().pair, "press") == "по сообщениям прессы"
        assert wording.by_figures_of(target().pair, "QazTrade") == "по данным QazTrade"
        assert wording.side_name(target().pair, "XIS") == "Тихие острова"


MALFORMED = re.compile(r"None|%\(|\bnan\b|\binf\b| {2}|\s[,;.:]|\.\.|-0|[;,] ?\.$|\( | \)|[{}]")


def sound(sentence: str, spoken: str) -> bool:
    """Whether a sentence begins with a capital, ends with a full stop and has nothing odd between."""
    text = plain(sentence)
    begins = text[0].isupper() or not text[0].isalpha()
    foreign = spoken == "ru" and re.search(r"[A-Za-z]{2,}", text.replace("Open SDG", ""))
    return (
        begins
        and text.endswith(".")
        and not MALFORMED.search(text)
        and not foreign
        and text.count("(") == text.count(")")
    )


AMOUNT = st.one_of(st.just(0.0), st.floats(min_value=1e3, max_value=1e13, allow_nan=False))
YEARS = st.integers(min_value=1995, max_value=2035)


@st.composite
def judged_targets(draw):
    """Any target of Freedonia's, and what ``assess`` makes of any figures."""
    pure = draw(st.booleans())
    deadline = draw(st.none() | YEARS)
    amount = None if pure else Decimal(draw(st.integers(min_value=10**6, max_value=10**12)))
    ranged = amount is not None and draw(st.booleans())
    one = target(
        measure=draw(st.sampled_from(Measure)),
        amount=amount,
        amount_high=amount * 2 if ranged else None,
        currency=draw(st.sampled_from(("USD", "EUR", "NZD"))),
        factor=Decimal(draw(st.sampled_from(("1.5", "2", "3", "3.6", "10")))) if pure else None,
        baseline_year=draw(st.none() | YEARS) if pure else None,
        baseline_amount=Decimal(draw(st.integers(min_value=10**6, max_value=10**12)))
        if pure and draw(st.booleans())
        else None,
        cumulative=draw(st.booleans()),
        deadline_year=deadline,
        deadline_basis=DeadlineBasis.NONE if deadline is None else DeadlineBasis.STATED,
        first_stated=draw(
            st.one_of(
                st.just(PartialDate(None, DatePrecision.UNKNOWN)),
                YEARS.map(lambda year: PartialDate(date(year, 1, 1), DatePrecision.YEAR)),
            )
        ),
        replaced=draw(st.booleans()),
    )
    series = []
    for by in draw(st.lists(st.sampled_from(("XFR", "XIS", "press", "EEC", "")), unique=True)):
        years = sorted(draw(st.sets(YEARS, max_size=8)))
        points = tuple(
            Point(
                year,
                draw(AMOUNT),
                draw(st.booleans()),
                Measure.GOODS_TURNOVER,
                draw(st.sampled_from(("", "GBP"))),
                1,
                SourceRank.PRESS,
            )
            for year in years
        )
        fiscal = draw(st.sampled_from(("", "XFR")))
        series.append(Series(by, by in ("XFR", "XIS"), fiscal, points, draw(st.sampled_from(((), (2020,))))))
    return one, assess(one.terms(), series, TODAY)


@settings(max_examples=300, deadline=None)
@given(judged_targets(), st.sampled_from(("en", "ru")))
def test_whatever_the_figures_every_sentence_is_whole(case, spoken):
    one, judged = case
    with override(spoken):
        said = [wording.verdict_sentence(one, judged), *wording.basis_sentences(one, judged)]
        said += [wording.reading_sentence(one, each) for each in judged.readings]
    for sentence in said:
        assert sound(sentence, spoken), sentence
