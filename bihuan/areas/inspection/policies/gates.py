"""What must be there before a team enters: each gate open or shut, why, and who can mend it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.areas.inspection.models import Member
from bihuan.areas.inspection.reads import Ready
from bihuan.areas.inspection.words import announced_on, posted_on
from bihuan.kernel.verdict import Verdict

_OFFICE, _LEADERS, _SELF, _DEPARTMENTS = "巡察办", "领导小组成员", "本人", "被请的部门"
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Gate:
    """`blocks` is False for what should be there but does not keep a team out."""

    code: str
    label: str
    ok: bool
    text: str
    who: str
    blocks: bool = True


def gates_of(ready: Ready) -> list[Gate]:
    """In the order in which they are mended."""
    members = ready.members
    return [
        Gate(
            "team", "巡察组", bool(ready.team and members),
            f"{ready.team}，{len(members)} 人" if ready.team and members else
            f"{ready.team}还没有人" if ready.team else "还没有定哪个组", _OFFICE,
        ),
        _of_members("declared", "回避申报", members, lambda m: m.declared_at is not None, "已申报", "没有申报", _SELF),
        Gate(
            "recusal", "任职回避", not ready.blocking,
            "；".join(f"{case.person}{case.reason}" for case in ready.blocking[:MOST_NAMES]) or "没有待认定的",
            _LEADERS,
        ),
        _of_members("pledge", "保密承诺书", members, lambda m: m.pledged_at is not None, "已签", "没有签", _SELF),
        _of_members(
            "training", "巡前培训", members, lambda m: ready.hours.get(m.person_id, 0.0) >= ready.need,
            f"满 {ready.need:g} 学时", f"不满 {ready.need:g} 学时", _OFFICE,
        ),
        _of_members("authorised", "授权", members, lambda m: m.authorised_at is not None, "已授权", "没有授权", _LEADERS),
        Gate(
            "notice", "巡察通知", ready.notice is not None,
            f"{ready.notice.number}，{ready.notice.receiver}签收" if ready.notice else "还没有发", _OFFICE,
        ),
        Gate(
            "announcement", "巡察公告", ready.announcement is not None,
            posted_on(ready.announcement.posted_on) if ready.announcement else "还没有张贴", _OFFICE,
        ),
        Gate(
            "liaison", "联络员", len(ready.liaisons) == 2,
            "、".join(f"{one.get_side_display()}{one.person}" for one in ready.liaisons) or "双方都没有定",
            _OFFICE, blocks=False,
        ),
        Gate(
            "briefings", "情况通报", 0 < ready.asked == ready.told,
            f"请了 {ready.asked} 个部门，{ready.told} 个已报" if ready.asked else "还没有请部门通报",
            _OFFICE if not ready.asked else _DEPARTMENTS, blocks=False,
        ),
        # the field holds the meeting and announces the authorisation there (H), but nowhere says it shuts the door
        Gate(
            "mobilised", "动员部署", ready.announced is not None,
            announced_on(ready.announced) if ready.announced else "还没有在动员部署会上宣布授权任职",
            _OFFICE, blocks=False,
        ),
    ]  # fmt: skip


def _of_members(code: str, label: str, members: list[Member], has, done: str, lacks: str, who: str) -> Gate:
    without = [str(member.person) for member in members if not has(member)]
    names = "、".join(without[:MOST_NAMES]) + (f"等 {len(without)} 人" if len(without) > MOST_NAMES else "")
    text = f"{names}{lacks}" if without else f"{len(members)} 人{done}" if members else "组里还没有人"
    return Gate(code, label, bool(members) and not without, text, who)


def entry_verdict(gates: list[Gate]) -> Verdict:
    """Yes when nothing that blocks is missing; otherwise what is, and who can mend it."""
    missing = [gate for gate in gates if gate.blocks and not gate.ok]
    if not missing:
        return Verdict.yes()
    todo = "；".join(f"{gate.label}：{gate.text}（{gate.who}办）" for gate in missing)
    return Verdict.no(f"进驻前还差 {len(missing)} 项：{'、'.join(gate.label for gate in missing)}", todo)
