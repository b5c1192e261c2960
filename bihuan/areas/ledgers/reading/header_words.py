"""Words of column headers, Chinese and English, with how far each can be trusted (0 to 1).

Patterns are matched against the folded header (half width, simplified, no blanks) without what stands in brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.text import fold

from .chinese_headers import CHINESE
from .english_headers import ENGLISH

STATISTIC = re.compile(
    r".*(?:数|数量|个数|条数|项数|件数|总数|率|占比|比例|小计|合计|总计|家数|次数)$|.*(?:count|rate|total|sum)$"
)
"""Headers of statistics (问题数、整改率): never a field of a problem."""

PICTURE = re.compile(r".*(?:照片|图片|影像|相片|图像|photo|picture|image)s?.*")

_CHINESE = tuple((code, trust, re.compile(pattern)) for code, trust, pattern in CHINESE)
_ENGLISH = tuple((code, trust, re.compile(pattern)) for code, trust, pattern in ENGLISH)
_LEAD = re.compile(
    r"隐患|问题|整改|安全|事故|重大|一般|生产|现场|检查内容及|检查|督查|审计|巡察|所需|需|相关|二级|基层|事发|目标|措施|具体|本次|主要|"
    r"工作|有关|涉及|责任|取得|预期|组织|职业卫生|环保|消防|质量|设备|施工|作业|目前|是否|牵头|不符合|引用|带队|治理|监管|落实"
)
"""Words in front that narrow a header without changing what it is; taken off only when nothing matches with them."""
_BRACKETS = re.compile(r"[(\[【〔<《{].*?[)\]】〕>》}]")
GENERIC = re.compile(
    r"(?:单位|部门|时间|日期|人员|人|姓名|负责人|责任人|内容|情况|结果|要求|签字|签名|意见|名称|类型|类别|性质|级别|地点|描述|责任|领导|成员|措施|年月日|说明)"
)
"""Leaves that mean nothing without their group: 检查情况/单位 and 整改情况/单位 are different fields."""


def bare(header: str) -> str:
    """The folded header without brackets, units, stars and punctuation at its ends."""
    folded = fold(header)
    without = _BRACKETS.sub("", folded)
    text = re.sub(r"^[*·\d.、]*(?=\D)|[*:;。,、?]+$", "", without or folded.strip("()[]【】"))
    chinese = re.sub(r"[a-z][a-z .]+", "", text)
    return chinese if re.search(r"[\u4e00-\u9fff]{2}", chinese) else text


def english_words(header: str) -> str:
    """dangerGrade, danger_grade and Danger Grade → `danger grade`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"[\(（].*?[\)）]", "", header))
    return re.sub(r"[^a-z0-9]+", " ", spaced.lower()).strip()


@lru_cache(maxsize=4096)
def header_fields(header: str) -> dict[str, float]:
    """Which fields a header's words allow, with trust. Empty for words nobody knows and for statistics."""
    text = bare(header)
    if not text or (len(text) > 24 and not text.isascii()):
        return {}
    found: dict[str, float] = {}
    rules, subject = (
        (_ENGLISH, english_words(header)) if text.isascii() and len(text) > 1 else (_CHINESE, text)
    )
    if STATISTIC.fullmatch(subject) and not re.search(r"扣|费|得分", subject):
        return {}
    for code, trust, pattern in rules:
        if trust > found.get(code, 0.0) and pattern.fullmatch(subject):
            found[code] = trust
    stem, weight = subject, 0.95
    while not found and rules is _CHINESE and (lead := _LEAD.match(stem)) and len(stem) - lead.end() >= 2:
        stem = stem[lead.end() :]
        for code, trust, pattern in rules:
            if trust * weight > found.get(code, 0.0) and pattern.fullmatch(stem):
                found[code] = round(trust * weight, 3)
        weight *= 0.97
    if not found and rules is _ENGLISH and _CHINESE[0][2].fullmatch(text):
        found["seq_no"] = 0.99
    return found


def is_header_word(text: object) -> bool:
    """Whether a cell reads like a column header rather than data."""
    if not isinstance(text, str) or not 0 < len(text) <= 40 or text[0].isdigit():
        return False
    known = header_fields(text.strip())
    return bool(known) and max(known.values()) >= 0.66
