"""Categories: which statements, in which places, supervised by whom, with which causes and further measures."""

from __future__ import annotations

from dataclasses import dataclass

from .statements import office, plant, work

Line = tuple[str, str, str, str]


@dataclass(frozen=True)
class Category:
    """`tag` is the kind of place ("" for paper work), `office` the supervising department, `scene` the picture."""

    name: str
    lines: tuple[Line, ...]
    tag: str
    office: str
    weight: int
    basis: tuple[str, ...]
    rule: str
    scene: str = ""


_WEAK = (
    "点检内容没有写进这一项，岗位人员不知道标准",
    "检修后没有恢复，交接时也没有核对",
    "责任人调整后没有交接，排查走了过场",
    "备件采购周期长，未提前储备",
    "只改了发现的一处，没有查同类",
)
_PAPER = (
    "职责分工不清，办理环节没有人复核",
    "重业务轻记录，检查只看有没有不看实不实",
    "制度修订滞后，执行时各按各的理解",
    "经办人员更换频繁，未开展业务培训",
)

CATEGORIES = (
    Category(
        "煤气", plant.GAS, "g", "AQ", 13, ("《工业企业煤气安全规程》GB 6222",), "煤气安全管理规定", "alarm"
    ),
    Category(
        "起重", plant.LIFTING, "c", "AQ", 12, ("《起重机械安全规程》GB/T 6067.1",), "起重吊装管理办法", "hook"
    ),
    Category(
        "电气", plant.ELECTRIC, "e", "AQ", 11, ("《用电安全导则》GB/T 13869",), "电气安全工作规程", "panel"
    ),
    Category(
        "消防", plant.FIRE, "f", "AQ", 10, ("《中华人民共和国消防法》第十六条",), "消防安全管理办法", "fire"
    ),
    Category(
        "机械防护",
        plant.GUARDS,
        "b",
        "AQ",
        13,
        ("《机械安全 防护装置》GB/T 8196",),
        "设备安全防护管理规定",
        "guard",
    ),
    Category(
        "高处作业", work.HEIGHTS, "h", "AQ", 8, ("《高处作业分级》GB/T 3608",), "危险作业审批办法", "rail"
    ),
    Category(
        "有限空间",
        work.CONFINED,
        "k",
        "AQ",
        5,
        ("《工贸企业有限空间作业安全规定》",),
        "有限空间作业规定",
        "hole",
    ),
    Category(
        "危化品",
        work.CHEMICALS,
        "x",
        "AQ",
        6,
        ("《危险化学品安全管理条例》第二十条",),
        "危化品管理办法",
        "drum",
    ),
    Category(
        "环保设施",
        work.ENVIRONMENT,
        "v",
        "HB",
        9,
        ("《中华人民共和国大气污染防治法》第二十条",),
        "环保设施运行管理办法",
        "dust",
    ),
    Category(
        "特种设备",
        work.SPECIAL,
        "s",
        "SB",
        7,
        ("《特种设备安全监察条例》第二十七条",),
        "特种设备管理办法",
        "gauge",
    ),
    Category("班组管理", office.TEAMS, "", "AQ", 6, ("集团《班组安全建设标准》",), "班组安全活动管理办法"),
    Category("台账资料", office.PAPERS, "", "AQ", 5, ("集团《隐患排查治理办法》",), "隐患排查治理办法"),
    Category(
        "党建责任",
        office.PARTY,
        "",
        "ZZ",
        5,
        ("《党委（党组）落实全面从严治党主体责任规定》",),
        "党建工作责任制实施办法",
    ),
    Category(
        "三重一大",
        office.DECISIONS,
        "",
        "XCB",
        3,
        ("集团《“三重一大”决策实施办法》",),
        "“三重一大”决策实施办法",
    ),
    Category("采购招投标", office.BUYING, "", "SJ", 3, ("集团《采购管理办法》",), "采购管理办法"),
)
BY_NAME = {category.name: category for category in CATEGORIES}


def causes(category: Category) -> tuple[str, ...]:
    return _WEAK if category.tag else _PAPER


#: source, categories it finds (by kind of place), weight, who finds: the safety patrol, the team itself …
@dataclass(frozen=True)
class Kind:
    source: str
    weight: int
    title: str
    plants: bool


KINDS = (
    Kind("daily_check", 36, "日常检查", True),
    Kind("special_check", 18, "{month}月专项检查", True),
    Kind("self_check", 15, "班组自查", True),
    Kind("check_team", 9, "{year}年第{quarter}季度安全大检查", True),
    Kind("upper", 6, "{year}年省级督导检查反馈", True),
    Kind("audit", 6, "{year}年度内部审计", False),
    Kind("discipline", 6, "{year}年监督检查", False),
    Kind("petition", 3, "来信来访转办", True),
)
