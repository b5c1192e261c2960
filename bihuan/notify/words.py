"""Sentences that leave the house: subjects of mails."""

from __future__ import annotations

MAIL_UNKNOWN = "连接中断，不知是否送达，不再重发"


def subject(count: int, urgent: bool) -> str:
    """No content and no name: a subject is read on locked screens."""
    return f"闭环：{count} 件要马上看" if urgent else f"闭环：今天有 {count} 件新通知"


EVENT_WORDS = {
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
