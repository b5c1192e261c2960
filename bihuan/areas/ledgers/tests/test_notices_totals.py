"""Stated totals against what was read, in words."""

from __future__ import annotations

from .notice_files import Notice
from .test_notices_text import read


def notes(notice: Notice, start: str) -> list[str]:
    return [note for note in read(notice).notes if note.startswith(start)]


def kinds(stated: str, *, last: str = "1.培训记录代签。") -> Notice:
    return Notice().many(
        "通报",
        stated,
        "一、管理类",
        "1.未建台账。",
        "2.记录不全。",
        "二、现场类",
        "1.护栏缺失。",
        "三、资料类",
        last,
    )


def test_total_and_kinds_agree():
    reading = read(kinds("共发现问题4项，其中管理类2项、现场类1项、资料类1项。"))
    assert reading.notes[0] == "总数相符：第 2 段写 4 项，全文读到 4 项"
    assert reading.notes[1] == "分项相符：管理类 2 项，现场类 1 项，资料类 1 项"
    (claim,) = reading.as_json()["layout"]["totals"]
    assert claim["ok"] and [part["read"] for part in claim["parts"]] == [2, 1, 1]


def test_a_total_that_does_not_match_is_said_with_the_difference():
    assert "少 2 项" in notes(kinds("检查共查出隐患六条。"), "总数不符")[0]
    assert "多 1 项" in notes(kinds("共发现问题３个。"), "总数不符")[0]


def test_a_kind_that_does_not_match_is_named():
    found = notes(kinds("共发现问题4项，其中管理类1项、现场类2项、资料类1项。"), "分项不符")
    assert found == ["分项不符：管理类写 1 项，读到 2 项", "分项不符：现场类写 2 项，读到 1 项"]


def test_a_split_that_does_not_add_up_is_the_notices_own_fault():
    found = notes(kinds("共发现问题4项，其中管理类2项、现场类1项、资料类2项。"), "分项不符")
    assert "2 + 1 + 2 = 5，和它自己写的总数 4 对不上" in found[0]


def test_kinds_nobody_wrote_down_are_not_invented():
    notice = Notice().many(
        "通报", "共发现问题2个，其中现场管理1个、基础管理1个。", "1.护栏缺失（现场管理）。", "2.记录雷同。"
    )
    reading = read(notice)
    assert "分项只能核对一部分" in reading.notes[1] and "另有 1 条没有写明类别" in reading.notes[1]
    assert reading.as_json()["layout"]["totals"][0]["ok"]
    bare = Notice().many("通报", "共发现问题2个，其中设备1个、管理1个。", "1.护栏缺失。", "2.记录雷同。")
    assert "分项没法核对" in read(bare).notes[1]


def test_split_by_unit_and_by_grade():
    units = Notice().many(
        "通报",
        "共发现问题3项，其中热轧厂2项、炼铁厂1项。",
        "一、热轧厂",
        "1.护栏缺失。",
        "2.照明损坏。",
        "二、炼铁厂",
        "1.皮带跑偏。",
    )
    assert "分项相符：热轧厂 2 项，炼铁厂 1 项" in read(units).notes
    grades = Notice().many(
        "通报",
        "发现隐患2项，其中一般隐患1项、重大隐患1项。",
        "1.护栏缺失（一般隐患）。",
        "2.气瓶间距不足（重大隐患）。",
    )
    assert "分项相符：一般隐患 1 项，重大隐患 1 项" in read(grades).notes


def test_totals_of_sections():
    notice = Notice().many(
        "通报", "一、热轧厂（2项）", "1.护栏缺失。", "2.照明损坏。", "二、炼铁厂（2项）", "1.皮带跑偏。"
    )
    found = read(notice).notes
    assert "总数相符：第 2 段写 2 项，“热轧厂”读到 2 项" in found
    assert any(note.startswith("总数不符：第 5 段") and "少 1 项" in note for note in found)


def test_earlier_checks_are_not_this_total():
    notice = Notice().many("通报", "上次检查发现的9项问题已整改8项。本次共发现问题1项。", "1.护栏缺失。")
    assert [claim["stated"] for claim in read(notice).as_json()["layout"]["totals"]] == [1]


def test_gaps_and_repeated_numbers_are_pointed_out():
    assert (
        "中间没有 3"
        in notes(
            Notice().many("通报", "一、问题", "1.护栏缺失。", "2.照明损坏。", "4.皮带跑偏。"), "编号不连"
        )[0]
    )
    assert (
        notes(Notice().many("通报", "一、问题", "1.护栏缺失。", "1.照明损坏。", "2.皮带跑偏。"), "编号不连")
        == []
    )
    through = Notice().many(
        "通报", "一、热轧厂", "1.护栏缺失。", "2.照明损坏。", "二、炼铁厂", "3.皮带跑偏。"
    )
    assert notes(through, "编号") == []
    table = Notice().many("通报", "1.护栏缺失。", "2.照明损坏。", "其余见下表")
    table.table([["序号", "问题", "责任单位"], ["3", "皮带跑偏未处理", "炼铁厂"]])
    table.box("4.阀门泄漏，责任单位：动力厂。")
    assert notes(table, "编号") == [] and len(read(table).rows) == 4


def test_the_total_decides_which_level_is_counted():
    texts = (
        "一、消防器材管理不到位",
        "1.灭火器过期。",
        "2.消防栓无水。",
        "二、劳保佩戴不规范",
        "1.未戴护目镜。",
    )
    assert len(read(Notice().many("通报", *texts)).rows) == 3
    two = read(Notice().many("通报", *texts, "三、共发现问题2项"))
    assert len(two.rows) == 2 and "灭火器过期" in two.rows[0].values["statement"]
    assert any("小项并入这一条" in guess.why for guess in two.rows[0].guessed)


def test_a_total_below_the_problems_belongs_to_none_of_them():
    """`以上共5件` in a box or at the end: counted against what was read, and part of no statement."""
    notice = Notice().many("整改通知单", "存在问题", "1.护栏缺失，限11月8日前，扣2分。")
    notice.box("2.积渣未清理，限11月8日前，扣2分。", "以上共5件")
    reading = read(notice)
    assert [row.values["statement"] for row in reading.rows] == ["护栏缺失", "积渣未清理"]
    assert "以上共5件" in reading.notes[0] and "少 3 项" in reading.notes[0]
    assert "少 1 项" in notes(kinds("以上共5项，请认真落实。"), "总数不符")[0]
