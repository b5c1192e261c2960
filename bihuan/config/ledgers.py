"""`bihuan import`: what a ledger file would become, and carrying it out in somebody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.read_import import rows_of
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.actions.understand import join_annex
from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.draft import VERDICT_LABELS
from bihuan.areas.ledgers.reading.read import Overrides, read_ledger
from bihuan.areas.ledgers.reading.result import Reading
from bihuan.areas.ledgers.reading.sniff import SIZE_LIMIT
from bihuan.areas.ledgers.reads.versions import compare_versions
from bihuan.areas.ledgers.words import arrow
from bihuan.kernel.actor import SYSTEM, Actor
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


def dry_run(
    file: Path, *, at: datetime, annex: Path | None = None, home: Unit | None = None
) -> dict[str, Any]:
    """{layout, columns, rows, notes, refused} as 8-commands says; nothing is written. Raises Refused without a file.

    Where an organisation is, its units and people are matched; in an empty folder the names stay words. Beside it
    `changes` for a newer version of a ledger that is here, and `joined` with an annex (None: no column met).
    """
    day, root = local_day(at), _root()
    directory = OrgDirectory(home=home or root, day=day, wishes={}) if root else None
    reading = read_ledger(content_of(file), file.name, base=day, directory=directory)
    joint = None
    if annex is not None:
        known = join_annex(reading, content_of(annex), annex.name, Overrides(), day)
        reading, joint = known.reading, known.joint
    report = reading.as_json()
    if annex is not None:
        report["joined"] = joint.as_json() if joint else None
    if root and (changes := _changes(reading, home)):
        report["changes"] = changes
    return report


def _changes(reading: Reading, home: Unit | None) -> dict[str, Any] | None:
    """The comparison of the page, for a program: each known problem that differs, and those no longer listed."""
    columns = [{"header": one.header, "field": one.field} for one in reading.columns]
    ledger = LedgerImport(filename=reading.filename, home=home, columns=columns)
    rows = rows_of(ledger, reading)
    found = compare_versions(ledger, rows, SYSTEM)
    if found is None:
        return None
    kinds = Counter(str(one.kind) for one in found.matches)
    matched = {id(one.row) for one in found.matches}
    fresh = [row for row in rows if id(row) not in matched and row.verdict in ("ok", "guessed", "fix")]
    before = found.previous
    return {
        "previous": {"import": before.pk, "filename": before.filename, "loaded_at": str(before.loaded_at or "")},
        "counts": {"new": len(fresh), **{kind: kinds[kind] for kind in ("same", "changed", "conflict", "gone")}},
        "new": [row.source_row for row in fresh],
        "rows": [
            {
                "source_row": one.row.source_row, "sheet": one.row.sheet, "problem": one.problem.number,
                "kind": str(one.kind), "fields": one.changes,
            }
            for one in found.matches if one.row is not None and one.changes
        ],
        "gone": [
            {"problem": one.problem.number, "was_row": one.base.source_row if one.base else 0,
             "statement": one.problem.statement}
            for one in found.gone
        ],
    }  # fmt: skip


def _root() -> Unit | None:
    """The group itself; None before the first start, when not even the tables need to be there."""
    if Unit._meta.db_table not in connection.introspection.table_names():
        return None
    return Unit.objects.filter(parent=None).first()


def take_in(file: Path, *, by: Actor, home: Unit, at: datetime, annex: Path | None = None) -> LedgerImport:
    """Carry out what the dry run calls ready; what needs a hand is left. Raises Refused with the reader's sentence."""
    second = (content_of(annex), annex.name) if annex else None
    ledger = start_import(data=content_of(file), filename=file.name, home=home, by=by, at=at, annex=second)
    ledger = _read(ledger, at)
    if ledger.refused:
        raise Refused(ledger.refused)
    open_rows = list(ledger.rows.filter(verdict="fix").values_list("sheet", "source_row"))
    if len(open_rows) == ledger.counts.get("all"):
        raise Refused(
            f"{len(open_rows)} 行都要先处理，多半是单位或人在组织里找不到，一行也没有导入",
            f"用 --dry-run 看每行的原因；识别结果留着，可以在网页的“导入台账”里接着办（第 {ledger.pk} 号）",
        )
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
    if changes := report.get("changes"):
        yield from _told(changes)


def _told(changes: dict[str, Any]) -> Iterator[str]:
    counts = changes["counts"]
    yield (
        f"这是《{changes['previous']['filename']}》的新版本：新增 {counts['new']}，有变化 {counts['changed']}，"
        f"有冲突 {counts['conflict']}，没有变化 {counts['same']}，这一版没有 {counts['gone']}"
    )
    for row in changes["rows"][:SHOWN]:
        said = "；".join(arrow(one["label"], one["old"], one["new"]) for one in row["fields"])
        yield f"  第 {row['source_row']} 行 {row['problem']}：{said}"
    for one in changes["gone"][:SHOWN]:
        yield f"  这一版没有 {one['problem']}：{one['statement'][:40]}"


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
    updated = ledger.rows.filter(outcome="updated").count()
    present = ledger.rows.filter(outcome="present").count()
    left = ledger.rows.exclude(outcome__in=("taken", "updated", "present")).count()
    rest = f"，{left} 行没有导入，到“台账导入”页面下载改正" if left else ""
    newer = f"，更新 {updated} 行" if updated else ""
    return f"导入 {taken} 行{newer}，已有 {present} 行{rest}"
