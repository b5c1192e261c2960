"""Invented notices by lot, each with the truth of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .notice_files import OFFICE, Notice

UNITS = ("热轧厂", "炼铁厂", "焦化厂", "动力厂", "第一炼钢厂", "运输部", "检修车间")
FAULTS = (
    "加热炉区域{n}台煤气报警器超过检定周期", "行车吊钩防脱钩装置缺失", "{n}号皮带通廊照明损坏", "操作平台护栏锈蚀，长约1.{n}米",
    "配电室应急照明不亮", "{n}份动火作业票监护人栏空白", "氧气瓶与乙炔瓶间距不足5米", "除尘器灰斗积灰严重，粉尘外溢",
    "煤气排水器水位计模糊，看不清水位", "安全帽佩戴不规范，{n}人未系下颏带", "班前会记录签字笔迹雷同", "消防通道被{n}处杂物占用",
    "特种作业证过期仍在上岗", "受限空间台账缺少{n}处", "检修后防护罩未恢复", "应急预案未按规定修订备案",
)  # fmt: skip
PRAISE = ("现场标识齐全，值得肯定。", "班组活动开展扎实有序，做得较好。")
DEMANDS = (
    "各单位要高度重视，举一反三。",
    "请按期完成整改并报送整改情况。",
    "加强现场管理，落实安全责任。",
    "严格考核，压实责任。",
)
#: (words, day or empty, timing)
TERMS = (
    ("9月20日前完成整改", "2026-09-20", "time_limited"),
    ("整改期限：9月25日", "2026-09-25", "time_limited"),
    ("限9月18日前整改", "2026-09-18", "time_limited"),
    ("9月底前", "2026-09-30", "time_limited"),
    ("收到通报后5个工作日内完成整改", "2026-09-23", "time_limited"),
    ("立即整改", "", "immediate"),
    ("立行立改", "", "immediate"),
    ("长期坚持", "", "long_term"),
)
FINES = ("扣2分", "考核500元", "扣罚责任单位1000元", "扣0.5分")


@dataclass
class Truth:
    statement: str
    unit: str
    due: str = ""
    timing: str = ""
    deduction: str = ""
    category: str = ""


@dataclass
class Drawn:
    data: bytes
    truths: list[Truth] = field(default_factory=list)
    stated: int = 0
    seed: int = 0


class Drawer:
    """One notice. Every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"notice:{seed}")
        self.notice = Notice()
        self.truths: list[Truth] = []
        self.auto = self.random.random() < 0.4
        self.number = self.notice.new_list(OFFICE)
        self.depths = {"chapter": 0, "unit": 1, "item": 2}
        self.running = self.random.random() < 0.3 and not self.auto
        self.item = self.random.choice(("{}.", "{}、", "（{}）", "{}）", "{}．"))
        self.sofar = 0
        self.texts: set[str] = set()

    def draw(self) -> Drawn:
        r = self.random
        self.notice.p(
            r.choice(("关于安全检查情况的通报", "安全生产监督检查通知书", "秋季检查发现问题的反馈意见")),
            center=True,
        )
        if r.random() < 0.7:
            self.notice.p("晋岭安监通〔2026〕第7号")
        if r.random() < 0.7:
            self.notice.p("各单位：")
        intro = self.notice.p("")
        self.chapters()
        wrong = r.random() < 0.25
        stated = len(self.truths) + (r.choice((1, 2)) if wrong else 0)
        intro.add_run(f"2026年9月14日至15日，安全管理部组织开展检查，共发现问题{stated}项，现通报如下。")
        if r.random() < 0.5:
            self.notice.header("内部资料", "第 1 页")
        self.notice.many("安全管理部", "2026年9月16日")
        return Drawn(self.notice.data(), self.truths, stated)

    def chapters(self) -> None:
        r = self.random
        chapter = 0
        if r.random() < 0.4:
            chapter += 1
            self.head("chapter", chapter, r.choice(("好的方面", "总体情况")))
            for at in range(r.randint(1, 2)):
                self.line("unit", at + 1, r.choice(PRAISE))
        chapter += 1
        self.head("chapter", chapter, r.choice(("存在的主要问题", "检查发现的问题", "问题清单")))
        for at, unit in enumerate(r.sample(UNITS, r.randint(1, 3)), 1):
            self.section(at, unit)
        if r.random() < 0.5:
            self.table()
        if r.random() < 0.4:
            self.box()
        if r.random() < 0.7:
            chapter += 1
            self.head("chapter", chapter, r.choice(("下一步工作要求", "整改要求", "有关要求")))
            for at in range(r.randint(1, 3)):
                self.line("unit", at + 1, DEMANDS[at])

    def section(self, at: int, unit: str) -> None:
        r = self.random
        self.head("unit", at, r.choice((f"{unit}", f"{unit}存在的问题", f"对{unit}检查情况")))
        if not self.running:
            self.sofar = 0
        for place in range(1, r.randint(1, 4) + 1):
            self.sofar += 1
            truth, text = self.problem(unit)
            self.line("item", self.sofar if self.running else place, text)
            self.truths.append(truth)
            if r.random() < 0.15:
                self.notice.p("现场检查时仍未处理。")
                truth.statement += "\n现场检查时仍未处理。"

    def problem(self, unit: str) -> tuple[Truth, str]:
        """A statement with its fields, at the end of the sentence, in brackets, or with labels."""
        r = self.random
        statement = self.statement()
        truth = Truth(statement, unit)
        parts: list[str] = []
        if r.random() < 0.3:
            truth.unit = r.choice(UNITS)
            parts.append(f"责任单位：{truth.unit}")
        if r.random() < 0.6:
            words, truth.due, truth.timing = r.choice(TERMS)
            parts.append(words)
        if r.random() < 0.4:
            truth.deduction = r.choice(FINES)
            parts.append(truth.deduction)
        if not parts:
            return truth, statement + "。"
        if r.random() < 0.4:
            return truth, f"{statement}（{r.choice('，；').join(parts)}）。"
        return truth, f"{statement}{r.choice('，；。')}{r.choice('，；').join(parts)}。"

    def statement(self) -> str:
        while True:
            text = self.random.choice(FAULTS).format(n=self.random.randint(2, 9))
            if text not in self.texts:
                self.texts.add(text)
                return text

    def table(self) -> None:
        r = self.random
        rows = [["序号", "存在问题", "责任单位", r.choice(("整改期限", "完成时限")), "扣分"]]
        same = r.random() < 0.4
        unit = r.choice(UNITS)
        for at in range(1, r.randint(2, 4) + 1):
            words, due, timing = r.choice(TERMS)
            truth = Truth(
                self.statement(),
                unit if same else r.choice(UNITS),
                due,
                timing,
                r.choice(("", "1分", "200元")),
            )
            shown = truth.unit if not same or at == 1 else ""
            rows.append([str(at), truth.statement, shown, words.removeprefix("整改期限："), truth.deduction])
            self.truths.append(truth)
        self.notice.p("其他问题见下表：")
        self.notice.table(rows, merge=[(1, 2, len(rows) - 1, 2)] if same else [])

    def box(self) -> None:
        truth = Truth(self.statement(), self.random.choice(UNITS), "2026-09-30", "time_limited")
        text = f"1.{truth.statement}，责任单位：{truth.unit}，9月30日前整改。"
        self.notice.box(text, old=self.random.random() < 0.5)
        self.truths.append(truth)

    def head(self, level: str, number: int, text: str) -> None:
        self.line(level, number, text)

    def line(self, level: str, number: int, text: str) -> None:
        if self.auto:
            self.notice.auto(text, self.number, self.depths[level])
            return
        chinese = "一二三四五六七八九十"[number - 1] if number <= 10 else str(number)
        label = {"chapter": f"{chinese}、", "unit": f"（{chinese}）", "item": self.item.format(number)}[level]
        self.notice.p(label + text)


def drawn(seed: int) -> Drawn:
    found = Drawer(seed).draw()
    found.seed = seed
    return found
