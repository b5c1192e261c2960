"""Paragraphs without a number: title, reference, addressees, introduction, headings, closing words, signature."""

from __future__ import annotations

import re

from bihuan.areas.ledgers.reading.header_words import header_fields
from bihuan.kernel.text import fold

from .blocks import Par
from .totals import is_total
from .words import FAULT, asks, is_heading, is_unit, praises, section_of, unit_of_heading

TITLE, NUMBER, TO, INTRO, HEADING, MORE, DEMAND, PRAISE, NOTE, SIGN, ATTACH, COPY, CONTENTS, EMPTY, TEXT, TOLD, FACT, VAGUE = (
    "title", "number", "to", "intro", "heading", "more", "demand", "praise", "note", "sign", "attach", "copy",
    "contents", "empty", "text", "told", "fact", "vague",
)  # fmt: skip
CLOSING = frozenset((DEMAND, PRAISE, NOTE, SIGN, ATTACH, COPY))
LABELS = {
    TITLE: "标题", NUMBER: "文号", TO: "主送", INTRO: "引言", HEADING: "标题行", DEMAND: "要求", PRAISE: "肯定", NOTE: "说明",
    SIGN: "落款", ATTACH: "附件", COPY: "抄送", CONTENTS: "目录", EMPTY: "空号", TEXT: "正文", TOLD: "不是问题", FACT: "事项",
    VAGUE: "存疑", "about": "情况", "evidence": "数据", "none": "没有问题", "problem": "问题", "more": "接上条", "double": "重复",
}  # fmt: skip
REASONS = {
    TITLE: "文件标题", NUMBER: "文号", TO: "主送单位", INTRO: "开头的交代，不是逐条问题", HEADING: "下面各条的标题",
    DEMAND: "提的是要求，不是问题", PRAISE: "说的是做得好的，不是问题", NOTE: "说明和备注", SIGN: "落款", ATTACH: "附件名",
    COPY: "抄送", CONTENTS: "目录", EMPTY: "只有编号，没有内容", TEXT: "没有编号，不在哪一条下面", TOLD: "按人工决定不当作问题",
    FACT: "检查事项，用在下面各条", VAGUE: "有编号，但看不出说的是问题；是问题就点“算作问题”", "about": "说的是基本情况", "evidence": "数据表，不是问题清单", "none": "写的是没有问题",
    "double": "和前面一条是同一个问题",
}  # fmt: skip
KINDS = tuple(LABELS)

_DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[二一][〇○零0o九][〇○零一二三四五六七八九0-9]{2})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十廿卅]{1,3}\s*日?"
)
_NUMBER = re.compile(
    r".{0,24}[〔\[【(（]\s*20\d{2}\s*[〕\]】)）]\s*第?\s*\d+\s*号.{0,6}|(?:编号|文号|通知书?编号|no)[:：.].{2,40}",
    re.I,
)
_TITLE = re.compile(
    r".{0,60}(?:通报|通知|通知书|通知单|意见|意见书|反馈|报告|函|决定|清单|纪要|建议书|告知书|指令书|情况|结果|公告|台账|记录)(?:[（(].{1,20}[)）])?"
)
_NOTE = re.compile(
    r"(?:说明|备注|注\d*|附注|特别说明|注意)[:：]|※|(?:特此|此复|专此)|本(?:通报|通知|通知书|意见).{0,30}(?:一式|生效|执行)"
)
_SIGN = re.compile(
    r"(?:联系人|联系电话|电话|传真|邮箱|签发人?|拟稿人?|审核人?|核稿|打印|校对|签字|签名|盖章|检查组长|组长|被检查单位(?:负责人)?签字|受检单位(?:负责人)?签字|检查人员?签字|负责人签字|单位负责人|主题词|检查人员?签名"
    r"|[\u4e00-\u9fff]{2,12}[（(]?(?:签字|签名|盖章|签收)[)）]?|制表|填表|报送|复查人|签收人?|送达人|接收人?|整改负责人签字)(?:[（(].{0,8}[)）])?[:：]"
)
_SIGNER = re.compile(
    r".{2,30}(?:检查|巡察|督查|督导|审计|工作|领导|专项|巡查)(?:小)?组|.{2,30}(?:办公室|委员会|安委会|安委办|部|处|科|公司|集团|厂|中心)"
)
_SEE_ANNEX = re.compile(r".{0,16}(?:照片|图片|影像|资料|详见|见)(?:详?见)?附(?:件|图|表).{0,6}")
_COPY = re.compile(r"(?:抄送|抄报|主送|发送?至?|分送|印发|呈报)[:：]|.{2,30}\d{4}年.{2,8}日印发")
_ATTACH = re.compile(r"附(?:件|表)\s*\d{0,2}(?:[:：.、\s]|$)")
_CLOSING = re.compile(r"(?:以上|上述|综上|对(?:以上|上述)|针对(?:以上|上述)|请(?!假)|特此|此次|本次|望|希望)")
_LABEL = re.compile(r"\s*([\u4e00-\u9fff]{2,10})\s*(?:[（(][^（）()]{1,8}[)）])?\s*[：:]\s*(\S.*)?", re.S)
FIELDS_OF_ITEM = frozenset(
    (
        "unit", "person", "leader", "due", "deduction", "category", "grade", "place", "demand", "measure", "basis",
        "assist_units", "supervise_unit", "equipment", "verifier", "amount", "remark", "statement", "timing", "cause",
        "result_standard", "assist_people", "progress", "progress_text", "found_by", "found_at", "found_unit", "project",
        "done_at",
    )
)  # fmt: skip


def label_in(text: str) -> tuple[str, str]:
    """(field, what is said) of `整改期限：9月底前`; ("", "") without a known label in front."""
    match = _LABEL.match(text)
    if match is None:
        return "", ""
    code = field_of_label(match.group(1))
    return (code, (match.group(2) or "").strip()) if code else ("", "")


def field_of_label(label: str) -> str:
    """The field a label in running text names; only what the words of column headers are sure of."""
    if re.fullmatch(r"(?:整改|要求|计划|限定)?完成(?:时间|日期|时限|期限)|整改(?:完成)?(?:时间|日期)", label):
        return "due"
    if label in ("要求", "限期", "期限", "时限", "考核", "扣分", "处罚", "扣罚", "责任区域"):
        return {
            "要求": "demand",
            "考核": "deduction",
            "扣分": "deduction",
            "处罚": "deduction",
            "扣罚": "deduction",
            "责任区域": "place",
        }.get(label, "due")
    found = header_fields(label)
    code = max(found, key=lambda k: found[k]) if found else ""
    return code if code in FIELDS_OF_ITEM and found[code] >= 0.8 else ""


def is_contents(par: Par) -> bool:
    return par.style.lower().startswith(("toc ", "toc")) or bool(
        re.search(r"(?:\.{4,}|…{2,}|\t)\s*\d{1,3}$", par.text)
    )


def is_attachment(text: str) -> bool:
    return bool(_ATTACH.match(text.strip())) and len(text.strip()) <= 40


def is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(re.sub(r"\s+", "", text)))


def day_of_signature(text: str) -> str:
    """The day of `2026年9月1日`, `（盖章）2026年9月1日` and `安全管理部　2026年9月1日`; empty for any other line."""
    plain = re.sub(r"\s+", "", text)
    match = re.search(rf"{_DATE.pattern}$", plain)
    if match is None or len(plain) > 48:
        return ""
    before = re.sub(
        r"[（(]?(?:盖?章|公章|签章|印章|签字)[)）]?|^(?:日期|时间|签发日期|发文日期|落款|检查日期)[:：]",
        "",
        plain[: match.start()],
    ).strip("，,：: ")
    return match.group() if not before or _SIGNER.fullmatch(before) or is_unit(before) else ""


def kind_of(par: Par, *, front: bool, last: bool, inside: bool) -> str:
    """`front`: nothing numbered yet; `last`: one of the last paragraphs; `inside`: below a numbered sentence."""
    text = par.text.strip()
    if par.style == "fact":
        return FACT
    if front and (early := _front(par, text)):
        return early
    if end := _end(text, last):
        return end
    if is_attachment(text):
        return HEADING if re.search(r"问题|隐患|清单|汇总|明细", text) and not front else ATTACH
    if _is_heading(par, text):
        return HEADING
    code, _ = label_in(text)
    if code == "statement":
        return MORE
    if front and not code and re.match(r"根据|按照?|为|经|依据|现将|\d", text):
        return INTRO
    if code:
        return MORE if inside else FACT
    if is_total(text):
        return INTRO
    if praises(text) and not inside:
        return PRAISE
    if asks(text) or (_CLOSING.match(text) and asks_somewhere(text)):
        return DEMAND
    return INTRO if front else MORE


def _end(text: str, last: bool) -> str:
    """Signature, copies, notes: what stands below the text."""
    if day_of_signature(text) or _SIGN.match(text.lstrip("（( ")):
        return SIGN
    if last and len(text) <= 30 and (is_unit(text) or _is_signer(text)):
        return SIGN
    if _COPY.match(text):
        return COPY
    return NOTE if _NOTE.match(text) or _SEE_ANNEX.fullmatch(text) else ""


def asks_somewhere(text: str) -> bool:
    return bool(
        re.search(
            r"请|要(?!求)|须|应(?!急)|务必|责令|限期|按期|举一反三|反馈|报(?:送|至|告)|完成整改|通报", text
        )
    )


def _is_signer(text: str) -> bool:
    return not re.search(r"[：:，。；]", text) and bool(_SIGNER.fullmatch(text))


def _front(par: Par, text: str) -> str:
    if _NUMBER.fullmatch(text):
        return NUMBER
    if is_to(text):
        return TO
    if is_date(text):
        return SIGN
    if (par.style.lower() in ("title", "标题", "subtitle") or par.centered or par.outline == 0) and len(
        text
    ) <= 60:
        return TITLE if not (section_of(text) and par.outline >= 0 and not _TITLE.fullmatch(text)) else ""
    if (
        _TITLE.fullmatch(text)
        and len(text) <= 60
        and not section_of(text)
        and not re.search(r"[，。；]|[：:]", text)
    ):
        return TITLE
    return ""


def is_to(text: str) -> bool:
    """各单位： or 热轧厂、炼铁厂："""
    if not text.endswith(("：", ":")) or len(text) > 120:
        return False
    names = [n for n in re.split(r"[、，,及和\s]+", text.rstrip("：: ")) if n]
    return bool(names) and all(
        is_unit(n) or re.match(r"(?:各|公司|集团|有关|相关|机关|所属|股份)", n) for n in names
    )


def units_of_to(text: str) -> list[str]:
    names = [n for n in re.split(r"[、，,及和\s]+", text.strip().rstrip("：: ")) if n]
    return [n for n in names if is_unit(n) and not re.match(r"(?:各|有关|相关|所属)", n)]


def _is_heading(par: Par, text: str) -> bool:
    if len(text) > 40 or re.search(r"[。；;！？]", text if par.outline < 0 else text.rstrip("。：:；")):
        return False
    code, said = label_in(text)
    if code and said:
        return False
    if par.outline >= 0:
        return True
    shape = is_heading(text)
    if shape and (section_of(text) or unit_of_heading(text)):
        return bool(
            text.endswith(("：", ":")) or par.bold or par.centered or section_of(text) or len(text) <= 16
        )
    return (
        (par.bold or par.centered)
        and len(text) <= 24
        and not FAULT.search(fold(text))
        and not re.search(r"[，,：:]", text)
    )
