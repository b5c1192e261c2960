"""Sentences that leave the house: subjects of mails."""

from __future__ import annotations

MAIL_UNKNOWN = "连接中断，不知是否送达，不再重发"


def subject(count: int, urgent: bool) -> str:
    """No content and no name: a subject is read on locked screens."""
    return f"闭环：{count} 件要马上看" if urgent else f"闭环：今天有 {count} 件新通知"


EVENT_WORDS = {
    "channel.opened": "设通知群",
    "channel.started": "启用通知群",
    "channel.stopped": "停用通知群",
    "channel.tested": "试发群通知",
    "channel.test_failed": "试发群通知没成",
    "endpoint.opened": "登记推送地址",
    "endpoint.paused": "暂停推送",
    "endpoint.resumed": "恢复推送",
    "endpoint.ended": "停用推送地址",
    "endpoint.resent": "重推一条",
    "endpoint.skipped": "跳过一条推送",
}


def answered(status: int) -> str:
    """Why a delivery did not count, from what the other side said."""
    said = {401: "对方不认这个来源", 403: "对方不认这个来源", 404: "对方没有这个地址", 410: "对方说不再接收"}
    if 300 <= status < 400:
        return f"对方让去别处（{status}），不跟着去"
    return f"{said.get(status, '对方出错' if status >= 500 else '对方没有收下')}（{status}）"


def paused(name: str) -> str:
    return f"“{name}”推不出去，已暂停；没有推的都留着"


#: group chats whose robots are known, by their code
ROBOTS = {"wecom": "企业微信", "dingtalk": "钉钉", "feishu": "飞书"}
TEST_POST = "闭环：试一下，这个群能收到通知。"

HOLDING_TO_CONFIRM = "有人任了带授权的岗位，等您确认"
YOUR_WAY_IN = {
    "account.factors_reset": "您的第二步验证被重设了，请重新设置；不是您要求的，告诉审计管理员",
    "account.password_reset": "您的密码被系统管理员重置了；不是您要求的，告诉审计管理员",
    "account.passkey_doubted": "您的一个通行密钥疑似被复制，已经停用",
}


def digest_post(unit: str, people: int, lines: int, late: int, url: str) -> str:
    """Counts and an address: a group chat is no place for numbers of problems, still less for what they say."""
    worst = f"，其中逾期 {late} 件" if late else ""
    return f"闭环：{unit}有 {people} 人共 {lines} 件通知没看{worst}。请登录查看：{url}"


def urgent_post(unit: str, url: str) -> str:
    return f"闭环：{unit}有 1 件要马上看。请登录查看：{url}"
