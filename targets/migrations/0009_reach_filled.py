from datetime import UTC, datetime

from django.db import migrations

FILL = """
INSERT INTO targets_reach (pair_id, economy_id, measure, told, first, last)
SELECT
    figure.pair_id,
    COALESCE(figure.reporter_id, figure.compiler),
    figure.measure,
    CASE
        WHEN figure.standing IN ('said', 'press', 'estimate') THEN TRUE
        WHEN source.kind IN ('national_office', 'compilation') THEN FALSE
        ELSE TRUE
    END,
    MIN(figure.year + CASE WHEN figure.fiscal = '' THEN 0 ELSE 1 END),
    MAX(figure.year + CASE WHEN figure.fiscal = '' THEN 0 ELSE 1 END)
FROM targets_turnoverfigure AS figure
JOIN targets_countrypair AS pair ON pair.id = figure.pair_id
JOIN targets_release AS release ON release.id = figure.release_id
JOIN targets_source AS source ON source.id = release.source_id
WHERE release.withdrawn_at IS NULL
    AND (figure.reporter_id IS NOT NULL OR figure.compiler IN (pair.first_id, pair.second_id))
    AND figure.from_month = 1 AND figure.through_month = 12 AND figure.year < %s
    AND figure.pair_id IN (SELECT pair_id FROM targets_target)
GROUP BY 1, 2, 3, 4
"""


def fill(apps, schema_editor):
    """What every refresh of the judgements keeps from now on."""
    schema_editor.execute(FILL, [datetime.now(UTC).year])


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0008_reach"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
