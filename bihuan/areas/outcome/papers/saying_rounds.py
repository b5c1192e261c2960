"""What the papers of a whole round say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.inspection.papers.before import han
from bihuan.areas.inspection.papers.saying import day_words, numbered, party_name
from bihuan.areas.onsite.papers.saying import team_name
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import ArchiveItem
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day

from .finding import Seen
from .report import MARK

#: name on the paper -> key of the figures, as they were counted when it was written
_FIGURES = {
    "党组织数": "orgs", "任务数": "tasks", "天数": "days", "谈话": "talks", "信访": "complaints", "总数": "total",
    "完成": "done", "基本完成": "basically", "完成率": "percent",
}  # fmt: skip


def sum_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    paper = seen.thing
    heard = words.adopted_by(day_words(paper.heard_on), paper.document) if paper.heard_on else ""
    return {name: str(paper.figures.get(key, "")) for name, key in _FIGURES.items()} | {
        "党委": party_name(),
        "标记": MARK,
        "轮次": seen.round.name,
        "正文": paper.text,
        "听取": heard,
        "日期": day_words(local_day(paper.written_at)),
    }


def common_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    rows = seen.round.common_problems.order_by("-orgs", "pk")
    return {
        "党委": party_name(),
        "文号": "",
        "标记": MARK,
        "轮次": seen.round.name,
        "问题": [
            {
                "序号": han(n),
                "名称": one.title,
                "内容": one.text,
                "家数": str(one.orgs),
                "件数": str(one.items),
            }
            for n, one in enumerate(rows, 1)
        ],
        "日期": day_words(local_day(at)),
    }


def archive_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """What was handed over, in the order of the kinds."""
    task = seen.task
    assert task is not None
    order = [code for code, _ in words.ARCHIVE_KINDS]
    rows = list(ArchiveItem.objects.filter(task=task).select_related("handed_over_by"))
    return {
        "轮次": task.round.name,
        "组别": team_name(task),
        "党组织": task.org.name,
        "卷内": numbered(
            {
                "材料": one.get_kind_display(),
                "份数": str(one.number),
                "页数": str(one.pages),
                "知悉范围": one.get_secrecy_display(),
                "存放位置": one.place,
                "移交人": one.handed_over_by.name,
                "移交日期": day_words(local_day(one.handed_over_at)),
            }
            for one in sorted(rows, key=lambda one: order.index(one.kind))
        ),
    }
