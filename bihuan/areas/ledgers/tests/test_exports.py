"""The office's own layout given back for what the ledger's page lists."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.exports.ask import offered
from bihuan.problems.models import Problem
from bihuan.record.models import Job
from bihuan.record.worker import run_until_idle

from .ledger_files import ROWS, workbook

pytestmark = pytest.mark.django_db
URL = "/ledgers/exports/"


@pytest.fixture
def ledger(world):
    by = world.actor("safety_officer")
    elsewhere = [
        "3",
        "2025.9.1",
        "炼铁厂",
        "高炉护栏缺失",
        "机械防护",
        "补装",
        "",
        "2025.9.30",
        "待整改",
        "夜班发现",
    ]
    found = start_import(
        data=workbook([*ROWS[:2], elsewhere]),
        filename="台账.xlsx",
        home=world.unit("hot_mill"),
        by=by,
        at=world.at,
    )
    return load_import(ledger=found, by=by, at=world.at)


def exported(client, world, query):
    assert client.post(URL, {"layout": "own", "query": query}).status_code == 302
    run_until_idle(at=world.at)
    job = Job.objects.get(kind="ledgers.export")
    assert job.state == "done", job.error
    answer = client.get(f"{URL}{job.pk}/")
    return list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))


@pytest.fixture(autouse=True)
def at_the_time_of_the_world(world, time_machine):
    time_machine.move_to(world.at, tick=False)


def test_exactly_the_filtered_problems_in_the_columns_of_the_office(world, ledger, signed_in):
    Problem.objects.filter(statement__contains="天车").update(closure="rectifying", progress="basically_done")
    rows = exported(signed_in("safety_officer"), world, "q=天车")
    heads = [row for row in rows if row[3] == "问题描述"]
    assert rows[0][0] == "热轧厂安全检查问题台账" and len(heads) == 1
    body = rows[rows.index(heads[0]) + 1 :]
    assert [row[3] for row in body] == [ROWS[1][3]]
    assert body[0][5] == ROWS[1][5] and body[0][8] == "整改中"


def test_only_what_the_reader_may_see(world, ledger, signed_in):
    rows = exported(signed_in("liaison"), world, "")
    told = [str(row) for row in rows]
    assert any("天车" in row for row in told) and not any("高炉" in row for row in told)


def test_somebody_elses_export_is_not_there(world, ledger, signed_in):
    exported(signed_in("safety_officer"), world, "")
    job = Job.objects.get(kind="ledgers.export")
    other = signed_in("liaison")
    for address in (f"{URL}{job.pk}/", f"{URL}{job.pk}/progress/"):
        assert other.get(address).status_code == 404
    assert "没有导出过" in other.get(URL).content.decode()


def test_the_menu_offers_it_once_there_is_a_layout(world, signed_in):
    assert offered(world.actor("safety_officer")) is None
    client = signed_in("safety_officer")
    assert client.post(URL, {"query": ""}).status_code == 404


def test_it_stands_in_the_menu_of_the_ledger(world, ledger, signed_in):
    page = signed_in("safety_officer").get("/problems/").content.decode()
    assert "按单位原台账版式" in page and URL in page
