"""One round: its steps, its tasks over its weeks, its problems."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection import states
from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.cancel_round import cancel_round
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.policies import (
    gates_of,
    may_adopt,
    may_authorise,
    may_change_tasks,
    may_compose,
    may_enter,
    may_leave,
    may_lift,
    may_prolong,
    round_verdict,
)
from bihuan.areas.inspection.policies.gates import Gate
from bihuan.areas.inspection.querysets import sees_ties
from bihuan.areas.inspection.reads import TeamRow, chart_of, counts_of, coverage_of, ready_of, teams_of
from bihuan.areas.inspection.reads.repeats import before
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, round_for, year_for
from .plans import MeetingForm

_STEPS = (
    (states.DRAFT, "拟定"),
    (states.APPROVED, "批准"),
    (states.ONSITE, "进驻了解"),
    (states.REPORTING, "离场"),
    (states.ARCHIVED, "归档"),
)
#: an archived round has every step behind it
_NOW = {states.DRAFT: 0, states.APPROVED: 1, states.ONSITE: 2, states.REPORTING: 3, states.ARCHIVED: 5}


_PAPERS = ("inspection.round_plan", "inspection.decision", "inspection.sign_in")
_AUTHORITY = "inspection.authority"
#: of each member
_OWN = ("inspection.recusal", "inspection.pledge")


class RoundForm(forms.Form):
    name = forms.CharField(label="名称", max_length=60)
    code = forms.CharField(label="代号", max_length=12, help_text="查指标用，如 R1；用过的不能再用")
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")


class CancelForm(forms.Form):
    text = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


@require_safe
@view(needs=P.INSPECTION_VIEW)
def page(request: HttpRequest, code: str) -> HttpResponse:
    found, by, day = round_for(request, code), request.actor, local_day(request.at)
    tasks = list(found.tasks.select_related("org", "framework").order_by("from_day", "org__order", "id"))
    for task in tasks:
        task.round = found
    gates = {pk: gates_of(ready) for pk, ready in ready_of(found, tasks, by).items()}
    teams = teams_of(found, by)
    team = next((one for one in teams if str(one.team.number) == request.GET.get("team")), None)
    team = team or next((one for one in teams if one.waiting), teams[0] if teams else None)
    context = {
        "page_title": found.name,
        "round": found,
        "gates": _lacking([gates[task.pk] for task in tasks if task.entered_on is None]),
        "teams": teams,
        "team": _team(found, team, by) if team else None,
        "may_compose": may_compose(found, by),
        "steps": _steps(found),
        "chart": chart_of(found, tasks, day) if tasks else None,
        "rows": [_row(task, by, day, gates[task.pk]) for task in tasks],
        "coverage": coverage_of(found.plan.term, day, round_code=found.code),
        "counts": counts_of(found, by),
        "approve": round_verdict("approve", found, by),
        "cancel": round_verdict("cancel", found, by),
        "may_add": may_change_tasks(found, by),
        **_papers(found, team, by),
    }
    return render(request, "inspection/round.html", context)


def _lacking(tasks: list[list[Gate]]) -> list[dict]:
    """进驻前还缺什么, of all tasks that are still to come: how many have each gate open, and what the first lacks."""
    found = []
    for same in zip(*tasks, strict=True):
        shut = [gate for gate in same if not gate.ok]
        found.append(
            {
                "label": same[0].label,
                "ok": not shut,
                "done": len(same) - len(shut),
                "total": len(same),
                "text": shut[0].text if shut else "",
                "who": same[0].who,
            }
        )
    return found


def _team(round: Round, row: TeamRow, by) -> dict:
    members = [one.member for one in row.rows]
    blocking = [case for one in row.rows for case in one.open]
    return {
        "team": row.team,
        "tasks": row.tasks,
        "rows": [
            {
                "row": one,
                "lifts": [(case, may_lift(case, by)) for case in one.open],
            }
            for one in row.rows
        ],
        "repeats": before(round, {task.org_id for task in row.tasks}).of_team(members, row.tasks),
        "prolong": may_prolong(row.team, [one for one in members if one.authorised_at], by),
        "authorise": may_authorise(row.team, members, blocking, by),
    }


def _papers(round: Round, team: TeamRow | None, by) -> dict:
    """Those of the round, and those of the team that is shown, with each member's for who looks after them."""
    offered: list[tuple[str, str | int, str]] = [(code, round.code, "") for code in _PAPERS]
    if team is not None:
        offered.append((_AUTHORITY, team.team.pk, ""))
    if team is not None and sees_ties(by):
        offered += [(code, one.member.pk, str(one.member.person)) for code in _OWN for one in team.rows]
    lines = menu_of(offered, by)
    return {
        "papers": [line for line in lines if line.code in _PAPERS],
        "team_papers": [line for line in lines if line.code not in _PAPERS],
    }


def _row(task: Task, by, day, gates: list[Gate]) -> dict:
    return {
        "task": task,
        "late": task.is_late(day),
        "lacks": sum(gate.blocks and not gate.ok for gate in gates),
        "enter": may_enter(task, by, day, gates),
        "leave": may_leave(task, by, max(day, task.entered_on or day)),
        "adopt": may_adopt(task, by),
        "drop": may_change_tasks(task.round, by),
    }


def _steps(round: Round) -> list[tuple[str, str]]:
    """(label, done, here or ""). A cancelled round stands nowhere."""
    now = _NOW.get(round.state, -1)
    return [(label, "done" if n < now else "here" if n == now else "") for n, (_, label) in enumerate(_STEPS)]


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest, year: int) -> HttpResponse:
    plan, day = year_for(request, year), local_day(request.at)
    number = plan.rounds.count() + 1
    known = Round.objects.count() + 1
    first = {"name": f"{year}年第{number}轮巡察", "code": f"R{known}", "starts_on": day}
    first["ends_on"] = day + timedelta(days=90)

    def do(cleaned: dict) -> str:
        return page_of(open_round(plan=plan, by=request.actor, at=request.at, **cleaned))

    return act_page(
        request, RoundForm(request.POST or None, initial=first), do, title=f"{plan}：立轮次", button="立轮次",
        back=reverse("inspection:home"), done="轮次立好了，接着列任务", crumbs=[CRUMB],
        checks=("代号没有用过", "规则包按今天的版本锁定"),
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def approve(request: HttpRequest, code: str) -> HttpResponse:
    found = round_for(request, code)

    def do(cleaned: dict) -> None:
        approve_round(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, MeetingForm(request.POST or None, initial={"on": local_day(request.at)}), do,
        title=f"记批准：{found}", button="记批准", back=page_of(found), done="方案批准了，任务从此固定",
        crumbs=[CRUMB, (found.name, page_of(found))],
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    found = round_for(request, code)

    def do(cleaned: dict) -> None:
        cancel_round(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, CancelForm(request.POST or None), do, title=f"取消{found}", button="取消轮次",
        back=page_of(found), done="取消了，不计入覆盖率", crumbs=[CRUMB, (found.name, page_of(found))],
    )  # fmt: skip
