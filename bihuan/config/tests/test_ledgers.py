"""A ledger from the command line: carried out in somebody's name, with the rules of the page."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.tests.ledger_files import workbook
from bihuan.areas.ledgers.tests.notice_files import Notice
from bihuan.config import facts, ledgers
from bihuan.config.cli import app
from bihuan.kernel.refused import Refused
from bihuan.problems.models import Problem
from bihuan.record.models import Event

LEDGER = """序号,问题描述,责任单位,整改期限,整改情况
1,天车滑线防护罩缺失,热轧厂,2025年10月28日,
2,皮带机头轮护罩松动,不存在的分厂,2025年10月28日,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "安全台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_with_an_organisation_names_are_matched(world, file):
    verdicts = [row["verdict"] for row in ledgers.dry_run(file, at=world.at)["rows"]]
    assert verdicts[1] == "fix"
    assert verdicts[0] in ("ok", "guessed")
    assert not Problem.objects.exists()


@pytest.mark.django_db
def test_what_is_ready_is_taken_and_the_rest_is_left(world, file):
    by = ledgers.person_called(world.person("inspection_officer").staff_no, at=world.at)
    done = ledgers.take_in(file, by=by, home=facts.unit_called(""), at=world.at)
    assert Problem.objects.get().statement == "天车滑线防护罩缺失"
    assert ledgers.outcome(done).startswith("导入 1 行，已有 0 行，1 行没有导入")
    assert Event.objects.filter(kind="ledger.loaded", by_id=by.person_id).count() == 1


@pytest.mark.django_db
def test_where_no_row_is_ready_it_says_why_and_keeps_what_was_read(world, tmp_path):
    file = tmp_path / "别处的台账.csv"
    file.write_text(
        "序号,问题描述,责任单位,整改期限\n1,栏杆缺失一处,别处第一工厂,2025-10-01\n", encoding="utf-8"
    )
    by = ledgers.person_called(world.person("inspection_officer").staff_no, at=world.at)
    with pytest.raises(Refused, match="1 行都要先处理，多半是单位或人在组织里找不到") as refused:
        ledgers.take_in(file, by=by, home=facts.unit_called(""), at=world.at)
    [kept] = LedgerImport.objects.all()
    assert f"第 {kept.pk} 号" in refused.value.todo
    assert kept.state == "draft" and kept.rows.filter(verdict="fix").count() == 1


@pytest.mark.django_db
def test_the_rules_of_the_page_hold(world, file):
    outsider = ledgers.person_called(world.person("worker_a").staff_no, at=world.at)
    with pytest.raises(Refused):
        ledgers.take_in(file, by=outsider, home=world.unit("hot_mill"), at=world.at)
    with pytest.raises(Refused, match="没有工号"):
        ledgers.person_called("9999", at=world.at)
    assert not Problem.objects.exists()


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(Refused, match="没有文件"):
        ledgers.content_of(tmp_path / "没有.xlsx")
    with pytest.raises(Refused, match="是文件夹"):
        ledgers.content_of(tmp_path)


def test_a_fresh_folder_without_a_database_is_enough_for_a_dry_run(tmp_path):
    """The contract of the command: its keys, data rows only, and nothing written."""
    file, fresh = tmp_path / "台账.xlsx", tmp_path / "fresh"
    file.write_bytes(workbook())
    fresh.mkdir()
    env = {**os.environ, "BIHUAN_DATA": str(fresh), "DATABASE_URL": f"sqlite:///{fresh}/bihuan.sqlite3"}
    asked = [sys.executable, "-m", "bihuan.config.cli", "import", str(file), "--dry-run", "--json"]
    ran = subprocess.run(asked, capture_output=True, text=True, env=env)
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert set(answer) == {"layout", "columns", "rows", "notes", "refused"} and answer["refused"] == ""
    assert set(answer["columns"][0]) == {"index", "header", "field", "confidence", "reason"}
    assert all({"source_row", "verdict", "values", "guessed"} <= set(row) for row in answer["rows"])
    assert [row["source_row"] for row in answer["rows"]] == [4, 5, 6]
    assert answer["layout"]["sheets"][0]["header_rows"] == [2, 3]


@pytest.mark.django_db
def test_the_command_writes_in_the_name_of_somebody(world, file):
    officer = world.person("inspection_officer").staff_no
    answer = CliRunner().invoke(app, ["import", str(file), "--by", officer, "--unit", "热轧厂", "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output)["counts"]["all"] == 2
    assert Problem.objects.get().raised_by_id == world.person("inspection_officer").pk
    assert CliRunner().invoke(app, ["import", str(file)]).exit_code != 0


@pytest.mark.django_db
def test_a_refused_file_is_said_in_the_same_form(world, tmp_path):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(workbook()[:2000])
    answer = CliRunner().invoke(app, ["import", str(broken), "--dry-run", "--json"])
    assert answer.exit_code == 1 and json.loads(answer.output)["refused"]
    assert json.loads(answer.output)["rows"] == []


@pytest.mark.django_db
def test_a_newer_version_shows_its_changes_and_an_annex_how_it_met(world, file, tmp_path):
    by = ledgers.person_called(world.person("inspection_officer").staff_no, at=world.at)
    ledgers.take_in(file, by=by, home=facts.unit_called(""), at=world.at)
    newer = tmp_path / "十月.csv"
    newer.write_text(LEDGER.replace("热轧厂,2025年10月28日", "热轧厂,2025.10.20"), encoding="utf-8")
    report = ledgers.dry_run(newer, at=world.at)
    assert report["changes"]["previous"]["filename"] == "安全台账.csv"
    assert report["changes"]["counts"]["changed"] == 1 and report["changes"]["rows"][0]["source_row"] == 2
    assert report["changes"]["rows"][0]["fields"][0]["new"] == "2025-10-20"
    assert any("安全台账.csv》的新版本" in line for line in ledgers.sentences(report))
    annex = tmp_path / "措施.csv"
    annex.write_text("序号,整改措施\n1,装防护罩\n2,紧固\n", encoding="utf-8")
    joined = ledgers.dry_run(newer, at=world.at, annex=annex)["joined"]
    assert joined["share"] == 1.0 and joined["ledger_key"] == ["序号"]
    done = ledgers.take_in(newer, by=by, home=facts.unit_called(""), at=world.at)
    assert "更新 1 行" in ledgers.outcome(done)


@pytest.mark.django_db
def test_a_notice_is_read_from_the_command_line_too(world, tmp_path):
    path = tmp_path / "通报.docx"
    path.write_bytes(
        Notice().many("检查通报", "共发现问题3项。", "1.护栏缺失，扣2分。", "2.照明损坏。").data()
    )
    report = ledgers.dry_run(path, at=world.at)
    assert set(report) == {"layout", "columns", "rows", "notes", "refused"}
    assert [row["source_row"] for row in report["rows"]] == [3, 4] and not report["refused"]
    assert report["rows"][0]["values"]["deduction"] == "扣2分"
    told = "\n".join(ledgers.sentences(report))
    assert "读到 2 条问题" in told and "第 3 段 护栏缺失" in told and "少 1 项" in told
