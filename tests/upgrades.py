"""Databases as they were at earlier migrations, small and portable: made here, loaded by the upgrade tests.

``python -m tests.upgrades NAME`` loads a slice of the shipped data into a fresh database, does what people do at the
desk, and writes every row to ``tests/fixtures/upgrade/NAME/rows.json.gz``. Made once for each released state and then
left alone: a dump that is made anew by newer code proves nothing about the old one.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "fixtures" / "upgrade"
DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)

PAIRS = {
    ("BLR", "KGZ"),
    ("CHN", "TJK"),
    ("CHN", "KGZ"),
    ("EGY", "IND"),
    ("IRN", "PAK"),
    ("KAZ", "UZB"),
    ("CHN", "NZL"),
    ("CEEC17", "CHN"),
    ("ARE", "IND"),
    ("RUS", "UZB"),
}
"""Pairs with something of everything: both sides' figures, fiscal years, a bloc, a multiple, own currencies, drafts."""


def load(dump: dict[str, Any], apps: Any) -> None:
    """Stores the rows of a dump through the models of a migration state; needs empty tables."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    with transaction.atomic():
        for label, rows in dump["rows"].items():
            model = apps.get_model(label)
            fields = {field.attname: field for field in model._meta.concrete_fields}
            model._base_manager.bulk_create(
                [model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows],
                batch_size=200,
            )
    models = [apps.get_model(label) for label in dump["rows"]]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def read(name: str) -> dict[str, Any]:
    """The dump of this name: ``migration``, ``today`` and ``rows`` by model."""
    return json.loads(gzip.decompress((FOLDER / name / "rows.json.gz").read_bytes()))


def _slice(folder: Path) -> None:
    """Writes the part of the shipped data that concerns the pairs."""
    lists = {path.stem: json.loads(path.read_text("utf-8")) for path in (DATA / "catalogue").glob("*.json")}
    targets = [record for record in lists["targets"] if tuple(record["economies"]) in PAIRS]
    figures = [record for record in lists["figures"] if tuple(record["economies"]) in PAIRS]
    papers = [paper for record in targets for paper in record["statements"] + record["documents"]]
    keys = {one["source"] for one in [*papers, *figures]}
    codes = {code for pair in PAIRS for code in pair}
    by_code = {record["code"]: record for record in lists["economies"]}
    codes |= {member for code in codes for member in by_code[code]["members"] or ()}
    kept = {
        "targets": targets,
        "figures": figures,
        "sources": [record for record in lists["sources"] if record["id"] in keys],
        "economies": [record for record in lists["economies"] if record["code"] in codes],
    }
    (folder / "catalogue").mkdir()
    for name, records in kept.items():
        (folder / "catalogue" / f"{name}.json").write_text(json.dumps(records), "utf-8")
    (folder / "trade").mkdir()
    lines = gzip.decompress((DATA / "trade" / "open_pairs.csv.gz").read_bytes()).decode().splitlines()
    wanted = [
        row for row in csv.DictReader(lines) if tuple(sorted((row["reporter_iso3"], row["partner_iso3"]))) in PAIRS
    ]
    with (folder / "trade" / "open_pairs.csv.gz").open("wb") as file:
        text = "\n".join([lines[0], *(",".join(row.values()) for row in wanted)])
        file.write(gzip.compress(text.encode()))
    datasets = {row["dataset"] for row in wanted}
    told = json.loads((DATA / "trade" / "datasets.json").read_text("utf-8"))
    told = [record for record in told if record["dataset"] in datasets]
    (folder / "trade" / "datasets.json").write_text(json.dumps(told), "utf-8")
    lines = (DATA / "exchange_rates.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "exchange_rates.csv").write_text("".join(line for line in lines if line[:3] in ("cur", "EUR", "NZD")))
    (folder / "exchange_rates.json").write_bytes((DATA / "exchange_rates.json").read_bytes())


def _use() -> None:
    """What people do: enter, correct, withdraw, edit."""
    from django.contrib.auth.models import Group, User

    from targets.actions.releases import record_release, withdraw_release
    from targets.models import RoadmapMeasure, SlugRedirect, Source, Target
    from targets.records import FigureRow, FigureStanding, ReleaseKind, Valuation

    analyst = User.objects.create_user("analyst", is_staff=True)
    editor = User.objects.create_user("editor", is_staff=True)
    for person in (analyst, editor):
        person.groups.add(Group.objects.get(name=person.username))
    target = Target.objects.get(slug="blr-kgz-500m-usd-2030")
    source = Source.objects.get(key="kgz-nsc")

    def enter(turnover: int, kind: ReleaseKind, reason: str = "") -> Any:
        row = FigureRow(
            first="BLR", second="KGZ", reporter="KGZ", compiler="", year=2025, from_month=1, through_month=12,
            fiscal="", measure=target.measure, exports=None, imports=None, turnover=Decimal(turnover), currency="USD",
            valuation=Valuation.FOB_CIF, standing=FigureStanding.PRELIMINARY, approximate=False, note="", place="",
        )  # fmt: skip
        return record_release(by=analyst, source=source, rows=[row], kind=kind, reason=reason, today=TODAY)

    enter(150_000_000, ReleaseKind.ENTRY)
    enter(140_000_000, ReleaseKind.CORRECTION, "misread")
    wrong = enter(1_400_000_000, ReleaseKind.REVISION, "new table")
    withdraw_release(by=editor, release=wrong, reason="wrong unit", today=TODAY)
    target.notes = "Edited at the desk."
    target._history_user = editor
    target._change_reason = "clearer"
    target.save()
    SlugRedirect.objects.create(slug="blr-kgz-half-a-billion", target=target)
    paper = target.documents.get(kind="roadmap")
    RoadmapMeasure.objects.create(
        document=paper, text="A joint trading house", due_on=date(2026, 12, 31), state="under_way"
    )


def _rows() -> dict[str, list[dict[str, Any]]]:
    from django.apps import apps

    models = [apps.get_model("auth", "User"), *apps.get_app_config("targets").get_models(include_auto_created=True)]
    rows = {}
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields]
        rows[model._meta.label] = list(model._base_manager.order_by("pk").values(*names))
    return rows


def main(name: str) -> None:
    import django
    from django.core.management import call_command
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db.migrations.recorder import MigrationRecorder

    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"TRADEWATCH_VAR": var, "DJANGO_SETTINGS_MODULE": "tradewatch.settings"}
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from targets.actions.catalogue import load as load_catalogue

        call_command("migrate", verbosity=0)
        folder = Path(var) / "data"
        folder.mkdir()
        _slice(folder)
        loaded = load_catalogue(folder=folder, today=TODAY)
        assert not loaded.rejections, loaded.rejections
        _use()
        applied = MigrationRecorder.Migration.objects.filter(app="targets").latest("id").name
        dump = {"migration": applied, "today": TODAY, "rows": _rows()}
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
        text = json.dumps(dump, cls=DjangoJSONEncoder, ensure_ascii=False)
        (FOLDER / name / "rows.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
