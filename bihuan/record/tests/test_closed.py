"""Confidential rows and files: the database and the store alone say nothing; the right row with the right key says all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from bihuan.kernel.refused import Refused
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import content_of, opened, reseal, shut
from bihuan.record.models import ClosedFile
from bihuan.record.strongbox import Lost, add_key

from .samples import photo

pytestmark = pytest.mark.django_db
SECRET = "匿名信里写的内容"


@pytest.fixture(autouse=True)
def house(tmp_path, settings, files):
    settings.KEYS_ROOT, settings.STRONGBOX_KEYS = tmp_path / "keys", []
    return tmp_path


def owner() -> ClosedFile:
    """Any closed row will do as the owner of a file."""
    made = ClosedFile(owner="toy")
    shut(made, {"summary": SECRET})
    return made


def keep(clerk, at, content=SECRET.encode(), name="举报信.txt", **more) -> ClosedFile:
    return keep_closed(content=content, name=name, owner=owner(), order=1, by=clerk, at=at, **more)


def everything_on_disk(files: Path) -> bytes:
    return b"".join(path.read_bytes() for path in files.rglob("*") if path.is_file())


def test_neither_the_database_nor_the_store_says_a_word(clerk, at, files):
    made = keep(clerk, at)
    with connection.cursor() as cursor:
        for table in ("record_closedfile", "record_storedfile", "record_event"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "举报信" not in str(cursor.fetchall())
    assert SECRET.encode() not in everything_on_disk(files)
    kept = content_of(ClosedFile.objects.get(pk=made.pk))
    assert (kept.name, kept.mime, kept.data) == ("举报信.txt", "text/plain", SECRET.encode())


def test_a_text_opens_in_its_own_row_only(clerk, at):
    one, other = keep(clerk, at), keep(clerk, at)
    one.sealed = other.sealed
    with pytest.raises(Lost):
        opened(one)


def test_a_changed_content_is_noticed(clerk, at, files):
    made = keep(clerk, at)
    path = files / made.stored.sha256[:2] / made.stored.sha256[2:4] / made.stored.sha256
    path.chmod(0o640)
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))  # another byte whatever stood there
    with pytest.raises(Lost, match="被改过"):
        content_of(made)


def test_new_keys_close_rows_anew_and_files_still_open(clerk, at):
    made = keep(clerk, at)
    add_key()
    assert reseal(ClosedFile) == 1 and reseal(ClosedFile) == 0
    assert content_of(ClosedFile.objects.get(pk=made.pk)).data == SECRET.encode()


def test_a_bare_picture_has_lost_its_traces(clerk, at):
    shot = photo()
    assert b"Exif" in shot
    kept = content_of(keep(clerk, at, shot, "现场.jpg", bare=True))
    assert b"Exif" not in kept.data and kept.mime == "image/jpeg"
    assert content_of(keep(clerk, at, shot, "现场.jpg")).data == shot


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "空.txt", "是空的"),
        (b"MZ\x90\x00" + b"\0" * 80, "a.exe", "不能上传"),
        (b"\xff\xd8\xff\xe0abc", "坏.jpg", "坏"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(clerk, at, content, name, says):
    with pytest.raises(Refused) as refused:
        keep(clerk, at, content, name, bare=True)
    assert says in str(refused.value) + refused.value.todo
    assert not ClosedFile.objects.exists()
