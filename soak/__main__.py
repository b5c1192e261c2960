"""`python -m soak [--minutes 30] [--round N] [name …]`: run the series and write docs/soak.md."""

from __future__ import annotations

import argparse
import os
import pkgutil
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path

from soak.contract import Budget, Place, Series

HOME = Path(__file__).resolve().parents[1]
STATE = HOME / "soak" / "state"
REPORT = HOME / "docs" / "soak.md"
HEAD = "# 长时间运行的结果\n\n由 `make soak` 写入，每个系列留最近一次。\n\n| 系列 | 日期 | 提交 | 机器 | 轮次 | 用时 | 结果 |\n|---|---|---|---|---|---|---|\n"


def series() -> dict[str, Series]:
    from soak import series as folder

    modules = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    found = [import_module(f"soak.series.{name}").SERIES for name in modules]
    return {one.name: one for one in found}


def machine() -> str:
    return (
        f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    )


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HOME, capture_output=True, text=True)
    return asked.stdout.strip() or "—"


def write_down(one: Series, budget: Budget, seconds: float) -> None:
    """Replace the line of this series, keep those of the others."""
    lines = REPORT.read_text("utf-8").splitlines() if REPORT.exists() else []
    kept = [line for line in lines if line.startswith("| `") and not line.startswith(f"| `{one.name}`")]
    result = (
        "无误"
        if not budget.faults
        else f"{len(budget.faults)} 处：{budget.faults[0]}".replace("|", "\\|")[:200]
    )
    result += f"；{budget.note}" if budget.note else ""
    kept.append(
        f"| `{one.name}` {one.what} | {date.today()} | {commit()} | {machine()} | {budget.rounds} | {seconds:.0f} s | {result} |"
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(HEAD + "\n".join(sorted(kept)) + "\n", encoding="utf-8")


def run(one: Series, seconds: float, first: int | None) -> Budget:
    place = Place(STATE, one.name)
    budget = Budget(seconds, first or place.next_round())
    one.run(budget)
    if first is None:
        place.keep(budget)
    return budget


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m soak")
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--round", type=int, help="one round again, by its number")
    asked.add_argument("names", nargs="*")
    words = asked.parse_args()
    data = tempfile.mkdtemp(prefix="bihuan-soak-")
    os.environ.update(BIHUAN_DATA=data, DATABASE_URL=f"sqlite:///{data}/soak.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        found = series()
        wanted = [found[name] for name in words.names or found]
        bad = 0
        for one in wanted:
            start = time.monotonic()
            budget = run(one, 0 if words.round else words.minutes * 60 / len(wanted), words.round)
            if not words.round:
                write_down(one, budget, time.monotonic() - start)
            print(
                f"{one.name}: {budget.rounds} 轮，{len(budget.faults)} 处有误",
                *budget.faults[:20],
                sep="\n  ",
            )
            bad += len(budget.faults)
        return 1 if bad else 0
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
