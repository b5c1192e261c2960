"""Each kept content against its fingerprint, each row of a file against the event that was written when it came."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import Any

from bihuan.record import lying, vault
from bihuan.record.chain import kept_data
from bihuan.record.faults import Fault, Say
from bihuan.record.models import Event, StoredFile


def files(said: dict[str, Any], total: int, say: Say) -> Iterator[Fault]:
    """`said` are the events of files by stream; what is used up is taken out of it."""
    done = total - StoredFile.objects.count()
    named: set[str] = set()
    for stored in lying.rows(StoredFile, "id"):
        say(done := done + 1, total, "核对文件")
        named.update((stored.sha256, stored.shown_sha256, stored.thumb_sha256))
        stream = f"file:{stored.pk}"
        event = said.pop(stream, None)
        if event is None and Event.objects.filter(stream=stream, kind="file.kept").exists():
            continue  # it came while the events were being read
        if event is None:
            yield Fault("file", f"文件 {stored.sha256}", "多出来的：没有收下它的记录")
        else:
            yield from _row(stored, event)
        yield from _contents(stored)
    for event in said.values():
        yield Fault("file", f"文件 {_told(event).get('sha256', event.stream)}", "登记缺失，被删除")
    yield from _strange(named)


def _told(event: Any) -> dict[str, Any]:
    return event.data if isinstance(event.data, dict) else {}


def _row(stored: Any, event: Any) -> Iterator[Fault]:
    """Older events say less of a file: what they do not say cannot be compared."""
    told = _told(event)
    which = list(stored.odd)
    if not which:
        now = kept_data(stored)
        which = [name for name, value in now.items() if name in told and told[name] != value]
        which += [name for name in ("sha256", "size") if name not in told]
        which += ["kept_at"] * (stored.kept_at != event.recorded_at)
        which += ["kept_by"] * (stored.kept_by_id != event.by_id)
    if which:
        where = f"文件 {told.get('sha256', stored.sha256)}"
        yield Fault("file", where, f"登记被改动（{'、'.join(which)}），与收下时不符")


def _contents(stored: Any) -> Iterator[Fault]:
    named = (("原件", stored.sha256), ("展示件", stored.shown_sha256), ("缩略图", stored.thumb_sha256))
    for what, sha256 in named:
        if not sha256 or not vault.is_name(sha256):
            continue  # a name that is none was said with its row
        try:
            with vault.open_kept(sha256) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except FileNotFoundError:
            yield Fault("file", f"文件 {sha256}", f"{what}的内容不在了")
            continue
        except OSError as problem:
            yield Fault("file", f"文件 {sha256}", f"{what}的内容读不出来（{problem.strerror or problem}）")
            continue
        if found != sha256:
            yield Fault("file", f"文件 {sha256}", f"{what}的内容被改动，现在是 {found[:12]}")


def _strange(named: set[str]) -> Iterator[Fault]:
    """What lies among the contents and was never handed in. A content that is what its name says and that no row
    names is left by a command that was interrupted before its row: it is nobody's evidence and harms nobody."""
    for path in vault.lying_here():
        if path.name in named and path == vault.path_of(path.name):
            continue
        if not vault.is_name(path.name) or path != vault.path_of(path.name) or not _is_itself(path):
            where = os.fsencode(path.relative_to(vault.root())).decode("utf-8", "backslashreplace")
            yield Fault("file", f"文件目录里的 {where}", "多出来的：不是由系统放进去的")


def _is_itself(path: Any) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == path.name
    except FileNotFoundError:
        return True
    except OSError:
        return False
