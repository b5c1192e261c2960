"""`make bench` builds its house, measures on a copy, writes its page, and says where the time goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import report

HOME = Path(__file__).resolve().parents[2]


def bench(folder: Path, *asked: str, problems: str = "40") -> subprocess.CompletedProcess[str]:
    kind = os.environ.get("BIHUAN_TEST_DB", "sqlite")
    env = {**os.environ, "BENCH_HOME": str(folder), "PROBLEMS": problems, "DB": kind}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "bench", *asked]
    return subprocess.run(command, cwd=HOME, env=env, capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder below one that any user may enter: the server does not run as root."""
    made = tmp_path_factory.mktemp("bench")
    for path in (made, *made.parents[:3]):
        path.chmod(path.stat().st_mode | 0o011)
    return made


def test_a_figure_stands_beside_target_and_baseline_and_the_house_is_kept(folder: Path) -> None:
    first = bench(folder, "dates", "event")
    assert first.returncode == 0, first.stderr
    lines = [line.split(" | ") for line in first.stdout.splitlines() if line.startswith(("dates", "event"))]
    assert [line[0] for line in lines] == ["dates", "event"]
    assert all(line[1].startswith("≤") and line[3].endswith("ms") for line in lines)
    assert "只建一次" in first.stderr
    again = bench(folder, "dates")
    assert again.returncode == 0
    assert "只建一次" not in again.stderr


def test_a_profile_names_the_calls_that_take_the_time(folder: Path) -> None:
    told = bench(folder, "dates", "--profile")
    assert told.returncode == 0, told.stderr
    assert "read_date" in told.stdout
    assert "cumulative" in told.stdout


def test_an_unknown_figure_is_answered_with_those_there_are(folder: Path) -> None:
    told = bench(folder, "nothing")
    assert told.returncode == 2
    assert "dates" in told.stderr


def test_the_page_keeps_one_section_per_database_and_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "DOC", tmp_path / "bench.md")
    about = {"mb": 1, "statements": 2, "seconds": 3, "peak_mb": 4}
    line = {"target": "≤ 60 ms", "baseline": "—", "what": "第一页"}

    def note(name: str, ours: str, holds: str, **more: str) -> None:
        rows = tmp_path / "rows.json"
        rows.write_text(json.dumps([{"figure": name, "ours": ours, "holds": holds, **line, **more}]))
        report.write("sqlite", 100_000, about, rows)

    note("list", "70 ms", "未达到", profile="here it goes")
    note("filter", "20 ms", "达到")
    text = (tmp_path / "bench.md").read_text()
    assert text.count("## SQLite，100000 件") == 1
    assert "| `list` | ≤ 60 ms | 70 ms |" in text
    assert "here it goes" in text
    note("list", "50 ms", "达到")
    text = (tmp_path / "bench.md").read_text()
    assert "70 ms" not in text
    assert "here it goes" not in text
    assert "| `filter` |" in text
