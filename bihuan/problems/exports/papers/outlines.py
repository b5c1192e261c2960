"""The words of each paper. `{{ … }}` names a fact of `saying.py`; an office may replace them in Word.

The series of letters follows the five letters of one county's inspection office (提醒、督查督办、告诫、问责):
every letter says what is late, by how much, what went out before and what is asked. The last one proposes; it
decides nothing, because accountability is decided by whoever has the right to.
"""

from __future__ import annotations

from bihuan.paper.official import Outline

_SLIP = (("签收人", "{{ 签收人 }}"), ("签收时间", "{{ 签收时间 }}"), ("签收意见", "{{ 签收意见 }}"))
_ROWS = (
    ("问题编号", "{{ 问题编号 }}"),
    ("问题表述", "{{ 问题表述 }}"),
    ("责任单位", "{{ 责任单位 }}"),
    ("责任人", "{{ 责任人 }}"),
    ("整改期限", "{{ 期限 }}{% if 首次期限 != 期限 %}（首次期限{{ 首次期限 }}）{% endif %}"),
    ("逾期", "{{ 逾期 }}"),
    ("整改进度", "{{ 整改进度 }}"),
)
_BEFORE = ("此前函件", "此前已发：{{ 此前函件 }}。")
_DEMAND = ("整改要求", "整改要求：{{ 整改要求 }}。")


def _letter(code: str, label: str, title: str, *body: str | tuple[str, str]) -> Outline:
    return Outline(
        code=f"letter.{code}",
        label=label,
        organ="{{ 发文机关 }}",
        number="{{ 文号 }}",
        mark="{% if 颜色 %}督办等级：{{ 颜色 }}色{% endif %}",
        title=title,
        to="{{ 主送 }}",
        body=body,
        rows=_ROWS,
        sign="{{ 发文机关 }}",
        day="{{ 日期 }}",
        copies="{{ 抄送 }}",
        slip=_SLIP,
    )


_LETTERS = (
    _letter(
        "reminder",
        "整改提醒函",
        "关于按期整改问题的提醒函",
        "由你负责整改的问题（编号 {{ 问题编号 }}）应于{{ 期限 }}前完成整改，至今没有申请销号，{{ 逾期 }}。现予提醒。",
        _DEMAND,
        "请抓紧整改，办完后补齐佐证，及时申请销号；确有困难的，说明原因并申请延期。",
    ),
    _letter(
        "supervision",
        "整改督办函",
        "关于督办逾期问题的函",
        "{{ 责任单位 }}负责整改的问题（编号 {{ 问题编号 }}）应于{{ 期限 }}前完成整改，至今没有申请销号，{{ 逾期 }}。现予督办。",
        _BEFORE,
        _DEMAND,
        "请单位负责人亲自过问，查明没有按期完成的原因，定出完成的时间和办法，督促责任人限期办结，并采取措施防止整改期间发生事故。",
    ),
    _letter(
        "warning",
        "整改预警函",
        "关于逾期问题的预警函",
        "{{ 责任单位 }}负责整改的问题（编号 {{ 问题编号 }}）应于{{ 期限 }}前完成整改，经督办仍没有申请销号，{{ 逾期 }}。现予预警。",
        _BEFORE,
        _DEMAND,
        "请单位负责人组织专题研究，把整改措施、责任和完成时间逐项落实，并向督办部门书面说明情况。继续拖延的，将按规定提出问责建议。",
    ),
    _letter(
        "accountability",
        "整改问责建议书",
        "关于对逾期问题研究问责的建议",
        "{{ 责任单位 }}负责整改的问题（编号 {{ 问题编号 }}）应于{{ 期限 }}前完成整改，经提醒、督办、预警仍没有申请销号，{{ 逾期 }}。",
        _BEFORE,
        "建议按照管理权限研究问责，同时责成{{ 责任单位 }}立即整改到位。本函由督办部门提出建议，不是问责决定；是否问责、如何问责，由有权决定的组织按规定和程序办理。",
    ),
)
_OTHER = _letter(
    "other",
    "整改函件",
    "关于逾期问题的{{ 文种 }}",
    "{{ 责任单位 }}负责整改的问题（编号 {{ 问题编号 }}）应于{{ 期限 }}前完成整改，至今没有申请销号，{{ 逾期 }}。",
    _BEFORE,
    _DEMAND,
    "请抓紧整改，办完后及时申请销号。",
)
NOTICE = Outline(
    code="notice",
    label="整改通知书",
    organ="{{ 发文机关 }}",
    title="整改通知书",
    to="{{ 责任单位 }}",
    body=(
        "经{{ 来源 }}发现，你单位存在下列问题，现通知你单位按要求整改。",
        "请接到通知后及时认领，明确责任人和整改措施，在期限内完成整改，备齐佐证后申请销号。",
    ),
    rows=(
        ("问题编号", "{{ 问题编号 }}"),
        ("问题表述", "{{ 问题表述 }}"),
        ("地点", "{{ 地点 }}"),
        ("依据", "{{ 依据 }}"),
        ("问题等级", "{{ 等级 }}，{{ 整改类型 }}"),
        ("整改要求", "{{ 整改要求 }}"),
        ("整改期限", "{{ 期限 }}"),
        ("责任人", "{{ 责任人 }}"),
        ("督办部门", "{{ 督办部门 }}"),
    ),
    sign="{{ 发文机关 }}",
    day="{{ 日期 }}",
    slip=(("接收人", ""), ("接收时间", "")),
)
CLOSING = Outline(
    code="closing",
    label="销号单",
    organ="{{ 发文机关 }}",
    title="问题整改销号单",
    to="{{ 责任单位 }}",
    body=("下列问题经核验，准予销号。",),
    rows=(
        ("问题编号", "{{ 问题编号 }}"),
        ("问题表述", "{{ 问题表述 }}"),
        ("责任单位", "{{ 责任单位 }}"),
        ("责任人", "{{ 责任人 }}"),
        ("整改期限", "{{ 期限 }}{% if 首次期限 != 期限 %}（首次期限{{ 首次期限 }}）{% endif %}"),
        ("整改措施", "{{ 整改措施 }}"),
        ("整改情况", "{{ 整改情况 }}"),
        ("申请销号", "{{ 申请人 }}，{{ 申请时间 }}"),
        ("佐证", "{{ 佐证 }}"),
        ("核验意见", "{{ 核验意见 }}"),
        ("核验销号", "{{ 核验人 }}，{{ 销号时间 }}"),
    ),
    sign="{{ 发文机关 }}",
    day="{{ 日期 }}",
)
OUTLINES = {outline.code: outline for outline in (*_LETTERS, _OTHER, NOTICE, CLOSING)}


def outline_of(step: str) -> Outline:
    """The paper of a step of the series; a step an office added has the general one."""
    return OUTLINES.get(f"letter.{step}", _OTHER)
