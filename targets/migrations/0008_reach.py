import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0007_merged_verdicts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=40, verbose_name="measure")),
                (
                    "told",
                    models.BooleanField(help_text="Not from a table of statistics.", verbose_name="said or printed"),
                ),
                ("first", models.PositiveSmallIntegerField(verbose_name="first year")),
                ("last", models.PositiveSmallIntegerField(verbose_name="last year")),
                (
                    "economy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to="targets.economy",
                        verbose_name="economy",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to="targets.countrypair",
                        verbose_name="pair",
                    ),
                ),
            ],
            options={
                "verbose_name": "reach of figures",
                "verbose_name_plural": "reaches of figures",
                "ordering": ["pair", "economy", "measure", "told"],
                "constraints": [
                    models.UniqueConstraint(fields=("economy", "pair", "measure", "told"), name="reach_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="reach_years_in_order"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="turnoverfigure",
            index=models.Index(
                condition=models.Q(("note", ""), _negated=True), fields=["release"], name="figure_noted"
            ),
        ),
    ]
