"""The chain: every event gets its hash, those written before this version too, and every kept file its event.

Events written before are chained as they stand on the day of the upgrade: what was changed in them before that
day cannot be known.
"""

from django.db import migrations, models

from bihuan.record import append_only
from bihuan.record.chain import link
from bihuan.record.places import next_places

CHUNK = 2000


def _chain(apps, connection):
    Event, StreamHead = apps.get_model("record", "Event"), apps.get_model("record", "StreamHead")
    head, heads, hashes = None, [], []
    for event in Event.objects.order_by("stream", "seq").iterator(chunk_size=CHUNK):
        same = head is not None and head.stream == event.stream
        value = link(head.hash if same else "", event)
        if not same and head is not None:
            heads.append(head)
        head = StreamHead(stream=event.stream, seq=event.seq, hash=value)
        hashes.append((value, event.pk))
    if head is not None:
        heads.append(head)
    with connection.cursor() as cursor:
        for start in range(0, len(hashes), CHUNK):
            cursor.executemany("UPDATE record_event SET hash = %s WHERE id = %s", hashes[start : start + CHUNK])
    StreamHead.objects.bulk_create(heads, batch_size=500)


def _files(apps):
    Event, StreamHead = apps.get_model("record", "Event"), apps.get_model("record", "StreamHead")
    for stored in apps.get_model("record", "StoredFile").objects.order_by("id").iterator(chunk_size=CHUNK):
        event = Event(
            pk=next_places(1)[0],
            stream=f"file:{stored.pk}",
            seq=1,
            kind="file.kept",
            subject=stored.sha256[:12],
            data={
                "sha256": stored.sha256,
                "size": stored.size,
                "mime": stored.mime,
                "shown": stored.shown_sha256,
                "thumb": stored.thumb_sha256,
            },
            by_kind="person" if stored.kept_by_id else "system",
            by_id=stored.kept_by_id,
            occurred_at=stored.kept_at,
            recorded_at=stored.kept_at,
        )
        event.hash = link("", event)
        StreamHead(stream=event.stream, seq=1, hash=event.hash).save(force_insert=True)
        event.save(force_insert=True)


def forward(apps, schema_editor):
    append_only.remove(schema_editor.connection)
    _chain(apps, schema_editor.connection)
    _files(apps)
    append_only.install(schema_editor.connection)


def back(apps, schema_editor):
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("record", "0002_append_only")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: append_only.remove(editor.connection), migrations.RunPython.noop
        ),
        migrations.CreateModel(
            name="StreamHead",
            fields=[
                (
                    "stream",
                    models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="事件流"),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="末号")),
                ("hash", models.CharField(max_length=64, verbose_name="链值")),
            ],
            options={"verbose_name": "事件流末端", "verbose_name_plural": "事件流末端"},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="编号")),
                ("first_id", models.BigIntegerField(verbose_name="起")),
                ("last_id", models.BigIntegerField(verbose_name="止")),
                ("events", models.PositiveIntegerField(verbose_name="条数")),
                ("root", models.CharField(max_length=64, verbose_name="根")),
                ("before", models.CharField(blank=True, max_length=64, verbose_name="前一封存")),
                ("sealed_at", models.DateTimeField(verbose_name="封存时间")),
                ("hash", models.CharField(max_length=64, verbose_name="封存值")),
                ("signer", models.CharField(max_length=64, verbose_name="签名公钥")),
                ("signature", models.CharField(max_length=128, verbose_name="签名")),
            ],
            options={
                "verbose_name": "封存",
                "verbose_name_plural": "封存",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_id__gte", models.F("first_id"))), name="seal_span_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WireCommand",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("account_id", models.BigIntegerField(verbose_name="账号")),
                ("key", models.CharField(max_length=80, verbose_name="去重键")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="内容指纹")),
                ("status", models.PositiveSmallIntegerField(default=0, verbose_name="答复状态")),
                ("headers", models.JSONField(default=dict, verbose_name="答复头")),
                ("body", models.BinaryField(default=bytes, verbose_name="答复")),
                ("done_at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "已收命令",
                "verbose_name_plural": "已收命令",
                "indexes": [models.Index(fields=["done_at", "id"], name="command_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("account_id", "key"), name="command_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="hash",
            field=models.CharField(default="", max_length=64, verbose_name="链值"),
            preserve_default=False,
        ),
        migrations.RunPython(forward, back),
    ]
