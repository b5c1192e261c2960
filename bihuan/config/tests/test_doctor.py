"""The doctor looks at everything and says what to do."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from bihuan.config import doctor
from bihuan.record.models import Event, Job, WorkerSeen

AT = datetime(2026, 9, 1, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def finding(name):
    return next(f for f in doctor.examine(AT) if f.name == name)


def test_every_check_answers_and_a_fault_says_what_to_do():
    findings = doctor.examine(AT)
    assert len(findings) == len(doctor.CHECKS)
    assert all(f.todo for f in findings if f.state != doctor.GOOD)
    assert json.loads(json.dumps(doctor.as_json(findings)))["well"] == all(
        f.state != doctor.BAD for f in findings
    )


def test_the_database_of_this_run_is_named():
    assert finding("数据库").text.lower().startswith(connection.vendor)
    assert finding("数据结构").state == doctor.GOOD
    assert finding("数据目录").state == doctor.GOOD


def test_a_silent_worker_is_noticed():
    assert finding("工作进程").state == doctor.LOOK
    WorkerSeen.objects.create(name="w1", seen_at=AT - timedelta(minutes=3))
    assert "最近一次" in finding("工作进程").text
    WorkerSeen.objects.create(name="w2", seen_at=AT - timedelta(seconds=30))
    assert finding("工作进程") == doctor.Finding("工作进程", doctor.GOOD, "1 个在运行")


def test_dead_jobs_are_counted():
    Job.objects.create(kind="probe", state="dead", run_at=AT, requested_at=AT)
    Job.objects.create(kind="probe", run_at=AT, requested_at=AT)
    found = finding("后台任务")
    assert (found.state, found.text) == (doctor.LOOK, "待办 1 项，办不成 1 项")


def test_a_check_that_breaks_is_a_finding(monkeypatch):
    def broken(at):
        """坏的检查"""
        raise OSError("gone")

    monkeypatch.setattr(doctor, "CHECKS", (broken,))
    assert doctor.examine(AT) == [
        doctor.Finding("坏的检查", doctor.BAD, "查不了：OSError", "先处理数据库和数据目录的问题")
    ]


def test_a_line_reads_as_a_sentence():
    said = list(doctor.lines([doctor.Finding("磁盘", doctor.BAD, "剩余 90 MB", "清理磁盘或扩容")]))
    assert said == ["有误  磁盘：剩余 90 MB。清理磁盘或扩容"]


def test_a_clock_that_contradicts_the_record_is_noticed(world):
    newest = Event.objects.order_by("-pk").first().recorded_at
    assert doctor.clock(newest).state == doctor.GOOD
    behind = doctor.clock(newest - timedelta(minutes=1))
    assert (behind.state, behind.text) == (doctor.BAD, "比最后一条记录还慢 60 秒")


@pytest.mark.parametrize(
    ("debug", "https", "url", "state"),
    [
        (False, True, "https://b.example.com", doctor.GOOD),
        (False, False, "http://127.0.0.1:8000", doctor.GOOD),
        (False, False, "http://b.example.com", doctor.LOOK),
        (False, False, "https://b.example.com", doctor.BAD),
        (True, True, "https://b.example.com", doctor.BAD),
    ],
)
def test_open_doors_are_named(settings, debug, https, url, state):
    settings.DEBUG, settings.BEHIND_HTTPS, settings.PUBLIC_URL = debug, https, url
    assert doctor.exposure(AT).state == state
