"""What is done to the record with a database tool or an editor is found and named, one thing a line."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from bihuan.record import append_only, signing, vault
from bihuan.record.actions.append import append
from bihuan.record.actions.append_first import append_first
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.actions.seal import seal
from bihuan.record.chain import link, seal_hash
from bihuan.record.digest import digest_text
from bihuan.record.models import Event, Seal, StoredFile, StreamHead
from bihuan.record.verify import read_digest, verify

SEALED = [True, False]


def by_tool(*statements):
    """What a person with a database tool does: down with the fence, change, up with the fence."""
    with append_only.lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lines():
    return [fault.line for fault in verify()]


@pytest.fixture
def life(db, at, clerk, files):
    """Two problems with three events each, a third with one, and a kept paper."""
    append_first(kind="toy.raised", by=clerk, at=at, streams=[("problem:3", 1, {"number": "XC-3"})])
    for step in range(3):
        for number in (1, 2):
            append(
                stream=f"problem:{number}",
                kind=f"toy.step{step}",
                by=clerk,
                at=at + timedelta(minutes=step),
                subject=f"XC-{number}",
                data={"round": step, "share": 0.5, "whole": 2.0, "words": "已整改", "list": [1, {"a": None}]},
            )
    return keep_file(content="会议纪要：整改已完成".encode(), name="minutes.txt", by=clerk, at=at)


def event(stream, seq):
    return Event.objects.get(stream=stream, seq=seq)


@pytest.fixture(params=SEALED, ids=["sealed", "open tail"])
def stretch(request, life, at):
    if request.param:
        assert seal(at=at).events == 8
    return life


def test_an_untouched_record_is_whole(stretch):
    assert lines() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "'XC-9'"),
        ("kind", "'toy.other'"),
        ("by_id", "8"),
        ("unit_id", "5"),
        ("clock_offset_s", "1"),
        ("recorded_at", "'2026-09-01 02:00:01+00:00'"),
        ("occurred_at", "'2026-09-01 02:00:01+00:00'"),
        ("hash", f"'{'0' * 64}'"),
    ],
)
def test_one_changed_column_is_named(stretch, column, value):
    wrong = event("problem:1", 2)
    by_tool(f"UPDATE record_event SET {column} = {value} WHERE id = {wrong.pk}")
    assert any("problem:1" in line and "第 2 条" in line for line in lines())
    assert not any("problem:2" in line or "problem:3" in line for line in lines())


def test_one_byte_of_the_data_is_named_and_nothing_else(stretch):
    wrong = event("problem:1", 2)
    like = "::text" if connection.vendor == "postgresql" else ""
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    by_tool(
        f"UPDATE record_event SET data = REPLACE(data{like}, '\"round\": 1', '\"round\": 7'){cast} WHERE id = {wrong.pk}"
    )
    found = [line for line in lines() if line.startswith("事件流")]
    assert found == ["事件流 problem:1（XC-1） 第 2 条 toy.step1：内容、编号或链值被改动，与记下时不符"]


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_missing_event_is_named_wherever_it_stood(stretch, seq):
    by_tool(f"DELETE FROM record_event WHERE stream = 'problem:2' AND seq = {seq}")
    assert f"事件流 problem:2 第 {seq} 条：缺失，被删除或被改到别处" in lines()
    assert not any("problem:1" in line for line in lines())


def test_a_whole_stream_that_is_gone_is_named(stretch):
    by_tool("DELETE FROM record_event WHERE stream = 'problem:2'")
    assert "事件流 problem:2 第 1 至 3 条：缺失，被删除或被改到别处" in lines()


def test_a_stream_that_is_gone_with_its_end_leaves_empty_places(stretch):
    by_tool(
        "DELETE FROM record_event WHERE stream = 'problem:3'",
        "DELETE FROM record_streamhead WHERE stream = 'problem:3'",
    )
    found = lines()
    if connection.vendor == "sqlite":
        assert any("事件总序" in line for line in found)
    assert bool(found) == (connection.vendor == "sqlite" or Seal.objects.exists())


def test_two_swapped_events_are_both_named(stretch):
    one, other = event("problem:1", 1), event("problem:1", 2)
    by_tool(
        f"UPDATE record_event SET seq = 99 WHERE id = {one.pk}",
        f"UPDATE record_event SET seq = 1 WHERE id = {other.pk}",
        f"UPDATE record_event SET seq = 2 WHERE id = {one.pk}",
    )
    found = lines()
    assert any("problem:1" in line and "第 1 条" in line for line in found)
    assert any("problem:1" in line and "第 2 条" in line for line in found)


def test_two_swapped_places_are_named(stretch):
    one, other = event("problem:1", 2), event("problem:2", 2)
    by_tool(
        f"UPDATE record_event SET id = 9999 WHERE id = {one.pk}",
        f"UPDATE record_event SET id = {one.pk} WHERE id = {other.pk}",
        f"UPDATE record_event SET id = {other.pk} WHERE id = 9999",
    )
    found = lines()
    assert any("problem:1" in line for line in found) and any("problem:2" in line for line in found)


def test_an_event_put_in_by_another_hand_is_named(stretch, at):
    last = event("problem:1", 3)
    false = Event(
        pk=last.pk + 500, stream="problem:1", seq=4, kind="toy.closed", by_kind="person", by_id=7,
        occurred_at=at, recorded_at=at,
    )  # fmt: skip
    false.hash = link(last.hash, false)
    false.save(force_insert=True)
    assert any("problem:1" in line and "多出来的" in line for line in lines())


def write_anew(stream):
    """The whole chain of a stream written anew, heads included: somebody who knows how it is done."""
    with append_only.lifted(connection):
        before = ""
        for row in Event.objects.of(stream):
            before = link(before, row)
            Event.objects.filter(pk=row.pk).update(hash=before)
        StreamHead.objects.filter(pk=stream).update(hash=before)


def seal_anew():
    """And the seals too, with the key of the house."""
    before = ""
    with append_only.lifted(connection):
        for row in Seal.objects.order_by("number"):
            from bihuan.record.chain import Root

            pairs = Event.objects.filter(pk__gte=row.first_id, pk__lte=row.last_id).order_by("pk")
            row.root, row.before = Root().add_all(pairs.values_list("pk", "hash")).hash, before
            before = row.hash = seal_hash(row)
            Seal.objects.filter(pk=row.pk).update(
                root=row.root, before=row.before, hash=before, signature=signing.sign(before)
            )


def test_a_chain_written_anew_does_not_fit_its_seal(life, at):
    seal(at=at)
    by_tool("UPDATE record_event SET by_id = 8 WHERE stream = 'problem:1' AND seq = 1")
    write_anew("problem:1")
    only = Seal.objects.get()
    assert lines() == [f"第 1 号封存（第 {only.first_id} 至 {only.last_id} 号事件）：其中的事件与封存时不符"]


def test_seals_written_anew_as_well_do_not_fit_the_digest_kept_elsewhere(life, at, clerk):
    seal(at=at)
    with transaction.atomic():
        append(stream="problem:1", kind="toy.closed", by=clerk, at=at)
    seal(at=at + timedelta(minutes=10))
    paper = digest_text(at)
    by_tool("UPDATE record_event SET by_id = 8 WHERE stream = 'problem:1' AND seq = 1")
    write_anew("problem:1")
    seal_anew()
    assert lines() == []
    found = [fault.line for fault in verify(paper)]
    assert [line.split("：")[0] for line in found] == ["第 1 号封存", "第 2 号封存"]
    assert "整体重写" in found[0]


def test_a_seal_without_the_key_of_the_house_is_named(life, at, settings, tmp_path):
    ours = settings.KEYS_ROOT
    seal(at=at)
    settings.KEYS_ROOT = tmp_path / "elsewhere"
    assert any("签名不是本系统的密钥" in line for line in lines())
    settings.KEYS_ROOT = ours
    with append_only.lifted(connection):
        Seal.objects.update(signature="00" * 64)
    assert any("签名不对" in line for line in lines())


def test_a_missing_seal_is_named(life, at, clerk):
    for turn in range(3):
        with transaction.atomic():
            append(stream="problem:1", kind="toy.noted", by=clerk, at=at)
        seal(at=at + timedelta(minutes=turn))
    by_tool("DELETE FROM record_seal WHERE number = 2")
    assert any(line.startswith("第 2 至 2 号封存") for line in lines())


def test_a_changed_file_is_named(stretch):
    path = vault.path_of(stretch.sha256)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert [line for line in lines() if "原件的内容被改动" in line and stretch.sha256 in line]


def test_a_lost_content_and_a_lost_row_are_named(stretch):
    vault.path_of(stretch.sha256).unlink()
    assert f"文件 {stretch.sha256}：原件的内容不在了" in lines()
    StoredFile.objects.all().delete()
    assert f"文件 {stretch.sha256}：登记缺失，被删除" in lines()


def test_a_changed_row_of_a_file_is_named(stretch):
    StoredFile.objects.update(size=1)
    assert f"文件 {stretch.sha256}：登记被改动（size），与收下时不符" in lines()


def test_a_row_that_nobody_handed_in_is_named(life, at):
    StoredFile.objects.create(sha256="ab" * 32, size=1, mime="text/plain", kept_at=at)
    assert any("没有收下它的记录" in line for line in lines())


def test_nothing_new_is_not_sealed(life, at):
    assert seal(at=at).number == 1
    assert seal(at=at) is None


@pytest.mark.parametrize("text", ["", "# nothing in it", '{"number": "x"}'])
def test_an_unreadable_digest_is_said(text):
    with pytest.raises(ValueError, match="摘要"):
        read_digest(text)


@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_once_make_one_seal(race, at, clerk):
    with transaction.atomic():
        append(stream="problem:1", kind="toy.raised", by=clerk, at=at)
    outcomes = race(lambda: seal(at=at), times=4)
    assert [o.error for o in outcomes] == [None] * 4
    assert Seal.objects.count() == 1
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_seals_hold_while_others_write(race, at, clerk):
    """Who writes while it is sealed falls into this seal or the next, never below a seal that was made."""

    def write(number):
        for step in range(25):
            with transaction.atomic():
                append(stream=f"problem:{number}", kind="toy.worked", by=clerk, at=at, data={"step": step})

    def seal_often(_):
        for minute in range(12):
            seal(at=at + timedelta(minutes=minute))

    outcomes = race([write, write, write, seal_often])
    assert [o.error for o in outcomes] == [None] * 4
    seal(at=at + timedelta(hours=1))
    assert list(verify()) == []
    assert sum(Seal.objects.values_list("events", flat=True)) == 75
