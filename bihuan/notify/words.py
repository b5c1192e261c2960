"""Sentences that leave the house: subjects of mails."""

from __future__ import annotations

MAIL_UNKNOWN = "连接中断，不知是否送达，不再重发"


def subject(count: int, urgent: bool) -> str:
    """No content and no name: a subject is read on locked screens."""
    return f"闭环：{count} 件要马上看" if urgent else f"闭环：今天有 {count} 件新通知"
