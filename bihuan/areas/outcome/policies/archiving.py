"""What must be there before a round goes to the archive: each gate open or shut, and who mends it."""

from __future__ import annotations

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round
from bihuan.areas.inspection.policies import Gate
from bihuan.areas.outcome import states
from bihuan.areas.outcome.reads.archiving import Behind
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

_OFFICE, _LEADER = "巡察办", "组长"
MOST_NAMES = 4


def archive_gates(behind: Behind) -> list[Gate]:
    return [
        _gate("drafts", "底稿", behind.unsettled, "还有没签完的底稿", "都签了或不采用", _LEADER),
        _gate("reports", "巡察报告", behind.unissued, "还没有印发", "都印发了", _OFFICE),
        _gate("feedback", "反馈和下达", behind.unraised, "还没有下达整改", "都反馈并下达了", _OFFICE),
        _gate("lent", "调阅资料", behind.lent, "还没有退还", "都退还或销毁了", "组员"),
        _gate("returned", "材料清退", [one.person for one in behind.holding], "还没有清退", "组员都清退了", _OFFICE),
        _gate(
            "appraised", "借调鉴定", [one.person for one in behind.unappraised], "的鉴定还没有送原单位", "没有欠的", _OFFICE
        ),
        Gate(
            "catalogue", "归档目录", not behind.open_lines,
            f"还有 {behind.open_lines} 项没有移交" if behind.open_lines else "都移交了", _OFFICE,
        ),
    ]  # fmt: skip


def _gate(code: str, label: str, lacking: list, lacks: str, done: str, who: str) -> Gate:
    names = "、".join(str(one) for one in lacking[:MOST_NAMES])
    more = f"等 {len(lacking)} 个" if len(lacking) > MOST_NAMES else ""
    return Gate(code, label, not lacking, f"{names}{more}{lacks}" if lacking else done, who)


def may_hand_over(round: Round, by: Actor) -> Verdict:
    if not by.may(states.PLAN):
        return Verdict.not_yours("由巡察办归档", "请巡察办办理")
    if round.state != rounds.REPORTING:
        now = dict(rounds.ROUND_STATES)[round.state]
        return Verdict.no(f"本轮{now}", "各组都离场以后、归档以前办")
    return Verdict.yes()


def may_archive(round: Round, gates: list[Gate], by: Actor) -> Verdict:
    may = may_hand_over(round, by)
    shut = [gate for gate in gates if gate.blocks and not gate.ok]
    if not may or not shut:
        return may
    todo = "；".join(f"{gate.label}：{gate.text}（{gate.who}办）" for gate in shut)
    return Verdict.no(f"归档前还差 {len(shut)} 项：{'、'.join(gate.label for gate in shut)}", todo)
