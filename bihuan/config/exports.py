"""`bihuan export`: the ledger as a workbook, without a browser."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.http import QueryDict

from bihuan.areas.ledgers.exports.ask import WholeLedger, layout_for
from bihuan.areas.ledgers.exports.ask import make_book as own_book
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused
from bihuan.problems.exports.ask import LAYOUTS
from bihuan.problems.exports.layouts import ExportedLedger
from bihuan.problems.exports.make import make_book

from .ledgers import person_called

OWN = "own"


def written(layout: str, out: Path, *, query: str = "", by: str = "", at: datetime) -> int:
    """Write the problems of this address to `out`; returns how many. `by` narrows to what that person may see.

    Raises Refused with a sentence: no such layout, person or folder, no permission, no layout that fits.
    """
    if layout not in (*LAYOUTS, OWN):
        raise Invalid(f"没有“{layout}”这种版式", f"写 {'、'.join((*LAYOUTS, OWN))}")
    if not out.parent.is_dir():
        raise Refused(f"没有文件夹 {out.parent}", "先建好，或换一个地方")
    actor = person_called(by, at=at) if by else SYSTEM
    if by and not actor.may("export"):
        raise Refused(f"{actor.name}没有导出的权限", "请安全管理员授权")
    params = QueryDict(query.removeprefix("?"))
    if layout == OWN:
        page = WholeLedger(actor=actor, at=at, params=params)
        path, rows = own_book(page, layout_for(page))
    else:
        path, rows = make_book(ExportedLedger(actor=actor, at=at, params=params), layout=layout)
    shutil.move(path, out)
    return rows
