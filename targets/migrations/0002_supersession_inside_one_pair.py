"""A target is followed only by one of its own pair: from here on the database itself refuses anything else.

PostgreSQL takes it as a foreign key over both columns. SQLite would have to make the table anew for one, so it gets
triggers; a later migration that makes the table anew (any ``AlterField`` of a target does) loses them and must make
them again, which the tests of constraints notice.
"""

from django.db import IntegrityError, migrations
from django.db.models import F

RULE = "target_superseded_in_pair"

POSTGRESQL = [
    "ALTER TABLE targets_target ADD CONSTRAINT target_with_its_pair UNIQUE (id, pair_id)",
    f"ALTER TABLE targets_target ADD CONSTRAINT {RULE} FOREIGN KEY (superseded_by_id, pair_id) "
    "REFERENCES targets_target (id, pair_id) DEFERRABLE INITIALLY DEFERRED",
]
POSTGRESQL_BACK = [
    f"ALTER TABLE targets_target DROP CONSTRAINT {RULE}",
    "ALTER TABLE targets_target DROP CONSTRAINT target_with_its_pair",
]

# Rows may come in any order, so each is compared with the one it names and with those that name it.
STRANGER = (
    "(SELECT 1 FROM targets_target other WHERE other.pair_id <> NEW.pair_id "
    "AND (other.id = NEW.superseded_by_id OR other.superseded_by_id = NEW.id))"
)
REFUSE = f"BEGIN SELECT RAISE(ABORT, '{RULE}'); END"
SQLITE = [
    f"CREATE TRIGGER {RULE}_{name} AFTER {event} ON targets_target WHEN EXISTS {STRANGER} {REFUSE}"
    for name, event in (("added", "INSERT"), ("changed", "UPDATE OF id, pair_id, superseded_by_id"))
]
SQLITE_BACK = [f"DROP TRIGGER {RULE}_{name}" for name in ("added", "changed")]


def hold(apps, schema_editor):
    target = apps.get_model("targets", "Target")
    wrong = target.objects.using(schema_editor.connection.alias).exclude(superseded_by__pair=F("pair"))
    slugs = list(wrong.filter(superseded_by__isnull=False).order_by("slug").values_list("slug", flat=True))
    if slugs:
        raise IntegrityError(
            f"Targets followed by a target of another pair: {', '.join(slugs)}. Take the link away, then migrate again."
        )
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]

    operations = [migrations.RunPython(hold, let_go)]
