from django.db import migrations

from targets.actions.search import refresh_search_text


def fill(apps, schema_editor):
    """What search looks through holds codes of currencies in such a way that only the whole code finds them."""
    refresh_search_text(apps=apps)


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0011_figures_of_a_release"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
