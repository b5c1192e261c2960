"""May I? Receivers belong to who registered them; who manages accounts may stop them. Which group chats hear of
notices is the system administrator's: they run the house's wires."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.kernel.verdict import Verdict
from bihuan.notify.models import Endpoint
from bihuan.org.permissions import Permission as P


def insist(verdict: Verdict) -> None:
    """Raises Refused with the reason of a "no"."""
    if not verdict:
        raise Refused(verdict.reason, verdict.todo)


def may_see(endpoint: Endpoint, by: Actor) -> bool:
    return by.is_system or endpoint.person_id == by.person_id or by.may(P.ACCOUNT_MANAGE)


def may_change(endpoint: Endpoint, to: str, by: Actor) -> Verdict:
    if by.is_system or endpoint.person_id == by.person_id:
        return Verdict.yes()
    if to == "ended" and by.may(P.ACCOUNT_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("推送地址由登记人管，系统管理员只能停用", "请登记人办理")


def may_manage_channels(by: Actor) -> Verdict:
    if by.may(P.JOB_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("通知群由系统管理员设", "请系统管理员办理")
