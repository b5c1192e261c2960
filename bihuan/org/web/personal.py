"""For every personal field: what it is for, on what ground, who sees it, how long it stays (个人信息保护法 第十七条)."""

from __future__ import annotations

from dataclasses import dataclass

_WORK = "履行劳动合同和内部管理所必需"
_LAW = "安全生产和党内法规规定的职责"


@dataclass(frozen=True, slots=True)
class PersonalField:
    label: str
    purpose: str
    ground: str
    who: str
    how_long: str
    change: str


FIELDS: tuple[PersonalField, ...] = (
    PersonalField(
        "姓名、单位、职务",
        "写明谁办的事",
        _WORK,
        "登录的人",
        "在岗期间；离开后随记录保存",
        "姓名由系统管理员更正",
    ),
    PersonalField("工号", "区分同名的人，作登录名", _WORK, "登录的人", "在岗期间；离开后随记录保存", "不改"),
    PersonalField(
        "手机、邮箱",
        "发到期提醒",
        _WORK,
        "本人、系统管理员、本单位负责人",
        "离开后可申请删除",
        "本人随时可改",
    ),
    PersonalField("任职、任岗经历", "交接工作，核对回避", _LAW, "登录的人", "长期", "由系统管理员更正"),
    PersonalField("党组织关系", "党务工作", _LAW, "登录的人", "长期", "由系统管理员更正"),
    PersonalField(
        "授权", "决定能看什么、能办什么", _WORK, "本人、安全管理员、审计管理员", "长期", "由安全管理员办"
    ),
    PersonalField(
        "登录记录（时间，不含地址）",
        "查账号被冒用",
        "网络安全法 第二十一条",
        "审计管理员",
        "不少于六个月",
        "不能改",
    ),
    PersonalField(
        "经办记录", "证明整改经过", _LAW, "能看该问题的人", "长期；删除姓名后只留编号", "不能改，可补充说明"
    ),
)
