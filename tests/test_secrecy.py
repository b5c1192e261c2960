"""An administrator with the database and a backup in hand reads nothing of it; and it is in no log and no error page."""

from __future__ import annotations

import gzip
import io
import logging
import tarfile
import zlib
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.actions.tell import tell
from bihuan.areas.onsite.models import Submission
from bihuan.areas.onsite.reads.door import door_code, task_behind
from bihuan.areas.onsite.tests.conftest import onsite, signed_as
from bihuan.areas.onsite.tests.story import SECRET, Onsite
from bihuan.areas.onsite.tests.test_clues import clue
from bihuan.areas.onsite.tests.test_complaints import NAME, complaint
from bihuan.areas.onsite.web import complaints as page
from bihuan.areas.onsite.web import tell as public
from bihuan.config import backup as house
from bihuan.config.logs import JsonLines
from bihuan.record.worker import run_until_idle

__all__ = ["onsite", "signed_as"]
SENDER, FILE = "反映人侯桂芳", "附件里写着的秘密账号"
#: every way these words could lie in a file
WORDS = [
    said.encode(code)
    for said in (SECRET, NAME, SENDER, FILE, "13900000001")
    for code in ("utf-8", "utf-16-le", "gbk", "unicode_escape")
]


def everything(onsite: Onsite) -> None:
    """All four, with files, and one that was told and not taken in."""
    file = ("秘密.txt", SimpleUploadedFile("秘密.txt", FILE.encode()))
    talk = onsite.talk()
    attach_closed(thing=talk, content=FILE.encode(), name=f"{SECRET[:9]}.txt", **onsite.as_("member"))
    onsite.draft("signed")
    told = complaint(onsite, files=[file])
    clue(onsite, "reported", parts=[told, talk])
    said = {"text": SECRET, "name": SENDER}
    tell(
        task=task_behind(door_code(onsite.task.pk)),
        said=said,
        files=[("秘密.txt", FILE.encode())],
        nonce="x",
        at=onsite.at,
    )
    run_until_idle(at=onsite.at)


def tables() -> bytes:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode()
                for row in cursor
                for one in row
            ]
    return b"\n".join(found)


def unpacked(content: bytes, depth: int = 3) -> Iterator[bytes]:
    """The bytes, and whatever they hold when they are an archive or packed."""
    yield content
    if not depth:
        return
    if tarfile.is_tarfile(io.BytesIO(content)):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive.getmembers():
                if (file := archive.extractfile(member)) is not None:
                    yield from unpacked(file.read(), depth - 1)
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            yield from unpacked(unpack(content), depth - 1)
        except (OSError, EOFError, zlib.error):
            continue


def found_in(content: bytes) -> list[bytes]:
    return [word for word in WORDS if word in content]


@pytest.mark.django_db
def test_no_table_holds_a_word_of_it(onsite):
    everything(onsite)
    dumped = tables()
    assert found_in(dumped) == [] and "信访001".encode() in dumped and Submission.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_no_backup_and_no_file_holds_a_word_of_it(transactional_db, settings, tmp_path):
    from bihuan.org.tests.world import build

    settings.DATA, settings.FILES_ROOT = tmp_path / "data", tmp_path / "data" / "files"
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.DATA.mkdir()
    onsite = Onsite(build(accounts=False))
    everything(onsite)
    made = house.backup(tmp_path / "b.tar", at=onsite.at, say=lambda line: None)
    assert made.lost == []
    parts = list(unpacked(made.place.read_bytes()))
    assert len(parts) > 4 and not [word for part in parts for word in found_in(part)]
    lying = [path for path in settings.DATA.rglob("*") if path.is_file()]
    assert lying and not [path for path in lying for part in unpacked(path.read_bytes()) if found_in(part)]


@pytest.mark.django_db
def test_no_log_and_no_error_page_holds_a_word_of_it(onsite, signed_as, caplog, monkeypatch, settings):
    """Every page that opens it breaks with the words in its hands."""
    caplog.set_level(logging.DEBUG)
    settings.DEBUG = False
    one = complaint(onsite)

    def breaks(*args, **kwargs):
        said = {"summary": SECRET, "sender": NAME}
        raise ValueError(f"{SECRET} {NAME} {said}")

    leader, sender = signed_as("team_leader"), Client()
    leader.raise_request_exception = sender.raise_request_exception = False
    assert SECRET in leader.get(f"/onsite/complaints/{one.pk}/").content.decode()
    monkeypatch.setattr(page, "read_closed", breaks)
    monkeypatch.setattr(public, "tell", breaks)
    monkeypatch.setattr(public, "_nonce", lambda *args: "x")
    answers = [
        leader.get(f"/onsite/complaints/{one.pk}/"),
        sender.post(f"/tell/{door_code(onsite.task.pk)}/", {"text": SECRET, "name": NAME, "form": "x"}),
    ]
    assert [one.status_code for one in answers] == [500, 500]
    assert not [answer for answer in answers if found_in(answer.content)]
    lines = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "error page shown" in lines and "ValueError" in lines
    assert found_in(lines.encode()) == [] and "127.0.0.1" not in lines


@pytest.mark.django_db
def test_search_trail_and_exports_know_nothing_of_it(onsite, signed_as):
    """Whoever searches for a word of it finds what whoever searches for nonsense finds."""
    everything(onsite)
    for word in ("team_leader", "inspection_officer", "audit_admin", "registrar"):
        client = signed_as(word)
        for url, name in (("/problems/", "text"), ("/audit/", "text")):
            hit, nonsense = (
                client.get(url, {name: said}).content.decode().replace(said, "")
                for said in (SECRET[:6], "鼪鼫鼬鼭鼮鼯")
            )
            assert SECRET not in hit and NAME not in hit
            assert hit.count("<tr") == nonsense.count("<tr")
        for url in (
            "/",
            "/notices/",
            "/audit/",
            f"/onsite/{onsite.task.pk}/complaints/",
            f"/onsite/{onsite.task.pk}/clues/",
        ):
            html = client.get(url).content.decode()
            assert not found_in(html.encode()), (word, url)
