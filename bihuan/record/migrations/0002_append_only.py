"""The database refuses to change or delete events. PostgreSQL and SQLite say it in different words."""

from django.db import migrations

from bihuan.record import append_only


def put_up(apps, schema_editor):
    append_only.install(schema_editor.connection)


def take_down(apps, schema_editor):
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
