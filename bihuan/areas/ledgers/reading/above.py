"""What stands over a table and holds for all its rows: `检查日期：…`, the unit in the title, the year."""

from __future__ import annotations

import re
from itertools import pairwise

from .header_words import header_fields
from .layout import Layout
from .names import looks_like_unit


def context_of(layout: Layout) -> dict[str, str]:
    """What stands over the table as `检查日期：2026年9月14日` and holds for every row: field → words."""
    found: dict[str, str] = {}
    grid = layout.grid
    for r in layout.above_rows:
        texts = grid.texts(r)
        for text in texts:
            for key, value in re.findall(
                r"([^\s:：;；，,]{2,12})\s*[:：]\s*([^:：]+?)(?=\s{2,}|\t|[;；]|\s+[^\s:：]{2,12}[:：]|$)",
                text,
            ):
                _keep(found, key, value)
        for key, value in pairwise(texts):
            if not re.search(r"[:：].", key) and not re.search(r"[:：]", value):
                _keep(found, key.rstrip(":： "), value)
    return found


def _keep(found: dict[str, str], key: str, value: str) -> None:
    fields = header_fields(key)
    if fields and value.strip(" _＿/"):
        code = max(fields, key=lambda k: fields[k])
        found.setdefault(code, value.strip())


def unit_of_title(texts: list[str]) -> str:
    """`炼铁厂2026年9月安全隐患整改台账` → 炼铁厂; empty when the title names only the whole enterprise."""
    for text in texts:
        head = re.split(
            r"(?:19|20)\d{2}|[二〇○零一二三四五六七八九十]{4}年|安全|隐患|问题|环保|检查|整改|春季|夏季|秋季|冬季|专项|关于|月|第[一二三四]季度|存在|落实|[（(:：\s]",
            text.strip(),
            maxsplit=1,
        )[0]
        tail = re.sub(
            r"^.*(?:集团有限公司|集团公司|集团|股份有限公司|有限责任公司|有限公司|公司)(?=.)", "", head
        )
        if 2 <= len(tail) <= 20 and looks_like_unit(tail) and not re.search(r"(?:集团|公司)$", tail):
            return tail
    return ""
