"""Exports: made by the worker, read back, only what the asker may see, only for the asker."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.models import Grant
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.exports import EXPORT
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.run_job import run_job
from bihuan.record.models import Job

from . import story

URL = "/problems/exports/"


def make(client, **given):
    """Ask for an export and let the worker make it. Returns (job, workbook or None)."""
    client.post(URL, {"layout": "page", "query": "", **given})
    return work(client)


def work(client):
    job = Job.objects.filter(kind=EXPORT).latest("id")
    now = timezone.now()
    Job.objects.exclude(pk=job.pk).filter(state="waiting").delete()
    claimed = claim_job(worker="test", at=now)
    problem = run_job(job=claimed, clock=lambda: now)
    assert problem is None
    job.refresh_from_db()
    answer = client.get(f"{URL}{job.pk}/")
    if job.state != "done":
        return job, None
    return job, openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def two(world):
    return (
        story.problem_in(world, "closed", statement="=危险的单元格"),
        story.raised(world, statement="渣沟盖板缺 1 块", unit=world.unit("iron_mill")),
    )


def test_as_the_page_stands(world, signed_in, two):
    job, book = make(signed_in("leader"), query="sort=number&cols=number&cols=unit")
    rows = list(book.active.values)
    assert rows[0][0] == "问题台账"
    assert rows[1][0].startswith("现在列出全部 2 件，按编号")
    assert "贺长风" in rows[2][0]
    assert rows[3] == ("序号", "期限", "编号", "问题表述（原文）", "责任单位")
    assert [row[2] for row in rows[4:]] == sorted(problem.number for problem in two)
    assert (job.state, job.result["rows"], job.percent) == ("done", 2, 100)


def test_what_may_not_be_seen_is_never_in_it(world, signed_in, two):
    _, book = make(signed_in("outsider"))
    numbers = [row[2] for row in list(book.active.values)[4:]]
    assert numbers == [two[1].number]


def test_the_standard_ledger_has_two_header_rows(world, signed_in, two):
    row = OldRow(
        "a:1", world.unit("furnace"), "旧台账一行", Stated(closed=True, words="已整改", closed_on=world.day)
    )
    take_over(source="ledger", rows=[row], by=world.actor("safety_officer"), at=world.at)
    _, book = make(signed_in("leader"), layout="standard", query="sort=number")
    sheet = book.active
    groups = [cell.value for cell in sheet[4] if cell.value]
    assert groups == ["序号", "编号", "问题", "责任", "整改", "销号"]
    heads = [cell.value for cell in sheet[5]]
    by_head = {sheet.cell(5, i + 1).value or sheet.cell(4, i + 1).value: i for i in range(len(heads))}
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    closed = next(r for r in rows if r[by_head["问题表述"]] == "=危险的单元格")
    assert closed[by_head["核验人"]] == "温慧敏"
    assert "1. 6 台报警器全部送检" in closed[by_head["整改措施"]]
    taken = next(r for r in rows if r[by_head["问题表述"]] == "旧台账一行")
    assert taken[by_head["环节"]] == "原台账载明已完成，未在本系统核验"
    assert taken[by_head["核验人"]] is None


def test_the_three_lists(world, signed_in, two):
    _, book = make(signed_in("leader"), layout="lists", query="sort=number")
    assert book.sheetnames == ["问题清单", "任务清单", "责任清单"]
    tasks = list(book["任务清单"].iter_rows(min_row=5, values_only=True))
    assert [(row[1], row[3], row[7]) for row in tasks] == [(two[0].number, 1, 1), (two[0].number, 2, 1)]
    duties = list(book["责任清单"].iter_rows(min_row=5, values_only=True))
    assert duties[-1][4:6] == ("牛晓东", "牛晓东")


def test_only_who_asked_fetches_it_and_for_thirty_days(world, signed_in, two):
    job, _ = make(signed_in("leader"))
    assert signed_in("safety_officer").get(f"{URL}{job.pk}/").status_code == 404
    mine = signed_in("leader")
    assert "下载" in mine.get(URL).content.decode()
    Job.objects.filter(pk=job.pk).update(requested_at=timezone.now() - timedelta(days=31))
    assert mine.get(f"{URL}{job.pk}/").status_code == 404
    assert "30 天里没有导出过" in mine.get(URL).content.decode()


def test_progress_polls_until_it_is_done(world, signed_in, two):
    client = signed_in("leader")
    client.post(URL, {"layout": "page", "query": ""})
    job = Job.objects.get(kind=EXPORT)
    assert "data-poll" in client.get(f"{URL}{job.pk}/progress/").content.decode()
    work(client)
    assert "data-poll" not in client.get(f"{URL}{job.pk}/progress/").content.decode()


def test_without_the_permission_there_is_no_export(world, signed_in, two):
    client = signed_in("worker_a")
    assert client.post(URL, {"layout": "page", "query": ""}).status_code == 404
    assert "导出" not in client.get("/problems/").content.decode()
    assert not Job.objects.filter(kind=EXPORT).exists()


def test_rights_lost_before_the_worker_comes_stop_it(world, signed_in, two):
    client = signed_in("leader")
    client.post(URL, {"layout": "page", "query": ""})
    grant = Grant.objects.get(person=world.person("leader"))
    revoke_grant(grant=grant, by=world.actor("security_admin"), at=timezone.now())
    job = Job.objects.get(kind=EXPORT)
    Job.objects.exclude(pk=job.pk).delete()
    now = timezone.now()
    run_job(job=claim_job(worker="test", at=now), clock=lambda: now)
    job.refresh_from_db()
    assert (job.state, job.result) == ("dead", {})


def test_chosen_rows_alone(world, signed_in, two):
    client = signed_in("leader")
    client.post("/problems/bulk/export/", {"picked": [two[1].pk], "next": "/problems/?sort=number"})
    _, book = work(client)
    rows = list(book.active.values)
    assert rows[1][0] == "所选 1 件，按编号。"
    assert len(rows) == 5
