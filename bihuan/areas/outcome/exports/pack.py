"""佐证包: a zip that is made as it is written, one piece in memory at a time, with the sha256 of every file in it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bihuan.areas.outcome.reads.checking import Checked
from bihuan.areas.outcome.reads.lists import Line
from bihuan.areas.outcome.words import sharing
from bihuan.documents.exports import make_paper
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.paper.xlsx import Book, Col
from bihuan.problems.lists.telling import Named, day_words, told_of
from bihuan.problems.models import Attachment, Problem
from bihuan.problems.reads import ThreadRow, events_of, thread_of, with_its_rows
from bihuan.record.filetypes import tidy_name
from bihuan.record.reads import open_file, variant

from .thread import THREAD

_PIECE = 1 << 18
#: in a name, on any system that may unpack it
_BAD = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the pack. `packed` is False for what is compressed already."""

    name: str
    pieces: Iterable[bytes]
    packed: bool = True


class _Pipe(io.RawIOBase):
    """What the zip writes, until it is fetched."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:  # type: ignore[override]
        self._parts.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


def zipped(entries: Iterable[Entry], at: datetime) -> Iterator[bytes]:
    """The zip, piece by piece. Its last file says the sha256 of all before it, as `sha256sum -c` reads it."""
    pipe, sums = _Pipe(), []
    with ZipFile(pipe, "w") as archive:
        for entry in entries:
            digest = hashlib.sha256()
            with archive.open(_info(entry, at), "w", force_zip64=True) as out:
                for piece in entry.pieces:
                    digest.update(piece)
                    out.write(piece)
                    yield pipe.taken()
            sums.append(f"{digest.hexdigest()}  {entry.name}\n")
        manifest = "".join(sums).encode()
        archive.writestr(_info(Entry(sharing.MANIFEST, ()), at), manifest)
    yield pipe.taken()


def _info(entry: Entry, at: datetime) -> ZipInfo:
    made = ZipInfo(entry.name, at.astimezone(CHINA).timetuple()[:6])
    made.compress_type = ZIP_DEFLATED if entry.packed else ZIP_STORED
    made.external_attr = 0o644 << 16
    return made


def entries_of(
    found: Checked, by: Actor, at: datetime, told: Callable[[int, int], object] = lambda done, total: None
) -> Iterator[Entry]:
    """Of the problems as the check sees them. `told` hears how many of how many are written."""
    rows = [_row(place, line) for place, line in enumerate(found.lines, 1)]
    org = found.task.org.name
    yield Entry(sharing.README, [sharing.TOLD.format(org=org).encode()])
    yield Entry(sharing.LIST, [_as_csv(rows)])
    yield Entry(sharing.INDEX, [_as_sheet(rows, org, at)])
    for place, line in enumerate(found.lines, 1):
        told(place - 1, len(rows))
        yield from _of_problem(folder_of(place, line.problem), line, by, at)
    told(len(rows), len(rows))


def folder_of(place: int, problem: Problem) -> str:
    return f"{place:03d}_{_safe(problem.number)}"


def _row(place: int, line: Line) -> list:
    problem = line.problem
    files = Attachment.objects.filter(problem=problem).count()
    return [
        place, problem.number, problem.statement, problem.unit.shown, problem.get_timing_display(),
        problem.due_on, problem.get_closure_display(), local_day(problem.closed_at) if problem.closed_at else None,
        folder_of(place, problem), files,
    ]  # fmt: skip


def _as_csv(rows: list[list]) -> bytes:
    """With the mark that Excel needs to read UTF-8. Text that would act as a formula is put in quotes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sharing.LIST_HEAD)
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value) -> object:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _as_sheet(rows: list[list], org: str, at: datetime) -> bytes:
    widths, kinds = (6, 20, 60, 16, 12, 12, 12, 12, 26, 9), {5: "date", 7: "date"}
    columns = [
        Col(label, width, kind=kinds.get(n, "text"))
        for n, (label, width) in enumerate(zip(sharing.LIST_HEAD, widths, strict=True))
    ]
    with Book() as book:
        sheet = book.sheet("目录", columns, heading=f"{org}巡察整改佐证目录", above=[_long(local_day(at))])
        for row in rows:
            sheet.add(row)
    try:
        return book.path.read_bytes()
    finally:
        book.path.unlink(missing_ok=True)


def _of_problem(folder: str, line: Line, by: Actor, at: datetime) -> Iterator[Entry]:
    events = events_of(line.problem)
    problem = with_its_rows(line.problem, events)
    said = sharing.RAW.format(
        number=problem.number,
        unit=problem.unit.shown,
        statement=problem.statement,
        demand=problem.demand or "—",
    )
    yield Entry(f"{folder}/{sharing.ORIGINAL}", [said.encode()])
    thread = thread_of(problem, events, by)
    who = Named(thread.people, thread.units, thread.others)
    made = make_paper(THREAD.outline, _facts(line, thread.rows[::-1], who, local_day(at)), want=("docx",))
    yield Entry(f"{folder}/{sharing.THREAD}", [made.docx])
    names = _Names()
    for file in problem.attachments.all():
        yield Entry(f"{folder}/{sharing.FILES}/{names.free(_name(file))}", _pieces(file), packed=False)


def _pieces(file: Attachment) -> Iterator[bytes]:
    """The copy that people see: of a picture without time and place."""
    with open_file(file.file, "shown") as kept:
        yield from iter(lambda: kept.read(_PIECE), b"")


def _name(file: Attachment) -> str:
    shown = variant(file.file, "shown")[0] != file.file.sha256
    return f"{PurePath(file.name).stem}.jpg" if shown else file.name


def _safe(name: str) -> str:
    return tidy_name(name, 80).translate(_BAD).strip(". ") or "未命名"


class _Names:
    """Names within one folder; the second of one name gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str) -> str:
        safe = PurePath(_safe(name))
        for turn in count(1):
            tried = str(safe) if turn == 1 else f"{safe.stem}（{turn}）{safe.suffix}"
            if tried.casefold() not in self._taken:
                break
        self._taken.add(tried.casefold())
        return tried


def _facts(line: Line, rows: list[ThreadRow], who: Named, day: date) -> dict:
    problem = line.problem
    closed = f"{_long(local_day(problem.closed_at))}" if problem.closed_at else "还没有销号"
    return {
        "编号": problem.number, "问题": problem.statement, "责任单位": problem.unit.shown,
        "期限": _long(problem.due_on) if problem.due_on else "按阶段目标", "环节": problem.get_closure_display(),
        "销号": closed, "日期": _long(day), "过程": [_step(row, who) for row in rows],
        "措施": [
            {
                "序号": str(one.order), "整改措施": one.text, "结果标准": one.standard or "—",
                "完成时限": _long(one.due_on) if one.due_on else "—",
            }
            for one in line.measures
        ],
    }  # fmt: skip


def _step(row: ThreadRow, who: Named) -> dict[str, str]:
    told = told_of(row.event, who)
    local = row.event.occurred_at.astimezone(CHINA)
    unit = row.by.unit.shown if row.by and row.by.unit else ""
    hand = "，".join(part for part in (row.by.name if row.by else "系统", unit) if part)
    note = f"（{told.note}）" if told.note else ""
    files = "".join(f"\n附：{file.name}" for file in row.files)
    return {
        "时间": f"{_long(local.date())} {local:%H:%M}", "环节": f"{told.title}{note}", "经办": hand,
        "内容": f"{told.text}{files}".strip() or "—",
    }  # fmt: skip


def _long(day: date) -> str:
    return day_words(day.isoformat())
