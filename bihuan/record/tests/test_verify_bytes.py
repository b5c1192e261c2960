"""Values the system never writes, put there with an editor: named like any other change, and no end of the check."""

import codecs
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection, transaction

from bihuan.record import append_only, vault
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.actions.seal import seal
from bihuan.record.digest import text_of
from bihuan.record.models import StoredFile
from bihuan.record.verify import read_digest, verify

from .test_verify import by_tool, lines

STREAM = "problem:1"
ANOTHER_SPELLING = [
    ("occurred_at", "replace(occurred_at, ' ', 'T')"),
    ("recorded_at", "recorded_at || '+00:00'"),
    ("recorded_at", "substr(recorded_at, 1, 5) || 'X' || substr(recorded_at, 7)"),
    ("occurred_at", "'2026-13-01 00:00:00'"),
    ("data", "replace(data, ': ', ':' || char(9))"),
    ("data", "data || ' '"),
    ("data", "'x' || substr(data, 2)"),
    ("data", "x'ff'"),
    ("subject", "CAST(x'ff41' AS TEXT)"),
    ("subject", "CAST(subject AS BLOB)"),
    ("unit_id", "x'01'"),
    ("late", "2"),
    ("late", "'x'"),
]
BEYOND_PYTHON = [
    ("occurred_at", "'infinity'"),
    ("recorded_at", "'-infinity'"),
    ("recorded_at", "'0044-03-15 12:00:00+00 BC'"),
    ("data", "'1e5000'::jsonb"),
    ("data", "'[]'"),
]


@pytest.fixture
def life(db, at, clerk, files):
    for step in range(3):
        with transaction.atomic():
            append(
                stream=STREAM, kind="toy.worked", by=clerk, at=at + timedelta(minutes=step), subject="XC-1",
                data={"round": step},
            )  # fmt: skip
    return keep_file(content="会议纪要：整改已完成".encode(), name="minutes.txt", by=clerk, at=at)


@pytest.mark.parametrize("sealed", [True, False])
def test_another_spelling_or_none_at_all_is_named_and_nothing_else(life, at, sealed):
    if sealed:
        seal(at=at)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = 1")
        for column, value in BEYOND_PYTHON if connection.vendor == "postgresql" else ANOTHER_SPELLING:
            with transaction.atomic():
                by_tool(f"UPDATE record_event SET {column} = {value} WHERE stream = '{STREAM}' AND seq = 2")
                named = [line for line in lines() if line.startswith("事件流")]
                assert len(named) == 1 and f"{STREAM}" in named[0] and "第 2 条" in named[0], (column, value)
                transaction.set_rollback(True)
    assert lines() == []


def test_a_signature_in_capitals_is_not_ours(life, at):
    seal(at=at)
    by_tool("UPDATE record_seal SET signature = upper(signature)")
    assert any("签名不对" in line for line in lines())


def test_the_last_seal_that_is_gone_is_named(life, at, clerk):
    seal(at=at)
    append(stream=STREAM, kind="toy.worked", by=clerk, at=at)
    seal(at=at)
    by_tool("DELETE FROM record_seal WHERE number = 2")
    assert lines() == ["第 2 至 2 号封存：缺失，被删除"]


def test_bytes_that_are_no_text_in_a_seal_are_named(life, at):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes none")
    seal(at=at)
    by_tool("UPDATE record_seal SET root = CAST(x'ff' AS TEXT)")
    assert "第 1 号封存" in lines()[0] and "封存本身被改动" in lines()[0]


def test_a_time_of_a_seal_that_is_none_is_named(life, at):
    seal(at=at)
    by_tool(
        "UPDATE record_seal SET sealed_at = " + ("'infinity'" if connection.vendor == "postgresql" else "'x'")
    )
    assert [line for line in lines() if line.startswith("第 1 号封存") and "封存时间" in line]


def test_fences_that_were_taken_down_are_named(life):
    append_only.remove(connection)
    assert {line.split("：")[0].split()[-1] for line in lines()} == set(append_only.missing(connection))
    append_only.install(connection)
    assert lines() == []


def test_fences_that_stand_and_do_nothing_are_named(life):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE record_event DISABLE TRIGGER record_event_no_change")
            assert append_only.missing(connection) == ["record_event_no_change"]
            append_only.install(connection)
            cursor.execute(
                "CREATE OR REPLACE FUNCTION record_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$"
            )
            assert len(append_only.missing(connection)) == 3
        else:
            cursor.execute("DROP TRIGGER record_event_no_update")
            cursor.execute(
                "CREATE TRIGGER record_event_no_update BEFORE UPDATE ON record_event WHEN 0 BEGIN SELECT 1; END"
            )
            assert append_only.missing(connection) == ["record_event_no_update"]
    append_only.install(connection)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kept_by_id", "4242"), ("kept_at", "'2020-01-01 00:00:00+00:00'"), ("latitude", "39.5"),
        ("captured_on_device", "'2020-01-01 00:00:00+00:00'"), ("is_image", "NOT is_image"), ("width", "7"),
    ],
)  # fmt: skip
def test_who_handed_a_file_in_and_what_was_read_off_it_cannot_be_changed_unseen(life, column, value):
    by_tool(f"UPDATE record_storedfile SET {column} = {value}")
    assert [line for line in lines() if line.startswith(f"文件 {life.sha256}：登记被改动")]


def test_files_put_among_the_contents_are_named(life):
    content = vault.path_of(life.sha256)
    left = vault.path_of(vault.keep_bytes(b"left by a command that was killed before its row"))
    assert lines() == []
    (content.parent / "extra.bin").write_bytes(b"x")
    left.chmod(0o600)
    left.write_bytes(b"something else")
    assert len(lines()) == 2 and all("不是由系统放进去的" in line for line in lines())


def test_a_content_that_cannot_be_read_is_named(life):
    content = vault.path_of(life.sha256)
    content.unlink()
    content.mkdir()
    assert any(life.sha256 in line and "读不出来" in line for line in lines())


def test_a_file_that_comes_during_the_check_is_no_fault(life, at, clerk):
    come = []

    def say(done, total, word):
        if word == "核对文件" and not come:
            come.append(keep_file(content=b"late, late", name="late.txt", by=clerk, at=at))

    assert [fault.line for fault in verify(say=say)] == [] and come
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize("packed", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_digest_saved_again_by_an_editor_is_read(packed):
    text = '# 封存摘要\r\n{"number": 1, "hash": "ab", "last": 3}\r\n'
    assert read_digest(text_of(text.encode(packed))) == [{"number": 1, "hash": "ab", "last": 3}]
    assert read_digest(text_of(codecs.BOM_UTF8 + text.split("\r\n")[1].encode()))[0]["number"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["table", "index"])
def test_a_byte_changed_in_the_file_of_the_database_is_named(life, tmp_path, place):
    """With an editor, in one of the two places where SQLite keeps the value: the other goes on saying the old."""
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as to:
        connection.connection.backup(to)
    raw = copy.read_bytes()
    # in the table the number and the kind come right behind the stream, in the index the number and the row
    row = raw.find(f"{STREAM}\x02toy.worked".encode())
    entry = raw.find(f"{STREAM}\x02".encode())
    while raw[entry + len(STREAM) + 1 :].startswith(b"toy"):
        entry = raw.find(f"{STREAM}\x02".encode(), entry + 1)
    where = row if place == "table" else entry
    assert where > 0
    copy.write_bytes(raw[:where] + b"q" + raw[where + 1 :])
    params = {**connection.get_connection_params(), "database": str(copy), "uri": False}
    ours = connection.connection
    with closing(connection.get_new_connection(params)) as cut:
        try:
            connection.connection = cut
            found = lines()
        finally:
            connection.connection = ours
    assert any("roblem:1" in line and "第 2 条" in line for line in found), found
