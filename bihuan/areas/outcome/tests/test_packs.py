"""An evidence pack: what a check sees, no more, each file with its sha256; broken off it leaves nothing and is made again."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import signal
import zipfile
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bihuan.areas.outcome.actions.ask_pack import ask_pack
from bihuan.areas.outcome.actions.end_check import end_check
from bihuan.areas.outcome.actions.fetch_pack import fetch_pack
from bihuan.areas.outcome.actions.keep_pack import keep_pack
from bihuan.areas.outcome.exports import Entry, entries_of, zipped
from bihuan.areas.outcome.models import EvidencePack
from bihuan.areas.outcome.reads.checking import checked_of
from bihuan.kernel.refused import Invalid, Missing
from bihuan.paper import docx
from bihuan.problems.actions.comment import comment
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import photo
from bihuan.record import vault
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.run_job import run_job
from bihuan.record.models import Event, Job, StoredFile
from bihuan.record.reads import open_file
from bihuan.record.worker import run_until_idle

from .check_story import TERM, Checking
from .story import OFFICE


@pytest.fixture
def checking(world) -> Checking:
    return Checking(world)


def _made(checking: Checking, word: str = "checker", **more) -> EvidencePack:
    visit = checking.visit()
    asked = ask_pack(visit=visit, task=checking.task, by=checking.actor(word), at=checking.at, **more)
    run_until_idle(at=checking.at)
    return EvidencePack.objects.select_related("file", "visit", "task__org").get(pk=asked.pk)


def _files(pack: EvidencePack) -> dict[str, bytes]:
    with open_file(pack.file, "original") as kept, zipfile.ZipFile(io.BytesIO(kept.read())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_what_the_check_sees_and_every_file_verifies(checking):
    first, second = checking.problems
    more = {"by": checking.actor("liaison"), "at": checking.at, "text": "附一张"}
    comment(problem=first, files=[photo("又一张", "evidence", None)], **more)
    pack = _made(checking)
    files = _files(pack)
    listed = dict(
        reversed(line.split("  ", 1)) for line in files.pop("校验清单.sha256").decode().splitlines()
    )
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert pack.entries == len(files)
    folder = f"001_{first.number}"
    evidence = [name for name in files if name.startswith(f"{folder}/佐证/")]
    assert len(evidence) == first.attachments.count() == 2
    shown = {one.file.shown_sha256 or one.file.sha256 for one in first.attachments.select_related("file")}
    assert {listed[name] for name in evidence} == shown, "the copies people see: without time and place"
    assert first.statement in files[f"{folder}/问题原文.txt"].decode()
    thread = files[f"{folder}/办理过程.docx"]
    assert (
        docx.says(thread, "申请销号")
        and docx.says(thread, "核对了凭证")
        and docx.says(thread, "清退 12 万元")
    )
    rows = list(csv.DictReader(io.StringIO(files["目录.csv"].decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == [first.number, second.number] and rows[0]["佐证件数"] == "2"
    sheet = load_workbook(io.BytesIO(files["目录.xlsx"])).active
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {first.number, second.number, first.statement} <= said
    tops = {folder, f"002_{second.number}", "目录.csv", "目录.xlsx", "说明.txt"}
    assert {name.partition("/")[0] for name in files} == tops, "nothing else of the stay on site"


def test_restricted_and_unchosen_problems_are_not_in_it(checking):
    first, second = checking.problems
    files = _files(_made(checking, numbers=[first.number]))
    assert not any(second.number in name for name in files)
    assert second.number not in files["目录.csv"].decode()
    Problem.objects.filter(pk=first.pk).update(secrecy="restricted")
    whole = _files(_made(checking))
    assert not any(first.number in name for name in whole) and any(second.number in name for name in whole)
    with pytest.raises(Invalid, match="不在清单里"):
        _made(checking, numbers=[first.number])


def test_names_are_safe_and_never_meet(checking):
    problem = checking.problems[0]
    names = ("../../外/凭证.pdf", "凭证.pdf", "=命令.pdf", "a:b?.pdf")
    for name in names:
        row = problem.attachments.first()
        row.pk, row.name = None, name
        row.file = StoredFile.objects.create(
            sha256=vault.keep_bytes(name.encode()), size=9, mime="application/pdf", kept_at=checking.at
        )
        row.save(force_insert=True)
    got = [name for name in _files(_made(checking)) if name.endswith(".pdf")]
    assert sorted(name.rpartition("/佐证/")[2] for name in got) == sorted(
        ["凭证.pdf", "凭证（2）.pdf", "=命令.pdf", "a_b_.pdf"]
    )
    assert not any(".." in name for name in got)


def test_it_comes_in_pieces(checking):
    """A file of the pack is never whole in memory: what goes in comes out again, a piece at a time."""
    piece, waiting = os.urandom(1 << 16), []

    def pieces():
        for turn in range(64):
            waiting.append(turn)
            yield piece

    out = zipped([Entry("大.bin", pieces(), packed=False)], checking.at)
    for _ in range(8):
        assert len(next(out)) < 2 * len(piece)
    assert len(waiting) == 8


def test_a_worker_that_is_killed_leaves_nothing_and_the_pack_is_made_again(checking):
    visit = checking.visit()
    pack = ask_pack(visit=visit, task=checking.task, by=checking.actor("checker"), at=checking.at)
    pieces = list(
        zipped(entries_of(checked_of(checking.task), checking.actor("checker"), checking.at), checking.at)
    )
    assert claim_job(worker="first", at=checking.at) is not None
    kept = StoredFile.objects.count()
    child = os.fork()
    if child == 0:  # the first worker: writes half of it, and is gone without a word

        def half():
            yield from pieces[: len(pieces) // 2]
            os.kill(os.getpid(), signal.SIGKILL)

        keep_pack(
            pack=pack, pieces=half(), name="x.zip", entries=[0], by=checking.actor("checker"), at=checking.at
        )
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    pack.refresh_from_db()
    assert (pack.made_on, pack.file, StoredFile.objects.count()) == (None, None, kept)
    later = checking.at + timedelta(hours=1)
    run_until_idle(at=later)
    pack.refresh_from_db()
    assert pack.made_on == later and len(_files(pack)) == pack.entries + 1
    vault.drop_drafts(before=later + timedelta(days=3650))
    assert not list((vault.root() / vault.DRAFTS).glob("*"))


def test_two_workers_keep_one(checking):
    visit = checking.visit()
    pack = ask_pack(visit=visit, task=checking.task, by=checking.actor("checker"), at=checking.at)
    said = {"name": "a.zip", "entries": [1], "by": checking.actor("checker"), "at": checking.at}
    assert keep_pack(pack=pack, pieces=[b"one"], **said)
    assert not keep_pack(pack=pack, pieces=[b"two"], **said)
    job = Job.objects.get(kind="outcome.pack")
    assert run_job(job=claim_job(worker="late", at=checking.at) or job, clock=lambda: checking.at) is None
    assert Event.objects.filter(kind="outcome.pack_made").count() == 1


def test_each_download_is_an_event_and_ends_with_the_term(checking, signed_as_check):
    pack = _made(checking)
    url = f"/outcome/packs/{pack.pk}/file/"
    client, office = signed_as_check("checker"), signed_as_check(OFFICE)
    page = client.get(f"/outcome/checks/{pack.visit_id}/").content.decode()
    assert url in page and "可以取" in client.get(f"/outcome/packs/{pack.pk}/progress/").content.decode()
    answer = client.get(url)
    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"PK"
    assert signed_as_check("second_checker").get(url).status_code == 404, "one's own only"
    assert office.get(url).status_code == 200
    fetched = Event.objects.filter(stream=pack.visit.stream, kind="outcome.pack_fetched")
    assert [one.by_id for one in fetched.order_by("seq")] == [
        checking.world.person("checker").pk,
        checking.world.person(OFFICE).pk,
    ]
    late = checking.at + TERM + timedelta(days=1)
    with pytest.raises(Missing):
        fetch_pack(pack=pack, by=checking.actor("checker"), at=late)
    end_check(visit=pack.visit, why="看完了", by=checking.actor(OFFICE), at=checking.at)
    assert client.get(url).status_code == 404
    assert client.get(f"/outcome/packs/{pack.pk}/progress/").status_code == 404


def test_asked_within_the_term_and_made_after_it_it_is_not_made(checking):
    visit = checking.visit()
    with pytest.raises(Missing):
        ask_pack(visit=visit, task=checking.task, by=checking.actor("third_checker"), at=checking.at)
    pack = ask_pack(visit=visit, task=checking.task, by=checking.actor("checker"), at=checking.at)
    run_until_idle(at=checking.at + TERM + timedelta(days=1))
    pack.refresh_from_db()
    job = Job.objects.get(kind="outcome.pack")
    assert pack.made_on is None and job.state == Job.State.DEAD and "查验期限已经结束" in job.error
