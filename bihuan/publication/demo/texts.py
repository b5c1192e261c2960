"""What stands on the board of the demo group. Invented, and naming nobody for anything bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    inside: str
    outside: str = ""
    contact: str = "厂办内线 6120，工作日 8:00 至 18:00"

    def of(self, unit: str, day: date) -> dict[str, str]:
        quarter = (day.month - 1) // 3 + 1
        words = {"unit": unit, "year": day.year, "quarter": quarter, "month": day.month}
        said = {"title": self.title, "text_inside": self.inside, "text_outside": self.outside}
        return {**{name: text.format(**words) for name, text in said.items()}, "contact": self.contact}


SAFETY = Text(
    "{unit}{year}年安全生产和隐患治理情况",
    "本期检查 12 次，查出隐患 31 项，已治理 29 项，其余 2 项限期治理中，已设警示和专人看护。\n"
    "劳动防护用品按标准发放，特种作业人员持证率 100%。\n对治理情况有意见的，可以直接提。",
)
SAFETY_NOW = Text(
    "{unit}第 {quarter} 季度隐患治理和劳动保护情况",
    "本季度职工报告隐患 18 项，全部登记，已治理 16 项；2 项需停机处理，安排在下次检修。\n"
    "高温岗位防暑降温用品、加热炉区域煤气报警器检定情况附后。\n提出隐患的职工按规定给予奖励。",
)
PRODUCTION = Text(
    "{unit}{month}月生产经营情况",
    "产量完成月计划的 101.3%，成材率比上月提高 0.12 个百分点。\n吨材能耗比上月下降 1.8 千克标准煤。\n"
    "存在的不足：换辊时间比目标多 3 分钟，正在组织攻关。",
)
ENVIRONMENT = Text(
    "晋岭钢铁{year}年环境监测情况",
    "各排放口小时均值全部有效，达标率 99.8%。超标 3 小时均在除尘器检修期间，已向生态环境部门报告。\n"
    "无组织排放治理项目完成 7 项，在建 2 项。",
    "各排放口污染物浓度和排放量以生态环境部门公布的为准，本期达标率 99.8%。\n"
    "厂区周边设 4 个监测点，结果每季度公开。对厂区气味、噪声、扬尘有意见的，欢迎提出。",
    "能源环保部 0351-5550188，环保意见箱在南门",
)
RECTIFIED = Text(
    "{unit}党委关于巡察整改进展情况的公开",
    "巡察反馈的问题，已完成整改的逐项列在附表；需要长期坚持的，写明阶段目标和期限。\n"
    "修订制度 6 项，党委会专题研究整改 4 次。",
    "根据巡察工作要求，现将整改进展情况公开。\n反馈的问题已按方案推进，完成的逐项销号，没有完成的明确了期限。\n"
    "欢迎干部职工和社会各界监督。",
    "党委办公室 0351-5550166",
)
RECTIFIED_HOT = Text(
    "{unit}党委关于巡察整改进展情况的公开",
    "巡察反馈的问题中，立行立改的已经完成；限期整改的按月公布进度。\n党员干部带头认领，分管领导逐项包保。",
    "根据巡察工作要求，现将整改进展情况公开，欢迎监督。",
    "党委办公室 0351-5550167",
)
HONOURS = Text(
    "{unit}推荐集团先进集体的公示",
    "经班组推荐、厂务会研究，拟推荐炼焦车间甲班、化产车间脱硫班为集团先进集体。\n公示期内有异议的，请写明理由。",
)
PAY = Text(
    "{unit}{month}月奖金分配情况",
    "奖金总额按集团核定数执行，分配办法经职工代表团（组）长会议通过。\n各车间分配系数和计算过程在厂办可查。",
)
WHY_DOWN = "附表漏了一个车间，更正后重新公开"
ASKED_PAY = "夜班系数这个月怎么比上个月低？"
GIST_PAY = "夜班系数为什么变了"
ANSWER_PAY = "夜班系数没有变，上月含检修补贴，单列在第三栏。计算过程可到厂办查。"
ASKED_AIR = "南门外晚上有时有气味，是哪里来的？"
GIST_AIR = "南门外夜间的气味从哪里来"
ANSWER_AIR = "查到是焦化废水池加盖更换期间散发，更换已完成。以后这类作业提前在南门公告。"
ASKED_NOW = "精整车间北通道照明不足，列进去了没有？"
