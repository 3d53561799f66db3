from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0006_names_of_judgements"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdictchange",
            name="merged_from",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Former address of the target of which this was the verdict, before it became part of this one.",
                max_length=90,
                verbose_name="of the merged target",
            ),
        ),
    ]
