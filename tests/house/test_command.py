"""The command `bihuan` as it is typed: its own process, its own folder, a real server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial

import pytest

pytestmark = pytest.mark.pure  # a database of its own, whichever the run uses
PATIENCE_S = 180
ADMINISTRATORS = ["--system", "郭启明:0001", "--security", "柳望舒:0002", "--audit", "秦知白:0003"]


def environment(folder):
    """Nothing of this process but that tests owe nobody durability."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BIHUAN", "DATABASE_URL"))}
    return {**kept, "BIHUAN_DATA": str(folder), "BIHUAN_SQLITE_SYNCHRONOUS": "OFF"}


def run(env, *words):
    command = [sys.executable, "-m", "bihuan.config.cli", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE_S)


@pytest.fixture
def own_folder(tmp_path):
    return environment(tmp_path / "data")


@pytest.fixture
def bihuan(own_folder):
    """The command on an empty folder."""
    return partial(run, own_folder)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder on which `bihuan migrate` has run, made once: copy it."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    done = run(environment(folder), "migrate")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def ready_folder(migrated, tmp_path):
    shutil.copytree(migrated, tmp_path / "ready")
    return environment(tmp_path / "ready")


@pytest.fixture
def prepared(ready_folder):
    """The command on a folder of its own with an up-to-date database."""
    return partial(run, ready_folder)


def test_help_names_every_command(bihuan):
    said = bihuan("--help").stdout
    commands = "serve worker demo import export facts doctor createadmin resetpassword docs migrate".split()
    assert [word for word in commands if word not in said] == []


@pytest.mark.parametrize("url", ["postgres://u:Ge/heim@db:5432/b", "who://u:Geheim@db/b"])
def test_an_address_that_cannot_be_read_is_not_said_again(bihuan, own_folder, url):
    own_folder["DATABASE_URL"] = url
    done = bihuan("doctor")
    assert done.returncode and "DATABASE_URL 读不懂" in done.stdout + done.stderr
    assert not any(part in done.stdout + done.stderr for part in ("Ge", "heim"))


def test_from_an_empty_folder_to_three_administrators(bihuan):
    first = bihuan("createadmin", "--group", "晋岭钢铁集团有限公司", *ADMINISTRATORS)
    assert first.returncode == 0, first.stderr
    assert first.stdout.count("初始口令") == 3
    again = bihuan("createadmin", "--group", "晋岭钢铁集团有限公司", *ADMINISTRATORS)
    assert again.returncode == 1
    assert again.stderr.startswith("已经有账号，不能再从头开始")
    assert "Traceback" not in again.stderr
    assert bihuan("worker", "--once").returncode == 0


def test_the_doctor_speaks_to_programs(bihuan):
    before = json.loads(bihuan("doctor", "--json").stdout)
    assert before["well"] is False
    assert {f["name"]: f["state"] for f in before["findings"]}["数据结构"] == "有误"
    assert bihuan("migrate").returncode == 0
    after = {f["name"]: f["state"] for f in json.loads(bihuan("doctor", "--json").stdout)["findings"]}
    assert (after["数据结构"], after["数据库"], after["后台任务"]) == ("正常", "正常", "正常")


def test_facts_are_listed_and_refused(prepared):
    listed = json.loads(prepared("facts", "--list", "--json").stdout)
    assert {"problems.completion"} <= {fact["code"] for fact in listed}
    answer = json.loads(prepared("facts", "problems.completion", "--period", "2026", "--json").stdout)
    assert {"code", "period", "numerator", "denominator", "value", "rows"} <= set(answer)
    refused = prepared("facts", "no.such.fact")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "没有指标“no.such.fact”" in refused.stderr


LEDGER = """序号,问题描述,责任单位,整改期限,整改情况
1,天车滑线防护罩缺失,炼钢厂,2026年10月28日,
2,皮带机头轮护罩松动,炼铁厂,10月底前,正在整改
"""


def test_a_ledger_is_read_without_being_written(bihuan, tmp_path):
    file = tmp_path / "台账.csv"
    file.write_text(LEDGER, encoding="gb18030")
    report = json.loads(bihuan("import", str(file), "--dry-run", "--json").stdout)
    assert list(report) == ["layout", "columns", "rows", "notes", "refused"]
    assert {"index", "header", "field", "confidence", "reason"} == set(report["columns"][0])
    assert [row["source_row"] for row in report["rows"]] == [2, 3]
    assert report["rows"][0]["values"]["statement"] == "天车滑线防护罩缺失"
    assert [bool(row["guessed"]) for row in report["rows"]] == [False, True]
    said = bihuan("import", str(file), "--dry-run").stdout
    assert "问题描述 → statement" in said


def test_what_is_no_ledger_is_refused_in_a_sentence(bihuan, prepared, tmp_path):
    missing = bihuan("import", str(tmp_path / "没有.xlsx"), "--dry-run")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.startswith("没有文件")
    empty = tmp_path / "空.xlsx"
    empty.write_bytes(b"")
    refused = bihuan("import", str(empty), "--dry-run", "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["refused"]
    assert prepared("import", str(empty)).stderr.startswith("没有工号")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answers(address):
    """The status of a page, or None while nobody listens."""
    try:
        return urllib.request.urlopen(address, timeout=10).status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return None


def wait_for(what, seconds=PATIENCE_S):
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, f"waited {seconds} s"
        time.sleep(0.2)
    return found


def test_it_serves_with_a_worker_and_ends_on_ctrl_c(ready_folder, prepared):
    port = free_port()
    command = [sys.executable, "-m", "bihuan.config.cli", "serve", "--port", str(port)]
    parent = subprocess.Popen(
        command, env=ready_folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        status = wait_for(lambda: answers(f"http://127.0.0.1:{port}/static/ui/ui.css"))
        assert status == 200

        def worker_line():
            findings = json.loads(prepared("doctor", "--json").stdout)["findings"]
            return next(f for f in findings if f["name"] == "工作进程")

        assert wait_for(lambda: worker_line()["state"] == "正常")
    finally:
        parent.send_signal(signal.SIGINT)
        out, _ = parent.communicate(timeout=PATIENCE_S)
    assert parent.returncode == 0, out
    assert f"http://127.0.0.1:{port}" in out
    assert "意外退出" not in out
    assert answers(f"http://127.0.0.1:{port}/") is None
