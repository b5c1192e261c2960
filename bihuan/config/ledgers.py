"""`bihuan import`: what a ledger file would become, and carrying it out in somebody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.draft import VERDICT_LABELS
from bihuan.areas.ledgers.reading.read import read_ledger
from bihuan.areas.ledgers.reading.sniff import SIZE_LIMIT
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person, Unit
from bihuan.org.reads import actor_for
from bihuan.record.worker import run_until_idle

#: How many rows that need a hand are named one by one on a screen.
SHOWN = 20


def content_of(file: Path) -> bytes:
    """One byte past the limit is enough for the reader to refuse: a huge file never comes into memory whole."""
    try:
        with file.open("rb") as opened:
            return opened.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Refused(f"没有文件 {file}", "核对路径") from None
    except IsADirectoryError:
        raise Refused(f"{file} 是文件夹", "指出其中的一个文件") from None
    except PermissionError:
        raise Refused(f"没有权限读 {file}", "改文件权限，或换一个用户运行") from None


def dry_run(file: Path, *, at: datetime) -> dict[str, Any]:
    """{layout, columns, rows, notes, refused} as 8-commands says; nothing is written. Raises Refused without a file.

    Where an organisation is, its units and people are matched; in an empty folder the names stay words.
    """
    day = local_day(at)
    root = _root()
    directory = OrgDirectory(home=root, day=day, wishes={}) if root else None
    return read_ledger(content_of(file), file.name, base=day, directory=directory).as_json()


def _root() -> Unit | None:
    """The group itself; None before the first start, when not even the tables need to be there."""
    if Unit._meta.db_table not in connection.introspection.table_names():
        return None
    return Unit.objects.filter(parent=None).first()


def take_in(file: Path, *, by: Actor, home: Unit, at: datetime) -> LedgerImport:
    """Carry out what the dry run calls ready; what needs a hand is left. Raises Refused with the reader's sentence."""
    ledger = _read(start_import(data=content_of(file), filename=file.name, home=home, by=by, at=at), at)
    if ledger.refused:
        raise Refused(ledger.refused)
    open_rows = list(ledger.rows.filter(verdict="fix").values_list("sheet", "source_row"))
    if open_rows:
        wished = wishes.with_skipped(ledger.wishes, open_rows)
        ledger = _read(correct_import(ledger=ledger, wishes=wished, by=by, at=at), at)
    return load_import(ledger=ledger, by=by, at=at)


def _read(ledger: LedgerImport, at: datetime) -> LedgerImport:
    """Large files are read by the worker: here it is this process."""
    if ledger.state == LedgerImport.State.READING:
        run_until_idle(at=at, loud=False)
        ledger.refresh_from_db()
    return ledger


def person_called(staff_no: str, *, at: datetime) -> Actor:
    """Whoever answers for the import, by staff number. Raises Refused when there is no such person."""
    person = Person.objects.select_related("unit").filter(staff_no=staff_no).first()
    if person is None:
        raise Refused(f"没有工号 {staff_no}", "写经办人的工号")
    return actor_for(person, at=at)


def sentences(report: dict[str, Any]) -> Iterator[str]:
    """The report for somebody at a terminal."""
    if report["refused"]:
        yield report["refused"]
        return
    if report["layout"]["kind"] == "docx":
        yield from _problems(report)
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


def _problems(report: dict[str, Any]) -> Iterator[str]:
    """A notice has no columns to speak of: its problems one by one, then what was checked and left out."""
    yield f"《{report['layout'].get('title') or '（没有标题）'}》读到 {len(report['rows'])} 条问题"
    for row in report["rows"]:
        values = row["values"]
        said = [
            str(values[code])
            for code in ("unit", "person", "due", "due_text", "deduction")
            if values.get(code)
        ]
        yield f"  第 {row['source_row']} 段 {str(values.get('statement', ''))[:60]}（{'，'.join(said) or '没有写单位和期限'}）"
    yield from report["notes"]


def outcome(ledger: LedgerImport) -> str:
    """The end of an import in one sentence."""
    taken = ledger.rows.filter(outcome="taken").count()
    present = ledger.rows.filter(outcome="present").count()
    left = ledger.rows.exclude(outcome__in=("taken", "present")).count()
    rest = f"，{left} 行没有导入，到“台账导入”页面下载改正" if left else ""
    return f"导入 {taken} 行，已有 {present} 行{rest}"
