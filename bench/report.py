"""docs/bench.md: the last result of each database and size, with date, commit, machine and what misses."""

from __future__ import annotations

import json
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOC = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
HEAD = """# 速度

由 `make bench WRITE=1` 写入，每种数据库、每个规模留最近一次。目标是我们自己定的，与数字写在一处（`bench/figures`）；一百万件时放宽到两倍。
基线是同一次运行里用最平常的办法做同一件事。数据库里是一个有四十来个单位的集团，九成是接管的历史。
没达到的为什么，见 [speed.md](speed.md)。只看一个数字：`make bench ONLY=名称`；看时间花在哪里：`make bench ONLY=名称 PROFILE=1`。
"""


def write(kind: str, problems: int, about: dict[str, Any], rows_file: Path) -> None:
    """Replace the section of this database and size; with only some figures, replace those lines."""
    rows = {row["figure"]: row for row in json.loads(rows_file.read_text())}
    sections = _sections()
    title = f"{'SQLite' if kind == 'sqlite' else 'PostgreSQL'}，{problems} 件"
    kept = {row["figure"]: row for row in _kept(sections.get(title, ""))}
    sections[title] = _section(title, about, {**kept, **rows})
    DOC.write_text("\n".join([HEAD, *(sections[name] for name in sorted(sections))]), encoding="utf-8")


def _sections() -> dict[str, str]:
    text = DOC.read_text(encoding="utf-8") if DOC.exists() else ""
    found = re.split(r"^## ", text, flags=re.M)[1:]
    return {part.split("\n", 1)[0]: f"## {part}".rstrip() + "\n" for part in found}


def _kept(section: str) -> list[dict[str, Any]]:
    """The lines and profiles that stand there."""
    rows = []
    names = ("figure", "target", "ours", "baseline", "holds", "when", "what")
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == len(names):
            row = dict(zip(names, cells, strict=True))
            row["figure"] = row["figure"].strip("`")
            rows.append(row)
    profiles = dict(re.findall(r"^### `([^`]+)`[^\n]*\n\n```\n(.*?)```", section, flags=re.M | re.S))
    return [
        {**row, **({"profile": profiles[row["figure"]]} if row["figure"] in profiles else {})} for row in rows
    ]


def _section(title: str, about: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    now = f"{datetime.now(UTC):%Y-%m-%d} {_commit()}"
    lines = [
        f"## {title}",
        "",
        f"{_machine()}。库 {about['mb']} MB，{about['statements']} 种表述，建成用 {about['seconds']} s，"
        f"峰值内存 {about['peak_mb']} MB。",
        "",
        "| 数字 | 目标 | 我们 | 基线 | | 何时 | 内容 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in sorted(rows):
        r = rows[name]
        when = r.get("when", now)
        lines.append(
            f"| `{name}` | {r['target']} | {r['ours']} | {r['baseline']} | {r['holds']} | {when} | {r['what']} |"
        )
    for name in sorted(rows):
        if rows[name]["holds"] != "达到" and rows[name].get("profile"):
            lines += ["", f"### `{name}` 的时间花在", "", "```", rows[name]["profile"].strip(), "```"]
    return "\n".join(lines) + "\n"


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, cwd=DOC.parent, capture_output=True, text=True).stdout.strip() or "?"


def _machine() -> str:
    import os

    return (
        f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}"
    )
