"""A backup of a running system, restored on an empty machine: the same record, files and figures."""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing

import psycopg
import pytest
from django.db import connection, transaction

from bihuan.config import backup as house
from bihuan.config import restore as back
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.models import BrowserSession
from bihuan.problems.tests import story
from bihuan.record import signing, vault
from bihuan.record.actions.append import append
from bihuan.record.strongbox import shut_away
from soak.series.kills import database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full(world, settings, tmp_path):
    """A plant with a closed problem, its photographs, and a place for backups."""
    settings.DATA, settings.FILES_ROOT = tmp_path / "data", tmp_path / "data" / "files"
    settings.KEYS_ROOT = tmp_path / "data" / "keys"
    settings.DATA.mkdir()
    story.problem_in(world, "closed")
    return tmp_path


@pytest.fixture
def empty(tmp_path):
    """The environment of another machine: an empty folder, an empty database of the same kind."""
    url = f"sqlite:///{tmp_path / 'other' / 'bihuan.sqlite3'}"
    (tmp_path / "other").mkdir()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS restored_here WITH (FORCE)")
            cursor.execute("CREATE DATABASE restored_here")
        url = database().rsplit("/", 1)[0] + "/restored_here"
    yield {**os.environ, "BIHUAN_DATA": str(tmp_path / "other"), "DATABASE_URL": url, "BIHUAN_LOG": "ERROR"}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS restored_here WITH (FORCE)")


def command(env, *words):
    done = subprocess.run(
        [sys.executable, "-m", "bihuan.config.cli", *map(str, words)], env=env, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def tables(url):
    """How many tables stand in the database at this address."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as there:
            return there.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    with psycopg.connect(url) as there:
        return there.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def write_on(stop, at, written):
    """Somebody goes on working while the backup runs."""
    while not stop.is_set():
        with transaction.atomic():
            append(stream="work:1", kind="toy.worked", by=SYSTEM, at=at)
        written.append(1)
    connection.close()


def test_it_is_made_while_others_write_and_restored_as_it_was(full, empty, world):
    stop, written = threading.Event(), []
    writer = threading.Thread(target=write_on, args=(stop, world.at, written))
    writer.start()
    try:
        while not written:
            stop.wait(0.01)
        made = house.backup(full / "b.tar", at=world.at, say=lambda line: None)
    finally:
        stop.set()
        writer.join()
    assert made.lost == []
    code, said = command(empty, "restore", made.place)
    assert code == 0 and "全部核对一致" in said, said
    assert command(empty, "verify") == (0, "全部核对一致\n")
    code, said = command(empty, "restore", made.place)
    assert code == 1 and "已经有数据" in said


def test_no_key_travels_with_it(full, world, signed_in):
    signing.sign("both keys are there, whatever ran before in this process")
    shut_away("the address of a robot", "channel:1")
    signed_in("liaison")
    session = BrowserSession.objects.get().session_key.encode()
    made = house.backup(None, at=world.at, say=lambda line: None)
    with tarfile.open(made.place) as archive:
        names = archive.getnames()
        content = b"".join(archive.extractfile(name).read() for name in names)
    keys = [path.read_bytes().strip() for path in (full / "data" / "keys").iterdir()]
    assert len(keys) >= 2 and not any(key in content for key in (*keys, session))
    assert names[-1] == house.MANIFEST and house.DATABASE in names


def test_only_the_newest_are_kept(full, world):
    from datetime import timedelta

    for day in range(4):
        house.backup(None, at=world.at + timedelta(days=day), say=lambda line: None, keep=2)
    assert len(list((full / "data" / "backups").glob("*.tar"))) == 2


def test_a_damaged_file_is_named_and_the_rest_is_saved(full, world, empty):
    from bihuan.record.models import StoredFile

    broken = StoredFile.objects.order_by("pk").first().sha256
    path = vault.path_of(broken)
    path.chmod(0o600)
    path.write_bytes(b"other")
    made = house.backup(full / "b.tar", at=world.at, say=lambda line: None)
    assert made.lost == [broken]
    code, said = command(empty, "restore", made.place)
    assert code == 1 and f"文件 {broken}：原件的内容不在了" in said


@pytest.mark.parametrize("harm", ["byte", "cut", "other"])
def test_a_damaged_backup_is_refused_before_anything_is_written(full, world, empty, harm):
    made = house.backup(full / "b.tar", at=world.at, say=lambda line: None)
    content = bytearray(made.place.read_bytes())
    if harm == "byte":
        content[700] ^= 1
    made.place.write_bytes(
        b"PK not a tar" if harm == "other" else content[: len(content) // 2] if harm == "cut" else content
    )
    code, said = command(empty, "restore", made.place)
    assert code == 1 and "备份" in said and "Traceback" not in said
    assert tables(empty["DATABASE_URL"]) == 0
    assert not [path for path in (full / "other" / "files").rglob("*") if path.is_file()]


def test_a_name_that_is_taken_is_refused(full, world):
    (full / "b.tar").write_text("mine")
    with pytest.raises(Refused, match="已经有了"):
        house.backup(full / "b.tar", at=world.at, say=lambda line: None)


@pytest.mark.parametrize("said", [b"[]", b'{"form": "bihuan-backup-1"}', b'{"form": "other"}', b"\xff"])
def test_a_manifest_that_says_too_little_is_refused_in_words(tmp_path, said):
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        row = tarfile.TarInfo(house.MANIFEST)
        row.size = len(said)
        archive.addfile(row, io.BytesIO(said))
    with back._opened(tmp_path / "b.tar") as archive, pytest.raises(Refused, match="备份"):
        back._manifest(archive)
