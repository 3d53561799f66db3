"""A small made-up catalogue as files, to load, to break and to load again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tests.world import NAMES

EXTRACT = """\
year,reporter_iso3,partner_iso3,flow,value_usd,dataset
2023,XAR,XBO,export,60000000,office
2023,XAR,XBO,import,40000000.50,office
2024,XAR,XBO,export,70000000,office
2024,XAR,XBO,import,43000000,office
2024,XAR,XBO,import,44000000,office_consignment
"""

RATES = """\
currency,year,usd_per_unit,observations
EUR,2023,1.08,255
EUR,2024,1.09,256
"""


def economy(code: str, /, **fields: Any) -> dict[str, Any]:
    en, text, ru, gen, ins, prep = NAMES[code]
    bloc = code == "XUNION"
    return {
        "code": code,
        "iso2": None,
        "m49": None,
        "name_en": en,
        "name_ru": ru,
        "kind": "bloc" if bloc else "country",
        "members": ["XBO", "XCA"] if bloc else None,
        "name_ru_gen": gen,
        "name_ru_ins": ins,
        "name_ru_prep": prep,
        "name_en_text": text,
        **fields,
    }


def source(key: str, /, **fields: Any) -> dict[str, Any]:
    return {
        "id": key,
        "publisher": "The Arlandian",
        "title": None,
        "url": f"https://news.example/{key}",
        "language": "en",
        "published_on": "2020-05-02",
        "grade": "agency",
        **fields,
    }


def statement(key: str, /, **fields: Any) -> dict[str, Any]:
    return {
        "stated_on": "2020-05-01",
        "stated_on_precision": "day",
        "date_inferred": False,
        "speaker": "Ilva Marn",
        "role": "Trade Minister",
        "sides": ["XAR"],
        "occasion": "Visit to Borovia",
        "summary_en": "The minister named the amount and the year.",
        "summary_ru": "Министр назвала сумму и год.",
        "context_only": False,
        "source": key,
        "speaker_ru": "Ильва Марн",
        "role_ru": "Министр торговли",
        "occasion_ru": "Визит в Боровию",
        "hedged": False,
        **fields,
    }


def document(key: str, /, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "roadmap",
        "title": "Roadmap to 2030",
        "signed_on": "2020-05",
        "signed_on_precision": "month",
        "date_inferred": False,
        "valid_until": 2030,
        "source": key,
        "title_ru": "Дорожная карта до 2030 года",
        **fields,
    }


def target(slug: str, /, **fields: Any) -> dict[str, Any]:
    first, second = (code.upper() for code in slug.split("-")[:2])
    return {
        "slug": slug,
        "economies": [first, second],
        "measure": "goods_turnover",
        "measure_basis": "explicit",
        "amount": 500_000_000,
        "amount_high": None,
        "currency": "USD",
        "multiple": None,
        "deadline": {"year": 2030, "basis": "stated", "note": None, "note_ru": None},
        "strength": "commitment",
        "first_stated_on": "2020-05-01",
        "first_stated_precision": "day",
        "first_stated_inferred": False,
        "sectors": ["energy"],
        "cumulative": False,
        "statements": [statement("arlandian-1")],
        "documents": [],
        "superseded_by": None,
        "relation": None,
        "publish": True,
        "hold_reason": None,
        "notes": None,
        "notes_ru": None,
        **fields,
    }


def figure(key: str, /, year: int | None = 2024, **fields: Any) -> dict[str, Any]:
    return {
        "economies": ["XAR", "XBO"],
        "year": year,
        "period": {"from_month": 1, "through_month": 12, "fiscal": None},
        "reporter": "XBO",
        "compiler": None,
        "measure": "goods_turnover",
        "turnover": 98_000_000,
        "exports": None,
        "imports": None,
        "currency": "USD",
        "standing": "official",
        "approximate": False,
        "source": key,
        "note": None,
        **fields,
    }


def made_up() -> dict[str, list[dict[str, Any]]]:
    """Three targets of two pairs, one replaced by another, one held back; four figures of three sources."""
    return {
        "economies": [economy(code) for code in NAMES],
        "sources": [
            source("arlandian-1"),
            source("arlandian-2", published_on="2020-05"),
            source("arlandian-3", published_on=None),
            source("palace", grade="primary"),
        ],
        "targets": [
            target("xar-xbo-500m-usd-2030", documents=[document("palace")]),
            target(
                "xar-xbo-300m-usd-2025",
                amount=300_000_000,
                deadline={"year": 2025, "basis": "computed", "note": "five years", "note_ru": "пять лет"},
                first_stated_on="2018",
                first_stated_precision="year",
                statements=[statement("arlandian-2", stated_on="2018", stated_on_precision="year")],
                superseded_by="xar-xbo-500m-usd-2030",
                relation="raised",
            ),
            target(
                "xbo-xunion-double-open",
                amount=None,
                multiple={"factor": 2, "baseline_year": 2019, "baseline_amount": 1_000_000_000},
                deadline={"year": None, "basis": "none", "note": None, "note_ru": None},
                statements=[statement("arlandian-3", sides=["XBO", "XUNION"], speaker=None, speaker_ru=None)],
                publish=False,
                hold_reason="only rumours",
            ),
        ],
        "figures": [
            figure("arlandian-1", 2023, turnover=None, exports=50_000_000, imports=41_000_000),
            figure("arlandian-1", 2024),
            figure("arlandian-2", 2024, reporter=None, compiler="press", standing="press", approximate=True),
            figure("palace", 2024, period={"from_month": None, "through_month": None, "fiscal": None}),
        ],
    }


def write(folder: Path, lists: dict[str, Any] | None = None, *, extract: str = "", rates: str = "") -> Path:
    """The folder, now with the catalogue in it and, where given, a trade extract and exchange rates beside it."""
    (folder / "catalogue").mkdir(parents=True, exist_ok=True)
    for name, records in (made_up() if lists is None else lists).items():
        text = records if isinstance(records, str) else json.dumps(records, ensure_ascii=False)
        (folder / "catalogue" / f"{name}.json").write_text(text, "utf-8")
    if extract:
        (folder / "trade").mkdir(exist_ok=True)
        (folder / "trade" / "open_pairs.csv.gz").write_bytes(gzip.compress(extract.encode()))
        told = [described("office"), described("office_consignment", valuation="cif")]
        (folder / "trade" / "datasets.json").write_text(json.dumps(told), "utf-8")
    if rates:
        (folder / "exchange_rates.csv").write_text(rates, "utf-8")
        bank = described("rates", kind="compilation", publisher="Central Bank of Borovia")
        (folder / "exchange_rates.json").write_text(json.dumps(bank), "utf-8")
    return folder


def described(dataset: str, **fields: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "key": dataset.replace("_", "-"),
        "kind": "national_office",
        "grade": "primary",
        "publisher": "Statistics of Arlandia",
        "title": "Trade by partner",
        "url": f"https://statistics.example/{dataset}",
        "language": "en",
        "valuation": "fob_cif",
        "terms": "Free use with attribution.",
        "shareable": True,
        "note": None,
        **fields,
    }
