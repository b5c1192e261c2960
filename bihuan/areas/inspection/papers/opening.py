"""What goes out before an entry: 巡察通知 and 巡察公告."""

from __future__ import annotations

from io import BytesIO

import segno

from bihuan.paper.form import Form
from bihuan.paper.official import Heading, Outline, Picture, Png

from .planning import DAY, ORG, PARTY

#: a code of this many millimetres is read from an arm's length on a notice board
QR_MM = 40


def qr_of(address: str) -> Png:
    """A picture of this address, for a paper."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=8, border=2)
    return Png(drawn.getvalue(), QR_MM)


NOTICE = Form(
    Outline(
        code="inspection.notice",
        label="巡察通知",
        organ="{{ 党委 }}\n巡察工作领导小组办公室",
        number="{{ 文号 }}",
        title="关于对{{ 党组织 }}开展{{ 方式 }}巡察的通知",
        to="{{ 党组织 }}",
        body=(
            "经{{ 党委 }}批准，{{ 组别 }}将于{{ 起 }}至{{ 止 }}对你党组织开展{{ 方式 }}巡察，重点了解{{ 重点 }}情况。现将有关事项通知如下。",
            Heading("一、巡察组组成"),
            "组长{{ 组长 }}。{% if 副组长 %}副组长{{ 副组长 }}。{% endif %}组员{{ 组员 }}。",
            Heading("二、请做好的准备"),
            "（一）成立联络组，明确一名联络员，负责与巡察组的日常联系。{% if 联络员 %}巡察办联络员：{{ 联络员 }}。{% endif %}",
            "（二）准备党组织工作情况、纪检工作、选人用人工作的汇报材料，以问题为主，实事求是。",
            "（三）提供领导班子成员和重要岗位人员名册、近三年会议记录和纪要、规章制度目录、上次巡视巡察和审计发现问题的整改情况，按调阅清单及时提供其他资料。",
            "（四）安排进驻动员会，准备谈话和办公场所，按要求张贴巡察公告，设置意见箱。",
            Heading("三、纪律要求"),
            "如实提供情况，不得隐瞒、歪曲、捏造，不得干扰、阻挠巡察，不得打击报复反映问题的人。接待从简，不搞迎送、宴请和层层陪同。",
        ),
        sign="{{ 党委 }}巡察工作领导小组办公室",
        day="{{ 日期 }}",
        slip=(("签收人", "{{ 签收人 }}"), ("签收时间", "")),
    ),
    {
        "党委": PARTY,
        "文号": "晋岭巡通〔2026〕5号",
        "党组织": ORG,
        "方式": "常规",
        "组别": "第一巡察组",
        "起": "2026年3月9日",
        "止": "2026年4月20日",
        "重点": "四个落实",
        "组长": "郑守正",
        "副组长": "孙立新",
        "组员": "欧阳致远、白雪梅",
        "联络员": "高文静",
        "签收人": "",
        "日期": DAY,
    },
)
ANNOUNCEMENT = Form(
    Outline(
        code="inspection.announcement",
        label="巡察公告",
        organ="{{ 党委 }}\n{{ 组别 }}",
        title="巡察公告",
        tight=True,
        body=(
            "经{{ 党委 }}批准，{{ 组别 }}于{{ 起 }}至{{ 止 }}对{{ 党组织 }}开展{{ 方式 }}巡察。",
            "巡察组主要受理反映{{ 党组织 }}领导班子及其成员、下一级党组织主要负责人和重要岗位领导干部问题的来信、来电、来访，重点是违反政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律、生活纪律的举报和反映。其他不属于受理范围的信访问题，按规定转有关部门处理。",
            "联系电话和接听时间：{{ 电话 }}",
            "意见箱和信箱：{{ 信箱 }}",
            "受理信访时间截止到{{ 截止 }}，信件以邮戳为准。",
            ("二维码", "用手机扫下面的二维码也可以反映，不用登录，可以不留姓名。"),
            Picture("二维码"),
            "反映问题应当实事求是。对打击报复反映问题的人的行为，依规依纪严肃处理。",
        ),
        sign="{{ 党委 }}{{ 组别 }}",
        day="{{ 日期 }}",
    ),
    {
        "党委": PARTY,
        "组别": "第一巡察组",
        "党组织": ORG,
        "方式": "常规",
        "起": "2026年3月9日",
        "止": "2026年4月20日",
        "电话": "0350-1234567，工作日8:00—18:00",
        "信箱": "热轧厂厂门口、职工食堂意见箱；集团机关2号楼巡察组",
        "截止": "2026年4月13日",
        "二维码": qr_of("https://example.invalid/"),
        "日期": DAY,
    },
)
