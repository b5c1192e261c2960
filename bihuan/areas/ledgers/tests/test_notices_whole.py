"""Whole notices as offices write them, invented, each with its own habits."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.areas.ledgers.reading.read import Overrides, read_ledger

from .notice_files import Notice
from .test_notices_text import BASE, kinds, read, said


def test_a_bulletin_with_totals_praise_causes_and_demands():
    notice = Notice()
    notice.p("晋岭钢铁集团有限公司文件", center=True)
    notice.p("晋岭安〔2026〕45号", center=True)
    notice.p("关于第三季度安全生产大检查情况的通报", center=True, bold=True)
    notice.many(
        "各分厂、各部门：",
        "为进一步夯实安全基础，公司安委会于2026年9月8日-12日组织了检查，共检查10个单位，查出各类问题隐患6项。限期整改4项。现通报如下：",
        "一、检查总体情况", "大部分单位能够重视安全工作，热轧厂做得较好，提出表扬。", "二、存在的主要问题", "（一）热轧厂（共2项）",
        "1.【设备类】风机入口滤网堵塞，未定期清理。（整改期限：10月15日前；责任人：牛晓东；考核300元）", "2.【电气类】2#电缆夹层存在积水。（立即整改）",
        "（二）炼铁厂（共2项）", "1、平台栏杆高度不足1.2m，不符合GB4053.3要求。整改责任单位：炼铁厂设备科，完成时限：2026年10月20日", "2、报警仪故障停用。",
        "（三）其他单位", "1.焦化厂：拉绳开关失效。", "2.运输部：3号道口无防撞设施。", "三、原因分析", "一是责任落实不到位。二是检查流于形式。",
        "四、下一步要求", "一要提高认识。", "二要狠抓整改。各责任单位要在10月22日前完成整改，并于10月25日前将整改情况书面报安全环保部。",
        "附件：1.问题整改清单", "2.考核明细表", "晋岭钢铁集团有限公司安委会", "2026年9月18日", "（联系人：郝立明）", "抄送：公司领导。",
    )  # fmt: skip
    reading = read(notice)
    assert said(reading, "unit", "category", "due", "deduction") == [
        ("热轧厂", "设备类", "2026-10-15", "考核300元"), ("热轧厂", "电气类", "", ""), ("炼铁厂设备科", "", "2026-10-20", ""),
        ("炼铁厂", "", "2026-10-22", ""), ("焦化厂", "", "2026-10-22", ""), ("运输部", "", "2026-10-22", ""),
    ]  # fmt: skip
    assert reading.notes[0] == "总数相符：第 5 段写 6 项，全文读到 6 项"
    facts = reading.as_json()["layout"]["facts"]
    assert (
        facts["title"] == "关于第三季度安全生产大检查情况的通报" and facts["number"] == "晋岭安〔2026〕45号"
    )
    assert facts["signer"] == "晋岭钢铁集团有限公司安委会" and facts["day"] == "2026-09-18"


def test_an_order_that_sets_deadlines_by_number():
    notice = Notice().many(
        "安全监察指令书", "动力厂：", "2026年11月3日，我部监察人员在你单位现场监察时，发现存在下列违规行为和隐患：", "1.防雷检测报告过期（2025年8月12日到期）；",
        "2.安全阀未按期校验，不符合《特种设备安全监察条例》第二十七条规定；", "3.操作证于2026年6月30日过期。", "现责令你单位：",
        "1.第1、2项立即停止使用，2026年11月10日前整改完毕；", "2.第3项立即整改。", "整改完毕后3日内将整改情况书面报我部复查。",
        "被检查单位负责人（签字）：      年   月   日", "安全监察部（公章）", "2026年11月3日",
    )  # fmt: skip
    reading = read(notice)
    assert said(reading, "due", "timing", "unit") == [
        ("2026-11-10", "time_limited", "动力厂"), ("2026-11-10", "time_limited", "动力厂"), ("", "immediate", "动力厂"),
    ]  # fmt: skip
    assert reading.rows[1].values["basis"] == "不符合《特种设备安全监察条例》第二十七条规定"
    assert "第 8 段写着" in next(guess.why for guess in reading.rows[0].guessed if guess.field == "due")


def test_feedback_of_an_inspection():
    notice = Notice().many(
        "关于巡察冷轧厂党委整改情况的反馈意见", "按照集团党委部署，2026年5月6日至20日，第三巡察组对冷轧厂党委开展了巡察。现反馈如下：", "一、整改工作总体评价",
        "冷轧厂党委比较重视，反馈的23个问题已完成整改20个。", "二、发现的问题", "1.理论学习方面。制度执行不严格，2025年有4次党委会未落实。",
        "2.整改责任方面。（1）个别班子成员过问不多。（2）台账更新不及时。", "3.干部队伍建设方面", "（1）任前公示不足5个工作日；", "（2）3份档案材料缺失。",
        "4.作风建设方面", "主要表现：一是会议多、文件长；二是检查考核过频。", "三、整改要求", "（一）提高思想认识。",
        "（二）请于收到本反馈意见之日起15个工作日内上报整改方案，3个月内完成集中整改。", "集团党委第三巡察组", "二〇二六年五月二十八日",
    )  # fmt: skip
    reading = read(notice)
    assert [row.values["statement"] for row in reading.rows] == [
        "理论学习方面。制度执行不严格，2025年有4次党委会未落实。", "个别班子成员过问不多。", "台账更新不及时。", "任前公示不足5个工作日",
        "3份档案材料缺失。", "一是会议多、文件长；二是检查考核过频",
    ]  # fmt: skip
    assert {row.values["due"] for row in reading.rows} == {"2026-08-28"}
    assert reading.rows[3].values["category"] == "干部队伍建设"
    assert not [note for note in reading.notes if note.startswith("总数")]


def test_a_form_with_a_list_inside():
    notice = Notice().many("现场检查问题反馈单")
    notice.table(
        [["检查单位", "安全环保部", "检查日期", "2026年10月28日"], ["受检单位", "烧结厂", "检查地点", "主抽风机房"],
         ["序号", "问题描述", "整改要求", "整改期限"], ["1", "防护罩固定螺栓缺失2条", "补齐螺栓", "10月30日"], ["2", "油站地面油污", "清理", "立即"],
         ["检查人：郝立明", "", "受检单位签字：", ""]],
        merge=[(5, 0, 5, 1), (5, 2, 5, 3)],
    )  # fmt: skip
    assert said(read(notice), "unit", "place", "found_at", "due", "timing", "demand") == [
        ("烧结厂", "主抽风机房", "2026-10-28", "2026-10-30", "time_limited", "补齐螺栓"),
        ("烧结厂", "主抽风机房", "2026-10-28", "", "immediate", "清理"),
    ]  # fmt: skip


def test_headings_by_style_and_a_deadline_for_all():
    notice = Notice()
    notice.p("一、热轧厂存在的问题", style="Heading 1")
    notice.p("设备管理", style="Heading 2")
    notice.p("炉门水冷管漏水。", style="List Number")
    notice.p("现场管理", style="Heading 2")
    notice.p("氧气瓶未固定。", style="List Number")
    notice.p("二、整改要求", style="Heading 1")
    notice.p("各单位对照检查，11月底前完成整改。")
    assert said(read(notice), "unit", "category", "due") == [
        ("热轧厂", "设备管理", "2026-11-30"), ("热轧厂", "现场管理", "2026-11-30"),
    ]  # fmt: skip


@dataclass
class Entry:
    id: str
    name: str


class Group:
    """A group with one team of each name per mill: only the mill tells which."""

    units = {"热轧厂": "1", "炼铁厂": "2", "热轧厂点检作业区": "3", "第一炼钢厂": "4", "冷轧厂": "5"}
    also = {"一炼钢": "第一炼钢厂"}

    def find_units(self, name: str) -> list[Entry]:
        name = self.also.get(name, name)
        return [Entry(self.units[name], name)] if name in self.units else []

    def find_people(self, name: str, unit: str) -> list[Entry]:
        return [Entry("9", name)] if name == "牛晓东" else []


def test_units_are_sought_where_the_heading_says():
    notice = Notice().many(
        "通报", "一、热轧厂", "1.吊钩变形，责任单位：点检作业区。", "2.照明损坏，责任单位：夜班甲班组。", "3.护栏缺失，责任人：设备作业区。",
        "二、一炼钢", "1.钢包探伤超期，责任人：牛晓东。", "三、其他", "1.莫须有厂护栏缺失。", "2.炼铁厂皮带跑偏。",
    )  # fmt: skip
    reading = read_ledger(notice.data(), "通报.docx", base=BASE, directory=Group())
    assert said(reading, "unit_id") == [("3",), ("1",), ("1",), ("4",), ("",), ("2",)]
    assert reading.rows[1].values["kept"]["责任单位（原文）"] == "夜班甲班组"
    assert reading.rows[2].values["person"] == "设备作业区" and not reading.rows[2].values["person_id"]
    assert reading.rows[3].values["person_id"] == "9"
    assert (
        all(row.verdict == "guessed" for row in reading.rows)
        and reading.rows[4].problems[0].code == "no_unit"
    )
    party = Notice().many("通报", "冷轧厂党委：", "1.学习不深入。")
    assert said(read_ledger(party.data(), "通报.docx", base=BASE, directory=Group()), "unit_id") == [("5",)]


def test_corrections_of_cells_stay_with_their_paragraph():
    notice = Notice().many("通报", "一、热轧厂", "1.护栏缺失。", "2.照明损坏。")
    first = read(notice)
    unit = next(column.index for column in first.columns if column.field == "unit")
    due = next(column.index for column in first.columns if column.field == "due")
    wish = Overrides(
        cells={("正文", 4, unit): "炼铁厂", ("正文", 4, due): "立即整改"}, skip=frozenset({("正文", 3)})
    )
    mended = read(notice, overrides=wish)
    assert said(mended, "unit", "timing") == [("热轧厂", ""), ("炼铁厂", "immediate")]
    assert mended.rows[0].verdict == "skip" and kinds(mended)[4] == "problem"
