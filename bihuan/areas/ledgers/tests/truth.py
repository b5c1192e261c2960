"""Problems of an invented steel mill, known exactly, from which the layouts of the tests are written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

BASE = date(2026, 11, 20)

UNITS = {
    "炼铁厂": "炼铁",
    "第一炼钢厂": "一炼钢",
    "第二炼钢厂": "二炼钢",
    "热轧厂": "热轧",
    "冷轧厂": "冷轧",
    "焦化厂": "焦化",
    "烧结厂": "烧结",
    "能源动力厂": "能动",
    "运输部": "运输",
    "检修中心": "检修",
}
PEOPLE = "贾海峰 韩玉梅 孟凡伟 侯振华 郝立明 杜文静 秦志刚 白建国 乔月娥 温俊杰 段小丽 常有福 田晓东 任慧芳 高志远 曹永利 薛建军 牛春梅".split()
_PLACES = "出铁场 高炉热风炉平台 转炉氧枪口 连铸浇钢平台 皮带通廊 焦炉地下室 煤气柜区 行车检修平台 轧机操作侧 酸洗槽区 空压站 制氧机房 铁水罐道口 烧结机尾 脱硫塔下".split()
_FAULTS = (
    "行车滑线无防护罩，检修人员可触及",
    "氧气阀门站围栏内堆放劳保用品",
    "皮带头轮处清扫器缺失，人工清料",
    "固定式煤气报警器 2 台超过检定周期",
    "护栏高度不足 1.05m，踢脚板缺失",
    "配电箱门未跨接，箱内积灰严重",
    "消防栓压力表指示为零，未见处理记录",
    "临时用电线路拖地，未采取防碾压措施",
    "检修作业票未填写气体检测数据",
    "钢丝绳断丝数超过报废标准仍在使用",
    "应急照明灯损坏；疏散指示标志被遮挡",
    "操作规程未按新工艺修订（仍为 2019 版）",
    "吊具未挂牌标明额定载荷",
    "有限空间入口无警示标志，也未上锁",
    "班前会记录缺少风险告知内容",
)
_MEASURES = "加装防护罩并验收 立即清理 补装清扫器 送检并更换到期设备 按标准加高护栏 清灰并补接跨接线 更换压力表 架空敷设线路 组织作业票培训 更换钢丝绳".split()
CATEGORIES = "机械伤害 消防 煤气 用电 起重 高处作业 管理".split()


@dataclass(frozen=True)
class Truth:
    """One problem as it is. `progress` is one of the words codes of status_words; `due` None means long-term."""

    number: int
    statement: str
    unit: str
    person: str
    place: str
    category: str
    measure: str
    found_at: date
    due: date
    progress: str
    grade: str

    @property
    def done_at(self) -> date | None:
        return self.due - timedelta(days=2) if self.progress in ("done", "closed") else None


def truths(seed: int, count: int = 14) -> list[Truth]:
    """Always the same for a seed; every statement is different."""
    rng = random.Random(seed)
    places = [(place, fault) for place in _PLACES for fault in _FAULTS]
    chosen = rng.sample(places, count)
    found = []
    for number, (place, fault) in enumerate(chosen, start=1):
        day = date(2026, rng.randint(3, 9), rng.randint(1, 28))
        found.append(
            Truth(
                number=number,
                statement=f"{place}{fault}",
                unit=rng.choice(list(UNITS)),
                person=rng.choice(PEOPLE),
                place=place,
                category=rng.choice(CATEGORIES),
                measure=rng.choice(_MEASURES),
                found_at=day,
                due=day + timedelta(days=rng.randint(7, 40)),
                progress=rng.choice(["not_started", "in_progress", "done", "done", "closed"]),
                grade=rng.choice(["general", "general", "general", "serious", "major"]),
            )
        )
    return found


STATUS = {"not_started": "未整改", "in_progress": "整改中", "done": "已完成", "closed": "已销号"}
GRADE = {"general": "一般", "serious": "较大", "major": "重大"}


def dotted(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
