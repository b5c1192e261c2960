"""The digest: what is carried out of the house, so that not even we could write the record anew unseen."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import datetime, timedelta

from bihuan.kernel.moment import local_day
from bihuan.record.models import Seal

#: Every seal of so many days; of the time before, the last seal of each day: later ones hold the earlier ones.
WHOLE_DAYS = 7


def digest_seals(at: datetime) -> list[Seal]:
    """The seals a digest names, oldest first."""
    recent = local_day(at) - timedelta(days=WHOLE_DAYS)
    kept: dict[object, Seal] = {}
    for seal in Seal.objects.order_by("number").iterator(chunk_size=2000):
        day = local_day(seal.sealed_at)
        kept[day if day < recent else seal.number] = seal
    return list(kept.values())


def grouped(value: str, size: int = 8) -> str:
    """A hash as a person compares it with paper: in groups."""
    return " ".join(value[start : start + size] for start in range(0, len(value), size))


def digest_lines(at: datetime) -> Iterator[str]:
    """A text for people with one JSON object a line for `bihuan verify --digest`; empty before the first seal."""
    seals = digest_seals(at)
    if not seals:
        return
    last = seals[-1]
    yield f"# 闭环 记录封存摘要　{local_day(at):%Y年%m月%d日}"
    yield f"# 最近一次封存：第 {last.number} 号，止于第 {last.last_id} 号事件"
    yield f"# 封存值：{grouped(last.hash)}"
    yield "# 请打印签收，或存到本系统管理员够不到的地方。核对：bihuan verify --digest 本文件"
    for seal in seals:
        yield (
            f'{{"number": {seal.number}, "last": {seal.last_id}, "hash": "{seal.hash}", '
            f'"sealed_at": "{seal.sealed_at.isoformat()}", "signer": "{seal.signer}"}}'
        )


def digest_text(at: datetime) -> str:
    return "".join(f"{line}\n" for line in digest_lines(at))


def text_of(kept: bytes) -> str:
    """A digest that may have been opened and saved on somebody's computer: Windows keeps such texts in its own ways.
    What is compared is plain ASCII in all of them but UTF-16."""
    wide = kept.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return kept.decode("utf-16" if wide else "utf-8-sig", errors="replace")
