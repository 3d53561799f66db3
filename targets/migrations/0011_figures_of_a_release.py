import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0010_reach_figures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="turnoverfigure",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="targets.release",
                verbose_name="release",
            ),
        ),
        migrations.AddIndex(
            model_name="turnoverfigure",
            index=models.Index(fields=["release", "id"], name="figure_of_release"),
        ),
    ]
