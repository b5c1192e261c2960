"""What stands in the problems: the demo's findings, put into so many words that search behaves as in life.

The same number gives the same finding. Every finding has its place, counts and columns; two in five go on in
somebody's own words, one in eight names a second finding, so that a million problems hold hundreds of
thousands of different sentences with the word frequencies of one trade.
"""

from __future__ import annotations

from functools import cache
from random import Random

from bihuan.problems.demo.categories import CATEGORIES, Category
from bihuan.problems.demo.places import places, places_for

_WHERE = ("", "", "东侧", "西侧", "北侧入口", "南侧", "二层", "操作侧", "传动侧", "负一层", "检修通道")
_HOW = (
    "现场询问 {n} 名岗位人员均不清楚标准",
    "与 {m} 月份检查发现的情况相同",
    "自查记录显示已整改，实际未动",
    "点检表连续 {k} 天未体现",
    "影响 {n} 台设备的检修作业",
    "夜班尤其突出",
    "交接班记录没有说明",
    "备件 {m} 月已到货，至今没有安装",
    "责任人答复等停机，停机时又未安排",
    "相邻 {n} 处有同样情况",
    "外委队伍施工后没有恢复",
    "标识与图纸编号对不上",
    "未见隐患上报记录",
    "车间主任签字后没有复核",
    "距上次检查已过 {k} 天",
)


@cache
def _fitting(plant: str) -> tuple[tuple[Category, tuple[str, str, str, str], tuple[str, ...]], ...]:
    """(category, line, places) of everything that can be found in a plant; paper work is found everywhere."""
    return tuple(
        (category, line, places_for(plant, category.tag, line[0]) if category.tag else ())
        for category in CATEGORIES
        for line in category.lines
        if not category.tag
        or (category.tag in places().get(plant, {}) and places_for(plant, category.tag, line[0]))
    )


def finding(plant: str, chance: Random) -> tuple[str, str, str, str, str]:
    """(statement, category, place, equipment, measure)."""
    lines = _fitting(plant)
    category, line, where = lines[int(chance.random() * len(lines))]
    place = where[int(chance.random() * len(where))] if where else ""
    slots = _slots(chance, place)
    said = line[0].format(**slots)
    dice = chance.random()
    if dice < 0.4:
        said += "，" + _HOW[int(chance.random() * len(_HOW))].format(**slots)
    elif dice < 0.525:
        said += "；" + lines[int(chance.random() * len(lines))][1][0].format(**_slots(chance, "相邻"))
    return said, category.name, place, line[1].format(**slots), line[2].format(**slots)


def _slots(chance: Random, place: str) -> dict[str, object]:
    """Numbers as inspectors write them, and a place told more exactly."""
    dice = chance.random()
    side = _WHERE[int(dice * len(_WHERE))]
    axis = int(dice * 8999) % 60
    return {
        "p": f"{place}{side}{axis + 1}—{axis + 3} 柱" if place and axis % 3 == 0 else f"{place}{side}",
        "a": int(dice * 977) % 9 + 1,
        "n": int(dice * 1013) % 19 + 2,
        "m": int(dice * 499) % 11 + 2,
        "k": int(dice * 733) % 80 + 11,
        "d": int(dice * 211) % 9 + 2,
    }
