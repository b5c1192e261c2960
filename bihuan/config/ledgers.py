"""`bihuan import`: what a ledger file would become, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from bihuan.areas.ledgers.reading.draft import VERDICT_LABELS
from bihuan.areas.ledgers.reading.read import read_ledger
from bihuan.areas.ledgers.reading.sniff import SIZE_LIMIT
from bihuan.kernel.refused import Refused

#: How many rows that need a hand are named one by one on a screen.
SHOWN = 20


def dry_run(file: Path, *, at: datetime) -> dict[str, Any]:
    """{layout, columns, rows, notes, refused} as 8-commands says; nothing is written. Raises Refused without a file."""
    try:
        # One byte past the limit is enough for the reader to refuse: a huge file never comes into memory whole.
        with file.open("rb") as opened:
            content = opened.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Refused(f"没有文件 {file}", "核对路径") from None
    except IsADirectoryError:
        raise Refused(f"{file} 是文件夹", "指出其中的一个文件") from None
    except PermissionError:
        raise Refused(f"没有权限读 {file}", "改文件权限，或换一个用户运行") from None
    return read_ledger(content, file.name, base=localtime(at).date()).as_json()


def sentences(report: dict[str, Any]) -> Iterator[str]:
    """The report for somebody at a terminal."""
    if report["refused"]:
        yield report["refused"]
        return
    for sheet in report["layout"]["sheets"]:
        yield f"工作表“{sheet['name']}”：{sheet['why']}"
    for column in report["columns"]:
        yield f"  {column['header'] or '（无表头）'} → {column['field']}（{column['confidence']}，{column['reason']}）"
    verdicts = [row["verdict"] for row in report["rows"]]
    yield "，".join(f"{label} {verdicts.count(code)} 行" for code, label in VERDICT_LABELS.items())
    by_hand = [row for row in report["rows"] if row["verdict"] == "fix"]
    for row in by_hand[:SHOWN]:
        yield f"  第 {row['source_row']} 行：{'；'.join(problem['message'] for problem in row['problems'])}"
    yield from report["notes"]
