"""Hard cases in the text of a notice: which paragraphs are problems, and what is written beside them."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.areas.ledgers.reading.notices.pieces import take_apart
from bihuan.areas.ledgers.reading.read import Overrides, read_ledger

from .notice_files import Notice

BASE = date(2026, 11, 20)


def read(notice: Notice, **more):
    reading = read_ledger(notice.data(), "通报.docx", base=BASE, **more)
    assert not reading.refused, reading.refused
    return reading


def said(reading, *codes: str) -> list[tuple[str, ...]]:
    return [tuple(str(row.values.get(code, "")) for code in codes) for row in reading.rows]


def kinds(reading) -> dict[int, str]:
    return {line["no"]: line["kind"] for line in reading.as_json()["layout"]["paragraphs"]}


def problems(*texts: str, head: str = "一、存在问题") -> Notice:
    return Notice().many("检查通报", head, *texts)


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        (("一、{}", "二、{}", "三、{}"), 3),
        (("（一）{}", "（二）{}"), 2),
        (("1.{}", "2.{}"), 2),
        (("１．{}", "２．{}"), 2),
        (("1、{}", "2、{}"), 2),
        (("1){}", "2){}"), 2),
        (("（1）{}", "（2）{}"), 2),
        (("①{}", "②{}"), 2),
        (("⑴{}", "⑵{}"), 2),
        (("第一条 {}", "第二条 {}"), 2),
        (("问题1：{}", "问题2：{}"), 2),
        (("问题一：{}", "问题二：{}"), 2),
        (("【1】{}", "【2】{}"), 2),
        (("A.{}", "B.{}"), 2),
        (("1 {}", "2 {}"), 2),
        (("No.1 {}", "No.2 {}"), 2),
        (("● {}", "● {}"), 2),
    ],
)
def test_every_way_to_number(numbers, count):
    reading = read(
        problems(*(text.format("平台护栏缺失，长约1.2米") for text in numbers), head="检查发现以下问题")
    )
    assert [row.values["statement"] for row in reading.rows] == ["平台护栏缺失，长约1.2米"] * count


def test_a_number_before_a_count_is_no_decimal():
    reading = read(
        problems("1.2台报警器超期。", "2.1号皮带照明损坏。", "3.3份记录雷同。", "4.护栏缺失1.2米。")
    )
    assert [row.values["seq_no"] for row in reading.rows] == ["1", "2", "3", "4"]
    assert reading.rows[1].values["statement"] == "1号皮带照明损坏。"


def test_chapters_with_points():
    reading = read(
        Notice().many("通报", "1 设备管理", "1.1 减速机漏油", "1.2 防护罩缺失", "2 作业管理", "2.1 动火票未签字", "2.2 1.2米高处未系安全带")
    )  # fmt: skip
    assert said(reading, "seq_no", "category") == [
        ("1.1", "设备管理"), ("1.2", "设备管理"), ("2.1", "作业管理"), ("2.2", "作业管理"),
    ]  # fmt: skip


def test_only_leaves_are_problems_and_parents_give_unit_and_class():
    reading = read(
        Notice().many(
            "通报", "二、热轧厂", "（一）设备方面", "1.除尘风机振动超标。", "（二）现场方面（2项）", "1.地面油污未清理。", "2.照明损坏。",
            "三、炼铁厂", "（一）设备方面", "1.皮带跑偏。",
        )
    )  # fmt: skip
    assert said(reading, "unit", "category") == [
        ("热轧厂", "设备"), ("热轧厂", "现场"), ("热轧厂", "现场"), ("炼铁厂", "设备"),
    ]  # fmt: skip
    assert reading.rows[0].values["kept"]["所在标题"] == "二、热轧厂 / （一）设备方面"


def test_the_same_number_style_on_two_levels():
    reading = read(
        Notice().many("通报", "1、热轧厂：", "1、护栏缺失。", "2、照明损坏。", "2、炼铁厂：", "1、皮带跑偏。")
    )
    assert said(reading, "unit", "seq_no") == [("热轧厂", "1"), ("热轧厂", "2"), ("炼铁厂", "1")]


def test_unnumbered_headings_of_units():
    reading = read(
        Notice().many(
            "通报", "共发现隐患3条。", "热轧厂：", "1.护栏缺失", "2.照明损坏", "炼铁厂：", "1.皮带跑偏"
        )
    )
    assert [unit for (unit,) in said(reading, "unit")] == ["热轧厂", "热轧厂", "炼铁厂"]


def test_praise_and_demands_are_numbered_but_no_problems():
    reading = read(
        Notice().many(
            "通报", "一、好的方面", "1.热轧厂现场整洁，值得肯定。", "二、存在问题", "1.炼铁厂皮带跑偏。", "三、下一步要求",
            "1.各单位要举一反三。", "2.护栏未恢复的要限期恢复。",
        )
    )  # fmt: skip
    assert [row.source_row for row in reading.rows] == [5]
    assert kinds(reading)[3] == "praise" and kinds(reading)[7] == kinds(reading)[8] == "demand"
    assert any("第 7、8 段没有当作问题（要求）" in note for note in reading.notes)


def test_demands_without_a_heading_of_their_own():
    reading = read(
        Notice().many("通报", "1.热轧厂护栏缺失。", "2.请各单位于9月底前完成自查。", "3.炼铁厂照明损坏。")
    )
    assert [row.source_row for row in reading.rows] == [2, 4] and kinds(reading)[3] == "demand"


def test_a_paragraph_without_a_number_goes_on_with_its_problem():
    reading = read(
        problems(
            "1.一岗双责履行不力。",
            "班子成员均未开展廉政谈话。",
            "责任单位：热轧厂",
            "整改期限：2026年12月1日",
            "2.记录不全。",
        )
    )
    first = reading.rows[0]
    assert first.values["statement"] == "一岗双责履行不力。\n班子成员均未开展廉政谈话。"
    assert (first.values["unit"], first.values["due"]) == ("热轧厂", "2026-12-01")
    assert first.values["kept"]["原文"].endswith("整改期限：2026年12月1日")
    assert any("没有编号，接在这一条后面" in guess.why for guess in first.guessed)


def test_soft_breaks_inside_a_problem_and_between_problems():
    reading = read(
        problems("1.洗眼器无水\n责任单位：冷轧厂\n整改期限：2026年11月30日", "2.护栏缺失\n3.照明损坏")
    )
    assert said(reading, "statement", "unit") == [
        ("洗眼器无水", "冷轧厂"),
        ("护栏缺失", ""),
        ("照明损坏", ""),
    ]
    assert len({(row.sheet, row.source_row) for row in reading.rows}) == 3


def test_numbers_running_on_in_one_paragraph():
    reading = read(
        Notice().many(
            "整改通知单",
            "炼焦厂：",
            "经查，存在以下问题：1.限位失灵；2.爬梯锈蚀；3.消防栓被挡。请于11月25日前完成整改。",
        )
    )
    assert said(reading, "statement", "unit", "due") == [
        ("限位失灵", "炼焦厂", "2026-11-25"), ("爬梯锈蚀", "炼焦厂", "2026-11-25"), ("消防栓被挡。", "炼焦厂", "2026-11-25"),
    ]  # fmt: skip
    both = read(Notice().many("反馈", "热轧厂：1.灭火器过期；2.通道堵塞。炼铁厂：1.皮带跑偏。"))
    assert [unit for (unit,) in said(both, "unit")] == ["热轧厂", "热轧厂", "炼铁厂"]


def test_several_things_under_one_number_stay_one_and_are_marked():
    reading = read(
        problems(
            "1.滑触线护板脱落；地面油污未清理；照明损坏。", "2.学习不深入。一是研讨流于形式；二是笔记照抄。"
        )
    )
    assert len(reading.rows) == 2
    assert all(any("按一条读" in guess.why for guess in row.guessed) for row in reading.rows)


@pytest.mark.parametrize(
    ("words", "day", "timing"),
    [
        ("，10月底前完成", "2026-10-31", "time_limited"),
        ("，立即整改", "", "immediate"),
        ("，即日起整改", "", "immediate"),
        ("，长期坚持", "", "long_term"),
        ("（9月25日前）", "2026-09-25", "time_limited"),
        ("（9.25前）", "2026-09-25", "time_limited"),
        ("。整改时限：２０２６年９月３０日", "2026-09-30", "time_limited"),
        ("；限三日内整改", "2026-09-19", "time_limited"),
        ("；收到通报后15个工作日内整改完毕", "2026-10-07", "time_limited"),
        ("，须于9月底前补齐", "2026-09-30", "time_limited"),
    ],
)
def test_deadlines_count_from_the_day_of_the_notice(words, day, timing):
    notice = problems(f"1.9月14日夜班未交接，护栏缺失{words}。").many("安全管理部", "2026年9月16日")
    row = read(notice).rows[0]
    assert (row.values.get("due", ""), row.values.get("timing", "")) == (day, timing)
    assert row.values["statement"].startswith("9月14日夜班未交接，护栏缺失")
    assert row.values["due_text"]


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("，扣2分", "扣2分"), ("（扣２分）", "扣２分"), ("，考核500元", "考核500元"), ("。扣罚责任单位1000元", "扣罚责任单位1000元"),
        ("；每项扣0.5分", "每项扣0.5分"), ("。扣分：1.5分", "1.5分"), ("。考核：热轧厂500元", "热轧厂500元"), ("，未按规定考核500元", ""),
    ],
)  # fmt: skip
def test_deductions(words, taken):
    assert read(problems(f"1.护栏缺失{words}。")).rows[0].values.get("deduction", "") == taken


@pytest.mark.parametrize(
    ("text", "unit", "statement"),
    [
        ("1.护栏缺失（责任单位：热轧厂）。", "热轧厂", "护栏缺失"),
        ("1.热轧厂：护栏缺失。", "热轧厂", "护栏缺失。"),
        ("1.（热轧厂）护栏缺失。", "热轧厂", "护栏缺失。"),
        ("1.【热轧厂】护栏缺失。", "热轧厂", "护栏缺失。"),
        ("1.护栏缺失（热轧厂，立即整改，扣1分）。", "热轧厂", "护栏缺失"),
        ("1.热轧厂精整区护栏缺失。", "热轧厂", "热轧厂精整区护栏缺失。"),
        ("1.护栏缺失，责任单位热轧厂。", "热轧厂", "护栏缺失"),
        ("1.护栏缺失。责任部门：设备管理部；责任人：牛晓东。", "设备管理部", "护栏缺失。"),
        ("1.作业票2份缺签（作业票编号12、13）。", "", "作业票2份缺签（作业票编号12、13）。"),
    ],
)
def test_where_the_unit_may_stand(text, unit, statement):
    row = read(problems(text)).rows[0]
    assert (row.values.get("unit", ""), row.values["statement"]) == (unit, statement)


def test_a_common_deadline_and_each_deduction_of_a_section_are_marked():
    reading = read(
        Notice().many("通报", "一、热轧厂（每项扣0.5分）", "1.护栏缺失，立行立改。", "2.照明损坏。", "以上问题请于2026年10月8日前完成整改，10月10日前将整改报告报安全部。")
    )  # fmt: skip
    assert said(reading, "due", "timing", "deduction") == [
        ("2026-10-08", "immediate", "每项扣0.5分") if reading.rows[0].values.get("due") else ("", "immediate", "每项扣0.5分"),
        ("2026-10-08", "time_limited", "每项扣0.5分"),
    ]  # fmt: skip
    assert any("统一要求" in guess.why for guess in reading.rows[1].guessed)


def test_people_classes_grades_and_what_is_done():
    reading = read(
        problems("1.护栏缺失（现场类），责任人：牛晓东，已现场整改。", "2.气瓶间距不足（重大隐患）。", "3.通风机停用。").many("说明：第3条已当场整改。")
    )  # fmt: skip
    one, two, three = reading.rows
    assert (one.values["category"], one.values["person"]) == ("现场类", "牛晓东")
    assert two.values["grade"] == "major"
    assert three.values["progress"] == "done" and three.values.get("closed_state") is None
    assert any("第 6 段" in guess.why for guess in three.guessed)


def test_a_person_decides_about_a_paragraph():
    notice = problems("1.护栏缺失。", "2.照明损坏。", "三项另行通报。")
    wish = Overrides(paragraphs={"4": "not", "5": "problem"})
    reading = read(notice, overrides=wish)
    assert [row.source_row for row in reading.rows] == [3, 5] and kinds(reading)[4] == "told"


@pytest.mark.parametrize(
    ("words", "person", "unit", "due"),
    [
        ("责任人：郑涛（11月25日前）", "郑涛", "", "11月25日前"),
        ("责任人：郑涛（11月25日前，扣2分）", "郑涛", "", "11月25日前"),
        ("责任人：郑涛（设备作业区）", "郑涛", "设备作业区", ""),
        ("责任人：郑涛（兼）", "郑涛（兼）", "", ""),
    ],
)
def test_a_bracket_behind_a_name_is_a_field_of_its_own_or_part_of_the_name(words, person, unit, due):
    pieces = take_apart(f"冷床下方油污较多。{words}")
    assert pieces.statement == "冷床下方油污较多。"
    assert [pieces.said.get(code, "") for code in ("person", "unit", "due")] == [person, unit, due]
