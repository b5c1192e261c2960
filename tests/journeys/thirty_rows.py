"""An invented ledger of thirty rows in the difficult layout: title, two header rows with merges, a note at the foot,
a team and a man nobody knows, and a day that does not exist."""

from __future__ import annotations

from bihuan.areas.ledgers.tests.ledger_files import workbook

WRONG_DATE = "2026年9月31日"
TITLE = "晋岭钢铁集团 2026 年秋季安全大检查问题台账"
FOOT = "填表：安全管理部　　本表一式两份，未完成项目由各单位每周五更新"
_PLACES = ("1 号加热炉", "2 号加热炉", "3 号加热炉", "步进梁", "粗轧区")
_THINGS = (
    ("平台护栏缺一段，长约 2 米", "机械防护", "补焊护栏"),
    ("煤气报警器未按周期检定", "煤气", "送检并换贴合格证"),
    ("操作台照明灯罩缺失", "电气", "补装灯罩"),
    ("人行通道堆放备件，宽度不足 0.8 米", "通道", "清出通道并划线"),
    ("灭火器压力低于绿区，未填点检卡", "消防", "更换并补点检"),
)
_DATES = ("2026.9.14", "2026年9月15日", "2026-09-16", "２０２６年９月１７日", "2026/9/18")
_DUE = ("2026.10.20", "10月底前", "立行立改", "2026年12月25日", "长期坚持")
_STATES = ("已销号", "整改中", "已完成，已销号", "待整改", "整改中")
_WHO = (("加热炉车间", "牛晓东"), ("精整车间", "任秀英"), ("热轧厂", "段志远"))
_ODD = {
    7: [
        "8",
        "2026.9.20",
        "精整车间",
        "天车吊钩防脱钩装置失灵，仍在吊运",
        "起重",
        "更换防脱钩装置",
        "任秀英",
        "10月底前",
        "整改中",
        "",
    ],
    14: [
        "15",
        "2026-09-22",
        "机修外委队",
        "检修现场氧气瓶与乙炔瓶间距不足 3 米",
        "气瓶",
        "重新摆放",
        "卫建平",
        "立行立改",
        "待整改",
        "外委",
    ],
    21: [
        "22",
        WRONG_DATE,
        "精整车间",
        "矫直机急停按钮损坏",
        "机械",
        "更换按钮",
        "任秀英",
        "2026.12.10",
        "待整改",
        "",
    ],
}


def _row(n: int) -> list[str]:
    if n in _ODD:
        return _ODD[n]
    (unit, person), (what, kind, measure) = _WHO[n % 3], _THINGS[n % 5]
    state = _STATES[(n // 5) % 5]
    return [
        str(n + 1),
        _DATES[n % 5],
        unit,
        f"{_PLACES[n // 5 % 5]}{what}" + ("" if n < 25 else f"（{n} 号位）"),
        kind,
        measure,
        person,
        _DUE[n % 5],
        state,
        "当月办结" if "销号" in state else "",
    ]


ROWS = [_row(n) for n in range(30)]
CLOSED = sum("销号" in row[8] for row in ROWS)


def thirty_rows() -> bytes:
    return workbook(ROWS, title=TITLE, foot=FOOT)
