"""The ledger out by command: every layout, all of it or what one person may see."""

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bihuan.areas.ledgers.tests.ledger_files import ROWS, workbook
from bihuan.config import exports, facts, ledgers
from bihuan.config.cli import app
from bihuan.kernel.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(world, tmp_path):
    file = tmp_path / "台账.xlsx"
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
    file.write_bytes(workbook([*ROWS[:2], elsewhere]))
    by = ledgers.person_called(world.person("safety_officer").staff_no, at=world.at)
    return ledgers.take_in(file, by=by, home=facts.unit_called(""), at=world.at)


def words(path):
    return [
        str(cell)
        for sheet in load_workbook(path)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    ]


@pytest.mark.parametrize("layout", ["page", "standard", "lists", "own"])
def test_every_layout_holds_every_problem(world, taken, tmp_path, layout):
    out = tmp_path / "出.xlsx"
    assert exports.written(layout, out, at=world.at) == 3
    assert {row[3] for row in (*ROWS[:2], ["", "", "", "高炉护栏缺失"])} <= set(words(out))


def test_narrowed_to_an_address_and_to_what_one_person_may_see(world, taken, tmp_path):
    out = tmp_path / "出.xlsx"
    assert exports.written("own", out, query="q=天车", at=world.at) == 1
    liaison = world.person("liaison").staff_no
    assert exports.written("standard", out, by=liaison, at=world.at) == 2
    assert "高炉护栏缺失" not in words(out)


def test_what_cannot_be_written_is_refused_in_a_sentence(world, tmp_path):
    out = tmp_path / "出.xlsx"
    with pytest.raises(Refused, match="没有“pdf”这种版式"):
        exports.written("pdf", out, at=world.at)
    with pytest.raises(Refused, match="没有文件夹"):
        exports.written("page", tmp_path / "没有" / "出.xlsx", at=world.at)
    with pytest.raises(Refused, match="不知道用哪种版式"):
        exports.written("own", out, at=world.at)
    with pytest.raises(Refused, match="没有工号"):
        exports.written("page", out, by="0000", at=world.at)
    assert not out.exists()


def test_the_command_says_how_many(world, taken, tmp_path):
    out = tmp_path / "出.xlsx"
    answer = CliRunner().invoke(app, ["export", "--layout", "standard", "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "3 件" in answer.output and out.exists()
