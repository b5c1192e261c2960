"""`bihuan verify` and `bihuan digest`: the evidence, asked for from outside the browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bihuan.config import databases
from bihuan.kernel.refused import Refused
from bihuan.record.actions.seal import seal
from bihuan.record.digest import digest_text, text_of
from bihuan.record.faults import Fault
from bihuan.record.verify import verify


def faults(digest: Path | None) -> list[Fault]:
    """Everything that is not as it was. Raises Refused for a digest that cannot be read."""
    if databases.is_empty():
        raise Refused("这里还没有数据", "先用 bihuan migrate 或 bihuan restore 建立")
    try:
        return list(verify(text_of(digest.read_bytes()) if digest else ""))
    except OSError as problem:
        raise Refused(f"读不了摘要文件 {digest}：{problem.strerror}", "核对文件名和权限") from None
    except ValueError as problem:
        raise Refused(str(problem)) from None


def as_json(fault: Fault) -> dict[str, str]:
    return {"kind": fault.kind, "where": fault.where, "text": fault.text}


def lines(found: list[Fault]) -> list[str]:
    return [fault.line for fault in found] or ["全部核对一致"]


def digest(out: Path | None, *, at: datetime) -> str:
    """Seal and write the digest; returns it, or where it went."""
    seal(at=at)
    text = digest_text(at)
    if not text:
        raise Refused("还没有可封存的记录", "有了第一条记录以后再导出")
    if out is None:
        return text.rstrip("\n")
    out.write_text(text, encoding="utf-8")
    return f"封存摘要写到了 {out}"
