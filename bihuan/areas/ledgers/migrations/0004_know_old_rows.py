"""Rows and corrections of before: found by their statement, remembered by their header."""

import hashlib

from django.db import migrations

from bihuan.kernel.text import fold


def said_keys(apps, schema_editor):
    rows = apps.get_model("ledgers", "LedgerRow").objects
    last = 0
    while part := list(rows.filter(pk__gt=last, said_key="").order_by("pk").only("pk", "values")[:500]):
        for row in part:
            said = fold(str(row.values.get("statement") or ""))
            row.said_key = hashlib.sha256(said.encode()).hexdigest()[:40] if said else ""
        rows.bulk_update(part, ["said_key"], batch_size=200)
        last = part[-1].pk


def memories(apps, schema_editor):
    """The newest import of each shape that was carried out with corrected columns."""
    imports, memory = apps.get_model("ledgers", "LedgerImport").objects, apps.get_model("ledgers", "ColumnMemory")
    newest = {one.signature: one for one in imports.filter(state="done").order_by("pk")}
    for one in newest.values():
        headers = {str(column["index"]): fold(str(column["header"])) for column in one.columns}
        chosen = {headers[i]: code for i, code in one.wishes.get("columns", {}).items() if i in headers}
        if chosen:
            memory.objects.create(
                home_id=one.home_id,
                shape=sorted(set(headers.values())),
                columns=chosen,
                learned_from=one.filename,
                learned_at=one.loaded_at,
                learned_by_id=one.loaded_by_id,
            )


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0003_versions_and_memory")]
    operations = [
        migrations.RunPython(said_keys, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(memories, migrations.RunPython.noop, elidable=True),
    ]
