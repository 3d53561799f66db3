from django.db import migrations, models

from targets.actions.search import refresh_search_text


def fill(apps, schema_editor):
    """What search looks through has another shape, and statements and documents have it for the first time."""
    refresh_search_text(apps=apps)


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0003_uploads"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="search_text",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="roadmapdocument",
            name="search_text",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
