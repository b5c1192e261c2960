"""What Word does to a document: automatic numbers, text boxes, tracked changes, headers, hidden words, tables."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from bihuan.areas.ledgers.reading.notices.numerals import shown, value_of
from bihuan.areas.ledgers.reading.notices.package import PART_LIMIT
from bihuan.areas.ledgers.reading.read import read_ledger

from .notice_files import OFFICE, Notice, part, rewritten
from .test_notices_text import BASE, kinds, problems, read, said

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def labels(reading) -> list[str]:
    return [line["text"] for line in reading.as_json()["layout"]["paragraphs"]]


@pytest.mark.parametrize(
    ("form", "first", "twelfth"),
    [
        ("decimal", "1", "12"), ("chineseCounting", "一", "十二"), ("chineseCountingThousand", "一", "十二"),
        ("decimalEnclosedCircle", "①", "⑫"), ("decimalEnclosedCircleChinese", "①", "⑫"), ("decimalFullWidth", "１", "１２"),
        ("ideographTraditional", "甲", "乙"), ("lowerLetter", "a", "l"), ("upperRoman", "I", "XII"), ("decimalZero", "01", "12"),
        ("chineseLegalSimplified", "壹", "壹拾贰"), ("decimalEnclosedParen", "⑴", "⑿"), ("japaneseCounting", "一", "十二"),
        ("ideographDigital", "一", "一二"), ("somethingNew", "1", "12"),
    ],
)  # fmt: skip
def test_formats_of_automatic_numbers(form, first, twelfth):
    assert (shown(1, form), shown(12, form)) == (first, twelfth)


def test_numbers_are_read_back():
    for number in (1, 9, 10, 11, 20, 21, 99, 100, 110, 305):
        assert value_of(shown(number, "chineseCounting")) == number
    assert [value_of(sign) for sign in ("⑫", "⑴", "㈢", "iv", "b", "壹", "x y")] == [12, 1, 3, 4, 2, 1, 0]


def test_automatic_numbers_nest_and_start_anew():
    notice = Notice()
    number = notice.new_list(OFFICE)
    for level, text in (
        (0, "存在问题"), (1, "热轧厂"), (2, "护栏缺失。"), (2, "照明损坏。"), (1, "炼铁厂"), (2, "皮带跑偏。"), (3, "一处未处理。"),
        (4, "拉绳失效。"), (0, "工作要求"), (1, "各单位要举一反三。"),
    ):  # fmt: skip
        notice.auto(text, number, level)
    assert labels(read(notice)) == [
        "一、存在问题", "（一）热轧厂", "1.护栏缺失。", "2.照明损坏。", "（二）炼铁厂", "1.皮带跑偏。", "（1）一处未处理。", "①拉绳失效。",
        "二、工作要求", "（一）各单位要举一反三。",
    ]  # fmt: skip


def test_lists_of_one_abstract_count_on_unless_restarted():
    notice = Notice().many("通报", "一、热轧厂")
    first = notice.new_list((("decimal", "%1.", 1),))
    on, anew = notice.new_list(like=first), notice.new_list(like=first, restart=1)
    for number in (first, first):
        notice.auto("护栏缺失。", number)
    notice.p("二、炼铁厂")
    notice.auto("皮带跑偏。", on)
    notice.p("三、动力厂")
    notice.auto("阀门泄漏。", anew)
    assert said(read(notice), "seq_no", "unit") == [
        ("1", "热轧厂"), ("2", "热轧厂"), ("3", "炼铁厂"), ("1", "动力厂"),
    ]  # fmt: skip


def test_numbers_by_style_start_values_and_levels_together():
    notice = Notice().many("通报")
    number = notice.new_list((("decimal", "%1", 3), ("decimal", "%1.%2", 1)))
    notice.auto("设备管理", number, 0)
    notice.auto("减速机漏油。", number, 1)
    notice.auto("护罩缺失。", number, 1)
    notice.p("热轧厂存在的问题", style="Heading 1")
    notice.p("护栏缺失。", style="List Number")
    notice.p("照明损坏。", style="List Number")
    assert said(read(notice), "seq_no", "unit") == [
        ("3.1", ""),
        ("3.2", ""),
        ("1", "热轧厂"),
        ("2", "热轧厂"),
    ]


@pytest.mark.parametrize("old", [True, False])
def test_a_text_box_is_read_once(old):
    notice = problems("1.护栏缺失。")
    notice.box("2.警示标识缺失，责任单位：动力厂。", old=old)
    notice.box("注意保存", old=old)
    reading = read(notice)
    assert said(reading, "statement", "unit") == [("护栏缺失。", ""), ("警示标识缺失", "动力厂")]
    assert reading.rows[1].sheet == "文本框1"


def test_changes_are_taken_as_accepted_and_said():
    notice = problems()
    notice.tracked(("keep", "1.一号"), ("del", "泵站"), ("ins", "泵房"), ("keep", "积油未清理。"))
    notice.deleted_mark("2.应急预案")
    notice.p("未评审。")
    notice.tracked(("del", "3.已删的问题未整改。"))
    table = notice.table(
        [["序号", "存在问题", "责任单位"], ["4", "护栏缺失", "热轧厂"], ["5", "照明损坏", "热轧厂"]]
    )
    notice.delete_row(table, 1)
    reading = read(notice)
    assert [row.values["statement"] for row in reading.rows] == [
        "一号泵房积油未清理。",
        "应急预案未评审。",
        "照明损坏",
    ]
    assert any("插入 1 处" in note and "删除 3 处" in note for note in reading.notes)


def test_what_is_not_on_the_paper_or_beside_the_text_is_left_out_and_said():
    notice = problems()
    notice.hidden("1.配电室门未上锁。", "（内部讨论）")
    notice.header("内部资料", "第 1 页")
    notice.in_control("2.安全阀未校验。")
    reading = read(notice)
    assert [row.values["statement"] for row in reading.rows] == ["配电室门未上锁。", "安全阀未校验。"]
    assert any("隐藏" in note for note in reading.notes)
    assert "页眉里的文字没有当作正文读" in reading.notes


def test_a_field_shows_its_result_and_a_note_its_text_only():
    notice = problems()
    notice.raw(
        '<w:p><w:r><w:t>1.护栏缺失</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>处。</w:t></w:r></w:p>'
    )
    assert read(notice).rows[0].values["statement"] == "护栏缺失3\t处。"


def test_strict_documents_are_the_same():
    data = problems("1.护栏缺失。").data()
    strict = part(data, "document").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    reading = read_ledger(rewritten(data, document=strict), "通报.docx", base=BASE)
    assert [row.values["statement"] for row in reading.rows] == ["护栏缺失。"]


def _refused(data: bytes, name: str = "通报.docx") -> str:
    reading = read_ledger(data, name, base=BASE)
    assert reading.rows == [] and reading.refused.endswith("。")
    return reading.refused


def test_refusals_say_what_is_wrong_and_what_to_do():
    good = problems("1.护栏缺失。").data()
    bomb = b"<w:document xmlns:w='x'>" + b" " * (PART_LIMIT + 10) + b"</w:document>"
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="x">&b;</w:document>'
    assert "旧版 Word 文档（.doc）" in _refused(
        OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "通报.doc"
    )
    assert "在 Word 或 WPS 里取消密码" in _refused(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "不完整" in _refused(good[: len(good) // 2])
    assert "展开后有" in _refused(rewritten(good, document=bomb))
    assert "外部定义" in _refused(rewritten(good, document=entity))
    assert "已损坏" in _refused(rewritten(good, document=b"<w:document"))
    assert "没有正文" in _refused(rewritten(good, document=b"<html/>"))
    assert "没有文字" in _refused(Notice().data())
    assert "一个字节也没有" in _refused(b"")
    told = _refused(Notice().many("会议通知", "各单位：", "定于11月20日召开例会。", "1.请准时参加。").data())
    assert "没有读到编号的问题" in told and "要求 1 段" in told


def test_a_part_that_lies_about_its_size_is_not_read_past_the_limit():
    good = problems("1.护栏缺失。").data()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info.filename)
            new.writestr(
                info.filename, text + b" " * 30_000_000 if info.filename == "word/document.xml" else text
            )
    assert "正常的通报没有这么大" in _refused(out.getvalue())


def test_external_files_are_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("3.秘密未公开", encoding="utf-8")
    good = problems("1.护栏缺失。").data()
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]>'.encode()
    assert "秘密" not in _refused(
        rewritten(good, document=entity + part(good, "document").split(b"?>", 1)[1])
    )


def test_a_long_document_is_read_in_one_go():
    notice = problems(*(f"{number}.第{number}号平台护栏缺失，扣1分。" for number in range(1, 1201)))
    reading = read(notice)
    assert len(reading.rows) == 1200 and kinds(reading)[1200] == "problem"


def test_the_day_of_a_notice_of_another_year():
    notice = problems("1.护栏缺失，10月底前完成。").many("安全管理部", "二〇二四年九月十八日")
    assert said(read(notice), "due") == [("2024-10-31",)]
    named = Notice().many("通报", "晋岭安监通〔2024〕第7号", "1.护栏缺失，10月底前完成。")
    assert date.fromisoformat(str(read(named).rows[0].values["due"])).year == 2024
