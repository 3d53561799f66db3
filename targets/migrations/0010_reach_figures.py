from datetime import UTC, datetime

from django.db import migrations, models

FILL = """
UPDATE targets_reach SET figures = counted.number
FROM (
    SELECT pair_id, reporter_id, measure, told, COUNT(*) AS number
    FROM (
        SELECT
            figure.pair_id,
            figure.reporter_id,
            figure.measure,
            CASE
                WHEN figure.standing IN ('said', 'press', 'estimate') THEN TRUE
                WHEN source.kind IN ('national_office', 'compilation') THEN FALSE
                ELSE TRUE
            END AS told,
            ROW_NUMBER() OVER (
                PARTITION BY
                    release.source_id, figure.pair_id, figure.reporter_id, figure.year, figure.fiscal, figure.measure,
                    figure.currency
                ORDER BY release.recorded_at DESC, release.id DESC, figure.id DESC
            ) AS place
        FROM targets_turnoverfigure AS figure
        JOIN targets_release AS release ON release.id = figure.release_id
        JOIN targets_source AS source ON source.id = release.source_id
        WHERE release.withdrawn_at IS NULL
            AND figure.reporter_id IS NOT NULL
            AND figure.from_month = 1 AND figure.through_month = 12 AND figure.year < %s
            AND figure.pair_id IN (SELECT pair_id FROM targets_target)
    ) AS placed
    WHERE place = 1
    GROUP BY pair_id, reporter_id, measure, told
) AS counted
WHERE targets_reach.pair_id = counted.pair_id
    AND targets_reach.economy_id = counted.reporter_id
    AND targets_reach.measure = counted.measure
    AND targets_reach.told = counted.told
"""


def fill(apps, schema_editor):
    """What every refresh of the judgements keeps from now on."""
    schema_editor.execute(FILL, [datetime.now(UTC).year])


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0009_reach_filled"),
    ]

    operations = [
        migrations.AddField(
            model_name="reach",
            name="figures",
            field=models.PositiveIntegerField(
                default=0, help_text="That stand and that the economy gave itself.", verbose_name="figures"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
