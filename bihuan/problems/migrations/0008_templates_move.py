"""The templates of papers are kept for the whole house by `documents` (ADR 26): the rows move there, in their order."""

from django.db import migrations

FIELDS = ("kind", "file_id", "name", "put_at", "put_by_id")


def move(apps, schema_editor):
    old, new = apps.get_model("problems", "PaperTemplate"), apps.get_model("documents", "Template")
    new.objects.bulk_create(new(**row) for row in old.objects.order_by("id").values(*FIELDS))


def move_back(apps, schema_editor):
    old, new = apps.get_model("problems", "PaperTemplate"), apps.get_model("documents", "Template")
    rows = new.objects.exclude(kind__contains="inspection.").order_by("id").values(*FIELDS)
    old.objects.bulk_create(old(**row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("problems", "0007_indexes_that_cover"), ("documents", "0001_initial")]

    operations = [
        migrations.RunPython(move, move_back, elidable=True),
        migrations.DeleteModel(name="PaperTemplate"),
    ]
