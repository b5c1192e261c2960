"""Tables of a notice: lists with and without header, merged cells, forms, figures."""

from __future__ import annotations

from .notice_files import Notice
from .test_notices_text import kinds, read, said

HEAD = ["序号", "责任单位", "存在问题", "类别", "整改期限", "扣分"]


def test_a_list_with_merged_units_ditto_and_a_total():
    notice = Notice().many("二、问题清单")
    notice.table(
        [HEAD, ["1", "热轧厂", "护栏缺失", "现场类", "立即整改", "1"], ["2", "", "照明损坏", "同上", "2026年10月30日", "0.5"],
         ["3", "炼铁厂", "档案不全", "资料类", "长期坚持", "2"], ["", "合计", "", "", "", "3.5"]],
        merge=[(1, 1, 2, 1)],
    )  # fmt: skip
    reading = read(notice)
    assert said(reading, "seq_no", "unit", "category", "timing", "deduction") == [
        ("1", "热轧厂", "现场类", "immediate", "1"), ("2", "热轧厂", "现场类", "time_limited", "0.5"),
        ("3", "炼铁厂", "资料类", "long_term", "2"),
    ]  # fmt: skip
    assert [guess.why for guess in reading.rows[1].guessed][:1] == ["合并单元格，取上面的“热轧厂”"]


def test_a_list_without_a_header_and_one_that_goes_on_in_the_next_table():
    rows = [
        ["1", "烧嘴漏风", "热轧厂", "2026年10月15日"],
        ["2", "螺栓松动", "炼铁厂", "立即整改"],
        ["3", "安全阀未校验", "动力厂", "10月底前"],
    ]
    bare = Notice().many("问题清单如下")
    bare.table(
        [
            ["1", "加热炉烧嘴漏风未处理", "热轧厂", "2026年10月15日"],
            ["2", "风机地脚螺栓松动", "炼铁厂", "立即整改"],
        ]
    )
    reading = read(bare)
    assert said(reading, "unit", "statement") == [
        ("热轧厂", "加热炉烧嘴漏风未处理"),
        ("炼铁厂", "风机地脚螺栓松动"),
    ]
    assert any("没有表头" in guess.why for guess in reading.rows[0].guessed)
    cut = Notice().many("问题清单")
    cut.table([["序号", "存在问题", "责任单位", "整改期限"], *rows[:1]])
    cut.p("（续表）")
    cut.table(rows[1:])
    assert [unit for (unit,) in said(read(cut), "unit")] == ["热轧厂", "炼铁厂", "动力厂"]


def test_section_rows_and_lists_inside_a_cell():
    notice = Notice().many("通报")
    notice.table(
        [["序号", "存在问题", "整改期限"], ["一、热轧厂", "", ""], ["1", "护栏缺失未恢复", "立即整改"], ["二、炼铁厂", "", ""], ["2", "皮带跑偏未处理", "立即整改"]],
        merge=[(1, 0, 1, 2), (3, 0, 3, 2)],
    )  # fmt: skip
    assert [unit for (unit,) in said(read(notice), "unit")] == ["热轧厂", "炼铁厂"]
    many = Notice().many("违章考核通报")
    many.table(
        [
            ["受检单位", "检查日期", "存在问题", "考核"],
            ["热轧厂", "2026.10.8", "1.未戴安全帽；\n2.未系安全带", "500元"],
            ["炼铁厂", "2026.10.8", "吊物下站人", "1000元"],
        ]
    )
    reading = read(many)
    assert said(reading, "unit", "statement", "deduction") == [
        ("热轧厂", "未戴安全帽", "500元"), ("热轧厂", "未系安全带", "500元"), ("炼铁厂", "吊物下站人", "1000元"),
    ]  # fmt: skip
    assert len({(row.sheet, row.source_row) for row in reading.rows}) == 3


def test_a_rectification_form_is_opened():
    notice = Notice()
    notice.p("安全隐患整改通知书", center=True)
    notice.table(
        [["受检单位", "炼钢厂", "检查时间", "2026年10月12日"], ["检查人员", "孟庆和", "陪同人员", "武志强"],
         ["存在问题", "1.消防通道堵塞。\n2.探伤报告超期。\n3.盖板缺失3处。", "", ""], ["整改要求", "1.立即清理。\n2.加强点检。", "", ""],
         ["整改期限", "2026年10月20日前", "", ""], ["被检查单位签字", "", "检查人签字", ""]],
        merge=[(2, 1, 2, 3), (3, 1, 3, 3), (4, 1, 4, 3)],
    )  # fmt: skip
    reading = read(notice)
    assert said(reading, "statement", "unit", "due", "found_at", "found_by") == [
        (text, "炼钢厂", "2026-10-20", "2026-10-12", "孟庆和") for text in ("消防通道堵塞。", "探伤报告超期。", "盖板缺失3处。")
    ]  # fmt: skip
    plain = Notice().many("隐患整改通知单")
    plain.table(
        [
            ["单位", "热轧厂"],
            ["日期", "2026-10-01"],
            ["隐患内容", "阀门漏气。\n急停标识不清。"],
            ["整改要求", "限期三日内整改"],
        ]
    )
    unnumbered = read(plain)
    assert said(unnumbered, "statement", "due") == [
        ("阀门漏气。", "2026-10-04"),
        ("急停标识不清。", "2026-10-04"),
    ]
    assert all(any("没有编号" in guess.why for guess in row.guessed) for row in unnumbered.rows)


def test_figures_are_evidence_and_statistics_are_none_of_the_problems():
    notice = Notice().many("检查通报", "一、检查发现问题", "1.烧结厂粉尘浓度超标，检测数据如下：")
    notice.table([["点位", "浓度", "限值"], ["机头", "52", "20"], ["机尾", "48", "20"]])
    notice.many("2.烧结厂皮带廊积灰严重。", "二、各单位问题数统计")
    notice.table([["单位", "问题数", "整改数"], ["烧结厂", "2", "0"], ["合计", "2", "0"]])
    reading = read(notice)
    assert len(reading.rows) == 2
    assert "机头　52　20" in reading.rows[0].values["kept"]["附表"]
    assert "evidence" in kinds(reading).values()


def test_an_annex_that_lists_the_same_problems_again():
    notice = Notice().many(
        "通报", "共发现问题2项。", "1.加热炉煤气报警器超期未检。", "2.精整区护栏缺失。", "附件：问题清单"
    )
    notice.table(
        [
            ["序号", "问题", "责任单位", "整改期限"],
            ["1", "加热炉煤气报警器超期未检", "热轧厂", "2026年10月8日"],
            ["2", "精整区护栏缺失", "热轧厂", "立即整改"],
        ]
    )
    reading = read(notice)
    assert said(reading, "unit", "due") == [("热轧厂", "2026-10-08"), ("热轧厂", "")]
    assert reading.notes[0].startswith("总数相符")
    assert any("只读一次" in note for note in reading.notes)


def test_a_frame_of_one_cell_is_text():
    notice = Notice()
    notice.table([["检查通报\n一、存在问题\n1.护栏缺失。\n2.照明损坏。"]])
    assert [row.values["statement"] for row in read(notice).rows] == ["护栏缺失。", "照明损坏。"]
